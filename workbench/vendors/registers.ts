import { type Company, companyOf } from './companies'
import { type Domain, fingerprint, NOTABLE, plain, type World } from './people'

/** A company as public registers hold it. */
export interface Registered {
  /** In capital letters, without the legal form. */
  readonly name: string
  readonly legalName: string
  readonly domain: Domain
  readonly company: Company
  /** The SIREN in France, an invented number elsewhere. */
  readonly number: string
  readonly lei: string
  readonly isClosed: boolean
  /** It objected to publication. */
  readonly isPartial: boolean
}

/** Every company of a world by name, and by the numbers that were given out so far. */
export interface Registers {
  /** The company of that name, then others whose names begin with it. */
  named(name: string): readonly Registered[]
  /** Undefined for a number that this run gave to nobody: numbers follow from names, not names from numbers. */
  numbered(number: string): Registered | undefined
  withLei(lei: string): Registered | undefined
}

// So that whoever asks has to choose by more than the name.
const NAMESAKES = ['holding', 'conseil', 'services'] as const

/**
 * Opens the registers of a world; French and world-wide ones give the same company the same numbers. A name has a company
 * and sometimes namesakes; some are closed, some objected to publication. SIREN begin with `000` and LEI with `EXMP`, which
 * nobody has, and have valid check digits.
 */
export function createRegisters(world: World): Registers {
  const byNumber = new Map<string, Registered>()
  const byLei = new Map<string, Registered>()

  const enter = (words: string): Registered | undefined => {
    const host = world.domainOfCompany(words)
    const domain = host === undefined ? undefined : world.domain(host)
    if (!domain || domain.name === NOTABLE.nobodyFound || domain.mail === 'missing') return undefined
    const company = companyOf(domain)
    const name = words.toUpperCase()
    const dice = (about: string): number => fingerprint(`register ${about} ${domain.name}`)
    const isFixed = domain.name === NOTABLE.everyoneFound
    const entry: Registered = {
      name,
      legalName: `${name} ${company.legalForm.toUpperCase()}`,
      domain,
      company,
      number: company.registration?.siren ?? `EX${String(dice('number') % 1_000_000).padStart(6, '0')}`,
      lei: leiOf(domain.name),
      isClosed: !isFixed && dice('closed') % 100 < 8,
      isPartial: !isFixed && dice('partial') % 100 < 6,
    }
    byNumber.set(entry.number, entry)
    byLei.set(entry.lei, entry)
    return entry
  }

  return {
    named(given) {
      // Words that are a legal form lead to no domain of their own.
      const words = plain(given.replace(/\./g, ''))
        .split(' ')
        .filter((word) => world.domainOfCompany(word) !== undefined)
        .join(' ')
      if (!words) return []
      const others = NAMESAKES.filter((suffix) => fingerprint(`namesake ${words} ${suffix}`) % 100 < 40)
      return [words, ...others.map((suffix) => `${words} ${suffix}`)].flatMap((each) => enter(each) ?? [])
    },
    numbered: (number) => byNumber.get(number),
    withLei: (lei) => byLei.get(lei),
  }
}

/** An LEI with valid check digits (ISO 17442) under a prefix that no issuer has, so that it is nobody's. */
function leiOf(name: string): string {
  const part = (about: string): string => fingerprint(`lei ${about} ${name}`).toString(36).padStart(7, '0').slice(-6)
  const stem = `EXMP00${part('first')}${part('second')}`.toUpperCase()
  const digits = [...`${stem}00`].map((sign) => parseInt(sign, 36)).join('')
  return stem + String(98n - (BigInt(digits) % 97n)).padStart(2, '0')
}
