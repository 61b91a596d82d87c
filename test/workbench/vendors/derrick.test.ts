import type { Vendors } from '../../../workbench/vendors/contract'
import { DERRICK_KEYS } from '../../../workbench/vendors/simulated/derrick'
import { startVendors } from '../../../workbench/vendors/index'
import { createWorld, mobileOf } from '../../../workbench/vendors/people'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'app1.derrick-app.com'
const ADA = { fullName: 'Ada Nowak', company: 'everyone.example' }

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

const call = (path: string, sent: Sent = {}, key: string = DERRICK_KEYS.large): Promise<Reply> =>
  ask(vendors, HOST, `/api/v1/${path}`, { ...sent, headers: { 'x-api-key': key, ...sent.headers } })
const act = (slug: string, data: object, key?: string): Promise<Reply> => call(slug, { body: { data } }, key)

describe('derrick', () => {
  test('an address has the documented answer, five credits and its place in the books', async () => {
    const reply = await act('find_email', { ...ADA, linkedinCompanyURL: 'https://www.linkedin.com/company/everyone' })
    expect([reply.status, reply.json]).toEqual([
      200,
      {
        success: true,
        data: { email: 'ada.nowak@everyone.example', emailStatus: 'Valid' },
        credits: { used: 5, remaining: 199_995 },
      },
    ])
    expect(vendors.calls()).toMatchObject([
      { operation: 'find_email', questions: ['ada nowak | everyone.example'], credits: 5 },
    ])
    expect((await call('account')).json).toEqual({
      success: true,
      account: { name: expect.any(String), email: expect.any(String), credits: { remaining: 199_995 } },
    })
  })

  test.each<[string, object, boolean]>([
    ['a miss', { ...ADA, company: 'nobody.example' }, false],
    ['a company', { ...ADA, company: 'Everyone GmbH' }, true],
    ['a web address', { ...ADA, company: 'https://www.everyone.example/about' }, true],
    ['a catch-all, which is not valid', { ...ADA, company: 'catchall.example' }, false],
    ['an unsure server', { ...ADA, company: 'unsure.example' }, false],
    ['a real domain', { ...ADA, company: 'derrick-app.com' }, false],
    ['who objected', { fullName: 'Olga Silent', company: 'example.org' }, false],
    ['one name alone', { ...ADA, fullName: 'Ada' }, false],
  ])('the address of %s costs on success only', async (_, data, isFound) => {
    const { status, json } = await act('find_email', data)
    expect([status, json.success, json.data.email !== '', json.credits.used]).toEqual([
      200,
      true,
      isFound,
      isFound ? 5 : 0,
    ])
    expect(vendors.charged(HOST)).toBe(isFound ? 5 : 0)
  })

  test('it knows 40 % of those who exist', async () => {
    let found = 0
    for (let i = 0; i < 200; i++) {
      if (i % 60 === 0) now += 60_000
      if ((await act('find_email', { fullName: `Ada N${i}`, company: 'example.com' })).json.data.email) found++
    }
    // 40 % of the 70 % that have an address, less the 6 % that are not sure.
    expect(found).toBeGreaterThan(32)
    expect(found).toBeLessThan(76)
  })

  test.each([
    ['ada.nowak@everyone.example', '^(valid|ultra_sure|sure)$'],
    ['ada@catchall.example', '^risky$'],
    ['ada@freemail.example', '^risky$'],
    ['ada@throwaway.example', '^invalid$'],
    ['ada@nobody.example', '^invalid$'],
    ['ada@unsure.example', '^not_found$'],
    ['ada@derrick-app.com', '^not_found$'],
    ['olga.silent@example.org', '^not_found$'],
  ])('the verdict on %s costs one whatever it is', async (email, certainty) => {
    const { json } = await act('verify_email', { email })
    expect(json.data).toEqual({ certainty: expect.stringMatching(new RegExp(certainty)) })
    expect(vendors.charged(HOST)).toBe(1)
  })

  test('a phone costs 150 on success only', async () => {
    const world = createWorld('world')
    const handles = Array.from({ length: 100 }, (_, i) => `ada-n${String.fromCharCode(97 + (i % 26))}w-${i}`)
    const numbers: string[] = []
    for (const handle of handles) {
      now += 1100
      const { json } = await act('find_phone', { linkedinProfilUrl: `https://www.linkedin.com/in/${handle}/` })
      if (!json.data.number) continue
      numbers.push(json.data.number)
      const person = world.personOfHandle(handle)!
      expect(json.data).toEqual({ number: mobileOf(person), country: person.domain.country })
      expect(json.credits.used).toBe(150)
    }
    expect(numbers.length).toBeGreaterThan(2)
    expect(vendors.charged(HOST)).toBe(150 * numbers.length)
  })

  test.each<[string, object, string, number]>([
    [
      'search_linkedin_profile',
      { queryValue: 'Ada Nowak', companyValue: 'Everyone' },
      'url title description confidence',
      1,
    ],
    ['search_companies', { queryValue: 'Everyone' }, 'companyUrl companyName activityArea confidence', 1],
    ['enrich_profile', { queryValue: 'https://www.linkedin.com/in/ada-nowak' }, '', 1],
    ['enrich_companies', { queryValue: 'https://www.linkedin.com/company/everyone' }, '', 1],
    [
      'website_contact_social',
      { website_url: 'everyone.example' },
      'email phone Twitter Facebook LinkedIn Instagram',
      2,
    ],
    ['find_tech', { website_url: 'https://everyone.example' }, 'cms urlStatus technologies', 2],
    ['find_tech', { website_url: 'https://derrick-app.com' }, 'cms urlStatus technologies', 2],
    [
      'website_crawler',
      { url_column: 'https://everyone.example/' },
      'pageTitle pageLength pageHeadings pageDescription',
      2,
    ],
    ['get_name_from_email', { queryValue: 'ada.nowak@example.com' }, 'domain lastname firstname', 0],
    ['find_gender', { queryValue: 'Ada Nowak' }, 'gender isMixed fullName lastname firstname', 1],
    [
      'is_hiring',
      { companyLinkedinUrl: 'https://www.linkedin.com/company/everyone', country: 'FR' },
      'jobsUrl isHiring topJobTitles openPositions',
      1,
    ],
  ])('%s has its fields and its price', async (slug, data, fields, credits) => {
    const { status, json } = await act(slug, data)
    expect([status, json.success, Object.keys(json.data)]).toEqual([200, true, fields.split(' ').filter(Boolean)])
    expect([json.credits.used, vendors.charged(HOST)]).toEqual([credits, credits])
    expect(vendors.calls()[0]).toMatchObject({ operation: slug, questions: [expect.any(String)] })
  })

  test('names and genders', async () => {
    expect((await act('get_name_from_email', { queryValue: 'ada.nowak@example.com' })).json.data).toEqual({
      domain: 'example.com',
      lastname: 'Nowak',
      firstname: 'Ada',
    })
    expect((await act('find_gender', { queryValue: 'Ada Nowak' })).json.data.gender).toBe('female')
  })

  test('the catalogue needs no key', async () => {
    const { status, json } = await ask(vendors, HOST, '/api/v1/docs/actions')
    expect([status, json.success]).toEqual([200, true])
    expect(json.actions).toContainEqual({
      apiSlug: 'find_email',
      inputs: ['fullName', 'company', 'linkedinCompanyURL'],
      credits: 5,
    })
  })

  test.each<[string, string, Sent, number, string]>([
    ['no key', 'find_email', { body: { data: ADA }, headers: { 'x-api-key': '' } }, 401, 'AUTH'],
    ['no key for the account', 'account', { headers: { 'x-api-key': '' } }, 401, 'AUTH'],
    ['a key of a plan without API', 'account', { headers: { 'x-api-key': DERRICK_KEYS.withoutApi } }, 403, 'PLAN'],
    ['inputs outside data', 'find_email', { body: ADA }, 400, 'VALIDATION'],
    ['a field beside data', 'find_email', { body: { data: ADA, mode: 'fast' } }, 400, 'VALIDATION'],
    ['a missing input', 'find_email', { body: { data: { fullName: 'Ada Nowak' } } }, 400, 'VALIDATION'],
    ['an empty input', 'find_email', { body: { data: { ...ADA, company: ' ' } } }, 400, 'VALIDATION'],
    ['an unknown input', 'find_email', { body: { data: { ...ADA, domain: 'example.com' } } }, 400, 'VALIDATION'],
    ['a number', 'find_email', { body: { data: { ...ADA, company: 1 } } }, 400, 'VALIDATION'],
    ['a list', 'find_email', { body: { data: [ADA] } }, 400, 'VALIDATION'],
    ['half a body', 'find_email', { body: '{"data":' }, 400, 'VALIDATION'],
    ['a form', 'find_email', { body: 'a=1', headers: { 'content-type': 'text/plain' } }, 400, 'VALIDATION'],
    ['a query', 'find_email?a=1', { body: { data: ADA } }, 400, 'VALIDATION'],
    ['a query of the account', 'account?a=1', {}, 400, 'VALIDATION'],
    ['GET of an action', 'find_email', {}, 405, 'METHOD_NOT_ALLOWED'],
    ['POST of the account', 'account', { body: {} }, 405, 'METHOD_NOT_ALLOWED'],
    ['another action', 'push_to_lemlist', { body: { data: {} } }, 404, 'NOT_FOUND'],
    ['a name of every object', 'constructor', { body: { data: {} } }, 404, 'NOT_FOUND'],
  ])('refuses %s', async (_, path, sent, status, errorType) => {
    const reply = await call(path, sent)
    expect([reply.status, reply.json]).toEqual([status, { success: false, error: expect.any(String), errorType }])
    expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
  })

  test('60 calls a minute over any minute', async () => {
    const replies = await Promise.all(Array.from({ length: 60 }, () => act('find_email', ADA)))
    expect(replies.filter(({ status }) => status !== 200)).toEqual([])
    now += 59_999
    const refused = await act('find_email', ADA)
    expect([refused.status, refused.json.errorType]).toEqual([429, 'RATE_LIMIT'])
    now += 1
    expect((await act('find_email', ADA)).status).toBe(200)
  })

  test('a key that is nearly used up has no credits after one find and one verdict', async () => {
    const key = DERRICK_KEYS.nearlyUsedUp
    expect((await act('find_email', ADA, key)).json.credits).toEqual({ used: 5, remaining: 1 })
    const refused = await act('find_email', ADA, key)
    expect([refused.status, refused.json.errorType]).toEqual([402, 'CREDITS'])
    expect((await act('verify_email', { email: 'ada@example.com' }, key)).json.credits.remaining).toBe(0)
    expect((await act('get_name_from_email', { queryValue: 'ada@example.com' }, key)).status).toBe(200)
    expect((await act('verify_email', { email: 'ada@example.com' }, key)).status).toBe(402)
  })

  test('the slow domain takes its time', async () => {
    const started = performance.now()
    await act('find_email', { ...ADA, company: 'slow.example' })
    expect(performance.now() - started).toBeGreaterThan(50)
  })
})
