import { hashText } from '../../src/domain/hash'
import type { Answer } from '../../src/domain/answer'
import { clearStore, keepStore } from '../../src/app/keep-store'
import { callOf } from '../../src/app/ledger'
import { loadPlan, savePlan } from '../../src/app/planned-rows'
import { recover } from '../../src/app/recover'
import type { RunRecord } from '../../src/app/run-record'
import { seal } from '../../src/app/sealed'
import { openStore, peekStore } from '../../src/app/store'
import { countDamaged, storeTrouble } from '../../src/app/store-state'
import type { Entry } from '../../src/app/stored'
import { NEWER_WORDS } from '../../src/app/versions'
import { defaultRule } from '../../src/domain/waterfall'
import { openBudget } from '../../src/engine/budget'
import type { FakeBook } from './fake-book'
import { fakeBook, Killed, PLAN } from './fake-book'

let book: FakeBook
beforeEach(() => {
  book = fakeBook()
})

const AT = Date.UTC(2026, 10, 22)
const answerOf = (index: number, value = `ada${index}@everyone.example`): Answer => ({
  question: `production/hunter/email-finder/${hashText(`key ${index}`)}`,
  at: AT,
  outcome: 'found',
  credits: 1,
  values: {
    email: { value, confidence: 0.97, status: 'valid', sourceUrl: 'https://everyone.example/team' },
    job_title: { value: 'Head of Partnerships', confidence: 0.8 },
  },
})
const entryOf = (index: number): Entry => ({ k: 'answer', batch: `b${index}`, answer: answerOf(index) })
const entries = (from: number, count: number) => Array.from({ length: count }, (_, offset) => entryOf(from + offset))
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => answerOf(index).question)
const valuesOf = (store: { answers(ids: readonly string[]): readonly Answer[] }, count: number) =>
  store.answers(idsOf(count)).map((answer) => answer.values!.email!.value)
const allOf = (count: number) => Array.from({ length: count }, (_, index) => `ada${index}@everyone.example`)
const cellsOf = (tab: string) => book.tabs.get(`_enrich_${tab}`)!.cells
const image = () => JSON.stringify([[...book.tabs], [...book.properties]])
const markOf = () => JSON.parse(book.properties.get('store')!) as { [key: string]: number }
const changeMark = (change: { readonly [key: string]: unknown }) =>
  book.properties.set('store', JSON.stringify({ ...markOf(), ...change }))

/** A store with so many answers, folded whenever that is due. */
function fill(count: number, step = 500): void {
  for (let from = 0; from < count; from += step) {
    const store = openStore(book.host)
    store.append(entries(from, Math.min(step, count - from)))
    store.fold()
  }
}

/** Makes a state again and again at the price of a copy. */
function remembering(make: () => void): () => void {
  make()
  const { file } = book
  const saved = structuredClone([book.tabs, book.properties] as const)
  return () => {
    book = fakeBook()
    book.file = file
    const [tabs, properties] = structuredClone(saved)
    tabs.forEach((tab, name) => book.tabs.set(name, tab))
    properties.forEach((value, key) => book.properties.set(key, value))
  }
}

// Entries that a fold counts and forgets.
const PADDING = Array.from({ length: 500 }, (_, index): Entry => ({ k: 'release', batch: `p${index}`, at: AT }))

/** A store with so many answers, all of them in the index. */
function foldSome(count: number): void {
  const store = openStore(book.host)
  store.append([...entries(0, count), ...PADDING])
  store.fold()
}

describe('an append', () => {
  test('is one row, in one write and a flush', () => {
    fill(3)
    const store = openStore(book.host)
    store.append(entries(3, 1))
    book.calls.length = 0
    store.append(entries(4, 40))
    expect(book.calls).toEqual(['Range.setValues', 'SpreadsheetApp.flush'])
    expect(cellsOf('journal').length).toBe(4)
    expect(valuesOf(openStore(book.host), 44)).toEqual(allOf(44))
  })

  test('can be read also when another execution seals the first row at the same moment', () => {
    const { host } = book
    const get = jest.fn((key: string) => host.document.get(key))
    const store = openStore({ ...host, document: { ...host.document, get, peek: () => undefined } })
    get.mockImplementationOnce(() => {
      savePlan(host, { plan: PLAN, rows: [], searches: [] })
      return undefined
    })
    store.append(entries(0, 3))
    expect(loadPlan(host, PLAN.id)).toBeDefined()
    expect(valuesOf(openStore(host), 3)).toEqual(allOf(3))
  })

  test('is split below the size of a cell', () => {
    fill(400, 400)
    expect(cellsOf('journal').length).toBeGreaterThan(3)
    for (const [cell] of cellsOf('journal')) expect(cell!.length).toBeLessThan(46_000)
    expect(valuesOf(openStore(book.host), 400)).toEqual(allOf(400))
  })

  test('leaves room for the answers to what it reserves', () => {
    fill(3)
    book.tabs.get('_enrich_journal')!.rows = 12
    openStore(book.host).append([{ k: 'reserve', batch: 'r', questions: idsOf(1), worst: 1, at: AT }])
    expect(book.tabs.get('_enrich_journal')!.rows).toBeGreaterThan(500)
  })
})

