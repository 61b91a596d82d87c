import fc from 'fast-check'
import type { CellText } from '../../workbench/cli/csv'
import { editCsv, formatCsv, neutralise, parseCsv } from '../../workbench/cli/csv'
import { readListFile } from '../../workbench/cli/list-file'

const text = fc.string({ unit: fc.constantFrom(...'ab ,;\t"\r\n=+-@é漢😀\'') , maxLength: 12 }) // prettier-ignore
const quoted = text.map((one) => `"${one.replaceAll('"', '""')}"`)
const plain = fc
  .string({ unit: fc.constantFrom(...'ab "=+-@é漢😀'), maxLength: 8 })
  .filter((one) => !one.startsWith('"'))

/** CSV texts as programs write them: any delimiter, any line ends, needless quotes, ragged and blank lines. */
const files = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    newline: fc.constantFrom('\r\n', '\n', '\r'),
    mark: fc.constantFrom('', '\uFEFF'),
    records: fc.array(fc.array(fc.oneof(quoted, plain), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 8,
    }),
    ends: fc.boolean(),
  })
  .map((one) => {
    // Two words of equal width on each line make the delimiter certain.
    const raws = one.records.map((fields) => ['x', ...fields])
    const body = raws.map((fields) => fields.join(one.delimiter)).join(one.newline)
    return { ...one, raws, body: one.mark + body + (one.ends ? one.newline : '') }
  })

test('what is parsed and put together again is the same text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (body) => void expect(roundTrip(body)).toBe(body)))
  fc.assert(fc.property(files, ({ body }) => void expect(roundTrip(body)).toBe(body)))
})

function roundTrip(body: string): string {
  try {
    return formatCsv(parseCsv(body))
  } catch (error) {
    expect((error as Error).message).toMatch(/^A quotation mark in line \d+ is never closed\.$/)
    return body
  }
}

test('a changed cell changes nothing else: every other field keeps its own characters', () => {
  const place = fc.record({ row: fc.nat(7), column: fc.nat(7), text })
  fc.assert(
    fc.property(files, fc.array(place, { maxLength: 6 }), (file, cells) => {
      const csv = parseCsv(file.body)
      const known = cells.filter(({ row }) => row < csv.records.length)
      const edited = editCsv(csv, known)
      edited.records.forEach(({ fields, end }, row) => {
        const before = csv.records[row]!
        expect(end).toBe(before.end)
        before.fields.forEach(({ raw }, column) => {
          if (!known.some((cell) => cell.row === row && cell.column === column)) expect(fields[column]!.raw).toBe(raw)
        })
      })
      const again = parseCsv(formatCsv(edited), csv.delimiter).records
      const last = new Map(known.map((cell) => [`${cell.row} ${cell.column}`, cell]))
      for (const { row, column, text: added } of last.values())
        expect(again[row]?.fields[column]?.text ?? '').toBe(neutralise(added))
    }),
  )
})

test.each([
  ['a,b\n1,2\n', ',', [['a', 'b'], ['1', '2']]],
  ['a;b\r\n"1,5";2', ';', [['a', 'b'], ['1,5', '2']]],
  ['a\tb\n1\t', '\t', [['a', 'b'], ['1', '']]],
  ['"a, b";c\n1;2', ';', [['a, b', 'c'], ['1', '2']]],
  ['"say ""hi""",x\n"two\nlines",y', ',', [['say "hi"', 'x'], ['two\nlines', 'y']]],
  ['a\n\nb', ',', [['a'], [''], ['b']]],
  ['5" pipe,x\n1,2', ',', [['5" pipe', 'x'], ['1', '2']]],
] as const)('%j has the delimiter %j', (body, delimiter, rows) => {
  const csv = parseCsv(body)
  expect(csv.delimiter).toBe(delimiter)
  expect(csv.records.map(({ fields }) => fields.map((field) => field.text))).toEqual(rows)
}) // prettier-ignore

test.each([
  ['=1+1', "'=1+1"],
  ['-5', "'-5"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['+1 (212) 555-0100', "'+1 (212) 555-0100"],
  ['+A1', "'+A1"],
  ['+14155550100', '+14155550100'],
  ['ada@example.com', 'ada@example.com'],
  ['1-10', '1-10'],
  ['', ''],
])('%j is written as %j', (given, written) => {
  expect(neutralise(given)).toBe(written)
})

test('new columns stand under each other, blank lines stay blank', () => {
  const cells: readonly CellText[] = [
    { row: 0, column: 2, text: 'Email' },
    { row: 3, column: 2, text: 'ada@example.com' },
  ]
  expect(formatCsv(editCsv(parseCsv('a,b\r\n1\r\n\r\n2,"3"'), cells, 3))).toBe(
    'a,b,Email\r\n1,,\r\n\r\n2,"3",ada@example.com',
  )
})

describe('encodings', () => {
  const latin = Uint8Array.from([0x4e, 0x6f, 0xeb, 0x6c, 0x2c, 0x80, 0x81, 0x0a]) // Noël,€ and a byte without a letter
  const bytesOf = (list: string, cells: readonly CellText[]) =>
    readListFile('list.csv', new Uint8Array(Buffer.from(list, 'utf16le'))).withCells(cells).bytes

  test('bytes that are not UTF-8 come out as they went in', () => {
    const file = readListFile('list.csv', latin)
    expect(file.rows[0]!.slice(0, 1)).toEqual(['Noël'])
    expect([...file.withCells([]).bytes]).toEqual([...latin])
    const added = file.withCells([{ row: 0, column: 2, text: 'é' }])
    expect([...added.bytes]).toEqual([...latin.slice(0, -1), 0x2c, 0xe9, 0x0a])
    expect(added.remark).toBeUndefined()
  })

  test('a letter that the old encoding lacks turns the result into UTF-8, and says so', () => {
    const { bytes, remark } = readListFile('list.csv', latin).withCells([{ row: 0, column: 2, text: '漢' }])
    expect(new TextDecoder().decode(bytes)).toContain('Noël')
    expect(remark).toContain('UTF-8')
  })

  test('UTF-16 as Excel saves it stays UTF-16', () => {
    const list = '\uFEFFname\tcity\r\nZoë\t漢\r\n'
    expect(Buffer.from(bytesOf(list, [])).toString('utf16le')).toBe(list)
  })
})
