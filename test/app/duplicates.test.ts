import type { Call } from '../../sidebar/call'
import { makeDuplicates } from '../../sidebar/duplicates-state'
import type { UndoView } from '../../src/app/api-types'
import { Problem } from '../../src/domain/problem'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { begin, betweenReadAndWrite, crowd, image, REQUEST, tabOf } from './story'

// The sidebar's own search and plans on the built server: what a person does, without the page.

const HEADERS = ['First name', 'Last name', 'Company', 'Email', 'Phone', 'Notes', 'Updated']
const ROB = ['Robert', 'Smitherson', 'Acme Incorporated', 'r.smitherson@acme.example', '', '', 45_000]
const BOB = ['Bob', 'Smitherson', 'Acme', 'r.smitherson@acme.example', '+33 1 42 68 53 00', 'met in Lyon', '']
const ADA = ['Ada', 'Nowak', 'Kranich', 'ada@kranich.example', '', 'fair', '']
const ADA_TOO = ['Ada', 'Nowak', 'Kranich', 'ada.nowak@kranich.example', '', 'call in May', 46_000]
const NIA = ['Nia', 'Okafor', 'Harbour', 'nia.okafor@harbour.example', '', '', '']
const TOM = ['Tom', 'Vasquez', 'Lumen', 'tom@lumen.example', '', '', '']
const LIST = [HEADERS, ROB, ADA, BOB, NIA, ADA_TOO, NIA, TOM]
const MERGED = 'Merged duplicates'

let product: Product
afterEach(() => product.stop())
const start = async (rows: readonly (readonly (string | number)[])[] = LIST) => {
  product = await startProduct({ rows })
}
const open = async (user = OWNER) => {
  const call: Call = async (name, ...args) => {
    try {
      return await product.callAs(user, name, ...args)
    } catch (error) {
      throw new Problem(error instanceof Error ? error.message : '')
    }
  }
  const duplicates = makeDuplicates(call)
  await duplicates.open()
  duplicates.scope.value = 'all'
  return duplicates
}
const search = async (user = OWNER) => {
  const duplicates = await open(user)
  await duplicates.search()
  expect(duplicates.problem.value).toBeNull()
  return duplicates
}
const mergeAll = async (duplicates: Awaited<ReturnType<typeof search>>) => {
  await duplicates.merge()
  const stage = duplicates.stage.value
  if (stage.at !== 'merged') throw new Error(`${stage.at}: ${duplicates.problem.value?.message ?? ''}`)
  return stage.merge
}
const undo = async (id: string): Promise<UndoView> => {
  for (let slices = 0; slices < 50; slices++) {
    const view = await product.call('undoRun', id)
    if (view.state === 'done') return view
  }
  throw new Error('The undoing does not end')
}
const put = (row: number, column: number, cell: Parameters<SheetStore['write']>[2][number][number]) =>
  product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[cell]])
const names = () => shown(product.store).map(([first, last]) => `${first!} ${last!}`)
const between = (method: string, nth: number, act: (store: SheetStore, tab: number) => void) =>
  product.emulator.script([{ kind: 'between', method, nth, act: (store) => act(store, tabOf(store).id) }])
const sortByName = (store: SheetStore, tab: number) =>
  store.sort(tab, { row: 1, column: 0, rows: 7, columns: store.used(tab).columns }, { column: 0, ascending: false })

describe('a search', () => {
  test('changes nothing, tells both piles and why, and is read page by page', async () => {
    await start()
    const before = image(product.store)
    const duplicates = await search()
    expect(image(product.store)).toEqual(before)
    const told = duplicates.groups.value.map(({ key, pile, members }) => [key, pile, members[0]!.why])
    expect(told).toEqual([
      ['1 3', 'sure', expect.stringMatching(/same email, Bob is a nickname of Robert/)],
      ['2 5', 'sure', expect.stringMatching(/same first name; email differs/)],
      ['4 6', 'sure', 'every compared cell is the same'],
    ])
    const { strict, wide } = duplicates.found.value!.groups
    expect([strict.length <= 3, wide.length >= 3]).toEqual([true, true])
  })

  test('leaves hidden rows out and those of other rows than the chosen ones', async () => {
    await start()
    const { id } = tabOf(product.store)
    product.store.setFilter(id, { area: { row: 0, column: 0, rows: 8, columns: 7 }, hiddenTexts: { 0: ['Bob'] } })
    const duplicates = await search()
    expect(duplicates.found.value).toMatchObject({ hidden: 1 })
    expect(duplicates.groups.value.map(({ key }) => key)).toEqual(['2 5', '4 6'])
    product.emulator.select(OWNER, id, ['A3:G6'])
    await duplicates.back()
    duplicates.scope.value = 'selected'
    await duplicates.search()
    expect(duplicates.groups.value.map(({ key }) => key)).toEqual(['2 5'])
  })

  test('does not show again what a person said is not the same, not even to a colleague', async () => {
    await start()
    const duplicates = await search()
    duplicates.review('sure')
    duplicates.decide('apart')
    expect(duplicates.ready.value.map(({ key }) => key)).toEqual(['2 5', '4 6'])
    // The answer to the call that remembers it is not waited for.
    await product.call('duplicates', {})
    // What was not compared may change.
    put(1, 5, { value: 'a new note' })
    expect((await search(COLLEAGUE)).groups.value.map(({ key }) => key)).toEqual(['2 5', '4 6'])
  })

  test('says in words why there is nothing to search', async () => {
    await start([HEADERS, ROB])
    const duplicates = await open()
    await duplicates.search()
    expect(duplicates.problem.value?.message).toMatch(/fewer than two rows/)
    expect(duplicates.stage.value.at).toBe('setup')
  })
})

