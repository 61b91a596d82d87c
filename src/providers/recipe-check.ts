import type * as Zod from 'zod/mini'
import type { Field } from '../domain/field'
import { fieldInfo, isField } from '../domain/field'
import type { LookupKind } from '../domain/lookup-key'
import { LOOKUPS } from '../domain/lookup-key'
import type { Place, Recipe, RecipeOperation } from '../domain/recipe'
import { pathFault } from './path'
import { nameOfHost, partsIn, placeOf, textsIn, withoutParts } from './template'

/** A recipe that can be used, or the first thing that is wrong with it, in words. */
export type CheckedRecipe = { readonly recipe: Recipe } | { readonly fault: string }

/** Checks a value that should be a recipe. */
export function checkRecipe(value: unknown): CheckedRecipe {
  const z = require('zod/mini') as typeof Zod
  const read = z.safeParse(recipeSchema(), value)
  if (!read.success) return { fault: wordsFor(read.error.issues[0]) }
  const recipe = read.data as unknown as Recipe
  const fault = faultOf(recipe)
  return fault === undefined ? { recipe } : { fault }
}

function recipeSchema() {
  const z = require('zod/mini') as typeof Zod
  const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
  const path = text(200)
  const word = z.string().check(z.maxLength(100))
  const scalar = z.union([word, z.number(), z.boolean(), z.null()])
  const method = z.optional(z.enum(['get', 'post']))
  const url = text(500)
  const verdict = z.enum([
    'not_found',
    'pending',
    'objected',
    'throttled',
    'unavailable',
    'refused_credentials',
    'refused_credits',
    'refused_input',
  ])
  const statuses = z.optional(z.record(z.string().check(z.regex(/^[1-5]\d\d$/)), verdict))
  const whole = (most: number) => z.int().check(z.minimum(1), z.maximum(most))
  const limits = z.optional(
    z.strictObject({ perSecond: z.optional(whole(1000)), perMinute: z.optional(whole(60_000)) }),
  )
  const share = z.number().check(z.minimum(0), z.maximum(1))
  const works = z.enum(['valid', 'accept_all', 'risky', 'invalid', 'unknown'])
  const scale = z.union([z.literal(1), z.literal(100)])
  const place = z.strictObject({
    at: path,
    words: z.optional(z.record(word, text(100))),
    confidence: z.optional(
      z.union([
        z.number().check(z.minimum(0), z.maximum(0.7)),
        z.strictObject({ at: path, scale }),
        z.strictObject({ at: path, words: z.record(word, share) }),
      ]),
    ),
    status: z.optional(z.strictObject({ at: path, words: z.record(word, works) })),
  })
  const operation = z.strictObject({
    by: z.enum(Object.keys(LOOKUPS) as [LookupKind, ...LookupKind[]]),
    url,
    method,
    body: z.optional(z.unknown()),
    fields: z.record(z.string(), z.union([path, place])),
    says: z.optional(z.array(z.strictObject({ at: path, is: scalar, means: verdict })).check(z.maxLength(20))),
    price: z.strictObject({
      credits: z.number().check(z.minimum(0), z.maximum(1000)),
      charge: z.enum(['call', 'hit', 'refunded', 'verdict', 'unknown']),
    }),
    limits,
    batch: z.optional(
      z.strictObject({
        size: z.int().check(z.minimum(2), z.maximum(250)),
        list: path,
        results: path,
        echo: z.optional(z.strictObject({ at: path, is: text(200) })),
      }),
    ),
    poll: z.optional(
      z.strictObject({
        ticket: path,
        url,
        method,
        body: z.optional(z.unknown()),
        ready: z.optional(z.strictObject({ at: path, is: scalar })),
        statuses,
        everySeconds: z.number().check(z.minimum(1), z.maximum(600)),
      }),
    ),
  })
  return z.strictObject({
    name: text(60),
    docs: z.string().check(z.maxLength(300), z.regex(/^https:\/\/[a-z0-9.-]+\/\S+$/)),
    auth: z.optional(
      z.union([
        z.strictObject({
          in: z.literal('header'),
          header: z.string().check(z.maxLength(60), z.regex(/^[A-Za-z0-9-]+$/)),
          prefix: z.optional(z.string().check(z.maxLength(30), z.regex(/^[ -~]*$/))),
        }),
        z.strictObject({ in: z.literal('basic') }),
        z.strictObject({
          in: z.literal('body'),
          field: z.string().check(z.maxLength(60), z.regex(/^[A-Za-z0-9_-]+$/)),
        }),
      ]),
    ),
    headers: z.optional(
      z.record(
        z.string().check(z.maxLength(60), z.regex(/^[A-Za-z0-9-]+$/)),
        z.string().check(z.maxLength(200), z.regex(/^[ -~]*$/)),
      ),
    ),
    statuses,
    limits,
    perDay: z.optional(whole(1_000_000)),
    balance: z.optional(z.strictObject({ url, method, left: path })),
    operations: z.array(operation).check(z.minLength(1), z.maxLength(5)),
  })
}

