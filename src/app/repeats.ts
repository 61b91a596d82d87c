import type { Field } from '../domain/field'
import { fieldInfo, VERDICT_FIELDS, VERIFIABLE } from '../domain/field'
import { hashText } from '../domain/hash'
import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import { GROUP_HEADER, rowPrint } from '../domain/row-print'
import type { NewLead } from '../engine/job'
import type { PlannedClass } from '../engine/plan'
import type { World } from '../engine/world'
import type { Repeats } from './api-types'
import { leadAt, without } from './lead-at'
import type { Like } from './planned-rows'
import type { Survey } from './survey'
import type { Locating, Standing } from './window'

/** A row that a run would work on, as it would be asked about by itself. */
export interface OwnLookup extends NewLead {
  readonly class: PlannedClass
}

/**
 * Of each group of rows that are the same contact or company the ones that get what is found for another of them: they lack
 * nothing that is not looked for there, and name no other company. Throws a Problem when a row was changed since somebody
 * saw the groups.
 */
export function chooseRepeats(
  { grid, headers }: Pick<Survey, 'grid' | 'headers'>,
  { groups, print }: Repeats,
  given: { readonly lookups: readonly OwnLookup[]; readonly world: Pick<World, 'sameCompany'> },
): ReadonlyMap<number, Like> {
  const rows = groups.split(';').map((group) => group.split(',').map(Number))
  const marks = headers.indexOf(GROUP_HEADER)
  const texts = rows.flat().map((row) => (grid[row] ?? []).map(({ text }) => text))
  if (hashText(texts.map((own) => rowPrint(own, marks)).join(' ')) !== print)
    throw new Problem('Rows were changed since they were compared. See what the run costs now.', 'new_receipt')
  const lookups = new Map(given.lookups.map((one) => [one.row, one]))
  return new Map(
    rows.flatMap((group) => {
      const own = group.flatMap((row) => lookups.get(row) ?? [])
      // What was looked up once, for example in a run that was undone, is copied again at no cost.
      const [kept] = own.filter((one) => isAsked(one) || one.class === 'known').sort(byWorth)
      if (!kept) return []
      const others = own.filter((one) => one !== kept && one.class !== 'known')
      const repeats = others.filter((one) => isLike(kept, one, given.world))
      const like = { row: kept.row, fields: kept.missing }
      // Where only equal questions are left nothing is saved.
      return repeats.some(isAsked) ? repeats.map(({ row }) => [row, like] as const) : []
    }),
  )
}

/** Whether somebody would be asked about a row by itself. */
function isAsked(row: OwnLookup): boolean {
  return row.class === 'chargeable' || row.class === 'free'
}

// What most is looked for in and most is known of; of two alike the upper one.
function byWorth(a: OwnLookup, b: OwnLookup): number {
  const parts = ({ lead }: OwnLookup) => Object.keys(lead).length
  return b.missing.length - a.missing.length || parts(b) - parts(a) || a.row - b.row
}

function isLike(kept: OwnLookup, own: OwnLookup, world: Pick<World, 'sameCompany'>): boolean {
  if (!own.missing.every((field) => kept.missing.includes(field))) return false
  // A verdict is about the value of its row.
  if (VERIFIABLE.some((of) => own.missing.includes(VERDICT_FIELDS[of]) && own.lead[of] !== kept.lead[of])) return false
  const [theirs, ours] = [kept.lead, own.lead]
  if (ours.domain && theirs.domain && ours.domain !== theirs.domain) return false
  if (ours.company_name && theirs.company_name) return world.sameCompany(ours.company_name, theirs.company_name)
  // A title is a title at a company: at which one must be known of both.
  return !ours.company_name || !own.missing.some((field) => fieldInfo(field).together)
}

/**
 * What a repeat is asked about: the row that is looked up as it was planned, whatever was filled in there since, for all
 * that is looked for there. So the two ask the same questions at any time, and each is asked once.
 */
export function askedAs(
  { host, run, planned }: Pick<Locating, 'host' | 'run' | 'planned'>,
  standing: Standing,
  { like, isOpen }: { readonly like: Like; readonly isOpen: (field: Field) => boolean },
): { readonly lead: Lead; readonly missing: readonly Field[] } {
  const kept = standing.rowOf(like.row)
  if (!like.fields.some(isOpen)) return { lead: {}, missing: [] }
  if (!kept) return { lead: {}, missing: like.fields }
  const before = planned[like.row]!.planned
  const mapping = without(
    standing.fields,
    run.wanted.filter((field) => before[field] === undefined),
  )
  return { lead: leadAt(host, { grid: standing.grid, row: kept.row, mapping }), missing: like.fields }
}
