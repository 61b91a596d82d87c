import { readFileSync } from 'node:fs'
import path from 'node:path'
import facts from '../appsscript/facts.json'
import type { FactName } from './promises'

/** The open questions in the order of facts.json. */
export const FACT_NAMES = Object.keys(facts) as readonly FactName[]

/** The script that a person pastes into a sheet, with the names of today's open questions in it. */
export function liveCheckScript(): string {
  const script = readFileSync(path.resolve('workbench/livecheck/script.gs'), 'utf8')
  return script.replace('%FACTS%', FACT_NAMES.join(' '))
}
