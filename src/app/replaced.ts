import type { QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field, Verifiable } from '../domain/field'
import { FIELD_NAMES, VERDICT_FIELDS, verifiableIn, VERIFIABLE, verifiedBy } from '../domain/field'
import type { Bar, OpenLead } from '../domain/job'
import type { OverwriteRule } from '../domain/overwrite'
import { DAY_MS, FILL_EMPTY } from '../domain/overwrite'
import type { Receipt } from '../domain/receipt'
import type { Slot } from '../domain/slot'
import { besideOf } from '../domain/slot'
import { questionOf } from '../engine/questions'
import { saysInvalid } from '../engine/verify'
import type { World } from '../engine/world'
import { impossiblePhone } from '../normalize/phone'
import type { Held } from '../rules/decide'
import { cellState, isWorthAsking } from '../rules/decide'
import type { CellRead } from '../sheet/grid'
import type { RowLead } from '../sheet/leads'
import type { RunRequest } from './api-types'
import { judgeCell } from './cell-status'
import type { Guards } from './guards'
import type { Host } from './host'
import type { Replaced, ReplacedIn, RunRow } from './planned-rows'
import { bytesOf } from './property-size'
import type { RunPlan } from './run-record'
import type { LastWrite, Store, WriteId } from './store'
import { makeWorld, readable } from './vendors'
import { shortHash } from './written'

/** What stands in a cell and is written over, or beside, by a rule, unless somebody has changed it since the run was planned. */
export function stillThere(replaced: Replaced | undefined, text: string): Replaced | undefined {
  return replaced && text !== '' && shortHash(text) === replaced.hash ? replaced : undefined
}

/** Whether a value stays although its rule allows to replace it: its cell would refuse another one. */
export function isKept({ kind }: OverwriteRule, { rejecting }: ReturnType<Guards>): boolean {
  return rejecting && kind !== 'beside'
}

/** The rule of a field in a run. */
export function ruleIn({ overwrite }: Pick<RunPlan, 'overwrite'>, field: Field): OverwriteRule {
  return overwrite?.[field] ?? FILL_EMPTY
}

/** What a value must be to take the place of one that stands there. */
function barOf(rule: OverwriteRule, replaced: Replaced, value: string | undefined): Bar | undefined {
  const { confidence } = replaced
  if (rule.kind === 'beside')
    return { keeps: true, ...(confidence !== undefined && { atLeast: confidence + rule.margin }) }
  if (replaced.held === 'invalid') return value === undefined ? undefined : { not: value }
  if (rule.kind !== 'more_confident') return undefined
  return { atLeast: (confidence ?? 1) + rule.margin }
}

/** A row as it is asked about: its wanted cells that may be written, and without the value that was proved invalid. */
export function asAsked(
  of: { readonly run: Pick<RunPlan, 'wanted' | 'overwrite'>; readonly normalize: World['normalize'] },
  row: Pick<RowLead, 'lead' | 'cells'>,
  given: { readonly isOpen: (slot: Slot) => boolean; readonly replaces: ReplacedIn },
): Pick<RunLead, 'lead' | 'missing' | 'bars'> {
  const { run, normalize } = of
  const bars: { [F in Field]?: Bar } = {}
  const lead = { ...row.lead }
  // No vendor is asked by it: the numbering plan goes first.
  const impossible = verifiedBy(run.wanted) === 'phone' ? impossibleIn(row) : undefined
  if (impossible) lead.phone = impossible
  const missing = run.wanted.filter((field) => {
    const text = row.cells[field]?.text ?? ''
    const replaced = stillThere(given.replaces[field], text)
    const rule = ruleIn(run, field)
    if (!replaced) return given.isOpen(field) && !('known' in rule)
    if (rule.kind === 'beside' && !given.isOpen(besideOf(field))) return false
    const bar = barOf(rule, replaced, row.lead[field] ?? normalize(field, text))
    if (bar) bars[field] = bar
    // Nobody is asked by what reaches nobody.
    if (replaced.held === 'invalid') delete lead[field]
    return true
  })
  return { lead, missing, ...(Object.keys(bars).length > 0 && { bars }) }
}

