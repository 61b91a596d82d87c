import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { PEOPLE_DATA_LABS_KEYS as KEYS } from '../../../workbench/vendors/simulated/people_data_labs'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.peopledatalabs.com'
const ADA = 'name=Ada%20Nowak&company=everyone.example'
const NOBODY = { profile: [], name: 'Ada Nowak', company: 'nobody.example' }

let vendors: Vendors
let now = 1_000_000

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 3_600_000
  vendors.reset()
})

const get = (path: string, key: string = KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, `/v5/${path}`, { headers: { 'x-api-key': key } })
const post = (path: string, body: unknown, key: string = KEYS.large, more: Partial<Sent> = {}): Promise<Reply> =>
  ask(vendors, HOST, `/v5/${path}`, { headers: { 'x-api-key': key }, body, ...more })
const bulk = (params: readonly unknown[], key: string = KEYS.large): Promise<Reply> =>
  post('person/bulk', { requests: params.map((item, row) => ({ params: item, metadata: { row } })) }, key)
const type = (reply: Reply): unknown => reply.json.error.type

describe('person/enrich', () => {
  test('a person has the documented fields in lower case, costs one and is in the books', async () => {
    const { status, json, headers } = await get(`person/enrich?${ADA}`)
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['status', 'likelihood', 'data'])
    expect(Object.keys(json.data)).toEqual(
      'id full_name first_name last_name linkedin_url work_email personal_emails emails mobile_phone phone_numbers job_title job_title_role job_title_levels job_company_name job_company_website job_company_size job_company_industry job_company_linkedin_url location_name location_locality location_region location_country job_company_employee_count job_company_founded headline'.split(
        ' ',
      ),
    )
    expect(json.data).toMatchObject({
      full_name: 'ada nowak',
      work_email: 'ada.nowak@everyone.example',
      emails: [{ address: 'ada.nowak@everyone.example', type: 'current_professional' }],
      job_company_website: 'everyone.example',
      job_company_linkedin_url: 'linkedin.com/company/everyone',
    })
    expect(json.likelihood).toBeGreaterThanOrEqual(6)
    expect(headers).toMatchObject({ 'x-call-credits-spent': '1', 'x-totallimit-remaining': '99999' })
    expect(headers['x-ratelimit-remaining']).toMatch(/^\{'minute': 99, 'day': \d+\}$/)
    expect(vendors.calls()).toMatchObject([
      { operation: 'person/enrich', questions: ['ada nowak | everyone.example'], credits: 1, status: 200 },
    ])
  })

  test.each([
    ['email=ada.nowak@everyone.example'],
    ['first_name=ADA&last_name=nowak&company=Everyone%20Inc'],
    ['name=Ada%20Nowak&company=https://www.everyone.example/about'],
  ])('the same person by %s', async (query) => {
    expect((await get(`person/enrich?${query}`)).json.data.work_email).toBe('ada.nowak@everyone.example')
  })

  test('somebody by their profile, or by POST', async () => {
    const handles = Array.from({ length: 12 }, (_, number) => `ada-nowak-${number}`)
    const replies = await Promise.all(handles.map((handle) => get(`person/enrich?profile=linkedin.com/in/${handle}`)))
    const found = handles.filter((_, i) => replies[i]?.status === 200)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(12)
    const body = { profile: [`https://www.linkedin.com/in/${found[0]}`], titlecase: true, min_likelihood: 9 }
    expect((await post('person/enrich', body)).json.data).toMatchObject({
      full_name: 'Ada Nowak',
      linkedin_url: `linkedin.com/in/${found[0]}`,
    })
  })

  test('a miss is 404 and free', async () => {
    const reply = await get('person/enrich?name=Ada%20Nowak&company=nobody.example')
    expect([reply.status, reply.json]).toEqual([
      404,
      { status: 404, error: { type: 'not_found', message: 'No records were found matching your request' } },
    ])
    expect([vendors.charged(HOST), reply.headers['x-call-credits-spent']]).toEqual([0, '0'])
  })

  test.each([
    ['phone=%2B33199000000'],
    ['email_hash=d41d8cd98f00b204e9800998ecf8427e'],
    ['name=Ada%20Nowak&location=Lyon'],
    ['email=olga.silent@example.org'],
    ['name=Olga%20Silent&company=example.org'],
    ['name=Ada%20Nowak&company=acme.com'],
    [`${ADA}&min_likelihood=10`],
    [`${ADA}&required=emails%20AND%20personal_emails`],
  ])('nobody for %s', async (query) => {
    expect([(await get(`person/enrich?${query}`)).status, vendors.charged(HOST)]).toEqual([404, 0])
  })

  test('options: required, data_include, include_if_matched, pretty', async () => {
    const query = `${ADA}&required=personal_emails%20OR%20emails&data_include=work_email,id&include_if_matched=true&pretty=true`
    const { json, text } = await get(`person/enrich?${query}`)
    expect([Object.keys(json.data), json.matched]).toEqual([
      ['id', 'work_email'],
      ['name', 'company'],
    ])
    expect(text).toContain('\n    "likelihood"')
  })

  test('what the vendor knows and the invented world does not may be asked for', async () => {
    const { json } = await get(`person/enrich?${ADA}&data_include=skills,education,job_company_founded`)
    expect(Object.keys(json.data)).toEqual(['job_company_founded'])
  })

  test('the free plan hides what is worth money', async () => {
    expect((await get(`person/enrich?${ADA}`, KEYS.free)).json.data).toMatchObject({
      full_name: 'ada nowak',
      work_email: true,
      emails: true,
      personal_emails: [],
    })
  })

  test.each<[string, string]>([
    ['too little', 'name=Ada%20Nowak'],
    ['half a name', 'first_name=Ada&company=everyone.example'],
    ['a company alone', 'company=everyone.example'],
    ['an unknown parameter', `${ADA}&domain=everyone.example`],
    ['a parameter twice', `${ADA}&name=Bo`],
    ['an unknown field', `${ADA}&required=fax`],
    ['an unknown field to include', `${ADA}&data_include=fax`],
    ['a likelihood above 10', `${ADA}&min_likelihood=11`],
    ['yes for true', `${ADA}&titlecase=yes`],
    ['half an email', 'email=ada'],
    ['another profile', 'profile=github.com/ada'],
  ])('refuses %s', async (_, query) => {
    const reply = await get(`person/enrich?${query}`)
    expect([reply.status, type(reply), vendors.charged(HOST)]).toEqual([400, 'invalid_request_error', 0])
  })

  test.each<[string, unknown, Partial<Sent>]>([
    ['a body that is no JSON', '{', { headers: { 'x-api-key': KEYS.large, 'content-type': 'application/json' } }],
    ['another content type', '{"email":"a@example.com"}', { headers: { 'x-api-key': KEYS.large } }],
    ['a list', [], {}],
    ['a number for a text', { email: 1 }, {}],
    ['a text for a number', { email: 'a@example.com', min_likelihood: '2' }, {}],
    ['a text for true', { email: 'a@example.com', pretty: 'true' }, {}],
    ['an unknown field', { email: 'a@example.com', domain: 'example.com' }, {}],
  ])('refuses %s', async (_, body, more) => {
    const reply = await post('person/enrich', body, KEYS.large, more)
    expect([reply.status, type(reply)]).toEqual([400, 'invalid_request_error'])
  })
})

