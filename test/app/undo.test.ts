import type { UndoView } from '../../src/app/api-types'
import { defaultRule } from '../../src/domain/waterfall'
import type { Cell, SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import {
  begin,
  betweenEachReadAndWrite,
  betweenReadAndWrite,
  crowd,
  finderReply,
  finds,
  HUNTER,
  image,
  REQUEST,
  scriptCrowd,
  scriptFinder,
  tabOf,
} from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Remark']

let product: Product
const start = async (count: number, headers: readonly string[] = HEADERS) => {
  product = await startProduct({
    rows: [
      headers,
      ...crowd(count).map((person, index) =>
        [...person, 'everyone.example', '', headers.includes('Remark') ? `remark ${index}` : ''].slice(
          0,
          headers.length,
        ),
      ),
    ],
  })
  await useHunter(product)
}
const undo = async (runId: string, made: Product = product): Promise<UndoView> => {
  for (let slices = 0; slices < 50; slices++) {
    const view = await made.call('undoRun', runId)
    if (view.state === 'done') return view
  }
  throw new Error('The undoing does not end')
}
/** Somebody puts the rows below the headers into another order. */
const reorder = (store: SheetStore, order: readonly number[]): void => {
  const area = { row: 1, column: 0, rows: order.length, columns: 4 }
  const now = store.read(tabOf(store).id, area)
  store.write(
    tabOf(store).id,
    area,
    order.map((row) => now[row]!.map(({ value }) => ({ value }))),
  )
}
const put = (row: number, column: number, cell: Parameters<SheetStore['write']>[2][number][number]) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[cell]])
const past = async (user = OWNER) =>
  (await product.callAs(user, 'overview', { scope: 'all', mapping: {}, wanted: null })).history
const withoutColumn = (cells: readonly (readonly Cell[])[], column: number) =>
  cells.map((row) => row.filter((_, index) => index !== column))
afterEach(() => product.stop())

