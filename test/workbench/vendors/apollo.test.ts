import { APOLLO_KEYS as KEYS } from '../../../workbench/vendors/simulated/apollo'
import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.apollo.io'
const ADA = 'name=Ada%20Nowak&domain=everyone.example'
const PHONE = 'reveal_phone_number=true&webhook_url=https%3A%2F%2Fhooks.example%2Fa'

let vendors: Vendors
let now = 1_000_000

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 100 * 24 * 3_600_000
  vendors.reset()
})

const call = (method: string, path: string, key: string = KEYS.large, more: Partial<Sent> = {}): Promise<Reply> =>
  ask(vendors, HOST, `/api/v1/${path}`, { method, headers: { 'x-api-key': key }, ...more })
const match = (query: string, key?: string): Promise<Reply> => call('POST', `people/match?${query}`, key)
const bulk = (details: unknown, query = '', key?: string): Promise<Reply> =>
  call('POST', `people/bulk_match${query}`, key, { body: { details } })
const idOf = (reply: Reply): string => /"request_id":(-?\d+)}$/.exec(reply.text)?.[1] ?? ''
const person = (name: string, domain = 'everyone.example'): object => ({ name: `${name} Nowak`, domain })

describe('people/match', () => {
  test('a person has the documented fields, costs one and is in the books', async () => {
    const reply = await match(ADA)
    expect(reply.status).toBe(200)
    expect(Object.keys(reply.json)).toEqual(['person', 'request_id'])
    expect(Object.keys(reply.json.person)).toEqual(
      'id first_name last_name name linkedin_url title email_status photo_url twitter_url github_url facebook_url extrapolated_email_confidence headline email organization_id employment_history city state country organization departments subdepartments seniority functions is_likely_to_engage'.split(
        ' ',
      ),
    )
    expect(Object.keys(reply.json.person.organization)).toEqual(
      'id name website_url linkedin_url primary_domain industry estimated_num_employees founded_year phone raw_address city state country short_description'.split(
        ' ',
      ),
    )
    expect(reply.json.person).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      email: 'ada.nowak@everyone.example',
      email_status: expect.stringMatching(/^(verified|unverified)$/),
      organization: { primary_domain: 'everyone.example' },
    })
    expect(idOf(reply)).toMatch(/^-?\d{15,19}$/)
    expect(vendors.calls()).toMatchObject([
      { operation: 'people/match', questions: ['ada nowak | everyone.example'], credits: 1 },
    ])
  })

  test('the id is a number that JavaScript cannot keep', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => match(ADA)))
    expect(replies.some((reply) => String(reply.json.request_id) !== idOf(reply))).toBe(true)
    expect(new Set(replies.map(idOf)).size).toBe(8)
  })

  test.each([
    ['email=ada.nowak@everyone.example'],
    ['first_name=ADA&last_name=nowak&organization_name=Everyone%20Inc'],
  ])('the same person by %s', async (query) => {
    expect((await match(query)).json.person.email).toBe('ada.nowak@everyone.example')
  })

  test('by the id that it gave', async () => {
    const { id } = (await match(ADA)).json.person
    expect((await match(`id=${id}`)).json.person.email).toBe('ada.nowak@everyone.example')
  })

  test('a miss is 200 and free, with null or without a person', async () => {
    const replies = await Promise.all(
      ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Fay'].map((name) => match(`name=${name}%20Nowak&domain=nobody.example`)),
    )
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(replies.map(({ json }) => json.person))).toEqual(new Set([null, undefined]))
    expect(vendors.charged(HOST)).toBe(0)
  })

  test.each([
    ['name=Ada%20Nowak'],
    ['hashed_email=d41d8cd98f00b204e9800998ecf8427e'],
    ['id=64a7ff0cc4dfae00013df1a5'],
    ['email=olga.silent@example.org'],
    ['name=Ada%20Nowak&domain=acme.com'],
  ])('nobody for %s', async (query) => {
    const reply = await match(query)
    expect([reply.status, reply.json.person ?? null, vendors.charged(HOST)]).toEqual([200, null, 0])
  })

  test('says how sure an address is', async () => {
    const person = (await match('name=Ada%20Nowak&domain=catchall.example')).json.person
    expect(person.email_status).toBe('extrapolated')
    expect(person.extrapolated_email_confidence).toBeGreaterThan(0.4)
    expect((await match('name=Ada%20Nowak&domain=unsure.example')).json.person.email_status).toBe('unverified')
    expect((await match(`${ADA}&reveal_personal_emails=true`)).json.person.personal_emails).toEqual([])
  })

  test.each<[string, string]>([
    ['nothing', ''],
    ['an unknown parameter', `${ADA}&company=Everyone`],
    ['a parameter twice', `${ADA}&domain=example.com`],
    ['yes for true', `${ADA}&reveal_phone_number=yes`],
    ['a phone without a webhook', `${ADA}&reveal_phone_number=true`],
    ['a webhook without TLS', `${ADA}&reveal_phone_number=true&webhook_url=http%3A%2F%2Fhooks.example`],
    ['a waterfall', `${ADA}&run_waterfall_email=true&webhook_url=https%3A%2F%2Fhooks.example`],
    ['half an email', 'email=ada'],
    ['a website as domain', 'name=Ada%20N&domain=https://everyone.example'],
    ['another hash', 'hashed_email=abc'],
    ['another page', 'linkedin_url=https://github.com/ada'],
  ])('refuses %s', async (_, query) => {
    const reply = await match(query)
    expect([reply.status, typeof reply.json.error, vendors.charged(HOST)]).toEqual([422, 'string', 0])
  })

  test('refuses inputs in the body', async () => {
    expect((await call('POST', 'people/match', KEYS.large, { body: { name: 'Ada Nowak' } })).status).toBe(422)
    expect((await call('POST', `people/match?${ADA}`, KEYS.large, { body: {} })).status).toBe(200)
  })
})

