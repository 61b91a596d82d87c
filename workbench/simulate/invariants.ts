import type { SheetStore } from '../appsscript/sheet-store'
import {
  BESIDE,
  CHECK,
  DOMAIN,
  FIELDS,
  HEADER_OF,
  INPUTS,
  isAnswer,
  MAIL,
  type Person,
  REFERENCE,
  REMARK,
  SHOWN,
  type Wanted,
} from './list'
import { PAID, type Stage } from './stage'
import { countRows, type FormulasSeen, type RunSeen, type UndoSeen, type UsageSeen } from './wire'

const WANTED: readonly Wanted[] = [...FIELDS, ...MAIL, ...CHECK]

/** A promise that was broken, and where. */
export interface Broken {
  readonly promise: string
  readonly detail: string
}

/** The promise that a text which a person typed stays. */
export const KEEPS_TYPED = 'people keep what they typed'

/** What the people have in the list: what they typed, and who was meant in each row. */
export interface Expected {
  /** By reference; a deleted row is missing. */
  readonly rows: ReadonlyMap<string, ExpectedRow>
  /** Names of the columns now, for those that somebody renamed. */
  readonly renamed: ReadonlyMap<string, string>
}

/** One row as the people have it. */
export interface ExpectedRow {
  /** Everybody that this row was ever about: a person may have changed the name. */
  readonly who: readonly Omit<Person, 'ref'>[]
  /** By column: what people typed. */
  readonly texts: ReadonlyMap<string, string>
  /** Columns where somebody typed in the moment between the last read and the write (safety S9), with the text before. */
  readonly inWindow: ReadonlyMap<string, string>
}

/** The texts of the list as people see it. */
export function showList(store: SheetStore): readonly (readonly string[])[] {
  const tab = store.tabs()[0]!
  const { rows, columns } = store.used(tab.id)
  return store.display(tab.id, { row: 0, column: 0, rows, columns })
}

/**
 * Rows: a cell holds what people typed, or, if it is a wanted cell that they left empty, nothing or exactly what the
 * vendors say about the person of that row. So a value in a wrong row is found whatever happened.
 */
export function checkRows(shown: readonly (readonly string[])[], expected: Expected): readonly Broken[] {
  const broken: Broken[] = []
  const nameOf = (header: string) => expected.renamed.get(header) ?? header
  const headerRow = shown.findIndex((row) => row.includes(nameOf(REFERENCE)))
  const headers = shown[headerRow] ?? []
  const seen = new Set<string>()
  const known = new Map(
    [REFERENCE, ...INPUTS, ...WANTED.map((field) => HEADER_OF[field]), BESIDE, REMARK].flatMap((header) =>
      columnsOf(headers, [nameOf(header), header]).map((column) => [column, header] as const),
    ),
  )
  const shows = new Map(
    SHOWN.flatMap(({ header, show }) => columnsOf(headers, [header]).map((column) => [column, show] as const)),
  )
  const isTheirs = (column: number, header: string) => headers.indexOf(nameOf(header)) === column
  for (const [index, row] of shown.entries()) {
    if (index === headerRow) continue
    const ref = row[headers.indexOf(nameOf(REFERENCE))] ?? ''
    const want = expected.rows.get(ref)
    if (ref !== '' && (!want || seen.has(ref)))
      broken.push({ promise: 'rows', detail: `${ref} stands where no row should` })
    seen.add(ref)
    for (const [column, text] of row.entries()) {
      const header = known.get(column)
      const typed =
        header === REFERENCE
          ? ref
          : header === undefined || !isTheirs(column, header)
            ? ''
            : (want?.texts.get(header) ?? '')
      if (text === typed) continue
      if (shows.has(column)) {
        const textOf = (of: string) => row[headers.indexOf(nameOf(of))] ?? ''
        if (ref === '' || text === shows.get(column)!(textOf)) continue
        broken.push({ promise: 'formulas stay', detail: `${ref} ${headers[column]!}: ${JSON.stringify(text)}` })
        continue
      }
      const field = header === BESIDE ? 'email' : WANTED.find((one) => HEADER_OF[one] === header)
      const isOurs = field !== undefined && want !== undefined && want.who.some((who) => isAnswer(field, text, who))
      const mayOverwrite = typed === '' || (header !== undefined && want?.inWindow.has(header))
      if ((isOurs && mayOverwrite) || (header !== undefined && want?.inWindow.get(header) === text)) continue
      const promise = isForeign(field, text, expected, ref) ? 'right row' : typed === '' ? 'no other cell' : KEEPS_TYPED
      broken.push({
        promise,
        detail: `${ref || `line ${String(index + 1)}`} ${header ?? `column ${String(column + 1)}`}: ${JSON.stringify(text)} instead of ${JSON.stringify(typed)}`,
      })
    }
  }
  for (const ref of expected.rows.keys()) if (!seen.has(ref)) broken.push({ promise: 'rows', detail: `${ref} is gone` })
  return broken
}

