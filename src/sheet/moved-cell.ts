import { columnIndex, columnLetter } from './a1'
import type { CellRead } from './grid'

/** A cell in another row: a formula that looks at its own row looks at it in the new place too. */
export function moveCell<C extends CellRead>(cell: C, from: number, to: number): C {
  if (!cell.formula || from === to) return cell
  const exact = moveFormula(String(cell.exact), from, to)
  return { ...cell, exact, text: cell.text === cell.exact ? exact : cell.text }
}

// Texts, cells of other tabs, and the names of tabs stay; what is left refers to a cell of this one.
const REFERENCES =
  /"[^"]*"|(?:'[^']*'|[\w.]+)![$A-Z0-9:]+|'[^']*'|(?<![A-Za-z0-9_.])(\$?[A-Z]{1,3})(\d+)(?![\d(A-Za-z_])/g

/** A formula of one row as it reads in another. */
export function moveFormula(formula: string, from: number, to: number): string {
  if (from === to) return formula
  return formula.replace(REFERENCES, (whole, column?: string, row?: string) =>
    column && Number(row) === from + 1 ? `${column}${to + 1}` : whole,
  )
}

// The same for columns: that of a cell, or of one end of whole columns.
const COLUMNS =
  /"[^"]*"|(?:'[^']*'|[\w.]+)![$A-Z0-9:]+|'[^']*'|(?<![\w.]|[\w.]\$)([A-Z]{1,3})(?=\$?\d+(?![\w(])|:\$?[A-Z]{1,3}(?![\w(]))|(?<=[A-Z]:\$?)([A-Z]{1,3})(?![\w(])/g

/** A cell whose formula looks at columns where they are now, by where they were. */
export function followColumns<C extends CellRead>(cell: C, places: ReadonlyMap<number, number>): C {
  if (!cell.formula || [...places].every(([was, now]) => was === now)) return cell
  const exact = String(cell.exact).replace(
    COLUMNS,
    (whole: string, column?: string, end: string | undefined = column) => {
      const now = end === undefined ? undefined : places.get(columnIndex(end))
      return now === undefined ? whole : columnLetter(now)
    },
  )
  return { ...cell, exact, text: cell.text === cell.exact ? exact : cell.text }
}