type RunLead = {
  readonly lead: RowLead['lead']
  readonly missing: readonly Field[]
  readonly bars?: { readonly [F in Field]?: Bar }
}

/** What finding the values of a list that may be replaced needs. */
export interface Replacing {
  /** All rows of the list, and those of them that are meant. */
  readonly all: readonly RowLead[]
  readonly rows: readonly RowLead[]
  readonly wanted: readonly Field[]
  readonly rule: (field: Field) => OverwriteRule
  readonly environment: Environment
  readonly store: Store
  readonly sheet: number
  /** The keys under which the last writes of a row are kept; none for a row that cannot be told from others. */
  readonly keysOf: (row: RowLead) => readonly string[]
  readonly guards: Guards
  readonly columnOf: (field: Field) => number | undefined
  /** Whether something could be written beside the cell of a field. */
  readonly isOpenBeside: (row: number, field: Field) => boolean
}

/** The values of a list that the rules of its fields allow to replace, or to write beside, by row of the sheet. */
export function findReplaced(host: Host, given: Replacing): ReadonlyMap<number, ReplacedIn> {
  const { wanted, rule, store, sheet, rows } = given
  const fields = wanted.filter((field) => !['fill_empty', 'never'].includes(rule(field).kind))
  if (fields.length === 0) return new Map()
  const known = rows.map((row) => ({ row, keys: given.keysOf(row) })).filter(({ keys }) => keys.length > 0)
  store.readWrites(
    known.flatMap(({ keys }) => keys.flatMap((row) => fields.map((field): WriteId => ({ sheet, row, field })))),
  )
  const isInvalid = fields.some((field) => rule(field).kind === 'replace_invalid')
    ? provedInvalid(host, given, fields)
    : () => false
  const isTwice = twiceIn(given, fields)
  return new Map(
    known.flatMap(({ row, keys }) => {
      const replaces: { [F in Field]?: Replaced } = {}
      for (const field of fields) {
        const cell = cellAt(row, field, given)
        if (!cell) continue
        const last = lastUnder(store, keys, { sheet, field })
        const around = given.guards(row.row, given.columnOf(field)!)
        if (isKept(rule(field), around)) continue
        const is = cellState({ cell, ...around, last })
        const state = is === 'ours' && isTwice(keys, field, cell.text) ? 'found_here' : is
        if (state !== 'found_here' && state !== 'ours') continue
        const of = verifiableIn(field)
        const held = heldOf(rule(field), last, {
          now: host.now(),
          isInvalid: of !== undefined && isInvalid(row, of) && (field === of || state === 'ours'),
        })
        if (!isWorthAsking({ state, held }, rule(field).kind)) continue
        const confidence = state === 'ours' ? last?.confidence : undefined
        // A value whose confidence nobody kept, or that nothing can beat, is not worth asking about.
        if (isByMargin(rule(field), state) && !isBeatable(rule(field), confidence)) continue
        if (rule(field).kind === 'beside' && !given.isOpenBeside(row.row, field)) continue
        replaces[field] = { hash: shortHash(cell.text), state, held, confidence }
      }
      // Where the value stays, nobody is asked until somebody says the opposite of its verdict.
      for (const of of VERIFIABLE)
        if (!replaces[of] && replaces[VERDICT_FIELDS[of]]?.held === 'invalid') delete replaces[VERDICT_FIELDS[of]]
      return Object.keys(replaces).length > 0 ? [[row.row, replaces] as const] : []
    }),
  )
}

/** What was written last under the first of some keys that knows of it. */
export function lastUnder(
  store: Store,
  keys: readonly string[],
  { sheet, field }: Pick<WriteId, 'sheet' | 'field'>,
): LastWrite | undefined {
  for (const row of keys) {
    const last = store.lastWrite({ sheet, row, field })
    if (last) return last
  }
  return undefined
}

/** What a person rejected for a cell, under any of its row's keys. */
export function rejectedUnder(
  store: Store,
  keys: readonly string[],
  { sheet, field }: Pick<WriteId, 'sheet' | 'field'>,
): readonly string[] {
  return keys.flatMap((row) => store.rejected({ sheet, row, field }))
}

