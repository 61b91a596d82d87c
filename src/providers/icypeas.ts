import type { Values } from '../domain/finding'
import type { LookupKey, LookupKind } from '../domain/lookup-key'
import { lookupTag } from '../domain/lookup-key'
import type { Outcome } from '../domain/outcome'
import { found, refusal } from '../domain/outcome'
import type { HttpRequest, Limits, Operation, Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import type { Vocabulary } from '../domain/vocabulary'
import { grade, UNSCORED, verdict } from './confidence'
import { charged } from './credits'
import { onFirstUse, replyPieces } from './reply'
import { addressOf, clean, valuesOf } from './values'

const NAME = 'Icypeas'
const API = 'https://app.icypeas.com/api'

// A page of results holds 100 rows: with no more in a request, one poll answers for all of them.
// https://api-doc.icypeas.com/reference/get-results
const PAGE = 100

// https://api-doc.icypeas.com/reference/bulk-search and https://api-doc.icypeas.com/how-it-works
const SEARCHES: Limits = { perSecond: 10 }
const LISTS: Limits = { perSecond: 1 }
// All reads together; the same search at least 3 s after the last time.
const READS: Limits = { perMinute: 30 }

const FOUND_ADDRESS: Vocabulary = {
  title: 'Icypeas: an address it found (`certainty`)',
  source: 'https://api-doc.icypeas.com/certainties',
  words: {
    ultra_sure: { means: 'it exists', atMost: UNSCORED, status: 'valid' },
    very_sure: { means: 'it exists, to about 99 %', atMost: UNSCORED, status: 'valid' },
    probable: { means: 'about 95 %', atMost: 0.6, status: 'risky' },
    undeliverable: { means: 'it does not exist', atMost: 0.1, status: 'invalid' },
    not_found: { means: 'nothing was found out', atMost: 0.3, status: 'unknown' },
    unknown: { means: 'no certainty', atMost: 0.5, status: 'unknown' },
  },
}

const ADDRESS_STATUS: Vocabulary = {
  title: 'Icypeas: the status of an address',
  source: 'https://api-doc.icypeas.com/certainties',
  words: {
    ultra_sure: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    very_sure: { means: 'the address works', atMost: UNSCORED, status: 'valid' },
    probable: { means: 'it may work', atMost: UNSCORED, status: 'risky' },
    undeliverable: { means: 'the address does not work', atMost: UNSCORED, status: 'invalid' },
    unknown: { means: 'no verdict: the next verifier is asked', atMost: 0.3, status: 'unknown' },
  },
}

const PERSON: Vocabulary = {
  title: 'Icypeas: anything else about a person',
  source: 'https://api-doc.icypeas.com/reference/get-results',
  words: { said: { means: 'the person that was asked for', atMost: UNSCORED } },
}

/** What a search is for: its price, and the values in its results when something was found and when nothing was. */
interface Task {
  readonly credits: number
  readonly found: (results: Results) => Values
  readonly missed: (results: Results) => Values
}

// 1 credit for an address that is found: https://api-doc.icypeas.com/category/useful-information
const SEARCH: Task = { credits: 1, found: readFound, missed: () => ({}) }

// "Each verification costs 0.1 credit": https://api-doc.icypeas.com/quickstart/verify-email
// "Not found" may also mean that the address does not exist, if its certainty says so.
const VERDICT: Task = { credits: 0.1, found: readVerdict, missed: readVerdict }

/** Icypeas: addresses found and verified by asking the mail server, in lists that are answered later. */
export const icypeas: Provider = {
  id: 'icypeas',
  name: NAME,
  docs: 'https://api-doc.icypeas.com/getting-started',
  kind: 'vendor',
  hosts: ['app.icypeas.com'],
  // The key alone, without `Bearer`: https://api-doc.icypeas.com/getting-started
  auth: { in: 'header', header: 'Authorization' },
  // Its pages have no date.
  pricesReadOn: '2026-11-28',
  // A miss is said in the body; what a 404 means is not documented.
  statuses: { 404: 'unavailable' },
  limits: SEARCHES,
  vocabularies: [FOUND_ADDRESS, ADDRESS_STATUS, PERSON],
  operations: [
    finding<'name_at_domain'>('email_by_name_at_domain', {
      by: 'name_at_domain',
      row: ({ first_name, last_name, domain }) => [first_name, last_name, domain],
    }),
    finding<'name_at_company'>('email_by_name_at_company', {
      by: 'name_at_company',
      row: ({ first_name, last_name, company_name }) => [first_name, last_name, company_name],
    }),
    remote<'email'>({
      id: 'verify_email',
      by: 'email',
      finds: ['email_status'],
      price: { credits: VERDICT.credits, charge: 'call' },
      limits: SEARCHES,
      request: ([{ email }]) => post('email-verification', { email }),
      read: (body, keys) => keys.map(() => readSubmit(body)),
      poll: {
        everyMs: 5_000,
        limits: READS,
        request: (id) => post('bulk-single-searchs/read', { id }),
        // One question a ticket: its answer is the only one.
        read: (body, keys) => {
          const [item] = readItems(body)
          return keys.map(() => readItem(item, VERDICT))
        },
      },
    }),
  ],
}

interface Finding<K extends LookupKind> {
  readonly by: K
  readonly row: (key: LookupKey<K>) => readonly string[]
}

function finding<K extends LookupKind>(id: string, { by, row }: Finding<K>): Operation {
  return remote<K>({
    id,
    by,
    finds: ['email', 'email_status', 'gender'],
    price: { credits: SEARCH.credits, charge: 'hit' },
    batch: PAGE,
    limits: LISTS,
    request: (keys) =>
      post('bulk-search', {
        task: 'email-search',
        name: 'Enrich for Google Sheets',
        data: keys.map(row),
        custom: { externalIds: keys.map((key) => lookupTag(by, key)) },
      }),
    read: (body, keys) => keys.map(() => readSubmit(body)),
    poll: {
      everyMs: 10_000,
      limits: READS,
      // Clients ask for a whole page by `limit`; how many rows come without it is not documented.
      request: (file) => post('bulk-single-searchs/read', { mode: 'bulk', file, limit: PAGE }),
      read: (body, keys) => {
        const items = new Map(readItems(body).map((item) => [item.userData?.externalId, item]))
        return keys.map((key) => readItem(items.get(lookupTag(by, key)), SEARCH))
      },
    },
  })
}

function post(path: string, body: object): HttpRequest {
  return { url: `${API}/${path}`, method: 'post', body }
}

// A single search has an item, a list has a file. https://api-doc.icypeas.com/category/useful-information: what it could
// not read is said with status 200.
function readSubmit(body: unknown): Outcome {
  const reply = replies().submit.parse(body)
  if (!reply.success) return refusal(NAME, 'input')
  return { kind: 'pending', ticket: reply.file ?? replies().item.parse(reply.item)._id }
}

function readItems(body: unknown): readonly Item[] {
  return replies().page.parse(body).items
}

type Item = ReturnType<ReturnType<typeof replies>['page']['parse']>['items'][number]
type Results = Item['results']

// https://api-doc.icypeas.com/statuses
function readItem(item: Item | undefined, { credits, found: hit, missed }: Task): Outcome {
  switch (item?.status) {
    // A row that is not listed yet has not been taken up.
    case undefined:
    case 'NONE':
    case 'SCHEDULED':
    case 'IN_PROGRESS':
      return { kind: 'pending' }
    case 'FOUND':
    case 'DEBITED':
      return charged(hit(item.results), credits)
    case 'NOT_FOUND':
      return found(missed(item.results))
    case 'DEBITED_NOT_FOUND': {
      const outcome = found(missed(item.results))
      // What it takes for a miss is not documented: by its name it counts as charged.
      return outcome.kind === 'not_found' ? { kind: 'not_found', credits } : outcome
    }
    case 'BAD_INPUT':
      return refusal(NAME, 'input')
    case 'INSUFFICIENT_FUNDS':
      return { ...refusal(NAME, 'credits'), ended: true }
    case 'ABORTED':
      return { kind: 'unavailable', reason: 'Icypeas aborted the search', ended: true }
    default:
      return { kind: 'unavailable', reason: 'Icypeas says nothing that is known about the search' }
  }
}

function readFound(results: Results): Values {
  const [best] = (results?.emails ?? [])
    .flatMap((entry) => {
      const value = addressOf(entry?.email)
      const word = entry?.certainty ?? ''
      return value ? [{ word, email: { value, ...grade(FOUND_ADDRESS, word) } }] : []
    })
    .sort((one, other) => other.email.confidence - one.email.confidence)
  return {
    ...(best && { email: best.email, email_status: verdict(ADDRESS_STATUS, best.word) }),
    ...valuesOf({ gender: gender(results?.gender) }, grade(PERSON, 'said')),
  }
}

function readVerdict(results: Results): Values {
  const certainty = clean(results?.emails?.[0]?.certainty)
  return certainty ? { email_status: verdict(ADDRESS_STATUS, certainty) } : {}
}

// `UNKNOWN` is the third word.
function gender(letter: string | null | undefined): string | undefined {
  if (letter === 'F') return 'female'
  return letter === 'M' ? 'male' : undefined
}

const replies = onFirstUse((z) => {
  const { detail, list, text, texts } = replyPieces(z)
  return {
    submit: z.object({ success: z.boolean(), file: z.optional(z.string()), item: z.optional(z.unknown()) }),
    item: z.object({ _id: z.string() }),
    page: z.object({
      success: z.literal(true),
      items: z.array(
        z.object({
          status: z.string(),
          userData: detail(z.object({ externalId: text })),
          results: detail(
            z.object({
              gender: text,
              emails: list(z.object(texts('email', 'certainty'))),
            }),
          ),
        }),
      ),
    }),
  }
})
