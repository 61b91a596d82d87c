import { loadPlan, loadPlannedRows, savePlan } from '../../src/app/planned-rows'
import type { RunRow } from '../../src/app/planned-rows'
import { hashText } from '../../src/domain/hash'
import { fakeBook, PLAN } from './fake-book'

const ROWS = Array.from({ length: 4_000 }, (_, index): RunRow => ({
  base: hashText(`row ${index}`),
  inRun: true,
  planned: {},
}))

describe('a plan of several cells', () => {
  const cases: readonly (readonly [string, (cells: string[][]) => void, boolean])[] = [
    ['that nobody touched', () => undefined, true],
    ['of before its cells had places', (cells) => cells.forEach((row) => row.splice(2)), true],
    ['without one between the others', (cells) => void cells.splice(2, 1), false],
    ['without the last one', (cells) => void cells.pop(), false],
    ['in another order', (cells) => void cells.splice(2, 0, ...cells.splice(3, 1)), false],
    ['with one that somebody changed', (cells) => void (cells[2]![1] += ' '), false],
  ]
  test.each(cases)('%s is known by the places of its rows, or not at all', (_, change, isKnown) => {
    const book = fakeBook()
    const planFrom = savePlan(book.host, { plan: PLAN, rows: ROWS, searches: [] })
    const { cells } = book.tabs.get('_enrich_rows')!
    expect(cells.length).toBeGreaterThan(3)
    change(cells)
    expect(loadPlan(book.host, PLAN.id)?.rows).toEqual(isKnown ? ROWS : undefined)
    expect(loadPlannedRows(book.host, { id: PLAN.id, planFrom })).toEqual(isKnown ? ROWS : [])
  })
})
