import type * as Zod from 'zod/mini'
import type { Outcome } from '../domain/outcome'
import { found, NOT_FOUND } from '../domain/outcome'
import type { Provider } from '../domain/provider'
import { remote } from '../domain/provider'
import { grade } from './confidence'
import { namesake, namesakeVocabulary } from './namesakes'
import { formQuery } from './query'
import { onFirstUse, replyPieces } from './reply'
import { valuesOf } from './values'

const DOCS = 'https://github.com/annuaire-entreprises-data-gouv-fr/search-api'

const ENTRY = namesakeVocabulary("Recherche d'entreprises: the entry of a company", DOCS)

// A sole trader is a person: the name and the address of the register are theirs.
const SOLE_TRADER = '1000'

/** The French state's search in the registers of companies, without a key. */
export const rechercheEntreprises: Provider = {
  id: 'recherche_entreprises',
  name: "Recherche d'entreprises (France)",
  docs: DOCS,
  kind: 'public',
  optIn: 'Legal name, SIREN, size, revenue and seat of French companies, by company name, from the state register.',
  hosts: ['recherche-entreprises.api.gouv.fr'],
  // 7 a second and address, 30 a second for all of Google (DOCS): others ask from there too.
  limits: { perSecond: 5 },
  vocabularies: [ENTRY],
  operations: [
    remote<'company_name'>({
      id: 'company_by_name',
      by: 'company_name',
      finds: [
        'legal_name',
        'registration_number',
        'company_founded',
        'company_size',
        'revenue',
        'industry',
        'hq_address',
        'hq_city',
        'hq_postal_code',
        'hq_country',
      ],
      price: { credits: 0, charge: 'call' },
      freeRepeats: true,
      request: ([{ company_name }]) => ({
        url: formQuery('https://recherche-entreprises.api.gouv.fr/search', {
          q: company_name,
          etat_administratif: 'A',
          page: '1',
          per_page: '10',
        }),
      }),
      read: (body, [{ company_name }]) => [readSearch(body, company_name)],
    }),
  ],
}

function readSearch(body: unknown, name: string): Outcome {
  const companies = replies()
    .search.parse(body)
    .results.flatMap((one) => one ?? [])
    .filter((one) => one.etat_administratif === 'A' && one.nature_juridique !== SOLE_TRADER)
  // The complete name has the names of its places in brackets: "EXAMPLE (EX)".
  const same = namesake(name, companies, (one) => [
    one.nom_raison_sociale,
    one.nom_complet?.replace(/\s*\([^()]*\)\s*$/, ''),
    one.sigle,
  ])
  if (!same) return NOT_FOUND
  const { entry } = same
  const address = isOpen(entry) ? entry.siege : undefined
  const values = {
    legal_name: entry.nom_raison_sociale,
    registration_number: entry.siren,
    company_founded: entry.date_creation,
    company_size: sizeOf(entry.tranche_effectif_salarie),
    revenue: lastRevenue(entry.finances),
    industry: sectionName(entry.section_activite_principale),
    hq_address: address?.adresse,
    hq_city: address?.libelle_commune,
    hq_postal_code: address?.code_postal,
    // The postal codes are those of France; a seat abroad has none.
    hq_country: address?.code_postal && 'FR',
  }
  return found(valuesOf(values, grade(ENTRY, same.word)))
}

// P: published in part, because the company objected. O: open.
function isOpen({ statut_diffusion, siege }: Company): boolean {
  return ![statut_diffusion, siege?.statut_diffusion, siege?.statut_diffusion_etablissement].includes('P')
}

function lastRevenue(finances: Company['finances']): string | undefined {
  const years = Object.entries(finances ?? {}).filter(([, year]) => typeof year?.ca === 'number')
  const [last] = years.sort(([a], [b]) => Number(b) - Number(a))
  return last?.[1]?.ca?.toString()
}

// https://github.com/annuaire-entreprises-data-gouv-fr/search-api, tranche_effectif_salarie; NN is not an employer.
function sizeOf(code: string | null | undefined): string | undefined {
  switch (code) {
    case '00':
      return '0'
    case '01':
      return '1-2'
    case '02':
      return '3-5'
    case '03':
      return '6-9'
    case '11':
      return '10-19'
    case '12':
      return '20-49'
    case '21':
      return '50-99'
    case '22':
      return '100-199'
    case '31':
      return '200-249'
    case '32':
      return '250-499'
    case '41':
      return '500-999'
    case '42':
      return '1000-1999'
    case '51':
      return '2000-4999'
    case '52':
      return '5000-9999'
    case '53':
      return '10000+'
    default:
      return undefined
  }
}

// The sections of NACE Rev. 2 from A on: https://ec.europa.eu/eurostat/web/nace
const sections = (): string =>
  'Agriculture, forestry and fishing|Mining and quarrying|Manufacturing|Electricity, gas and steam|Water supply and waste|' +
  'Construction|Wholesale and retail trade|Transportation and storage|Accommodation and food service|' +
  'Information and communication|Financial and insurance|Real estate|Professional, scientific and technical|' +
  'Administrative and support service|Public administration and defence|Education|Human health and social work|' +
  'Arts, entertainment and recreation|Other service|Households as employers|Extraterritorial organisations'

function sectionName(letter: string | null | undefined): string | undefined {
  if (!letter || !/^[A-U]$/.test(letter)) return undefined
  return sections().split('|')[letter.charCodeAt(0) - 65]
}

type Replies = ReturnType<typeof replies>
type Company = NonNullable<Zod.infer<Replies['search']>['results'][number]>

const replies = onFirstUse((z) => {
  const { detail, texts } = replyPieces(z)
  const seat = z.object(
    // Which of the last two names it has at a place is not sourced.
    texts('adresse', 'code_postal', 'libelle_commune', 'statut_diffusion', 'statut_diffusion_etablissement'),
  )
  const company = z.object({
    ...texts('siren', 'nom_complet', 'nom_raison_sociale', 'sigle', 'date_creation', 'etat_administratif'),
    ...texts('nature_juridique', 'section_activite_principale', 'tranche_effectif_salarie', 'statut_diffusion'),
    siege: detail(seat),
    finances: detail(z.record(z.string(), detail(z.object({ ca: detail(z.number()) })))),
  })
  return { search: z.object({ results: z.array(detail(company)) }) }
})
