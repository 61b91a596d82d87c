// Rewrites the sample lists byte for byte: node workbench/samples/generate.mjs [folder]
// Every person is invented. Domains are kept for examples, phones come from ranges kept for films and books, LinkedIn
// addresses end in a random number, and the few Gmail addresses hold an underscore, which Gmail gives to nobody.
import { transformSync } from 'esbuild'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const folder = path.resolve(process.argv[2] ?? here)
const people = readFileSync(path.join(here, '../vendors/people.ts'), 'utf8')
const { code } = transformSync(people, { loader: 'ts', format: 'esm' })
const { createWorld, fingerprint, plain } = await import(`data:text/javascript,${encodeURIComponent(code)}`)

// The world that the simulated vendors know by default, so that the addresses in the lists are true there.
const world = createWorld('world')

const GIVEN = {
  FR: 'Aurélie Benoît Camille Chloé Émile François Gaëlle Hélène Inès Jérôme Léa Mathieu Noémie Océane Rémi Sébastien Théo Zoé',
  DE: 'Anke Björn Claudia Dörte Ernst Frieda Günter Heike Ines Jörg Katrin Lukas Markus Nadine Otto Petra Sören Ute',
  GB: 'Alice Amelia Barnaby Callum Daisy Edward Fiona George Harriet Imogen Jack Keira Liam Maisie Nigel Oliver Poppy Rory',
  US: 'Aaron Brenda Carlos Deborah Ethan Faith Gary Hannah Ivan Jasmine Kevin Linda Marcus Nora Owen Paige Quentin Rachel',
  ES: 'Álvaro Beatriz César Dolores Elena Fermín Gonzalo Inés Joaquín Lucía Martín Nuria Óscar Pilar Raúl Sofía Tomás Verónica',
  IT: 'Alessia Bruno Chiara Dario Elisa Fabio Giulia Ivo Letizia Marco Nicolò Ornella Paolo Rosa Silvia Tiziana Ugo Valeria',
  NL: 'Anouk Bram Cornelis Daan Esmée Femke Gijs Hanneke Joris Koen Lotte Maarten Noor Pieter Ruben Sanne Tess Wouter',
  SE: 'Åsa Birgitta Clas Elsa Fredrik Gunilla Håkan Ingrid Jonas Karin Lars Malin Nils Oskar Per Rut Sven Ylva',
}
const FAMILY = {
  FR: 'Arnaud Bérard Chevallier Delaunay Étienne Fournier Garnier Huët Jacquet Lefèvre Marchand Noël Perrin Quéré Rousseau Séguin Tessier Vidal',
  DE: 'Albrecht Böhm Dietrich Engel Förster Großmann Hübner Jäger Krüger Lindner Möller Neumann Pfeiffer Richter Schäfer Thiel Vogt Zöllner',
  GB: "Ashworth Bradshaw Cartwright Dunmore Ellsworth Fairclough Greenwood Hathaway Kingsley Lockwood Moorcroft Northcote O'Brien Penrose Radcliffe Stanhope Thornbury Whitfield",
  US: "Abernathy Blackwell Crawford Delgado Eastman Fletcher Grayson Holloway Jefferson Kimball Langley McAllister Norwood O'Neill Prescott Ramsey Sinclair Underwood",
  ES: 'Aguilar Bermúdez Cárdenas Domínguez Echeverría Fuentes Giménez Herrero Iglesias Jiménez Lozano Muñoz Núñez Ortega Peña Quintana Rodríguez Sáez',
  IT: "Amato Bellini Caruso D'Angelo Esposito Ferraro Gallo Lombardi Mancini Niccoli Orlando Pellegrini Riva Santoro Testa Vitale Zanetti Bernardi",
  NL: 'Bakker Claassen Dekker Evers Geerts Hoekstra Jansma Kuiper Lammers Mulder Noordhoek Peeters Roos Schouten Terpstra Veldman Wolters Zijlstra',
  SE: 'Ahlström Bergqvist Dahlin Ekström Forsberg Göransson Hägglund Jönsson Kjellgren Lindström Månsson Nyström Öberg Palm Rosén Sjöberg Törnqvist Wallin',
}
const COUNTRIES = Object.keys(GIVEN)
const COUNTRY_NAMES = {
  FR: ['France', 'FR', 'france', 'FRANCE'],
  DE: ['Germany', 'Allemagne', 'Deutschland', 'DE'],
  GB: ['United Kingdom', 'UK', 'Royaume-Uni', 'GB'],
  US: ['United States', 'USA', 'États-Unis', 'US'],
  ES: ['Spain', 'Espagne', 'España'],
  IT: ['Italy', 'Italie', 'Italia'],
  NL: ['Netherlands', 'Pays-Bas', 'NL'],
  SE: ['Sweden', 'Suède', 'SE'],
}
const CITIES = {
  FR: ['Lyon', 'Lille', 'Nantes'],
  DE: ['Hamburg', 'München', 'Köln'],
  GB: ['Leeds', 'Bristol', 'London'],
  US: ['Austin', 'Denver', 'Boston'],
  ES: ['Valencia', 'Bilbao', 'Sevilla'],
  IT: ['Torino', 'Bologna', 'Milano'],
  NL: ['Utrecht', 'Rotterdam', 'Delft'],
  SE: ['Malmö', 'Uppsala', 'Göteborg'],
}
const LEGAL = {
  FR: ['SAS', 'SARL', 'SA'],
  DE: ['GmbH', 'AG', 'GmbH & Co. KG'],
  GB: ['Ltd', 'Limited', 'PLC'],
  US: ['Inc.', 'LLC', 'Corp.'],
  ES: ['S.L.', 'S.A.'],
  IT: ['S.r.l.', 'S.p.A.'],
  NL: ['B.V.', 'N.V.'],
  SE: ['AB'],
}
const POSTCODES = {
  FR: ['01234', '69003', '06200', '59000'],
  DE: ['01067', '20095', '80331'],
  GB: ['LS1 4AP', 'BS1 5TR', 'EC1A 1BB'],
  US: ['02110', '73301', '80202'],
  ES: ['08001', '46002'],
  IT: ['00184', '10121'],
  NL: ['3511 AB', '2611 GR'],
  SE: ['211 20', '753 10'],
}
const TITLES = [
  'Head of Sales',
  'CEO',
  'Directeur commercial',
  'Responsable achats',
  'Marketing manager',
  'Leiterin Vertrieb',
  'VP, Operations',
  'chief of staff',
  'CTO & co-founder',
  'Ingénieur logiciel',
  'Office Manager',
  'HR BUSINESS PARTNER',
]
const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '10-12', '5000+', '', '']
const INDUSTRIES = ['Software', 'Logistics', 'Food Production', 'Civil Engineering', 'Marketing Services', 'Machinery']
const NOTES = [
  'met at trade fair',
  'à rappeler en septembre',
  'asked for a demo, no answer since',
  'Budget ok; wants "everything in one tool"',
  'ne plus appeler avant 10h',
  'left the company?',
  'Angebot geschickt',
]

