import type { Answer } from '../domain/answer'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Values } from '../domain/finding'
import type { Batch, Job } from '../domain/job'
import type { Lead } from '../domain/lead'
import type { LookupKind } from '../domain/lookup-key'
import { LOOKUP_WORDS, LOOKUPS } from '../domain/lookup-key'
import { Problem } from '../domain/problem'
import type { HttpResponse, Keys, Provider } from '../domain/provider'
import type { Recipe } from '../domain/recipe'
import { defaultStopRule } from '../domain/waterfall'
import { openBudget } from '../engine/budget'
import { admit, openJob } from '../engine/job'
import { nextBatches } from '../engine/next-batches'
import { questionOf } from '../engine/questions'
import { settle } from '../engine/settle'
import { parseBody, verdictOf } from '../engine/status'
import type { World } from '../engine/world'
import { waterfallsFor } from '../engine/world'
import { checkPurpose } from '../privacy/purpose'
import { lostPaths } from '../providers/recipe'
import type { Api, TryView } from './api-types'
import { requireBasis } from './basis'
import type { Host, SignedRequest } from './host'
import { countTrial, reachedCap } from './caps'
import { insist, isRefused } from './insist'
import { findKey, sign } from './keys'
import { callOf, lostCall } from './ledger'
import { countUsage } from './quota'
import { isApproved, recipeOf } from './recipes'
import { settleLast } from './recover'
import { myId } from './run-record'
import { loadSettings } from './settings'
import { alone } from './turn'
import { openStore } from './store'
import { suppressLeads, watchSuppression } from './suppressed'
import { rowsInScope, surveySheet } from './survey'
import { testKey } from './test-key'
import { makeWorld, vendorById } from './vendors'
import { parseJson } from './versions'
import { withLock } from './with-lock'

// Enough to see how a reply is built.
const SHOWN_CHARS = 2_000

type Step = {
  readonly provider: Provider
  readonly operation: Provider['operations'][number]
  readonly recipe: Recipe
  /** The operation's place in the recipe. */
  readonly index: number
}

/**
 * Asks one of the file's own vendors about the first selected row, once and at its price. The answer goes the way of any
 * paid answer: reserved, kept in the store, not bought again.
 */
