import * as fc from 'fast-check'
import { COLUMNS, type Desk, edit, editsOf, openDesk } from './desk'
import { FAIR, faultOf, FETCH, hazardsOf, killedDuring, type Played, type Step, stepsLess } from './hazards'
import { type Broken, expectAll, KEEPS_TYPED, showList } from './invariants'
import {
  HEADER_OF,
  isAnswer,
  listOf,
  type ListColumns,
  makePeople,
  type Person,
  REFERENCE,
  REMARK,
  SHOWN,
} from './list'
import { AFTER_LEASE_MS, enrich, insist, printOf, undoAll } from './scenarios'
import { PAID, type Said, type Stage, TICK } from './stage'
import type { UndoSeen } from './wire'

// What is found by a run in between, as somebody fills cells of a list that is not clean yet.
const WANTED = ['email'] as const

const PHONE = HEADER_OF.phone
const OTHER = 'Other emails'
const MERGED = /^Merged duplicates/

// Calls around which merging reads and writes.
const METHODS = [
  'Range.getValues',
  'Range.getFormulas',
  'Properties.setProperty',
  'SpreadsheetApp.flush',
  'Range.setValues',
  'RangeList.setNumberFormat',
  'RangeList.clearContent',
  'Range.setRichTextValues',
  'Range.setNotes',
  'Sheet.deleteRows',
  'Sheet.insertRowsBefore',
]
const IN_FLIGHT = [
  'Range.setRichTextValues',
  'Sheet.deleteRows',
  'Sheet.insertRowsBefore',
  'SpreadsheetApp.flush',
  FETCH,
]

/** One press, and what happens meanwhile. `merge`: the next pairs, or once more those that were not answered. */
interface MergeStep extends Step {
  readonly work: 'merge' | 'undo' | 'enrich' | 'look' | 'tick' | 'idle'
}

/** A play about duplicates. */
export interface MergeSchedule {
  readonly steps: readonly MergeStep[]
  /** Whether each press begins a merge, as somebody who looks for duplicates once more, or goes on with the last. */
  readonly batches: 'each_a_merge' | 'of_one_merge'
  readonly ending: 'keep' | 'undo'
  readonly columns: Exclude<ListColumns, 'without_wanted'>
}

// People, and those of them that stand in the list twice.
const COUNT = 14
const TWINS = 6
const PAIRS_A_BATCH = 2
const MOST_SLICES = 10

// Longer than the lease of a merge.
const AFTER_MERGE_MS = 121_000

// Columns before the cells of a row that was moved away.
const ORIGINS = 4

// So many rows are never deleted.
const LEAST = COUNT + TWINS - 4

const edits = editsOf(COUNT + TWINS)
const hazards = hazardsOf(COUNT + TWINS, { methods: METHODS, inFlight: IN_FLIGHT })