describe('people/bulk_match', () => {
  test('answers in order, with null for a miss, and counts', async () => {
    const { status, json } = await bulk([person('Ada'), person('Bo', 'nobody.example'), person('Cy'), person('Ada')])
    expect(status).toBe(200)
    expect(json).toMatchObject({
      status: 'success',
      error_code: null,
      error_message: null,
      total_requested_enrichments: 4,
      unique_enriched_records: 2,
      missing_records: 1,
      credits_consumed: 2,
    })
    expect(json.matches.map((item: { name: string } | null) => item?.name ?? null)).toEqual([
      'Ada Nowak',
      null,
      'Cy Nowak',
      'Ada Nowak',
    ])
    expect(vendors.charged(HOST)).toBe(2)
    expect(vendors.calls()[0]?.questions).toHaveLength(4)
  })

  test('is a success even if nothing matched', async () => {
    expect((await bulk([person('Ada', 'nobody.example')])).json).toMatchObject({ status: 'success', matches: [null] })
  })

  test.each<[string, unknown, string, string]>([
    ['11', Array.from({ length: 11 }, () => person('Ada')), '', 'RECORD_LIMIT_EXCEEDED'],
    ['nothing', [], '', 'INVALID_REQUEST'],
    ['no list', person('Ada'), '', 'INVALID_REQUEST'],
    ['an empty detail', [{}], '', 'INVALID_REQUEST'],
    ['an unknown field', [{ ...person('Ada'), company: 'x' }], '', 'INVALID_REQUEST'],
    ['a number', [{ name: 1 }], '', 'INVALID_REQUEST'],
    ['an unknown flag', [person('Ada')], '?limit=1', 'INVALID_REQUEST'],
    ['a phone without a webhook', [person('Ada')], '?reveal_phone_number=true', 'INVALID_REQUEST'],
  ])('refuses %s', async (_, details, query, code) => {
    const reply = await bulk(details, query)
    expect([reply.status, reply.json.error_code, vendors.charged(HOST)]).toEqual([400, code, 0])
  })

  test('takes 10, and refuses another content type', async () => {
    expect((await bulk(Array.from({ length: 10 }, () => person('Ada')))).status).toBe(200)
    const sent = { body: JSON.stringify({ details: [person('Ada')] }) }
    expect((await call('POST', 'people/bulk_match', KEYS.large, sent)).status).toBe(400)
  })
})

