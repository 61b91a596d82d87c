import type { UndoView } from '../../src/app/api-types'
import { defaultRule } from '../../src/domain/waterfall'
import type { Field } from '../../src/domain/field'
import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { betweenReadAndWrite, crowd, finderReply, finds, image, REQUEST, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Remark']
const PEOPLE = crowd(6)
const FOUND = 'Email (found)'

let product: Product
const start = async (emails: readonly string[], headers: readonly string[] = HEADERS) => {
  const rows = PEOPLE.map((person, index) => [...person, 'everyone.example', emails[index] ?? '', `call ${index}`])
  product = await startProduct({ rows: [headers, ...rows] })
  await useHunter(product)
  findAt('new')
}
afterEach(() => product.stop())

const put = (row: number, column: number, value: string) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[{ value }]])
const beside = (margin = 0.1, field: Field = 'email') =>
  product.call('saveWaterfall', { field, rule: { ...defaultRule(field), overwrite: { kind: 'beside', margin } } })
/** The finder names each person at this mailbox, this sure. */
function findAt(mailbox: string, score = 97): void {
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
    return finderReply({ email: `${first.toLowerCase()}.${mailbox}@everyone.example`, score })
  })
}
const at = (index: number, mailbox: string) => `${PEOPLE[index]![0].toLowerCase()}.${mailbox}@everyone.example`
/** The column with this header, by first name. */
const column = (header: string) => {
  const [headers = [], ...rows] = shown(product.store)
  return new Map(rows.map((row) => [row[0], row[headers.indexOf(header)] ?? '']))
}
const cells = (header: string) => PEOPLE.map(([first]) => column(header).get(first))
const lefts = (run: Awaited<ReturnType<Product['enrich']>>, field = 0) =>
  Object.fromEntries(run.fields[field]!.leftAlone.map(({ status, count }) => [status, count]))
const undo = async (run: string): Promise<UndoView> => {
  for (;;) {
    const view = await product.call('undoRun', run)
    if (view.state === 'done') return view
  }
}
const typed = () => PEOPLE.map((_, index) => (index === 0 ? '' : at(index, 'typed')))

test('a value that stands there stays, and a better one goes to a column right beside it, with its note, until it is undone', async () => {
  // One writes the same address in another way.
  const emails = [...typed().slice(0, 5), at(5, 'new').toUpperCase()]
  await start(emails)
  // The usual rule looks for nothing where something stands.
  expect((await product.call('receipt', REQUEST)).rows).toMatchObject({ filled: 5, chargeable: 1 })
  await beside()
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt).toMatchObject({
    rows: { chargeable: 6 },
    replaces: { fine: 0, old: 0, invalid: 0, beside: 5 },
    newColumns: [FOUND],
    credits: { worst: 6 },
  })
  const before = image(product.store)
  const run = await product.finish(await product.call('startRun', receipt.id))
  expect(run).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 6 } })
  expect(shown(product.store)[0]).toEqual(['First name', 'Last name', 'Website', 'Email', FOUND, 'Remark'])
  expect(cells('Email')).toEqual([at(0, 'new'), ...emails.slice(1)])
  expect(cells(FOUND)).toEqual(['', ...[1, 2, 3, 4].map((index) => at(index, 'new')), ''])
  expect(cells('Remark')).toEqual(PEOPLE.map((_, index) => `call ${index}`))
  expect(lefts(run)).toEqual({ put_beside: 4, same_value: 1 })
  expect(image(product.store)[2]![4]).toMatchObject({ format: '@', note: expect.stringContaining('Hunter') as string })
  expect((await product.call('showRows', { run: run.id, field: 'email', status: 'put_beside' })).found).toBe(4)

  // Again it finds nothing to do: what is beside is there, and what is the same is known.
  const again = await product.call('receipt', REQUEST)
  expect(again).toMatchObject({ credits: { worst: 0 }, newColumns: [] })
  expect(finds(product)).toHaveLength(6)

  expect(await undo(run.id)).toMatchObject({ restored: 5, changed: 0, added: [FOUND] })
  expect(cells(FOUND)).toEqual(PEOPLE.map(() => ''))
  const without = image(product.store).map((row) => row.filter((_, index) => index !== 4))
  expect(without).toEqual(before)
})

