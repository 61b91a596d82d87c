import { FIELD_NAMES } from '../../src/domain/field'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { COLLEAGUE, shown, startProduct, useHunter } from './product'
import { changeProperty, crowd, finds, HUNTER, REQUEST, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Notes']
const people = (from: number, to: number) =>
  crowd(to)
    .slice(from)
    .map((person) => [...person, 'everyone.example', '', ''])

let product: Product
afterEach(() => product.stop())
const start = async (rows: readonly (readonly string[])[], headers = HEADERS) => {
  product = await startProduct({ rows: [headers, ...rows] })
  await useHunter(product)
}
const type = (row: number, rows: readonly (readonly string[])[], tab = 'Leads') =>
  product.store.write(
    tabOf(product.store, tab).id,
    { row, column: 0, rows: rows.length, columns: rows[0]!.length },
    rows.map((cells) => cells.map((value) => ({ value: value === '' ? null : value }))),
  )
const save = (name = 'Weekly import', part: Partial<typeof REQUEST> = {}) =>
  product.call('saveRun', { name, request: { ...REQUEST, ...part } })
const overview = (saved?: string) =>
  product.call('overview', { scope: saved === undefined ? 'all' : 'added', mapping: {}, wanted: null, saved })
const properties = () => product.emulator.properties('document')

test('the weekly import: each run takes the rows that none before it had', async () => {
  await start(people(0, 3))
  const { id } = await save()
  const asked = { scope: 'added', saved: id } as const
  expect((await overview()).saved).toEqual([{ id, name: 'Weekly import' }])
  expect((await overview(id)).rowsInScope).toBe(3)
  // A trial has had its row alone.
  const trial = await product.enrich({ ...asked, sample: 1 })
  expect(trial).toMatchObject({ cellsWritten: 1, sample: { scope: 'added', rest: 2, saved: id } })
  expect((await overview(id)).rowsInScope).toBe(2)
  expect(await product.enrich(asked)).toMatchObject({ cellsWritten: 2 })
  await expect(product.call('receipt', { ...REQUEST, ...asked })).rejects.toThrow('No row was added since')

  type(4, people(3, 5))
  const { id: leads } = tabOf(product.store)
  product.store.sort(leads, { row: 1, column: 0, rows: 5, columns: 5 }, { column: 0, ascending: false })
  expect(await product.call('receipt', { ...REQUEST, ...asked })).toMatchObject({
    rows: { selected: 2, chargeable: 2 },
  })
  expect(await product.enrich(asked)).toMatchObject({ cellsWritten: 2, rows: { total: 2 } })
  expect(finds(product)).toHaveLength(5)
  expect(shown(product.store).filter((row) => row[3]?.includes('@'))).toHaveLength(5)

  // Another run fills a column that counts as input of this one: its rows are still the same.
  await product.enrich({ wanted: ['job_title'] })
  expect((await overview(id)).rowsInScope).toBe(0)
  // A row that a person changed is another one; so are all that somebody deleted from the hidden tab.
  type(1, [['Zoe']])
  expect((await overview(id)).rowsInScope).toBe(1)
  product.store.removeTab(tabOf(product.store, '_enrich_seen').id)
  expect((await overview(id)).rowsInScope).toBe(5)
  const charged = product.vendors.charged(HUNTER)
  expect((await product.call('receipt', { ...REQUEST, ...asked })).credits.worst).toBeLessThanOrEqual(1)
  expect(product.vendors.charged(HUNTER)).toBe(charged)

  await product.call('removeSaved', id)
  await expect(product.call('receipt', { ...REQUEST, ...asked })).rejects.toThrow('was deleted')
})

test('a run that was agreed to is looked at again when a colleague had its rows meanwhile', async () => {
  await start(people(0, 2))
  const { id } = await save()
  const asked = { ...REQUEST, scope: 'added', saved: id } as const
  const receipt = await product.call('receipt', asked)
  const key = product.vendors.keys[HUNTER]!
  await product.callAs(COLLEAGUE, 'saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
  const theirs = await product.callAs(COLLEAGUE, 'startRun', (await product.callAs(COLLEAGUE, 'receipt', asked)).id)
  await product.callAs(COLLEAGUE, 'stopRun', theirs.id)
  await expect(product.call('startRun', receipt.id)).rejects.toThrow('No row was added since')
})

test('applied to another sheet it finds its columns by their headers, and says which are not there', async () => {
  await start(people(0, 1), ['Prénom', 'Last name', 'Website', '', 'Owner'])
  const mapping = { 0: 'first_name', 3: 'phone', 4: null } as const
  const { id, left } = await save('Import', { mapping, wanted: ['email', 'job_title'] })
  expect(left).toEqual(['D'])
  await product.call('saveWaterfall', { field: 'job_title', rule: { ...defaultRule('job_title'), threshold: 0.9 } })
  type(0, [['website ', 'PRENOM', 'Owner', 'Company', 'Owner']])
  const applied = await product.call('applySaved', id)
  expect(applied).toMatchObject({
    mapping: { 0: 'website', 1: 'first_name', 2: null },
    missing: ['Last name'],
    otherRules: ['Job title'],
    wanted: ['email', 'job_title'],
    purpose: REQUEST.purpose,
    cap: REQUEST.cap,
  })
  const { otherRules } = await product.call('takeRules', id)
  expect(otherRules).toEqual([])
  expect(Object.keys(properties())).not.toContain('waterfall:job_title')
  await expect(product.call('applySaved', 'gone')).rejects.toThrow('This saved run was deleted')
})

test('it is shared as text without keys, and what is wrong with a text is said', async () => {
  await start(people(0, 1), ['First name', 'Last name', 'Website', 'ada@other.example', 'Phone'])
  await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), threshold: 0.8 } })
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'staging', place: 'shared', key })
  const { id, left } = await save('Import', { mapping: { 3: 'job_title' } })
  expect(left).toEqual(['D'])
  const { text } = await product.call('applySaved', id)
  expect(text).not.toContain(key)
  expect(text).not.toContain('ada@other.example')
  const shared = JSON.parse(text) as { readonly [part: string]: unknown }
  expect(shared).toMatchObject({ version: 1, name: 'Import', rules: { email: { threshold: 0.8 } } })

  const add = (part: object) => product.call('addSaved', JSON.stringify({ ...shared, name: 'Other', ...part }))
  await expect(product.call('addSaved', text)).rejects.toThrow('has a saved run “Import” already')
  await add({ key: 'a-secret-1234', rules: { phone: defaultRule('phone') } })
  const kept = Object.entries(properties()).filter(([name]) => name.startsWith('saved:'))
  expect(kept).toHaveLength(2)
  expect(JSON.stringify(kept)).not.toMatch(/a-secret-1234|phone":\{/)
  // What somebody asks for twice is one thing.
  const twice = await product.call('addSaved', JSON.stringify({ ...shared, name: 'Twice', wanted: ['email', 'email'] }))
  expect((await product.call('applySaved', twice.id)).wanted).toEqual(['email'])
  await product.call('removeSaved', twice.id)
  const faults: readonly (readonly [object, string])[] = [
    [{ wanted: ['shoe_size'] }, '“wanted” must be a list of one or more fields that this version knows. (at 1)'],
    [{ wanted: [] }, '“wanted” must be'],
    [{ columns: [{ header: 'x'.repeat(90), field: 'email' }] }, '“columns” must be a list of headers'],
    [{ cap: -1 }, '“cap” must be a number of credits'],
    [{ rules: { email: { threshold: 7 } } }, '“rules” holds a rule that this version cannot read'],
    [{ purpose: '' }, '“purpose” must say'],
    [{ name: ' ' }, 'Give it a name'],
    [{ version: 2 }, 'newer version'],
  ]
  for (const [part, words] of faults) await expect(add(part)).rejects.toThrow(words)
  await expect(product.call('addSaved', '{"name":')).rejects.toThrow('That is no JSON')
  await expect(product.call('addSaved', '[]')).rejects.toThrow('That is no saved run')
  expect((await overview()).saved.map(({ name }) => name)).toEqual(['Import', 'Other'])
})

