import type { Answer, QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field, Verifiable } from '../domain/field'
import { fieldInfo, isField, VERDICT_FIELDS, VERIFIABLE, verifiedBy } from '../domain/field'
import { hashText } from '../domain/hash'
import { LOOKUPS } from '../domain/lookup-key'
import type { OverwriteRule } from '../domain/overwrite'
import { FILL_EMPTY } from '../domain/overwrite'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import type { Receipt, RowClass, SampleQuestion } from '../domain/receipt'
import { ROW_CLASSES } from '../domain/receipt'
import type { Need } from '../engine/view'
import { openBudget } from '../engine/budget'
import type { NewLead } from '../engine/job'
import type { Plan, PlannedClass } from '../engine/plan'
import { plan as planRun } from '../engine/plan'
import { inCredits } from '../engine/price'
import { questionsAbout } from '../engine/questions'
import type { World } from '../engine/world'
import { permitted } from '../privacy/permitted'
import { checkPurpose } from '../privacy/purpose'
import { cellState, isWorthAsking } from '../rules/decide'
import type { Placement } from '../sheet/columns'
import { placeColumns } from '../sheet/columns'
import { companionHeader } from '../sheet/companions'
import type { RowLead } from '../sheet/leads'
import { planRow, whoOf } from '../sheet/row-key'
import { markOf, unagreedRemark } from './agreed'
import type { RunRequest, SearchUsed } from './api-types'
import type { Lasting } from './balances'
import { leftWith } from './balances'
import { purposeTest, requireBasis } from './basis'
import { loadCaps, tightCaps } from './caps'
import type { Guards } from './guards'
import { readGuards } from './guards'
import { readHidden } from './hidden-rows'
import type { Host, SheetInfo } from './host'
import { findLastRun } from './last-run'
import { readLedger, sumsOf } from './ledger'
import type { NewBeside } from './new-columns'
import { requireRoom } from './new-columns'
import type { Like, ReplacedIn, RunRow } from './planned-rows'
import { bytesOf } from './property-size'
import type { OwnLookup } from './repeats'
import { chooseRepeats } from './repeats'
import { asAsked, countReplaced, findReplaced, keptRules, knownBeside, outputsOf, rulesOf } from './replaced'
import type { RunPlan } from './run-record'
import { myId, TURN_MS } from './run-record'
import { allowedADay, fetchesLeft, isHalfUsed, loadAccount, loadUsage } from './quota'
import { addedRows } from './rows-seen'
import { loadSaved } from './saved-runs'
import { loadSettings } from './settings'
import type { Store } from './store'
import { openStore } from './store'
import { watchSuppression } from './suppressed'
import { loadTerms } from './terms'
import type { Survey } from './survey'
import { isBlank, plannedColumns, rowsInScope, surveySheet } from './survey'
import { coverTest } from './transfers'
import { askable, makeNormalize, makeWorld, vendorName, withoutPublicCalls } from './vendors'
import { loadRules, peekRule } from './waterfalls'

// Safety S4: prices, rows and balances may have changed after that.
const RECEIPT_VALID_MS = 10 * 60 * 1000

// Enough to see everything; copying more would take minutes, because texts such as phones are written run by run.
const MAX_PRACTICE_ROWS = 200

// The hourly trigger works a turn each time (safety S13).
const TICK_SECONDS = 3_600

/** A run worked out to the end without sending anything. */
export interface Prepared {
  readonly receipt: Receipt
  /** Equal while rows, prices, cap, vendors and rules are the same (safety S4). */
  readonly fingerprint: string
  readonly survey: Survey
  readonly environment: Environment
  readonly placement: Placement
  readonly overwrite: RunPlan['overwrite']
  /** Columns for better values that do not exist yet. */
  readonly news: readonly NewBeside[]
  /** What History tells of the run. */
  readonly searches: readonly SearchUsed[]
  /** In sheet order. */
  readonly rows: readonly RunRow[]
  /** The sheet rows that the receipt speaks of. */
  readonly scope: readonly number[]
  /** Those of them that no filter hides. */
  readonly shown: readonly RowLead[]
}