test('what a killed run left in wrong rows is taken out before rows are moved', async () => {
  const people = crowd(6).map((name) => [...name, 'everyone.example', ''])
  const twice = ['Nia', 'Okafor', 'harbour.example', 'nia.okafor@harbour.example']
  await start([['First name', 'Last name', 'Website', 'Email'], ...people, twice, twice])
  await useHunter(product)
  const run = await begin(product)
  const sort = (store: SheetStore) =>
    store.sort(tabOf(store).id, { row: 1, column: 0, rows: 6, columns: 4 }, { column: 0, ascending: false })
  const isHit = betweenReadAndWrite(product, sort)
  const emails = () => shown(product.store).map(([first, , , email]) => [first!.toLowerCase(), email!] as const)
  const strays = () => emails().filter(([first, email]) => email.includes('@') && !email.startsWith(first))
  const off = product.store.onChange(() => void (isHit() && strays().length > 0 && product.emulator.killAll()))
  expect((await product.execute('continueRun', run.id)).state).toBe('killed')
  off()
  product.emulator.script([])
  expect(strays().length).toBeGreaterThan(0)
  await product.emulator.advance(61_000)
  expect(await product.callAs(COLLEAGUE, 'stopRun', run.id)).toMatchObject({ state: 'stopped' })
  expect(await mergeAll(await search())).toMatchObject({ rows: 1 })
  expect(strays()).toEqual([])
  expect((await product.call('runStatus', run.id)).remarks.join()).toContain(
    'Values that did not belong there were taken out',
  )
})

