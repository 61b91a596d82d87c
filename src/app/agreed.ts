import type * as Zod from 'zod/mini'
import { fieldInfo } from '../domain/field'
import { hashText } from '../domain/hash'
import { dayText } from '../engine/day'
import type { Host } from './host'
import { myId } from './run-record'
import { formatOf } from './stored'
import { loadTerms, readTerms } from './terms'
import { vendorName } from './vendors'
import { newerProblem, readVersioned } from './versions'
import { editedFields, readRule } from './waterfalls'

const AGREED = 'agreed'

/** Equal while a receipt holds; or while what a run was agreed to costs, whatever limits are set meanwhile. */
type Mark = 'receipt' | 'run'

/** Names the prices, limits and searches that are set in this file. Throws a Problem for what cannot be read. */
export function markOf(host: Host, what: Mark): string {
  const terms = Object.entries(loadTerms(host)).flatMap(([vendor, own]) => {
    const { prices, limits, perDay } = own
    switch (what) {
      case 'receipt':
        return JSON.stringify([vendor, prices, limits, perDay])
      case 'run':
        return Object.keys(prices).length > 0 ? JSON.stringify([vendor, prices]) : []
    }
  })
  const rules = editedFields(host).map((field) => {
    const read = readRule(host, field)
    return JSON.stringify([field, read?.kind === 'read' ? read.value.rule : null])
  })
  return markOfAll([...terms.sort(), ...rules])
}

function markOfAll(all: readonly string[]): string {
  return hashText(all.join('\n'))
}

/** Does something to prices, limits or searches: who had agreed to them as they were agrees to what they do now. */
export function changeOwn(host: Host, change: () => void): void {
  const hadAgreed = isAgreed(host)
  change()
  if (hadAgreed) agree(host)
}

/** Notes that this person agrees to prices, limits and searches as they are now. */
export function agree(host: Host): void {
  host.user.set(AGREED, JSON.stringify({ version: 1, mark: markOf(host, 'receipt'), at: host.now() }))
}

/**
 * What a person must be told before a run because somebody else changed prices, limits or searches since they agreed to them
 * (safety S5); undefined when nobody did.
 */
export function unagreedRemark(host: Host): string | undefined {
  if (isAgreed(host)) return undefined
  const since = loadAgreed(host)?.at ?? 0
  const isNews = ({ by, at }: { readonly by: string; readonly at: number }) => by !== myId(host) && at >= since
  const vendors = Object.entries(loadTerms(host)).flatMap(([id, terms]) =>
    isNews(terms) ? [`prices and limits of ${vendorName(host, id)} (${dayText(terms.at)})`] : [],
  )
  const fields = editedFields(host).flatMap((field) => {
    const read = readRule(host, field)
    return read?.kind === 'read' && isNews(read.value)
      ? [`who is asked for ${fieldInfo(field).label} (${dayText(read.value.at)})`]
      : []
  })
  const what = [...vendors, ...fields].join(', ') || 'prices, limits or who is asked for a field'
  return `Since you last agreed, somebody else changed: ${what}. Compare the vendors, prices and questions below before you start.`
}

function isAgreed(host: Host): boolean {
  // What cannot be read is said before anything is asked; it is nothing that somebody agreed to.
  if (readTerms(host).kind !== 'read') return false
  // Who has never agreed to a change agrees to the usual.
  return markOf(host, 'receipt') === (loadAgreed(host)?.mark ?? markOfAll([]))
}

function loadAgreed(host: Host): { readonly mark: string; readonly at: number } | undefined {
  const text = host.user.get(AGREED)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const read = readVersioned(
    formatOf(z.object({ mark: z.string(), at: z.number() }), ({ mark, at }) => ({ mark, at })),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  // A damaged agreement is none: the person is told again.
  return read.kind === 'read' ? read.value : undefined
}
