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
