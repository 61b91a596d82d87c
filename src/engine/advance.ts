import type { Answer, QuestionId } from '../domain/answer'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { Bar, FieldResult, OpenLead, Unfound } from '../domain/job'
import type { Lead } from '../domain/lead'
import { ABOUT_COMPANIES, LESS_EXACT } from '../domain/lookup-key'
import type { Then, TraceStep } from '../domain/trace'
import type { Waterfall } from '../domain/waterfall'
import { questionOf } from './questions'
import { byWorth, goodOf, isAccepted, isGood, placeIn } from './stop'
import type { Judged, Verification } from './verify'
import { isAboutAnother, verify } from './verify'
import type { Need, View } from './view'
import { answerTo } from './view'
import { findStep } from './world'

/** A lead after all that is known was applied, and the questions that would bring it further. */
export interface Advanced {
  readonly lead: OpenLead
  readonly needs: readonly Need[]
}

/**
 * Takes a lead as far as the known answers allow: for each missing field the steps of its waterfall in order, until a
 * good value, an unanswered question, or the end. An accepted value may complete the key of another step, so it goes
 * round until nothing changes. Who objected is not asked about any more, for any field.
 */
export function advance(start: OpenLead, view: View): Advanced {
  const state: State = { ...start, results: { ...start.results }, heard: [...start.heard] }
  let needs: Need[] = []
  for (let grown = true; grown;) {
    grown = false
    needs = []
    for (const field of start.missing) {
      if (state.results[field]?.kind === 'accepted') continue
      const walked = walk(field, state, view)
      if ('need' in walked) {
        delete state.results[field]
        if (!needs.some((need) => need.question === walked.need.question)) needs.push(walked.need)
        continue
      }
      if (walked.kind === 'none' && walked.why === 'objected') return { lead: objected(state), needs: [] }
      state.results[field] = walked
      if (walked.kind !== 'accepted' || start.bars?.[field]?.keeps) continue
      state.lead = { ...state.lead, [field]: walked.finding.value }
      grown = true
    }
  }
  const verifying = needs.flatMap(({ about, question }) => (about === 'candidate' ? [question] : []))
  const { verifying: _before, ...rest } = state
  const waiting = needs.map((need) => need.question)
  return { lead: { ...rest, waiting, ...(verifying.length > 0 && { verifying }) }, needs }
}

function objected(state: State): OpenLead {
  const results = Object.fromEntries(state.missing.map((field) => [field, { kind: 'none', why: 'objected' } as const]))
  const { verifying: _before, ...rest } = state
  return { ...rest, results, waiting: [] }
}

interface State {
  row: number
  lead: Lead
  missing: readonly Field[]
  readonly bars?: OpenLead['bars']
  results: { [F in Field]?: FieldResult }
  heard: QuestionId[]
  verifying?: readonly QuestionId[]
}

type Walked = FieldResult | { readonly need: Need }

/** The search for one field of one lead, as far as it has come. */
interface Search {
  readonly field: Field
  readonly waterfall: Waterfall
  readonly state: State
  readonly view: View
  /** What was found, in the order in which it was heard. */
  candidates: readonly Finding[]
  readonly reasons: Set<Unfound>
  readonly trace: TraceStep[] | undefined
}

function walk(field: Field, state: State, view: View): Walked {
  const trace = view.trace?.(field)
  const usual = view.world.waterfalls[field]
  if (!usual) return { kind: 'none', why: 'no_key' }
  const waterfall = above(usual, state.bars?.[field])
  const reasons = new Set<Unfound>()
  const search: Search = { field, waterfall, state, view, candidates: [], reasons, trace }
  for (const answer of heardAbout(search)) {
    const judged = hear(answer, search)
    if (judged) return decided(judged, search)
  }
  const answered = new Set<string>()
  for (const step of waterfall.steps) {
    const place = { provider: step.provider.id, operation: step.operation.id }
    const asked = questionOf(step, state.lead, view.environment)
    const exact = LESS_EXACT[step.operation.by]
    // What it said before the exact key was known is paid for and counts.
    const isKnown = asked !== undefined && view.answer(asked.question)?.values !== undefined
    if (exact && answered.has(`${step.provider.id}/${exact}`) && !isKnown) {
      note(trace, place, 'asked_more_exactly')
      continue
    }
    if (!asked) {
      reasons.add('no_key')
      note(trace, place, 'no_key')
      continue
    }
    const { question } = asked
    if (state.heard.includes(question)) {
      answered.add(`${step.provider.id}/${step.operation.by}`)
      reasons.add('not_found')
      if (!view.answer(question)?.values?.[field]) note(trace, place, 'nothing_about_it', view.answer(question))
      continue
    }
    const answer = answerTo(asked, step, view)
    if (!answer || answer.outcome === 'pending') {
      if (view.vendor(step.provider.id)?.dropped) {
        reasons.add('vendor_trouble')
        note(trace, place, 'given_up', answer)
        continue
      }
      const ask: Need = { ...asked, step, about: 'lead', ...(answer && { pending: answer }) }
      return decided({ need: answer ? ask : (underway(field, state, view) ?? ask) }, search)
    }
    answered.add(`${step.provider.id}/${step.operation.by}`)
    if (answer.outcome === 'objected') return objection(search, answer)
    if (answer.outcome !== 'found') {
      reasons.add(reasonOf(answer))
      note(trace, place, thenOf(answer), answer)
      continue
    }
    state.heard.push(question)
    const judged = hear(answer, search)
    if (judged) return decided(judged, search)
  }
  const [best, ...others] = byWorth(search.candidates, waterfall)
  if (best) return { kind: 'weak', finding: best, others }
  const order: readonly Unfound[] = ['maybe_charged', 'vendor_trouble', 'other_company', 'not_found', 'no_key']
  return { kind: 'none', why: order.find((reason) => reasons.has(reason)) ?? 'not_found' }
}