test('History tells how a run searched, whatever is set later', async () => {
  await start(typed())
  await beside()
  const run = await product.enrich({})
  await product.call('saveWaterfall', {
    field: 'email',
    rule: { ...defaultRule('email'), order: ['hunter'], threshold: 0.9 },
  })
  put(1, 3, '')
  const later = await product.enrich({})
  const usual = {
    field: 'email',
    accepts: ['valid', 'unverified'],
    agreement: 'counts',
    verify: 'never',
    verifiers: [],
  }
  const asked = expect.arrayContaining(['Hunter']) as readonly string[]
  expect(await product.call('searchesUsed', run.id)).toEqual([
    { ...usual, asked, threshold: 0.7, order: 'automatic', overwrite: 'beside' },
  ])
  expect(await product.call('searchesUsed', later.id)).toEqual([
    { ...usual, asked, threshold: 0.9, order: 'given', overwrite: 'fill_empty' },
  ])
  expect(await product.call('searchesUsed', 'none')).toEqual([])
})

test('what a person changed after us is kept, and nothing is looked for there', async () => {
  await start([])
  findAt('old', 80)
  await product.enrich({})
  put(1, 3, 'hers@home.example')
  await beside()
  findAt('surer', 97)
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt).toMatchObject({ rows: { filled: 1 }, replaces: { beside: 5 } })
  await product.enrich({})
  expect(cells('Email')[0]).toBe('hers@home.example')
  expect(cells(FOUND)).toEqual(PEOPLE.map(() => ''))
  // Nothing can be that much surer: no column is made.
  await beside(0.9)
  expect(await product.call('receipt', { ...REQUEST, scope: 'all' })).toMatchObject({ rows: { filled: 6 } })
})

test('of ours only a value surer by the margin goes beside, and a person keeps what they typed there', async () => {
  await start([])
  const key = product.vendors.keys['api.prospeo.io']!
  await product.call('saveKey', { vendor: 'prospeo', environment: 'production', place: 'personal', key })
  // It gives no number: what it says is 70 % sure at most.
  const ofProspeo = { ...defaultRule('email'), off: ['hunter'] }
  await product.call('saveWaterfall', { field: 'email', rule: ofProspeo })
  expect((await product.enrich({})).cellsWritten).toBe(6)
  const ours = cells('Email')
  await beside()
  scriptFinder(product, (path) => {
    const first = new URL(path, 'https://x.example').searchParams.get('first_name')
    const index = PEOPLE.findIndex(([name]) => name === first)
    return finderReply({ email: `surer.${index}@everyone.example`, score: index < 2 ? 75 : 97 })
  })
  const receipt = await product.call('receipt', REQUEST)
  expect(receipt.replaces.beside).toBe(6)
  const started = await product.call('startRun', receipt.id)
  put(4, 4, 'mine@home.example')
  const run = await product.finish(started)
  expect(cells('Email')).toEqual(ours)
  expect(cells(FOUND)).toEqual([
    '',
    '',
    'surer.2@everyone.example',
    'mine@home.example',
    ...[4, 5].map((index) => `surer.${index}@everyone.example`),
  ])
  expect(lefts(run)).toMatchObject({ put_beside: 3 })
  // Nobody is asked for a cell beside which something stands.
  expect((await product.call('receipt', REQUEST)).replaces.beside).toBe(2)
})

test('another row never gets it, whoever sorts in the moment of writing, and nobody is looked up by it', async () => {
  await start(typed())
  await beside()
  const started = await product.call('startRun', (await product.call('receipt', REQUEST)).id)
  const swapped = betweenReadAndWrite(product, (store) => {
    const { id } = tabOf(store)
    const area = { row: 1, column: 0, rows: PEOPLE.length, columns: 6 }
    store.write(id, area, [...store.read(id, area)].reverse())
  })
  const run = await product.finish(started)
  expect(swapped()).toBe(true)
  expect(run).toMatchObject({ state: 'done', cellsWritten: 6 })
  expect(cells(FOUND)).toEqual(['', ...[1, 2, 3, 4, 5].map((index) => at(index, 'new'))])
  expect(cells('Email')).toEqual([at(0, 'new'), ...typed().slice(1)])
  const { columns } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
  expect(columns.find(({ header }) => header === FOUND)!.field).toBeNull()
})

