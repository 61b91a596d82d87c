import fc from 'fast-check'
import { emailDomain, emailLocal, emailMatchKey, normalizeEmail } from '../../src/normalize/email'
import { isDisposableDomain, isFreeMailDomain, isRoleMailbox } from '../../src/normalize/free-mail'

describe('normalizeEmail', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Nowak@Example.COM ', 'ada.nowak@example.com'],
    ['mailto:ada@example.com', 'ada@example.com'],
    ['mailto:ada@example.com?subject=Hello', 'ada@example.com'],
    ['<ada@example.com>', 'ada@example.com'],
    ['Ada Nowak <ada@example.com>', 'ada@example.com'],
    ['"Nowak, Ada" <ada@example.com>;', 'ada@example.com'],
    ["'ada@example.com'", 'ada@example.com'],
    ['ada@example.com.', 'ada@example.com'],
    ['ada@example.com, bob@example.org', 'ada@example.com'],
    ['ada@example.com; bob@example.org', 'ada@example.com'],
    ['ada+list@example.com', 'ada+list@example.com'],
    ["o'brien@example.com", "o'brien@example.com"],
    ['!#$%&`*+/=?^`{|}~@example.org', '!#$%&`*+/=?^`{|}~@example.org'],
    ['ada＠example．com', 'ada@example.com'],
    ['ada\u200b@example.com', 'ada@example.com'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@食狮.公司.cn', 'ada@xn--85x722f.xn--55qx5d.cn'],
    ['ada@a-b.co.uk', 'ada@a-b.co.uk'],
    ['ada@1and1.example', 'ada@1and1.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s', (text, email) => {
    expect(normalizeEmail(text)).toBe(email)
  })

  // The invalid ones follow the categories of dominicsayers/isemail (BSD-3).
  test.each([
    '',
    'ada',
    '@',
    'ada@',
    '@example.com',
    'ada@io',
    'ada@example..com',
    'ada@.example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada@@example.com',
    'ada@bob@example.com',
    'ada nowak@example.com',
    'ada@exa mple.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@exam_ple.com',
    'ada@[192.0.2.1]',
    'ada@192.0.2.1',
    'ada@example.123',
    '"ada nowak"@example.com',
    'ada(comment)@example.com',
    'müller@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
    `ada@${'abcdefghi.'.repeat(25)}com`,
    'n/a',
    'https://example.com/@ada',
  ])('refuses %p', (text) => {
    expect(normalizeEmail(text)).toBeUndefined()
  })

  const atom = fc.stringMatching(/^[a-zA-Z0-9!#$%&*+=?^_{}~-]{1,12}$/)
  const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,10}[a-zA-Z0-9])?$/)
  const address = fc
    .tuple(fc.array(atom, { minLength: 1, maxLength: 3 }), fc.array(label, { minLength: 1, maxLength: 3 }))
    .map(([local, domain]) => `${local.join('.')}@${domain.join('.')}.com`)

  test('keeps every plain address, in lower case, with or without wrapping', () => {
    fc.assert(
      fc.property(address, (text) => {
        expect(normalizeEmail(text)).toBe(text.toLowerCase())
        expect(normalizeEmail(` Ada Nowak <${text}> `)).toBe(text.toLowerCase())
      }),
    )
  })

  test('says the same about its own answer, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), address), (text) => {
        const email = normalizeEmail(text)
        expect(email && normalizeEmail(email)).toBe(email)
        expect(emailMatchKey(emailMatchKey(text))).toBe(emailMatchKey(text))
      }),
    )
  })
})

test('takes an address apart', () => {
  expect(emailDomain('Ada@Example.com')).toBe('example.com')
  expect(emailLocal('Ada@Example.com')).toBe('ada')
  expect(emailDomain('ada')).toBeUndefined()
  expect(emailLocal('ada')).toBeUndefined()
})

test.each([
  ['ada+list@example.com', 'ada@example.com'],
  ['a.da@example.com', 'a.da@example.com'],
  ['A.D.A+x@gmail.com', 'ada@gmail.com'],
  ['ada@googlemail.com', 'ada@gmail.com'],
  ['+ada@example.com', '+ada@example.com'],
  [' No Address ', 'no address'],
])('%s is matched as %s', (email, key) => {
  expect(emailMatchKey(email)).toBe(key)
})

test.each(
  'gmail.com GMX.de yahoo.fr yahoo.co.jp hotmail.co.uk outlook.com live.com.au icloud.com web.de orange.fr qq.com proton.me ya.ru'.split(
    ' ',
  ),
)('%s is free mail', (domain) => {
  expect(isFreeMailDomain(domain)).toBe(true)
})

test.each(
  'example.com acme.gmail.com yahooligans.com outlook.example.com google.com live.nation.com ymail.acme.com'.split(' '),
)('%s is not free mail', (domain) => {
  expect(isFreeMailDomain(domain)).toBe(false)
})

test('knows throw-away domains', () => {
  expect(isDisposableDomain('Mailinator.com')).toBe(true)
  expect(isDisposableDomain('example.com')).toBe(false)
})

test.each(['info', 'Sales', 'no-reply', 'no_reply', 'customer.service', 'support2', 'kontakt'])(
  '%s is a role',
  (local) => {
    expect(isRoleMailbox(local)).toBe(true)
  },
)

test.each(['ada', 'ada.nowak', 'infoada', 'salesman', ''])('%p is not a role', (local) => {
  expect(isRoleMailbox(local)).toBe(false)
})
