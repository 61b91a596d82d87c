import { exampleText } from '../providers/example-recipes'
import { FINDYMAIL_KEYS } from '../../workbench/vendors/simulated/findymail'
import { NEVERBOUNCE_KEYS } from '../../workbench/vendors/simulated/neverbounce'
import { WAPPALYZER_KEYS } from '../../workbench/vendors/simulated/wappalyzer'
import type { TryView } from '../../src/app/api-types'
import type { User } from '../../workbench/appsscript/contract'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct } from './product'
import { REQUEST } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const LEADS = [
  ['Ada', 'Nowak', 'everyone.example', ''],
  ['Ben', 'Okafor', 'everyone.example', ''],
]
const PURPOSE = 'Invite them to a product demo'
const FINDYMAIL = 'app.findymail.com'

let product: Product
beforeEach(async () => {
  product = await startProduct({ rows: [HEADERS, ...LEADS] })
})
afterEach(() => product.stop())

/** Saves a recipe, approves it and enters a key; gives its id as a vendor. */
async function add(text: string, key: string): Promise<string> {
  const { recipes } = await product.call('saveRecipe', { id: null, text })
  const { id, mark } = recipes.at(-1)!
  await product.call('saveKey', { vendor: id, environment: 'production', place: 'personal', key })
  await product.call('approveRecipe', { recipe: id, mark })
  return id
}
const findymail = () => add(exampleText('findymail'), FINDYMAIL_KEYS.large)

/** Asks the recipe about the row in this place. */
async function tryOn(recipe: string, row: number): Promise<TryView> {
  const [tab] = product.store.tabs()
  product.emulator.select(OWNER, tab!.id, [`A${row + 1}:D${row + 1}`])
  return product.call('tryRecipe', { recipe, purpose: PURPOSE })
}

describe('the example recipes, end to end', () => {
  test('Findymail fills emails, and is paid once for each', async () => {
    await findymail()

    const run = await product.enrich({ wanted: ['email'] })
    const again = await product.enrich({ wanted: ['email'], scope: 'all' }).catch((error: Error) => error.message)

    expect(run.state).toBe('done')
    expect(run.vendors).toContainEqual(expect.objectContaining({ name: 'Findymail', calls: 2 }))
    expect(column('Email').filter((email) => /@everyone\.example$/.test(email))).toHaveLength(2)
    expect(run.credits.spent).toBe(2)
    expect(again).toMatch(/No row .* can be enriched/)
    expect(product.vendors.charged(FINDYMAIL)).toBe(2)
  })

  test.each([
    ['under its name', 'Findymail'],
    ['under another', 'Our finder'],
  ])('one that was removed and is added again %s is not paid for what it answered', async (_how, name) => {
    const id = await findymail()
    await product.enrich({ wanted: ['email'] })
    const emails = column('Email')
    await product.call('removeRecipe', id)
    for (const row of [1, 2])
      product.store.write(product.store.tabs()[0]!.id, { row, column: 3, rows: 1, columns: 1 }, [[{ value: '' }]])

    const text = exampleText('findymail').replace('"Findymail"', JSON.stringify(name))
    expect(await add(text, FINDYMAIL_KEYS.large)).toBe(id)
    expect(await product.enrich({ wanted: ['email'] })).toMatchObject({ state: 'done', credits: { spent: 0 } })
    expect(column('Email')).toEqual(emails)
    expect(product.vendors.charged(FINDYMAIL)).toBe(2)
  })

  test('what one that was removed spent and said is told by a name, not by an id', async () => {
    const id = await findymail()
    await product.enrich({ wanted: ['email'] })
    await product.call('removeRecipe', id)
    const name = `Removed vendor ${id.slice('recipe-'.length, 'recipe-'.length + 4)}`
    expect((await product.call('usage')).vendors).toContainEqual(expect.objectContaining({ name, credits: 2 }))
    product.emulator.select(OWNER, product.store.tabs()[0]!.id, ['D2'])
    expect((await product.call('explainCell', {})).nothing).toMatch(/^Enrich filled this cell, .* vendor was removed/)
  })

  test('NeverBounce tells whether addresses work', async () => {
    await product.stop()
    product = await startProduct({
      rows: [
        ['Email', 'Email status'],
        ['ada.nowak@everyone.example', ''],
        ['ada.nowak@catchall.example', ''],
      ],
    })
    await add(exampleText('neverbounce'), NEVERBOUNCE_KEYS.large)

    const run = await product.enrich({ wanted: ['email_status'] })

    expect(run.state).toBe('done')
    expect(column('Email status')).toEqual(['valid', 'accept_all'])
    expect(product.vendors.charged('api.neverbounce.com')).toBe(run.credits.spent)
  })

  test('Wappalyzer names technologies, also of a site that it has to look at first', async () => {
    const sites = Array.from({ length: 9 }, (_, index) => `site-${index}.example`)
    await product.stop()
    product = await startProduct({ rows: [['Website', 'Technologies'], ...sites.map((site) => [site, ''])] })
    await add(exampleText('wappalyzer'), WAPPALYZER_KEYS.large)
    // Their home pages would tell for nothing.
    for (const site of sites) product.vendors.script(site, () => ({ status: 404, body: '' }))

    const run = await product.enrich({ wanted: ['technologies'], cap: 100 })

    expect(run.state).toBe('done')
    expect(column('Technologies')).toContain('HubSpot; Webflow')
    expect(column('Technologies').filter((cell) => cell !== '')).toHaveLength(sites.length)
    expect(product.vendors.charged('api.wappalyzer.com')).toBeLessThanOrEqual(run.credits.spent)
    const lookups = product.vendors.calls().filter(({ path }) => path.startsWith('/v2/lookup'))
    // Whoever is asked again was looked at first.
    expect(lookups.length).toBeGreaterThan(sites.length)
  })
})

