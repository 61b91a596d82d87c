import fc from 'fast-check'
import type { Keys, RemoteOperation } from '../../src/domain/provider'
import { homePage } from '../../src/providers/home_page'
import { decodeHtml, scanPage } from '../../src/providers/html'

test.each([
  ['quotes of all kinds', `<a href="1"><a href='2'><a href=3><a HREF = "4" >`, ['1', '2', '3', '4']],
  ['a > inside quotes', '<a title="a > b" href="1">', ['1']],
  ['attributes without values', '<a hidden href=1 download>', ['1']],
  ['the first of two', '<a href=1 href=2>', ['1']],
  ['no blank between', `<a href="1"title="x"><a class='y'href='2'>`, ['1', '2']],
  ['self-closed', '<br/><a href="1"/>', ['1']],
  ['an end tag', '</a href=1>', []],
  ['inside a comment', '<!-- <a href=1> --><a href=2>', ['2']],
  ['inside a script', '<script>"<a href=1>"</script><a href=2>', ['2']],
  ['inside a title', '<title><a href=1></TITLE><a href=2>', ['2']],
  ['a lone <', 'a < b <a href=1>', ['1']],
  ['stray characters', '<a / = x href=1 ><a href=2>', ['1', '2']],
  ['a comment without an end', '<a href=1><!-- <a href=2>', ['1']],
  ['a script without an end', '<a href=1><script><a href=2>', ['1']],
  ['a quote without an end', '<a href=1><a title="x <a href=2>', ['1']],
])('links: %s', (_name, html, links) => {
  expect(scanPage(html).links).toEqual(links)
})

test.each([
  ['a &amp; b', 'a & b'],
  ['&#39;&#x27;&apos;', "'''"],
  ['&eacute;&Uuml;&ccedil;&szlig;', 'éÜçß'],
  ['&amp;lt;', '&lt;'],
  ['&unknown; &#0; &#xD800; &#9999999; &', '&unknown; &#0; &#xD800; &#9999999; &'],
  [' a\n\tb&nbsp; c ', 'a b c'],
])('%j is %j', (text, read) => {
  expect(decodeHtml(text)).toBe(read)
})

const [operation] = homePage.operations as readonly [RemoteOperation<'domain'>]
const keys: Keys<'domain'> = [{ domain: 'example.com' }]

const MOST = 400_000
const fill = (text: string) => text.repeat(Math.ceil(MOST / text.length))

const HOSTILE = [
  '<',
  '<a',
  '<a ',
  '<a href=',
  '<a href="',
  '<a href="x',
  '<!--',
  '<script>',
  '<script></script',
  '<title></title>',
  '<a href="mailto:<<<<<<',
  `<a href="mailto:${'<'.repeat(480)}">`,
  `<a href="mailto:${'a.'.repeat(240)}@example.com">`,
  `<a href="tel:${'1 ('.repeat(160)}">`,
  `<a href="https://www.facebook.com/${'pages/'.repeat(70)}">`,
  `<a href="https://www.linkedin.com/company/${'%41'.repeat(150)}">`,
  '<a href="https://x.com/example">',
  '<meta name=a content=',
  '=',
  '&',
  '&amp;',
  ' ',
  '\n<a\n',
  '"',
  '{"@type":"Organization",',
].map((text) => ({ name: text.slice(0, 30), text }))

// Going through the text once takes a tenth of a second; going back at each step would take minutes.
test.each(HOSTILE)('a page full of $name is read in one go', ({ text }) => {
  const pages = [fill(text), `<script type="application/ld+json">${fill(text)}`]
  const name = { '@type': 'Organization', name: fill(text), email: fill(text), telephone: fill(text), url: fill(text) }
  pages.push(`<script type="application/ld+json">${JSON.stringify(name).replace(/</g, '\\u003c')}</script>`)
  for (const page of pages) {
    const begun = performance.now()
    operation.read(page, keys)
    expect(performance.now() - begun).toBeLessThan(5_000)
  }
})

test('data that is nested without end, and far too much of it', () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const graph = JSON.stringify({
    '@graph': Array.from({ length: 9_000 }, (_, at) => ({ '@type': 'Organization', at })),
  })
  for (const data of [nested, graph])
    expect(operation.read(`<script type="application/ld+json">${data}</script>`, keys)).toEqual([{ kind: 'not_found' }])
})

test('what comes after the first 400,000 characters is not read', () => {
  const meta = '<meta property="og:site_name" content="Example">'
  expect(operation.read(' '.repeat(MOST - meta.length) + meta, keys)[0]?.kind).toBe('found')
  expect(operation.read(' '.repeat(MOST) + meta, keys)).toEqual([{ kind: 'not_found' }])
})

test('any text is read', () => {
  const parts = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    '!',
    '-',
    ' ',
    'a',
    'href',
    'script',
    '<!--',
    '&amp;',
    'é',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (some) => {
      expect(scanPage(some.join('')).links.length).toBeLessThanOrEqual(some.length)
    }),
  )
})
