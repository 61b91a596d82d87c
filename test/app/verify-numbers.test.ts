import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { shown, startProduct } from './product'
import { image } from './story'

const HEADERS = ['First name', 'Phone', 'Mobile', 'Phone type']
const ROWS = [
  ['Ada', '+33 1 99 00 12 34', '+49 171 3920012', ''],
  ['Bo', '+33199001234', '', ''],
  ['Cleo', '+49 171 3920012', '', ''],
  // Mobile and fixed lines share their digits in the United States.
  ['Dan', '+1 212 555 0142', '', ''],
  ['Eve', '+1 312 555 0199', '', ''],
  ['Fay', 'ask at the desk', '', ''],
  ['Gil', '+44 20 7946 0001', '', 'direct line'],
]
const HOST = 'lookups.twilio.com'
const WANTED = { wanted: ['phone_type'] as const }

let product: Product
beforeAll(async () => {
  product = await startProduct({ rows: [HEADERS, ...ROWS] })
  await product.call('setEnvironment', 'production')
})
afterAll(() => product.stop())

const overview = () => product.call('overview', { scope: 'all', mapping: {}, wanted: null })
const receipt = (mapping: { readonly [column: string]: 'phone' | null } = {}) =>
  product.call('receipt', { scope: 'all', mapping, purpose: 'Call them', cap: 100, ...WANTED })
const asked = () => product.vendors.calls().filter(({ host }) => host === HOST)
const types = () => shown(product.store).map((row) => row[3])
const numbers = () => image(product.store).map((row) => row.slice(0, 3).map(({ value }) => value))
const undo = async () => {
  const { history } = await overview()
  await product.call('undoRun', history[0]!.id)
  expect(shown(product.store)).toEqual([HEADERS, ...ROWS])
}

// One story: each part goes on where the one before it ended.
describe('a column of phone numbers verified', () => {
  it('costs nothing without a key, and says who could tell more', async () => {
    expect((await overview()).numberVerifiers).toEqual({ able: [], others: ['Twilio Lookup'] })
    const { addresses, credits, lines, invalidReasons } = await receipt()
    expect(addresses).toEqual({ total: 5, different: 4 })
    expect({ credits: credits.worst, lines }).toEqual({ credits: 0, lines: [] })
    expect(invalidReasons.map(({ rows }) => rows)).toEqual([1])
    expect((await receipt({ '1': null, '2': 'phone' })).addresses).toEqual({ total: 1, different: 1 })
  })

  it('has the types that the digits tell beside the numbers, and nothing else is changed', async () => {
    const usual = await overview()
    const before = numbers()
    const run = await product.enrich(WANTED)
    expect(run.state).toBe('done')
    expect(types()).toEqual(['Phone type', 'fixed', 'fixed', 'mobile', '', '', '', 'direct line'])
    expect(numbers()).toEqual(before)
    expect(asked()).toEqual([])
    expect(await product.call('verdicts', run.id)).toEqual([
      { status: 'fixed', count: 2 },
      { status: 'mobile', count: 1 },
    ])
    // What a person usually looks for is what it was.
    expect((await overview()).wanted).toEqual(usual.wanted)
    await undo()
  })

  it('with a key is asked about at the vendor where the digits do not tell', async () => {
    const key = product.vendors.keys[HOST]!
    await product.call('saveKey', { vendor: 'twilio', environment: 'production', place: 'personal', key })
    const { numberVerifiers, choices } = await overview()
    expect(numberVerifiers).toEqual({ able: ['Twilio Lookup'], others: [] })
    expect(choices.find(({ field }) => field === 'phone_type')?.vendors).toEqual(['The row itself', 'Twilio Lookup'])
    // The simulated vendor takes every number of the numbering plan for one that exists.
    product.vendors.script(HOST, (path) =>
      path.includes('3125550199')
        ? { status: 200, body: JSON.stringify({ valid: false, line_type_intelligence: null }) }
        : undefined,
    )
    expect((await receipt()).credits.worst).toBe(2)
    const before = numbers()
    const run = await product.enrich(WANTED)
    const line = expect.stringMatching(/^(fixed|voip)$/) as string
    expect(types()).toEqual(['Phone type', 'fixed', 'fixed', 'mobile', line, 'invalid', '', 'direct line'])
    expect(asked()).toHaveLength(2)
    expect(numbers()).toEqual(before)
    const verdicts = await product.call('verdicts', run.id)
    expect(verdicts).toContainEqual({ status: 'invalid', count: 1 })
    expect(verdicts.reduce((sum, { count }) => sum + count, 0)).toBe(5)
    await undo()
  })

  it('is asked about whole where a person put the vendor first', async () => {
    await product.call('saveWaterfall', {
      field: 'phone_type',
      rule: { ...defaultRule('phone_type'), order: ['twilio', 'from_row'] },
    })
    const { choices } = await overview()
    expect(choices.find(({ field }) => field === 'phone_type')?.vendors).toEqual(['Twilio Lookup', 'The row itself'])
    const before = asked().length
    await product.enrich(WANTED)
    // The two in the United States were answered before.
    expect(asked().length - before).toBe(2)
    const line = expect.stringMatching(/^(fixed|voip)$/) as string
    expect(types()).toEqual(['Phone type', line, line, 'mobile', line, 'invalid', '', 'direct line'])
  })
})