/** Works out what a request would do on a tab. Throws a Problem when nothing can be done. */
export function prepare(host: Host, request: RunRequest, sheet: SheetInfo): Prepared {
  const { environment } = loadSettings(host)
  if (environment !== 'training') requireBasis(host)
  if (environment !== 'training') checkPurpose(request.purpose)
  if (request.wanted.length === 0) throw new Problem('Choose at least one field that you want filled.')
  if (!(request.cap >= 0)) throw new Problem('The cap must be a number of credits, 0 or more.')
  const account = loadAccount(host)
  const usage = loadUsage(host)
  const all = askable(host, environment)
  const providers = isHalfUsed(account, usage) ? withoutPublicCalls(all) : all
  const last = request.scope === 'last_run' ? findLastRun(host) : undefined
  const survey = surveySheet(host, sheet, {
    mapping: last ? { ...unusedIn(request), ...last.mapping } : request.mapping,
  })
  const store = openStore(host)
  const rule = rulesOf(loadRules(host, request.wanted, {}).overwrite, request.replace)
  const hasPurpose = environment === 'training' ? () => true : purposeTest(host)
  const [meant, purposeless] = part(request.wanted, hasPurpose)
  if (meant.length === 0) throw new Problem(purposelessRemark(purposeless), 'open_privacy')
  const [wanted, left] = part(meant, (field) => rule(field).kind !== 'never')
  if (wanted.length === 0) throw neverFilled(left)
  const placement = placeColumns({
    headers: survey.headers,
    mapping: survey.mapping,
    wanted,
    usedColumns: survey.usedColumns,
  })
  if (placement.newHeaders && environment !== 'training') requireRoom(host, survey, placement.newHeaders.after + 1)
  const guards = readGuards(host, sheet.id)
  const writable = makeWritable(guards, survey, placement)
  const scoped = last ? survey.rows.filter(({ row }) => last.rows.has(row)) : rowsAsked(host, survey, request)
  const outputs = new Set([...outputsOf(host, sheet.id), ...wanted])
  const normalize = makeNormalize(host)
  const replacing = {
    all: survey.rows,
    rows: scoped,
    wanted,
    rule,
    environment,
    store,
    sheet: sheet.id,
    keysOf: (row: RowLead) =>
      [...new Set([planRow(row, wanted).base, whoOf(row, outputs)])].filter((key) => key !== ''),
    guards,
    columnOf: (field: Field) =>
      placement.targets[field]?.isNew === false ? placement.targets[field].column : undefined,
    isOpenBeside: (row: number, field: Field) => {
      const column = survey.headers.indexOf(companionHeader(field, 'found'))
      if (column < 0) return true
      const cell = survey.grid[row]?.[column]
      const isEmpty = !cell || cellState({ cell, ...guards(row, column) }) === 'empty'
      return isEmpty && column !== placement.targets[field]?.column
    },
    normalize,
  }
  const learned = store.tallies(environment)
  const world = makeWorld(host, { providers, wanted, learned })
  const now = host.now()
  const plan = { wanted, overwrite: keptRules(wanted, rule) }
  const asked = (row: RowLead, replaces: ReplacedIn = {}) =>
    asAsked({ run: plan, normalize }, row, {
      // What is beside was looked at.
      isOpen: (slot) => !isField(slot) || writable(row, slot),
      replaces,
    })
  const planAll = (leads: readonly NewLead[]) =>
    planRun(leads, knownAnswers(store, { world, environment, leads }), { world, environment, now, learned })
  const mayBe = findReplaced(host, replacing)
  const knownOf = (some: readonly RowLead[]) =>
    planAll(some.map((row) => ({ row: row.row, ...asked(row, mayBe.get(row.row)) }))).known
  const replaced = request.replace === 'beside' ? knownBeside(mayBe, knownOf, replacing) : mayBe
  const askedOf = (row: RowLead) => asked(row, replaced.get(row.row))
  const missingOf = (row: RowLead): readonly Field[] => askedOf(row).missing
  const isForMissing = request.scope === 'missing' || request.scope === 'last_run'
  const wholeScope = isForMissing ? scoped.filter((row) => missingOf(row).length > 0) : scoped
  const inScope = environment === 'training' ? wholeScope.slice(0, MAX_PRACTICE_ROWS) : wholeScope
  if (inScope.length === 0) throw nothingInScope(request)
  const found = wanted.filter((field) => inScope.some(({ row }) => replaced.get(row)?.[field]))
  // No column is made for a field of which nothing is known.
  if (request.replace === 'beside' && found.length < wanted.length)
    return prepare(host, { ...request, wanted: found }, sheet)
  const hidden = readHidden(host, sheet.id, {
    grid: survey.grid.slice(survey.headerRow + 1),
    from: survey.headerRow + 1,
    rows: inScope.map(({ row }) => row),
  })
  const isSuppressed = watchSuppression(host)
  const planOf = (some: readonly RowLead[]): Planned => {
    const sorted = sortOut({ rows: some, hidden: new Set(hidden), isSuppressed })
    const leads = sorted.open.map((row) => ({ row: row.row, ...askedOf(row) }))
    const planned = planAll(leads)
    return { inScope: some, sorted, leads, planned, working: rowsOfClass({ sorted, planned }, isWorkedOn) }
  }
  const alone = planOf(inScope)
  const copies =
    request.repeats && environment !== 'training'
      ? chooseRepeats(survey, request.repeats, { lookups: lookupsIn(alone, replaced), world })
      : new Map<number, Like>()
  const whole = copies.size > 0 ? planOf(inScope.filter(({ row }) => !copies.has(row))) : alone
  const toTry = request.sample === undefined ? [] : rowsOfClass(whole, isAsked).slice(0, request.sample)
  const { sorted, leads, planned, ...chosen } = toTry.length > 0 ? planOf(toTry) : whole
  // A trial is about few rows, each by itself.
  const copied = new Set(toTry.length > 0 ? [] : copies.keys())
  const scope = [...chosen.inScope.map(({ row }) => row), ...copied]
  const counts = { ...countRows(scope.length, sorted.counts, planned), copied: copied.size }
  const working = new Set([...chosen.working.map(({ row }) => row), ...copied])
  const fetches = fetchesLeft(account, usage)
  const rows = runRows(survey, { wanted, outputs, replaced, working, copies, rule })
  // A column for what goes beside is made where a row may need it.
  const needed = (field: Field) => rows.some(({ replaces }) => replaces?.[field])
  const overwrite = keptRules(wanted, (field) =>
    rule(field).kind === 'beside' && !needed(field) ? FILL_EMPTY : rule(field),
  )
  const news = besides(survey, placement, overwrite)
  if (environment !== 'training') for (const { after } of news) requireRoom(host, survey, after)
  const fingerprint = hashText(
    JSON.stringify([
      sheet.id,
      environment,
      request,
      counts,
      planned.lines,
      placement,
      news,
      providers.map((one) => one.id),
      [...working],
      leads,
      markOf(host, 'receipt'),
      loadCaps(host),
    ]),
  )
  const payees = environment === 'training' ? [] : [...worstByVendor(planned)].filter(([, worst]) => worst > 0)
  const balances = leftWith(
    host,
    payees.map(([id]) => id),
    () => sumsOf(readLedger(host, store.calls()), environment),
  )
  const newColumns = [...(placement.newHeaders?.headers ?? []), ...news.map(({ header }) => header)]
  requireFew({ survey, placement, newColumns, vendors: new Set(planned.lines.map(({ provider }) => provider)).size })
  const terms = loadTerms(host)
  const verified = verifiedBy(wanted)
  const replaces = countReplaced(rows, { overwrite })
  const receipt: Receipt = {
    id: hashText(`${fingerprint}${now}`),
    at: now,
    validUntil: now + RECEIPT_VALID_MS,
    sheetName: sheet.name,
    wanted,
    rows: counts,
    namesakes: countNamesakes(planned, sorted.open),
    ...(verified && { addresses: countVerified(leads, verified) }),
    invalidReasons: planned.lacks.map(({ fields, leads: rows }) => ({ reason: lackSentence(fields), rows })),
    lines: planned.lines.map((line) => ({ ...line, money: terms[line.provider]?.money })),
    credits: planned.credits,
    calls: planned.calls,
    cap: request.cap,
    fetches: { left: fetches, perDay: allowedADay(account, 'fetches') },
    seconds: planned.seconds,
    secondsClosed: Math.ceil((planned.seconds * 1000) / TURN_MS) * TICK_SECONDS,
    balances: Object.entries(balances).map(([id, { days: _days, ...left }]) => ({
      name: vendorName(host, id),
      ...left,
    })),
    transfers: transfersOf(host, planned, providers),
    samples: planned.first.map(sampleOf),
    replaces,
    newColumns,
    rest: whole.working.length + copies.size - working.size,
    remarks: remarksOn({
      hidden,
      planned,
      request,
      training: environment === 'training',
      left: wholeScope.length - inScope.length,
      fetchesLeft: fetches,
      neverFilled: left,
      purposeless,
      withoutPublic: providers.length < all.length,
      unagreed: environment === 'training' ? undefined : unagreedRemark(host),
      stale: VERIFIABLE.filter((of) => {
        const verdict = VERDICT_FIELDS[of]
        const invalid = of === 'email' ? replaces.invalid : replaces.phones
        return invalid && survey.mapping[verdict] !== undefined && !wanted.includes(verdict)
      }),
      unverified: wanted.some((field) => isUnverified(world, field)),
      tight:
        environment === 'training'
          ? []
          : [
              ...tightCaps(host, newRun(host, request), worstByVendor(planned)),
              ...shortRemarks(host, balances, planned),
            ],
    }),
    training: environment === 'training',
  }
  return {
    receipt,
    fingerprint,
    survey,
    environment,
    placement,
    overwrite,
    news,
    searches: wanted.flatMap((field) => searchFor(host, { field, world, overwrite: rule(field).kind })),
    rows,
    scope,
    shown: [...sorted.shown, ...inScope.filter(({ row }) => copied.has(row))],
  }
}

