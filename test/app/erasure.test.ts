import { lookupKeyHash } from '../../src/domain/lookup-key'
import { rowPrint } from '../../src/domain/row-print'
import { hashText } from '../../src/domain/hash'
import type { EraseAsk, ErasureView, PersonAsk, PersonSearch, PersonView } from '../../src/app/api-types'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import { begin, crowd, everyCell, finderReply, finds, HUNTER, REQUEST, scriptCrowd, scriptFinder, tabOf } from './story'

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
  scriptCrowd(product, { phone_number: '+33 6 12 34 56 78' })
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

/** Looks for somebody until the search is done. */
const search = async (asked: PersonAsk): Promise<PersonSearch> => {
  let seen = await product.call('person', asked)
  while (!seen.view) seen = await product.call('person', seen.trail)
  return seen
}
const look = async (asked: PersonAsk): Promise<PersonView> => (await search(asked)).view!

const erase = async (asked: PersonAsk, what: EraseAsk['what'] = 'cells'): Promise<ErasureView> => {
  const { trail } = await search(asked)
  return eraseBy(trail, what)
}

const eraseBy = async (trail: string, what: EraseAsk['what']): Promise<ErasureView> => {
  let view = await product.call('erasePerson', { trail, what, by: 'JD' })
  while (view.left !== null) view = await product.call('erasePerson', null)
  return view
}

/** Merges her row into that of the next person, as somebody does who takes them for one. */
const mergeIntoNext = async () => {
  const { id: sheet } = tabOf(product.store)
  const { mark, rows } = await product.call('listRows', { sheet, firstRow: 1, from: 1 })
  const [gone, keep] = rows.map(([row, texts]) => ({ row, print: rowPrint(texts, -1) }))
  const group = { keep: keep!, gone: [gone!], cells: [] }
  await product.call('mergeGroups', { merge: 'a-merge', batch: 0, sheet, firstRow: 1, mark, groups: [group] })
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
    const view = await look(ask(who))
    expect(
      view.places.filter(({ isMeant }) => isMeant).map(({ sheetName, row, how }) => [sheetName, row, how]),
    ).toEqual([
      ['Leads', 2, 'row'],
      ['Old notes', 2, 'mention'],
      ['Old notes', 3, 'mention'],
    ])
    expect(view.answers).toMatchObject([{ vendor: 'Hunter', asked: 'name_at_domain', outcome: 'found' }])
    expect(view).toMatchObject({ requests: 1, planned: 1, vendors: [{ name: 'Hunter' }] })
  })
})

describe('a search that takes longer than an execution', () => {
  test('hands over to the next, finds the same, and goes on from any of its trails again', async () => {
    await start()
    speakElsewhere()
    const whole = await look(ask({ email: EMAIL }))
    // Each tab takes half a minute.
    product.emulator.script(
      Array.from({ length: 40 }, (_, at) => ({ kind: 'hang', method: 'Range.getNotes', nth: at + 1, ms: 30_000 })),
    )
    const seen = [await product.call('person', ask({ email: EMAIL }))]
    while (!seen.at(-1)!.view) seen.push(await product.call('person', seen.at(-1)!.trail))
    expect(seen.length).toBeGreaterThan(4)
    expect(seen.at(-1)!.view).toEqual(whole)
    expect(seen[0]).toMatchObject({ round: 1, done: 1, view: null })
    expect(await product.call('person', seen[1]!.trail)).toEqual(seen[2])
    product.emulator.script([])
    await eraseBy(seen.at(-1)!.trail, 'cells')
    expect(left()).toEqual([])
  })

  test('takes no trail that was changed, and erases nobody by one that is not at its end', async () => {
    await start()
    product.emulator.script([{ kind: 'hang', method: 'Range.getNotes', nth: 1, ms: 30_000 }])
    const { trail, view } = await product.call('person', ask({ email: EMAIL }))
    expect(view).toBeNull()
    const words = 'The search was lost on its way'
    await expect(product.call('person', trail.replace('look', 'done'))).rejects.toThrow(words)
    await expect(product.call('erasePerson', { trail, what: 'rows', by: '' })).rejects.toThrow(words)
    expect(left()).toEqual(forms())
  })
})

