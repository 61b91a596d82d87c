import { signal } from '@preact/signals'
import type { BuilderView, FormulaCellsView, FormulaPriceView, InsertedView, ValuesView } from '../src/app/api-types'
import type { FormulaName } from '../src/domain/formula-help'
import { makeAttempts } from './attempts'
import type { Call } from './call'
import { newId } from './change-id'
import { problemView } from './connection'
import type { Draft, Rows } from './formula-text'
import { aboutOf, fieldsOf, guessSpans, headersOf, isWhole, showsOf, writeFormula } from './formula-text'

/** Which part of the screen Formulas a person came for. */
export type FormulasPart = 'build' | 'values'

/** Which formulas become values. */
export type ValuesScope = 'selection' | 'tab'

/** The screen Formulas: the builder, and the way from formulas to values. */
export type FormulasState = ReturnType<typeof makeFormulas>

/** Makes the state of the screen Formulas. Nothing is asked before `open`. */
export function makeFormulas(call: Call) {
  const part = signal<FormulasPart>('build')
  const builder = signal<BuilderView | null>(null)
  const cells = signal<FormulaCellsView | null>(null)
  const draft = signal<Draft>(emptyDraft('ENRICH_EMAIL', []))
  /** What it may cost; null while it is worked out, or where nothing can cost anything. */
  const price = signal<FormulaPriceView | null>(null)
  const scope = signal<ValuesScope>('tab')
  const { busy, problem, attempt, tryAgain } = makeAttempts<'open' | 'insert' | 'values'>(() => open(part.value))
  const inserted = signal<InsertedView | null>(null)
  const changed = signal<ValuesView | null>(null)
  let asked = 0

  function open(which: FormulasPart): Promise<boolean> {
    part.value = which
    inserted.value = null
    changed.value = null
    return attempt('open', async () => {
      if (which === 'values') {
        cells.value = await call('formulaCells')
        scope.value = cells.value.selection.ready > 0 ? 'selection' : 'tab'
        return
      }
      builder.value = await call('formulaBuilder')
      choose(draft.value.name)
    })
  }

  function choose(name: FormulaName): void {
    draft.value = emptyDraft(name, builder.value?.columns ?? [])
    void askPrice()
  }

  function change(news: Partial<Draft>): void {
    draft.value = { ...draft.value, ...news }
    inserted.value = null
    void askPrice()
  }

  // The last question counts: a person changes several things in a row.
  async function askPrice(): Promise<void> {
    const mine = ++asked
    price.value = null
    const about = aboutOf(draft.value.name)
    const view = builder.value
    if (!about || !view || !isWhole(draft.value)) return
    const spans = Object.values(draft.value.spans).flatMap((span) => (span ? [span] : []))
    const columns = spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, nth) => from + nth))
    const ask = { sheet: view.sheet.id, mark: view.mark, about, columns, fields: fieldsOf(draft.value) }
    try {
      const found = await call('priceFormula', ask)
      if (mine === asked) price.value = found
    } catch (error) {
      if (mine === asked) problem.value = problemView(error)
    }
  }

  /** The formula as it will stand in its first cell. */
  function text(): string {
    const view = builder.value
    return view ? writeFormula(draft.value, rowsOf(view), (column) => view.columns[column]?.letter ?? '') : ''
  }

  function insert(): Promise<boolean> {
    const view = builder.value
    if (!view) return Promise.resolve(false)
    const { way } = draft.value
    const { sheet, mark, headerRow } = view
    const headers = headersOf(draft.value)
    const ask = { change: newId(), sheet: sheet.id, mark, headerRow, headers, formula: text(), way }
    return attempt('insert', async () => {
      let done: InsertedView
      do {
        done = await call('insertFormulas', ask)
      } while (!done.isWhole)
      builder.value = await call('formulaBuilder')
      inserted.value = done
    })
  }

  function turnIntoValues(): Promise<boolean> {
    const view = cells.value
    if (!view) return Promise.resolve(false)
    const areas = scope.value === 'selection' ? view.areas : null
    const ask = { change: newId(), sheet: view.sheet.id, areas }
    return attempt('values', async () => {
      let done: ValuesView
      do {
        done = await call('turnIntoValues', ask)
      } while (!done.isWhole)
      changed.value = done
    })
  }

  return {
    part,
    builder,
    cells,
    draft,
    price,
    scope,
    busy,
    problem,
    inserted,
    changed,
    open,
    choose,
    change,
    text,
    insert,
    turnIntoValues,
    tryAgain,
  }
}

function emptyDraft(name: FormulaName, columns: BuilderView['columns']): Draft {
  const spans = guessSpans(name, columns)
  return { name, spans, fields: [], fallback: '', show: showsOf(name)[0] ?? '', sure: 0, way: 'whole' }
}

function rowsOf({ headerRow, lastRow }: BuilderView): Rows {
  return { first: headerRow + 1, last: lastRow }
}
