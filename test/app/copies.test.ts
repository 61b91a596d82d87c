import type { EmulatorOptions } from '../../workbench/appsscript/contract'
import { FIELD_NAMES } from '../../src/domain/field'
import { defaultRule } from '../../src/domain/waterfall'
import { LAWFUL } from '../../workbench/lawful'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { begin, changeProperty, crowd, finds, HUNTER, REQUEST, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']

let product: Product
const start = async (count: number) => {
  product = await startProduct({
    rows: [HEADERS, ...crowd(count).map((person) => [...person, 'everyone.example', ''])],
  })
  await useHunter(product)
}
const overview = () => product.call('overview', { scope: 'all', mapping: {}, wanted: null })
const emptyEmails = () => {
  const tab = tabOf(product.store)
  const { rows } = product.store.used(tab.id)
  const area = { row: 1, column: 3, rows: rows - 1, columns: 1 }
  product.store.write(
    tab.id,
    area,
    Array.from({ length: area.rows }, () => [{ value: null }]),
  )
}
const filled = () => shown(product.store).filter((row) => row[3]?.includes('@')).length
afterEach(() => product.stop())

/** The file copied under another id, with its properties or without (workbench/appsscript/facts.json). */
async function copyFile(properties: 'follow' | 'stay', facts: EmulatorOptions['facts'] = {}): Promise<void> {
  const { emulator, store } = product
  const saved = emulator.snapshot() as {
    readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  }
  const kept = saved.properties.map(([scope, values]) =>
    properties === 'follow' || scope !== 'document' ? [scope, values] : [scope, Object.entries(LAWFUL)],
  )
  await product.stop()
  product = await startProduct({ rows: [], store, options: { fileId: 'a-copy', facts } })
  product.emulator.restore({ ...saved, properties: kept, triggers: [] })
  if (properties === 'stay') await useHunter(product)
}

describe.each(['follow', 'stay'] as const)('a copied file whose properties %s', (properties) => {
  test('spends nothing until the person has chosen, and keeps what was bought', async () => {
    await start(5)
    await product.enrich({})
    const asked = finds(product).length
    await copyFile(properties)
    emptyEmails()
    expect((await overview()).storeTrouble).toMatchObject({ state: 'copied' })
    await expect(product.call('receipt', REQUEST)).rejects.toThrow('This file is a copy')
    expect((await product.call('keepStore')).text).toMatch(/stored entries are kept\.$/)
    expect((await overview()).storeTrouble).toBeNull()
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 0 } })
    expect(finds(product).length).toBe(0)
    expect(asked).toBe(5)
  })

  test('can be cleared, and asks again', async () => {
    await start(3)
    await product.enrich({})
    await copyFile(properties)
    emptyEmails()
    await product.call('clearStore')
    expect((await overview()).storeTrouble).toBeNull()
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 3, credits: { spent: 3 } })
    expect(product.vendors.charged(HUNTER)).toBe(3)
  })

  test('does not go on with the run of the original, not even by its trigger', async () => {
    await start(5)
    const run = await begin(product)
    await copyFile(properties)
    await product.emulator.execute({ function: 'onTick', args: [{ triggerUid: '1' }], user: OWNER, via: 'trigger' })
    expect(product.vendors.calls()).toEqual([])
    const { storeTrouble, run: seen } = await overview()
    expect(seen).toBeNull()
    if (properties === 'stay') return
    expect(storeTrouble).toMatchObject({ state: 'copied' })
    expect(await product.call('continueRun', run.id)).toMatchObject({ state: 'paused', problem: { action: 'reload' } })
    await product.call('keepStore')
    const ended = await product.call('runStatus', run.id)
    expect(ended).toMatchObject({ state: 'stopped', rows: { done: 0 } })
    expect(ended.problem!.message).toContain('belongs to the original')
    expect(finds(product)).toEqual([])
  })

  test('does not ask again what was on its way in the original', async () => {
    await start(3)
    const { calls } = await product.execute('continueRun', (await begin(product)).id)
    const paid = calls.lastIndexOf('UrlFetchApp.fetchAll') + 1
    await product.stop()
    await start(3)
    const run = await begin(product)
    product.emulator.script([{ kind: 'kill', atCall: paid, when: 'after', overall: true }])
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    expect(finds(product)).toHaveLength(3)
    await copyFile(properties)
    await product.call('keepStore')
    const done = await product.enrich({})
    expect(done).toMatchObject({ state: 'done', cellsWritten: 0, credits: { spent: 0 } })
    expect(done.fields[0]!.leftAlone[0]!.why).toBe('An answer was lost on the way and may have been charged')
    expect(finds(product)).toEqual([])
  })
})

