import fc from 'fast-check'
import { parse } from 'tldts'
import { companyDomain, normalizeDomain, normalizeUrl } from '../../src/normalize/domain'

test.each([
  ['example.com', 'example.com'],
  ['WWW.Example.com', 'example.com'],
  ['https://blog.example.co.uk/a?b#c', 'example.co.uk'],
  ['http://example.com:8080', 'example.com'],
  ['ada@mail.example.org', 'example.org'],
  ['acme.github.io', 'acme.github.io'],
  ['https://www.acme.github.io/x', 'acme.github.io'],
  ['wordpress.com', 'wordpress.com'],
  ['www.wordpress.com', 'wordpress.com'],
  ['www.ck', 'www.ck'],
  ['a.b.c.kobe.jp', 'b.c.kobe.jp'],
  ['bücher.de', 'xn--bcher-kva.de'],
  ['shishi.公司.cn', 'shishi.xn--55qx5d.cn'],
  ['acme.example', 'acme.example'],
  ['acme.test', 'acme.test'],
  ['gmail.com', 'gmail.com'],
  ['co.uk', undefined],
  ['com', undefined],
  ['report.pdf', undefined],
  ['server.local', undefined],
  ['192.0.2.1', undefined],
  ['Example Inc.', undefined],
  ['', undefined],
])('the domain of %s is %s', (text, domain) => {
  expect(normalizeDomain(text)).toBe(domain)
})

test.each('com net org edu gov de eu info biz dev app nl ch dk'.split(' '))(
  'two labels under .%s are a domain, as the list of suffixes says',
  (top) => {
    const seconds = 'ac co com edu gob gouv gov id info mil net nom or org tm uk www x blogspot github'.split(' ')
    for (const second of seconds) expect(parse(`${second}.${top}`).domain).toBe(normalizeDomain(`${second}.${top}`))
  },
)

test.each([
  ['ada@example.com', 'example.com'],
  ['ada@gmail.com', undefined],
  ['ada@yahoo.co.uk', undefined],
  ['ada@mailinator.com', undefined],
  ['https://www.linkedin.com/company/example', undefined],
  ['https://facebook.com/example', undefined],
  ['https://youtu.be/x', undefined],
])('the company domain of %s is %s', (text, domain) => {
  expect(companyDomain(text)).toBe(domain)
})

describe('normalizeUrl', () => {
  test.each([
    ['example.com', 'https://example.com'],
    ['http://Example.COM/', 'https://example.com'],
    ['https://example.com/Path/', 'https://example.com/Path/'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['https://example.com:8443/a', 'https://example.com:8443/a'],
    ['https://example.com/a?b=1&utm_source=x&gclid=y&c=2#top', 'https://example.com/a?b=1&c=2'],
    ['https://example.com/?utm_source=x', 'https://example.com'],
    ['https://example.com?a=1', 'https://example.com/?a=1'],
    ['//example.com/a', 'https://example.com/a'],
    ['https://bücher.example/straße', 'https://xn--bcher-kva.example/stra%C3%9Fe'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['https://example.com/a%20b', 'https://example.com/a%20b'],
    ['javascript:alert(1)', undefined],
    ['ftp://example.com', undefined],
    ['mailto:ada@example.com', undefined],
    ['https://user:secret@example.com/', undefined],
    ['ada@example.com', undefined],
    ['http://192.0.2.1/', undefined],
    ['http://localhost/', undefined],
    ['not a url', undefined],
    ['', undefined],
  ])('%s is %s', (text, url) => {
    expect(normalizeUrl(text)).toBe(url)
  })

  test('says the same about its own answer and never holds a blank', () => {
    const text = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((tail) => `https://example.com/${tail}`),
    )
    fc.assert(
      fc.property(text, (value) => {
        const url = normalizeUrl(value)
        fc.pre(url !== undefined)
        expect(normalizeUrl(url)).toBe(url)
        expect(url).toMatch(/^https:\/\/[a-z0-9.-]+(:\d+)?([/][\x21-\x7e]*)?$/)
      }),
    )
  })
})

test('domains are idempotent', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.string({ unit: 'grapheme' })), (text) => {
      const domain = normalizeDomain(text)
      expect(domain && normalizeDomain(domain)).toBe(domain)
    }),
  )
})
