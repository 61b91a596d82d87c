import { createHmac } from 'node:crypto'
import type { Ended } from '../../workbench/appsscript/contract'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { begin, crowd, finds, HUNTER, image, REQUEST, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Mobile', 'Email']
const TAB = '_enrich_suppressed'
const PEOPLE = crowd(3)
const rowsOf = (people: readonly (readonly string[])[]) =>
  people.map((person) => [...person, 'everyone.example', '', ''])

let product: Product
afterEach(() => product.stop())

const start = async (rows: readonly (readonly string[])[] = rowsOf(PEOPLE)) => {
  product = await startProduct({
    rows: [HEADERS, ...rows],
    locale: 'en_GB',
    options: { facts: { formula_may_set_properties: 'yes' } },
  })
  await useHunter(product)
}
const total = async () => (await product.call('settings')).suppressed
const property = (name: string) => product.emulator.properties('document')[name] ?? ''

const startFormulas = async () => {
  await start()
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
  await product.call('receipt', REQUEST)
  await product.call('saveFormulaSpending', { isOn: true, perDay: 50 })
}
const formula = (...args: readonly string[]): Promise<Ended> =>
  product.emulator.formula({ name: 'ENRICH_EMAIL', args: [...args], user: COLLEAGUE })

describe('every spelling of an identifier keeps a row and a formula out', () => {
  const [ada] = PEOPLE
  const name = ada!.join(' ')
  test.each([
    ['a name and a domain', `${name}, everyone.example`],
    ['the names the other way round', `"${ada![1]}, ${ada![0]}"; EVERYONE.example`],
    ['a mobile phone', '07911 123 456'],
    [
      'a table with headers',
      `Remark,First name,Last name,Website\nasked us to stop,${ada![0]},${ada![1]},everyone.example`,
    ],
    ['a table of phones', 'Name;Mobile\nSomebody;+44 (0)7911 123456'],
  ])('%s', async (_, text) => {
    const [first, ...others] = rowsOf(PEOPLE)
    await start([first!.map((cell, column) => (column === 3 ? '+447911123456' : cell)), ...others])
    expect(await product.call('addSuppressed', text)).toEqual({ added: 1, unreadable: [], total: 1 })
    const run = await product.enrich({})
    expect(run.rows.total).toBe(2)
    expect(finds(product).filter((path) => path.includes(ada![0]))).toEqual([])
    expect(shown(product.store).map((row) => row[4])[1]).toBe('')
  })

  test('in a formula without a call, and nobody else there', async () => {
    await startFormulas()
    await product.call('addSuppressed', `${name}, everyone.example`)
    for (const spelling of [name, name.toUpperCase(), `${ada![1]}, ${ada![0]}`])
      expect((await formula(spelling, 'https://everyone.example/team')).error!.message).toMatch(/never looked up/)
    expect(finds(product)).toEqual([])
    expect(await formula(PEOPLE[1]!.join(' '), 'everyone.example')).toMatchObject({ state: 'returned' })
  })

  test('a customer list names companies, a list of people only people', async () => {
    await start()
    const companies = await product.call(
      'addSuppressed',
      'Customer,Website\nBrightlake,brightlake.example\nAcme,acme.example',
    )
    expect(companies).toEqual({ added: 2, unreadable: [], total: 2 })
    const people = await product.call('addSuppressed', 'Name,Website\nAda Nowak,everyone.example\n,\nnobody at all,')
    expect(people).toEqual({ added: 1, unreadable: ['nobody at all'], total: 3 })
    expect((await product.call('receipt', REQUEST)).rows.suppressed).toBe(0)
  })
})

describe('an entry that is taken off again', () => {
  test('may be looked up, in any spelling of it, and nobody else', async () => {
    await start()
    const names = PEOPLE.map((person) => `${person.join(' ')}, everyone.example`)
    await product.call('addSuppressed', names.slice(0, 2).join('\n'))
    await product.call('importSuppressed', { salt: 'another-file', hashes: ['a'.repeat(32)] })
    const tab = () => image(product.store, TAB)
    const before = [tab(), property('suppressed-filter')]
    expect(await product.call('removeSuppressed', 'nobody@example.com\n???')).toEqual({
      removed: 0,
      unreadable: ['???'],
      total: 3,
    })
    expect([tab(), property('suppressed-filter')]).toEqual(before)
    expect(await product.call('removeSuppressed', names[0]!.toUpperCase())).toMatchObject({ removed: 1, total: 2 })
    expect(property('suppressed-filter')).not.toBe(before[1])
    await product.enrich({})
    expect(finds(product).some((path) => path.includes(PEOPLE[0]![0]))).toBe(true)
    expect(finds(product).some((path) => path.includes(PEOPLE[1]![0]))).toBe(false)
    expect((await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).storeTrouble).toBeNull()
    // The filter is made of what is left.
    await product.call('removeSuppressed', names[1]!)
    const { salt } = (await product.call('exportSuppressed')).find(({ hashes }) => hashes.length > 0)!
    expect(salt).toBe('another-file')
  })

  test('takes nobody along whom somebody else adds at the same moment', async () => {
    await start()
    await product.call('addSuppressed', 'first@other.example')
    await product.callAs(COLLEAGUE, 'settings')
    await Promise.all([
      product.call('removeSuppressed', 'first@other.example'),
      product.callAs(COLLEAGUE, 'addSuppressed', `${PEOPLE[1]!.join(' ')}, everyone.example`),
    ])
    expect(await total()).toBe(1)
    // The filter alone would let them be asked about.
    expect((await product.call('receipt', REQUEST)).rows.suppressed).toBe(1)
  })

  test('is not changed while a run works', async () => {
    await start()
    await product.call('addSuppressed', 'example.org')
    await begin(product)
    await expect(product.call('removeSuppressed', 'example.org')).rejects.toThrow('You have a run going on')
    expect(await total()).toBe(1)
  })
})

describe('formulas', () => {
  test('read the list only where the filter does not rule somebody out', async () => {
    await startFormulas()
    await product.call('addSuppressed', 'somebody@other.example')
    const reads = async (...args: readonly string[]) =>
      (await formula(...args)).calls.filter((call) => call === 'Range.getValues').length
    await formula(PEOPLE[0]!.join(' '), 'everyone.example')
    const known = await reads(PEOPLE[0]!.join(' '), 'everyone.example')
    await product.call('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example`)
    expect(await reads(PEOPLE[0]!.join(' '), 'everyone.example')).toBe(known + 1)
    expect(await reads(PEOPLE[1]!.join(' '), 'everyone.example')).toBe(known)
  })

  test('put who objects on the list at once, and a run writes it down', async () => {
    await startFormulas()
    expect((await formula('Olga Silent', 'example.org')).error!.message).toMatch(/never looked up/)
    const asked = finds(product).length
    expect(await total()).toBe(1)
    expect(property('suppressed-waiting')).toMatch(/^[0-9a-f]{32}$/)
    // Another question about the same person.
    expect((await formula('SILENT, Olga', 'www.example.org')).error!.message).toMatch(/never looked up/)
    expect(finds(product).length).toBe(asked)
    await product.enrich({})
    expect(property('suppressed-waiting')).toBe('')
    expect(image(product.store, TAB)).toHaveLength(1)
    expect(await total()).toBe(1)
    expect((await formula('Olga Silent', 'example.org')).error!.message).toMatch(/never looked up/)
  })
})

describe('the list as it is kept', () => {
  test('is the first half of HMAC-SHA-256 under the salt of the file', async () => {
    await start()
    await product.call('addSuppressed', 'ADA+news@acme.example')
    const [{ salt, hashes }] = (await product.call('exportSuppressed')) as [{ salt: string; hashes: string[] }]
    const hash = createHmac('sha256', salt).update('email\u0000ada@acme.example').digest('hex')
    expect(hashes).toEqual([hash.slice(0, 32)])
  })

  test('takes fifty thousand people from a file, and one more', async () => {
    await start()
    const part = (from: number) => Array.from({ length: 10_000 }, (_, index) => `p${from + index}@x.example`).join('\n')
    for (let from = 0; from < 50_000; from += 10_000) await product.call('addSuppressed', part(from))
    expect(await product.call('addSuppressed', 'one@more.example')).toMatchObject({ added: 1, total: 50_001 })
    expect(await product.call('addSuppressed', part(20_000))).toMatchObject({ added: 0, total: 50_001 })
    expect(property('suppressed-filter').length).toBe(6_000)
    expect((await product.call('receipt', REQUEST)).rows).toMatchObject({ suppressed: 0, chargeable: 3 })
  })

  test('goes to another file with its salt, and holds the same people there beside its own', async () => {
    await start()
    await product.call('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example\nlinkedin.com/in/ada`)
    const exported = await product.call('exportSuppressed')
    expect(JSON.stringify(exported)).not.toMatch(/nowak|everyone|linkedin/i)
    await product.stop()
    await start()
    await product.call('addSuppressed', `${PEOPLE[1]!.join(' ')}, everyone.example`)
    expect(await product.call('importSuppressed', exported[0]!)).toEqual({ added: 2, total: 3 })
    expect(await product.call('importSuppressed', exported[0]!)).toEqual({ added: 0, total: 3 })
    expect((await product.call('receipt', REQUEST)).rows).toMatchObject({ suppressed: 2, chargeable: 1 })
    expect(await product.call('exportSuppressed')).toHaveLength(2)
    for (let other = 0; other < 4; other++)
      await product.call('importSuppressed', {
        salt: `other-${other}`,
        hashes: ['0'.repeat(32).replace(/0$/, String(other))],
      })
    await expect(product.call('importSuppressed', { salt: 'too-many', hashes: ['f'.repeat(32)] })).rejects.toThrow(
      'This file has taken in the lists of 5 other files already',
    )
  })

  test.each(['deleted', 'changed'] as const)(
    'a row that was %s stops the spending until somebody decides',
    async (how) => {
      await start()
      await product.call('addSuppressed', 'bob@other.example')
      await product.call('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example`)
      const { id } = tabOf(product.store, TAB)
      const area = { row: 0, column: 0, rows: 1, columns: 1 }
      const text = String(image(product.store, TAB)[0]![0]!.value)
      if (how === 'deleted') product.store.deleteRows(id, 0, 1)
      else product.store.write(id, area, [[{ value: text.replace(/[0-9a-f]{3}"\}$/, '000"}') }]])
      await expect(product.call('receipt', REQUEST)).rejects.toThrow(
        'A part of the list of who is never looked up is missing',
      )
      expect((await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).storeTrouble).not.toBeNull()
      await product.call('keepStore')
      expect((await product.call('receipt', REQUEST)).rows.suppressed).toBe(1)
    },
  )

  test('survives forgetting the stored answers', async () => {
    await start()
    await product.call('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example`)
    await product.enrich({})
    await product.call('clearStore')
    expect(await total()).toBe(1)
    expect((await product.call('receipt', REQUEST)).rows.suppressed).toBe(1)
  })

  test('loses nobody when two people add at the same time', async () => {
    await start()
    await product.call('addSuppressed', 'first@other.example')
    await product.callAs(COLLEAGUE, 'settings')
    await Promise.all([
      product.call('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example`),
      product.callAs(COLLEAGUE, 'addSuppressed', `${PEOPLE[1]!.join(' ')}, everyone.example`),
    ])
    expect(await total()).toBe(3)
    expect((await product.call('receipt', REQUEST)).rows.suppressed).toBe(2)
    expect(property('suppressed-rows')).toBe('3')
  })

  test('killed in an adding it stays whole, and adding again completes it', async () => {
    await start()
    const add = () => product.execute('addSuppressed', `${PEOPLE[0]!.join(' ')}, everyone.example\nx@y.example`)
    const { calls } = await add()
    for (let atCall = 3; atCall <= calls.length; atCall += 9) {
      await product.stop()
      await start()
      product.emulator.script([{ kind: 'kill', atCall, when: 'after', overall: true }])
      expect((await add()).state).toBe('killed')
      product.emulator.script([])
      await product.emulator.advance(61_000)
      expect([0, 2]).toContain(await total())
      await add()
      expect([atCall, await total()]).toEqual([atCall, 2])
      expect((await product.call('receipt', REQUEST)).rows).toMatchObject({ suppressed: 1, chargeable: 2 })
    }
  })
})

test('whoever is put on the list by somebody else in the middle of a run is not asked about', async () => {
  await start()
  const run = await begin(product)
  await product.callAs(COLLEAGUE, 'addSuppressed', `${PEOPLE[2]!.join(' ')}, everyone.example`)
  const done = await product.finish(run)
  expect(done.fields[0]!.leftAlone[0]).toMatchObject({ status: 'objected', count: 1 })
  expect(finds(product).length).toBe(2)
  expect(product.user).toBe(OWNER)
})
