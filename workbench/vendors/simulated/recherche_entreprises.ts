// Recherche d'entreprises, from providers.md H7. Texts of errors, what a missing question is, where `statut_diffusion`
// and `tva` stand and what `minimal` leaves out are ours. A number finds a company only after an answer of this run
// named it (see registers.ts). The limit of an ASN is not played: one caller is all there is.
//
// Plays `recherche-entreprises.api.gouv.fr`: `/search`.
//
// Refuses: no question, an unknown or ill-formed parameter, more than 25 a page, `include` without `minimal` (400 with
// `erreur`), more than 7 a second (429 with `Retry-After`).
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { knowsCompany } from '../knowledge'
import { createLimit } from '../limit'
import { fingerprint, plain } from '../people'
import type { Registered } from '../registers'

const HOST = 'recherche-entreprises.api.gouv.fr'

const PER_SECOND = 7
const MOST_PER_PAGE = 25
const MOST_PAGES = 1000

// Each parameter with what it may hold (providers.md H7).
const PARAMETERS: { readonly [name: string]: RegExp } = {
  q: /\S/,
  page: /^[1-9]\d*$/,
  per_page: /^[1-9]\d*$/,
  code_postal: /^\d{5}(,\d{5})*$/,
  departement: /^(\d{2,3}|2[AB])(,(\d{2,3}|2[AB]))*$/,
  activite_principale: /^\d{2}\.\d{2}[A-Z](,\d{2}\.\d{2}[A-Z])*$/,
  section_activite_principale: /^[A-U](,[A-U])*$/,
  etat_administratif: /^[AC]$/,
  tranche_effectif_salarie: /^(NN|\d{2})(,(NN|\d{2}))*$/,
  categorie_entreprise: /^(PME|ETI|GE)(,(PME|ETI|GE))*$/,
  minimal: /^(true|false)$/i,
  include:
    /^(siege|dirigeants|finances|complements|matching_etablissements)(,(siege|dirigeants|finances|complements|matching_etablissements))*$/,
}

const FILTERS = [
  'code_postal',
  'departement',
  'activite_principale',
  'section_activite_principale',
  'etat_administratif',
  'tranche_effectif_salarie',
  'categorie_entreprise',
] as const

const OPTIONAL = ['siege', 'dirigeants', 'finances', 'complements', 'matching_etablissements'] as const

/** Bands of employees by their highest number (providers.md H7). */
const BANDS: readonly (readonly [number, string])[] = [
  [0, '00'],
  [2, '01'],
  [5, '02'],
  [9, '03'],
  [19, '11'],
  [49, '12'],
  [99, '21'],
  [199, '22'],
  [249, '31'],
  [499, '32'],
  [999, '41'],
  [1999, '42'],
  [4999, '51'],
  [9999, '52'],
  [Infinity, '53'],
]

/** Sections of the French activity codes by their division, for the codes of companies.ts. */
const SECTIONS: { readonly [division: string]: string } = {
  '10': 'C',
  '28': 'C',
  '32': 'C',
  '41': 'F',
  '47': 'G',
  '62': 'J',
  '65': 'K',
  '73': 'M',
}

const FIRST_NAMES = ['ADA', 'BRUNO', 'CLAIRE', 'DENIS', 'ELISE', 'FELIX', 'GAELLE', 'HUGO'] as const
const LAST_NAMES = ['NOWAK', 'LEBRASSEUR', 'MARTINON', 'DUVALLON', 'PERRINEAU', 'ROCHEFEUIL'] as const

/** Starts the French register of companies: it knows nine in ten of those in France. */
export const create: CreateVendor = ({ registers }) => {
  const limit = createLimit({ perSecond: PER_SECOND })

  const search = ({ query }: VendorRequest): VendorAnswer => {
    const text = (query.get('q') ?? '').trim()
    const given = FILTERS.filter((name) => query.has(name))
    if (!text && given.length === 0) return refuse(400, 'Veuillez indiquer au moins un paramètre de recherche.')
    const page = Number(query.get('page') ?? 1)
    const perPage = Number(query.get('per_page') ?? 10)
    if (page > MOST_PAGES) return refuse(400, 'Veuillez indiquer un paramètre `page` entre `1` et `1000`.')
    if (perPage > MOST_PER_PAGE) return refuse(400, 'Veuillez indiquer un paramètre `per_page` entre `1` et `25`.')
    const isMinimal = /^true$/i.test(query.get('minimal') ?? '')
    if (query.has('include') && !isMinimal) return refuse(400, 'Le paramètre `include` exige `minimal=True`.')
    const kept = isMinimal ? (query.get('include')?.split(',') ?? []) : OPTIONAL
    const number = text.replace(/\s/g, '')
    const found = /^\d{9}(\d{5})?$/.test(number)
      ? [registers.numbered(number.slice(0, 9)) ?? []].flat()
      : registers.named(text)
    const results = found
      .filter(isKnown)
      .map(unitOf)
      .filter((unit) => given.every((name) => (query.get(name) ?? '').split(',').includes(facetOf(unit, name))))
    const shown = results
      .slice((page - 1) * perPage, page * perPage)
      .map((unit) => Object.fromEntries(Object.entries(unit).filter(([name]) => !isLeftOut(name, kept))))
    const body = {
      results: shown,
      total_results: results.length,
      page,
      per_page: perPage,
      total_pages: Math.ceil(results.length / perPage),
    }
    const about = ['page', 'per_page', ...given].flatMap((name) =>
      query.has(name) ? `${name}=${query.get(name)}` : [],
    )
    return answer(200, body, [[plain(text), ...about].join(' ')])
  }

  return {
    hosts: [HOST],
    answer(request) {
      if (limit.isTooOften('all', request.at)) return TOO_OFTEN
      if (request.path !== '/search') return refuse(404, 'Not Found')
      if (request.method !== 'GET') return refuse(405, 'Method Not Allowed')
      const fault = checkParameters(request)
      return fault === undefined ? search(request) : refuse(400, fault)
    },
    throttle: () => TOO_OFTEN,
    reset: () => limit.reset(),
  }
}

