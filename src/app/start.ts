import { verifiedBy } from '../domain/field'
import type * as Zod from 'zod/mini'
import { Problem } from '../domain/problem'
import type { Receipt, RowClass } from '../domain/receipt'
import { openBudget } from '../engine/budget'
import { NEW_VENDOR } from '../engine/draft'
import type { Repeats, RunRequest, RunView } from './api-types'
import { agree, markOf } from './agreed'
import { fileSpending } from './caps'
import { requestSchema } from './arguments'
import type { Host, SheetInfo } from './host'
import { checkNoErasure } from './erasure-record'
import { notePast, rememberRun } from './history'
import { dropOlder, savePlan } from './planned-rows'
import { findPractice, makePractice } from './practice'
import type { Prepared } from './prepare'
import { prepare } from './prepare'
import type { RunPlan, RunRecord } from './run-record'
import { findLastRun } from './last-run'
import { addColumns, insertBeside, shifted } from './new-columns'
import { figuresOf, isOpen, loadRun, myId, NOTHING_AHEAD, NOWHERE, saveRun } from './run-record'
import { viewRun } from './view-run'
import { countWrites, settleLast } from './recover'
import { noteSeen } from './rows-seen'
import { noteOutputs } from './replaced'
import { changeSettings } from './settings'
import { openStore } from './store'
import { markFile } from './store-state'
import { formatOf } from './stored'
import type { Survey } from './survey'
import { plannedColumns } from './survey'
import { coverTest } from './transfers'
import { askable, isAgreedTo } from './vendors'
import { openWriteLog } from './written'
import { newerProblem, readVersioned } from './versions'
import { alone } from './turn'
import { withLock } from './with-lock'

const RECEIPT = 'receipt'

/** The receipt that this person saw last: what they agreed to when they press the button. */
interface SeenReceipt {
  readonly version: 1
  readonly id: string
  readonly validUntil: number
  readonly fingerprint: string
  /** Without repeats, for which a property has no room: the fingerprint holds them. */
  readonly request: RunRequest
  readonly sheet: number
}

/** Works out the receipt of a request and remembers that this person saw it. */
export function makeReceipt(host: Host, request: RunRequest): Receipt {
  const sheet = tabOf(host, request)
  const prepared = prepare(host, request, sheet)
  const { receipt, fingerprint } = prepared
  const { repeats: _repeats, ...kept } = request
  const seen: SeenReceipt = {
    version: 1,
    id: receipt.id,
    validUntil: receipt.validUntil,
    fingerprint,
    request: kept,
    sheet: sheet.id,
  }
  host.user.set(RECEIPT, JSON.stringify(seen))
  // To verify or to repair is not what a person usually looks for: the next sidebar opens with that.
  const wanted = verifiedBy(request.wanted) || request.replace ? {} : { wanted: request.wanted }
  changeSettings(host, { ...wanted, purpose: request.purpose.trim() })
  return receipt
}

/** Works out a receipt to compare with the one that this person saw last, which stays the one that can be started. */
export function compareReceipt(host: Host, request: RunRequest): Receipt {
  return prepare(host, request, tabOf(host, request)).receipt
}

function tabOf(host: Host, { scope }: RunRequest): SheetInfo {
  return scope === 'last_run' ? findLastRun(host).sheet : host.sheets.active()
}

/** Starts the run of a receipt, if it is still valid and nothing that it says has changed (safety S4). */
export function startRun(host: Host, receiptId: string, repeats?: Repeats): RunView {
  const seen = readSeen(host)
  if (!seen || seen.id !== receiptId || seen.validUntil < host.now()) {
    throw new Problem('This receipt is older than 10 minutes. Look at the new figures and start again.', 'new_receipt')
  }
  const sheet = host.sheets.find(seen.sheet)
  if (!sheet) throw new Problem('The tab of this receipt was deleted. Choose another tab.', 'reload')
  const request = repeats ? { ...seen.request, repeats } : seen.request
  const agreed = prepare(host, request, sheet)
  if (agreed.fingerprint !== seen.fingerprint) {
    throw new Problem(
      'Rows, settings or prices have changed since this receipt. Look at the new figures and start again.',
      'new_receipt',
    )
  }
  const [transfer] = agreed.receipt.transfers
  if (transfer)
    throw new Problem(
      `Tick first that the transfer of data to ${transfer.name} is covered, or remove its key under Vendors.`,
      'new_receipt',
    )
  checkNoErasure(host)
  host.user.set(RECEIPT, undefined)
  agree(host)
  return alone(host, (run, requireTurn) => {
    checkNoErasure(host)
    requireRows(agreed)
    // The run before this one may have died with questions in flight: they are on record before it is forgotten (safety S1).
    const said = loadRun(host)?.remarks.length
    const last = settleLast(host, openStore(host))
    // Formulas give back what they did not need at any time.
    if (last) withLock(host, () => fileSpending(host, last))
    // Its last slice may have written cells and failed before it counted them.
    if (last && isOpen(last)) notePast(host, last.id, { cells: figuresOf(countWrites(host, last)).cellsWritten })
    const prepared = agreed.environment === 'training' ? practise(host, agreed, request) : agreed
    const remarks = last?.remarks.slice(said) ?? []
    const record = open(host, prepared, { id: run, request, remarks, requireTurn })
    return viewRun(host, record)
  })
}

