import fc from 'fast-check'
import type { ColumnKind } from '../../src/matching/list'
import { comparePair } from '../../src/matching/pair'
import { COMPANY, CONTACT } from './tricky-pairs'

const people = (a: readonly string[], b: readonly string[]) => comparePair({ about: 'contact', kinds: CONTACT }, a, b)
const names = (a: string, b: string) => comparePair({ about: 'contact', kinds: ['full_name'] }, [a], [b])
const firms = (a: string, b: string) => comparePair({ about: 'company', kinds: ['company'] }, [a], [b])

describe('comparePair', () => {
  it('says why in words', () => {
    const { probability, why } = people(
      ['Robert', 'Smitherson', '', '+44 20 7946 0100', 'in/rsmitherson', 'Cobalt Ltd', ''],
      ['Bob', 'Smitherson', '', '+44 20 7946 0999', 'in/rsmitherson', 'Cobalt', ''],
    )
    expect(probability).toBeGreaterThan(0.99)
    expect(why).toBe('same LinkedIn profile, same company, same surname, Bob is a nickname of Robert; phone differs')
  })

  it('does not take the number of a firm for that of a person', () => {
    const person = ['Jens', 'Ritter', 'j.ritter@kiefernwerk.example', '+49 30 5550177', '', 'Kiefernwerk', '']
    const firm = ['', '', 'sales@kiefernwerk.example', '+49 30 5550177', '', 'Kiefernwerk GmbH', 'kiefernwerk.example']
    expect(people(person, firm).probability).toBeLessThan(0.5)
    const himself = ['Jens', 'R.', ...firm.slice(2)]
    expect(people(person, himself).probability).toBeGreaterThan(0.5)
  })

  const TOLD_APART = 'one company, mailboxes told apart by a number or Jr'
  it.each([
    ['a number', 'Robert Penhale rpenhale', 'Robert Penhale rpenhale2', TOLD_APART],
    ['two numbers', 'Robert Penhale rpenhale1', 'Robert Penhale rpenhale2', TOLD_APART],
    ['Jr', 'Robert Penhale rpenhale', 'Robert Penhale rpenhale.jr', TOLD_APART],
    ['a number and Jr', 'John Kelmore john2', 'John Kelmore john2jr', TOLD_APART],
    ['what their surnames differ in', 'James Dunford jdunford', 'James Dunwood jdunwood', 'email differs'],
    ['the first letters of their surnames', 'Zoe Halwell zoeh', 'Zoe Wolwell zoew', 'email differs'],
    ['what their first names differ in', 'Jon Penhale jon.penhale', 'Jonn Penhale jonn.penhale', 'email differs'],
    ['another slip than the names', 'Ada Hopperdale ada.hopperdale', 'Ada Hoperdale ada.hopprdale', 'emails alike'],
    ['a dot', 'Ada Hopperdale ada.hopperdale', 'Ada Hopperdale adahopperdale', 'emails alike'],
  ])('mailboxes of one company that differ in %s', (_, a, b, expected) => {
    const row = (text: string) => {
      const [given = '', family = '', local = ''] = text.split(' ')
      return [given, family, `${local}@brenmoor.example`, '', '', 'Brenmoor Ltd', 'brenmoor.example']
    }
    expect(people(row(a), row(b)).why.split(/[,;] /)).toEqual(expect.arrayContaining(expected.split(', ')))
  })

  it('takes numbers in free mail for nothing', () => {
    const row = (local: string) => ['Ada', 'Nowak', `${local}@gmail.com`, '', '', '', '']
    expect(people(row('ada.nowak1'), row('ada.nowak2')).why).toBe('same surname, same first name; email differs')
  })

  it.each([
    ['Daniel', 'Daniela', false],
    ['Martine', 'Martin', false],
    ['Alexander', 'Alexandra', false],
    ['Giulia', 'Giulio', false],
    ['Adrien', 'Adrienne', false],
    ['Olga', 'Olgaa', true],
    ['Daniel', 'Daniell', true],
  ])('%s and %s may be one name written twice: %s', (a, b, isSame) => {
    const row = (given: string) => [given, 'Costabile', '', '+44 20 7946 0303', '', 'Mareas', '']
    expect(people(row(a), row(b)).why.includes('first names alike')).toBe(isSame)
  })

  it.each([
    ['Ada Nowak', 'Nowak, Ada', true],
    ['Dr. Ada Nowak, PhD', 'ada nowak', true],
    ['AdaNowak', 'Ada Nowak', true],
    ['Ada M. Nowak', 'Ada Maria Nowak', true],
    ['Nowak Ada Maria', 'Ada Maria Nowak', true],
    ['Friedrich Hallstein', 'Fridrich Hallstein', true],
    ['Ольга Иванова', 'Olga Ivanova', true],
    ['Ada M. Nowak', 'Ada K. Nowak', false],
    ['Ada Nowak', 'Grace Nowak', false],
    ['Ada Nowak', 'Ada Hopper', false],
    ['Walter Dunmore Jr', 'Walter Dunmore Sr', false],
    ['Robert Hill', 'William Hill', false],
  ])('names %s and %s: %s', (a, b, isSame) => {
    expect(names(a, b).probability >= 0.5).toBe(isSame)
  })

  it.each([
    ['Acme Robotics GmbH', 'ACME Robotics', true],
    ['H&M Nowak', 'H and M Nowak AB', true],
    ['Grenfell Fin Svcs', 'Grenfell Financial Services Ltd', true],
    ['Calder Growth Fund III', 'Calder Growth Fund IV', false],
    ['AB Investments', 'Van Herpen Investments', false],
    ['Northern Rail Services', 'Northern Road Services', false],
  ])('companies %s and %s: %s', (a, b, isSame) => {
    expect(firms(a, b).probability >= 0.5).toBe(isSame)
  })

  const cell = fc.constantFrom(
    '',
    'Ada',
    'Nowak',
    'Hopper',
    'ada@acme.example',
    'a@b.example',
    '+1 212 5550100',
    'in/ada',
    'Acme',
  )
  const row = (kinds: readonly ColumnKind[]) => fc.array(cell, { minLength: kinds.length, maxLength: kinds.length })

  it.each([
    ['contact', CONTACT],
    ['company', COMPANY],
  ] as const)('is the same either way round for a %s', (about, kinds) => {
    fc.assert(
      fc.property(row(kinds), row(kinds), (a, b) => {
        const [one, other] = [comparePair({ about, kinds }, a, b), comparePair({ about, kinds }, b, a)]
        expect(one.probability).toBe(other.probability)
      }),
      { numRuns: 60 },
    )
  })

  it('forbids what no agreement may override', () => {
    const row = (family: string) => ['Walter', family, 'w@dunmore.example', '+1 206 5550143', 'in/wd', 'Dunmore', '']
    expect(people(row('Dunmore Sr'), row('Dunmore Jr')).probability).toBeLessThan(0.01)
  })

  it('has nothing to say about empty rows', () => {
    expect(people(['', ''], ['', ''])).toEqual({ probability: 0.01, why: 'nothing to compare' })
  })
})
