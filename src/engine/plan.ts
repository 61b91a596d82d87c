import type { Answer, QuestionId } from '../domain/answer'
import { recalled } from '../domain/answer'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { OpenLead } from '../domain/job'
import { LESS_EXACT, LOOKUP_WORDS, LOOKUPS } from '../domain/lookup-key'
import type { Range3, ReceiptLine, RowClass } from '../domain/receipt'
import type { Step } from '../domain/waterfall'
import { advance } from './advance'
import type { NewLead } from './job'
import { placeOf } from './order'
import { chargedOnMiss, chargeWords, roundCredits } from './price'
import { questionOf } from './questions'
import type { OperationTally, Rates } from './tallies'
import { ratesOf } from './tallies'
import type { Need, View } from './view'
import type { World } from './world'

/** What of a row's class only the engine can tell. */
export type PlannedClass = Extract<RowClass, 'invalid' | 'filled' | 'known' | 'repeated' | 'free' | 'chargeable'>

/** What a run over these leads would do: the class of each lead, in order, and what it would ask. */
export interface Plan {
  readonly classes: readonly PlannedClass[]
  /** What is known already of what each lead misses, in order. */
  readonly known: readonly OpenLead['results'][]
  readonly lines: readonly ReceiptLine[]
  readonly credits: Range3
  readonly calls: Range3
  readonly seconds: number
  /** The first questions that will be sent. */
  readonly first: readonly Need[]
  /** Leads whose first question is also another lead's, by position. */
  readonly sharing: readonly (readonly number[])[]
  /** Fields that invalid leads lack, most frequent first. */
  readonly lacks: readonly { readonly fields: readonly Field[]; readonly leads: number }[]
}

interface Forecast {
  readonly step: Step
  calls: { best: number; typical: number; worst: number }
  credits: { best: number; typical: number; worst: number }
}

/**
 * Works out a run without sending anything. `known` holds the stored answers of every question that may come up, `learned`
 * what became of earlier ones: what is usual is told by it.
 */
export function plan(
  leads: readonly NewLead[],
  known: { get(question: QuestionId): Answer | undefined },
  setting: {
    readonly world: World
    readonly environment: Environment
    readonly now: number
    readonly learned?: { readonly [place: string]: OperationTally }
  },
): Plan {
  const { world, environment, now, learned = {} } = setting
  const rates = ratesOf(learned)
  const local = new Map<QuestionId, Answer>()
  let recalls = 0
  const view = {
    world,
    environment,
    now,
    answer: (question: QuestionId) => {
      const here = local.get(question)
      if (here) recalls++
      const answer = here ?? known.get(question)
      return answer && recalled(answer, { now, since: now, refreshMs: world.refreshMs?.(answer) ?? Infinity })
    },
    keep: (answer: Answer) => void local.set(answer.question, answer),
    vendor: () => undefined,
  }
  const forecasts = new Map<Step['operation'], Forecast>()
  const counted = new Set<string>()
  const askers = new Map<QuestionId, number[]>()
  const first: Need[] = []
  const classes: PlannedClass[] = []
  const results: OpenLead['results'][] = []
  const lacks = new Map<string, { fields: readonly Field[]; leads: number }>()
  for (const [position, lead] of leads.entries()) {
    const open: OpenLead = { ...lead, results: {}, heard: [], waiting: [] }
    const before = { workedOut: local.size, recalls }
    const { lead: advanced, needs } = advance(open, view)
    results.push(advanced.results)
    if (lead.missing.length === 0) {
      classes.push('filled')
      continue
    }
    if (needs.length === 0) {
      const answered =
        advanced.heard.length > 0 ||
        Object.values(advanced.results).some((result) => result.kind !== 'none' || result.why !== 'no_key')
      classes.push(
        !answered
          ? 'invalid'
          : local.size > before.workedOut
            ? 'free'
            : recalls > before.recalls
              ? 'repeated'
              : 'known',
      )
      if (!answered) note(lacks, lackedBy(lead, world))
      continue
    }
    for (const need of needs) {
      const sharing = askers.get(need.question)
      if (sharing) sharing.push(position)
      else {
        askers.set(need.question, [position])
        if (first.length < 3 && !need.pending) first.push(need)
      }
    }
    const possible = possibleQuestions(advanced, { ...view, rates })
    const fresh = possible.filter(({ once }) => once === undefined || !counted.has(once))
    classes.push(
      fresh.length === 0
        ? needs.every(({ pending }) => pending)
          ? 'known'
          : 'repeated'
        : fresh.some(({ step }) => step.operation.price.credits > 0)
          ? 'chargeable'
          : 'free',
    )
    for (const one of fresh) {
      if (one.once !== undefined && counted.has(one.once)) continue
      if (one.once !== undefined) counted.add(one.once)
      count(forecasts, { ...one, hits: rates.found(one.step) }, needs)
    }
  }
  const lines = [...forecasts.values()].map((forecast) => toLine(forecast, learned[placeOf(forecast.step)]?.asked ?? 0))
  return {
    classes,
    known: results,
    lines,
    credits: sum(lines.map((line) => line.credits)),
    calls: sum(lines.map((line) => line.calls)),
    seconds: secondsOf([...forecasts.values()]),
    first,
    sharing: [...askers.values()].filter((rows) => rows.length > 1),
    lacks: [...lacks.values()].sort((a, b) => b.leads - a.leads),
  }
}