// Who renames a wanted column before the next run gets another one of the old name.
function columnsOf(headers: readonly string[], names: readonly string[]): readonly number[] {
  return headers.flatMap((header, column) => (names.includes(header) ? [column] : []))
}

function isForeign(field: Wanted | undefined, text: string, { rows }: Expected, ref: string): boolean {
  if (field === undefined || text === '') return false
  return [...rows].some(([other, { who }]) => other !== ref && who.some((one) => isAnswer(field, text, one)))
}

/** Whether the product's count is what was taken, or may be more. */
export type Taken = 'exactly' | 'at_most'

/**
 * Money: within the caps at every instant, and the vendor's books between what was spent and what may have been. `at_most`:
 * more may be counted than was taken, as where a restored version collects once more what a run has collected already, or where
 * a vendor that is paid for each call fails.
 */
export function checkMoney(stage: Stage, taken: Taken = 'exactly'): readonly Broken[] {
  const broken: Broken[] = []
  if (stage.overCap() > 0)
    broken.push({ promise: 'cap', detail: `the vendor took ${String(stage.overCap())} credits more than the cap` })
  for (const { credits } of stage.views()) {
    if (credits.spent + credits.held + credits.maybe > credits.cap)
      broken.push({
        promise: 'cap',
        detail: `${String(credits.spent)} + ${String(credits.held)} + ${String(credits.maybe)} of ${String(credits.cap)}`,
      })
  }
  const charged = stage.charged() - [...stage.chargedByFormulas().values()].reduce((sum, credits) => sum + credits, 0)
  const spent = sumOf(stage.runs(), ({ credits }) => credits.spent)
  const open = sumOf(stage.runs(), ({ credits }) => credits.held + credits.maybe)
  const isLess = taken === 'exactly' && charged < spent
  if (stage.runs().length > 0 && (charged > spent + open || isLess))
    broken.push({
      promise: 'books',
      detail: `charged ${String(charged)}, spent ${String(spent)}, maybe ${String(open)}`,
    })
  return broken
}

/** The cap of a day holds for all runs together, whoever started them, in the vendors' own books. */
export function checkDayCap(stage: Stage, cap: number): readonly Broken[] {
  const most = stage.mostInADay()
  return most > cap ? [{ promise: 'cap of the day', detail: `${String(most)} of ${String(cap)}` }] : []
}

/** Formulas: no day takes more than its limit, what is counted is never less than what was taken, and no claim stays. */
export async function checkFormulas(stage: Stage, perDay: number): Promise<readonly Broken[]> {
  const last = stage.views().at(-1)
  // A run that waits at its cap is ended first.
  if (last?.state === 'paused') await stage.ask('stopRun', [last.id])
  await stage.ask('finishFormulas', ['simulated-finish'])
  const said = await stage.ask('settings', [])
  if (said.kind !== 'value') return [{ promise: 'formulas', detail: said.kind }]
  const { today, waiting } = (said.value as { readonly formulas: FormulasSeen }).formulas
  const days = [...stage.chargedByFormulas()]
  const day = new Date(stage.emulator.now()).toISOString().slice(0, 10)
  const taken = stage.chargedByFormulas().get(day) ?? 0
  const over = days.filter(([, credits]) => credits > perDay).map(([at, credits]) => `${at}: ${String(credits)}`)
  return [
    ...over.map((detail) => ({ promise: 'cap of formulas', detail: `${detail} of ${String(perDay)}` })),
    ...(taken > today ? [{ promise: 'books of formulas', detail: `${String(taken)}, ${String(today)} counted` }] : []),
    ...(waiting > 0 ? [{ promise: 'claims are absorbed', detail: String(waiting) }] : []),
  ]
}

