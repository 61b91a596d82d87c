import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct } from './product'
import { defaultRule } from '../../src/domain/waterfall'
import { crowd, HUNTER, REQUEST, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const PEOPLE = crowd(6)
const ROWS = PEOPLE.map(([first, last]) => [first, last, 'everyone.example', ''])
// How sure the simulated vendor is of each person.
const SURE = [90, 87, 89, 96, 90]
const saidOf = (at: number) => `Hunter, ${SURE[at]} % sure, verified, 22 Nov 2026, 1 credit`
const addressOf = (at: number) => `${PEOPLE[at]![0].toLowerCase()}.nowak@everyone.example`

let product: Product
afterEach(() => product.stop())

async function start(perDay = 50, rows: readonly (readonly string[])[] = [HEADERS, ...ROWS]): Promise<void> {
  product = await startProduct({ rows, options: { facts: { formula_may_set_properties: 'yes' } } })
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
  await product.call('receipt', { scope: 'all', wanted: ['email'], mapping: {}, purpose: 'Tests', cap: 100 })
  if (perDay > 0) await product.call('saveFormulaSpending', { isOn: true, perDay })
}
const type = async (cells: { readonly [address: string]: string }) => {
  const { id } = tabOf(product.store)
  for (const [address, text] of Object.entries(cells)) {
    product.emulator.type(OWNER, id, address, text)
    await product.store.settled()
  }
}
const select = (...areas: readonly string[]) => product.emulator.select(OWNER, tabOf(product.store).id, [...areas])
const cell = (row: number, column: number) => {
  const { id } = tabOf(product.store)
  const [[found] = []] = product.store.read(id, { row, column, rows: 1, columns: 1 })
  return { value: found?.value, formula: found?.formula ?? '', note: found?.note ?? '' }
}
const column = (at: number) => shown(product.store).map((row) => row[at] ?? '')
const values = async (areas: 'selected' | 'all' = 'all') => {
  const seen = await product.call('formulaCells')
  return product.call('turnIntoValues', {
    change: 'change-1',
    sheet: seen.sheet.id,
    areas: areas === 'all' ? null : seen.areas,
  })
}
const undo = async (id: string) => {
  for (let slices = 0; slices < 20; slices++) {
    const view = await product.call('undoRun', id)
    if (view.state === 'done') return view
  }
  throw new Error('The undoing does not end')
}
const charged = () => product.vendors.charged(HUNTER)
const LIST = { row: 1, column: 0, rows: 6, columns: 5 }

describe('turning formulas into values', () => {
  test('single cells, and a spilled range become values; what waits and what failed stays', async () => {
    await start(3)
    await type({
      F2: '=ENRICH_EMAIL(A2:C2)',
      G2: '=A2&" and "&B2',
      H2: '=ENRICH_SPLIT_NAME(A2:A4)',
      J2: 'a note of mine',
      F5: '=ENRICH_EMAIL(A5:C7)',
      K2: '=ENRICH_EMAIL("nobody")',
    })
    const before = shown(product.store)
    expect(before[6]![5]).toMatch(/^pending/)
    expect(await product.call('formulaCells')).toMatchObject({ tab: { ready: 2, pending: 1, failed: 1 } })
    const asked = charged()
    expect(await values()).toMatchObject({ changed: 4, ready: 0, pending: 1, failed: 1, isWhole: true })
    expect(shown(product.store)).toEqual(before)
    expect(cell(1, 5)).toMatchObject({
      value: addressOf(0),
      formula: '',
      note: `Enrich: ${saidOf(0)}, by the formula =ENRICH_EMAIL(A2:C2)`,
    })
    expect(cell(1, 7).note).toBe('Enrich: by the formula =ENRICH_SPLIT_NAME(A2:A4)')
    expect([cell(1, 6).formula, cell(4, 5).formula, cell(1, 10).formula].every((text) => text !== '')).toBe(true)
    expect([cell(1, 7).formula, cell(2, 7).formula, cell(1, 9).note]).toEqual(['', '', ''])
    const view = await undo('change-1')
    await product.store.settled()
    expect(view).toMatchObject({ kind: 'formulas', gone: 0 })
    expect(shown(product.store)).toEqual(before)
    expect([cell(1, 5), cell(1, 7), cell(1, 9)]).toMatchObject([
      { formula: '=ENRICH_EMAIL(A2:C2)', note: '' },
      { formula: '=ENRICH_SPLIT_NAME(A2:A4)', note: '' },
      { value: 'a note of mine', formula: '' },
    ])
    expect(charged()).toBe(asked)
  })

  test('only what is selected; TRUE stays a truth value; a blank result leaves an empty cell', async () => {
    await start(0)
    await type({
      E1: 'Free?',
      E2: '=ENRICH_IS_FREE_EMAIL("ada@gmail.com")',
      E3: '=ENRICH_DOMAIN("https://everyone.example")',
      E4: '=ENRICH_DOMAIN(D4)',
      E5: '=ENRICH_DOMAIN("https://everyone.example")',
    })
    select('E2:E4')
    expect(await values('selected')).toMatchObject({ changed: 3, ready: 0, isWhole: true })
    expect([1, 2, 3, 4].map((row) => [cell(row, 4).value, cell(row, 4).formula !== ''])).toEqual([
      [true, false],
      ['everyone.example', false],
      [null, false],
      ['everyone.example', true],
    ])
  })

  test('what is known of a value is kept: in its note, in Explain, and for the rules of overwriting', async () => {
    await start()
    await type({ D2: '=ENRICH_EMAIL(A2:C4)', D5: '=ENRICH_EMAIL(A5:C5)', D6: '=ENRICH_EMAIL(A6:C6)' })
    const formula = (row: number) => (row < 4 ? '=ENRICH_EMAIL(A2:C4)' : `=ENRICH_EMAIL(A${row + 1}:C${row + 1})`)
    select('D6')
    expect(await product.call('explainCell', {})).toMatchObject({ holder: 'The cell holds a formula.', nothing: null })
    expect(await values()).toMatchObject({ changed: 5, isWhole: true })
    const rows = [1, 2, 3, 4, 5]
    expect(rows.map((row) => cell(row, 3))).toEqual(
      rows.map((row) => ({
        value: addressOf(row - 1),
        formula: '',
        note: `Enrich: ${saidOf(row - 1)}, by the formula ${formula(row)}`,
      })),
    )
    await type({ D6: 'typed@everyone.example' })
    for (const [row, holder] of [
      [3, 'Enrich filled the cell.'],
      [5, 'Enrich filled the cell.'],
      [6, 'Somebody changed the cell after Enrich filled it.'],
    ] as const) {
      select(`D${row}`)
      expect(await product.call('explainCell', {})).toMatchObject({
        holder,
        found: { value: addressOf(row - 2), note: saidOf(row - 2), isGood: true },
        steps: expect.arrayContaining([expect.objectContaining({ vendor: 'Hunter', credits: 1 })]),
      })
    }
    const overwrite = { kind: 'more_confident', margin: 0.01 } as const
    await product.call('saveWaterfall', { field: 'email', rule: { ...defaultRule('email'), overwrite } })
    const { replaces, rows: counts } = await product.call('receipt', REQUEST)
    expect([replaces.fine, counts.filled]).toEqual([4, 1])
    expect(charged()).toBe(5)
  })

  test('is found by what a formula is given, as far as its text tells it, and else says the formula alone', async () => {
    await start()
    await type({ D2: '=ENRICH_EMAIL(A2:C2)' })
    const [first, last] = PEOPLE[0]!
    const forms: readonly (readonly [string, isKnown: boolean])[] = [
      ['=IFERROR(ENRICH_EMAIL(A2&" "&$B$2, C2), "none")', true],
      ['=enrich_email(A2:C, "fallback=a, b")', true],
      [`=ENRICH_EMAIL("${first} ${last}, everyone.example")`, true],
      ['=ENRICH_PERSON(A2&" "&B2&", "&C2, "email, phone", "show=confidence")', true],
      ['=ENRICH(A1:C7, "email", "headers=no")', true],
      ['=ENRICH_EMAIL(TRIM(A2), C2)', false],
      ['=ENRICH_EMAIL(A3:C3)', false],
      ['=ENRICH_EMAIL(A2:C2, "hide=yes")', false],
      ['=ENRICH_DOMAIN(D2)', false],
    ]
    const { id } = tabOf(product.store)
    for (const [at, [formula]] of forms.entries()) {
      const place = { row: 1, column: 6 + 2 * at, rows: 1, columns: 1 }
      product.store.write(id, place, [[{ formula: `${formula}&""`, value: addressOf(0) }]])
    }
    expect(await values()).toMatchObject({ changed: forms.length + 1 })
    expect(forms.map((_, at) => cell(1, 6 + 2 * at).note)).toEqual(
      forms.map(([formula, isKnown]) => `Enrich: ${isKnown ? `${saidOf(0)}, ` : ''}by the formula ${formula}&""`),
    )
    expect(charged()).toBe(1)
  })

  test('in a file whose stored answers are in doubt formulas become values all the same', async () => {
    await start()
    await type({ D2: '=ENRICH_EMAIL(A2:C2)' })
    await product.call('finishFormulas', 'finish')
    await type({ D3: '=ENRICH_EMAIL(A3:C3)' })
    product.store.removeTab(product.store.tabs().find(({ name }) => name === '_enrich_journal')!.id)
    expect(await values()).toMatchObject({ changed: 2, isWhole: true })
    expect([1, 2].map((row) => cell(row, 3).value)).toEqual([addressOf(0), addressOf(1)])
  })

  test('a sort after it changes nothing about its undo: each formula comes back to its own row', async () => {
    await start()
    await type({ E2: '=ENRICH_EMAIL(A2:C2)', E3: '=ENRICH_EMAIL(A3:C3)' })
    await values()
    const { id } = tabOf(product.store)
    product.store.sort(id, { row: 1, column: 0, rows: 6, columns: 5 }, { column: 0, ascending: false })
    expect(column(4).slice(1)).toEqual(['', '', '', '', addressOf(1), addressOf(0)])
    await undo('change-1')
    await product.store.settled()
    expect([5, 6].map((row) => cell(row, 4).formula)).toEqual(['=ENRICH_EMAIL(A6:C6)', '=ENRICH_EMAIL(A7:C7)'])
    expect(column(4).slice(5)).toEqual([addressOf(1), addressOf(0)])
    expect(charged()).toBe(2)
  })

  test.each([
    [
      'sorted',
      (id: number) => product.store.sort(id, LIST, { column: 0, ascending: false }),
      ['', '', '', '', 'C6', ''],
    ],
    ['deleted', (id: number) => product.store.deleteRows(id, 2, 1), ['', '', '', '', '']],
  ] as const)(
    'where totals stand below the list and its row was %s, its undo touches no other row',
    async (_, act, told) => {
      await start(0)
      await type({ E3: '=ENRICH_DOMAIN(C3)', E4: 'everyone.example' })
      for (const letter of 'ABCDE') await type({ [`${letter}9`]: `=COUNTA(${letter}2:${letter}7)` })
      await values()
      act(tabOf(product.store).id)
      await undo('change-1')
      await product.store.settled()
      expect(told.map((_none, at) => cell(at + 1, 4).formula)).toEqual(
        told.map((of) => (of === '' ? '' : `=ENRICH_DOMAIN(${of})`)),
      )
    },
  )

  test.each([
    [
      'sorted',
      (id: number) => product.store.sort(id, { ...LIST, rows: 3 }, { column: 0, ascending: false }),
      '=ENRICH_DOMAIN(C4)',
    ],
    ['deleted', (id: number) => product.store.deleteRows(id, 1, 1), ''],
  ] as const)(
    'a row that holds nothing but formulas and was %s is known by what they show alone',
    async (_, act, told) => {
      await start(0)
      const { id } = tabOf(product.store)
      for (const [at, names] of PEOPLE.slice(0, 3).entries())
        product.store.write(id, { row: at + 1, column: 0, rows: 1, columns: 3 }, [
          [...names, 'everyone.example'].map((value) => ({ formula: `=T("${value}")`, value })),
        ])
      await type({ E2: '=ENRICH_DOMAIN(C2)', E3: 'everyone.example' })
      await values()
      act(id)
      await undo('change-1')
      await product.store.settled()
      expect([1, 2, 3].map((row) => cell(row, 4).formula)).toEqual(['', '', told])
    },
  )

  test('what somebody undoes meanwhile does not go on: that could not be undone any more', async () => {
    await start(0)
    await type({ F2: '=ENRICH_DOMAIN(C2)', F3: '=ENRICH_DOMAIN(C3)' })
    const { sheet } = await product.call('formulaCells')
    const turn = (row: number) =>
      product.call('turnIntoValues', {
        change: 'change-1',
        sheet: sheet.id,
        areas: [{ row, column: 5, rows: 1, columns: 1 }],
      })
    await turn(1)
    expect((await product.callAs(COLLEAGUE, 'undoRun', 'change-1')).state).toBe('done')
    await expect(turn(2)).rejects.toThrow('undone meanwhile')
    expect([1, 2].map((row) => cell(row, 5).formula)).toEqual(['=ENRICH_DOMAIN(C2)', '=ENRICH_DOMAIN(C3)'])
  })

  test('what came before another change in between is undone too', async () => {
    await start(0)
    await type({ F2: '=ENRICH_DOMAIN(C2)', F3: '=ENRICH_DOMAIN(C3)', F4: '=ENRICH_DOMAIN(C4)' })
    const { sheet } = await product.call('formulaCells')
    const turn = (change: string, row: number) =>
      product.call('turnIntoValues', { change, sheet: sheet.id, areas: [{ row, column: 5, rows: 1, columns: 1 }] })
    await turn('change-1', 1)
    await turn('change-2', 2)
    expect(await turn('change-1', 3)).toMatchObject({ changed: 2 })
    await undo('change-2')
    expect(await undo('change-1')).toMatchObject({ restored: 2 })
    expect([1, 2, 3].map((row) => cell(row, 5).formula)).toEqual([2, 3, 4].map((row) => `=ENRICH_DOMAIN(C${row})`))
  })

  test('a formula stays that has spilled into a cell which is protected', async () => {
    await start()
    await type({ F2: '=ENRICH_EMAIL(A2:C4)', G2: '=ENRICH_EMAIL(A5:C6)' })
    const before = shown(product.store)
    const area = { row: 2, column: 5, rows: 1, columns: 1 }
    product.store.protect(tabOf(product.store).id, { area, editors: [OWNER.email] })
    const { sheet } = await product.callAs(COLLEAGUE, 'formulaCells')
    const ask = { change: 'change-1', sheet: sheet.id, areas: null }
    expect(await product.callAs(COLLEAGUE, 'turnIntoValues', ask)).toMatchObject({ changed: 2, ready: 1 })
    expect(shown(product.store)).toEqual(before)
    expect([cell(1, 5).formula, cell(1, 6).formula]).toEqual(['=ENRICH_EMAIL(A2:C4)', ''])
  })

  test('a value that a person changed since stays when it is undone', async () => {
    await start()
    await type({ E2: '=ENRICH_EMAIL(A2:C2)', E3: '=ENRICH_EMAIL(A3:C3)' })
    await values()
    await type({ E2: 'mine@everyone.example' })
    await undo('change-1')
    await product.store.settled()
    expect([cell(1, 4), cell(2, 4)]).toMatchObject([
      { value: 'mine@everyone.example', formula: '' },
      { formula: '=ENRICH_EMAIL(A3:C3)' },
    ])
  })

  test('killed at any call it is ended by the next one, and everything that was spilled is there', async () => {
    await start(0)
    const spilled = { F1: 'First', F2: '=ENRICH_SPLIT_NAME(A2:A4)', I2: '=ENRICH_DOMAIN(C2)' }
    await type(spilled)
    const before = shown(product.store)
    const seen = await product.call('formulaCells')
    const ask = { change: 'counted', sheet: seen.sheet.id, areas: null }
    const { calls } = await product.execute('turnIntoValues', ask)
    let last = ask.change
    for (let at = 5; at < calls.length; at += 17) {
      await undo(last)
      await product.store.settled()
      expect([1, 1, 3].map((row, nth) => cell(row, [5, 8, 5][nth]!).formula)).toEqual([spilled.F2, spilled.I2, ''])
      last = `killed-${at}`
      product.emulator.script([{ kind: 'kill', atCall: at, when: 'after' }])
      await product.execute('turnIntoValues', { ...ask, change: last })
      product.emulator.script([])
      await product.emulator.advance(121_000)
      const view = await product.call('turnIntoValues', { ...ask, change: last })
      expect([at, view.isWhole, view.ready]).toEqual([at, true, 0])
      expect(shown(product.store)).toEqual(before)
    }
  })
})

describe('formulas that Finish runs again', () => {
  const WAITING = [3, 4, 6]
  const sources = WAITING.map((row) => `=ENRICH_EMAIL(A${row}:C${row})`)
  const held = () => WAITING.map((row) => cell(row - 1, 4).formula)
  const undoStates = async () => {
    const { history } = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
    return history.map(({ id, kind, cells, undo }) => ({ id, kind, cells, undo }))
  }
  // They meet the limit of the day, which is raised then.
  const wait = async (cells: { readonly [address: string]: string }) => {
    await product.call('saveFormulaSpending', { isOn: true, perDay: Math.max(1, charged()) })
    await type(cells)
    await product.call('saveFormulaSpending', { isOn: true, perDay: 50 })
  }
  const pending = async () => {
    await start(1)
    await type({ E2: '=ENRICH_EMAIL(A2:C2)' })
    await wait({ E3: sources[0]!, E4: sources[1]!, E6: sources[2]! })
    expect(column(4).filter((text) => text.startsWith('pending'))).toHaveLength(3)
  }
  const finish = (change: string) => product.call('finishFormulas', change)
  const writesTab = () => product.store.tabs().find(({ name }) => name === '_enrich_writes')!.id

  test('are listed in History, and Undo finds each of them as it was', async () => {
    await pending()
    expect(await finish('finish-1')).toMatchObject({ begun: 3, left: 0 })
    await product.store.settled()
    expect([held(), column(4).filter((text) => text.includes('@')).length]).toEqual([sources, 4])
    expect(await undoStates()).toEqual([{ id: 'finish-1', kind: 'finish', cells: 3, undo: 'possible' }])
    await type({ E4: 'mine@everyone.example' })
    expect(await undo('finish-1')).toMatchObject({ kind: 'finish', restored: 2, gone: 1, changed: 0 })
    expect([held(), cell(3, 4).value]).toEqual([[sources[0], '', sources[2]], 'mine@everyone.example'])
    expect(await undoStates()).toMatchObject([{ undo: 'undone' }])
    expect(charged()).toBe(4)
  })

  test('take the place of nothing that can be undone, and only the last of them is listed', async () => {
    await pending()
    for (const [at, change] of ['values-1', 'values-2', 'values-3'].entries()) {
      await type({ [`F${at + 2}`]: `=ENRICH_DOMAIN(C${at + 2})` })
      const { sheet } = await product.call('formulaCells')
      const areas = [{ row: at + 1, column: 5, rows: 1, columns: 1 }]
      expect(await product.call('turnIntoValues', { change, sheet: sheet.id, areas })).toMatchObject({ changed: 1 })
    }
    await finish('finish-1')
    await product.store.settled()
    await wait({ E5: '=ENRICH_EMAIL(A5:C5)' })
    await finish('finish-2')
    expect((await undoStates()).map(({ id, undo }) => [id, undo])).toEqual([
      ['finish-2', 'possible'],
      ['values-3', 'possible'],
      ['values-2', 'waits'],
      ['values-1', 'waits'],
    ])
    for (const change of ['values-3', 'values-2', 'values-1']) expect(await undo(change)).toMatchObject({ restored: 1 })
  })

  test('stay in the tab that they were begun in', async () => {
    await pending()
    const other = product.store.addTab('Other', { rows: 20, columns: 10 })
    await finish('finish-1')
    await product.store.settled()
    await wait({ E5: '=ENRICH_EMAIL(A5:C5)' })
    product.emulator.select(OWNER, other.id, ['A1'])
    expect(await finish('finish-2')).toEqual({ begun: 0, cells: [], left: 0 })
    expect(await finish('finish-1')).toEqual({ begun: 1, cells: ['E5'], left: 0 })
  })

  test('are no others: spaces that somebody typed stay', async () => {
    await pending()
    const typed = { E5: '= ENRICH_EMAIL(A5:C5)', E7: '= ENRICH_EMAIL(A2:C2)', E8: '=  ENRICH_EMAIL(A8:C8)' }
    await wait({ E5: typed.E5 })
    await type({ E7: typed.E7, E8: typed.E8 })
    expect(await finish('finish-1')).toMatchObject({ begun: 4 })
    expect([[4, 6, 7].map((row) => cell(row, 4).formula), held()]).toEqual([Object.values(typed), sources])
  })

  test('go on in their tab, and with what is on record, where another change came in between', async () => {
    await pending()
    await finish('finish-1')
    await type({ F2: '=ENRICH_DOMAIN(C2)' })
    await values()
    await wait({ G5: '=ENRICH_EMAIL(A5:C5)' })
    product.emulator.select(OWNER, product.store.addTab('Other', { rows: 20, columns: 10 }).id, ['A1'])
    expect(await finish('finish-1')).toMatchObject({ begun: 1, cells: ['G5'] })
    expect(await undoStates()).toMatchObject([{ id: 'change-1' }, { id: 'finish-1', cells: 4 }])
  })

  test('are forgotten with the third change after them, and what is older with it', async () => {
    await pending()
    await finish('finish-1')
    for (const [at, change] of ['values-1', 'values-2', 'values-3', 'values-4'].entries()) {
      await type({ [`F${at + 2}`]: `=ENRICH_DOMAIN(C${at + 2})` })
      const { sheet } = await product.call('formulaCells')
      const areas = [{ row: at + 1, column: 5, rows: 1, columns: 1 }]
      await product.call('turnIntoValues', { change, sheet: sheet.id, areas })
    }
    const kept = product.store.display(writesTab(), { row: 0, column: 0, rows: 20, columns: 1 }).flat()
    expect([...new Set(kept)].filter((of) => of.includes('-'))).toEqual(['values-2', 'values-3', 'values-4'])
    expect((await undoStates()).filter(({ undo }) => undo === 'too_old').map((one) => one.id)).toEqual([
      'values-1',
      'finish-1',
    ])
  })

  const killHalfway = async () => {
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('finishFormulas', 'finish-1')
    const writes = calls.flatMap((method, index) => (method === 'Range.setFormulas' ? [index + 1] : []))
    product.store.restore(saved[0])
    product.emulator.restore(saved[1])
    product.emulator.script([{ kind: 'kill', atCall: writes[1]!, when: 'after' }])
    await product.execute('finishFormulas', 'finish-1')
    product.emulator.script([])
    await product.store.settled()
    expect(held().some((formula) => formula.startsWith('= '))).toBe(true)
    await product.emulator.advance(121_000)
  }

  test.each([
    ['columns were inserted', () => product.store.insertColumns(tabOf(product.store).id, 0, 1), ['B', 'D']],
    ['the hidden tab was deleted', () => product.store.removeTab(writesTab()), ['A', 'C']],
  ] as const)('get their text back after a kill although %s', async (_, act, [from, to]) => {
    await pending()
    await killHalfway()
    act()
    await product.emulator.advance(3_600_000)
    await product.store.settled()
    const at = from === 'A' ? 4 : 5
    expect(WAITING.map((row) => cell(row - 1, at).formula)).toEqual(
      WAITING.map((row) => `=ENRICH_EMAIL(${from}${row}:${to}${row})`),
    )
  })

  test('and were cut short in cells that are protected from others by now are in the way of nothing', async () => {
    await pending()
    await killHalfway()
    const { id } = tabOf(product.store)
    const area = { row: 0, column: 4, rows: 9, columns: 1 }
    product.store.protect(id, { area, editors: [OWNER.email] })
    expect(await product.callAs(COLLEAGUE, 'finishFormulas', 'finish-2')).toMatchObject({ begun: 0 })
    expect(await product.callAs(COLLEAGUE, 'undoRun', 'finish-1')).toMatchObject({ state: 'done' })
    await finish('finish-3')
    expect(held()).toEqual(sources)
  })

  test('and were cut short in a tab that is gone are in the way of nothing', async () => {
    await pending()
    await killHalfway()
    const other = product.store.addTab('Other', { rows: 20, columns: 10 })
    product.emulator.select(OWNER, other.id, ['A1'])
    product.store.removeTab(tabOf(product.store).id)
    expect(await finish('finish-2')).toMatchObject({ begun: 0, left: 0 })
    expect(await values()).toMatchObject({ changed: 0, isWhole: true })
  })

  test('wait where another change was cut short while vendors were asked: it is ended first', async () => {
    await pending()
    const { id: sheet } = product.store.addTab('Other', { rows: 20, columns: 10 })
    const counts = { batches: 1, done: 0, groups: 0, rows: 0, changed: 0, blocked: 0, epoch: 1, leaseUntil: 0 }
    const cut = {
      version: 1,
      id: 'merge-1',
      sheet,
      sheetName: 'Other',
      headerRow: 0,
      what: 'rows',
      tab: null,
      ...counts,
    }
    const act = () => {
      const now = product.emulator.snapshot() as { readonly properties: readonly (readonly [string, string[][]])[] }
      now.properties.find(([scope]) => scope === 'document')![1].push(['merge', JSON.stringify(cut)])
      product.emulator.restore(now)
    }
    product.emulator.script([{ kind: 'between', method: 'UrlFetchApp.fetchAll', nth: 1, act }])
    await expect(finish('finish-1')).rejects.toThrow('cut short. Try again')
    product.emulator.script([])
    expect(held()).toEqual(sources)
  })

  test.each(['Finish again', 'the hourly trigger', 'Undo', 'into values'] as const)(
    'that a kill left with our spaces in them get their text back by %s',
    async (way) => {
      await pending()
      const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
      const { calls } = await product.execute('finishFormulas', 'finish-1')
      const writes = calls.flatMap((method, index) => (method === 'Range.setFormulas' ? [index + 1] : []))
      expect(writes.length).toBeGreaterThanOrEqual(4)
      let marked = 0
      for (const atCall of writes) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        product.emulator.script([{ kind: 'kill', atCall, when: 'after' }])
        expect(await product.execute('finishFormulas', 'finish-1')).toMatchObject({ state: 'killed' })
        product.emulator.script([])
        await product.store.settled()
        if (held().some((formula) => formula.startsWith('= '))) marked++
        await product.emulator.advance(121_000)
        switch (way) {
          case 'Finish again':
            await finish('finish-2')
            break
          case 'the hourly trigger':
            await product.emulator.advance(3_600_000)
            break
          case 'Undo':
            expect(await undo('finish-1')).toMatchObject({ restored: 3, gone: 0 })
            break
          case 'into values':
            await values()
            await undo('change-1')
        }
        await product.store.settled()
        expect([atCall, held()]).toEqual([atCall, sources])
      }
      expect(marked).toBeGreaterThan(1)
    },
  )
})

