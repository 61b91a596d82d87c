import { readFileSync } from 'node:fs'
import { FIELD_NAMES } from '../../src/domain/field'
import { lookupTag } from '../../src/domain/lookup-key'
import type { RemoteOperation } from '../../src/domain/provider'
import { pathFault, walk } from '../../src/providers/path'
import { approvalMark, lostPaths, vendorOfRecipe } from '../../src/providers/recipe'
import { checkRecipe } from '../../src/providers/recipe-check'
import { exampleText, rightRecipe } from './example-recipes'

type Json = { readonly [part: string]: unknown }

const OPERATION = {
  by: 'email',
  url: 'https://api.vendor.example/v1/check',
  method: 'post',
  body: { email: '{email}' },
  fields: { full_name: 'person.name' },
  price: { credits: 1, charge: 'call' },
}
const RECIPE = {
  name: 'Vendor',
  docs: 'https://vendor.example/docs',
  auth: { in: 'header', header: 'X-Key' },
  operations: [OPERATION],
}
const withOperation = (part: Json): Json => ({ ...RECIPE, operations: [{ ...OPERATION, ...part }] })
const at = (url: string): Json => withOperation({ url })

/** The only operation of a recipe. */
function only(recipe: unknown): RemoteOperation<'email'> {
  return vendorOfRecipe('recipe-x', rightRecipe(recipe)).operations[0] as unknown as RemoteOperation<'email'>
}

const ada = { email: 'ada@example.com' }
const ben = { email: 'ben@example.com' }

describe('a path', () => {
  const reply = {
    contact: { emails: [{ value: 'a@x.example' }, { value: null }, {}], none: null, empty: [] },
    count: 3,
  }

  test.each<[string, readonly unknown[]]>([
    ['count', [3]],
    ['$.count', [3]],
    ['$', [reply]],
    ['contact.emails[0].value', ['a@x.example']],
    ['contact.emails[*].value', ['a@x.example', null]],
    ['contact.none.deeper', []],
    ['contact.empty[0].value', []],
    ['contact.empty[*]', []],
  ])('%s', (path, values) => {
    expect(pathFault(path)).toBeUndefined()
    expect(walk(reply, path)).toMatchObject({ values })
    expect(walk(reply, path).lost).toBeUndefined()
  })

  test.each([
    ['contact.emial', 'ends at "emial": there the reply has "emails", "none", "empty".'],
    ['contact.emails.value', 'ends at "value": there the reply has a list of 3; write [0] for its first entry'],
    ['count[0]', 'ends at "[0]": there the reply has a number.'],
    ['__proto__', 'ends at "__proto__": there the reply has "contact", "count".'],
    ['contact.emails[2].value', 'ends at "value": there the reply has an empty object.'],
  ])('%s does not fit', (path, words) => expect(walk(reply, path).lost).toContain(words))

  test.each(['', '.a', 'a.', 'a..b', 'a[x]', 'a[', '{a}', '$.', Array(13).fill('a').join('.')])(
    '"%s" is none',
    (path) => expect(pathFault(path)).toBeDefined(),
  )

  test('comes to 1,000 values at most', () => {
    expect(() => walk(Array(2000).fill(1), '[*]')).toThrow('more than 1000 values at "[*]"')
  })
})

