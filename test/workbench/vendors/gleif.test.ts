import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Reply, type Sent } from './ask'

const HOST = 'api.gleif.org'
const FILTER = 'filter%5Bentity.legalName%5D'
const EVERYONE = `lei-records?${FILTER}=Everyone%20Inc.`

let vendors: Vendors
let now = 1_000_000
beforeAll(async () => {
  vendors = await startVendors({ clock: () => now })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 60_000
  vendors.reset()
})

const get = (path: string, sent: Sent = {}): Promise<Reply> => {
  now += 1000
  return ask(vendors, HOST, `/api/v1/${path}`, { headers: { accept: 'application/vnd.api+json' }, ...sent })
}

test('a record has the fields that are documented and a checked number', async () => {
  const { status, json, headers } = await get(`${EVERYONE}&page%5Bsize%5D=5&page%5Bnumber%5D=1`)
  expect([status, headers['content-type']]).toEqual([200, 'application/vnd.api+json'])
  expect(json.meta).toMatchObject({
    goldenCopy: { publishDate: expect.any(String) },
    pagination: { currentPage: 1, perPage: 5, from: 1, total: json.data.length, lastPage: 1 },
  })
  const [record] = json.data
  expect(Object.keys(record.attributes.entity)).toEqual(
    'legalName otherNames legalAddress headquartersAddress registeredAt registeredAs jurisdiction category legalForm status creationDate'.split(
      ' ',
    ),
  )
  expect(record).toMatchObject({
    type: 'lei-records',
    attributes: {
      lei: record.id,
      entity: { legalName: { name: 'EVERYONE INC.', language: 'en' }, jurisdiction: 'US', status: 'ACTIVE' },
      bic: null,
    },
  })
  const digits = [...(record.id as string)].map((sign) => parseInt(sign, 36)).join('')
  expect([record.id.length, BigInt(digits) % 97n]).toEqual([20, 1n])
  expect(vendors.calls()).toMatchObject([{ operation: 'lei-records', questions: ['everyone inc 1/5'], credits: 0 }])
})

test('an LEI that was given out has its record; another is 404', async () => {
  const [record] = (await get(EVERYONE)).json.data
  expect((await get(`lei-records/${record.id}`)).json.data).toEqual(record)
  const { status, json } = await get('lei-records/EXMP0000000000000000')
  expect([status, json]).toEqual([
    404,
    { errors: [{ status: '404', title: expect.any(String), detail: expect.any(String) }] },
  ])
})

test('a French number leads to the French register', async () => {
  for (let i = 0; i < 55; i++) {
    const [record] = (await get(`lei-records?${FILTER}=Firma${i}`)).json.data
    if (record?.attributes.entity.jurisdiction !== 'FR') continue
    const { registeredAs, registeredAt } = record.attributes.entity
    const { json } = await ask(vendors, 'recherche-entreprises.api.gouv.fr', `/search?q=${registeredAs}`)
    expect([registeredAt.id, json.results[0]?.siren ?? registeredAs]).toEqual(['RA000189', registeredAs])
    return
  }
  throw new Error('No French company was known')
})

test('a miss is 200 without data', async () => {
  const { status, json } = await get(`lei-records?${FILTER}=Nobody&page%5Bnumber%5D=9`)
  expect([status, json.data, json.meta.pagination.from]).toEqual([200, [], null])
})

test.each(['fuzzycompletions', 'autocompletions'])('%s lead to records', async (kind) => {
  const { json } = await get(`${kind}?field=entity.legalName&q=everyone`)
  const [first] = json.data
  expect(first).toMatchObject({ type: kind, attributes: { value: 'EVERYONE INC.' } })
})

test('a completion may lead nowhere', async () => {
  const found: { readonly relationships?: object }[] = []
  for (let i = 0; i < 50; i++)
    found.push(...(await get(`fuzzycompletions?field=entity.legalName&q=Firma${i}`)).json.data)
  expect(found.length).toBeGreaterThan(10)
  expect(new Set(found.map((each) => each.relationships !== undefined))).toEqual(new Set([true, false]))
})

test.each<[string, string, Sent, number]>([
  ['no name', 'lei-records', {}, 400],
  ['an unknown filter', `${EVERYONE}&filter%5Bentity.country%5D=FR`, {}, 400],
  ['a parameter twice', `${EVERYONE}&${FILTER}=Other`, {}, 400],
  ['201 a page', `${EVERYONE}&page%5Bsize%5D=201`, {}, 400],
  ['page 0', `${EVERYONE}&page%5Bnumber%5D=0`, {}, 400],
  ['another field', 'fuzzycompletions?field=owns&q=everyone', {}, 400],
  ['an empty completion', 'fuzzycompletions?field=entity.legalName&q=', {}, 400],
  ['another path', 'countries', {}, 404],
  ['POST', EVERYONE, { method: 'POST' }, 405],
  ['HTML', EVERYONE, { headers: { accept: 'text/html' } }, 406],
])('refuses %s', async (_, path, sent, status) => {
  const reply = await get(path, sent)
  expect([reply.status, reply.json.errors[0].status]).toEqual([status, String(status)])
  expect(vendors.calls()[0]?.questions).toEqual([])
})

test('60 over any minute', async () => {
  const once = async (): Promise<number> => (await ask(vendors, HOST, `/api/v1/${EVERYONE}`)).status
  const statuses: number[] = []
  for (let i = 0; i < 60; i++) statuses.push(await once())
  now += 59_999
  expect([new Set(statuses), await once()]).toEqual([new Set([200]), 429])
  now += 60_000
  expect(await once()).toBe(200)
})