describe('nobody is asked before this person agreed (safety S5)', () => {
  test('neither before the approval nor after a change', async () => {
    const id = await findymail()
    expect(await finders(OWNER)).toContain('Findymail')

    const text = exampleText('findymail').replace('"{first_name} {last_name}"', '"{last_name} {first_name}"')
    const changed = await product.callAs(COLLEAGUE, 'saveRecipe', { id, text })

    expect(changed.recipes[0]).toMatchObject({ id, approved: false })
    expect(await finders(OWNER)).not.toContain('Findymail')
    await product.call('approveRecipe', { recipe: id, mark: changed.recipes[0]!.mark })
    expect(await finders(OWNER)).toContain('Findymail')
  })

  test('an approval is of one person, and of what they saw', async () => {
    const id = await findymail()
    const { recipes } = await product.callAs(COLLEAGUE, 'settings')
    expect(recipes[0]).toMatchObject({ id, approved: false })
    await expect(product.call('approveRecipe', { recipe: id, mark: 'another' })).rejects.toThrow(/just changed/)
  })

  test('how the reply is read needs no new approval, but asks anew', async () => {
    const id = await findymail()
    await tryOn(id, 1)

    const text = exampleText('findymail').replace('"at": "contact", "is": null', '"at": "contact", "is": "none"')
    const { recipes } = await product.call('saveRecipe', { id, text })

    expect(recipes[0]).toMatchObject({ approved: true })
    expect((await tryOn(id, 1)).reply).not.toBeNull()
    expect(product.vendors.charged(FINDYMAIL)).toBe(2)
  })

  test('a key is of no use at another host', async () => {
    const id = await findymail()
    const text = exampleText('findymail').replaceAll('https://app.findymail.com/api', 'https://api.evil.example/api')
    const { recipes, ownVendors } = await product.call('saveRecipe', { id, text })
    await product.call('approveRecipe', { recipe: id, mark: recipes[0]!.mark })

    expect(ownVendors[0]).toMatchObject({ host: 'api.evil.example' })
    expect(await finders(OWNER)).not.toContain('Findymail')
    await expect(tryOn(id, 1)).rejects.toThrow('There is no key of Findymail yet')
    expect(product.vendors.calls().filter(({ host }) => host === 'api.evil.example')).toEqual([])
  })

  test('a run pauses when the recipe is changed under it', async () => {
    const id = await findymail()
    const receipt = await product.call('receipt', { ...REQUEST, wanted: ['email'] })
    const run = await product.call('startRun', receipt.id)
    const text = exampleText('findymail').replace('"credits": 1', '"credits": 2')
    await product.callAs(COLLEAGUE, 'saveRecipe', { id, text })

    const stands = await product.finish(run)

    expect(stands.state).toBe('paused')
    expect(stands.problem?.message).toMatch(/^Findymail was changed since you approved it/)
    expect(product.vendors.charged(FINDYMAIL)).toBe(0)
  })
})

