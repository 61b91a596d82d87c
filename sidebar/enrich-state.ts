import { searchSentence } from './search-words'
import { computed, signal } from '@preact/signals'
import type {
  Api,
  CompanionsView,
  ExplainView,
  Overview,
  PastView,
  ProblemView,
  ReviewDecision,
  ReviewItem,
  ReviewResult,
  ReviewView,
  RowsShown,
  RowStatus,
  RunRequest,
  RunView,
  Scope,
  UndoView,
  VerdictsView,
} from '../src/app/api-types'
import type { Field, Verifiable } from '../src/domain/field'
import { fieldInfo, VERDICT_FIELDS } from '../src/domain/field'
import type { Receipt } from '../src/domain/receipt'
import type { Call, Opening } from './call'
import { ConnectionLost, problemView } from './connection'
import { makeRepeats } from './repeats-state'
import { makeSaved } from './saved-state'
import { count, listed, upperFirst } from './words'

/** What columns beside the list tell: what became of each row, where values come from, or nothing any more. */
export type Beside = Parameters<Api['addCompanions']>[0]['what']

/** Where the Enrich screen stands. `renewed`: the receipt before it had expired. */
export type Stage =
  | { readonly at: 'loading' }
  | { readonly at: 'choose' }
  /** `turn`: another one for another screen, not for other figures on the same. */
  | { readonly at: 'receipt'; readonly turn: number; readonly receipt: Receipt; readonly renewed: boolean }
  | { readonly at: 'run'; readonly run: RunView }
  | { readonly at: 'undo'; readonly undo: UndoView }
  | { readonly at: 'explain'; readonly cell: ExplainView }
  | { readonly at: 'review'; readonly review: ReviewView }

/** What the server is being asked for. */
export type Busy =
  | 'reading'
  | 'pricing'
  | 'covering'
  | 'starting'
  | 'stopping'
  | 'resuming'
  | 'undoing'
  | 'telling'
  | 'practice'
  | 'store'
  | 'showing'
  | 'explaining'
  | 'reviewing'
  | 'settling'
  | 'saving'

/** A part of the form that must be filled before a receipt can be made, and what to say about it. */
export type Gap = { readonly part: 'wanted' | 'purpose' | 'cap'; readonly message: string }

const POLL_MS = 2_000
// Each look at the state is counted by Google (platform.md section 1: 50,000 operations on properties a day): after the
// first minute a run is looked at less often, and one that rests rarely.
const CALM_POLL_MS = 5_000
const LIVELY_MS = 60_000
const REST_POLL_MS = 60_000
/** Pauses before a lost slice is asked again: 2 s and 4 s, then the person decides. */
const RETRY_MS = [2_000, 4_000]

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whether a run still needs somebody: it is going on or waits for a decision. */
function isOpen(run: RunView): boolean {
  return run.state === 'running' || run.state === 'paused'
}

/** Whether a run stands at its cap: to go on as it is would pause it again at once. */
export function isCapUsedUp({ state, problem, training }: RunView): boolean {
  return !training && (state === 'paused' || state === 'stopped') && problem?.action === 'new_receipt'
}

/** The Enrich screen: what is on it and what a person can do there. */
export type EnrichState = ReturnType<typeof makeEnrich>

/** Rows that are tried before the others: enough to see what comes back, few enough to be cheap. */
export const TRIED = 10

