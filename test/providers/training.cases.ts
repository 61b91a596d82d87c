import { training } from '../../src/providers/training'
import type { Case, Cases } from './case'

/** Nothing is ever said about a real domain or an opaque profile id. */
const unknown: readonly Case[] = (
  [
    ['person_by_name_at_domain', { first_name: 'Ada', last_name: 'Nowak', domain: 'iana.org' }],
    ['person_by_name_at_domain', { first_name: 'Ada', last_name: 'Nowak', domain: 'myexample.com' }],
    ['person_by_name_at_domain', { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com.iana.org' }],
    ['person_by_name_at_company', { first_name: '李', last_name: '明', company_name: 'Brightlake' }],
    ['person_by_name_at_company', { first_name: 'Ada', last_name: 'Nowak', company_name: '???' }],
    ['person_by_linkedin', { linkedin_url: 'https://www.linkedin.com/in/ACwAAAexampleexample' }],
    ['person_by_linkedin', { linkedin_url: 'https://iana.org/ada' }],
    ['person_by_email', { email: 'ada.nowak@iana.org' }],
    ['person_by_email', { email: 'x9@example.com' }],
    ['verify_email', { email: 'ada.nowak@iana.org' }],
    ['company_by_domain', { domain: 'iana.org' }],
    ['domain_by_company_name', { company_name: '&' }],
  ] as const
).map(([operation, key]) => ({
  name: `${operation}: ${Object.values(key).join(' ')}`,
  operation,
  keys: [key],
  outcomes: [{ kind: 'not_found' }],
}))

export const recorded: Cases = { provider: training, cases: unknown }
