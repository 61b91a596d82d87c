import type { RunView } from '../../src/app/api-types'
import { LATE_MS, SLOT_MS } from '../../src/engine/lane'
import type { Product } from './product'
import { COLLEAGUE, shown, startProduct, useHunter } from './product'
import { begin, crowd, finds, HUNTER, journal, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const ROWS = 90

let product: Product
beforeEach(async () => {
  product = await startProduct({
    rows: [HEADERS, ...crowd(ROWS).map((person) => [...person, 'everyone.example', ''])],
  })
  await useHunter(product)
})
afterEach(() => product.stop())

/** Works on a run as the sidebar does: slices in a loop, and each lane in a loop of its own beside. */
async function drive(run: RunView, lanes: number): Promise<RunView> {
  let view = run
  const lead = async (): Promise<void> => {
    while (view.state === 'running') view = await product.call('continueRun', run.id)
  }
  const join = async (lane: number): Promise<void> => {
    while (view.state === 'running') await product.call('joinRun', { run: run.id, lane })
  }
  await Promise.all([lead(), ...Array.from({ length: lanes }, (_, lane) => join(lane + 1))])
  return view
}

const filled = () =>
  shown(product.store)
    .slice(1)
    .filter((row) => row[3] !== '').length

/** When Hunter was asked for people, and for how many at each moment. */
function waves(): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { at, path } of product.vendors.calls()) {
    if (path.includes('email-finder')) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return counts
}

test('lanes fill the same cells for the same credits, and keep the vendor’s limit together', async () => {
  const run = await begin(product)
  const done = await drive(run, 4)
  expect(done).toMatchObject({ state: 'done', cellsWritten: ROWS, calls: ROWS, credits: { spent: ROWS, maybe: 0 } })
  expect(filled()).toBe(ROWS)
  expect(finds(product)).toHaveLength(ROWS)
  expect(new Set(finds(product)).size).toBe(ROWS)
  expect(product.vendors.charged(HUNTER)).toBe(ROWS)
  // One execution alone takes two seconds from wave to wave.
  const moments = [...waves().keys()].sort((a, b) => a - b)
  expect(Math.min(...moments.slice(1).map((at, index) => at - moments[index]!))).toBeLessThan(1_200)
  expect(product.vendors.calls().filter(({ status }) => status === 429)).toEqual([])
  // Whoever recovers gives a price back on the day of the reservation: it is of the moment that counted it.
  const reserved = journal(product.store).flatMap((entry) => (entry.k === 'reserve' ? [entry] : []))
  const late = reserved.flatMap(({ batch, at }) => (batch.includes('.lane') ? [at % SLOT_MS] : []))
  expect(late.length).toBeGreaterThan(20)
  expect(Math.max(...late)).toBeLessThanOrEqual(LATE_MS)
})

test('throttled and objected to at random, they ask each question once, and the books agree', async () => {
  const tab = tabOf(product.store)
  product.store.write(tab.id, { row: 40, column: 0, rows: 1, columns: 3 }, [
    ['Olga', 'Silent', 'example.org'].map((value) => ({ value })),
  ])
  let calls = 0
  scriptFinder(product, () => (++calls % 7 === 0 ? { status: 403, body: '{"errors":[]}' } : undefined))
  const done = await drive(await begin(product), 4)
  expect(done).toMatchObject({ state: 'done', cellsWritten: ROWS - 1, credits: { spent: ROWS - 1, maybe: 0 } })
  expect(calls).toBeGreaterThan(ROWS)
  expect(product.vendors.charged(HUNTER)).toBe(ROWS - 1)
  const usage = await product.call('usage')
  expect(usage.vendors.map(({ id, credits }) => [id, credits])).toEqual([['hunter', ROWS - 1]])
  expect((await product.call('settings')).suppressed).toBe(1)
})

test('Stop ends all lanes within a wave, and nobody else joins', async () => {
  const run = await begin(product)
  await expect(product.callAs(COLLEAGUE, 'joinRun', { run: run.id, lane: 1 })).rejects.toThrow('Another person')
  const asked = new Promise<void>((resolve) => {
    const off = product.vendors.onCall((call) => {
      if (!call.path.includes('finder')) return
      off()
      resolve()
    })
  })
  const working = drive(run, 3)
  await asked
  await product.callAs(COLLEAGUE, 'stopRun', run.id)
  const stopped = await working
  expect(stopped.state).toBe('stopped')
  expect(finds(product).length).toBeLessThan(ROWS)
  expect(filled()).toBe(finds(product).length)
  expect(stopped.credits).toMatchObject({ spent: filled(), maybe: 0 })
})

test('answers of a lane that has ended are missed when a version from before them is restored', async () => {
  const run = await begin(product)
  const hasEnded = () => {
    const { properties } = product.emulator.snapshot() as {
      readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
    }
    const lanes = properties.flatMap(([, values]) => values.flatMap(([key, text]) => (key === 'lane.1' ? [text] : [])))
    return lanes.some((text) => text.includes('"leaseUntil":0,'))
  }
  const hear = ({ method }: { readonly method: string }) => {
    if (method === 'Lock.releaseLock' && hasEnded()) product.emulator.killAll()
  }
  product.emulator.script([{ kind: 'watch', hear }])
  const lane = { run: run.id, lane: 1 }
  const ended = await Promise.all([product.execute('continueRun', run.id), product.execute('joinRun', lane)])
  product.emulator.script([])
  expect(ended.map(({ state }) => state)).toContain('killed')
  expect(finds(product).length).toBeGreaterThan(10)
  const tab = tabOf(product.store, '_enrich_journal')
  product.store.deleteRows(tab.id, product.store.used(tab.id).rows - 1, 1)
  await product.emulator.advance(61_000)
  const { storeTrouble } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  expect(storeTrouble).toMatchObject({ state: 'restored' })
})
