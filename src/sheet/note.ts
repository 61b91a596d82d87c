import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { Provider } from '../domain/provider'

/** The word that our line of a note starts with. Notes are for reading, never evidence (safety S7). */
const OURS = 'Enrich: '
// A person may begin a line with that word too.
const isOurs = (line: string): boolean => line.startsWith(OURS) && / % sure|by the formula /.test(line)
/** Our line is for a glance; longer vendor names are cut. */
const MOST_CHARACTERS = 500
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * Who said a value, how sure, verified or not, when, at what price, as one line without line breaks:
 * `Hunter, 97 % sure, verified, 22 Nov 2026, 1 credit`. The date is the day of the answer in UTC.
 */
export function provenanceNote(finding: Finding, vendor: Pick<Provider, 'name' | 'kind'>): string {
  const name = vendor.kind === 'training' ? `${vendor.name} (invented)` : vendor.name
  const parts = [name, sureness(finding), verification(finding), day(finding.provenance.at), price(finding)]
  return parts
    .filter((part) => part !== '')
    .join(', ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS - OURS.length)
}

/** An existing note with our line in it: our last line is replaced, what a person wrote stays as it is. */
export function mergeNote(existing: string, line: string): string {
  const ours = OURS + line
  if (existing.trim() === '') return ours
  const lines = existing.split('\n')
  const place = lines.map(isOurs).lastIndexOf(true)
  if (place < 0) return `${existing}\n${ours}`
  lines[place] = ours
  return lines.join('\n')
}

/** What our last line of a note says; empty where there is none. */
export function ourLine(note: string): string {
  const ours = note.split('\n').filter(isOurs)
  return (ours.pop() ?? OURS).slice(OURS.length)
}

/** A note without our last line; what a person wrote stays as it is. */
export function withoutOurLine(note: string): string {
  const lines = note.split('\n')
  const place = lines.map(isOurs).lastIndexOf(true)
  return place < 0 ? note : lines.filter((_, index) => index !== place).join('\n')
}

function sureness({ confidence, estimated }: Finding): string {
  const percent = `${Math.round(confidence * 100)} % sure`
  return estimated ? `${percent} (our estimate)` : percent
}

function verification({ field, status }: Finding): string {
  if (!status) return ['email', 'phone'].includes(fieldInfo(field).kind) ? 'not verified' : ''
  switch (status) {
    case 'valid':
      return 'verified'
    case 'accept_all':
      return 'not verified (its mail server accepts every address)'
    case 'risky':
      return 'risky'
    case 'invalid':
      return 'does not work'
    case 'unknown':
      return 'not verified'
  }
}

function day(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

function price({ provenance: { credits } }: Finding): string {
  if (credits === 0) return 'free'
  return credits === 1 ? '1 credit' : `${credits} credits`
}
