import type { ColumnKind } from '../../src/matching/list'

/** Columns of a contact in the tricky pairs. */
export const CONTACT: readonly ColumnKind[] = [
  'given_name',
  'family_name',
  'email',
  'phone',
  'linkedin',
  'company',
  'domain',
]

/** Columns of a company in the tricky pairs. */
export const COMPANY: readonly ColumnKind[] = ['company', 'domain', 'phone', 'address', 'city']

/** Two rows that look alike or different, and what they are. Cells are parted by `|`, blanks around them do not count. */
export interface TrickyPair {
  readonly about: 'contact' | 'company'
  readonly case: string
  readonly rows: readonly [string, string]
}

const contact = (name: string, first: string, second: string): TrickyPair => ({
  about: 'contact',
  case: name,
  rows: [first, second],
})
const company = (name: string, first: string, second: string): TrickyPair => ({
  about: 'company',
  case: name,
  rows: [first, second],
})

/** Duplicates that do not look it. */
export const DUPLICATES: readonly TrickyPair[] = [
  contact(
    'nickname and legal form',
    'Robert|Smitherson|||in/rsmitherson|Cobalt Ltd|cobalt.example',
    'Bob|Smitherson|||linkedin.com/in/rsmitherson|Cobalt Limited|',
  ),
  contact(
    'free mail with dots and a tag',
    'Ines|Okoro|ines.okoro+crm@gmail.com||||',
    'Inés|Okoro|inesokoro@googlemail.com||||',
  ),
  contact(
    'profile on a country host in capitals',
    'Petra|Lindqvist|||https://se.linkedin.com/in/PETRA-LINDQVIST-1a2b?trk=x|Nordkraft AB|',
    'Petra|Lindqvist|||www.linkedin.com/in/petra-lindqvist-1a2b/|Nordkraft|',
  ),
  contact(
    'married name, same profile',
    'Laura|Brandt|laura.brandt@helio.example||in/laura-brandt-77|Helio|helio.example',
    'Laura|Pfeiffer|laura.pfeiffer@helio.example||in/laura-brandt-77|Helio|helio.example',
  ),
  contact(
    'hyphenated name',
    'Claire|Moreau-Petit|cmoreau@vianova.example|+33 1 99 00 12 34||Vianova|',
    'Claire|Moreau|cmoreau@vianova.example|01 99 00 12 34||Vianova SAS|',
  ),
  contact(
    'job change, one profile',
    'Tomasz|Zielinski|tz@alfa.example||in/tomasz-zielinski-9|Alfa|alfa.example',
    'Tomasz|Zieliński|t.zielinski@beta.example||in/tomasz-zielinski-9|Beta|beta.example',
  ),
  contact(
    'accents lost',
    'Zoë|Brøndsted|zoe@fjordline.example|||Fjordline ApS|',
    'Zoe|Brondsted|zoe@fjordline.example|||Fjordline|',
  ),
  contact(
    'another script',
    'Сергей|Виноградов|s.vinogradov@volna.example|||Volna|',
    'Sergei|Vinogradov|s.vinogradov@volna.example|||Volna|',
  ),
  contact(
    'family name first',
    'Nakagawa|Haruto|haruto@sakuraworks.example|||Sakura Works|',
    'Haruto|Nakagawa|haruto@sakuraworks.example|||Sakura Works K.K.|',
  ),
  contact(
    'swapped columns, typo',
    'Featherstonhaugh|Daisy||+44 20 7946 0991||Larkspur|larkspur.example',
    'Daisy|Featherstonhaug||020 7946 0991||Larkspur Ltd|larkspur.example',
  ),
  contact(
    'one slip in the name, another in its mailbox',
    'Martha|Lindeberg|martha.lindeberg@norvane.example|||Norvane|norvane.example',
    'Martha|Lindebreg|martha.lindbeerg@norvane.example|||Norvane|norvane.example',
  ),
  contact(
    'a dot in the mailbox',
    'Gordon|Ashwick|gordon.ashwick@norvane.example|||Norvane|norvane.example',
    'Gordon|Ashwick|gordonashwick@norvane.example|||Norvane|norvane.example',
  ),
  contact(
    'initial',
    'J.|Abernathy|jabernathy@quillon.example|||Quillon|quillon.example',
    'Judith|Abernathy|jabernathy@quillon.example|||Quillon Inc|',
  ),
  contact(
    'typing errors in several cells',
    'Micheal|Wolstenhome|mw@tarnside.example|01632 960 321||Tarnsied|',
    'Michael|Wolstenholme|mw@tarnside.example|+44 1632 960321||Tarnside|',
  ),
  contact(
    'extension and (0)',
    'Greta|Hallberg||+46 (0)8 555 123 45 ext. 12||Skogsbo|',
    'Greta|Hallberg||08-555 123 45||Skogsbo AB|',
  ),
  contact(
    'subdomain address',
    'Yusuf|Demirkan|yusuf.demirkan@mail.orbita.example|||Orbita|',
    'Yusuf|Demirkan|y.demirkan@orbita.example|||Orbita|orbita.example',
  ),
  contact(
    'abbreviated company',
    'Nadia|Petrossian|nadia@gfs.example|||Grenfell Financial Services|',
    'Nadia|Petrossian|nadia@gfs.example|||Grenfell Fin Svcs|',
  ),
  contact(
    'degrees and titles',
    'Dr. Henrik|Vestergaard, PhD|hv@medix.example|||Medix|',
    'Henrik|Vestergaard|hv@medix.example|||Medix A/S|',
  ),
  contact(
    'invisible characters',
    'Am\u200Ber|Castellano|amber@ \u200Bpico.example|||Pico|',
    'Amber|Castellano|amber@pico.example|||Pico|',
  ),
  contact(
    'two patterns of addresses',
    'Oluwaseun|Adebayo|oadebayo@zenithal.example|||Zenithal|zenithal.example',
    'Oluwaseun|Adebayo|oluwaseun.adebayo@zenithal.example|||Zenithal|zenithal.example',
  ),
  contact(
    'work and private mail, one mobile',
    'Francesca|Bellandi|f.bellandi@tirrena.example|+39 333 555 1234||Tirrena|',
    'Francesca|Bellandi|francy.b@gmail.com|333 555 1234|||',
  ),
  contact(
    'company by its domain alone',
    'Ludmila|Horakova|l.horakova@veltrusy.example|||Veltrusy|',
    'Ludmila|Horakova|||||https://www.veltrusy.example/team',
  ),
  contact(
    'old pub profile',
    'Anders|Kjeldsen|||linkedin.com/pub/anders-kjeldsen/a7/576/b50|Brisk|',
    'Anders|Kjeldsen|||linkedin.com/in/anders-kjeldsen-b50576a7|Brisk ApS|',
  ),
  contact(
    'umlaut spelt out',
    'Jürgen|Köhlmeier|koehlmeier@steinwerk.example|||Steinwerk GmbH|',
    'Juergen|Koehlmeier|koehlmeier@steinwerk.example|||Steinwerk|',
  ),
  contact(
    'mailto and angle brackets',
    'Priya|Ramanathan|<mailto:priya@lotusgrid.example>|||Lotusgrid|',
    'Priya|Ramanathan|PRIYA@LOTUSGRID.EXAMPLE|||Lotusgrid Pvt Ltd|',
  ),
  contact(
    'nickname from another language',
    'Aleksandr|Morozov|morozov@tundra.example|||Tundra|',
    'Sasha|Morozov|morozov@tundra.example|||Tundra|',
  ),
  company(
    'legal form and case',
    'ACME ROBOTICS GMBH|acmerobotics.example|||Berlin',
    'Acme Robotics|www.acmerobotics.example|||Berlin',
  ),
  company(
    'acronym, same site',
    'Grenfell Marine Supply|gms.example|+44 1632 960001||Hull',
    'GMS|gms.example|01632 960001||Hull',
  ),
  company(
    'street written out',
    'Bluebell Nursery||555 0142 77|12 North Mill Street|Leeds',
    'Blue Bell Nursery||555014277|12 N Mill St|Leeds',
  ),
  company(
    'The, & and abbreviations',
    'The Hartley & Sons Mfg Co|hartley.example||| ',
    'Hartley and Sons Manufacturing|hartley.example|||',
  ),
  company('number written out', 'Studio Seven|studio7.example|||Porto', 'Studio 7|studio7.example|||Porto'),
  company(
    'slip in the name',
    'Westerfeld Logistics|westerfield.example|030 555 0199||',
    'Westerfield Logistics|westerfield.example|+49 30 5550199||',
  ),
]