export function tryRecipe(host: Host, given: Parameters<Api['tryRecipe']>[0]): TryView {
  requireBasis(host)
  checkPurpose(given.purpose)
  const { environment } = loadSettings(host)
  const provider = vendorById(host, given.recipe)
  const recipe = recipeOf(host, given.recipe)
  if (!recipe) throw new Problem(`${provider.name} is none of your own vendors. Reload the sidebar.`, 'reload')
  if (environment === 'training')
    throw new Problem('In Training nobody is asked. Choose Production in Settings, then try it again.', 'open_settings')
  if (!isApproved(host, given.recipe))
    throw new Problem(`You have not approved what ${provider.name} is sent. Look at it and approve it first.`)
  const key = findKey(host, environment, provider)
  if (provider.auth && !key) throw new Problem(`There is no key of ${provider.name} yet. Enter one and save it.`)
  const { row, lead } = selectedLead(host)
  const step = stepFor({ provider, recipe }, lead)
  const world = worldOf(host, step)
  const work = (run: string): TryView => {
    const { question } = questionOf(step, lead, environment)!
    const frame = frameOf(step, lead, row)
    const store = openStore(host)
    settleLast(host, store)
    const [known] = store.answers([question])
    if (known && known.outcome !== 'unavailable' && known.outcome !== 'refused')
      return { ...frame, ...knownView(known, world), reply: null, lost: [], credits: 0 }
    // A paid call goes only where a free one was answered just before (safety S2).
    if (provider.balance && provider.auth) {
      const test = testKey(host, { vendor: provider.id, environment })
      if (!test.ok) throw new Problem(test.text, 'open_vendors')
    }
    const { credits: price } = step.operation.price
    const by = myId(host)
    const trial = { id: run, by, budget: openBudget(price) }
    const reached = reachedCap(host, trial, [{ vendor: provider.id, credits: price }])
    if (reached) throw new Problem(reached.sentence, 'open_settings')
    const start = { run, environment, startedAt: host.now(), epoch: 0, budget: trial.budget, vendors: {} }
    const missing = step.operation.finds.filter((field) => !lead[field])
    const admitted = admit(openJob(start), [{ row, lead, missing }], { world, now: host.now() })
    const { batch, job } = requireBatch(admitted, { world, now: host.now() })
    const signed = sign(batch.request, provider, key)
    countUsage(host, { fetches: 1 })
    withLock(host, () => countTrial(host, { by, provider: provider.id, credits: price, at: host.now() }))
    // Until its answer is on record it counts as lost, whatever happens to this execution (safety S1).
    const lost: Answer = { question, at: host.now(), outcome: 'maybe_charged', credits: price }
    const reserved = { batch: batch.id, questions: [question], worst: price, at: host.now() }
    store.append([
      { k: 'reserve', ...reserved },
      ...(price > 0 ? [{ k: 'answer' as const, batch: batch.id, answer: lost }, lostCall(reserved, by)] : []),
    ])
    const sent = host.send([signed])
    const response = sent.kind === 'answered' ? sent.responses[0]! : 'lost'
    const settled = settle(job, [{ batch, response }], { world, now: host.now() })
    const nothing: Answer = { question, at: host.now(), outcome: 'unavailable', credits: 0 }
    const answer = settled.answers[0]?.answer ?? nothing
    const call = callOf({ batch, by, at: reserved.at, ms: host.now() - reserved.at, response, answers: [answer] })
    insist(host, () => store.append([{ k: 'answer', batch: batch.id, answer }, call]), isRefused)
    // Without the lock its price stays counted: too much is better than too little.
    host.locked(() => countTrial(host, { by, provider: provider.id, credits: answer.credits - price, at: reserved.at }))
    store.fold()
    if (settled.objected.length > 0) suppressLeads(host, [lead])
    return {
      ...frame,
      meaning: settled.job.vendors[provider.id]?.dropped?.reason ?? meaningOf(answer, provider),
      takes: takesOf(answer.values ?? {}, world),
      ...replyView(response, { step, batch, signed }),
      credits: answer.credits,
    }
  }
  // The vendor is waited for twice: what a run that began meanwhile has in the journal would be written over.
  return alone(host, work, host.deadline)
}

function selectedLead(host: Host): { readonly row: number; readonly lead: Lead } {
  const survey = surveySheet(host, host.sheets.active(), { mapping: {} })
  const [first] = rowsInScope(host, survey, 'selected')
  if (!first) throw new Problem('No row with a lead is selected. Select one in the sheet and try again.')
  if (watchSuppression(host)(first.lead))
    throw new Problem(`Row ${first.row + 1} is on your never-look-up list. Select another one.`)
  return { row: first.row, lead: first.lead }
}

/** The first question of a recipe that a lead has enough for. */
function stepFor({ provider, recipe }: Pick<Step, 'provider' | 'recipe'>, lead: Lead): Step {
  const index = provider.operations.findIndex(
    (operation) => questionOf({ provider, operation }, lead, 'production') !== undefined,
  )
  const operation = provider.operations[index]
  const ways = provider.operations.map(({ by }) => LOOKUP_WORDS[by]).join(' or ')
  if (!operation) throw new Problem(`The selected row lacks what ${provider.name} is asked with: it is asked ${ways}.`)
  if (operation.finds.every((field) => lead[field]))
    throw new Problem(`The selected row has all that ${provider.name} finds. Select one where something is missing.`)
  return { provider, operation, recipe, index }
}

// It is asked whether or not the waterfalls of this file have a place for it.
function worldOf(host: Host, { provider, operation }: Step): World {
  const providers = [{ ...provider, operations: [operation] }]
  const waterfalls = waterfallsFor(operation.finds, providers, { stop: defaultStopRule })
  return { ...makeWorld(host, { providers, wanted: [], learned: {} }), waterfalls }
}

function requireBatch(
  job: Job,
  setting: { readonly world: World; readonly now: number },
): { readonly batch: Batch; readonly job: Job } {
  const next = nextBatches(job, setting.world, setting.now)
  const batch = next.kind === 'wave' ? next.wave.batches[0] : undefined
  if (!batch) throw new Error('A row that can be asked about made no request')
  return { batch, job: next.job }
}