describe('person/bulk', () => {
  test('answers in order, each by itself, with metadata', async () => {
    const { status, json, headers } = await bulk([
      { email: ['ada.nowak@everyone.example'] },
      NOBODY,
      { name: 'Ada' },
      { name: 'Bo Nowak', company: 'everyone.example' },
    ])
    expect([status, headers['x-call-credits-spent'], vendors.charged(HOST)]).toEqual([200, '2', 2])
    expect(json).toMatchObject([
      { status: 200, data: { full_name: 'ada nowak' }, metadata: { row: 0 } },
      { status: 404, error: { type: 'not_found' }, metadata: { row: 1 } },
      { status: 400, error: { type: 'invalid_request_error' }, metadata: { row: 2 } },
      { status: 200, data: { full_name: 'bo nowak' }, metadata: { row: 3 } },
    ])
    expect(vendors.calls()[0]?.questions).toEqual([
      'ada.nowak@everyone.example',
      'ada nowak | nobody.example',
      'bo nowak | everyone.example',
    ])
  })

  test.each<[string, unknown]>([
    ['nothing', { requests: [] }],
    ['101', { requests: Array.from({ length: 101 }, () => ({ params: NOBODY })) }],
    ['a bare list', [{ params: NOBODY }]],
    ['another field', { requests: [{ params: NOBODY }], required: 'emails' }],
    ['another field of an item', { requests: [{ params: NOBODY, id: 1 }] }],
    ['an unknown parameter', { requests: [{ params: { ...NOBODY, domain: 'x' } }] }],
    ['metadata that is a text', { requests: [{ params: NOBODY, metadata: 'x' }] }],
    ['no params', { requests: [NOBODY] }],
  ])('refuses %s', async (_, body) => {
    const reply = await post('person/bulk', body)
    expect([reply.status, type(reply), vendors.charged(HOST)]).toEqual([400, 'invalid_request_error', 0])
  })

  test('takes 100, and says 402 for each that is not paid for', async () => {
    expect((await bulk(Array.from({ length: 100 }, () => NOBODY))).json).toHaveLength(100)
    const three = ['Ada', 'Bo', 'Cy'].map((name) => ({ name: `${name} Nowak`, company: 'everyone.example' }))
    const { json } = await bulk(three, KEYS.nearlyUsedUp)
    expect(json.map((item: { status: number }) => item.status)).toEqual([200, 200, 402])
    const after = await bulk(three, KEYS.nearlyUsedUp)
    expect([after.status, type(after)]).toEqual([402, 'payment_required'])
  })
})

