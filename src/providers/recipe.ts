import type { Field } from '../domain/field'
import type { Value, Values } from '../domain/finding'
import { hashText } from '../domain/hash'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import { lookupTag } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found, refusal } from '../domain/outcome'
import type { HttpRequest, Keys, Limits, Operation, Poll, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Condition, Place, Recipe, RecipeOperation, RecipeVerdict, Saying } from '../domain/recipe'
import { UNSCORED } from './confidence'
import type { Walked } from './path'
import { isWhole, valueAt, walk } from './path'
import type { Parts } from './template'
import { fillAddress, fillJson, fillText, nameOfHost, placeOf } from './template'
import type { Part } from './values'
import { clean, valuesOf } from './values'

// What a vendor does not say about its limits is guessed low.
const CAREFUL: Limits = { perSecond: 1 }

/** What an `other` entry in a table of words stands for. */
const OTHER = 'other'

/** The vendor that a recipe describes. The recipe must have passed `checkRecipe`. */
export function vendorOfRecipe(id: string, recipe: Recipe): Provider {
  const { name, docs, auth, headers, statuses, limits = CAREFUL, perDay, balance, operations } = recipe
  const host = nameOfHost(operations[0]!.url) ?? ''
  const withHeaders = (request: HttpRequest): HttpRequest => (headers ? { ...request, headers } : request)
  return {
    id,
    name,
    docs,
    kind: auth ? 'vendor' : 'public',
    hosts: [host],
    ...(auth && { auth }),
    ...(statuses && { statuses }),
    limits,
    ...(perDay !== undefined && { perDay }),
    vocabularies: [],
    ...(balance && {
      balance: {
        request: () => withHeaders(requestTo(balance, {})),
        read: (body: unknown) => readLeft(body, balance.left),
      },
    }),
    operations: operations.map((operation) => operationOf(operation, { recipe, withHeaders })),
  }
}

/** The name of a recipe's vendor among all vendors. */
export function recipeVendorId(id: string): string {
  return `recipe-${id}`
}

/** Whether a vendor id is that of a recipe. */
export function isRecipeVendor(id: string): boolean {
  return id.startsWith(recipeVendorId(''))
}

/**
 * Equal while the same is sent to the same host at the same price: what a person approves. How the reply is read is not
 * part of it.
 */
export function approvalMark({ auth, headers, balance, operations }: Recipe): string {
  const sent = operations.map(({ by, url, method, body, price, batch, poll }) => [
    by,
    url,
    method ?? 'get',
    body ?? null,
    price,
    batch ? [batch.size, batch.list] : null,
    poll ? [poll.url, poll.method ?? 'get', poll.body ?? null] : null,
  ])
  const free = balance ? [balance.url, balance.method ?? 'get'] : null
  return hashText(JSON.stringify([auth ?? null, headers ?? null, free, sent]))
}

/** Paths of an operation that do not fit a reply, in words that name the step where each ended. */
export function lostPaths(body: unknown, { fields, batch }: RecipeOperation): readonly string[] {
  const results = batch ? walk(body, batch.results) : undefined
  if (results?.lost !== undefined) return [results.lost]
  const [result] = batch ? listOf(results?.values[0]) : [body]
  if (batch && result === undefined) return []
  return Object.values(fields).flatMap((place) => {
    const { at, confidence, status } = placeOf(place)
    const paths = [at, ...(typeof confidence === 'object' ? [confidence.at] : []), ...(status ? [status.at] : [])]
    return paths.flatMap((path) => walk(result, path).lost ?? [])
  })
}

interface Setting {
  readonly recipe: Recipe
  readonly withHeaders: (request: HttpRequest) => HttpRequest
}

function operationOf(operation: RecipeOperation, { recipe, withHeaders }: Setting): Operation {
  const { by, price, limits, batch, poll, fields } = operation
  return remote<LookupKind>({
    id: `${by}-${answerMark(operation, recipe)}`,
    by,
    finds: Object.keys(fields) as Field[],
    price,
    ...(batch && { batch: batch.size }),
    ...(limits && { limits }),
    request: (keys) => withHeaders(requestFor(operation, keys)),
    read: (body, keys) =>
      poll ? readTicket(body, keys, { recipe, operation }) : readAnswers(body, keys, { recipe, operation }),
    ...(poll && { poll: pollOf({ recipe, operation: { ...operation, poll } }, withHeaders) }),
  })
}