// The record of a run is one property (platform.md section 1). Columns stand in it, what becomes of each field, how each
// vendor stands, and the rest of it: about so many bytes.
const MOST_BYTES = 9_000
const FIELD_BYTES = 100
const VENDOR_BYTES = 350
const OTHER_BYTES = 800

// Once vendors were asked nothing could be counted any more.
function requireFew(given: {
  readonly survey: Survey
  readonly placement: Placement
  readonly newColumns: readonly string[]
  readonly vendors: number
}): void {
  const { survey, placement, newColumns, vendors } = given
  const targets = Object.entries(placement.targets)
  const columns = targets.map(([field, { column }]) => ({ field, header: survey.headers[column] ?? field, column }))
  const own =
    bytesOf(JSON.stringify([columns, newColumns, targets.map(([field]) => field)])) + targets.length * FIELD_BYTES
  const others = bytesOf(JSON.stringify(plannedColumns(survey.headers, survey.mapping))) + vendors * VENDOR_BYTES
  const over = own + others + OTHER_BYTES - MOST_BYTES
  if (over <= 0) return
  throw new Problem(
    `These are too many fields for one run. Leave out about ${Math.ceil((over / own) * targets.length)} of them and look for those in a second run: what vendors said by then is known and costs nothing.`,
  )
}

