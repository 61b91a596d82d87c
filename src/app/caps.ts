import type * as Zod from 'zod/mini'
import type { Budget, Room, Taken } from '../domain/job'
import { Problem } from '../domain/problem'
import { asOf, counted, openBudget, sumOf, takenTogether } from '../engine/budget'
import { dayText } from '../engine/day'
import { inCredits, roundCredits } from '../engine/price'
import type { CapsEntry, CapsView } from './api-types'
import type { Host } from './host'
import type { RunRecord } from './run-record'
import { loadRun, myId } from './run-record'
import { formatOf } from './stored'
import { vendorName, vendorNames } from './vendors'
import type { Read } from './versions'
import { readVersioned, requireRead } from './versions'

const CAPS = 'caps'
const SPENDING = 'spending'

// Beyond this somebody has slipped: our choice.
const MOST_CAP = 1_000_000

/** What a run, or one question of a trial, took; of the last one it may still grow. */
interface Share {
  readonly run: string
  readonly by: string
  readonly taken: Taken
}

/** Whose credits are counted: a run, or one that is about to begin. */
type Spender = Pick<RunRecord, 'id' | 'by' | 'budget'> & Partial<Pick<RunRecord, 'watched'>>

/** What was taken in this file before the run that is on record: kept in a property, changed under the lock. */
interface Spending {
  readonly all: Taken
  /** This month, by the random id of the person. */
  readonly people: { readonly [person: string]: number }
  /** Added to the sums when another one follows it. */
  readonly last: Share | null
}

/** One cap as it stands for a run. */
interface Standing {
  /** For the beginning of a sentence: "The cap of 50 credits a day". */
  readonly name: string
  readonly left: number
  /** Set for the cap of one vendor. */
  readonly vendor?: string
  /** What the person, or the run, may do when it is lifted by itself. */
  readonly renewed: string
}

// The hourly trigger sees it (safety S13).
const BY_ITSELF = 'it goes on by itself tomorrow, in the hour after midnight UTC'

// Here because the build packs what stands in functions, and every slice of a run reads both.
const CAPS_RECORD = 'The record of the caps of this file'
const SPENDING_RECORD = 'The record of what was spent in this file'
const EACH_PERSON = 'a month for each person'

/** The caps of this file. Throws a Problem when they cannot be read: nothing is spent beyond what nobody knows. */
export function loadCaps(host: Host): CapsEntry {
  return requireRead(readCaps(host), CAPS_RECORD)
}

/** The caps of this file as they are kept, to see whether somebody changed them. */
export function peekCaps(host: Host): string | undefined {
  return host.document.peek(CAPS)
}

function readCaps(host: Host): Read<CapsEntry> {
  const text = peekCaps(host)
  if (text === undefined) return { kind: 'read', value: { vendors: {} } }
  return readVersioned(
    formatOf(capsSchema(), (caps): CapsEntry => caps),
    text,
  )
}

/**
 * Keeps the caps of this file; a record of what was spent that cannot be read begins anew. The caller holds the lock. Throws a
 * Problem for what is no number of credits.
 */
export function saveCaps(host: Host, caps: CapsEntry): void {
  const all = [caps.day, caps.month, caps.person, ...Object.values(caps.vendors)]
  if (all.some((cap) => cap !== undefined && !(cap >= 0 && cap <= MOST_CAP)))
    throw new Problem('A cap must be a number of credits between 0 and 1,000,000, or empty for none.')
  if (readSpending(host).kind === 'damaged') host.document.set(SPENDING, undefined)
  host.document.set(CAPS, JSON.stringify({ version: 1, ...caps }))
}

/** Caps that go along with a saved run. */
export type SharedCaps = Omit<CapsEntry, 'goesOn'>

/** The caps of this file for a saved run; none where they cannot be read. */
export function capsToShare(host: Host): SharedCaps {
  const read = readCaps(host)
  const { goesOn: _own, ...caps } = read.kind === 'read' ? read.value : { vendors: {} }
  return caps
}

/** The caps of a saved run in words, and those of them that this file does not have, or has higher. */
export function compareCaps(
  host: Host,
  caps: SharedCaps,
): { readonly caps: readonly string[]; readonly lowerCaps: readonly string[] } {
  const own = readCaps(host)
  const lower = own.kind === 'read' ? lowerCaps(host, caps, own.value) : { vendors: {} }
  return { caps: capWords(host, caps), lowerCaps: capWords(host, lower) }
}

/** Sets the caps of a saved run where this file has none, or a higher one: none is raised. The caller holds the lock. */
export function takeLowerCaps(host: Host, caps: SharedCaps): void {
  host.document.refresh()
  const own = loadCaps(host)
  // To save the caps would begin it anew.
  loadSpending(host)
  const lower = lowerCaps(host, caps, own)
  if (capWords(host, lower).length > 0)
    saveCaps(host, { ...own, ...lower, vendors: { ...own.vendors, ...lower.vendors } })
}

