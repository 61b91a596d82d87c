import { makeRepeats } from '../../sidebar/repeats-state'
import type { Repeats, RunRequest, UndoView } from '../../src/app/api-types'
import { hashText } from '../../src/domain/hash'
import { rowPrint } from '../../src/domain/row-print'
import { defaultRule } from '../../src/domain/waterfall'
import type { Product } from './product'
import { OWNER, shown, startProduct, useHunter } from './product'
import { begin, betweenReadAndWrite, finds, image, letDaysPass, REQUEST, scriptCrowd, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Job title', 'Remark']
const ADA = ['Ada', 'Nowak', 'everyone.example', '', '', 'met in Lyon']
const ADAH = ['Adah', 'Nowak', 'everyone.example', '', '', '']
const BOB = ['Bob', 'Nowak', 'everyone.example', '', '', '']
const ADA_MAIL = 'ada.nowak@everyone.example'

let product: Product
afterEach(() => product.stop())

const start = async (rows: readonly (readonly string[])[], headers = HEADERS) => {
  product = await startProduct({ rows: [headers, ...rows] })
  await useHunter(product)
  scriptCrowd(product)
}

/** Groups of rows as the sidebar sends them: counted from 0, headers first. */
const repeats = (...groups: readonly (readonly number[])[]): { readonly repeats: Repeats } => {
  const texts = shown(product.store)
  const print = hashText(
    groups
      .flat()
      .map((row) => rowPrint(texts[row]!, -1))
      .join(' '),
  )
  return { repeats: { groups: groups.map((group) => group.join(',')).join(';'), print } }
}
const column = (at: number) =>
  shown(product.store)
    .slice(1)
    .map((row) => row[at])
const put = (row: number, at: number, value: string) =>
  product.store.write(tabOf(product.store).id, { row, column: at, rows: 1, columns: 1 }, [[{ value }]])
const undo = async (run: string): Promise<UndoView> => {
  for (;;) {
    const view = await product.call('undoRun', run)
    if (view.state === 'done') return view
  }
}
const price = (part: Partial<RunRequest>) => product.call('receipt', { ...REQUEST, ...part })

describe('a receipt with repeats', () => {
  beforeEach(() => start([ADA, BOB, ADAH, ['', '', '', '', '', 'nobody']]))

  it('counts each row once, and asks and costs less', async () => {
    const alone = await price({})
    const once = await price(repeats([1, 3]))
    expect(alone.rows).toMatchObject({ selected: 4, chargeable: 3, copied: 0, invalid: 0, empty: 1 })
    expect(once.rows).toMatchObject({ selected: 4, chargeable: 2, copied: 1, invalid: 0, empty: 1 })
    expect([alone.credits.worst, once.credits.worst]).toEqual([3, 2])
    expect(finds(product)).toEqual([])
  })

  it('is compared with the one that can be started, which it does not replace', async () => {
    const alone = await price({})
    expect((await product.call('compareReceipt', { ...REQUEST, ...repeats([1, 3]) })).rows.copied).toBe(1)
    await product.finish(await product.call('startRun', alone.id))
    expect(finds(product)).toHaveLength(3)
    expect(column(3)).toEqual([ADA_MAIL, 'bob.nowak@everyone.example', 'adah.nowak@everyone.example', ''])
  })

  it('is refused when a row was changed since somebody saw the groups, before it is made and before it is started', async () => {
    const seen = repeats([1, 3])
    const receipt = await price(seen)
    put(3, 5, 'another person')
    await expect(price(seen)).rejects.toThrow('Rows were changed since they were compared.')
    await expect(product.call('startRun', receipt.id, seen.repeats)).rejects.toThrow(
      'Rows were changed since they were compared.',
    )
    expect(finds(product)).toEqual([])
  })

  it('is started with the same repeats or not at all', async () => {
    const receipt = await price(repeats([1, 3]))
    for (const others of [[], [repeats([1, 2]).repeats]])
      await expect(product.call('startRun', receipt.id, ...others)).rejects.toThrow('have changed since this receipt')
    expect(finds(product)).toEqual([])
  })

  it('of training takes every row by itself', async () => {
    await product.call('setEnvironment', 'training')
    expect((await price(repeats([1, 3]))).rows.copied).toBe(0)
  })

  it('to try few rows takes each by itself', async () => {
    expect((await price({ ...repeats([1, 3]), sample: 2 })).rows).toMatchObject({ selected: 2, copied: 0 })
    expect((await price({ ...repeats([1, 3]), sample: 2 })).rest).toBe(1)
  })
})

test('what the sidebar finds by itself is what the server takes', async () => {
  const headers = ['First name', 'Last name', 'Company', 'Website', 'Phone', 'Email', 'Duplicate group']
  const at = ['Everyone Ltd', 'everyone.example']
  await start(
    [
      ['Robert', 'Smitherson', ...at, '+33 1 42 68 53 07', '', 'Group 1: same phone'],
      ['Cleo', 'Nowak', ...at, '', '', ''],
      ['Bob', 'Smitherson', ...at, '+33 1 42 68 53 07', '', ''],
      ['Dan', 'Vasquez', ...at, '', '', ''],
    ],
    headers,
  )
  const found = makeRepeats(
    (name, ...args) => product.call(name, ...args),
    () => REQUEST,
  )
  const all = await price({})
  await found.look(all)
  const { value } = found.found
  if (value.at !== 'found') throw new Error(JSON.stringify(value))
  expect(value.repeats.groups).toBe('1,3')
  expect([value.all.rows.chargeable, value.once.rows.chargeable, value.once.rows.copied]).toEqual([4, 3, 1])
  await product.finish(await begin(product, { repeats: value.repeats }))
  expect(finds(product)).toHaveLength(3)
  expect(column(5)).toEqual([
    'robert.nowak@everyone.example',
    'cleo.nowak@everyone.example',
    'robert.nowak@everyone.example',
    'dan.nowak@everyone.example',
  ])
})

test('takes far more groups than a property has room for', async () => {
  const pairs = Array.from({ length: 900 }, (_, at) =>
    [ADA, ADAH].map((row) => withCell(row, 1, `Nowak${letters(at)}`)),
  )
  await start(pairs.flat())
  const all = repeats(...pairs.map((_, at) => [2 * at + 1, 2 * at + 2]))
  expect(all.repeats.groups.length).toBeGreaterThan(7_000)
  const receipt = await price(all)
  expect(receipt.rows).toMatchObject({ chargeable: 900, copied: 900 })
  expect(await product.call('startRun', receipt.id, all.repeats)).toMatchObject({ rows: { total: 1_800 } })
})

describe('which rows are repeats', () => {
  const cases: readonly (readonly [string, readonly (readonly string[])[], Partial<RunRequest>, number])[] = [
    ['one that lacks what is looked for', [ADA, ADAH], {}, 1],
    ['one of the same question: nothing is saved', [ADA, ADA], {}, 0],
    ['one of the same question beside another', [ADA, ADAH, ADA], {}, 2],
    [
      'one that lacks more than the others, but not one that lacks less',
      [ADA, withCell(ADAH, 4, 'CTO')],
      { wanted: ['email', 'job_title'] },
      1,
    ],
    ['one with another website', [ADA, withCell(ADAH, 2, 'fenfold.example')], {}, 0],
    ['one that is filled', [ADA, withCell(ADAH, 3, 'typed@example.org')], {}, 0],
    ['one that cannot be looked up', [ADA, ['', 'Nowak', '', '', '', 'x']], {}, 0],
    ['each of a larger group but one', [ADA, ADAH, BOB], {}, 2],
  ]
  it.each(cases)('%s', async (_, rows, part, copied) => {
    await start(rows)
    expect((await price({ ...part, ...repeats(rows.map((_row, index) => index + 1)) })).rows.copied).toBe(copied)
  })

  it('none whose value is to be replaced', async () => {
    await start([ADA, BOB])
    await product.enrich({})
    const overwrite = { kind: 'refresh', days: 1 } as const
    await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), overwrite } })
    await letDaysPass(product, 40)
    expect((await price({})).rows).toMatchObject({ chargeable: 2 })
    expect((await price(repeats([1, 2]))).rows).toMatchObject({ chargeable: 2, copied: 0 })
  })

  it('none that says no, whoever stands with it', async () => {
    await start([ADA, ADAH])
    await product.call('addSuppressed', 'Adah Nowak; everyone.example')
    const { rows } = await price(repeats([1, 2]))
    expect(rows.copied).toBe(0)
  })
})