// Of an operation everything that decides what its answer is: another recipe's answers are not taken for its own.
function answerMark({ price: _price, limits: _limits, ...decides }: RecipeOperation, { statuses }: Recipe): string {
  return hashText(JSON.stringify([decides, statuses ?? null])).slice(0, 8)
}

interface Told {
  readonly recipe: Recipe
  readonly operation: RecipeOperation
}

function pollOf(
  { recipe, operation }: Told & { readonly operation: { readonly poll: NonNullable<RecipeOperation['poll']> } },
  withHeaders: Setting['withHeaders'],
): Poll {
  const { poll } = operation
  return {
    everyMs: poll.everySeconds * 1000,
    ...(poll.statuses && { statuses: poll.statuses }),
    request: (ticket) => withHeaders(requestTo(poll, { ticket })),
    read: (body, keys) => {
      if (!poll.ready || holds(body, poll.ready)) return readAnswers(body, keys, { recipe, operation })
      const said = saidEarly(body, { recipe, operation })
      return keys.map(() => said ?? { kind: 'pending' })
    },
  }
}

function requestTo(
  { url, method = 'get', body }: Pick<RecipeOperation, 'url' | 'method' | 'body'>,
  parts: Parts,
): HttpRequest {
  // A secret that goes into the body needs one.
  const sent = method === 'post' ? { body: fillJson(body ?? {}, parts) } : {}
  return { url: fillAddress(url, parts), method, ...sent }
}

function requestFor(operation: RecipeOperation, keys: Keys<LookupKind>): HttpRequest {
  const { by, batch, body } = operation
  if (!batch) return requestTo(operation, partsOf(by, keys[0]))
  const list = (entry: unknown) => keys.map((key) => fillJson(entry, partsOf(by, key)))
  return requestTo({ ...operation, body: withList(body, batch.list.split('.'), list) }, {})
}

function partsOf(by: LookupKind, key: LookupKey): Parts {
  return { ...key, tag: lookupTag(by, key) }
}

function withList(body: unknown, [name, ...rest]: readonly string[], make: (entry: unknown) => unknown): unknown {
  if (name === undefined) return make((body as readonly unknown[])[0])
  const object = body as { readonly [name: string]: unknown }
  return { ...object, [name]: withList(object[name], rest, make) }
}

function readTicket(body: unknown, keys: Keys<LookupKind>, told: Told): readonly Outcome[] {
  const said = saidEarly(body, told)
  if (said) return keys.map(() => said)
  const { values, lost } = walk(body, told.operation.poll!.ticket)
  const ticket = clean(partOf(values[0]))
  if (ticket === undefined) throw new Error(lost ?? `The path "${told.operation.poll!.ticket}" comes to no ticket.`)
  return keys.map(() => ({ kind: 'pending', ticket }))
}

function readAnswers(body: unknown, keys: Keys<LookupKind>, told: Told): readonly Outcome[] {
  const { by, batch, price } = told.operation
  if (!batch) return keys.map(() => readAnswer(body, body, told))
  const general = saidOf(body, sayingsOf(told.operation, 'whole'), told)
  if (general) return keys.map(() => general)
  const { values, lost } = walk(body, batch.results)
  if (lost !== undefined) throw new Error(lost)
  const results = listOf(batch.results.endsWith('[*]') ? values : values[0])
  const { echo } = batch
  if (!echo && results.length !== keys.length)
    throw new Error(`The reply has ${results.length} results at "${batch.results}" for ${keys.length} questions.`)
  const byEcho = echo && new Map(results.map((result) => [foldEcho(valueAt(result, echo.at)), result]))
  return keys.map((key, index) => {
    const result = byEcho ? byEcho.get(foldEcho(fillText(echo.is, partsOf(by, key)))) : results[index]
    if (result !== undefined) return readAnswer(result, body, told)
    // What is missing in a good reply may have been charged.
    return { kind: 'unavailable', reason: `${told.recipe.name} left an answer out`, credits: price.credits }
  })
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('The results are no list.')
  return value
}

function foldEcho(echo: unknown): string {
  return (clean(partOf(echo)) ?? '').toLowerCase()
}

function readAnswer(result: unknown, body: unknown, told: Told): Outcome {
  const said = outcomeSaid(result, body, told)
  if (said) return said
  const { fields } = told.operation
  const places = Object.entries(fields).map(([field, place]) => ({ field: field as Field, place: placeOf(place) }))
  const walks = places.map(({ place }) => walk(result, place.at))
  const entries = places.flatMap(({ field, place }, index) =>
    Object.entries(valueOf(field, place, { walked: walks[index]!, result })),
  )
  const outcome = found(Object.fromEntries(entries))
  const [first] = walks
  // A reply that is built otherwise is no miss: it may be an error that nobody described.
  if (outcome.kind === 'not_found' && first && walks.every(({ lost }) => lost !== undefined))
    throw new Error(first.lost)
  return outcome
}

