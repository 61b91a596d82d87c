import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Field } from '../../src/domain/field'
import { FIELD_NAMES, fieldInfo, isField } from '../../src/domain/field'
import type { LookupKey, LookupKind } from '../../src/domain/lookup-key'
import { LOOKUPS } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import type { HttpRequest, HttpResponse, Keys, Operation, Provider, RemoteOperation } from '../../src/domain/provider'
import { outcomeOf, parseBody, verdictOf } from '../../src/engine/status'
import { PROVIDERS } from '../../src/providers'
import { MAX_URL } from '../../src/providers/query'
import type { Case, Expected } from './case'
import { EXAMPLES } from './example-recipes'
import { recordedOf } from './recorded'

const SOURCE = join(__dirname, '../../src/providers')
/** Files of the folder that are no provider. */
const SHARED = [
  'career',
  'confidence',
  'credits',
  'employer',
  'fingerprints',
  'html',
  'index',
  'namesakes',
  'organization',
  'path',
  'query',
  'recipe',
  'recipe-check',
  'reply',
  'template',
  'values',
]

/** The vendors of the bundle, and those that the example recipes describe. */
const ALL: readonly Provider[] = [...PROVIDERS, ...EXAMPLES]

const names = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length))

describe('registry', () => {
  const ids = PROVIDERS.map(({ id }) => id)

  test('holds every file of the folder, once', () => {
    const files = names(SOURCE, '.ts').filter((name) => !SHARED.includes(name))
    expect([...ids].sort()).toEqual(files.sort())
  })

  test('every provider has recorded cases', () => {
    expect(names(__dirname, '.cases.ts').sort()).toEqual(ALL.map(({ id }) => id).sort())
  })
})

const OPERATIONS = ALL.flatMap((provider) =>
  provider.operations.map((operation) => ({ title: `${provider.id} ${operation.id}`, provider, operation })),
)
const REMOTE = OPERATIONS.flatMap((entry) =>
  entry.operation.kind === 'remote' ? [{ ...entry, operation: entry.operation }] : [],
)

describe.each(ALL.map((provider) => ({ id: provider.id, provider })))('$id', ({ provider }) => {
  test('says who it is', () => {
    expect(provider.name).toMatch(/\S/)
    expect(provider.docs).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/)
    expect(provider.operations.length).toBeGreaterThan(0)
    expect(new Set(provider.operations.map(({ id }) => id)).size).toBe(provider.operations.length)
  })

  test('dates its prices, or says that no source tells them; those of a recipe are a person’s own', () => {
    const { pricedOn, pricesReadOn, operations } = provider
    const paid = operations.filter(({ price }) => price.credits > 0)
    const dates = [pricedOn, pricesReadOn].filter((date) => date !== undefined)
    for (const date of dates) expect(date).toMatch(/^20\d\d-(0[1-9]|1[0-2])(-[0-3]\d)?$/)
    const isSourced = paid.some(({ price }) => price.charge !== 'unsourced')
    const isDated = isSourced && provider.kind === 'vendor' && PROVIDERS.includes(provider)
    expect(dates).toHaveLength(isDated ? 1 : 0)
    if (dates.length > 0) expect(paid.filter(({ price }) => price.charge === 'unsourced')).toEqual([])
  })

  test('names hosts if and only if it calls somebody', () => {
    for (const host of provider.hosts) expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    const calls = provider.operations.some(({ kind }) => kind === 'remote')
    expect(provider.hosts.length > 0).toBe(calls && !provider.asksKeyDomain)
    if (provider.asksKeyDomain) expect(provider.auth).toBeUndefined()
  })

  test('has a key if and only if it is a vendor', () => {
    expect(provider.auth !== undefined).toBe(provider.kind === 'vendor')
  })

  test('declares what it finds, what it costs and how often it may be asked', () => {
    for (const { finds, price, by } of provider.operations) {
      expect(finds.length).toBeGreaterThan(0)
      expect(new Set(finds).size).toBe(finds.length)
      expect(finds.every(isField)).toBe(true)
      // What was asked with is not found again, but for the company that a title was held at.
      const asked: readonly Field[] = LOOKUPS[by]
      expect(finds.filter((field) => asked.includes(field) && !fieldInfo(field).together)).toEqual([])
      expect(price.credits).toBeGreaterThanOrEqual(0)
      if (provider.kind !== 'vendor') expect(price.credits).toBe(0)
    }
    if (provider.operations.some(({ kind }) => kind === 'remote'))
      expect(Object.keys(provider.limits).length).toBeGreaterThan(0)
  })

  test('asks for the balance on its own host without a secret', () => {
    if (!provider.balance) return
    expectSafe(provider.balance.request(), provider)
    for (const body of BODIES) expect(() => readOrThrow(() => provider.balance?.read(body))).not.toThrow()
  })
})