// What a person set to "Not used" is no part of a question: guessed anew, the rows of the last run were asked about by it.
function unusedIn({ mapping }: RunRequest): RunRequest['mapping'] {
  return Object.fromEntries(Object.entries(mapping).filter(([, field]) => field === null))
}

function rowsAsked(host: Host, survey: Survey, { scope, saved }: RunRequest): readonly RowLead[] {
  if (scope !== 'added') return rowsInScope(host, survey, scope)
  if (saved === undefined || !loadSaved(host, saved))
    throw new Problem('The saved run of these rows was deleted. Choose which rows you mean.', 'reload')
  return addedRows(host, survey, saved)
}

/** Whether a finding could be written into the cell of a wanted field of a row: only then is it worth asking. */
export function makeWritable(
  guards: Guards,
  survey: Survey,
  placement: Placement,
): (row: RowLead, field: Field) => boolean {
  return (row, field) => {
    const target = placement.targets[field]
    if (!target) return false
    if (target.isNew) return true
    const cell = survey.grid[row.row]?.[target.column] ?? { text: '', kind: 'empty', formula: false }
    const state = cellState({ cell, ...guards(row.row, target.column) })
    return isWorthAsking({ state, held: 'fine' }, 'fill_empty')
  }
}

/** Rows with what a run over them would do. */
interface Planned {
  readonly inScope: readonly RowLead[]
  readonly sorted: SortedOut
  readonly leads: readonly NewLead[]
  readonly planned: Plan
  /** Those that the run works on. */
  readonly working: readonly RowLead[]
}

