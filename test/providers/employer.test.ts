import { isAskedEmployer, nameWord } from '../../src/providers/employer'

test.each([
  ['the domain asked for', { domain: 'example.com' }, { domain: 'www.example.com', names: [] }, true],
  ['another domain', { domain: 'example.com' }, { domain: 'sample.example', names: [] }, false],
  ['no domain to compare', { domain: 'example.com' }, { domain: null, names: ['Example'] }, false],
  ['the domain of the address', { email: 'ada@example.com' }, { domain: 'https://example.com', names: [] }, true],
  ['another than that of the address', { email: 'ada@example.com' }, { domain: 'sample.example', names: [] }, false],
  ['a private address names no company', { email: 'ada@gmail.com' }, { domain: 'example.com', names: [] }, true],
  ['the name in another spelling', { company_name: 'Example Ltd' }, { names: [null, 'EXAMPLE'] }, true],
  ['another name', { company_name: 'Example' }, { names: ['Sample'] }, false],
  ['a profile names no company', { linkedin_url: 'https://www.linkedin.com/in/adanowak' }, { names: ['Sample'] }, true],
])('%s', (_name, asked, employer, expected) => {
  expect(isAskedEmployer(asked, employer)).toBe(expected)
})

test('a name without letters is nobody’s', () => {
  expect(nameWord('!', ['?'])).toBe('other_name')
})
