// GLEIF LEI API v1, from providers.md H3. Which legal names a filter or a completion matches, the shape of
// autocompletions, the legal forms and registration authorities outside France, titles of errors and the refusal of
// another `accept` are ours. An LEI finds a company only after an answer of this run named it (see registers.ts).
//
// Plays `api.gleif.org`: v1 `lei-records`, one record, `fuzzycompletions`, `autocompletions`.
//
// Refuses: an unknown parameter or filter, another `field`, more than 200 a page (400), an LEI that is nobody's (404),
// HTML as `accept` (406), more than 60 a minute (429), always as `errors`.
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsCompany } from '../knowledge'
import { createLimit } from '../limit'
import { fingerprint, plain } from '../people'
import type { Registered } from '../registers'
import { strangeParameter } from '../requests'

const HOST = 'api.gleif.org'
const BASE = '/api/v1'
const TYPE = 'application/vnd.api+json'

const PER_MINUTE = 60
const MOST_PER_PAGE = 200

const LEGAL_NAME = 'filter[entity.legalName]'

const GOLDEN_COPY = { publishDate: '2026-06-12T08:00:00Z' }

type Operation = 'lei-records' | 'lei-record' | 'fuzzycompletions' | 'autocompletions'

const PARAMETERS: { readonly [operation in Operation]: readonly string[] } = {
  'lei-records': [LEGAL_NAME, 'page[size]', 'page[number]'],
  'lei-record': [],
  fuzzycompletions: ['field', 'q'],
  autocompletions: ['field', 'q'],
}

/** Starts the index of legal entities: it knows 45 % of all companies, in every country. */
export const create: CreateVendor = ({ registers }) => {
  const limit = createLimit({ perMinute: PER_MINUTE })

  const list = ({ query }: VendorRequest): VendorAnswer => {
    const name = (query.get(LEGAL_NAME) ?? '').trim()
    if (!name) return refuse(400, 'Bad Request', `${LEGAL_NAME} is missing`)
    const size = query.get('page[size]') ?? '10'
    const number = query.get('page[number]') ?? '1'
    if (!/^[1-9]\d*$/.test(size) || Number(size) > MOST_PER_PAGE)
      return refuse(400, 'Bad Request', `page[size] is a number from 1 to ${MOST_PER_PAGE}`)
    if (!/^[1-9]\d*$/.test(number)) return refuse(400, 'Bad Request', 'page[number] is a number from 1')
    const found = registers.named(name).filter(isKnown)
    const first = (Number(number) - 1) * Number(size)
    const shown = found.slice(first, first + Number(size))
    const pagination = {
      currentPage: Number(number),
      perPage: Number(size),
      from: shown.length > 0 ? first + 1 : null,
      to: shown.length > 0 ? first + shown.length : null,
      total: found.length,
      lastPage: Math.max(1, Math.ceil(found.length / Number(size))),
    }
    const body = { meta: { goldenCopy: GOLDEN_COPY, pagination }, data: shown.map(recordOf) }
    return answer('lei-records', body, [`${plain(name)} ${number}/${size}`])
  }

  const one = (lei: string): VendorAnswer => {
    const found = registers.withLei(lei)
    if (!found || !isKnown(found)) return { ...refuse(404, 'Not Found', 'There is no such LEI'), questions: [lei] }
    return answer('lei-record', { meta: { goldenCopy: GOLDEN_COPY }, data: recordOf(found) }, [lei])
  }

  const complete = ({ query }: VendorRequest, operation: 'fuzzycompletions' | 'autocompletions'): VendorAnswer => {
    const text = (query.get('q') ?? '').trim()
    if (!text) return refuse(400, 'Bad Request', 'q is missing')
    if (query.get('field') !== 'entity.legalName') return refuse(400, 'Bad Request', 'field is entity.legalName')
    const data = registers
      .named(text)
      .filter(isKnown)
      .map(({ legalName, lei }) => ({
        type: operation,
        attributes: { value: legalName },
        // It can be missing (providers.md H3).
        ...(fingerprint(`completion ${lei}`) % 100 < 15 ? {} : { relationships: linkTo(lei) }),
      }))
    return answer(operation, { data }, [plain(text)])
  }

  return {
    hosts: [HOST],
    answer(request) {
      if (limit.isTooOften('all', request.at)) return TOO_OFTEN
      const operation = operationOf(request.path)
      if (!operation) return refuse(404, 'Not Found', 'There is no such resource')
      if (request.method !== 'GET') return refuse(405, 'Method Not Allowed', 'Only GET')
      const fault = checkRequest(request, operation)
      if (fault) return fault
      switch (operation) {
        case 'lei-records':
          return list(request)
        case 'lei-record':
          return one(request.path.slice(`${BASE}/lei-records/`.length))
        case 'fuzzycompletions':
        case 'autocompletions':
          return complete(request, operation)
      }
    },
    throttle: () => TOO_OFTEN,
    reset: () => limit.reset(),
  }
}

