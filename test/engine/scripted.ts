import fc from 'fast-check'
import type { Field } from '../../src/domain/field'
import type { Value, VerificationStatus } from '../../src/domain/finding'
import type { Batch } from '../../src/domain/job'
import type { Lead } from '../../src/domain/lead'
import type { LookupKind } from '../../src/domain/lookup-key'
import { LOOKUPS } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import type { Charge, HttpResponse, Limits, Operation, Provider } from '../../src/domain/provider'
import type { StopRule, Verified } from '../../src/domain/waterfall'
import type { NewLead } from '../../src/engine/job'
import type { World } from '../../src/engine/world'
import { waterfallsFor } from '../../src/engine/world'

/** One operation of a scripted vendor. */
export interface OperationScript {
  readonly kind: 'remote' | 'local'
  readonly by: LookupKind
  readonly finds: readonly Field[]
  readonly credits: number
  readonly charge: Charge
  readonly batch: number
  readonly limits: Limits | null
  /** `later`: the vendor gives a ticket and is polled. */
  readonly answers: 'at_once' | 'later'
}

/** One scripted vendor; `mood` is how it ends the run for those who ask it. */
export interface VendorScript {
  readonly mood: 'well' | 'down' | 'no_credentials' | 'no_credits'
  readonly limits: Limits
  readonly aggregator: boolean
  readonly operations: readonly OperationScript[]
}

/** How often vendors fail before they answer, 0..1 each, and how many failures of one question in a row at most. */
export interface Trouble {
  readonly throttled: number
  readonly unavailable: number
  readonly pending: number
  readonly garbage: number
  readonly page: number
  readonly lost: number
  readonly objected: number
  readonly refused: number
  readonly most: number
}

/** A whole world: people, rows about them, vendors who know some of it. */
export interface Script {
  readonly seed: number
  readonly vendors: readonly VendorScript[]
  readonly wanted: readonly Field[]
  readonly rows: readonly { readonly person: number; readonly has: readonly Field[] }[]
  readonly trouble: Trouble
  readonly window: number
  /** When searches end, for every field. */
  readonly stop: StopRule
}

/** Nothing ever goes wrong. */
export const CALM: Trouble = {
  throttled: 0,
  unavailable: 0,
  pending: 0,
  garbage: 0,
  page: 0,
  lost: 0,
  objected: 0,
  refused: 0,
  most: 0,
}

const COMPANY: readonly Field[] = ['domain', 'company_name', 'industry', 'mail_provider']
const WANTED: readonly Field[] = [
  'email',
  'email_status',
  'phone',
  'job_title',
  'linkedin_url',
  'domain',
  'industry',
  'mail_provider',
]
const GIVEN: readonly Field[] = ['first_name', 'last_name', 'domain', 'company_name', 'linkedin_url', 'email']

const rate = fc.constantFrom(0, 0, 0.05, 0.2, 0.4)
const troubles: fc.Arbitrary<Trouble> = fc.record({
  throttled: rate,
  unavailable: rate,
  pending: rate,
  garbage: rate,
  page: rate,
  lost: fc.constantFrom(0, 0, 0.05),
  objected: fc.constantFrom(0, 0, 0.1),
  refused: fc.constantFrom(0, 0, 0.1),
  most: fc.constantFrom(2, 9, 99),
})

const limits: fc.Arbitrary<Limits> = fc.oneof(
  fc.constant({}),
  fc.record({ perSecond: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ perSecond: fc.integer({ min: 1, max: 8 }), perMinute: fc.integer({ min: 5, max: 60 }) }),
)

const operations: fc.Arbitrary<OperationScript> = fc.record({
  kind: fc.constantFrom('remote', 'remote', 'remote', 'local'),
  by: fc.constantFrom(...(Object.keys(LOOKUPS) as LookupKind[])),
  finds: fc.subarray([...WANTED, 'company_name' as Field], { minLength: 1 }),
  credits: fc.constantFrom(0, 0.1, 1, 3, 12),
  charge: fc.constantFrom('call', 'hit', 'refunded', 'verdict', 'unknown'),
  batch: fc.constantFrom(1, 1, 3, 10),
  limits: fc.option(limits, { nil: null }),
  answers: fc.constantFrom('at_once', 'at_once', 'later'),
})