function lowerCaps(host: Host, caps: SharedCaps, own: CapsEntry): SharedCaps {
  const names = vendorNames(host)
  const isLower = (cap: number | undefined, now = Infinity) => cap !== undefined && cap < now
  const of = (['day', 'month', 'person'] as const).filter((one) => isLower(caps[one], own[one]))
  const vendors = Object.entries(caps.vendors).filter(([id, cap]) => names.has(id) && isLower(cap, own.vendors[id]))
  return { ...Object.fromEntries(of.map((one) => [one, caps[one]])), vendors: Object.fromEntries(vendors) }
}

function capWords(host: Host, { day, month, person, vendors }: SharedCaps): readonly string[] {
  const names = vendorNames(host)
  const words = (cap: number | undefined, of: string) => (cap === undefined ? [] : [`${inCredits(cap)} ${of}`])
  return [
    ...words(day, 'a day'),
    ...words(month, 'a month'),
    ...words(person, EACH_PERSON),
    ...Object.entries(vendors).flatMap(([id, cap]) =>
      names.has(id) ? words(cap, `a month for ${names.get(id)}`) : [],
    ),
  ]
}

/** What caps look like as a person sets them. */
export function capsSchema() {
  const z = require('zod/mini') as typeof Zod
  const cap = z.exactOptional(z.number())
  const vendors = z.record(z.string(), z.number())
  return z.object({ day: cap, month: cap, person: cap, vendors, goesOn: z.exactOptional(z.boolean()) })
}

/** The caps of this file, and what counts against them by now; vendors by id. */
export function viewCaps(host: Host, vendors: readonly string[]): CapsView {
  const caps = readCaps(host)
  const spending = readSpending(host)
  const set: CapsEntry = caps.kind === 'read' ? caps.value : { vendors: {} }
  const { all, people } = spending.kind === 'read' ? spentBeside(host, NOBODY) : NOTHING_SPENT
  const ids = [...new Set([...vendors, ...Object.keys(set.vendors)])]
  return {
    day: { cap: set.day ?? null, used: all.today },
    month: { cap: set.month ?? null, used: sumOf(all.month) },
    person: { cap: set.person ?? null, used: people[myId(host)] ?? 0 },
    vendors: ids.map((id) => ({
      id,
      name: vendorName(host, id),
      cap: set.vendors[id] ?? null,
      used: all.month[id] ?? 0,
    })),
    goesOn: set.goesOn !== false,
    damaged: caps.kind === 'damaged' || spending.kind === 'damaged',
  }
}

// All that was spent is spent beside a run that is none.
const NOBODY = { id: '', by: '' }

const NOTHING_SPENT: Sums = { all: openBudget(0).taken, people: {} }

/** The budget of a run at the beginning of a slice: what it may take so that the caps of the file hold (safety S4). */
export function withRoom(host: Host, run: Spender): Budget {
  const { room: _before, ...budget } = run.budget
  const taken = asOf(budget.taken, host.now())
  const room = roomIn(loadCaps(host), spentBeside(host, run))
  return { ...budget, taken, ...(room && { room }) }
}

/**
 * Adds what the last run took to the sums of the file before another one takes its place. Done twice it is added once, also
 * when that run went on in between. The caller holds the lock.
 */
export function fileSpending(host: Host, last: Spender): void {
  const { all, people } = spentBeside(host, last)
  saveSpending(host, { all, people, last: shareOf(last) })
}

/** Counts credits that were asked for outside of a run, or gives them back. The caller holds the lock. */
export function countTrial(
  host: Host,
  trial: { readonly by: string; readonly provider: string; readonly credits: number; readonly at: number },
): void {
  const { by } = trial
  const now = host.now()
  const spending = loadSpending(host)
  const { all, people } = asOfNow(spending, now)
  const credits = isThisMonth(dayText(trial.at), now) ? trial.credits : 0
  const mine = roundCredits((people[by] ?? 0) + credits)
  saveSpending(host, { ...spending, all: counted(all, trial, now), people: { ...people, [by]: mine } })
}

/** Whether a run that was paused at the cap of a day goes on by itself: unless a person switched that off. */
export function goesOnByItself(host: Host): boolean {
  const read = readCaps(host)
  return read.kind === 'read' && read.value.goesOn !== false
}

/** A cap in whose way a question at a price stands, and whether the run waits for the next day; undefined when there is none. */
export function reachedCap(
  host: Host,
  run: Spender,
  asked: readonly { readonly vendor: string; readonly credits: number }[],
): { readonly sentence: string; readonly goesOn: boolean } | undefined {
  const reached = standings(host, run).find(({ vendor, left }) =>
    asked.some((one) => (vendor === undefined || one.vendor === vendor) && left < one.credits),
  )
  return (
    reached && {
      sentence: `${reached.name} is reached. What was found is written. Raise it in Settings and go on here, or ${reached.renewed}.`,
      goesOn: reached.renewed === BY_ITSELF,
    }
  )
}