test('answers of a lane that is killed between their cells are known, or may have been charged', () => {
  const questions = idsOf(300)
  const budget = { ...openBudget(300), reserved: 300 }
  const run = { id: 'r', by: 'me', remarks: [], inFlight: [{ batch: 'b', worst: 300 }], budget } as unknown as RunRecord
  const answers = questions.map((_, index) => answerOf(index))
  const reply = { status: 200, headers: {}, text: '' }
  const call = callOf({ batch: { id: 'b', questions }, by: 'me', at: AT, ms: 1, response: reply, answers })
  const prepare = remembering(() =>
    openStore(book.host).append([{ k: 'reserve', batch: 'b', questions, worst: 300, at: AT }]),
  )
  const heard = new Set<number>()
  for (let nth = 1; !heard.has(300); nth++) {
    prepare()
    const lane = openStore(book.host)
    lane.share()
    book.killAt(nth)
    try {
      lane.append([...answers.map((answer) => ({ k: 'answer' as const, batch: 'b', answer })), call])
    } catch (error) {
      expect(error).toBeInstanceOf(Killed)
    }
    book.killAt(Infinity)
    const { spent, maybe } = recover(book.host, run, openStore(book.host)).budget
    const known = openStore(book.host).answers(questions)
    expect([known.length, known.filter(({ outcome }) => outcome === 'found').length, spent + maybe]).toEqual([
      300,
      spent,
      300,
    ])
    heard.add(spent)
  }
  expect(heard.size).toBeGreaterThan(2)
})