describe.each(ALL.map((provider) => ({ id: provider.id, provider })))('recorded cases of $id', ({ provider }) => {
  const recorded = recordedOf(provider)
  const balances = recorded.balances ?? []

  test('are of this provider and of each of its operations', () => {
    expect(recorded.provider).toBe(provider)
    expect(new Set(recorded.cases.map(({ operation }) => operation))).toEqual(
      new Set(provider.operations.map(({ id }) => id)),
    )
    expect(new Set(recorded.cases.map(({ name }) => name)).size).toBe(recorded.cases.length)
  })

  test.each(recorded.cases)('$name', (recordedCase) => {
    const operation = provider.operations.find(({ id }) => id === recordedCase.operation)!
    const keys = recordedCase.keys as unknown as Keys<LookupKind>
    if (recordedCase.request && operation.kind === 'remote')
      expect(requestOf(operation, recordedCase, keys)).toEqual(recordedCase.request)
    const outcomes = answer(provider, operation, recordedCase)
    expect(outcomes.map(withoutReason)).toEqual(recordedCase.outcomes)
    // A ticket is asked about for the leads at hand: some of its keys, in any order.
    if (recordedCase.ticket === undefined) return
    for (const [index, key] of recordedCase.keys.entries()) {
      const alone = answer(provider, operation, { ...recordedCase, keys: [key] })
      expect(alone.map(withoutReason)).toEqual([recordedCase.outcomes[index]])
    }
  })

  test('show a balance where there is one', () => {
    expect(balances.some(({ left }) => left !== 'unreadable')).toBe(provider.balance !== undefined)
    for (const { name, body, left } of balances)
      expect([name, readOrThrow(() => provider.balance?.read(body)) ?? 'unreadable']).toEqual([name, left])
  })
})