function answer(status: number, body: object, questions: readonly string[] = []): VendorAnswer {
  return { status, body: JSON.stringify(body), operation: 'search', questions, credits: 0 }
}

function refuse(status: number, erreur: string): VendorAnswer {
  return answer(status, { erreur })
}

const TOO_OFTEN: VendorAnswer = { ...refuse(429, 'Trop de requêtes'), headers: { 'retry-after': '1' } }

function checkParameters({ query, body }: VendorRequest): string | undefined {
  if (body) return 'Une requête GET n’a pas de corps.'
  for (const name of new Set(query.keys())) {
    const form = PARAMETERS[name]
    if (!form) return `Paramètre inconnu : ${name}`
    if (query.getAll(name).length > 1) return `Paramètre en double : ${name}`
    if (!form.test(query.get(name) ?? '')) return `Valeur invalide du paramètre ${name}`
  }
  return undefined
}

function isKnown({ domain }: Registered): boolean {
  return domain.country === 'FR' && knowsCompany('recherche_entreprises', domain, 90)
}

function isLeftOut(name: string, kept: readonly string[]): boolean {
  return (OPTIONAL as readonly string[]).includes(name) && !kept.includes(name)
}

type Unit = ReturnType<typeof unitOf>

function facetOf(unit: Unit, name: (typeof FILTERS)[number]): string {
  switch (name) {
    case 'code_postal':
      return unit.siege.code_postal
    case 'departement':
      return unit.siege.departement
    case 'activite_principale':
    case 'section_activite_principale':
    case 'etat_administratif':
    case 'tranche_effectif_salarie':
    case 'categorie_entreprise':
      return unit[name]
  }
}

function unitOf({ name, domain, company, number, isClosed, isPartial }: Registered) {
  const dice = (about: string): number => fingerprint(`unit ${about} ${domain.name}`)
  const naf = company.naf.replace(/^(\d\d)/, '$1.')
  const state = isClosed ? 'C' : 'A'
  const isBandKnown = dice('band known') % 100 < 90
  const band = BANDS.find(([most]) => company.employees <= most)?.[1] ?? 'NN'
  const street = company.street.toUpperCase().replace(/’|'/g, ' ')
  const city = company.city.name.toUpperCase()
  return {
    siren: number,
    nom_complet: name,
    nom_raison_sociale: name,
    sigle: null,
    nombre_etablissements: 1,
    nombre_etablissements_ouverts: isClosed ? 0 : 1,
    siege: {
      siret: company.registration?.siret ?? '',
      adresse: `${street} ${company.city.postcode} ${city}`,
      code_postal: company.city.postcode,
      libelle_commune: city,
      departement: company.city.postcode.slice(0, 2),
      activite_principale: naf,
      etat_administratif: state === 'C' ? 'F' : 'A',
      latitude: '45.76',
      longitude: '4.83',
    },
    activite_principale: naf,
    categorie_entreprise: company.employees >= 5000 ? 'GE' : company.employees >= 250 ? 'ETI' : 'PME',
    date_creation: `${company.founded}-01-01`,
    dirigeants: directorsOf(domain.name),
    etat_administratif: state,
    nature_juridique: '5710',
    section_activite_principale: SECTIONS[naf.slice(0, 2)] ?? 'M',
    statut_diffusion: isPartial ? 'P' : 'O',
    tranche_effectif_salarie: isBandKnown ? band : 'NN',
    annee_tranche_effectif_salarie: isBandKnown ? '2023' : null,
    finances:
      dice('published') % 100 < 50
        ? { '2023': { ca: company.revenue, resultat_net: Math.round(company.revenue / 20) } }
        : null,
    tva: [company.registration?.vat ?? ''],
    complements: { est_ess: dice('ess') % 100 < 5 },
    matching_etablissements: [],
  }
}

function directorsOf(name: string): readonly object[] {
  const dice = (about: string): number => fingerprint(`director ${about} ${name}`)
  const person = {
    nom: LAST_NAMES[dice('last') % LAST_NAMES.length],
    prenoms: FIRST_NAMES[dice('first') % FIRST_NAMES.length],
    annee_de_naissance: String(1950 + (dice('born') % 50)),
    qualite: 'Président de SAS',
    type_dirigeant: 'personne physique',
  }
  // Luhn's digit is missing on purpose: the holding is nobody's.
  const holding = {
    siren: '000000001',
    denomination: 'EXEMPLE PARTICIPATIONS',
    qualite: 'Président de SAS',
    type_dirigeant: 'personne morale',
  }
  return dice('kind') % 100 < 25 ? [holding, person] : [person]
}
