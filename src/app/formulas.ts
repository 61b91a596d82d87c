import { CLEAN_FORMULAS } from './clean-formulas'
import { FIND_FORMULAS } from './find-formulas'
import type { Formula, FormulaInput, FormulaOutput } from './formula'
import type { Host } from './host'

/** Every custom function of the add-on. All begin with ENRICH, so that they do not collide with other add-ons. */
export const FORMULAS: readonly Formula[] = [...FIND_FORMULAS, ...CLEAN_FORMULAS]

/** Runs a custom function by name. A single cell that fails throws a text with the next step, so that IFERROR works. */
export function runFormula(host: Host, name: string, args: readonly FormulaInput[]): FormulaOutput {
  const formula = FORMULAS.find((one) => one.name === name)
  if (!formula) throw new Error(`There is no function ${name}.`)
  return formula.run(host, args)
}