describe('a run that copies', () => {
  it('asks once, fills only empty cells, says so beside each copy, and is undone as a whole', async () => {
    await start([withCell(ADAH, 4, 'Boss'), ADA, BOB, ADAH])
    const before = image(product.store)
    const run = await product.finish(await begin(product, { wanted: ['email', 'job_title'], ...repeats([1, 2, 4]) }))
    expect(run).toMatchObject({ state: 'done', rows: { total: 4, done: 4 }, credits: { spent: 2 } })
    expect(finds(product)).toHaveLength(2)
    expect(column(3)).toEqual([ADA_MAIL, ADA_MAIL, 'bob.nowak@everyone.example', ADA_MAIL])
    expect(column(4)).toEqual(['Boss', 'CTO', 'CTO', 'CTO'])
    for (const { written, leftAlone } of run.fields)
      expect(written + leftAlone.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    const notes = image(product.store).map((row) => row[3]!.note ?? '')
    expect(notes.map((note) => note.includes('copied from a repeat'))).toEqual([false, true, false, false, true])
    product.emulator.select(OWNER, tabOf(product.store).id, ['D5'])
    const told = await product.call('explainCell', {})
    expect(told).toMatchObject({ text: ADA_MAIL, found: { value: ADA_MAIL }, nothing: null })
    expect(told.remarks).toEqual([expect.stringContaining('This row is a repeat')])

    expect(await undo(run.id)).toMatchObject({ changed: 0, gone: 0 })
    expect(image(product.store)).toEqual(before)
  })

  it('costs nothing a second time', async () => {
    await start([ADA, ADAH])
    const run = await product.finish(await begin(product, repeats([1, 2])))
    await undo(run.id)
    await product.finish(await begin(product, repeats([1, 2])))
    expect(finds(product)).toHaveLength(1)
  })

  it('keeps what a person types into a repeat while it runs', async () => {
    await start([ADA, BOB, ADAH])
    const begun = await begin(product, repeats([1, 3]))
    put(3, 3, 'typed@example.org')
    const run = await product.finish(begun)
    expect(column(3)).toEqual([ADA_MAIL, 'bob.nowak@everyone.example', 'typed@example.org'])
    expect(finds(product)).toHaveLength(2)
    expect(run.fields[0]).toMatchObject({ written: 2 })
  })

  it('finds the rows again that somebody sorts in the moment of writing', async () => {
    await start([ADA, BOB, ADAH])
    const begun = await begin(product, repeats([1, 3]))
    const struck = betweenReadAndWrite(product, (store) => {
      const { id } = tabOf(store)
      const area = { row: 1, column: 0, rows: 3, columns: 6 }
      const cells = store.read(id, area)
      store.write(id, area, [...cells].reverse())
    })
    await product.finish(begun)
    expect(struck()).toBe(true)
    expect(
      shown(product.store)
        .slice(1)
        .map((row) => [row[0], row[3]]),
    ).toEqual([
      ['Adah', ADA_MAIL],
      ['Bob', 'bob.nowak@everyone.example'],
      ['Ada', ADA_MAIL],
    ])
  })

  it('asks nobody for a repeat whose row to copy from is gone', async () => {
    await start([ADA, BOB, ADAH])
    const begun = await begin(product, repeats([1, 3]))
    put(1, 0, 'Zoe')
    const run = await product.finish(begun)
    expect(finds(product)).toHaveLength(1)
    expect(column(3)).toEqual(['', 'bob.nowak@everyone.example', ''])
    expect(run).toMatchObject({ state: 'done', rows: { total: 3, done: 3 } })
  })

  it('gives nothing to a repeat who objected meanwhile', async () => {
    await start([ADA, BOB, ADAH])
    const begun = await begin(product, repeats([1, 3]))
    await product.call('addSuppressed', 'Adah Nowak; everyone.example')
    await product.finish(begun)
    expect(column(3)).toEqual([ADA_MAIL, 'bob.nowak@everyone.example', ''])
  })

  it('lets a person decide about a repeat in Review as about any other row', async () => {
    await start([ADA, ADAH])
    scriptCrowd(product, { score: 12, verification: { date: null, status: null } })
    const run = await product.finish(await begin(product, repeats([1, 2])))
    const { items } = await product.call('review', run.id)
    expect(items.map(({ row, candidates }) => [row, candidates[0]?.value])).toEqual([
      [2, ADA_MAIL],
      [3, ADA_MAIL],
    ])
    const decisions = items.map(({ planned, field }) => ({
      planned,
      field,
      value: ADA_MAIL,
      verdict: 'accept' as const,
    }))
    expect(await product.call('settleReview', { run: run.id, decisions })).toMatchObject({ written: 2 })
    expect(column(3)).toEqual([ADA_MAIL, ADA_MAIL])
  })
})

function letters(at: number): string {
  return String.fromCharCode(...[676, 26, 1].map((step) => 97 + (Math.floor(at / step) % 26)))
}

function withCell(row: readonly string[], at: number, text: string): readonly string[] {
  return row.map((cell, index) => (index === at ? text : cell))
}
