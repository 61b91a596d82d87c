import type * as Zod from 'zod/mini'
import type { Answer, QuestionId } from '../domain/answer'
import { hashText } from '../domain/hash'
import { Problem } from '../domain/problem'
import { openBudget } from '../engine/budget'
import { dayText } from '../engine/day'
import { roundCredits } from '../engine/price'
import { countTrial, reachedCap } from './caps'
import { countFormulaCredits, formulaCreditsToday, loadFormulaSpending } from './formula-spending'
import type { Host } from './host'
import { insist, isRefused, quietly } from './insist'
import { laneParts } from './lanes'
import { callOf } from './ledger'
import { bytesOf } from './property-size'
import { loadRun } from './run-record'
import { isStarting } from './turn'
import type { Store } from './store'
import type { StoreLook } from './store-state'
import { answerSchema, formatOf } from './stored'
import { absorbSuppressed } from './suppressed'
import { readVersioned } from './versions'

const CLAIM = 'claim:'
const NAME_DIGITS = 32

/** A formula can write nothing but properties: so many questions wait there, one in each, until the store has them. */
export const MOST_CLAIMS = 300

// What most answers take; a claim is as long, so that its answer has room.
const ROOM_BYTES = 1_200

// Safety S18: all properties of a file stay below 400 KB.
const MOST_BYTES = 400 * 1024

// A property holds 9 KB (platform.md section 1).
const LONGEST_BYTES = 9 * 1024

// Custom functions end after 30 s (platform.md section 2): who has not answered by then was killed.
const YOUNG_MS = 60_000

/** Who spends, where runs have a person: a formula runs as nobody in particular (platform.md section 2). */
export const FORMULAS = 'formulas'

/** A question that a formula asks, and what came of it; kept in one property until the store has it. */
export interface Claim {
  readonly question: QuestionId
  readonly provider: string
  /** Credits at worst; 0 for a free source. */
  readonly worst: number
  readonly at: number
  readonly answer?: Answer | undefined
}

/** The store that a formula looked in, as it stands. */
export type Stands = Pick<StoreLook, 'isNewest'> & Pick<Store, 'batch'>

/** What a formula would ask. */
export type Wish = Pick<Claim, 'question' | 'provider' | 'worst'>

/** The answers to these questions that formulas got and the store may not have yet, as the properties were seen last. */
export function claimedAnswers(host: Host, questions: Iterable<QuestionId>): readonly Answer[] {
  return [...questions].flatMap((question) => readClaim(host, nameOf(question))?.answer ?? [])
}

/** Whether another formula asks one of these questions at this moment, as the properties were seen last. */
export function isBeingAsked(host: Host, questions: Iterable<QuestionId>): boolean {
  return [...questions].some((question) => {
    const claimed = readClaim(host, nameOf(question))
    return claimed !== undefined && !claimed.answer && isYoung(host, claimed)
  })
}

/** How many questions of formulas are not in the store yet, as the properties were seen last. */
export function countClaims(host: Host): number {
  return claimNames(host).length
}

/**
 * Claims questions before they are asked: from then on nobody else asks them, and their price counts as spent. Gives those
 * that were had: not those that somebody claimed before, nor any while a run works or once the store that was looked in has
 * taken in more, and paid ones only as far as formulas may spend. None without the lock; undefined where Google lets no formula keep anything (safety S20): then nothing can be
 * asked.
 */