describe('company/enrich/bulk', () => {
  test('answers in order, each flat, with metadata', async () => {
    const params = [
      { website: 'everyone.example', titlecase: true },
      { website: 'nobody.example' },
      { location: 'Lyon' },
    ]
    const requests = params.map((item, row) => ({ params: item, metadata: { row } }))
    const { status, json } = await post('company/enrich/bulk', { requests })
    expect([status, json]).toMatchObject([
      200,
      [
        { status: 200, website: 'everyone.example', metadata: { row: 0 } },
        { status: 404, error: { type: 'not_found' }, metadata: { row: 1 } },
        { status: 400, error: { type: 'invalid_request_error' }, metadata: { row: 2 } },
      ],
    ])
    expect(vendors.calls()).toMatchObject([
      { operation: 'company/enrich/bulk', questions: ['everyone.example', 'nobody.example'], credits: 1 },
    ])
  })

  test.each<[string, object]>([
    ['clues of a person', { requests: [{ params: { email: 'ada@everyone.example' } }] }],
    ['nothing', { requests: [] }],
  ])('refuses %s', async (_, body) => {
    expect([type(await post('company/enrich/bulk', body)), vendors.charged(HOST)]).toEqual(['invalid_request_error', 0])
  })
})

describe('company/enrich', () => {
  test('is flat and costs one', async () => {
    const { status, json } = await get('company/enrich?website=everyone.example')
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(
      'status likelihood id name display_name size employee_count founded industry website linkedin_url location tags naics sic inferred_revenue total_funding_raised latest_funding_stage'.split(
        ' ',
      ),
    )
    expect(json).toMatchObject({ name: 'everyone', display_name: 'Everyone', website: 'everyone.example' })
    expect(json.size).toMatch(/^(\d+-\d+|10001\+)$/)
    expect(vendors.calls()).toMatchObject([
      { operation: 'company/enrich', questions: ['everyone.example'], credits: 1 },
    ])
  })

  test.each([['name=Everyone'], ['profile=https://www.linkedin.com/company/everyone/']])('by %s', async (query) => {
    expect((await get(`company/enrich?${query}`)).json.website).toBe('everyone.example')
  })

  test.each<[string, number]>([
    ['website=nobody.example', 404],
    ['website=acme.com', 404],
    ['ticker=ACME', 404],
    ['name=Everyone&min_likelihood=7', 404],
    ['location=Lyon', 400],
    ['website=everyone.example&pretty=true', 400],
    ['website=everyone', 400],
    ['profile=linkedin.com/in/ada', 400],
  ])('%s is %i and free', async (query, status) => {
    expect([(await get(`company/enrich?${query}`)).status, vendors.charged(HOST)]).toEqual([status, 0])
  })
})