describe('phones', () => {
  test('are not there at once; ten seconds later they are, and cost eight', async () => {
    const names = 'Ada Bo Cy Di Ed Fay Gil Hal'.split(' ')
    const reply = await bulk(
      names.map((name) => person(name, `${name.toLowerCase()}firm.example`)),
      `?${PHONE}`,
    )
    expect(reply.json.waterfall).toEqual({ status: expect.any(String), message: expect.any(String) })
    const id = idOf(reply)
    const poll = (): Promise<Reply> => call('GET', `webhook_result/${id}`)
    now += 9_999
    const early = await poll()
    expect([early.status, early.json]).toMatchObject([404, { error_code: 'result_pending', retry_after_seconds: 10 }])
    now += 1
    const { status, json } = await poll()
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(
      'request_id webhook_status request_type last_dispatched_at failure_reason webhook_result'.split(' '),
    )
    expect(json.request_id).toBe(id)
    const { people, credits_consumed, missing_records, total_requested_enrichments } = json.webhook_result
    const reached = people.filter((item: { phone_numbers: unknown[] }) => item.phone_numbers.length > 0)
    expect(reached.length).toBeGreaterThan(0)
    expect(reached[0].phone_numbers[0]).toMatchObject({
      sanitized_number: expect.stringMatching(/^\+\d{8,15}$/),
      position: 0,
      dnc_status_cd: 'not_found',
    })
    expect([total_requested_enrichments, missing_records]).toEqual([8, 8 - reached.length])
    expect(credits_consumed).toBe(8 * reached.length)
    expect(vendors.charged(HOST)).toBe(people.length + 8 * reached.length)
    expect(vendors.calls().slice(1)).toMatchObject([
      { operation: 'webhook_result', questions: [], credits: 0 },
      { operation: 'webhook_result', questions: [], credits: 0 },
    ])
    now += 30 * 24 * 3_600_000
    expect([(await poll()).status, (await poll()).json.error_code]).toEqual([410, 'request_id_expired'])
  })

  test.each<[string, number, string]>([
    ['12345', 404, 'request_id_unknown'],
    ['abc', 400, 'invalid_request_id'],
  ])('id %s is %i %s', async (id, status, code) => {
    const reply = await call('GET', `webhook_result/${id}`)
    expect([reply.status, reply.json.error_code]).toEqual([status, code])
  })

  test('belong to who asked', async () => {
    const id = idOf(await match(`${ADA}&${PHONE}`))
    now += 10_000
    expect((await call('GET', `webhook_result/${id}`, KEYS.scoped)).json.error_code).toBe('request_id_unknown')
    expect((await call('GET', `webhook_result/${id}`)).status).toBe(200)
  })
})

describe('organizations/enrich', () => {
  const enrich = (query: string, key?: string): Promise<Reply> => call('GET', `organizations/enrich?${query}`, key)

  test.each([
    ['domain=everyone.example'],
    ['name=Everyone'],
    ['website=https://www.everyone.example'],
    ['linkedin_url=http://www.linkedin.com/company/everyone'],
  ])('by %s', async (query) => {
    const { json } = await enrich(query)
    expect(Object.keys(json.organization)).toEqual(
      'id name website_url linkedin_url primary_domain industry estimated_num_employees founded_year industries keywords annual_revenue annual_revenue_printed total_funding technology_names current_technologies departmental_head_count owned_by_organization'.split(
        ' ',
      ),
    )
    expect(json.organization.primary_domain).toBe('everyone.example')
    expect(vendors.calls()).toMatchObject([{ questions: ['everyone.example'], credits: 1 }])
  })

  test('misses are free', async () => {
    for (const domain of ['nobody.example', 'acme.com', 'nowhere.example'])
      expect((await enrich(`domain=${domain}`)).json.organization ?? null).toBeNull()
    expect(vendors.charged(HOST)).toBe(0)
  })

  test.each([[''], ['domain=everyone'], ['domain=everyone.example&limit=1']])('refuses "%s"', async (query) => {
    expect((await enrich(query)).status).toBe(422)
  })

  test('names the parameter that is missing', async () => {
    expect((await enrich('')).json).toEqual({ error: "Required parameter 'domain' missing" })
  })
})

