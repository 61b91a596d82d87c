import type { Answer, QuestionId } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { FieldResult, OpenLead, Unfound, VendorState } from '../domain/job'
import type { Lead } from '../domain/lead'
import type { LookupKey } from '../domain/lookup-key'
import { LESS_EXACT } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import type { Step, Waterfall } from '../domain/waterfall'
import { questionOf } from './questions'
import type { World } from './world'

/** What a lead may look at while it advances. */
export interface View {
  readonly world: World
  readonly environment: Environment
  readonly now: number
  answer(question: QuestionId): Answer | undefined
  /** Keeps the answer of a local operation, so that it is not worked out again. */
  keep(answer: Answer): void
  vendor(provider: string): VendorState | undefined
}

/** A question that a lead needs answered. */
export interface Need {
  readonly question: QuestionId
  readonly step: Step
  readonly key: LookupKey
  /** Set when a vendor works on it already: its ticket is asked about. */
  readonly pending?: Answer
}

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
      if (walked.kind !== 'accepted') continue
      state.lead = { ...state.lead, [field]: walked.finding.value }
      grown = true
    }
  }
  return { lead: { ...state, waiting: needs.map((need) => need.question) }, needs }
}

function objected(state: State): OpenLead {
  const results = { ...state.results }
  for (const field of state.missing) {
    if (results[field]?.kind !== 'accepted') results[field] = { kind: 'none', why: 'objected' }
  }
  return { ...state, results, waiting: [] }
}

interface State {
  row: number
  lead: Lead
  missing: readonly Field[]
  results: { [F in Field]?: FieldResult }
  heard: QuestionId[]
}

function walk(field: Field, state: State, view: View): FieldResult | { need: Need } {
  const waterfall = view.world.waterfalls[field]
  if (!waterfall) return { kind: 'none', why: 'no_key' }
  const candidates: Finding[] = []
  const reasons = new Set<Unfound>()
  for (const question of state.heard) {
    const answer = view.answer(question)
    const finding = answer && findingOf(field, answer, state, view)
    if (finding === 'other_company') reasons.add('other_company')
    if (finding === 'other_company' || !finding) continue
    if (isGood(finding, waterfall)) return { kind: 'accepted', finding }
    candidates.push(finding)
  }
  const answered = new Set<string>()
  for (const step of waterfall.steps) {
    const exact = LESS_EXACT[step.operation.by]
    if (exact && answered.has(`${step.provider.id}/${exact}`)) continue
    const asked = questionOf(step, state.lead, view.environment)
    if (!asked) {
      reasons.add('no_key')
      continue
    }
    const { question, key } = asked
    if (state.heard.includes(question)) {
      answered.add(`${step.provider.id}/${step.operation.by}`)
      reasons.add('not_found')
      continue
    }
    const answer = view.answer(question) ?? answerLocally(question, step, key, view)
    if (!answer || answer.outcome === 'pending') {
      if (view.vendor(step.provider.id)?.dropped) {
        reasons.add('vendor_trouble')
        continue
      }
      const known = knownElsewhere(field, state, view)
      return (
        known ?? {
          need: answer
            ? { question, step, key, pending: answer }
            : (underway(field, state, view) ?? { question, step, key }),
        }
      )
    }
    answered.add(`${step.provider.id}/${step.operation.by}`)
    if (answer.outcome === 'objected') return { kind: 'none', why: 'objected' }
    if (answer.outcome !== 'found') {
      reasons.add(reasonOf(answer))
      continue
    }
    state.heard.push(question)
    const finding = findingOf(field, answer, state, view)
    if (finding === 'other_company') reasons.add('other_company')
    // What it found is something else: about this field it was asked in vain.
    if (!finding) reasons.add('not_found')
    if (finding === 'other_company' || !finding) continue
    if (isGood(finding, waterfall)) return { kind: 'accepted', finding }
    candidates.push(finding)
  }
  const best = candidates.sort((a, b) => weight(b) - weight(a))[0]
  if (best) return { kind: 'weak', finding: best }
  const order: readonly Unfound[] = ['maybe_charged', 'vendor_trouble', 'other_company', 'not_found', 'no_key']
  return { kind: 'none', why: order.find((reason) => reasons.has(reason)) ?? 'not_found' }
}

