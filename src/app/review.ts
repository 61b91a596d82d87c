import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { OpenLead } from '../domain/job'
import type { Lead } from '../domain/lead'
import { Problem } from '../domain/problem'
import type { FieldRule } from '../domain/waterfall'
import { isAccepted } from '../engine/stop'
import { cellText } from '../sheet/cell-text'
import type { CandidateView, LeftWhy, ReviewDecision, ReviewItem, ReviewResult, ReviewView } from './api-types'
import { isWritten } from './cell-status'
import { readGuards } from './guards'
import { undoOf } from './history'
import type { Host } from './host'
import { checkLease, checkStillHeld, keepLease, releaseLease, takeOver } from './lease'
import { loadPlannedRows } from './planned-rows'
import { settleLast } from './recover'
import { rejectedUnder, ruleIn } from './replaced'
import type { Candidate } from './row-status'
import { currentRun, statusesOf } from './row-status'
import type { RunRecord, Tally } from './run-record'
import { isOpen } from './run-record'
import { alone } from './turn'
import { openStore } from './store'
import { readable, vendorName } from './vendors'
import { leftSentence } from './view-run'
import { peekRule } from './waterfalls'
import type { Standing } from './window'
import { readStanding } from './window'
import type { RowResult, Writing } from './write-results'
import { keysOf, settleWrites, writeResults } from './write-results'
import { openWriteLog } from './written'

// More than a person looks through at once; the others follow.
const MOST_ITEMS = 500

/** What was found in a run and waits for a person to decide: worked out from the stored answers, nothing is kept. */
export function viewReview(host: Host, runId: string): ReviewView {
  const run = requireEnded(host, runId)
  const statusOf = statusesOf(host, run, () => true)
  const items = run.wanted.flatMap((field) => {
    const rule = { ...peekRule(host, field), overwrite: ruleIn(run, field) }
    return statusOf(field).rows.flatMap(({ candidate }) => (candidate ? itemOf(host, { candidate, field, rule }) : []))
  })
  items.sort((a, b) => a.row - b.row)
  return {
    runId,
    sheetName: run.sheetName,
    items: items.slice(0, MOST_ITEMS),
    more: Math.max(0, items.length - MOST_ITEMS),
  }
}

function requireEnded(host: Host, runId: string): RunRecord {
  const run = currentRun(host, runId)
  if (isOpen(run)) throw new Problem('The run is not finished yet. Wait for it or stop it first.', 'reload')
  if (undoOf(host, run) === 'undone')
    throw new Problem(
      'This run was undone. Enrich the rows again: what was found is known and costs nothing.',
      'reload',
    )
  return run
}

function itemOf(
  host: Host,
  of: { readonly candidate: Candidate; readonly field: Field; readonly rule: FieldRule },
): ReviewItem {
  const { candidate, field, rule } = of
  const candidates = candidatesOf(host, candidate.findings)
  const goes = rule.overwrite.kind === 'beside' && candidate.text !== '' ? ' What you accept goes beside it.' : ''
  return {
    planned: candidate.index,
    row: candidate.row.row + 1,
    field,
    label: fieldInfo(field).label,
    who: whoIs(candidate.row.lead),
    text: candidate.text,
    why: `${whyWaits(candidate.findings, candidates, rule)}${goes}`,
    candidates,
  }
}

// Who says the same stands behind one value.
function candidatesOf(host: Host, findings: readonly Finding[]): readonly CandidateView[] {
  return [...new Set(findings.map(({ value }) => value))].map((value) => {
    const same = findings.filter((one) => one.value === value)
    const status = same.find((one) => one.status !== undefined)?.status ?? null
    const vendors = same.flatMap(({ provenance, confirmedBy = [] }) => [provenance.provider, ...confirmedBy])
    return {
      value,
      confidence: Math.max(...same.map(({ confidence }) => confidence)),
      status,
      vendors: [...new Set(vendors)].map((id) => vendorName(host, id)),
    }
  })
}