describe('undoing a run', () => {
  test.each([
    ['of its own', HEADERS.slice(0, 3)],
    ['that was there', [...HEADERS.slice(0, 3), 'Job title']],
  ])('takes no later column of the same name for one %s that somebody renamed', async (_, headers) => {
    await start(3, headers)
    scriptCrowd(product, { position: 'Head of Sales' })
    const first = await product.enrich({ wanted: ['job_title'] })
    put(0, 3, { value: 'Found in May' })
    const second = await product.enrich({ wanted: ['job_title'] })
    expect(shown(product.store)[0]!.slice(3)).toEqual(['Found in May', 'Job title'])
    expect(await undo(second.id)).toMatchObject({ restored: 3, gone: 0 })
    expect(await undo(first.id)).toMatchObject({ restored: 0, gone: 3 })
    const left = shown(product.store).slice(1)
    expect(left.map((row) => [row[3], row[4] ?? ''])).toEqual([1, 2, 3].map(() => ['Head of Sales', '']))
  })

  test('is still possible after starts that failed, however many', async () => {
    await start(3)
    const run = await product.enrich({})
    const other = { ...REQUEST, wanted: ['phone'] } as const
    for (let tries = 0; tries < 4; tries++) {
      const { id } = await product.call('receipt', other)
      const fault = { kind: 'fail_method', method: 'SpreadsheetApp.flush', message: 'Service error', times: 1 } as const
      product.emulator.script([fault])
      await expect(product.call('startRun', id)).rejects.toThrow('Service error')
      await product.emulator.advance(61_000)
    }
    expect(await undo(run.id)).toMatchObject({ restored: 3 })
  })

  test('is still possible for a run that was tried again in vain before the next one began', async () => {
    await start(3)
    const [, , [silent]] = crowd(3) as [unknown, unknown, readonly [string, string]]
    scriptFinder(product, (path) => (path.includes(silent) ? { status: 503, body: '' } : undefined))
    const run = await product.enrich({})
    expect(run).toMatchObject({ state: 'done', cellsWritten: 2, retryable: 1 })
    await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), threshold: 0.75 } })
    expect(await product.finish(await product.call('resumeRun', run.id))).toMatchObject({ state: 'paused' })
    scriptCrowd(product, { position: 'Head of Sales' })
    const next = await product.enrich({ wanted: ['job_title'] })
    expect((await past()).map(({ cells, undo: state }) => [cells, state])).toEqual([
      [2, 'possible'],
      [2, 'waits'],
    ])
    expect(await undo(next.id)).toMatchObject({ restored: 2 })
    expect(await undo(run.id)).toMatchObject({ restored: 2 })
  })

  test.each(['was stopped', 'made room for another run'])(
    'gives back what a slice wrote that failed before it could count it, and %s then',
    async (then) => {
      await start(3)
      const run = await begin(product)
      const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
      const { calls } = await product.execute('continueRun', run.id)
      product.store.restore(saved[0])
      product.emulator.restore(saved[1])
      const atCall = calls.indexOf('Properties.setProperty', calls.lastIndexOf('Range.setNotes')) + 1
      product.emulator.script([{ kind: 'fail', atCall, overall: true, message: 'Service error' }])
      await product.execute('continueRun', run.id)
      product.emulator.script([])
      expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'paused', cellsWritten: 0 })
      if (then === 'was stopped')
        expect(await product.call('stopRun', run.id)).toMatchObject({
          state: 'stopped',
          cellsWritten: 3,
          undo: 'possible',
        })
      else expect(await undo((await product.enrich({ wanted: ['job_title'] })).id)).toMatchObject({ state: 'done' })
      expect((await past()).find(({ id }) => id === run.id)).toMatchObject({ cells: 3, undo: 'possible' })
      expect(await undo(run.id)).toMatchObject({ restored: 3 })
    },
  )

  test('gives back every cell, format and note, and is offered once', async () => {
    await start(30)
    put(1, 3, { note: 'Met her in Lyon' })
    put(2, 3, { format: '0.00' })
    put(3, 3, { value: 'typed@example.org' })
    put(4, 4, { value: 45_000, format: 'yyyy-mm-dd', note: 'of the person' })
    put(5, 4, { formula: '=1+1' })
    const before = image(product.store)
    const run = await product.enrich({})
    expect(run).toMatchObject({ state: 'done', cellsWritten: 29, undo: 'possible' })
    expect(image(product.store)[1]![3]!.note).toMatch(/^Met her in Lyon\nEnrich: /)
    const facts = { id: run.id, kind: 'run', at: run.startedAt, cells: 29, sheetName: 'Leads', by: 'you' }
    const asked = {
      wanted: run.fields.map(({ field }) => field),
      environment: 'production',
      credits: run.credits.spent,
    }
    expect(await past()).toEqual([{ ...facts, ...asked, undo: 'possible' }])

    const view = await undo(run.id)
    expect(view).toMatchObject({ restored: 29, changed: 0, changedAt: [], gone: 0, added: [], by: 'you' })
    expect(image(product.store)).toEqual(before)
    expect(await past()).toMatchObject([{ id: run.id, undo: 'undone' }])
    expect(await product.call('runStatus', run.id)).toMatchObject({ undo: 'undone' })
  })

  test('empties a column that the run added, and leaves the column', async () => {
    await start(5, ['First name', 'Last name', 'Website'])
    const before = image(product.store)
    const run = await product.enrich({})
    const added = image(product.store)[0]!.findIndex((cell) => cell.value === 'Email')
    expect(run.cellsWritten).toBe(5)
    expect(await undo(run.id)).toMatchObject({ restored: 5, added: ['Email'] })
    expect(withoutColumn(image(product.store), added)).toEqual(before)
    expect(
      image(product.store)
        .slice(1)
        .map((row) => row[added] ?? { value: null }),
    ).toEqual(Array.from({ length: 5 }, () => ({ value: null })))
  })

  test('leaves cells alone that were changed since, and lists them', async () => {
    await start(10)
    const before = image(product.store)
    const run = await product.enrich({})
    put(2, 3, { value: 'mine@example.org' })
    put(7, 3, { formula: '="a"&"b"' })
    const kept = [image(product.store)[2]![3], image(product.store)[7]![3]]
    expect(await undo(run.id)).toMatchObject({ restored: 8, changed: 2, changedAt: ['D3', 'D8'], gone: 0 })
    const after = image(product.store)
    expect([after[2]![3], after[7]![3]]).toEqual(kept)
    const others = (cells: readonly (readonly Cell[])[]) => cells.filter((_, row) => row !== 2 && row !== 7)
    expect(others(after)).toEqual(others(before))
  })

  test('finds the rows again after they were sorted and one was deleted', async () => {
    await start(20)
    const run = await product.enrich({})
    const { id } = tabOf(product.store)
    product.store.sort(id, { row: 1, column: 0, rows: 20, columns: 5 }, { column: 0, ascending: false })
    product.store.deleteRows(id, 4, 1)
    put(3, 3, { value: 'mine@example.org' })
    expect(await undo(run.id)).toMatchObject({ restored: 18, changed: 1, changedAt: ['D4'], gone: 1 })
    expect(
      shown(product.store)
        .slice(1)
        .map((row) => row[3]!),
    ).toEqual(Array.from({ length: 19 }, (_, row) => (row === 2 ? 'mine@example.org' : '')))
  })

  test('puts back what a sort right before the clearing struck', async () => {
    await start(12)
    for (const row of [1, 4, 9]) put(row, 3, { value: 40 + row, format: '0.0' })
    const before = image(product.store)
    const run = await product.enrich({})
    const { id } = tabOf(product.store)
    let sorted = false
    product.emulator.script([
      {
        kind: 'between',
        method: 'RangeList.clearContent',
        nth: 1,
        act: (store) => {
          sorted = true
          store.sort(id, { row: 1, column: 0, rows: 12, columns: 5 }, { column: 0, ascending: false })
        },
      },
    ])
    expect(await undo(run.id)).toMatchObject({ restored: 9, changed: 0, gone: 0 })
    expect(sorted).toBe(true)
    product.store.sort(id, { row: 1, column: 0, rows: 12, columns: 5 }, { column: 0, ascending: true })
    expect(image(product.store)).toEqual(before)
  })

  test('gives back an older line of ours in a note', async () => {
    await start(3)
    scriptFinder(product, () => finderReply({ score: 97 }))
    await product.enrich({})
    put(1, 3, {
      value: null,
      format: null,
      note: 'Enrich: Hunter, 71 % sure, not verified, 2 Mar 2026, 1 credit\nMet her in Lyon',
    })
    const before = image(product.store)
    const second = await product.enrich({})
    expect(image(product.store)[1]![3]!.note).toMatch(/^Enrich: Hunter.*\nMet her in Lyon$/)
    expect(await undo(second.id)).toMatchObject({ restored: 1 })
    expect(image(product.store)).toEqual(before)
  })

  test('keeps what a person wrote into a note since', async () => {
    await start(1)
    const run = await product.enrich({})
    const { note } = image(product.store)[1]![3]!
    put(1, 3, { note: `${note!}\ncalled her on Monday` })
    await undo(run.id)
    expect(image(product.store)[1]![3]).toEqual({ value: null, note: 'called her on Monday' })
  })

  test('twice is once', async () => {
    await start(5)
    const before = image(product.store)
    const run = await product.enrich({})
    const first = await undo(run.id)
    put(1, 3, { value: 'later@example.org' })
    expect(await undo(run.id)).toEqual(first)
    put(1, 3, { value: null })
    expect(image(product.store)).toEqual(before)
  })

  test('asks nobody when it is run again, and costs nothing', async () => {
    await start(10)
    const run = await product.enrich({})
    const after = shown(product.store)
    await undo(run.id)
    const asked = finds(product).length
    const again = await product.enrich({})
    expect(again).toMatchObject({ state: 'done', cellsWritten: 10, credits: { spent: 0, maybe: 0 } })
    expect(finds(product).length).toBe(asked)
    expect(shown(product.store)).toEqual(after)
    expect(product.vendors.charged(HUNTER)).toBe(10)
  })
})

