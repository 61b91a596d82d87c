import type { Vendors } from '../../../workbench/vendors/contract'
import { DROPCONTACT_KEYS } from '../../../workbench/vendors/simulated/dropcontact'
import { startVendors } from '../../../workbench/vendors/index'
import { NOTABLE } from '../../../workbench/vendors/people'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.dropcontact.com'
const ALL = '/v1/enrich/all'
const ADA = { first_name: 'Ada', last_name: 'Nowak', website: 'everyone.example' }
const NOBODY = { ...ADA, website: 'nobody.example' }

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

const call = (path: string, sent: Sent = {}, key: string = DROPCONTACT_KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, path, { ...sent, headers: { 'x-access-token': key, ...sent.headers } })
const submit = (data: readonly object[], more: object = {}, key?: string): Promise<Reply> =>
  call(ALL, { body: { data, ...more } }, key)
const results = async (data: readonly object[], more: object = {}, key?: string): Promise<Reply> => {
  const { json } = await submit(data, more, key)
  now += 30_000
  return call(`${ALL}/${json.request_id}?forceResults=true`, {}, key)
}
const left = async (key?: string): Promise<number> => (await call('/v1/account/credits', {}, key)).json.credits_left

describe('dropcontact', () => {
  test('a submission, not ready, then the documented record; one credit', async () => {
    const submitted = await submit([{ ...ADA, custom_fields: { row: '12' } }], { siren: true, language: 'en' })
    expect([submitted.status, submitted.json]).toEqual([
      200,
      { error: false, request_id: expect.stringMatching(/^x\w+$/), success: true, credits_left: 49_999 },
    ])
    const path = `${ALL}/${submitted.json.request_id}`
    now += 1999
    const pending = { error: false, success: false, reason: 'Request not ready yet, try again in 30 seconds' }
    const early = await call(path)
    expect([early.status, early.json]).toEqual([200, pending])
    now += 4001
    const ready = await call(`${path}?forceResults=true`)
    expect(ready.json).toMatchObject({ error: false, success: true })
    expect(Object.keys(ready.json.data[0])).toEqual(
      'civility first_name last_name full_name email phone mobile_phone company website linkedin company_linkedin siren siret siret_address siret_zip siret_city vat nb_employees employee_count naf5_code naf5_des industry job job_level job_function company_turnover company_results country custom_fields'.split(
        ' ',
      ),
    )
    expect(ready.json.data[0]).toMatchObject({
      full_name: 'Ada Nowak',
      email: [{ email: 'ada.nowak@everyone.example', qualification: 'nominative@pro' }],
      website: 'everyone.example',
      custom_fields: { row: '12' },
    })
    expect(vendors.calls().map(({ operation, questions, credits }) => [operation, questions, credits])).toEqual([
      ['enrich', ['ada nowak | everyone.example'], 1],
      ['result', [], 0],
      ['result', [], 0],
    ])
  })

  test('an unknown id, and the id of another key, look like one that is not ready', async () => {
    const { json } = await submit([ADA])
    now += 30_000
    const unknown = await call(`${ALL}/x0`)
    const foreign = await call(`${ALL}/${json.request_id}`, {}, DROPCONTACT_KEYS.nearlyUsedUp)
    expect([unknown.status, unknown.json.success, foreign.status, foreign.json.success]).toEqual([
      200,
      false,
      200,
      false,
    ])
    now += 31 * 24 * 3_600_000
    expect((await call(`${ALL}/${json.request_id}`)).json.success).toBe(false)
  })

  test('misses come back without an address or with an empty list, in order, and are refunded once', async () => {
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...NOBODY,
      first_name: `A${i}`,
      custom_fields: { row: `${i}` },
    }))
    const submitted = await submit([...many, ADA])
    expect([submitted.json.credits_left, vendors.charged(HOST)]).toEqual([49_987, 13])
    now += 30_000
    expect(await left()).toBe(49_999)
    for (let i = 0; i < 2; i++) {
      const { json } = await call(`${ALL}/${submitted.json.request_id}`)
      expect(json.data.slice(0, 12).map((record: typeof NOBODY) => record.first_name)).toEqual(
        many.map((record) => record.first_name),
      )
      const shapes = new Set(json.data.slice(0, 12).map((record: { email?: [] }) => JSON.stringify(record.email)))
      expect(shapes).toEqual(new Set([undefined, '[]']))
      expect(vendors.charged(HOST)).toBe(1)
    }
  })

  test.each<[string, object, string | undefined, number]>([
    ['a catch-all', { ...ADA, website: 'catchall.example' }, 'catch_all@pro', 0],
    ['an unsure server', { ...ADA, website: 'unsure.example' }, undefined, 0],
    ['a website with its address', { ...ADA, website: 'https://www.everyone.example/about' }, 'nominative@pro', 1],
    ['a company', { full_name: 'Ada Nowak', company: 'Everyone GmbH' }, 'nominative@pro', 1],
    ['nobody to go by', { first_name: 'Ada' }, undefined, 0],
    ['a real domain', { ...ADA, website: 'dropcontact.com' }, undefined, 0],
    ['somebody who objected', { full_name: 'Olga Silent', website: 'example.org' }, undefined, 0],
    ['the address of who objected', { email: NOTABLE.objector.email }, undefined, 0],
    ['a given address', { email: 'Ada.Nowak@everyone.example' }, 'nominative@pro', 1],
    ['a given address that is wrong', { email: 'ada.nowak@nobody.example' }, 'invalid@pro', 1],
    ['a given role address', { email: 'info@everyone.example' }, 'generic@pro', 1],
    ['a given private address', { email: 'ada@freemail.example' }, 'nominative@perso', 1],
    ['a given throwaway address', { email: 'ada@throwaway.example' }, 'random@perso', 1],
  ])('%s', async (_, record, qualification, credits) => {
    const { json } = await results([record])
    expect(json.data[0].email?.[0]?.qualification).toBe(qualification)
    expect([vendors.charged(HOST), await left()]).toEqual([credits, 50_000 - credits])
  })

  test('it knows about half of those who exist', async () => {
    const people = Array.from({ length: 250 }, (_, i) => ({ full_name: `Ada N${i}`, website: 'example.com' }))
    const { json } = await results(people)
    const found = json.data.filter(({ email }: { email?: unknown[] }) => email?.length).length
    // 55 % of the 70 % that have an address.
    expect(found).toBeGreaterThan(65)
    expect(found).toBeLessThan(125)
    expect(vendors.charged(HOST)).toBe(found)
  })

  test('legal numbers only for those who ask, and with valid check digits that nobody has', async () => {
    const french = Array.from({ length: 40 }, (_, i) => ({ email: `ada.nowak@firm${i}.example` }))
    const asked = (await results(french, { siren: true })).json.data
    const numbered = asked.filter(({ siren }: { siren: string }) => siren)
    expect(numbered.length).toBeGreaterThan(0)
    for (const { siren, siret, vat, country } of numbered)
      expect([/^000\d{6}$/.test(siren), siret.startsWith(siren), vat.endsWith(siren), country]).toEqual([
        true,
        true,
        true,
        'FR',
      ])
    const unasked = (await results(french)).json.data
    expect(unasked.filter(({ siren }: { siren: string }) => siren)).toEqual([])
  })

  test.each<[string, Sent, number, object]>([
    ['no data', { body: {} }, 400, { error: true, reason: 'Missing data in JSON', success: false }],
    ['empty data', { body: { data: [] } }, 400, { error: true, reason: 'Missing data in JSON', success: false }],
    [
      '251 records',
      { body: { data: Array.from({ length: 251 }, () => ADA) } },
      400,
      { error: true, reason: expect.stringMatching(/^Too many records.*250/), success: false },
    ],
    ['an unknown field', { body: { data: [ADA], name: 'x' } }, 422, { detail: expect.any(String) }],
    [
      'an unknown field of a record',
      { body: { data: [{ ...ADA, domain: 'x' }] } },
      422,
      { detail: expect.any(String) },
    ],
    ['a number as a name', { body: { data: [{ ...ADA, last_name: 1 }] } }, 422, { detail: expect.any(String) }],
    [
      'a number as custom field',
      { body: { data: [{ custom_fields: { row: 1 } }] } },
      422,
      { detail: expect.any(String) },
    ],
    ['siren as text', { body: { data: [ADA], siren: 'true' } }, 422, { detail: expect.any(String) }],
    ['a long record', { body: { data: [{ ...ADA, job: 'x'.repeat(15_000) }] } }, 422, { detail: expect.any(String) }],
    ['half a body', { body: '{"data":' }, 422, { detail: expect.any(String) }],
    ['a form', { body: 'a=1', headers: { 'content-type': 'text/plain' } }, 422, { detail: expect.any(String) }],
    ['GET', { method: 'GET' }, 405, { detail: 'Method Not Allowed' }],
    [
      'no key',
      { body: { data: [ADA] }, headers: { 'x-access-token': '' } },
      401,
      { error: true, reason: 'Unknown account', success: false },
    ],
  ])('refuses %s', async (_, sent, status, body) => {
    const reply = await call(ALL, sent)
    expect([reply.status, reply.json]).toEqual([status, body])
    expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
  })

  test.each<[string, number]>([
    ['/batch', 404],
    ['/v1/enrich', 404],
    [`${ALL}/x1?force=true`, 422],
    [`${ALL}/x1?forceResults=yes`, 422],
    [`${ALL}/x1?forceResults=true&forceResults=true`, 422],
    ['/v1/account/credits?all=1', 422],
  ])('refuses %s with %i', async (path, status) => {
    const reply = await call(path)
    expect([reply.status, reply.json]).toEqual([status, { detail: expect.any(String) }])
  })

  test('60 a second over any second, then 429', async () => {
    const refused = async (count: number): Promise<number> => {
      const replies = await Promise.all(Array.from({ length: count }, () => call('/v1/account/credits')))
      return replies.filter(({ status }) => status === 429).length
    }
    expect(await refused(60)).toBe(0)
    now += 999
    expect(await refused(1)).toBe(1)
    now += 1
    expect(await refused(59)).toBe(0)
  })

  test('a key that is nearly used up takes two records, and has them back after misses', async () => {
    const key = DROPCONTACT_KEYS.nearlyUsedUp
    expect((await submit([NOBODY, ADA, ADA], {}, key)).status).toBe(403)
    expect((await submit([NOBODY, ADA], {}, key)).json.credits_left).toBe(0)
    const refused = await submit([ADA], {}, key)
    expect([refused.status, refused.json]).toEqual([403, { error: true, reason: 'Not enough credits', success: false }])
    now += 30_000
    expect(await left(key)).toBe(1)
  })

  test('the slow domain takes longer, and the same tickets wait the same time again', async () => {
    const readyAfter = async (website: string): Promise<number> => {
      vendors.reset()
      const { json } = await submit([{ ...ADA, website }])
      for (let waited = 0; ; waited += 100, now += 100)
        if ((await call(`${ALL}/${json.request_id}`)).json.success) return waited
    }
    const usual = await readyAfter('everyone.example')
    expect(await readyAfter('everyone.example')).toBe(usual)
    expect(await readyAfter('slow.example')).toBe(usual + 4000)
  })
})
