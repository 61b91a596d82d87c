import { Family, Given, Sign } from './compare'
import type { Evidence } from './evidence'
import type { Records } from './normalise'
import type { Scorer, Veto } from './score'

/** Why two records are taken for the same, or not. */
export interface Explanation {
  /** For reading: `same LinkedIn profile, Bob is a nickname of Robert, surname rare here; phone differs`. */
  readonly why: string
  /** How much each piece of evidence says, in bits: above 0 for, below 0 against. Strongest first. */
  readonly bars: readonly Bar[]
}

/** One piece of evidence. */
export interface Bar {
  readonly evidence: Evidence
  readonly bits: number
}

/** From so many bits above the usual on, a shared value is called rare. */
const RARE = 11

/** Explains the pair of records that a scorer scores. */
export function explain(records: Records, scorer: Scorer, [a, b]: readonly [number, number]): Explanation {
  scorer.score(Math.min(a, b), Math.max(a, b))
  const { evidence, levels, signs } = scorer.comparer
  const found = evidence
    .flatMap((kind, at) => (levels[at] === 0 ? [] : [{ evidence: kind, level: levels[at]!, bits: scorer.bits[at]! }]))
    .sort((x, y) => y.bits - x.bits)
  const pro = found.filter(({ evidence: kind, level }) => !isDifference(kind, level))
  const contra = found.filter(({ evidence: kind, level }) => isDifference(kind, level))
  const tell = (one: { readonly evidence: Evidence; readonly level: number; readonly bits: number }) =>
    tellName(records, one, { a, b, isCrossed: (signs & Sign.crossed) !== 0 }) ?? WORDS[one.evidence][one.level - 1]!
  const against = [...(scorer.veto ? [VETOES[scorer.veto]] : []), ...contra.map(tell)]
  const swapped = (signs & Sign.crossed) === 0 ? [] : ['first and last name swapped']
  const parts = [[...pro.map(tell), ...swapped].join(', '), [...new Set(against)].join(', ')].filter(
    (part) => part !== '',
  )
  return {
    why: parts.join('; '),
    bars: found.map(({ evidence: kind, bits }) => ({ evidence: kind, bits: Math.round(bits * 10) / 10 })),
  }
}

function isDifference(evidence: Evidence, level: number): boolean {
  return level === WORDS[evidence].length
}

// Names are told by their letters: a person wants to see which.
function tellName(
  { names }: Records,
  { evidence, level, bits }: { readonly evidence: Evidence; readonly level: number; readonly bits: number },
  { a, b, isCrossed }: { readonly a: number; readonly b: number; readonly isCrossed: boolean },
): string | undefined {
  if (!names || (evidence !== 'given_name' && evidence !== 'family_name')) return undefined
  if (level === 1) return `${WORDS[evidence][0]!}${bits >= RARE ? ', rare here' : ''}`
  if (isCrossed) return undefined
  const ids = evidence === 'given_name' ? names.given : names.family
  const [own, other] = [names.parts[ids[a]!]!, names.parts[ids[b]!]!]
  const [one, two] = [own, other].map(({ text }) => capitalize(text))
  if (evidence === 'given_name' && level === Given.nickname) {
    if (other.formal.indexOf(own.text) > 0) return `${two} is a nickname of ${one}`
    if (own.formal.indexOf(other.text) > 0) return `${one} is a nickname of ${two}`
    return `${one} and ${two} may be one name`
  }
  if (evidence === 'family_name' && level === Family.part && names.former[a]! + names.former[b]! > -2)
    return `mailbox or profile made from the other surname (${one}, ${two})`
  return `${WORDS[evidence][level - 1]!} (${one}, ${two})`
}

function capitalize(text: string): string {
  return text.replace(/(?<!\S)\S/g, (letter) => letter.toUpperCase())
}

// One text a level of `levelsOf`, in its order; the last one is the difference.
const WORDS: { readonly [evidence in Evidence]: readonly string[] } = {
  given_name: ['same first name', 'one first name', 'initial fits', 'first names alike', 'first names differ'],
  family_name: ['same surname', 'surnames alike', 'surnames share a part', 'surnames sound alike', 'surnames differ'],
  email: ['same email', 'same mailbox name elsewhere', 'emails alike', 'email differs'],
  phone: ['same phone', 'phone one digit off', 'phone differs'],
  linkedin: ['same LinkedIn profile', 'LinkedIn profile differs'],
  organisation: ['same company', 'companies alike', 'company differs'],
  company: [
    'same name',
    'names alike',
    'one name within the other',
    'names similar',
    'names share a word',
    'names differ',
  ],
  domain: ['same website', 'website differs'],
  birth_date: ['same date of birth', 'date of birth one digit off', 'dates of birth near', 'date of birth differs'],
  id: ['same number', 'number one digit off', 'numbers near', 'number differs'],
  postcode: ['same postcode', 'postcode one digit off', 'postcodes near', 'postcode differs'],
  address: ['same address', 'addresses alike', 'other number in the street', 'addresses similar', 'address differs'],
  city: ['same city', 'cities alike', 'cities similar', 'city differs'],
  text: ['same details', 'details alike', 'details similar', 'details differ'],
}

const VETOES: { readonly [veto in Veto]: string } = {
  generations: 'Jr, Sr or numeral of the name differ',
  'other generation': 'only one is called Jr, Sr or III',
  'numbered mailboxes': 'one company, mailboxes told apart by a number or Jr',
  'other profile': 'different LinkedIn profiles',
  'other first name': 'probably two people of one company or family',
  'other surname': 'probably two people of one company',
  'shared mailbox': 'a mailbox that two people may share',
  'nobody named': 'no name of a person in one of them',
  'other middle name': 'middle names differ',
  'other place': 'another place, as branches have',
  'one house': 'one house and switchboard may serve several companies',
}