/** Makes the state of the Enrich screen. Nothing is asked before `open`. */
export function makeEnrich(call: Call) {
  const stage = signal<Stage>({ at: 'loading' })
  const overview = signal<Overview | null>(null)
  const draft = signal<RunRequest>({ scope: 'selected', wanted: [], mapping: {}, purpose: '', cap: 0 })
  const busy = signal<Busy | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** What became of the stored answers when the person chose. */
  const storeWords = signal<string | null>(null)
  /** Until when the run on the screen waits for an execution elsewhere at most; null while it moves. */
  const heldUntil = signal<number | null>(null)
  /** Which rows were selected in the sheet. */
  const rowsWords = signal<string | null>(null)
  /** What became of the columns beside the list. */
  const besideWords = signal<string | null>(null)
  /** How a run of the history searched, a line a field. */
  const searches = signal<{ readonly id: string; readonly lines: readonly string[] } | null>(null)
  /** What became of the values that were decided last. */
  const reviewWords = signal('')
  /** What the first screen is for: to find what is missing, or to verify addresses or phone numbers. */
  const task = signal<'enrich' | Verifiable>('enrich')
  /** True once the person has asked for a receipt: from then on gaps are shown. */
  const pressed = signal(false)
  /** True once a screen has followed another: from then on its heading takes the focus. */
  const moved = signal(false)
  const gaps = computed<readonly Gap[]>(() => gapsOf(draft.value, overview.value))

  /** What was chosen before something else had its turn. */
  let before: Partial<RunRequest> | undefined
  let again: () => Promise<void> = open
  let reading = 0
  let attached = 0
  let shown = 0
  let receipts = 0
  /** The lanes that are driven for the run on the screen. */
  let lanes = new Set<number>()

  const repeats = makeRepeats(call, () => draft.value)

  const saved = makeSaved({
    call,
    draft,
    hasGaps: () => gaps.value.length > 0,
    change,
    read,
    complain: () => (pressed.value = true),
    attempt: async (work) => {
      await attempt('saving', work)
      return problem.value === null
    },
  })

  /** Does one thing at a time, keeps its problem for the screen and remembers how to try again. */
  async function attempt(what: Busy, work: () => Promise<void>): Promise<void> {
    busy.value = what
    problem.value = null
    try {
      await work()
    } catch (error) {
      problem.value = problemView(error)
      again = () => attempt(what, work)
    } finally {
      if (busy.value === what) busy.value = null
    }
  }

  function go(next: Stage): void {
    moved.value = stage.value.at !== 'loading' || moved.value
    if (next.at === 'choose') endRepair()
    repeats.forget()
    stage.value = next
    rowsWords.value = null
    besideWords.value = null
  }

  /** Opens the screen: goes back to a run that has not ended, or shows the choice, or the receipt for `start`. */
  async function open(opening: Opening = 'enrich'): Promise<void> {
    attached += 1
    stage.value = { at: 'loading' }
    if (opening === 'explain') return explain()
    await attempt('reading', async () => {
      await read()
      const view = overview.value
      if (!view) return
      if (view.run && isOpen(view.run)) return attach(view.run)
      go({ at: 'choose' })
      if (opening === 'start' && isReady(view)) await price('first')
    })
  }

  function isReady(view: Overview): boolean {
    return view.canAsk && !view.problem && !view.storeTrouble && view.rowsInScope > 0 && gaps.value.length === 0
  }

  async function read(): Promise<void> {
    const turn = (reading += 1)
    const { scope, mapping, wanted, saved: savedId } = draft.value
    const known = overview.value
    const view = await call('overview', { scope, mapping, wanted: known ? wanted : null, saved: savedId })
    if (turn !== reading) return
    overview.value = view
    const { purpose } = draft.value
    if (!known) {
      const { scope: first, wanted: usual, cap } = view
      draft.value = { scope: first, wanted: usual, mapping: {}, purpose: purpose || view.purpose, cap }
      return
    }
    if (known.sheet.id === view.sheet.id) {
      // The file was given its purpose, or another one, since.
      if (purpose === '' || purpose === known.purpose) change({ purpose: view.purpose })
      // Another environment may have other vendors, which find other fields.
      change({ wanted: wanted.filter((field) => view.choices.some((choice) => choice.field === field)) })
      return
    }
    saved.putAside()
    change({ mapping: {}, wanted: view.wanted })
    // The corrections and the saved run were for another sheet.
    if (Object.keys(mapping).length > 0 || scope === 'added') await read()
  }

  /** Reads the sheet and the selection again; what the person has typed stays. */
  function refresh(): Promise<void> {
    return attempt('reading', read)
  }

  /** The person came back from the grid: the selection may be another one. */
  async function returned(): Promise<void> {
    if (busy.value !== null) return
    if (stage.value.at === 'choose') return refresh()
    if (stage.value.at === 'loading') return open()
  }

  /** Another screen chose this environment: what the banner says is true before the sheet is read again. */
  function learnEnvironment(environment: Overview['environment']): void {
    if (overview.value) overview.value = { ...overview.value, environment }
  }

  function change(part: Partial<RunRequest>): void {
    draft.value = { ...draft.value, ...part }
  }

  async function chooseScope(scope: Scope): Promise<void> {
    change({ scope })
    await refresh()
  }

  async function correct(column: number, field: Field | null): Promise<void> {
    change({ mapping: { ...draft.value.mapping, [column]: field } })
    await refresh()
  }

  async function toggle(field: Field): Promise<void> {
    const { wanted, scope } = draft.value
    change({ wanted: wanted.includes(field) ? wanted.filter((other) => other !== field) : [...wanted, field] })
    if (scope === 'missing' || scope === 'last_run') await refresh()
  }

  /** Begins to verify addresses or numbers; what was chosen to find comes back with `endVerify`. */
  async function verify(what: Verifiable): Promise<void> {
    const { wanted, mapping, scope } = draft.value
    before ??= { wanted, mapping }
    task.value = what
    saved.putAside()
    change({
      wanted: [VERDICT_FIELDS[what]],
      mapping: what === 'phone' ? withNumbers(mapping) : mapping,
      scope: scope === 'selected' ? 'selected' : 'all',
    })
    go({ at: 'choose' })
    await refresh()
  }

  /** Where no column is that of the numbers, the first with another kind of them is, such as mobile ones. */
  function withNumbers(mapping: RunRequest['mapping']): RunRequest['mapping'] {
    const columns = overview.value?.columns ?? []
    const first = columns.find(({ field }) => field && fieldInfo(field).kind === 'phone')
    if (!first || columns.some(({ field }) => field === 'phone')) return mapping
    return { ...mapping, [first.column]: 'phone' }
  }

  async function endVerify(): Promise<void> {
    task.value = 'enrich'
    if (before) change(before)
    before = undefined
    go({ at: 'choose' })
    await refresh()
  }

  /** Takes a column for that of the addresses or the numbers, and no other. */
  async function chooseVerified(what: Verifiable, column: number): Promise<void> {
    const others = (overview.value?.columns ?? []).filter(({ field }) => field === what).map((one) => one.column)
    const none = Object.fromEntries(others.map((other) => [other, null]))
    change({ mapping: { ...draft.value.mapping, ...none, [column]: what } })
    await refresh()
  }

  function showReceipt(receipt: Receipt, renewed = false): void {
    go({ at: 'receipt', turn: (receipts += 1), receipt, renewed })
    const { scope, replace } = draft.value
    const { selection, sheet } = overview.value ?? {}
    const rows = (scope === 'selected' ? selection?.rows : sheet?.rows) ?? Infinity
    if (!replace) repeats.offer(receipt, rows)
  }

  /** A receipt for looking up all rows, or one of each group of repeats. */
  async function chooseRepeats(chosen: 'all' | 'once'): Promise<void> {
    const { value } = repeats.found
    if (value.at !== 'found' || value.chosen === chosen || busy.value !== null) return
    await attempt('pricing', async () => {
      const once = chosen === 'once' ? { repeats: value.repeats } : {}
      const receipt = await call('receipt', { ...draft.value, ...once })
      if (stage.value.at !== 'receipt') return
      stage.value = { ...stage.value, receipt, renewed: false }
      repeats.found.value = { ...value, chosen }
    })
  }

  /** Asks for the receipt; `renew` when the one before it had expired: then repeats that were taken up stay so. */
  async function price(why: 'first' | 'renew'): Promise<void> {
    pressed.value = true
    if (gaps.value.length > 0) return
    await attempt('pricing', async () => {
      const kept = why === 'renew' ? repeats.takenUp() : undefined
      const receipt = await call('receipt', draft.value)
      if (!kept) return showReceipt(receipt, why === 'renew')
      try {
        const once = await call('receipt', { ...draft.value, repeats: kept.repeats })
        go({ at: 'receipt', turn: (receipts += 1), receipt: once, renewed: true })
        repeats.found.value = { ...kept, all: receipt, once }
      } catch (error) {
        showReceipt(receipt, true)
        throw error
      }
    })
  }

  /** A receipt for a few rows, to see what they bring before the others are asked about. */
  async function tryFirst(): Promise<void> {
    change({ sample: TRIED })
    await price('first')
  }

  /** A receipt for the rows that a trial left, by what it taught. */
  async function priceOthers({ sample, fields }: RunView): Promise<void> {
    attached += 1
    wholeAgain()
    if (sample) change({ scope: sample.scope, saved: sample.saved, wanted: fields.map(({ field }) => field) })
    await attempt('pricing', async () => {
      await read()
      showReceipt(await call('receipt', draft.value))
    })
  }

  /** A receipt for the cells that a failing vendor left empty. */
  async function retry(run: RunView): Promise<void> {
    const failed = run.fields.filter(({ leftAlone }) => leftAlone.some(({ status }) => status === 'vendor_trouble'))
    await priceRest({ wanted: failed.map(({ field }) => field) })
  }

  /** Ticks on a receipt that the transfer to a vendor is covered; its figures stay what they are. */
  async function cover(receipt: Receipt, vendor: string): Promise<void> {
    await attempt('covering', async () => {
      await call('coverTransfer', { vendor, isCovered: true })
      const transfers = receipt.transfers.filter(({ id }) => id !== vendor)
      stage.value = { at: 'receipt', turn: receipts, receipt: { ...receipt, transfers }, renewed: false }
    })
  }

  function wholeAgain(): void {
    const { sample: _tried, ...whole } = draft.value
    draft.value = whole
  }

  async function back(): Promise<void> {
    wholeAgain()
    go({ at: 'choose' })
    await refresh()
  }

  async function start(receipt: Receipt): Promise<void> {
    if (Date.now() > receipt.validUntil) return price('renew')
    const kept = repeats.takenUp()
    await attempt('starting', async () => {
      attach(await (kept ? call('startRun', receipt.id, kept.repeats) : call('startRun', receipt.id)))
    })
  }

  /** Shows a run, and works on it or watches it until it has ended or another screen is shown. */
  function attach(run: RunView): void {
    attached += 1
    lanes = new Set()
    problem.value = null
    heldUntil.value = null
    go({ at: 'run', run })
    if (!isOpen(run)) return
    void watch(run.id, attached)
    if (run.mine && run.state === 'running') void drive(run.id, attached)
  }

  function show(run: RunView): void {
    shown += 1
    stage.value = { at: 'run', run }
    if (run.state !== 'running' && busy.value === 'stopping') busy.value = null
  }

  /** Whether this loop is the one of the screen, and its run needs more of it. */
  function goesOn(turn: number): boolean {
    if (turn !== attached || stage.value.at !== 'run') return false
    const { run } = stage.value
    return run.mine ? run.state === 'running' : isOpen(run)
  }

  /** How long to leave a resting run alone; undefined when the run on the screen does not rest. */
  function resting(): number | undefined {
    const { value } = stage
    if (value.at !== 'run' || !value.run.rest) return undefined
    return Math.min(Math.max(value.run.rest.until - Date.now(), POLL_MS), REST_POLL_MS)
  }

  /** Until when another execution holds the run on the screen; null when nobody does. */
  function heldBy(): number | null {
    const { value } = stage
    return value.at === 'run' && value.run.state === 'running' ? value.run.heldUntil : null
  }

  /** Works slice by slice. A slice whose answer was lost is asked again: the server knows what was done. */
  async function drive(id: string, turn: number): Promise<void> {
    let lost = 0
    openLanes(id, turn)
    while (goesOn(turn)) {
      const before = Date.now()
      try {
        const run = await call('continueRun', id)
        lost = 0
        if (turn === attached) show(run)
        openLanes(id, turn)
      } catch (error) {
        if (turn !== attached) return
        const wait = error instanceof ConnectionLost ? RETRY_MS[lost] : undefined
        if (wait === undefined) return interrupt(error)
        lost += 1
        await pause(wait)
      }
      const idle = Date.now() - before < POLL_MS / 2
      heldUntil.value = idle ? heldBy() : null
      // A slice that came back at once had nothing to do yet.
      if (idle) await pause(resting() ?? (heldUntil.value === null ? POLL_MS / 2 : CALM_POLL_MS))
    }
  }

  /** As many lanes as the run on the screen is worth. */
  function worth(): number {
    const { value } = stage
    return value.at === 'run' ? value.run.lanes : 0
  }

  function openLanes(id: string, turn: number): void {
    const driven = lanes
    for (let lane = 1; lane <= worth() && goesOn(turn); lane++) {
      if (driven.has(lane)) continue
      driven.add(lane)
      void driveLane({ run: id, lane }, turn).finally(() => driven.delete(lane))
    }
  }

  /** Works beside `drive` as one of its lanes; what is done shows there, and what fails there is told there. */
  async function driveLane(ask: { readonly run: string; readonly lane: number }, turn: number): Promise<void> {
    while (goesOn(turn) && ask.lane <= worth()) {
      const before = Date.now()
      const left = await call('joinRun', ask).then(
        () => POLL_MS - (Date.now() - before),
        () => CALM_POLL_MS,
      )
      if (left > 0) await pause(left)
    }
  }

  /** Shows the state every two seconds. An answer that a later one has overtaken is dropped. */
  async function watch(id: string, turn: number): Promise<void> {
    let lost = 0
    const begun = Date.now()
    for (;;) {
      await pause(resting() ?? (Date.now() - begun < LIVELY_MS ? POLL_MS : CALM_POLL_MS))
      if (!goesOn(turn)) return
      const before = shown
      try {
        const run = await call('runStatus', id)
        lost = 0
        if (turn === attached && shown === before) show(run)
      } catch (error) {
        if (turn !== attached) return
        lost += 1
        if (lost > RETRY_MS.length) return interrupt(error)
      }
    }
  }

  function interrupt(error: unknown): void {
    attached += 1
    busy.value = null
    problem.value = problemView(error)
    again = reattach
  }

  async function reattach(): Promise<void> {
    const { value } = stage
    if (value.at !== 'run') return
    await attempt('resuming', async () => attach(await call('runStatus', value.run.id)))
  }

  /** Asks the run to stop; the screen says so until the server has. */
  async function stop(run: RunView): Promise<void> {
    busy.value = 'stopping'
    problem.value = null
    try {
      show(await call('stopRun', run.id))
    } catch (error) {
      busy.value = null
      problem.value = problemView(error)
      again = () => stop(run)
    }
  }

  async function resume(run: RunView): Promise<void> {
    await attempt('resuming', async () => attach(await call('resumeRun', run.id)))
  }

  /** Selects the rows of a run in the sheet in which a field has this status, and says how many they are. */
  async function showRows(run: RunView, field: Field, status: RowStatus): Promise<void> {
    await tellRows(() => call('showRows', { run: run.id, field, status }))
  }

  /** Selects the rows of a run in which something went wrong with any field. */
  async function showFailed(run: RunView): Promise<void> {
    await tellRows(() => call('showFailed', run.id))
  }

  /** Puts columns beside the list that tell about the last run, or empties them, and says where they are. */
  async function tellBeside(run: RunView, what: Beside): Promise<void> {
    await attempt('telling', async () => {
      besideWords.value = besideSentence(what, await call('addCompanions', { run: run.id, what }))
    })
  }

  /** Tells how a run of the history searched, or puts that away again. */
  async function tellSearches(id: string): Promise<void> {
    if (searches.value?.id === id) searches.value = null
    else
      await attempt('telling', async () => {
        searches.value = { id, lines: (await call('searchesUsed', id)).map(searchSentence) }
      })
  }

  async function tellRows(ask: () => Promise<RowsShown>): Promise<void> {
    await attempt('showing', async () => {
      const { found, selected } = await ask()
      rowsWords.value = rowsSentence(found, selected)
    })
  }

  /** A receipt for what a run did not find. Vendors that were asked are known to have nothing, so the others are left. */
  async function askNext(run: RunView): Promise<void> {
    const wanted = run.fields.filter(({ notFound }) => notFound > 0).map(({ field }) => field)
    await priceRest({ wanted })
  }

  /** A receipt for what a run left when its cap was used up, with a cap of its own. */
  async function raiseCap(run: RunView, cap: number): Promise<void> {
    const wanted = run.fields.map(({ field }) => field)
    await priceRest({ cap, wanted: wanted.length > 0 ? wanted : draft.value.wanted })
  }

  /** A receipt for what a run of the past looked for, for all rows of the tab that is open. */
  async function runAgain({ wanted }: PastView): Promise<void> {
    await priceRest({ wanted, scope: 'all' })
  }

  /** A receipt for other addresses, or numbers, in the place of those that a run has found to be invalid. */
  function repair(what: Verifiable): Promise<void> {
    return priceAside({ wanted: [what, VERDICT_FIELDS[what]], scope: 'last_run', replace: 'invalid' })
  }

  /** A receipt for something else than what is chosen, which comes back when it is over. */
  async function priceAside(ask: Partial<RunRequest>): Promise<void> {
    wholeAgain()
    attached += 1
    const { wanted, mapping, cap } = draft.value
    const kept = { wanted, mapping, cap, ...before }
    before = kept
    task.value = 'enrich'
    // What was free may have gone before.
    change({ cap: kept.cap, ...ask })
    await attempt('pricing', async () => showReceipt(await call('receipt', draft.value)))
  }

  /** Nobody is asked for what is known: not a credit may be spent. */
  function besides(wanted: readonly Field[]): Partial<RunRequest> {
    return { wanted, scope: 'last_run', replace: 'beside', cap: 0 }
  }

  /** For which fields and rows of a run that is over something better is known than what stands in cells that were filled. */
  async function findBetter({ fields }: RunView): Promise<Pick<Receipt, 'wanted' | 'replaces'>> {
    const { sample: _tried, ...whole } = draft.value
    return call('compareReceipt', { ...whole, ...besides(fields.map(({ field }) => field)) })
  }

  /** A receipt for putting better values of these fields that are known into columns beside. */
  function putBeside(wanted: readonly Field[]): Promise<void> {
    return priceAside(besides(wanted))
  }

  /** What was chosen before a repair comes back. */
  function endRepair(): void {
    if (!draft.value.replace) return
    change({ replace: undefined, ...before })
    before = undefined
  }

  /** A receipt for other fields, unless it says otherwise for the rows of the last run that miss something. */
  async function priceRest(ask: Pick<RunRequest, 'wanted'> & Partial<RunRequest>): Promise<void> {
    const { wanted } = ask
    wholeAgain()
    attached += 1
    change({ scope: 'last_run', ...ask })
    await attempt('pricing', async () => {
      await read()
      // Another tab may be open, with fields of its own.
      change({ wanted: wanted.filter((field) => overview.value?.choices.some((choice) => choice.field === field)) })
      if (draft.value.wanted.length === 0 || gaps.value.length > 0) return go({ at: 'choose' })
      showReceipt(await call('receipt', draft.value))
    })
  }

  /** Counts the statuses that a run has put beside the addresses, or the types beside the numbers. */
  function verdicts(run: RunView): Promise<VerdictsView> {
    return call('verdicts', run.id)
  }

  /** Shows what was found in a run and waits for a person to decide. */
  async function review(runId: string): Promise<void> {
    attached += 1
    await attempt('reviewing', async () => {
      reviewWords.value = ''
      go({ at: 'review', review: await call('review', runId) })
    })
  }

  /** Sends what a person decided, a part at a time; what is decided leaves the list. */
  async function settle(decisions: readonly ReviewDecision[]): Promise<void> {
    await attempt('settling', async () => {
      reviewWords.value = ''
      let sum: ReviewResult = { written: 0, rejected: 0, left: [] }
      for (let from = 0; from < decisions.length; from += DECISIONS) {
        const { value } = stage
        if (value.at !== 'review') return
        const part = decisions.slice(from, from + DECISIONS)
        const result = await call('settleReview', { run: value.review.runId, decisions: part })
        sum = addResults(sum, result)
        reviewWords.value = resultSentence(sum)
        const items = value.review.items.filter((item) => !part.some((one) => isAbout(one, item)))
        stage.value = { at: 'review', review: { ...value.review, items } }
      }
      const { value } = stage
      if (value.at !== 'review' || value.review.items.length > 0 || value.review.more === 0) return
      stage.value = { at: 'review', review: await call('review', value.review.runId) }
    })
  }

  /** Goes back to the summary of the run whose values were decided. */
  async function endReview(runId: string): Promise<void> {
    await attempt('resuming', async () => attach(await call('runStatus', runId)))
  }

  /** Tells how the value of the first selected cell was searched for. */
  async function explain(): Promise<void> {
    attached += 1
    const turn = attached
    await attempt('explaining', async () => {
      const cell = await call('explainCell', draft.value.mapping)
      if (turn === attached) go({ at: 'explain', cell })
    })
  }

  /** Puts back what a run wrote, slice by slice, until it is done or another screen is shown. */
  async function undo(runId: string): Promise<void> {
    attached += 1
    const turn = attached
    await attempt('undoing', async () => {
      let view: UndoView
      do {
        view = await call('undoRun', runId)
        if (turn !== attached) return
        if (stage.value.at === 'undo') stage.value = { at: 'undo', undo: view }
        else go({ at: 'undo', undo: view })
      } while (view.state === 'running')
    })
  }

  /** Leaves a run for the choice of rows; the run itself is not touched. */
  async function leave(): Promise<void> {
    wholeAgain()
    attached += 1
    busy.value = null
    pressed.value = false
    go({ at: 'choose' })
    await refresh()
  }

  /** Switches to training, where no key is needed. */
  async function practise(): Promise<void> {
    await attempt('practice', async () => {
      await call('setEnvironment', 'training')
      overview.value = null
      await read()
    })
  }

  /** Does with the stored answers of a copied or restored file what the person chose. */
  async function settleStore(how: 'keepStore' | 'clearStore'): Promise<void> {
    await attempt('store', async () => {
      storeWords.value = (await call(how)).text
      await read()
    })
  }

  /** Removes the practice tab; a run that was shown filled it, so the choice of rows follows. */
  async function removePractice(): Promise<void> {
    await attempt('practice', async () => {
      await call('removePractice')
      if (stage.value.at !== 'choose') go({ at: 'choose' })
      await read()
    })
  }

  return {
    stage,
    saved,
    overview,
    draft,
    busy,
    problem,
    storeWords,
    heldUntil,
    rowsWords,
    showRows,
    showFailed,
    tellBeside,
    besideWords,
    searches,
    tellSearches,
    settleStore,
    task,
    verify,
    endVerify,
    chooseVerified,
    findBetter,
    putBeside,
    verdicts,
    pressed,
    moved,
    gaps,
    open,
    refresh,
    returned,
    learnEnvironment,
    change,
    chooseScope,
    correct,
    toggle,
    price,
    back,
    start,
    attach,
    stop,
    resume,
    askNext,
    tryFirst,
    repeats,
    chooseRepeats,
    cover,
    priceOthers,
    retry,
    raiseCap,
    repair,
    undo,
    runAgain,
    reviewWords,
    review,
    settle,
    endReview,
    explain,
    leave,
    practise,
    removePractice,
    tryAgain: () => again(),
  }
}