interface Possible {
  readonly step: Step
  /** Undefined when part of the key is still to be found. */
  readonly question: QuestionId | undefined
  /** Equal for what is asked once however many leads come to it; undefined where each may ask something else. */
  readonly once: string | undefined
  /** The probability that the waterfall gets as far as this step. */
  readonly reached: number
}

type Known = Pick<View, 'world' | 'environment' | 'answer'> & { readonly rates: Rates }

/** Every question that a lead could come to, at worst: all steps, with keys that other steps may complete. */
function possibleQuestions(open: OpenLead, view: Known): readonly Possible[] {
  // Only wanted fields are taken over into the row, so only they complete keys.
  const found = new Set<Field>(Object.keys(open.lead) as Field[])
  const learn = (step: Step): boolean => {
    const gains = step.operation.finds.filter((gain) => open.missing.includes(gain) && !found.has(gain))
    for (const gain of gains) found.add(gain)
    return gains.length > 0
  }
  const possible = new Map<string, Possible>()
  const unresolved = open.missing.filter((field) => open.results[field]?.kind !== 'accepted')
  for (let grown = true; grown;) {
    grown = false
    for (const field of unresolved) {
      let reached = 1
      const passed = new Set<string>()
      for (const step of view.world.waterfalls[field]?.steps ?? []) {
        const id = `${step.provider.id}/${step.operation.id}`
        if (!LOOKUPS[step.operation.by].every((part) => found.has(part))) continue
        const exact = LESS_EXACT[step.operation.by]
        if (exact && passed.has(`${step.provider.id}/${exact}`)) continue
        if (learn(step)) grown = true
        const question = questionOf(step, open.lead, view.environment)?.question
        for (const [place, one] of verificationsOf({ field, question, reached, step }, view))
          possible.set(`${field} ${id} ${place}`, one)
        if (step.operation.kind === 'local') continue
        // A key that is still to be completed may come too late to make the less exact question needless.
        if (question !== undefined) passed.add(`${step.provider.id}/${step.operation.by}`)
        if (question !== undefined && view.answer(question)) continue
        possible.set(id, { step, question, once: question, reached: Math.max(reached, possible.get(id)?.reached ?? 0) })
        reached *= 1 - view.rates.accepted(step, field)
      }
    }
  }
  return [...possible.values()]
}

