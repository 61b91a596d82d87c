import type { Vendors } from '../../../workbench/vendors/contract'
import { startVendors } from '../../../workbench/vendors/index'
import { ask, type Reply } from './ask'

const HOST = 'recherche-entreprises.api.gouv.fr'

interface Unit {
  readonly siren: string
  readonly nom_complet: string
  readonly [name: string]: unknown
}

let vendors: Vendors
let now = 1_000_000
beforeAll(async () => {
  vendors = await startVendors({ clock: () => now })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 60_000
  vendors.reset()
})

const search = (query: string): Promise<Reply> => {
  now += 200
  return ask(vendors, HOST, `/search?${query}`)
}
const unitsOf = async (query: string): Promise<readonly Unit[]> => (await search(query)).json.results as Unit[]
const MANY = Array.from({ length: 150 }, (_, i) => `Maison ${i}`)

/** Every unit behind many names, in one list for each name. */
const census = async (more = ''): Promise<readonly (readonly Unit[])[]> => {
  const all: (readonly Unit[])[] = []
  for (const name of MANY) all.push(await unitsOf(`q=${encodeURIComponent(name)}${more}`))
  return all
}
let everything: readonly (readonly Unit[])[]
beforeAll(async () => {
  everything = await census()
})

test('a unit has the fields that are documented, with a number that no company has', async () => {
  const [unit] = everything.flat()
  expect(Object.keys(unit ?? {})).toEqual(
    'siren nom_complet nom_raison_sociale sigle nombre_etablissements nombre_etablissements_ouverts siege activite_principale categorie_entreprise date_creation dirigeants etat_administratif nature_juridique section_activite_principale statut_diffusion tranche_effectif_salarie annee_tranche_effectif_salarie finances tva complements matching_etablissements'.split(
      ' ',
    ),
  )
  expect(unit).toMatchObject({
    siren: expect.stringMatching(/^000\d{6}$/),
    siege: {
      siret: expect.stringMatching(/^000\d{11}$/),
      code_postal: expect.stringMatching(/^\d{5}$/),
      activite_principale: expect.stringMatching(/^\d\d\.\d\d[A-Z]$/),
    },
    section_activite_principale: expect.stringMatching(/^[HJM]$/),
    tva: [expect.stringMatching(/^FR\d{11}$/)],
  })
})

test('the same name in another spelling is the same question, and free', async () => {
  const one = await search('q=Soci%C3%A9t%C3%A9%20%C3%89pice%20S.A.S.')
  const other = await search('q=SOCIETE%20epice')
  expect(other.json).toEqual(one.json)
  expect(vendors.calls().map((call) => [call.operation, call.credits])).toEqual([
    ['search', 0],
    ['search', 0],
  ])
})

test('a miss is 200 with nothing; a French one in nine is unknown; namesakes want a choice', async () => {
  const miss = await search('q=nobody')
  expect([miss.status, miss.json.results.some((unit: Unit) => unit.nom_complet === 'NOBODY')]).toEqual([200, false])
  const counts = everything.map((units) => units.length)
  expect(counts.filter((count) => count === 0).length).toBeGreaterThan(40)
  expect(counts.filter((count) => count > 1).length).toBeGreaterThan(2)
})

test('some are closed, some objected to publication, some directors are companies', () => {
  const units = everything.flat()
  const has = (field: string, value: string): boolean => units.some((unit) => unit[field] === value)
  expect([has('etat_administratif', 'C'), has('etat_administratif', 'A')]).toEqual([true, true])
  expect([has('statut_diffusion', 'P'), has('statut_diffusion', 'O')]).toEqual([true, true])
  const directors = units.flatMap((unit) => unit['dirigeants'] as Record<string, unknown>[])
  expect(new Set(directors.map((each) => each['type_dirigeant']))).toEqual(
    new Set(['personne physique', 'personne morale']),
  )
})

test('a number that was given out finds its unit', async () => {
  const [unit] = everything.flat()
  expect((await unitsOf(`q=${unit?.siren}`))[0]).toEqual(unit)
  expect((await search('q=000000000')).json.total_results).toBe(0)
})

test('filters and pages', async () => {
  const closed = everything.flat().find((unit) => unit['etat_administratif'] === 'C')
  const name = encodeURIComponent(closed?.nom_complet ?? '')
  const found = async (filter: string): Promise<boolean> =>
    (await unitsOf(`q=${name}&${filter}`)).some((unit) => unit.siren === closed?.siren)
  const { departement } = (closed ? closed['siege'] : {}) as { readonly departement?: string }
  expect(await found('etat_administratif=C')).toBe(true)
  expect(await found('etat_administratif=A')).toBe(false)
  expect(await found(`departement=${departement}`)).toBe(true)
  expect(await found('departement=13')).toBe(false)
  expect(await found('categorie_entreprise=GE')).toBe(false)
  const { json } = await search(`q=${name}&page=2&per_page=25`)
  expect(json).toMatchObject({ results: [], page: 2, per_page: 25, total_pages: 1 })
})

test('minimal leaves out what is not included', async () => {
  const [full] = everything.flat()
  const [unit] = await unitsOf(`q=${full?.siren}&minimal=true&include=siege,finances`)
  expect(Object.keys(unit ?? {})).toEqual(expect.arrayContaining(['siren', 'siege', 'finances']))
  expect(unit).not.toHaveProperty('dirigeants')
  expect(unit).not.toHaveProperty('complements')
})

test.each([
  ['no question', '', 400],
  ['an empty question', 'q=', 400],
  ['26 a page', 'q=firma&per_page=26', 400],
  ['page 1001', 'q=firma&page=1001', 400],
  ['page 0', 'q=firma&page=0', 400],
  ['an unknown parameter', 'q=firma&limite=1', 400],
  ['a parameter twice', 'q=firma&q=firmb', 400],
  ['an activity without its dot', 'q=firma&activite_principale=6201Z', 400],
  ['a state that is none', 'q=firma&etat_administratif=F', 400],
  ['include without minimal', 'q=firma&include=siege', 400],
  ['an include that is none', 'q=firma&minimal=true&include=tout', 400],
])('refuses %s', async (_, query, status) => {
  const reply = await search(query)
  expect([reply.status, reply.json]).toEqual([status, { erreur: expect.any(String) }])
  expect(vendors.calls()[0]?.questions).toEqual([])
})

test('has one path and one method', async () => {
  expect((await ask(vendors, HOST, '/near_point?lat=1')).status).toBe(404)
  expect((await ask(vendors, HOST, '/search?q=firma', { method: 'POST' })).status).toBe(405)
})

test('7 over any second, then 429 with Retry-After', async () => {
  const statuses: number[] = []
  const once = async (): Promise<Reply> => ask(vendors, HOST, '/search?q=firma')
  for (let i = 0; i < 7; i++) statuses.push((await once()).status)
  now += 999
  const refused = await once()
  expect([statuses, refused.status, refused.headers['retry-after']]).toEqual([Array(7).fill(200), 429, '1'])
  now += 1
  expect((await once()).status).toBe(200)
})
