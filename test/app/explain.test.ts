import type { Product } from './product'
import { OWNER, startProduct, useHunter } from './product'
import { finderReply, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Notes', 'Email']
const ROWS = [
  ['Ada', 'Nowak', 'everyone.example', 'met at the fair', ''],
  ['Bo', 'Nobody', 'everyone.example', '', ''],
  ['Cleo', 'Nowak', 'everyone.example', '', 'cleo@typed.example'],
  ['Dan', 'Unsure', 'everyone.example', '', ''],
]
const NOT_FOUND = { status: 200, body: '{"data":{"email":null,"score":null},"meta":{}}' }
const REST = { nothing: null, hasMore: false, remarks: [] }

let product: Product
beforeAll(async () => {
  product = await startProduct({ rows: [HEADERS, ...ROWS] })
  await useHunter(product)
})
afterAll(() => product.stop())

const explain = (...ranges: readonly string[]) => {
  product.emulator.select(OWNER, tabOf(product.store).id, ranges)
  return product.call('explainCell', {})
}

// One story: each part goes on where the one before it ended.
describe('a cell explained', () => {
  it('is nothing to tell of before anybody was asked, and what has no lead or no field', async () => {
    expect(await explain('E2')).toMatchObject({
      cell: 'E2',
      label: 'Email',
      steps: [],
      nothing: 'Nobody was asked for Email about this row yet. Enrich it to look for it.',
    })
    expect((await explain('D2')).nothing).toBe(
      'The column "Notes" is none that Enrich fills. Select a cell in a column such as Email or Phone.',
    )
    expect((await explain('E1')).nothing).toBe('Select a cell under the column names.')
    expect((await explain('E40')).nothing).toBe('There is no lead in this row.')
  })

  it('tells after a run who was asked, what came back, what it cost and why the search ended', async () => {
    scriptFinder(product, (path) => {
      if (path.includes('Ada')) return finderReply({})
      return path.includes('Dan') ? finderReply({ score: 12, verification: { date: null, status: null } }) : NOT_FOUND
    })
    await product.enrich({})
    const calls = product.vendors.calls().length
    const ada = await explain('E2')
    expect(ada).toMatchObject({ ...REST, text: 'ada.nowak@everyone.example', holder: 'Enrich filled the cell.' })
    expect(ada.found).toEqual({
      value: 'ada.nowak@everyone.example',
      note: 'Hunter, 97 % sure, verified, 22 Nov 2026, 1 credit',
      sourceUrl: 'https://everyone.example/team',
      isGood: true,
    })
    const step = { vendor: 'Hunter', asked: 'by name and domain' }
    expect(ada.steps).toMatchObject([
      { credits: null, said: null, then: 'Was not asked: the row lacks what it has to be asked with.' },
      {
        ...step,
        credits: 1,
        said: 'ada.nowak@everyone.example, 97 % sure, known to work',
        then: 'Good enough: the search ended here.',
      },
    ])
    const bo = await explain('E3')
    expect(bo).toMatchObject({ ...REST, text: '', holder: 'The cell is empty.', found: null })
    expect(bo.steps).toContainEqual(
      expect.objectContaining({ ...step, credits: 0, said: null, then: 'Does not know, so the next one was asked.' }),
    )
    const dan = await explain('E5')
    expect(dan.found).toMatchObject({ isGood: false })
    expect(dan.steps).toContainEqual(
      expect.objectContaining({ ...step, then: 'Not sure enough, so the next one was asked.' }),
    )
    expect(product.vendors.calls().length).toBe(calls)
  })

  it('is the first of those selected, and asked about as if its own value were not there', async () => {
    expect(await explain('E4:E5', 'A2')).toMatchObject({
      cell: 'E4',
      hasMore: true,
      text: 'cleo@typed.example',
      nothing: 'Nobody was asked for Email about this row yet. Enrich it to look for it.',
    })
  })

  it('is told as the row stands where somebody changed it since', async () => {
    const { id } = tabOf(product.store)
    product.store.write(id, { row: 1, column: 4, rows: 1, columns: 1 }, [[{ value: 'ada@mine.example' }]])
    expect(await explain('E2')).toMatchObject({ holder: 'Somebody changed the cell after Enrich filled it.' })
    product.store.write(id, { row: 1, column: 3, rows: 1, columns: 1 }, [[{ value: 'call back' }]])
    expect((await explain('E2')).remarks).toEqual([])
    product.store.write(id, { row: 1, column: 1, rows: 1, columns: 1 }, [[{ value: 'Novak' }]])
    const changed = await explain('E2')
    expect(changed.remarks).toEqual([expect.stringMatching(/was changed since: .* as it stands now/)])
    expect(changed.nothing).toMatch(/^Nobody was asked/)
  })

  it('tells of vendors in the order in which they answered, whatever the order is now', async () => {
    const key = product.vendors.keys['api.prospeo.io']!
    await product.call('saveKey', { vendor: 'prospeo', environment: 'production', place: 'personal', key })
    await product.enrich({})
    const answered = async () => {
      const { steps } = await explain('E5')
      return steps.flatMap(({ vendor, said }) => (said === null ? [] : [vendor]))
    }
    expect(await answered()).toEqual(['Hunter', 'Prospeo'])
    const { fields } = await product.call('waterfalls')
    const { rule } = fields.find(({ field }) => field === 'email')!
    await product.call('saveWaterfall', { field: 'email', rule: { ...rule, order: ['prospeo', 'hunter'] } })
    expect(await answered()).toEqual(['Hunter', 'Prospeo'])
  })

  it('tells what a vendor answered whose key is gone, and nothing of who objected', async () => {
    for (const vendor of ['hunter', 'prospeo'])
      await product.call('removeKey', { vendor, environment: 'production', place: 'personal' })
    expect((await explain('E5')).steps).toHaveLength(2)
    await product.call('addSuppressed', 'everyone.example')
    expect(await explain('E5')).toMatchObject({
      steps: [],
      found: null,
      nothing: 'This row is on your never-look-up list: nobody is asked about it.',
    })
  })
})