function whoIs(lead: Lead): string {
  const name = lead.full_name ?? [lead.first_name, lead.last_name].filter(Boolean).join(' ')
  return [name, lead.company_name ?? lead.domain].filter(Boolean).join(', ')
}

function whyWaits(
  findings: readonly Finding[],
  candidates: readonly CandidateView[],
  { threshold, accepts }: FieldRule,
): string {
  const [best] = findings
  if (best && !isAccepted(best, accepts)) return 'Its status is not one that may be written.'
  if (candidates.length > 1) return 'The vendors do not agree, and none is sure enough.'
  return `Less than the ${Math.round(threshold * 100)} % sure that you want.`
}

/**
 * Writes the values that a person accepts into their cells, found again by key, as a part of their run: its Undo takes them
 * back. They count as verified by a person. What the person rejects is remembered for the cell. Done again, also after a
 * kill, it comes to the same. Throws a Problem while anything else works in the file.
 */
export function settleReview(host: Host, runId: string, decisions: readonly ReviewDecision[]): ReviewResult {
  return alone(host, () => {
    settleLast(host, openStore(host))
    const ended = requireEnded(host, runId)
    const accepted = decisions.filter(({ verdict }) => verdict === 'accept')
    const meant = new Set(decisions.map(({ planned }) => planned))
    const waiting = waitingOf(host, ended, meant)
    const free = takeOver(host, ended)
    const writes = openWriteLog(host)
    // What is counted has a record, even where nothing comes to be written: Undo would find it damaged.
    if (ended.cellsWritten === 0) {
      writes.append(free.id, {})
      host.sheets.flush()
    }
    // Counted before it is written: what Undo offers is never less than what was written.
    const held = keepLease(host, { ...free, cellsWritten: ended.cellsWritten + accepted.length })
    const writing: Writing = {
      host,
      run: held,
      planned: loadPlannedRows(host, held),
      store: openStore(host),
      writes,
      providers: readable(host, held.environment),
      guards: readGuards(host, held.sheet),
      chosen: true,
    }
    settleWrites(writing)
    const standing = readStanding(writing)
    const rejected = reject(writing, waiting, decisions)
    const { results } = writeResults(writing, leadsOf(waiting, accepted))
    const changes = changesOf({ waiting, accepted, rejected, results })
    // Noted how much is on record: a version from before it is noticed.
    writing.store.fold(() => checkStillHeld(host, held))
    releaseLease(host, { ...counted(ended, held, changes), confirmed: writing.writes.length() })
    const taken = accepted.filter((one) => !waiting.has(placeOf(one)) && holdsAnother(standing, one))
    return resultOf(changes, taken.length)
  })
}

/** What waits in some rows, by row and field. */
type Waiting = ReadonlyMap<string, { readonly candidate: Candidate; readonly why: LeftWhy }>

function placeOf({ planned, field }: Pick<ReviewDecision, 'planned' | 'field'>): string {
  return `${planned} ${field}`
}

function waitingOf(host: Host, run: RunRecord, meant: ReadonlySet<number>): Waiting {
  const statusOf = statusesOf(host, run, (planned) => meant.has(planned))
  return new Map(
    run.wanted.flatMap((field) =>
      statusOf(field).rows.flatMap(({ candidate, status }) =>
        candidate
          ? [[placeOf({ planned: candidate.index, field }), { candidate, why: status as LeftWhy }] as const]
          : [],
      ),
    ),
  )
}

/** Remembers what is rejected; returns the cells for which nothing is left to decide. */
function reject(
  { host, run, store, planned }: Writing,
  waiting: Waiting,
  decisions: readonly ReviewDecision[],
): readonly ReviewDecision[] {
  const rejected = decisions.filter((one) => one.verdict === 'reject' && waiting.has(placeOf(one)))
  const places = new Map(rejected.map((one) => [placeOf(one), one]))
  checkLease(host, run)
  store.append(
    [...places].flatMap(([place, { planned: index, field }]) => {
      const keys = keysOf(planned[index]!)
      const before = rejectedUnder(store, keys, { sheet: run.sheet, field })
      const now = rejected.filter((one) => placeOf(one) === place).map(({ value }) => hashText(cellText(value)))
      const hashes = [...new Set([...before, ...now])]
      return keys.map((row) => ({ k: 'reject' as const, sheet: run.sheet, row, field, hashes, at: host.now() }))
    }),
  )
  const values = new Set(rejected.map((one) => `${placeOf(one)} ${one.value}`))
  const isOver = (place: string) =>
    waiting.get(place)!.candidate.findings.every(({ value }) => values.has(`${place} ${value}`))
  return [...places].filter(([place]) => isOver(place)).map(([, one]) => one)
}

