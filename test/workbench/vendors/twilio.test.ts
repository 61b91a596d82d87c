import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { TWILIO_KEYS } from '../../../workbench/vendors/simulated/twilio'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'lookups.twilio.com'
const FRENCH = '%2B33199001234'
const SWEDISH = '%2B46701740650'
const TYPE = '?Fields=line_type_intelligence'

let vendors: Vendors
beforeAll(async () => {
  vendors = await startVendors()
})
afterAll(() => vendors.stop())
beforeEach(() => vendors.reset())

const basic = (key: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(key).toString('base64')}`,
})
const look = (path: string, sent: Sent = {}): Promise<Reply> =>
  ask(vendors, HOST, `/v2/PhoneNumbers/${path}`, { headers: basic(TWILIO_KEYS.large), ...sent })

test('a line has the fields that are documented, costs one and is in the books', async () => {
  const { status, json } = await look(SWEDISH + TYPE)
  expect(status).toBe(200)
  expect(json).toEqual({
    calling_country_code: '46',
    country_code: 'SE',
    phone_number: '+46701740650',
    national_format: '070-174 06 50',
    valid: true,
    validation_errors: null,
    caller_name: null,
    line_type_intelligence: {
      error_code: null,
      mobile_country_code: '240',
      mobile_network_code: '01',
      carrier_name: 'Example Mobile',
      type: 'mobile',
    },
    url: 'https://lookups.twilio.com/v2/PhoneNumbers/+46701740650',
  })
  expect(vendors.calls()).toMatchObject([
    { operation: 'PhoneNumbers', questions: ['+46701740650 line_type_intelligence'], credits: 1 },
  ])
  expect(JSON.stringify(vendors.calls())).not.toContain('simulated-twilio-token')
})

test('validation alone is free; a national number needs its country', async () => {
  expect((await look(FRENCH)).json).toMatchObject({ valid: true, line_type_intelligence: null })
  expect((await look('0199001234?CountryCode=FR')).json).toMatchObject({ valid: true, phone_number: '+33199001234' })
  expect((await look('0199001234')).json).toMatchObject({ valid: false, validation_errors: ['INVALID_COUNTRY_CODE'] })
  expect(vendors.charged(HOST)).toBe(0)
})

test('a fixed line has no mobile network, and nothing is known of a number that somebody may have', async () => {
  expect((await look(FRENCH + TYPE)).json.line_type_intelligence).toMatchObject({
    mobile_country_code: null,
    type: expect.stringMatching(/^(landline|fixedVoip)$/),
  })
  expect((await look(`%2B491713920012${TYPE}`)).json.line_type_intelligence).toMatchObject({ type: 'mobile' })
  expect((await look(`%2B33612345678${TYPE}`)).json.line_type_intelligence).toMatchObject({
    type: 'unknown',
    carrier_name: null,
  })
})

test.each<[string, string]>([
  ['%2B336123', 'TOO_SHORT'],
  ['%2B3361234567899', 'TOO_LONG'],
  ['%2B33012345678', 'INVALID_BUT_POSSIBLE'],
  ['%2B999123456', 'INVALID_COUNTRY_CODE'],
  ['abc', 'NOT_A_NUMBER'],
])('%s is %s: 200, all null, free', async (number, fault) => {
  const { status, json } = await look(number + TYPE)
  expect(status).toBe(200)
  expect(json).toMatchObject({ valid: false, validation_errors: [fault], phone_number: null, country_code: null })
  expect(json).toMatchObject({ line_type_intelligence: null })
  expect(vendors.charged(HOST)).toBe(0)
})

test.each<[string, string, Sent, number, number]>([
  ['no key', FRENCH, { headers: {} }, 401, 20_003],
  ['a wrong key', FRENCH, { headers: basic('AC1:wrong') }, 401, 20_003],
  ['a bearer', FRENCH, { headers: { authorization: `Bearer ${TWILIO_KEYS.large}` } }, 401, 20_003],
  ['POST', FRENCH, { method: 'POST' }, 405, 20_004],
  ['a body', FRENCH, { method: 'GET', body: '{}' }, 400, 20_001],
  ['an unknown parameter', `${FRENCH}?fields=line_type_intelligence`, {}, 400, 20_001],
  ['an unknown field', `${FRENCH}?Fields=sim_swap`, {}, 400, 20_001],
  ['a parameter twice', `${FRENCH}${TYPE}&Fields=caller_name`, {}, 400, 20_001],
  ['an unknown country', `${FRENCH}?CountryCode=XX`, {}, 400, 20_001],
  ['no number', '', {}, 404, 20_404],
  ['a longer path', `${FRENCH}/carrier`, {}, 404, 20_404],
])('refuses %s', async (_, path, sent, status, code) => {
  const reply = await look(path, sent)
  expect([reply.status, reply.json.code, reply.json.status]).toEqual([status, code, status])
  expect(Object.keys(reply.json)).toEqual(['code', 'message', 'more_info', 'status'])
  expect([vendors.charged(HOST), vendors.calls()[0]?.questions]).toEqual([0, []])
})

test('does not play the batch, whose shapes are not known', async () => {
  const sent = { headers: basic(TWILIO_KEYS.large), body: { phone_numbers: [] } }
  expect((await ask(vendors, HOST, '/v2/batch/query', sent)).status).toBe(404)
})

test('money runs out for paid fields alone', async () => {
  const sent = { headers: basic(TWILIO_KEYS.nearlyUsedUp) }
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await look(FRENCH + TYPE, sent)).status)
  expect(statuses).toEqual([200, 200, 403])
  expect((await look(FRENCH, sent)).status).toBe(200)
})

test('throttled in its own way', async () => {
  vendors.weather(HOST, { throttle: 1 })
  expect(await look(FRENCH)).toMatchObject({ status: 429, json: { code: 20_429 } })
})