function above(waterfall: Waterfall, { atLeast = 0 }: Bar = {}): Waterfall {
  return atLeast > waterfall.threshold ? { ...waterfall, threshold: atLeast } : waterfall
}

// In the order of the steps, so that the order in which answers arrived does not show.
function heardAbout({ field, waterfall, state, view }: Search): readonly Answer[] {
  const answers = state.heard.flatMap((question) => view.answer(question) ?? []).filter(({ values }) => values?.[field])
  if (answers.length < 2) return answers
  const place = (answer: Answer): number => placeIn(waterfall, placeOf(answer))
  return answers.sort((a, b) => place(a) - place(b))
}

// Takes an answer with values into account: undefined when the search goes on.
function hear(answer: Answer, search: Search): Judged | undefined {
  const { field, waterfall, reasons, trace, state, view } = search
  const finding = findingOf(field, answer, state, view)
  if (!finding || finding === 'other_company') {
    // What it found is something else: about this field it was asked in vain.
    reasons.add(finding ?? 'not_found')
    note(trace, placeOf(answer), finding ?? 'nothing_about_it', answer)
    return undefined
  }
  // Somebody who must not be looked up may be known by the answer alone: nothing of it is used.
  if (view.world.isSuppressed?.({ ...state.lead, [field]: finding.value })) {
    note(trace, placeOf(answer), 'objected', answer)
    return 'objected'
  }
  search.candidates = [...search.candidates, finding]
  const good = goodOf(search.candidates, waterfall)
  const verification = good && verify(good, waterfall, view)
  if (trace) noteFinding(trace, { answer, finding, waterfall, verification })
  if (!good || !verification) return undefined
  const { judged } = verification
  if (judged === 'objected' || 'need' in judged || isGood(judged, waterfall)) return judged
  // The verdict is about the address, whoever named it.
  const { status, verifiedBy } = judged
  search.candidates = search.candidates.map((one) =>
    one.value === good.value && one.status === undefined && status && verifiedBy ? { ...one, status, verifiedBy } : one,
  )
  return undefined
}

// Before anything is asked, all that is known decides: a stored answer of any step costs nothing. It may be a later step's,
// or that of a less exact way of asking that this lead would pass over.
function decided(judged: Judged, search: Search): Walked {
  if (judged === 'objected') return { kind: 'none', why: 'objected' }
  if (!('need' in judged)) return { kind: 'accepted', finding: judged }
  const { state, view, waterfall, trace } = search
  for (const step of waterfall.steps) {
    const question = questionOf(step, state.lead, view.environment)?.question
    const answer = question === undefined ? undefined : view.answer(question)
    if (answer?.outcome === 'objected') return objection(search, answer)
    if (!answer?.values) continue
    const known: Search = { ...search, reasons: new Set(), trace: trace && [] }
    const better = hear(answer, known)
    search.candidates = known.candidates
    if (better === 'objected') return { kind: 'none', why: 'objected' }
    if (!better || 'need' in better) continue
    if (!state.heard.includes(answer.question)) state.heard.push(answer.question)
    trace?.push(...(known.trace ?? []))
    return { kind: 'accepted', finding: better }
  }
  const { step, about, pending } = judged.need
  const place = { provider: step.provider.id, operation: step.operation.id }
  if (about === 'lead') note(trace, place, 'waits', pending)
  return judged
}

function objection({ trace }: Search, answer: Answer): FieldResult {
  note(trace, placeOf(answer), 'objected', answer)
  return { kind: 'none', why: 'objected' }
}

type Place = Pick<TraceStep, 'provider' | 'operation'>