describe('a merge', () => {
  test('moves rows, keeps the best values and all others, and is undone to the last format and note', async () => {
    await start()
    for (const row of [1, 5]) put(row, 6, { format: 'yyyy-mm-dd' })
    put(3, 0, { note: 'Prefers Bob' })
    put(3, 5, { format: '@' })
    put(6, 5, { formula: '=UPPER(A7)&A$8', value: 'NIAx' })
    put(4, 5, { formula: '=UPPER(A5)&A$8', value: 'NIAx' })
    const before = image(product.store)
    const merge = await mergeAll(await search())
    expect(merge).toMatchObject({ groups: 3, rows: 3, changed: 0, blocked: 0, tab: MERGED, isWhole: true })
    const phone = '+33 1 42 68 53 00'
    expect(shown(product.store).map((row) => row.slice(0, 6))).toEqual([
      HEADERS.slice(0, 6),
      ['Robert', 'Smitherson', 'Acme Incorporated', ROB[3], phone, 'met in Lyon'],
      ['Nia', 'Okafor', 'Harbour', NIA[3], '', 'NIAx'],
      ['Ada', 'Nowak', 'Kranich', ADA_TOO[3], '', 'call in May; fair'],
      TOM.slice(0, 6),
    ])
    expect(shown(product.store).map((row) => row[7])).toEqual(['Other emails', '', '', ADA[3], ''])
    // A number stays a number, with its format, wherever it goes.
    expect(image(product.store)[1]![6]).toMatchObject({ value: 45_000, format: 'yyyy-mm-dd' })
    const moved = shown(product.store, MERGED)
    expect(moved[0]!.slice(0, 6)).toEqual(['Merge', 'Merged into', 'From tab', 'From row', 'First name', 'Last name'])
    expect(moved.slice(1).map((row) => row.slice(2, 5))).toEqual([
      ['Leads', '2', 'Robert'],
      ['Leads', '3', 'Ada'],
      ['Leads', '7', 'Nia'],
    ])

    const view = await undo(merge.id)
    expect(view).toMatchObject({ kind: 'merge', rowsBack: 3, changed: 0, gone: 0, added: ['Other emails'] })
    // What a formula shows is computed anew.
    const withoutResults = (rows: typeof before) =>
      rows.map((row) => row.slice(0, 7).map((cell) => (cell.formula ? { formula: cell.formula } : cell)))
    expect(withoutResults(image(product.store))).toEqual(withoutResults(before))
    expect(product.store.tabs().map(({ name, hidden }) => hidden || name)).not.toContain(MERGED)
    const { history } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
    expect(history).toMatchObject([{ kind: 'merge', undo: 'undone' }])
  })

  test('finds rows that were sorted since the search, and leaves alone those that were changed', async () => {
    await start()
    const duplicates = await search()
    sortByName(product.store, tabOf(product.store).id)
    put(names().indexOf('Bob Smitherson'), 5, { value: 'typed meanwhile' })
    expect(await mergeAll(duplicates)).toMatchObject({ groups: 2, rows: 2, changed: 1 })
    expect(names().sort()).toEqual(
      ['Ada Nowak', 'Bob Smitherson', 'First name Last name', 'Nia Okafor', 'Robert Smitherson', 'Tom Vasquez'].sort(),
    )
    expect(shown(product.store).flat()).toContain('typed meanwhile')
  })

  const insertsARow = (store: SheetStore, tab: number) => store.insertRows(tab, 3, 1)
  test.each([
    ['sorts right before Range.setRichTextValues', 'Range.setRichTextValues', [sortByName]],
    ['sorts right before Sheet.deleteRows', 'Sheet.deleteRows', [sortByName]],
    ['inserts a row while what a sort struck is put back', 'Range.setRichTextValues', [sortByName, insertsARow]],
  ] as const)('loses and mixes up nothing when somebody %s', async (_, method, acts) => {
    await start()
    // Those that stay.
    for (const row of [3, 4, 5, 7]) put(row, 3, { note: `about ${LIST[row]![3]}` })
    const duplicates = await search()
    const strokes = [...acts]
    const tabs = () => product.store.tabs().length
    const least = tabs()
    product.emulator.script(
      Array.from({ length: 60 }, (_each, nth) => ({
        kind: 'between' as const,
        method,
        nth: nth + 1,
        act: (store: SheetStore) => {
          // Once the copies stand: from then on the list itself is changed.
          if (tabs() === least || shown(store, MERGED).length < 4) return
          strokes.shift()?.(store, tabOf(store).id)
        },
      })),
    )
    const merge = await mergeAll(duplicates)
    product.emulator.script([])
    expect(strokes).toEqual([])
    expect(merge).toMatchObject({ groups: 3, rows: 3 })
    const rows = shown(product.store)
      .slice(1)
      .map((row) => row.slice(0, 5).join('|'))
      .filter((row) => row !== '||||')
    expect(rows.sort()).toEqual(
      [
        ['Robert', 'Smitherson', 'Acme Incorporated', ROB[3], BOB[4]].join('|'),
        NIA.slice(0, 5).join('|'),
        ADA_TOO.slice(0, 5).join('|'),
        TOM.slice(0, 5).join('|'),
      ].sort(),
    )
    const noted = image(product.store).flatMap((row) => (row[3]?.note ? [`${row[1]!.value}: ${row[3].note}`] : []))
    expect(noted.sort()).toEqual([3, 4, 5, 7].map((row) => `${LIST[row]![1]}: about ${LIST[row]![3]}`).sort())
  })

  test('mixes up nothing when somebody sorts while its undo gives cells back, at whatever call', async () => {
    await start()
    // Under the text format, which rows that stay get for what is put together, a number would become a text.
    put(4, 5, { value: 7 })
    const merge = await mergeAll(await search())
    const texts = () => {
      const rows = image(product.store).map((row) => row.slice(0, 7).map(({ value }) => value ?? ''))
      return rows.filter((row) => row.some((value) => value !== '')).sort((a, b) => a.join().localeCompare(b.join()))
    }
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('undoRun', merge.id)
    const before = texts()
    const methods = [
      'RangeList.setNumberFormat',
      'RangeList.clearContent',
      'Range.setRichTextValues',
      'Range.setValues',
    ]
    for (const method of methods) {
      for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        between(method, nth, sortByName)
        await undo(merge.id)
        product.emulator.script([])
        expect([method, nth, texts()]).toEqual([method, nth, before])
      }
    }
  })

  test('leaves protected and merged cells alone, and says how many', async () => {
    await start()
    const { id } = tabOf(product.store)
    product.store.protect(id, { area: { row: 3, column: 0, rows: 1, columns: 2 }, editors: ['someone@else.example'] })
    const duplicates = await search(COLLEAGUE)
    expect(duplicates.groups.value.map(({ isBlocked }) => isBlocked)).toEqual([true, false, false])
    // Protected after the search: the server looks for itself.
    product.store.protect(id, { area: { row: 6, column: 0, rows: 1, columns: 9 }, editors: ['someone@else.example'] })
    expect(await mergeAll(duplicates)).toMatchObject({ groups: 1, rows: 1, blocked: 1 })
    expect(names().filter((name) => /Smitherson|Okafor/.test(name))).toHaveLength(4)
  })

  test('waits for a run, and does not go on with a list that the run changed', async () => {
    await start([
      ['First name', 'Last name', 'Website'],
      ...crowd(3).flatMap((one) => [
        [...one, 'everyone.example'],
        [...one, 'everyone.example'],
      ]),
    ])
    await useHunter(product)
    const duplicates = await search()
    for (const { pile } of duplicates.groups.value) {
      duplicates.review(pile)
      duplicates.decide('merge')
    }
    const run = await begin(product)
    await duplicates.merge()
    expect(duplicates.problem.value?.message).toMatch(/^A run is not finished yet/)
    await product.finish(run)
    // The run has added a column by now: the search is not of this list any more.
    await duplicates.tryAgain()
    expect(duplicates.problem.value?.message).toMatch(/^The columns of this list were changed/)
    await duplicates.back()
    expect(duplicates.stage.value.at).toBe('setup')
  })

  test('that Google broke off is offered to be ended, and undone even so', async () => {
    await start()
    const before = image(product.store)
    const duplicates = await search()
    const groups = duplicates.ready.value.map((group) => duplicates.planOf(group)!.group)
    const { sheet, mark } = duplicates.found.value!
    const ask = { merge: 'broken-merge', batch: 0, sheet: sheet.id, firstRow: 1, mark, groups }
    product.emulator.script([{ kind: 'fail_method', method: 'Sheet.deleteRows', times: 3, message: 'Dienstfehler' }])
    await expect(product.call('mergeGroups', ask)).rejects.toThrow('Google Sheets refused the last step.')
    product.emulator.script([])
    const home = await open()
    expect(home.view.value?.pending).toMatchObject({ id: 'broken-merge', isWhole: false })
    await undo('broken-merge')
    expect(image(product.store).map((row) => row.slice(0, 7))).toEqual(before)
    expect((await product.call('duplicates', {})).pending).toBeNull()
  })

  test('keeps every row that it moved, and undoes each, where another change came between two batches', async () => {
    await start()
    const before = image(product.store)
    const duplicates = await search()
    const groups = duplicates.ready.value.map((group) => duplicates.planOf(group)!.group)
    const { sheet, mark } = duplicates.found.value!
    const ask = { merge: 'merge-1', sheet: sheet.id, firstRow: 1, mark }
    await product.call('mergeGroups', { ...ask, batch: 0, groups: groups.slice(0, 1) })
    const { id: other } = product.store.addTab('Other', { rows: 20, columns: 10 })
    product.store.write(other, { row: 1, column: 0, rows: 1, columns: 1 }, [
      [{ formula: '=ENRICH_DOMAIN("a.example")' }],
    ])
    await product.store.settled()
    await product.call('turnIntoValues', { change: 'change-1', sheet: other, areas: null })
    expect(await product.call('mergeGroups', { ...ask, batch: 1, groups: groups.slice(1) })).toMatchObject({ rows: 3 })
    expect(shown(product.store, MERGED)).toHaveLength(4)
    expect(await undo('merge-1')).toMatchObject({ rowsBack: 3 })
    expect(image(product.store).map((row) => row.slice(0, 7))).toEqual(before)
  })

  const asksOf = (duplicates: Awaited<ReturnType<typeof search>>, merge: string) => {
    const groups = duplicates.ready.value.map((group) => duplicates.planOf(group)!.group)
    const { sheet, mark } = duplicates.found.value!
    return { merge, batch: 0, sheet: sheet.id, firstRow: 1, mark, groups }
  }
  const breakOff = () =>
    product.emulator.script([{ kind: 'fail_method', method: 'Sheet.deleteRows', times: 3, message: 'Dienstfehler' }])

  // Three others are enough for its record to be dropped, nine for it to leave the list of changes.
  test.each([3, 9])('is not gone on with after %i other changes: its rows stay where it moved them', async (others) => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    await product.call('mergeGroups', { ...ask, groups: ask.groups.slice(0, 1) })
    const moved = shown(product.store, MERGED)
    const { id: other } = product.store.addTab('Other', { rows: 20, columns: 10 })
    for (let change = 1; change <= others; change++) {
      product.store.write(other, { row: change, column: 0, rows: 1, columns: 1 }, [
        [{ formula: '=ENRICH_DOMAIN("a.example")' }],
      ])
      await product.store.settled()
      await product.call('turnIntoValues', { change: `change-${change}`, sheet: other, areas: null })
    }
    const next = product.call('mergeGroups', { ...ask, batch: 1, groups: ask.groups.slice(1) })
    await expect(next).rejects.toThrow('This merge is not the last one any more.')
    expect(shown(product.store, MERGED)).toEqual(moved)
  })

  test('keeps every row that it moved where somebody deleted its record between two batches', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    await product.call('mergeGroups', { ...ask, groups: ask.groups.slice(0, 1) })
    const { id: other } = product.store.addTab('Other', { rows: 20, columns: 10 })
    product.store.write(other, { row: 1, column: 0, rows: 1, columns: 1 }, [
      [{ formula: '=ENRICH_DOMAIN("a.example")' }],
    ])
    await product.store.settled()
    await product.call('turnIntoValues', { change: 'change-1', sheet: other, areas: null })
    product.store.removeTab(tabOf(product.store, '_enrich_writes').id)
    await product.call('mergeGroups', { ...ask, batch: 1, groups: ask.groups.slice(1) })
    expect(shown(product.store, MERGED)).toHaveLength(4)
  })

  test('loses no row that was moved before when somebody sorts the merged ones, at whatever call', async () => {
    await start()
    const ask = asksOf(await search(), 'a-merge')
    await product.call('mergeGroups', { ...ask, groups: ask.groups.slice(0, 1) })
    const later = { ...ask, merge: 'b-merge', groups: ask.groups.slice(1) }
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('mergeGroups', later)
    const moved = () => shown(product.store, MERGED).map((row) => row.join('|'))
    const wanted = moved().sort()
    for (const method of ['RangeList.setNumberFormat', 'RangeList.clearContent', 'Range.setRichTextValues']) {
      for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        between(method, nth, (store) => {
          const { id } = tabOf(store, MERGED)
          const { rows, columns } = store.used(id)
          store.sort(id, { row: 1, column: 0, rows: rows - 1, columns }, { column: 0, ascending: false })
        })
        await product.call('mergeGroups', later)
        product.emulator.script([])
        expect([method, nth, moved().sort()]).toEqual([method, nth, wanted])
      }
    }
  })

  test.each([
    ['it', ['Range.getNumberFormats', 'Range.getNotes']],
    ['its undo', ['Range.setRichTextValues', 'RangeList.clearContent', 'Range.getNotes', 'Range.setNotes']],
  ])('takes no note from its row when somebody sorts while %s works', async (what, methods) => {
    await start()
    for (const row of [1, 2, 3, 4, 5, 7]) put(row, 3, { note: `about ${LIST[row]![3]}, row ${row}` })
    const ask = asksOf(await search(), 'merge-1')
    if (what === 'its undo') await product.call('mergeGroups', ask)
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await (what === 'it'
      ? product.execute('mergeGroups', ask)
      : product.execute('undoRun', ask.merge))
    // Of equal rows either may go.
    const notes = () =>
      ['Leads', MERGED]
        .filter((tab) => product.store.tabs().some(({ name }) => name === tab))
        .flatMap((tab) => image(product.store, tab).flat())
        .flatMap(({ value, note }) => (note === undefined ? [] : [`${String(value)}: ${note}`]))
        .sort()
    const wanted = notes()
    for (const method of methods) {
      for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        between(method, nth, (store, tab) => {
          const { rows, columns } = store.used(tab)
          store.sort(tab, { row: 1, column: 0, rows: rows - 1, columns }, { column: 0, ascending: false })
        })
        await (what === 'it' ? product.call('mergeGroups', ask) : undo(ask.merge))
        product.emulator.script([])
        expect([method, nth, notes()]).toEqual([method, nth, wanted])
      }
    }
  })

  test('gives the row that stays its values though a formula beside them shows something else then', async () => {
    await start(LIST.map((row, at) => [...row, at === 0 ? 'Full name' : '']))
    for (let row = 1; row < LIST.length; row++)
      put(row, 7, {
        formula: `=A${row + 1}&" "&B${row + 1}&" of "&COUNTA(A:A)`,
        value: `${LIST[row]!.slice(0, 2).join(' ')} of 8`,
      })
    put(2, 3, { note: 'her own' })
    // The store computes no formula of a sheet: this does it before each look.
    const act = (store: SheetStore) =>
      image(store).forEach((cells, row) => {
        const { formula, value } = cells[7]!
        const shows = `${String(cells[0]!.value)} ${String(cells[1]!.value)} of ${product.store.used(tabOf(store).id).rows}`
        if (formula !== undefined && value !== shows)
          store.write(tabOf(store).id, { row, column: 7, rows: 1, columns: 1 }, [[{ formula, value: shows }]])
      })
    product.emulator.script(
      Array.from({ length: 200 }, (_, nth) => ({ kind: 'between', method: 'Range.getValues', nth: nth + 1, act })),
    )
    const before = shown(product.store)
    const merge = await mergeAll(await search())
    const values = [
      'Robert',
      'Smitherson',
      'Acme Incorporated',
      ROB[3],
      BOB[4],
      'met in Lyon',
      '45000',
      'Robert Smitherson of 5',
    ]
    expect(shown(product.store)[1]!.slice(0, 8)).toEqual(values)
    await undo(merge.id)
    expect(shown(product.store).map((row) => row.slice(0, 8))).toEqual(before)
    expect(image(product.store)[2]![3]!.note).toBe('her own')
  })

  test('takes no row of a group that is left alone, though it equals one that goes', async () => {
    await start([HEADERS, TOM, TOM, TOM, TOM])
    const ask = asksOf(await search(), 'merge-1')
    const [{ keep, gone }] = ask.groups as [(typeof ask.groups)[number]]
    const rows = [keep, ...gone].sort((a, b) => a.row - b.row)
    product.store.merge(tabOf(product.store).id, { row: 4, column: 4, rows: 1, columns: 2 })
    const groups = [0, 2].map((at) => ({ keep: rows[at]!, gone: [rows[at + 1]!], cells: [] }))
    expect(await product.call('mergeGroups', { ...ask, groups })).toMatchObject({ rows: 1, blocked: 1 })
    expect(names().slice(1)).toEqual(['Tom Vasquez', 'Tom Vasquez', 'Tom Vasquez'])
  })

  test('takes no row whose values nobody has: the one that was to stay was deleted after a kill', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    breakOff()
    await expect(product.call('mergeGroups', ask)).rejects.toThrow('Google Sheets refused the last step.')
    product.emulator.script([])
    // Bob's row, which has Robert's name by now.
    product.store.deleteRows(tabOf(product.store).id, 3, 1)
    await product.call('finishMerge', 'merge-1')
    expect(names().slice(1)).toEqual(['Robert Smitherson', 'Nia Okafor', 'Ada Nowak', 'Tom Vasquez'])
  })

  test('has no row twice where the one that was to stay was edited after a kill, nor when it is undone', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    breakOff()
    await expect(product.call('mergeGroups', ask)).rejects.toThrow('Google Sheets refused the last step.')
    product.emulator.script([])
    // Bob's row, which has Robert's name by now.
    put(3, 2, { value: 'Acme of ours' })
    expect(await product.call('finishMerge', 'merge-1')).toMatchObject({ groups: 2, rows: 2, changed: 1 })
    const all = () => [
      ...names().slice(1),
      ...shown(product.store, MERGED)
        .slice(1)
        .map((row) => `${row[4]!} ${row[5]!}`),
    ]
    const everybody = [ROB, ROB, ADA, ADA, NIA, NIA, TOM].map(([first, last]) => `${first!} ${last!}`).sort()
    expect(all().sort()).toEqual(everybody)
    expect(await undo('merge-1')).toMatchObject({ rowsBack: 2 })
    expect(names().slice(1).sort()).toEqual(everybody)
    expect(product.store.tabs().some(({ name }) => name === MERGED)).toBe(false)
  })

  test('keeps the copy of each row that it took out before it was killed, though a row was inserted then', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    product.emulator.script([{ kind: 'kill_method', method: 'Sheet.deleteRows', nth: 1, when: 'after' }])
    expect((await product.execute('mergeGroups', ask)).state).toBe('killed')
    product.emulator.script([])
    await product.emulator.advance(180_000)
    const left = names()
    product.store.insertRows(tabOf(product.store).id, 2, 2)
    await product.call('finishMerge', 'merge-1')
    const moved = shown(product.store, MERGED).slice(1)
    expect(moved).toHaveLength(3)
    expect(left.length).toBeLessThan(LIST.length)
    const all = [...names().slice(1), ...moved.map((row) => `${row[4]!} ${row[5]!}`)].filter(
      (name) => name.trim() !== '',
    )
    expect(all.map((name) => name.replace('Bob', 'Robert')).sort()).toEqual(
      LIST.slice(1)
        .map(([first, last]) => `${first!} ${last!}`.replace('Bob', 'Robert'))
        .sort(),
    )
  })

  test('says that columns were changed while it was broken off, and is undone once they are back', async () => {
    await start()
    const before = image(product.store)
    const ask = asksOf(await search(), 'merge-1')
    breakOff()
    await expect(product.call('mergeGroups', ask)).rejects.toThrow('Google Sheets refused the last step.')
    product.emulator.script([])
    const { id } = tabOf(product.store)
    product.store.insertColumns(id, 2, 1)
    await expect(product.call('finishMerge', 'merge-1')).rejects.toThrow('put the columns back, then undo the merge')
    expect((await product.call('duplicates', {})).pending).toBeNull()
    await expect(undo('merge-1')).rejects.toThrow('The columns of this list were changed.')
    product.store.deleteColumns(id, 2, 1)
    await undo('merge-1')
    expect(image(product.store).map((row) => row.slice(0, 7))).toEqual(before)
    expect(product.store.tabs().some(({ name }) => name === MERGED)).toBe(false)
  })

  test('writes into no other column when somebody inserts one, at whatever call, and is undone once that is gone', async () => {
    await start(LIST.map((row, at) => [...row, at === 0 ? 'Full name' : '']))
    const { id } = tabOf(product.store)
    LIST.slice(1).forEach((_, at) => put(at + 1, 7, { formula: `=A${at + 2}&" "&B${at + 2}` }))
    const before = image(product.store)
    const ask = asksOf(await search(), 'merge-1')
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('mergeGroups', ask)
    const whole = image(product.store)
    for (const method of [
      'Range.getValues',
      'RangeList.setNumberFormat',
      'Range.setRichTextValues',
      'Sheet.deleteRows',
    ]) {
      for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        between(method, nth, (store, tab) => store.insertColumns(tab, 4, 1))
        const said = await product.call('mergeGroups', ask).catch((error: Error) => error.message)
        product.emulator.script([])
        product.store.deleteColumns(id, 4, 1)
        if (typeof said === 'string') expect(said).toMatch(/columns of .* were changed|changed the columns/)
        else expect([method, nth, image(product.store)]).toEqual([method, nth, whole])
        const { history } = await product.call('overview', REQUEST)
        if (history.some((one) => one.undo === 'possible')) await undo('merge-1')
        const rows = image(product.store).map((row) => row.slice(0, 8))
        expect([method, nth, rows]).toEqual([method, nth, before])
      }
    }
  })

  test('brings no row back twice where its undo was killed and another row deleted meanwhile', async () => {
    await start()
    const merge = await mergeAll(await search())
    product.emulator.script([{ kind: 'kill_method', method: 'Range.setRichTextValues', nth: 2, when: 'after' }])
    await product.execute('undoRun', merge.id)
    product.emulator.script([])
    await product.emulator.advance(180_000)
    const at = names().indexOf('Tom Vasquez')
    product.store.deleteRows(tabOf(product.store).id, at, 1)
    await undo(merge.id)
    expect(names().slice(1).sort()).toEqual(
      [ROB, BOB, ADA, ADA, NIA, NIA].map(([first, last]) => `${first!} ${last!}`).sort(),
    )
  })

  test('is undone below the headers, wherever these are by now, and not into other columns', async () => {
    await start()
    const before = shown(product.store)
    const merge = await mergeAll(await search())
    const { id } = tabOf(product.store)
    product.store.insertRows(id, 0, 3)
    product.store.insertColumns(id, 0, 1)
    const now = image(product.store)
    await expect(undo(merge.id)).rejects.toThrow('The columns of this list were changed.')
    expect(image(product.store)).toEqual(now)
    product.store.deleteColumns(id, 0, 1)
    expect(await undo(merge.id)).toMatchObject({ rowsBack: 3, gone: 0 })
    const rows = shown(product.store).map((row) => row.slice(0, 7))
    expect(rows.slice(3)).toEqual(before)
  })

  test('leaves what a person typed into the merged rows when it is undone', async () => {
    await start()
    const merge = await mergeAll(await search())
    product.store.write(tabOf(product.store, MERGED).id, { row: 2, column: 8, rows: 1, columns: 1 }, [
      [{ value: 'called' }],
    ])
    await undo(merge.id)
    expect(shown(product.store, MERGED).map((row) => row[8])).toEqual(['Phone', 'called'])
  })

  test('is not undone before a later one of the same tab that was cut short', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    await product.call('mergeGroups', { ...ask, groups: ask.groups.slice(0, 1) })
    breakOff()
    const later = product.call('mergeGroups', { ...ask, merge: 'merge-2', groups: ask.groups.slice(1) })
    await expect(later).rejects.toThrow('Google Sheets refused the last step.')
    product.emulator.script([])
    await expect(undo('merge-1')).rejects.toThrow('Undo the newer one first.')
    expect(await undo('merge-2')).toMatchObject({ rowsBack: 2 })
    expect(await undo('merge-1')).toMatchObject({ rowsBack: 1 })
    expect(shown(product.store).map((row) => row.slice(0, 7))).toEqual(LIST.map((row) => row.map(String)))
  })

  test('is undone whole where somebody was erased between two slices', async () => {
    await start()
    const ask = asksOf(await search(), 'merge-1')
    const isOf = (row: number) => (group: (typeof ask.groups)[number]) => group.gone[0]!.row === row
    await product.call('mergeGroups', { ...ask, groups: ask.groups.filter(isOf(2)) })
    await product.call('mergeGroups', { ...ask, batch: 1, groups: ask.groups.filter(isOf(1)) })
    product.emulator.script([{ kind: 'hang', method: 'Sheet.insertRowsBefore', nth: 1, ms: 21_000 }])
    expect(await product.call('undoRun', 'merge-1')).toMatchObject({ state: 'running', rowsBack: 1 })
    product.emulator.script([])
    const who = { email: String(ROB[3]), linkedin: '', phone: '', name: '', company: '' }
    const { trail } = await product.call('person', { who, picked: null })
    expect(await product.call('erasePerson', { trail, what: 'rows', by: 'JD' })).toMatchObject({ left: null })
    await undo('merge-1')
    expect(shown(product.store).map((row) => row[3])).toEqual(['Email', NIA[3], ADA[3], ADA_TOO[3], NIA[3], TOM[3]])
  })

  test('takes along who said a value that goes into another row, and gives the note of that cell back', async () => {
    await start()
    const ours = (vendor: string) => `Enrich: ${vendor}, 97 % sure, verified, 22 Nov 2026, 1 credit`
    const noteOf = (row: number, column: number) => image(product.store)[row]![column]!.note ?? ''
    // Bob's row stays, and takes its company from Robert's.
    put(1, 2, { note: `their word\n${ours('Hunter')}` })
    put(3, 2, { note: 'short' })
    put(3, 4, { note: ours('Prospeo') })
    const before = image(product.store)
    const merge = await mergeAll(await search())
    expect(shown(product.store)[1]!.slice(2, 5)).toEqual(['Acme Incorporated', ROB[3], BOB[4]])
    expect([noteOf(1, 2), noteOf(1, 4)]).toEqual([`short\n${ours('Hunter')}`, ours('Prospeo')])
    await undo(merge.id)
    expect(image(product.store).map((row) => row.slice(0, 7))).toEqual(before.map((row) => row.slice(0, 7)))
  })

  test('leaves no word of ours on a value that replaced the one it was about', async () => {
    await start([
      ['First name', 'Last name', 'Company', 'LinkedIn', 'Email'],
      ['Robert', 'Smitherson', 'Acme Ltd', 'linkedin.com/in/robert-smitherson', 'rob@gmail.com'],
      ['Robert', 'Smitherson', 'Acme', 'linkedin.com/in/robert-smitherson', 'robert.smitherson@acme.example'],
    ])
    const line = 'Enrich: Hunter, 60 % sure, not verified, 22 Nov 2026, 1 credit'
    put(1, 4, { note: line })
    const merge = await mergeAll(await search())
    const kept = () => image(product.store)[1]![4]!
    expect([kept().value, kept().note ?? '']).toEqual(['robert.smitherson@acme.example', ''])
    await undo(merge.id)
    expect([kept().value, kept().note]).toEqual(['rob@gmail.com', line])
  })

  test('keeps what a person corrected after a run had found it', async () => {
    const [first] = crowd(1)
    const rows = [
      ['First name', 'Last name', 'Website', 'Phone', 'Email'],
      [...first!, 'everyone.example', '+33 1 42 68 53 00', ''],
      [...first!, 'everyone.example', '', ''],
    ]
    await start(rows)
    await useHunter(product)
    await product.enrich({})
    put(2, 4, { value: 'own@everyone.example' })
    const duplicates = await search()
    expect([...duplicates.found.value!.verified]).toEqual(['2:4'])
    const [plan] = duplicates.groups.value.map((group) => duplicates.planOf(group)!)
    expect(plan).toMatchObject({ keep: 1 })
    expect(plan!.cells.find(({ header }) => header === 'Email')).toMatchObject({ text: 'own@everyone.example' })
  })
})

