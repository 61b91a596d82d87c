import { rechercheEntreprises } from '../../src/providers/recherche_entreprises'
import type { Case, Cases } from './case'

const keys = [{ company_name: 'Example' }]
const ours = { confidence: 0.7, estimated: true } as const

const company = {
  siren: '123456789',
  nom_complet: 'EXAMPLE (EX)',
  nom_raison_sociale: 'EXAMPLE',
  sigle: null,
  nombre_etablissements: 1,
  nombre_etablissements_ouverts: 1,
  siege: {
    siret: '12345678900012',
    adresse: '1 RUE TEST 69001 LYON',
    code_postal: '69001',
    libelle_commune: 'LYON',
    departement: '69',
    activite_principale: '62.01Z',
    etat_administratif: 'A',
    latitude: '45.76',
    longitude: '4.83',
  },
  activite_principale: '62.01Z',
  categorie_entreprise: 'PME',
  date_creation: '2015-01-01',
  dirigeants: [{ nom: 'NOWAK', prenoms: 'ADA', qualite: 'Président de SAS', type_dirigeant: 'personne physique' }],
  etat_administratif: 'A',
  nature_juridique: '5710',
  section_activite_principale: 'J',
  tranche_effectif_salarie: '12',
  annee_tranche_effectif_salarie: '2023',
  finances: { '2022': { ca: 900000, resultat_net: 1 }, '2023': { ca: 1000000, resultat_net: 50000 } },
  complements: { est_ess: false },
  matching_etablissements: [],
}
const page = (...results: readonly unknown[]) => ({
  results,
  total_results: results.length,
  page: 1,
  per_page: 10,
  total_pages: 1,
})

const valuesAt = (worth: { confidence: number; estimated: true }) => ({
  legal_name: { value: 'EXAMPLE', ...worth },
  registration_number: { value: '123456789', ...worth },
  company_founded: { value: '2015-01-01', ...worth },
  company_size: { value: '20-49', ...worth },
  revenue: { value: '1000000', ...worth },
  industry: { value: 'Information and communication', ...worth },
  hq_address: { value: '1 RUE TEST 69001 LYON', ...worth },
  hq_city: { value: 'LYON', ...worth },
  hq_postal_code: { value: '69001', ...worth },
  hq_country: { value: 'FR', ...worth },
})
const values = valuesAt(ours)

const searchCase = (name: string, body: unknown, outcome: Case['outcomes'][number]): Case => ({
  name,
  operation: 'company_by_name',
  keys,
  body,
  outcomes: [outcome],
})

const sizes = (
  [
    ['00', '0'],
    ['01', '1-2'],
    ['02', '3-5'],
    ['03', '6-9'],
    ['11', '10-19'],
    ['12', '20-49'],
    ['21', '50-99'],
    ['22', '100-199'],
    ['31', '200-249'],
    ['32', '250-499'],
    ['41', '500-999'],
    ['42', '1000-1999'],
    ['51', '2000-4999'],
    ['52', '5000-9999'],
    ['53', '10000+'],
  ] as const
).map(([code, value]) =>
  searchCase(`size ${code}`, page({ ...company, tranche_effectif_salarie: code }), {
    kind: 'found',
    values: { ...values, company_size: { value, ...ours } },
  }),
)

const { company_size: _size, revenue: _revenue, industry: _industry, ...bare } = values
const { legal_name: _name, ...nameless } = values
const { hq_address: _address, hq_city: _city, hq_postal_code: _code, hq_country: _country, ...placeless } = values

export const recorded: Cases = {
  provider: rechercheEntreprises,
  cases: [
    {
      ...searchCase('found', page(company), { kind: 'found', values }),
      request: {
        url: 'https://recherche-entreprises.api.gouv.fr/search?q=Example&etat_administratif=A&page=1&per_page=10',
      },
    },
    ...sizes,
    searchCase(
      'found by its complete name without what is in brackets',
      page({ ...company, nom_raison_sociale: null }),
      { kind: 'found', values: nameless },
    ),
    searchCase(
      'others around it',
      page({ ...company, nom_complet: 'EXAMPLE LYON', nom_raison_sociale: 'EXAMPLE LYON' }, company),
      {
        kind: 'found',
        values,
      },
    ),
    searchCase('several of one name', page(company, { ...company, siren: '987654321' }), {
      kind: 'found',
      values: valuesAt({ confidence: 0.4, estimated: true }),
    }),
    searchCase('its namesake is closed', page({ ...company, siren: '987654321', etat_administratif: 'C' }, company), {
      kind: 'found',
      values,
    }),
    searchCase(
      'partly found: no employer, no accounts, an unknown section',
      page({ ...company, tranche_effectif_salarie: 'NN', finances: null, section_activite_principale: '?' }),
      { kind: 'found', values: bare },
    ),
    searchCase('published in part: without its address', page({ ...company, statut_diffusion: 'P' }), {
      kind: 'found',
      values: placeless,
    }),
    searchCase(
      'the seat published in part: without its address',
      page({ ...company, siege: { ...company.siege, statut_diffusion_etablissement: 'P' } }),
      { kind: 'found', values: placeless },
    ),
    searchCase('details of a wrong type are left out', page({ ...company, siege: 'LYON' }, 7, null), {
      kind: 'found',
      values: placeless,
    }),
    searchCase('a sole trader is a person', page({ ...company, nature_juridique: '1000' }), { kind: 'not_found' }),
    searchCase('only a similar name', page({ ...company, nom_complet: 'EXAMPLES', nom_raison_sociale: 'EXAMPLES' }), {
      kind: 'not_found',
    }),
    searchCase('closed', page({ ...company, etat_administratif: 'C' }), { kind: 'not_found' }),
    searchCase('nothing', page(), { kind: 'not_found' }),
    searchCase('no list', { total_results: 0 }, { kind: 'unavailable' }),
    {
      ...searchCase(
        'a question that it cannot read',
        { erreur: 'Words for people' },
        { kind: 'refused', because: 'input' },
      ),
      status: 400,
    },
    {
      ...searchCase('too many questions', { erreur: 'Words for people' }, { kind: 'throttled', retryAfterMs: 2000 }),
      status: 429,
      headers: { 'retry-after': '2' },
    },
    { ...searchCase('a failure', '', { kind: 'unavailable' }), status: 502 },
    { ...searchCase('no answer', '', { kind: 'unavailable' }), status: 0 },
    searchCase('an HTML page', '<!doctype html><title>Maintenance</title>', { kind: 'unavailable' }),
  ],
}