export function claim(
  host: Host,
  wishes: readonly Wish[],
  { isNewest, batch: sent }: Stands,
): ReadonlySet<QuestionId> | undefined {
  let begun: readonly Wish[] = []
  try {
    const had = host.locked(() => {
      host.document.refresh()
      // A run may be asking the same at this moment, and what was claimed when the store was read may be in it by now.
      const run = loadRun(host)
      if (run?.state === 'running' || isStarting(host) || !isNewest()) return []
      // What a run that ended has sent and not heard may have been paid (safety S1).
      const parts = run ? [run, ...laneParts(host, run)] : []
      const lost = new Set(parts.flatMap(({ inFlight }) => inFlight.flatMap(({ batch }) => sent(batch)?.lost ?? [])))
      const granted = grant(
        host,
        wishes.filter(({ question }) => !lost.has(question)),
      )
      // Counted before they are claimed: too many are better than too few.
      count(host, granted)
      if (creditsOf(granted) > 0) begun = granted
      for (const wish of granted) {
        const text = JSON.stringify({ version: 1, ...wish, at: host.now() })
        host.document.set(nameOf(wish.question), text.padEnd(ROOM_BYTES))
      }
      return granted
    })
    return new Set(had?.map(({ question }) => question))
  } catch (error) {
    // Nothing was sent yet: what was counted and claimed before Google refused to keep the next claim is free again.
    releaseClaims(host, begun)
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Those that nobody claimed, that have room, and that formulas may pay all together. */
function grant(host: Host, wishes: readonly Wish[]): readonly Wish[] {
  const { isOn, perDay } = loadFormulaSpending(host)
  const today = formulaCreditsToday(host)
  const names = new Set(claimNames(host))
  let bytes = bytesUsed(host)
  const granted: Wish[] = []
  for (const wish of wishes) {
    const name = nameOf(wish.question)
    if (names.has(name) || names.size >= MOST_CLAIMS || bytes + ROOM_BYTES > MOST_BYTES) continue
    const all = creditsOf([...granted, wish])
    // protects: 2
    if (wish.worst > 0 && !(isOn && roundCredits(today + all) <= perDay)) continue
    names.add(name)
    bytes += ROOM_BYTES
    granted.push(wish)
  }
  // Few caps are near their end: all are looked at together, and one by one only where they do not fit.
  while (creditsOf(granted) > 0 && !fitCaps(host, granted)) granted.pop()
  return granted
}

function fitCaps(host: Host, wishes: readonly Wish[]): boolean {
  const spender = { id: '', by: FORMULAS, budget: openBudget(Infinity) }
  const asked = [...byProvider(wishes)].map(([vendor, credits]) => ({ vendor, credits }))
  return reachedCap(host, spender, [...asked, { vendor: '', credits: creditsOf(wishes) }]) === undefined
}

function count(host: Host, wishes: readonly Wish[]): void {
  if (creditsOf(wishes) === 0) return
  countFormulaCredits(host, creditsOf(wishes))
  for (const [provider, credits] of byProvider(wishes))
    if (credits > 0) countTrial(host, { by: FORMULAS, provider, credits, at: host.now() })
}

function creditsOf(wishes: readonly Wish[]): number {
  return roundCredits(wishes.reduce((sum, { worst }) => sum + worst, 0))
}

function byProvider(wishes: readonly Wish[]): ReadonlyMap<string, number> {
  const providers = [...new Set(wishes.map(({ provider }) => provider))]
  return new Map(providers.map((id) => [id, creditsOf(wishes.filter(({ provider }) => provider === id))]))
}

/** Puts answers in the place of their claims, and gives back what they cost less. */
export function putAnswers(host: Host, answers: readonly { readonly wish: Wish; readonly answer: Answer }[]): void {
  let refusals = 0
  const backs = answers.map(({ wish, answer }): Back => {
    const name = nameOf(wish.question)
    const at = readClaim(host, name)?.at ?? answer.at
    const set = () => {
      // Where the properties of the file are full there is the room of the claim, or little more.
      const text = textOf({ ...wish, at, answer }, refusals++ < FEW ? LONGEST_BYTES : ROOM_BYTES)
      host.document.set(name, text)
      refusals--
    }
    insist(host, set, isRefused)
    // What a ticket costs was claimed when it was given: looking after it claims nothing.
    return { provider: wish.provider, credits: wish.worst > 0 ? roundCredits(wish.worst - answer.credits) : 0, at }
  })
  giveBack(host, backs)
}

/** Takes back claims whose questions were not asked, or were refused without a charge. */
export function releaseClaims(host: Host, wishes: Iterable<Wish>): void {
  const backs = [...wishes].flatMap(({ question, provider, worst }): readonly Back[] => {
    const name = nameOf(question)
    const at = readClaim(host, name)?.at ?? host.now()
    return quietly(() => host.document.set(name, undefined)) ? [{ provider, credits: worst, at }] : []
  })
  giveBack(host, backs)
}

/** Credits that were counted when a question was claimed and were not taken; below 0 what a vendor took above its price. */
interface Back {
  readonly provider: string
  readonly credits: number
  readonly at: number
}

// Where the lock cannot be had the credits stay counted as claimed: too many are better than too few.
function giveBack(host: Host, backs: readonly Back[]): void {
  const some = backs.filter(({ credits }) => credits !== 0)
  if (some.length === 0) return
  quietly(() =>
    host.locked(() => {
      host.document.refresh()
      for (const { provider, credits, at } of some) {
        // The count of a day begins with it: what was counted before midnight is no longer in it.
        if (dayText(at) === dayText(host.now())) countFormulaCredits(host, -credits)
        countTrial(host, { by: FORMULAS, provider, credits: -credits, at })
      }
    }),
  )
}

// More refusals than these are no chance.
const FEW = 2

// Half an address is another one: what is no longer than this is kept as it is.
const SHORT_TEXT = 100

// It is paid: an answer that does not fit is cut where it is longest, so that every field of it is kept.
function textOf(claimed: Claim, most: number): string {
  const { answer } = claimed
  const text = JSON.stringify({ version: 1, ...claimed })
  if (bytesOf(text) <= most || !answer?.values) return text
  const lengthOf = (value: unknown) => JSON.stringify(value).length
  const [longest] = Object.entries(answer.values).sort(([, a], [, b]) => lengthOf(b) - lengthOf(a))
  const [field, { sourceUrl, ...rest }] = longest!
  if (!sourceUrl && rest.value.length <= SHORT_TEXT) return text
  const shorter = sourceUrl ? rest : { ...rest, value: rest.value.slice(0, rest.value.length / 2) }
  return textOf({ ...claimed, answer: { ...answer, values: { ...answer.values, [field]: shorter } } }, most)
}

/** Whether a formula is asking something at this moment. */
export function isAnyAsking(host: Host): boolean {
  host.document.refresh()
  return allClaims(host).some(({ claimed }) => claimed && !claimed.answer && isYoung(host, claimed))
}

/**
 * Takes the answers of formulas into the store, and what was asked and never answered as maybe charged (safety S1). Killed
 * on the way it is done again. The caller alone appends to the store.
 */
export function absorbClaims(host: Host, store: Store): void {
  host.document.refresh()
  const ready = allClaims(host).filter(({ claimed }) => !claimed || claimed.answer || !isYoung(host, claimed))
  const entries = ready.flatMap(({ name, claimed }) => {
    if (!claimed) return []
    const { question, at, worst } = claimed
    const lost: Answer = { question, at, outcome: 'maybe_charged', credits: worst }
    const answer = claimed.answer ?? (worst > 0 ? lost : undefined)
    if (!answer) return []
    const batch = `${FORMULAS}.${name.slice(CLAIM.length)}.${at}`
    const response = claimed.answer ? { status: 200, headers: {}, text: '' } : 'lost'
    const sent = { batch: { id: batch, questions: [question] }, by: FORMULAS, at, ms: answer.at - at }
    return [
      { k: 'reserve' as const, batch, questions: [question], worst, at },
      { k: 'answer' as const, batch, answer },
      callOf({ ...sent, response, answers: [answer] }),
    ]
  })
  if (entries.length > 0) store.append(entries)
  absorbSuppressed(host)
  for (const { name } of ready) host.document.set(name, undefined)
}

/** Every question of a formula that waits, as the properties were seen last. */
export function allClaims(host: Host): readonly { readonly name: string; readonly claimed: Claim | undefined }[] {
  return claimNames(host).map((name) => ({ name, claimed: readClaim(host, name) }))
}

function claimNames(host: Host): readonly string[] {
  return host.document.peekKeys().filter((key) => key.startsWith(CLAIM))
}

function bytesUsed(host: Host): number {
  return host.document.peekKeys().reduce((sum, key) => sum + key.length + bytesOf(host.document.peek(key) ?? ''), 0)
}

function isYoung(host: Host, { at }: Claim): boolean {
  return host.now() - at < YOUNG_MS
}

function nameOf(question: QuestionId): string {
  return CLAIM + hashText(question).slice(0, NAME_DIGITS)
}

// Everybody who can edit the file can write its properties with a script of their own: what is kept is checked.
function readClaim(host: Host, name: string): Claim | undefined {
  const text = host.document.peek(name)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const schema = z.object({
    question: z.string(),
    provider: z.string(),
    worst: z.number(),
    at: z.number(),
    answer: z.optional(answerSchema()),
  })
  const read = readVersioned(
    formatOf(schema, (claimed) => claimed as Claim),
    text,
  )
  return read.kind === 'read' ? read.value : undefined
}