test.each(['keepStore', 'clearStore'] as const)(
  'what somebody begins after a choice is not lost to a late %s',
  async (late) => {
    await start(5)
    await product.enrich({})
    await copyFile('follow')
    emptyEmails()
    const others: Promise<unknown>[] = []
    const pressed = async () => {
      await product.emulator.advance(1_000)
      const refused = product.callAs(COLLEAGUE, 'keepStore')
      await expect(refused).rejects.toThrow('Something else is at work in this file')
    }
    const nth = late === 'keepStore' ? 2 : 1
    product.emulator.script([
      { kind: 'between', method: 'SpreadsheetApp.flush', nth, act: () => void others.push(pressed()) },
      { kind: 'hang', method: 'SpreadsheetApp.flush', nth, ms: 60_000 },
    ])
    await product.call(late)
    expect(others).toHaveLength(1)
    await others[0]
    expect(await product.callAs(COLLEAGUE, 'keepStore')).toEqual({ text: 'All stored answers are in place.' })
    const spent = late === 'keepStore' ? 0 : 5
    expect(await product.enrich({})).toMatchObject({ cellsWritten: 5, credits: { spent } })
  },
)

test('a restored file says so, and what is left of its answers is not asked again', async () => {
  await start(5)
  await product.enrich({})
  const old = product.store.snapshot()
  emptyEmails()
  const tab = tabOf(product.store)
  product.store.write(tab.id, { row: 5, column: 0, rows: 1, columns: 3 }, [
    [{ value: 'Bob' }, { value: 'Nowak' }, { value: 'everyone.example' }],
  ])
  const run = await begin(product)
  await product.finish(run)
  product.store.restore(old)
  emptyEmails()
  expect((await overview()).storeTrouble).toMatchObject({ state: 'restored' })
  await expect(product.call('receipt', REQUEST)).rejects.toThrow('An older version of this file was restored')
  await product.call('keepStore')
  const asked = finds(product).length
  expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 5, credits: { spent: 0 } })
  expect(finds(product).length).toBe(asked)
})

test('a run whose store is restored while it is open pauses, and is ended when the person keeps the store', async () => {
  await start(5)
  const old = product.store.snapshot()
  await product.enrich({})
  emptyEmails()
  const run = await begin(product)
  product.store.restore(old)
  const asked = finds(product).length
  const view = await product.call('continueRun', run.id)
  expect(view).toMatchObject({ state: 'paused', problem: { action: 'reload' } })
  expect(view.problem!.message).toContain('An older version of this file was restored')
  await product.call('keepStore')
  expect(await product.call('runStatus', run.id)).toMatchObject({ state: 'stopped' })
  await expect(product.call('resumeRun', run.id)).rejects.toThrow('Make a new receipt to go on')
  expect(finds(product).length).toBe(asked)
})

test('a run that was stopped before the store was restored does not go on behind rows that are empty again', async () => {
  await start(5)
  const old = product.store.snapshot()
  await product.enrich({})
  emptyEmails()
  const run = await begin(product)
  expect(await product.call('stopRun', run.id)).toMatchObject({ state: 'stopped' })
  product.store.restore(old)
  await product.call('keepStore')
  expect(await product.call('runStatus', run.id)).toMatchObject({ problem: { action: 'new_receipt' } })
  await expect(product.call('resumeRun', run.id)).rejects.toThrow('Make a new receipt to go on')
})

test.each(['_enrich_journal', '_enrich_suppressed'])('a deleted tab %s stops the spending in words', async (name) => {
  await start(3)
  await product.call('addSuppressed', 'bob@other.example')
  await product.enrich({})
  product.store.removeTab(tabOf(product.store, name).id)
  emptyEmails()
  const { storeTrouble } = await overview()
  expect(storeTrouble).toMatchObject({ state: 'restored' })
  await expect(product.call('receipt', REQUEST)).rejects.toThrow(storeTrouble!.message)
  await product.call('keepStore')
  expect((await overview()).storeTrouble).toBeNull()
  expect((await product.enrich({})).state).toBe('done')
})