describe('marks', () => {
  const ROWS = [
    ['Name', 'Email', 'Duplicate group'],
    ['Zoe Zander', 'z@a.example', ''],
    ['Bob Brown', 'b@a.example', ''],
    ['Zoe Zander', 'z@a.example', ''],
    ['Al Abel', 'al@a.example', ''],
  ]
  const mark = async (user = OWNER) => {
    const duplicates = await search(user)
    await duplicates.markGroups('all')
    return duplicates
  }

  test('stand in a column of their own, with nothing else changed, and are taken away again', async () => {
    await start(ROWS.map((row) => row.slice(0, 2)))
    const before = image(product.store)
    const duplicates = await mark()
    expect(duplicates.marks.value).toEqual({ column: 'C', marked: 2, blocked: 0 })
    expect(image(product.store).map((row) => row.slice(0, 2))).toEqual(before)
    const told = expect.stringMatching(/^Group 1: /) as string
    expect(shown(product.store).map((row) => row[2])).toEqual(['Duplicate group', told, '', told, ''])
    // The marks themselves make no difference to what a row is.
    expect(await mergeAll(duplicates)).toMatchObject({ groups: 1, rows: 1 })
    await duplicates.markGroups('none')
    expect(shown(product.store).map((row) => row[2])).toEqual(['Duplicate group', '', '', ''])
  })

  test.each(['RangeList.setNumberFormat', 'Range.setRichTextValues'])(
    'follow their rows when somebody sorts before %s',
    async (at) => {
      await start(ROWS)
      const duplicates = await search()
      between(at, 1, (store, tab) =>
        store.sort(tab, { row: 1, column: 0, rows: 4, columns: 3 }, { column: 0, ascending: true }),
      )
      await duplicates.markGroups('all')
      const marked = shown(product.store)
        .slice(1)
        .map(([name, , text = '']) => [name, text !== ''])
      expect(marked).toEqual([
        ['Al Abel', false],
        ['Bob Brown', false],
        ['Zoe Zander', true],
        ['Zoe Zander', true],
      ])
    },
  )

  test.each<[string, (store: SheetStore, tab: number) => void]>([
    [
      'sorts',
      (store, tab) => store.sort(tab, { row: 1, column: 0, rows: 5, columns: 3 }, { column: 2, ascending: false }),
    ],
    ['inserts a column', (store, tab) => store.insertColumns(tab, 0, 1)],
  ])('give back what a person typed when somebody %s in the moment of writing', async (_, act) => {
    await start([...ROWS, ['Yan Young', 'y@a.example', 'keep me']])
    const duplicates = await search()
    const before = shown(product.store).map((row) => row.slice(0, 2).join('|'))
    between('RangeList.setNumberFormat', 1, act)
    await duplicates.markGroups('all')
    product.emulator.script([])
    const now = shown(product.store)
    const from = now[0]!.indexOf('Duplicate group') - 2
    expect(now.map((row) => row.slice(from, from + 2).join('|')).sort()).toEqual([...before].sort())
    expect(now.find((row) => row.includes('Yan Young'))!.slice(from)).toEqual(['Yan Young', 'y@a.example', 'keep me'])
  })

  test('leave formulas, typed texts and protected cells alone, in words', async () => {
    await start([...ROWS, ['Zoe Zander', 'z@a.example', 'keep me'], ['Zoe Zander', 'z@a.example', '']])
    put(1, 2, { formula: '=IF(A2="x","dup","")', value: '' })
    const duplicates = await mark()
    expect(duplicates.marks.value).toMatchObject({ marked: 2, blocked: 2 })
    expect(image(product.store).map((row) => row[2]?.formula ?? row[2]?.value ?? '')).toEqual([
      'Duplicate group',
      '=IF(A2="x","dup","")',
      '',
      expect.stringMatching(/^Group 1/),
      '',
      'keep me',
      expect.stringMatching(/^Group 1/),
    ])
  })

  test.each<[string, string[][], (store: SheetStore, tab: number) => void]>([
    [
      'column',
      ROWS,
      (store, tab) =>
        store.protect(tab, { area: { row: 0, column: 2, rows: 9, columns: 1 }, editors: ['someone@else.example'] }),
    ],
    [
      'tab',
      ROWS.map((row) => row.slice(0, 2)),
      (store, tab) => store.protect(tab, { area: 'sheet', editors: ['someone@else.example'] }),
    ],
  ])('are refused in words on a protected %s', async (_, rows, protect) => {
    await start(rows)
    protect(product.store, tabOf(product.store).id)
    const before = image(product.store)
    expect((await mark(COLLEAGUE)).problem.value?.message).toMatch(/protected/)
    expect(image(product.store)).toEqual(before)
  })

  test('do not go over what somebody types beside the list meanwhile', async () => {
    await start(ROWS.map((row) => row.slice(0, 2)))
    const duplicates = await search()
    between('Sheet.getMaxColumns', 1, (store, tab) =>
      store.write(tab, { row: 0, column: 2, rows: 2, columns: 1 }, [[{ value: 'Notes' }], [{ value: 'vip' }]]),
    )
    await duplicates.markGroups('all')
    expect(duplicates.problem.value?.message).toMatch(/Somebody changed the columns/)
    expect(shown(product.store).map((row) => row[2] ?? '')).toEqual(['Notes', 'vip', '', '', ''])
  })
})

