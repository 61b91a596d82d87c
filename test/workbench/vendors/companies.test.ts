import fc from 'fast-check'
import parsePhoneNumber from 'libphonenumber-js/max'
import { companyOf, domainOfCompanyHandle } from '../../../workbench/vendors/companies'
import { createWorld, mobileOf, standingOf, switchboardOf } from '../../../workbench/vendors/people'

const world = createWorld('world')
const label = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/)

test('a page on LinkedIn leads back to the company', () => {
  fc.assert(
    fc.property(label, fc.constantFrom('example', 'test'), (name, ending) => {
      const domain = world.domain(`${name}.${ending}`)!
      expect(domainOfCompanyHandle(world, companyOf(domain).linkedinHandle)).toEqual(domain)
    }),
  )
  expect(domainOfCompanyHandle(world, 'example-com')?.name).toBe('example.com')
  expect(domainOfCompanyHandle(world, 'shop-example-com')?.name).toBe('shop.example.com')
})

test('companies have a city of their country and a plausible size', () => {
  fc.assert(
    fc.property(label, (name) => {
      const company = companyOf(world.domain(`${name}.example`)!)
      expect(company.city.name.length).toBeGreaterThan(0)
      expect(company.employees).toBeGreaterThanOrEqual(2)
      expect(company.employees).toBeLessThan(20_000)
    }),
  )
})

test('phones are valid and in the ranges that nobody can answer; every position has a standing', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(label, label, (first, name) => {
      const person = world.person({ first, last: 'nowak', domain: `${name}.example` })!
      for (const number of [mobileOf(person), switchboardOf(person.domain)]) {
        if (number === null) continue
        expect(number).toMatch(/^(\+3319900|\+493023125|\+4917139200|\+442079460|\+1\d{3}55501|\+4670174)/)
        expect(parsePhoneNumber(number)?.isValid()).toBe(true)
      }
      const mobile = mobileOf(person)
      if (mobile) kinds.add(parsePhoneNumber(mobile)?.getType() ?? 'none')
      expect(standingOf(person) === null).toBe(person.position === null)
    }),
    { numRuns: 500 },
  )
  expect([...kinds].every((kind) => /MOBILE/.test(kind))).toBe(true)
})
