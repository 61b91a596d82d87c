/** What two rows are compared by. */
export type Evidence =
  | 'given_name'
  | 'family_name'
  | 'email'
  | 'phone'
  | 'linkedin'
  | 'organisation'
  | 'company'
  | 'domain'
  | 'birth_date'
  | 'id'
  | 'postcode'
  | 'address'
  | 'city'
  | 'text'

/** How alike two values are, by a number within its evidence: 0 says nothing, 1 is equal, the last is different. */
export interface Level {
  readonly name: string
  /** How often it is seen when the rows are the same contact or company: where learning starts, and its bounds. */
  readonly same: number
  readonly least: number
  readonly most: number
  /** How often it is seen by chance, where the list is too short to tell. */
  readonly chance: number
}

/** The levels of each evidence, equal first and different last. */
export function levelsOf(evidence: Evidence): readonly Level[] {
  return LEVELS[evidence]
}

const level = (name: string, [same, least, most]: readonly [number, number, number], chance: number): Level => ({
  name,
  same,
  least,
  most,
  chance,
})

// Starting values and bounds: the studies that ../shared/matching.md 5.3 reports for contacts; those of company lists and
// of plain text by the same reckoning (typing errors of 5 to 15 % a field, a fifth of values changed over time).
const LEVELS: { readonly [evidence in Evidence]: readonly Level[] } = {
  given_name: [
    level('equal', [0.66, 0.45, 0.95], 0.006),
    level('nickname', [0.09, 0.002, 0.25], 0.003),
    level('initial', [0.06, 0.0005, 0.15], 0.01),
    level('close', [0.14, 0.02, 0.25], 0.005),
    level('different', [0.05, 0.01, 0.12], 0.976),
  ],
  family_name: [
    level('equal', [0.82, 0.6, 0.97], 0.001),
    level('close', [0.09, 0.02, 0.28], 0.001),
    level('part', [0.02, 0.001, 0.05], 0.0005),
    level('sounds alike', [0.02, 0.0005, 0.05], 0.002),
    level('different', [0.05, 0.01, 0.09], 0.9955),
  ],
  email: [
    level('equal', [0.72, 0.45, 0.95], 0.000002),
    level('same mailbox name', [0.08, 0.01, 0.2], 0.00002),
    level('close', [0.08, 0.01, 0.2], 0.00002),
    level('different', [0.12, 0.02, 0.22], 0.99996),
  ],
  phone: [
    level('equal', [0.6, 0.4, 0.9], 0.00001),
    level('one digit off', [0.05, 0.001, 0.1], 0.0001),
    level('different', [0.35, 0.08, 0.5], 0.9999),
  ],
  linkedin: [level('equal', [0.95, 0.9, 0.995], 0.000001), level('different', [0.05, 0.005, 0.1], 0.999999)],
  organisation: [
    level('equal', [0.85, 0.65, 0.96], 0.001),
    level('similar', [0.05, 0.02, 0.2], 0.002),
    level('different', [0.1, 0.02, 0.16], 0.997),
  ],
  company: [
    level('equal', [0.55, 0.3, 0.9], 0.0005),
    level('close', [0.12, 0.03, 0.3], 0.0005),
    level('contained', [0.15, 0.03, 0.3], 0.001),
    level('similar', [0.06, 0.01, 0.2], 0.002),
    level('shares a word', [0.04, 0.005, 0.1], 0.01),
    level('different', [0.08, 0.01, 0.2], 0.986),
  ],
  domain: [level('equal', [0.9, 0.7, 0.98], 0.0005), level('different', [0.1, 0.02, 0.3], 0.9995)],
  birth_date: [
    level('equal', [0.8, 0.4, 0.95], 0.0001),
    level('one digit off', [0.09, 0.01, 0.3], 0.002),
    level('near', [0.06, 0.01, 0.3], 0.02),
    level('different', [0.05, 0.01, 0.2], 0.978),
  ],
  id: [
    level('equal', [0.85, 0.5, 0.98], 0.000001),
    level('one digit off', [0.07, 0.005, 0.2], 0.00001),
    level('near', [0.03, 0.005, 0.1], 0.0002),
    level('different', [0.05, 0.01, 0.15], 0.9998),
  ],
  postcode: [
    level('equal', [0.78, 0.5, 0.95], 0.003),
    level('one digit off', [0.07, 0.01, 0.2], 0.01),
    level('near', [0.05, 0.005, 0.15], 0.1),
    level('different', [0.1, 0.02, 0.3], 0.887),
  ],
  address: [
    level('equal', [0.6, 0.3, 0.92], 0.0005),
    level('close', [0.2, 0.03, 0.35], 0.002),
    level('same street', [0.04, 0.005, 0.08], 0.005),
    level('similar', [0.04, 0.01, 0.15], 0.01),
    level('different', [0.12, 0.02, 0.3], 0.9825),
  ],
  city: [
    level('equal', [0.74, 0.45, 0.95], 0.03),
    level('close', [0.09, 0.01, 0.3], 0.003),
    level('similar', [0.03, 0.005, 0.15], 0.01),
    level('different', [0.14, 0.02, 0.3], 0.957),
  ],
  text: [
    level('equal', [0.6, 0.2, 0.95], 0.05),
    level('close', [0.08, 0.01, 0.25], 0.01),
    level('similar', [0.07, 0.01, 0.3], 0.04),
    level('different', [0.25, 0.02, 0.5], 0.9),
  ],
}
