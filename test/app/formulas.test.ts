import type { Ended } from '../../workbench/appsscript/contract'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { crowd, HUNTER, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'LinkedIn', 'Email']
const KNOWN = crowd(3)
const ROWS = KNOWN.map(([first, last]) => [first, last, 'everyone.example', '', ''])
const addressOf = (first: string) => `${first.toLowerCase()}.nowak@everyone.example`

const NOT_YET =
  'Not looked up yet. Select the row and press Enrich in the sidebar, or turn on formula spending in Enrich > Settings.'
const TOO_LITTLE = 'Not enough to ask. Give a name and a company domain, or a LinkedIn URL.'

let product: Product
const call = (name: string, ...args: readonly unknown[]): Promise<Ended> =>
  product.emulator.formula({ name, args, user: COLLEAGUE })
const formula = (...args: readonly unknown[]): Promise<Ended> => call('ENRICH_EMAIL', ...args)
const column = (rows: number, filled: { readonly [row: number]: string }) =>
  Array.from({ length: rows }, (_, row) => [filled[row] ?? ''])
const problemOf = ({ error }: Ended) => error?.message.replace(/ \(line \d+\)\.$/, '')
afterAll(() => product.stop())

describe('before anything was looked up', () => {
  beforeAll(async () => {
    product = await startProduct({ rows: [HEADERS, ...ROWS] })
    await useHunter(product)
  })
  afterAll(() => {
    expect(product.vendors.calls()).toEqual([])
    expect(product.emulator.upstream).toEqual([])
  })

  test.each([
    ['ada@everyone.example', 'ada@everyone.example'],
    ['  ADA.Nowak@Everyone.EXAMPLE ', 'ada.nowak@everyone.example'],
    ['mailto:ada@everyone.example', 'ada@everyone.example'],
    ['Ada Nowak <ada@everyone.example>', 'ada@everyone.example'],
    ['ada@b\u00fccher.example', 'ada@xn--bcher-kva.example'],
    ['', ''],
    [undefined, ''],
    ['   ', ''],
    ['#N/A', ''],
    [true, ''],
  ])('%p gives %p at once', async (input, value) => {
    expect(await formula(input)).toMatchObject({ state: 'returned', value })
  })

  test.each<readonly [string, readonly unknown[], string]>([
    ['a LinkedIn URL', ['https://www.linkedin.com/in/ada-nowak/'], NOT_YET],
    ['name, domain', ['Ada Nowak, everyone.example'], NOT_YET],
    ['domain, name', ['everyone.example, Ada Nowak'], NOT_YET],
    ['name and domain', ['Ada Nowak', 'everyone.example'], NOT_YET],
    ['name and website', ['Ada Nowak', 'https://www.everyone.example/team'], NOT_YET],
    ['a name alone', ['Ada Nowak'], TOO_LITTLE],
    ['a first name and a domain', ['Ada', 'everyone.example'], TOO_LITTLE],
    ['a domain alone', ['everyone.example'], TOO_LITTLE],
    ['a public mail service as the company', ['Ada Nowak', 'gmail.com'], TOO_LITTLE],
    ['a number', [42], TOO_LITTLE],
    ['a formula as text', ['=1+1'], TOO_LITTLE],
    ['50,000 characters', ['x'.repeat(50_000)], TOO_LITTLE],
  ])('%s says the next step, so that IFERROR catches it', async (_, args, message) => {
    const ended = await formula(...args)
    expect(ended.state).toBe('threw')
    expect(ended.error!.message.replace(/ \(line \d+\)\.$/, '')).toBe(message)
  })

  test('a range gives a column of the same height, blank where nothing is known', async () => {
    const people = [['Ada Nowak, everyone.example'], [''], ['ADA@everyone.example'], ['#N/A'], [5], ['nobody at all']]
    expect(await formula(people)).toMatchObject({
      state: 'returned',
      value: [[''], [''], ['ada@everyone.example'], [''], [''], ['']],
    })
  })

  test('an empty range gives blanks', async () => {
    expect(await formula([[''], ['']], [[''], ['']])).toMatchObject({ value: [[''], ['']] })
  })

  test.each([
    ['too many rows', [Array.from({ length: 10_001 }, () => ['x'])], 'Too many rows: give at most 10,000 at a time.'],
    [
      'a last row too far down',
      [column(20_000, { 10_000: 'x' }), column(20_000, {})],
      'Too many rows: give at most 10,000 at a time.',
    ],
    [
      'ranges of different heights',
      [
        [['Ada'], ['Bob'], ['Cleo']],
        [['x.example'], ['y.example']],
      ],
      'Both ranges must have the same number of rows.',
    ],
  ])('%s are refused with the limit', async (_, args, message) => {
    const ended = await formula(...args)
    expect(ended.error!.message).toContain(message)
  })

  test.each<readonly [string, readonly unknown[], unknown]>([
    ['ENRICH_DOMAIN', ['Ada <ada@mail.brightlake.example>'], 'brightlake.example'],
    ['ENRICH_DOMAIN', ['https://www.brightlake.example/team?x=1'], 'brightlake.example'],
    ['ENRICH_DOMAIN', ['ada@gmail.com'], 'gmail.com'],
    ['ENRICH_CLEAN_PHONE', ['06 12 34 56 78', 'France'], '+33612345678'],
    ['ENRICH_CLEAN_PHONE', ['+1 (415) 555-2671'], '+14155552671'],
    ['ENRICH_CLEAN_EMAIL', ['  ADA.Nowak@Everyone.EXAMPLE '], 'ada.nowak@everyone.example'],
    ['ENRICH_CLEAN_LINKEDIN', ['http://uk.linkedin.com/in/Ada-Nowak/?trk=x'], 'https://www.linkedin.com/in/ada-nowak'],
    ['ENRICH_CLEAN_LINKEDIN', ['linkedin.com/company/brightlake/'], 'https://www.linkedin.com/company/brightlake'],
    ['ENRICH_SPLIT_NAME', ['Dr. Ada van der Berg'], [['Ada', 'van der Berg']]],
    [
      'ENRICH_SPLIT_NAME',
      [[['Nowak, Ada'], [''], ['42']]],
      [
        ['Ada', 'Nowak'],
        ['', ''],
        ['', ''],
      ],
    ],
    ['ENRICH_IS_FREE_EMAIL', [[['ada@gmail.com'], ['ada@brightlake.example'], ['x']]], [[true], [false], ['']]],
    ['ENRICH_IS_ROLE_EMAIL', [[['info@brightlake.example'], ['ada@brightlake.example']]], [[true], [false]]],
    ['ENRICH_CLEAN_EMAIL', [[['x'], ['a@b.example'], ['#N/A']], 'fallback=none'], [['none'], ['a@b.example'], ['']]],
    ['ENRICH_CLEAN_EMAIL', [[['x'], ['']], 'show=status'], [['not readable'], ['']]],
    ['ENRICH_CLEAN_EMAIL', ['x', 'fallback='], ''],
    ['enrich_clean_email', [''], ''],
    [
      'ENRICH_MATCH',
      [
        [
          ['My list', ''],
          ['First name', 'Email'],
        ],
        [['Ada', 'ada@brightlake.example']],
      ],
      [['']],
    ],
    ['ENRICH_EMAIL', ['', 'brightlake.example'], ''],
    [
      'ENRICH_EMAIL',
      [[[''], ['#N/A'], ['Ada'], ['ada@brightlake.example']], 'Brightlake Ltd', 'fallback=none'],
      [[''], [''], ['none'], ['ada@brightlake.example']],
    ],
    ['ENRICH_EMAIL', ['ada@brightlake.example', ' ; show=status'], [['ada@brightlake.example', 'found']]],
    ['ENRICH_CLEAN_PHONE', ['06 12 34 56 78', [['France'], ['']]], [['+33612345678'], ['']]],
    [
      'ENRICH_CLEAN_EMAIL',
      [
        [
          ['ADA@b.example', 'x'],
          ['', 'Bob <bob@b.example>'],
        ],
        'fallback=none',
      ],
      [
        ['ada@b.example', 'none'],
        ['', 'bob@b.example'],
      ],
    ],
    ['ENRICH_DOMAIN', [[['ada@b.example', 'https://www.c.example/x', '#N/A']]], [['b.example', 'c.example', '']]],
    ['ENRICH_IS_FREE_EMAIL', [[['ada@gmail.com', 'ada@b.example']]], [[true, false]]],
    ['ENRICH_IS_ROLE_EMAIL', [[['ada@b.example', 'info@b.example']], 'show=status'], [[false, true]]],
    ['ENRICH_CLEAN_LINKEDIN', [[['', 'linkedin.com/company/b/']]], [['', 'https://www.linkedin.com/company/b']]],
    [
      'ENRICH_CLEAN_PHONE',
      [
        [
          ['06 12 34 56 78', '06 12 34 56 79'],
          ['020 7946 0018', 'x'],
        ],
        [['France'], ['United Kingdom']],
        'show=status',
      ],
      [
        ['+33612345678', '+33612345679'],
        ['+442079460018', 'not readable'],
      ],
    ],
    [
      'ENRICH_SPLIT_NAME',
      [
        [
          ['', ''],
          ['', ''],
        ],
      ],
      [
        ['', ''],
        ['', ''],
      ],
    ],
  ])('%s of %j is %j', async (name, args, value) => {
    expect(await call(name, ...args)).toMatchObject({ state: 'returned', value })
  })

  test.each<readonly [string, readonly unknown[], string]>([
    ['ENRICH_DOMAIN', ['no domain'], 'No domain in this text.'],
    ['ENRICH_CLEAN_PHONE', ['call me'], 'This is no valid phone number.'],
    ['ENRICH_CLEAN_EMAIL', ['x'], 'This is no email address.'],
    [
      'ENRICH_CLEAN_LINKEDIN',
      ['https://brightlake.example'],
      'This is no address of a LinkedIn profile or company page.',
    ],
    ['ENRICH_SPLIT_NAME', ['42'], 'This is no name of a person.'],
    [
      'ENRICH_SPLIT_NAME',
      [
        [
          ['', ''],
          ['', 'Ada Nowak'],
        ],
      ],
      'Each answer fills several columns. Give one column, and use another formula for the next one.',
    ],
    [
      'ENRICH',
      [[['Email'], ['x']], 'email', 'headers=yes'],
      'headers can only be no: then ENRICH gives the rows alone.',
    ],
    ['ENRICH_EMAIL', ['Ada', 'headers=no'], 'headers is an option of ENRICH alone. Leave it out.'],
    ['ENRICH_CLEAN_EMAIL', ['x', 'shew=status'], 'There is no option "shew". Use min_confidence, fallback or show.'],
    ['ENRICH_EMAIL', ['Ada', 'min_confidence=2'], 'min_confidence is a number from 0 to 1, such as 0.8.'],
    ['ENRICH_EMAIL', ['Ada', 'min-confidence=2'], 'min_confidence is a number from 0 to 1, such as 0.8.'],
    [
      'ENRICH_EMAIL',
      ['Ada Nowak', 'x.example', 'show: status'],
      'There is no option "show: status". Use min_confidence, fallback or show.',
    ],
    [
      'ENRICH_EMAIL',
      ['Ada Nowak', 'show=status', 'x.example'],
      'Options come last, in one text: "show=status; fallback=n/a".',
    ],
    ['ENRICH_EMAIL', ['Ada', 'show=all'], 'show is one of value, confidence, source, status, reason.'],
    ['ENRICH_PERSON', ['Ada Nowak'], 'Say which fields you want, such as "job_title, seniority".'],
    [
      'ENRICH_PERSON',
      ['Ada Nowak', 'shoe size'],
      'There is no field "shoe size". Use names such as email, job_title, city or industry.',
    ],
    [
      'ENRICH',
      [
        [
          ['x', 'y'],
          ['1', '2'],
        ],
        'email',
      ],
      'The columns of this range are not understood. Take the headers along, or use ENRICH_PERSON.',
    ],
    ['ENRICH_PHONE', ['Ada Nowak, everyone.example'], NOT_YET],
    ['ENRICH_LINKEDIN', ['Ada Nowak', 'everyone.example'], NOT_YET],
    ['ENRICH_VERIFY', ['ada@everyone.example'], NOT_YET],
  ])('%s of %j says: %s', async (name, args, message) => {
    const ended = await call(name, ...args)
    expect([ended.state, problemOf(ended)]).toEqual(['threw', message])
  })

  const HEAD = ['First name', 'Last name', 'Company', 'Email']
  const ROBERT = ['Robert', 'Smitherson', 'Cobalt Ltd', 'bob@cobalt.example']
  const BOB = ['Bob', 'Smitherson', 'Cobalt', 'r.smitherson@cobalt.example']
  const SAME = ['same', '100 %', 'same company, same surname, Bob is a nickname of Robert; email differs']
  const WORDS = ['Same?', 'Probability', 'Reason']
  test.each<readonly [string, readonly unknown[], unknown]>([
    ['names in two orders', ['Ada Nowak', 'Nowak, Ada'], [['same', '100 %', 'same surname, same first name']]],
    ['other names', ['Ada Nowak', 'Ada Hopper', 'show=verdict'], 'different'],
    ['companies with and without a legal form', ['Acme Robotics GmbH', 'ACME Robotics', 'show=reason'], 'same name'],
    ['a domain and a page of it', ['acme.example', 'https://www.acme.example/team', 'show=verdict'], 'same'],
    ['an address twice', ['ada@x.example', ' ADA@x.example', 'show=probability'], '100 %'],
    ['how sure it must be', ['Acme Robotics GmbH', 'ACME Robotics', 'min_confidence=99%; show=verdict'], 'different'],
    ['rows without headers', [[ROBERT], [BOB]], [SAME]],
    [
      'rows under their headers',
      [
        [HEAD, ROBERT, ['', '', '', '']],
        [HEAD, BOB, ROBERT],
      ],
      [WORDS, SAME, ['', '', '']],
    ],
    [
      'columns in another order',
      [
        [HEAD, ROBERT],
        [[...HEAD].reverse(), [...BOB].reverse()],
      ],
      [WORDS, SAME],
    ],
    ['headers above one of them', [[HEAD, ROBERT], [BOB]], [WORDS, SAME]],
    [
      'a column against one row',
      [[['Ada Nowak'], ['Ida Hill'], ['#N/A']], 'Nowak, Ada', 'show=verdict'],
      [['same'], ['different'], ['']],
    ],
    [
      'nothing in common',
      [
        [
          ['Email', 'Phone'],
          ['a@b.example', ''],
        ],
        [
          ['First name', 'City'],
          ['Ada', 'Oslo'],
        ],
        'fallback=?; show=verdict',
      ],
      [['Same?'], ['?']],
    ],
    ['blanks', ['', 'Ada Nowak'], ''],
    ['one range alone', ['Ada Nowak'], ''],
  ])('ENRICH_MATCH: %s', async (_, args, value) => {
    expect(await call('ENRICH_MATCH', ...args)).toMatchObject({ state: 'returned', value })
  })

  test.each<readonly [readonly unknown[], string]>([
    [['a', 'b', 'show=all of it'], 'show is one of all, verdict, probability, reason.'],
    [
      [
        [['1'], ['2']],
        [['1'], ['2'], ['3']],
      ],
      'Both ranges must have the same number of rows, or one of them a single row.',
    ],
  ])('ENRICH_MATCH of %j says: %s', async (args, message) => {
    expect(problemOf(await call('ENRICH_MATCH', ...args))).toBe(message)
  })

  test.each<readonly [string, number, readonly (readonly unknown[])[], readonly string[]]>([
    ['ENRICH_EMAIL', 50_000, [column(50_000, { 1: 'ADA@b.example', 9_999: 'bob@b.example' })], ['ada@b.example']],
    [
      'ENRICH_EMAIL',
      50_000,
      [column(50_000, { 1: 'ADA@b.example' }), column(50_000, { 9_999: 'b.example' })],
      ['ada@b.example'],
    ],
    ['ENRICH_CLEAN_EMAIL', 200_000, [column(200_000, { 1: 'ADA@b.example' })], ['ada@b.example']],
    ['ENRICH', 50_000, [column(50_000, { 0: 'Email', 1: 'ADA@b.example' }), ['email']], ['ada@b.example']],
    [
      'ENRICH_MATCH',
      50_000,
      [column(50_000, { 1: 'Ada Nowak' }), column(50_000, { 1: 'Nowak, Ada', 2: 'Ida' }), ['show=verdict']],
      ['same'],
    ],
  ])('%s of %d rows, most of them blank, is as high', async (name, rows, args, row) => {
    const ended = await call(name, ...args.map((arg) => (arg.length === 1 ? arg[0] : arg)))
    const value = ended.value as readonly (readonly string[])[]
    expect([ended.state, value.length, value[1], value.at(-1)]).toEqual(['returned', rows, row, ['']])
    expect(ended.tookMs).toBeLessThan(10_000)
  })

  test('10,000 rows answer within the 30 seconds of a formula', async () => {
    const ended = await formula(
      Array.from({ length: 10_000 }, (_, index) => [`Ada Nowak${'abcdefghij'[index % 10]!}, x${index}.example`]),
    )
    expect(ended.state).toBe('returned')
    expect(ended.tookMs).toBeLessThan(30_000)
  })
})

