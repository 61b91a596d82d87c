import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { asciiHost, encodePunycode, hostIn } from '../../src/normalize/host'

// The sample strings of RFC 3492 section 7.1.
test.each([
  ['ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
  ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['Pročprostěnemluvíčesky', 'Proprostnemluvesky-uyb24dma41a'],
  ['なぜみんな日本語を話してくれないのか', 'n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa'],
  ['3年B組金八先生', '3B-ww4c5e180e575a65lsy2b'],
  ['MajiでKoiする5秒前', 'MajiKoi5-783gue6qz075azm5e'],
  ['パフィーdeルンバ', 'de-jg4avhby1noc0d'],
  ['そのスピードで', 'd9juau41awczczp'],
  ['-> $1.00 <-', '-> $1.00 <--'],
])('the punycode of %s', (label, punycode) => {
  expect(encodePunycode(label)).toBe(punycode)
})

test('encodes as the platform does', () => {
  const letters = fc.constantFrom(...'abcxyz0189éüñøåżščğıαβγδжщыяקשת中文字日本語한국어हिन्दी')
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 15 }), (chars) => {
      const host = `a${chars.join('')}a.example`
      const platform = domainToASCII(host)
      fc.pre(platform !== '' && !/\p{Mn}/u.test(host))
      expect(asciiHost(host)).toBe(platform)
    }),
  )
})

test.each([
  ['example.com', 'example.com'],
  ['HTTPS://User:Secret@WWW.Example.com:8443/path?q=a@b#c', 'www.example.com'],
  ['Ada <ada@Example.com>', 'example.com'],
  ['//example.com/x', 'example.com'],
  ['example.com.', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['192.0.2.1', undefined],
  ['http://192.0.2.1/', undefined],
  ['http://[2001:db8::1]/', undefined],
  ['localhost', undefined],
  ['Example Inc', undefined],
  ['exa_mple.com', undefined],
  ['', undefined],
])('the host in %s is %s', (text, host) => {
  expect(hostIn(text)).toBe(host)
})