describe('a recipe that cannot be used says why', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', 7, /^The recipe is missing or no object/],
    ['an unknown part', { ...RECIPE, webhook: 'x' }, /part that recipes do not have: "webhook"/],
    ['http', at('http://api.vendor.example/v1'), /must begin with https/],
    ['a user name', at('https://me:pass@api.vendor.example/v1'), /holds a user name/],
    ['an IP address', at('https://127.0.0.1/v1'), /public host/],
    ['an IP address as a number', at('https://2130706433/v1'), /public host/],
    ['an IPv6 address', at('https://[::1]/v1'), /public host/],
    ['this computer', at('https://localhost/v1'), /public host/],
    ['a local name', at('https://vault.internal/v1'), /public host/],
    ['a port', at('https://api.vendor.example:8443/v1'), /public host/],
    ['a host from the question', at('https://{email}/v1'), /must name its host/],
    ['a climbing address', at('https://api.vendor.example/v1/../admin'), /steps/],
    ['a key in the address', at('https://api.vendor.example/v1?api_key=abc'), /no place for a key/],
    ['an anchor', at('https://api.vendor.example/v1#x'), /character that no address may hold/],
    [
      'two hosts',
      { ...RECIPE, operations: [OPERATION, { ...OPERATION, url: 'https://other.example/v1' }] },
      /A recipe asks one host/,
    ],
    ['a key in a header', { ...RECIPE, headers: { 'X-Api-Token': 'abc' } }, /A key is no part of it/],
    ['a key in the body', withOperation({ body: { email: '{email}', api_key: 'abc' } }), /A key is no part/],
    ['a part of another question', withOperation({ body: { email: '{email}', d: '{domain}' } }), /holds {domain}/],
    ['a part that is not sent', withOperation({ body: { email: 'x' } }), /sends no {email}/],
    ['a body of GET', withOperation({ method: 'get' }), /needs "method": "post"/],
    [
      'a key for the body of GET',
      {
        ...withOperation({ method: 'get', body: undefined, url: 'https://api.vendor.example/{email}' }),
        auth: { in: 'body', field: 'key' },
      },
      /must be "post"/,
    ],
    ['an unknown field', withOperation({ fields: { emial: 'x' } }), /fields.emial" is no field/],
    ['what was asked with', withOperation({ fields: { email: 'x' } }), /is what is asked with/],
    ['a status without words', withOperation({ fields: { email_status: 'x' } }), /needs "words"/],
    [
      'no path',
      withOperation({ fields: { full_name: 'a..b' } }),
      /"operations\[0\].fields.full_name": "a..b" is no path/,
    ],
    ['too sure', withOperation({ fields: { full_name: { at: 'a', confidence: 0.9 } } }), /at most 0.7/],
    [
      'an unknown verdict',
      withOperation({ says: [{ at: 'a', is: 1, means: 'lost' }] }),
      /says.0..means" must be one of/,
    ],
    ['a price without a key', { ...RECIPE, auth: undefined }, /nobody can be charged/],
    [
      'a batch without its list',
      withOperation({ batch: { size: 5, list: 'rows', results: 'r' } }),
      /list with one entry/,
    ],
    [
      'a poll without its ticket',
      withOperation({ poll: { ticket: 'id', url: 'https://api.vendor.example/v1/jobs', everySeconds: 5 } }),
      /sends no {ticket}/,
    ],
    ['six operations', { ...RECIPE, operations: Array.from({ length: 6 }, () => OPERATION) }, /at most 5/],
  ])('%s', (_, recipe, words) => expect(checkRecipe(recipe)).toEqual({ fault: expect.stringMatching(words) }))
})

describe('a batch', () => {
  const recipe = withOperation({
    body: { rows: [{ id: '{tag}', email: '{email}' }], fast: true },
    fields: { full_name: 'person.name' },
    says: [
      { at: '$.error', is: 'quota', means: 'refused_credits' },
      { at: 'person', is: null, means: 'not_found' },
    ],
    batch: { size: 10, list: 'rows', results: 'data.results', echo: { at: 'id', is: '{tag}' } },
  })
  const [adaTag, benTag] = [lookupTag('email', ada), lookupTag('email', ben)]

  test('repeats the entry of its list', () => {
    expect(only(recipe).request([ada, ben]).body).toEqual({
      rows: [
        { id: adaTag, email: ada.email },
        { id: benTag, email: ben.email },
      ],
      fast: true,
    })
  })

  test('knows whose each result is', () => {
    const results = [
      { id: benTag, person: null },
      { id: adaTag, person: { name: 'Ada Nowak' } },
    ]
    const carl = { email: 'carl@example.com' }
    expect(only(recipe).read({ data: { results } }, [ada, ben, carl])).toEqual([
      { kind: 'found', values: { full_name: { value: 'Ada Nowak', confidence: 0.7, estimated: true } } },
      { kind: 'not_found' },
      { kind: 'unavailable', reason: 'Vendor left an answer out', credits: 1 },
    ])
    expect(only(recipe).read({ error: 'quota' }, [ada, ben])).toMatchObject([
      { kind: 'refused', because: 'credits' },
      { kind: 'refused', because: 'credits' },
    ])
  })

  test('names what is missing', () => {
    expect(() => only(recipe).read({ data: {} }, [ada])).toThrow('ends at "results"')
    const batch = { size: 10, list: 'rows', results: 'data.results' }
    const inOrder = withOperation({ body: { rows: ['{email}'] }, batch })
    expect(() => only(inOrder).read({ data: { results: [] } }, [ada])).toThrow('0 results at "data.results"')
  })
})

test('a poll asks about its ticket until it is ready', () => {
  const poll = {
    ticket: 'job.id',
    url: 'https://api.vendor.example/v1/jobs/{ticket}',
    ready: { at: 'status', is: 'done' },
    statuses: { '404': 'pending' },
    everySeconds: 5,
  }
  const says = [
    { at: 'person', is: null, means: 'not_found' },
    { at: 'status', is: 'failed', means: 'unavailable' },
  ]
  const operation = only(withOperation({ poll, says }))

  expect(operation.read({ job: { id: 12 }, person: null }, [ada])).toEqual([{ kind: 'pending', ticket: '12' }])
  expect(() => operation.read({ job: {} }, [ada])).toThrow('The path "job.id" ends at "id"')
  expect(operation.poll).toMatchObject({ everyMs: 5000, statuses: { 404: 'pending' } })
  expect(operation.poll!.request('../a b', [ada]).url).toBe('https://api.vendor.example/v1/jobs/..%2Fa%20b')
  const said = (body: unknown) => operation.poll!.read(body, [ada])[0]
  expect(said({ status: 'working', person: null })).toEqual({ kind: 'pending' })
  expect(said({ status: 'failed' })).toMatchObject({ kind: 'unavailable' })
  expect(said({ status: 'done', person: null })).toEqual({ kind: 'not_found' })
  expect(said({ status: 'done', person: { name: 'Ada' } })).toMatchObject({ kind: 'found' })
})