/** A fault of the form in words: zod's own words come in a locale that the bundle leaves out. */
function wordsFor(issue: Zod.core.$ZodIssue | undefined): string {
  if (!issue) return 'The recipe is not built as one.'
  const at = issue.path.length === 0 ? 'The recipe' : pathWords(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${at} has a part that recipes do not have: ${issue.keys.map((key) => `"${key}"`).join(', ')}. Correct its name or take it out.`
    case 'invalid_type':
      return `${at} is missing or no ${issue.expected}.`
    case 'invalid_value':
      return `${at} must be one of: ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.`
    case 'too_small':
      return `${at} is too small or too short: at least ${issue.minimum}.`
    case 'too_big':
      return `${at} is too large or too long: at most ${issue.maximum}.`
    case 'invalid_union': {
      // Of the shapes that it may have, the one that fits furthest.
      const [nearest] = issue.errors
        .flatMap(([first]) => (first ? [first] : []))
        .sort((one, other) => other.path.length - one.path.length)
      return nearest && nearest.path.length > 0
        ? wordsFor({ ...nearest, path: [...issue.path, ...nearest.path] })
        : `${at} is missing or not built as docs/recipes.md says.`
    }
    default:
      return `${at} is not written as it must be; docs/recipes.md says how.`
  }
}

function pathWords(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return `"${text.replace(/^\./, '')}"`
}

/** What a well-built recipe may still get wrong. */
function faultOf(recipe: Recipe): string | undefined {
  const [first] = recipe.operations
  const host = nameOfHost(first!.url)
  return (
    headerFault(recipe) ??
    addressFault('operations[0].url', first!.url, host) ??
    balanceFault(recipe, host) ??
    firstOf(recipe.operations, (operation, index) => operationFault({ recipe, operation, at: `operations[${index}]` }))
  )
}

// An HTTP client sets these itself, or they carry who asks.
const RESERVED =
  /^(?:authorization|proxy-.*|cookie|set-cookie|host|content-length|content-type|connection|transfer-encoding|x-forwarded-.*|forwarded)$/i

const SECRET = /key|token|secret|password|auth/i

function headerFault({ auth, headers = {} }: Recipe): string | undefined {
  if (auth?.in === 'header' && /^(?:cookie|host|content-.*|connection|transfer-encoding)$/i.test(auth.header))
    return `"auth.header" cannot be ${auth.header}.`
  const taken = Object.keys(headers).find(
    (name) =>
      RESERVED.test(name) ||
      SECRET.test(name) ||
      (auth?.in === 'header' && name.toLowerCase() === auth.header.toLowerCase()),
  )
  return taken === undefined
    ? undefined
    : `"headers.${taken}" cannot be set by a recipe. A key is no part of it: say in "auth" where it goes, and enter it under Vendors.`
}

/** Whether an address leads to one public host over https and carries no secret (safety S5). */
function addressFault(at: string, url: string, host: string | undefined): string | undefined {
  const authority = /^https:\/\/([^/?#]*)/.exec(url)?.[1]
  if (authority === undefined) return `"${at}" must begin with https://.`
  if (authority.includes('@')) return `"${at}" holds a user name. A key is no part of a recipe: see "auth".`
  if (authority.includes('{')) return `"${at}" must name its host: parts of the question go behind it.`
  const own = nameOfHost(url)
  if (own === undefined)
    return `"${at}" must lead to a public host such as api.example.com, without a port: no IP address and no local name.`
  if (own !== host) return `"${at}" leads to ${own}, other addresses to ${host}. A recipe asks one host.`
  if (!/^[!-~]+$/.test(url) || /[#<>"\\^`|{}]/.test(withoutParts(url)))
    return `"${at}" holds a character that no address may hold.`
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:[/?]|$)/i.test(url.slice(8 + authority.length)))
    return `"${at}" must be written without "." and ".." steps.`
  const names = (url.split('?')[1] ?? '').split('&').map((pair) => pair.split('=')[0] ?? '')
  const secret = names.find((name) => SECRET.test(decode(name)))
  if (secret !== undefined)
    return `"${at}" has a parameter "${secret}". An address is no place for a key: use "auth", or another call of this vendor.`
  return undefined
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function balanceFault({ auth, balance }: Recipe, host: string | undefined): string | undefined {
  if (!balance) return undefined
  if (partsIn(balance.url).length > 0) return '"balance.url" asks about nobody: it cannot hold {…}.'
  if (auth?.in === 'body' && balance.method !== 'post')
    return '"balance.method" must be "post": the key goes into the body.'
  const fault = pathFault(balance.left)
  return addressFault('balance.url', balance.url, host) ?? (fault && `"balance.left": ${fault}`)
}

interface Asked {
  readonly recipe: Recipe
  readonly operation: RecipeOperation
  readonly at: string
}

function operationFault(asked: Asked): string | undefined {
  const { recipe, operation, at } = asked
  const host = nameOfHost(recipe.operations[0]!.url)
  return (
    addressFault(`${at}.url`, operation.url, host) ??
    keyFault(asked) ??
    bodyFault(asked) ??
    fieldsFault(operation, at) ??
    pathsFault(operation, at) ??
    batchFault(operation, at) ??
    pollFault(asked, host)
  )
}

function keyFault({ recipe, operation, at }: Asked): string | undefined {
  const { by, url, body, price } = operation
  if (!recipe.auth && price.credits > 0) return `"${at}.price" must be 0 credits without "auth": nobody can be charged.`
  const parts: readonly string[] = LOOKUPS[by]
  const used = [url, ...textsIn(body)].flatMap(partsIn)
  const allowed = [...parts, 'tag']
  const strange = used.find((part) => !allowed.includes(part))
  if (strange !== undefined)
    return `"${at}" holds {${strange}}, but who asks by "${by}" knows only ${allowed.map((part) => `{${part}}`).join(', ')}.`
  const absent = parts.find((part) => !used.includes(part))
  return absent === undefined
    ? undefined
    : `"${at}" sends no {${absent}}: put it into "url" or "body", or ask "by" something else.`
}

function bodyFault({ recipe, operation, at }: Asked): string | undefined {
  const { auth } = recipe
  const { body, method = 'get' } = operation
  if (method === 'get' && body !== undefined) return `"${at}.body" needs "method": "post".`
  if (auth?.in === 'body') {
    if (method === 'get') return `"${at}.method" must be "post": the key goes into the body.`
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return `"${at}.body" must be an object: the key goes into it.`
    if (auth.field in body)
      return `"${at}.body.${auth.field}" is where the key goes: leave it out and enter the key under Vendors.`
  }
  const secret = secretIn(body)
  return secret === undefined
    ? undefined
    : `"${at}.body" holds "${secret}". A key is no part of a recipe: say in "auth" where it goes, and enter it under Vendors.`
}

const SECRET_NAME = /(?:api|access|secret|private)[-_ ]?key|token|secret|password/i

function secretIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' && value !== '' && SECRET_NAME.test(name) && partsIn(value).length === 0) return name
    const inner = secretIn(value)
    if (inner !== undefined) return inner
  }
  return undefined
}

