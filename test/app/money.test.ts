import type { SettingsView } from '../../src/app/api-types'
import type { Terms } from '../../src/domain/provider'
import { leftOfPlan } from '../../src/engine/allowance'
import type { Product } from './product'
import { startProduct, useHunter } from './product'
import { crowd, REQUEST, scriptCrowd } from './story'

let product: Product
const start = async () => {
  const rows = crowd(4).map((person) => [...person, 'everyone.example', ''])
  product = await startProduct({ rows: [['First name', 'Last name', 'Website', 'Email'], ...rows] })
  await useHunter(product)
  scriptCrowd(product)
}
afterEach(() => product.stop())

const save = (terms: Partial<Terms>) =>
  product.call('saveTerms', { vendor: 'hunter', terms: { prices: {}, limits: {}, ...terms } })
const PLAN = { credits: 3, carriesOver: false, renewsOn: 15 }

test('a price of a credit stands on the receipt and on Usage as it was entered, and changes nothing else', async () => {
  await start()
  const before = await product.call('receipt', REQUEST)
  expect(before.lines.map(({ money }) => money)).toEqual(before.lines.map(() => undefined))
  const money = { currency: 'EUR', perCredit: 0.049 }
  const { vendors } = await save({ money })
  expect(vendors.find(({ id }) => id === 'hunter')).toMatchObject({ money, plan: null })
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt.credits).toEqual(before.credits)
  expect(receipt.lines.find(({ provider }) => provider === 'hunter')!.money).toEqual(money)
  const run = await product.call('startRun', receipt.id)
  // Another price of a credit is no other price in credits: the run goes on.
  await save({ money: { currency: 'USD', perCredit: 0.06 } })
  expect(await product.finish(run)).toMatchObject({ state: 'done', credits: { spent: 4 } })
  const usage = await product.call('usage')
  expect(usage.vendors.find(({ id }) => id === 'hunter')).toMatchObject({
    credits: 4,
    money: { currency: 'USD', perCredit: 0.06 },
  })
})

test.each<Partial<Terms>>([
  { money: { currency: 'euro', perCredit: 1 } },
  { money: { currency: 'EUR', perCredit: 0 } },
  { plan: { ...PLAN, renewsOn: 32 } },
  { plan: { ...PLAN, credits: -1 } },
])('%j is refused', async (terms) => {
  await start()
  await expect(save(terms)).rejects.toThrow()
  expect(product.emulator.properties('document')['terms']).toBeUndefined()
})

test('what is left of a plan is told until the vendor tells it itself', async () => {
  await start()
  await save({ plan: PLAN })
  const { balances, remarks } = await product.call('receipt', REQUEST)
  expect(balances).toEqual([
    { name: 'Hunter', left: 3, at: expect.any(Number) as number, plan: { until: '2026-12-15', carriesOver: false } },
  ])
  expect(remarks.join()).toContain(
    'Your account with Hunter has, by your plan, 3 credits left, and at worst this run takes 4',
  )
  // The vendor tells its balance when it is woken for a run.
  await product.enrich({})
  const usage = await product.call('usage')
  expect(usage.vendors.find(({ id }) => id === 'hunter')!.balance!.plan).toBeUndefined()
})

test('a plan that the spending of the last week would use up before its renewal is told on Usage', async () => {
  await start()
  await save({ plan: { ...PLAN, credits: 10 } })
  product.vendors.script('api.hunter.io', (path) =>
    path.includes('/account') ? { status: 200, body: '{"data":{"email":"x@everyone.example"}}' } : undefined,
  )
  await product.enrich({})
  const usage = await product.call('usage')
  const hunter = usage.vendors.find(({ id }) => id === 'hunter')!
  expect(hunter.balance).toMatchObject({ left: 10 - hunter.credits, plan: { until: '2026-12-15' } })
  expect(usage.remarks.join()).toMatch(
    /By your plan, Hunter leaves you \d+ credits until 2026-12-15; the last week took \d+ credits\. At that pace they do not last\./,
  )
})

describe('leftOfPlan', () => {
  const at = (text: string) => Date.parse(`${text}T12:00:00Z`)
  it.each([
    [31, '2027-02-10', '2027-01-31', '2027-02-28', 18],
    [31, '2027-02-28', '2027-02-28', '2027-03-31', 31],
    [1, '2026-12-31', '2026-12-01', '2027-01-01', 1],
    [15, '2026-11-15', '2026-11-15', '2026-12-15', 30],
    [29, '2028-03-01', '2028-02-29', '2028-03-29', 28],
  ])('renewed on day %p, seen on %s: since %s until %s', (renewsOn, now, since, until, days) => {
    const asked: string[] = []
    const left = leftOfPlan({ credits: 100, carriesOver: false, renewsOn }, at(now), (day) => (asked.push(day), 130))
    expect(left).toEqual({ left: 0, until, days })
    expect(asked).toEqual([since])
  })
})

test('a price that no source tells is asked for, on the receipt too, until somebody enters it', async () => {
  const rows = ['+12125550123', '+13125550124'].map((phone) => [phone, ''])
  product = await startProduct({ rows: [['Phone', 'Phone type'], ...rows] })
  const key = product.vendors.keys['lookups.twilio.com']!
  await product.call('saveKey', { vendor: 'twilio', environment: 'production', place: 'personal', key })
  const asked = { ...REQUEST, wanted: ['phone_type'] } as const
  const charge = async () => (await product.call('receipt', asked)).lines.find(({ provider }) => provider === 'twilio')
  const priceOf = ({ vendors }: SettingsView) => vendors.find(({ id }) => id === 'twilio')!
  expect(await charge()).toMatchObject({
    credits: { worst: 2 },
    charge: expect.stringContaining('enter yours') as string,
  })
  expect(priceOf(await product.call('settings'))).toMatchObject({
    priced: null,
    prices: [{ credits: null, usual: null }],
  })
  for (const credits of [1, 0.5]) {
    const terms = { prices: { line_type: credits }, limits: {} }
    const { prices } = priceOf(await product.call('saveTerms', { vendor: 'twilio', terms }))
    expect(prices).toMatchObject([{ credits, usual: null, words: expect.not.stringContaining('enter') as string }])
    expect(await charge()).toMatchObject({
      credits: { worst: 2 * credits },
      charge: expect.not.stringContaining('enter') as string,
    })
  }
})