describe('the list of who is never looked up survives a copy that loses the properties', () => {
  const spend = async () => {
    const key = product.vendors.keys[HUNTER]!
    await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
    await product.call('saveFormulaSpending', { isOn: true, perDay: 50 })
    const args = ['Olga Silent', 'example.org']
    const ended = await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: OWNER })
    expect(ended.error!.message).toContain('never looked up')
  }
  test.each<readonly [string, () => Promise<unknown>, number]>([
    ['as it is', async () => undefined, 2],
    ['when somebody else is put on it', () => product.call('addSuppressed', 'other.example'), 3],
    ['when somebody else is taken off', () => product.call('removeSuppressed', 'gone@other.example'), 1],
    ['when a formula hears of somebody else', spend, 3],
  ])('%s', async (_, change, total) => {
    await start(3)
    await product.call('addSuppressed', 'everyone.example\ngone@other.example')
    await copyFile('stay', { formula_may_set_properties: 'yes' })
    await product.call('setEnvironment', 'production')
    await change()
    await product.emulator.execute({ function: 'onTick', args: [{ triggerUid: '1' }], user: OWNER, via: 'trigger' })
    expect((await product.call('settings')).suppressed).toBe(total)
    const { rows } = await product.call('receipt', REQUEST)
    expect(rows).toMatchObject({ suppressed: 3, chargeable: 0 })
    expect((await overview()).storeTrouble).toBeNull()
  })
})

test('stored answers that somebody changed are counted on the first screen', async () => {
  await start(3)
  await product.enrich({})
  const { id } = tabOf(product.store, '_enrich_journal')
  const { rows } = product.store.used(id)
  const lines = product.store.read(id, { row: 0, column: 0, rows, columns: 1 }).map(([cell]) => String(cell!.value))
  const row = lines.findIndex((line) => line.includes('"found"'))
  const area = { row, column: 0, rows: 1, columns: 1 }
  product.store.write(id, area, [[{ value: lines[row]!.replace('"found"', '"gone"') }]])
  emptyEmails()
  await product.enrich({})
  expect((await overview()).storeRemark).toBe(
    '1 stored answer could not be read: somebody changed a hidden tab. They may be asked again.',
  )
  expect(filled()).toBe(3)
})

const setProperty = (scope: string, key: string, value: string) => changeProperty(product, { scope, key, value })

test.each(['{"version":2', '{"version":2,"id":5}', 'null', '[]'])(
  'a run record that reads %s stops the spending in words until it is ended',
  async (value) => {
    await start(2)
    await product.enrich({})
    setProperty('document', 'run', value)
    const { storeTrouble, run } = await overview()
    expect(run).toBeNull()
    expect(storeTrouble!.message).toContain('The record of the last run could not be read')
    await expect(product.call('receipt', REQUEST)).rejects.toThrow(storeTrouble!.message)
    await product.call('keepStore')
    emptyEmails()
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 2, credits: { spent: 0 } })
  },
)

test.each(['keepStore', 'clearStore'] as const)('damaged settings can be begun anew by %s', async (choice) => {
  await start(2)
  await product.enrich({})
  setProperty('document', 'settings', '{"version":1,"cap":')
  expect(await overview()).toMatchObject({
    environment: 'training',
    storeTrouble: { message: expect.stringContaining('The settings of this file could not be read') as string },
  })
  await expect(product.call('receipt', REQUEST)).rejects.toThrow('The settings of this file could not be read')
  await product.call(choice)
  expect(await overview()).toMatchObject({ environment: 'training', storeTrouble: null })
  await useHunter(product)
  emptyEmails()
  expect(await product.enrich({})).toMatchObject({
    cellsWritten: 2,
    credits: { spent: choice === 'keepStore' ? 0 : 2 },
  })
})

test.each(['history', 'undo'])('a damaged %s of runs harms nothing else', async (name) => {
  await start(2)
  await product.enrich({})
  setProperty('document', name, '{"run":5')
  expect(await overview()).toMatchObject({ storeTrouble: null, history: name === 'history' ? [] : [{ cells: 2 }] })
  emptyEmails()
  expect((await product.enrich({})).state).toBe('done')
})

test('formulas of a copied file ask nobody before the person has chosen', async () => {
  const facts = { formula_may_set_properties: 'yes' } as const
  await start(2)
  await product.enrich({})
  const key = product.vendors.keys[HUNTER]!
  await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
  await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
  await copyFile('follow', facts)
  const formula = () =>
    product.emulator.formula({ name: 'ENRICH_EMAIL', args: ['Somebody Else', 'everyone.example'], user: OWNER })
  expect((await formula()).error!.message).toMatch(/^Not looked up yet/)
  await product.call('keepStore')
  await formula()
  expect(product.vendors.charged(HUNTER)).toBe(1)
})