// A finder's answer may hold an address that each verifier is asked about in turn.
function verificationsOf(
  finder: {
    readonly field: Field
    readonly question: QuestionId | undefined
    readonly reached: number
    readonly step: Step
  },
  view: Known,
): readonly (readonly [place: string, possible: Possible])[] {
  const { field, question } = finder
  const { verifiers = [] } = view.world.waterfalls[field] ?? {}
  const answer = question === undefined ? undefined : view.answer(question)
  const isOpen = !answer || answer.outcome === 'pending'
  const said = answer?.values?.[field]
  const email = said && said.status === undefined ? view.world.normalize(field, said.value) : undefined
  if (!isOpen && email === undefined) return []
  const possible: [string, Possible][] = []
  let reached = finder.reached * (isOpen ? view.rates.found(finder.step) : 1)
  for (const step of verifiers) {
    if (step.operation.kind === 'local') continue
    const place = placeOf(step)
    const known = email === undefined ? undefined : questionOf(step, { email }, view.environment)?.question
    if (known !== undefined && view.answer(known)) continue
    const once = known ?? (question === undefined ? undefined : `${field} ${question} ${place}`)
    possible.push([place, { step, question: known, once, reached }])
    reached *= 1 - view.rates.accepted(step, 'email_status')
  }
  return possible
}

function count(
  forecasts: Map<Step['operation'], Forecast>,
  one: Possible & { readonly hits: number },
  needs: readonly Need[],
): void {
  const { step, question, reached, hits } = one
  const price = step.operation.price
  const forecast = forecasts.get(step.operation) ?? {
    step,
    calls: { best: 0, typical: 0, worst: 0 },
    credits: { best: 0, typical: 0, worst: 0 },
  }
  forecasts.set(step.operation, forecast)
  // At best every first question is answered well and nothing else is asked; at best a miss, where that is free.
  const isFirst = needs.some((need) => need.question === question)
  const likely = isFirst ? 1 : reached
  forecast.calls.best += isFirst ? 1 : 0
  forecast.calls.typical += likely
  forecast.calls.worst += 1
  forecast.credits.best += isFirst && chargedOnMiss(price) ? price.credits : 0
  forecast.credits.typical += likely * price.credits * (chargedOnMiss(price) ? 1 : hits)
  forecast.credits.worst += price.credits
}

function toLine({ step, calls, credits }: Forecast, learned: number): ReceiptLine {
  const batch = (step.operation.kind === 'remote' && step.operation.batch) || 1
  const rounded = (range: Range3, unit: number): Range3 => ({
    best: Math.ceil(roundCredits(range.best / unit)),
    typical: Math.ceil(roundCredits(range.typical / unit)),
    // At worst every question comes up alone.
    worst: Math.ceil(roundCredits(range.worst)),
  })
  return {
    provider: step.provider.id,
    name: step.provider.name,
    operation: LOOKUP_WORDS[step.operation.by],
    calls: rounded(calls, batch),
    credits: rounded(credits, 1),
    charge: chargeWords(step.operation.price),
    learned,
  }
}

function sum(ranges: readonly Range3[]): Range3 {
  return ranges.reduce(
    (total, range) => ({
      best: total.best + range.best,
      typical: total.typical + range.typical,
      worst: total.worst + range.worst,
    }),
    { best: 0, typical: 0, worst: 0 },
  )
}

// Vendors are asked at the same time, each as fast as it allows; a blocking wave costs about half of that rate.
function secondsOf(forecasts: readonly Forecast[]): number {
  const perVendor = forecasts.map(({ step, calls }) => {
    const limits = (step.operation.kind === 'remote' && step.operation.limits) || step.provider.limits
    const rate = Math.min(limits.perSecond ?? 15, (limits.perMinute ?? 900) / 60) / 2
    const days = Math.floor(calls.typical / (step.provider.perDay ?? Infinity))
    return calls.typical / rate + days * 86_400
  })
  return Math.ceil(Math.max(0, ...perVendor) + 2)
}

function lackedBy(lead: NewLead, world: World): readonly Field[] {
  const kinds = lead.missing.flatMap((field) => world.waterfalls[field]?.steps ?? []).map((step) => step.operation.by)
  const gaps = kinds.map((kind) => LOOKUPS[kind].filter((part) => !lead.lead[part])).sort((a, b) => a.length - b.length)
  return gaps[0] ?? []
}

function note(lacks: Map<string, { fields: readonly Field[]; leads: number }>, fields: readonly Field[]): void {
  const id = fields.join(',')
  const entry = lacks.get(id) ?? { fields, leads: 0 }
  lacks.set(id, { fields, leads: entry.leads + 1 })
}
