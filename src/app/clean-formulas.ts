import { normalizeDomain } from '../normalize/domain'
import { emailDomain, emailLocal, normalizeEmail } from '../normalize/email'
import { isFreeMailDomain, isRoleMailbox } from '../normalize/free-mail'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { splitPersonName } from '../normalize/person-name'
import { normalizePhone } from '../normalize/phone'
import type { Formula, FormulaCell, FormulaInput, Reply } from './formula'
import { putReplies, readKeys } from './formula-cells'
import { OPTIONS, takeOptions } from './formula-options'
import { countryOf } from './vendors'

/** Functions that work on the text of the cell alone: nothing is looked up and nothing can cost anything. */
export const CLEAN_FORMULAS: readonly Formula[] = [
  clean({
    name: 'ENRICH_DOMAIN',
    about: 'Gives the domain of an email or web address.',
    param: { name: 'email_or_url', about: 'An email or web address. A cell or a range.' },
    example: '=ENRICH_DOMAIN(A2)',
    problem: 'No domain in this text.',
    read: ([text]) => one(normalizeDomain(emailDomain(normalizeEmail(text) ?? '') ?? text)),
  }),
  {
    name: 'ENRICH_CLEAN_PHONE',
    about: 'Gives a phone number in the international form, such as +33612345678.',
    params: [
      { name: 'phone', about: 'A phone number. A cell or a range.' },
      {
        name: 'country',
        about: 'The country of numbers without a prefix, as a code or a name; else that of the spreadsheet.',
        optional: true,
      },
      OPTIONS,
    ],
    example: '=ENRICH_CLEAN_PHONE(A2, "France")',
    run: (host, args) =>
      perRow(args, 'This is no valid phone number.', ([phone, country = '']) =>
        one(normalizePhone(phone, country === '' ? countryOf(host) : country)?.e164),
      ),
  },
  clean({
    name: 'ENRICH_CLEAN_EMAIL',
    about: 'Gives an email address as it should be written.',
    param: { name: 'email', about: 'An email address. A cell or a range.' },
    example: '=ENRICH_CLEAN_EMAIL(A2)',
    problem: 'This is no email address.',
    read: ([text]) => one(normalizeEmail(text)),
  }),
  clean({
    name: 'ENRICH_CLEAN_LINKEDIN',
    about: 'Gives the address of a LinkedIn profile or company page in its one common form.',
    param: { name: 'url', about: 'The address of a profile or a company page. A cell or a range.' },
    example: '=ENRICH_CLEAN_LINKEDIN(A2)',
    problem: 'This is no address of a LinkedIn profile or company page.',
    read: ([text]) => one(normalizeLinkedInPerson(text) ?? normalizeLinkedInCompany(text)),
  }),
  clean({
    name: 'ENRICH_SPLIT_NAME',
    about: 'Gives the first and the last name of a person in two columns.',
    param: { name: 'name', about: 'The name of a person. A cell or a range.' },
    example: '=ENRICH_SPLIT_NAME(A2)',
    problem: 'This is no name of a person.',
    read: ([text]) => {
      const name = splitPersonName(text)
      return name && [name.given ?? '', name.family ?? '']
    },
  }),
  clean({
    name: 'ENRICH_IS_FREE_EMAIL',
    about: 'Tells whether an address is one of a public mail service: TRUE or FALSE.',
    param: { name: 'email', about: 'An email address or a domain. A cell or a range.' },
    example: '=ENRICH_IS_FREE_EMAIL(A2)',
    problem: 'This is no email address.',
    read: ([text]) => {
      const email = normalizeEmail(text)
      const domain = email === undefined ? normalizeDomain(text) : emailDomain(email)
      return domain === undefined ? undefined : [isFreeMailDomain(domain)]
    },
  }),
  clean({
    name: 'ENRICH_IS_ROLE_EMAIL',
    about: 'Tells whether an address belongs to a function such as info or sales and not to a person: TRUE or FALSE.',
    param: { name: 'email', about: 'An email address. A cell or a range.' },
    example: '=ENRICH_IS_ROLE_EMAIL(A2)',
    problem: 'This is no email address.',
    read: ([text]) => {
      const local = emailLocal(normalizeEmail(text) ?? '')
      return local === undefined ? undefined : [isRoleMailbox(local)]
    },
  }),
]

type Read = (cells: readonly [string, ...string[]]) => readonly FormulaCell[] | undefined

function clean(given: {
  readonly name: string
  readonly about: string
  readonly param: Formula['params'][number]
  readonly example: string
  readonly problem: string
  readonly read: Read
}): Formula {
  const { name, about, param, example, problem, read } = given
  return { name, about, params: [param, OPTIONS], example, run: (_host, args) => perRow(args, problem, read) }
}

function perRow(args: readonly FormulaInput[], problem: string, read: Read) {
  const { inputs, options } = takeOptions(args)
  const keys = readKeys(inputs)
  const replies = keys.rows.map(([text = '', ...rest]): Reply => {
    if (text === '') return { kind: 'blank' }
    const values = read([text, ...rest])
    return values ? { kind: 'values', values } : { kind: 'missing', word: 'not readable', problem }
  })
  return putReplies(keys, replies, options)
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined || value === '' ? undefined : [value]
}
