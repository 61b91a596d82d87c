import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { image } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Second address', 'Email status']
const ROWS = [
  ['Ada', 'Nowak', 'everyone.example', 'ada.nowak@everyone.example', '', ''],
  ['Bo', 'Nowak', 'everyone.example', 'ADA.NOWAK@everyone.example', '', ''],
  ['Cleo', 'Nowak', 'everyone.example', 'cleo.nowak@everyone.example', '', ''],
  ['Dan', 'Nowak', 'everyone.example', 'dan.nowak@everyone.example', 'dan@home.example', 'asked him'],
  ['Eve', 'Nowak', 'everyone.example', '', 'eve@home.example', ''],
]
const WANTED = { wanted: ['email_status'] as const }

let product: Product
beforeAll(async () => {
  product = await startProduct({ rows: [HEADERS, ...ROWS] })
})
afterAll(() => product.stop())

const overview = () => product.call('overview', { scope: 'all', mapping: {}, wanted: null })
const receipt = (mapping: { readonly [column: string]: 'email' | null } = {}) =>
  product.call('receipt', { scope: 'all', mapping, purpose: 'Invite them to a demo', cap: 100, ...WANTED })
const verified = () => product.vendors.calls().filter(({ path }) => path.includes('email-verifier'))

// One story: each part goes on where the one before it ended.
describe('a column of addresses verified', () => {
  it('needs a vendor that can, and says which could', async () => {
    await product.call('setEnvironment', 'production')
    const { verifiers } = await overview()
    expect(verifiers.able).toEqual([])
    expect(verifiers.others).toEqual(expect.arrayContaining(['Hunter', 'ZeroBounce']))
    await useHunter(product)
    expect((await overview()).verifiers.able).toEqual(['Hunter'])
  })

  it('is counted by address in the receipt, where nobody is asked by a name', async () => {
    const { addresses, lines, rows } = await receipt()
    expect(addresses).toEqual({ total: 3, different: 2 })
    expect(lines.map(({ name, operation }) => `${name} ${operation}`)).toEqual(['Hunter by email'])
    expect(rows).toMatchObject({ selected: 5, filled: 1, invalid: 1, repeated: 1, chargeable: 2 })
    expect((await receipt({ '3': null, '4': 'email' })).addresses).toEqual({ total: 1, different: 1 })
  })

  it('has the statuses beside the addresses, each asked once, and nothing else is changed', async () => {
    const usual = await overview()
    product.vendors.script('api.hunter.io', (path) => {
      if (!path.includes('email-verifier')) return undefined
      const status = /cleo/i.test(path) ? 'accept_all' : 'valid'
      return { status: 200, body: JSON.stringify({ data: { status, score: 95 }, meta: {} }) }
    })
    const before = image(product.store)
    const run = await product.enrich(WANTED)
    expect(run.state).toBe('done')
    expect(shown(product.store).map((row) => row[5])).toEqual([
      'Email status',
      'valid',
      'valid',
      'accept_all',
      'asked him',
      '',
    ])
    const others = (grid: typeof before) => grid.map((row) => row.slice(0, 5).map(({ value }) => value))
    expect(others(image(product.store))).toEqual(others(before))
    expect(verified()).toHaveLength(2)
    expect(await product.call('verdicts', run.id)).toEqual([
      { status: 'valid', count: 2 },
      { status: 'accept_all', count: 1 },
    ])
    // What a person usually looks for is what it was.
    expect((await overview()).wanted).toEqual(usual.wanted)
  })

  it('is taken back by Undo, and the addresses stay', async () => {
    const { history } = await overview()
    await product.call('undoRun', history[0]!.id)
    expect(shown(product.store)).toEqual([HEADERS, ...ROWS])
  })
})
