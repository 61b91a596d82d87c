import { words } from './text'

/** Whether a domain hands out mailboxes to the public: it says nothing about an employer. Country variants count. */
export function isFreeMailDomain(domain: string): boolean {
  const name = domain.toLowerCase()
  freeMail ??= words(tables().FREE_MAIL)
  return freeMail.has(name) || COUNTRY_VARIANT.test(name)
}

/** Whether a domain hands out throw-away mailboxes. A short list: vendors know thousands. */
export function isDisposableDomain(domain: string): boolean {
  disposable ??= words(tables().DISPOSABLE)
  return disposable.has(domain.toLowerCase())
}

/** Whether the part before the @ names a function rather than a person: `info`, `sales`, `no-reply`. */
export function isRoleMailbox(local: string): boolean {
  roles ??= words(tables().ROLES)
  return roles.has(local.toLowerCase().replace(/[._-]/g, '').replace(/\d+$/, ''))
}

const tables = () => require('./mailbox-table') as typeof import('./mailbox-table')

let freeMail: ReadonlySet<string> | undefined
let disposable: ReadonlySet<string> | undefined
let roles: ReadonlySet<string> | undefined

// One name under many top levels: yahoo.fr, hotmail.co.uk, live.com.au, outlook.de.
const COUNTRY_VARIANT =
  /^(yahoo|ymail|hotmail|outlook|live|msn|gmx|aol|yandex|protonmail|windowslive|googlemail|rocketmail|tutanota|libero|eclipso)\.(com|net|[a-z]{2}|(com|co|net|ne)\.[a-z]{2})$/
