import type { Periods } from '../../src/app/api-types'
import { DAY_MS } from '../../src/domain/overwrite'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { begin, crowd, everyCell, finds, letDaysPass, scriptCrowd, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Phone']
const HOUR = 3_600_000
const PERIODS: Periods = { answers: 60, runs: 40, requests: 30, fields: { phone: 35 } }

let product: Product
afterEach(() => product.stop())

const start = async () => {
  product = await startProduct({ rows: [HEADERS, ...crowd(2).map((name) => [...name, 'everyone.example', '', ''])] })
  await useHunter(product)
  scriptCrowd(product, { phone_number: '+33 6 12 34 56 78' })
  await product.enrich({ wanted: ['email', 'phone'] })
  // Into its tab, where requests are one by one.
  await product.call('clean')
}
const empty = (columns: number) =>
  product.store.write(tabOf(product.store).id, { row: 1, column: 3, rows: 2, columns }, [
    Array.from({ length: columns }, () => ({ value: null })),
    Array.from({ length: columns }, () => ({ value: null })),
  ])
const hidden = () =>
  everyCell(product.store)
    .filter(({ at }) => at.startsWith('_enrich_'))
    .map(({ value }) => String(value))
    .join('\n')

test('what is older is counted before anything goes, and goes with the hourly trigger once a person has set it', async () => {
  await start()
  const filled = shown(product.store)
  await letDaysPass(product, 36)
  expect((await product.call('retention')).due).toEqual({ answers: 0, values: 0, runs: 0, requests: 0 })
  expect(hidden()).toContain('+33 6 12 34 56 78')
  await product.call('saveRetention', PERIODS)
  expect((await product.call('retention')).due).toEqual({ answers: 0, values: 2, runs: 0, requests: 2 })
  await product.emulator.advance(2 * HOUR)
  expect((await product.call('retention')).due).toEqual({ answers: 0, values: 0, runs: 0, requests: 0 })
  expect(hidden()).not.toContain('+33 6 12 34 56 78')
  expect(shown(product.store)).toEqual(filled)
  const { vendors } = await product.call('usage')
  expect(vendors).toMatchObject([{ id: 'hunter', requests: 2 }])
})

test('a paid answer is known until its period is over, and asked again only then', async () => {
  await start()
  await product.call('saveRetention', PERIODS)
  const asked = finds(product).length
  await letDaysPass(product, 58)
  empty(1)
  expect(await product.enrich({})).toMatchObject({ cellsWritten: 2, credits: { spent: 0 } })
  expect(finds(product)).toHaveLength(asked)
  await letDaysPass(product, 3)
  await product.emulator.advance(2 * HOUR)
  empty(1)
  await product.enrich({})
  expect(finds(product).length).toBeGreaterThan(asked)
})

test('what a lost request left of an older answer goes with its period, and nobody is paid again', async () => {
  await start()
  const rule = { ...defaultRule('email'), overwrite: { kind: 'refresh', days: 1 } } as const
  await product.call('saveWaterfall', { field: 'email', rule })
  await product.emulator.advance(2 * DAY_MS)
  const run = await begin(product)
  const off = product.vendors.onCall(({ path }) => path.includes('finder') && product.emulator.killAll())
  expect((await product.execute('continueRun', run.id)).state).toBe('killed')
  off()
  await product.emulator.advance(61_000)
  expect((await product.finish(run)).fields[0]!.leftAlone).toMatchObject([{ status: 'maybe_charged', count: 2 }])
  empty(2)
  const asked = finds(product).length
  expect(hidden()).toContain('@everyone.example')
  await product.call('saveRetention', PERIODS)
  await letDaysPass(product, 61)
  await product.emulator.advance(2 * HOUR)
  expect(hidden()).not.toContain('@everyone.example')
  await product.enrich({})
  expect(finds(product)).toHaveLength(asked)
})

test('runs older than their period cannot be undone any more; what was paid stays counted', async () => {
  await start()
  const spent = (await product.call('settings')).caps.month.used
  await product.call('saveRetention', PERIODS)
  await letDaysPass(product, 41)
  await product.emulator.advance(2 * HOUR)
  const home = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  expect(home).toMatchObject({ run: null, history: [], storeTrouble: null })
  expect((await product.call('usage')).vendors[0]!.credits).toBeGreaterThanOrEqual(spent)
  empty(1)
  expect((await product.enrich({})).state).toBe('done')
})

test('a run that began before its period and is to go on keeps its plan, and can be undone', async () => {
  await start()
  empty(2)
  const run = await begin(product)
  await product.call('removeKey', { vendor: 'hunter', environment: 'production', place: 'personal' })
  expect(await product.finish(run)).toMatchObject({ state: 'paused' })
  await product.call('saveRetention', PERIODS)
  await letDaysPass(product, 41)
  await product.call('clean')
  await useHunter(product)
  const done = await product.finish(await product.call('resumeRun', run.id))
  expect(done).toMatchObject({ state: 'done', cellsWritten: 2, undo: 'possible' })
})

test.each([29, 0, 4_000, NaN])('a period of %p days is refused', async (answers) => {
  product = await startProduct({ rows: [HEADERS] })
  await expect(product.call('saveRetention', { ...PERIODS, answers })).rejects.toThrow()
})