function rowsOfClass(
  { sorted, planned }: Pick<Planned, 'sorted' | 'planned'>,
  isOne: (planned: PlannedClass | undefined) => boolean,
): readonly RowLead[] {
  return sorted.open.filter((_, index) => isOne(planned.classes[index]))
}

// Values that are to be replaced are a matter of their own row.
function lookupsIn({ leads, planned }: Planned, replaced: ReadonlyMap<number, ReplacedIn>): readonly OwnLookup[] {
  return leads.flatMap((lead, index) => {
    const is = planned.classes[index]!
    return isWorkedOn(is) && !replaced.has(lead.row) ? [{ ...lead, class: is }] : []
  })
}

interface SortedOut {
  readonly shown: readonly RowLead[]
  readonly open: readonly RowLead[]
  readonly counts: Pick<Receipt['rows'], 'hidden' | 'empty' | 'suppressed'>
}

function sortOut(given: {
  readonly rows: readonly RowLead[]
  readonly hidden: ReadonlySet<number>
  readonly isSuppressed: (lead: RowLead['lead']) => boolean
}): SortedOut {
  const shown = given.rows.filter((row) => !given.hidden.has(row.row))
  const filled = shown.filter((row) => !isBlank(row))
  const { allowed } = permitted(filled, given.isSuppressed)
  return {
    shown,
    open: allowed,
    counts: {
      hidden: given.rows.length - shown.length,
      empty: shown.length - filled.length,
      suppressed: filled.length - allowed.length,
    },
  }
}

function countRows(selected: number, left: SortedOut['counts'], planned: Plan): Receipt['rows'] {
  const rows = { selected } as { [C in RowClass | 'selected']: number }
  for (const one of ROW_CLASSES) rows[one] = planned.classes.filter((each) => each === one).length
  return { ...rows, ...left }
}

// Of others a trial would teach nothing.
function isAsked(planned: PlannedClass | undefined): boolean {
  return planned === 'chargeable' || planned === 'free'
}

function isWorkedOn(planned: PlannedClass | undefined): boolean {
  return planned === 'known' || planned === 'repeated' || planned === 'free' || planned === 'chargeable'
}

