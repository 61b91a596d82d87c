import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { PROSPEO_KEYS as KEYS } from '../../../workbench/vendors/simulated/prospeo'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.prospeo.io'
const ADA = { full_name: 'Ada Nowak', company_website: 'everyone.example' }

let vendors: Vendors

beforeAll(async () => {
  vendors = await startVendors({ clock: () => 1_000_000, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

const post = (path: string, body: unknown, key: string = KEYS.large, more: Partial<Sent> = {}): Promise<Reply> =>
  ask(vendors, HOST, `/${path}`, { body, headers: { 'x-key': key }, ...more })
const enrich = (data: unknown, flags: object = {}, key?: string): Promise<Reply> =>
  post('enrich-person', { data, ...flags }, key)
const bulk = (data: unknown, flags: object = {}, key?: string): Promise<Reply> =>
  post('bulk-enrich-person', { data, ...flags }, key)
const account = async (key: string = KEYS.large): Promise<{ remaining_credits: number; used_credits: number }> =>
  (await ask(vendors, HOST, '/account-information', { headers: { 'x-key': key } })).json.response

/** People at one domain, so that some of them have a mobile and some have none. */
const STAFF = 'Ada Bo Cy Di Ed Fay Gil Hal Ida Jo'.split(' ').flatMap((name) =>
  ['catchall', 'everyone', 'unsure', 'slow', 'odd'].map((firm) => ({
    identifier: `${name} ${firm}`,
    full_name: `${name} Nowak`,
    company_website: `${firm}.example`,
  })),
)

describe('enrich-person', () => {
  test('a person has the documented fields, costs one and is in the books', async () => {
    const { status, json } = await enrich(ADA)
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['error', 'free_enrichment', 'person', 'company'])
    expect(Object.keys(json.person)).toEqual(
      'person_id first_name last_name full_name linkedin_url current_job_title headline job_history mobile email location'.split(
        ' ',
      ),
    )
    expect(Object.keys(json.company)).toEqual(
      'company_id name website domain other_websites description type industry employee_count employee_range location sic_codes naics_codes linkedin_url twitter_url facebook_url crunchbase_url phone_hq founded revenue_range revenue_range_printed keywords logo_url funding technology'.split(
        ' ',
      ),
    )
    expect(json).toMatchObject({
      error: false,
      free_enrichment: false,
      person: {
        email: { status: 'VERIFIED', revealed: true, email: 'ada.nowak@everyone.example', verification_method: 'SMTP' },
        mobile: { status: null, revealed: false, mobile: null },
      },
      company: { domain: 'everyone.example' },
    })
    expect(vendors.calls()).toMatchObject([
      { operation: 'enrich-person', questions: ['ada nowak | everyone.example'], credits: 1 },
    ])
  })

  test.each<[string, object]>([
    ['address', { email: 'ada.nowak@everyone.example' }],
    ['first and last name', { first_name: 'ADA', last_name: 'nowak', company_name: 'Everyone Inc' }],
    ['company page', { full_name: 'Ada Nowak', company_linkedin_url: 'https://www.linkedin.com/company/everyone' }],
  ])('the same person by %s', async (_, data) => {
    expect((await enrich(data)).json.person.email.email).toBe('ada.nowak@everyone.example')
  })

  test('a repeat is free and says so, also by the id', async () => {
    const { person_id } = (await enrich(ADA)).json.person
    const again = await enrich({ person_id })
    expect([again.json.free_enrichment, again.json.person.full_name]).toEqual([true, 'Ada Nowak'])
    expect(await account()).toMatchObject({ remaining_credits: 49_999, used_credits: 1 })
    expect(vendors.charged(HOST)).toBe(1)
  })

  test('a miss is free and comes in two ways', async () => {
    const names = ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Fay']
    const replies = await Promise.all(
      names.map((name) => enrich({ full_name: `${name} Nowak`, company_website: 'nobody.example' })),
    )
    const kinds = new Set(replies.map(({ status, text }) => `${status} ${text}`))
    expect(kinds).toEqual(
      new Set(['400 {"error":true,"error_code":"NO_MATCH","filter_error":null}', '200 {"error":false,"person":null}']),
    )
    expect(vendors.charged(HOST)).toBe(0)
  })

  test.each<[object]>([
    [{ email: 'olga.silent@example.org' }],
    [{ full_name: 'Ada Nowak', company_website: 'https://acme.com' }],
    [{ person_id: 'aaaabbbb' }],
  ])('nobody for %j', async (data) => {
    const { json } = await enrich(data)
    expect(json.error_code === 'NO_MATCH' || json.person === null).toBe(true)
  })

  test('addresses that are not verified may be masked, and are no match when only verified ones are wanted', async () => {
    const staff = 'Ada Bo Cy Di Ed Fay'.split(' ').map((name) => ({
      full_name: `${name} Nowak`,
      company_website: 'catchall.example',
    }))
    const replies = await Promise.all(staff.map((data) => enrich(data)))
    const emails = replies.map(({ json }) => json.person.email)
    expect(new Set(emails.map(({ status }) => status))).toEqual(new Set(['UNVERIFIED']))
    expect(new Set(emails.map(({ revealed }) => revealed))).toEqual(new Set([true, false]))
    for (const { revealed, email } of emails) expect(email.includes('*')).toBe(!revealed)
    const strict = await enrich(staff[0], { only_verified_email: true })
    expect(strict.json.person ?? null).toBeNull()
  })

  test.each<[string, unknown]>([
    ['a name alone', { full_name: 'Ada Nowak' }],
    ['half a name', { first_name: 'Ada', company_website: 'everyone.example' }],
    ['a company alone', { company_website: 'everyone.example' }],
    ['two kinds', { ...ADA, email: 'ada.nowak@everyone.example' }],
    ['half an address', { email: 'ada' }],
    ['another page', { linkedin_url: 'https://github.com/ada' }],
    ['a website that is none', { full_name: 'Ada Nowak', company_website: 'everyone' }],
    ['nothing', {}],
  ])('%s are invalid datapoints', async (_, data) => {
    const reply = await enrich(data)
    expect([reply.status, reply.json]).toEqual([
      400,
      { error: true, error_code: 'INVALID_DATAPOINTS', filter_error: null },
    ])
  })

  test.each<[string, unknown, Partial<Sent>]>([
    ['no data', {}, {}],
    ['a list', { data: [ADA] }, {}],
    ['an unknown clue', { data: { ...ADA, country: 'FR' } }, {}],
    ['a number', { data: { ...ADA, company_name: 1 } }, {}],
    ['an unknown flag', { data: ADA, only_email: true }, {}],
    ['a text for true', { data: ADA, enrich_mobile: 'true' }, {}],
    ['no JSON', '{', { headers: { 'x-key': KEYS.large, 'content-type': 'application/json' } }],
    ['another content type', JSON.stringify({ data: ADA }), { headers: { 'x-key': KEYS.large } }],
  ])('%s is an invalid request', async (_, body, more) => {
    const reply = await post('enrich-person', body, KEYS.large, more)
    expect([reply.status, reply.json.error_code, vendors.charged(HOST)]).toEqual([400, 'INVALID_REQUEST', 0])
  })
})

describe('bulk-enrich-person', () => {
  test('sorts by what it found and takes the identifiers along', async () => {
    const { status, json } = await bulk([
      { identifier: '1', ...ADA },
      { identifier: '2', full_name: 'Bo Nowak', company_website: 'nobody.example' },
      { identifier: '3', full_name: 'Cy Nowak' },
      { identifier: '4', email: 'ada.nowak@everyone.example' },
    ])
    expect(status).toBe(200)
    expect(json).toMatchObject({ error: false, total_cost: 1, not_matched: ['2'], invalid_datapoints: ['3'] })
    expect(json.matched).toMatchObject([
      { identifier: '1', person: { full_name: 'Ada Nowak' }, company: { domain: 'everyone.example' } },
      { identifier: '4', person: { full_name: 'Ada Nowak' } },
    ])
    expect(vendors.charged(HOST)).toBe(1)
    expect(vendors.calls()[0]?.questions).toHaveLength(3)
  })

  test('a mobile costs ten with the address', async () => {
    const { json } = await bulk(STAFF, { enrich_mobile: true })
    const reached = json.matched.filter(
      (item: { person: { mobile: { revealed: boolean } } }) => item.person.mobile.revealed,
    )
    expect(json.matched).toHaveLength(50)
    expect(reached.length).toBeGreaterThan(0)
    expect(reached[0].person.mobile).toMatchObject({ status: 'VERIFIED', mobile: expect.stringMatching(/^\+\d+$/) })
    expect(json.total_cost).toBe(50 + 9 * reached.length)
    const only = await bulk(STAFF, { enrich_mobile: true, only_verified_mobile: true })
    expect([only.json.matched.length, only.json.total_cost]).toEqual([reached.length, 0])
  })

  test.each<[string, unknown]>([
    ['51', [...STAFF, { identifier: 'one more', ...ADA }]],
    ['nothing', []],
    ['no list', ADA],
    ['no identifier', [ADA]],
    ['an identifier twice', [STAFF[0], STAFF[0]]],
    ['a number as identifier', [{ identifier: 1, ...ADA }]],
    ['an unknown field', [{ identifier: '1', ...ADA, row: '1' }]],
  ])('refuses %s', async (_, data) => {
    const reply = await bulk(data)
    expect([reply.status, reply.json.error_code, vendors.charged(HOST)]).toEqual([400, 'INVALID_REQUEST', 0])
  })

  test('is refused as a whole when the credits do not pay for it', async () => {
    const reply = await bulk(STAFF, {}, KEYS.nearlyUsedUp)
    expect([reply.json.error_code, vendors.charged(HOST)]).toEqual(['INSUFFICIENT_CREDITS', 0])
  })
})

describe('enrich-company', () => {
  test.each<[object]>([
    [{ company_website: 'https://www.everyone.example' }],
    [{ company_name: 'Everyone' }],
    [{ company_linkedin_url: 'linkedin.com/company/everyone' }],
  ])('by %j', async (data) => {
    const { json } = await post('enrich-company', { data })
    expect(json).toMatchObject({ error: false, free_enrichment: false, company: { domain: 'everyone.example' } })
    expect(vendors.calls()).toMatchObject([{ questions: ['everyone.example'], credits: 1 }])
    const again = await post('enrich-company', { data: { company_id: json.company.company_id } })
    expect([again.json.free_enrichment, vendors.charged(HOST)]).toEqual([true, 1])
  })

  test.each<[object, string | undefined]>([
    [{ company_website: 'nobody.example' }, undefined],
    [{ company_website: 'acme.com' }, undefined],
    [{ company_id: 'aaaabbbb' }, undefined],
    [{}, 'INVALID_DATAPOINTS'],
    [{ company_website: 'everyone' }, 'INVALID_DATAPOINTS'],
    [{ domain: 'everyone.example' }, 'INVALID_REQUEST'],
  ])('nothing for %j', async (data, code) => {
    const { json } = await post('enrich-company', { data })
    if (code) expect(json.error_code).toBe(code)
    else expect(json.error_code === 'NO_MATCH' || json.company === null).toBe(true)
    expect(vendors.charged(HOST)).toBe(0)
  })

  test('takes no flags', async () => {
    const body = { data: { company_name: 'Everyone' }, enrich_mobile: true }
    expect((await post('enrich-company', body)).json.error_code).toBe('INVALID_REQUEST')
  })
})

describe('bulk-enrich-company', () => {
  test('sorts by what it found, takes the identifiers along and charges a company once', async () => {
    const data = [
      { identifier: '1', company_website: 'everyone.example' },
      { identifier: '2', company_name: 'Nobody' },
      { identifier: '3', company_website: 'everyone' },
      { identifier: '4', company_name: 'Everyone' },
    ]
    const { status, json } = await post('bulk-enrich-company', { data })
    expect([status, json]).toMatchObject([
      200,
      { error: false, total_cost: 1, not_matched: ['2'], invalid_datapoints: ['3'] },
    ])
    expect(json.matched).toMatchObject([
      { identifier: '1', company: { domain: 'everyone.example' } },
      { identifier: '4', company: { name: 'Everyone' } },
    ])
    expect(vendors.calls()).toMatchObject([
      { questions: ['everyone.example', 'nobody.example', 'everyone.example'], credits: 1 },
    ])
  })

  test.each<[string, object]>([
    ['flags', { data: [{ identifier: '1', company_name: 'Everyone' }], enrich_mobile: true }],
    ['an unknown field', { data: [{ identifier: '1', domain: 'everyone.example' }] }],
    ['no identifier', { data: [{ company_name: 'Everyone' }] }],
  ])('refuses %s', async (_, body) => {
    const { json } = await post('bulk-enrich-company', body)
    expect([json.error_code, vendors.charged(HOST)]).toEqual(['INVALID_REQUEST', 0])
  })
})

describe('around the calls', () => {
  test('a wrong key, a wrong method, a wrong path, a parameter', async () => {
    expect((await enrich(ADA, {}, 'wrong')).json.error_code).toBe('INVALID_API_KEY')
    const bearer = { headers: { authorization: `Bearer ${KEYS.large}` } }
    expect((await post('enrich-person', { data: ADA }, '', bearer)).status).toBe(401)
    const headers = { 'x-key': KEYS.large }
    expect((await ask(vendors, HOST, '/enrich-person', { headers })).status).toBe(404)
    expect((await post('account-information', {})).status).toBe(404)
    expect((await post('email-finder', { data: ADA })).status).toBe(404)
    expect((await post('enrich-person?data=1', { data: ADA })).json.error_code).toBe('INVALID_REQUEST')
  })

  test('credits run out and the account says so', async () => {
    const codes: unknown[] = []
    for (const name of ['Ada', 'Bo', 'Cy', 'Ada'])
      codes.push((await enrich({ ...ADA, full_name: `${name} Nowak` }, {}, KEYS.nearlyUsedUp)).json.error_code)
    expect(codes).toEqual([undefined, undefined, 'INSUFFICIENT_CREDITS', undefined])
    expect(await account(KEYS.nearlyUsedUp)).toEqual({
      current_plan: 'SIMULATED',
      remaining_credits: 0,
      used_credits: 2,
      next_quota_renewal_days: 25,
      next_quota_renewal_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/),
    })
    expect(vendors.calls().at(-1)).toMatchObject({ operation: 'account-information', questions: [], credits: 0 })
  })

  test('throttles in its own way', async () => {
    vendors.weather(HOST, { throttle: 1 })
    const reply = await enrich(ADA)
    expect([reply.status, reply.json.error_code]).toEqual([429, 'RATE_LIMITED'])
  })

  test('the slow domain takes its time', async () => {
    const started = performance.now()
    await enrich({ full_name: 'Ada Nowak', company_website: 'slow.example' })
    expect(performance.now() - started).toBeGreaterThan(50)
  })
})