test('the row goes by the value that stands there: its status is about that one', async () => {
  await start(typed())
  await beside()
  product.vendors.script('api.hunter.io', (path) => {
    if (path.includes('email-verifier'))
      return {
        status: 200,
        body: JSON.stringify({ data: { status: path.includes('typed') ? 'invalid' : 'valid', score: 95 }, meta: {} }),
      }
    const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
    return path.includes('finder') ? finderReply({ email: `${first.toLowerCase()}.new@everyone.example` }) : undefined
  })
  const run = await product.enrich({ wanted: ['email', 'email_status'] })
  expect(run.state).toBe('done')
  expect(cells(FOUND)[1]).toBe(at(1, 'new'))
  expect(cells('Email status').slice(1)).toEqual(PEOPLE.slice(1).map(() => 'invalid'))
})

test('somebody who inserts a column in the moment of the start loses nothing', async () => {
  await start(typed())
  await beside()
  const receipt = await product.call('receipt', REQUEST)
  product.emulator.script([
    {
      kind: 'between',
      method: 'Sheet.insertColumnsBefore',
      nth: 1,
      act: (store) => store.insertColumns(tabOf(store).id, 0, 1),
    },
  ])
  await expect(product.call('startRun', receipt.id)).rejects.toThrow('Somebody changed the columns')
  expect(shown(product.store)[0]!.filter((header) => header !== '')).toEqual(HEADERS)
  product.emulator.script([])
  const run = await product.enrich({})
  expect(run).toMatchObject({ state: 'done', cellsWritten: 6 })
})

test('a column beside that is deleted while the run works pauses it, and it goes on when it is back', async () => {
  await start(typed())
  await beside()
  const run = await product.call('startRun', (await product.call('receipt', REQUEST)).id)
  put(0, 4, 'Renamed')
  const paused = await product.finish(run)
  expect(paused).toMatchObject({ state: 'paused', problem: { action: 'try_again' } })
  expect(paused.problem!.message).toContain('The column "Email (found)" is not there any more')
  put(0, 4, FOUND)
  expect(await product.finish(await product.call('resumeRun', run.id))).toMatchObject({
    state: 'done',
    cellsWritten: 6,
  })
})

