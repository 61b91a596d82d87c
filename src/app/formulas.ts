import type { FormulaName } from '../domain/formula-help'
import { CLEAN_FORMULAS } from './clean-formulas'
import { FIND_FORMULAS } from './find-formulas'
import type { FormulaInput, FormulaOutput, RunFormula } from './formula'
import type { Host } from './host'

const FORMULAS: { readonly [N in FormulaName]: RunFormula } = { ...FIND_FORMULAS, ...CLEAN_FORMULAS }

/** Runs a custom function by name. A single cell that fails throws a text with the next step, so that IFERROR works. */
export function runFormula(host: Host, name: string, args: readonly FormulaInput[]): FormulaOutput {
  const formula = (FORMULAS as { readonly [name: string]: RunFormula })[name]
  if (!formula) throw new Error(`There is no function ${name}.`)
  return formula(host, args)
}
