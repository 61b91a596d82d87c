import fc from 'fast-check'
import type { Lead } from '../../src/domain/lead'
import { permitted } from '../../src/privacy/permitted'
import { addToFilter, mayHold } from '../../src/privacy/filter'
import { cellsOf, parseSuppression } from '../../src/privacy/parse-suppression'
import { suppressionHasher, suppressionTest } from '../../src/privacy/suppression'

const hashesOf = (text: string, salt = 'salt') => parseSuppression(text, 'GB').entries.map(suppressionHasher(salt))
const testOf = (text: string) => {
  const hashes = new Set(hashesOf(text))
  return suppressionTest({ salts: ['other', 'salt'], has: (hash) => hashes.has(hash) })
}
const isSuppressed = (lead: Lead, list: string) => testOf(list)(lead)

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

  it.each([
    ['a name and a domain', 'Ada Nowak, brightlake.example'],
    ['both names in cells of their own', 'Ada;Nowak;https://www.brightlake.example/team'],
    ['the names the other way round', '"Nowak, Ada"\tBRIGHTLAKE.example'],
    ['an accent', 'Áda Nowak | brightlake.example'],
  ])('takes %s as that person there', (_, line) => {
    expect(parseSuppression(line)).toEqual({
      entries: [{ kind: 'person', value: 'ada nowak at brightlake.example' }],
      unreadable: [],
    })
  })

  it.each<[string, string, readonly string[], readonly string[]]>([
    ['a company with its legal form', 'Brightlake Ltd, brightlake.example', ['brightlake.example'], []],
    [
      'one word, which may be a person or a company',
      'Brightlake, brightlake.example',
      [],
      ['Brightlake, brightlake.example'],
    ],
    ['two domains', 'Ada Nowak, a.example, b.example', [], ['Ada Nowak, a.example, b.example']],
    ['a name beside an address', 'Ada Nowak, ada@a.example', ['ada@a.example'], []],
    ['a domain without its end', 'a.example, bexample', [], ['a.example, bexample']],
    ['a word beside an address', 'ada@a.example, bexample', ['ada@a.example'], ['bexample']],
    ['a phone', '+44 20 7946 0000', ['+442079460000'], []],
    ['a phone of the country', '(020) 7946-0000', ['+442079460000'], []],
    ['a number that is no phone', '12345', [], ['12345']],
  ])('reads %s', (_, line, values, unreadable) => {
    const read = parseSuppression(line, 'GB')
    expect([read.entries.map(({ value }) => value), read.unreadable]).toEqual([values, unreadable])
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
    ['the mobile phone', '020 7946 0000', { mobile_phone: '+442079460000' }, true],
    ['the phone', '+44 20 7946 0000', { phone: '+44 (0)20 7946 0000' }, true],
    ["the company's phone", '+44 20 7946 0000', { company_phone: '+442079460000' }, true],
    [
      'the name at the domain',
      'Ada Nowak, acme.example',
      { first_name: 'ada', last_name: 'NOWAK', domain: 'acme.example' },
      true,
    ],
    [
      'another name at the domain',
      'Ada Nowak, acme.example',
      { first_name: 'Grace', last_name: 'Nowak', domain: 'acme.example', email: 'grace@acme.example' },
      false,
    ],
    ['the domain of a name alone', 'Ada Nowak, acme.example', { domain: 'acme.example' }, false],
    ['another email there', 'ada@acme.example', { email: 'grace@acme.example' }, false],
    ['another domain', 'acme.example', { email: 'ada@notacme.example' }, false],
    [
      'a person at a company page',
      'linkedin.com/company/ada',
      { linkedin_url: 'https://www.linkedin.com/in/ada' },
      false,
    ],
    ['an empty lead', 'acme.example', {}, false],
  ])('by %s', (_, list, lead, suppressed) => expect(isSuppressed(lead, list)).toBe(suppressed))

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
        expect(isSuppressed({ email: spell(second) }, spell(first))).toBe(true)
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
      for (const linkedin_url of profiles) expect([list, isSuppressed({ linkedin_url }, list)]).toEqual([list, true])
    for (const list of domains) expect([list, isSuppressed({ email: 'x@acme.example' }, list)]).toEqual([list, true])
  })

  it('keeps nothing readable, and other hashes in another file', () => {
    const [here] = hashesOf('ada@acme.example')
    const [there] = hashesOf('ada@acme.example', 'other')
    expect(here).toMatch(/^[0-9a-f]{32}$/)
    expect(there).not.toBe(here)
  })
})

describe('cellsOf', () => {
  it('takes cells apart and back together', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Ł', ' ', ',', '"', ';') }).map((text) => text.trim())
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const line = cells.map((one) => `"${one.replace(/"/g, '""')}"`).join(',')
        expect(cellsOf(line)).toEqual(cells)
      }),
    )
  })
})

describe('the filter', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{32}$/)

  it('holds everything that was added, in any order, and fits one property', () => {
    fc.assert(
      fc.property(fc.array(hash), fc.array(hash), (first, second) => {
        const filter = addToFilter(addToFilter('', first), second)
        expect(filter).toBe(addToFilter('', [...second, ...first]))
        expect(filter).toMatch(/^[0-o]{6000}$/)
        for (const one of [...first, ...second]) expect(mayHold(filter, one)).toBe(true)
      }),
    )
  })

  it('rules out nearly everybody else', () => {
    const many = (name: string, count: number) =>
      hashesOf(Array.from({ length: count }, (_, n) => `${name}${n}@a.example`).join('\n'))
    const filter = addToFilter('', many('on', 1_000))
    expect(many('off', 1_000).filter((one) => mayHold(filter, one)).length).toBeLessThan(15)
    expect(many('off', 10).some((one) => mayHold('', one))).toBe(false)
  })
})

describe('permitted', () => {
  it('parts the rows, each in its order, and loses none', () => {
    const rows = [{ email: 'ada@acme.example' }, { email: 'grace@other.example' }, {}, { domain: 'acme.example' }].map(
      (lead, row) => ({ row, lead }),
    )
    expect(permitted(rows, testOf('acme.example'))).toEqual({
      allowed: [rows[1], rows[2]],
      held: [
        { row: rows[0], why: 'suppressed' },
        { row: rows[3], why: 'suppressed' },
      ],
    })
  })
})
