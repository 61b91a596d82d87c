import type { ListRow } from '../src/app/api-types'
import { hashText } from '../src/domain/hash'
import { rowPrint } from '../src/domain/row-print'
import type { Cluster, Member } from '../src/matching/match'
import type { ColumnUse } from './duplicate-columns'
import { comparedAs } from './duplicate-columns'

/** Rows that are the same contact or company, as the screen shows them. */
export interface DuplicateGroup {
  /** Equal for the same rows, whatever the sensitivity. */
  readonly key: string
  readonly pile: Cluster['pile']
  readonly rows: readonly ListRow[]
  /** Why, row by row; `row` and `like` are zero-based rows of the sheet. */
  readonly members: readonly Member[]
  readonly weakest: Cluster['weakest']
  /** Whether a row has cells that are protected or merged with others: such a group stays as it is. */
  readonly isBlocked: boolean
}

/** What a search compared. */
export interface Compared {
  readonly rows: readonly ListRow[]
  readonly uses: readonly ColumnUse[]
  readonly blocked: ReadonlySet<number>
  /** Hashes of pairs that a person said are not the same. */
  readonly apart: ReadonlySet<string>
}

/** The groups of a search, without pairs that a person said are not the same. */
export function makeGroups(
  { rows, uses, blocked, apart }: Compared,
  clusters: readonly Cluster[],
): readonly DuplicateGroup[] {
  return clusters.flatMap((cluster) => {
    const parts = apart.size === 0 ? [cluster.members] : partsOf(cluster.members, rows, { uses, apart })
    return parts.map((members): DuplicateGroup => {
      const place = ({ row, like }: Member) => ({ row: rows[row]![0], like: rows[like]![0] })
      const own = members.map(({ row }) => rows[row]!)
      return {
        key: own.map(([row]) => row).join(' '),
        // What remains of a group may have hung on a row that is out of it now.
        pile: members.length === cluster.members.length ? cluster.pile : 'review',
        rows: own,
        members: members.map((member) => ({ ...member, ...place(member) })),
        weakest: { ...cluster.weakest, rows: cluster.weakest.rows.map((row) => rows[row]![0]) as [number, number] },
        isBlocked: own.some(([row]) => blocked.has(row)),
      }
    })
  })
}

// Each row goes to the first part in which it is kept apart from nobody.
function partsOf(
  members: readonly Member[],
  rows: readonly ListRow[],
  { uses, apart }: Pick<Compared, 'uses' | 'apart'>,
): readonly (readonly Member[])[] {
  const parts: Member[][] = []
  for (const member of members) {
    const fits = (part: readonly Member[]) =>
      part.every((other) => !apart.has(pairHash(uses, rows[member.row]!, rows[other.row]!)))
    const part = parts.find(fits)
    if (part) part.push(member)
    else parts.push([member])
  }
  return parts.filter((part) => part.length > 1)
}

/** Names a pair of rows by what was compared of them: notes that somebody adds do not change it. */
export function pairHash(uses: readonly ColumnUse[], a: ListRow, b: ListRow): string {
  const keyOf = ([, texts]: ListRow) =>
    rowPrint(
      texts.filter((_, column) => comparedAs(uses[column] ?? 'other') !== 'other'),
      -1,
    )
  return `p${hashText([keyOf(a), keyOf(b)].sort().join(' ')).slice(0, 16)}`
}

/** A line for the column of marks: "Group 3: same email, same surname". */
export function markText(number: number, member: Member): string {
  return `Group ${number}: ${member.why}`.slice(0, 300)
}
