import fc from 'fast-check'
import { makeContacts } from '../../bench/lists/contacts'
import { linkLists } from '../../src/matching/link'
import type { Link } from '../../src/matching/link'
import type { List } from '../../src/matching/list'
import { CONTACT, DIFFERENT, DUPLICATES } from './tricky-pairs'

function link(list: List, own: number): readonly Link[] {
  const steps = linkLists(list, own)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value.links
}

const EVERY_CELL = 'every compared cell is the same'
const contact = (rows: readonly (readonly string[])[]): List => ({ about: 'contact', kinds: CONTACT, rows })
const ADA = ['Ada', 'Nowak', 'ada.nowak@kranich.example', '', '', 'Kranich', '']
const BOB = ['Bob', 'Smitherson', 'r.smitherson@acme.example', '', '', 'Acme', '']
const ROB = ['Robert', 'Smitherson', 'r.smitherson@acme.example', '', '', 'Acme Inc', '']
const NIA = ['Nia', 'Okafor', 'nia@harbour.example', '', '', 'Harbour', '']

describe('rows of one list in another', () => {
  const told = (own: readonly (readonly string[])[], other: readonly (readonly string[])[]) =>
    link(contact([...own, ...other]), own.length).map(({ row, like, pile, why }) => [row, like - own.length, pile, why])

  it.each<[string, string[][], string[][], unknown[]]>([
    ['the same cells', [NIA, ADA], [BOB, ADA], [[1, 1, 'sure', EVERY_CELL]]],
    ['a nickname and the same mailbox', [BOB], [NIA, ROB], [[0, 1, 'sure', expect.stringMatching(/same email/)]]],
    ['duplicates among the own rows alone', [BOB, ROB, ADA, ADA], [NIA], []],
    ['duplicates in the other list alone', [NIA], [BOB, ROB, ADA, ADA], []],
    [
      'several own rows for one other',
      [BOB, ADA, BOB],
      [ROB],
      [0, 2].map((row) => [row, 0, 'sure', expect.stringMatching(/same email/)]),
    ],
    ['the likest of several others', [BOB], [ROB, BOB], [[0, 1, 'sure', EVERY_CELL]]],
    ['nothing in an empty list', [BOB], [], []],
    ['nothing for an empty list', [], [BOB], []],
    ['nothing for empty rows', [['', '', '', '', '', '', '']], [['', '', '', '', '', '', ''], BOB], []],
  ])('%s', (_, own, other, expected) => expect(told(own, other)).toEqual(expected))

  const background = makeContacts(200, 7).rows.map((row) => row.slice(0, 7))
  const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim())
  const pairs = [...DUPLICATES, ...DIFFERENT].filter(({ about }) => about === 'contact')
  const own = [...background.slice(0, 100), ...pairs.map(({ rows }) => cellsOf(rows[0]))]
  const other = [...pairs.map(({ rows }) => cellsOf(rows[1])), ...background.slice(100)]
  const links = link(contact([...own, ...other]), own.length)
  const linkOf = (at: number) => links.find(({ row }) => row === 100 + at)

  it.each(pairs.map((pair, at) => [pair.case, pair, at] as const))('%s', (_, pair, at) => {
    const found = linkOf(at)
    const isPair = found?.like === own.length + at
    if (DUPLICATES.includes(pair)) expect(isPair).toBe(true)
    else expect(isPair && found.pile === 'sure').toBe(false)
  })

  it('are told once each, each with a row of the other list, and with the search that shows them', () => {
    const rows = links.map(({ row }) => row)
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b))
    for (const { row, like, probability, shownFrom } of links) {
      expect([row < own.length, like >= own.length]).toEqual([true, true])
      const least = { strict: 0.9, balanced: 0.5, wide: 0.1 }[shownFrom]
      expect(probability).toBeGreaterThanOrEqual(least - 1e-9)
    }
  })

  it('are those that were planted, and for sure nobody else', () => {
    const list = makeContacts(320, 11)
    const found = link(list, 180)
    const sure = found.filter(({ pile }) => pile === 'sure')
    const wrong = sure.filter(({ row, like }) => list.entities[row] !== list.entities[like])
    expect(wrong).toEqual([])
    const there = new Set(list.entities.slice(180))
    const planted = [...list.entities.slice(0, 180).keys()].filter((row) => there.has(list.entities[row]!))
    const balanced = new Set(found.filter(({ shownFrom }) => shownFrom !== 'wide').map(({ row }) => row))
    expect(planted.length).toBeGreaterThan(15)
    expect(planted.filter((row) => balanced.has(row)).length).toBeGreaterThanOrEqual(planted.length * 0.9)
  })

  it('are the same for any order of either list', () => {
    const ownRows = [
      ...background.slice(0, 20),
      ...DUPLICATES.filter((one) => one.about === 'contact').map((one) => cellsOf(one.rows[0])),
    ]
    const others = [
      ...DUPLICATES.filter((one) => one.about === 'contact').map((one) => cellsOf(one.rows[1])),
      ...background.slice(20, 40),
    ]
    const told = (a: readonly number[], b: readonly number[]) =>
      link(contact([...a.map((row) => ownRows[row]!), ...b.map((row) => others[row]!)]), a.length)
        .map(({ row, like, pile, why }) => ({ row: a[row]!, like: others[b[like - a.length]!], pile, why }))
        .sort((x, y) => x.row - y.row)
    const all = (rows: readonly unknown[]) =>
      fc.shuffledSubarray([...rows.keys()], { minLength: rows.length, maxLength: rows.length })
    const straight = told([...ownRows.keys()], [...others.keys()])
    expect(straight.length).toBeGreaterThan(20)
    fc.assert(
      fc.property(all(ownRows), all(others), (a, b) => expect(told(a, b)).toEqual(straight)),
      { numRuns: 4 },
    )
  })
})