/** The stored answers to every question that these leads could ask now; later ones are looked up as they come. */
export function knownAnswers(
  store: Store,
  given: {
    readonly world: World
    readonly environment: Environment
    readonly leads: readonly { readonly lead: RowLead['lead']; readonly missing: readonly Field[] }[]
  },
): { get(question: QuestionId): Answer | undefined } {
  const questions = new Set(given.leads.flatMap((lead) => questionsAbout(lead, given)))
  const answers = new Map(store.answers(questions).map((answer) => [answer.question, answer]))
  return { get: (question) => answers.get(question) ?? store.answers([question])[0] }
}

function newRun(host: Host, { cap }: RunRequest): Parameters<typeof tightCaps>[1] {
  return { id: '', by: myId(host), budget: openBudget(cap) }
}

function worstByVendor({ lines }: Plan): ReadonlyMap<string, number> {
  const worst = new Map<string, number>()
  for (const { provider, credits } of lines) worst.set(provider, (worst.get(provider) ?? 0) + credits.worst)
  return worst
}

function transfersOf(host: Host, { lines }: Plan, providers: readonly Provider[]): Receipt['transfers'] {
  const isCovered = coverTest(host)
  return providers
    .filter((provider) => !isCovered(provider) && lines.some((line) => line.provider === provider.id))
    .map(({ id, name, region }) => ({ id, name, region: region ?? null }))
}

function shortRemarks(host: Host, balances: { readonly [vendor: string]: Lasting }, planned: Plan): readonly string[] {
  return [...worstByVendor(planned)].flatMap(([id, worst]) => {
    const { left, plan } = balances[id] ?? { left: Infinity }
    if (left >= worst) return []
    const name = vendorName(host, id)
    return [
      `Your account with ${name} ${plan ? 'has, by your plan,' : 'had'} ${inCredits(left)} left, and at worst this run takes ${inCredits(worst)} there. When they are used up, other vendors are asked, or the run pauses.`,
    ]
  })
}

function countVerified(
  leads: readonly { readonly lead: RowLead['lead']; readonly missing: readonly Field[] }[],
  what: Verifiable,
): NonNullable<Receipt['addresses']> {
  const values = leads.flatMap(({ lead, missing }) => (missing.length > 0 ? (lead[what] ?? []) : []))
  return { total: values.length, different: new Set(values.map((value) => value.toLowerCase())).size }
}

function countNamesakes(planned: Plan, rows: readonly RowLead[]): number {
  return planned.sharing.flatMap((positions) => {
    const leads = positions.map((position) => rows[position]!.lead)
    const differ = (field: 'email' | 'linkedin_url') =>
      new Set(leads.map((lead) => lead[field]).filter(Boolean)).size > 1
    return differ('email') || differ('linkedin_url') ? positions : []
  }).length
}

function searchFor(
  host: Host,
  { field, world, overwrite }: Pick<SearchUsed, 'field' | 'overwrite'> & { readonly world: World },
): readonly SearchUsed[] {
  const waterfall = world.waterfalls[field]
  if (!waterfall) return []
  const { steps, verifiers, threshold, accepts, agreement, verify } = waterfall
  const namesOf = (some: typeof verifiers) => [...new Set(some.map(({ provider }) => provider.name))]
  const order = peekRule(host, field).order === 'automatic' ? 'automatic' : 'given'
  const stop = { threshold, accepts, agreement, verify }
  return [{ ...stop, field, asked: namesOf(steps), verifiers: namesOf(verifiers), order, overwrite }]
}

function besides(survey: Survey, { targets }: Placement, overwrite: RunPlan['overwrite'] = {}): readonly NewBeside[] {
  return (Object.keys(overwrite) as Field[]).flatMap((field) => {
    const header = companionHeader(field, 'found')
    if (overwrite[field]!.kind !== 'beside' || survey.headers.includes(header)) return []
    const after = targets[field]!.column
    const isRoom = after + 1 < survey.headers.length && survey.grid.every((row) => !row[after + 1]?.text)
    return [{ header, after, isRoom }]
  })
}

