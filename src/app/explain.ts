import type { Field } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import type { VerificationStatus } from '../domain/finding'
import { statusWords } from '../domain/finding'
import { LOOKUP_WORDS } from '../domain/lookup-key'
import type { Slot } from '../domain/slot'
import { fieldOf } from '../domain/slot'
import { Problem } from '../domain/problem'
import type { TraceStep } from '../domain/trace'
import { thenSentence } from '../domain/trace'
import type { Step } from '../domain/waterfall'
import type { Lead } from '../domain/lead'
import type { Environment } from '../domain/environment'
import type { Trace } from '../engine/trace'
import { traceOf } from '../engine/trace'
import { questionOf } from '../engine/questions'
import type { World } from '../engine/world'
import { findStep } from '../engine/world'
import type { CellState } from '../rules/decide'
import { cellState } from '../rules/decide'
import { a1 } from '../sheet/a1'
import { placeColumns } from '../sheet/columns'
import type { CellRead, Grid } from '../sheet/grid'
import type { ExplainStep, ExplainView, RunRequest } from './api-types'
import { claimedAnswers } from './claims'
import { keptRuns } from './history'
import type { Host, SheetInfo } from './host'
import { leadAt, without } from './lead-at'
import { loadPlan } from './planned-rows'
import { findPractice } from './practice'
import { knownAnswers } from './prepare'
import { askedAs } from './repeats'
import { lastUnder, outputsOf } from './replaced'
import { ownKeys } from './row-keys'
import { loadSettings } from './settings'
import type { Store } from './store'
import { openStore } from './store'
import { watchSuppression } from './suppressed'
import type { Survey } from './survey'
import { tryToSurvey } from './survey'
import { askable, findingNote, makeWorld, readable, vendorName } from './vendors'
import type { Standing } from './window'
import { tryToStand } from './window'
import { keysOf } from './write-results'

/** Tells how the value of the first selected cell was searched for, from what is on record: nobody is asked. */
export function explainCell(host: Host, mapping: RunRequest['mapping']): ExplainView {
  const areas = host.sheets.selection()
  const [first] = areas
  if (!first) return nothingAbout({ cell: '', text: '', label: null, hasMore: false }, 'Select a cell first.')
  const { row, column } = first
  const frame = {
    cell: a1({ row, column, rows: 1, columns: 1 }),
    text: '',
    label: null,
    hasMore: areas.length > 1 || first.rows * first.columns > 1,
  }
  const survey = tryToSurvey(host, host.sheets.active(), { mapping })
  if (survey instanceof Problem) return nothingAbout(frame, survey.message)
  if (row <= survey.headerRow) return nothingAbout(frame, 'Select a cell under the column names.')
  const store = openStore(host)
  const place = placeInRuns(host, { survey, store, row, column }) ?? placeInSheet(host, { survey, store, row, column })
  if (!place) return nothingAbout({ ...frame, text: textAt(survey.grid, row, column) }, noField(survey, column))
  const { field, lead } = place
  const named = { ...frame, text: textAt(survey.grid, row, column), label: fieldInfo(field).label }
  if (Object.keys(place.whole).length === 0) return nothingAbout(named, 'There is no lead in this row.')
  // What is known about somebody who objected is not shown either.
  const isSuppressed = watchSuppression(host)
  if (isSuppressed(lead) || isSuppressed(place.whole))
    return nothingAbout(named, 'This row is on your never-look-up list: nobody is asked about it.')
  const { trace, world } = traceAt(host, { sheet: survey.sheet, place, store })
  const { remarks } = place
  if (!isAnythingKnown(trace, world)) {
    const wasOurs = place.state === 'ours' || place.state === 'verified_by_person'
    const words = wasOurs
      ? 'Enrich filled this cell, but the answer cannot be shown any more: its vendor was removed, or it was forgotten.'
      : `Nobody was asked for ${fieldInfo(field).label} about this row yet. Enrich it to look for it.`
    return { ...nothingAbout(named, words), remarks }
  }
  return {
    ...named,
    holder: holders()[place.state],
    found: foundIn(host, trace),
    steps: trace.steps.map((step) => stepView(host, step, world)),
    remarks,
    nothing: null,
  }
}