describe('what a value is worth', () => {
  const worth = (place: Json, body: unknown) => {
    const [outcome] = only(withOperation({ fields: { full_name: { at: 'name', ...place } } })).read(body, [ada])
    return outcome?.kind === 'found' ? outcome.values.full_name : outcome
  }
  const words = { at: 'grade', words: { A: 0.95, B: 0.5 } }
  test.each<[Json, Json, Json]>([
    [{}, {}, { confidence: 0.7, estimated: true }],
    [{ confidence: 0.4 }, {}, { confidence: 0.4, estimated: true }],
    [{ confidence: { at: 'score', scale: 100 } }, { score: 87 }, { confidence: 0.87 }],
    [{ confidence: { at: 'score', scale: 1 } }, { score: '0.5' }, { confidence: 0.5 }],
    [{ confidence: { at: 'score', scale: 1 } }, { score: 97 }, { confidence: 1 }],
    [{ confidence: { at: 'score', scale: 1 } }, { score: 'high' }, { confidence: 0.7, estimated: true }],
    [{ confidence: words }, { grade: 'A' }, { confidence: 0.95 }],
    [{ confidence: words }, { grade: 'constructor' }, { confidence: 0 }],
    [{ status: { at: 'ok', words: { true: 'valid' } } }, { ok: true }, { status: 'valid' }],
    [{ status: { at: 'ok', words: { true: 'valid' } } }, { ok: false }, { status: 'unknown' }],
  ])('%j of %j', (place, body, expected) => {
    expect(worth(place, { name: 'Ada', ...body })).toMatchObject({ value: 'Ada', ...expected })
  })
})

describe('what a change means', () => {
  const mark = (recipe: unknown) => approvalMark(rightRecipe(recipe))
  const id = (recipe: unknown) => only(recipe).id

  test('a name or a limit changes nothing', () => {
    const other = { ...RECIPE, name: 'Another name', limits: { perSecond: 3 }, perDay: 500 }
    expect([mark(other), id(other)]).toEqual([mark(RECIPE), id(RECIPE)])
    expect(vendorOfRecipe('own', rightRecipe(other))).toMatchObject({ limits: { perSecond: 3 }, perDay: 500 })
  })

  test.each<[string, unknown]>([
    ['host', at('https://api.other.example/v1')],
    ['auth', { ...RECIPE, auth: { in: 'header', header: 'X-Other' } }],
    ['headers', { ...RECIPE, headers: { 'X-Version': '2' } }],
    ['body', withOperation({ body: { email: '{email}', deep: true } })],
    ['price', withOperation({ price: { credits: 5, charge: 'call' } })],
  ])('another %s is approved anew', (_, recipe) => expect(mark(recipe)).not.toBe(mark(RECIPE)))

  test('another reading is another question', () => {
    const other = withOperation({ fields: { full_name: 'person.full' } })
    expect(id(other)).not.toBe(id(RECIPE))
    expect(mark(other)).toBe(mark(RECIPE))
  })
})

describe('docs/recipes.md', () => {
  const page = readFileSync('docs/recipes.md', 'utf8')
  const block = (name: string): unknown =>
    JSON.parse(new RegExp(`<!-- ${name} -->\\s+\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!)

  test('its worked example takes what the page says', () => {
    const operation = only(block('recipe'))
    expect(operation.request([{ email: 'ada+x@example.com' }]).url).toBe(
      'https://api.acme-data.example/v1/people?email=ada%2Bx%40example.com',
    )
    expect(operation.read(block('reply'), [ada])).toEqual([{ kind: 'found', values: block('taken') }])
    expect(operation.read({ status: 'ok', match: null }, [ada])).toEqual([{ kind: 'not_found' }])
    expect(operation.read({ status: 'quota' }, [ada])).toMatchObject([{ kind: 'refused', because: 'credits' }])
    expect(lostPaths(block('reply'), rightRecipe(block('recipe')).operations[0]!)).toEqual([])
  })

  test('lists every field', () => {
    const list = page.slice(page.indexOf('## Fields'))
    expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(FIELD_NAMES)
  })

  test('the examples that it names can be used', () => {
    const names = [...page.matchAll(/\]\(recipes\/(\w+)\.json\)/g)].map(([, name]) => name!)
    expect(names).toEqual(['findymail', 'neverbounce', 'wappalyzer'])
    for (const name of names) expect(checkRecipe(JSON.parse(exampleText(name)))).toHaveProperty('recipe')
  })
})
