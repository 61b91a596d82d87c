import { hashText } from './block'
import { readBareHost, readMailbox, readProfile } from './contact-points'
import type { List } from './list'

/**
 * Rows that share a mailbox or a profile, and nothing else: the quick search, which needs no learning and finds no slip.
 * Groups come by their smallest row.
 */
export function sameKeyGroups({ kinds, rows }: List): readonly (readonly number[])[] {
  const parent = Int32Array.from(rows.keys())
  const rootOf = (row: number): number => {
    let root = row
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!
    return root
  }
  kinds.forEach((kind, column) => {
    if (kind !== 'email' && kind !== 'linkedin') return
    const isProfile = kind === 'linkedin'
    const texts = rows.map((row) => row[column] ?? '')
    const first = new Map<string, number>()
    for (const row of notAlone(texts, isProfile ? sketchOfProfile : sketchOfMailbox)) {
      const key = isProfile ? readProfile(texts[row]!) : keyOfMailbox(texts[row]!)
      if (key === '') continue
      const holder = first.get(key)
      if (holder === undefined) first.set(key, row)
      else {
        const [a, b] = [rootOf(holder), rootOf(row)]
        parent[Math.max(a, b)] = Math.min(a, b)
      }
    }
  })
  const groups = new Map<number, number[]>()
  for (let row = 0; row < rows.length; row++) {
    const root = rootOf(row)
    if (root === row) continue
    const held = groups.get(root)
    if (held) held.push(row)
    else groups.set(root, [root, row])
  }
  return [...groups.values()].sort((a, b) => a[0]! - b[0]!)
}

// Most cells stand alone, and a number tells that for a tenth of what reading them costs: equal keys have equal sketches.
function notAlone(texts: readonly string[], sketchOf: (text: string) => number): readonly number[] {
  const sketches = Int32Array.from(texts, sketchOf)
  const sorted = sketches.slice().sort()
  const repeated = new Set<number>()
  for (let at = 1; at < sorted.length; at++) if (sorted[at] === sorted[at - 1]) repeated.add(sorted[at]!)
  const rows: number[] = []
  for (let row = 0; row < texts.length; row++) if (texts[row] !== '' && repeated.has(sketches[row]!)) rows.push(row)
  return rows
}

// Without what spellings of one mailbox differ in: capitals, tags, dots, the two names of Gmail.
function sketchOfMailbox(text: string): number {
  const address = PLAIN.test(text) ? text : keyOfMailbox(text)
  let hash = 0
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at)
    if (code === PLUS) at = address.indexOf('@', at) - 1
    else if (code !== DOT) hash = Math.imul(hash ^ (code < 97 ? code | 32 : code), 0x01000193)
  }
  return hash
}

const PLAIN = /^[\w.+-]+@(?!googlemail\.com$)[\w.-]+$/i
const [PLUS, DOT] = [43, 46]

function sketchOfProfile(text: string): number {
  return text === '' ? 0 : hashText(readProfile(text))
}

function keyOfMailbox(text: string): string {
  const mailbox = readMailbox(text, readBareHost)
  return !mailbox || mailbox.isShared ? '' : `${mailbox.local}@${mailbox.host}`
}
