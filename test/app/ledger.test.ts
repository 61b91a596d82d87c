import fc from 'fast-check'
import { hashText } from '../../src/domain/hash'
import type { Ledger } from '../../src/app/ledger'
import { callOf, readLedger, sumDays } from '../../src/app/ledger'
import { keepStore } from '../../src/app/keep-store'
import { openStore, peekStore } from '../../src/app/store'
import type { Call, Entry } from '../../src/app/stored'
import type { FakeBook } from './fake-book'
import { fakeBook } from './fake-book'

let book: FakeBook
beforeEach(() => {
  book = fakeBook()
})

const AT = Date.UTC(2026, 10, 22)
const DAY = 86_400_000
const questionOf = (index: number) => `production/hunter/email-finder/${hashText(`key ${index}`)}`
const requestOf = (index: number, at = AT): Call =>
  callOf({
    batch: { id: `run.1.${index}`, questions: [questionOf(index)] },
    by: 'ada',
    at,
    ms: 300,
    response: { status: 200, headers: {}, text: '' },
    answers: [{ question: questionOf(index), at, outcome: 'found', credits: 1 }],
  })
const requests = (from: number, count: number, at = AT) =>
  Array.from({ length: count }, (_, offset) => requestOf(from + offset, at))
// What is folded away and counted nowhere.
const PADDING = Array.from({ length: 500 }, (_, index): Entry => ({ k: 'release', batch: `p${index}`, at: AT }))
const ledger = (): Ledger => readLedger(book.host, peekStore(book.host).calls())
const idsOf = ({ calls }: Ledger) => calls.map(({ batch }) => batch)
const cellsOf = (tab: string) => book.tabs.get(`_enrich_${tab}`)!.cells

function fold(calls: readonly Call[]): void {
  const store = openStore(book.host)
  store.append([...calls, ...PADDING])
  store.fold()
}

test('holds a request with what came of it, and of the key a part of its hash alone', () => {
  const questions = [0, 1, 2, 3].map(questionOf)
  const call = callOf({
    batch: { id: 'run.2.7', questions },
    by: 'ada',
    at: AT,
    ms: 410,
    response: 'lost',
    answers: [
      { question: questions[0]!, at: AT, outcome: 'found', credits: 0.1 },
      { question: questions[1]!, at: AT, outcome: 'maybe_charged', credits: 0.2 },
      { question: questions[2]!, at: AT, outcome: 'pending', credits: 5, ticket: { id: 'secret-ticket', run: 'run' } },
    ],
  })
  expect(call).toEqual({
    k: 'call',
    batch: 'run.2.7',
    by: 'ada',
    place: 'production/hunter/email-finder',
    at: AT,
    ms: 410,
    status: 0,
    outcomes: { found: 1, maybe_charged: 1, pending: 1, again: 1 },
    credits: 0.1,
    maybe: 0.2,
    keys: questions.map((question) => question.split('/')[3]!.slice(0, 12)).join(' '),
  })
})

test('costs a wave no call of its own', () => {
  const store = openStore(book.host)
  store.append([requestOf(0)])
  book.calls.length = 0
  store.append([requestOf(1)])
  expect(book.calls).toEqual(['Range.setValues', 'SpreadsheetApp.flush'])
  expect(idsOf(ledger())).toEqual(['run.1.0', 'run.1.1'])
})

test('keeps every request once, in order, whatever is folded and wherever a fold is killed', () => {
  fold(requests(0, 30))
  openStore(book.host).append([...requests(30, 300), ...PADDING])
  const whole = idsOf(ledger())
  expect(whole).toEqual(requests(0, 330).map(({ batch }) => batch))
  let kills = 0
  for (let call = 1; ; call++) {
    book.killAt(call)
    try {
      openStore(book.host).fold()
    } catch {
      kills++
    }
    book.killAt(Infinity)
    expect(idsOf(ledger())).toEqual(whole)
    if (!cellsOf('journal').some(([cell]) => cell?.includes('"k":"call"'))) break
  }
  expect(kills).toBeGreaterThan(10)
  // What was asked between a killed fold and the next one is kept along with it.
  expect(cellsOf('ledger').length).toBe(2)
  expect(cellsOf('ledger')[1]!.filter(Boolean).length).toBe(2)
})

test('keeps what was asked after a fold was killed', () => {
  openStore(book.host).append([...requests(0, 5), ...PADDING])
  for (let call = 1; !book.tabs.has('_enrich_ledger') || cellsOf('ledger').length === 0; call++) {
    book.killAt(call)
    expect(() => openStore(book.host).fold()).toThrow()
    book.killAt(Infinity)
  }
  fold(requests(5, 5))
  expect(idsOf(ledger())).toEqual(requests(0, 10).map(({ batch }) => batch))
  expect(cellsOf('ledger').length).toBe(1)
})

test('becomes sums of a day when it is long, which are dropped after two years', () => {
  const sizes = [2_000, 6_000, 6_000, 5_999, 2, 500]
  let asked = 0
  for (const [index, size] of sizes.entries()) {
    fold(requests(asked, size, index === 0 ? AT - 800 * DAY : AT))
    asked += size
  }
  const { calls, days } = ledger()
  expect(calls.map(({ batch }) => batch)).toEqual(requests(14_000, asked - 14_000).map(({ batch }) => batch))
  expect(days).toEqual([
    {
      k: 'day',
      day: '2026-11-22',
      by: 'ada',
      place: 'production/hunter/email-finder',
      calls: 12_000,
      ms: 3_600_000,
      outcomes: { found: 12_000 },
      credits: 12_000,
      maybe: 0,
    },
  ])
})

test('sums of sums are the sums of all', () => {
  const call = fc.record({
    place: fc.constantFrom('a', 'b'),
    by: fc.constantFrom('x', 'y'),
    day: fc.nat(2),
    credits: fc.nat(9),
  })
  fc.assert(
    fc.property(fc.array(call), fc.nat(20), (calls, cut) => {
      const all = calls.map(({ day, ...one }, index) => ({ ...requestOf(index, AT + day * DAY), ...one }))
      expect(sumDays(all.slice(cut), sumDays(all.slice(0, cut)))).toEqual(sumDays(all))
    }),
  )
})

test('leaves out and counts what somebody changed', () => {
  fold(requests(0, 3))
  cellsOf('ledger')[0]![0] = cellsOf('ledger')[0]![0]!.replace('"credits":1', '"credits":0')
  const { calls, damaged } = ledger()
  expect([calls.length, damaged]).toEqual([2, 1])
})

test('a copy begins its own; a file whose older version was restored keeps it, with what was on its way', () => {
  const reserve: Entry = { k: 'reserve', batch: 'run.1.9', questions: [questionOf(9)], worst: 2, at: AT }
  fold(requests(0, 3))
  openStore(book.host).append([...requests(3, 1), reserve])
  const mark = book.properties.get('store')!
  book.properties.set('store', JSON.stringify({ ...JSON.parse(mark), rows: 9 }))
  keepStore(book.host)
  expect(ledger().calls.map(({ batch, maybe }) => [batch, maybe])).toEqual([
    ['run.1.0', 0],
    ['run.1.1', 0],
    ['run.1.2', 0],
    ['run.1.3', 0],
    ['run.1.9', 2],
  ])
  openStore(book.host).append(requests(20, 1))
  book.file = 'copy'
  keepStore(book.host)
  expect(ledger().calls).toEqual([])
})