const VERDICTS = ['valid', 'accept_all', 'risky', 'invalid', 'unknown']

function fieldsFault({ by, fields }: RecipeOperation, at: string): string | undefined {
  const names = Object.keys(fields)
  if (names.length === 0) return `"${at}.fields" is empty: say where at least one field is in the reply.`
  const strange = names.find((name) => !isField(name))
  if (strange !== undefined) return `"${at}.fields.${strange}" is no field; docs/recipes.md lists them.`
  const asked: readonly Field[] = LOOKUPS[by]
  const known = (names as Field[]).find((field) => asked.includes(field) && !fieldInfo(field).together)
  if (known !== undefined) return `"${at}.fields.${known}" is what is asked with: take it out.`
  const verdict = fields.email_status && placeOf(fields.email_status)
  if (verdict && (!verdict.words || Object.values(verdict.words).some((word) => !VERDICTS.includes(word))))
    return `"${at}.fields.email_status" needs "words" that say which of the vendor's words is ${VERDICTS.join(', ')}.`
  return undefined
}

/** Every path of an operation, with the place where it is written. */
function pathsFault({ fields, says = [], batch, poll }: RecipeOperation, at: string): string | undefined {
  const ofPlace = (name: string, place: Place) => [
    [`fields.${name}`, place.at],
    ...(typeof place.confidence === 'object' ? [[`fields.${name}.confidence.at`, place.confidence.at]] : []),
    ...(place.status ? [[`fields.${name}.status.at`, place.status.at]] : []),
  ]
  const paths = [
    ...Object.entries(fields).flatMap(([name, place]) => ofPlace(name, placeOf(place))),
    ...says.map((saying, index) => [`says[${index}].at`, saying.at]),
    ...(batch
      ? [
          ['batch.list', batch.list],
          ['batch.results', batch.results],
        ]
      : []),
    ...(batch?.echo ? [['batch.echo.at', batch.echo.at]] : []),
    ...(poll ? [['poll.ticket', poll.ticket]] : []),
    ...(poll?.ready ? [['poll.ready.at', poll.ready.at]] : []),
  ]
  return firstOf(paths, ([place = '', path = '']) => {
    const fault = pathFault(path)
    return fault && `"${at}.${place}": ${fault}`
  })
}