/** The ledger: its credits are in the vendors' books, and the books hold nothing beyond what it says may have been charged. */
export async function checkLedger(stage: Stage, taken: Taken = 'exactly'): Promise<readonly Broken[]> {
  const said = await stage.ask('usage', [])
  if (said.kind !== 'value') return [{ promise: 'ledger', detail: said.kind }]
  const { vendors, damaged } = said.value as UsageSeen
  const credits = vendors.reduce((sum, vendor) => sum + vendor.credits, 0)
  const maybe = vendors.reduce((sum, vendor) => sum + vendor.maybe, 0)
  const held = sumOf(stage.runs(), (run) => run.credits.held)
  const charged = stage.charged()
  const isMore = taken === 'exactly' && credits > charged
  if (damaged === 0 && !isMore && charged <= credits + maybe + held) return []
  const detail = `charged ${String(charged)}, ledger ${String(credits)}, maybe ${String(maybe)}, held ${String(held)}, damaged ${String(damaged)}`
  return [{ promise: 'ledger', detail }]
}

function sumOf(runs: readonly RunSeen[], amount: (run: RunSeen) => number): number {
  return runs.reduce((sum, run) => sum + amount(run), 0)
}

const PAID_HOSTS: ReadonlySet<string> = new Set(Object.values(PAID))

/** Paid questions: what was answered once is never asked again, lost on the way or not (safety S1, S3). */
export function checkAskedOnce(stage: Stage): readonly Broken[] {
  const answered = new Set<string>()
  const again: Broken[] = []
  for (const { host, operation, questions, status } of stage.vendors.calls()) {
    if (!PAID_HOSTS.has(host)) continue
    for (const question of questions) {
      const key = `${host} ${operation} ${question}`
      if (answered.has(key)) again.push({ promise: 'asked once', detail: key })
      if (status === 200) answered.add(key)
    }
  }
  return again
}

/** Every row is counted once in every field, at each report of the product. */
export function checkCounts(run: RunSeen): readonly Broken[] {
  const broken = run.fields.flatMap((field): readonly Broken[] => {
    const count = countRows(field)
    if (run.rows.done === 0 || count === run.rows.done) return []
    return [
      { promise: 'rows are counted once', detail: `${field.field}: ${String(count)} of ${String(run.rows.done)}` },
    ]
  })
  return run.rows.done > run.rows.total
    ? [...broken, { promise: 'rows are counted once', detail: 'more than all' }]
    : broken
}

/** How a run ends: in a final state, with all rows done. */
export function checkEnd(run: RunSeen | undefined): readonly Broken[] {
  if (!run) return [{ promise: 'the run ends', detail: 'there is none' }]
  if (run.state !== 'done') return [{ promise: 'the run ends', detail: `${run.state}: ${run.problem?.message ?? ''}` }]
  if (run.rows.done === run.rows.total) return []
  return [{ promise: 'the run ends', detail: `${String(run.rows.done)} of ${String(run.rows.total)} rows` }]
}

/** Tabs: the list, and hidden tabs of the product; nothing that people see was added. */
export function checkTabs(store: SheetStore): readonly Broken[] {
  const [, ...others] = store.tabs()
  const names = new Set(store.tabs().map(({ name }) => name))
  if (names.size < store.tabs().length) return [{ promise: 'hidden tabs', detail: 'two with one name' }]
  return others
    .filter(({ name, hidden }) => !name.startsWith('_enrich_') || !hidden)
    .map(({ name }) => ({ promise: 'hidden tabs', detail: `${name} is seen` }))
}