describe('folding', () => {
  test('keeps everything, the later answer, and no reservations', () => {
    fill(1200, 300)
    openStore(book.host).append([
      { k: 'answer', batch: 'again', answer: answerOf(7, 'new@everyone.example') },
      { k: 'reserve', batch: 'r', questions: idsOf(1), worst: 1, at: AT },
    ])
    const store = openStore(book.host)
    store.append(entries(1200, 500))
    store.fold()
    expect(cellsOf('journal').filter(([cell]) => cell !== '').length).toBe(1)
    expect(markOf()).toMatchObject({ rows: 1, indexed: 1700, unreadable: 0 })
    const expected = allOf(1700)
    expected[7] = 'new@everyone.example'
    expect(valuesOf(openStore(book.host), 1700)).toEqual(expected)
    expect(openStore(book.host).batch('r')).toBeUndefined()
  })

  test('tells what became of the questions, whenever it is folded', () => {
    const misses = Array.from({ length: 300 }, (_, index): Entry => {
      const { values: _values, ...answer } = answerOf(5_000 + index)
      return { k: 'answer', batch: 'misses', answer: { ...answer, outcome: 'not_found', credits: 0.5 } }
    })
    const lost: Entry = { k: 'answer', batch: 'lost', answer: { ...answerOf(9_000), outcome: 'maybe_charged' } }
    const trained: Entry = { k: 'answer', batch: 't', answer: { ...answerOf(1), question: 'training/training/find/x' } }
    fill(900, 300)
    const store = openStore(book.host)
    store.append([...misses, ...misses.slice(0, 5), lost, trained])
    const expected = {
      'hunter/email-finder': {
        k: 'tally',
        place: 'production/hunter/email-finder',
        asked: 1_200,
        found: 900,
        credits: 1_050,
        accepted: { email: 900, job_title: 900 },
      },
    }
    expect(store.tallies('production')).toEqual(expected)
    store.append(PADDING)
    store.fold()
    expect(markOf()['rows']).toBe(1)
    for (const one of [store, openStore(book.host)]) expect(one.tallies('production')).toEqual(expected)
    expect([openStore(book.host).tallies('training'), openStore(book.host).tallies('staging')]).toEqual([{}, {}])
  })

  test('counts what is good enough by the rule of the file', () => {
    const rule = { ...defaultRule('email'), threshold: 0.99 }
    book.properties.set('waterfall:email', JSON.stringify({ version: 1, rule, by: 'somebody', at: AT }))
    fill(3)
    expect(openStore(book.host).tallies('production')).toMatchObject({
      'hunter/email-finder': { found: 3, accepted: { job_title: 3 } },
    })
  })

  test('waits for a tenth of the index, 5,000 entries at most', () => {
    const folds = (indexed: number, tail: number) => {
      book = fakeBook()
      openStore(book.host).append(entries(0, 1))
      changeMark({ indexed })
      const store = openStore(book.host)
      store.append(entries(1, tail - 1))
      store.fold()
      return markOf()['rows'] === 1
    }
    expect(folds(0, 499)).toBe(false)
    expect(folds(0, 500)).toBe(true)
    expect(folds(20_000, 1_999)).toBe(false)
    expect(folds(20_000, 2_000)).toBe(true)
    expect(folds(900_000, 4_999)).toBe(false)
    expect(folds(900_000, 5_000)).toBe(true)
  })

  test('stops where another has taken over and folded meanwhile', () => {
    fill(3)
    const { host } = book
    let holder = 'first'
    const takeOver = () => {
      holder = 'second'
      const second = openStore(host)
      second.append(entries(503, 500))
      second.fold()
    }
    const table: typeof host.table = (name) => {
      const tab = host.table(name)
      if (name !== 'index') return tab
      return { ...tab, block: (from, count) => (takeOver(), tab.block(from, count)), length: () => 4_096 }
    }
    const first = openStore({ ...host, table })
    first.append(entries(3, 500))
    const requireTurn = () => {
      if (holder !== 'first') throw new Killed('not its turn')
    }
    expect(() => first.fold(requireTurn)).toThrow('not its turn')
    expect(valuesOf(openStore(host), 1_003)).toEqual(allOf(1_003))
  })

  const failed = (credits: number): Partial<Answer> => ({ outcome: 'unavailable', credits })
  const ticket: Partial<Answer> = { outcome: 'pending', ticket: { id: 't', run: 'run' } }
  test.each<readonly [string, Partial<Answer> | undefined, Partial<Answer>, Partial<Answer> | undefined]>([
    ['a failure is forgotten', undefined, failed(0), undefined],
    ['what may have been charged is not bought again by the run', undefined, failed(1), failed(1)],
    ['a ticket that ended without an answer is over', ticket, failed(0), undefined],
    ['a ticket that may have been charged is over', ticket, failed(1), failed(1)],
    ['the last of two that may have been charged counts', failed(1), { ...failed(1), at: AT + 1 }, { at: AT + 1 }],
    ['a failure takes the place of nothing that was found', { outcome: 'found' }, failed(1), { outcome: 'found' }],
    ['nor of a miss', { outcome: 'not_found' }, failed(0), { outcome: 'not_found' }],
  ])('%s', (_, before, after, left) => {
    for (const told of before ? [before, after] : [after]) {
      const { values: _values, ...answer } = answerOf(0)
      const store = openStore(book.host)
      store.append([{ k: 'answer', batch: 'b', answer: { ...answer, ...told } }, ...PADDING])
      store.fold()
    }
    expect(openStore(book.host).answers(idsOf(1))).toEqual(left ? [expect.objectContaining(left)] : [])
  })

  test('spills to further cells before a cell is full', () => {
    const key = answerOf(0).question.slice(0, -24)
    const crowded = Array.from({ length: 600 }, (_, index): Entry => {
      const question = key + hashText(`${index}`).slice(0, 24)
      return { k: 'answer', batch: 'b', answer: { ...answerOf(index), question } }
    })
    const store = openStore(book.host)
    store.append(crowded)
    store.fold()
    const spilled = cellsOf('index').filter((cells) => cells.filter(Boolean).length > 1)
    expect(spilled.length).toBe(1)
    expect(spilled[0]!.length).toBeGreaterThan(3)
    const questions = crowded.map((entry) => (entry.k === 'answer' ? entry.answer.question : ''))
    expect(openStore(book.host).answers(questions).length).toBe(600)
  })

  test('can be killed at every call and is done again to the same result', () => {
    const prepare = remembering(() => {
      foldSome(40)
      openStore(book.host).append([...entries(40, 60), ...PADDING])
      cellsOf('journal')[1]![0] = cellsOf('journal')[1]![0]!.replace('@everyone', '@evil')
      const row = cellsOf('index').findIndex((cells) => cells[0])
      cellsOf('index')[row]![0] = cellsOf('index')[row]![0]!.replace('"found"', '"fined"')
    })
    prepare()
    const asked = idsOf(100)
    const known = () =>
      new Set(
        peekStore(book.host)
          .answers(asked)
          .map(({ question }) => question),
      ).size
    const expected = known()
    expect(expected).toBe(98)
    openStore(book.host).fold()
    const told = openStore(book.host).tallies('production')
    const before = book.calls.length
    prepare()
    const start = book.calls.length
    openStore(book.host).fold()
    const steps = book.calls.length - start
    expect(before).toBeGreaterThan(steps)
    for (let nth = 1; nth <= steps; nth++) {
      prepare()
      book.killAt(nth)
      expect(() => openStore(book.host).fold()).toThrow()
      book.killAt(Infinity)
      expect(storeTrouble(book.host)).toBeUndefined()
      expect(known()).toBe(expected)
      openStore(book.host).fold()
      expect(known()).toBe(expected)
      expect(openStore(book.host).tallies('production')).toEqual(told)
      expect(storeTrouble(book.host)).toBeUndefined()
    }
  })
})

