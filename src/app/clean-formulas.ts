import { normalizeDomain } from '../normalize/domain'
import { emailDomain, emailLocal, normalizeEmail } from '../normalize/email'
import { isFreeMailDomain, isRoleMailbox } from '../normalize/free-mail'
import { normalizeLinkedInCompany, normalizeLinkedInPerson } from '../normalize/linkedin'
import { splitPersonName } from '../normalize/person-name'
import { normalizePhone } from '../normalize/phone'
import { isPending } from '../sheet/pending'
import type { FormulaCell, Reply, RunFormula } from './formula'
import { lineOf, putReplies, readKeys } from './formula-cells'
import type { FormulaOptions } from './formula-options'
import { takeOptions } from './formula-options'
import type { Host } from './host'
import { matchRows } from './match-formula'
import { countryOf } from './vendors'

/** Functions that work on the text of the cell alone: nothing is looked up and nothing can cost anything. */
export const CLEAN_FORMULAS = {
  ENRICH_DOMAIN: clean('No domain in this text.', ([text]) =>
    one(normalizeDomain(emailDomain(normalizeEmail(text) ?? '') ?? text)),
  ),
  ENRICH_CLEAN_PHONE: clean('This is no valid phone number.', ([phone, country = ''], host) =>
    one(normalizePhone(phone, country === '' ? countryOf(host) : country)?.e164),
  ),
  ENRICH_CLEAN_EMAIL: clean('This is no email address.', ([text]) => one(normalizeEmail(text))),
  ENRICH_CLEAN_LINKEDIN: clean('This is no address of a LinkedIn profile or company page.', ([text]) =>
    one(normalizeLinkedInPerson(text) ?? normalizeLinkedInCompany(text)),
  ),
  ENRICH_SPLIT_NAME: clean('This is no name of a person.', ([text]) => {
    const name = splitPersonName(text)
    return name && [name.given ?? '', name.family ?? '']
  }),
  ENRICH_IS_FREE_EMAIL: clean('This is no email address.', ([text]) => {
    const email = normalizeEmail(text)
    const domain = email === undefined ? normalizeDomain(text) : emailDomain(email)
    return domain === undefined ? undefined : [isFreeMailDomain(domain)]
  }),
  ENRICH_IS_ROLE_EMAIL: clean('This is no email address.', ([text]) => {
    const local = emailLocal(normalizeEmail(text) ?? '')
    return local === undefined ? undefined : [isRoleMailbox(local)]
  }),
  ENRICH_MATCH: matchRows,
} satisfies { readonly [name: string]: RunFormula }

type Read = (cells: readonly [string, ...string[]], host: Host) => readonly FormulaCell[] | undefined

function clean(problem: string, read: Read): RunFormula {
  return (host, args) => {
    const { inputs, options } = takeOptions(args)
    const keys = readKeys(inputs)
    const replyTo = (text: string, rest: readonly string[]): Reply => {
      if (text === '' || isPending(text)) return { kind: 'blank' }
      const values = read([text, ...rest], host)
      return values ? { kind: 'values', values } : { kind: 'missing', word: 'not readable', problem }
    }
    const replies = keys.rows.map((row): Reply => {
      const rest = row.slice(keys.width)
      if (keys.width < 2) return replyTo(row[0] ?? '', rest)
      const values = row.slice(0, keys.width).flatMap((text) => inOneCell(replyTo(text, rest), options))
      return { kind: 'values', values }
    })
    return putReplies(keys, replies, options)
  }
}

function inOneCell(reply: Reply, options: FormulaOptions): readonly FormulaCell[] {
  if (reply.kind === 'values' && reply.values.length > 1)
    throw new Error('Each answer fills several columns. Give one column, and use another formula for the next one.')
  return lineOf(reply, 1, options)
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined || value === '' ? undefined : [value]
}
