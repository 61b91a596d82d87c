import fc from 'fast-check'
import type { Lead } from '../../src/domain/lead'
import { permitted } from '../../src/privacy/permitted'
import { isSuppressed, parseSuppression, suppressionHash } from '../../src/privacy/suppression'

const SALT = 'salt'
const listOf = (text: string, salt = SALT) => ({
  salt,
  hashes: new Set(parseSuppression(text).entries.map((entry) => suppressionHash(entry, salt))),
})

describe('parseSuppression', () => {
  it('reads emails, domains and LinkedIn URLs, one a line or separated by commas', () => {
    const text =
      'Ada@Acme.example, other.example;\nhttps://www.linkedin.com/in/Grace/\n\n@third.example\thttps://www.fourth.example/about'
    expect(parseSuppression(text)).toEqual({
      entries: [
        { kind: 'email', value: 'ada@acme.example' },
        { kind: 'domain', value: 'other.example' },
        { kind: 'linkedin', value: 'https://www.linkedin.com/in/grace' },
        { kind: 'domain', value: 'third.example' },
        { kind: 'domain', value: 'fourth.example' },
      ],
      unreadable: [],
    })
  })

  it('keeps one of two spellings', () => {
    expect(parseSuppression('ada@acme.example\nADA+news@acme.example').entries).toHaveLength(1)
  })

  it('reads a line of several addresses and names the lines that it cannot read', () => {
    expect(parseSuppression('ada@acme.example grace@acme.example\nAda Nowak\nlinkedin.com/feed\n???')).toEqual({
      entries: [
        { kind: 'email', value: 'ada@acme.example' },
        { kind: 'email', value: 'grace@acme.example' },
      ],
      unreadable: ['Ada Nowak', 'linkedin.com/feed', '???'],
    })
  })

  it('never turns a LinkedIn address into a whole domain, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseSuppression(`https://www.linkedin.com/${text.replace(/[\s,;]/g, '')}`).entries).not.toContainEqual(
          expect.objectContaining({ kind: 'domain', value: 'linkedin.com' }),
        )
        parseSuppression(text)
      }),
    )
  })
})

describe('isSuppressed', () => {
  it.each<[string, string, Lead, boolean]>([
    ['the email', 'ada@acme.example', { email: 'ada@acme.example' }, true],
    ['the personal email', 'ada@acme.example', { personal_email: 'ada@acme.example' }, true],
    ['an email with a tag', 'ada@acme.example', { email: 'ada+news@acme.example' }, true],
    ['a free-mail address with dots', 'ada.nowak@gmail.com', { email: 'a.d.a.nowak@googlemail.com' }, true],
    ["the email's domain", 'acme.example', { email: 'ada@acme.example' }, true],
    ["the email's subdomain", 'acme.example', { email: 'ada@mail.acme.example' }, true],
    ['the domain', 'acme.example', { domain: 'acme.example' }, true],
    ['the website', 'acme.example', { website: 'https://www.acme.example/about' }, true],
    ['the LinkedIn profile', 'linkedin.com/in/ada', { linkedin_url: 'https://www.linkedin.com/in/ada' }, true],
    [
      'the company page',
      'linkedin.com/company/acme',
      { company_linkedin_url: 'https://www.linkedin.com/company/acme' },
      true,
    ],
    ['another email there', 'ada@acme.example', { email: 'grace@acme.example' }, false],
    ['another domain', 'acme.example', { email: 'ada@notacme.example' }, false],
    [
      'a person at a company page',
      'linkedin.com/company/ada',
      { linkedin_url: 'https://www.linkedin.com/in/ada' },
      false,
    ],
    ['an empty lead', 'acme.example', {}, false],
  ])('by %s', (_, list, lead, suppressed) => expect(isSuppressed(lead, listOf(list))).toBe(suppressed))

  it('holds whoever is on the list in any spelling', () => {
    const local = fc.stringMatching(/^[a-z]{2,8}$/)
    const spelling = fc.record({
      upper: fc.boolean(),
      tag: fc.constantFrom('', '+x', '+news'),
      shape: fc.constantFrom('%', ' % ', '<%>', 'mailto:%'),
    })
    fc.assert(
      fc.property(local, spelling, spelling, (name, first, second) => {
        const spell = ({ upper, tag, shape }: typeof first) => {
          const email = `${name}${tag}@acme.example`
          return shape.replace('%', upper ? email.toUpperCase() : email)
        }
        expect(isSuppressed({ email: spell(second) }, listOf(spell(first)))).toBe(true)
      }),
    )
  })

  it('holds every spelling of a profile and of a domain', () => {
    const profiles = [
      'linkedin.com/in/Ada-N',
      'https://de.linkedin.com/in/ada-n/',
      'http://www.linkedin.com/in/ada-n?trk=x',
    ]
    const domains = ['acme.example', 'https://acme.example/', 'WWW.ACME.EXAMPLE', '*@acme.example', '*.acme.example']
    for (const list of profiles)
      for (const linkedin_url of profiles)
        expect([list, isSuppressed({ linkedin_url }, listOf(list))]).toEqual([list, true])
    for (const list of domains)
      expect([list, isSuppressed({ email: 'x@acme.example' }, listOf(list))]).toEqual([list, true])
  })

  it('keeps nothing readable, and other hashes in another file', () => {
    const [here] = listOf('ada@acme.example').hashes
    const [there] = listOf('ada@acme.example', 'other').hashes
    expect(here).toMatch(/^[0-9a-f]{32}$/)
    expect(there).not.toBe(here)
  })
})

describe('permitted', () => {
  it('parts the rows, each in its order, and loses none', () => {
    const rows = [{ email: 'ada@acme.example' }, { email: 'grace@other.example' }, {}, { domain: 'acme.example' }].map(
      (lead, row) => ({ row, lead }),
    )
    expect(permitted(rows, listOf('acme.example'))).toEqual({
      allowed: [rows[1], rows[2]],
      held: [
        { row: rows[0], why: 'suppressed' },
        { row: rows[3], why: 'suppressed' },
      ],
    })
  })
})
