import type { ReviewDecision, ReviewView, UndoView } from '../../src/app/api-types'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { COLLEAGUE, shown, startProduct, useHunter } from './product'
import {
  betweenReadAndWrite,
  crowd,
  finderReply,
  finds,
  image,
  REQUEST,
  rowsOfSummary,
  scriptFinder,
  tabOf,
} from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Remark']
const PEOPLE = crowd(6)

let product: Product
beforeEach(async () => {
  const rows = PEOPLE.map((person, index) => [...person, 'everyone.example', '', `remark ${index}`])
  product = await startProduct({ rows: [HEADERS, ...rows] })
  await useHunter(product)
})
afterEach(() => product.stop())

const put = (row: number, column: number, value: string) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[{ value }]])
const emailOf = (index: number) => shown(product.store).find((row) => row[0] === PEOPLE[index]![0])![3] ?? ''
/** What the finder says about each person: how sure, and with which status. */
const find = (scores: readonly (number | 'accept_all')[]) =>
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name')
    const index = PEOPLE.findIndex(([name]) => name === first)
    const said = scores[index]!
    const parts = said === 'accept_all' ? { score: 97, verification: { date: null, status: said } } : { score: said }
    return finderReply({ email: `found.${index}@everyone.example`, ...parts })
  })
const decide = (items: ReviewView['items'], verdict: ReviewDecision['verdict']): readonly ReviewDecision[] =>
  items.map(({ planned, field, candidates }) => ({ planned, field, value: candidates[0]!.value, verdict }))
const undo = async (run: string): Promise<UndoView> => {
  for (;;) {
    const view = await product.call('undoRun', run)
    if (view.state === 'done') return view
  }
}

test('of a cell that got one candidate, was emptied, and got the other one, Undo takes that back', async () => {
  const key = product.vendors.keys['api.prospeo.io']!
  await product.call('saveKey', { vendor: 'prospeo', environment: 'production', place: 'personal', key })
  await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), threshold: 0.99 } })
  find([90, 90, 90, 90, 90, 90])
  const run = await product.enrich({})
  const item = (await product.call('review', run.id)).items[0]!
  for (const { value } of item.candidates) {
    put(1, 3, '')
    const decision = { planned: item.planned, field: item.field, value, verdict: 'accept' } as const
    await product.call('settleReview', { run: run.id, decisions: [decision] })
    expect(emailOf(0)).toBe(value)
  }
  expect(item.candidates).toHaveLength(2)
  expect(await undo(run.id)).toMatchObject({ restored: 1, changed: 0 })
  expect(emailOf(0)).toBe('')
})

test('what is not sure enough waits, is accepted or rejected, and counts as verified by a person from then on', async () => {
  find([97, 60, 'accept_all', 40, 97, 55])
  const before = image(product.store)
  const run = await product.enrich({})
  expect(run).toMatchObject({ cellsWritten: 2, review: 4 })
  // Anybody who may edit the file may decide: nobody is asked.
  const review = await product.callAs(COLLEAGUE, 'review', run.id)
  expect(review.items.map(({ row, who, text, why }) => [row, who, text, why])).toEqual([
    [3, `${PEOPLE[1]!.join(' ')}, everyone.example`, '', 'Less than the 70 % sure that you want.'],
    [4, `${PEOPLE[2]!.join(' ')}, everyone.example`, '', 'Its status is not one that may be written.'],
    [5, `${PEOPLE[3]!.join(' ')}, everyone.example`, '', 'Less than the 70 % sure that you want.'],
    [7, `${PEOPLE[5]!.join(' ')}, everyone.example`, '', 'Less than the 70 % sure that you want.'],
  ])
  expect(review.items[1]!.candidates).toEqual([
    {
      value: 'found.2@everyone.example',
      confidence: expect.any(Number) as number,
      status: 'accept_all',
      vendors: ['Hunter'],
    },
  ])

  // Meanwhile the list is sorted the other way round, and somebody fills one of the cells.
  const [first, second, third, last] = [0, 1, 2, 3].map((index) => review.items[index]!)
  const { id } = tabOf(product.store)
  const area = { row: 1, column: 0, rows: PEOPLE.length, columns: 5 }
  product.store.write(id, area, [...product.store.read(id, area)].reverse())
  put(PEOPLE.length - 5, 3, 'typed@home.example')
  const swapped = betweenReadAndWrite(product, (store) => {
    const two = { row: 2, column: 0, rows: 2, columns: 5 }
    const [a, b] = store.read(id, two)
    store.write(id, two, [b!, a!])
  })
  const asked = finds(product).length
  const accepted = await product.callAs(COLLEAGUE, 'settleReview', {
    run: run.id,
    decisions: [...decide([first!, second!, last!], 'accept'), ...decide([third!], 'reject')],
  })
  expect(swapped()).toBe(true)
  const typed = [{ why: 'Left alone: it was filled already.', count: 1 }]
  expect(accepted).toEqual({ written: 2, rejected: 1, left: typed })
  expect([1, 2, 3].map(emailOf)).toEqual(['found.1@everyone.example', 'found.2@everyone.example', ''])
  expect(emailOf(5)).toBe('typed@home.example')
  const after = await product.call('runStatus', run.id)
  expect(after).toMatchObject({ cellsWritten: 4, undo: 'possible' })
  expect(rowsOfSummary(after.fields[0]!)).toBe(6)
  expect(after.fields[0]!.leftAlone.map(({ status, count }) => [status, count])).toEqual([
    ['not_sure_enough', 1],
    ['rejected', 1],
  ])
  expect((await product.call('review', run.id)).items).toEqual([])
  // The same presses once more come to the same.
  expect(await product.call('settleReview', { run: run.id, decisions: decide(review.items, 'accept') })).toEqual({
    written: 0,
    rejected: 0,
    left: typed,
  })
  expect((await product.call('showRows', { run: run.id, field: 'email', status: 'written' })).found).toBe(4)

  // What was rejected is not written later either, whatever counts as sure enough by then; what was accepted stays.
  const { fields } = await product.call('waterfalls')
  const { rule } = fields.find(({ field }) => field === 'email')!
  await product.call('saveWaterfall', { field: 'email', rule: { ...rule, threshold: 0.1 } })
  const again = await product.enrich({})
  expect(again).toMatchObject({ cellsWritten: 0, review: 0 })
  expect(again.fields[0]!.leftAlone).toMatchObject([{ status: 'rejected', count: 1 }])
  await product.call('saveWaterfall', {
    field: 'email',
    rule: { ...rule, threshold: 0.1, overwrite: { kind: 'more_confident', margin: 0 } },
  })
  expect((await product.call('receipt', REQUEST)).replaces.fine).toBe(2)
  expect(finds(product)).toHaveLength(asked)

  await expect(product.call('review', run.id)).rejects.toThrow('not the current one')
  expect(await undo(run.id)).toMatchObject({ restored: 4, changed: 0 })
  const sorted = (cells: typeof before) => [...cells].map((row) => JSON.stringify(row)).sort()
  put(PEOPLE.length - 5, 3, '')
  expect(sorted(image(product.store)).length).toBe(sorted(before).length)
  expect([0, 1, 2, 3, 4, 5].map(emailOf)).toEqual(['', '', '', '', '', ''])
})

