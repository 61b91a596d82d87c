import type { Field } from '../domain/field'
import { hashText } from '../domain/hash'
import type { CellRead } from './grid'
import type { MappedCell, RowLead } from './leads'

/** How a row is known again after others sorted, inserted or deleted rows (safety S6). Plain JSON. */
export type PlannedRow = {
  /** Hash of the input cells; '' when none holds anything: then the wanted cells that were filled are the identity. */
  readonly base: string
  /** Hashes of the wanted cells that were filled at planning. */
  readonly planned: { readonly [F in Field]?: string }
}

/** What is kept of a row at planning to find it again. */
export function planRow(row: RowLead, wanted: readonly Field[]): PlannedRow {
  const outputs = new Set(wanted)
  const base = baseOf(row, inputsOf(row, outputs), outputs)
  const planned: { [F in Field]?: string } = {}
  for (const field of wanted) {
    if (isShown(row.cells[field], outputs)) continue
    const found = cellHash(row.cells[field], base)
    if (found !== '') planned[field] = found
  }
  return { base, planned }
}

// What says who a row is about, whatever is looked for.
const WHO: ReadonlySet<Field> = new Set<Field>([
  'full_name',
  'first_name',
  'last_name',
  'company_name',
  'domain',
  'website',
  'linkedin_url',
])

/**
 * Who a row is about: equal for runs that want different fields, as long as none of them fills one of its cells. '' when
 * nothing says it. Rows that share a name at a company share it.
 */
export function whoOf(row: RowLead, outputs: ReadonlySet<Field>): string {
  return baseOf(
    row,
    inputsOf(row, outputs).filter((field) => WHO.has(field)),
    outputs,
  )
}

/**
 * For each planned row its index in `current`, or undefined when it is not there any more. The input cells must be the
 * same, and so must the wanted cells that were filled; wanted cells that were empty may hold anything by now. Rows with
 * most filled cells choose first; equal rows are told apart by their order; no row is given away twice.
 */
export function locate(
  planned: readonly PlannedRow[],
  current: readonly RowLead[],
  wanted: readonly Field[],
): readonly (number | undefined)[] {
  // Rows of one reading have the same fields.
  const outputs = new Set(wanted)
  const inputs = current[0] ? inputsOf(current[0], outputs) : []
  const groups = groupBy(current, (row) => baseOf(row, inputs, outputs))
  const found = planned.map((): number | undefined => undefined)
  for (const [base, seekers] of groupBy(planned, (row) => row.base)) {
    const standing = groups.get(base)
    if (!standing) continue
    if (seekers.length === 1 && standing.length === 1) {
      const [[seeker], [place]] = [seekers as [number], standing as [number]]
      if (isSame(planned[seeker]!, current[place]!)) found[seeker] = place
      continue
    }
    const places = standing.map((index) => ({ index, row: current[index]!, taken: false }))
    const stays = new Map(seekers.length === standing.length ? seekers.map((row, at) => [row, places[at]!]) : [])
    for (const [fields, rows] of patterns(planned, seekers)) {
      if (base === '' && fields.length === 0) continue
      const signature = (part: (field: Field) => string | undefined) => fields.map(part).join(' ')
      const free = places.filter((place) => !place.taken)
      const queues = groupBy(free, (place) => signature((field) => cellHash(place.row.cells[field], base)))
      for (const [key, same] of groupBy(rows, (row) => signature((field) => planned[row]!.planned[field]))) {
        const queue = queues.get(key)?.map((index) => free[index]!) ?? []
        // What a run filled in beside them may be the same by now: rows that are where they were among the equal ones stay.
        const own = same.map((index) => stays.get(rows[index]!))
        const isOwn = (place: (typeof own)[number]) =>
          place && !place.taken && signature((field) => cellHash(place.row.cells[field], base)) === key
        const stayed = fields.length > 0 && own.every(isOwn)
        for (const [turn, index] of same.entries()) {
          const place = stayed ? own[turn] : queue[turn]
          if (!place) continue
          place.taken = true
          found[rows[index]!] = place.index
        }
      }
    }
  }
  return found
}

/** The fields that say which row it is, in the order of their hash. */
function inputsOf({ cells }: RowLead, outputs: ReadonlySet<Field>): readonly Field[] {
  return (Object.keys(cells) as Field[]).filter((field) => !outputs.has(field)).sort()
}

// What a formula shows of a cell that is filled tells no row: it is another text from then on.
function isShown(cell: MappedCell | undefined, outputs: ReadonlySet<Field>): boolean {
  return cell?.follows?.some((field) => outputs.has(field)) ?? false
}

function baseOf({ cells }: RowLead, inputs: readonly Field[], outputs: ReadonlySet<Field>): string {
  const filled = inputs.flatMap((field) => {
    const text = cells[field]?.text ?? ''
    return text === '' || isShown(cells[field], outputs) ? [] : [[field, text]]
  })
  return filled.length === 0 ? '' : hashText(JSON.stringify(filled))
}

/** Whether the one row with a planned row's inputs is that row: nearly all rows of a list are the only ones of their kind. */
function isSame({ base, planned }: PlannedRow, { cells }: RowLead): boolean {
  const filled = Object.entries(planned) as [Field, string][]
  if (base === '' && filled.length === 0) return false
  return filled.every(([field, hash]) => cellHash(cells[field], base) === hash)
}

// Within rows of equal inputs 8 hex digits tell wanted cells apart; where they are the whole identity all 32 are kept.
function cellHash(cell: CellRead | undefined, base: string): string {
  const text = cell?.text ?? ''
  if (text === '') return ''
  return base === '' ? hashText(text) : hashText(text).slice(0, 8)
}

/** The rows by which wanted cells they have filled, those with most first. */
function patterns(
  planned: readonly PlannedRow[],
  rows: readonly number[],
): readonly (readonly [fields: readonly Field[], rows: readonly number[]])[] {
  const fieldsOf = (row: number) => (Object.keys(planned[row]!.planned) as Field[]).sort()
  return [...groupBy(rows, (row) => fieldsOf(row).join(' ')).values()]
    .map((positions) => positions.map((position) => rows[position]!))
    .map((members) => [fieldsOf(members[0]!), members] as const)
    .sort(([a], [b]) => b.length - a.length)
}

/** The positions of the items by a key, in order. */
function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  items.forEach((item, position) => {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(position)
    else groups.set(name, [position])
  })
  return groups
}
