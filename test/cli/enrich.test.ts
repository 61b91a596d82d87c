import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as xlsx from '@e965/xlsx'
import { enrichList, nearest, type Enriched } from '../../workbench/cli/enrich-list'
import { readListFile } from '../../workbench/cli/list-file'
import { showProgress } from '../../workbench/cli/progress'
import { countQuestions } from '../../workbench/cli/summary'
import type { WireRun } from '../../workbench/cli/wire'

const folder = mkdtempSync(path.join(tmpdir(), 'enrich-'))
const place = (name: string): string => path.join(folder, name)
const SMALL = [
  '\uFEFFFirst name;Last name;"Company";Website;Email;Notes',
  'Ada;Nowak;"Everyone; Ltd";everyone.example;;"a ""quoted"" one"',
  '',
  "Bob; O'Miller ;Everyone;everyone.example;bob@typed.example;=1+1",
  'Cleo;Stone;"Nobody ""Inc""";nobody.example;;01234',
].join('\r\n')

/** Runs the command as npm does: from the package, with the person's folder in INIT_CWD; bundled by the first run. */
let entry: readonly string[] = ['workbench/run.mjs', 'workbench/enrich.ts']
function run(...args: readonly string[]) {
  const done = spawnSync(process.execPath, [...entry, ...args], {
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  })
  entry = ['workbench/dist/enrich.cjs']
  return { code: done.status, out: done.stdout, err: done.stderr }
}

beforeAll(() => writeFileSync(place('small.csv'), SMALL))

test('fills a small list and keeps every byte of what was there', () => {
  const { code, out, err } = run('small.csv', '--fields', 'email,Job title', '--out', 'result.csv')
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('100 %') })
  expect(err).toContain('"Notes"')
  expect(out).toMatch(/Email +1 +1 +Left alone: it was filled already \(1\)/)
  expect(out).toMatch(/api\.hunter\.io email-finder +\d+ +\d+ +\d+/)
  const before = SMALL.split('\r\n')
  const lines = readFileSync(place('result.csv'), 'utf8').split('\r\n')
  expect(lines).toHaveLength(before.length)
  expect(lines[0]).toBe(`${before[0]};Job title`)
  expect(lines[1]).toMatch(/^Ada;Nowak;"Everyone; Ltd";everyone\.example;ada\.nowak@everyone\.example;"a ""quoted"" one";[^;]+$/)
  expect(lines[2]).toBe('')
  expect(lines[3]!.startsWith(before[3]!)).toBe(true)
  expect(lines[4]).toBe(`${before[4]};`)
  expect(readFileSync(place('small.csv'), 'utf8')).toBe(SMALL)
}) // prettier-ignore

test('training fills the same rows from invented answers', () => {
  const { code, out } = run('small.csv', '--fields', 'email', '--out', 'training.csv', '--vendors', 'training')
  expect(code).toBe(0)
  expect(out).toContain('Written: training.csv')
  const lines = readFileSync(place('training.csv'), 'utf8').split('\r\n')
  expect(lines.map((line) => line.split(';')[0])).toEqual(['\uFEFFFirst name', 'Ada', '', 'Bob', 'Cleo'])
  expect(lines[1]).toMatch(/;[^;@]+@everyone\.example;/)
  expect(lines[3]).toBe(SMALL.split('\r\n')[3])
})

test('an XLSX file comes back with the cells filled', () => {
  const book = xlsx.utils.book_new()
  const rows = [['First name', 'Last name', 'Website', 'Since'], ['Ada', 'Nowak', 'everyone.example', 2019]]
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), 'People')
  writeFileSync(place('people.xlsx'), xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  expect(run('people.xlsx', '--fields', 'email', '--out', 'filled.xlsx').code).toBe(0)
  const filled = xlsx.read(readFileSync(place('filled.xlsx'))).Sheets['People']!
  expect(xlsx.utils.sheet_to_json(filled, { header: 1 })).toEqual([
    [...rows[0]!, 'Email'],
    [...rows[1]!, 'ada.nowak@everyone.example'],
  ])
}) // prettier-ignore

test('a run that reaches its cap leaves with 1 and writes what it found', () => {
  const { code, err } = run('small.csv', '--fields', 'email', '--out', 'capped.csv', '--cap', '0')
  expect(code).toBe(1)
  expect(err).toMatch(/did not come to its end.*cap.*capped\.csv/s)
  expect(readFileSync(place('capped.csv'), 'utf8')).toContain('bob@typed.example')
})

