import type { Answer } from '../domain/answer'
import type { Verifiable } from '../domain/field'
import { fieldInfo, VERDICT_FIELDS } from '../domain/field'
import type { Finding, VerificationStatus } from '../domain/finding'
import { STATUSES } from '../domain/finding'
import type { Then, TraceStep } from '../domain/trace'
import type { Step, Waterfall } from '../domain/waterfall'
import { questionOf } from './questions'
import type { Need, View } from './view'
import { answerTo } from './view'
import type { World } from './world'

/** A finding with what is known of whether it works, the question that must be answered first, or an objection. */
export type Judged = Finding | { readonly need: Need } | 'objected'

/** What the verifiers say, and which of them were asked. */
export interface Verification {
  readonly judged: Judged
  readonly asked: readonly TraceStep[]
}

/**
 * Asks the verifiers of a waterfall, one after the other until one is clear, about an address that its finder has not
 * verified. Where nobody can tell it stays unverified. A finder that gives a status has verified by itself.
 */
export function verify(finding: Finding, { verifiers }: Waterfall, view: View): Verification {
  const asked: TraceStep[] = []
  if (finding.status !== undefined) return { judged: finding, asked }
  let unclear: Finding | undefined
  for (const step of verifiers) {
    const question = questionOf(step, { email: finding.value }, view.environment)
    if (!question) continue
    const answer = answerTo(question, step, view)
    if (!answer || answer.outcome === 'pending') {
      const isGivenUp = view.vendor(step.provider.id)?.dropped !== undefined
      asked.push(stepOf(step, answer, isGivenUp ? 'given_up' : 'waits'))
      if (isGivenUp) continue
      return { judged: { need: { ...question, step, about: 'candidate', ...(answer && { pending: answer }) } }, asked }
    }
    if (answer.outcome === 'objected')
      return { judged: 'objected', asked: [...asked, stepOf(step, answer, 'objected')] }
    const verdict = verdictIn(answer, finding.value, view)
    const clear = verdict !== undefined && isClear(verdict)
    asked.push({ ...stepOf(step, answer, clear ? 'verdict' : 'no_verdict'), ...(verdict && { said: verdict }) })
    if (!verdict) continue
    const { value: status } = verdict
    const confidence = status === 'valid' ? Math.max(finding.confidence, verdict.confidence) : finding.confidence
    const judged: Finding = { ...finding, status, confidence, verifiedBy: step.provider.id }
    if (clear) return { judged, asked }
    unclear ??= judged
  }
  return { judged: unclear ?? finding, asked }
}

interface Verdict {
  readonly value: VerificationStatus
  readonly confidence: number
}

function verdictIn(answer: Answer, email: string, view: Pick<View, 'world'>): Verdict | undefined {
  const said = answer.values?.email_status
  const value = said && view.world.normalize('email_status', said.value)
  const status = STATUSES.find((one) => one === value)
  if (!said || !status || isAboutAnother(answer, email, view)) return undefined
  return { value: status, confidence: said.confidence }
}

/** Whether the newest clear verdict among some answers is that an address does not work, or that nobody has a number. */
export function saysInvalid(
  answers: readonly Answer[],
  { of, value }: { readonly of: Verifiable; readonly value: string },
  world: World,
): boolean {
  const clear = answers.flatMap((answer) => {
    const verdict = of === 'email' ? verdictIn(answer, value, { world }) : answer.values?.phone_type
    return verdict && isClear(verdict, of) ? [{ at: answer.at, value: verdict.value }] : []
  })
  const newest = clear.sort((a, b) => b.at - a.at)[0]
  return newest !== undefined && world.normalize(VERDICT_FIELDS[of], newest.value) === 'invalid'
}

function isClear({ confidence }: Pick<Verdict, 'confidence'>, of: Verifiable = 'email'): boolean {
  return confidence >= fieldInfo(VERDICT_FIELDS[of]).threshold
}

/** Whether an answer speaks of another address: its verdict says nothing about this one. */
export function isAboutAnother({ values }: Answer, email: string | undefined, view: Pick<View, 'world'>): boolean {
  const theirs = values?.email && view.world.normalize('email', values.email.value)
  return theirs !== undefined && email !== undefined && theirs.toLowerCase() !== email.toLowerCase()
}

function stepOf({ provider, operation }: Step, answer: Answer | undefined, then: Then): TraceStep {
  return {
    role: 'verifier',
    provider: provider.id,
    operation: operation.id,
    outcome: answer?.outcome ?? 'not_asked',
    credits: answer?.credits ?? 0,
    ...(answer && { at: answer.at }),
    then,
  }
}