describe('after a run', () => {
  let asked = 0
  beforeAll(async () => {
    await product.stop()
    product = await startProduct({
      rows: [
        HEADERS,
        ...ROWS,
        ['Finn', 'Nowak', 'nobody.example', '', ''],
        ['Weak', 'Person', 'unsure.example', '', ''],
      ],
    })
    await useHunter(product)
    await product.enrich({})
    asked = product.vendors.calls().length
  })
  afterAll(() => expect(product.vendors.calls().length).toBe(asked))

  test.each<readonly [string, (first: string) => readonly unknown[]]>([
    ['name, domain', (first) => [`${first} Nowak, everyone.example`]],
    ['name and domain', (first) => [`${first} Nowak`, 'everyone.example']],
    ['family name first', (first) => [`Nowak, ${first}`, 'everyone.example']],
    ['another spelling', (first) => [` ${first.toUpperCase()}  NOWAK `, 'HTTPS://WWW.Everyone.example/']],
    ['two cells of one row', (first) => [[[first, 'Nowak', 'everyone.example']]]],
  ])('%s finds what is stored', async (_, args) => {
    const [[first]] = KNOWN as unknown as [readonly [string]]
    const ended = await formula(...args(first))
    expect([ended.value].flat(2)).toEqual([addressOf(first)])
  })

  test('a range beside a range, and a range with one domain', async () => {
    const people = KNOWN.map(([first, last]) => [`${first} ${last}`])
    const expected = KNOWN.map(([first]) => [addressOf(first)])
    expect(
      (
        await formula(
          people,
          people.map(() => ['everyone.example']),
        )
      ).value,
    ).toEqual(expected)
    expect((await formula(people, 'everyone.example')).value).toEqual(expected)
  })

  test.each([
    ['a miss', 'Finn Nowak', 'nobody.example'],
    ['what is not sure enough', 'Weak Person', 'unsure.example'],
  ])('%s says so and does not send people to ask again', async (_, name, domain) => {
    const ended = await formula(name, domain)
    expect(ended.error!.message).toContain('Email not found. Try other vendors in the sidebar.')
  })

  test.each<readonly [string, readonly unknown[], unknown]>([
    ['ENRICH_PERSON', [`${KNOWN[0]![0]} Nowak, everyone.example`, 'email'], addressOf(KNOWN[0]![0])],
    [
      'ENRICH_EMAIL',
      [
        [[`${KNOWN[0]![0]} Nowak`], ['Finn Nowak'], ['']],
        [['everyone.example'], ['nobody.example'], ['']],
        'show=status',
      ],
      [
        [addressOf(KNOWN[0]![0]), 'found'],
        ['not found', ''],
        ['', ''],
      ],
    ],
    [
      'ENRICH_EMAIL',
      [[[`${KNOWN[0]![0]} Nowak`]], 'everyone.example', 'show=source'],
      [[addressOf(KNOWN[0]![0]), 'Hunter']],
    ],
    ['ENRICH_EMAIL', ['Finn Nowak', 'nobody.example', 'fallback=n/a'], 'n/a'],
    ['ENRICH_EMAIL', [`${KNOWN[0]![0]} Nowak`, 'everyone.example', 'min_confidence=0.7'], addressOf(KNOWN[0]![0])],
    ['ENRICH_EMAIL', [`${KNOWN[0]![0]} Nowak`, 'everyone.example', 'min_confidence=100%; fallback=none'], 'none'],
    [
      'ENRICH',
      [
        [
          ['First name', 'Last name', 'Website'],
          [KNOWN[1]![0], 'Nowak', 'everyone.example'],
          ['', '', ''],
        ],
        'Email; last name',
      ],
      [
        ['Email', 'Last name'],
        [addressOf(KNOWN[1]![0]), 'Nowak'],
        ['', ''],
      ],
    ],
    ['ENRICH', [[[`${KNOWN[0]![0]} Nowak`, 'everyone.example']], 'email'], [[addressOf(KNOWN[0]![0])]]],
  ])('%s of %j is %j', async (name, args, value) => {
    expect(await call(name, ...args)).toMatchObject({ state: 'returned', value })
  })

  test('a service of Google that fails is said in words, and nothing of its text is shown', async () => {
    const { calls } = await formula(`${KNOWN[0]![0]} Nowak`, 'everyone.example')
    const atCall = calls.indexOf('Range.getValues') + 1
    product.emulator.script([{ kind: 'fail', atCall, message: 'Dienstfehler: Tabellen' }])
    const ended = await formula(`${KNOWN[0]![0]} Nowak`, 'everyone.example')
    product.emulator.script([])
    expect([ended.state, problemOf(ended)]).toEqual(['threw', 'Google did not answer. Reload the file to try again.'])
  })

  test('a formula in a cell shows it, and an error keeps its text', async () => {
    const { id } = tabOf(product.store)
    product.emulator.type(OWNER, id, 'G2', '=ENRICH_EMAIL(A2:C2)')
    product.emulator.type(OWNER, id, 'G3', '=ENRICH_EMAIL("Nobody Known", "other.example")')
    await product.store.settled()
    const rows = shown(product.store)
    expect(rows[1]![6]).toBe(addressOf(KNOWN[0]![0]))
    expect(rows[2]![6]).toBe('#ERROR!')
  })

  test('other environments do not see it', async () => {
    await product.call('setEnvironment', 'staging')
    const ended = await formula(`${KNOWN[0]![0]} Nowak`, 'everyone.example')
    await product.call('setEnvironment', 'production')
    expect(ended.error!.message).toContain(NOT_YET)
  })

  test('nobody on the list of who is never looked up is told', async () => {
    await product.call('addSuppressed', 'everyone.example')
    const ended = await formula(`${KNOWN[2]![0]} Nowak`, 'everyone.example')
    expect(problemOf(ended)).toBe('This person or company is on the list of who is never looked up.')
  })
})

