import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { VendorState } from '../domain/job'
import { MAX_LANES } from '../engine/lane'
import { whySentence } from '../rules/decide'
import type { FieldSummary, LeftWhy, RunView } from './api-types'
import { isFailure } from './cell-status'
import { undoOf } from './history'
import type { Host } from './host'
import { laneParts, withLanes } from './lanes'
import type { Rest, RunRecord, Tally } from './run-record'
import { loadAccount, loadUsage, usedUp } from './quota'
import { countTroubled, countWaiting, figuresOf, isOpen, myId, TURN_MS } from './run-record'
import { peekSettings } from './settings'
import { vendorName } from './vendors'

// What a slice alone does in a minute: for less, lanes hardly gain what joining them takes.
const WORTH_LANES = 200

function isWorthLanes(run: RunRecord): boolean {
  const left = run.total - figuresOf(run).done
  return run.state === 'running' && !run.rest && run.environment !== 'training' && left >= WORTH_LANES
}

/** The run as the screen shows it. */
export function viewRun(host: Host, record: RunRecord): RunView {
  const run = withLanes(record, laneParts(host, record))
  const mine = run.by === myId(host)
  const { budget } = run
  const figures = figuresOf(run)
  const undo = undoOf(host, run)
  // What a working slice has reserved is on its way; without a slice nobody will hear the answer any more.
  const lost = run.leaseUntil > host.now() ? 0 : budget.reserved
  return {
    id: run.id,
    state: run.state,
    mine,
    by: mine ? 'you' : 'another person',
    sheetName: run.sheetName,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    rows: { total: run.total, done: figures.done, waiting: run.state === 'paused' ? run.troubled : 0 },
    cellsWritten: figures.cellsWritten,
    calls: run.calls,
    credits: {
      spent: budget.spent,
      held: budget.held,
      maybe: budget.maybe + lost,
      cap: budget.cap,
      worst: run.worst,
    },
    fields: run.wanted.map((field) => summarise(field, figures.tally[field])),
    vendors: asked(run, host.now()).map(([id, state]) => ({
      name: vendorName(host, id),
      calls: state.called,
      found: state.found,
      credits: state.credits,
      trouble: troubleOf(state, host.now()),
    })),
    sample: run.sample ?? null,
    failed: isOpen(run) || undo === 'undone' ? 0 : countFailed(figures.tally),
    retryable: countTroubled(run),
    review: isOpen(run) || undo === 'undone' ? 0 : countWaiting(run),
    rest:
      run.state === 'running' && run.rest && run.rest.until > host.now()
        ? { until: run.rest.until, message: restSentence(run.rest) }
        : null,
    lanes: isWorthLanes(run) ? MAX_LANES : 0,
    heldUntil: run.leaseUntil > host.now() ? run.leaseUntil : null,
    whenClosed: whenClosed(host, run),
    problem: run.problem,
    remarks: run.remarks,
    undo,
    training: run.environment === 'training',
    provenance: peekSettings(host).provenance,
  }
}

function restSentence({ because }: Rest): string {
  switch (because) {
    case 'fetches':
      return "Google limits how many requests you may send in a day, and today's are used up. If yours is a Workspace account, say so in Settings: it has five times as many."
    case 'properties':
      return "Google limits how often an add-on may note something down in a day, and today's notes are used up. If yours is a Workspace account, say so in Settings: it has ten times as many."
    case 'vendors':
      return 'The vendors that are left asked us to wait.'
    case 'network':
      return "Nothing gets out to the internet: other add-ons may have used up today's requests, or Google's connection is down."
  }
}

// Here because the build packs what stands in functions, and every look at a run says these.
const GOES_ON = 'With this sidebar closed the run goes on about every hour'
const FULL_SPEED = 'Open, it goes on at full speed.'
const ROW_GONE = 'The row was changed or deleted meanwhile'

// What a trigger does in its turn (safety S13), by the speed of the run so far.
function whenClosed(host: Host, run: RunRecord): string {
  const spent = usedUp(loadAccount(host), loadUsage(host), { triggers: TURN_MS })
  if (spent) {
    const hours = Math.ceil((spent.until - host.now()) / 3_600_000)
    return `Keep this sidebar open: Google's time for work in the background is used up. Closed, the run goes on in about ${hours === 1 ? 'an hour' : `${hours} hours`}.`
  }
  if (!run.watched)
    return 'Keep this sidebar open: Google refused the hourly trigger, so the run waits while it is closed.'
  const { done } = figuresOf(run)
  const left = run.total - done
  const turn = run.workedMs > 0 ? Math.round((done / run.workedMs) * TURN_MS) : 0
  const speed = turn > 0 && turn < left ? `, about ${turn.toLocaleString('en')} rows each time` : ''
  return `${GOES_ON}${speed}. ${FULL_SPEED}`
}

// Of some only the calls of the day are known, from the runs before.
function asked({ vendors }: RunRecord, now: number): readonly (readonly [string, VendorState])[] {
  return Object.entries(vendors).filter(([, state]) => state.called > 0 || troubleOf(state, now) !== null)
}

/** Why a vendor is not asked now, in words; null when it may be. */
export function troubleOf(state: VendorState, now: number): string | null {
  if (state.dropped) return state.dropped.reason
  if (state.restUntil <= now) return null
  return `resting for ${Math.ceil((state.restUntil - now) / 1000)} s`
}

function countFailed(tally: RunRecord['tally']): number {
  return Object.values(tally)
    .flatMap(({ left }) => Object.entries(left) as readonly (readonly [LeftWhy, number])[])
    .reduce((sum, [why, count]) => sum + (isFailure(why) ? count : 0), 0)
}

function summarise(field: Field, tally: Tally | undefined): FieldSummary {
  const left = Object.entries(tally?.left ?? {}) as readonly (readonly [LeftWhy, number])[]
  return {
    field,
    label: fieldInfo(field).label,
    written: tally?.written ?? 0,
    notFound: tally?.left.not_found ?? 0,
    leftAlone: left
      .filter(([why]) => why !== 'not_found')
      .map(([why, count]) => ({ status: why, why: leftSentence(why), count })),
  }
}

/** Why a cell was left alone, in a sentence. */
export function leftSentence(why: LeftWhy): string {
  switch (why) {
    case 'row_gone':
      return ROW_GONE
    case 'vendor_trouble':
      return 'A vendor did not answer'
    case 'objected':
      return 'The person asked not to be looked up'
    case 'maybe_charged':
      return 'An answer was lost on the way and may have been charged'
    case 'unasked':
      return 'Left empty: this run asked nobody'
    case 'no_key':
      return 'Not enough is known to ask'
    case 'other_company':
      return 'The answer was about another company'
    case 'not_found':
      return 'Not found'
    default:
      return whySentence(why)
  }
}
