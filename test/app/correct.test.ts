import type { CorrectAsk } from '../../src/app/api-types'
import { FILL_EMPTY } from '../../src/domain/overwrite'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { crowd, finds, letDaysPass, scriptCrowd, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Job title']
const [ADA = ['', '']] = crowd(2)
const RIGHT = 'ada.right@everyone.example'

let product: Product
afterEach(() => product.stop())

const start = async () => {
  product = await startProduct({ rows: [HEADERS, ...crowd(2).map((name) => [...name, 'everyone.example', '', ''])] })
  await useHunter(product)
  scriptCrowd(product)
  await product.enrich({ wanted: ['email', 'job_title'] })
}

const correct = async (part: Partial<CorrectAsk> = {}) => {
  const who = { email: '', linkedin: '', phone: '', name: ADA.join(' '), company: 'everyone.example' }
  let seen = await product.call('person', { who, picked: null })
  while (!seen.view) seen = await product.call('person', seen.trail)
  return product.call('correctPerson', { trail: seen.trail, field: 'email', value: RIGHT, ...part })
}

const clearEmail = () =>
  product.store.write(tabOf(product.store).id, { row: 1, column: 3, rows: 1, columns: 1 }, [[{ value: null }]])

test('a corrected value stands in every row of theirs, and no rule of later runs replaces it', async () => {
  await start()
  const id = product.store.addTab('More', { rows: 10, columns: 5 }).id
  product.store.write(id, { row: 0, column: 0, rows: 2, columns: 4 }, [
    ['Name', 'Website', 'Email', 'Remark'].map((value) => ({ value })),
    [ADA.join(' '), 'everyone.example', '', 'x'].map((value) => ({ value })),
  ])
  const other = shown(product.store)[2]
  expect(await correct({ value: ` ${RIGHT.toUpperCase()} ` })).toEqual({ changed: 2, missed: [] })
  expect([shown(product.store)[1]![3], shown(product.store, 'More')[1]![2]]).toEqual([RIGHT, RIGHT])
  expect(shown(product.store)[2]).toEqual(other)
  const rules = [
    { kind: 'replace_invalid' },
    { kind: 'refresh', days: 1 },
    { kind: 'more_confident', margin: 0 },
  ] as const
  for (const overwrite of [...rules, FILL_EMPTY]) {
    await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), overwrite } })
    await letDaysPass(product, 2)
    await product.enrich({ wanted: ['email'] }).catch(() => undefined)
    expect(shown(product.store)[1]![3]).toBe(RIGHT)
  }
})

test('what vendors said otherwise never comes back into an emptied cell, and is not paid again', async () => {
  await start()
  const asked = finds(product).length
  await correct()
  clearEmail()
  await product.enrich({ wanted: ['email'] })
  expect(shown(product.store)[1]![3]).toBe('')
  expect(finds(product)).toHaveLength(asked)
})

test('a service that fails as it claims the file leaves nothing that others would wait for', async () => {
  await start()
  const method = 'Properties.deleteProperty'
  product.emulator.script([{ kind: 'fail_method', method, times: 1, message: 'Dienstfehler: Eigenschaften' }])
  await expect(correct()).rejects.toThrow()
  expect(await correct()).toEqual({ changed: 1, missed: [] })
})

test('rows that were changed since they were found are to be searched for again', async () => {
  await start()
  const who = { email: '', linkedin: '', phone: '', name: ADA.join(' '), company: 'everyone.example' }
  let seen = await product.call('person', { who, picked: null })
  while (!seen.view) seen = await product.call('person', seen.trail)
  clearEmail()
  await expect(product.call('correctPerson', { trail: seen.trail, field: 'email', value: RIGHT })).rejects.toThrow(
    'Search for the person again',
  )
})

test.each([
  ['no address', { value: 'not an address' }, 'cannot be read as Email'],
  ['a field without a column', { field: 'mobile_phone', value: '+33612345678' }, 'No row of theirs has a column'],
] as const)('%s is refused in words', async (_, part, words) => {
  await start()
  await expect(correct(part)).rejects.toThrow(words)
})

test('a formula stays, and is said', async () => {
  await start()
  product.store.write(tabOf(product.store).id, { row: 1, column: 3, rows: 1, columns: 1 }, [
    [{ formula: '="a@b.example"' }],
  ])
  expect(await correct()).toEqual({ changed: 0, missed: ['Leads, row 2'] })
})

test.each([
  ['of writing', [1]],
  ['of writing, and again while others get back what they held,', [1, 2]],
] as const)(
  'a row that somebody moves in the moment %s is corrected all the same, and no other',
  async (_, moments) => {
    await start()
    const before = shown(product.store).slice(1)
    product.emulator.script(
      moments.map((nth) => ({
        kind: 'between',
        method: 'RangeList.setNumberFormat',
        nth,
        act: (store) =>
          store.sort(tabOf(store).id, { row: 1, column: 0, rows: 2, columns: 5 }, { column: 0, ascending: nth === 2 }),
      })),
    )
    expect(await correct()).toEqual({ changed: 1, missed: [] })
    const [ada, other] = before
    const right = ada!.map((text, column) => (column === 3 ? RIGHT : text))
    expect(shown(product.store).slice(1)).toEqual(moments.length === 1 ? [other, right] : [right, other])
  },
)

test('a column that somebody inserts in the moment of writing costs nobody a value', async () => {
  await start()
  const { id } = tabOf(product.store)
  product.store.write(id, { row: 1, column: 2, rows: 1, columns: 1 }, [[{ note: 'their second site' }]])
  const before = shown(product.store)
  const act = () => product.store.insertColumns(id, 0, 1)
  product.emulator.script([{ kind: 'between', method: 'RangeList.setNumberFormat', nth: 1, act }])
  expect(await correct()).toEqual({ changed: 0, missed: ['Leads, row 2'] })
  expect(shown(product.store).map((row) => row.slice(1))).toEqual(before)
})

test('a column that somebody renames in that moment is corrected all the same', async () => {
  await start()
  const { id } = tabOf(product.store)
  const act = () => product.store.write(id, { row: 0, column: 3, rows: 1, columns: 1 }, [[{ value: 'Mail' }]])
  product.emulator.script([{ kind: 'between', method: 'RangeList.setNumberFormat', nth: 1, act }])
  await correct()
  expect(shown(product.store)[1]![3]).toBe(RIGHT)
})