describe('writing', () => {
  const byName = (made: Product) => ({ row: 1, column: 0, rows: image(made.store).length - 1, columns: 5 })
  const sortedBy = (made: Product) =>
    made.store.sort(tabOf(made.store).id, byName(made), { column: 0, ascending: false })
  const unsorted = (made: Product) =>
    made.store.sort(tabOf(made.store).id, byName(made), { column: 0, ascending: true })

  test('gives back exactly what a sort put in its way: a number, a date, a formula, each in its format', async () => {
    await start(12)
    put(1, 3, { value: 0.125, format: '0.00%' })
    put(2, 3, { value: 46_000.5, format: 'dd.mm.yyyy hh:mm' })
    put(3, 3, { formula: '=6*7', format: '0.0' })
    put(4, 3, { value: true })
    put(5, 3, { value: '007' })
    const kept = image(product.store).slice(1, 6)
    const isHit = betweenReadAndWrite(product, () => sortedBy(product))
    const run = await product.enrich({})
    expect(isHit()).toBe(true)
    expect(run).toMatchObject({ state: 'done', cellsWritten: 7 })
    product.emulator.script([])
    unsorted(product)
    const now = image(product.store)
    expect(now.slice(1, 6)).toEqual(kept)
    expect(now.slice(6).map((row) => row[3]!.value)).toEqual(
      now.slice(6).map((row) => `${String(row[0]!.value).toLowerCase()}.nowak@everyone.example`),
    )
  })

  test.each<[string, (made: Product) => void]>([
    ['sorts', (made) => sortedBy(made)],
    ['inserts a row', (made) => made.store.insertRows(tabOf(made.store).id, 2, 1)],
    ['inserts a column', (made) => made.store.insertColumns(tabOf(made.store).id, 0, 1)],
  ])(
    'leaves the notes of people where they are when somebody %s while notes are written, or taken out',
    async (_, act) => {
      await start(5)
      put(1, 2, { note: 'their second site' })
      put(2, 3, { value: 'typed@example.org', note: 'asked her' })
      put(4, 3, { note: 'not before May' })
      // What people wrote, by who it is about.
      const theirs = () =>
        image(product.store)
          .flatMap((row) =>
            row.flatMap(({ note = '' }) => {
              const own = note.replace(/\n?Enrich: [^\n]*/, '')
              return own === ''
                ? []
                : [`${row.map(({ value }) => value).find((text) => /^Ada/.test(String(text)))} ${own}`]
            }),
          )
          .sort()
      const before = theirs()
      const run = await begin(product)
      const step = async (name: 'continueRun' | 'undoRun') => {
        const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
        const { calls } = await product.execute(name, run.id)
        for (const method of ['Range.getNotes', 'RangeList.clearNote', 'Range.setNotes', 'SpreadsheetApp.flush']) {
          for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
            product.store.restore(saved[0])
            product.emulator.restore(saved[1])
            product.emulator.script([{ kind: 'between', method, nth, act: () => act(product) }])
            await product.execute(name, run.id)
            product.emulator.script([])
            expect([name, method, nth, theirs()]).toEqual([name, method, nth, before])
          }
        }
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        await product.execute(name, run.id)
      }
      await step('continueRun')
      await product.finish(await product.call('runStatus', run.id))
      await step('undoRun')
    },
  )

  test.each<[string, readonly number[]]>([
    ['goes into a third one', [2, 1, 0]],
    ['goes into the other', [1, 0, 2]],
  ])('keeps what a person typed in one of two equal rows where it %s', async (_, order) => {
    const nowak = (first: string, email: string) => [first, 'Nowak', 'everyone.example', email]
    const rows = [nowak('Ada', 'typed@example.org'), nowak('Ada', ''), nowak('Bob', '')]
    product = await startProduct({ rows: [HEADERS.slice(0, 4), ...rows] })
    await useHunter(product)
    scriptFinder(product, (path) =>
      finderReply(path.includes('first_name=Bob') ? { email: 'bob@everyone.example' } : {}),
    )
    const isHit = betweenReadAndWrite(product, (store) => reorder(store, order))
    await product.enrich({})
    expect(isHit()).toBe(true)
    const emails = order.map((row) => ['typed@example.org', 'ada.nowak@everyone.example', 'bob@everyone.example'][row])
    expect(shown(product.store).map((row) => row[3])).toEqual(['Email', ...emails])
  })

  test('gives back what a new column put in its way, also in a list with a column that has no name', async () => {
    await start(4, ['First name', 'Last name', 'Website', 'Email', 'Remark', ''])
    for (const row of [1, 2, 3, 4]) put(row, 5, { value: `of nobody's column ${row}` })
    const before = shown(product.store)
    const isHit = betweenReadAndWrite(product, (store) => store.insertColumns(tabOf(store).id, 0, 1))
    await product.enrich({})
    expect(isHit()).toBe(true)
    const withoutEmail = (row: readonly string[]) => row.filter((_, column) => column !== 3)
    const now = shown(product.store).map((row) => row.slice(1))
    expect(now.map(withoutEmail)).toEqual(before.map(withoutEmail))
    expect(now.slice(1).every((row) => row[3]!.endsWith('@everyone.example'))).toBe(true)
  })

  test.each(['Range.getFormulas', 'Range.setValues', 'Range.setRichTextValues', 'SpreadsheetApp.flush'])(
    'gives it back although %s fails right after the sort',
    async (method) => {
      await start(12)
      put(1, 3, { value: 'mine@example.org' })
      put(2, 3, { value: '+14155550100', format: '@' })
      // A write that Google refuses halfway may leave the text format; what people typed is what counts.
      const values = () => image(product.store).map((row) => row.map((cell) => cell.value))
      const kept = values().slice(1, 3)
      const isHit = betweenReadAndWrite(product, () => {
        sortedBy(product)
        product.emulator.script([{ kind: 'fail_method', method, message: 'Service error: Spreadsheets', times: 2 }])
      })
      let run = await product.enrich({})
      expect(isHit()).toBe(true)
      // A person presses Resume, once for each failure at most.
      for (let pressed = 0; run.state === 'paused' && pressed < 2; pressed++) {
        run = await product.finish(await product.call('resumeRun', run.id))
      }
      expect(run.state).toBe('done')
      unsorted(product)
      const now = values()
      expect(now.slice(1, 3)).toEqual(kept)
      expect(now.slice(3).map((row) => row[3])).toEqual(
        now.slice(3).map((row) => `${String(row[0]).toLowerCase()}.nowak@everyone.example`),
      )
    },
  )

  test('finds what a sort put in a third row, also where two others get the same value', async () => {
    await start(3, ['First name', 'Last name', 'Website', 'Job title', 'Remark'])
    const [ada, bob, cleo] = shown(product.store).slice(1)
    scriptFinder(product, (path) => finderReply({ position: path.includes(`first_name=${cleo![0]}`) ? null : 'CTO' }))
    for (const [row, order] of [2, 3, 1].entries()) put(row + 1, 4, { value: order })
    const { id } = tabOf(product.store)
    const isHit = betweenReadAndWrite(product, (store) =>
      store.sort(id, { row: 1, column: 0, rows: 3, columns: 5 }, { column: 4, ascending: true }),
    )
    await product.enrich({ wanted: ['job_title'] })
    expect(isHit()).toBe(true)
    const titles = shown(product.store).map((row) => [row[0], row[3]])
    expect(titles.slice(1)).toEqual([
      [cleo![0], ''],
      [ada![0], 'CTO'],
      [bob![0], 'CTO'],
    ])
  })

  test.each([
    ['deletes a row', (store: SheetStore, id: number) => store.deleteRows(id, 3, 1)],
    ['inserts a row', (store: SheetStore, id: number) => store.insertRows(id, 3, 1)],
    ['inserts a column', (store: SheetStore, id: number) => store.insertColumns(id, 1, 1)],
  ])('puts back once more where somebody %s while what a sort misplaced is put back', async (_, move) => {
    await start(8, ['First name', 'Last name', 'Website', 'Email', 'Remark'])
    for (const row of [2, 5]) put(row, 3, { value: `typed.${String(row)}@example.org` })
    const typed = new Map([2, 5].map((row) => [shown(product.store)[row]![0], `typed.${String(row)}@example.org`]))
    const { id } = tabOf(product.store)
    const strokes = [() => sortedBy(product), () => move(product.store, id)]
    betweenEachReadAndWrite(product, () => strokes.shift()?.())
    await product.enrich({ wanted: ['email'] })
    expect(strokes).toEqual([])
    const [headers, ...rows] = shown(product.store)
    const column = headers!.indexOf('Email')
    const people = rows.filter(([first]) => first)
    expect(people.map((row) => [row[0], row[column]])).toEqual(
      people.map(([first]) => [first, typed.get(first) ?? `${first!.toLowerCase()}.nowak@everyone.example`]),
    )
    expect(rows.filter(([first]) => !first).every((row) => (row[column] ?? '') === '')).toBe(true)
  })

  test.each([
    ['deletes a row', (store: SheetStore, id: number) => store.deleteRows(id, 5, 1)],
    ['inserts a row', (store: SheetStore, id: number) => store.insertRows(id, 5, 1)],
    ['inserts a column', (store: SheetStore, id: number) => store.insertColumns(id, 1, 1)],
  ])('puts back once more where somebody %s while Undo puts back what a sort put in its way', async (_, move) => {
    await start(8)
    const typed = new Map(
      [1, 2].map((row) => [shown(product.store)[row]![0]!, `typed.${String(row)}@example.org`] as const),
    )
    const remarks = new Map(shown(product.store).map((row) => [row[0]!, row[4]!]))
    ;[...typed.values()].forEach((value, at) => put(at + 1, 3, { value }))
    const { id } = tabOf(product.store)
    const run = await product.enrich({ wanted: ['email'] })
    const strokes = [
      ['RangeList.clearContent', () => sortedBy(product)],
      ['Range.setRichTextValues', () => move(product.store, id)],
    ] as const
    const done: string[] = []
    product.emulator.script(
      strokes.map(([method, act]) => ({ kind: 'between', method, nth: 1, act: () => void (done.push(method), act()) })),
    )
    await undo(run.id)
    product.emulator.script([])
    expect(done).toEqual(strokes.map(([method]) => method))
    const [headers, ...rows] = shown(product.store)
    const email = headers!.indexOf('Email')
    const people = rows.filter(([first]) => first)
    expect(people.length).toBeGreaterThan(6)
    const now = people.map((row) => [row[0], row[email], row[headers!.indexOf('Remark')]])
    expect(now).toEqual(people.map(([first]) => [first, typed.get(first!) ?? '', remarks.get(first!)]))
    expect(rows.filter(([first]) => !first).every((row) => (row[email] ?? '') === '')).toBe(true)
  })

  /** What the scripted finder finds for everybody: the first row as well. */
  const FOUND = 'ada.nowak@everyone.example'

  test.each(['writing', 'Undo'])('headers that a row put above them brings into the way of %s stay', async (what) => {
    await start(8)
    scriptFinder(product, () => finderReply({}))
    const { id } = tabOf(product.store)
    const strike = (store: SheetStore) => store.insertRows(id, 0, 1)
    const run = await begin(product, { wanted: ['email', 'job_title'] })
    const isHit = what === 'writing' ? betweenReadAndWrite(product, strike) : () => true
    expect(await product.finish(run)).toMatchObject({ state: 'done', rows: { done: 8 } })
    if (what === 'Undo') {
      const act = strike
      product.emulator.script([{ kind: 'between', method: 'RangeList.clearContent', nth: 1, act }])
      await undo(run.id)
    }
    product.emulator.script([])
    const [blank, headers, ...rows] = shown(product.store)
    expect([isHit(), blank!.join(''), headers]).toEqual([true, '', [...HEADERS, 'Job title']])
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set([what === 'Undo' ? '' : FOUND]))
    expect(rows.map((row) => row[4])).toEqual(rows.map((_, at) => `remark ${at}`))
  })

  test('headers that were written over right before a kill are put back', async () => {
    await start(8)
    scriptFinder(product, () => finderReply({}))
    const { id } = tabOf(product.store)
    const run = await begin(product)
    let killed = false
    const isHit = betweenReadAndWrite(product, (store) => store.insertRows(id, 0, 1))
    const off = product.store.onChange(() => {
      if (killed || !isHit() || shown(product.store)[1]![3] === 'Email') return
      killed = true
      product.emulator.killAll()
    })
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    off()
    product.emulator.script([])
    await product.emulator.advance(61_000)
    expect(await product.finish(run)).toMatchObject({ state: 'done', credits: { maybe: 0 } })
    const [, headers, ...rows] = shown(product.store)
    expect([killed, headers![3]]).toEqual([true, 'Email'])
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set([FOUND]))
  })

  test('killed while it gives back what a sort put in its way, it gives it back in the next slice', async () => {
    await start(12)
    put(1, 3, { value: 'mine@example.org' })
    put(2, 3, { value: 46_000.5, format: 'dd.mm.yyyy hh:mm' })
    put(3, 3, { formula: '=6*7', format: '0.0' })
    const kept = image(product.store).slice(1, 4)
    const run = await begin(product)
    const method = 'RangeList.setNumberFormat'
    product.emulator.script([
      { kind: 'between', method, nth: 1, act: () => sortedBy(product) },
      { kind: 'kill_method', method, nth: 2, when: 'after' },
    ])
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    product.emulator.script([])
    await product.emulator.advance(61_000)
    expect(await product.finish(run)).toMatchObject({ state: 'done' })
    unsorted(product)
    expect(image(product.store).slice(1, 4)).toEqual(kept)
  })

  test.each([
    ['there', HEADERS],
    ['ours', HEADERS.slice(0, 3)],
  ])(
    'nothing stays in wrong cells where a column is inserted, and one that tells who is meant renamed (%s)',
    async (_, headers) => {
      await start(6, headers)
      const { id } = tabOf(product.store)
      const before = shown(product.store)
      const name = (text: string, column: number) =>
        product.store.write(id, { row: 0, column, rows: 1, columns: 1 }, [[{ value: text }]])
      const run = await begin(product)
      const isHit = betweenReadAndWrite(product, (store) => {
        name('Given', 0)
        store.insertColumns(id, 1, 1)
      })
      const paused = await product.finish(run)
      expect([isHit(), paused.problem?.message]).toEqual([
        true,
        expect.stringMatching(/^The column "First name" is not there/),
      ])
      product.emulator.script([])
      name('First name', 0)
      const now = shown(product.store).map((row) => row.filter((_text, column) => column !== 1))
      expect(now.map((row) => row.slice(0, headers.length))).toEqual(before)
      expect(
        now
          .slice(1)
          .flatMap((row) => row.slice(headers.length))
          .join(''),
      ).toBe('')
      await product.call('resumeRun', run.id)
      expect(await product.finish({ ...run, state: 'running' })).toMatchObject({
        state: 'done',
        cellsWritten: 6,
        credits: { maybe: 0 },
      })
    },
  )

  test('values stay where one that tells who is meant is renamed while they are written', async () => {
    await start(6)
    const { id } = tabOf(product.store)
    const name = (text: string) =>
      product.store.write(id, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: text }]])
    const run = await begin(product)
    const isHit = betweenReadAndWrite(product, () => name('Given'))
    await product.finish(run)
    expect(isHit()).toBe(true)
    const emails = shown(product.store)
      .slice(1)
      .map((row) => row[3])
    expect(emails).toEqual(crowd(6).map(([first]) => `${first.toLowerCase()}.nowak@everyone.example`))
  })

  test.each<[string, (store: SheetStore, id: number) => void]>([
    [
      'renames their column',
      (store, id) => store.write(id, { row: 0, column: 3, rows: 1, columns: 1 }, [[{ value: 'Mail' }]]),
    ],
    [
      'gives another column their name',
      (store, id) => store.write(id, { row: 0, column: 4, rows: 1, columns: 1 }, [[{ value: 'Email' }]]),
    ],
  ])('values that stand where they belong stay where somebody %s after a kill', async (_, act) => {
    await start(6)
    const { id } = tabOf(product.store)
    const run = await begin(product)
    const off = product.store.onChange(() => {
      if (shown(product.store)[1]![3]?.includes('@')) product.emulator.killAll()
    })
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    off()
    const before = image(product.store).map((row) => row[3])
    expect(before.slice(1).every((cell) => String(cell!.value).includes('@'))).toBe(true)
    act(product.store, id)
    await product.emulator.advance(61_000)
    await product.execute('continueRun', run.id)
    expect(
      image(product.store)
        .map((row) => row[3])
        .slice(1),
    ).toEqual(before.slice(1))
  })

  test.each<[string, (store: SheetStore, id: number) => void]>([
    ['inserts a row', (store, id) => store.insertRows(id, 1, 1)],
    ['inserts a row below', (store, id) => store.insertRows(id, 3, 1)],
  ])('what a person typed stays in a list with numbered rows where somebody %s', async (_, act) => {
    await start(8, ['First name', 'Last name', 'Website', 'Email', 'No.'])
    const { id } = tabOf(product.store)
    const number = (store: SheetStore) => {
      for (let row = 1; row < store.used(id).rows; row++) {
        if (store.read(id, { row, column: 0, rows: 1, columns: 1 })[0]![0]!.value)
          store.write(id, { row, column: 4, rows: 1, columns: 1 }, [[{ formula: '=ROW()-1', value: row }]])
      }
    }
    number(product.store)
    for (const row of [3, 5]) put(row, 3, { value: `typed${String(row)}@example.org` })
    const isHit = betweenReadAndWrite(product, (store) => {
      act(store, id)
      number(store)
    })
    await product.enrich({ wanted: ['email'] })
    expect(isHit()).toBe(true)
    const typed = shown(product.store).flatMap((row) => (row[3]?.startsWith('typed') ? [[row[0], row[3]]] : []))
    expect(typed).toEqual([3, 5].map((row) => [crowd(8)[row - 1]![0], `typed${String(row)}@example.org`]))
  })

  test.each<[string, number, readonly number[]]>([
    ['the first two change places', 0, [1, 0, 2]],
    ['the last two change places', 1, [0, 2, 1]],
  ])('keeps what a person typed in one of three equal rows once where %s', async (_, typed, order) => {
    const rows = [0, 1, 2].map((row) => ['Ada', 'Nowak', 'everyone.example', row === typed ? 'typed@example.org' : ''])
    product = await startProduct({ rows: [HEADERS.slice(0, 4), ...rows] })
    await useHunter(product)
    scriptFinder(product, () => finderReply({}))
    const isHit = betweenReadAndWrite(product, (store) => reorder(store, order))
    await product.enrich({})
    expect(isHit()).toBe(true)
    const now = shown(product.store)
      .slice(1)
      .map((row) => row[3])
    expect(now.filter((text) => text === 'typed@example.org')).toHaveLength(1)
    expect(now.filter((text) => text === 'ada.nowak@everyone.example')).toHaveLength(2)
  })

  test('takes out what a sort misplaced right before a kill, and says so', async () => {
    await start(12)
    put(1, 3, { value: 'mine@example.org' })
    const run = await begin(product)
    let killed = false
    const isHit = betweenReadAndWrite(product, () => sortedBy(product))
    const off = product.store.onChange(() => {
      if (killed || !isHit() || !shown(product.store).some((row) => row[3]?.endsWith('@everyone.example'))) return
      killed = true
      product.emulator.killAll()
    })
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    off()
    product.emulator.script([])
    await product.emulator.advance(61_000)
    const done = await product.finish(run)
    expect(done).toMatchObject({ state: 'done', credits: { maybe: 0 } })
    expect(done.remarks).toEqual([expect.stringContaining('Values that did not belong there were taken out of')])
    for (const [first, , , email] of shown(product.store).slice(1)) {
      if (email !== '') expect(email).toBe(`${first!.toLowerCase()}.nowak@everyone.example`)
    }
    expect(finds(product).length).toBe(new Set(finds(product)).size)
  })
})

