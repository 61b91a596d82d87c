import { lookupKeyHash } from '../../src/domain/lookup-key'
import { hashText } from '../../src/domain/hash'
import type { EraseAsk, ErasureView, PersonAsk } from '../../src/app/api-types'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { crowd, everyCell, finderReply, HUNTER, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email', 'Phone', 'Remark']
const NOBODY: PersonAsk['who'] = { email: '', linkedin: '', phone: '', name: '', company: '' }
const [ADA = ['', '']] = crowd(4)
const NAME = `${ADA[0]} Nowak`
const EMAIL = `${ADA[0].toLowerCase()}.nowak@everyone.example`

let product: Product
afterEach(() => product.stop())

/** A list of four people, the first of whom stands in many places besides. */
const start = async () => {
  product = await startProduct({
    rows: [HEADERS, ...crowd(4).map(([first, last]) => [first, last, 'everyone.example', '', '', `met ${last}`])],
    options: { facts: { formula_may_set_properties: 'yes' } },
  })
  await useHunter(product)
  scriptFinder(product, (path) => {
    const first = /first_name=([^&]+)/.exec(path)?.[1] ?? ''
    const email = `${first.toLowerCase()}.nowak@everyone.example`
    return finderReply({ first_name: first, email, phone_number: '+33 6 12 34 56 78' })
  })
  await product.enrich({ wanted: ['email', 'phone'] })
}

/** Another tab, in which she is spoken of in a cell, a note and a formula; hidden from people. */
const speakElsewhere = () => {
  const id = product.store.addTab('Old notes', { rows: 10, columns: 5, index: 1 }).id
  product.store.write(id, { row: 0, column: 0, rows: 3, columns: 2 }, [
    [{ value: 'Topic' }, { value: 'Text' }],
    [{ value: 'fair' }, { value: `Write to ${EMAIL.toUpperCase()} on Monday` }],
    [{ value: 'other' }, { value: 'nothing', note: `asked by ${EMAIL}` }],
  ])
  product.store.hideTab(id)
}

const ask = (who: Partial<PersonAsk['who']>, picked: PersonAsk['picked'] = null): PersonAsk => ({
  who: { ...NOBODY, ...who },
  picked,
})

const erase = async (given: Partial<EraseAsk> & PersonAsk): Promise<ErasureView> => {
  let view = await product.call('erasePerson', { what: 'cells', by: 'JD', ...given })
  while (view.left !== null) view = await product.call('erasePerson', null)
  return view
}

/** Everything that is kept anywhere: cells, formulas and notes of all tabs, properties, caches. */
const everything = (): string =>
  [JSON.stringify(everyCell(product.store)), JSON.stringify(product.emulator.snapshot())].join('\n')

/** Every form in which she could be left, readable or as a hash that nothing but the suppression list may hold. */
const forms = (): readonly string[] => {
  const key = { first_name: ADA[0], last_name: 'Nowak', domain: 'everyone.example' }
  const hashes = [lookupKeyHash('name_at_domain', key), hashText(EMAIL)]
  return [ADA[0], EMAIL, ...hashes.map((hash) => hash.slice(0, 12))]
}

const left = (): readonly string[] => {
  const all = everything().toLowerCase()
  return forms().filter((form) => all.includes(form.toLowerCase()))
}

describe('what is held about a person', () => {
  test.each([
    ['an address in capitals', { email: ` ${EMAIL.toUpperCase()} ` }],
    ['a name and a website', { name: `nowak, ${ADA[0]}`, company: 'https://www.everyone.example/team' }],
  ])('is found by %s', async (_, who) => {
    await start()
    speakElsewhere()
    const view = await product.call('person', ask(who))
    expect(
      view.places.filter(({ isMeant }) => isMeant).map(({ sheetName, row, how }) => [sheetName, row, how]),
    ).toEqual([
      ['Leads', 2, 'row'],
      ['Old notes', 2, 'mention'],
      ['Old notes', 3, 'mention'],
    ])
    expect(view.answers).toMatchObject([{ vendor: 'Hunter', asked: 'by name and domain', outcome: 'found' }])
    expect(view).toMatchObject({ requests: 1, planned: 1, vendors: [{ name: 'Hunter' }] })
  })
})

describe('an erased person', () => {
  test.each(['cells', 'rows'] as const)('leaves nothing but the hash when %s are erased', async (what) => {
    await start()
    speakElsewhere()
    expect(left()).toEqual(forms())
    const others = shown(product.store).slice(2)
    const view = await erase({ ...ask({ email: EMAIL }), what })
    expect(view).toMatchObject({ left: null, missed: 0, done: [{ by: 'JD', what, rows: 3, answers: 1 }] })
    expect(left()).toEqual([])
    expect(shown(product.store).slice(what === 'rows' ? 1 : 2)).toEqual(others)
    expect((await product.call('settings')).suppressed).toBeGreaterThan(0)
  })
})
