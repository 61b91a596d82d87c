import { isDisposableDomain } from './free-mail'

/** Whether a domain hands out throw-away mailboxes, by a list of thousands: `isDisposableDomain` knows the commonest. */
export function isListedDisposable(domain: string): boolean {
  if (isDisposableDomain(domain)) return true
  listed ??= new Set((require('./disposable-library') as typeof import('./disposable-library')).domains)
  return listed.has(domain.toLowerCase())
}

let listed: ReadonlySet<string> | undefined