// Of rows with one key that hold the same text nobody can tell which one got it from us: one may have been there before.
function twiceIn(
  { all, keysOf }: Replacing,
  fields: readonly Field[],
): (keys: readonly string[], field: Field, text: string) => boolean {
  const counts = new Map<string, number>()
  const marksOf = (keys: readonly string[], field: Field, text: string) => keys.map((key) => `${key} ${field} ${text}`)
  for (const row of all) {
    const keys = keysOf(row)
    for (const field of fields)
      for (const mark of marksOf(keys, field, row.cells[field]?.text ?? ''))
        counts.set(mark, (counts.get(mark) ?? 0) + 1)
  }
  return (...cell) => marksOf(...cell).some((mark) => (counts.get(mark) ?? 0) > 1)
}

// Under `beside` a value that was there before us may be less sure than any.
function isByMargin({ kind }: OverwriteRule, state: Replaced['state']): boolean {
  return kind === 'more_confident' || (kind === 'beside' && state === 'ours')
}

function isBeatable(rule: OverwriteRule, confidence: number | undefined): boolean {
  return 'margin' in rule && confidence !== undefined && confidence + rule.margin <= 1
}

function cellAt(row: RowLead, field: Field, { columnOf }: Replacing): CellRead | undefined {
  const cell = row.cells[field]
  return columnOf(field) !== undefined && cell && cell.text !== '' ? cell : undefined
}

function heldOf(
  rule: OverwriteRule,
  last: LastWrite | undefined,
  { now, isInvalid }: { readonly now: number; readonly isInvalid: boolean },
): Held {
  if (isInvalid) return 'invalid'
  return rule.kind === 'refresh' && last && now - last.at >= rule.days * DAY_MS ? 'old' : 'fine'
}

/**
 * Whether the address or the number of a row was proved invalid: by what a vendor answered about it, or by the numbering
 * plan, never by what stands in a column. The verdict beside it is about the same value, and falls with it where it is ours.
 */
function provedInvalid(
  host: Host,
  { rows, environment, store }: Replacing,
  fields: readonly Field[],
): (row: RowLead, of: Verifiable) => boolean {
  const providers = readable(host, environment)
  const verified = VERIFIABLE.filter((of) => fields.some((field) => verifiableIn(field) === of))
  const wanted = verified.map((of) => VERDICT_FIELDS[of])
  const world = makeWorld(host, { providers, wanted, learned: {} })
  const questionsOf = ({ lead }: RowLead, of: Verifiable): readonly QuestionId[] =>
    (world.waterfalls[VERDICT_FIELDS[of]]?.steps ?? []).flatMap(
      (step) => questionOf(step, { [of]: lead[of] }, environment)?.question ?? [],
    )
  const questions = rows.flatMap((row) => verified.flatMap((of) => questionsOf(row, of)))
  const answers = new Map(store.answers(questions).map((answer) => [answer.question, answer]))
  return (row, of) => {
    const value = row.lead[of]
    if (value === undefined) return of === 'phone' && impossibleIn(row) !== undefined
    const said = questionsOf(row, of).flatMap((question) => answers.get(question) ?? [])
    return saysInvalid(said, { of, value }, world)
  }
}

/** The number of a row that nobody can have. */
function impossibleIn({ lead, cells }: Pick<RowLead, 'lead' | 'cells'>): string | undefined {
  return lead.phone === undefined ? impossiblePhone(cells.phone?.text ?? '') : undefined
}

// What is surer by less may be the same guess: our choice, and the one that the screen of rules begins with.
const MARGIN = 0.1

/** The rules that a run goes by: those of the file, and for a run that repairs a list, or adds to it, the one that allows it. */
export function rulesOf(
  usual: (field: Field) => OverwriteRule,
  replace: RunRequest['replace'],
): (field: Field) => OverwriteRule {
  return (field) => {
    const own = usual(field)
    // A verdict is about the value beside it, and follows it.
    const of = verifiableIn(field)
    const rule = of && own.kind === 'fill_empty' && usual(of).kind === 'replace_invalid' ? usual(of) : own
    if (!replace || rule.kind === 'never') return rule
    if (replace === 'invalid') return { kind: 'replace_invalid' }
    return { kind: 'beside', margin: 'margin' in rule ? rule.margin : MARGIN, known: true }
  }
}

