import type * as Zod from 'zod/mini'
import type { Answer } from '../domain/answer'
import { placeOfQuestion } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Batch } from '../domain/job'
import type { HttpResponse } from '../domain/provider'
import { dayText } from '../engine/day'
import { roundCredits } from '../engine/price'
import type { Host } from './host'
import { rewriteRows } from './rewrite-rows'
import { knownSecret, seal, unseal } from './sealed'
import type { CellEntries } from './store-rows'
import { packCells, readCell } from './store-rows'
import type { Call, Outcomes } from './stored'
import { callSchema } from './stored'
import { parseJson } from './versions'

// Safety S18: one row a request until there are so many; then the older ones become sums of a day.
const MOST_CALLS = 20_000
const KEPT_CALLS = 10_000

// Sums of days are kept for two years and a month: enough to compare a month with that of the year before.
const KEPT_DAYS = 760
const DAY_MS = 86_400_000

// So much of a key's hash tells questions apart, and nothing about a person.
const KEY_DIGITS = 12

/** What was asked in one place on one day by one person. */
export interface DaySum extends Omit<Call, 'k' | 'batch' | 'at' | 'status' | 'keys'> {
  readonly k: 'day'
  /** As 2026-11-29. */
  readonly day: string
  readonly calls: number
}

/** All that is known of requests: those kept one by one, oldest first, and what older ones came to by day. */
export interface Ledger {
  readonly calls: readonly Call[]
  readonly days: readonly DaySum[]
  /** Lines that somebody made unreadable. */
  readonly damaged: number
}

/** A request that was sent, and what came of it. */
export function callOf(sent: {
  readonly batch: Pick<Batch, 'id' | 'questions'>
  readonly by: string
  readonly at: number
  readonly ms: number
  readonly response: HttpResponse | 'lost'
  readonly answers: readonly Answer[]
}): Call {
  const { batch, by, at, ms, response, answers } = sent
  const outcomes: { -readonly [O in keyof Outcomes]: Outcomes[O] } = {}
  let credits = 0
  let maybe = 0
  for (const answer of answers) {
    outcomes[answer.outcome] = (outcomes[answer.outcome] ?? 0) + 1
    // The price of a ticket is paid, or not, by the answer that is collected with it.
    if (answer.outcome === 'maybe_charged') maybe += answer.credits
    else if (answer.outcome !== 'pending') credits += answer.credits
  }
  const again = batch.questions.length - answers.length
  return {
    k: 'call',
    batch: batch.id,
    by,
    place: placeOfQuestion(batch.questions[0] ?? ''),
    at,
    ms,
    status: response === 'lost' ? 0 : response.status,
    outcomes: { ...outcomes, ...(again > 0 && { again }) },
    credits: roundCredits(credits),
    maybe: roundCredits(maybe),
    keys: batch.questions.map((question) => question.split('/')[3]?.slice(0, KEY_DIGITS) ?? '').join(' '),
  }
}

/** A request whose execution died before its answer was on record: it may have been charged (safety S1). */
export function lostCall(
  reserved: {
    readonly batch: string
    readonly questions: readonly string[]
    readonly worst: number
    readonly at: number
  },
  by: string,
): Call {
  const { batch, questions, worst, at } = reserved
  const answers = questions.map((question): Answer => ({
    question,
    at,
    outcome: 'maybe_charged',
    credits: worst / questions.length,
  }))
  return callOf({ batch: { id: batch, questions }, by, at, ms: 0, response: 'lost', answers })
}

/** Whose run a request belongs to. */
export function runOfCall({ batch }: Call): string {
  return batch.split('.')[0] ?? ''
}

/** The sums of requests by day, place and person. */
export function sumDays(calls: readonly Call[], before: readonly DaySum[] = []): readonly DaySum[] {
  const sums = new Map<string, DaySum>()
  const add = (one: DaySum): void => {
    const id = [one.day, one.place, one.by].join(' ')
    const sum = sums.get(id)
    sums.set(id, sum ? added(sum, one) : one)
  }
  before.forEach(add)
  for (const { at, by, place, ms, outcomes, credits, maybe } of calls)
    add({ k: 'day', day: dayText(at), by, place, calls: 1, ms, outcomes, credits, maybe })
  return [...sums.values()]
}

function added(sum: DaySum, one: DaySum): DaySum {
  const outcomes: { -readonly [O in keyof Outcomes]: Outcomes[O] } = { ...sum.outcomes }
  for (const [outcome, count] of Object.entries(one.outcomes) as [keyof Outcomes, number][])
    outcomes[outcome] = (outcomes[outcome] ?? 0) + count
  return {
    ...sum,
    outcomes,
    calls: sum.calls + one.calls,
    ms: sum.ms + one.ms,
    credits: roundCredits(sum.credits + one.credits),
    maybe: roundCredits(sum.maybe + one.maybe),
  }
}

/**
 * Moves the requests of a journal that is folded into the ledger: one row of its tab for each generation of the journal.
 * Done again after a kill it comes to the same, for the row of the generation is replaced.
 */
export function keepCalls(
  host: Host,
  given: { readonly secret: string; readonly generation: number; readonly calls: readonly Call[] },
): void {
  const { secret, generation } = given
  if (given.calls.length === 0) return
  const table = host.table('ledger')
  const length = table.length()
  const last = readRow(secret, table.block(Math.max(0, length - 1), 1)[0] ?? [])
  const isSame = length > 0 && last.generation === generation
  const calls = isSame ? once([...last.calls, ...given.calls]) : given.calls
  const before = last.before + (isSame ? 0 : last.calls.length)
  if (before + calls.length > MOST_CALLS) {
    const rows = table.rows(0).slice(0, isSame ? length - 1 : length)
    return table.reset(condensed({ secret, generation, calls }, { rows, now: host.now() }))
  }
  const row = rowOf({ secret, generation, calls }, before)
  if (isSame) table.replace(length - 1, [row])
  else table.append([row])
}

