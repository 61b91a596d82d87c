import type { Vendors } from '../../../workbench/vendors/contract'
import { FULL_ENRICH_KEYS } from '../../../workbench/vendors/simulated/full_enrich'
import { startVendors } from '../../../workbench/vendors/index'
import { createWorld, mobileOf } from '../../../workbench/vendors/people'
import { ask, type Json, type Reply, type Sent } from './ask'

const HOST = 'app.fullenrich.com'
const BULK = 'contact/enrich/bulk'
const REVERSE = 'contact/reverse/email/bulk'
const ADA = {
  first_name: 'Ada',
  last_name: 'Nowak',
  domain: 'everyone.example',
  enrich_fields: ['contact.work_emails'],
}

/** People at the domain where everybody is found, with and without a phone. */
const NAMES = Array.from({ length: 40 }, (_, i) => `N${String.fromCharCode(97 + (i % 26))}${i}`)
const world = createWorld('world')
const hasPhone = (last: string): boolean =>
  mobileOf(world.person({ first: 'Ada', last, domain: 'everyone.example' })!) !== null
const phoned = NAMES.find(hasPhone) as string
const phoneless = NAMES.find((last) => !hasPhone(last)) as string

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

const call = (path: string, sent: Sent = {}, key: string = FULL_ENRICH_KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, `/api/v2/${path}`, { ...sent, headers: { authorization: `Bearer ${key}`, ...sent.headers } })
const submit = (data: readonly object[], key?: string): Promise<Reply> =>
  call(BULK, { body: { name: 'run 1', data } }, key)
const results = async (data: readonly object[], key?: string): Promise<Reply> => {
  const { json } = await submit(data, key)
  now += 30_000
  return call(`${BULK}/${json.enrichment_id}?forceResults=true`, {}, key)
}
const balance = async (key?: string): Promise<number> => (await call('account/credits', {}, key)).json.balance