test('killed at any call around the writing, then sorted: every cell is right, typed ones stay', async () => {
  await start(6, ['First name', 'Last name', 'Website', 'Email', 'Job title'])
  scriptFinder(product, () => finderReply({}))
  // Typed by a person, and the same as what is found for others.
  put(1, 3, { value: 'ada.nowak@everyone.example' })
  put(1, 4, { value: 'CTO' })
  put(5, 4, { value: 'CTO' })
  const { id } = tabOf(product.store)
  const run = await begin(product, { wanted: ['email', 'job_title'] })
  const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
  const { calls } = await product.execute('continueRun', run.id)
  await product.finish(run)
  const sort = (ascending: boolean) =>
    product.store.sort(id, { row: 1, column: 0, rows: 6, columns: 5 }, { column: 0, ascending })
  const texts = () => shown(product.store)
  const whole = texts()
  const from = calls.indexOf('Range.getNumberFormats')
  const to = calls.lastIndexOf('Range.setNotes') + 3
  expect(to - from).toBeGreaterThan(10)
  for (let atCall = from; atCall <= to; atCall++) {
    product.store.restore(saved[0])
    product.emulator.restore(saved[1])
    product.emulator.script([{ kind: 'kill', atCall, overall: true }])
    await product.execute('continueRun', run.id)
    product.emulator.script([])
    sort(false)
    await product.emulator.advance(61_000)
    const done = await product.finish(await product.call('runStatus', run.id))
    sort(true)
    expect([atCall, calls[atCall - 1], done.state, done.remarks]).toEqual([atCall, calls[atCall - 1], 'done', []])
    expect(texts()).toEqual(whole)
    await undo(run.id)
    expect(texts().map((row) => row.slice(3))).toEqual([
      ['Email', 'Job title'],
      ['ada.nowak@everyone.example', 'CTO'],
      ...[2, 3, 4, 5, 6].map((row) => ['', row === 5 ? 'CTO' : '']),
    ])
  }
}, 120_000)