describe('an erased person', () => {
  test.each(['cells', 'rows'] as const)('leaves nothing but the hash when %s are erased', async (what) => {
    await start()
    speakElsewhere()
    expect(left()).toEqual(forms())
    const others = shown(product.store).slice(2)
    const view = await erase(ask({ email: EMAIL }), what)
    expect(view).toMatchObject({ left: null, missed: 0, done: [{ by: 'JD', what, rows: 3, answers: 1 }] })
    expect(left()).toEqual([])
    expect(shown(product.store).slice(what === 'rows' ? 1 : 2)).toEqual(others)
    if (what === 'cells') expect(shown(product.store)[1]).toEqual(['', '', 'everyone.example', '', '', 'met Nowak'])
    expect((await product.call('settings')).suppressed).toBeGreaterThan(0)
  })

  test('is gone from notes and values kept for Undo, from the tab of merged rows, and from what could not be read', async () => {
    product = await startProduct({
      rows: [HEADERS, ...crowd(4).map((name) => [...name, 'everyone.example', '', '', ''])],
    })
    await useHunter(product)
    const put = (row: number, column: number, cell: Parameters<Product['store']['write']>[2][number][number]) =>
      product.store.write(tabOf(product.store).id, { row, column, rows: 1, columns: 1 }, [[cell]])
    put(1, 3, { note: `${NAME} wrote first` })
    put(2, 5, { formula: `=ENRICH_EMAIL("${NAME}","everyone.example")` })
    await product.enrich({})
    await mergeIntoNext()
    await product.enrich({ wanted: ['phone'] })
    const aside = product.store.addTab('_enrich_damaged', { rows: 5, columns: 1 })
    product.store.write(aside.id, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: `0000{"is":"${EMAIL}"}` }]])
    expect(left()).toContain(ADA[0])
    await erase(ask({ name: NAME, company: 'everyone.example' }))
    const places = (await look(ask({ name: NAME, company: 'everyone.example' }))).places
    await erase(
      ask(
        { name: NAME, company: 'everyone.example' },
        places.map(({ id }) => id),
      ),
    )
    expect(left()).toEqual([])
  })

  describe('of whom another row speaks is gone from what is kept to undo its merging', () => {
    const changeRecord = () => {
      const { id } = tabOf(product.store, '_enrich_writes')
      const area = { row: 0, column: 1, rows: 1, columns: 1 }
      const [[cell]] = product.store.read(id, area) as [[{ value: string }]]
      product.store.write(id, area, [[{ value: `${cell.value} ` }]])
    }
    test.each<readonly [string, string, () => unknown]>([
      ['in a line of its own', `call first\n${EMAIL}`, () => undefined],
      ['in a record that somebody changed', `write to ${EMAIL}`, changeRecord],
      ['in a record that the fresh secret does not open', EMAIL, () => product.call('clearStore')],
    ])('%s', async (_, remark, change) => {
      const others = crowd(4).slice(1)
      const rows = others.map((name, at) => [...name, 'everyone.example', '', '', at === 0 ? remark : ''])
      product = await startProduct({ rows: [HEADERS, ...rows] })
      await mergeIntoNext()
      await change()
      expect(left()).toContain(EMAIL)
      await erase(ask({ email: EMAIL }))
      expect(left()).toEqual([])
    })
  })

  test('is gone from the answers that wait in formulas, and a formula finds nobody any more', async () => {
    product = await startProduct({
      rows: [HEADERS, [...crowd(2)[1]!, 'everyone.example', '', '', '']],
      options: { facts: { formula_may_set_properties: 'yes' } },
    })
    await useHunter(product)
    scriptFinder(product, () => finderReply({ first_name: ADA[0], email: EMAIL }))
    const key = product.vendors.keys[HUNTER]!
    await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
    await product.call('receipt', REQUEST)
    await product.call('saveFormulaSpending', { isOn: true, perDay: 10 })
    const formula = () =>
      product.emulator.formula({ name: 'ENRICH_EMAIL', args: [NAME, 'everyone.example'], user: OWNER })
    expect((await formula()).value).toBe(EMAIL)
    const asked = finds(product).length
    expect(left()).toContain(EMAIL)
    expect((await look(ask({ email: EMAIL }))).answers).toHaveLength(1)
    await product.emulator.advance(61_000)
    await erase(ask({ name: NAME, company: 'everyone.example' }))
    expect(left()).toEqual([])
    expect((await formula()).error!.message).toContain('never looked up')
    expect(finds(product)).toHaveLength(asked)
  })

  test('is gone from what waits for a decision, and is not offered any more', async () => {
    product = await startProduct({
      rows: [HEADERS, ...crowd(4).map((name) => [...name, 'everyone.example', '', '', ''])],
    })
    await useHunter(product)
    scriptCrowd(product, { score: 12, verification: { date: null, status: null } })
    const run = await product.enrich({})
    const hers = async () =>
      (await product.call('review', run.id)).items.filter(({ who }) => who.includes(ADA[0])).map(({ row }) => row)
    expect(await hers()).toEqual([2])
    expect(left()).toContain(EMAIL)
    await erase(ask({ name: NAME, company: 'everyone.example' }))
    expect([await hers(), left()]).toEqual([[], []])
  })

  test('is gone from what a vendor still works on, whose answer comes for the others alone', async () => {
    product = await startProduct({
      rows: [HEADERS, ...crowd(4).map((name) => [...name, 'everyone.example', '', '', ''])],
    })
    const key = product.vendors.keys['api.dropcontact.com']!
    await product.call('saveKey', { vendor: 'dropcontact', environment: 'production', place: 'personal', key })
    const run = await begin(product)
    await product.call('continueRun', run.id)
    await product.call('stopRun', run.id)
    await product.finish(await product.call('runStatus', run.id))
    const { answers } = await look(ask({ name: NAME, company: 'everyone.example' }))
    expect(answers).toMatchObject([{ vendor: 'Dropcontact', outcome: 'pending' }])
    await erase(ask({ name: NAME, company: 'everyone.example' }))
    expect(left()).toEqual([])
    await product.emulator.advance(600_000)
    const others = await product.enrich({})
    expect(others.vendors).toMatchObject([{ name: 'Dropcontact', trouble: null }])
    expect(left()).toEqual([])
  })

  test('is finished by the hourly trigger when the erasure was cut short, and nothing runs before', async () => {
    await start()
    const { trail } = await search(ask({ email: EMAIL }))
    product.emulator.script([{ kind: 'kill', atCall: 90, when: 'after' }])
    const ended = await product.execute('erasePerson', { trail, what: 'cells', by: 'JD' })
    expect(ended.state).toBe('killed')
    product.emulator.script([])
    expect(JSON.stringify(product.emulator.properties('document')['erasure'])).not.toContain(EMAIL)
    await product.emulator.advance(61_000)
    const receipt = await product.call('receipt', REQUEST)
    await expect(product.call('startRun', receipt.id)).rejects.toThrow('The erasure of a person was cut short')
    const home = await product.call('overview', { scope: 'all', mapping: {}, wanted: null })
    expect(home.storeRemark).toContain('The erasure of a person was cut short')
    await product.emulator.advance(3_600_000)
    expect(left()).toEqual([])
    expect(await product.call('erasePerson', null)).toMatchObject({ left: null, done: [{ rows: 1 }] })
  })
})