// A stored answer of any step costs nothing: where it decides, nobody is asked. It may be a later step's, or that of a less
// exact way of asking that this lead would pass over.
function knownElsewhere(field: Field, state: State, view: View): FieldResult | undefined {
  const waterfall = view.world.waterfalls[field]!
  for (const step of waterfall.steps) {
    const question = questionOf(step, state.lead, view.environment)?.question
    const answer = question === undefined ? undefined : view.answer(question)
    if (!answer) continue
    if (answer.outcome === 'objected') return { kind: 'none', why: 'objected' }
    const finding = findingOf(field, answer, state, view)
    if (!finding || finding === 'other_company' || !isGood(finding, waterfall)) continue
    if (!state.heard.includes(answer.question)) state.heard.push(answer.question)
    return { kind: 'accepted', finding }
  }
  return undefined
}

// A vendor that works on a step already was asked when less was known, for example before the domain was: what it finds is
// bought, so it is waited for, and nobody is paid for the same a second time.
function underway(field: Field, state: State, view: View): Need | undefined {
  for (const step of view.world.waterfalls[field]!.steps) {
    const asked = questionOf(step, state.lead, view.environment)
    const pending = asked && view.answer(asked.question)
    if (pending?.outcome === 'pending' && !view.vendor(step.provider.id)?.dropped) return { ...asked!, step, pending }
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

function answerLocally(question: QuestionId, step: Step, key: LookupKey, view: View): Answer | undefined {
  if (step.operation.kind !== 'local') return undefined
  const outcome: Outcome | undefined = step.operation.answer([key])[0]
  const answer: Answer =
    outcome?.kind === 'found'
      ? { question, at: view.now, outcome: 'found', credits: 0, values: outcome.values }
      : { question, at: view.now, outcome: 'not_found', credits: 0 }
  view.keep(answer)
  return answer
}

function findingOf(field: Field, answer: Answer, state: State, view: View): Finding | 'other_company' | undefined {
  const raw = answer.values?.[field]
  if (!raw) return undefined
  const value = view.world.normalize(field, raw.value)
  if (!value) return undefined
  if (fieldInfo(field).together && positionElsewhere(answer, state, view)) return 'other_company'
  if (field === 'email_status' && isAboutAnother(answer, state, view)) return undefined
  const [, provider = '', operation = ''] = answer.question.split('/')
  return {
    ...raw,
    field,
    value,
    provenance: {
      provider,
      operation,
      at: answer.at,
      credits: answer.credits,
      ...(raw.sourceUrl && { sourceUrl: raw.sourceUrl }),
    },
  }
}

// A verdict on another address than the row has says nothing about the row's.
function isAboutAnother({ values }: Answer, { lead }: State, view: View): boolean {
  const theirs = values?.email && view.world.normalize('email', values.email.value)
  return theirs !== undefined && lead.email !== undefined && theirs.toLowerCase() !== lead.email.toLowerCase()
}

// A title is a title at a company: it is taken only from an answer about the company that the row names, and all
// fields of the position from one answer.
function positionElsewhere(answer: Answer, state: State, view: View): boolean {
  for (const field of state.missing) {
    const result = state.results[field]
    if (!fieldInfo(field).together || result?.kind !== 'accepted') continue
    const from = result.finding.provenance
    if (!answer.question.includes(`/${from.provider}/${from.operation}/`)) return true
  }
  const theirs = answer.values?.company_name?.value
  const ours = state.missing.includes('company_name') ? undefined : state.lead.company_name
  return theirs !== undefined && ours !== undefined && !view.world.sameCompany(theirs, ours)
}

function isGood(finding: Finding, waterfall: Waterfall): boolean {
  return finding.status !== 'invalid' && finding.confidence >= waterfall.threshold
}

function weight(finding: Finding): number {
  return finding.status === 'invalid' ? -1 : finding.confidence
}
