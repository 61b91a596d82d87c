import type { Product } from './product'
import { shown, startProduct, useHunter } from './product'
import { everyCell, finderReply, HUNTER, notText, scriptFinder } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Phone', 'Job title']
const LEAD = ['Ada', 'Nowak', 'everyone.example', '', '', '']

const VALUES: readonly (readonly [name: string, value: string])[] = [
  ['a formula', '=IMPORTXML("http://x.example","//a")'],
  ['a phone number', '+14155552671'],
  ['a plus formula', '+A1+A2'],
  ['a date', '1-10'],
  ['a long date', '23 September 2026 12:30'],
  ['a mention', '@x'],
  ['a negative number', '-5'],
  ['a minus formula', '-A1'],
  ['leading zeros', '01234'],
  ['a boolean', 'TRUE'],
  ['a German boolean', 'WAHR'],
  ['a percentage', '10%'],
  ['an amount', '€1,000.50'],
  ['an error', '#N/A'],
  ['a quotation', "'quoted'"],
  ['an apostrophe before a formula', "'=1+1"],
  ['60,000 characters', 'x'.repeat(60_000)],
  ['60,000 digits', '7'.repeat(60_000)],
  ['60,000 quotation marks', '"'.repeat(60_000)],
  ['60,000 emoji', '\u{1f600}'.repeat(30_000)],
  ['control characters', 'C\u0000T\u0007O\u001b[31m\u0085'],
  ['60,000 control characters', '\u0001'.repeat(60_000)],
  ['a tab and line breaks', '\t=1+1\r\n=2+2\u2028x'],
  ['a lone surrogate', 'CTO \ud83d and \ude00'],
  ['an emoji', '\u{1f469}\u200d\u{1f4bb} Engineer'],
  ['right to left', '\u202e=1+1 \u05de\u05e0\u05d4\u05dc'],
  ['a full-width formula', '\uff1d1+1'],
  ['blanks before a formula', '  \u00a0=1+1'],
  ['a noncharacter', '\uffff=1+1'],
  ['HTML', '<img src=x onerror=alert(1)>'],
  ['a property of objects', '__proto__'],
]

let product: Product
afterEach(() => product.stop())

describe.each(['no', 'yes'] as const)('where the text format keeps formulas: %s', (answer) => {
  const start = async (rows: readonly (readonly string[])[]) => {
    product = await startProduct({ rows, options: { facts: { text_format_keeps_formulas: answer } } })
    await useHunter(product)
  }

  test('no value of a vendor becomes anything but text, in any tab or note', async () => {
    await start([HEADERS, ...people()])
    scriptFinder(product, (path) => {
      const value = valueFor(path)
      return finderReply({ position: value, phone_number: value, company: value, linkedin_url: value })
    })

    const run = await product.enrich({ wanted: ['email', 'phone', 'job_title', 'company_name', 'linkedin_url'] })

    expect(run).toMatchObject({ state: 'done', problem: null })
    expect(notText(product.store)).toEqual([])
    const rows = shown(product.store).slice(1)
    expect(rows.map((row) => row[3])).toEqual(VALUES.map(() => 'ada.nowak@everyone.example'))
    const titles = Object.fromEntries(VALUES.map(([name], index) => [name, rows[index]![5]]))
    expect(titles).toMatchObject({
      'a formula': '=IMPORTXML("http://x.example","//a")',
      'a phone number': '+14155552671',
      'a date': '1-10',
      'a mention': '@x',
      'a negative number': '-5',
      'leading zeros': '01234',
      'a boolean': 'TRUE',
      'a percentage': '10%',
      'a quotation': "'quoted'",
      'a lone surrogate': 'CTO and',
    })
    for (const { value, note } of everyCell(product.store))
      expect(`${value}${note ?? ''}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028]|\p{Cs}/u)
  })

  test('nothing of them is written where an email belongs', async () => {
    await start([HEADERS, ...people()])
    scriptFinder(product, (path) => finderReply({ email: `${valueFor(path)}@` }))
    const run = await product.enrich({ wanted: ['email'] })
    expect(run).toMatchObject({ state: 'done', problem: null })
    expect(notText(product.store)).toEqual([])
    expect(
      shown(product.store)
        .slice(1)
        .map((row) => row[3]),
    ).toEqual(VALUES.map(() => ''))
  })
})

test.each([
  ['an address that is too long', [{ uri: `https://x.example/${'x'.repeat(60_000)}` }]],
  ['a formula', [{ uri: '=1+1' }]],
  ['a script', [{ uri: 'javascript:alert(1)' }]],
  ['no list', 'https://x.example'],
  ['ten thousand of them', Array.from({ length: 10_000 }, (_, index) => ({ uri: `https://x.example/${index}` }))],
])('sources that are %s do not hold up the answer', async (_, sources) => {
  product = await startProduct({ rows: [HEADERS, LEAD] })
  await useHunter(product)
  scriptFinder(product, () => finderReply({ sources }))
  const run = await product.enrich({ wanted: ['email'] })
  expect(run).toMatchObject({ state: 'done', problem: null, credits: { spent: 1, maybe: 0 } })
  expect(shown(product.store)[1]![3]).toBe('ada.nowak@everyone.example')
  expect(notText(product.store)).toEqual([])
})

test('an answer with fourteen values of 60,000 characters is kept and paid once', async () => {
  const long = (sign: string) => sign.repeat(60_000)
  product = await startProduct({
    rows: [
      ['LinkedIn', 'City', 'Job title', 'Email'],
      ['https://www.linkedin.com/in/ada-nowak', '', '', ''],
    ],
  })
  await useHunter(product)
  product.vendors.script(HUNTER, (path) =>
    path.includes('people/find')
      ? {
          status: 200,
          body: JSON.stringify({
            data: {
              email: 'ada.nowak@everyone.example',
              phone: long('1'),
              timeZone: long('\u0001'),
              name: { fullName: long('"'), givenName: long('\\'), familyName: long('\u0007') },
              employment: {
                name: long('"'),
                domain: long('x'),
                title: long('"'),
                role: long('"'),
                seniority: long('"'),
              },
              geo: { city: long('"'), state: long('"'), country: long('"') },
            },
          }),
        }
      : undefined,
  )
  const run = await product.enrich({ wanted: ['job_title', 'email'] })
  expect(run).toMatchObject({ state: 'done', problem: null, credits: { spent: 1, maybe: 0 } })
  expect(shown(product.store)[1]![3]).toBe('ada.nowak@everyone.example')
})

test('notes name the vendor and hold nothing that it wrote', async () => {
  product = await startProduct({ rows: [HEADERS, LEAD] })
  await useHunter(product)
  scriptFinder(product, () =>
    finderReply({ position: '=HYPERLINK("http://x.example")', verification: { status: 'valid', date: '=evil' } }),
  )
  await product.enrich({ wanted: ['email', 'job_title'] })
  const notes = everyCell(product.store).flatMap(({ note }) => note ?? [])
  expect(notes.length).toBe(2)
  for (const note of notes) expect(note).toMatch(/^Enrich: Hunter, \d+ % sure/)
  expect(notes.join()).not.toMatch(/evil|HYPERLINK/)
})

/** One person for each value, told apart by a last name of letters. */
function people(): readonly (readonly string[])[] {
  return VALUES.map((_, index) => ['Ada', lastName(index), 'everyone.example', '', '', ''])
}

function lastName(index: number): string {
  return `Nowak${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`
}

function valueFor(path: string): string {
  const asked = /[?&]last_name=(\w+)/.exec(path)?.[1]
  return VALUES.find((_, index) => lastName(index) === asked)![1]
}
