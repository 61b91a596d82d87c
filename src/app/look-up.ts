import type { QuestionId } from '../domain/answer'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Finding } from '../domain/finding'
import type { Job, OpenLead } from '../domain/job'
import type { Lead } from '../domain/lead'
import type { Provider } from '../domain/provider'
import type { NewLead } from '../engine/job'
import { openBudget } from '../engine/budget'
import { admit, openJob, recall } from '../engine/job'
import { plan } from '../engine/plan'
import { questionsAbout, takeUnlooked } from '../engine/questions'
import type { World } from '../engine/world'
import { findStep } from '../engine/world'
import { cellText } from '../sheet/cell-text'
import { askForFormula } from './ask-for-formula'
import { purposeTest } from './basis'
import { claimedAnswers, isBeingAsked, MOST_CLAIMS } from './claims'
import { loadFormulaSpending } from './formula-spending'
import { formulaVendors, isPolled, withoutPolls } from './formula-vendors'
import type { Host } from './host'
import { loadSettings } from './settings'
import type { Store } from './store'
import { readStore } from './store'
import { peekAtStore } from './store-state'
import { watchSuppression } from './suppressed'
import { makeWorld, readable, withoutRefresh } from './vendors'
import type { Learned } from './waterfalls'

/** What is known of one field of a lead: its value, or a word and a sentence with the next step. */
export type Looked =
  | { readonly kind: 'known'; readonly value: string; readonly finding: Finding | undefined }
  | { readonly kind: 'unknown'; readonly word: string; readonly problem: string }
  | Waits

/** A question that waits: somebody else asks it, or there was no time, no room or no cap left. */
interface Waits {
  readonly kind: 'pending'
  /** A sentence about a vendor that is to blame. */
  readonly because?: string | undefined
  /** Set when that vendor is in trouble, maybe for days: what else is known does not wait for it. */
  readonly isStuck?: boolean
}

/** Which fields of leads are wanted, how sure they must be, and until when vendors may be asked. */
export interface Wanted {
  readonly fields: readonly Field[]
  readonly minConfidence?: number
  readonly until: number
  /** Set when vendors that answer later are asked too, and about their tickets. */
  readonly waits?: true
}

/**
 * What is known about these fields of each lead, in the order of the fields: from the store, from answers of formulas that
 * wait for it, from local sources and, in training, from the training vendor; for the rest public sources are asked, and
 * paid vendors where formulas may spend. Whoever is never to be looked up stays unknown.
 */
