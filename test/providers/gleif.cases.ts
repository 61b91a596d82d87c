import { gleif } from '../../src/providers/gleif'
import type { Case, Cases } from './case'

const keys = [{ company_name: 'Example' }]

const address = {
  language: 'fr',
  addressLines: ['1 rue Test', 'Bâtiment B'],
  city: 'Lyon',
  region: 'FR-69',
  country: 'FR',
  postalCode: '69001',
}
const entity = {
  legalName: { name: 'Example SAS', language: 'fr' },
  otherNames: [],
  legalAddress: { ...address, addressLines: ['9 rue du Siège'] },
  headquartersAddress: address,
  registeredAt: { id: 'RA000189', other: null },
  registeredAs: '123456789',
  jurisdiction: 'FR',
  category: 'GENERAL',
  legalForm: { id: '6CHY', other: null },
  status: 'ACTIVE',
  creationDate: '2015-01-01T00:00:00Z',
}
const record = (changes: object = {}) => ({
  type: 'lei-records',
  id: '5299000EXAMPLE000001',
  attributes: {
    lei: '5299000EXAMPLE000001',
    entity: { ...entity, ...changes },
    registration: { status: 'ISSUED', corroborationLevel: 'FULLY_CORROBORATED' },
    bic: null,
  },
  relationships: { 'direct-parent': { links: {} } },
})
const records = (...data: readonly unknown[]) => ({
  meta: { pagination: { currentPage: 1, perPage: 10, from: 1, to: 1, total: data.length, lastPage: 1 } },
  data,
})

const valuesAt = (worth: { confidence: number; estimated: true }) => ({
  legal_name: { value: 'Example SAS', ...worth },
  registration_number: { value: '123456789', ...worth },
  company_founded: { value: '2015-01-01', ...worth },
  hq_address: { value: '1 rue Test, Bâtiment B', ...worth },
  hq_city: { value: 'Lyon', ...worth },
  hq_region: { value: 'FR-69', ...worth },
  hq_postal_code: { value: '69001', ...worth },
  hq_country: { value: 'FR', ...worth },
})
const values = valuesAt({ confidence: 0.7, estimated: true })
const { legal_name, registration_number } = values

const recordsCase = (name: string, body: unknown, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'company_by_name',
  keys,
  body,
  outcomes: [outcome],
})

export const recorded: Cases = {
  provider: gleif,
  cases: [
    {
      ...recordsCase('found: the legal form does not count', records(record()), { kind: 'found', values }),
      request: {
        url: 'https://api.gleif.org/api/v1/lei-records?filter%5Bentity.legalName%5D=Example&page%5Bsize%5D=10&page%5Bnumber%5D=1',
        headers: { accept: 'application/vnd.api+json' },
      },
    },
    recordsCase(
      'found by another of its names',
      records(record({ legalName: { name: 'Holding 7 SAS' }, otherNames: [{ name: 'EXAMPLE', language: 'fr' }] })),
      { kind: 'found', values: { ...values, legal_name: { ...legal_name, value: 'Holding 7 SAS' } } },
    ),
    recordsCase(
      'found beside a branch, a person, one that is gone and one that is alike',
      records(
        record({ category: 'BRANCH' }),
        record({ category: 'SOLE_PROPRIETOR' }),
        record({ status: 'INACTIVE' }),
        record({ legalName: { name: 'Example Lyon SAS' } }),
        record(),
      ),
      { kind: 'found', values },
    ),
    recordsCase('several of one name', records(record(), record({ registeredAs: '987654321' })), {
      kind: 'found',
      values: valuesAt({ confidence: 0.4, estimated: true }),
    }),
    recordsCase(
      'partly found; details of a wrong type are left out',
      records(record({ headquartersAddress: 'Lyon', creationDate: 2015, otherNames: 'none' }), 7, null, {}),
      { kind: 'found', values: { legal_name, registration_number } },
    ),
    recordsCase('only a similar name', records(record({ legalName: { name: 'Examples SAS' } })), { kind: 'not_found' }),
    recordsCase('nothing', records(), { kind: 'not_found' }),
    recordsCase('no list', { meta: {} }, { kind: 'unavailable' }),
    ...(
      [
        [400, { kind: 'refused', because: 'input' }],
        [404, { kind: 'not_found' }],
        [429, { kind: 'throttled' }],
        [500, { kind: 'unavailable' }],
        [0, { kind: 'unavailable' }],
      ] as const
    ).map(([status, outcome]): Case => ({
      ...recordsCase(
        `status ${status}`,
        { errors: [{ status: String(status), title: 'Words', detail: 'Words' }] },
        outcome,
      ),
      status,
    })),
    recordsCase('an HTML page', '<!doctype html><title>Maintenance</title>', { kind: 'unavailable' }),
  ],
}