test('says which rows it left out, and why', () => {
  const { code, out } = run('small.csv', '--fields', 'email', '--out', 'left.csv')
  expect(code).toBe(0)
  expect(out).toMatch(/^Left out of 4 rows: 1 with nothing that can be filled, 1 empty\.$/m)
})

test('placeholders under a header leave it what it is', () => {
  const list = 'First name,Last name,Website,E-Mail,Phone\nAda,Nowak,everyone.example,n/a,n/a\nBob,Nowak,everyone.example,,\n'
  writeFileSync(place('placeholders.csv'), list)
  const { code, err } = run('placeholders.csv', '--fields', 'email', '--out', 'kept.csv')
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('not used') })
  const [headers, ada, bob] = readFileSync(place('kept.csv'), 'utf8').split('\n')
  expect([headers, ada]).toEqual(list.split('\n').slice(0, 2))
  expect(bob).toMatch(/^Bob,Nowak,everyone\.example,[^,]+@everyone\.example,$/)
}) // prettier-ignore

const onLinux = process.platform === 'linux' ? test : test.skip
onLinux('a result that cannot be written is saved elsewhere', () => {
  const { code, out, err } = run('small.csv', '--fields', 'email', '--out', '/dev/full')
  expect(code).toBe(1)
  const saved = /The result is in (\S+): copy it/.exec(err)?.[1] ?? ''
  expect(out).toContain(`Written: ${saved}`)
  expect(readFileSync(saved, 'utf8')).toContain('ada.nowak@everyone.example')
})

describe('what cannot be done is said', () => {
  const LIST = ['small.csv', '--fields', 'email', '--out', 'x.csv']
  beforeAll(() => {
    writeFileSync(place('empty.csv'), '')
    writeFileSync(place('blank.csv'), '\n\n ,\n')
    writeFileSync(place('open.csv'), 'a,b\n1,"2\n')
    writeFileSync(place('binary.csv'), Uint8Array.from([1, 0, 2, 0]))
    writeFileSync(place('wrong.xlsx'), 'no workbook')
    writeFileSync(place('headless.csv'), 'ada@example.com,+14155550100\nbob@example.com,+14155550101\n')
    writeFileSync(place('strange.csv'), 'Email,Phone\nfoo bar,no number\nbar foo,none\n')
    writeFileSync(place('foreign.csv'), 'Nimi,Ikä\nfoo bar,12\nbar foo,13\n')
  })

  test.each<[message: RegExp, code: number, args: readonly string[]]>([
    [/Say which list/, 2, []],
    [/Say what to find/, 2, ['small.csv', '--out', 'x.csv']],
    [/Say where the result goes/, 2, ['small.csv', '--fields', 'email']],
    [/Unknown option '--colour'/, 2, [...LIST, '--colour']],
    [/--cap is a number/, 2, [...LIST, '--cap', 'lots']],
    [/There is no simulated vendor "nobody"/, 1, [...LIST, '--vendors', 'hunter,nobody']],
    [/--map takes "Column=field"/, 2, [...LIST, '--map', 'Website']],
    [/of different kinds/, 2, ['small.csv', '--fields', 'email', '--out', 'x.xlsx']],
    [/would overwrite small\.csv/, 2, ['small.csv', '--fields', 'email', '--out', './small.csv']],
    [/There is no file missing\.csv/, 2, ['missing.csv', '--fields', 'email', '--out', 'x.csv']],
    [/no field "emial".*Did you mean email/, 2, ['small.csv', '--fields', 'emial', '--out', 'x.csv']],
    [/has no column "Site".*Website/, 2, [...LIST, '--map', 'Site=domain']],
    [/cannot be taken for "colour"/, 2, [...LIST, '--map', 'Notes=colour']],
    [/empty\.csv is empty/, 1, ['empty.csv', '--fields', 'email', '--out', 'x.csv']],
    [/blank\.csv holds no text/, 1, ['blank.csv', '--fields', 'email', '--out', 'x.csv']],
    [/open\.csv.*line 2 is never closed/, 1, ['open.csv', '--fields', 'email', '--out', 'x.csv']],
    [/binary\.csv is not a text file/, 1, ['binary.csv', '--fields', 'email', '--out', 'x.csv']],
    [/wrong\.xlsx is not an XLSX file/, 1, ['wrong.xlsx', '--fields', 'email', '--out', 'x.xlsx']],
    [/no row of column names/, 1, ['headless.csv', '--fields', 'email', '--out', 'x.csv']],
    [/None of the columns of foreign\.csv.*"Nimi", "Ikä".*--map/, 2, ['foreign.csv', '--fields', 'email', '--out', 'x.csv']],
    [/No row of strange\.csv can be enriched: 2 with nothing that can be filled\./, 1, ['strange.csv', '--fields', 'email', '--out', 'x.csv']],
    [/No row of strange\.csv can be enriched: 2 without enough to look them up/, 1, ['strange.csv', '--fields', 'job_title', '--out', 'x.csv']],
    [/headless\.csv has no row of column names/, 1, ['headless.csv', '--fields', 'email', '--out', 'x.csv']],
    [/There is no folder .*nowhere for --out/, 2, ['small.csv', '--fields', 'email', '--out', 'nowhere/x.csv']],
    [/no folder .*small\.csv for --out/, 2, ['small.csv', '--fields', 'email', '--out', 'small.csv/x.csv']],
    [/--out \. is a folder/, 2, ['small.csv', '--fields', 'email', '--out', '.']],
  ])('%s', (message, code, args) => {
    const done = run(...args)
    expect({ code: done.code, err: done.err }).toEqual({ code, err: expect.stringMatching(new RegExp(message, 's')) })
  }) // prettier-ignore
})