describe.each(REMOTE)('$title', ({ provider, operation }) => {
  test('asks https on a declared host, briefly, without a secret, whatever the key', () => {
    fc.assert(
      fc.property(someKeys(operation), (keys) => {
        expectSafe(operation.request(keys), provider)
      }),
    )
    for (const text of HOSTILE) expectSafe(operation.request([keyOf(operation.by, text)]), provider)
  })

  test('sends each key of a batch', () => {
    const one = (text: string) => JSON.stringify(operation.request([keyOf(operation.by, text)]))
    expect(one('first')).not.toBe(one('second'))
  })

  test('makes nothing of an answer that is none', () => {
    for (const body of BODIES) {
      const outcomes = readOrThrow(() => operation.read(body, [keyOf(operation.by, 'key')]))
      for (const outcome of outcomes ?? []) expect(outcome.kind).not.toBe('found')
    }
  })

  test('tells a failure from a miss, by the status and by what is no answer at all', () => {
    const keys: Keys<LookupKind> = [keyOf(operation.by, 'key')]
    for (const asked of [operation, ...(operation.poll ? [operation.poll] : [])]) {
      const kinds = (status: number, text: string): readonly string[] =>
        outcomesOf({ status, headers: {}, text }, keys, { asked, operation, provider }).map(({ kind }) => kind)
      for (const text of TEXTS) {
        expect([500, kinds(500, text)]).toEqual([500, ['unavailable']])
        for (const [status, may] of STATUSES) expect(may).toContain(kinds(status, text)[0])
        if (operation.reads !== 'text')
          expect([text.slice(0, 20), kinds(200, text)]).toEqual([text.slice(0, 20), ['unavailable']])
      }
    }
  })

  test('is not held up by five megabytes, nor by lists in lists', () => {
    const keys: Keys<LookupKind> = [keyOf(operation.by, 'key')]
    for (const text of LARGE) {
      for (const asked of [operation, ...(operation.poll ? [operation.poll] : [])]) {
        const began = process.cpuUsage()
        const [outcome] = outcomesOf({ status: 200, headers: {}, text }, keys, { asked, operation, provider })
        expect(outcome!.kind).not.toBe('found')
        // Of the processor's time, which a crowded machine does not stretch.
        expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000)
      }
    }
  })

  test('invents no value, whatever the answer', () => {
    const recorded = recordedOf(provider)
      .cases.filter((one) => one.operation === operation.id)
      .map(({ body }) => body)
    const bodies = recorded.filter((body) => (operation.reads === 'text') === (typeof body === 'string'))
    fc.assert(
      fc.property(fc.oneof(damaged(bodies), cutUp(bodies), fc.jsonValue()), someKeys(operation), (body, keys) => {
        for (const { read } of [operation, ...(operation.poll ? [operation.poll] : [])]) {
          const outcomes = readOrThrow(() => read(body, keys))
          if (outcomes) expectSound(outcomes, operation, keys.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('asks about a ticket at a declared host, briefly, without a secret', () => {
    const { poll } = operation
    if (!poll) return
    expect(poll.everyMs).toBeGreaterThan(0)
    for (const text of ['5f2b8c', 'a-b_c', ...HOSTILE])
      expectSafe(poll.request(text, [keyOf(operation.by, 'key')]), provider)
    for (const body of BODIES) {
      const outcomes = readOrThrow(() => poll.read(body, [keyOf(operation.by, 'key')]))
      for (const outcome of outcomes ?? []) expect(outcome.kind).not.toBe('found')
    }
  })
})

const LOCAL = OPERATIONS.flatMap((entry) =>
  entry.operation.kind === 'local' ? [{ ...entry, operation: entry.operation }] : [],
)

describe.each(LOCAL)('$title', ({ operation }) => {
  test('answers one outcome a key, the same each time', () => {
    fc.assert(
      fc.property(someKeys(operation), (keys) => {
        const outcomes = operation.answer(keys)
        expectSound(outcomes, operation, keys.length)
        expect(operation.answer(keys)).toEqual(outcomes)
      }),
    )
    for (const text of HOSTILE) expectSound(operation.answer([keyOf(operation.by, text)]), operation, 1)
  })
})

/** Bodies without a single value in them. */
const BODIES: readonly unknown[] = [
  null,
  undefined,
  '',
  'garbage',
  '<!doctype html><html><body>502 Bad Gateway</body></html>',
  0,
  12.5,
  true,
  [],
  [[]],
  [null],
  {},
  { data: null },
  { data: [] },
  { data: 'text' },
  { data: { data: { data: {} } } },
  { data: { email: {}, requests: [], status: [] } },
  { errors: [{ id: 'wrong_params', code: 400, details: 'No' }] },
  { Status: '0', Answer: {} },
  { Status: 0, Answer: 'mx' },
  { Status: 0, Answer: [null, 7, 'x'] },
  { Status: 0, Answer: [{ type: 15 }] },
  { Status: null },
]

/** What something that stands before the vendor says, or nobody. */
const TEXTS = ['', 'garbage', '<!doctype html><html><body>502 Bad Gateway</body></html>', '{"truncated":']

/** What a status may mean without a body that says more: vendors differ, but it is never an answer. */
const STATUSES: readonly (readonly [status: number, may: readonly string[]])[] = [
  [404, ['not_found', 'unavailable', 'pending']],
  [429, ['throttled', 'refused', 'unavailable', 'not_found']],
]

const SIZE = 5_000_000
/** JSON.parse takes lists in lists far deeper, but needs seconds then. */
const DEPTH = 100_000
const NESTED = '['.repeat(DEPTH) + ']'.repeat(DEPTH)
const LARGE = [
  JSON.stringify({ data: 'x'.repeat(SIZE) }),
  JSON.stringify(Array.from({ length: SIZE / 20 }, (_, index) => ({ id: index, name: null }))),
  `<p>${'<'.repeat(SIZE)}`,
  NESTED,
  `{"data":${NESTED}}`,
  `${'{"data":'.repeat(DEPTH)}null${'}'.repeat(DEPTH)}`,
  `<script type="application/ld+json">${NESTED}</script>`,
]

const HOSTILE = [
  'a&b=c',
  '#fragment',
  '../../admin?x=1',
  "O'Neill",
  '👩‍💻'.repeat(50),
  '\ud800lone\udfff',
  'x'.repeat(500),
  '李'.repeat(500),
  '😀'.repeat(500),
  ' \u0000\n\t',
  '"quoted" <tag> `tick` {brace} [bracket] | \\ ^',
  '__proto__',
]

function keyOf<K extends LookupKind>(kind: K, text: string): LookupKey<K> {
  return Object.fromEntries(LOOKUPS[kind].map((field) => [field, text])) as unknown as LookupKey<K>
}

function someKeys(operation: Operation): fc.Arbitrary<Keys<LookupKind>> {
  const most = operation.kind === 'remote' ? (operation.batch ?? 1) : 5
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }),
    fc.constantFrom(...HOSTILE, 'ada', 'example.com', 'Ada.Nowak@example.com', 'https://www.linkedin.com/in/ada-nowak'),
  )
  const key = fc.record(Object.fromEntries(LOOKUPS[operation.by].map((field) => [field, text])))
  return fc.array(key, { minLength: 1, maxLength: most }) as unknown as fc.Arbitrary<Keys<LookupKind>>
}

/** Recorded bodies with one part replaced by something else. */
function damaged(bodies: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...bodies), fc.nat(), fc.jsonValue()).map(([body, at, other]) => {
    const paths: string[][] = []
    const walk = (value: unknown, path: string[]): void => {
      paths.push(path)
      if (typeof value !== 'object' || value === null) return
      for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name])
    }
    walk(body, [])
    return replaced(body, paths[at % paths.length] ?? [], other)
  })
}