describe('a request that was lost after its question had been answered', () => {
  const lost: Answer = { question: answerOf(7).question, at: AT + 5, outcome: 'maybe_charged', credits: 1 }
  const kept: Answer = { ...lost, values: answerOf(7).values!, foundAt: AT }
  const ask = (store: { answers(ids: readonly string[]): readonly Answer[] }) => store.answers([lost.question])

  test.each([
    ['stands in the journal', () => fill(20)],
    ['was folded', () => foldSome(20)],
  ])('takes nothing away from what was found, when that %s', (_, make) => {
    make()
    const store = openStore(book.host)
    store.append([{ k: 'answer', batch: 'later', answer: lost }])
    expect(ask(store)).toEqual([kept])
    expect(ask(openStore(book.host))).toEqual([kept])
    const email = answerOf(7).values!.email!.value
    const isAbout = (record: unknown) => (record as Answer).values?.email?.value === email
    expect(openStore(book.host).find(isAbout)).toEqual([kept])
    const fold = openStore(book.host)
    fold.append(PADDING)
    fold.fold()
    expect(ask(fold)).toEqual([kept])
    expect(ask(openStore(book.host))).toEqual([kept])
    expect(openStore(book.host).find(isAbout)).toEqual([kept])
  })
})

describe('what was damaged', () => {
  test('is left out, counted by the line, and kept aside before it is folded away', () => {
    fill(40, 40)
    const [, row] = cellsOf('journal')
    row![0] = row![0]!.replace('ada7@', 'eve7@').replace('ada9@', 'eve9@')
    const store = openStore(book.host)
    expect(store.damaged).toBe(2)
    expect(valuesOf(store, 40).length).toBe(38)
    store.append(entries(40, 500))
    store.fold()
    expect(countDamaged(book.host)).toBe(2)
    expect(cellsOf('damaged')[0]![0]).toContain('eve7@')
    expect(valuesOf(openStore(book.host), 540).length).toBe(538)
    expect(storeTrouble(book.host)).toBeUndefined()
  })

  test('in the index is not written over before it is kept aside', () => {
    fill(500)
    const row = cellsOf('index').findIndex((cells) => cells[0])
    cellsOf('index')[row]![0] = cellsOf('index')[row]![0]!.replace('@everyone', '@evil')
    const store = openStore(book.host)
    expect(valuesOf(store, 500).length).toBe(499)
    expect(store.damaged).toBe(1)
    store.append(entries(500, 5000))
    store.fold()
    expect(cellsOf('damaged').map(([cell]) => cell)).toEqual([expect.stringContaining('@evil')])
    expect(countDamaged(book.host)).toBe(1)
  })

  test('a row or lines that somebody took out of the journal are noticed', () => {
    fill(3, 1)
    cellsOf('journal').splice(2, 1)
    expect(storeTrouble(book.host)).toMatchObject({ state: 'restored' })
    // Not noted yet, because the execution died: the numbers of the rows tell.
    changeMark({ rows: 1 })
    expect(storeTrouble(book.host)).toBeUndefined()
    expect(() => openStore(book.host)).toThrow('stored answers are missing')
    book = fakeBook()
    fill(3)
    const row = cellsOf('journal')[1]!
    row[0] = row[0]!.split('\n').slice(0, -1).join('\n')
    expect(openStore(book.host).damaged).toBe(1)
  })
})

