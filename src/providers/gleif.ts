import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import { grade } from './confidence'
import { namesake, namesakeVocabulary } from './namesakes'
import { formQuery } from './query'
import { onFirstUse, replyPieces } from './reply'
import { valuesOf } from './values'

const DOCS = 'https://www.gleif.org/en/lei-data/gleif-api'

const ENTRY = namesakeVocabulary('GLEIF: the entry of a legal entity', DOCS)

/** The register of Legal Entity Identifiers: legal names, national numbers and addresses, without a key. */
export const gleif: Provider = {
  id: 'gleif',
  name: 'GLEIF (Legal Entity Identifiers)',
  docs: DOCS,
  kind: 'public',
  optIn:
    'Legal name, national number and seat of companies that trade in securities, by company name, from a worldwide register.',
  hosts: ['api.gleif.org'],
  // 60 a minute by what its users write; no page of its own is sourced.
  limits: { perSecond: 2, perMinute: 60 },
  vocabularies: [ENTRY],
  operations: [
    remote<'company_name'>({
      id: 'company_by_name',
      by: 'company_name',
      finds: [
        'legal_name',
        'registration_number',
        'company_founded',
        'hq_address',
        'hq_city',
        'hq_region',
        'hq_postal_code',
        'hq_country',
      ],
      price: { credits: 0, charge: 'call' },
      freeRepeats: true,
      request: ([{ company_name }]) => ({
        url: formQuery('https://api.gleif.org/api/v1/lei-records', {
          'filter[entity.legalName]': company_name,
          'page[size]': '10',
          'page[number]': '1',
        }).replace(/[[\]]/g, encodeURIComponent),
        headers: { accept: 'application/vnd.api+json' },
      }),
      read: (body, [{ company_name }]) => [readRecords(body, company_name)],
    }),
  ],
}

function readRecords(body: unknown, name: string): Outcome {
  const entities = replies()
    .records.parse(body)
    .data.flatMap((one) => one?.attributes?.entity ?? [])
    // A sole proprietor is a person; a branch has the name of its head office.
    .filter(({ status, category }) => status === 'ACTIVE' && category !== 'SOLE_PROPRIETOR' && category !== 'BRANCH')
  const same = namesake(name, entities, ({ legalName, otherNames }) => [
    legalName?.name,
    ...(otherNames ?? []).map((other) => other?.name),
  ])
  if (!same) return NOT_FOUND
  const { legalName, registeredAs, creationDate, headquartersAddress: seat } = same.entry
  const values = {
    legal_name: legalName?.name,
    registration_number: registeredAs,
    company_founded: creationDate?.slice(0, 10),
    hq_address: seat?.addressLines?.flatMap((line) => line?.trim() || []).join(', '),
    hq_city: seat?.city,
    hq_region: seat?.region,
    hq_postal_code: seat?.postalCode,
    hq_country: seat?.country,
  }
  return found(valuesOf(values, grade(ENTRY, same.word)))
}

const replies = onFirstUse((z) => {
  const { detail, text, texts } = replyPieces(z)
  const name = detail(z.object({ name: text }))
  const entity = z.object({
    legalName: name,
    otherNames: detail(z.array(name)),
    headquartersAddress: detail(
      z.object({ ...texts('city', 'region', 'country', 'postalCode'), addressLines: detail(z.array(text)) }),
    ),
    ...texts('registeredAs', 'category', 'status', 'creationDate'),
  })
  return {
    records: z.object({
      data: z.array(detail(z.object({ attributes: detail(z.object({ entity: detail(entity) })) }))),
    }),
  }
})