describe('rows that another tab holds already', () => {
  const CUSTOMERS = [
    ['Our customers', '', ''],
    ['', '', ''],
    ['Email', 'Name', 'Company'],
    ['zoe@elsewhere.example', 'Zoe Zander', 'Elsewhere'],
    ['R.Smitherson@acme.example', 'Smitherson, Robert', 'Acme'],
    ['nia.okafor@harbour.example', 'Nia Okafor', 'Harbour'],
    ['tom@lumen.example', 'Tom Vasquez', 'Lumen'],
  ]
  const KNOWN = 'Already in another tab'
  const told = (row: number) =>
    expect.stringMatching(new RegExp(`^Already in Customers: row ${row} \\(same `)) as string
  const startBoth = async (rows: readonly (readonly (string | number)[])[] = LIST) => {
    await start(rows)
    const tab = product.store.addTab('Customers')
    const area = { row: 0, column: 0, rows: CUSTOMERS.length, columns: 3 }
    product.store.write(
      tab.id,
      area,
      CUSTOMERS.map((row) => row.map((value) => ({ value }))),
    )
    product.emulator.select(OWNER, tabOf(product.store).id, ['A1'])
    return tab.id
  }
  const look = async (tab: number) => {
    const duplicates = await open()
    await duplicates.compareWith(tab)
    await duplicates.search()
    expect([duplicates.problem.value, duplicates.stage.value.at]).toEqual([null, 'known'])
    return duplicates
  }
  const marksOf = () => {
    const [headers, ...rows] = shown(product.store)
    const column = headers!.indexOf(KNOWN)
    return rows.map((row) => row[column] ?? '')
  }

  test('are told with the row and the reason, marked in a column, and the marks taken away; the other tab stays', async () => {
    const customers = await startBoth()
    const [leads, others] = [image(product.store), image(product.store, 'Customers')]
    const duplicates = await look(customers)
    expect([image(product.store), image(product.store, 'Customers')]).toEqual([leads, others])
    const { known, other, rows } = duplicates.known.value!
    expect([rows.length, other.rows.length]).toEqual([7, 4])
    expect(known.balanced.map(({ own, there, pile }) => [own[0], there[0], pile])).toEqual([
      [1, 4, 'sure'],
      [3, 4, 'sure'],
      [4, 5, 'sure'],
      [6, 5, 'sure'],
      [7, 6, 'sure'],
    ])
    await duplicates.markKnown('all')
    expect(duplicates.marks.value).toEqual({ column: 'H', marked: 5, blocked: 0 })
    expect(marksOf()).toEqual([told(5), '', told(5), told(6), '', told(6), told(7)])
    expect(image(product.store, 'Customers')).toEqual(others)
    const own = (row: readonly unknown[]) => row.slice(0, 7)
    expect(image(product.store).map(own)).toEqual(leads.map(own))

    // Run again it is the same, whatever somebody sorted meanwhile; what a person typed there stays.
    await duplicates.markKnown('all')
    sortByName(product.store, tabOf(product.store).id)
    put(names().indexOf('Ada Nowak'), 7, { value: 'ask Nia' })
    await duplicates.markKnown('all')
    expect(marksOf().filter((text) => text.startsWith('Already in Customers: row '))).toHaveLength(5)
    expect(marksOf()[names().indexOf('Tom Vasquez') - 1]).toEqual(told(7))
    await duplicates.markKnown('none')
    expect(marksOf().filter((text) => text !== '')).toEqual(['ask Nia'])
  })

  test('leave the marks of groups alone, and are left alone by them and by a merge', async () => {
    const customers = await startBoth()
    await (await search()).markGroups('all')
    await (await look(customers)).markKnown('all')
    expect(shown(product.store)[1]!.slice(7)).toEqual([expect.stringMatching(/^Group 1: /), told(5)])
    const duplicates = await search()
    expect(await mergeAll(duplicates)).toMatchObject({ groups: 3, rows: 3, changed: 0 })
    expect(marksOf()).toEqual([told(5), told(6), '', told(7)])
  })

  test('are looked for among the selected rows, in tabs that people see, and not once the tab is gone', async () => {
    const customers = await startBoth()
    const { id } = tabOf(product.store)
    // It makes a hidden tab of ours.
    await product.call('keepApart', ['pair'])
    product.emulator.select(OWNER, id, ['A2:G3'])
    const duplicates = await open()
    expect(duplicates.view.value!.others).toEqual([{ id: customers, name: 'Customers' }])
    await duplicates.compareWith(customers)
    duplicates.scope.value = 'selected'
    await duplicates.search()
    expect(duplicates.known.value!.known.balanced.map(({ own }) => own[0])).toEqual([1])

    // What is corrected is kept as long as the columns of that tab are the same, and then taken anew.
    duplicates.correctOther(0, 'other')
    await duplicates.back()
    expect(duplicates.other.value!.uses).toEqual(['other', 'full_name', 'company'])
    product.store.write(customers, { row: 2, column: 2, rows: 1, columns: 1 }, [[{ value: 'Notes' }]])
    await duplicates.search()
    expect(duplicates.problem.value?.message).toMatch(/^The columns of Customers were changed/)
    await duplicates.open()
    expect(duplicates.other.value!.uses).toEqual(['email', 'full_name', 'notes'])
    product.store.removeTab(customers)
    await duplicates.compareWith(customers)
    expect(duplicates.problem.value?.message).toMatch(/^The tab of this list was deleted/)
    await duplicates.back()
    expect([duplicates.chosen.value, duplicates.other.value]).toEqual([null, null])
  })
})