/** Recorded texts with something else in one place; other bodies as they are. */
function cutUp(bodies: readonly unknown[]): fc.Arbitrary<unknown> {
  const parts = fc.oneof(fc.string(), fc.constantFrom('<', '"', '<!--', '<script', '</', '{', '&', ...HOSTILE))
  return fc.tuple(fc.constantFrom(...bodies), fc.nat(), fc.nat(50), parts).map(([body, at, gone, part]) => {
    if (typeof body !== 'string') return body
    const from = at % (body.length + 1)
    return body.slice(0, from) + part + body.slice(from + gone)
  })
}

function replaced(body: unknown, [name, ...rest]: string[], other: unknown): unknown {
  if (name === undefined) return other
  const copy = structuredClone(body) as Record<string, unknown>
  copy[name] = replaced(copy[name], rest, other)
  return copy
}

function expectSafe({ url, headers = {}, method = 'get', body }: HttpRequest, provider: Provider): void {
  const parsed = new URL(url)
  expect(parsed.protocol).toBe('https:')
  if (!provider.asksKeyDomain) expect(provider.hosts).toContain(parsed.host)
  expect([parsed.username, parsed.password, parsed.hash]).toEqual(['', '', ''])
  expect(url).toMatch(/^[!-~]+$/)
  expect(url.length).toBeLessThanOrEqual(MAX_URL)
  expect(['get', 'post']).toContain(method)
  const { auth } = provider
  const secret = ['authorization', 'cookie', ...(auth?.in === 'header' ? [auth.header.toLowerCase()] : [])]
  expect(Object.keys(headers).filter((name) => secret.includes(name.toLowerCase()))).toEqual([])
  if (auth?.in === 'body') expect(body).not.toHaveProperty(auth.field)
  const params = [...parsed.searchParams.keys()].join(' ')
  expect(params).not.toMatch(/key|token|secret|password|auth/i)
}

function expectSound(outcomes: readonly Outcome[], operation: Operation, keys: number): void {
  expect(outcomes).toHaveLength(keys)
  // One ticket for all keys of a request: it is what is written down before the first poll.
  expect(new Set(outcomes.flatMap((one) => (one.kind === 'pending' && one.ticket) || [])).size).toBeLessThanOrEqual(1)
  for (const outcome of outcomes) {
    if (outcome.kind !== 'found') continue
    const entries = FIELD_NAMES.flatMap((field) => {
      const value = outcome.values[field]
      return value ? [{ field, value }] : []
    })
    expect(entries.length).toBe(Object.keys(outcome.values).length)
    expect(entries.length).toBeGreaterThan(0)
    for (const { field, value } of entries) {
      expect(operation.finds).toContain(field)
      expect(value.value.trim()).not.toBe('')
      expect(value.confidence).toBeGreaterThanOrEqual(0)
      expect(value.confidence).toBeLessThanOrEqual(1)
      if (value.estimated) expect(value.confidence).toBeLessThanOrEqual(0.7)
      if (value.sourceUrl) expect(value.sourceUrl).toMatch(/^https?:\/\//i)
    }
  }
}

/** What the engine makes of a case; see `read` in `src/engine/settle.ts`. */
function answer(provider: Provider, operation: Operation, one: Case): readonly Outcome[] {
  const keys = one.keys as unknown as Keys<LookupKind>
  if (operation.kind === 'local') return operation.answer(keys)
  const response = {
    status: one.status ?? 200,
    headers: one.headers ?? {},
    text: typeof one.body === 'string' ? one.body : JSON.stringify(one.body),
  }
  const asked = one.ticket === undefined ? operation : operation.poll!
  return outcomesOf(response, keys, { asked, operation, provider })
}

function outcomesOf(
  response: HttpResponse,
  keys: Keys<LookupKind>,
  { asked, operation, provider }: Asked,
): readonly Outcome[] {
  const verdict = verdictOf(response.status, asked, provider)
  if (verdict) return keys.map(() => outcomeOf(verdict, response, provider))
  return readOrThrow(() => asked.read(parseBody(response.text, operation), keys)) ?? keys.map(unreadable)
}

interface Asked {
  readonly provider: Provider
  readonly operation: RemoteOperation
  readonly asked: Pick<RemoteOperation, 'read' | 'statuses'>
}

function requestOf(operation: RemoteOperation, { ticket }: Case, keys: Keys<LookupKind>): HttpRequest {
  return ticket === undefined ? operation.request(keys) : operation.poll!.request(ticket, keys)
}

const unreadable = (): Outcome => ({ kind: 'unavailable', reason: 'unreadable' })

/** The result, or undefined for an error; anything else that is thrown is a defect. */
function readOrThrow<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

function withoutReason(outcome: Outcome): Expected {
  const { reason: _reason, credits: _credits, ...rest } = { reason: '', credits: 0, ...outcome }
  return rest
}