// As many as the server takes at once, and few enough to see that something happens.
const DECISIONS = 100

function isAbout(decision: ReviewDecision, item: ReviewItem): boolean {
  return decision.planned === item.planned && decision.field === item.field
}

function addResults(one: ReviewResult, other: ReviewResult): ReviewResult {
  const why = new Map(one.left.map((left) => [left.why, left.count]))
  for (const left of other.left) why.set(left.why, (why.get(left.why) ?? 0) + left.count)
  return {
    written: one.written + other.written,
    rejected: one.rejected + other.rejected,
    left: [...why].map(([words, amount]) => ({ why: words, count: amount })),
  }
}

function resultSentence({ written, rejected, left }: ReviewResult): string {
  const parts = [
    ...(written > 0 ? [`${count(written, 'value')} written.`] : []),
    ...(rejected > 0 ? [`${count(rejected, 'cell')} left as ${rejected === 1 ? 'it is' : 'they are'}.`] : []),
    ...left.map((one) => `${count(one.count, 'value')} not written: ${one.why.replace(/^Left alone: |\.$/g, '')}.`),
  ]
  return parts.join(' ') || 'Nothing waits there any more.'
}

function rowsSentence(found: number, selected: number): string {
  if (found === 0) return 'No row stands like this any more: it was changed, moved or filled since.'
  const rows = `${count(selected, 'row')} ${selected === 1 ? 'is' : 'are'} selected in the sheet`
  return selected < found ? `The first ${rows}, of ${count(found, 'row')} in all.` : `${rows}.`
}

function besideSentence(what: Beside, { columns, rows, kept }: CompanionsView): string {
  const stays = kept > 0 ? ` ${upperFirst(count(kept, 'cell'))} with something of yours stayed.` : ''
  if (what === 'nothing') return `The columns are empty now. Delete them if you do not need them.${stays}`
  return `${upperFirst(count(rows, 'row'))} told about in ${columns.length > 1 ? 'columns' : 'column'} ${listed(columns)}.${stays}`
}

function gapsOf({ wanted, cap }: RunRequest, view: Overview | null): readonly Gap[] {
  const gaps: Gap[] = []
  if (wanted.length === 0) gaps.push({ part: 'wanted', message: 'Choose at least one thing to find.' })
  if (view && !view.basis && view.environment !== 'training')
    gaps.push({ part: 'purpose', message: 'Answer the four questions first: a run needs a reason.' })
  if (!(cap >= 0)) gaps.push({ part: 'cap', message: 'Enter how many credits this run may spend at most.' })
  return gaps
}