export function lookUp(
  host: Host,
  leads: readonly (Lead | undefined)[],
  wanted: Wanted,
): readonly (readonly Looked[] | undefined)[] {
  const { fields, minConfidence } = wanted
  const { environment } = loadSettings(host)
  const hasPurpose = environment === 'training' ? () => true : purposeTest(host)
  const worldOf = (providers: readonly Provider[], of: readonly Field[], learned: Learned): World => {
    // A formula that was answered shows its value, however old it is.
    const world = withoutRefresh(makeWorld(host, { providers, wanted: of, learned }))
    return minConfidence === undefined ? world : withThreshold(world, minConfidence)
  }
  const world = worldOf(readable(host, environment), fields, {})
  const isSuppressed = watchSuppression(host)
  const suppressed = new Set(leads.flatMap((lead, row) => (lead && isSuppressed(lead) ? [row] : [])))
  const open = leads.flatMap((lead, row): readonly NewLead[] => {
    const missing = lead && !suppressed.has(row) ? fields.filter((field) => !lead[field]) : []
    return lead && missing.length > 0 ? [{ row, lead, missing }] : []
  })
  const stands = peekAtStore(host)
  let store = readStore(host, stands)
  const learn = (about: World) => recallKnown(host, store, about)
  const start = { run: 'formula', environment, startedAt: host.now(), epoch: 0, budget: openBudget(0), vendors: {} }
  const look = (): Job => learn(world)(admit(openJob(start), open, { world, now: host.now() }))
  let job = look()
  // In a copied or restored file nothing is asked before a person has chosen (safety S19).
  const unknown = job.leads.filter((lead) => lead.waiting.length > 0)
  const able = unknown.length === 0 || stands.trouble ? [] : formulaVendors(host, environment)
  const providers = wanted.waits ? able : able.map(withoutPolls)
  const worldWith = (who: readonly Provider[]): World =>
    who.length === 0 ? world : worldOf(who, fields.filter(hasPurpose), store.tallies(environment))
  const asked = worldWith(providers)
  const workerOf = (lead: OpenLead) => able.find(({ id }) => id === workerOn(job, lead))
  // Nobody else is paid for what a vendor works on that can be asked for it.
  const isOpen = (lead: OpenLead) => wanted.waits === true || !workerOf(lead)
  const waiting = providers.length > 0 && canAsk(asked) ? unknown.filter(isOpen).map(({ row }) => row) : []
  const pending = new Map<number, Waits>(waiting.map((row) => [row, PENDING]))
  if (waiting.length > 0) {
    let vendors: Job['vendors'] = {}
    for (
      let from = 0;
      from < Math.min(waiting.length, MOST_CLAIMS) && host.now() < wanted.until;
      from += ROWS_AT_ONCE
    ) {
      const rows = new Set(waiting.slice(from, from + ROWS_AT_ONCE))
      const ended = askForFormula(
        {
          host,
          environment,
          world: asked,
          providers,
          until: wanted.until,
          vendors,
          stands: { isNewest: stands.isNewest, batch: (id) => store.batch(id) },
        },
        open.filter(({ row }) => rows.has(row)),
        learn(asked),
      )
      vendors = ended.vendors
      for (const row of rows) {
        const because = ended.left.get(row)
        if (ended.left.has(row)) pending.set(row, { ...PENDING, because, isStuck: because !== undefined })
        else pending.delete(row)
      }
    }
    host.document.refresh()
    // Who asks the same at this moment has the answer soon: that is less to wait for than to press Finish.
    const waits = open.filter(({ row }) => pending.has(row))
    const questionsOf = (one: NewLead) => questionsAbout(one, { world: asked, environment })
    const questions = waits.flatMap(questionsOf)
    for (let nth = 0; nth < MOST_WAITS && isBeingAsked(host, questions) && host.now() < wanted.until; nth++) {
      host.sleep(WAIT_MS)
      host.document.refresh()
    }
    // What was claimed may be in the store by now, and nowhere else.
    if (!stands.isNewest()) store = readStore(host, peekAtStore(host))
    job = look()
    for (const one of waits)
      if (questionsOf(one).every((question) => isAnswered(job, question))) pending.delete(one.row)
  }
  // Vendors that answer later are asked by Finish, once nobody else is left.
  if (!wanted.waits && able.some(({ operations }) => operations.some(isPolled))) {
    const about = worldWith(able)
    const { asks } = learn(about)(admit(openJob(start), open, { world: about, now: host.now() }))
    for (const { provider, operation, rows } of Object.values(asks)) {
      if (!isPolled(findStep(about, provider, operation)?.operation)) continue
      for (const row of rows) if (!pending.has(row)) pending.set(row, PENDING)
    }
  }
  for (const lead of job.leads) {
    const worker = workerOf(lead)
    if (worker) pending.set(lead.row, { ...PENDING, because: `${worker.name} works on it. Wait a minute.` })
  }
  const byRow = new Map(job.leads.map((lead) => [lead.row, lead]))
  const unlooked = loadFormulaSpending(host).isOn ? NOT_YET : SWITCHED_OFF
  return leads.map((lead, row): readonly Looked[] | undefined => {
    if (!lead) return undefined
    if (suppressed.has(row)) return fields.map(() => SUPPRESSED)
    const found = byRow.get(row)
    const isAsked =
      found !== undefined && questionsAbout(found, { world, environment }).some((question) => isAnswered(job, question))
    return fields.map((field) => {
      const known = lead[field]
      if (known) return { kind: 'known', value: cellText(known), finding: undefined }
      const judged = judge(found, field, isAsked ? undefined : unlooked)
      if (judged.kind !== 'unknown' || found?.results[field]) return judged
      if (!hasPurpose(field)) return NO_PURPOSE
      return pending.get(row) ?? judged
    })
  })
}