describe('killed at any call', () => {
  test('it comes to the same when it is pressed again', async () => {
    await start(8)
    put(1, 3, { note: 'Met her in Lyon' })
    const before = image(product.store)
    const run = await product.enrich({})
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('undoRun', run.id)
    expect(image(product.store)).toEqual(before)
    // After a call is before the next one: between them the script only thinks.
    for (let atCall = 1; atCall <= calls.length; atCall++) {
      product.store.restore(saved[0])
      product.emulator.restore(saved[1])
      product.emulator.script([{ kind: 'kill', atCall, overall: true, when: 'after' }])
      await product.execute('undoRun', run.id)
      product.emulator.script([])
      await product.emulator.advance(121_000)
      const view = await undo(run.id)
      expect([atCall, calls[atCall - 1], view.changed, view.gone]).toEqual([atCall, calls[atCall - 1], 0, 0])
      expect(image(product.store)).toEqual(before)
    }
  }, 120_000)
})

describe('the last three runs', () => {
  test('can be undone, the newest first, an older one not', async () => {
    await start(8, ['First name', 'Last name', 'Website', 'Email', 'Job title'])
    const empty = image(product.store)
    const runs: string[] = []
    for (const [from, to] of [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ] as const) {
      product.emulator.select(OWNER, tabOf(product.store).id, [`A${from + 1}:E${to + 1}`])
      runs.push((await product.enrich({ scope: 'selected' })).id)
    }
    expect((await past()).map(({ id, cells, undo: way }) => [id, cells, way])).toEqual([
      [runs[3], 2, 'possible'],
      [runs[2], 2, 'waits'],
      [runs[1], 2, 'waits'],
      [runs[0], 2, 'too_old'],
    ])
    await expect(product.call('undoRun', runs[0]!)).rejects.toThrow('only the last three')
    await expect(product.call('undoRun', runs[1]!)).rejects.toThrow('Undo the newer one first.')
    for (const index of [3, 2, 1]) expect(await undo(runs[index]!)).toMatchObject({ restored: 2, changed: 0, gone: 0 })
    const now = image(product.store)
    expect([now[0], ...now.slice(3)]).toEqual([empty[0], ...empty.slice(3)])
    expect(now[1]![3]!.value).not.toBeNull()
  })

  test('leave what waits in Review to the newest one once a start that failed dropped the oldest', async () => {
    await start(6)
    scriptCrowd(product, { score: 60 })
    let last = ''
    for (const row of [2, 4, 6]) {
      product.emulator.select(OWNER, tabOf(product.store).id, [`A${row}:E${row + 1}`])
      last = (await product.enrich({ scope: 'selected' })).id
    }
    const { id } = await product.call('receipt', { ...REQUEST, wanted: ['phone'] })
    product.emulator.script([
      { kind: 'fail_method', method: 'SpreadsheetApp.flush', message: 'Service error', times: 1 },
    ])
    await expect(product.call('startRun', id)).rejects.toThrow('Service error')
    await product.emulator.advance(61_000)
    expect((await product.call('review', last)).items).toHaveLength(2)
    expect((await product.call('receipt', { ...REQUEST, scope: 'last_run' })).rows).toMatchObject({ known: 2 })
  })

  test('where one built on another', async () => {
    await start(6, ['First name', 'Last name', 'Website', 'Email', 'Job title'])
    scriptFinder(product, () => finderReply({}))
    const before = image(product.store)
    const first = await product.enrich({ wanted: ['email'] })
    const second = await product.enrich({ wanted: ['job_title'] })
    expect([first.cellsWritten, second.cellsWritten]).toEqual([6, 6])
    await expect(product.call('undoRun', first.id)).rejects.toThrow('Undo the newer one first.')
    expect(await undo(second.id)).toMatchObject({ restored: 6, changed: 0, gone: 0 })
    expect(await undo(first.id)).toMatchObject({ restored: 6, changed: 0, gone: 0 })
    expect(image(product.store)).toEqual(before)
  })
})

