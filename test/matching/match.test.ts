import fc from 'fast-check'
import { makeContacts } from '../../bench/lists/contacts'
import { pairBudget } from '../../src/matching/block'
import type { List } from '../../src/matching/list'
import type { Cluster, Matches, Progress } from '../../src/matching/match'
import { findDuplicates } from '../../src/matching/match'
import type { TrickyPair } from './tricky-pairs'
import { COMPANY, CONTACT, DIFFERENT, DUPLICATES } from './tricky-pairs'

function search(list: List): { readonly matches: Matches; readonly progress: readonly Progress[] } {
  const steps = findDuplicates(list)
  const progress: Progress[] = []
  let step = steps.next()
  for (; !step.done; step = steps.next()) progress.push(step.value)
  return { matches: step.value, progress }
}

const rowsOf = ({ members }: Cluster) => members.map(({ row }) => row)
const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim())

describe('tricky pairs', () => {
  // They are judged inside a list, as they come to a person: what is rare is learnt there.
  const background = makeContacts(300, 7)
  const companies = background.rows.map((row, index) => [
    row[5]!,
    row[6]!,
    row[3]!,
    `${(index * 37) % 400} ${row[1]!} Street`,
    row[1]!.slice(0, 5),
  ])
  const pairs = [...DUPLICATES, ...DIFFERENT]
  const piles = new Map<TrickyPair, 'sure' | 'review' | 'apart'>()

  beforeAll(() => {
    for (const about of ['contact', 'company'] as const) {
      const own = pairs.filter((pair) => pair.about === about)
      const before = about === 'contact' ? background.rows.map((row) => row.slice(0, 7)) : companies
      const kinds = about === 'contact' ? CONTACT : COMPANY
      const rows = [...before, ...own.flatMap((pair) => pair.rows.map(cellsOf))]
      const { clusters } = search({ about, kinds, rows }).matches
      own.forEach((pair, index) => {
        const first = before.length + 2 * index
        const found = clusters.find((cluster) => rowsOf(cluster).includes(first))
        piles.set(pair, found && rowsOf(found).includes(first + 1) ? found.pile : 'apart')
      })
    }
  })

  it('are at least sixty', () => expect(pairs.length).toBeGreaterThanOrEqual(60))

  it.each(DUPLICATES.map((pair) => [pair.case, pair] as const))('%s: found', (_, pair) => {
    expect(piles.get(pair)).not.toBe('apart')
  })

  it.each(DIFFERENT.map((pair) => [pair.case, pair] as const))('%s: not sure', (_, pair) => {
    expect(piles.get(pair)).not.toBe('sure')
  })

  it('puts few pairs that are different before a person', () => {
    expect(DIFFERENT.filter((pair) => piles.get(pair) === 'review').length).toBeLessThanOrEqual(6)
  })
})

describe('a search', () => {
  const contacts = makeContacts(250, 3)
  const { matches, progress } = search(contacts)

  it('finds what was planted and merges nobody else for sure', () => {
    const entity = (row: number) => contacts.entities[row]
    const sure = matches.clusters.filter(({ pile }) => pile === 'sure')
    expect(sure.length).toBeGreaterThan(10)
    for (const cluster of sure) expect(new Set(rowsOf(cluster).map(entity)).size).toBe(1)
  })

  it('gives each row once, clusters and rows in order, each row likest to another of its cluster', () => {
    const all = matches.clusters.flatMap(rowsOf)
    expect(new Set(all).size).toBe(all.length)
    for (const cluster of matches.clusters) {
      const rows = rowsOf(cluster)
      expect(rows.length).toBeGreaterThan(1)
      expect(rows).toEqual([...rows].sort((a, b) => a - b))
      for (const { row, like, probability, why } of cluster.members) {
        expect(rows).toContain(like)
        expect(like).not.toBe(row)
        expect(probability).toBeGreaterThanOrEqual(0.5)
        expect(why).toMatch(/^(same|every|one|\S.* (nickname|name|alike|fits|swapped))/)
      }
      for (const row of cluster.weakest.rows) expect(rows).toContain(row)
    }
  })

  it('tells how far it is, stage after stage', () => {
    const stages = [...new Set(progress.map(({ stage }) => stage))]
    expect(stages).toEqual(['sorting', 'learning', 'comparing', 'grouping'])
    for (const { done } of progress) expect(done >= 0 && done <= 1).toBe(true)
  })

  it('is the same for any order of rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...contacts.rows.keys()], { minLength: contacts.rows.length }), (order) => {
        const shuffled = search({ ...contacts, rows: order.map((row) => contacts.rows[row]!) }).matches
        const back = shuffled.clusters
          .map((cluster) => ({
            pile: cluster.pile,
            rows: rowsOf(cluster)
              .map((row) => order[row]!)
              .sort((a, b) => a - b),
          }))
          .sort((a, b) => a.rows[0]! - b.rows[0]!)
        expect(back).toEqual(matches.clusters.map((cluster) => ({ pile: cluster.pile, rows: rowsOf(cluster) })))
      }),
      { numRuns: 4 },
    )
  })

  it('of more rows than can be compared with all others stays within its budget, says so, and hangs on no order', () => {
    const list = makeContacts(2_050, 3, 'skewed')
    const last = list.rows.length - 1
    const found = search(list).matches
    const turned = search({ ...list, rows: [...list.rows].reverse() }).matches
    expect(found.comparisons).toBeGreaterThan(1_000)
    expect(found.comparisons).toBeLessThanOrEqual(pairBudget(list.rows.length))
    expect(found.skipped).not.toEqual([])
    for (const { largest, blocks } of found.skipped) expect([largest > 1, blocks > 0]).toEqual([true, true])
    const back = turned.clusters.map((cluster) => ({
      pile: cluster.pile,
      rows: rowsOf(cluster)
        .map((row) => last - row)
        .reverse(),
    }))
    expect(back.sort((a, b) => a.rows[0]! - b.rows[0]!)).toEqual(
      found.clusters.map((cluster) => ({ pile: cluster.pile, rows: rowsOf(cluster) })),
    )
    expect([turned.comparisons, turned.skipped]).toEqual([found.comparisons, found.skipped])
  })

  it('takes any cells', () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'Ada', 'ada@acme.example', '+1 212 5550100', 'in/ada', 'Acme Ltd'),
      fc.string(),
    )
    const rows = fc.array(fc.array(cell, { minLength: CONTACT.length, maxLength: CONTACT.length }), { maxLength: 12 })
    fc.assert(
      fc.property(rows, (list) => {
        const { clusters } = search({ about: 'contact', kinds: CONTACT, rows: list }).matches
        for (const cluster of clusters) expect(rowsOf(cluster).length).toBeGreaterThan(1)
      }),
      { numRuns: 25 },
    )
  })

  it('takes 20,000 copies of one row', () => {
    const rows = Array.from({ length: 20_000 }, () => ['Ada', 'Nowak', 'ada@acme.example', '', '', 'Acme', ''])
    const { clusters } = search({ about: 'contact', kinds: CONTACT, rows }).matches
    expect(clusters).toHaveLength(1)
    expect(clusters[0]!.members).toHaveLength(20_000)
    expect(clusters[0]!.members[0]!.why).toBe('every compared cell is the same')
  })

  it.each([[[]], [[['', '', '', '', '', '', '']]], [[['Ada', '', '', '', '', '', '']]]])(
    'finds nothing in %j',
    (rows) => {
      expect(search({ about: 'contact', kinds: CONTACT, rows }).matches.clusters).toEqual([])
    },
  )
})
