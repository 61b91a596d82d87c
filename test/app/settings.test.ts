import type { Environment } from '../../src/domain/environment'
import type { KeyPlace } from '../../src/app/api-types'
import type { Product } from './product'
import { COLLEAGUE, OWNER, startProduct, useHunter } from './product'
import { begin, everyCell, finds, HUNTER, image, REQUEST, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'LinkedIn', 'Email']
const ROWS = [
  ['Ada', 'Nowak', 'everyone.example', 'https://www.linkedin.com/in/ada-nowak', ''],
  ['Bob', 'Miller', 'everyone.example', '', ''],
  ['Cleo', 'Stone', 'www.catchall.example', '', ''],
]

let product: Product
beforeEach(async () => {
  product = await startProduct({ rows: [HEADERS, ...ROWS] })
})
afterEach(() => product.stop())

const hunterKeys = async (user = OWNER) =>
  (await product.callAs(user, 'settings')).vendors.find((vendor) => vendor.id === 'hunter')!.keys
const save = (key: string, environment: Environment = 'production', place: KeyPlace = 'personal') =>
  product.call('saveKey', { vendor: 'hunter', environment, place, key })

describe('keys', () => {
  test('each environment and place has a slot of its own, shown by its last four characters', async () => {
    await save('personal-production-aaaa')
    await save('shared-production-bbbb', 'production', 'shared')
    await save('personal-staging-cccc', 'staging')
    expect(await hunterKeys()).toEqual(
      expect.arrayContaining([
        { environment: 'production', place: 'personal', last4: 'aaaa' },
        { environment: 'production', place: 'shared', last4: 'bbbb' },
        { environment: 'staging', place: 'personal', last4: 'cccc' },
      ]),
    )
    expect(await hunterKeys(COLLEAGUE)).toEqual([{ environment: 'production', place: 'shared', last4: 'bbbb' }])
  })

  test('a new key replaces the old one, and a removed one is gone everywhere', async () => {
    await save('first-key-aaaa')
    await save('second-key-bbbb')
    expect(await hunterKeys()).toEqual([{ environment: 'production', place: 'personal', last4: 'bbbb' }])
    await product.call('removeKey', { vendor: 'hunter', environment: 'production', place: 'personal' })
    expect(await hunterKeys()).toEqual([])
    expect(JSON.stringify(product.emulator.properties({ user: OWNER.id }))).not.toMatch(/first-key|second-key/)
    await product.call('setEnvironment', 'production')
    expect((await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).canAsk).toBe(false)
  })

  test.each([
    '',
    'abc',
    '  ',
    'two words here',
    'line\nbreak-key',
    'umlaut-\u00fc-key',
    'x'.repeat(501),
    'header: injection\r\nHost: x',
  ])('what cannot be a key is refused: %p', async (key) => {
    await expect(save(key)).rejects.toThrow(
      'That does not look like a key of Hunter. Copy it from your account there and paste it again.',
    )
    expect(await hunterKeys()).toEqual([])
  })

  test('blanks around a pasted key are cut', async () => {
    await save(`  ${product.vendors.keys[HUNTER]!}\n`)
    expect(await product.call('testKey', { vendor: 'hunter', environment: 'production' })).toMatchObject({ ok: true })
  })

  test('a key is never seen again: not in a reply, cell, note, log, address or another store', async () => {
    const key = product.vendors.keys[HUNTER]!
    const seen: string[] = []
    const note = (what: unknown) => void seen.push(JSON.stringify(what))
    product.emulator.onUi(note)
    const execute: Product['execute'] = async (name, ...args) => {
      const ended = await product.execute(name, ...args)
      note([ended.value, ended.error, ended.logs])
      return ended
    }
    await execute('saveKey', { vendor: 'hunter', environment: 'production', place: 'personal', key })
    await execute('settings')
    await execute('testKey', { vendor: 'hunter', environment: 'production' })
    await execute('overview', { scope: 'all', mapping: {}, wanted: null })
    note(await product.enrich({ wanted: ['email', 'email_status', 'job_title'] }))
    product.vendors.weather(HUNTER, { dead: true })
    await execute('testKey', { vendor: 'hunter', environment: 'production' })
    product.vendors.weather(HUNTER, { dead: false })
    product.vendors.script(HUNTER, () => ({
      status: 401,
      body: JSON.stringify({ errors: [{ details: `bad key ${key}` }] }),
    }))
    await execute('testKey', { vendor: 'hunter', environment: 'production' })
    product.store.write(tabOf(product.store).id, { row: 4, column: 0, rows: 1, columns: 3 }, [
      [{ value: 'Dan' }, { value: 'Nowak' }, { value: 'everyone.example' }],
    ])
    note(await product.enrich({}))
    note(everyCell(product.store))
    note(product.emulator.upstream)
    note(product.vendors.calls())
    note(product.emulator.properties('document'))
    note(product.emulator.properties('script'))
    const formula = await product.emulator.formula({
      name: 'ENRICH_EMAIL',
      args: ['Ada Nowak', 'x.example'],
      user: COLLEAGUE,
    })
    note([formula.value, formula.error, formula.logs])
    expect(seen.length).toBeGreaterThan(12)
    expect(seen.filter((text) => text.includes(key))).toEqual([])
    const holding = Object.entries(product.emulator.properties({ user: OWNER.id })).filter(([, text]) =>
      text.includes(key),
    )
    expect(holding.map(([name]) => name)).toEqual(['key:production:hunter'])
  })

  test('a personal key goes before the shared one, and each environment uses its own', async () => {
    await save('wrong-shared-key', 'production', 'shared')
    await save(product.vendors.keys[HUNTER]!)
    expect(await product.call('testKey', { vendor: 'hunter', environment: 'production' })).toMatchObject({ ok: true })
    expect(await product.callAs(COLLEAGUE, 'testKey', { vendor: 'hunter', environment: 'production' })).toMatchObject({
      ok: false,
    })
    expect(await product.call('testKey', { vendor: 'hunter', environment: 'staging' })).toEqual({
      ok: false,
      text: 'There is no key of Hunter yet. Paste one and save it.',
    })
  })

  test('a key that was stored for another host is not sent', async () => {
    await save(product.vendors.keys[HUNTER]!, 'production', 'shared')
    const name = Object.keys(product.emulator.properties('document')).find((one) => one.startsWith('key:'))!
    const snapshot = JSON.stringify(product.emulator.snapshot()).replace('api.hunter.io', 'evil.example')
    product.emulator.restore(JSON.parse(snapshot))
    expect(product.emulator.properties('document')[name]).toContain('evil.example')
    expect(await product.call('testKey', { vendor: 'hunter', environment: 'production' })).toMatchObject({ ok: false })
    expect(product.emulator.upstream).toEqual([])
  })
})