test('the caps of its file go along, are told where it is used, and are set there only when asked, none of them raised', async () => {
  await start(people(0, 1))
  const bare = await save('Bare')
  await product.call('saveCaps', { day: 25, month: 100, vendors: { hunter: 40 }, goesOn: false })
  const { id } = await save('Import')
  const { text, ...applied } = await product.call('applySaved', id)
  expect((JSON.parse(text) as { readonly caps: unknown }).caps).toEqual({
    day: 25,
    month: 100,
    vendors: { hunter: 40 },
  })
  const all = ['25 credits a day', '100 credits a month', '40 credits a month for Hunter']
  expect(applied).toMatchObject({ caps: all, lowerCaps: [] })
  expect(await product.call('applySaved', bare.id)).toMatchObject({ caps: [], lowerCaps: [] })

  await product.call('saveCaps', { day: 20, month: 500, person: 5, vendors: {} })
  const before = properties()['caps']
  const there = await product.call('addSaved', JSON.stringify({ ...JSON.parse(text), name: 'Shared' }))
  expect(await product.call('applySaved', there.id)).toMatchObject({ caps: all, lowerCaps: all.slice(1) })
  expect(properties()['caps']).toBe(before)
  expect(await product.call('takeCaps', there.id)).toMatchObject({ caps: all, lowerCaps: [] })
  expect((await product.call('settings')).caps).toMatchObject({
    day: { cap: 20 },
    month: { cap: 100 },
    person: { cap: 5 },
    vendors: [{ id: 'hunter', cap: 40 }],
    goesOn: true,
  })
  const taken = properties()['caps']
  await product.call('takeCaps', bare.id)
  await product.call('takeCaps', there.id)
  expect(properties()['caps']).toBe(taken)

  const add = (caps: unknown) => product.call('addSaved', JSON.stringify({ ...JSON.parse(text), name: 'Odd', caps }))
  for (const caps of [{ day: -1, vendors: {} }, { vendors: { hunter: 'all' } }, { month: 2_000_000, vendors: {} }])
    await expect(add(caps)).rejects.toThrow('“caps” must hold credits between 0 and 1,000,000')
  // Of a vendor that this file does not know nothing is said, nor set.
  const odd = await add({ vendors: { nobody: 1 } })
  expect(await product.call('takeCaps', odd.id)).toMatchObject({ caps: [], lowerCaps: [] })
  expect(properties()['caps']).toBe(taken)
  changeProperty(product, { scope: 'document', key: 'caps', value: '{"day":' })
  expect(await product.call('applySaved', there.id)).toMatchObject({ caps: all, lowerCaps: [] })
  await expect(product.call('takeCaps', there.id)).rejects.toThrow('could not be read')
})