describe('around the calls', () => {
  test.each<[string, Record<string, string>, string]>([
    ['no key', {}, ''],
    ['a wrong key', { 'x-api-key': 'wrong' }, ''],
    ['a key in two places', { 'x-api-key': KEYS.large }, `&api_key=${KEYS.large}`],
    ['a key as Bearer', { authorization: `Bearer ${KEYS.large}` }, ''],
  ])('refuses %s', async (_, headers, query) => {
    const reply = await ask(vendors, HOST, `/v5/person/enrich?${ADA}${query}`, { headers })
    expect([reply.status, type(reply)]).toEqual([401, 'authentication_error'])
  })

  test('the key may stand in the query and never enters the books', async () => {
    expect((await ask(vendors, HOST, `/v5/person/enrich?${ADA}&api_key=${KEYS.large}`)).status).toBe(200)
    expect(JSON.stringify(vendors.calls())).not.toContain(KEYS.large)
  })

  test('a wrong method is 405; a wrong path is a 404 that is no miss', async () => {
    expect((await get('person/bulk')).status).toBe(405)
    expect((await post('company/enrich', { website: 'everyone.example' })).status).toBe(405)
    const lost = await get('person/find')
    expect([lost.status, lost.json.error]).toEqual([404, undefined])
  })

  test('100 a minute, over any minute', async () => {
    const many = async (count: number): Promise<number> => {
      const replies = await Promise.all(Array.from({ length: count }, () => get(`person/enrich?${ADA}`)))
      return replies.filter(({ status }) => status === 429).length
    }
    expect(await many(60)).toBe(0)
    now += 59_999
    expect(await many(41)).toBe(1)
    now += 1
    const reply = await get(`person/enrich?${ADA}`)
    expect([reply.status, reply.headers['retry-after']]).toEqual([200, undefined])
    vendors.weather(HOST, { throttle: 1 })
    expect(type(await get(`person/enrich?${ADA}`))).toBe('rate_limit_error')
  })

  test('the sandbox answers the same and takes nothing', async () => {
    const path = `/v5/person/enrich?${ADA}`
    const reply = await ask(vendors, 'sandbox.api.peopledatalabs.com', path, { headers: { 'x-api-key': KEYS.large } })
    expect(reply.json).toEqual((await get(`person/enrich?${ADA}`)).json)
    expect([vendors.charged('sandbox.api.peopledatalabs.com'), vendors.charged(HOST)]).toEqual([0, 1])
  })

  test('the slow domain takes its time', async () => {
    const started = performance.now()
    await get('company/enrich?website=slow.example')
    expect(performance.now() - started).toBeGreaterThan(50)
  })

  test('it knows about half of the people, always the same', async () => {
    const items = Array.from({ length: 100 }, (_, i) => ({ name: 'Ada Nowak', company: `firm${i}.example` }))
    const known = async (): Promise<number[]> => (await bulk(items)).json.map((item: { status: number }) => item.status)
    const first = await known()
    const share = first.filter((status) => status === 200).length
    expect(share).toBeGreaterThan(30)
    expect(share).toBeLessThan(65)
    expect(await known()).toEqual(first)
  })
})