/** What a cell is asked about: its field, its row before the search and now, and whose value stands there. */
interface Place {
  readonly field: Field
  /** Without what the search filled in. */
  readonly lead: Lead
  readonly missing: readonly Field[]
  /** With it. */
  readonly whole: Lead
  readonly state: CellState
  readonly remarks: readonly string[]
}

const NOTHING: CellRead = { text: '', kind: 'empty', formula: false }

// In a function the build packs them.
const holders = (): { readonly [S in CellState]: string } => ({
  empty: 'The cell is empty.',
  ours: 'Enrich filled the cell.',
  verified_by_person: 'Somebody changed the cell after Enrich filled it.',
  found_here: 'Enrich did not fill the cell: its value was there before, or was typed since.',
  formula: 'The cell holds a formula.',
  protected: 'The cell is protected.',
  error: 'The cell shows an error.',
  rejecting: 'The cell is empty.',
  merged: 'The cell is merged with others.',
})

/** The cell as the newest run knows it that has its row and wanted its field. */
function placeInRuns(
  host: Host,
  at: { readonly survey: Survey; readonly store: Store; readonly row: number; readonly column: number },
): Place | undefined {
  const { survey, store, row, column } = at
  const runs = keptRuns(host).filter(({ sheet }) => sheet === survey.sheet.id)
  for (const { id } of [...runs].reverse()) {
    const kept = loadPlan(host, id)
    const standing = kept && tryToStand(host, kept)
    const slot = standing && slotAt(standing.targets, column)
    if (!kept || !standing || !slot) continue
    const field = fieldOf(slot)
    const { plan, rows } = kept
    const index = rows.findIndex((_, planned) => standing.rowOf(planned)?.row === row)
    if (index < 0) continue
    const stateOf = (one: Slot): CellState => {
      const cell = standing.grid[row]?.[standing.targets[one] ?? -1] ?? NOTHING
      const last = lastUnder(store, keysOf(rows[index]!), { sheet: plan.sheet, field: one })
      const isProtected = { protected: false, rejecting: false, merged: false }
      return cellState({ cell, ...isProtected, last })
    }
    const missing = plan.wanted.filter((one) => one === field || ['empty', 'ours'].includes(stateOf(one)))
    const { like } = rows[index]!
    const asked = like?.fields.includes(field)
      ? askedAs({ host, run: plan, planned: rows }, standing, { like, isOpen: () => true })
      : { missing, lead: leadAt(host, { grid: standing.grid, row, mapping: without(standing.fields, missing) }) }
    return {
      field,
      ...asked,
      whole: standing.rowOf(index)!.lead,
      state: stateOf(slot),
      remarks: like
        ? ['This row is a repeat: another row of the same contact or company was looked up, and this one got a copy.']
        : [],
    }
  }
  return undefined
}

/** The cell as it stands, of a row that no run knows. */
function placeInSheet(
  host: Host,
  at: { readonly survey: Survey; readonly store: Store; readonly row: number; readonly column: number },
): Place | undefined {
  const { survey, store, row, column } = at
  const { grid, headers, mapping, usedColumns, sheet } = survey
  const { targets } = placeColumns({ headers, mapping, wanted: FIELD_NAMES, usedColumns })
  const field = FIELD_NAMES.find((one) => targets[one]?.column === column && !targets[one].isNew)
  if (!field) return undefined
  const cell = grid[row]?.[column] ?? NOTHING
  const standing = survey.rows[row - survey.headerRow - 1]
  const keys = standing ? ownKeys(standing, outputsOf(host, sheet.id)) : []
  const last = lastUnder(store, keys, { sheet: sheet.id, field })
  return {
    field,
    missing: [field],
    lead: leadAt(host, { grid, row, mapping: without(mapping, [field]) }),
    whole: leadAt(host, { grid, row, mapping }),
    state: cellState({ cell, protected: false, rejecting: false, merged: false, last }),
    remarks: [
      'This row was in none of the last runs, or was changed since: this is told for the row as it stands now.',
    ],
  }
}

function slotAt(targets: Standing['targets'], column: number): Slot | undefined {
  return (Object.keys(targets) as Slot[]).find((slot) => targets[slot] === column)
}