function runRows(
  survey: Survey,
  given: {
    readonly wanted: readonly Field[]
    readonly outputs: ReadonlySet<Field>
    readonly replaced: ReadonlyMap<number, ReplacedIn>
    readonly working: ReadonlySet<number>
    readonly copies: ReadonlyMap<number, Like>
    readonly rule: (field: Field) => OverwriteRule
  },
): readonly RunRow[] {
  const { wanted, outputs, replaced, working, copies, rule } = given
  const rows = survey.rows.map((row): RunRow & { readonly at: number } => {
    const { base, planned } = planRow(row, wanted)
    const inRun = working.has(row.row)
    const who = whoOf(row, outputs)
    const replaces = inRun ? replaced.get(row.row) : undefined
    // What is to be replaced may be anything by the time the row is looked for again; what is written beside stays.
    const stays = (field: Field) => !replaces?.[field] || rule(field).kind === 'beside'
    const kept = Object.entries(planned).filter(([field]) => stays(field as Field))
    return {
      at: row.row,
      base,
      inRun,
      planned: replaces ? Object.fromEntries(kept) : planned,
      ...(who !== base && who !== '' && { who }),
      ...(replaces && { replaces }),
    }
  })
  const bases = new Set(rows.filter((row) => row.inRun).map((row) => row.base))
  const kept = rows.filter((row) => row.inRun || bases.has(row.base))
  const places = new Map(kept.map(({ at }, index) => [at, index]))
  return kept.map(({ at, ...row }) => {
    const like = row.inRun ? copies.get(at) : undefined
    return like ? { ...row, like: { ...like, row: places.get(like.row)! } } : row
  })
}

function sampleOf({ step, key }: Need): SampleQuestion {
  return {
    vendor: step.provider.name,
    host: step.operation.kind === 'local' ? 'this sheet' : (step.provider.hosts[0] ?? ''),
    asks: step.operation.finds,
    sends: LOOKUPS[step.operation.by].map((field) => ({
      name: fieldInfo(field).label,
      value: (key as { readonly [part: string]: string })[field] ?? '',
    })),
  }
}

function lackSentence(fields: readonly Field[]): string {
  if (fields.length === 0) return 'No vendor can be asked for what is wanted'
  return `Missing at least: ${fields.map((field) => inSentence(fieldInfo(field).label)).join(' and ')}`
}

/** A label inside a sentence: "LinkedIn profile" keeps its capitals. */
function inSentence(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}+\b)/u, (letter) => letter.toLowerCase())
}

function nothingInScope(request: RunRequest): Problem {
  switch (request.scope) {
    case 'selected':
      return new Problem(
        'No rows with leads are selected. Select some rows under the column names and try again.',
        'select_rows',
      )
    case 'missing':
      return new Problem(
        'No row misses any of the wanted fields. Choose other fields, or select rows yourself.',
        'select_rows',
      )
    case 'last_run':
      return request.replace === 'beside'
        ? new Problem('Nothing better is known for the filled cells of these rows. They stay as they are.')
        : new Problem('No row of the last run misses any of these fields any more.', 'select_rows')
    case 'added':
      return new Problem(
        'No row was added since the last run of this saved run. Rows that it had before are under “All rows”.',
        'select_rows',
      )
    case 'all':
      return new Problem('This tab has no rows under its column names.', 'select_rows')
  }
}

function neverFilled(fields: readonly Field[]): Problem {
  return new Problem(
    `The rule of ${labelsOf(fields)} is to leave the column alone. Choose other fields, or change the rule under Waterfall.`,
    'open_waterfall',
  )
}

function purposelessRemark(fields: readonly Field[]): string {
  return `Left out, because this file has no purpose for it: ${labelsOf(fields)}. Set one under Privacy if you need it.`
}