function leadsOf(waiting: Waiting, accepted: readonly ReviewDecision[]): readonly OpenLead[] {
  const leads = new Map<number, OpenLead>()
  for (const { planned, field, value } of accepted) {
    const finding = waiting.get(placeOf({ planned, field }))?.candidate.findings.find((one) => one.value === value)
    if (!finding) continue
    const lead = leads.get(planned) ?? { row: planned, lead: {}, missing: [], results: {}, heard: [], waiting: [] }
    leads.set(planned, {
      ...lead,
      missing: [...lead.missing, field],
      results: { ...lead.results, [field]: { kind: 'accepted', finding } },
    })
  }
  return [...leads.values()]
}

/** What became of one value: what it counted as before, and by now. */
interface Change {
  readonly planned: number
  readonly field: Field
  readonly before: LeftWhy
  readonly now: 'written' | LeftWhy
}

function changesOf(of: {
  readonly waiting: Waiting
  readonly accepted: readonly ReviewDecision[]
  readonly rejected: readonly ReviewDecision[]
  readonly results: ReadonlyMap<number, RowResult>
}): readonly Change[] {
  const { waiting, accepted, rejected, results } = of
  const change = ({ planned, field }: ReviewDecision, now: Change['now'] | undefined): readonly Change[] => {
    const before = waiting.get(placeOf({ planned, field }))?.why
    return before && now ? [{ planned, field, before, now }] : []
  }
  return [
    ...accepted.flatMap((one) => change(one, results.get(one.planned)?.[one.field])),
    ...rejected.flatMap((one) => change(one, 'rejected')),
  ]
}

// Rows before the cursor are counted in the tally, those behind it are ahead of it.
function counted(before: RunRecord, held: RunRecord, changes: readonly Change[]): RunRecord {
  const tally = { ...before.tally }
  const ahead = { ...before.ahead.tally }
  let cells = 0
  for (const { planned, field, before: was, now } of changes) {
    const isPassed = planned < before.cursor
    const counts = isPassed ? tally : ahead
    counts[field] = recount(counts[field], was, now)
    if (isPassed && isWritten(now)) cells++
  }
  return {
    ...held,
    tally,
    ahead: { ...before.ahead, tally: ahead },
    cellsWritten: before.cellsWritten + cells,
  }
}

function recount(tally: Tally = { written: 0, left: {} }, was: LeftWhy, now: Change['now']): Tally {
  const left = { ...tally.left, [was]: (tally.left[was] ?? 0) - 1 }
  if (left[was] === 0) delete left[was]
  if (now === 'written') return { written: tally.written + 1, left }
  return { ...tally, left: { ...left, [now]: (left[now] ?? 0) + 1 } }
}

/** Whether somebody filled the cell of a decision with something else. */
function holdsAnother(standing: Standing, { planned, field, value }: ReviewDecision): boolean {
  const text = standing.grid[standing.rowOf(planned)?.row ?? -1]?.[standing.targets[field] ?? -1]?.text ?? ''
  return text !== '' && text !== cellText(value)
}

function resultOf(changes: readonly Change[], taken: number): ReviewResult {
  const left = new Map<LeftWhy, number>(taken > 0 ? [['has_value', taken]] : [])
  let written = 0
  let rejected = 0
  for (const { now } of changes) {
    if (isWritten(now)) written++
    else if (now === 'rejected') rejected++
    else left.set(now, (left.get(now) ?? 0) + 1)
  }
  return { written, rejected, left: [...left].map(([why, count]) => ({ why: leftSentence(why), count })) }
}