describe('rows that are sorted after a run wrote others keep what says the same', () => {
  const all = { row: 1, column: 0, rows: 6, columns: 6 }
  const reverse = () => {
    const { id } = tabOf(product.store)
    product.store.write(id, all, [...product.store.read(id, all)].reverse())
  }
  const select = (rows: string) => product.emulator.select(OWNER, tabOf(product.store).id, [rows])
  const titles = () => shown(product.store).map((row) => row[4])
  const CTO = ['Job title', ...Array<string>(6).fill('CTO')]
  beforeEach(async () => {
    await start(6, ['First name', 'Last name', 'Website', 'Email', 'Job title', 'Phone'])
    scriptCrowd(product, { position: 'CTO' })
    select('A2:F4')
    await product.enrich({ scope: 'selected', wanted: ['job_title'] })
    select('A5:F7')
  })

  test('where it paused at its cap', async () => {
    const key = product.vendors.keys['api.peopledatalabs.com']!
    await product.call('saveKey', { vendor: 'people_data_labs', environment: 'production', place: 'personal', key })
    const paused = await product.enrich({ scope: 'selected', wanted: ['job_title', 'phone'], cap: 3 })
    expect(paused).toMatchObject({ state: 'paused', cellsWritten: 3, rows: { done: 0 } })
    reverse()
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 6, remarks: [] })
    expect(titles()).toEqual(CTO)
  })

  test.each(['kill_method', 'fail_method'] as const)('where it was cut short (%s)', async (kind) => {
    const run = await begin(product, { scope: 'selected', wanted: ['job_title'] })
    product.emulator.script([{ kind, method: 'Range.setNotes', nth: 1, when: 'after', message: '', times: 1 } as never])
    await product.execute('continueRun', run.id)
    product.emulator.script([])
    expect(titles()).toEqual(CTO)
    reverse()
    await product.emulator.advance(61_000)
    const now = await product.call('runStatus', run.id)
    const done = await product.finish(now.state === 'paused' ? await product.call('resumeRun', run.id) : now)
    expect(done).toMatchObject({ state: 'done', cellsWritten: 3, remarks: [] })
    expect(titles()).toEqual(CTO)
  })
})