describe('what its account is there', () => {
  const MONEY = { currency: 'EUR', perCredit: 0.02 }
  const PLAN = { credits: 5, carriesOver: true, renewsOn: 15 }
  const account = { prices: {}, limits: {}, money: MONEY, plan: PLAN }

  test('stands on the receipt and on Usage, changes no approval, and goes with the recipe', async () => {
    const { balance: _balance, ...rest } = JSON.parse(exampleText('findymail')) as { readonly balance: unknown }
    const id = await add(JSON.stringify(rest), FINDYMAIL_KEYS.large)
    const { ownVendors, recipes } = await product.call('saveTerms', { vendor: id, terms: account })
    expect(ownVendors[0]).toMatchObject({ id, money: MONEY, plan: PLAN, changed: { by: 'you' } })
    expect(recipes[0]).toMatchObject({ approved: true })

    const receipt = await product.call('receipt', { ...REQUEST, wanted: ['email'] })
    expect(receipt.lines.find(({ provider }) => provider === id)!.money).toEqual(MONEY)
    expect(receipt.balances).toEqual([
      expect.objectContaining({ name: 'Findymail', left: 5, plan: { until: '2026-12-15', carriesOver: true } }),
    ])
    await product.enrich({ wanted: ['email'] })
    const usage = await product.call('usage')
    expect(usage.vendors.find((vendor) => vendor.id === id)).toMatchObject({ credits: 2, money: MONEY })

    await product.call('removeRecipe', id)
    expect(product.emulator.properties('document')['terms']).toBeUndefined()
  })

  test('is no way around its recipe', async () => {
    const id = await findymail()
    const [operation] = (await product.call('settings')).ownVendors[0]!.prices
    for (const more of [
      { prices: { [operation!.id]: 0.01 } },
      { limits: { vendor: { perSecond: 99 } } },
      { perDay: 9 },
    ])
      await expect(product.call('saveTerms', { vendor: id, terms: { ...account, ...more } })).rejects.toThrow(
        'in their recipe',
      )
  })
})

describe('trying it on a row', () => {
  test('asks once, shows the reply and keeps the answer', async () => {
    const id = await findymail()

    const tried = await tryOn(id, 1)

    expect(tried).toMatchObject({ row: 2, asked: 'by name and domain', credits: 1, lost: [] })
    expect(tried.reply?.text).toContain('"contact"')
    expect(tried.takes).toEqual([
      { label: 'Email', value: expect.stringMatching(/@everyone\.example$/), sure: '70 % sure, our estimate, valid' },
    ])
    expect(await tryOn(id, 1)).toMatchObject({ reply: null, credits: 0 })
    const run = await product.enrich({ wanted: ['email'] })
    expect(column('Email').filter(Boolean)).toHaveLength(2)
    expect(run.credits.spent).toBe(1)
    expect(product.vendors.charged(FINDYMAIL)).toBe(2)
  })

  test('names the path that does not fit, and the step where it ended', async () => {
    const id = await add(exampleText('findymail').replaceAll('contact.email', 'contact.emial'), FINDYMAIL_KEYS.large)

    const tried = await tryOn(id, 1)

    expect(tried.takes).toEqual([])
    expect(tried.lost).toContain(
      'The path "contact.emial" ends at "emial": there the reply has "name", "email", "domain".',
    )
  })

  test('shows no secret that the vendor repeats', async () => {
    const id = await findymail()
    const key = FINDYMAIL_KEYS.large
    product.vendors.script(FINDYMAIL, (path) =>
      path.startsWith('/api/search')
        ? { status: 200, body: JSON.stringify({ contact: null, debug: `Bearer ${key}`, long: 'x'.repeat(3000) }) }
        : undefined,
    )

    const tried = await tryOn(id, 1)

    expect(tried.reply).toMatchObject({ status: 200, isCut: true })
    expect(tried.reply!.text).toHaveLength(2000)
    expect(JSON.stringify(tried)).not.toContain(key)
  })

  test('a lost answer counts as maybe charged and is not bought again', async () => {
    const { balance: _balance, ...rest } = JSON.parse(exampleText('findymail')) as { readonly balance: unknown }
    const id = await add(JSON.stringify(rest), FINDYMAIL_KEYS.large)
    product.vendors.weather(FINDYMAIL, { mute: true })

    const lost = await tryOn(id, 1)
    product.vendors.weather(FINDYMAIL, { mute: false })
    const again = await tryOn(id, 1)
    await product.enrich({ wanted: ['email'] })

    expect(lost).toMatchObject({ reply: null, credits: 1, meaning: expect.stringMatching(/may have been charged/) })
    expect(again).toMatchObject({ reply: null, credits: 0, meaning: expect.stringMatching(/nothing was sent/) })
    // The one that was lost, and the other row.
    expect(product.vendors.charged(FINDYMAIL)).toBe(2)
  })

  test('a vendor that does not answer a free call is not paid', async () => {
    const id = await findymail()
    product.vendors.weather(FINDYMAIL, { mute: true })
    await expect(tryOn(id, 1)).rejects.toThrow(/could not be reached/)
    expect(product.vendors.charged(FINDYMAIL)).toBe(0)
  })

  test('keeps everybody else out for as long as it may have to wait for the vendor', async () => {
    const id = await findymail()
    const left: number[] = []
    product.vendors.onCall(() => {
      left.push(Number(product.emulator.properties('document')['starting']) - product.emulator.now())
    })
    await tryOn(id, 1)
    expect(Math.min(...left)).toBeGreaterThan(120_000)
    expect(product.emulator.properties('document')['starting']).toBeUndefined()
  })

  test('waits for a run that is going on', async () => {
    const id = await findymail()
    const receipt = await product.call('receipt', { ...REQUEST, wanted: ['email'] })
    await product.call('startRun', receipt.id)
    await expect(tryOn(id, 1)).rejects.toThrow(/You have a run going on/)
  })

  test('asks nobody in training, about nobody on the list and without a reason', async () => {
    const id = await findymail()
    await product.call('addSuppressed', 'everyone.example')
    await expect(tryOn(id, 1)).rejects.toThrow(/never-look-up list/)
    await expect(product.call('tryRecipe', { recipe: id, purpose: '' })).rejects.toThrow(/Say in a few words/)
    await product.call('setEnvironment', 'training')
    await expect(tryOn(id, 1)).rejects.toThrow(/In Training nobody is asked/)
    expect(product.vendors.calls().filter(({ host }) => host === FINDYMAIL)).toEqual([])
  })
})