/** A source of numbers from 0 to 1 that is the same in every run (mulberry32). */
function startDice(seed) {
  let state = fingerprint(seed)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function startList(seed) {
  const roll = startDice(seed)
  const upTo = (count) => Math.floor(roll() * count)
  const pick = (from) => from[upTo(from.length)]
  const chance = (share) => roll() < share
  return { roll, upTo, pick, chance }
}

/** Invents companies with names of two or three syllables that are all different. */
function inventCompanies(list, count) {
  const found = new Map()
  while (found.size < count) {
    const syllables = ['bra', 'cel', 'dor', 'fen', 'gri', 'hal', 'jun', 'kev', 'lum', 'mor', 'nil', 'ost', 'pra', 'qui']
    const ends = [
      'ado',
      'bex',
      'cora',
      'dyn',
      'era',
      'fold',
      'gate',
      'ium',
      'land',
      'mont',
      'nova',
      'ora',
      'tek',
      'via',
    ]
    const word = list.pick(syllables) + (list.chance(0.6) ? list.pick(syllables) : '') + list.pick(ends)
    if (found.has(word)) continue
    const country = list.pick(COUNTRIES)
    const name = word[0].toUpperCase() + word.slice(1)
    const legal = list.chance(0.5) ? ` ${list.pick(LEGAL[country])}` : ''
    found.set(word, { name: name + legal, domain: `${word}.example`, country })
  }
  return [...found.values()]
}

/** Invents people who differ by name and domain, as a vendor would tell them apart. */
function inventPeople(list, companies, count) {
  const found = new Map()
  while (found.size < count) {
    const company = list.pick(companies)
    const origin = list.chance(0.8) ? company.country : list.pick(COUNTRIES)
    const first = list.pick(GIVEN[origin].split(' '))
    const last = list.pick(FAMILY[origin].split(' '))
    const key = `${plain(first)} ${plain(last)} ${company.domain}`
    if (found.has(key)) continue
    found.set(key, { first, last, company, number: fingerprint(key) })
  }
  return [...found.values()]
}

function slugOf({ first, last, number }) {
  return `${plain(first)} ${plain(last)} ${number.toString(16).padStart(8, '0')}`.replaceAll(' ', '-')
}

function memberIdOf({ number }) {
  let id = ''
  for (let i = 0; id.length < 30; i++) id += fingerprint(`${number} ${i}`).toString(36)
  return `ACwAA${id.slice(0, 30)}`
}

function linkedinOf(list, person) {
  const slug = slugOf(person)
  const country = person.company.country.toLowerCase().replace('gb', 'uk').replace('us', 'www')
  return list.pick([
    `https://www.linkedin.com/in/${slug}`,
    `https://www.linkedin.com/in/${slug}/`,
    `http://linkedin.com/in/${slug}`,
    `linkedin.com/in/${slug}`,
    `www.linkedin.com/in/${slug}/`,
    `https://${country}.linkedin.com/in/${slug}?originalSubdomain=${country}`,
    `https://m.linkedin.com/in/${slug}`,
    `https://www.linkedin.com/mwlite/in/${slug}`,
    `https://www.linkedin.com/in/${slug}?utm_source=share&utm_medium=member_desktop`,
    `https://www.linkedin.com/in/${slug.toUpperCase()}/details/experience/`,
    `HTTPS://WWW.LinkedIn.com/in/${slug}/en`,
    `https://www.linkedin.com/sales/lead/${memberIdOf(person)},NAME_SEARCH,x1Yz`,
    `https://www.linkedin.com/sales/people/${memberIdOf(person)},name,a2Bc`,
    `https://www.linkedin.com/in/${memberIdOf(person)}`,
  ])
}

function emailOf({ first, last, company }) {
  return world.person({ first, last, domain: company.domain })?.mailbox?.email ?? ''
}

/** Phones in the ranges that regulators keep for films and books; the other countries have none. */
function phoneOf(list, { company, number }) {
  const four = String(number % 10_000).padStart(4, '0')
  const three = four.slice(1)
  const two = four.slice(2)
  switch (company.country) {
    case 'FR':
      return list.pick([
        `+33 1 99 00 ${four.slice(0, 2)} ${two}`,
        `01 99 00 ${four.slice(0, 2)} ${two}`,
        `01.99.00.${four.slice(0, 2)}.${two}`,
        `019900${four}`,
        `19900${four}`,
        `+33 (0)1 99 00 ${four.slice(0, 2)} ${two}`,
        `0033 1 99 00 ${four}`,
      ])
    case 'DE':
      return list.pick([`+49 30 23125${three}`, `030/23125-${three}`, `(030) 23125 ${three}`, `0049-30-23125${three}`])
    case 'GB':
      return list.pick([`+44 20 7946 0${three}`, `020 7946 0${three}`, `(0)20-7946-0${three}`, `44207946 0${three}`])
    case 'US':
      return list.pick([`(212) 555-01${two}`, `+1 212 555 01${two}`, `212.555.01${two} ext. 12`, `1-212-555-01${two}`])
    case 'SE':
      return list.pick([`+46 70 174 06 ${10 + (number % 90)}`, `070-174 06 ${10 + (number % 90)}`])
    default:
      return ''
  }
}

function siteOf(list, { domain }) {
  const name = domain[0].toUpperCase() + domain.slice(1)
  return list.pick([
    domain,
    `www.${domain}`,
    `https://www.${domain}/`,
    `https://${domain}/about?utm_source=newsletter`,
    `http://${domain}`,
    `HTTP://${name}`,
    `${domain}/`,
  ])
}

function withoutAccents(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

/** The same name as somebody else would have typed it. */
function respell(list, text) {
  return list.pick([
    text.toUpperCase(),
    text.toLowerCase(),
    withoutAccents(text),
    text.normalize('NFD'),
    ` ${text}`,
    `${text}  `,
    text,
  ])
}

const LEAD_COLUMNS = [
  'First name',
  'NOM',
  'Société',
  'Site web',
  'E-Mail',
  'Téléphone',
  'LinkedIn',
  'job title',
  'Pays',
  'Code postal',
  'Company size',
  'Notes',
]

function leadRow(list, person) {
  const { company } = person
  const current = emailOf(person)
  const outdated = `${plain(person.last).replaceAll(' ', '')}@old-${company.domain}`
  return {
    'First name': person.first,
    NOM: list.chance(0.2) ? person.last.toUpperCase() : person.last,
    Société: company.name,
    'Site web': list.chance(0.85) ? siteOf(list, company) : '',
    'E-Mail': list.chance(0.5) ? '' : list.chance(0.2) ? outdated : current,
    Téléphone: list.chance(0.6) ? phoneOf(list, person) : '',
    LinkedIn: list.chance(0.55) ? linkedinOf(list, person) : '',
    'job title': list.chance(0.5) ? list.pick(TITLES) : '',
    Pays: list.chance(0.8) ? list.pick(COUNTRY_NAMES[company.country]) : '',
    'Code postal': list.chance(0.6) ? list.pick(POSTCODES[company.country]) : '',
    'Company size': list.pick(SIZES),
    Notes: list.chance(0.25) ? list.pick(NOTES) : '',
  }
}

// What nobody would make up by a rule. Each is laid over an ordinary row.
const ODD_ROWS = [
  { 'E-Mail': '#N/A' },
  { 'First name': 'Zoé 🚀', NOM: 'Huët' },
  { 'First name': 'ליאור', NOM: 'כהן', Pays: 'Israel' },
  { 'First name': 'ليلى', NOM: 'حداد' },
  { 'First name': '美咲', NOM: '田中', Pays: '日本' },
  { 'First name': '伟', NOM: '王' },
  { 'First name': 'Дмитрий', NOM: 'Соколов' },
  { Notes: `Long call. ${'They compare three offers and will decide after the summer. '.repeat(90).trim()}` },
  { 'First name': '  Camille ', NOM: '\tVidal ', Société: ' Morcora  SAS ' },
  { Notes: 'first line\nsecond line, with a comma\n\n"quoted" end' },
  { Société: '=Studio', 'Site web': 'studio.example' },
  { Société: '@Work', 'Site web': 'atwork.example' },
  { Société: "L'Atelier, Père & Fils", 'Site web': 'atelier.example' },
  { Téléphone: '+33 6 12 34 56 78', Pays: 'France' },
  { Téléphone: '01 99 00 12 34 / 01 99 00 12 35', Pays: 'France' },
  { Téléphone: 'n/a' },
  { 'First name': 'Dr. Anna Maria', NOM: 'van der Berg' },
  { 'First name': 'Jean-Pierre', NOM: 'de La Tour' },
  { 'First name': 'J.', NOM: 'Penrose' },
  { 'First name': 'Whitfield, Oliver', NOM: '' },
  { 'First name': 'Mme Inès GARNIER', NOM: '' },
  { 'First name': 'Marcus', NOM: 'Prescott Jr.' },
  { 'First name': '12/05/2024', NOM: 'Riva' },
  { 'First name': '-', NOM: 'unknown', 'E-Mail': 'info@quiland.example' },
  { 'First name': 'Nora', NOM: 'Langley', 'E-Mail': 'nora_langley@gmail.com', 'Site web': 'gmail.com' },
  { 'First name': 'Bruno', NOM: 'Riva', 'E-Mail': 'bruno_riva_pro@gmail.com', 'Site web': '' },
  { 'First name': 'Lotte', NOM: 'Mulder', 'E-Mail': 'LOTTE_MULDER@Gmail.com' },
  {
    'E-Mail': 'Jörg Krüger <joerg.krueger@example.com>',
    'First name': 'Jörg',
    NOM: 'Krüger',
    'Site web': 'example.com',
    Société: 'Example',
  },
  {
    'E-Mail': 'mailto:alice.penrose@example.org',
    'First name': 'Alice',
    NOM: 'Penrose',
    'Site web': 'example.org',
    Société: 'Example Org',
  },
  { 'E-Mail': 'sofia@example.net; s.ortega@example.net', 'First name': 'Sofía', NOM: 'Ortega', Société: 'Example', 'Site web': 'example.net' },
  { 'E-Mail': 'not an address' },
  { LinkedIn: 'https://www.linkedin.com/company/morcora-example/' },
  { 'First name': 'Kevin', NOM: 'Ramsey', LinkedIn: '/in/kevin-ramsey-0a1b2c3d' },
  { LinkedIn: 'https://www.linkedin.com/pub/elsa-palm-example/1a/2b3/4c5' },
  {
    'First name': 'Renée',
    NOM: 'Noël',
    LinkedIn: 'https://www.linkedin.com/in/ren%C3%A9e-no%C3%ABl-5d6e7f80/',
  },
  { 'First name': 'Olga', NOM: 'Silent', 'Site web': 'example.org', 'E-Mail': '', Société: 'Example Org' },
  { 'First name': 'Rory', NOM: 'Stanhope', 'Site web': 'catchall.example', 'E-Mail': '', Société: 'Catchall' },
  { 'First name': 'Ute', NOM: 'Thiel', 'Site web': 'nomail.example', 'E-Mail': '', Société: 'Nomail' },
  { 'First name': 'Daan', NOM: 'Roos', 'Site web': 'nullmail.example', 'E-Mail': '', Société: 'Nullmail' },
  { 'First name': 'Elena', NOM: 'Peña', 'Site web': 'slow.example', 'E-Mail': '', Société: 'Slow' },
  Object.fromEntries(LEAD_COLUMNS.map((column) => [column, ''])),
]

/** The first rows are ordinary: they are what the demo selects. */
const ORDINARY_START = 24

function makeLeads() {
  const list = startList('leads-250')
  const persons = inventPeople(list, inventCompanies(list, 90), 200)
  const rows = persons.map((person) => leadRow(list, person))
  const step = Math.floor((rows.length - ORDINARY_START) / ODD_ROWS.length)
  ODD_ROWS.forEach((odd, i) => {
    // Another name over the row of an ordinary person: their address and profile would be somebody else's.
    const own = 'NOM' in odd ? { 'E-Mail': '', LinkedIn: '' } : {}
    Object.assign(rows[ORDINARY_START + i * step], own, odd)
  })
  Object.assign(rows[2], { 'Company size': '1-10', 'Code postal': '01234' })
  const isOdd = new Set(ODD_ROWS.map((_, i) => ORDINARY_START + i * step))
  const twice = persons.flatMap((person, i) => (isOdd.has(i) ? [] : [{ person, i }]))
  for (let i = 0; i < 50; i++) {
    const { person } = twice[(i * 3) % twice.length]
    const again = leadRow(list, person)
    again['First name'] = respell(list, person.first)
    again.NOM = respell(list, person.last)
    again.Société = respell(list, person.company.name)
    again['Site web'] ||= siteOf(list, person.company)
    rows.splice(ORDINARY_START + list.upTo(rows.length - ORDINARY_START), 0, again)
  }
  return toCsv(LEAD_COLUMNS, rows)
}

// providers.md section J, the Evaboot-like export.
const NAVIGATOR_COLUMNS = [
  'First Name',
  'Last Name',
  'Email',
  'Summary',
  'Job Title',
  'Job Description',
  'Job Started On',
  'LinkedIn URL',
  'Location',
  'Company LinkedIn ID',
  'Company',
  'Corporate Linkedin URL',
  'Corporate Website',
  'LinkedIn Employees',
  'LinkedIn Company Employee Count',
  'LinkedIn Description',
  'LinkedIn Specialities',
  'LinkedIn Industry',
  'LinkedIn Founded Year',
  'Matching Filters',
  'Open Profile',
  'Premium Member',
  'Member LinkedIn ID',
]

function makeNavigator() {
  const list = startList('sales-navigator')
  const persons = inventPeople(list, inventCompanies(list, 40), 60)
  const rows = persons.map((person) => {
    const { company, number } = person
    const city = list.pick(CITIES[company.country])
    const slug = list.chance(0.6) ? slugOf(person) : memberIdOf(person)
    const companySlug = company.domain.replace('.', '-')
    const industry = list.pick(INDUSTRIES)
    return {
      'First Name': person.first,
      'Last Name': person.last,
      Email: list.chance(0.2) ? emailOf(person) : '',
      Summary: list.chance(0.3) ? `${industry} is my field.\n\nI like lists, clean data and long walks.` : '',
      'Job Title': list.pick(TITLES),
      'Job Description': '',
      'Job Started On': `${list.pick(['Jan', 'May', 'Sep'])} ${2012 + list.upTo(13)}`,
      'LinkedIn URL': `https://www.linkedin.com/in/${slug}`,
      Location: `${city}, ${COUNTRY_NAMES[company.country][0]}`,
      'Company LinkedIn ID': String(900_000_000 + (number % 99_999)),
      Company: company.name,
      'Corporate Linkedin URL': `https://www.linkedin.com/company/${companySlug}`,
      'Corporate Website': list.chance(0.9) ? `http://www.${company.domain}` : '',
      'LinkedIn Employees': list.pick(['1-10', '11-50', '51-200', '201-500']),
      'LinkedIn Company Employee Count': String(2 + list.upTo(480)),
      'LinkedIn Description': `${company.name} works in ${industry.toLowerCase()}.`,
      'LinkedIn Specialities': `${industry.toLowerCase()}, consulting`,
      'LinkedIn Industry': industry,
      'LinkedIn Founded Year': list.chance(0.8) ? String(1975 + list.upTo(48)) : '',
      'Matching Filters': list.chance(0.85) ? 'YES' : 'NO',
      'Open Profile': list.chance(0.2) ? 'YES' : 'NO',
      'Premium Member': list.chance(0.3) ? 'YES' : 'NO',
      'Member LinkedIn ID': String(800_000_000 + (number % 9_999_999)),
    }
  })
  return toCsv(NAVIGATOR_COLUMNS, rows)
}

const CRM_COLUMNS = [
  'Record ID',
  'First Name',
  'Last Name',
  'Email',
  'Company name',
  'Phone Number',
  'Lifecycle Stage',
  'Last Activity Date',
  'Owner',
]

function makeCrm() {
  const list = startList('crm')
  const persons = inventPeople(list, inventCompanies(list, 60), 112)
  const rowOf = (person, i) => ({
    'Record ID': String(10_000_000_001 + i * 37),
    'First Name': person.first,
    'Last Name': person.last,
    Email: list.chance(0.75) ? emailOf(person) || `${plain(person.last)}@old-${person.company.domain}` : '',
    'Company name': list.chance(0.9) ? person.company.name : '',
    'Phone Number': list.chance(0.4) ? phoneOf(list, person) : '',
    'Lifecycle Stage': list.pick(['Lead', 'Subscriber', 'Marketing Qualified Lead', 'Opportunity', 'Customer', '']),
    'Last Activity Date': list.chance(0.7)
      ? `202${4 + list.upTo(2)}-${String(1 + list.upTo(12)).padStart(2, '0')}-${String(1 + list.upTo(28)).padStart(2, '0')} 09:30`
      : '',
    Owner: list.pick(['Sam Rivers', 'Kim Okoye', 'Noor Haddad', '']),
  })
  const twice = persons.slice(0, 8).map((person) => ({ ...person, first: respell(list, person.first) }))
  // Excel's "CSV UTF-8": a byte order mark and CRLF.
  return `\ufeff${toCsv(CRM_COLUMNS, [...persons, ...twice].map(rowOf)).replaceAll('\n', '\r\n')}`
}

const LARGE_COLUMNS = ['first name', 'last name', 'company', 'domain', 'email', 'phone', 'job title']

function makeLarge() {
  const list = startList('leads-10k')
  const persons = inventPeople(list, inventCompanies(list, 900), 6500)
  const rowOf = (person) => ({
    'first name': person.first,
    'last name': person.last,
    company: person.company.name,
    domain: person.company.domain,
    email: list.chance(0.1) ? emailOf(person) : '',
    phone: list.chance(0.06) ? phoneOf(list, person) : '',
    'job title': list.chance(0.12) ? list.pick(TITLES) : '',
  })
  const rows = persons.map(rowOf)
  while (rows.length < 10_000) {
    const person = list.pick(persons)
    const row = rowOf(person)
    row['first name'] = respell(list, person.first)
    row['last name'] = respell(list, person.last)
    if (list.chance(0.3)) row.domain = siteOf(list, person.company)
    rows.splice(list.upTo(rows.length), 0, row)
  }
  return toCsv(LARGE_COLUMNS, rows)
}

function toCsv(columns, rows) {
  const quote = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = rows.map((row) => columns.map((column) => quote(row[column])).join(','))
  return `${[columns.map(quote).join(','), ...lines].join('\n')}\n`
}

const files = {
  'leads-250.csv': makeLeads(),
  'sales-navigator.csv': makeNavigator(),
  'crm.csv': makeCrm(),
  'leads-10k.csv': makeLarge(),
}
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
