import { columnIndex, columnLetters, parseA1 } from './a1'
import type { Area } from './sheet-store'

/** An argument of a formula: a literal, or an area of a tab (the formula's own when unnamed). */
export type FormulaArgument =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | undefined }
  | { readonly kind: 'area'; readonly tab: string | undefined; readonly area: Area; readonly single: boolean }

/** A formula that is one call with literal, cell or range arguments. */
export interface FormulaCall {
  readonly name: string
  readonly args: readonly FormulaArgument[]
}

const TOKENS = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[^,;"']+|[,;]/g

function splitArguments(text: string): readonly string[] {
  if (text.trim() === '') return []
  const parts = ['']
  for (const token of text.match(TOKENS) ?? []) {
    if (token === ',' || token === ';') parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.map((part) => part.trim())
}

function parseArgument(
  text: string,
  size: { readonly rows: number; readonly columns: number },
): FormulaArgument | undefined {
  if (text === '') return { kind: 'literal', value: undefined }
  if (/^"(?:[^"]|"")*"$/.test(text)) return { kind: 'literal', value: text.slice(1, -1).replace(/""/g, '"') }
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return { kind: 'literal', value: Number(text) }
  if (/^(?:true|false)$/i.test(text)) return { kind: 'literal', value: text.toLowerCase() === 'true' }
  const reference = /^(?:(?:'((?:[^']|'')*)'|([^'!]+))!)?([^!]+)$/.exec(text)
  const area = reference?.[3] === undefined ? undefined : parseA1(reference[3], size)
  if (!reference || !area) return undefined
  const tab = reference[1]?.replace(/''/g, "'") ?? reference[2]
  return { kind: 'area', tab, area, single: !reference[3]!.includes(':') }
}

/** Reads `=NAME(A2, "text", B2:C9)`; undefined for every formula that is more than one such call. */
export function parseFormulaCall(
  formula: string,
  size: { readonly rows: number; readonly columns: number },
): FormulaCall | undefined {
  const match = /^=\s*([A-Za-z_][\w.]*)\s*\((.*)\)\s*$/s.exec(formula)
  if (!match || /[()]/.test(match[2]!.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, ''))) return undefined
  const args = splitArguments(match[2]!).map((part) => parseArgument(part, size))
  if (args.some((arg) => arg === undefined)) return undefined
  return { name: match[1]!.toUpperCase(), args: args as readonly FormulaArgument[] }
}

// Texts and names of tabs, and what refers to a cell.
const REFERENCES = /"(?:[^"]|"")*"|'(?:[^']|'')*'!|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d*)(?![\w(])/g

/** Moves the references of a formula as inserting (`count` > 0) or deleting rows or columns at `at` does. */
export function shiftFormula(
  formula: string,
  shift: { readonly axis: 'row' | 'column'; readonly at: number; readonly count: number },
): string {
  return formula.replace(
    REFERENCES,
    (text: string, columnLock: string | undefined, letters: string, rowLock: string, digits: string) => {
      if (columnLock === undefined) return text
      const index = shift.axis === 'row' ? Number(digits) - 1 : columnIndex(letters)
      if (index < shift.at) return text
      if (shift.count < 0 && index < shift.at - shift.count) return '#REF!'
      const moved = index + shift.count
      return shift.axis === 'row'
        ? `${columnLock}${letters}${rowLock}${String(moved + 1)}`
        : `${columnLock}${columnLetters(moved)}${rowLock}${digits}`
    },
  )
}

/** A formula as it reads when a sort puts its row so many rows further down: what it refers to without `$` moves along. */
export function carryFormula(formula: string, rows: number): string {
  return formula.replace(
    REFERENCES,
    (text: string, columnLock: string | undefined, letters: string, rowLock: string, digits: string) => {
      if (columnLock === undefined || rowLock === '$') return text
      const row = Number(digits) + rows
      return row < 1 ? '#REF!' : `${columnLock}${letters}${String(row)}`
    },
  )
}