describe('Google fails', () => {
  test.each([
    ['clearing', 'RangeList.clearContent'],
    ['reading', 'Range.getValues'],
    ['flushing', 'SpreadsheetApp.flush'],
    ['formats', 'RangeList.setNumberFormat'],
    ['notes', 'RangeList.clearNote'],
  ])('once at %s: it says so in words, and pressing again comes to the same', async (_, method) => {
    await start(5)
    const before = image(product.store)
    const run = await product.enrich({})
    product.emulator.script([{ kind: 'fail_method', method, message: 'Dienst Tabellen ist ausgefallen', times: 1 }])
    await expect(undo(run.id)).rejects.toThrow('Google Sheets refused the last step. Nothing is lost.')
    product.emulator.script([])
    expect(await undo(run.id)).toMatchObject({ restored: 5, changed: 0, gone: 0 })
    expect(image(product.store)).toEqual(before)
  })
})

describe('who and when', () => {
  test('not while a run is going on, and no run while it is', async () => {
    await start(5)
    const run = await begin(product)
    await expect(product.call('undoRun', run.id)).rejects.toThrow('A run is not finished yet.')
    await product.finish(run)
    product.emulator.script([{ kind: 'kill', atCall: 30, overall: true }])
    expect((await product.execute('undoRun', run.id)).state).toBe('killed')
    product.emulator.script([])
    await expect(begin(product)).rejects.toThrow('A run is being undone in this file.')
    await product.emulator.advance(121_000)
    expect(await begin(product, { wanted: ['job_title'] })).toMatchObject({ state: 'running' })
  })

  test('a colleague may undo it, and is told whose it was', async () => {
    await start(3)
    const run = await product.enrich({})
    expect(await past(COLLEAGUE)).toMatchObject([{ id: run.id, by: 'another person', undo: 'possible' }])
    expect(await product.callAs(COLLEAGUE, 'undoRun', run.id)).toMatchObject({ restored: 3, by: 'another person' })
  })

  test('a run that was undone does not go on', async () => {
    await start(40)
    const run = await begin(product)
    let asked = 0
    const off = product.vendors.onCall((call) => {
      if (call.path.includes('finder') && ++asked === 5) void product.call('stopRun', run.id)
    })
    const stopped = await product.finish(run)
    off()
    expect(stopped.state).toBe('stopped')
    await undo(run.id)
    await expect(product.call('resumeRun', run.id)).rejects.toThrow('This run was undone.')
  })

  test.each(['_enrich_writes', '_enrich_rows'])(
    'says so when somebody deleted %s, and touches nothing',
    async (tab) => {
      await start(3)
      const run = await product.enrich({})
      const after = image(product.store)
      product.store.removeTab(tabOf(product.store, tab).id)
      await expect(product.call('undoRun', run.id)).rejects.toThrow('it cannot be undone here')
      expect(image(product.store)).toEqual(after)
    },
  )

  test('a protected cell is left alone and listed', async () => {
    await start(3)
    const run = await product.enrich({})
    const { id } = tabOf(product.store)
    product.store.protect(id, { area: { row: 2, column: 3, rows: 1, columns: 1 }, editors: [] })
    const view = await product.callAs(COLLEAGUE, 'undoRun', run.id)
    expect(view).toMatchObject({ restored: 2, changed: 1, changedAt: ['D3'] })
  })
})

