import type { CellRead, Grid } from './grid'

// Functions of Google Sheets whose result is an array as a rule (https://support.google.com/docs/table/25273), and ours
// when they are given a range.
const ARRAYS =
  /^=\s*(?:\{|.*\b(?:ARRAYFORMULA|ARRAY_CONSTRAIN|BYROW|BYCOL|CHOOSECOLS|CHOOSEROWS|FILTER|FLATTEN|FREQUENCY|GOOGLEFINANCE|GROWTH|HSTACK|IMPORTDATA|IMPORTFEED|IMPORTHTML|IMPORTRANGE|IMPORTXML|LINEST|LOGEST|MAKEARRAY|MAP|MINVERSE|MMULT|MUNIT|QUERY|RANDARRAY|SCAN|SEQUENCE|SORT|SORTN|SPLIT|TOCOL|TOROW|TRANSPOSE|TREND|UNIQUE|VSTACK|WRAPCOLS|WRAPROWS)\s*\(|\s*ENRICH\w*\(.*:)/i

/**
 * Marks the cells below a formula that fills a column: a blank of its result looks empty, and a value written there would
 * break the whole result (platform.md section 2). What it fills to the right cannot be told from what people typed beside
 * it.
 */
export function markSpills(grid: Grid): Grid {
  const filling = new Map<number, CellRead>()
  return grid.map((cells) => {
    // Most lists have no formula: their rows stay as they were read.
    if (filling.size === 0 && !cells.some(({ formula }) => formula)) return cells
    return cells.map((cell, column): CellRead => {
      if (cell.formula) {
        if (typeof cell.exact === 'string' && cell.text !== '#REF!' && ARRAYS.test(cell.exact))
          filling.set(column, cell)
        else filling.delete(column)
        return cell
      }
      const above = filling.get(column)
      if (!above) return cell
      if (cell.text !== '') return { ...cell, under: String(above.exact) }
      // Where it shows an error as a whole the cells below are free.
      return above.kind === 'error' ? cell : { ...cell, spill: true }
    })
  })
}