test('a file holds ten of four thousand bytes each, and a damaged one can be deleted', async () => {
  await start(people(0, 1))
  const { id } = await save('Import 0')
  for (let nth = 1; nth < 10; nth++) await save(`Import ${nth}`)
  await expect(save('One more')).rejects.toThrow('10 saved runs at most')
  expect((await save(' import 0')).id).toBe(id)
  for (const field of FIELD_NAMES.slice(0, 30)) {
    const order = Array.from({ length: 9 }, (_, index) => `vendor-${field}-${index}`)
    await product.call('saveWaterfall', { field, rule: { ...defaultRule(field), order } })
  }
  await expect(save('Import 0', { wanted: FIELD_NAMES.slice(0, 30) })).rejects.toThrow('4,000 can be saved')
  for (const [name, text] of Object.entries(properties()))
    if (name.startsWith('saved:')) expect(text.length).toBeLessThanOrEqual(4_000)
  changeProperty(product, { scope: 'document', key: `saved:${id}`, value: '{"name":5' })
  expect((await overview()).saved.map(({ name }) => name)).toContain('Unreadable saved run')
  await expect(product.call('applySaved', id)).rejects.toThrow('This saved run could not be read')
  expect((await product.call('removeSaved', id)).saved).toHaveLength(9)
})