describe('in training', () => {
  beforeAll(async () => {
    await product.stop()
    product = await startProduct({ rows: [HEADERS, ...ROWS] })
  })

  test('invented people are found at once, without a call, the same each time', async () => {
    const people = Array.from({ length: 40 }, (_, index) => [
      `Ada ${'bcdfghklmn'[index % 10]!}owak${'aeiou'[index % 5]!}, brightlake.example`,
    ])
    const first = await formula(people)
    expect(first.state).toBe('returned')
    const found = (first.value as string[][]).flat().filter((email) => email !== '')
    expect(found.length).toBeGreaterThan(10)
    for (const email of found) expect(email).toMatch(/@brightlake\.example$/)
    expect((await formula(people)).value).toEqual(first.value)
    expect(product.vendors.calls()).toEqual([])
  })

  test('nothing is invented about a real company', async () => {
    const ended = await formula('Ada Nowak', 'google.com')
    expect(ended.error!.message).toContain('Email not found')
  })
})

test('without a file that was ever touched the formula still says the next step', async () => {
  await product.stop()
  product = await startProduct({ rows: [] })
  await product.call('setEnvironment', 'production')
  expect((await formula('Ada Nowak', 'everyone.example')).error!.message).toContain(NOT_YET)
  expect(product.store.tabs().map((tab) => tab.name)).toEqual(['Leads'])
  expect(product.vendors.charged(HUNTER)).toBe(0)
})