describe('testing a key', () => {
  const test1 = () => product.call('testKey', { vendor: 'hunter', environment: 'production' })
  beforeEach(async () => void (await save(product.vendors.keys[HUNTER]!)))

  test('that works says what is left and costs nothing', async () => {
    expect(await test1()).toEqual({ ok: true, text: expect.stringMatching(/^50000 of 50000 credits left/) })
    expect(product.vendors.charged(HUNTER)).toBe(0)
  })

  test('that does not work says so', async () => {
    await save('a-wrong-key')
    expect(await test1()).toEqual({
      ok: false,
      text: 'Hunter refused the key. Copy it from your account there and paste it again.',
    })
  })

  test.each<readonly [string, () => void, string]>([
    [
      'is dead',
      () => product.vendors.weather(HUNTER, { dead: true }),
      'Hunter could not be reached. Try again in a minute.',
    ],
    [
      'is out',
      () => product.vendors.weather(HUNTER, { outage: true }),
      'Hunter did not answer as expected (status 503). Try again in a minute.',
    ],
    ['is busy', () => product.vendors.weather(HUNTER, { throttle: 1 }), 'Hunter is busy. Try again in a minute.'],
    [
      'sends HTML',
      () => product.vendors.script(HUNTER, () => ({ status: 200, body: '<html>' })),
      'Hunter sent something unreadable. Try again in a minute.',
    ],
    [
      'sends another shape',
      () => product.vendors.script(HUNTER, () => ({ status: 200, body: '{}' })),
      'Hunter sent something unreadable. Try again in a minute.',
    ],
    [
      'has no credits',
      () => product.vendors.script(HUNTER, () => ({ status: 429, body: '' })),
      'Hunter knows the key, but its credits are used up.',
    ],
  ])('while the vendor %s', async (_, arrange, text) => {
    arrange()
    expect(await test1()).toEqual({ ok: false, text })
  })
})

describe('environments', () => {
  test('training needs no key, and the first key ends it', async () => {
    expect((await product.call('settings')).environment).toBe('training')
    await useHunter(product)
    expect((await product.call('settings')).environment).toBe('production')
    await save('another-key', 'staging')
    expect((await product.call('settings')).environment).toBe('production')
  })

  test('what training answered is never used in production, and leaves the list as it was', async () => {
    const before = image(product.store)
    const training = await product.enrich({ wanted: ['email', 'job_title'] })
    expect(training).toMatchObject({ training: true, credits: { spent: 0 } })
    expect(product.emulator.upstream).toEqual([])
    expect(image(product.store)).toEqual(before)

    await useHunter(product)
    product.emulator.select(OWNER, tabOf(product.store).id, ['A1'])
    const real = await product.enrich({})
    expect(real.training).toBe(false)
    expect(finds(product).length).toBe(3)
    expect(JSON.stringify(image(product.store))).not.toContain('Training')
  })

  test('the practice tab goes with one click, and the list stays', async () => {
    await product.enrich({})
    const before = image(product.store)
    expect(product.store.tabs().map((tab) => tab.name)).toContain('Practice: Leads')
    expect(await product.call('removePractice')).toEqual({ removed: true })
    expect(product.store.tabs().map((tab) => tab.name)).not.toContain('Practice: Leads')
    expect(await product.call('removePractice')).toEqual({ removed: false })
    expect(image(product.store)).toEqual(before)
  })

  test('staging answers are not used in production', async () => {
    await save(product.vendors.keys[HUNTER]!, 'staging')
    expect((await product.call('setEnvironment', 'staging')).environment).toBe('staging')
    await product.enrich({})
    const { id } = tabOf(product.store)
    product.store.write(id, { row: 1, column: 4, rows: 3, columns: 1 }, [
      [{ value: null }],
      [{ value: null }],
      [{ value: null }],
    ])
    await useHunter(product)
    await product.call('setEnvironment', 'production')
    await product.enrich({})
    expect(finds(product).length).toBe(6)
  })

  test('without a key nothing can be asked, and the receipt of production says so', async () => {
    await product.call('setEnvironment', 'production')
    expect(await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).toMatchObject({ canAsk: false })
    const receipt = await product.call('receipt', REQUEST)
    expect(receipt.rows).toMatchObject({ chargeable: 0, free: 0, invalid: 3 })
  })
})

