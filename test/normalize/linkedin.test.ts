import fc from 'fast-check'
import { linkedInHandle, normalizeLinkedInCompany, normalizeLinkedInPerson } from '../../src/normalize/linkedin'

const ADA = 'https://www.linkedin.com/in/ada-nowak'
const URN = 'ACwAAAFictionalAbc_-123'

test.each([
  ['https://www.linkedin.com/in/ada-nowak', ADA],
  ['https://www.linkedin.com/in/ada-nowak/', ADA],
  ['http://linkedin.com/in/Ada-Nowak', ADA],
  ['linkedin.com/in/ada-nowak', ADA],
  ['www.linkedin.com/in/ada-nowak?trk=people-guest&originalSubdomain=fr', ADA],
  ['https://fr.linkedin.com/in/ada-nowak/de', ADA],
  ['https://www.linkedin.com/in/ada-nowak/details/experience/', ADA],
  ['https://m.linkedin.com/in/ada-nowak', ADA],
  ['https://www.linkedin.com/mwlite/in/ada-nowak', ADA],
  ['https://www.linkedin.com/in/ada-nowak#about', ADA],
  ['in/ada-nowak', ADA],
  ['/in/ada-nowak/', ADA],
  ['<https://www.linkedin.com/in/ada-nowak>', ADA],
  ['https://www.linkedin.com/in/zo%C3%AB-nowak', 'https://www.linkedin.com/in/zo%C3%AB-nowak'],
  ['https://www.linkedin.com/in/zoë-nowak', 'https://www.linkedin.com/in/zo%C3%AB-nowak'],
  ['https://www.linkedin.com/in/zo%c3%ab-nowak', 'https://www.linkedin.com/in/zo%C3%AB-nowak'],
  ['https://sy.linkedin.com/pub/ada-nowak/a7/576/b50?trk=x', 'https://www.linkedin.com/in/ada-nowak-b50576a7'],
  ['https://www.linkedin.com/pub/ada-nowak', ADA],
  [`https://www.linkedin.com/in/${URN}`, `https://www.linkedin.com/in/${URN}`],
  [`https://www.linkedin.com/sales/lead/${URN},NAME_SEARCH,abcd`, `https://www.linkedin.com/in/${URN}`],
  [`https://www.linkedin.com/sales/people/${URN},NAME_SEARCH`, `https://www.linkedin.com/in/${URN}`],
  [`https://www.linkedin.com/profile/view?id=${URN}&trk=x`, `https://www.linkedin.com/in/${URN}`],
  ['https://www.linkedin.com/company/example', undefined],
  ['https://www.linkedin.com/pub/dir/Ada/Nowak', undefined],
  ['https://www.linkedin.com/in/', undefined],
  ['https://www.linkedin.com/in/me', undefined],
  ['https://www.linkedin.com/feed/', undefined],
  ['https://www.linkedin.com/in/%E0%A4%A', undefined],
  ['https://notlinkedin.com/in/ada', undefined],
  ['https://linkedin.com.example.org/in/ada', undefined],
  ['https://example.org/?u=linkedin.com/in/ada', undefined],
  ['ada-nowak', undefined],
  ['', undefined],
])('the person %s is %s', (text, url) => {
  expect(normalizeLinkedInPerson(text)).toBe(url)
})

test.each([
  ['https://www.linkedin.com/company/example', 'https://www.linkedin.com/company/example'],
  ['https://de.linkedin.com/company/Example/about/?viewAsMember=true', 'https://www.linkedin.com/company/example'],
  ['linkedin.com/company/1234', 'https://www.linkedin.com/company/1234'],
  ['company/example', 'https://www.linkedin.com/company/example'],
  ['https://www.linkedin.com/company-beta/1234/', 'https://www.linkedin.com/company/1234'],
  ['https://www.linkedin.com/sales/company/1234', 'https://www.linkedin.com/company/1234'],
  ['https://www.linkedin.com/school/example-university/', 'https://www.linkedin.com/school/example-university'],
  ['https://www.linkedin.com/showcase/example-labs', 'https://www.linkedin.com/showcase/example-labs'],
  ['https://www.linkedin.com/in/ada-nowak', undefined],
  ['https://www.linkedin.com/company/', undefined],
  ['https://www.linkedin.com/jobs/view/1', undefined],
  ['Example', undefined],
])('the company %s is %s', (text, url) => {
  expect(normalizeLinkedInCompany(text)).toBe(url)
})

test.each([
  ['https://fr.linkedin.com/in/Ada-Nowak/', 'ada-nowak'],
  ['linkedin.com/in/zo%C3%AB', 'zoë'],
  ['https://www.linkedin.com/company/example', 'example'],
  ['https://example.com', undefined],
])('the handle of %s is %s', (text, handle) => {
  expect(linkedInHandle(text)).toBe(handle)
})

test('says the same about its own answer', () => {
  const slug = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[a-zA-Z0-9-]{1,20}$/))
  const prefix = fc.constantFrom(
    'in/',
    'https://www.linkedin.com/in/',
    'linkedin.com/company/',
    'https://x.linkedin.com/school/',
  )
  fc.assert(
    fc.property(prefix, slug, (start, text) => {
      const person = normalizeLinkedInPerson(start + text)
      const company = normalizeLinkedInCompany(start + text)
      expect(person && normalizeLinkedInPerson(person)).toBe(person)
      expect(company && normalizeLinkedInCompany(company)).toBe(company)
    }),
    { numRuns: 500 },
  )
})
