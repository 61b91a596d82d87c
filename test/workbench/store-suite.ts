import type { Area, Cell, CellPatch, SheetStore, StoreChange } from '../../workbench/appsscript/sheet-store'

const at = (row: number, column: number, rows = 1, columns = 1): Area => ({ row, column, rows, columns })

/** What every implementation of SheetStore does, whatever stands behind it. `create` makes a store with one empty tab. */
export function describeSheetStore(name: string, create: () => SheetStore | Promise<SheetStore>): void {
  describe(name, () => {
    let store: SheetStore
    let tab: number

    beforeEach(async () => {
      store = await create()
      tab = store.tabs()[0]!.id
    })

    const put = (row: number, column: number, rows: readonly (readonly (string | number | boolean | null)[])[]): void =>
      store.write(
        tab,
        at(row, column, rows.length, rows[0]?.length ?? 1),
        rows.map((line) => line.map((value) => ({ value }))),
      )
    const patch = (row: number, column: number, change: CellPatch): void =>
      store.write(tab, at(row, column), [[change]])
    const cell = (row: number, column: number): Cell => store.read(tab, at(row, column))[0]![0]!
    const values = (area: Area): readonly (readonly unknown[])[] =>
      store.read(tab, area).map((line) => line.map((one) => one.value))

    describe('cells', () => {
      test.each<readonly [string, string | number | boolean | null]>([
        ['text', 'Ana Čapková 😀'],
        ['text that looks like a number', '+420777123456'],
        ['text with leading zeros', '01234'],
        ['text that looks like a date', '1-10'],
        ['text that looks like a formula', '=IMPORTXML("x")'],
        ['text with an apostrophe', "'quoted"],
        ['several lines', 'a\nb'],
        ['a number', 12.5],
        ['zero', 0],
        ['a negative number', -7],
        ['yes', true],
        ['no', false],
        ['empty', null],
      ])('keeps %s as it was written', (_, value) => {
        patch(2, 3, { value })
        expect(cell(2, 3).value).toBe(value)
        expect(cell(2, 3).formula).toBeUndefined()
      })

      test('an untouched cell is empty and has nothing else', () => {
        expect(cell(9, 9)).toEqual({ value: null })
      })

      test('a patch changes what it names and nothing else', () => {
        patch(0, 0, { value: 5, format: '0.00', note: 'n' })
        patch(0, 0, { value: 6 })
        expect(cell(0, 0)).toMatchObject({ value: 6, format: '0.00', note: 'n' })
        patch(0, 0, { note: null })
        expect(cell(0, 0).note).toBeUndefined()
        expect(cell(0, 0).value).toBe(6)
        patch(0, 0, { value: null })
        expect(cell(0, 0)).toMatchObject({ value: null, format: '0.00' })
      })

      test('undefined in the patches leaves a cell alone', () => {
        put(0, 0, [['a', 'b', 'c']])
        store.write(tab, at(0, 0, 1, 3), [[{ value: 'x' }, undefined, { value: 'z' }]])
        expect(values(at(0, 0, 1, 3))).toEqual([['x', 'b', 'z']])
      })

      test('text format keeps texts, and is read back', () => {
        patch(1, 1, { value: '0012', format: '@' })
        expect(cell(1, 1)).toMatchObject({ value: '0012', format: '@' })
      })

      test('a date is a day number with a date format', () => {
        patch(0, 0, { value: 46106, format: 'yyyy-mm-dd' })
        expect(cell(0, 0)).toMatchObject({ value: 46106, format: 'yyyy-mm-dd' })
        expect(store.display(tab, at(0, 0))).toEqual([['2026-03-25']])
      })

      test.each<readonly [CellPatch, string]>([
        [{ value: null }, ''],
        [{ value: 'x' }, 'x'],
        [{ value: 3 }, '3'],
        [{ value: 0.5 }, '0.5'],
        [{ value: true }, 'TRUE'],
        [{ value: 0.125, format: '0%' }, '13%'],
        [{ value: 2.5, format: '0.00' }, '2.50'],
      ])('shows %j as %s', (change, shown) => {
        patch(0, 0, change)
        expect(store.display(tab, at(0, 0))).toEqual([[shown]])
      })

      test('a block of 900 x 20 comes back as it went in', () => {
        const block = Array.from({ length: 900 }, (_, r) =>
          Array.from({ length: 20 }, (__, c) => `r${String(r)}c${String(c)}`),
        )
        put(1, 1, block)
        expect(values(at(1, 1, 900, 20))).toEqual(block)
      })
    })

    describe('size', () => {
      test('an empty tab uses nothing', () => {
        expect(store.used(tab)).toEqual({ rows: 0, columns: 0 })
      })

      test('used grows and shrinks with content, not with formats or notes', () => {
        patch(4, 2, { value: 'x' })
        patch(8, 8, { note: 'only a note', format: '@' })
        expect(store.used(tab)).toEqual({ rows: 5, columns: 3 })
        patch(4, 2, { value: null })
        expect(store.used(tab)).toEqual({ rows: 0, columns: 0 })
      })
    })

    describe('tabs', () => {
      test('are added, renamed, hidden, shown and removed; ids stay', () => {
        const added = store.addTab('Answers', { rows: 50, columns: 5 })
        expect(added).toMatchObject({ name: 'Answers', hidden: false, rows: 50, columns: 5 })
        store.hideTab(added.id)
        store.renameTab(added.id, 'Journal')
        expect(store.tabs().find((one) => one.id === added.id)).toMatchObject({ name: 'Journal', hidden: true })
        store.showTab(added.id)
        expect(store.tabs().find((one) => one.id === added.id)?.hidden).toBe(false)
        store.removeTab(added.id)
        expect(store.tabs().map((one) => one.id)).toEqual([tab])
      })

      test('a new tab can go first', () => {
        const added = store.addTab('First', { rows: 10, columns: 10, index: 0 })
        expect(store.tabs().map((one) => one.id)).toEqual([added.id, tab])
      })

      test('each has its own cells', () => {
        const other = store.addTab('Other')
        patch(0, 0, { value: 'here' })
        store.write(other.id, at(0, 0), [[{ value: 'there' }]])
        expect(cell(0, 0).value).toBe('here')
        expect(store.read(other.id, at(0, 0))[0]![0]!.value).toBe('there')
      })
    })

    describe('rows and columns', () => {
      beforeEach(() => {
        put(0, 0, [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
        ])
      })

      test('inserting rows moves those below and adds to the size', () => {
        const { rows } = store.tabs()[0]!
        store.insertRows(tab, 1, 2)
        expect(values(at(0, 0, 5, 1))).toEqual([['a'], [null], [null], ['c'], ['e']])
        expect(store.tabs()[0]!.rows).toBe(rows + 2)
      })

      test('deleting rows moves those below up', () => {
        const { rows } = store.tabs()[0]!
        store.deleteRows(tab, 0, 2)
        expect(values(at(0, 0, 2, 2))).toEqual([
          ['e', 'f'],
          [null, null],
        ])
        expect(store.tabs()[0]!.rows).toBe(rows - 2)
      })

      test('columns likewise', () => {
        const { columns } = store.tabs()[0]!
        store.insertColumns(tab, 1, 1)
        expect(values(at(0, 0, 1, 3))).toEqual([['a', null, 'b']])
        expect(store.tabs()[0]!.columns).toBe(columns + 1)
        store.deleteColumns(tab, 0, 2)
        expect(values(at(0, 0, 3, 1))).toEqual([['b'], ['d'], ['f']])
        expect(store.tabs()[0]!.columns).toBe(columns - 1)
      })

      test('notes and formats move with their cells', () => {
        patch(2, 0, { note: 'n', format: '@' })
        store.insertRows(tab, 0, 1)
        expect(cell(3, 0)).toMatchObject({ value: 'e', note: 'n', format: '@' })
        expect(cell(2, 0).note).toBeUndefined()
      })

      test('a row can be added at the end', () => {
        const { rows } = store.tabs()[0]!
        store.insertRows(tab, rows, 1)
        expect(store.tabs()[0]!.rows).toBe(rows + 1)
      })
    })

    describe('sort', () => {
      test('orders numbers before texts, without regard to case, and empty cells last', () => {
        put(0, 0, [
          ['b', 1],
          [null, 2],
          ['A', 3],
          [10, 4],
          [9, 5],
        ])
        store.sort(tab, at(0, 0, 5, 2), { column: 0, ascending: true })
        expect(values(at(0, 0, 5, 2))).toEqual([
          [9, 5],
          [10, 4],
          ['A', 3],
          ['b', 1],
          [null, 2],
        ])
      })

      test('descending keeps empty cells last', () => {
        put(0, 0, [['b'], [null], ['c']])
        store.sort(tab, at(0, 0, 3, 1), { column: 0, ascending: false })
        expect(values(at(0, 0, 3, 1))).toEqual([['c'], ['b'], [null]])
      })

      test('moves only the area, by the given column of it, with formats and notes', () => {
        put(0, 0, [
          ['head', 'x'],
          ['out', 2],
          ['out', 1],
        ])
        patch(2, 1, { note: 'one', format: '0.00' })
        store.sort(tab, at(1, 1, 2, 1), { column: 0, ascending: true })
        expect(values(at(0, 0, 3, 2))).toEqual([
          ['head', 'x'],
          ['out', 1],
          ['out', 2],
        ])
        expect(cell(1, 1)).toMatchObject({ note: 'one', format: '0.00' })
        expect(cell(2, 1).note).toBeUndefined()
      })

      test('carries along what a formula refers to, as a copy does', () => {
        put(0, 0, [['b'], ['a'], ['c']])
        patch(0, 1, { formula: '=LOWER(A1)&A$3&"A1"' })
        store.sort(tab, at(0, 0, 2, 2), { column: 0, ascending: true })
        expect([cell(0, 1).formula, cell(1, 1).formula]).toEqual([undefined, '=LOWER(A2)&A$3&"A1"'])
      })
    })

    describe('what surrounds cells', () => {
      test('a merge keeps its first cell and follows inserted rows', () => {
        put(1, 0, [['a', 'b']])
        store.merge(tab, at(1, 0, 1, 2))
        expect(store.merges(tab)).toEqual([at(1, 0, 1, 2)])
        expect(values(at(1, 0, 1, 2))).toEqual([['a', null]])
        store.insertRows(tab, 0, 3)
        expect(store.merges(tab)).toEqual([at(4, 0, 1, 2)])
      })

      test('protections, validations and a filter are kept', () => {
        const protection = { area: at(0, 0, 1, 3), editors: ['ana@example.com'] }
        const validation = { area: at(0, 1, 5, 1), accepts: { list: ['yes', 'no'] }, onInvalid: 'reject' } as const
        const filter = { area: at(0, 0, 10, 3), hiddenTexts: { 1: ['no'] } }
        store.protect(tab, protection)
        store.validate(tab, validation)
        store.setFilter(tab, filter)
        expect(store.protections(tab)).toEqual([protection])
        expect(store.validations(tab)).toEqual([validation])
        expect(store.filter(tab)).toEqual(filter)
        store.setFilter(tab, undefined)
        expect(store.filter(tab)).toBeUndefined()
      })

      test('column widths and frozen rows are read back', () => {
        store.columnWidth(tab, 2, 180)
        expect(store.columnWidth(tab, 2)).toBe(180)
        expect(store.frozenRows(tab)).toBe(0)
        store.frozenRows(tab, 1)
        expect(store.frozenRows(tab)).toBe(1)
      })
    })

    describe('custom functions', () => {
      const seen: unknown[][] = []
      beforeEach(() => {
        seen.length = 0
        store.defineFunction('TRY_ECHO', async (args) => {
          seen.push([...args])
          return `<${String(args[0])}>`
        })
      })

      test('compute in a cell, from a cell, and keep their formula', async () => {
        patch(0, 0, { value: 'Ana' })
        patch(0, 1, { formula: '=TRY_ECHO(A1)' })
        await store.settled()
        expect(cell(0, 1)).toMatchObject({ value: '<Ana>', formula: '=TRY_ECHO(A1)' })
      })

      test('compute again when the cell they read changes', async () => {
        patch(0, 0, { value: 'Ana' })
        patch(0, 1, { formula: '=TRY_ECHO(A1)' })
        await store.settled()
        patch(0, 0, { value: 'Eva' })
        await store.settled()
        expect(cell(0, 1).value).toBe('<Eva>')
      })

      test('take literals and ranges', async () => {
        put(0, 0, [
          ['a', 1],
          ['b', 2],
        ])
        store.defineFunction('TRY_SIZE', async ([grid, text]) => `${JSON.stringify(grid)} ${String(text)}`)
        patch(4, 4, { formula: '=TRY_SIZE(A1:B2, "x, y")' })
        await store.settled()
        expect(cell(4, 4).value).toBe('[["a",1],["b",2]] x, y')
      })

      test('spill a two-dimensional result', async () => {
        store.defineFunction('TRY_GRID', async () => [
          ['a', 1],
          ['b', 2],
        ])
        patch(0, 0, { formula: '=TRY_GRID()' })
        await store.settled()
        expect(values(at(0, 0, 2, 2))).toEqual([
          ['a', 1],
          ['b', 2],
        ])
      })

      test('an error text is an error', async () => {
        store.defineFunction('TRY_FAIL', async () => '#ERROR!')
        patch(0, 0, { formula: '=TRY_FAIL()' })
        await store.settled()
        expect(cell(0, 0)).toMatchObject({ error: true, formula: '=TRY_FAIL()' })
      })

      test('an unknown function is an error', async () => {
        patch(0, 0, { formula: '=NO_SUCH_THING(1)' })
        await store.settled()
        expect(cell(0, 0)).toMatchObject({ error: true, value: '#NAME?' })
      })

      test('a value written over a formula ends it', async () => {
        patch(0, 1, { formula: '=TRY_ECHO(A1)' })
        await store.settled()
        patch(0, 1, { value: 'mine', formula: null })
        patch(0, 0, { value: 'again' })
        await store.settled()
        expect(cell(0, 1)).toEqual({ value: 'mine' })
      })

      test('references follow inserted rows', async () => {
        patch(0, 0, { value: 'Ana' })
        patch(0, 1, { formula: '=TRY_ECHO(A1)' })
        await store.settled()
        store.insertRows(tab, 0, 1)
        await store.settled()
        expect(cell(1, 1)).toMatchObject({ formula: '=TRY_ECHO(A2)', value: '<Ana>' })
      })
    })

    describe('formulas of texts and cells', () => {
      const name = (row: number) => `=A${row}&" "&LOWER(B${row})`
      const domain = (row: number) => `=IFNA(REGEXEXTRACT(A${row}, "@(.*)"), "none")`
      // What a formula shows of the first cell of its row.
      const cases: readonly (readonly [(row: number) => string, string | number | null, string])[] = [
        [name, 'Ana', 'Ana nowak'],
        [name, 7, '7 nowak'],
        [name, null, ' nowak'],
        [domain, 'ana@example.com', 'example.com'],
        [domain, 'Ana', 'none'],
        [(row) => `=REGEXEXTRACT(A${row}, "@(.*)")&"x"`, 'Ana', '#N/A'],
        [(row) => `=TRIM(A${row})`, ' Ana  Maria ', 'Ana Maria'],
      ]

      test('compute, and again when a cell that they read changes', async () => {
        cases.forEach(([formula], row) => {
          put(row, 0, [['before@example.net', 'NOWAK']])
          patch(row, 3, { formula: formula(row + 1) })
        })
        await store.settled()
        expect(values(at(0, 3, 7, 1)).flat()).toEqual([
          ...cases.slice(0, 3).map(() => 'before@example.net nowak'),
          ...cases.slice(3, 5).map(() => 'example.net'),
          'example.netx',
          'before@example.net',
        ])
        cases.forEach(([, text], row) => patch(row, 0, { value: text }))
        await store.settled()
        expect(cases.map((_, row) => cell(row, 3))).toEqual(
          cases.map(([formula, , value], row) => ({
            value,
            formula: formula(row + 1),
            ...(value === '#N/A' && { error: true }),
          })),
        )
      })

      test('go with their row when others are sorted and columns inserted', async () => {
        put(0, 0, [
          ['Eva', 'BERG'],
          ['Ana', 'NOWAK'],
        ])
        patch(0, 2, { formula: '=A1&" "&LOWER(B1)' })
        patch(1, 2, { formula: '=A2&" "&LOWER(B2)' })
        await store.settled()
        store.sort(tab, at(0, 0, 2, 3), { column: 0, ascending: true })
        store.insertColumns(tab, 1, 1)
        patch(0, 2, { value: 'ROSSI' })
        await store.settled()
        expect(values(at(0, 3, 2, 1))).toEqual([['Ana rossi'], ['Eva berg']])
      })
    })

    test('a listener hears of changed cells until it leaves', () => {
      const heard: StoreChange[] = []
      const leave = store.onChange((change) => heard.push(change))
      patch(2, 1, { value: 'x' })
      expect(heard.some((change) => change.kind === 'cells' && change.tab === tab)).toBe(true)
      store.addTab('New')
      expect(heard.some((change) => change.kind === 'tabs')).toBe(true)
      leave()
      const before = heard.length
      patch(2, 1, { value: 'y' })
      expect(heard.length).toBe(before)
    })

    test('a snapshot brings everything back, in this store and in a new one', async () => {
      patch(0, 0, { value: 'x', note: 'n', format: '@' })
      patch(7, 3, { value: 7 })
      store.merge(tab, at(10, 0, 2, 2))
      store.frozenRows(tab, 1)
      store.columnWidth(tab, 0, 222)
      const hidden = store.addTab('Hidden', { rows: 20, columns: 4 })
      store.hideTab(hidden.id)
      const saved: unknown = JSON.parse(JSON.stringify(store.snapshot()))
      patch(0, 0, { value: 'changed' })
      store.removeTab(hidden.id)
      const later = store.addTab('Later')
      store.write(later.id, at(5, 2), [[{ value: 'x' }]])
      expect(store.used(later.id)).toEqual({ rows: 6, columns: 3 })
      const other = await create()
      for (const target of [store, other]) {
        target.restore(saved)
        expect(target.tabs()).toHaveLength(2)
        expect(target.tabs()[1]).toMatchObject({ id: hidden.id, name: 'Hidden', hidden: true, rows: 20, columns: 4 })
        expect(target.read(tab, at(0, 0))[0]![0]).toMatchObject({ value: 'x', note: 'n', format: '@' })
        expect(target.read(tab, at(7, 3))[0]![0]!.value).toBe(7)
        expect(target.merges(tab)).toEqual([at(10, 0, 2, 2)])
        expect(target.frozenRows(tab)).toBe(1)
        expect(target.columnWidth(tab, 0)).toBe(222)
        expect(target.used(tab)).toEqual({ rows: 8, columns: 4 })
        // A tab made since may have had the number that the next one gets.
        expect(target.used(target.addTab('Later').id)).toEqual({ rows: 0, columns: 0 })
      }
    })

    test.each<readonly [string, (store: SheetStore) => unknown]>([
      ['an unknown tab', (one) => one.read(987_654, at(0, 0))],
      ['an area outside of the tab', (one) => one.read(one.tabs()[0]!.id, at(one.tabs()[0]!.rows, 0))],
      ['a second tab of the same name', (one) => one.addTab(one.tabs()[0]!.name)],
    ])('%s is refused', (_, act) => {
      expect(() => act(store)).toThrow()
    })
  })
}