describe('the builder', () => {
  const builder = () => product.call('formulaBuilder')
  const insert = async (more: {
    readonly way: 'rows' | 'whole'
    readonly formula: string
    readonly headers?: readonly string[]
  }) => {
    const { sheet, mark, headerRow } = await builder()
    const ask = { change: 'insert-1', sheet: sheet.id, mark, headerRow, headers: ['Email by formula'], ...more }
    const view = await product.call('insertFormulas', ask)
    await product.store.settled()
    return view
  }

  test('says what it costs at most, and that what is known is free', async () => {
    await start()
    const view = await builder()
    expect(view).toMatchObject({ headerRow: 0, rows: 6, lastRow: 6, spending: { isOn: true, left: 50 } })
    const ask = {
      sheet: view.sheet.id,
      mark: view.mark,
      about: 'person',
      columns: [0, 1, 2],
      fields: ['email'],
    } as const
    expect(await product.call('priceFormula', ask)).toEqual({ rows: 6, free: 0, worst: 6 })
    await type({ F2: '=ENRICH_EMAIL(A2:C2)' })
    const known = await builder()
    expect(await product.call('priceFormula', { ...ask, mark: known.mark })).toEqual({ rows: 6, free: 1, worst: 5 })
    await product.call('saveFormulaSpending', { isOn: false, perDay: 50 })
    expect(await product.call('priceFormula', { ...ask, mark: known.mark })).toEqual({ rows: 6, free: 6, worst: 0 })
  })

  test.each(['rows', 'whole'] as const)('fills a new column (%s), and takes it back', async (way) => {
    await start()
    const formula = way === 'rows' ? '=ENRICH_EMAIL(A2:C2, "fallback=A2")' : '=ENRICH_EMAIL(A2:C7)'
    expect(await insert({ way, formula })).toMatchObject({
      inserted: way === 'rows' ? 6 : 1,
      isWhole: true,
      column: 'E',
    })
    const filled = column(4).filter((text) => text.includes('@'))
    expect([column(4)[0], filled]).toEqual(['Email by formula', PEOPLE.map((_, at) => addressOf(at))])
    expect(cell(6, 4).formula).toBe(way === 'rows' ? '=ENRICH_EMAIL(A7:C7, "fallback=A2")' : '')
    expect(charged()).toBe(6)
    expect(await undo('insert-1')).toMatchObject({
      kind: 'formulas',
      restored: way === 'rows' ? 6 : 1,
      added: ['Email by formula'],
    })
    expect(column(4).slice(1).join('')).toBe('')
  })

  test('fills several new columns, a formula a row, and takes them back', async () => {
    await start(0)
    const headers = ['One', 'Two', 'Three']
    expect(await insert({ way: 'rows', formula: '=ENRICH_DOMAIN(A2:C2)', headers })).toMatchObject({
      inserted: 6,
      isWhole: true,
    })
    expect([cell(6, 4).formula, column(6)]).toEqual([
      '=ENRICH_DOMAIN(A7:C7)',
      ['Three', ...PEOPLE.map(() => 'everyone.example')],
    ])
    expect(await undo('insert-1')).toMatchObject({ restored: 6, gone: 0 })
    expect([cell(6, 4).formula, column(6).slice(1).join('')]).toEqual(['', ''])
  })

  test('fills a new column with whole rows that are understood by their headers', async () => {
    await start()
    const { sheet, mark } = await builder()
    const ask = { sheet: sheet.id, mark, about: 'row', columns: [0, 1, 2], fields: ['email'] } as const
    expect(await product.call('priceFormula', ask)).toEqual({ rows: 6, free: 0, worst: 6 })
    const formula = '=ENRICH(A1:C7, "email", "headers=no")'
    expect(await insert({ way: 'whole', formula })).toMatchObject({ inserted: 1, isWhole: true })
    expect(column(4)).toEqual(['Email by formula', ...PEOPLE.map((_, at) => addressOf(at))])
    expect(charged()).toBe(6)
  })

  test('never writes over what somebody typed into the new column, and never twice', async () => {
    await start(0)
    await type({ A2: 'Zoe' })
    const formula = '=ENRICH_DOMAIN(C2)'
    product.emulator.script([{ kind: 'kill', atCall: 120, when: 'after' }])
    const { sheet, mark, headerRow } = await builder()
    const ask = {
      change: 'insert-1',
      sheet: sheet.id,
      mark,
      headerRow,
      headers: ['Domain'],
      formula,
      way: 'rows',
    } as const
    await product.execute('insertFormulas', ask)
    product.emulator.script([])
    await product.emulator.advance(121_000)
    const at = shown(product.store)[0]!.indexOf('Domain')
    if (at >= 0) await type({ E3: 'mine' })
    const view = await product.call('insertFormulas', ask)
    await product.store.settled()
    expect(view).toMatchObject({ isWhole: true, column: 'E' })
    expect(column(4)).toEqual([
      'Domain',
      ...PEOPLE.map((_, row) => (at >= 0 && row === 1 ? 'mine' : 'everyone.example')),
    ])
    expect(shown(product.store)[0]).toHaveLength(5)
  })

  test('goes into its own column where somebody inserts one meanwhile, at whatever call, and nowhere else', async () => {
    await start(0, [[...HEADERS, ''], ...ROWS.map((row, at) => [...row, at % 2 === 0 ? `remark ${at}` : ''])])
    const { sheet, mark, headerRow } = await builder()
    const ask = { change: 'insert-1', sheet: sheet.id, mark, headerRow, headers: ['Domain'] }
    const whole = { ...ask, formula: '=ENRICH_DOMAIN(C2)', way: 'rows' } as const
    const saved = [product.store.snapshot(), product.emulator.snapshot()] as const
    const { calls } = await product.execute('insertFormulas', whole)
    const theirs = () => {
      const rows = shown(product.store)
      const from = rows[0]!.indexOf(HEADERS[0]!)
      return rows.map((row) => row.slice(from, from + 5))
    }
    const before = theirs()
    for (const method of ['Range.getFormulas', 'Range.setValues', 'Range.setFormulas', 'Properties.setProperty']) {
      for (let nth = 1; nth <= calls.filter((call) => call === method).length; nth++) {
        product.store.restore(saved[0])
        product.emulator.restore(saved[1])
        const act = (store: typeof product.store) => store.insertColumns(sheet.id, 0, 1)
        product.emulator.script([{ kind: 'between', method, nth, act }])
        await product.execute('insertFormulas', whole)
        product.emulator.script([])
        await product.store.settled()
        expect([method, nth, theirs()]).toEqual([method, nth, before])
      }
    }
  })

  test.each(['=IMPORTXML("https://x.example", "//a")', 'ENRICH_EMAIL(A2)', '=ENRICH_EMAIL(A2)&B2'])(
    'refuses %s',
    async (formula) => {
      await start(0)
      await expect(insert({ way: 'rows', formula })).rejects.toThrow('Only a formula of Enrich')
    },
  )
})
