import table from './facts.json'
import type { Facts } from './contract'

/** An open question about Google: unknown is simulated with the pessimistic answer, and with the other by request. */
export interface Fact {
  readonly answer: 'yes' | 'no' | 'unknown'
  readonly pessimistic: 'yes' | 'no'
  /** Whether the emulator behaves by it; the others only wait for the live check. */
  readonly simulated: 'yes' | 'no'
  readonly meaning: string
}

/** The questions that the emulator can be switched by. */
export type FactName = keyof typeof table

/** All open questions (platform.md section 11, safety S20) with what is known so far. */
function loadFacts(): { readonly [name in FactName]: Fact } {
  return table as { readonly [name in FactName]: Fact }
}

/**
 * The answers to play with: those given, else the known ones, else the pessimistic. Throws for a name that is unknown
 * or that changes nothing here.
 */
export function settleFacts(given: Facts = {}): { readonly [name in FactName]: 'yes' | 'no' } {
  const facts = loadFacts()
  const stray = Object.keys(given).find((name) => !(name in facts))
  if (stray !== undefined) throw new Error(`There is no fact ${stray} in facts.json`)
  const idle = Object.entries(facts).find(([name, fact]) => fact.simulated === 'no' && name in given)
  if (idle) throw new Error(`The emulator does not depend on the fact ${idle[0]}`)
  const settled = Object.entries(facts).map(([name, fact]) => {
    const known = fact.answer === 'unknown' ? fact.pessimistic : fact.answer
    return [name, given[name] ?? known] as const
  })
  return Object.fromEntries(settled) as { readonly [name in FactName]: 'yes' | 'no' }
}
