import type { Field } from '../../src/domain/field'
import type { Terms } from '../../src/domain/provider'
import type { FieldRule } from '../../src/domain/waterfall'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { COLLEAGUE, startProduct } from './product'
import { begin, crowd, HUNTER, REQUEST } from './story'

// Both find an address by name and domain for a credit.
const PROSPEO = 'api.prospeo.io'
const HEADERS = ['First name', 'Last name', 'Company domain', 'Email']
const PEOPLE = crowd(4).map(([first, last]) => [first, last, 'everyone.example', ''])
const HOUR = 3_600_000

let product: Product
beforeEach(async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  for (const [vendor, host] of [
    ['hunter', HUNTER],
    ['prospeo', PROSPEO],
  ] as const) {
    const key = product.vendors.keys[host]!
    await product.call('saveKey', { vendor, environment: 'production', place: 'shared', key })
  }
})
afterEach(() => product.stop())

const setRule = (field: Field, rule: Partial<FieldRule>) =>
  product.call('saveWaterfall', { field, rule: { ...defaultRule(field), ...rule } })
const setTerms = (vendor: string, terms: Partial<Terms>) =>
  product.call('saveTerms', { vendor, terms: { prices: {}, limits: {}, ...terms } })
/** The operation of Hunter that is asked here, as the screen names it. */
const finder = async () => {
  const { vendors } = await product.call('settings')
  return vendors.find(({ id }) => id === 'hunter')!.prices.find(({ asked: by }) => by === 'by name and domain')!
}
/** What a vendor was asked about people. */
const asked = (host: string) =>
  product.vendors
    .calls()
    .filter((call) => call.host === host && /finder|enrich-person/.test(call.path))
    .flatMap(({ questions }) => questions)
const counts = () => [asked(HUNTER).length, asked(PROSPEO).length]
const waterfallOf = async (field: Field) =>
  (await product.call('waterfalls')).fields.find((one) => one.field === field)!

describe('what is set for a field', () => {
  it.each([
    ['hunter', [4, 0]],
    ['prospeo', [0, 4]],
  ] as const)('with %s first in my order nobody else is asked what it knows', async (first, expected) => {
    await setRule('email', { order: [first] })
    await product.enrich({})
    expect(counts()).toEqual(expected)
  })

  it('leaves out a vendor that is switched off, until the usual is set again', async () => {
    await setRule('email', { off: ['hunter', 'prospeo'] })
    await expect(product.call('receipt', REQUEST)).resolves.toMatchObject({ rows: { chargeable: 0 } })
    await setRule('email', { off: ['hunter'], order: ['hunter'] })
    await product.enrich({})
    expect(counts()).toEqual([0, 4])
    expect(await waterfallOf('email')).toMatchObject({ edited: true, rule: { off: ['hunter'] } })
    await product.call('saveWaterfall', { field: 'email', rule: null })
    expect(await waterfallOf('email')).toMatchObject({ edited: false, rule: defaultRule('email') })
  })

  it('asks on below the threshold, and writes what two vendors agree on at no cost', async () => {
    await setRule('email', { order: ['hunter'], threshold: 1, agreement: 'ignored' })
    const strict = await product.enrich({})
    expect(counts()).toEqual([4, 4])
    expect(strict.cellsWritten).toBe(0)
    await setRule('email', { order: ['hunter'], threshold: 0.97, agreement: 'counts' })
    const agreed = await product.enrich({})
    expect(agreed.credits.spent).toBe(0)
    expect(agreed.cellsWritten).toBeGreaterThan(0)
    expect(counts()).toEqual([4, 4])
  })

  it('is learned from what was asked here, and the screen says so', async () => {
    const before = await waterfallOf('email')
    expect(before.vendors.map(({ id }) => id)).toEqual(expect.arrayContaining(['hunter', 'prospeo']))
    expect(JSON.stringify(before.vendors)).toContain('our estimate until it has been asked')
    await setRule('email', { order: ['hunter'] })
    await product.enrich({})
    const hunter = (await waterfallOf('email')).vendors.find(({ id }) => id === 'hunter')!
    expect(hunter.ways[0]).toEqual({
      asked: 'by name and domain',
      reason: '1 credit for each accepted answer: 1 credit a find, 4 of 4 good enough.',
    })
  })

  it('refuses what no search can be', async () => {
    await expect(setRule('email', { accepts: [] })).rejects.toThrow('Tick at least one kind')
    await expect(setRule('email', { threshold: 1.5 })).rejects.toThrow('do not fit together')
  })
})

