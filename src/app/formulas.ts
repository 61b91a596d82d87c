import type { FormulaName } from '../domain/formula-help'
import { CLEAN_FORMULAS } from './clean-formulas'
import { FIND_FORMULAS } from './find-formulas'
import type { FormulaInput, FormulaOutput, RunFormula } from './formula'
import type { Host } from './host'
import { isException } from './insist'

const FORMULAS: { readonly [N in FormulaName]: RunFormula } = { ...FIND_FORMULAS, ...CLEAN_FORMULAS }

/** Runs a custom function by name. A single cell that fails throws a text with the next step, so that IFERROR works. */
export function runFormula(host: Host, name: string, args: readonly FormulaInput[]): FormulaOutput {
  const formula = (FORMULAS as { readonly [name: string]: RunFormula })[name]
  if (!formula) throw new Error(`There is no function ${name}.`)
  try {
    return formula(lookedAtOnce(host), args)
  } catch (error) {
    // A service of Google that fails says so in words that are not for a cell.
    if (isException(error)) throw new Error('Google did not answer. Reload the file to try again.')
    throw error
  }
}

// All properties cost one call, and so does each: what is asked again under the lock is refreshed there.
function lookedAtOnce(host: Host): Host {
  const document = { ...host.document, get: (key: string) => host.document.peek(key) }
  return Object.create(host, { document: { value: document } }) as Host
}
