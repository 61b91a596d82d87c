import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Field } from '../../src/domain/field'
import { FIELD_NAMES, fieldInfo } from '../../src/domain/field'
import type { CellRead } from '../../src/sheet/grid'
import { headerField } from '../../src/sheet/header-words'
import { findHeaderRow, guessMapping, mappingOf } from '../../src/sheet/mapping'

const guess = (headers: readonly string[], samples: readonly (readonly string[])[] = []) =>
  guessMapping(headers, samples).map(({ field }) => field)

describe('headers', () => {
  it('knows every field by its label and by its name', () => {
    for (const field of FIELD_NAMES) {
      expect([field, headerField(fieldInfo(field).label)?.field]).toEqual([field, field])
      expect([field, headerField(field)?.field]).toEqual([field, field])
    }
    expect(guess(FIELD_NAMES.map((field) => fieldInfo(field).label))).toEqual(FIELD_NAMES)
  })

  it.each<[Field, readonly string[]]>([
    [
      'email',
      [
        'E-Mail',
        'e mail address',
        'Adresse e-mail',
        'Courriel',
        'E-Mail-Adresse',
        'Correo electrónico',
        'Endereço de e-mail',
        'E-mailadres',
        'Indirizzo e-mail',
        'Contact Email',
        'Work Email 1',
        'Email (required)',
        'EMAIL_ADDRESS',
        'emailAddress',
        'Person - Email - Work',
      ],
    ],
    [
      'first_name',
      [
        'Prénom',
        'Vorname',
        'Nombre de pila',
        'Primeiro nome',
        'Voornaam',
        'First_Name',
        'givenName',
        'Contact first name',
      ],
    ],
    ['last_name', ['Nom de famille', 'Nachname', 'Apellidos', 'Sobrenome', 'Achternaam', 'Cognome', 'Surname']],
    [
      'full_name',
      [
        'Name',
        'Full Name',
        'Nom complet',
        'Vollständiger Name',
        'Nombre completo',
        'Nome completo',
        'Volledige naam',
        'Ansprechpartner',
        'Person - Name',
      ],
    ],
    [
      'company_name',
      [
        'Company',
        'Société',
        'Entreprise',
        'Firma',
        'Unternehmen',
        'Empresa',
        'Bedrijf',
        'Azienda',
        'Account Name',
        'Company / Account',
        'Organization - Name',
        'companyName',
      ],
    ],
    [
      'phone',
      [
        'Téléphone',
        'Telefonnummer',
        'Teléfono',
        'Telefone',
        'Telefoon',
        'Telefono',
        'Tel.',
        'Work Direct Phone',
        'Person - Phone',
      ],
    ],
    [
      'mobile_phone',
      [
        'Mobile',
        'Handy',
        'Téléphone portable',
        'Móvil',
        'Telemóvel',
        'Mobiel',
        'Cellulare',
        'Mobile Phone Number',
        'Phone (mobile)',
      ],
    ],
    [
      'job_title',
      [
        'Job Title',
        'Title',
        'Poste',
        'Fonction',
        'Position',
        'Berufsbezeichnung',
        'Puesto',
        'Cargo',
        'Functie',
        'Ruolo',
      ],
    ],
    [
      'website',
      ['Website', 'Site web', 'Webseite', 'Sitio web', 'Página web', 'Corporate Website', 'Sito web', 'Website URL'],
    ],
    ['domain', ['Domain', 'Company Domain Name', 'Nom de domaine', 'Dominio', 'Domein']],
    ['linkedin_url', ['LinkedIn', 'LinkedIn URL', 'Person Linkedin Url', 'linkedInProfileUrl', 'Perfil de LinkedIn']],
    [
      'company_linkedin_url',
      ['Company LinkedIn', 'Company Linkedin Url', 'Corporate Linkedin URL', 'LinkedIn entreprise'],
    ],
    ['country', ['Country', 'Pays', 'Land', 'País', 'Paese', 'Country/Region']],
    ['city', ['Ville', 'Stadt', 'Ciudad', 'Cidade', 'Stad', 'Città', 'Mailing City']],
    [
      'employees',
      [
        '# Employees',
        'Number of Employees',
        'Mitarbeiterzahl',
        'Effectifs',
        'Número de empleados',
        'Aantal medewerkers',
      ],
    ],
    ['company_size', ['Company size', 'Unternehmensgröße', 'Taille de l’entreprise', 'LinkedIn Employees']],
  ])('%s in seven languages and the spellings of tools', (field, headers) => {
    expect(headers.map((header) => [header, headerField(header)?.field])).toEqual(
      headers.map((header) => [header, field]),
    )
  })

  it.each([
    '',
    'Notes',
    'Owner',
    'Lead Status',
    'Lead Source',
    'Record ID',
    'Company LinkedIn ID',
    'Member LinkedIn ID',
    'pastExperienceCompanyName',
    'titleDescription',
    'Contact',
    'x'.repeat(500),
  ])('%j is not taken for an address, number or company', (header) =>
    expect(['full_name', undefined]).toContain(headerField(header)?.field),
  )
})