/** What the caps of the file leave for a new run, the tightest first, in sentences for a receipt that may need more. */
export function tightCaps(host: Host, run: Spender, worst: ReadonlyMap<string, number>): readonly string[] {
  const all = [...worst.values()].reduce((sum, credits) => sum + credits, 0)
  return standings(host, run).flatMap(({ name, left, vendor }) => {
    const needed = vendor === undefined ? all : (worst.get(vendor) ?? 0)
    if (needed <= left) return []
    return [`${name} leaves ${inCredits(left)}: the run pauses there if it comes to that.`]
  })
}

function standings(host: Host, run: Spender): readonly Standing[] {
  const { day, month, person, vendors } = loadCaps(host)
  const beside = spentBeside(host, run)
  const own = asOf(run.budget.taken, host.now())
  const all = takenTogether(beside.all, own)
  const thisMonth = sumOf(own.month)
  const standing = (
    cap: number | undefined,
    of: Omit<Standing, 'left'> & { readonly used: number },
  ): readonly Standing[] =>
    cap === undefined
      ? []
      : [{ ...of, name: `The cap of ${inCredits(cap)} ${of.name}`, left: Math.max(0, roundCredits(cap - of.used)) }]
  return [
    ...standing(day, {
      name: 'a day',
      used: all.today,
      renewed: run.watched && goesOnByItself(host) ? BY_ITSELF : 'go on tomorrow',
    }),
    ...standing(month, { name: 'a month', used: sumOf(all.month), renewed: 'go on next month' }),
    ...standing(person, {
      name: EACH_PERSON,
      used: (beside.people[run.by] ?? 0) + thisMonth,
      renewed: 'go on next month',
    }),
    ...Object.entries(vendors).flatMap(([vendor, cap]) =>
      standing(cap, {
        name: `a month for ${vendorName(host, vendor)}`,
        used: all.month[vendor] ?? 0,
        vendor,
        renewed: 'go on next month',
      }),
    ),
  ].sort((a, b) => a.left - b.left)
}

function roomIn(caps: CapsEntry, beside: Beside): Room | undefined {
  const { day, month, person, vendors } = caps
  const months = [
    ...(month === undefined ? [] : [month - sumOf(beside.all.month)]),
    ...(person === undefined ? [] : [person - beside.mine]),
  ]
  const room: Room = {
    ...(day !== undefined && { day: roundCredits(day - beside.all.today) }),
    ...(months.length > 0 && { month: roundCredits(Math.min(...months)) }),
    ...(Object.keys(vendors).length > 0 && {
      vendors: Object.fromEntries(
        Object.entries(vendors).map(([id, cap]) => [id, roundCredits(cap - (beside.all.month[id] ?? 0))]),
      ),
    }),
  }
  return Object.keys(room).length > 0 ? room : undefined
}

type Sums = Pick<Spending, 'all' | 'people'>

interface Beside extends Sums {
  /** Of the person whose run it is. */
  readonly mine: number
}

/** What was taken this day and month by everything but one run. */
function spentBeside(host: Host, run: Pick<Spender, 'id' | 'by'>): Beside {
  const spending = loadSpending(host)
  const now = host.now()
  const current = loadRun(host)
  const shares = [...(current ? [shareOf(current)] : []), ...(spending.last ? [spending.last] : [])]
  // Of the last one that was filed the record knows more, as long as it is there.
  const others = shares.filter((one, index) => one.run !== run.id && (index === 0 || one.run !== current?.id))
  const sums = others.reduce((sum, one) => withShare(sum, one, now), asOfNow(spending, now))
  return { ...sums, mine: sums.people[run.by] ?? 0 }
}

function asOfNow({ all, people }: Sums, now: number): Sums {
  return { all: asOf(all, now), people: isThisMonth(all.day, now) ? people : {} }
}

function shareOf({ id, by, budget }: Spender): Share {
  return { run: id, by, taken: budget.taken }
}

function saveSpending(host: Host, spending: Spending): void {
  host.document.set(SPENDING, JSON.stringify({ version: 1, ...spending }))
}

function withShare(sums: Sums, { by, taken }: Share, now: number): Sums {
  const own = asOf(taken, now)
  return {
    all: takenTogether(sums.all, own),
    people: { ...sums.people, [by]: roundCredits((sums.people[by] ?? 0) + sumOf(own.month)) },
  }
}

function isThisMonth(day: string, now: number): boolean {
  return day.slice(0, 7) === asOf(openBudget(0).taken, now).day.slice(0, 7)
}

function loadSpending(host: Host): Spending {
  return requireRead(readSpending(host), SPENDING_RECORD)
}

function readSpending(host: Host): Read<Spending> {
  const text = host.document.get(SPENDING)
  if (text === undefined) return { kind: 'read', value: { ...NOTHING_SPENT, last: null } }
  const z = require('zod/mini') as typeof Zod
  const byName = z.record(z.string(), z.number())
  const taken = z.object({ day: z.string(), today: z.number(), month: byName })
  const schema = z.object({
    all: taken,
    people: byName,
    last: z.nullable(z.object({ run: z.string(), by: z.string(), taken })),
  })
  return readVersioned(
    formatOf(schema, (spending): Spending => spending),
    text,
  )
}
