import { APOLLO_KEYS } from '../../../workbench/vendors/simulated/apollo'
import type { Vendors } from '../../../workbench/vendors/contract'
import { DERRICK_KEYS } from '../../../workbench/vendors/simulated/derrick'
import { DROPCONTACT_KEYS } from '../../../workbench/vendors/simulated/dropcontact'
import { FINDYMAIL_KEYS } from '../../../workbench/vendors/simulated/findymail'
import { FULL_ENRICH_KEYS } from '../../../workbench/vendors/simulated/full_enrich'
import { HUNTER_KEYS } from '../../../workbench/vendors/simulated/hunter'
import { startVendors } from '../../../workbench/vendors/index'
import { PEOPLE_DATA_LABS_KEYS } from '../../../workbench/vendors/simulated/people_data_labs'
import { createWorld } from '../../../workbench/vendors/people'
import { PROSPEO_KEYS } from '../../../workbench/vendors/simulated/prospeo'
import { THE_COMPANIES_API_KEYS } from '../../../workbench/vendors/simulated/the_companies_api'
import { WAPPALYZER_KEYS } from '../../../workbench/vendors/simulated/wappalyzer'
import { ask, type Json, type Sent } from './ask'

const world = createWorld('world')
/** Everybody knows everybody at this domain; its company has a mobile range of its country. */
const DOMAIN = 'everyone.example'
const LAST = ['Nowak', 'Lind', 'Ferrant', 'Holm', 'Duval', 'Marsh', 'Okoro', 'Brandt']
const person = LAST.map((last) => world.person({ first: 'Ada', last, domain: DOMAIN })!).find(
  ({ linkedinHandle }) => linkedinHandle !== null,
)!
const PAGE = `https://www.linkedin.com/in/${person.linkedinHandle}`
const EMAIL = person.mailbox!.email

