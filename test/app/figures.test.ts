import type { RunView } from '../../src/app/api-types'
import type { Product } from './product'
import { COLLEAGUE, sampleRows, shown, startProduct, useHunter } from './product'

const REQUEST = { scope: 'all', wanted: ['email', 'phone', 'job_title'], mapping: {}, purpose: 'Invite them' } as const

let product: Product
afterEach(() => product.stop())

/** Cells that hold something now and did not in the sample. */
function filled(before: readonly (readonly string[])[]): number {
  return shown(product.store).reduce(
    (sum, row, y) => sum + row.filter((text, x) => text !== '' && (before[y]?.[x] ?? '') === '').length,
    0,
  )
}

// Headers of columns that the run added.
const headersOf = (before: readonly (readonly string[])[]) =>
  (shown(product.store)[0]?.length ?? 0) - (before[0]?.length ?? 0)

async function begin(cap: number): Promise<{ readonly run: RunView; readonly before: readonly (readonly string[])[] }> {
  product = await startProduct({ rows: sampleRows('leads-250.csv').slice(0, 120) })
  await useHunter(product)
  const before = shown(product.store)
  const receipt = await product.call('receipt', { ...REQUEST, cap })
  return { run: await product.call('startRun', receipt.id), before }
}

test.each([
  ['to the end', 1000, 'done'],
  ['to the cap', 25, 'paused'],
])('a run %s says after every slice how many cells it filled', async (_, cap, state) => {
  const { run, before } = await begin(cap)
  let view = run
  while (view.state === 'running') {
    view = await product.call('continueRun', view.id)
    expect(view.cellsWritten).toBe(filled(before) - headersOf(before))
    expect(view.cellsWritten).toBeGreaterThanOrEqual(view.fields.reduce((sum, { written }) => sum + written, 0))
    expect(view.rows.done).toBeLessThanOrEqual(view.rows.total)
  }
  expect(view.state).toBe(state)
  expect(view.cellsWritten).toBeGreaterThan(0)
})

test('a run that is stopped says how many cells it filled, and Undo how many it empties', async () => {
  const { run, before } = await begin(1000)
  await product.call('continueRun', run.id)
  await product.callAs(COLLEAGUE, 'stopRun', run.id)
  const view = await product.call('continueRun', run.id)
  expect(view.state).toBe('stopped')
  const cells = filled(before) - headersOf(before)
  expect(view.cellsWritten).toBe(cells)
  const { history } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  expect(history[0]).toMatchObject({ cells })
  let undone = await product.call('undoRun', run.id)
  while (undone.state === 'running') undone = await product.call('undoRun', run.id)
  expect(undone.restored).toBe(cells)
})

test('a run that was killed says how many cells it filled once it goes on', async () => {
  const { run, before } = await begin(1000)
  product.emulator.script([{ kind: 'kill', atCall: 260, overall: true }])
  expect((await product.execute('continueRun', run.id)).state).toBe('killed')
  product.emulator.script([])
  await product.emulator.advance(61_000)
  const view = await product.finish(await product.call('runStatus', run.id))
  expect(view.state).toBe('done')
  expect(view.cellsWritten).toBe(filled(before) - headersOf(before))
})

test('rows that a refused key left open are not shown as done', async () => {
  product = await startProduct({ rows: sampleRows('leads-250.csv').slice(0, 21) })
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key: 'a-wrong-key' })
  const receipt = await product.call('receipt', { ...REQUEST, cap: 100 })
  const view = await product.finish(await product.call('startRun', receipt.id))
  expect(view.state).toBe('paused')
  expect(view.rows.waiting).toBeGreaterThan(0)
  expect(view.rows.done - view.rows.waiting).toBeLessThan(view.rows.total)
})