describe('an index whose rows somebody moved', () => {
  const filled = () => cellsOf('index').flatMap(([first], row) => (first ? [`${row} ${first}`] : []))
  const changes: readonly (readonly [string, (cells: string[][]) => void])[] = [
    [
      'by taking out an empty one',
      (cells) =>
        void cells.splice(
          cells.findIndex(([first]) => !first),
          1,
        ),
    ],
    ['by sorting them', (cells) => void cells.sort(([one], [other]) => Number(!one) - Number(!other))],
    ['by putting some above them', (cells) => void cells.unshift(...Array.from({ length: 90 }, () => ['']))],
  ]
  test.each(changes)('%s is read, and folded where its entries belong', (_, change) => {
    foldSome(40)
    const before = filled()
    change(cellsOf('index'))
    keepStore(book.host)
    expect(storeTrouble(book.host)).toBeUndefined()
    const store = openStore(book.host)
    expect(valuesOf(store, 40)).toEqual(allOf(40))
    store.fold()
    expect(filled()).toEqual(before)
    expect(markOf()).toMatchObject({ indexed: 40 })
    for (const at of [0, 7, 39]) expect(openStore(book.host).answers([answerOf(at).question])).toHaveLength(1)
  })
})

describe('a store of version 1', () => {
  const SECRET = 'secret-of-version-1'
  const make = (journal: readonly number[], index: readonly number[]) => {
    book.properties.set('store-secret', SECRET)
    const tab = (name: string, cells: string[][]) =>
      book.tabs.set(`_enrich_${name}`, { cells, rows: 5000, columns: 1, hidden: true })
    // As the product wrote it before rows had headings: one sealed entry a row, one sealed list a cell.
    tab(
      'journal',
      journal.map((at) => [seal(SECRET, JSON.stringify(entryOf(at)))]),
    )
    const cells: string[][] = Array.from({ length: 4096 }, () => [''])
    for (const at of index) {
      const answer = answerOf(at)
      const row = parseInt(answer.question.slice(-32, -24), 16) % 4096
      cells[row] = [seal(SECRET, JSON.stringify([answer]))]
    }
    tab('index', cells)
  }

  test('is read as it is, and folded into the present version', () => {
    make([0, 1, 2], [3, 4, 5])
    expect(storeTrouble(book.host)).toBeUndefined()
    expect(valuesOf(openStore(book.host), 6)).toEqual(allOf(6))
    const store = openStore(book.host)
    store.append(entries(6, 600))
    store.fold()
    expect(valuesOf(openStore(book.host), 606)).toEqual(allOf(606))
    expect(cellsOf('journal')[0]![0]).toContain('"file":"file-1"')
    expect(storeTrouble(book.host)).toBeUndefined()
  })

  test('is a copy when its secret is missing', () => {
    make([0, 1], [2])
    book.properties.clear()
    expect(storeTrouble(book.host)).toMatchObject({ state: 'copied' })
    keepStore(book.host)
    expect(valuesOf(openStore(book.host), 3)).toEqual(allOf(3))
  })
})

describe('a newer version', () => {
  const newerRow = (tab: string) => {
    const cells = cellsOf(tab)
    const at = cells.findIndex(([cell]) => cell)
    cells[at]![0] = seal(book.properties.get('store-secret')!, '{"k":"row","v":3,"lines":0}')
  }
  test.each<readonly [string, () => void]>([
    ['in the mark', () => changeMark({ version: 2 })],
    ['in the first row of the journal', () => newerRow('journal')],
    ['in the index', () => newerRow('index')],
    ['in the record of the run', () => book.properties.set('run', '{"version":99}')],
  ])('%s is refused and left untouched', (_, change) => {
    fill(600)
    change()
    const before = image()
    expect(() => openStore(book.host).answers(idsOf(600))).toThrow(NEWER_WORDS)
    if (storeTrouble(book.host)) {
      expect(() => keepStore(book.host)).toThrow(NEWER_WORDS)
      expect(() => clearStore(book.host)).toThrow(NEWER_WORDS)
    }
    expect(image()).toBe(before)
  })
})