test('nothing is decided while a run goes on or after it was undone, and no value that was not found', async () => {
  find([60, 60, 60, 60, 60, 97])
  const receipt = await product.call('receipt', REQUEST)
  const started = await product.call('startRun', receipt.id)
  await expect(product.call('review', started.id)).rejects.toThrow('not finished yet')
  await expect(product.call('settleReview', { run: started.id, decisions: [] })).rejects.toThrow('going on')
  const run = await product.finish(started)
  const { items } = await product.call('review', run.id)
  const [{ planned }] = items as [ReviewView['items'][number]]
  const forged = [{ planned, field: 'email', value: 'forged@home.example', verdict: 'accept' }] as const
  expect(await product.call('settleReview', { run: run.id, decisions: forged })).toMatchObject({ written: 0 })
  expect(emailOf(0)).toBe('')
  expect(await product.call('settleReview', { run: run.id, decisions: decide(items, 'accept') })).toMatchObject({
    written: 5,
  })
  await undo(run.id)
  await expect(product.call('review', run.id)).rejects.toThrow('was undone')
  expect(shown(product.store).map((row) => row[3])).toEqual(['Email', '', '', '', '', '', ''])
})

test('a run that wrote nothing, and whose values could not be written either, is no obstacle to undo those before it', async () => {
  find([97, 60, 60, 60, 60, 60])
  const before = image(product.store)
  const first = await product.enrich({})
  const second = await product.enrich({})
  expect(second).toMatchObject({ cellsWritten: 0, review: 5 })
  const { items } = await product.call('review', second.id)
  put(0, 3, 'Mail')
  await expect(product.call('settleReview', { run: second.id, decisions: decide(items, 'accept') })).rejects.toThrow(
    'The column "Email" is not there any more.',
  )
  put(0, 3, 'Email')
  const undone = [await undo(second.id), await undo(first.id)]
  expect(undone.map(({ restored }) => restored)).toEqual([0, 1])
  expect(image(product.store)).toEqual(before)
})

describe('killed right after a sort slipped in between', () => {
  const misplaced = () =>
    shown(product.store)
      .slice(1)
      .filter(([first, , , email = '']) => email !== '' && email !== emailAt(first))
  const emailAt = (first: string | undefined) =>
    `found.${PEOPLE.findIndex(([name]) => name === first)}@everyone.example`

  test.each<[string, (run: string) => Promise<unknown>]>([
    ['another run is started', () => product.enrich({})],
    ['its run is undone', undo],
  ])('nothing accepted stays in a wrong row when %s', async (_, next) => {
    find([60, 60, 60, 60, 60, 60])
    const before = image(product.store)
    const run = await product.enrich({})
    const { items } = await product.call('review', run.id)
    const isHit = betweenReadAndWrite(product, (store) => {
      const { id } = tabOf(store)
      const area = { row: 1, column: 0, rows: PEOPLE.length, columns: 5 }
      store.write(id, area, [...store.read(id, area)].reverse())
    })
    const off = product.store.onChange(() => {
      if (isHit() && misplaced().length > 0) product.emulator.killAll()
    })
    const decisions = decide(items.slice(0, 2), 'accept')
    expect((await product.execute('settleReview', { run: run.id, decisions })).state).toBe('killed')
    off()
    product.emulator.script([])
    expect(misplaced()).toHaveLength(2)
    await product.emulator.advance(61_000)
    await next(run.id)
    const held = (cells: typeof before) => cells.map((row) => row.map(({ value }) => value).join()).sort()
    expect(held(image(product.store))).toEqual(held(before))
    expect((await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).run!.remarks.join()).toContain(
      'taken out of D2, D3',
    )
  })
})
