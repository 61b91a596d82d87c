import type { Basis } from '../../src/domain/basis'
import { usualTies } from '../../src/domain/basis'
import { CATEGORY_NAMES, fieldsOf } from '../../src/domain/category'
import { FIELD_NAMES } from '../../src/domain/field'
import { LAWFUL } from '../../workbench/lawful'
import type { Product } from './product'
import { COLLEAGUE, OWNER, startProduct, useHunter } from './product'
import { begin, crowd, everyCell, finds, finderReply, HUNTER, REQUEST, scriptFinder } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']
const PEOPLE = crowd(3)
const NOTE = 'They work for companies that buy such products, and can say no to the first message.'
const BASIS: Basis = {
  ground: 'legitimate_interest',
  purposes: ['Invite them to a product demo'],
  note: NOTE,
  ties: usualTies(),
  fields: {},
  controller: '',
}

let product: Product
afterEach(() => product.stop())

const start = async (documentProperties: { readonly [name: string]: string }) => {
  product = await startProduct({
    rows: [HEADERS, ...PEOPLE.map((person) => [...person, 'everyone.example', ''])],
    options: { documentProperties, facts: { formula_may_set_properties: 'yes' } },
  })
}
const { transfers } = LAWFUL
const covered = { transfers: transfers! }
const overview = () => product.call('overview', { scope: 'all', mapping: {}, wanted: null })

describe('a file without a legal basis', () => {
  test('asks nobody, and says what to do; in training it needs none', async () => {
    await start(covered)
    const practice = await product.enrich({ purpose: '' })
    expect(practice.state).toBe('done')
    await useHunter(product)
    await expect(product.call('receipt', REQUEST)).rejects.toThrow('Say first what the data is for')
    const { basis, choices } = await overview()
    expect(basis).toBeNull()
    expect(choices.map(({ field }) => field)).toContain('email')
    expect(product.vendors.calls()).toEqual([])
    await product.call('saveBasis', BASIS)
    expect(await overview()).toMatchObject({ basis: BASIS, purpose: BASIS.purposes[0] })
    expect((await product.enrich({})).state).toBe('done')
  })

  test('lets no formula spend, or look up a person in public sources', async () => {
    await start(covered)
    await useHunter(product)
    await expect(product.call('saveFormulaSpending', { isOn: true, perDay: 5 })).rejects.toThrow('what the data is for')
    const ended = await product.emulator.formula({
      name: 'ENRICH_EMAIL',
      args: ['Ada Nowak', 'everyone.example'],
      user: COLLEAGUE,
    })
    expect(ended.error!.message).toMatch(/no purpose for it/)
    const company = await product.emulator.formula({
      name: 'ENRICH_COMPANY',
      args: ['everyone.example', 'mail_provider'],
      user: COLLEAGUE,
    })
    expect(company.state).toBe('returned')
    expect(JSON.stringify(product.vendors.calls())).not.toMatch(/nowak/i)
  })

  test.each<[string, Partial<Basis>, string]>([
    ['no purpose', { purposes: ['...'] }, 'Say in a few words what you need the data for'],
    ['no word about fairness', { note: 'because' }, 'Say in a sentence why your interest is fair'],
    ['no word about the consent', { ground: 'consent', note: '' }, 'Say in a sentence how these people agreed'],
    ['no contract', { ground: 'contract', note: '' }, 'Say which contract'],
    ['no law', { ground: 'legal_obligation', note: '-' }, 'Say which law'],
    ['novels', { note: 'We thought about it. '.repeat(200) }, 'too long together'],
    [
      'nothing to look up',
      { ties: Object.fromEntries(CATEGORY_NAMES.map((name) => [name, null])) as Basis['ties'] },
      'Choose a purpose for at least one kind of data',
    ],
    [
      'a purpose that is not there',
      { ties: Object.fromEntries(CATEGORY_NAMES.map((name) => [name, 2])) as Basis['ties'] },
      'Choose a purpose for at least one kind of data',
    ],
  ])('cannot be given one with %s', async (_, part, words) => {
    await start(covered)
    await expect(product.call('saveBasis', { ...BASIS, ...part })).rejects.toThrow(words)
    expect((await product.call('privacy')).basis).toBeNull()
  })
})