/** Random plays about duplicates; equal seeds give equal ones. */
export const MERGE_SCHEDULES: fc.Arbitrary<MergeSchedule> = fc.record({
  steps: fc.array(
    fc.record({
      work: fc.constantFrom<MergeStep['work']>(
        'merge',
        'merge',
        'merge',
        'merge',
        'undo',
        'undo',
        'enrich',
        'look',
        'tick',
        'idle',
      ),
      hazards: fc.array(hazards, { maxLength: 3 }),
      edits: fc.array(edits, { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  batches: fc.constantFrom('each_a_merge', 'of_one_merge'),
  ending: fc.constantFrom('keep', 'undo'),
  columns: fc.constantFrom('with_wanted', 'with_formulas'),
})

/** A pair of rows: the texts that the row that stays had when it was read, and those that it gets. */
interface Pair {
  readonly keep: string
  readonly gone: string
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
}

interface PageSeen {
  readonly headers: readonly string[]
  readonly mark: string
  readonly rows: readonly (readonly [row: number, texts: readonly string[]])[]
}

interface HomeSeen {
  readonly run: { readonly id: string; readonly state: string } | null
  readonly history: readonly { readonly id: string; readonly undo: string }[]
}

/** What the sidebar sends for some pairs, until it has an answer. */
interface Press {
  readonly ask: object
  readonly pairs: readonly Pair[]
}

const people = makePeople(COUNT)
const twins = people.slice(0, TWINS).map((one, index): Person => ({ ...one, ref: `T${String(index + 1)}` }))
const phoneOf = (ref: string) => `phone of ${ref}`
const noteOf = (ref: string) => `Enrich: vendor ${ref}, 90 % sure`

/** The list: after every other person comes the twin of another one, with a phone that only the twin has. */
function makeList(columns: ListColumns): readonly string[][] {
  const order = people.flatMap((one, index) =>
    index % 2 === 1 && twins[index >> 1] ? [one, twins[index >> 1]!] : [one],
  )
  const [headers = [], ...rows] = listOf(order, columns)
  const at = headers.indexOf(PHONE)
  return [headers, ...rows.map((row) => (row[0]!.startsWith('T') ? row.with(at, phoneOf(row[0]!)) : row))]
}

/** Plays it, lets everything calm down, has the person end what was begun, and looks for every row, cell and note. */
export async function playMerges(stage: Stage, schedule: MergeSchedule): Promise<Played> {
  const list = makeList(schedule.columns)
  await stage.reset(list, ['hunter'])
  noteTwins(stage, list)
  const all = [...people, ...twins]
  const order = list.slice(1).map(([ref]) => all.find((one) => one.ref === ref)!)
  const desk = openDesk(stage.store, { rows: expectAll(order, list).rows, least: LEAST })
  const counts = new Map<string, number>()
  const count = (hazard: string) => void counts.set(hazard, (counts.get(hazard) ?? 0) + 1)
  const play: Play = {
    stage,
    desk,
    pairs: [],
    press: undefined,
    undoing: new Set(),
    merges: 0,
    going: undefined,
    batches: schedule.batches,
    isTold: false,
    isKilled: false,
  }
  for (const { work, hazards: misfortunes, edits: now } of schedule.steps) {
    for (const act of now) edit(desk, act, 'at_rest')
    const before = stage.heard().length
    const given = { desk, vendors: stage.vendors, count, overtake: () => undefined }
    stage.emulator.script(misfortunes.flatMap((hazard) => faultOf(hazard, given)))
    await doWork(play, work)
    count(work)
    stage.emulator.script([])
    for (const { state, calls } of stage.heard().slice(before)) {
      if (state !== 'killed') continue
      play.isKilled = true
      count(killedDuring(calls))
    }
  }
  for (const host of Object.values(PAID)) stage.vendors.weather(host, FAIR)
  await stage.emulator.advance(AFTER_MERGE_MS)
  for (const header of desk.renamed.keys())
    edit(desk, { do: 'rename header', column: COLUMNS.indexOf(header) }, 'at_rest')
  const isEnded = await endAll(play)
  if (schedule.steps.some(({ work }) => work === 'enrich')) await enrich(stage, WANTED)
  const broken = checkList(play, isEnded)
  if (schedule.ending === 'keep' || !isEnded) return { broken, hazards: counts }
  const told = await undoAll(stage)
  const isWhole = told.every((one) => one !== 'column_gone' && one.gone + one.changed === 0)
  const isUndone = (await lookAround(stage))?.history.every(({ undo }) => undo === 'undone' || undo === 'nothing')
  count(isUndone ? 'undone in the end' : 'not undone in the end')
  return {
    broken: [...broken, ...checkList(play, isWhole && isUndone === true), ...(isUndone ? checkBack(play) : [])],
    hazards: counts,
  }
}

interface Play {
  readonly stage: Stage
  readonly desk: Desk
  /** Those that were sent, oldest first. */
  readonly pairs: Pair[]
  press: Press | undefined
  /** What somebody began to undo and that was not heard to end. */
  readonly undoing: Set<string>
  merges: number
  /** The merge that the next pairs belong to, and which of its batches they are. */
  going: { readonly id: string; readonly batch: number } | undefined
  readonly batches: MergeSchedule['batches']
  /** Whether the product said that rows may stand twice, or that cells were not put back. */
  isTold: boolean
  /** Whether an execution was killed. */
  isKilled: boolean
}

function noteTwins({ store }: Stage, list: readonly (readonly string[])[]): void {
  const column = list[0]!.indexOf(PHONE)
  const notes = list.map(([ref = '']) => [ref.startsWith('T') ? { note: noteOf(ref) } : {}])
  store.write(store.tabs()[0]!.id, { row: 0, column, rows: list.length, columns: 1 }, notes)
}

async function doWork(play: Play, work: MergeStep['work']): Promise<void> {
  const { stage } = play
  switch (work) {
    case 'merge':
      return merge(play)
    case 'undo':
      return undo(play)
    case 'enrich':
      return enrichForOnce(stage)
    case 'look':
      await stage.ask('overview', [LOOK])
      return
    case 'tick':
      await stage.run(TICK)
      return
    case 'idle':
      await stage.emulator.advance(AFTER_LEASE_MS)
  }
}

async function merge(play: Play): Promise<void> {
  if (!play.press) {
    play.press = await readPairs(play)
    play.pairs.push(...(play.press?.pairs ?? []))
  }
  if (!play.press) return
  const said = await play.stage.ask('mergeGroups', [play.press.ask])
  listen(play, said)
  // After most problems the person looks for duplicates once more; after anything else the sidebar asks again.
  if (!isOver(said)) return
  const { going, batches } = play
  play.press = undefined
  play.going =
    said.kind === 'value' && batches === 'of_one_merge' && going ? { ...going, batch: going.batch + 1 } : undefined
}

function listen(play: Play, said: Said): void {
  const left = said.kind === 'value' ? (said.value as Partial<UndoSeen>) : {}
  play.isTold ||= (left.gone ?? 0) + (left.changed ?? 0) > 0
  play.isTold ||=
    said.kind === 'problem' && /may stand there and among the merged ones|put them and their/i.test(said.message)
}

/** The next pairs that stand in the list, as the sidebar reads and sends them. */
async function readPairs(play: Play): Promise<Press | undefined> {
  const { stage, desk } = play
  const nameOf = (header: string) => desk.renamed.get(header) ?? header
  const firstRow = showList(stage.store).findIndex((row) => row.includes(nameOf(REFERENCE))) + 1
  const sheet = stage.store.tabs()[0]!.id
  const said = await stage.ask('listRows', [{ sheet, firstRow, from: firstRow }])
  if (said.kind !== 'value') return undefined
  const { headers, mark, rows } = said.value as PageSeen
  const columnOf = (header: string) => headers.indexOf(nameOf(header))
  const found = new Map(rows.map(([row, texts]) => [texts[columnOf(REFERENCE)] ?? '', { row, texts }]))
  const refOf = ({ row, texts }: { readonly row: number; readonly texts: readonly string[] }) => {
    return { row, print: printOf(texts) }
  }
  const next = twins
    .flatMap(({ ref }, index) => {
      const [keep, gone] = [found.get(people[index]!.ref), found.get(ref)]
      return keep && gone ? [{ keep, gone, refs: [people[index]!.ref, ref] as const }] : []
    })
    .slice(0, PAIRS_A_BATCH)
  const sent = next.map(({ keep, gone, refs: [kept, left] }) => {
    const phone = gone.texts[columnOf(PHONE)] ?? ''
    const after = new Map([
      [REMARK, `kept ${kept} for ${left}`],
      [OTHER, `${left}@example.org`],
    ])
    if (phone !== '' && keep.texts[columnOf(PHONE)] === '') after.set(PHONE, phone)
    const cells = [...after].map(([header, text]) => ({
      column: header === OTHER ? null : columnOf(header),
      header: header === OTHER ? OTHER : '',
      text,
      from: header === PHONE ? 1 : null,
    }))
    const pair: Pair = { keep: kept, gone: left, before: new Map(desk.rows.get(kept)?.texts), after }
    return { group: { keep: refOf(keep), gone: [refOf(gone)], cells }, pair }
  })
  if (sent.length === 0) return undefined
  const groups = sent.map(({ group }) => group)
  play.going ??= { id: `${String(++play.merges).padStart(8, '0')}-simulated`, batch: 0 }
  const ask = { merge: play.going.id, batch: play.going.batch, sheet, firstRow, mark, groups }
  return { ask, pairs: sent.map(({ pair }) => pair) }
}

const LOOK = { scope: 'all', mapping: {}, wanted: null }

async function lookAround(stage: Stage): Promise<HomeSeen | undefined> {
  const said = await stage.ask('overview', [LOOK])
  return said.kind === 'value' ? (said.value as HomeSeen) : undefined
}

async function undo(play: Play): Promise<void> {
  const { stage } = play
  const next = (await lookAround(stage))?.history.find((one) => one.undo === 'possible')
  if (!next) return
  play.undoing.add(next.id)
  const said = await stage.ask('undoRun', [next.id])
  listen(play, said)
  if (isOver(said)) play.undoing.delete(next.id)
}

function isOver(said: Said): boolean {
  if (said.kind === 'problem') return !/try again|put them/i.test(said.message)
  return said.kind === 'value' && (said.value as { readonly state?: string }).state !== 'running'
}

/** Begins a run, or goes on with the one that there is, for a slice. */
async function enrichForOnce(stage: Stage): Promise<void> {
  const run = (await lookAround(stage))?.run
  if (run?.state === 'running') return void (await stage.ask('continueRun', [run.id]))
  const receipt = await stage.ask('receipt', [
    { scope: 'all', mapping: {}, wanted: WANTED, purpose: 'Misfortune', cap: 99 },
  ])
  if (receipt.kind !== 'value') return
  const begun = await stage.ask('startRun', [(receipt.value as { readonly id: string }).id])
  if (begun.kind === 'value') await stage.ask('continueRun', [(begun.value as { readonly id: string }).id])
}

/** Ends what was begun; false when the product says why it cannot. */
async function endAll(play: Play): Promise<boolean> {
  const { stage, press } = play
  if (press) listen(play, await insist(stage, 'mergeGroups', [press.ask]))
  const history = play.undoing.size > 0 ? ((await lookAround(stage))?.history ?? []) : []
  for (const { id } of history.filter((one) => play.undoing.has(one.id)))
    for (let tries = 0; play.undoing.has(id) && tries < MOST_SLICES; tries++) {
      const said = await insist(stage, 'undoRun', [id])
      listen(play, said)
      if (said.kind !== 'value') return false
      if (isOver(said)) play.undoing.delete(id)
    }
  const said = await insist(stage, 'duplicates', [{}])
  const pending =
    said.kind === 'value' ? (said.value as { readonly pending: { readonly id: string } | null }).pending : null
  if (!pending) return !play.isTold
  const last = await insist(stage, 'finishMerge', [pending.id])
  listen(play, last)
  return last.kind === 'value' && !play.isTold
}

/** Each row stands once, in the list or among those that were merged, and holds what people typed or agreed to. */
function checkList({ stage, desk, pairs, isKilled }: Play, isEnded: boolean): readonly Broken[] {
  const { store } = stage
  const shown = showList(store)
  const top = shown.findIndex((row) => row.includes(REFERENCE))
  const headers = shown[top] ?? []
  const at = headers.indexOf(REFERENCE)
  const places = new Map<string, number[]>()
  for (const [row, texts] of shown.entries())
    if (row !== top) places.set(texts[at] ?? '', [...(places.get(texts[at] ?? '') ?? []), row])
  const moved = movedRows(stage, desk)
  const agreedFor = (ref: string, header: string) =>
    pairs.findLast(({ keep, after }) => keep === ref && after.has(header))?.after.get(header)
  const broken: Broken[] = []
  const tell = (promise: string, detail: string) => void broken.push({ promise, detail })

  for (const [ref, { texts: typed, inWindow }] of desk.rows) {
    const [inList, inTab] = [places.get(ref)?.length ?? 0, moved.get(ref)?.length ?? 0]
    const isBoth = !isEnded && inList < 2 && inTab > 0
    if (inList + inTab !== 1 && !isBoth) tell('rows', `${ref}: ${String(inList)} in the list, ${String(inTab)} merged`)
    for (const [header, text] of inList > 0 ? [] : typed) {
      const isCopied =
        text === '' || text.startsWith('=') || inWindow.has(header) || moved.get(ref)?.[0]?.includes(text)
      if (!isCopied) tell(KEEPS_TYPED, `${ref} ${header}: ${text} was not moved along`)
    }
  }
  const formulas = new Map(SHOWN.map(({ header, show }) => [header, show]))
  const notes = store.read(store.tabs()[0]!.id, {
    row: 0,
    column: headers.indexOf(PHONE),
    rows: shown.length,
    columns: 1,
  })
  for (const [row, texts] of shown.entries()) {
    if (row === top) continue
    const ref = texts[at] ?? ''
    const mine = desk.rows.get(ref)
    // Who deletes a row in that moment, or one that is being moved, has it all the same.
    const isBack = desk.deletedInWindow.has(ref) || pairs.some(({ gone }) => gone === ref)
    if (!mine && ref !== '' && !isBack) tell('rows', `${ref} stands where no row should`)
    if (!mine && ref !== '') continue
    const pair = pairs.findLast(({ keep }) => keep === ref)
    const isMerged = pair !== undefined && !places.has(pair.gone)
    const textOf = (header: string) => texts[headers.indexOf(header)] ?? ''
    for (const [column, text] of texts.entries()) {
      const header = headers[column] ?? ''
      if (column === at) continue
      const shows = formulas.get(header)
      const typed = shows ? (mine ? shows(textOf) : '') : header === OTHER ? '' : (mine?.texts.get(header) ?? '')
      // What a merge left whose undoing failed is there when the same rows are merged again.
      const agreed = isMerged ? agreedFor(ref, header) : undefined
      const isTouched = mine?.inWindow.has(header) || (header !== OTHER && typed !== pair?.before.get(header))
      if (agreed !== undefined && !isTouched && text !== agreed && isEnded && moved.has(pair!.gone))
        tell('merged values', `${ref} ${header}: ${JSON.stringify(text)} instead of ${agreed}`)
      const isMeant =
        text === typed ||
        text === mine?.inWindow.get(header) ||
        (agreed === text && (!isTouched || mine?.inWindow.has(header))) ||
        (!isEnded && agreedFor(ref, header) === text) ||
        (header === HEADER_OF.email && mine?.who.some((who) => isAnswer('email', text, who)))
      if (!isMeant)
        tell(
          KEEPS_TYPED,
          `${ref} ${header || `column ${String(column + 1)}`}: ${JSON.stringify(text)} instead of ${JSON.stringify(typed)}`,
        )
    }
    const from = /vendor (T\d+),/.exec(notes[row]?.[0]?.note ?? '')?.[1]
    const isTyped = textOf(PHONE).startsWith('Typed') || mine?.inWindow.has(PHONE)
    // Killed in the very moment in which rows moved, one may keep the note of the row that it took the place of.
    const isMixed = desk.movedInWindow && isKilled
    if (from !== undefined && !isTyped && textOf(PHONE) !== phoneOf(from) && !isMixed)
      tell('notes', `${ref}: that of ${from} beside ${JSON.stringify(textOf(PHONE))}`)
    const isNoted = textOf(PHONE) === '' || isTyped || from !== undefined
    // Whose row moved in that moment is not told any more; who said a value stands beside the copy.
    if (!isNoted && isEnded && !desk.movedInWindow) tell('notes', `${ref}: that of ${textOf(PHONE)} is gone`)
  }
  return broken
}

/** The rows of the tabs of merged duplicates, by reference. */
function movedRows({ store }: Stage, desk: Desk): ReadonlyMap<string, readonly (readonly string[])[]> {
  const moved = new Map<string, (readonly string[])[]>()
  for (const { id } of store.tabs().filter((tab) => !tab.hidden && MERGED.test(tab.name))) {
    const { rows, columns } = store.used(id)
    for (const texts of store.display(id, { row: 0, column: 0, rows, columns })) {
      const ref = texts.slice(ORIGINS).find((text) => desk.rows.has(text))
      if (ref !== undefined) moved.set(ref, [...(moved.get(ref) ?? []), texts])
    }
  }
  return moved
}

/** After everything was undone nothing is among the merged rows any more. */
function checkBack({ stage, desk }: Play): readonly Broken[] {
  return [...movedRows(stage, desk).keys()].map((ref) => ({ promise: 'undo puts back', detail: `${ref} stays merged` }))
}

/** A play with one part less, whichever may not be needed for it to fail. */
export function* mergesLess(schedule: MergeSchedule): Generator<MergeSchedule> {
  if (schedule.ending === 'undo') yield { ...schedule, ending: 'keep' }
  if (schedule.columns === 'with_formulas') yield { ...schedule, columns: 'with_wanted' }
  if (schedule.batches === 'of_one_merge') yield { ...schedule, batches: 'each_a_merge' }
  for (const fewer of stepsLess(schedule.steps)) yield { ...schedule, steps: fewer }
}
