import type { Lead } from '../domain/lead'
import { companyMatchKey } from '../normalize/company-name'
import { emailLocal, emailMatchKey } from '../normalize/email'
import { isRoleMailbox } from '../normalize/free-mail'
import { splitPersonName } from '../normalize/person-name'
import { foldText } from '../normalize/text'

/** Why two rows are taken for the same contact or company. */
export type Reason =
  | 'same email'
  | 'same LinkedIn profile'
  | 'same name at the same domain'
  | 'same name at the same company'
  | 'same company domain'
  | 'same company LinkedIn page'

/** Rows that are the same contact or company, by index, smallest first, each with the reasons that tie it to others. */
export type ExactCluster = {
  readonly rows: readonly { readonly row: number; readonly reasons: readonly Reason[] }[]
}

/**
 * Exact duplicates on normalised keys. A row without any detail of a person counts as a company. Clusters come by their
 * smallest row, and the same rows are together in whatever order they stand.
 */
export function exactClusters(leads: readonly Lead[]): readonly ExactCluster[] {
  const rowsByKey = new Map<string, { readonly reason: Reason; readonly rows: number[] }>()
  leads.forEach((lead, row) => {
    for (const { reason, key } of keysOf(lead)) {
      const name = `${reason}\u0000${key}`
      const holders = rowsByKey.get(name)
      if (holders) holders.rows.push(row)
      else rowsByKey.set(name, { reason, rows: [row] })
    }
  })
  const parent = leads.map((_, row) => row)
  const reasons = leads.map(() => new Set<Reason>())
  for (const { reason, rows } of rowsByKey.values()) {
    if (rows.length < 2) continue
    for (const row of rows) {
      reasons[row]!.add(reason)
      join(parent, rows[0]!, row)
    }
  }
  const members = new Map<number, number[]>()
  parent.forEach((_, row) => {
    if (reasons[row]!.size === 0) return
    const root = rootOf(parent, row)
    const rows = members.get(root)
    if (rows) rows.push(row)
    else members.set(root, [row])
  })
  return [...members.values()].map((rows) => ({
    rows: rows.map((row) => ({ row, reasons: [...reasons[row]!].sort() })),
  }))
}

/** A row that has one of these is about a person. */
const PERSON_FIELDS = ['full_name', 'first_name', 'last_name', 'email', 'personal_email', 'linkedin_url'] as const

type Key = { readonly reason: Reason; readonly key: string }

function keysOf(lead: Lead): readonly Key[] {
  const name = personKey(lead)
  const keys = PERSON_FIELDS.some((field) => lead[field]) ? personKeys(lead, name) : companyKeys(lead)
  return keys.filter(({ key }) => key !== '')
}

function personKeys(lead: Lead, name: string): readonly Key[] {
  const company = companyMatchKey(lead.company_name ?? '')
  return [
    ...[lead.email, lead.personal_email].map((email) => ({
      reason: 'same email' as const,
      key: mailboxKey(email, name),
    })),
    { reason: 'same LinkedIn profile', key: lead.linkedin_url ?? '' },
    { reason: 'same name at the same domain', key: name && lead.domain ? `${name}\u0000${lead.domain}` : '' },
    { reason: 'same name at the same company', key: name && company ? `${name}\u0000${company}` : '' },
  ]
}

function companyKeys(lead: Lead): readonly Key[] {
  return [
    { reason: 'same company domain', key: lead.domain ?? '' },
    { reason: 'same company LinkedIn page', key: lead.company_linkedin_url ?? '' },
  ]
}

// Colleagues share a mailbox such as info@: there the name has to be the same too.
function mailboxKey(email: string | undefined, name: string): string {
  if (!email) return ''
  const mailbox = emailMatchKey(email)
  return isRoleMailbox(emailLocal(email) ?? '') ? `${mailbox}\u0000${name}` : mailbox
}

function personKey(lead: Lead): string {
  const parts = lead.full_name ? splitPersonName(lead.full_name) : undefined
  const first = foldText(lead.first_name ?? parts?.given ?? '')
  const last = foldText(lead.last_name ?? parts?.family ?? '')
  return first && last ? `${first} ${last}` : ''
}

function rootOf(parent: number[], row: number): number {
  let root = row
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!
    root = parent[root]!
  }
  return root
}

// The smaller row becomes the root, so that nothing hangs on the order of joins.
function join(parent: number[], a: number, b: number): void {
  const [low, high] = [rootOf(parent, a), rootOf(parent, b)].sort((x, y) => x - y)
  parent[high!] = low!
}