describe('the cap', () => {
  test.each([0, 1, 100.9, 1_000_000])('%p is kept in whole credits', async (cap) => {
    expect((await product.call('saveCap', cap)).cap).toBe(Math.floor(cap))
    expect((await product.call('settings')).cap).toBe(Math.floor(cap))
  })

  test.each([-1, -0.5, 1_000_001])('%p is refused with the limits', async (cap) => {
    await expect(product.call('saveCap', cap)).rejects.toThrow(
      'The cap must be a number of credits between 0 and 1,000,000.',
    )
    expect((await product.call('settings')).cap).toBe(100)
  })
})

describe('the suppression list', () => {
  beforeEach(() => useHunter(product))

  test.each([
    ['an address', 'ada@everyone.example'],
    ['an address in capitals with blanks', '  ADA@Everyone.EXAMPLE  '],
    ['an address with a name', 'Ada Nowak <ada@everyone.example>'],
    ['a profile', 'http://linkedin.com/in/Ada-Nowak/?trk=x'],
    ['a profile of another country', 'https://pl.linkedin.com/in/ada-nowak'],
    ['a domain', 'everyone.example'],
    ['a website', 'HTTPS://WWW.EVERYONE.EXAMPLE/team'],
    ['everybody at a domain', '*@everyone.example'],
  ])('holds %s in any spelling, once', async (_, text) => {
    expect(await product.call('addSuppressed', text)).toEqual({ added: 1, unreadable: [], total: 1 })
    expect(await product.call('addSuppressed', text.toLowerCase())).toEqual({ added: 0, unreadable: [], total: 1 })
    expect((await product.call('settings')).suppressed).toBe(1)
    const tab = tabOf(product.store, '_enrich_suppressed')
    expect(tab.hidden).toBe(true)
    // No part that could be found in a random identifier by chance, as "ada" is in "4adad9".
    expect(JSON.stringify(image(product.store, tab.name))).not.toMatch(/everyone|nowak|ada[@ -]/i)
  })

  test('counts what it added and names what it could not read', async () => {
    const text = 'a@x.example, b@x.example;c@x.example\nA@X.example\n\nnot an address\n=IMPORTXML("x")\ny.example\t???'
    const { added, unreadable, total } = await product.call('addSuppressed', text)
    expect({ added, total }).toEqual({ added: 4, total: 4 })
    expect(unreadable).toEqual(['not an address', '=IMPORTXML("x")', '???'])
  })

  test('takes ten thousand lines at once, and refuses a million characters in words', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `person${index}@x.example`)
    expect(await product.call('addSuppressed', lines.join('\n'))).toEqual({
      added: 10_000,
      unreadable: [],
      total: 10_000,
    })
    await expect(product.call('addSuppressed', 'x'.repeat(1_000_000))).rejects.toThrow(
      'That is too much at once. Paste it in several parts.',
    )
  })

  test('keeps people out of every question', async () => {
    await product.call('addSuppressed', 'linkedin.com/in/ada-nowak\ncatchall.example')
    const receipt = await product.call('receipt', REQUEST)
    expect(receipt.rows).toMatchObject({ selected: 3, suppressed: 2, chargeable: 1 })
    await product.enrich({})
    expect(finds(product).length).toBe(1)
    expect(finds(product)[0]).toContain('first_name=Bob')
    expect(JSON.stringify(product.vendors.calls())).not.toMatch(/Ada|catchall/)
  })

  test('counts in a run that has started already', async () => {
    const run = await begin(product)
    await product.call('addSuppressed', 'linkedin.com/in/ada-nowak')
    const done = await product.finish(run)
    expect(done.state).toBe('done')
    expect(JSON.stringify(product.vendors.calls())).not.toContain('Ada')
    expect(done.fields[0]!.leftAlone).toContainEqual({
      status: 'objected',
      why: 'The person asked not to be looked up',
      count: 1,
    })
  })
})