describe('guessMapping', () => {
  it.each<[string, readonly string[], readonly (Field | null)[]]>([
    ['German', ['Vorname', 'Name', 'Firma'], ['first_name', 'last_name', 'company_name']],
    ['French', ['Nom', 'Prénom', 'Société'], ['last_name', 'first_name', 'company_name']],
    ['Spanish', ['Nombre', 'Apellidos', 'Empresa'], ['first_name', 'last_name', 'company_name']],
    ['Italian', ['Nome', 'Cognome'], ['first_name', 'last_name']],
    ['a list of companies', ['Name', 'Website', 'Industry', 'City'], ['company_name', 'website', 'industry', 'city']],
    ['a list of people', ['Name', 'Email', 'Website'], ['full_name', 'email', 'website']],
    ['two emails', ['Email', 'E-mail 2'], ['email', null]],
    ['private and work emails', ['Personal email', 'Work email'], ['personal_email', 'email']],
    [
      'company columns apart',
      ['Company', 'Company LinkedIn', 'Company domain', 'Company phone'],
      ['company_name', 'company_linkedin_url', 'domain', 'company_phone'],
    ],
  ])('%s', (_, headers, fields) => expect(guess(headers)).toEqual(fields))

  const mail = ['ada@acme.example', 'grace@acme.example', 'n/a', 'joan@acme.example']
  const people = ['https://www.linkedin.com/in/ada-nowak', 'linkedin.com/in/grace', '', 'https://linkedin.com/in/joan/']
  const companies = ['https://www.linkedin.com/company/acme', 'linkedin.com/company/other', '', '']
  const sites = ['https://acme.example', 'https://www.other.example/', '', '']
  const domains = ['acme.example', 'other.example', 'third.example', '']
  const phones = ['+44 20 7946 0958', '(020) 7946-0958', '+49 30 901820', '']
  const names = ['Ada Nowak', 'Grace de Vries', 'Joan O’Neill', '']
  const titles = ['Head of Sales', 'Sales Manager', 'Chief Technology Officer', 'CEO']

  it.each([
    'Account Owner',
    'AccountOwnerEmail',
    'Contact owner (email)',
    'Lead Owner E-mail',
    'Owner',
    'Created By',
    'Last Modified By Email',
    'Assigned to',
    'Kundenbetreuer',
    'Erstellt von',
    'Propriétaire du contact',
    'Creado por',
    'Eigenaar',
  ])('the colleague of "%s" is not taken for the lead', (header) => {
    const rows = mail.map((email) => ['Ada', 'Nowak', email])
    expect(guess(['First name', 'Last name', header], rows)[2]).toBeNull()
  })

  it('what a merge kept of other rows is not taken for the lead', () => {
    const rows = mail.map((email) => ['Ada', 'not yet', email])
    expect(guess(['First name', 'Email', 'Other emails'], rows)[2]).toBeNull()
  })

  it.each(['Owner email', 'Manager email', 'Mailbox'])('"%s" may be the lead', (header) => {
    const rows = mail.map((email) => ['Ada', 'Nowak', email])
    expect(guess(['First name', 'Last name', header], rows)[2]).toBe('email')
  })

  it.each<[string, string, readonly string[], Field | null, string]>([
    ['a name full of emails', 'Name', mail, 'email', 'values'],
    ['emails without a header', '', mail, 'email', 'values'],
    ['emails under an unknown header', 'Ort der Begegnung', mail, 'email', 'values'],
    ['LinkedIn of people', 'LinkedIn', people, 'linkedin_url', 'header'],
    ['LinkedIn of companies', 'LinkedIn', companies, 'company_linkedin_url', 'values'],
    ['company LinkedIn with people', 'Company LinkedIn', people, 'linkedin_url', 'values'],
    ['a website that is a LinkedIn page', 'Website', companies, 'company_linkedin_url', 'values'],
    ['websites', '', sites, 'website', 'values'],
    ['a company full of domains', 'Company', domains, 'domain', 'values'],
    ['domains under website', 'Website', domains, 'website', 'header'],
    ['phones', 'Nummer', phones, 'phone', 'values'],
    ['names without a header', '', names, 'full_name', 'values'],
    ['titles without a header', '', titles, null, 'none'],
    ['an email column full of names', 'Email', names, null, 'none'],
    ['a phone column full of ticks', 'Phone', ['TRUE', 'FALSE', 'TRUE', ''], null, 'none'],
    ['notes', 'Notes', titles, null, 'none'],
    ['an empty column', 'Email', ['', '', '', ''], 'email', 'header'],
    ['Norway', 'Country', ['NO', 'NO', '', 'SE'], 'country', 'header'],
    ['placeholders only', 'E-Mail', ['n/a', '', '-', 'unknown'], 'email', 'header'],
    ['errors of formulas', 'Phone', ['#N/A', '#REF!', '#NAME?', ''], 'phone', 'header'],
    [
      'placeholders in other languages',
      'LinkedIn',
      ['k. A.', 'non renseigné', 'n.v.t.', '???'],
      'linkedin_url',
      'header',
    ],
    ['names among placeholders', 'Email', ['TBD', 'n/a', 'Ada Nowak', 'n/a'], null, 'none'],
    ['remarks that look like nothing', 'Email', ['to be asked', 'see notes', '', ''], 'email', 'header'],
    ['record numbers', 'Record ID', ['10000000001', '10000000038', '10000000075', ''], null, 'none'],
  ])('%s', (_, header, values, field, how) => {
    expect(
      guessMapping(
        [header],
        values.map((value) => [value]),
      ),
    ).toEqual([{ column: 0, header, field, how }])
  })

  it('gives a field to the column with the better evidence', () => {
    expect(
      guess(
        ['Email', 'Mail'],
        mail.map((value) => ['', value]),
      ),
    ).toEqual([null, 'email'])
    expect(
      guess(
        ['Mail', 'Email'],
        mail.map((value) => [value, value]),
      ),
    ).toEqual([null, 'email'])
    expect(
      guess(
        ['', 'Email'],
        mail.map((value) => [value, '']),
      ),
    ).toEqual([null, 'email'])
    expect(
      guess(
        ['Email', 'Ort'],
        mail.map((value) => ['see notes', value]),
      ),
    ).toEqual([null, 'email'])
  })

  it.each<[string, { readonly [header: string]: Field | null }]>([
    [
      'crm.csv',
      {
        'First Name': 'first_name',
        'Last Name': 'last_name',
        Email: 'email',
        'Company name': 'company_name',
        'Phone Number': 'phone',
        'Record ID': null,
        Owner: null,
        'Last Activity Date': null,
      },
    ],
    [
      'leads-250.csv',
      {
        'First name': 'first_name',
        NOM: 'last_name',
        Société: 'company_name',
        'Site web': 'website',
        'E-Mail': 'email',
        Téléphone: 'phone',
        LinkedIn: 'linkedin_url',
        'job title': 'job_title',
        Pays: 'country',
        'Code postal': null,
        'Company size': 'company_size',
        Notes: null,
      },
    ],
    [
      'sales-navigator.csv',
      {
        'First Name': 'first_name',
        'Job Title': 'job_title',
        'LinkedIn URL': 'linkedin_url',
        Company: 'company_name',
        'Corporate Linkedin URL': 'company_linkedin_url',
        'Corporate Website': 'website',
        'LinkedIn Employees': 'company_size',
        'LinkedIn Company Employee Count': 'employees',
        'Member LinkedIn ID': null,
        'Company LinkedIn ID': null,
        Location: null,
      },
    ],
  ])('%s of the samples', (file, expected) => {
    const [headers, ...rows] = readCsv(`workbench/samples/${file}`)
    const columns = guessMapping(headers!, rows.slice(0, 100))
    const got = Object.fromEntries(
      Object.keys(expected).map((header) => [header, columns[headers!.indexOf(header)]?.field]),
    )
    expect(got).toEqual(expected)
  })

  it('reads an export of PhantomBuster', () => {
    const row = {
      profileUrl: 'https://www.linkedin.com/sales/lead/ACwAA1e3,NAME_SEARCH,x1Yz',
      fullName: 'Ada Nowak',
      firstName: 'Ada',
      lastName: 'Nowak',
      companyName: 'Acme',
      title: 'Head of Sales',
      companyId: '1234567',
      companyUrl: 'https://www.linkedin.com/sales/company/1234567',
      regularCompanyUrl: 'https://www.linkedin.com/company/1234567',
      name: 'Ada Nowak',
      vmid: 'ACwAA1e3',
      linkedInProfileUrl: 'https://www.linkedin.com/in/ACwAA1e3',
      query: 'https://www.linkedin.com/sales/search/people?query=x',
      timestamp: '2026-03-25T10:00:00.000Z',
    }
    const mapping = mappingOf(guessMapping(Object.keys(row), [Object.values(row), Object.values(row)]))
    const byHeader = Object.fromEntries(
      Object.entries(mapping).map(([field, column]) => [field, Object.keys(row)[column]]),
    )
    expect(byHeader).toEqual({
      full_name: 'fullName',
      first_name: 'firstName',
      last_name: 'lastName',
      company_name: 'companyName',
      job_title: 'title',
      company_linkedin_url: 'regularCompanyUrl',
      linkedin_url: 'linkedInProfileUrl',
    })
  })

  it('never throws, covers every column, and gives a field away once', () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Email', 'Name', 'a@b.example', '', '1')),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 4 }), (headers, samples) => {
        const columns = guessMapping(headers, samples)
        expect(columns).toHaveLength(Math.max(headers.length, ...samples.map((row) => row.length)))
        const fields = columns.flatMap(({ field }) => field ?? [])
        expect(new Set(fields).size).toBe(fields.length)
        for (const { field, how } of columns) expect(field === null).toBe(how === 'none')
      }),
    )
  })
})