describe('an erasure that works for longer than a minute', () => {
  /** Erases her, and does something else two minutes into a step of it that takes three. */
  const meanwhile = async <T>(work: () => Promise<T>): Promise<T> => {
    const { trail } = await search(ask({ email: EMAIL }))
    const done: Promise<T>[] = []
    const act = () => void done.push(product.emulator.advance(120_000).then(work))
    product.emulator.script([
      { kind: 'between', method: 'RangeList.clearContent', nth: 1, act },
      { kind: 'hang', method: 'RangeList.clearContent', nth: 1, ms: 180_000 },
    ])
    expect(await eraseBy(trail, 'cells')).toMatchObject({ left: null, missed: 0, done: [{ rows: 1, answers: 1 }] })
    expect(left()).toEqual([])
    return done[0]!
  }
  const failure = (said: Promise<unknown>): Promise<unknown> => said.then(() => 'done', String)

  test('keeps out whoever presses the button again, or Undo', async () => {
    await start()
    const [run] = (await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).history
    const [again, undone] = await meanwhile(() =>
      Promise.all([failure(product.call('erasePerson', null)), failure(product.call('undoRun', run!.id))]),
    )
    expect(again).toMatch(/Something else is at work in this file, or was cut short\..* \d minutes at most\./)
    expect(undone).toContain('A run is not finished yet')
  })

  test('keeps out the hourly trigger', async () => {
    await start()
    const { dueAt } = product.emulator.triggers().find((trigger) => trigger.function === 'onTick')!
    await product.emulator.advance(dueAt - product.emulator.now() - 60_000)
    const open = await meanwhile(() => {
      expect(product.emulator.triggers().find((trigger) => trigger.function === 'onTick')!.dueAt).toBeGreaterThan(dueAt)
      return Promise.resolve(product.emulator.properties('document')['erasure'])
    })
    expect(open).toContain('"step":2')
  })

  test('that dies keeps nobody out for longer than its execution could have lasted', async () => {
    await start()
    const { trail } = await search(ask({ email: EMAIL }))
    product.emulator.script([{ kind: 'kill', atCall: 90, when: 'after' }])
    expect((await product.execute('erasePerson', { trail, what: 'cells', by: '' })).state).toBe('killed')
    product.emulator.script([])
    await product.emulator.advance(300_000)
    expect(await failure(product.call('erasePerson', null))).toContain('a minute at most')
    await product.emulator.advance(60_000)
    expect(await product.call('erasePerson', null)).toMatchObject({ left: null })
    expect(left()).toEqual([])
  })
})