describe('copies and restores', () => {
  const copy = (properties: 'follow' | 'stay') => {
    book.file = 'file-2'
    if (properties === 'stay') book.properties.clear()
  }
  test.each(['follow', 'stay'] as const)('a copy whose properties %s is noticed and can be kept', (properties) => {
    fill(620, 310)
    copy(properties)
    expect(storeTrouble(book.host)).toMatchObject({ state: 'copied' })
    expect(() => openStore(book.host)).toThrow('This file is a copy')
    expect(keepStore(book.host).text).toBe('620 stored entries are kept.')
    expect(storeTrouble(book.host)).toBeUndefined()
    expect(valuesOf(openStore(book.host), 620)).toEqual(allOf(620))
    const store = openStore(book.host)
    store.append(entries(620, 500))
    store.fold()
    expect(valuesOf(openStore(book.host), 1120)).toEqual(allOf(1120))
  })

  test.each(['follow', 'stay'] as const)('a copy whose properties %s can be cleared', (properties) => {
    fill(620, 310)
    const secret = book.properties.get('store-secret')
    copy(properties)
    clearStore(book.host)
    expect(storeTrouble(book.host)).toBeUndefined()
    expect(valuesOf(openStore(book.host), 620)).toEqual([])
    expect(book.properties.get('store-secret')).not.toBe(secret)
    fill(3)
    expect(valuesOf(openStore(book.host), 3)).toEqual(allOf(3))
    expect(storeTrouble(book.host)).toBeUndefined()
  })

  test.each(['follow', 'stay'] as const)('keeping a copy whose properties %s can be killed at every call', (how) => {
    const prepare = remembering(() => {
      foldSome(40)
      openStore(book.host).append(entries(40, 20))
      copy(how)
    })
    prepare()
    const start = book.calls.length
    keepStore(book.host)
    const steps = book.calls.length - start
    for (let nth = 1; nth <= steps; nth++) {
      prepare()
      book.killAt(nth)
      expect(() => keepStore(book.host)).toThrow(Killed)
      book.killAt(Infinity)
      if (storeTrouble(book.host)) keepStore(book.host)
      expect(storeTrouble(book.host)).toBeUndefined()
      expect(openStore(book.host).damaged).toBe(0)
      expect(valuesOf(openStore(book.host), 60)).toEqual(allOf(60))
    }
  })

  test.each<readonly [string, (old: Map<string, string[][]>) => void]>([
    ['an older version of the tabs', (old) => old.forEach((cells, name) => (book.tabs.get(name)!.cells = cells))],
    ['the last row undone', () => cellsOf('journal').splice(2, 1)],
    ['a deleted journal', () => book.tabs.delete('_enrich_journal')],
    ['a deleted index', () => book.tabs.delete('_enrich_index')],
    ['a shortened index', () => (book.tabs.get('_enrich_index')!.cells = cellsOf('index').slice(0, 4000))],
    ['lost properties', () => book.properties.delete('store')],
    ['a lost secret', () => book.properties.delete('store-secret')],
    ['a damaged record of the run', () => book.properties.set('run', '{"version":2')],
  ])('%s stops the spending until somebody keeps what is left', (_, change) => {
    fill(510, 510)
    const old = new Map([...book.tabs].map(([name, tab]) => [name, tab.cells.map((cells) => [...cells])] as const))
    fill(530, 530)
    fill(20, 10)
    change(old)
    expect(storeTrouble(book.host)).toMatchObject({ state: 'restored' })
    expect(() => openStore(book.host)).toThrow('Nothing is spent until you choose')
    const readable = new Set(valuesOf(peekStore(book.host), 530))
    keepStore(book.host)
    expect(storeTrouble(book.host)).toBeUndefined()
    expect(new Set(valuesOf(openStore(book.host), 530))).toEqual(readable)
  })
})

test.each([1_000, 10_000, 100_000])(
  'a fold at %i entries costs the same calls',
  (count) => {
    fill(count, 25_000)
    const store = openStore(book.host)
    store.append(entries(count, 5_000))
    book.calls.length = 0
    store.fold()
    const calls = book.calls.length
    const chars = cellsOf('index').reduce((sum, cells) => sum + cells.join('').length, 0)
    const perThousand = Math.round(chars / (count + 5_000))
    expect(calls).toBeLessThanOrEqual(40)
    expect(perThousand).toBeLessThan(400)
    book.calls.length = 0
    openStore(book.host).answers(idsOf(300))
    expect(book.calls.length).toBeLessThanOrEqual(25)
  },
  120_000,
)