/** After everything was undone: nothing of ours is left but what the product said that it left. */
export function checkUndone(
  shown: readonly (readonly string[])[],
  expected: Expected,
  undone: readonly UndoSeen[],
): readonly Broken[] {
  const nameOf = (header: string) => expected.renamed.get(header) ?? header
  const headers = shown.find((row) => row.includes(nameOf(REFERENCE))) ?? []
  const at = headers.indexOf(nameOf(REFERENCE))
  const left = shown.flatMap((row) => {
    const want = expected.rows.get(row[at] ?? '')
    if (row === headers || !want) return []
    return FIELDS.filter((field) =>
      columnsOf(headers, [nameOf(HEADER_OF[field]), HEADER_OF[field]])
        .map((column) => row[column] ?? '')
        .some((text) => text !== '' && text !== (want.texts.get(HEADER_OF[field]) ?? '')),
    ).map((field) => `${row[at] ?? ''} ${field}`)
  })
  const said = undone.reduce((sum, { changed, gone }) => sum + changed + gone, 0)
  if (left.length <= said) return []
  return [{ promise: 'undo puts back', detail: `${left.join(', ')} left, ${String(said)} reported` }]
}

/** Cells that the answers could fill but that stayed empty although nothing was reported about them. */
export function checkNothingLost(given: {
  readonly calm: ReadonlyMap<string, string>
  readonly now: ReadonlyMap<string, string>
  readonly untouched: (ref: string) => boolean
  readonly run: RunSeen
}): readonly Broken[] {
  const { calm, now, untouched, run } = given
  const missing = [...calm].filter(([at, text]) => text !== '' && untouched(at.split(' ')[0]!) && now.get(at) === '')
  // One question serves several fields of a row: what is reported is counted by row.
  const rows = new Set(missing.map(([at]) => at.split(' ')[0]))
  const excuse = run.credits.maybe > 0 ? EXCUSE_OF_LOSS : EXCUSE
  const reported = run.fields.reduce(
    (most, { leftAlone }) =>
      Math.max(
        most,
        leftAlone.filter(({ why }) => excuse.test(why)).reduce((sum, { count }) => sum + count, 0),
      ),
    0,
  )
  if (rows.size <= reported) return []
  return [{ promise: 'nothing found is lost', detail: `${[...rows].join(' ')}: ${String(reported)} reported` }]
}

const EXCUSE = /lost on the way|did not answer|changed or deleted/
// Where a better answer was lost, what is left may be too weak: it waits in Review.
const EXCUSE_OF_LOSS = new RegExp(`${EXCUSE.source}|not sure enough`)

/** The wanted cells by reference and field: `R001 email`. */
export function wantedCells(store: SheetStore, nameOf: (header: string) => string): ReadonlyMap<string, string> {
  const shown = showList(store)
  const headers = shown.find((row) => row.includes(nameOf(REFERENCE))) ?? []
  const at = headers.indexOf(nameOf(REFERENCE))
  return new Map(
    shown
      .filter((row) => row !== headers && row[at] !== '')
      .flatMap((row) =>
        FIELDS.map((field) => {
          const names = [nameOf(HEADER_OF[field]), HEADER_OF[field]]
          const texts = columnsOf(headers, names).map((column) => row[column] ?? '')
          return [`${row[at]!} ${field}`, texts.find((text) => text !== '') ?? ''] as const
        }),
      ),
  )
}

/** Whom vendors may be asked about for a row as people typed it. */
export function whoIsMeant(texts: ReadonlyMap<string, string>): ExpectedRow['who'] {
  const [first = '', last = '', site = ''] = INPUTS.map((header) => texts.get(header) ?? '')
  const who = { first, last, site }
  return [who, ...shownIn(texts, who)]
}

// A formula shows the domain of a typed address.
function shownIn(texts: ReadonlyMap<string, string>, who: ExpectedRow['who'][number]): ExpectedRow['who'] {
  const site = texts.has(DOMAIN) ? texts.get(HEADER_OF.email)?.split('@')[1] : undefined
  return site === undefined ? [] : [{ ...who, site }]
}

/** The list as its people have it at the beginning. */
export function expectAll(people: readonly Person[], rows: readonly (readonly string[])[]): Expected {
  const [headers = [], ...cells] = rows
  return {
    renamed: new Map(),
    rows: new Map(
      people.map(({ ref, ...who }, index) => {
        const texts = new Map(headers.map((header, column) => [header, cells[index]?.[column] ?? '']))
        return [ref, { who: [who, ...shownIn(texts, who)], texts, inWindow: new Map() }]
      }),
    ),
  }
}