describe('what is set for a vendor', () => {
  it('a price decides who is asked first, what the receipt says and what is counted', async () => {
    const { id, credits, usual } = await finder()
    expect([credits, usual]).toEqual([1, 1])
    await setTerms('hunter', { prices: { [id]: 2.5 } })
    expect(await finder()).toMatchObject({
      credits: 2.5,
      usual: 1,
      words: '2.5 credits for each find, nothing for a miss',
    })
    await setRule('email', { off: ['prospeo'] })
    await expect(product.call('receipt', REQUEST)).resolves.toMatchObject({ credits: { worst: 10 } })
    await product.call('saveWaterfall', { field: 'email', rule: null })
    const run = await product.enrich({})
    expect(counts()).toEqual([0, 4])
    expect(run.credits.spent).toBe(4)
    await product.call('saveTerms', { vendor: 'hunter', terms: null })
    expect(await finder()).toMatchObject({ credits: 1 })
  })

  it('a limit holds', async () => {
    await setRule('email', { off: ['prospeo'] })
    await setTerms('hunter', { limits: { [(await finder()).id]: { perMinute: 2 } } })
    const run = await begin(product)
    // A slice takes about 20 seconds: without the limit all four are asked in it.
    await product.call('continueRun', run.id)
    expect(counts()).toEqual([2, 0])
    expect(await product.finish(run)).toMatchObject({ state: 'done' })
    expect(counts()).toEqual([4, 0])
  })

  it('a limit of a day makes the run rest until the next one', async () => {
    await setRule('email', { off: ['prospeo'] })
    await setTerms('hunter', { perDay: 3 })
    const run = await begin(product)
    const resting = await product.call('continueRun', run.id)
    expect(counts()).toEqual([3, 0])
    expect(resting.rest?.message).toBe('The vendors that are left asked us to wait.')
    await product.emulator.advance(25 * HOUR)
    expect(await product.finish(await product.call('continueRun', run.id))).toMatchObject({ state: 'done' })
    expect(counts()).toEqual([4, 0])
  })

  it.each<[string, Partial<Terms>, string]>([
    ['a price of nothing', { prices: { email_finder: 0 } }, 'must be between 0.01 and 10,000 credits'],
    ['half a call', { perDay: 0.5 }, 'must be a whole number of calls, 1 or more'],
  ])('refuses %s', async (_, terms, words) => {
    const prices = terms.prices && { [(await finder()).id]: 0 }
    await expect(setTerms('hunter', { ...terms, ...(prices && { prices }) })).rejects.toThrow(words)
  })
})

describe('a change', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['of the order', () => setRule('email', { order: ['prospeo'] })],
    ['of a limit', () => setTerms('hunter', { perDay: 5 })],
  ])('%s makes an open receipt invalid', async (_, change) => {
    const receipt = await product.call('receipt', REQUEST)
    await change()
    await expect(product.call('startRun', receipt.id)).rejects.toThrow('have changed since this receipt')
  })

  it('by somebody else is said on the receipt until it is agreed to', async () => {
    await setRule('email', { order: ['prospeo'] })
    await setTerms('hunter', { perDay: 500 })
    const remark = expect.stringMatching(
      /^Since you last agreed, somebody else changed: prices and limits of Hunter \(2026-11-22\), who is asked for Email \(2026-11-22\)\./,
    )
    const seen = await product.callAs(COLLEAGUE, 'receipt', REQUEST)
    expect(seen.remarks).toContainEqual(remark)
    expect((await product.call('receipt', REQUEST)).remarks).not.toContainEqual(remark)
    // A change of one's own is no consent to those of others.
    await product.callAs(COLLEAGUE, 'saveWaterfall', { field: 'phone', rule: defaultRule('phone') })
    const again = await product.callAs(COLLEAGUE, 'receipt', REQUEST)
    expect(again.remarks).toContainEqual(remark)
    const run = await product.callAs(COLLEAGUE, 'startRun', again.id)
    await product.callAs(COLLEAGUE, 'stopRun', run.id)
    expect((await product.callAs(COLLEAGUE, 'receipt', REQUEST)).remarks).not.toContainEqual(remark)
  })

  it('of what a run costs pauses it, one of a limit does not', async () => {
    await setTerms('hunter', { perDay: 1 })
    await setRule('email', { off: ['prospeo'] })
    const run = await begin(product)
    await product.call('continueRun', run.id)
    await setTerms('hunter', { perDay: 2 })
    await expect(product.call('resumeRun', run.id)).resolves.toMatchObject({ state: 'running' })
    await setRule('email', {})
    const paused = await product.call('continueRun', run.id)
    expect(paused).toMatchObject({ state: 'paused', problem: { action: 'new_receipt' } })
    expect(paused.problem!.message).toContain('were changed since this run began')
  })
})

function damage(property: string, text: string): void {
  const saved = product.emulator.snapshot() as {
    readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  }
  const put = (entries: readonly (readonly [string, string])[]) => [
    ...entries.filter(([name]) => name !== property),
    [property, text],
  ]
  const properties = saved.properties.map(([scope, entries]) => [scope, scope === 'document' ? put(entries) : entries])
  product.emulator.restore({ ...saved, properties })
}

describe('what cannot be read', () => {
  it('keeps everybody from being asked, and is set right on its screen', async () => {
    await setRule('email', { order: ['hunter'] })
    damage('waterfall:email', '{"version":1,"rule":{}}')
    await expect(product.call('receipt', REQUEST)).rejects.toThrow('How Email is searched for could not be read')
    expect(await waterfallOf('email')).toMatchObject({ damaged: true, edited: true })
    await product.call('saveWaterfall', { field: 'email', rule: null })
    damage('terms', '[]')
    await expect(product.call('receipt', REQUEST)).rejects.toThrow(
      'prices and limits of your vendors could not be read',
    )
    expect((await product.call('settings')).termsDamaged).toBe(true)
    await product.call('saveTerms', { vendor: 'hunter', terms: null })
    await expect(product.call('receipt', REQUEST)).resolves.toMatchObject({ rows: { chargeable: 4 } })
  })
})