describe('full_enrich', () => {
  test('a submission, 400 until it is ready, then the documented result; one credit', async () => {
    const submitted = await submit([{ ...ADA, company_name: 'Everyone', linkedin_url: '', custom: { row: '12' } }])
    const id = submitted.json.enrichment_id as string
    expect([submitted.status, submitted.json]).toEqual([
      200,
      { enrichment_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
    now += 1999
    const early = await call(`${BULK}/${id}?forceResults=true`)
    expect([early.status, early.json]).toEqual([
      400,
      { code: 'error.enrichment.in_progress', message: 'Enrichment not ready, try again in 30 seconds' },
    ])
    now += 4001
    const ready = await call(`${BULK}/${id}`)
    const email = {
      email: 'ada.nowak@everyone.example',
      status: expect.stringMatching(/^(DELIVERABLE|HIGH_PROBABILITY)$/),
    }
    expect([ready.status, ready.json]).toEqual([
      200,
      {
        id,
        name: 'run 1',
        status: 'FINISHED',
        cost: { credits: 1 },
        data: [
          {
            input: {
              first_name: 'Ada',
              last_name: 'Nowak',
              company_domain: 'everyone.example',
              company_name: 'Everyone',
              professional_network_url: '',
            },
            custom: { row: '12' },
            contact_info: {
              most_probable_work_email: email,
              work_emails: [email],
              personal_emails: [],
              phones: [],
            },
            profile: expect.objectContaining({ id: expect.any(String), full_name: 'Ada Nowak' }),
          },
        ],
      },
    ])
    const { profile } = ready.json.data[0]
    expect([Object.keys(profile), Object.keys(profile.location), Object.keys(profile.employment.current)]).toEqual([
      ['id', 'full_name', 'headline', 'location', 'employment'],
      ['country', 'country_code', 'city', 'region'],
      ['title', 'is_current', 'company'],
    ])
    expect(profile.employment.current.company).toEqual({
      name: 'Everyone',
      domain: 'everyone.example',
      headcount: expect.any(Number),
      year_founded: expect.any(Number),
    })
    expect(vendors.calls().map(({ operation, questions, credits }) => [operation, questions, credits])).toEqual([
      ['enrich', ['ada nowak | everyone.example | contact.work_emails'], 1],
      ['result', [], 0],
      ['result', [], 0],
    ])
    expect(await balance()).toBe(49_999)
  })

  test.each<[string, object, string | undefined, number]>([
    ['a miss', { ...ADA, domain: 'nobody.example' }, undefined, 0],
    ['a catch-all, which is paid', { ...ADA, domain: 'catchall.example' }, 'CATCH_ALL', 1],
    ['an unsure server', { ...ADA, domain: 'unsure.example' }, 'HIGH_PROBABILITY', 1],
    ['a company', { ...ADA, domain: '', company_name: 'Everyone GmbH' }, '(DELIVERABLE|HIGH_PROBABILITY)', 1],
    ['a real domain', { ...ADA, domain: 'fullenrich.com' }, undefined, 0],
    ['who objected', { ...ADA, first_name: 'Olga', last_name: 'Silent', domain: 'example.org' }, undefined, 0],
  ])('%s', async (_, contact, status, credits) => {
    const { json } = await results([contact])
    const { contact_info } = json.data[0]
    if (status === undefined) expect(contact_info).toEqual({ work_emails: [], personal_emails: [], phones: [] })
    else expect(contact_info.most_probable_work_email.status).toMatch(new RegExp(`^${status}$`))
    expect([json.cost.credits, vendors.charged(HOST)]).toEqual([credits, credits])
  })

  test('a phone costs ten, only when asked for and found', async () => {
    const fields = ['contact.work_emails', 'contact.phones']
    const people = [phoned, phoneless].map((last_name) => ({ ...ADA, last_name, enrich_fields: fields }))
    const { json } = await results(people)
    expect(json.cost).toEqual({ credits: 12 })
    const [one, other] = json.data
    expect(one.contact_info.phones).toEqual([
      { number: expect.stringMatching(/^\+\d+ [\d ]+$/), region: expect.stringMatching(/^[A-Z]{2}$/) },
    ])
    expect(one.contact_info.most_probable_phone).toEqual(one.contact_info.phones[0])
    expect('most_probable_phone' in other.contact_info).toBe(false)
    const mails = await results([{ ...ADA, last_name: phoned }])
    expect([mails.json.cost.credits, mails.json.data[0].contact_info.phones]).toEqual([0, []])
  })

  test('a personal address costs three, for about half of the people', async () => {
    const people = NAMES.map((last_name) => ({ ...ADA, last_name, enrich_fields: ['contact.personal_emails'] }))
    const { json } = await results(people)
    const found = json.data.filter(({ contact_info }: Json) => contact_info.most_probable_personal_email)
    expect(found.length).toBeGreaterThan(10)
    expect(found.length).toBeLessThan(30)
    expect(json.cost.credits).toBe(3 * found.length)
    expect(found[0].contact_info.personal_emails).toEqual([
      { email: expect.stringMatching(/@freemail\.example$/), status: 'DELIVERABLE' },
    ])
  })

  test('the reverse lookup gives a profile for an address, for one credit when it is found', async () => {
    const data = ['ada.nowak@everyone.example', 'ada.nowak@nobody.example'].map((email) => ({
      email,
      custom: { email },
    }))
    const { json } = await call(REVERSE, { body: { name: 'run 1', data } })
    expect((await call(`${REVERSE}/${json.enrichment_id}`)).status).toBe(400)
    now += 30_000
    const ready = await call(`${REVERSE}/${json.enrichment_id}`)
    expect([ready.status, ready.json]).toMatchObject([
      200,
      {
        status: 'FINISHED',
        cost: { credits: 1 },
        data: [{ custom: data[0]?.custom, profile: { full_name: 'Ada Nowak' } }, { profile: null }],
      },
    ])
    expect((await call(`${BULK}/${json.enrichment_id}`)).status).toBe(404)
    expect(vendors.charged(HOST)).toBe(1)
  })

  test('a handle is enough', async () => {
    const people = Array.from({ length: 20 }, (_, i) => ({
      linkedin_url: `https://www.linkedin.com/in/ada-n${String.fromCharCode(97 + i)}w-12`,
      enrich_fields: ['contact.work_emails'],
    }))
    const { json } = await results(people)
    const found = json.data.filter(({ contact_info }: Json) => contact_info.most_probable_work_email).length
    expect(found).toBeGreaterThan(2)
    expect(found).toBeLessThan(20)
  })

  test('it knows 60 % of those who exist', async () => {
    const people = Array.from({ length: 100 }, (_, i) => ({ ...ADA, last_name: `N${i}`, domain: 'example.com' }))
    const { json } = await results(people)
    // 60 % of the 70 % that have an address.
    expect(json.cost.credits).toBeGreaterThan(28)
    expect(json.cost.credits).toBeLessThan(56)
    expect(vendors.charged(HOST)).toBe(json.cost.credits)
  })

  test('the same contact is free for three months, but not inside one bulk and not in another spelling', async () => {
    const cost = async (...people: readonly object[]): Promise<number> => (await results(people)).json.cost.credits
    expect(await cost(ADA, ADA)).toBe(2)
    expect(await cost(ADA)).toBe(0)
    expect(await cost({ ...ADA, first_name: 'ADA' })).toBe(1)
    now += 89 * 24 * 3_600_000
    expect(await cost(ADA)).toBe(0)
    now += 2 * 24 * 3_600_000
    expect(await cost(ADA)).toBe(1)
    expect(vendors.charged(HOST)).toBe(4)
  })

  test('without credits, 402 with what there was', async () => {
    const key = FULL_ENRICH_KEYS.nearlyUsedUp
    const people = ['Aa', 'Bb', 'Cc'].map((last_name) => ({ ...ADA, last_name }))
    const { status, json } = await results(people, key)
    expect([status, json.status, json.cost, await balance(key)]).toEqual([
      402,
      'CREDITS_INSUFFICIENT',
      { credits: 2 },
      0,
    ])
    expect(json.data.map(({ contact_info }: Json) => 'most_probable_work_email' in contact_info)).toEqual([
      true,
      true,
      false,
    ])
  })

  const INVALID = { code: 'error.invalid_request', message: expect.any(String) }

  test.each<[string, unknown]>([
    ['no name of the run', { data: [ADA] }],
    ['no contacts', { name: 'x', data: [] }],
    ['101 contacts', { name: 'x', data: Array.from({ length: 101 }, () => ADA) }],
    ['an unknown field', { name: 'x', data: [ADA], mode: 'fast' }],
    ['an unknown field of a contact', { name: 'x', data: [{ ...ADA, email: 'a@example.com' }] }],
    ['a number', { name: 'x', data: [{ ...ADA, first_name: 1 }] }],
    ['no fields to find', { name: 'x', data: [{ ...ADA, enrich_fields: [] }] }],
    ['an unknown field to find', { name: 'x', data: [{ ...ADA, enrich_fields: ['contact.emails'] }] }],
    ['a name alone', { name: 'x', data: [{ ...ADA, domain: ' ' }] }],
    ['a domain alone', { name: 'x', data: [{ ...ADA, first_name: '' }] }],
    ['a custom number', { name: 'x', data: [{ ...ADA, custom: { row: 12 } }] }],
    ['a long custom text', { name: 'x', data: [{ ...ADA, custom: { row: 'x'.repeat(101) } }] }],
    [
      '11 custom fields',
      { name: 'x', data: [{ ...ADA, custom: Object.fromEntries(NAMES.slice(0, 11).map((name) => [name, ''])) }] },
    ],
    ['a webhook without https', { name: 'x', data: [ADA], webhook_url: 'http://hooks.example.com' }],
    ['an unknown event', { name: 'x', data: [ADA], webhook_events: { done: 'https://hooks.example.com' } }],
    ['half a body', '{"name":'],
  ])('refuses %s', async (_, body) => {
    const reply = await call(BULK, { body })
    expect([reply.status, reply.json]).toEqual([400, INVALID])
    expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
  })

  test.each<[string, string, Sent, number, string]>([
    ['a form', BULK, { body: '{}', headers: { 'content-type': 'text/plain' } }, 400, 'error.invalid_request'],
    ['no key', BULK, { body: {}, headers: { authorization: '' } }, 401, 'error.api.key'],
    ['a bare key', BULK, { body: {}, headers: { authorization: FULL_ENRICH_KEYS.large } }, 401, 'error.api.key'],
    ['an unknown id', `${BULK}/2db5ea61-1752-42cf-8ea1-ab1da060cd0a`, {}, 404, 'error.enrichment.not_found'],
    ['another parameter', `${BULK}/x?force=true`, {}, 400, 'error.invalid_request'],
    ['another value', `${BULK}/x?forceResults=1`, {}, 400, 'error.invalid_request'],
    ['a parameter of the account', 'account/credits?all=1', {}, 400, 'error.invalid_request'],
    ['GET', BULK, {}, 404, 'error.not_found'],
    ['another path', 'contact/reverse/phone/bulk', { body: {} }, 404, 'error.not_found'],
    [
      'an address that is none',
      REVERSE,
      { body: { name: 'x', data: [{ email: 'ada' }] } },
      400,
      'error.invalid_request',
    ],
  ])('%s is refused', async (_, path, sent, status, code) => {
    const reply = await call(path, sent)
    expect([reply.status, reply.json]).toEqual([status, { code, message: expect.any(String) }])
  })

  test('the id of another key is not found', async () => {
    const { json } = await submit([ADA])
    expect((await call(`${BULK}/${json.enrichment_id}`, {}, FULL_ENRICH_KEYS.nearlyUsedUp)).status).toBe(404)
  })

  test('60 calls a minute over any minute', async () => {
    const replies = await Promise.all(Array.from({ length: 60 }, () => call('account/credits')))
    expect(replies.filter(({ status }) => status !== 200)).toEqual([])
    now += 59_999
    const refused = await call('account/credits')
    expect([refused.status, refused.json]).toEqual([
      429,
      { code: 'error.rate.limit', message: 'Too many requests. Try again in 1m' },
    ])
    now += 1
    expect((await call('account/credits')).status).toBe(200)
  })

  test('the slow domain takes longer', async () => {
    const { json } = await submit([{ ...ADA, domain: 'slow.example' }])
    now += 5999
    expect((await call(`${BULK}/${json.enrichment_id}`)).status).toBe(400)
    now += 4001
    expect((await call(`${BULK}/${json.enrichment_id}`)).status).toBe(200)
  })
})