function answer(operation: Operation, body: object, questions: readonly string[]): VendorAnswer {
  const headers = { 'content-type': TYPE }
  return { status: 200, body: JSON.stringify(body), headers, operation, questions, credits: 0 }
}

function refuse(status: number, title: string, detail: string): VendorAnswer {
  const body = { errors: [{ status: String(status), title, detail }] }
  const headers = { 'content-type': TYPE }
  return { status, body: JSON.stringify(body), headers, operation: 'refused', questions: [], credits: 0 }
}

const TOO_OFTEN = refuse(429, 'Too Many Requests', 'The rate limit was exceeded')

function operationOf(path: string): Operation | undefined {
  if (/^\/api\/v1\/lei-records\/[^/]+$/.test(path)) return 'lei-record'
  return (['lei-records', 'fuzzycompletions', 'autocompletions'] as const).find((name) => path === `${BASE}/${name}`)
}

function checkRequest({ query, headers, body }: VendorRequest, operation: Operation): VendorAnswer | undefined {
  if (body) return refuse(400, 'Bad Request', 'A GET request has no body')
  const accept = headers['accept'] ?? '*/*'
  if (!accept.includes(TYPE) && !accept.includes('*/*') && !accept.includes('application/json'))
    return refuse(406, 'Not Acceptable', `Only ${TYPE}`)
  const strange = strangeParameter(query, PARAMETERS[operation])
  if (strange !== undefined) return refuse(400, 'Bad Request', `Bad parameter ${strange}`)
  return undefined
}

function isKnown({ domain }: Registered): boolean {
  return knowsCompany('gleif', domain, 45)
}

function linkTo(lei: string): object {
  const related = `https://${HOST}${BASE}/lei-records/${lei}`
  return { 'lei-records': { data: { type: 'lei-records', id: lei }, links: { related } } }
}

function recordOf({ legalName, domain, company, number, lei, isClosed }: Registered): object {
  const language = domain.country === 'US' || domain.country === 'GB' ? 'en' : domain.country.toLowerCase()
  const region = domain.country === 'FR' ? `FR-${company.city.postcode.slice(0, 2)}` : null
  const place = { city: company.city.name, region, country: domain.country, postalCode: company.city.postcode }
  const isLapsed = fingerprint(`lapsed ${lei}`) % 100 < 20
  return {
    type: 'lei-records',
    id: lei,
    attributes: {
      lei,
      entity: {
        legalName: { name: legalName, language },
        otherNames: [],
        legalAddress: { language, addressLines: [company.street], ...place },
        headquartersAddress: { language, addressLines: [company.street], ...place },
        // GLEIF's own word for a register that is in none of its lists, except for France.
        registeredAt: { id: domain.country === 'FR' ? 'RA000189' : 'RA888888', other: null },
        registeredAs: number,
        jurisdiction: domain.country,
        category: 'GENERAL',
        legalForm: domain.country === 'FR' ? { id: '6CHY', other: null } : { id: '8888', other: company.legalForm },
        status: isClosed ? 'INACTIVE' : 'ACTIVE',
        creationDate: `${company.founded}-01-01T00:00:00Z`,
      },
      registration: {
        status: isLapsed ? 'LAPSED' : 'ISSUED',
        initialRegistrationDate: '2016-01-01T00:00:00Z',
        lastUpdateDate: '2026-01-01T00:00:00Z',
        nextRenewalDate: isLapsed ? '2025-01-01T00:00:00Z' : '2027-01-01T00:00:00Z',
        managingLou: '969500Q2MA9VBQ8BG884',
        corroborationLevel: 'FULLY_CORROBORATED',
      },
      bic: null,
    },
    relationships: { 'direct-parent': { links: {} } },
  }
}