function frameOf({ operation }: Step, lead: Lead, row: number): Pick<TryView, 'row' | 'asked' | 'sent'> {
  return {
    row: row + 1,
    asked: LOOKUP_WORDS[operation.by],
    sent: LOOKUPS[operation.by].map((field) => ({ name: fieldInfo(field).label, value: lead[field] ?? '' })),
  }
}

function knownView(answer: Answer, world: World): Pick<TryView, 'meaning' | 'takes'> {
  const meaning =
    answer.outcome === 'maybe_charged'
      ? 'It was asked this before and the answer was lost, so nothing was sent now. Select another row.'
      : 'It was asked this before: this is the kept answer, nothing was sent. Select another row to see a new reply.'
  return { meaning, takes: takesOf(answer.values ?? {}, world) }
}

function meaningOf({ outcome }: Answer, { name }: Provider): string {
  switch (outcome) {
    case 'found':
      return 'Found. The answer is kept: a run fills it in at no cost.'
    case 'not_found':
      return 'Not found. The answer is kept: the same is not asked again for 30 days.'
    case 'objected':
      return 'The person asked not to be looked up, and is on your never-look-up list now.'
    case 'pending':
      return `${name} works on it. The next run over this row collects the answer.`
    case 'maybe_charged':
      return 'The answer was lost on the way and may have been charged. It is not asked again.'
    case 'refused':
    case 'unavailable':
      return 'No answer that can be used. Compare the reply with the recipe: "says" and "statuses" tell what replies mean.'
  }
}

function takesOf(values: Values, world: World): TryView['takes'] {
  return (Object.keys(values) as Field[]).flatMap((field) => {
    const said = values[field]
    if (!said) return []
    const value = world.normalize(field, said.value)
    const sure = `${Math.round(said.confidence * 100)} % sure${said.estimated ? ', our estimate' : ''}${said.status ? `, ${said.status}` : ''}`
    const { label } = fieldInfo(field)
    return [
      value === undefined
        ? { label, value: said.value.slice(0, 200), sure: 'cannot be read as this field: left out' }
        : { label, value: value.slice(0, 200), sure },
    ]
  })
}

function replyView(
  response: HttpResponse | 'lost',
  { step, batch, signed }: { readonly step: Step; readonly batch: Batch; readonly signed: SignedRequest },
): Pick<TryView, 'reply' | 'lost'> {
  if (response === 'lost') return { reply: null, lost: [] }
  const secrets = secretsOf(signed, batch)
  const text = scrub(response.text, secrets)
  const reply = { status: response.status, text: text.slice(0, SHOWN_CHARS), isCut: text.length > SHOWN_CHARS }
  return { reply, lost: lostIn(response, step, batch).map((words) => scrub(words, secrets)) }
}

function lostIn(response: HttpResponse, { provider, operation, recipe, index }: Step, batch: Batch): readonly string[] {
  if (operation.kind !== 'remote' || verdictOf(response.status, operation, provider)) return []
  try {
    const body = parseBody(response.text, operation)
    operation.read(body, batch.keys as unknown as Keys<LookupKind>)
    return operation.poll ? [] : lostPaths(body, recipe.operations[index]!)
  } catch (error) {
    return [error instanceof SyntaxError ? 'The reply is no JSON.' : (error as Error).message]
  }
}

/** What signing added to a request: whole, and its parts where it has several, such as `Bearer` and the key. */
function secretsOf(signed: SignedRequest, { request }: Batch): readonly string[] {
  const open = new Set(Object.keys(request.headers ?? {}))
  const headers = Object.entries(signed.headers).flatMap(([name, value]) => (open.has(name) ? [] : [value]))
  const asked = new Set(Object.keys(request.body ?? {}))
  const sent = Object.entries(parseJson(signed.body ?? '{}') ?? {}) as readonly (readonly [string, unknown])[]
  const fields = sent.flatMap(([name, value]) => (asked.has(name) || typeof value !== 'string' ? [] : [value]))
  return [...headers, ...fields].flatMap((text) => [text, ...text.split(/[\s:]/).filter(isLong)])
}

// What is shorter than keys are may be a word of the reply.
function isLong(text: string): boolean {
  return text.length >= 8
}

// A vendor may repeat the key that it was sent, as it is or encoded.
function scrub(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  return forms.reduce((left, form) => left.split(form).join('•••'), text)
}
