import type { Field } from '../../src/domain/field'
import type { Product } from './product'
import { OWNER, shown, startProduct, useHunter } from './product'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const PEOPLE = Array.from({ length: 12 }, (_, index) => [`Ada${index}`, 'Nowak', 'everyone.example', ''])
const HOUR = 3_600_000

let product: Product
afterEach(() => product.stop())

async function startRun(wanted: Field = 'email'): Promise<string> {
  await useHunter(product)
  const receipt = await product.call('receipt', {
    scope: 'all',
    wanted: [wanted],
    mapping: {},
    purpose: 'Invite them',
    cap: 100,
  })
  return (await product.call('startRun', receipt.id)).id
}

test('a run whose sidebar was closed goes on with the hourly trigger', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  const run = await startRun()
  expect(product.emulator.triggers()).toMatchObject([{ function: 'onTick', everyMs: HOUR }])

  await product.emulator.advance(2 * HOUR)

  expect(await product.call('runStatus', run)).toMatchObject({ state: 'done', cellsWritten: 12 })
  expect(shown(product.store)[12]![3]).toMatch(/@everyone\.example$/)
})

test('one trigger is made, however many runs there are', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  for (const wanted of ['email', 'job_title'] as const) {
    await product.finish(await product.call('runStatus', await startRun(wanted)))
  }
  expect(product.emulator.triggers()).toHaveLength(1)
})

test('a refused trigger does not fail the run; the screen says to keep the sidebar open', async () => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  product.emulator.script([
    {
      kind: 'fail_method',
      method: 'ClockTriggerBuilder.create',
      message: 'Unable to talk to trigger service',
      times: 9,
    },
  ])
  const run = await product.call('runStatus', await startRun())
  expect(run.whenClosed).toMatch(/^Keep this sidebar open/)
  expect((await product.finish(run)).state).toBe('done')
})

test.each([[undefined], ['text'], [[['triggerUid']]], [12]])('a formula cannot tick: %p', async (argument) => {
  product = await startProduct({ rows: [HEADERS, ...PEOPLE] })
  await startRun()
  const calls = product.vendors.calls().length
  await product.emulator.formula({ name: 'onTick', args: argument === undefined ? [] : [argument], user: OWNER })
  expect(product.vendors.calls()).toHaveLength(calls)
})