test('10,000 rows are put back within a minute', async () => {
  // One question for all of them; the city tells the rows apart.
  product = await startProduct({
    rows: [
      ['First name', 'Last name', 'Website', 'City', 'Email', 'Job title'],
      ...Array.from({ length: 10_000 }, (_, index) => ['Ada', 'Nowak', 'everyone.example', `Town ${index}`, '', '']),
    ],
  })
  await useHunter(product)
  scriptFinder(product, () => finderReply({}))
  const before = image(product.store)
  const run = await product.enrich({ wanted: ['email', 'job_title'] })
  expect(run).toMatchObject({ state: 'done', cellsWritten: 20_000 })
  const begun = product.emulator.now()
  const view = await undo(run.id)
  const seconds = (product.emulator.now() - begun) / 1000
  console.log(`20,000 cells in 10,000 rows were put back in ${seconds} emulated seconds`)
  expect(view).toMatchObject({ restored: 20_000, changed: 0, gone: 0 })
  expect(image(product.store)).toEqual(before)
  expect(seconds).toBeLessThan(60)
}, 600_000)

test('what a run fills again after its undoing was cut short is undone too', async () => {
  const fail = () =>
    scriptFinder(product, (path) => (path.includes(crowd(3)[2]![0]) ? { status: 503, body: '' } : undefined))
  await start(3)
  fail()
  const { calls } = await product.execute('undoRun', (await product.enrich({})).id)
  const saved = calls.flatMap((name, at) => (name === 'Properties.setProperty' ? [at] : [])).at(-3)!
  await product.stop()
  await start(3)
  fail()
  const run = await product.enrich({})
  expect(run).toMatchObject({ cellsWritten: 2, retryable: 1 })
  await product.call('runStatus', run.id)
  product.emulator.script([{ kind: 'kill', atCall: saved, when: 'after' }])
  expect((await product.execute('undoRun', run.id)).state).toBe('killed')
  product.emulator.script([])
  await product.emulator.advance(121_000)
  expect((await past())[0]).toMatchObject({ undo: 'possible' })
  const again = await product.finish(await product.call('resumeRun', run.id))
  expect([again.state, shown(product.store).filter((row) => row[3]?.includes('@')).length]).toEqual(['done', 2])
  expect(await undo(run.id)).toMatchObject({ restored: 2, changed: 0 })
  expect(shown(product.store).map((row) => row[3])).toEqual(['Email', '', '', ''])
})
