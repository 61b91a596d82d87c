import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { OpenLead } from '../domain/job'
import type { Lead } from '../domain/lead'
import { openBudget } from '../engine/budget'
import { admit, openJob, recall } from '../engine/job'
import { questionsAbout, takeUnlooked } from '../engine/questions'
import type { World } from '../engine/world'
import { cellText } from '../sheet/cell-text'
import { isSuppressed } from '../privacy/suppression'
import type { Host } from './host'
import { loadSettings } from './settings'
import { peekStore } from './store'
import { loadSuppression, suppressionMark } from './suppressed'
import { makeWorld, readable, withoutRefresh } from './vendors'

/** What is known of one field of a lead: its value, or a word and a sentence with the next step. */
export type Looked =
  | { readonly kind: 'known'; readonly value: string; readonly finding: Finding | undefined }
  | { readonly kind: 'unknown'; readonly word: string; readonly problem: string }

/**
 * What the store, local sources and, in training, the training vendor know about these fields of each lead, in the order
 * of the fields. Nothing is sent and nothing is spent. Whoever is never to be looked up stays unknown.
 */
export function lookUp(
  host: Host,
  leads: readonly (Lead | undefined)[],
  given: { readonly fields: readonly Field[]; readonly minConfidence?: number },
): readonly (readonly Looked[] | undefined)[] {
  const { fields, minConfidence } = given
  const { environment } = loadSettings(host)
  // Nothing is asked here: what is old is better than nothing.
  const usual = withoutRefresh(makeWorld(host, { providers: readable(host, environment), wanted: fields, learned: {} }))
  const world = minConfidence === undefined ? usual : withThreshold(usual, minConfidence)
  const now = host.now()
  const suppressed = suppressedAmong(host, leads)
  const open = leads.flatMap((lead, row) => {
    const missing = lead && !suppressed.has(row) ? fields.filter((field) => !lead[field]) : []
    return lead && missing.length > 0 ? [{ row, lead, missing }] : []
  })
  const budget = openBudget(0)
  let job = admit(openJob({ run: 'formula', environment, startedAt: now, epoch: 0, budget, vendors: {} }), open, {
    world,
    now,
  })
  const store = peekStore(host)
  const looked = { questions: new Set<string>(), leads: new WeakSet<Lead>() }
  for (;;) {
    const questions = takeUnlooked(job, world, looked)
    if (questions.length === 0) break
    job = recall(job, store.answers(questions), { world, now })
  }
  const byRow = new Map(job.leads.map((lead) => [lead.row, lead]))
  return leads.map((lead, row): readonly Looked[] | undefined => {
    if (!lead) return undefined
    if (suppressed.has(row)) return fields.map(() => SUPPRESSED)
    const found = byRow.get(row)
    const isAsked =
      found !== undefined && questionsAbout(found, { world, environment }).some((question) => job.answers[question])
    return fields.map((field) => {
      const known = lead[field]
      if (known) return { kind: 'known', value: cellText(known), finding: undefined }
      return judge(found, field, isAsked)
    })
  })
}

function suppressedAmong(host: Host, leads: readonly (Lead | undefined)[]): ReadonlySet<number> {
  if (suppressionMark(host) === '') return new Set()
  const list = loadSuppression(host)
  return new Set(leads.flatMap((lead, row) => (lead && isSuppressed(lead, list) ? [row] : [])))
}

function judge(found: OpenLead | undefined, field: Field, isAsked: boolean): Looked {
  const problem = `${fieldInfo(field).label} not found. Try other vendors in the sidebar.`
  const result = found?.results[field]
  if (result?.kind === 'accepted')
    return { kind: 'known', value: cellText(result.finding.value), finding: result.finding }
  if (result?.kind === 'none' && result.why === 'no_key') return TOO_LITTLE
  if (result?.kind === 'none' && result.why === 'objected') return SUPPRESSED
  // Who was asked in vain is enough: the sidebar knows which vendors are left, and whether there is a key of theirs.
  if (found && found.waiting.length > 0 && !isAsked && !result) return NOT_YET
  if (result?.kind === 'weak') return { kind: 'unknown', word: 'not sure enough', problem }
  return { kind: 'unknown', word: 'not found', problem }
}

// What a person asks of one formula goes before the rule of the field.
function withThreshold(world: World, threshold: number): World {
  const waterfalls = Object.entries(world.waterfalls).map(([field, one]) => [field, { ...one, threshold }] as const)
  return { ...world, waterfalls: Object.fromEntries(waterfalls) }
}

const SUPPRESSED: Looked = {
  kind: 'unknown',
  word: 'never looked up',
  problem: 'This person or company is on the list of who is never looked up.',
}

const TOO_LITTLE: Looked = {
  kind: 'unknown',
  word: 'not enough to ask',
  problem: 'Not enough to ask. Give a name and a company domain, or a LinkedIn URL.',
}

const NOT_YET: Looked = {
  kind: 'unknown',
  word: 'not looked up',
  problem: 'Not looked up yet. Select the row and press Enrich in the sidebar.',
}
