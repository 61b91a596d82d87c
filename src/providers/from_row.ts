import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { local } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import type { OrderedStep } from '../domain/waterfall'
import { isListedDisposable } from '../normalize/disposable'
import { companyDomain } from '../normalize/domain'
import { emailDomain, emailLocal } from '../normalize/email'
import { isFreeMailDomain, isRoleMailbox } from '../normalize/free-mail'
import { splitPersonName } from '../normalize/person-name'
import { normalizePhone } from '../normalize/phone'
import { words } from '../normalize/text'
import { grade } from './confidence'
import { valuesOf } from './values'

const ROW: Vocabulary = {
  title: 'The row itself',
  // Names of mailboxes for functions; all else here is our judgement.
  source: 'https://www.rfc-editor.org/rfc/rfc2142',
  words: {
    two_names: { means: 'an address of a company is made of two names: given and family name', atMost: 0.65 },
    chosen_names: { means: 'the same at a public mail service, where people choose what they like', atMost: 0.5 },
    mail_domain: { means: 'the domain of an address that is no public mail service', atMost: 0.7 },
    throw_away: { means: 'the domain hands out throw-away mailboxes', atMost: 0.7 },
    function: {
      means: 'the mailbox of a function: below the threshold, so that a verifier is still asked whether it works',
      atMost: 0.4,
    },
    no_number: { means: 'a number that its country, by its code, does not have', atMost: 1 },
    numbering: { means: 'the country and the type that the digits of a number stand for', atMost: 0.65 },
  },
}

/** What the row tells by itself: names and domain of an address, country and type of a phone number. It calls nobody. */
export const fromRow: Provider = {
  id: 'from_row',
  name: 'The row itself',
  docs: 'https://www.rfc-editor.org/rfc/rfc2142',
  kind: 'public',
  hosts: [],
  limits: {},
  vocabularies: [ROW],
  operations: [
    local<'email'>({
      id: 'name_in_email',
      by: 'email',
      finds: ['first_name', 'last_name', 'full_name'],
      price: { credits: 0, charge: 'call' },
      answer: (keys) => keys.map(({ email }) => nameIn(email)),
    }),
    local<'email'>({
      id: 'domain_in_email',
      by: 'email',
      finds: ['domain'],
      price: { credits: 0, charge: 'call' },
      answer: (keys) => keys.map(({ email }) => domainIn(email)),
    }),
    local<'email'>({
      id: 'kind_of_email',
      by: 'email',
      finds: ['email_status'],
      price: { credits: 0, charge: 'call' },
      answer: (keys) => keys.map(({ email }) => kindOf(email)),
    }),
    local<'phone'>({
      id: 'country_of_phone',
      by: 'phone',
      finds: ['country', 'phone_type'],
      price: { credits: 0, charge: 'call' },
      answer: (keys) => keys.map(({ phone }) => numbering(phone)),
    }),
  ],
}

/**
 * Tells which numbers nobody can have, for certain: a step that goes before those that cost, where numbers are checked.
 */
export const numberingPlan: OrderedStep = {
  reason: 'Free.',
  provider: fromRow,
  operation: local<'phone'>({
    id: 'impossible_phone',
    by: 'phone',
    finds: ['phone_type'],
    price: { credits: 0, charge: 'call' },
    answer: (keys) =>
      keys.map(({ phone }) =>
        normalizePhone(phone) ? NOT_FOUND : found(valuesOf({ phone_type: 'invalid' }, grade(ROW, 'no_number', 100))),
      ),
  }),
}

// Two words with a dot or a line between them, as in ada.nowak@ and jean-paul_nowak@; anything else may be anything.
const TWO_NAMES = /^([a-z]{2,}(?:-[a-z]{2,})?)[._]([a-z]{2,}(?:-[a-z]{2,})?)$/

function nameIn(email: string): Outcome {
  const domain = emailDomain(email)
  const local = emailLocal(email)?.replace(/\+.*$/, '') ?? ''
  const [, first = '', last = ''] = TWO_NAMES.exec(local) ?? []
  if (!domain || !first || isListedDisposable(domain) || isRoleMailbox(local)) return NOT_FOUND
  if ([...first.split('-'), ...last.split('-')].some(isNoName)) return NOT_FOUND
  const name = splitPersonName(`${first} ${last}`)
  // A title or a degree was one of the two words.
  if (!name?.given || !name.family) return NOT_FOUND
  return found(
    valuesOf(
      { first_name: name.given, last_name: name.family, full_name: name.full },
      grade(ROW, isFreeMailDomain(domain) ? 'chosen_names' : 'two_names'),
    ),
  )
}

function domainIn(email: string): Outcome {
  const domain = companyDomain(email)
  if (!domain || isListedDisposable(domain)) return NOT_FOUND
  return found(valuesOf({ domain }, grade(ROW, 'mail_domain')))
}

let other: ReadonlySet<string> | undefined

// Functions have two words too: front.desk@, human.resources@, sales.paris@.
function isNoName(word: string): boolean {
  other ??= words(
    'human resources front desk customer client clients quality control supply chain public relations data protection real estate ' +
      'digital head quarter my our the new old first second test demo example user guest student group department dept division ' +
      'business development product products project projects research lab studio agency online web network system systems ' +
      'server cloud app apps bot alert alerts notification notifications report reports update updates request requests ' +
      'do not reply no mailer daemon list lists board management executive assistant operations production warehouse',
  )
  return other.has(word) || isRoleMailbox(word)
}

function kindOf(email: string): Outcome {
  const domain = emailDomain(email)
  const local = emailLocal(email)
  if (!domain || !local) return NOT_FOUND
  if (isListedDisposable(domain)) return found(valuesOf({ email_status: 'invalid' }, grade(ROW, 'throw_away')))
  if (isRoleMailbox(local)) return found(valuesOf({ email_status: 'risky' }, grade(ROW, 'function')))
  return NOT_FOUND
}

function numbering(text: string): Outcome {
  const phone = normalizePhone(text)
  // In North America digits do not tell a mobile line from a fixed one.
  const type = phone?.type === 'fixed_or_mobile' ? undefined : phone?.type
  return found(valuesOf({ country: phone?.country, phone_type: type }, grade(ROW, 'numbering')))
}