function placeOf({ question }: Answer): Place {
  const [, provider = '', operation = ''] = question.split('/')
  return { provider, operation }
}

function note(trace: TraceStep[] | undefined, place: Place, then: Then, answer?: Answer): void {
  trace?.push(noted(place, then, answer))
}

function noted(place: Place, then: Then, answer?: Answer): TraceStep {
  const outcome = answer?.outcome ?? 'not_asked'
  return { role: 'finder', ...place, outcome, credits: answer?.credits ?? 0, ...(answer && { at: answer.at }), then }
}

function noteFinding(
  trace: TraceStep[],
  heard: {
    readonly answer: Answer
    readonly finding: Finding
    readonly waterfall: Waterfall
    readonly verification: Verification | undefined
  },
): void {
  const { answer, finding, waterfall, verification } = heard
  const { value, confidence, status } = finding
  const said = { value, confidence, ...(status && { status }) }
  trace.push({ ...noted(placeOf(answer), thenOfFinding(finding, waterfall, verification?.judged), answer), said })
  trace.push(...(verification?.asked ?? []))
}

function thenOfFinding(finding: Finding, waterfall: Waterfall, judged: Judged | undefined): Then {
  if (judged === undefined) return isAccepted(finding, waterfall.accepts) ? 'not_sure_enough' : 'status_not_accepted'
  if (judged === 'objected' || 'need' in judged) return 'to_be_verified'
  if (!isGood(judged, waterfall)) return 'not_confirmed'
  return judged.confirmedBy ? 'agreed' : 'accepted'
}

function thenOf(answer: Answer): Then {
  switch (answer.outcome) {
    case 'not_found':
    case 'maybe_charged':
    case 'objected':
      return answer.outcome
    case 'unavailable':
    case 'refused':
      return 'failed'
    case 'found':
      return 'nothing_about_it'
    case 'pending':
      return 'waits'
  }
}

// A vendor that works on a step already was asked when less was known, for example before the domain was: what it finds is
// bought, so it is waited for, and nobody is paid for the same a second time.
function underway(field: Field, state: State, view: View): Need | undefined {
  for (const step of view.world.waterfalls[field]!.steps) {
    const asked = questionOf(step, state.lead, view.environment)
    const pending = asked && view.answer(asked.question)
    if (pending?.outcome === 'pending' && !view.vendor(step.provider.id)?.dropped)
      return { ...asked!, step, about: 'lead', pending }
  }
  return undefined
}

function reasonOf(answer: Answer): Unfound {
  switch (answer.outcome) {
    case 'maybe_charged':
      return 'maybe_charged'
    case 'unavailable':
    case 'refused':
    case 'pending':
      return 'vendor_trouble'
    case 'objected':
      return 'objected'
    case 'found':
    case 'not_found':
      return 'not_found'
  }
}

function findingOf(field: Field, answer: Answer, state: State, view: View): Finding | 'other_company' | undefined {
  const raw = answer.values?.[field]
  if (!raw) return undefined
  const value = view.world.normalize(field, raw.value)
  if (!value) return undefined
  if (fieldInfo(field).together && positionElsewhere(answer, { field, state, view })) return 'other_company'
  if (field === 'email_status' && isAboutAnother(answer, state.lead.email, view)) return undefined
  const [, provider = '', operation = ''] = answer.question.split('/')
  return {
    ...raw,
    field,
    value,
    ...(state.bars?.[field]?.not === value && { status: 'invalid' as const }),
    provenance: {
      provider,
      operation,
      at: answer.at,
      credits: answer.credits,
      ...(raw.sourceUrl && { sourceUrl: raw.sourceUrl }),
    },
  }
}

// A title is a title at a company: it is taken only from an answer about the company that the row names, and all
// fields of the position from one answer.
function positionElsewhere(
  answer: Answer,
  { field: of, state, view }: Pick<Search, 'field' | 'state' | 'view'>,
): boolean {
  // What goes beside is no part of the row.
  const keeps = (field: Field) => state.bars?.[field]?.keeps === true
  if (keeps(of)) return false
  for (const field of state.missing) {
    const result = state.results[field]
    if (!fieldInfo(field).together || result?.kind !== 'accepted' || keeps(field)) continue
    const from = result.finding.provenance
    const by = findStep(view.world, from.provider, from.operation)?.operation.by
    // The name of a company, as the company itself gives it, is no position that somebody holds.
    if (by !== undefined && ABOUT_COMPANIES.has(by)) continue
    if (!answer.question.includes(`/${from.provider}/${from.operation}/`)) return true
  }
  const theirs = answer.values?.company_name?.value
  const isOpen = state.missing.includes('company_name') && !keeps('company_name')
  const ours = isOpen ? undefined : state.lead.company_name
  return theirs !== undefined && ours !== undefined && !view.world.sameCompany(theirs, ours)
}