describe('others', () => {
  test('of the same name at the company are shown and kept unless they are ticked', async () => {
    const address = 'ada.one@everyone.example'
    const one = ['Ada', 'Nowak', 'everyone.example', address, '', '']
    const two = ['Ada', 'Nowak', 'everyone.example', 'ada.two@everyone.example', '', '']
    product = await startProduct({ rows: [HEADERS, one, two] })
    const seen = (await look(ask({ email: address }))).places
    expect(seen.map(({ row, isMeant }) => [row, isMeant])).toEqual([
      [2, true],
      [3, false],
    ])
    await erase(ask({ email: address }))
    expect(shown(product.store).slice(1)).toEqual([['', '', 'everyone.example', '', '', ''], two])
    await erase(ask({ name: 'ADA NOWAK', company: 'everyone.example' }))
    expect(shown(product.store)[2]![3]).toBe('')
  })

  test('are still undone, and their answers cost nothing again', async () => {
    await start()
    const [run] = (await product.call('overview', { scope: 'all', mapping: {}, wanted: null })).history
    await erase(ask({ email: EMAIL }))
    expect(await product.call('undoRun', run!.id)).toMatchObject({ state: 'done', restored: 6, changed: 0 })
    expect(shown(product.store).map((row) => row[3])).toEqual(['Email', '', '', '', ''])
    const asked = finds(product).length
    expect(await product.enrich({ wanted: ['email', 'phone'] })).toMatchObject({
      cellsWritten: 6,
      credits: { spent: 0 },
    })
    expect(finds(product)).toHaveLength(asked)
  })

  test('who share the number of their company keep it, and what is known about it', async () => {
    const rows = crowd(2).map((name, index) => [
      ...name,
      'everyone.example',
      `p${index}@everyone.example`,
      '+33 1 42 68 53 00',
    ])
    product = await startProduct({ rows: [HEADERS.slice(0, 5), ...rows] })
    const asked = ask({ email: 'p0@everyone.example' })
    expect((await look(asked)).places.map(({ row }) => row)).toEqual([2])
    await erase(asked)
    expect(shown(product.store).slice(1)).toEqual([['', '', 'everyone.example', '', ''], rows[1]])
  })

  test('whom a vendor took for the person, asked by name, are not taken for them here', async () => {
    const rows = [ADA, ADA].map((name, index) => [
      ...name,
      'everyone.example',
      index === 0 ? '' : 'own@everyone.example',
    ])
    product = await startProduct({ rows: [HEADERS.slice(0, 4), ...rows] })
    await useHunter(product)
    scriptFinder(product, () => finderReply({ first_name: ADA[0], email: EMAIL }))
    await product.enrich({})
    expect(shown(product.store).map((row) => row[3])).toEqual(['Email', EMAIL, 'own@everyone.example'])
    await erase(ask({ email: 'own@everyone.example' }))
    expect(shown(product.store).map((row) => row[3])).toEqual(['Email', EMAIL, ''])
  })

  test('keep their values when somebody sorts between the look and the clearing', async () => {
    await start()
    const others = shown(product.store).slice(2)
    const sort = (store: Product['store']) => {
      const { id } = tabOf(store)
      store.sort(id, { row: 1, column: 0, rows: 4, columns: 6 }, { column: 0, ascending: false })
    }
    product.emulator.script([{ kind: 'between', method: 'RangeList.clearContent', nth: 1, act: sort }])
    const view = await erase(ask({ email: EMAIL }))
    expect(view.missed).toBe(0)
    expect(left()).toEqual([])
    expect(shown(product.store).filter(([first]) => first !== '' && first !== 'First name')).toEqual(
      [...others].reverse(),
    )
  })

  test('protect cells: what cannot be emptied is said', async () => {
    await start()
    const { id } = tabOf(product.store)
    product.store.protect(id, { area: { row: 1, column: 0, rows: 1, columns: 6 }, editors: [] })
    const { trail } = await search(ask({ email: EMAIL }))
    const view = await product.callAs(COLLEAGUE, 'erasePerson', { trail, what: 'cells', by: '' })
    expect(view).toMatchObject({ left: null, missed: 1 })
    expect(shown(product.store)[1]![3]).toBe(EMAIL)
  })

  test('who run something go first', async () => {
    await start()
    await begin(product, { wanted: ['job_title'] })
    await expect(erase(ask({ email: EMAIL }))).rejects.toThrow('You have a run going on')
    expect(left()).toEqual(forms())
  })
})

test('whoever types too little to know anybody is told what is needed', async () => {
  product = await startProduct({ rows: [HEADERS] })
  await expect(product.call('person', ask({ name: 'Ada Nowak' }))).rejects.toThrow('a full name with a company')
})