describe('a kind of data without a purpose', () => {
  const withoutRole: Basis = { ...BASIS, ties: { ...BASIS.ties, role: null } }

  test('is not offered, is left out with a word, and is refused when nothing else is wanted', async () => {
    await start(covered)
    await useHunter(product)
    await product.call('saveBasis', withoutRole)
    expect((await overview()).choices.map(({ field }) => field)).not.toContain('job_title')
    const receipt = await product.call('receipt', { ...REQUEST, wanted: ['email', 'job_title'] })
    expect(receipt.wanted).toEqual(['email'])
    expect(receipt.newColumns).toEqual([])
    expect(receipt.remarks.join()).toContain('Left out, because this file has no purpose for it: Job title.')
    await expect(product.call('receipt', { ...REQUEST, wanted: ['job_title'] })).rejects.toThrow('no purpose for it')
  })

  test('is dropped when a vendor sends it anyway, before anything keeps it', async () => {
    await start(covered)
    await useHunter(product)
    scriptFinder(product, () =>
      finderReply({ position: 'Chief Planter', twitter: 'plantedhandle', company: 'Planted Ltd' }),
    )
    await product.call('saveBasis', withoutRole)
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 3 })
    const kept = JSON.stringify([everyCell(product.store), product.emulator.properties('document')])
    expect(kept).not.toMatch(/Chief Planter|plantedhandle/)
    // It has a purpose, as all facts about companies.
    expect(kept).toContain('Planted Ltd')
  })

  test('is not asked for from a vendor that lets one choose', async () => {
    await start(covered)
    const key = product.vendors.keys['api.peopledatalabs.com']!
    await product.call('saveKey', { vendor: 'people_data_labs', environment: 'production', place: 'personal', key })
    await product.call('saveBasis', withoutRole)
    const bodies: string[] = []
    product.vendors.onCall((_, { body }) => bodies.push(body))
    await product.enrich({ wanted: ['phone'] })
    const asked = bodies.find((body) => body.includes('data_include'))
    expect(asked).toContain('phone_numbers')
    expect(asked).not.toMatch(/job_title|"sex|,sex|education|skills|twitter/)
  })

  test('is dropped from the answer to a formula as well', async () => {
    await start(covered)
    await product.call('saveKey', {
      vendor: 'hunter',
      environment: 'production',
      place: 'shared',
      key: product.vendors.keys[HUNTER]!,
    })
    await product.call('saveBasis', withoutRole)
    await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
    scriptFinder(product, () => finderReply({ position: 'Chief Planter' }))
    const args = [PEOPLE[0]!.join(' '), 'everyone.example']
    expect((await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: OWNER })).state).toBe('returned')
    const title = await product.emulator.formula({
      name: 'ENRICH_PERSON',
      args: ['Ada Nowak, everyone.example', 'job_title'],
      user: OWNER,
    })
    expect(title.error!.message).toMatch(/no purpose for it/)
    expect(JSON.stringify(product.emulator.properties('document'))).not.toContain('Chief Planter')
    expect(finds(product).length).toBe(1)
  })
})

