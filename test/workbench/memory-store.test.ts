import fc from 'fast-check'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import { describeSheetStore } from './store-suite'

describeSheetStore('the store in memory', () => createMemoryStore())

const whole = (store: SheetStore): unknown => {
  const [tab] = store.tabs()
  const { rows, columns } = store.used(tab!.id)
  return rows === 0
    ? []
    : store.read(tab!.id, { row: 0, column: 0, rows, columns }).map((line) => line.map((one) => one.value))
}

test('values given at the start are stored as they are', () => {
  const store = createMemoryStore({
    tabs: [
      {
        name: 'Leads',
        values: [
          ['Name', 'Phone'],
          ['Ana', '+420777'],
        ],
      },
    ],
  })
  expect(store.tabs()).toEqual([{ id: 0, name: 'Leads', hidden: false, rows: 1000, columns: 26 }])
  expect(whole(store)).toEqual([
    ['Name', 'Phone'],
    ['Ana', '+420777'],
  ])
})

test('deleting what was inserted changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 3, maxLength: 3 }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.nat(8),
      fc.integer({ min: 1, max: 4 }),
      (values, place, count) => {
        const store = createMemoryStore({ tabs: [{ name: 'S', values, rows: 20, columns: 5 }] })
        const before = whole(store)
        store.insertRows(0, place, count)
        store.deleteRows(0, place, count)
        store.insertColumns(0, Math.min(place, 5), count)
        store.deleteColumns(0, Math.min(place, 5), count)
        expect(whole(store)).toEqual(before)
      },
    ),
  )
})

test('formulas of formulas compute again, and an error goes through all of them', async () => {
  const store = createMemoryStore({ tabs: [{ name: 'S', values: [['ana@example.com']] }] })
  const line = { row: 0, column: 1, rows: 1, columns: 2 }
  store.write(0, line, [[{ formula: '=REGEXEXTRACT(A1, "@(.*)")' }, { formula: '="at "&B1' }]])
  expect(store.display(0, line)).toEqual([['example.com', 'at example.com']])
  store.write(0, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: 'Ana' }]])
  expect(store.display(0, line)).toEqual([['#N/A', '#N/A']])
})

test('a spill is blocked by a value in its way, and the same spill may be written again', async () => {
  const store = createMemoryStore()
  let size = 2
  store.defineFunction('ROWS_OF', async () => Array.from({ length: size }, (_, at) => [`row ${String(at)}`]))
  store.write(0, { row: 0, column: 1, rows: 1, columns: 1 }, [[{ formula: '=ROWS_OF(A1)' }]])
  await store.settled()
  size = 1
  store.write(0, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: 'again' }]])
  await store.settled()
  expect(store.display(0, { row: 0, column: 1, rows: 3, columns: 1 })).toEqual([['row 0'], [''], ['']])
  store.write(0, { row: 2, column: 1, rows: 1, columns: 1 }, [[{ value: 'in the way' }]])
  size = 3
  store.write(0, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: 'more' }]])
  await store.settled()
  expect(store.display(0, { row: 0, column: 1, rows: 3, columns: 1 })).toEqual([['#REF!'], [''], ['in the way']])
})