/** Rows that look alike and are not the same. */
export const DIFFERENT: readonly TrickyPair[] = [
  contact(
    'one switchboard',
    'Alice|Thornbury|alice@mercato.example|+44 20 7946 0100||Mercato|mercato.example',
    'Alan|Whitlock|alan@mercato.example|+44 20 7946 0100||Mercato|mercato.example',
  ),
  contact(
    'one info mailbox',
    'Hugo|Steiner|info@kranich.example|||Kranich|',
    'Beate|Lorenz|info@kranich.example|||Kranich|',
  ),
  contact(
    'parent and child',
    'Walter|Dunmore Sr.||+1 206 555 0143||Dunmore Farms|',
    'Walter|Dunmore Jr.||+1 206 555 0143||Dunmore Farms|',
  ),
  contact(
    'only one is Jr',
    'Rupert|Oakhanger|rupert@oakhanger.example|||Oakhanger Farms|oakhanger.example',
    'Rupert|Oakhanger Jr|rupertjr@oakhanger.example|||Oakhanger Farms|oakhanger.example',
  ),
  contact(
    'a common name at another company',
    'John|Smith|john.smith@alder.example|||Alder|',
    'John|Smith|john.smith@birch.example|||Birch|',
  ),
  contact(
    'namesakes with numbered mailboxes',
    'Edmund|Thackley|ethackley@corvane.example|||Corvane Ltd|corvane.example',
    'Edmund|Thackley|ethackley2@corvane.example|||Corvane Ltd|corvane.example',
  ),
  contact(
    'surnames alike, and the mailboxes made of them',
    'Celine|Halgrove|celineh@corvane.example|||Corvane Ltd|corvane.example',
    'Celine|Wolgrove|celinew@corvane.example|||Corvane Ltd|corvane.example',
  ),
  contact('couple', 'Karin|Eklund||+46 8 555 0177|||', 'Lars|Eklund||+46 8 555 0177|||'),
  contact(
    'siblings in one firm',
    'Marco|Ferrante|m.ferrante@ferrante.example|||Ferrante|ferrante.example',
    'Maria|Ferrante|ma.ferrante@ferrante.example|||Ferrante|ferrante.example',
  ),
  contact(
    'one mailbox name, two domains',
    'Chris|Amsel|office.manager@amsel.example|||Amsel|',
    'Dana|Kolb|office.manager@kolb.example|||Kolb|',
  ),
  contact(
    'slug is the start of another',
    'Ana|Silva|||in/ana-silva|Porto Tech|',
    'Ana|Silva|||in/ana-silva-2|Lisboa Foods|',
  ),
  contact(
    'a job mailbox passed on',
    'Erik|Nyberg|cfo@granit.example|||Granit|',
    'Sanna|Wester|cfo@granit.example|||Granit|',
  ),
  contact(
    'namesakes in one large firm',
    'David|Brown|david.brown@colossus.example||in/david-brown-ab1|Colossus|colossus.example',
    'David|Brown|david.brown2@colossus.example||in/davebrown77|Colossus|colossus.example',
  ),
  contact(
    'Daniel and Daniela',
    'Daniel|Costa|daniel.costa@mareas.example|||Mareas|mareas.example',
    'Daniela|Costa|daniela.costa@mareas.example|||Mareas|mareas.example',
  ),
  contact('placeholders', 'Ivy|Hartmann|n/a|0000000000||Lumen|', 'Noel|Gradwell|n/a|0000000000||Opal|'),
  contact(
    'assistant on the mailbox of the manager',
    'Sofia|Marchetti|g.conti@conti.example|||Conti|',
    'Giulio|Conti|g.conti@conti.example|||Conti|',
  ),
  contact(
    'a company page as profile',
    'Rita|Almeida|||linkedin.com/company/solaris|Solaris|',
    'Paulo|Teixeira|||linkedin.com/company/solaris|Solaris|',
  ),
  contact(
    'neighbouring direct lines',
    'Emma|Fitzroy|emma.fitzroy@tallis.example|+44 20 7946 0201||Tallis|',
    'Emily|Frobisher|emily.frobisher@tallis.example|+44 20 7946 0202||Tallis|',
  ),
  contact(
    'colleagues of one surname',
    'Nina|Hoffmann|nina.hoffmann@krone.example|||Krone|krone.example',
    'Lukas|Hoffmann|lukas.hoffmann@krone.example|||Krone|krone.example',
  ),
  contact(
    'nameless and named at one company',
    '|||+49 30 5550100||Spreewerk|spreewerk.example',
    'Jens|Ritter||||Spreewerk|spreewerk.example',
  ),
  contact(
    'a person and the mailbox of the firm on one number',
    'Jens|Ritter|j.ritter@kiefernwerk.example|+49 30 5550177||Kiefernwerk|kiefernwerk.example',
    '||sales@kiefernwerk.example|+49 30 5550177||Kiefernwerk GmbH|www.kiefernwerk.example',
  ),
  contact(
    'two nameless rows of one company',
    '||sales@tinder-box.example|||Tinderbox|tinder-box.example',
    '||support@tinder-box.example|||Tinderbox|tinder-box.example',
  ),
  contact(
    'one first name, one company',
    'Olga|Ivanova|olga@polus.example|||Polus|polus.example',
    'Olga|Petrenko|olga.p@polus.example|||Polus|polus.example',
  ),
  contact(
    'one surname and initial',
    'Thomas|Keller|t.keller@adler.example|||Adler|adler.example',
    'Tobias|Keller|to.keller@adler.example|||Adler|adler.example',
  ),
  contact('names alike, other firms', 'Jan|Novak|jan@prvni.example|||Prvni|', 'Jana|Novak|jana@druha.example|||Druha|'),
  contact(
    'twins by letters',
    'Christina|Berger|c.berger@isar.example|+49 89 5550101||Isar|isar.example',
    'Christine|Berger|ch.berger@isar.example|+49 89 5550177||Isar|isar.example',
  ),
  contact('free mail, names alike', 'Mark|Evans|markevans1@gmail.com||||', 'Mary|Evans|maryevans1@gmail.com||||'),
  company(
    'one other word',
    'Northern Rail Services|northernrail.example|||York',
    'Northern Road Services|northernroad.example|||York',
  ),
  company(
    'funds of one house',
    'Calder Growth Fund III|calder.example|||London',
    'Calder Growth Fund IV|calder.example|||London',
  ),
  company(
    'parent and subsidiary',
    'Veritas Holding|veritas.example|||Zug',
    'Veritas Insurance Services|veritas-insurance.example|||Basel',
  ),
  company(
    'branches of a franchise',
    'Pronto Pizza||0161 496 0111|1 High Street|Bolton',
    'Pronto Pizza||0161 496 0222|80 Market Place|Bury',
  ),
  company(
    'two tenants of one house',
    'Larch Accountants|larch.example||10 Harbour Road|Cork',
    'Pilot Dental Care|pilotdental.example||10 Harbour Road|Cork',
  ),
  company(
    'generic names',
    'City Consulting|cityconsulting.example|||Oslo',
    'Citi Catering|citicatering.example|||Oslo',
  ),
  company('founders alike', 'A. Becker Holding||||Bonn', 'M. Becker Holding||||Bonn'),
  company(
    'one brand in two countries',
    'Globex Iberia SL|globex.es|||Madrid',
    'Globex Polska Sp. z o.o.|globex.pl|||Lodz',
  ),
]