/** What looking up would ask: leads in all, those that cost nothing, and credits at worst. */
export interface LookUpPrice {
  readonly leads: number
  readonly free: number
  readonly worst: number
}

/** What a formula may cost at most for these leads, as far as this file knows; nothing is asked. */
export function priceLookUp(host: Host, leads: readonly Lead[], fields: readonly Field[]): LookUpPrice {
  const { environment } = loadSettings(host)
  const stands = peekAtStore(host)
  const providers = stands.trouble ? [] : formulaVendors(host, environment)
  const world = withoutRefresh(makeWorld(host, { providers, wanted: fields, learned: {} }))
  const open = leads.map((lead, row) => ({ row, lead, missing: fields.filter((field) => !lead[field]) }))
  const questions = new Set(open.flatMap((one) => questionsAbout(one, { world, environment })))
  const answers = [...readStore(host, stands).answers([...questions]), ...claimedAnswers(host, questions)]
  const known = new Map(answers.map((answer) => [answer.question, answer]))
  const { classes, credits } = plan(open, known, { world, environment, now: host.now() })
  const paid = classes.filter((one) => one === 'chargeable').length
  return { leads: leads.length, free: leads.length - paid, worst: credits.worst }
}

// Claims are made under the lock, which is held for a moment only (safety S11).
const ROWS_AT_ONCE = 20

// A vendor answers in a second or two as a rule.
const WAIT_MS = 700
const MOST_WAITS = 4

function canAsk({ waterfalls }: World): boolean {
  return Object.values(waterfalls).some(({ steps }) => steps.some(({ operation }) => operation.kind === 'remote'))
}

function isAnswered({ answers }: Job, question: QuestionId): boolean {
  return answers[question] !== undefined && answers[question].outcome !== 'pending'
}

/** The vendor that gave a ticket for what a lead waits for. */
function workerOn({ answers }: Job, { waiting }: OpenLead): string | undefined {
  return waiting.find((question) => answers[question]?.outcome === 'pending')?.split('/')[1]
}

// Each question is looked up once.
function recallKnown(host: Host, store: Store, world: World): (job: Job) => Job {
  const looked = { questions: new Set<string>(), leads: new WeakSet<Lead>() }
  return (given) => {
    let job = given
    for (;;) {
      const questions = takeUnlooked(job, world, looked)
      if (questions.length === 0) return job
      const answers = [...store.answers(questions), ...claimedAnswers(host, questions)]
      job = recall(job, answers, { world, now: host.now() })
    }
  }
}

function judge(found: OpenLead | undefined, field: Field, unlooked: Looked | undefined): Looked {
  const problem = `${fieldInfo(field).label} not found. Try other vendors in the sidebar.`
  const result = found?.results[field]
  if (result?.kind === 'accepted')
    return { kind: 'known', value: cellText(result.finding.value), finding: result.finding }
  if (result?.kind === 'none' && result.why === 'no_key') return TOO_LITTLE
  if (result?.kind === 'none' && result.why === 'objected') return SUPPRESSED
  // Who was asked in vain is enough: the sidebar knows which vendors are left, and whether there is a key of theirs.
  if (found && found.waiting.length > 0 && unlooked && !result) return unlooked
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

const NO_PURPOSE: Looked = {
  kind: 'unknown',
  word: 'no purpose',
  problem: 'This file has no purpose for it. Open Settings, Privacy in the sidebar and say what the data is for.',
}

const PENDING: Waits = { kind: 'pending' }

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

const SWITCHED_OFF: Looked = {
  ...NOT_YET,
  problem:
    'Not looked up yet. Select the row and press Enrich in the sidebar, or turn on formula spending in Enrich > Settings.',
}