function valueOf(
  field: Field,
  place: Place,
  { walked, result }: { readonly walked: Walked; readonly result: unknown },
): Values {
  const parts = walked.values.map((value) => wordOf(value, place.words))
  return valuesOf({ [field]: walked.isList ? parts : parts[0] }, worthOf(place, result))
}

function wordOf(value: unknown, words: Place['words']): Part {
  if (!words) return partOf(value)
  const said = typeof value === 'boolean' ? String(value) : clean(partOf(value))
  return said === undefined ? undefined : (own(words, said) ?? own(words, OTHER))
}

// A truth is never a word by itself: vendors send `true` for what they hide.
function partOf(value: unknown): Part {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function worthOf({ confidence, status }: Place, result: unknown): Omit<Value, 'value'> {
  const works = status && (own(status.words, wordAt(result, status.at)) ?? own(status.words, OTHER) ?? 'unknown')
  return { ...sureness(confidence, result), ...(works && { status: works }) }
}

function sureness(confidence: Place['confidence'], result: unknown): Pick<Value, 'confidence' | 'estimated'> {
  if (confidence === undefined || typeof confidence === 'number')
    return { confidence: confidence ?? UNSCORED, estimated: true }
  if ('words' in confidence)
    // A word that nobody described proves nothing.
    return { confidence: own(confidence.words, wordAt(result, confidence.at)) ?? own(confidence.words, OTHER) ?? 0 }
  const said = wordAt(result, confidence.at)
  const number = /^\d+(\.\d+)?$/.test(said) ? Number(said) / confidence.scale : undefined
  return number === undefined ? { confidence: UNSCORED, estimated: true } : { confidence: Math.min(1, number) }
}

function wordAt(result: unknown, path: string): string {
  const value = valueAt(result, path)
  return typeof value === 'boolean' ? String(value) : (clean(partOf(value)) ?? '')
}

function own<T>(table: { readonly [word: string]: T }, word: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(table, word) ? table[word] : undefined
}

/** What an answer says about itself besides its fields; the first saying that holds counts. */
function outcomeSaid(result: unknown, body: unknown, told: Told): Outcome | undefined {
  const whole = saidOf(body, sayingsOf(told.operation, 'whole'), told)
  return whole ?? saidOf(result, sayingsOf(told.operation, 'result'), told)
}

// Before there is an answer, a place without a value says nothing about it yet.
function saidEarly(body: unknown, told: Told): Outcome | undefined {
  const sayings = sayingsOf(told.operation, 'whole').filter(({ is }) => is !== null)
  return saidOf(body, sayings, told)
}

function saidOf(value: unknown, sayings: readonly Saying[], { recipe }: Told): Outcome | undefined {
  const said = sayings.find((saying) => holds(value, saying))
  return said && outcomeFor(said.means, recipe.name)
}

// With a batch a path is about one result, unless it begins at the whole reply.
function sayingsOf({ says = [], batch }: RecipeOperation, about: 'whole' | 'result'): readonly Saying[] {
  return says.filter(({ at }) => (batch && !isWhole(at) ? about === 'result' : about === 'whole'))
}

function holds(value: unknown, { at, is }: Condition): boolean {
  const { values, lost } = walk(value, at)
  // What is not there at all may be missing from an error that nobody described: only a stated null is one.
  return is === null ? lost === undefined && values.every((one) => one === null) : values.includes(is)
}

function outcomeFor(means: RecipeVerdict, name: string): Outcome {
  switch (means) {
    case 'not_found':
    case 'pending':
    case 'objected':
    case 'throttled':
      return { kind: means }
    case 'unavailable':
      return { kind: 'unavailable', reason: `${name} says that it failed` }
    case 'refused_credentials':
      return refusal(name, 'credentials')
    case 'refused_credits':
      return refusal(name, 'credits')
    case 'refused_input':
      return refusal(name, 'input')
  }
}

function readLeft(body: unknown, path: string): { readonly text: string; readonly left?: number } {
  const { values, lost } = walk(body, path)
  const left = Number(clean(partOf(values[0])) ?? NaN)
  if (!Number.isFinite(left)) throw new Error(lost ?? `The path "${path}" comes to no number.`)
  return { text: `${left} credits left`, left }
}
