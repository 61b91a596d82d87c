import { openBudget } from '../../src/engine/budget'
import type { Answer } from '../../src/domain/answer'
import type { Field } from '../../src/domain/field'
import type { Value } from '../../src/domain/finding'
import type { Batch, Job } from '../../src/domain/job'
import type { Lead } from '../../src/domain/lead'
import type { LookupKind } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import type { HttpResponse, Operation, Provider, RemoteOperation } from '../../src/domain/provider'
import { defaultStopRule } from '../../src/domain/waterfall'
import { admit, openJob, retire } from '../../src/engine/job'
import { nextBatches } from '../../src/engine/next-batches'
import type { ReplyToBatch, Settled } from '../../src/engine/settle'
import { settle } from '../../src/engine/settle'
import type { World } from '../../src/engine/world'
import { waterfallsFor } from '../../src/engine/world'

/** The moment at which every test begins. */
export const T0 = Date.UTC(2026, 0, 5)

/** A remote operation with what a test says about it; its body is the list of outcomes. */
export function asks(
  id: string,
  by: LookupKind,
  more: Partial<RemoteOperation> & { readonly finds: readonly Field[] },
): Operation {
  return {
    kind: 'remote',
    id,
    by,
    price: { credits: 1, charge: 'hit' },
    request: () => ({ url: 'https://api.vendor.example/find' }),
    read: (body: unknown) => body as readonly Outcome[],
    ...more,
  }
}

/** A provider with these operations. */
export function vendor(id: string, operations: readonly Operation[], more: Partial<Provider> = {}): Provider {
  return {
    id,
    name: id.toUpperCase(),
    docs: 'https://vendor.example/docs',
    kind: 'vendor',
    hosts: ['api.vendor.example'],
    limits: {},
    vocabularies: [],
    operations,
    ...more,
  }
}

/** A world of these providers. */
export function worldOf(wanted: readonly Field[], providers: readonly Provider[]): World {
  return {
    waterfalls: waterfallsFor(wanted, providers, { stop: defaultStopRule }),
    normalize: (_field, value) => value.trim() || undefined,
    sameCompany: (a, b) => a.toLowerCase() === b.toLowerCase(),
  }
}

/** A job over these rows, all of them missing the wanted fields that they do not hold. */
export function jobOf(world: World, leads: readonly Lead[], cap = 1_000): Job {
  const wanted = Object.keys(world.waterfalls) as readonly Field[]
  const job = openJob({
    run: 'run',
    environment: 'production',
    startedAt: T0,
    epoch: 1,
    budget: openBudget(cap),
    vendors: {},
  })
  const rows = leads.map((lead, row) => ({ row, lead, missing: wanted.filter((field) => lead[field] === undefined) }))
  return admit(job, rows, { world, now: T0 })
}

/** A reply with a status. */
export function reply(status: number, body: unknown = [], headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) }
}

/** Values as an outcome: `say({ email: 'a@b.example' })`, sure unless said. */
export function say(values: { readonly [F in Field]?: string | Value }): HttpResponse {
  const full = Object.entries(values).map(([field, value]) => [
    field,
    typeof value === 'string' ? { value, confidence: 0.9 } : value,
  ])
  return reply(200, [{ kind: 'found', values: Object.fromEntries(full) as { [field: string]: Value } }])
}

/** The vendor does not know. */
export const MISS = reply(200, [{ kind: 'not_found' }])

/** A job on its way: what is sent next, and what became of it. */
export interface Play {
  readonly job: () => Job
  /** The batches that may be sent at a moment, in short: "vendor/operation". */
  readonly send: (now?: number) => readonly string[]
  /** When something may be sent again; undefined when nothing waits. */
  readonly wait: (now: number) => number | undefined
  /** Answers the batches that were sent last, by vendor and operation. */
  readonly answer: (answers: { readonly [place: string]: HttpResponse | 'lost' }, now?: number) => Settled
  /** Results of a row by now: value, or why not. */
  readonly result: (row?: number) => { readonly [F in Field]?: string }
  readonly answers: () => readonly Answer[]
}

/** Plays a job move by move. */
export function play(world: World, start: Job): Play {
  let job = start
  let sent: readonly Batch[] = []
  const answers: Answer[] = []
  const place = (batch: Batch) => `${batch.provider}/${batch.operation}`
  return {
    job: () => job,
    send: (now = T0) => {
      const next = nextBatches(job, world, now)
      job = next.job
      sent = next.kind === 'wave' ? next.wave.batches : []
      return sent.map(place)
    },
    wait: (now) => {
      const next = nextBatches(job, world, now)
      if (next.kind === 'wave') return now
      return next.kind === 'wait' ? next.at : undefined
    },
    answer: (given, now = T0) => {
      const replies: ReplyToBatch[] = sent.map((batch) => ({ batch, response: given[place(batch)]! }))
      const settled = settle(job, replies, { world, now })
      job = settled.job
      answers.push(...settled.answers.map(({ answer }) => answer))
      return settled
    },
    result: (row = 0) => {
      const lead = [...retire(job).finished, ...job.leads].find((one) => one.row === row)!
      return Object.fromEntries(
        Object.entries(lead.results).map(([field, result]) => [
          field,
          result.kind === 'none' ? result.why : `${result.kind === 'weak' ? 'weak: ' : ''}${result.finding.value}`,
        ]),
      )
    },
    answers: () => answers,
  }
}