describe('around the calls', () => {
  test('a wrong key is told in plain text, a key out of its scope with a code', async () => {
    const wrong = await match(ADA, 'wrong')
    expect([wrong.status, wrong.text.slice(0, 15), wrong.headers['content-type']]).toEqual([
      401,
      'Invalid API key',
      'text/plain',
    ])
    const scoped = await call('GET', 'organizations/enrich?domain=everyone.example', KEYS.scoped)
    expect([scoped.status, scoped.json.error_code]).toEqual([403, 'API_INACCESSIBLE'])
    expect((await match(ADA, KEYS.scoped)).status).toBe(200)
  })

  test('other methods and paths do not exist', async () => {
    expect((await call('GET', `people/match?${ADA}`)).status).toBe(404)
    expect((await call('POST', 'organizations/enrich?domain=everyone.example')).status).toBe(404)
    expect((await ask(vendors, HOST, `/v1/people/match?${ADA}`, { method: 'POST' })).status).toBe(404)
  })

  test('credits run out and the usage says so', async () => {
    const statuses: number[] = []
    for (const name of ['Ada', 'Bo', 'Cy'])
      statuses.push((await match(`name=${name}%20Nowak&domain=everyone.example`, KEYS.nearlyUsedUp)).status)
    expect(statuses).toEqual([200, 200, 422])
    expect((await call('POST', 'usage_stats/credit_usage_stats', KEYS.nearlyUsedUp)).json).toEqual({
      credit_usage_stats: {
        lead_credit: { limit: 2, consumed: 2, left_over: 0 },
        direct_dial_credit: { limit: 0, consumed: 0, left_over: 0 },
      },
    })
    expect((await call('POST', 'usage_stats/credit_usage_stats?a=1')).status).toBe(422)
  })

  test('a batch that the rest does not pay for is refused and free', async () => {
    const three = ['Ada', 'Bo', 'Cy'].map((name) => person(name))
    expect([(await bulk(three, '', KEYS.nearlyUsedUp)).status, vendors.charged(HOST)]).toEqual([422, 0])
  })

  test('the free plan has 50 a minute and 200 an hour, each endpoint by itself', async () => {
    const miss = 'name=Ada%20Nowak&domain=nobody.example'
    const many = async (count: number): Promise<readonly Reply[]> =>
      Promise.all(Array.from({ length: count }, () => match(miss, KEYS.nearlyUsedUp)))
    const refused = (replies: readonly Reply[]): number => replies.filter(({ status }) => status === 429).length
    const first = await many(50)
    expect(refused(first)).toBe(0)
    expect(first[0]?.headers).toMatchObject({
      'x-rate-limit-minute': '50',
      'x-rate-limit-hourly': '200',
      'x-rate-limit-24-hour': '600',
      'x-minute-usage': '1',
      'x-hourly-requests-left': '199',
      'x-24-hour-requests-left': '599',
    })
    now += 59_000
    const [late] = await many(1)
    expect([late?.status, late?.headers['retry-after'], late?.json.message]).toEqual([
      429,
      '1',
      expect.stringMatching(/50 times per minute/),
    ])
    expect((await bulk([person('Ada', 'nobody.example')], '', KEYS.nearlyUsedUp)).status).toBe(200)
    now += 60_000
    expect(refused(await many(50))).toBe(0)
    now += 60_000
    expect(refused(await many(50))).toBe(0)
    now += 60_000
    expect(refused(await many(49))).toBe(0)
    now += 60_000
    const [hour] = await many(1)
    expect(hour?.json.message).toMatch(/200 times per hour/)
    now += 3_600_000
    expect(refused(await many(1))).toBe(0)
  })

  test('20 batches a minute on the free plan', async () => {
    const replies = await Promise.all(
      Array.from({ length: 21 }, () => bulk([person('Ada', 'nobody.example')], '', KEYS.nearlyUsedUp)),
    )
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(1)
  })

  test('throttles in its own way', async () => {
    vendors.weather(HOST, { throttle: 1 })
    const reply = await match(ADA)
    expect([reply.status, reply.headers['retry-after'], typeof reply.json.message]).toEqual([429, '60', 'string'])
  })

  test('the slow domain takes its time', async () => {
    const started = performance.now()
    await match('name=Ada%20Nowak&domain=slow.example')
    expect(performance.now() - started).toBeGreaterThan(50)
  })
})
