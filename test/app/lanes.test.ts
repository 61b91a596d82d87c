import type { RunView } from '../../src/app/api-types'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { begin, crowd, finds, HUNTER } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']

let product: Product
afterEach(() => product.stop())

/** Works on a run as the sidebar does: slices in a loop, and each lane in a loop of its own beside. */
async function drive(run: RunView, lanes: number): Promise<RunView> {
  let view = run
  const lead = async (): Promise<void> => {
    while (view.state === 'running') {
      view = await product.call('continueRun', run.id)
      if (view.heldUntil !== null) await product.emulator.advance(1_000)
    }
  }
  const join = async (lane: number): Promise<void> => {
    while (view.state === 'running') {
      await product.call('joinRun', { run: run.id, lane })
    }
  }
  await Promise.all([lead(), ...Array.from({ length: lanes }, (_, lane) => join(lane + 1))])
  return view
}

test.each([[0], [4]])('%d lanes', async (lanes) => {
  product = await startProduct({
    rows: [HEADERS, ...crowd(240).map((person) => [...person, 'everyone.example', ''])],
  })
  await useHunter(product)
  const run = await begin(product)
  const done = await drive(run, lanes)
  const by = new Map<number, string>()
  for (const c of product.vendors.calls()) by.set(c.at - run.startedAt, `${by.get(c.at - run.startedAt) ?? ''}${c.path.includes('finder') ? '.' : 'b'}`)
  console.log(lanes, product.emulator.now() - run.startedAt, [...by])
  expect(done).toMatchObject({ state: 'done', cellsWritten: 240, calls: 240, credits: { spent: 240, maybe: 0 } })
  expect(new Set(finds(product)).size).toBe(240)
  expect(finds(product).length).toBe(240)
  expect(product.vendors.charged(HUNTER)).toBe(240)
  expect(shown(product.store).slice(1).every((row) => row[3] !== '')).toBe(true)
})