describe('what came along with answers for other cells', () => {
  const TITLED = ['First name', 'Last name', 'Website', 'Email', 'Job title', 'Remark']
  const TITLES = ['', 'Typed 1', 'Typed 2', 'cto', 'Typed 4', 'Typed 5']
  const WANTED: readonly Field[] = ['email', 'job_title']
  const KNOWN = { ...REQUEST, wanted: WANTED, scope: 'last_run', replace: 'beside', cap: 0 } as const
  const FOUND_TITLE = 'Job title (found)'
  /** Each row lacks an address; the finder says a title along with it. */
  const titled = async (titles: readonly string[] = TITLES, position = 'CTO', emails: readonly string[] = []) => {
    const rows = PEOPLE.map((person, index) => {
      return [...person, 'everyone.example', emails[index] ?? '', titles[index] ?? '', `call ${index}`]
    })
    product = await startProduct({ rows: [TITLED, ...rows] })
    await useHunter(product)
    scriptFinder(product, (path) => {
      const first = new URL(path, 'https://x.example').searchParams.get('first_name') ?? ''
      return finderReply({ email: `${first.toLowerCase()}.new@everyone.example`, score: 97, position })
    })
  }

  test('no column appears by itself; the offer is exact, asks nobody, and Undo takes it away', async () => {
    await titled()
    const run = await product.enrich({ wanted: WANTED })
    expect(run).toMatchObject({ state: 'done', cellsWritten: 7 })
    expect(shown(product.store)[0]).toEqual(TITLED)
    expect(cells('Job title')).toEqual(['CTO', ...TITLES.slice(1)])
    const before = image(product.store)
    const calls = product.vendors.calls().length

    // One stands there in other letters, one is ours.
    const receipt = await product.call('compareReceipt', KNOWN)
    expect(receipt).toMatchObject({
      wanted: ['job_title'],
      rows: { selected: 4, chargeable: 0 },
      replaces: { beside: 4 },
      newColumns: [FOUND_TITLE],
      credits: { worst: 0 },
      calls: { worst: 0 },
    })
    const added = await product.finish(await product.call('startRun', (await product.call('receipt', KNOWN)).id))
    expect(added).toMatchObject({ state: 'done', cellsWritten: 4, calls: 0, credits: { spent: 0 } })
    expect(product.vendors.calls()).toHaveLength(calls)
    expect(cells('Job title')).toEqual(['CTO', ...TITLES.slice(1)])
    expect(cells(FOUND_TITLE)).toEqual(['', 'CTO', 'CTO', '', 'CTO', 'CTO'])
    await expect(product.call('receipt', KNOWN)).rejects.toThrow('Nothing better is known')

    expect(await undo(added.id)).toMatchObject({ restored: 4, changed: 0, added: [FOUND_TITLE] })
    expect(image(product.store).map((row) => row.filter((_, index) => index !== 5))).toEqual(before)
  })

  test('empty cells beside which nothing is to go are not asked about', async () => {
    await titled(['', 'Typed 1', 'Typed 2', '', '', ''], 'CTO', ['', '', '', at(3, 'typed'), at(4, 'typed'), ''])
    await product.enrich({ wanted: WANTED })
    put(2, 3, '')
    const calls = product.vendors.calls().length
    const run = await product.finish(await product.call('startRun', (await product.call('receipt', KNOWN)).id))
    expect(run).toMatchObject({ state: 'done', cellsWritten: 4, failed: 0, retryable: 0 })
    expect(lefts(run)).toEqual({ put_beside: 2, unasked: 1, nothing_surer: 1 })
    expect(run.fields.map(({ notFound }) => notFound)).toEqual([0, 0])
    expect((await product.call('showRows', { run: run.id, field: 'email', status: 'unasked' })).found).toBe(1)
    expect(cells('Email').slice(0, 3)).toEqual([at(0, 'new'), '', at(2, 'new')])
    expect(product.vendors.calls()).toHaveLength(calls)
  })

  test.each([
    ['what stands there is what was found', TITLES.map(() => 'CTO'), 'CTO'],
    ['nothing came along', TITLES.map((title) => title || 'Typed 0'), ''],
  ])('there is no offer where %s', async (_, titles, position) => {
    await titled(titles, position)
    await product.enrich({ wanted: WANTED })
    await expect(product.call('compareReceipt', KNOWN)).rejects.toThrow('They stay as they are')
    expect(shown(product.store)[0]).toEqual(TITLED)
  })

  test('nothing goes beside a column that is to be left alone', async () => {
    await titled()
    const rule = { ...defaultRule('job_title'), overwrite: { kind: 'never' } } as const
    await product.call('saveWaterfall', { field: 'job_title', rule })
    await product.enrich({ wanted: WANTED })
    await expect(product.call('compareReceipt', KNOWN)).rejects.toThrow('They stay as they are')
  })

  test('what somebody types while the run works stays, and what was paid for can go beside it', async () => {
    await titled()
    const started = await product.call('startRun', (await product.call('receipt', { ...REQUEST, wanted: WANTED })).id)
    const act = () => put(1, 4, 'Hers')
    product.emulator.script([{ kind: 'between', method: 'UrlFetchApp.fetchAll', nth: 1, act }])
    const run = await product.finish(started)
    expect(cells('Job title')[0]).toBe('Hers')
    expect(lefts(run, 1)).toMatchObject({ better_known: 1 })
    expect((await product.call('compareReceipt', KNOWN)).replaces.beside).toBe(5)
  })
})

test('what is not sure enough waits in Review, and goes beside when a person accepts it', async () => {
  await start(typed())
  await beside()
  findAt('unsure', 60)
  const run = await product.enrich({})
  expect(run).toMatchObject({ review: 6 })
  const { items } = await product.call('review', run.id)
  expect(items.map(({ text }) => text)).toEqual(typed())
  expect(items.slice(0, 2).map(({ why }) => /goes beside it\.$/.test(why))).toEqual([false, true])
  const decisions = items.slice(1, 3).map(({ planned, field, candidates }) => {
    return { planned, field, value: candidates[0]!.value, verdict: 'accept' as const }
  })
  expect(await product.call('settleReview', { run: run.id, decisions })).toMatchObject({ written: 2, left: [] })
  expect(cells('Email')).toEqual(typed())
  expect(cells(FOUND)).toEqual(['', at(1, 'unsure'), at(2, 'unsure'), '', '', ''])
  expect((await product.call('review', run.id)).items).toHaveLength(4)
  expect(await undo(run.id)).toMatchObject({ restored: 2 })
  expect(cells(FOUND)).toEqual(PEOPLE.map(() => ''))
})