test.each([
  ['emial', ['email']],
  ['jobtitle', ['job_title']],
  ['title', ['job_title']],
  ['zzzzzz', []],
])('%s may have meant %j', (given, meant) => {
  expect(nearest(given, ['email', 'phone', 'job_title'])).toEqual(meant)
})

/** All 10,000 rows take a minute and a half: `npm run enrich` runs them, this takes the first of them. */
describe('the large sample', () => {
  const ROWS = 1000
  const whole = readFileSync('workbench/samples/leads-10k.csv', 'utf8')
  const sample = whole.split('\n').slice(0, ROWS + 1).join('\n') // prettier-ignore
  const list = readListFile('leads.csv', new TextEncoder().encode(sample))
  const seen: WireRun[] = []
  let done: Enriched

  beforeAll(async () => {
    done = await enrichList(
      {
        name: 'leads.csv',
        rows: list.rows,
        fields: ['email', 'phone', 'job_title'],
        columns: [],
        purpose: 'Test',
        cap: 100_000,
        vendors: ['hunter'],
        clock: 'virtual',
      },
      { onMapping: () => undefined, onProgress: (run) => seen.push(run), isStopped: () => false },
    )
  }, 180_000)

  test('asks each question of each operation once, and the books agree', () => {
    expect(done.trouble).toBeUndefined()
    const asked = countQuestions(done.books).filter(({ operation }) => operation !== 'account')
    expect(asked.length).toBeGreaterThan(0)
    for (const { calls, questions } of asked) expect(calls).toBe(questions)
    const people = new Set(list.rows.slice(1).map(([first, last, , site]) => [first, last, site].join().toLowerCase()))
    expect(asked[0]!.questions).toBeLessThan(people.size + 1)
    expect(done.run.credits.spent).toBe(done.books.reduce((sum, { credits }) => sum + credits, 0))
  })

  test('leaves every row in its place and every filled cell as it was', () => {
    const after = readListFile('leads.csv', list.withCells(done.cells).bytes)
    const lines = new TextDecoder().decode(list.withCells(done.cells).bytes).split('\n')
    expect(lines).toHaveLength(sample.split('\n').length)
    expect(done.cells.length).toBe(done.run.cellsWritten)
    list.rows.forEach((row, index) =>
      row.forEach((text, column) => {
        if (text.trim() !== '') expect(after.rows[index]![column]).toBe(text)
      }),
    )
    const touched = new Set(done.cells.map(({ row }) => row))
    sample.split('\n').forEach((line, row) => {
      if (!touched.has(row)) expect(lines[row]).toBe(line)
    })
  })

  test('shows how far it is, row by row to the last', () => {
    const shares = seen.map(({ rows }) => rows.done)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(4)
    expect(seen.at(-1)!.rows).toMatchObject({ total: done.run.rows.total, done: done.run.rows.total })
    const written: string[] = []
    const bar = showProgress({ isTTY: true, write: (text) => written.push(text) })
    seen.forEach((one) => bar.onProgress(one))
    bar.end()
    expect(written.at(-2)).toContain('[########################] 100 %')
    expect(written.every((text) => text.startsWith('\r') || text === '\n')).toBe(true)
  })
})