describe('findHeaderRow', () => {
  const cell = (text: string): CellRead => ({
    text,
    kind: text === '' ? 'empty' : /^\d+$/.test(text) ? 'number' : 'text',
    formula: false,
  })
  const grid = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.map(cell))

  it.each<[string, number | undefined, readonly (readonly string[])[]]>([
    [
      'the first row',
      0,
      [
        ['Name', 'Email'],
        ['Ada Nowak', 'ada@acme.example'],
      ],
    ],
    [
      'below an empty row',
      1,
      [
        ['', ''],
        ['Name', 'Email'],
        ['Ada Nowak', 'ada@acme.example'],
      ],
    ],
    [
      'below a title',
      2,
      [
        ['Leads of spring', ''],
        ['', ''],
        ['Name', 'Email'],
      ],
    ],
    ['one column', 0, [['E-mail'], ['ada@acme.example']]],
    [
      'headers among many unknown ones',
      0,
      [
        ['Owner', 'Stage', 'Email', 'Notes'],
        ['Sam', 'Lead', 'a@b.example', ''],
      ],
    ],
    [
      'headers in a language we do not know',
      0,
      [
        ['Nimi', 'Sähköposti'],
        ['Ada', 'ada@acme.example'],
      ],
    ],
    [
      'no headers',
      undefined,
      [
        ['Ada Nowak', 'ada@acme.example', 'Acme'],
        ['Grace', 'grace@acme.example', 'Acme'],
      ],
    ],
    [
      'data before repeated headers',
      undefined,
      [
        ['Ada', 'ada@acme.example', 'Acme'],
        ['Name', 'Email', 'Company'],
      ],
    ],
    ['only names', undefined, [['Ada Nowak'], ['Grace Hopper']]],
    ['an empty sheet', undefined, []],
    ['empty rows only', undefined, [['', ''], ['']]],
  ])('%s', (_, row, rows) => expect(findHeaderRow(grid(...rows))).toBe(row))
})

function readCsv(file: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows[rows.length - 1]!.push(quoted?.replace(/""/g, '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}