describe('keeping recipes', () => {
  test('exports and imports the same', async () => {
    await findymail()
    const { recipes } = await product.call('settings')
    const list = `[${recipes[0]!.text},${exampleText('wappalyzer')}]`
    const imported = await product.call('saveRecipe', { id: null, text: list })
    expect(imported.recipes.map(({ name, approved }) => [name, approved])).toEqual([
      ['Findymail', true],
      ['Findymail', false],
      ['Wappalyzer', false],
    ])
    expect(JSON.parse(recipes[0]!.text)).toEqual(JSON.parse(exampleText('findymail')))
  })

  test.each([
    ['half a text', '{', /no JSON/],
    ['an empty list', '[]', /list is empty/],
    ['a recipe without parts', '{"name":"X"}', /"docs" is missing/],
    ['a list', `[${exampleText('wappalyzer')},{}]`, /^Recipe 2 of the list: "name" is missing/],
  ])('says what is wrong with %s', async (_, text, words) => {
    await expect(product.call('saveRecipe', { id: null, text })).rejects.toThrow(words)
    expect((await product.call('settings')).recipes).toEqual([])
  })

  test('holds twelve, each of less than 9 KB', async () => {
    const text = JSON.stringify(Array.from({ length: 12 }, () => JSON.parse(exampleText('wappalyzer')) as unknown))
    await product.call('saveRecipe', { id: null, text })
    await expect(product.call('saveRecipe', { id: null, text: exampleText('wappalyzer') })).rejects.toThrow(
      /12 vendors/,
    )
    const [first] = (await product.call('settings')).recipes
    const long = { ...(JSON.parse(exampleText('wappalyzer')) as object), headers: longHeaders() }
    await expect(product.call('saveRecipe', { id: first!.id, text: JSON.stringify(long) })).rejects.toThrow(/bytes/)
    expect((await product.call('removeRecipe', first!.id)).recipes).toHaveLength(11)
  })

  test('what somebody damaged is shown and can be replaced', async () => {
    const id = await findymail()
    const snapshot = JSON.stringify(product.emulator.snapshot()).replace('\\"by\\"', '\\"buy\\"')
    product.emulator.restore(JSON.parse(snapshot))
    const { recipes, ownVendors } = await product.call('settings')
    expect(recipes).toEqual([expect.objectContaining({ id, trouble: expect.stringMatching(/cannot be read/) })])
    expect(ownVendors).toEqual([])
    expect(await finders(OWNER)).not.toContain('Findymail')
    expect((await product.call('saveRecipe', { id, text: exampleText('findymail') })).recipes[0]).toMatchObject({
      trouble: null,
      approved: true,
    })
  })
})

const longHeaders = () =>
  Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`X-Long-${index}`, 'x'.repeat(190)]))

/** The texts of a column under its header. */
function column(header: string): readonly string[] {
  const [headers, ...rows] = shown(product.store)
  return rows.map((row) => row[headers!.indexOf(header)] ?? '')
}

/** Who would be asked for an email. */
async function finders(user: User): Promise<readonly string[]> {
  const { choices } = await product.callAs(user, 'overview', { scope: 'all', mapping: {}, wanted: null })
  return choices.find(({ field }) => field === 'email')?.vendors ?? []
}
