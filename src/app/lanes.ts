import type * as Zod from 'zod/mini'
import type { Budget } from '../domain/job'
import { takenTogether } from '../engine/budget'
import { budgetOf, MAX_LANES, together } from '../engine/lane'
import { roundCredits } from '../engine/price'
import type { Host } from './host'
import type { Usage } from './quota'
import { loadAccount, loadUsage, isHalfUsed, usedUp } from './quota'
import type { LaneHeld, RunRecord } from './run-record'
import { budgetSchema, loadRun } from './run-record'
import { formatOf } from './stored'
import { newerProblem, parseJson, readVersioned } from './versions'

// Long enough that beginning and ending together costs little, short enough for the six minutes of an execution.
const LANES_MS = 120_000

// A lane that asks to join waits so long for the slice that takes it in.
const WAIT_MS = 30_000

// What lanes use of a day's quotas until they are counted: two minutes of waves every two seconds, at most.
const LANES_STEP = { fetches: 1_800, properties: 3_000 }

/** What one lane has done since it was taken in; kept apart from the run, to which the leading slice adds it up. */
export type LanePart = Pick<
  RunRecord,
  'id' | 'epoch' | 'leaseUntil' | 'budget' | 'inFlight' | 'journal' | 'vendors' | 'calls'
> & {
  readonly lane: LaneHeld
}

/** Asks to be taken in as the lane of a place (1 to 4); returns the ticket by which it is known again. */
export function askToJoin(host: Host, run: string, place: number): string {
  const ticket = host.randomId()
  host.document.set(joinName(place), JSON.stringify({ run, ticket, until: host.now() + WAIT_MS }))
  return ticket
}

/** Whether a lane asks to be taken in. */
export function isAnyJoining(host: Host, run: string): boolean {
  return joiners(host, run).length > 0
}

/** Takes in the lanes that ask for it: each gets its share of what is left under the cap. The caller holds the lease and the lock. */
export function takeIn(host: Host, run: RunRecord): RunRecord {
  if (!hasQuota(host)) return run
  const joining = joiners(host, run.id)
  if (joining.length === 0) return run
  const of = joining.length
  const now = host.now()
  for (const [index, { place, ticket }] of joining.entries()) {
    saveLane(host, {
      ...run,
      budget: budgetOf(run.budget, of),
      inFlight: [],
      calls: 0,
      leaseUntil: run.leaseUntil,
      lane: { index, place, ticket, fetches: 0, properties: 0 },
    })
  }
  return { ...run, lanes: { epoch: run.epoch, of, since: now, until: now + LANES_MS } }
}

/** The run as a lane holds it once it was taken in; undefined while it waits. */
export function joined(
  host: Host,
  ask: { readonly run: string; readonly place: number; readonly ticket: string },
): RunRecord | undefined {
  const run = loadRun(host)
  if (run?.id !== ask.run || !run.lanes || run.lanes.epoch !== run.epoch) return undefined
  const part = loadLane(host, ask.place)
  if (part?.lane.ticket !== ask.ticket || part.epoch !== run.epoch || part.id !== run.id) return undefined
  return { ...run, ...part }
}

/** The parts of all lanes of a run that are not added up yet. */
export function laneParts(host: Host, run: RunRecord): readonly LanePart[] {
  const { lanes } = run
  if (!lanes) return []
  return places().flatMap((place) => {
    const part = loadLane(host, place)
    return part?.id === run.id && part.epoch === lanes.epoch ? [part] : []
  })
}

/** Whether a lane has not ended: it still may send, or waits for an answer. */
export function areLanesAtWork(host: Host, run: RunRecord): boolean {
  return laneParts(host, run).some(({ leaseUntil }) => leaseUntil > host.now())
}

/** The run with what its lanes have done; what they have on its way stays reserved. */
export function withLanes(run: RunRecord, parts: readonly LanePart[]): RunRecord {
  const { lanes } = run
  if (!lanes) return run
  return {
    ...run,
    budget: parts.reduce((sum, { budget }) => added(sum, budget), run.budget),
    calls: parts.reduce((sum, { calls }) => sum + calls, run.calls),
    vendors: together(
      { vendors: run.vendors, since: lanes.since },
      parts.map(({ vendors }) => vendors),
    ),
  }
}

/** Saves what a lane has done; its lease stands in it too, and is over when it has ended. */
export function saveLane(host: Host, run: RunRecord & { readonly lane: LaneHeld }): void {
  const { id, epoch, leaseUntil, budget, inFlight, journal, vendors, calls, lane } = run
  const part: LanePart = { id, epoch, leaseUntil, budget, inFlight, journal, vendors, calls, lane }
  host.document.set(laneName(lane.place), JSON.stringify({ version: 1, ...part }))
}

function added(sum: Budget, { spent, reserved, held, maybe, taken }: Budget): Budget {
  return {
    ...sum,
    taken: takenTogether(sum.taken, taken),
    spent: roundCredits(sum.spent + spent),
    reserved: roundCredits(sum.reserved + reserved),
    held: roundCredits(sum.held + held),
    maybe: roundCredits(sum.maybe + maybe),
  }
}

// Lanes do not look at the day's quotas: they begin only where these last for all of them, and on one side of the half.
function hasQuota(host: Host): boolean {
  const account = loadAccount(host)
  const usage = loadUsage(host)
  const after: Usage = { ...usage, fetches: usage.fetches + LANES_STEP.fetches }
  return !usedUp(account, usage, LANES_STEP) && isHalfUsed(account, usage) === isHalfUsed(account, after)
}

function joiners(host: Host, run: string): readonly { readonly place: number; readonly ticket: string }[] {
  host.document.refresh()
  return places().flatMap((place) => {
    const ask = parseJson(host.document.peek(joinName(place)) ?? '') as Partial<Joining> | undefined
    const waits = ask?.run === run && typeof ask.until === 'number' && ask.until > host.now()
    return waits && typeof ask.ticket === 'string' ? [{ place, ticket: ask.ticket }] : []
  })
}

interface Joining {
  readonly run: string
  readonly ticket: string
  readonly until: number
}

// Properties are changed by scripts alone. Throws a Problem for a part of a newer version.
function loadLane(host: Host, place: number): LanePart | undefined {
  const text = host.document.get(laneName(place))
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const number = z.number()
  const schema = z.object({
    id: z.string(),
    epoch: number,
    leaseUntil: number,
    budget: budgetSchema(),
    inFlight: z.array(z.object({ batch: z.string(), worst: number })),
    journal: z.object({ generation: number, rows: number }),
    vendors: z.record(z.string(), z.object({ calls: z.unknown(), restUntil: number })),
    calls: number,
    lane: z.object({ index: number, place: number, ticket: z.string(), fetches: number, properties: number }),
  })
  // The schema drops what it does not name, but the vendors are kept whole.
  const check = formatOf(schema, (part): LanePart => ({ ...part, vendors: (parseJson(text) as LanePart).vendors }))
  const read = readVersioned(check, text)
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : undefined
}

const places = (): readonly number[] => Array.from({ length: MAX_LANES }, (_, index) => index + 1)

const laneName = (place: number): string => `lane.${place}`

const joinName = (place: number): string => `join.${place}`
