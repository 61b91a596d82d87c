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
    const first = new Map<string, number>()
    for (let row = 0; row < rows.length; row++) {
      const text = rows[row]![column] ?? ''
      if (text === '') continue
      const key = kind === 'linkedin' ? readProfile(text) : keyOfMailbox(text)
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

// Most addresses are written as they are compared: their own text is not put together anew.
function keyOfMailbox(text: string): string {
  const mailbox = readMailbox(text, readBareHost)
  if (!mailbox || mailbox.isShared) return ''
  const { local, host } = mailbox
  return local.length + host.length + 1 === text.length ? text.toLowerCase() : `${local}@${host}`
}
