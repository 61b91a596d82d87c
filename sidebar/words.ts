import type { Ground } from '../src/domain/basis'
import type { Environment } from '../src/domain/environment'
import type { Money } from '../src/domain/provider'
import type { Balance, RowClass } from '../src/domain/receipt'

/** A number as people read it: 1,250 or 0.5. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 })
}

/** "1 row", "20 rows". The plural is the noun with an s unless it is given. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${figure(value)} ${value === 1 ? noun : plural}`
}

/** "9 to 34", or one figure where both are equal. */
export function span(from: number, to: number): string {
  return from === to ? figure(from) : `${figure(from)} to ${figure(to)}`
}

/** A name or phrase at the beginning of a sentence. */
export function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
}

/** Rounded to what a person plans with: "about 20 seconds", "about 3 minutes". */
export function duration(seconds: number): string {
  if (seconds <= 5) return 'a few seconds'
  if (seconds < 90) return `about ${count(Math.ceil(seconds / 5) * 5, 'second')}`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `about ${count(minutes, 'minute')}`
  return `about ${count(Math.round(minutes / 60), 'hour')}`
}

/** The time of day in the person's own zone, such as 14:03. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** A day in the person's own zone, such as 6 Apr 2026. */
export function day(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** A day and time in the person's own zone, such as 6 Apr, 14:03. */
export function moment(at: number): string {
  return `${new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${clock(at)}`
}

/** What happens to a row, as the receipt says it, in the order in which it is shown. */
export const ROW_WORDS: readonly { readonly of: RowClass; readonly words: string }[] = [
  { of: 'chargeable', words: 'may cost credits' },
  { of: 'free', words: 'looked up in free sources only' },
  { of: 'known', words: 'answered before, filled at no cost' },
  { of: 'repeated', words: 'same question as another row, asked once' },
  { of: 'copied', words: 'repeats: get a copy, nobody is asked' },
  { of: 'filled', words: 'nothing missing' },
  { of: 'invalid', words: 'cannot be looked up' },
  { of: 'suppressed', words: 'on your never-look-up list' },
  { of: 'hidden', words: 'hidden by a filter, left out' },
  { of: 'empty', words: 'empty' },
]

/** Credits of a vendor, and what one costs where a person entered it. */
export interface Priced {
  readonly credits: number
  readonly money?: Money | null | undefined
}

/** Credits in money, one sum a currency, as "EUR 12.90 + USD 3.00"; nothing where no price is known. */
export function inMoney(parts: readonly Priced[]): string {
  const sums = new Map<string, number>()
  for (const { credits, money } of parts)
    if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0) + credits * money.perCredit)
  // Cents tell little about what costs few of them.
  const digits = (sum: number) => ({ minimumFractionDigits: 2, maximumFractionDigits: sum > 0 && sum < 0.1 ? 4 : 2 })
  return [...sums].map(([currency, sum]) => `${currency} ${sum.toLocaleString('en', digits(sum))}`).join(' + ')
}

/** What is left in an account, and how that is known. */
export function leftWords({ left, at, plan }: Balance): string {
  if (!plan) return `${count(left, 'credit')} left in your account, ${moment(at)}`
  const more = plan.carriesOver ? ', or more with what you carried over' : ''
  return `${count(left, 'credit')} left of your plan until ${plan.until}${more}; by what this file took`
}

/** What each environment means for a person. */
export const ENVIRONMENT_WORDS: { readonly [E in Environment]: { readonly name: string; readonly about: string } } = {
  training: {
    name: 'Training',
    about: 'Invented answers to learn with. Nothing is asked, nothing is spent, results go to a practice tab.',
  },
  production: { name: 'Production', about: 'Real vendors and real credits. Results go into your sheet.' },
  staging: { name: 'Staging', about: 'Real vendors with keys of their own, to try a set-up. Answers stay apart.' },
  development: { name: 'Development', about: 'For people who build on Enrich. Keys and answers of its own.' },
}

/** What each legal ground means for a person, and what they are asked about it. */
export const GROUND_WORDS: {
  readonly [G in Ground]: { readonly name: string; readonly about: string; readonly ask: string; readonly hint: string }
} = {
  legitimate_interest: {
    name: 'Legitimate interest',
    about: 'The usual one for selling to companies: your interest, weighed against theirs.',
    ask: 'Why is that fair to them?',
    hint: 'Would they expect it in their job? Could it harm them? How can they say no?',
  },
  consent: {
    name: 'Consent',
    about: 'They agreed to this very thing, and can take it back.',
    ask: 'How did they agree, and where is that kept?',
    hint: 'For example: form at our stand in May, kept in the CRM.',
  },
  contract: {
    name: 'Contract',
    about: 'You need the data to fulfil a contract with them.',
    ask: 'Which contract is it?',
    hint: 'With the people themselves, not with their company.',
  },
  legal_obligation: {
    name: 'Legal obligation',
    about: 'A law demands it of you.',
    ask: 'Which law is it?',
    hint: 'Its name and article.',
  },
}