/** Of the values beside which something may be written those for which it is known already, as a plan over their rows tells. */
export function knownBeside(
  all: ReadonlyMap<number, ReplacedIn>,
  planOf: (rows: readonly RowLead[]) => readonly OpenLead['results'][],
  given: Replacing & { readonly normalize: World['normalize'] },
): ReadonlyMap<number, ReplacedIn> {
  const { rule, store, sheet, keysOf, normalize } = given
  const rows = given.rows.filter(({ row }) => all.has(row))
  const entriesOf = ({ row }: RowLead) => Object.entries(all.get(row)!) as [Field, Replaced][]
  store.readRejected(
    rows.flatMap((row) => entriesOf(row).flatMap(([field]) => keysOf(row).map((key) => ({ sheet, row: key, field })))),
  )
  const known = planOf(rows)
  return new Map(
    rows.flatMap((row, index) => {
      const some = entriesOf(row).filter(([field, replaced]) => {
        const rejected = rejectedUnder(store, keysOf(row), { sheet, field })
        const { state } = replaced
        const cell = { field, state, text: row.cells[field]!.text, rule: rule(field), replaced, rejected, normalize }
        return judgeCell(cell, known[index]![field]).status === 'write_beside'
      })
      return some.length > 0 ? [[row.row, Object.fromEntries(some)] as const] : []
    }),
  )
}

/** The rules of a run that are kept with it: those that differ from the usual one. */
export function keptRules(wanted: readonly Field[], rule: (field: Field) => OverwriteRule): RunPlan['overwrite'] {
  const kept = wanted.map((field) => [field, rule(field)] as const).filter(([, { kind }]) => kind !== 'fill_empty')
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

const OUTPUTS = 'outputs'

// A property keeps 9 KB (platform.md section 1).
const MOST_BYTES = 8_000

/**
 * The fields that runs have filled in a tab so far: no part of who a row is about, so that a run that wants other fields
 * knows whose a cell is.
 */
export function outputsOf(host: Host, sheet: number): readonly Field[] {
  const tabs = readOutputs(host)
  return FIELD_NAMES.filter((field) => tabs[String(sheet)]?.includes(field))
}

/** Notes that a run fills these fields in a tab. */
export function noteOutputs(host: Host, sheet: number, wanted: readonly Field[]): void {
  const own = [String(sheet), [...new Set([...outputsOf(host, sheet), ...wanted])]] as const
  const tabs = Object.entries(readOutputs(host)).filter(([id]) => id !== own[0] && host.sheets.find(Number(id)))
  const text = () => JSON.stringify(Object.fromEntries([...tabs, own]))
  // In a file of very many tabs some are forgotten: their cells may count as a person's.
  while (tabs.length > 0 && bytesOf(text()) > MOST_BYTES) tabs.shift()
  host.document.set(OUTPUTS, text())
}

// What somebody damaged makes cells of ours a person's, which nobody writes over.
function readOutputs(host: Host): { readonly [sheet: string]: readonly string[] } {
  try {
    return JSON.parse(host.document.get(OUTPUTS) ?? '{}') as { readonly [sheet: string]: readonly string[] }
  } catch {
    return {}
  }
}

/**
 * How many rows of a run have a value to be replaced, by what is known of it, or one to be written beside; of what was proved
 * invalid every address and every number counts.
 */
export function countReplaced(rows: readonly RunRow[], run: Pick<RunPlan, 'overwrite'>): Receipt['replaces'] {
  const counts = { fine: 0, old: 0, invalid: 0, phones: 0, beside: 0 }
  for (const { inRun, replaces = {} } of rows) {
    if (!inRun) continue
    const isInvalid = (of: Verifiable) => replaces[of]?.held === 'invalid'
    if (isInvalid('email')) counts.invalid++
    if (isInvalid('phone')) counts.phones++
    const [first] = VERIFIABLE.some(isInvalid) ? [] : (Object.entries(replaces) as [Field, Replaced][])
    if (first) counts[ruleIn(run, first[0]).kind === 'beside' ? 'beside' : first[1].held]++
  }
  const { phones, ...others } = counts
  return phones > 0 ? counts : others
}