describe('a field whose purpose is not that of its kind', () => {
  const fields = { job_title: null, gender: 0 } as const

  test('is asked for or dropped as itself, in runs', async () => {
    await start(covered)
    await useHunter(product)
    await product.call('saveBasis', { ...BASIS, fields })
    scriptFinder(product, () => finderReply({ position: 'Chief Planter', seniority: 'executive' }))
    const offered = (await overview()).choices.map(({ field }) => field)
    expect([offered.includes('job_title'), offered.includes('seniority')]).toEqual([false, true])
    const done = await product.enrich({ wanted: ['email', 'job_title', 'seniority'] })
    expect(done).toMatchObject({ state: 'done', cellsWritten: 6 })
    const kept = JSON.stringify([everyCell(product.store), product.emulator.properties('document')])
    expect(kept).not.toContain('Chief Planter')
  })

  test('is asked for, or not, from a vendor that lets one choose', async () => {
    await start(covered)
    const key = product.vendors.keys['api.peopledatalabs.com']!
    await product.call('saveKey', { vendor: 'people_data_labs', environment: 'production', place: 'personal', key })
    await product.call('saveBasis', { ...BASIS, fields })
    const bodies: string[] = []
    product.vendors.onCall((_, { body }) => bodies.push(body))
    await product.enrich({ wanted: ['phone'] })
    const asked = bodies.find((body) => body.includes('data_include'))
    expect(asked).toMatch(/"sex|,sex/)
    expect(asked).not.toMatch(/job_title[^_]|education|twitter/)
  })

  test('is kept only where it differs, and stands in a file of an older version as its kind', async () => {
    const {
      version: _,
      fields: _none,
      controller: _nobody,
      ...older
    } = JSON.parse(LAWFUL['basis']!) as Basis & { version: 1 }
    await start({ ...covered, basis: JSON.stringify({ version: 1, ...older }) })
    const { basis } = await product.call('privacy')
    expect(basis).toEqual({ ...older, fields: {}, controller: '' })
    await product.call('saveBasis', {
      ...basis!,
      ties: { ...basis!.ties, place: null },
      fields: { email: 0, city: 0, region: null, skills: 2 },
      controller: ' Kranich GmbH,  dpo@kranich.example ',
    })
    expect(JSON.parse(product.emulator.properties('document')['basis']!)).toMatchObject({
      version: 2,
      fields: { city: 0, skills: null },
      controller: 'Kranich GmbH, dpo@kranich.example',
    })
  })
})

describe('a vendor outside the EEA', () => {
  test('is asked only after somebody ticked for the file that the transfer is covered', async () => {
    await start({ basis: LAWFUL['basis']! })
    await useHunter(product)
    const receipt = await product.call('receipt', REQUEST)
    expect(receipt.transfers).toEqual([{ id: 'hunter', name: 'Hunter', region: 'United States' }])
    await expect(product.call('startRun', receipt.id)).rejects.toThrow(
      'Tick first that the transfer of data to Hunter is covered',
    )
    expect(finds(product)).toEqual([])
    // Ticked on the receipt, which stays what it was.
    await product.callAs(COLLEAGUE, 'coverTransfer', { vendor: 'hunter', isCovered: true })
    expect((await product.finish(await product.call('startRun', receipt.id))).cellsWritten).toBe(3)
  })

  test('pauses the run when the tick is taken back, and goes on when it is there again', async () => {
    await start(LAWFUL)
    await useHunter(product)
    const run = await begin(product)
    await product.call('coverTransfer', { vendor: 'hunter', isCovered: false })
    const paused = await product.call('continueRun', run.id)
    expect(paused).toMatchObject({ state: 'paused', problem: { action: 'open_vendors' } })
    expect(paused.problem!.message).toContain('The transfer of data to Hunter is not ticked as covered any more')
    expect(finds(product)).toEqual([])
    const settings = await product.call('coverTransfer', { vendor: 'hunter', isCovered: true })
    expect(settings.vendors.find(({ id }) => id === 'hunter')).toMatchObject({ transfer: 'covered' })
    expect((await product.finish(await product.call('resumeRun', run.id))).cellsWritten).toBe(3)
  })

  test('is not asked by formulas before', async () => {
    await start({ basis: LAWFUL['basis']! })
    const key = product.vendors.keys[HUNTER]!
    await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
    await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
    const args = [PEOPLE[0]!.join(' '), 'everyone.example']
    await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: OWNER })
    expect(product.vendors.charged(HUNTER)).toBe(0)
    await product.call('coverTransfer', { vendor: 'hunter', isCovered: true })
    await product.emulator.formula({ name: 'ENRICH_EMAIL', args, user: OWNER })
    expect(product.vendors.charged(HUNTER)).toBe(1)
  })
})

test('every field is of one kind of data, and none is of a special category', () => {
  expect(CATEGORY_NAMES.flatMap(fieldsOf).sort()).toEqual([...FIELD_NAMES].sort())
  // GDPR Art. 9(1).
  const special = /race|ethnic|politic|relig|belie|union|genetic|biometric|health|medic|disab|sex_|orient|birth/
  expect(FIELD_NAMES.filter((field) => special.test(field))).toEqual([])
})
