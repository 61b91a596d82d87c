import { makeDuplicates } from '../../sidebar/duplicates-state'
import type { Call } from '../../sidebar/call'
import type { UndoView } from '../../src/app/api-types'
import type { Product } from './product'
import { shown, startProduct } from './product'
import { image, tabOf } from './story'

// The sidebar's own search and plans on the built server: what a person does, without the page.

const HEADERS = ['First name', 'Last name', 'Company', 'Email', 'Phone', 'Notes', 'Added']

const LIST = [
  HEADERS,
  ['Robert', 'Smitherson', 'Acme Incorporated', 'r.smitherson@acme.example', '', '', 45_000],
  ['Ada', 'Nowak', 'Kranich', 'ada@kranich.example', '', 'fair', ''],
  ['Bob', 'Smitherson', 'Acme', 'r.smitherson@acme.example', '+33 1 42 68 53 00', 'met in Lyon', ''],
  ['Nia', 'Okafor', 'Harbour', 'nia.okafor@harbour.example', '', '', ''],
  ['Ada', 'Nowak', 'Kranich', 'ada.nowak@private.example', '', 'call in May', 46_000],
  ['Nia', 'Okafor', 'Harbour', 'nia.okafor@harbour.example', '', '', ''],
  ['Tom', 'Vasquez', 'Lumen', 'tom@lumen.example', '', '', ''],
] as const

let product: Product
const start = async (rows: readonly (readonly (string | number)[])[] = LIST) => {
  product = await startProduct({ rows })
  product.store.write(tabOf(product.store).id, { row: 1, column: 6, rows: rows.length - 1, columns: 1 }, [
    ...rows.slice(1).map(() => [{ format: 'yyyy-mm-dd' }]),
  ])
}
const open = async () => {
  const call: Call = (name, ...args) => product.call(name, ...args)
  const duplicates = makeDuplicates(call)
  await duplicates.open()
  duplicates.scope.value = 'all'
  await duplicates.search()
  expect(duplicates.problem.value).toBeNull()
  return duplicates
}
const undo = async (id: string): Promise<UndoView> => {
  for (;;) {
    const view = await product.call('undoRun', id)
    if (view.state === 'done') return view
  }
}
afterEach(() => product.stop())

test('merge and undo', async () => {
  await start()
  const before = image(product.store)
  const duplicates = await open()
  console.log(duplicates.groups.value.map(({ key, pile, members }) => [key, pile, members.map(({ why }) => why)]))
  for (const pile of ['sure', 'review'] as const)
    for (const _ of duplicates.pileOf(pile)) {
      duplicates.review(pile)
      duplicates.decide('merge')
    }
  await duplicates.merge()
  console.log(duplicates.problem.value, JSON.stringify(duplicates.stage.value))
  console.log(shown(product.store))
  console.log(shown(product.store, 'Merged duplicates'))
  const { undoable } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  console.log(undoable)
  const view = await undo(undoable[0]!.id)
  console.log(view)
  console.log(shown(product.store))
  expect(image(product.store)).toEqual(before)
})