function textAt(grid: Grid, row: number, column: number): string {
  return grid[row]?.[column]?.text ?? ''
}

function traceAt(
  host: Host,
  { sheet, place, store }: { readonly sheet: SheetInfo; readonly place: Place; readonly store: Store },
): { readonly trace: Trace; readonly world: World } {
  const environment = environmentOf(host, sheet)
  const asked = askable(host, environment)
  // Also who cannot be asked any more may have answered.
  const providers = readable(host, environment).map((one) => asked.find(({ id }) => id === one.id) ?? one)
  const usual = makeWorld(host, { providers, wanted: place.missing, learned: store.tallies(environment) })
  const known = knownAnswers(store, { world: usual, environment, leads: [place, { ...place, lead: place.whole }] })
  const world = inOrderOfAnswers(usual, (step) => {
    const asked = questionOf(step, place.lead, environment) ?? questionOf(step, place.whole, environment)
    return asked && known.get(asked.question)?.at
  })
  const trace = traceOf(place, place.field, {
    world,
    environment,
    now: host.now(),
    answer: (question) => known.get(question) ?? claimedAnswers(host, [question])[0],
    isAskable: (provider) => asked.some(({ id }) => id === provider),
  })
  return { trace, world }
}

// The order learns and can be changed: vendors are told in the one in which they answered about this row.
function inOrderOfAnswers(world: World, timeOf: (step: Step) => number | undefined): World {
  const waterfalls = Object.entries(world.waterfalls).map(([field, waterfall]) => {
    const asked = waterfall.steps.filter((step) => timeOf(step) !== undefined)
    asked.sort((one, other) => timeOf(one)! - timeOf(other)!)
    const steps = waterfall.steps.map((step) => (timeOf(step) === undefined ? step : asked.shift()!))
    return [field, { ...waterfall, steps }] as const
  })
  return { ...world, waterfalls: Object.fromEntries(waterfalls) }
}

// Only the practice tab holds answers of training (safety S3).
function environmentOf(host: Host, { id }: SheetInfo): Environment {
  if (findPractice(host)?.id === id) return 'training'
  const { environment } = loadSettings(host)
  return environment === 'training' ? 'production' : environment
}

// What the row itself says is no news, unless it is what was wanted.
function isAnythingKnown({ steps, result }: Trace, world: World): boolean {
  if (result?.kind === 'accepted') return true
  return steps.some(
    ({ outcome, provider, operation }) =>
      outcome !== 'not_asked' && findStep(world, provider, operation)?.operation.kind === 'remote',
  )
}

function foundIn(host: Host, { result }: Trace): ExplainView['found'] {
  if (!result || result.kind === 'none') return null
  const { value, sourceUrl } = result.finding
  return {
    value,
    note: findingNote(host, result.finding),
    sourceUrl: sourceUrl ?? null,
    isGood: result.kind === 'accepted',
  }
}

function stepView(host: Host, step: TraceStep, world: World): ExplainStep {
  const { provider, operation, outcome, credits, at, then } = step
  const by = findStep(world, provider, operation)?.operation.by
  return {
    vendor: vendorName(host, provider),
    asked: by === undefined ? '' : LOOKUP_WORDS[by],
    credits: outcome === 'not_asked' ? null : credits,
    at: at ?? null,
    said: saidWords(step),
    then: thenSentence(then),
  }
}

function saidWords({ role, said }: TraceStep): string | null {
  if (!said) return null
  const { value, confidence, status } = said
  const sure = `${Math.round(confidence * 100)} % sure`
  if (role === 'verifier') return `${statusWords(value as VerificationStatus)}, ${sure}`
  return `${value}, ${sure}${status ? `, ${statusWords(status)}` : ''}`
}

function noField({ headers }: Survey, column: number): string {
  const header = headers[column] ?? ''
  const name = header === '' ? 'This column' : `The column "${header}"`
  return `${name} is none that Enrich fills. Select a cell in a column such as Email or Phone.`
}

function nothingAbout(frame: Pick<ExplainView, 'cell' | 'text' | 'label' | 'hasMore'>, words: string): ExplainView {
  return { ...frame, holder: '', found: null, steps: [], remarks: [], nothing: words }
}
