import type { Vendors } from '../../../workbench/vendors/contract'
import { ICYPEAS_KEYS } from '../../../workbench/vendors/simulated/icypeas'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Json, type Reply, type Sent } from './ask'

const HOST = 'app.icypeas.com'
const ADA = { firstname: 'Ada', lastname: 'Nowak', domainOrCompany: 'everyone.example' }
const READ = 'bulk-single-searchs/read'

let vendors: Vendors
let now = 1_000_000

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 4000 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 3_600_000
  vendors.reset()
})

const call = (path: string, sent: Sent, key: string = ICYPEAS_KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, `/api/${path}`, { ...sent, headers: { authorization: key, ...sent.headers } })
const post = (path: string, body: unknown, key?: string): Promise<Reply> => call(path, { body }, key)
const outcome = async (path: string, body: object, key?: string): Promise<Json> => {
  const { json } = await post(path, body, key)
  now += 30_000
  return (await post(READ, { id: json.item._id }, key)).json.items[0]
}

describe('icypeas', () => {
  test('a search, its states, then the documented item; one credit', async () => {
    const submitted = await post('email-search', { ...ADA, custom: { externalId: '12' } })
    const id = submitted.json.item._id as string
    expect([submitted.status, submitted.json]).toEqual([
      200,
      { success: true, item: { status: 'NONE', _id: expect.stringMatching(/^p_\w+$/) } },
    ])
    const early = (await post(READ, { id })).json.items[0]
    expect(early).toEqual({
      _id: id,
      status: 'NONE',
      order: 0,
      results: { emails: [], phones: [] },
      userData: { externalId: '12' },
    })
    now += 6000
    const ready = await post(READ, { id })
    expect(ready.json).toEqual({
      success: true,
      items: [
        {
          _id: id,
          status: expect.stringMatching(/^(FOUND|DEBITED)$/),
          order: 0,
          results: {
            firstname: 'Ada',
            lastname: 'Nowak',
            fullname: 'Ada Nowak',
            gender: 'F',
            emails: [
              {
                email: 'ada.nowak@everyone.example',
                certainty: expect.stringMatching(/^(ultra|very)_sure$/),
                mxProvider: 'google',
                mxRecords: ['aspmx.l.google.com', 'alt1.aspmx.l.google.com'],
              },
            ],
            phones: [],
          },
          userData: { externalId: '12' },
        },
      ],
    })
    expect(vendors.calls().map(({ operation, questions, credits }) => [operation, questions, credits])).toEqual([
      ['email-search', ['ada nowak | everyone.example'], 1],
      ['read', [], 0],
      ['read', [], 0],
    ])
  })

  test('the waiting goes through the three words', async () => {
    const words: string[] = []
    // Each read is of another search: one of them may be read every 3 seconds only.
    for (let waited = 0; waited <= 6000; waited += 400) {
      vendors.reset()
      const { json } = await post('email-search', ADA)
      now += waited
      words.push((await post(READ, { id: json.item._id })).json.items[0].status)
    }
    expect([...new Set(words)].slice(0, 3)).toEqual(['NONE', 'SCHEDULED', 'IN_PROGRESS'])
    expect(words.at(-1)).toMatch(/^(FOUND|DEBITED)$/)
  })

  test.each<[string, object, string, string | undefined, number]>([
    ['a miss', { ...ADA, domainOrCompany: 'nobody.example' }, 'NOT_FOUND', undefined, 0],
    ['a company', { ...ADA, domainOrCompany: 'Everyone GmbH' }, 'FOUND|DEBITED', '(ultra|very)_sure', 1],
    ['a catch-all', { ...ADA, domainOrCompany: 'catchall.example' }, 'FOUND|DEBITED', 'probable', 1],
    ['a real domain', { ...ADA, domainOrCompany: 'icypeas.com' }, 'NOT_FOUND', undefined, 0],
    ['names without letters', { ...ADA, firstname: '1', lastname: '?' }, 'BAD_INPUT', undefined, 0],
    [
      'who objected',
      { firstname: 'Olga', lastname: 'Silent', domainOrCompany: 'example.org' },
      'NOT_FOUND',
      undefined,
      0,
    ],
  ])('the search for %s', async (_, body, status, certainty, credits) => {
    const item = await outcome('email-search', body)
    expect(item.status).toMatch(new RegExp(`^(${status})$`))
    const given = item.results.emails[0]?.certainty
    if (certainty === undefined) expect(given).toBeUndefined()
    else expect(given).toMatch(new RegExp(`^${certainty}$`))
    expect(vendors.charged(HOST)).toBe(credits)
  })

  test('finds say FOUND or DEBITED', async () => {
    const data = Array.from({ length: 40 }, (_, i) => ['Ada', `N${i}`, 'everyone.example'])
    const { json } = await post('bulk-search', { task: 'email-search', name: 'run', data })
    now += 30_000
    const { items } = (await post(READ, { mode: 'bulk', file: json.file })).json
    expect(new Set(items.map(({ status }: Json) => status))).toEqual(new Set(['FOUND', 'DEBITED']))
  })

  test.each<[string, string, string | undefined, number]>([
    ['ada.nowak@everyone.example', 'FOUND', '(ultra|very)_sure', 0.1],
    ['ada@catchall.example', 'FOUND', 'probable', 0.1],
    ['ada.nowak@nobody.example', 'DEBITED_NOT_FOUND', 'undeliverable', 0.1],
    ['ada@unsure.example', 'DEBITED_NOT_FOUND', undefined, 0.1],
    ['ada@icypeas.com', 'DEBITED_NOT_FOUND', undefined, 0.1],
    ['olga.silent@example.org', 'DEBITED_NOT_FOUND', undefined, 0.1],
    ['ada', 'BAD_INPUT', undefined, 0],
  ])('the verification of %s', async (email, status, certainty, credits) => {
    const item = await outcome('email-verification', { email })
    expect(item.status).toBe(status)
    const given = item.results.emails[0]?.certainty
    if (certainty === undefined) expect(given).toBeUndefined()
    else expect(given).toMatch(new RegExp(`^${certainty}$`))
    expect(vendors.charged(HOST)).toBe(credits)
  })

  test.each<[string, string, number]>([
    ['everyone.example', 'FOUND', 1],
    ['Everyone SA', 'FOUND', 1],
    ['nobody.example', 'NOT_FOUND', 0],
    ['nomail.example', 'NOT_FOUND', 0],
  ])('the domain search of %s', async (domainOrCompany, status, credits) => {
    const item = await outcome('domain-search', { domainOrCompany })
    expect([item.status, item.results.emails[0]?.email]).toEqual([
      status,
      credits ? 'contact@everyone.example' : undefined,
    ])
    expect(vendors.charged(HOST)).toBe(credits)
  })

  test('a bulk has one file, a hundred items a page, its order and its external ids', async () => {
    const data = Array.from({ length: 150 }, (_, i) => ['Ada', `N${i}`, 'example.com'])
    const externalIds = data.map((_, i) => `row ${i}`)
    const submitted = await post('bulk-search', { task: 'email-search', name: 'run 1', data, custom: { externalIds } })
    expect(submitted.json).toEqual({ success: true, status: 'valid', file: expect.any(String) })
    expect(vendors.calls()[0]?.questions).toHaveLength(150)
    now += 30_000
    const { items } = (await post(READ, { mode: 'bulk', file: submitted.json.file })).json
    expect(items.map(({ order, userData }: Json) => [order, userData.externalId])).toEqual(
      externalIds.slice(0, 100).map((id, order) => [order, id]),
    )
    expect(new Set(items.map(({ _id }: Json) => _id)).size).toBe(100)
    // 50 % of the 70 % that have an address.
    expect(vendors.charged(HOST)).toBeGreaterThan(30)
    expect(vendors.charged(HOST)).toBeLessThan(75)
  })

  test.each<[string, string, unknown]>([
    ['no last name', 'email-search', { firstname: 'Ada', domainOrCompany: 'example.com' }],
    ['an empty domain', 'email-search', { ...ADA, domainOrCompany: ' ' }],
    ['an unknown field', 'email-search', { ...ADA, country: 'FR' }],
    ['an unknown custom field', 'email-search', { ...ADA, custom: { row: '1' } }],
    ['a number', 'email-search', { ...ADA, firstname: 1 }],
    ['half a body', 'email-search', '{"firstname":'],
    ['no email', 'email-verification', {}],
    ['no domain', 'domain-search', {}],
    ['an unknown task', 'bulk-search', { task: 'phone-search', name: 'x', data: [['a']] }],
    ['a row that is too short', 'bulk-search', { task: 'email-search', name: 'x', data: [['a', 'b']] }],
    ['no rows', 'bulk-search', { task: 'email-search', name: 'x', data: [] }],
    [
      '5,001 rows',
      'bulk-search',
      { task: 'email-verification', name: 'x', data: Array.from({ length: 5001 }, () => ['ada@example.com']) },
    ],
    [
      'too few external ids',
      'bulk-search',
      { task: 'email-verification', name: 'x', data: [['a@example.com']], custom: { externalIds: [] } },
    ],
    ['a read without id', READ, {}],
    ['a file without mode', READ, { file: 'f_1' }],
    ['a page number', READ, { id: 'p_1', page: 2 }],
    ['a parameter in the query', 'email-search?a=1', ADA],
  ])('%s is refused with 200', async (_, path, body) => {
    const reply = await post(path, body)
    expect([reply.status, reply.json]).toEqual([
      200,
      { success: false, validationErrors: [{ message: expect.any(String) }] },
    ])
    expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
  })

  test.each<[string, string, Sent, number]>([
    ['no key', 'email-search', { body: ADA, headers: { authorization: '' } }, 401],
    ['Bearer', 'email-search', { body: ADA, headers: { authorization: `Bearer ${ICYPEAS_KEYS.large}` } }, 401],
    ['the signed mode', 'email-search', { body: ADA, headers: { authorization: `${ICYPEAS_KEYS.large}:00` } }, 401],
    ['GET', 'email-search', {}, 404],
    ['another path', 'search-files/read', { body: {} }, 404],
  ])('refuses %s', async (_, path, sent, status) => {
    const reply = await call(path, sent)
    expect([reply.status, reply.json]).toEqual([status, { success: false, message: expect.any(String) }])
  })

  test('an unknown id and the id of another key have no items', async () => {
    const { json } = await post('email-search', ADA)
    const body = { id: json.item._id }
    expect((await post(READ, body, ICYPEAS_KEYS.nearlyUsedUp)).json).toEqual({ success: true, items: [] })
    expect((await post(READ, { id: 'p_0' })).json).toEqual({ success: true, items: [] })
  })

  const statuses = async (count: number, path: string, body: (i: number) => unknown): Promise<number> => {
    const replies = await Promise.all(Array.from({ length: count }, (_, i) => post(path, body(i))))
    return replies.filter(({ status }) => status === 429).length
  }

  test('10 searches a second, verifications among them', async () => {
    expect(await statuses(9, 'email-search', () => ADA)).toBe(0)
    now += 999
    expect(await statuses(2, 'email-verification', () => ({ email: 'ada@example.com' }))).toBe(1)
    now += 1
    expect(await statuses(8, 'email-search', () => ADA)).toBe(0)
    expect(await statuses(1, 'email-search', () => ADA)).toBe(1)
  })

  test('one bulk a second', async () => {
    const body = { task: 'email-verification', name: 'x', data: [['ada@example.com']] }
    expect(await statuses(2, 'bulk-search', () => body)).toBe(1)
    now += 1000
    expect(await statuses(1, 'bulk-search', () => body)).toBe(0)
  })

  test('30 reads a minute, and the same search every 3 seconds', async () => {
    expect(await statuses(30, READ, (i) => ({ id: `p_${i}` }))).toBe(0)
    now += 59_999
    expect(await statuses(1, READ, () => ({ id: 'p_99' }))).toBe(1)
    now += 60_000
    expect(await statuses(2, READ, () => ({ id: 'p_0' }))).toBe(1)
    now += 2999
    expect(await statuses(1, READ, () => ({ id: 'p_0' }))).toBe(1)
    now += 1
    expect(await statuses(1, READ, () => ({ id: 'p_0' }))).toBe(0)
  })

  test('a key that is nearly used up finds two, then has insufficient funds', async () => {
    const key = ICYPEAS_KEYS.nearlyUsedUp
    const data = ['Ada', 'Bo', 'Cy'].map((name) => [name, 'Nowak', 'everyone.example'])
    const { json } = await post('bulk-search', { task: 'email-search', name: 'x', data }, key)
    now += 30_000
    const { items } = (await post(READ, { mode: 'bulk', file: json.file }, key)).json
    expect(items.map(({ status, results }: Json) => [status, results.emails.length])).toEqual([
      [expect.stringMatching(/FOUND|DEBITED/), 1],
      [expect.stringMatching(/FOUND|DEBITED/), 1],
      ['INSUFFICIENT_FUNDS', 0],
    ])
    expect((await outcome('email-verification', { email: 'ada@everyone.example' }, key)).status).toBe(
      'INSUFFICIENT_FUNDS',
    )
    expect(vendors.charged(HOST)).toBe(2)
  })

  test('the slow domain takes longer', async () => {
    const { json } = await post('email-search', { ...ADA, domainOrCompany: 'slow.example' })
    now += 6000 - 1
    expect((await post(READ, { id: json.item._id })).json.items[0].status).not.toMatch(/FOUND|DEBITED/)
    now += 4001
    expect((await post(READ, { id: json.item._id })).json.items[0].status).toMatch(/FOUND|DEBITED/)
  })
})