let vendors: Vendors
let now = 1_000_000
beforeAll(async () => {
  vendors = await startVendors({ clock: () => now })
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

const say = async (host: string, path: string, sent: Sent = {}): Promise<Json> =>
  (await ask(vendors, host, path, sent)).json
const hunter = (path: string): Promise<Json> =>
  say('api.hunter.io', `/v2/${path}`, { headers: { 'x-api-key': HUNTER_KEYS.large } })
const pdl = (path: string): Promise<Json> =>
  say('api.peopledatalabs.com', `/v5/${path}`, { headers: { 'x-api-key': PEOPLE_DATA_LABS_KEYS.large } })
const apollo = (method: string, path: string): Promise<Json> =>
  say('api.apollo.io', `/api/v1/${path}`, { method, headers: { 'x-api-key': APOLLO_KEYS.large } })
const prospeo = (path: string, body: object): Promise<Json> =>
  say('api.prospeo.io', `/${path}`, { body, headers: { 'x-key': PROSPEO_KEYS.large } })
const derrick = (slug: string, data: object): Promise<Json> =>
  say('app1.derrick-app.com', `/api/v1/${slug}`, { body: { data }, headers: { 'x-api-key': DERRICK_KEYS.large } })
const findymail = (path: string, body: object): Promise<Json> =>
  say('app.findymail.com', `/api/${path}`, { body, headers: { authorization: `Bearer ${FINDYMAIL_KEYS.large}` } })
const dropcontact = async (record: object): Promise<Json> => {
  const headers = { 'x-access-token': DROPCONTACT_KEYS.large }
  const { request_id } = await say('api.dropcontact.com', '/v1/enrich/all', {
    body: { data: [record], siren: true },
    headers,
  })
  now += 30_000
  return (await say('api.dropcontact.com', `/v1/enrich/all/${request_id}`, { headers })).data[0]
}
const fullEnrich = async (contact: object): Promise<Json> => {
  const headers = { authorization: `Bearer ${FULL_ENRICH_KEYS.large}` }
  const path = '/api/v2/contact/enrich/bulk'
  const data = [{ ...contact, enrich_fields: ['contact.work_emails', 'contact.phones'] }]
  const { enrichment_id } = await say('app.fullenrich.com', path, { body: { name: 'x', data }, headers })
  now += 30_000
  return (await say('app.fullenrich.com', `${path}/${enrichment_id}`, { headers })).data[0]
}

test('the page that a name search printed leads back to the same person at every vendor', async () => {
  const { data } = await hunter(`email-finder?first_name=Ada&last_name=${person.lastName}&domain=${DOMAIN}`)
  expect([data.linkedin_url, data.email]).toEqual([PAGE, EMAIL])
  const profile = encodeURIComponent(PAGE)
  expect((await hunter(`people/find?linkedin_handle=${person.linkedinHandle}`)).data.email).toBe(EMAIL)
  expect((await pdl(`person/enrich?profile=${profile}`)).data.work_email).toBe(EMAIL)
  expect((await apollo('POST', `people/match?linkedin_url=${profile}`)).person.email).toBe(EMAIL)
  expect((await prospeo('enrich-person', { data: { linkedin_url: PAGE } })).person.email.email).toBe(EMAIL)
  expect((await findymail('search/linkedin', { linkedin_url: PAGE })).contact.email).toBe(EMAIL)
  expect((await dropcontact({ linkedin: PAGE })).email[0].email).toBe(EMAIL)
  expect((await fullEnrich({ linkedin_url: PAGE })).contact_info.most_probable_work_email.email).toBe(EMAIL)
})

test.each([
  ['Jean Paul', 'de la Tour', 'everyone.example'],
  ['Émile', 'Huët', 'my-shop.example'],
  ['Ada', 'Nowak', 'shop.acme.test'],
  ['Ada', 'Nowak', 'example.com'],
  ['Ada', 'Nowak2', 'shop.example.org'],
])('the handle of %s %s at %s is nobody else’s', (first, last, name) => {
  for (let i = 0; i < 8; i++) {
    const printed = world.person({ first: `${first}${'abcdefgh'[i]}`, last, domain: name })!
    if (printed.linkedinHandle === null) continue
    const { linkedinHandle, mailbox, position, domain } = printed
    expect(world.personOfHandle(linkedinHandle)).toMatchObject({ linkedinHandle, mailbox, position, domain })
    expect(world.domainOfHandle(linkedinHandle.toUpperCase())).toBe(name)
  }
})

test('a person has one mobile and one title', async () => {
  const profile = encodeURIComponent(PAGE)
  const { data } = await pdl(`person/enrich?profile=${profile}`)
  const hooked = `people/match?linkedin_url=${profile}&reveal_phone_number=true&webhook_url=https%3A%2F%2Fhooks.example.com`
  const matched = await ask(vendors, 'api.apollo.io', `/api/v1/${hooked}`, {
    method: 'POST',
    headers: { 'x-api-key': APOLLO_KEYS.large },
  })
  now += 10_000
  const id = /"request_id":(-?\d+)/.exec(matched.text)?.[1]
  const { webhook_result } = await apollo('GET', `webhook_result/${id}`)
  const record = await dropcontact({ linkedin: PAGE })
  const contact = await fullEnrich({ linkedin_url: PAGE })
  const bare = (text: string | null | undefined): string => (text ?? '').replace(/ /g, '')
  const mobiles = [
    data.mobile_phone,
    webhook_result.people[0].phone_numbers[0]?.sanitized_number,
    (await prospeo('enrich-person', { data: { linkedin_url: PAGE }, enrich_mobile: true })).person.mobile.mobile,
    record.mobile_phone,
    contact.contact_info.most_probable_phone?.number,
  ].map(bare)
  expect(new Set(mobiles).size).toBe(1)
  const titles = [data.job_title, matched.json.person.title, record.job, contact.profile.headline]
  expect(new Set(titles.map((title: string | null) => (title ?? '').toLowerCase())).size).toBe(1)
})

test('a company has one city, size, year, page and set of technologies', async () => {
  const tca = await say('api.thecompaniesapi.com', `/v2/companies/${DOMAIN}`, {
    headers: { authorization: `Basic ${THE_COMPANIES_API_KEYS.large}` },
  })
  const { organization } = await apollo('GET', `organizations/enrich?domain=${DOMAIN}`)
  const atPdl = await pdl(`company/enrich?website=${DOMAIN}`)
  const { company } = await prospeo('enrich-company', { data: { company_website: DOMAIN } })
  const atHunter = (await hunter(`companies/find?domain=${DOMAIN}`)).data
  const record = await dropcontact({ email: EMAIL })
  const { profile } = await fullEnrich({ first_name: 'Ada', last_name: 'Nowak', domain: DOMAIN })
  const employer = profile.employment.current.company
  const wappalyzer = await say('api.wappalyzer.com', `/v2/lookup?urls=https://${DOMAIN}`, {
    headers: { 'x-api-key': WAPPALYZER_KEYS.large },
  })
  const lei = await say('api.gleif.org', '/api/v1/lei-records?filter[entity.legalName]=Everyone')
  const { entity } = lei.data[0].attributes
  const only = (...values: unknown[]): void => expect(new Set(values).size).toBe(1)
  const page = (text: string): string => text.replace(/^.*company\//, '')

  only(
    tca.locations.headquarters.city.name.toLowerCase(),
    atPdl.location.locality,
    company.location.city.toLowerCase(),
    atHunter.location.split(',')[0].toLowerCase(),
    profile.location.city.toLowerCase(),
    entity.legalAddress.city.toLowerCase(),
  )
  only(
    tca.about.totalEmployeesExact,
    organization.estimated_num_employees,
    atPdl.employee_count,
    company.employee_count,
    Number(record.employee_count),
    employer.headcount,
  )
  only(
    tca.about.yearFounded,
    organization.founded_year,
    atPdl.founded,
    company.founded,
    atHunter.foundedYear,
    employer.year_founded,
    Number(entity.creationDate.slice(0, 4)),
  )
  only(
    page(tca.socials.linkedin.url),
    page(organization.linkedin_url),
    page(atPdl.linkedin_url),
    page(company.linkedin_url),
    page(record.company_linkedin),
    page((await findymail('search/company', { domain: DOMAIN })).linkedin_url),
    page((await derrick('search_companies', { queryValue: DOMAIN })).data.companyUrl),
  )
  only(
    tca.technologies.active.join(),
    organization.technology_names.join(),
    company.technology.technology_names.join(),
    atHunter.tech.join(),
    wappalyzer[0].technologies.map(({ slug }: Json) => slug).join(),
  )
  const tech = (await derrick('find_tech', { website_url: DOMAIN })).data.technologies
  expect(tech).toBe(wappalyzer[0].technologies.map(({ name }: Json) => name).join(', '))
})

test('250 records of Dropcontact with 15 kB each are read', async () => {
  const data = Array.from({ length: 250 }, () => ({ first_name: 'Ada', job: 'x'.repeat(14_900) }))
  const headers = { 'x-access-token': DROPCONTACT_KEYS.large }
  expect((await ask(vendors, 'api.dropcontact.com', '/v1/enrich/all', { body: { data }, headers })).status).toBe(200)
})