function batchFault({ url, body, batch, poll }: RecipeOperation, at: string): string | undefined {
  if (!batch) return undefined
  if (partsIn(url).length > 0) return `"${at}.url" cannot hold {…} together with "batch": it is one address for many.`
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(batch.list))
    return `"${at}.batch.list" must be names with dots between them: where the list is in "body".`
  const list = batch.list.split('.').reduce<unknown>((inner, name) => {
    if (typeof inner !== 'object' || inner === null) return undefined
    return (inner as { readonly [name: string]: unknown })[name]
  }, body)
  if (!Array.isArray(list) || list.length !== 1)
    return `"${at}.batch.list": "body" must have a list with one entry there, which is repeated for each question.`
  const inside = textsIn(list).flatMap(partsIn).length
  if (inside < textsIn(body).flatMap(partsIn).length)
    return `"${at}.body" holds {…} outside of the list "${batch.list}": only its entry is about one question.`
  const { echo } = batch
  if (poll && !echo) return `"${at}.batch.echo" is needed with "poll": answers are collected in any order.`
  if (echo && partsIn(echo.is).length === 0)
    return `"${at}.batch.echo.is" must hold what was sent, such as {tag} or {email}.`
  return undefined
}

function pollFault({ recipe, operation, at }: Asked, host: string | undefined): string | undefined {
  const { poll } = operation
  if (!poll) return undefined
  const used = [poll.url, ...textsIn(poll.body)].flatMap(partsIn)
  if (!used.includes('ticket')) return `"${at}.poll" sends no {ticket}: put it into "url" or "body".`
  if (used.some((part) => part !== 'ticket')) return `"${at}.poll" can hold {ticket} and nothing else.`
  const { method = 'get', body } = poll
  if (method === 'get' && body !== undefined) return `"${at}.poll.body" needs "method": "post".`
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (recipe.auth?.in === 'body' && (!isObject || recipe.auth.field in body))
    return `"${at}.poll.body" must be an object without "${recipe.auth.field}": the key goes there.`
  return addressFault(`${at}.poll.url`, poll.url, host)
}

function firstOf<T>(list: readonly T[], find: (one: T, index: number) => string | undefined): string | undefined {
  for (const [index, one] of list.entries()) {
    const fault = find(one, index)
    if (fault !== undefined) return fault
  }
  return undefined
}