/** A run without rows would add columns and say "Done". */
function requireRows({ receipt, rows }: Prepared): void {
  if (rows.some((row) => row.inRun)) return
  const reasons = LEFT_OUT.filter(([left]) => receipt.rows[left] > 0).map(
    ([left, words]) => `${receipt.rows[left].toLocaleString('en')} ${words}`,
  )
  throw new Problem(
    `No row of the tab "${receipt.sheetName}" can be enriched: ${reasons.join(', ')}. Choose other rows or other fields.`,
    'select_rows',
  )
}

/** Rows that no run works on, in words after their number. */
const LEFT_OUT: readonly (readonly [RowClass, string])[] = [
  ['filled', 'with nothing that can be filled'],
  ['invalid', 'without enough to look them up'],
  ['suppressed', 'on the never-look-up list'],
  ['hidden', 'hidden by a filter'],
  ['empty', 'empty'],
]

function readSeen(host: Host): SeenReceipt | undefined {
  const text = host.user.get(RECEIPT)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    version: z.literal(1),
    id: z.string(),
    validUntil: z.number(),
    fingerprint: z.string(),
    request: requestSchema(),
    sheet: z.number(),
  })
  const read = readVersioned(
    formatOf(schema, (seen) => seen as SeenReceipt),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  // One that cannot be read is made again, as one that is too old.
  return read.kind === 'read' ? read.value : undefined
}

/** In training the rows are copied to a practice tab first, unless that is the tab that is open. */
function practise(host: Host, agreed: Prepared, request: RunRequest): Prepared {
  const { survey } = agreed
  if (findPractice(host)?.id === survey.sheet.id) return agreed
  const sheet: SheetInfo = makePractice(host, survey, agreed.scope)
  return prepare(host, { ...request, scope: 'all' }, sheet)
}

function open(
  host: Host,
  prepared: Prepared,
  given: {
    readonly id: string
    readonly request: RunRequest
    readonly remarks: readonly string[]
    readonly requireTurn: () => void
  },
): RunRecord {
  const { survey, placement, receipt, rows } = prepared
  const { request, remarks, requireTurn } = given
  const { news } = prepared
  const wider = placement.newHeaders ? addColumns(host, survey, placement.newHeaders) : survey.headers
  const headers = insertBeside(host, { ...survey, headers: wider }, news)
  const targets = Object.fromEntries(
    Object.entries(placement.targets).map(([field, { column }]) => [field, column]),
  ) as Survey['mapping']
  const plan: RunPlan = {
    id: given.id,
    sheet: survey.sheet.id,
    sheetName: survey.sheet.name,
    wanted: receipt.wanted,
    columns: plannedColumns(headers, shifted(survey.mapping, news)),
    targets: plannedColumns(headers, shifted(targets, news)),
    headerRow: survey.headerRow,
    added: receipt.newColumns,
    ...(prepared.overwrite && { overwrite: prepared.overwrite }),
  }
  noteOutputs(host, plan.sheet, plan.wanted)
  const by = myId(host)
  const startedAt = host.now()
  requireTurn()
  const kept = rememberRun(host, { ...plan, by, startedAt, environment: prepared.environment })
  dropOlder(host, kept)
  const record: RunRecord = {
    ...plan,
    version: 4,
    state: 'running',
    by,
    startedAt,
    triedAt: host.now(),
    endedAt: null,
    environment: prepared.environment,
    purpose: request.purpose.trim(),
    planFrom: savePlan(host, { plan, rows, searches: prepared.searches }),
    confirmed: openWriteLog(host).length(),
    remarks,
    total: rows.filter((row) => row.inRun).length,
    done: 0,
    cursor: 0,
    worst: receipt.credits.worst,
    budget: openBudget(Math.min(request.cap, receipt.credits.worst)),
    inFlight: [],
    journal: NOWHERE,
    silent: 0,
    vendors: carriedOver(loadRun(host)),
    rules: markOf(host, 'run'),
    ...(receipt.rest > 0 && { sample: { scope: request.scope, rest: receipt.rest, saved: request.saved } }),
    vendorsAtStart: askable(host, prepared.environment)
      .filter(coverTest(host))
      .filter(isAgreedTo)
      .map(({ id }) => id),
    tally: {},
    cellsWritten: 0,
    ahead: NOTHING_AHEAD,
    troubled: 0,
    calls: 0,
    notes: 0,
    watched: host.watch(),
    workedMs: 0,
    epoch: 0,
    leaseUntil: 0,
    rest: null,
    problem: null,
  }
  const noted = prepared.environment === 'training' ? undefined : request.saved
  // Whoever is killed while the tab is made presses Start again, and that ends it.
  if (noted !== undefined) host.table('seen').make()
  host.sheets.flush()
  markFile(host)
  withLock(host, () => {
    requireTurn()
    saveRun(host, record)
  })
  // Not before the run is on record: rows that no run had would be left out the next time.
  if (noted !== undefined) noteSeen(host, prepared, noted)
  return record
}

// The limit of a day outlasts a run.
function carriedOver(last: RunRecord | undefined): RunRecord['vendors'] {
  return Object.fromEntries(
    Object.entries(last?.vendors ?? {}).flatMap(([id, { day }]) => (day ? [[id, { ...NEW_VENDOR, day }]] : [])),
  )
}
