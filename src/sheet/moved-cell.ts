import type { CellRead } from './grid'

/** A cell in another row: a formula that looks at its own row looks at it in the new place too. */
export function moveCell<C extends CellRead>(cell: C, from: number, to: number): C {
  if (!cell.formula || from === to) return cell
  const exact = moveFormula(String(cell.exact), from, to)
  return { ...cell, exact, text: cell.text === cell.exact ? exact : cell.text }
}

/** A formula of one row as it reads in another. */
export function moveFormula(formula: string, from: number, to: number): string {
  if (from === to) return formula
  return formula.replace(
    /"[^"]*"|(?<![A-Za-z0-9_!.])(\$?[A-Z]{1,3})(\d+)(?![\d(A-Za-z_])/g,
    (whole, column?: string, row?: string) => (column && Number(row) === from + 1 ? `${column}${to + 1}` : whole),
  )
}