function labelsOf(fields: readonly Field[]): string {
  return fields.map((field) => fieldInfo(field).label).join(', ')
}

function part(
  fields: readonly Field[],
  isFirst: (field: Field) => boolean,
): readonly [readonly Field[], readonly Field[]] {
  return [fields.filter(isFirst), fields.filter((field) => !isFirst(field))]
}

function isUnverified({ waterfalls }: World, field: Field): boolean {
  const waterfall = waterfalls[field]
  return fieldInfo(field).kind === 'email' && waterfall?.verify === 'before_writing' && waterfall.verifiers.length === 0
}

function remarksOn(given: {
  readonly hidden: readonly number[] | undefined
  readonly planned: Plan
  readonly request: RunRequest
  readonly training: boolean
  /** Rows in scope that training leaves out. */
  readonly left: number
  /** Requests that this person may send today. */
  readonly fetchesLeft: number
  readonly withoutPublic: boolean
  /** Wanted fields whose rule leaves their columns alone. */
  readonly neverFilled: readonly Field[]
  /** Wanted fields that have no purpose in this file. */
  readonly purposeless: readonly Field[]
  /** What somebody else changed. */
  readonly unagreed: string | undefined
  /** What is replaced while its verdict beside it would stay. */
  readonly stale: readonly Verifiable[]
  /** Whether addresses are to be verified and nobody can. */
  readonly unverified: boolean
  /** What the caps of the file and the vendors' accounts leave, where that may not be enough. */
  readonly tight: readonly string[]
}): readonly string[] {
  const remarks: string[] = []
  if (given.unagreed !== undefined) remarks.push(given.unagreed)
  if (given.training)
    remarks.push('Training: the answers are invented and go to a practice tab; your own rows stay as they are.')
  if (given.left > 0) remarks.push(`Training works on the first ${MAX_PRACTICE_ROWS} rows.`)
  const { classes } = given.planned
  const isAside = given.request.replace === 'beside'
  if (!isAside && classes.includes('known') && !classes.some((one) => one === 'chargeable' || one === 'free')) {
    remarks.push(
      "Every vendor with a key was asked about these rows before: what is known is filled in at no cost. To ask others, enter another vendor's key under Vendors.",
    )
  }
  if (!given.training && given.planned.calls.worst > given.fetchesLeft) {
    remarks.push(
      `Google lets you send ${given.fetchesLeft.toLocaleString('en')} more requests today. If that is not enough, the run rests and goes on by itself when Google counts anew.`,
    )
  }
  if (given.withoutPublic) {
    remarks.push(
      "Half of today's requests are used: public sources such as home pages are left out until Google counts anew, so that the rest is there for your vendors.",
    )
  }
  remarks.push(
    ...given.stale.map((of) => {
      const [verdict, value] = of === 'email' ? ['status', 'address'] : ['type', 'number']
      return `The ${verdict} beside an invalid ${value} that is replaced stays. Tick ${fieldInfo(VERDICT_FIELDS[of]).label} too, and it follows.`
    }),
  )
  if (given.unverified)
    remarks.push(
      'Addresses are to be checked before they are written, but no vendor with a key can check them: they are written unchecked where your list of accepted addresses allows it.',
    )
  if (given.neverFilled.length > 0)
    remarks.push(
      `Left out, because the rule under Waterfall is to leave the column alone: ${labelsOf(given.neverFilled)}.`,
    )
  if (given.purposeless.length > 0) remarks.push(purposelessRemark(given.purposeless))
  if (given.hidden === undefined)
    remarks.push('The filter of this tab hides rows in a way that cannot be read quickly: hidden rows are included.')
  if (given.planned.credits.worst > given.request.cap) {
    remarks.push(
      `At worst this would cost ${given.planned.credits.worst} credits; the run pauses at your cap of ${given.request.cap}.`,
    )
  }
  remarks.push(...given.tight)
  return remarks
}