/** What the ledger holds, with the requests that still stand in the journal. */
export function readLedger(host: Host, journaled: readonly Call[]): Ledger {
  const secret = knownSecret(host)
  const rows = host
    .table('ledger')
    .rows(0)
    .map((cells) => readRow(secret, cells))
  return {
    calls: once([...rows.flatMap(({ calls }) => calls), ...journaled]),
    days: rows.flatMap(({ days }) => days),
    damaged: rows.reduce((sum, { damaged }) => sum + damaged, 0),
  }
}

/** The sums of an environment by day, of some of its requests that still stand in the journal too. */
export function sumsOf({ calls, days }: Ledger, environment: Environment): readonly DaySum[] {
  return sumDays(calls, days).filter(({ place }) => place.startsWith(`${environment}/`))
}

/** Changes requests where they stand; done again it comes to the same. */
export function reviseCalls(host: Host, change: (call: Call) => Call): void {
  const secret = knownSecret(host)
  const read = lineReader()
  rewriteRows(host.table('ledger'), (cells) => {
    const lines = cells.map((cell) => cell.split('\n'))
    const next = lines.map((line) =>
      line
        .map((sealed) => {
          const json = unseal(secret, sealed)
          const entry = json === undefined ? undefined : read(json)
          const changed = entry?.k === 'call' ? change(entry) : entry
          return changed && changed !== entry ? seal(secret, JSON.stringify(changed)) : sealed
        })
        .join('\n'),
    )
    return next.every((cell, index) => cell === cells[index]) ? cells : next
  })
}

/** The keys of a request without those that tell of somebody. */
export function withoutKeys(call: Call, is: (key: string) => boolean): Call {
  const keys = call.keys.split(' ')
  return keys.some(is) ? { ...call, keys: keys.filter((key) => !is(key)).join(' ') } : call
}

interface Row {
  readonly generation: number | undefined
  /** Requests in the rows above it that are not summed up. */
  readonly before: number
  readonly calls: readonly Call[]
  readonly days: readonly DaySum[]
  readonly damaged: number
}

interface Kept {
  readonly secret: string
  readonly generation: number
  readonly calls: readonly Call[]
}

function rowOf({ secret, generation, calls }: Kept, before: number): readonly string[] {
  return packed(secret, calls, { generation, n: before })
}

function packed(
  secret: string,
  entries: readonly (Call | DaySum)[],
  heading: { readonly generation: number; readonly n: number },
): readonly string[] {
  return packCells(
    secret,
    entries.map((entry) => seal(secret, JSON.stringify(entry))),
    () => heading,
  )
}

/** All rows with the oldest summed up by day, and a new one. */
function condensed(
  added: Kept,
  { rows, now }: { readonly rows: readonly (readonly string[])[]; readonly now: number },
): readonly (readonly string[])[] {
  const { secret } = added
  const kept = rows.map((cells) => ({ cells, ...readRow(secret, cells) }))
  let left = kept.reduce((sum, { calls }) => sum + calls.length, added.calls.length)
  let summed = 0
  while (summed < kept.length && left > KEPT_CALLS) left -= kept[summed++]!.calls.length
  const old = kept.slice(0, summed)
  const since = dayText(now - KEPT_DAYS * DAY_MS)
  const days = sumDays(
    old.flatMap(({ calls }) => calls),
    old.flatMap((row) => row.days),
  ).filter(({ day }) => day >= since)
  return [
    packed(secret, days, { generation: 0, n: 0 }),
    ...kept.slice(summed).map(({ cells }) => cells),
    rowOf(added, left - added.calls.length),
  ]
}

function once(calls: readonly Call[]): readonly Call[] {
  return [...new Map(calls.map((call) => [call.batch, call])).values()]
}

function readRow(secret: string, cells: readonly string[]): Row {
  const read = lineReader()
  const parts = cells.filter((cell) => cell !== '').flatMap((cell) => readCell(secret, cell, read) ?? UNREADABLE)
  const entries = parts.flatMap((part) => part.entries)
  return {
    generation: parts[0]?.heading?.generation,
    before: parts[0]?.heading?.n ?? 0,
    calls: entries.filter((one): one is Call => one.k === 'call'),
    days: entries.filter((one): one is DaySum => one.k === 'day'),
    damaged: parts.reduce((sum, { damaged }) => sum + damaged, 0),
  }
}

// A cell of a newer version: what it holds is not known here.
const UNREADABLE: CellEntries<Call | DaySum> = { entries: [], heading: undefined, damaged: 1 }

function lineReader(): (json: string) => Call | DaySum | undefined {
  const z = require('zod/mini') as typeof Zod
  const day = z.object({
    k: z.literal('day'),
    day: z.string(),
    by: z.string(),
    place: z.string(),
    calls: z.number(),
    ms: z.number(),
    outcomes: z.record(z.string(), z.number()),
    credits: z.number(),
    maybe: z.number(),
  })
  const line = z.discriminatedUnion('k', [callSchema(), day])
  return (json) => {
    const read = z.safeParse(line, parseJson(json))
    return read.success ? read.data : undefined
  }
}