test('the document properties of a file stay below 400 KB whatever is kept in them', async () => {
  await start(2)
  await product.call('addSuppressed', 'bob@other.example')
  await product.enrich({})
  const key = product.vendors.keys[HUNTER]!
  for (const environment of ['production', 'staging', 'development'] as const)
    await product.call('saveKey', { vendor: 'hunter', environment, place: 'shared', key })
  await product.call('saveWaterfall', {
    field: 'email',
    rule: { ...defaultRule('email'), overwrite: { kind: 'beside', margin: 0.1 } },
  })
  const money = { currency: 'EUR', perCredit: 0.049 }
  const plan = { credits: 500, carriesOver: true, renewsOn: 15 }
  const vendorIds = (await product.call('settings')).vendors.filter(({ prices }) => prices.length > 0)
  for (const { id: vendor } of vendorIds)
    await product.call('saveTerms', { vendor, terms: { prices: {}, limits: {}, perDay: 100, money, plan } })
  // With what a person says about money and plans, and whether a run goes on after midnight, nothing but these grows.
  expect(product.emulator.properties('document')['terms']!.length).toBeLessThan(250 * vendorIds.length + 40)
  await product.call('saveCaps', { day: 100, vendors: { hunter: 50 }, goesOn: false })
  await product.call('saveRun', { name: 'Weekly import', request: REQUEST })
  await product.call('saveRetention', { answers: 100, runs: 60, requests: 60, fields: {} })
  const names = Object.keys(product.emulator.properties('document'))
  const known =
    /^(settings|terms|caps|spending|run|stop|starting|store|store-secret|suppression-salt|suppressed-(?:rows|filter|waiting)|basis|transfers|history|undo|outputs|rejects|erasure|retention|merge|formula-spending|formula-today|lane\.[1-4]|join\.[1-4]|waterfall:[a-z_]+|saved:[0-9a-f-]+|key:[a-z]+:[a-z_]+)$/
  for (const name of names) expect(name).toMatch(known)
  // Settings, terms, caps, spending, run, history, undo, outputs, a merge and the parts of four lanes grow, and are refused
  // above 9 KB; the ten others are a few short words or numbers each, as is who asks to join as a lane. The filter of the
  // never-look-up list takes 6,000 characters, what waits for the list 1,600, the legal basis 2,500 bytes, the ticks of
  // vendors 300, an erasure that is not finished 4,500 bytes, periods of keeping 1,000. A key is at most 500 characters, the
  // search for a field 1,000, twelve recipes are refused above 9 KB, and ten saved runs above 4 KB. What formulas ask has no room of its own: it is refused where all together would pass 400 KB.
  const single = (9 + 4) * 9 + (10 + 4) * 0.3 + 6 + 1.6 + 2.6 + 0.4 + 4.5 + 1
  const vendors = (await product.call('settings')).vendors.length
  expect(single + vendors * 3 * 0.7 + FIELD_NAMES.length * 1.1 + 12 * 9 + 10 * 4.1).toBeLessThan(400)
})

describe('what a newer version wrote', () => {
  test.each([
    ['settings', '{"version":9}'],
    ['run', '{"version":9}'],
    ['store', '{"version":9}'],
    ['key:production:hunter', '{"version":9}'],
  ])('as %s is refused in words and stays', async (key, value) => {
    await start(2)
    await product.enrich({})
    setProperty(key.startsWith('key:') ? `user:${OWNER.id}` : 'document', key, value)
    await expect(product.call('receipt', REQUEST)).rejects.toThrow('This file was used with a newer version of Enrich.')
    const kept = key.startsWith('key:')
      ? product.emulator.properties({ user: OWNER.id })
      : product.emulator.properties('document')
    expect(kept[key]).toBe(value)
  })
})

describe('no room', () => {
  test.each([
    ['in the spreadsheet', 'Spreadsheet.insertSheet', /refused to make room.*Nothing is lost/],
    ['among the properties', 'Properties.setProperty', /refused to save.*Nothing is lost/],
  ])('%s is said in words, and nothing is lost', async (_, method, words) => {
    await start(4)
    const run = await begin(product)
    product.emulator.script([{ kind: 'fail_method', method, message: 'Kein Platz', times: 500 }])
    const said = await product.call('continueRun', run.id).then(
      (view) => view.problem?.message ?? '',
      (error: Error) => error.message,
    )
    expect(said).toMatch(words)
    expect(finds(product).length).toBe(0)
    product.emulator.script([])
    await product.emulator.advance(61_000)
    const view = await product.call('runStatus', run.id)
    const done = await product.finish(view.state === 'paused' ? await product.call('resumeRun', run.id) : view)
    expect(done).toMatchObject({ state: 'done', cellsWritten: 4, credits: { spent: 4, maybe: 0 } })
  })

  test('for a long text in one property is said in words', async () => {
    await start(1)
    await expect(product.call('receipt', { ...REQUEST, purpose: 'x'.repeat(9_500) })).rejects.toThrow(
      /more than Google keeps|purpose/i,
    )
  })
})