const VERDICTS: readonly VerificationStatus[] = ['valid', 'valid', 'accept_all', 'risky', 'invalid', 'unknown']

const stops: fc.Arbitrary<StopRule> = fc.record({
  threshold: fc.constantFrom(0.6, 0.7, 0.8, 0.96),
  accepts: fc.subarray<Verified>(['valid', 'unverified', 'accept_all', 'risky', 'unknown'], { minLength: 1 }),
  agreement: fc.constantFrom('counts', 'ignored'),
  verify: fc.constantFrom('before_writing', 'before_writing', 'never'),
})

// Half of the worlds have somebody who verifies addresses.
const verifiers: fc.Arbitrary<readonly OperationScript[]> = fc.array(
  operations.map((one): OperationScript => ({ ...one, by: 'email', finds: ['email_status', 'phone'] })),
  { maxLength: 1 },
)

/** Random worlds: 1 to 40 rows about a dozen people, 1 to 4 vendors, trouble of every kind. */
export const scripts: fc.Arbitrary<Script> = fc.record({
  seed: fc.nat(),
  vendors: fc.array(
    fc.record({
      mood: fc.constantFrom('well', 'well', 'well', 'well', 'down', 'no_credentials', 'no_credits'),
      limits,
      aggregator: fc.constantFrom(false, false, true),
      operations: fc
        .tuple(fc.array(operations, { minLength: 1, maxLength: 4 }), verifiers)
        .map(([some, more]) => [...some, ...more]),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  wanted: fc.subarray([...WANTED], { minLength: 1, maxLength: 5 }),
  rows: fc.array(fc.record({ person: fc.nat(12), has: fc.subarray([...GIVEN], { minLength: 1 }) }), {
    minLength: 1,
    maxLength: 40,
  }),
  trouble: troubles,
  window: fc.integer({ min: 1, max: 40 }),
  stop: stops,
})

/** A number in 0..1 that depends on the words alone. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 2166136261
  for (const char of words.join('|')) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}

/** What is true about a person. */
export function truth(person: number): { readonly [F in Field]?: string } {
  const company = person % 4
  return {
    first_name: `Given${person}`,
    last_name: `Family${person}`,
    email: `p${person}@c${company}.example`,
    phone: `+1555010${String(person).padStart(4, '0')}`,
    linkedin_url: `https://www.linkedin.com/in/p${person}`,
    job_title: `Title ${person}`,
    domain: `c${company}.example`,
    company_name: `Company ${company}`,
    industry: `Industry ${company}`,
    mail_provider: `Mail ${company}`,
  }
}

/** What the vendors did, as their own books have it. */
export interface Books {
  charged: number
  /** How often each question was sent. */
  readonly asked: Map<string, number>
  /** Questions that a vendor still works on, and what it will take for them. */
  readonly working: Map<string, number>
}

/** The vendors of a script: the world that the engine is handed, the rows, and the vendors' side of the wire. */
export interface Stage {
  readonly script: Script
  readonly providers: readonly Provider[]
  readonly world: World
  readonly leads: readonly NewLead[]
  readonly books: Books
  answer(batch: Batch): HttpResponse
  /** What a vendor takes for a wave whose answer never arrives: everything. */
  lose(batch: Batch): void
}

/** Builds the vendors of a script. */
export function stage(script: Script): Stage {
  const providers = script.vendors.map((vendor, index): Provider => ({
    id: `vendor${index}`,
    name: `Vendor ${index}`,
    docs: 'https://vendor.example/docs',
    kind: 'vendor',
    hosts: ['api.vendor.example'],
    limits: vendor.limits,
    vocabularies: [],
    ...(vendor.aggregator && { aggregator: true as const }),
    operations: vendor.operations.map((operation, number) => toOperation(script, `vendor${index}`, operation, number)),
  }))
  const books: Books = { charged: 0, asked: new Map(), working: new Map() }
  const find = (batch: Batch) => {
    const index = Number(batch.provider.slice('vendor'.length))
    return { vendor: script.vendors[index]!, operation: script.vendors[index]!.operations[numberOf(batch.operation)]! }
  }
  return {
    script,
    providers,
    books,
    world: {
      waterfalls: waterfallsFor(script.wanted, providers, { stop: () => script.stop }),
      normalize: (_field, value) => value.trim() || undefined,
      sameCompany: (a, b) => a === b,
    },
    leads: script.rows.map(({ person, has }, row) => {
      const facts = truth(person)
      const lead: Lead = Object.fromEntries(has.map((field) => [field, facts[field]!]))
      return { row, lead, missing: script.wanted.filter((field) => lead[field] === undefined) }
    }),
    answer: (batch) => respond(script, find(batch), batch, books),
    lose: (batch) => {
      books.charged += batch.questions.length * find(batch).operation.credits
      for (const question of batch.questions) books.working.delete(question)
    },
  }
}

function numberOf(operation: string): number {
  return Number(operation.slice('operation'.length))
}

function toOperation(script: Script, provider: string, from: OperationScript, number: number): Operation {
  const id = `operation${number}`
  const shared = { id, by: from.by, finds: from.finds }
  if (from.kind === 'local') {
    const answer = (keys: readonly Lead[]): readonly Outcome[] =>
      keys.map((key) => finalOutcome(script, `${provider}/${id}/${JSON.stringify(key)}`, from, key))
    return { kind: 'local', ...shared, price: { credits: 0, charge: 'hit' }, answer } as unknown as Operation
  }
  return {
    kind: 'remote',
    ...shared,
    price: { credits: from.credits, charge: from.charge },
    batch: from.batch,
    ...(from.limits && { limits: from.limits }),
    request: (keys: readonly Lead[]) => ({ url: 'https://api.vendor.example/find', method: 'post', body: keys }),
    read: readSaid,
    ...(from.answers === 'later' && {
      poll: {
        request: (ticket: string) => ({ url: `https://api.vendor.example/${ticket}` }),
        read: readSaid,
        everyMs: 2_000,
      },
    }),
  } as unknown as Operation
}

const readSaid = (body: unknown, keys: readonly Lead[]): readonly Outcome[] => {
  const said = (body as { said: readonly Outcome[] }).said
  return keys.map((_key, index) => said[index]!)
}

// What a question comes to in the end; the same whenever it is asked.
function finalOutcome(script: Script, question: string, operation: OperationScript, key: Lead): Outcome {
  const dice = chance(script.seed, question, 'final')
  if (operation.kind === 'remote') {
    if (dice < script.trouble.objected) return { kind: 'objected' }
    if (dice > 1 - script.trouble.refused) return { kind: 'refused', because: 'input', reason: 'what is this' }
  }
  if (chance(script.seed, question, 'hit') < 0.3) return { kind: 'not_found' }
  const person = Number(
    /Given(\d+)/.exec(key.first_name ?? '')?.[1] ??
      /555010(\d+)|p(\d+)/.exec(JSON.stringify(key))?.slice(1).find(Boolean),
  )
  const company = Number(/c(\d)\.example|Company (\d)/.exec(JSON.stringify(key))?.slice(1).find(Boolean))
  const facts = truth(Number.isNaN(person) ? company : person)
  const values: { [field: string]: Value } = { skills: { value: 'never asked for', confidence: 1 } }
  for (const field of operation.finds) {
    const dice = (about: string): number => chance(script.seed, question, field, about)
    const verdict = VERDICTS[Math.floor(dice('verdict') * VERDICTS.length)]!
    const value = field === 'email_status' && key.email !== undefined ? verdict : facts[field]
    if (value === undefined || (Number.isNaN(person) && !COMPANY.includes(field))) continue
    if (dice('has') < 0.3) continue
    const confidence = [0.2, 0.65, 0.75, 0.95][Math.floor(dice('sure') * 4)]!
    const status = dice('invalid') < 0.1 ? 'invalid' : dice('checked') < 0.3 && field === 'email' ? verdict : undefined
    values[field] = { value, confidence, ...(status && { status }) }
  }
  return { kind: 'found', values }
}

interface Asked {
  readonly vendor: VendorScript
  readonly operation: OperationScript
}

function respond(script: Script, { vendor, operation }: Asked, batch: Batch, books: Books): HttpResponse {
  const reply = (status: number, text: string, headers = {}): HttpResponse => ({ status, headers, text })
  const nth = batch.questions.map((question) => {
    const asked = batch.ticket === undefined ? question : `${question} ${batch.ticket}`
    const count = (books.asked.get(asked) ?? 0) + 1
    books.asked.set(asked, count)
    return count
  })
  const everyCall = operation.charge === 'call' || operation.charge === 'unknown'
  const chargeAll = () => {
    books.charged += batch.questions.length * operation.credits
    for (const question of batch.questions) books.working.delete(question)
  }
  if (vendor.mood === 'no_credentials') return reply(401, '{}')
  if (vendor.mood === 'no_credits') return reply(402, '{}')
  const turn = `${batch.questions.join()}#${nth.join()}`
  const troubled = Math.max(...nth) <= script.trouble.most
  const dice = (kind: keyof Trouble) => troubled && chance(script.seed, turn, kind) < script.trouble[kind]
  if (dice('throttled')) {
    const wait = chance(script.seed, turn, 'wait')
    return reply(429, '', wait < 0.5 ? {} : { 'retry-after': String(Math.floor(wait * 8)) })
  }
  const polled = batch.ticket !== undefined
  if (vendor.mood === 'down' || dice('unavailable')) {
    // Who charges for every call may charge for this one.
    if (everyCall && !polled) chargeAll()
    return reply(503, 'busy')
  }
  if (dice('page')) {
    if (everyCall && !polled) chargeAll()
    return reply(200, '\n<!doctype html><title>Back soon</title>')
  }
  const ticketed = operation.answers === 'later' && !polled
  if (ticketed) for (const question of batch.questions) books.working.set(question, operation.credits)
  const outcomes = batch.questions.map((question, index): Outcome => {
    if (ticketed) return { kind: 'pending', ticket: `t${turn}` }
    if (
      nth[index]! <= script.trouble.most &&
      chance(script.seed, question, nth[index]!, 'p') < script.trouble.pending
    ) {
      if (!polled) books.working.set(question, operation.credits)
      return { kind: 'pending' }
    }
    const [, provider, id] = question.split('/')
    const outcome = finalOutcome(
      script,
      `${provider}/${id}/${JSON.stringify(batch.keys[index])}`,
      operation,
      batch.keys[index]!,
    )
    // A ticket is paid once, however often it is asked about.
    if (!polled || books.working.has(question)) books.charged += chargeFor(outcome, operation)
    books.working.delete(question)
    return outcome
  })
  const text = JSON.stringify({ said: outcomes })
  if (dice('garbage'))
    return reply(200, [text.slice(0, -2), '{"error":"moved"}', '', '[]'][Math.floor(chance(turn) * 4)]!)
  return reply(200, text)
}

function chargeFor(outcome: Outcome, { credits, charge }: OperationScript): number {
  if (outcome.kind === 'found') return credits
  if (outcome.kind === 'not_found')
    return charge === 'call' || charge === 'verdict' || charge === 'unknown' ? credits : 0
  if (outcome.kind === 'objected') return charge === 'call' || charge === 'unknown' ? credits : 0
  return 0
}
