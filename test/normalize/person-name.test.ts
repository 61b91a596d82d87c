import fc from 'fast-check'
import {
  normalizeFamilyName,
  normalizeGivenName,
  normalizePersonName,
  splitPersonName,
} from '../../src/normalize/person-name'

describe('splitPersonName', () => {
  test.each([
    ['Ada Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['  ada   nowak ', 'Ada', 'Nowak', 'Ada Nowak'],
    ['ADA NOWAK', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Nowak, Ada', 'Ada', 'Nowak', 'Ada Nowak'],
    ['NOWAK, ADA', 'Ada', 'Nowak', 'Ada Nowak'],
    ['van den Berg, Jan', 'Jan', 'van den Berg', 'Jan van den Berg'],
    ['Nowak, Ada, PhD', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak, PhD, MBA', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak PhD', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak, CFA', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak, M.D.', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak MD', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Dr. Ada Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Prof. Dr. Ada Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Prof. Dr.-Ing. Ada Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Mme Ada Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Herr Jan Weber', 'Jan', 'Weber', 'Jan Weber'],
    ['Sr. Juan Pérez', 'Juan', 'Pérez', 'Juan Pérez'],
    ['Ing. Jan Weber', 'Jan', 'Weber', 'Jan Weber'],
    ['Don Draper', 'Don', 'Draper', 'Don Draper'],
    ['Md Rahman', 'Md', 'Rahman', 'Md Rahman'],
    ['Yo-Yo Ma', 'Yo-Yo', 'Ma', 'Yo-Yo Ma'],
    ['John Smith Jr.', 'John', 'Smith', 'John Smith Jr.'],
    ['John Smith, Jr.', 'John', 'Smith', 'John Smith Jr.'],
    ['John Smith III', 'John', 'Smith', 'John Smith III'],
    ['JOHN SMITH III', 'John', 'Smith', 'John Smith III'],
    ['John F. Smith', 'John', 'Smith', 'John F. Smith'],
    ['J. Robert Smith', 'J. Robert', 'Smith', 'J. Robert Smith'],
    ['J.R.R. Smith', 'J.R.R.', 'Smith', 'J.R.R. Smith'],
    ['John Michael Smith', 'John', 'Smith', 'John Michael Smith'],
    ['Mary Ann Smith', 'Mary Ann', 'Smith', 'Mary Ann Smith'],
    ['Jean-Luc Picard', 'Jean-Luc', 'Picard', 'Jean-Luc Picard'],
    ['jean-luc picard', 'Jean-Luc', 'Picard', 'Jean-Luc Picard'],
    ['Anna Smith-Jones', 'Anna', 'Smith-Jones', 'Anna Smith-Jones'],
    ['Jan van den Berg', 'Jan', 'van den Berg', 'Jan van den Berg'],
    ['JAN VAN DEN BERG', 'Jan', 'van den Berg', 'Jan van den Berg'],
    ['jan van den berg', 'Jan', 'van den Berg', 'Jan van den Berg'],
    ['Ludwig von Berg', 'Ludwig', 'von Berg', 'Ludwig von Berg'],
    ['Maria de la Cruz', 'Maria', 'de la Cruz', 'Maria de la Cruz'],
    ['Paulo dos Santos', 'Paulo', 'dos Santos', 'Paulo dos Santos'],
    ['Omar bin Said', 'Omar', 'bin Said', 'Omar bin Said'],
    ['Amal Al-Rashid', 'Amal', 'Al-Rashid', 'Amal Al-Rashid'],
    ['Amal El Amrani', 'Amal', 'El Amrani', 'Amal El Amrani'],
    ['Van Morris', 'Van', 'Morris', 'Van Morris'],
    ["CONAN O'BRIEN", 'Conan', "O'Brien", "Conan O'Brien"],
    ["conan o'brien", 'Conan', "O'Brien", "Conan O'Brien"],
    ['RONALD MCDONALD', 'Ronald', 'McDonald', 'Ronald McDonald'],
    ['Ronald McDonald', 'Ronald', 'McDonald', 'Ronald McDonald'],
    ['Jean DUPONT', 'Jean', 'Dupont', 'Jean Dupont'],
    ['DUPONT Jean', 'Jean', 'Dupont', 'Jean Dupont'],
    ['Anne-Marie DE LA TOUR', 'Anne-Marie', 'de la Tour', 'Anne-Marie de la Tour'],
    ['AJ Smith', 'AJ', 'Smith', 'AJ Smith'],
    ['Gabriel García Márquez', 'Gabriel', 'García Márquez', 'Gabriel García Márquez'],
    ['María José García López', 'María José', 'García López', 'María José García López'],
    ['João Pedro Silva Oliveira', 'João Pedro', 'Silva Oliveira', 'João Pedro Silva Oliveira'],
    ['Juan Carlos Hernández Pérez', 'Juan Carlos', 'Hernández Pérez', 'Juan Carlos Hernández Pérez'],
    ['Ana Beatriz Silva', 'Ana Beatriz', 'Silva', 'Ana Beatriz Silva'],
    ['José Ortega y Gasset', 'José', 'Ortega y Gasset', 'José Ortega y Gasset'],
    ['Ada Nowak (she/her)', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak she/her/hers', 'Ada', 'Nowak', 'Ada Nowak'],
    ['🚀 Ada Nowak 👩🏽‍💻', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada "Ace" Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada (Ace) Nowak', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak | CTO at Example', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak - CTO', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada Nowak 2nd', 'Ada', 'Nowak', 'Ada Nowak'],
    ['Ada', 'Ada', undefined, 'Ada'],
    ['ada', 'Ada', undefined, 'Ada'],
    ['Zoë Ångström', 'Zoë', 'Ångström', 'Zoë Ångström'],
    ['Łukasz Wójcik', 'Łukasz', 'Wójcik', 'Łukasz Wójcik'],
    ['Мария Петрова', 'Мария', 'Петрова', 'Мария Петрова'],
    ['محمد علي', 'محمد', 'علي', 'محمد علي'],
    ['דוד כהן', 'דוד', 'כהן', 'דוד כהן'],
    ['王小明', '小明', '王', '王小明'],
    ['欧阳小明', '小明', '欧阳', '欧阳小明'],
    ['山田太郎', '太郎', '山田', '山田太郎'],
    ['田中さくら', 'さくら', '田中', '田中さくら'],
    ['山田 太郎', '太郎', '山田', '山田 太郎'],
    ['マイケル・スミス', 'マイケル', 'スミス', 'マイケル・スミス'],
    ['김민수', '민수', '김', '김민수'],
    ['남궁민수', '민수', '남궁', '남궁민수'],
  ])('%s', (text, given, family, full) => {
    expect(splitPersonName(text)).toEqual({ ...(given && { given }), ...(family && { family }), full })
  })

  test.each(['', '  ', '42', '🚀', 'ada@example.com', 'https://example.com/ada', '-', '()'])(
    'is no name: %p',
    (text) => {
      expect(splitPersonName(text)).toBeUndefined()
    },
  )
})

const word = fc.constantFrom(
  ...'Ada NOWAK nowak van der Berg de la Cruz Dr. Prof PhD, MBA Jr. III Sr. Don Ma MD O’Brien McDonald Smith-Jones J. J.R. García'.split(
    ' ',
  ),
  'Ó',
  '王小明',
  '(she/her)',
  '|',
  '-',
  ',',
  'Silva',
  'y',
  'e',
  'i',
  '🚀',
  '2nd',
  'Straße',
  'ǅ',
  'İ',
  '"Ace"',
)
const names = fc.oneof(
  fc.array(word, { maxLength: 7 }).map((list) => list.join(' ')),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
)

describe('idempotence', () => {
  test.each([
    ['normalizePersonName', normalizePersonName],
    ['normalizeGivenName', normalizeGivenName],
    ['normalizeFamilyName', normalizeFamilyName],
  ])('%s says the same about its own answer', (_, normalize) => {
    fc.assert(
      fc.property(names, (text) => {
        const once = normalize(text)
        expect(once && normalize(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })
})

test.each([
  ['Dr. Ada', 'Ada'],
  ['ADA', 'Ada'],
  ['ada maria', 'Ada Maria'],
  ['JP', 'JP'],
  ['🚀', undefined],
])('the given name %s is %s', (text, name) => {
  expect(normalizeGivenName(text)).toBe(name)
})

test.each([
  ['NOWAK', 'Nowak'],
  ['van den Berg', 'van den Berg'],
  ['Nowak, PhD', 'Nowak'],
  ['Ma', 'Ma'],
  ["o'brien", "O'Brien"],
  ['ada@example.com', undefined],
])('the family name %s is %s', (text, name) => {
  expect(normalizeFamilyName(text)).toBe(name)
})
