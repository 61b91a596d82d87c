import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import fc from 'fast-check'
import parsePhoneNumber from 'libphonenumber-js/max'
import type { Vendors } from '../../workbench/vendors/contract'
import { HUNTER_KEYS } from '../../workbench/vendors/simulated/hunter'
import { startVendors } from '../../workbench/vendors/index'
import { createWorld, isExampleDomain, NOTABLE, plain } from '../../workbench/vendors/people'

const HUNTER = 'api.hunter.io'
const GOOGLE = 'dns.google'
const CLOUDFLARE = 'cloudflare-dns.com'
const KEY = { 'x-api-key': HUNTER_KEYS.large }
const ADA = 'first_name=Ada&last_name=Nowak&domain=everyone.example'

/** What the tests look at of a vendor's body. */
interface Body {
  readonly data: { readonly [name: string]: unknown } & {
    readonly requests: { readonly [kind: string]: Readonly<Record<string, number>> }
  }
  readonly meta: { readonly params: Readonly<Record<string, unknown>> }
  readonly errors: readonly [{ readonly id: string; readonly code: number }]
  readonly Status: number
  readonly Comment: unknown
  readonly Answer?: readonly { readonly data: string }[]
}

interface Reply {
  readonly status: number
  readonly text: string
  readonly json: Body
  readonly type: string | undefined
  /** How long it says it takes, in milliseconds. */
  readonly told: number
}

let vendors: Vendors
let now = 1_000_000

beforeAll(async () => {
  vendors = await startVendors({ clock: () => now, slowMs: 60 })
})
afterAll(() => vendors.stop())
beforeEach(() => {
  now += 3_600_000
  vendors.reset()
})

interface Sent {
  readonly headers?: Record<string, string | string[]>
  readonly method?: string
  readonly body?: string
  readonly hostHeader?: string
}

function ask(
  host: string,
  path: string,
  { headers = {}, method = 'GET', body, hostHeader }: Sent = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const port = vendors.resolve(host) as number
    const sent = request(
      { port, host: '127.0.0.1', path, method, headers: { host: hostHeader ?? host, ...headers } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () => {
          const json = text.startsWith('{') ? JSON.parse(text) : undefined
          resolve({
            status: response.statusCode ?? 0,
            text,
            json,
            type: response.headers['content-type'],
            told: Number(response.headers['x-workbench-latency-ms']),
          })
        })
      },
    )
    sent.on('error', reject).end(body)
  })
}

const hunter = (path: string, headers: Sent['headers'] = KEY): Promise<Reply> => ask(HUNTER, `/v2/${path}`, { headers })
const ids = (reply: Reply): string[] => reply.json.errors.map((error) => error.id)

describe('hunter', () => {
  test('a find has the fields that are documented, costs one credit and is in the books', async () => {
    const reply = await hunter(`email-finder?${ADA}`)
    expect(reply.status).toBe(200)
    expect(Object.keys(reply.json.data)).toEqual(
      'first_name last_name email score domain accept_all position twitter linkedin_url phone_number company sources verification'.split(
        ' ',
      ),
    )
    expect(reply.json.data).toMatchObject({
      first_name: 'Ada',
      email: 'ada.nowak@everyone.example',
      domain: 'everyone.example',
      verification: { status: expect.stringMatching(/^(valid|unknown)$/) },
    })
    expect(reply.json.meta.params).toMatchObject({ first_name: 'Ada', full_name: null })
    expect(vendors.calls()).toEqual([
      {
        at: now,
        host: HUNTER,
        method: 'GET',
        path: `/v2/email-finder?${ADA}`,
        status: 200,
        credits: 1,
        operation: 'email-finder',
        questions: ['ada nowak | everyone.example'],
      },
    ])
    expect(vendors.charged(HUNTER)).toBe(1)
  })

  test('a miss is 200 without an email and is free', async () => {
    const reply = await hunter('email-finder?first_name=Ada&last_name=Nowak&domain=nobody.example')
    expect([reply.status, reply.json.data.email, vendors.charged(HUNTER)]).toEqual([200, null, 0])
  })

  test.each(['domain=acme.example.co', 'domain=nomail.example', 'domain=nowhere.example', 'domain=nullmail.example'])(
    'nothing is invented for %s',
    async (where) => {
      const reply = await hunter(`email-finder?first_name=Ada&last_name=Nowak&${where}`)
      expect([reply.status, reply.json.data.email]).toEqual([200, null])
    },
  )

  describe('people/find', () => {
    const known = 'people/find?email=ada.nowak@everyone.example'

    test('a person has the fields that are documented and costs one credit', async () => {
      const { status, json } = await hunter(known)
      expect(status).toBe(200)
      expect(Object.keys(json.data)).toEqual(
        'id name email location timeZone utcOffset geo employment twitter linkedin fuzzy emailProvider indexedAt phone activeAt inactiveAt'.split(
          ' ',
        ),
      )
      expect(json.data).toMatchObject({
        name: { fullName: 'Ada Nowak', givenName: 'Ada', familyName: 'Nowak' },
        email: 'ada.nowak@everyone.example',
        employment: { domain: 'everyone.example', name: 'Everyone' },
      })
      expect(vendors.calls()).toMatchObject([
        { operation: 'people/find', questions: ['ada.nowak@everyone.example'], credits: 1 },
      ])
      expect(vendors.charged(HUNTER)).toBe(1)
    })

    test('a handle belongs to one invented person, whose address the verifier does not call invalid', () => {
      const world = createWorld('world')
      const name = fc.stringMatching(/^[a-z]{2,9}$/)
      fc.assert(
        fc.property(name, name, fc.nat(99), (first, last, number) => {
          const handle = `${first}-${last}-${number}`
          const person = world.personOfHandle(handle)
          expect(world.personOfHandle(handle.toUpperCase())).toEqual(person)
          if (!person) return
          expect(plain(`${person.firstName} ${person.lastName}`)).toBe(`${first} ${last}`)
          expect(isExampleDomain(person.domain.name)).toBe(true)
          if (person.mailbox) expect(world.mailbox(person.mailbox.email)?.status).not.toBe('invalid')
        }),
      )
    })

    test.each([
      ['people/find?email=nobody.atall@nobody.example', 404, ['not_found']],
      ['people/find?email=info@everyone.example', 404, ['not_found']],
      ['people/find?linkedin_handle=acwaa123', 404, ['not_found']],
      ['people/find', 400, ['wrong_params']],
      ['people/find?email=ada', 400, ['wrong_params']],
      [`${known}&linkedin_handle=ada-nowak`, 400, ['wrong_params']],
      [`${known}&domain=everyone.example`, 400, ['wrong_params']],
      ['people/find?linkedin_handle=in/ada', 400, ['wrong_params']],
      [`people/find?email=${NOTABLE.objector.email}`, 451, ['claimed_email']],
    ])('%s is %i and free', async (path, status, errors) => {
      const reply = await hunter(path)
      expect([reply.status, ids(reply), vendors.charged(HUNTER)]).toEqual([status, errors, 0])
    })

    test('15 a second, then 403', async () => {
      const replies = await Promise.all(Array.from({ length: 16 }, () => hunter(known)))
      expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
        ...Array.from({ length: 15 }, () => 200),
        403,
      ])
    })
  })

  test('spelling does not make another question', async () => {
    await hunter('email-finder?first_name=%C3%89mile&last_name=Hu%C3%ABt&domain=everyone.example')
    await hunter('email-finder?full_name=EMILE%20%20huet&domain=Everyone.Example')
    expect(new Set(vendors.calls().flatMap((call) => call.questions))).toEqual(
      new Set(['emile huet | everyone.example']),
    )
  })

  test.each([
    ['company', 'company=Everyone%20GmbH', 'everyone.example'],
    ['handle', 'linkedin_handle=ada-nowak', undefined],
  ])('finds by %s', async (_, where, domain) => {
    const { status, json } = await hunter(`email-finder?first_name=Ada&last_name=Nowak&${where}`)
    expect(status).toBe(200)
    expect(isExampleDomain(String(json.data.domain))).toBe(true)
    if (domain) expect(json.data.domain).toBe(domain)
  })

  test.each<[string, string, number, string]>([
    ['no domain', 'email-finder?first_name=Ada&last_name=Nowak', 400, 'wrong_params'],
    ['no last name', 'email-finder?first_name=Ada&domain=example.com', 400, 'wrong_params'],
    ['no first name', 'email-finder?last_name=Nowak&domain=example.com', 400, 'wrong_params'],
    ['one name as full name', 'email-finder?full_name=Ada&domain=example.com', 400, 'wrong_params'],
    ['an empty name', 'email-finder?first_name=&last_name=Nowak&domain=example.com', 400, 'wrong_params'],
    ['a name without letters', 'email-finder?first_name=42&last_name=N&domain=example.com', 400, 'invalid_first_name'],
    ['a URL as domain', 'email-finder?full_name=Ada%20N&domain=https://example.com', 400, 'invalid_domain'],
    ['an unknown parameter', `email-finder?${ADA}&country=FR`, 400, 'wrong_params'],
    ['a parameter twice', `email-finder?${ADA}&domain=example.com`, 400, 'wrong_params'],
    ['too short a duration', `email-finder?${ADA}&max_duration=2`, 400, 'wrong_params'],
    ['too long a duration', `email-finder?${ADA}&max_duration=21`, 400, 'wrong_params'],
    ['no email', 'email-verifier', 400, 'wrong_params'],
    ['half an email', 'email-verifier?email=ada', 400, 'wrong_params'],
    ['a parameter of another call', 'email-verifier?email=a@example.com&domain=example.com', 400, 'wrong_params'],
    ['a parameter of account', 'account?verbose=1', 400, 'wrong_params'],
    ['another endpoint', 'leads', 404, 'not_found'],
    ['somebody who objected', 'email-finder?full_name=OLGA%20Silent&domain=example.org', 451, 'claimed_email'],
    ['the address of who objected', 'email-verifier?email=olga.silent@example.org', 451, 'claimed_email'],
  ])('refuses %s', async (_, path, status, id) => {
    const reply = await hunter(path)
    expect([reply.status, ids(reply), reply.json.errors[0].code]).toEqual([status, [id], status])
    expect(vendors.charged(HUNTER)).toBe(0)
  })

  test.each<[string, Sent]>([
    ['POST', { method: 'POST', headers: KEY }],
    ['a path without version', { headers: KEY }],
  ])('has no endpoint for %s', async (name, sent) => {
    const path = name === 'POST' ? `/v2/email-finder?${ADA}` : `/email-finder?${ADA}`
    expect((await ask(HUNTER, path, sent)).status).toBe(404)
  })

  test('refuses a GET with a body', async () => {
    const headers = { ...KEY, 'content-length': '2' }
    expect((await ask(HUNTER, `/v2/email-finder?${ADA}`, { headers, body: '{}' })).status).toBe(400)
  })

  test.each<[string, string, Record<string, string>, number]>([
    ['X-API-KEY', '', KEY, 200],
    ['Bearer', '', { authorization: `Bearer ${HUNTER_KEYS.large}` }, 200],
    ['the query', `&api_key=${HUNTER_KEYS.large}`, {}, 200],
    ['no place', '', {}, 401],
    ['two places', `&api_key=${HUNTER_KEYS.large}`, KEY, 401],
    ['Basic', '', { authorization: `Basic ${HUNTER_KEYS.large}` }, 401],
    ['a bare Authorization', '', { authorization: HUNTER_KEYS.large }, 401],
    ['X-API-KEY as Bearer', '', { 'x-api-key': `Bearer ${HUNTER_KEYS.large}` }, 401],
    ['X-API-KEY, but wrong,', '', { 'x-api-key': 'wrong' }, 401],
  ])('the key in %s', async (_, query, headers, status) => {
    expect((await hunter(`email-finder?${ADA}${query}`, headers)).status).toBe(status)
    expect(JSON.stringify(vendors.calls())).not.toContain(HUNTER_KEYS.large)
  })

  test('the test key checks parameters, answers one dummy and is free', async () => {
    const headers = { 'x-api-key': HUNTER_KEYS.test }
    const find = await hunter('email-finder?first_name=Someone&last_name=Else&domain=example.net', headers)
    const verdict = await hunter('email-verifier?email=someone@example.net', headers)
    expect([find.json.data.email, find.json.data.position, find.json.data.score]).toEqual([
      'ada.nowak@example.com',
      'CTO',
      97,
    ])
    expect([verdict.json.data.status, verdict.json.data.email]).toEqual(['valid', 'ada.nowak@example.com'])
    expect((await hunter('email-finder?first_name=Ada', headers)).status).toBe(400)
    expect((await hunter('account', headers)).status).toBe(401)
    expect(vendors.charged(HUNTER)).toBe(0)
  })

  test.each<[string, string, number, number]>([
    ['finder', `email-finder?${ADA}`, 15, 500],
    ['verifier', 'email-verifier?email=ada@everyone.example', 10, 300],
  ])('limits the %s over any second and any minute', async (_, path, perSecond, perMinute) => {
    const many = async (count: number): Promise<number[]> => {
      const replies = await Promise.all(Array.from({ length: count }, () => hunter(path)))
      return replies.map((reply) => reply.status)
    }
    const refused = async (count: number): Promise<number> =>
      (await many(count)).filter((status) => status === 403).length
    const start = now
    expect(await refused(perSecond)).toBe(0)
    now += 999
    expect(await refused(1)).toBe(1)
    now += 1
    expect(await refused(perSecond - 1)).toBe(0)
    for (let sent = 2 * perSecond; sent < perMinute; sent += perSecond) {
      now += 1000
      expect(await refused(Math.min(perSecond, perMinute - sent))).toBe(0)
    }
    now += 1000
    expect(await refused(1)).toBe(1)
    now = start + 59_999
    expect(await refused(1)).toBe(1)
    now = start + 60_000
    expect(await refused(1)).toBe(0)
  })

  test('says 429 when the month is used up, for each quota by itself', async () => {
    const headers = { 'x-api-key': HUNTER_KEYS.nearlyUsedUp }
    const statuses: number[] = []
    await hunter('email-finder?first_name=Ada&last_name=Nowak&domain=nobody.example', headers)
    for (const name of ['Ada', 'Bo', 'Cy'])
      statuses.push(
        (await hunter(`email-finder?first_name=${name}&last_name=Nowak&domain=everyone.example`, headers)).status,
      )
    expect(statuses).toEqual([200, 200, 429])
    expect((await hunter('email-verifier?email=ada@everyone.example', headers)).status).toBe(200)
    const { requests } = (await hunter('account', headers)).json.data
    expect(requests).toEqual({
      credits: { used: 2, available: 2 },
      searches: { used: 2, available: 2 },
      verifications: { used: 1, available: 2 },
    })
  })

  test.each<[string, number]>([
    ['pending.example', 202],
    ['odd.example', 222],
  ])('%s answers %i first, then the verdict, charged once', async (domain, first) => {
    const path = `email-verifier?email=ada.nowak@${domain}`
    const before = await hunter(path)
    const after = await hunter(path)
    expect([before.status, before.text, after.status, after.json.data.email]).toEqual([
      first,
      '',
      200,
      `ada.nowak@${domain}`,
    ])
    expect(vendors.charged(HUNTER)).toBe(1)
  })

  test.each<[string, string, number | undefined]>([
    ['ada@catchall.example', 'accept_all', undefined],
    ['ada@freemail.example', 'webmail', 50],
    ['ada@throwaway.example', 'disposable', 50],
    ['ada@nomail.example', 'invalid', 0],
    ['ada@nobody.example', 'invalid', 0],
    ['ada@unsure.example', 'unknown', undefined],
    ['ada@hunter.io', 'unknown', 0],
  ])('the verdict on %s is %s', async (email, status, score) => {
    const { data, meta } = (await hunter(`email-verifier?email=${email}`)).json
    expect(data).toMatchObject({ status, email, mx_records: !/nomail|hunter/.test(email), regexp: true })
    if (score !== undefined) expect(data.score).toBe(score)
    expect(meta.params).toEqual({ email })
    expect(vendors.charged(HUNTER)).toBe(1)
  })

  test('the slow domain takes its time', async () => {
    const started = performance.now()
    await hunter('email-finder?first_name=Ada&last_name=Nowak&domain=slow.example')
    expect(performance.now() - started).toBeGreaterThan(50)
  })
})

describe('dns', () => {
  const accept = { accept: 'application/dns-json' }

  test('google: dots at the end, a comment', async () => {
    const { status, json } = await ask(GOOGLE, '/resolve?name=example.com&type=MX')
    expect(status).toBe(200)
    expect(json).toMatchObject({ Status: 0, Question: [{ name: 'example.com.', type: 15 }] })
    expect(json.Answer?.[0]).toEqual({ name: 'example.com.', type: 15, TTL: 300, data: '1 aspmx.l.google.com.' })
    expect(typeof json.Comment).toBe('string')
    expect(vendors.calls()[0]).toMatchObject({ operation: 'resolve', questions: ['example.com 15'], credits: 0 })
  })

  test('cloudflare: no dots, TXT in quotes, comments in an array', async () => {
    const { json, type } = await ask(CLOUDFLARE, '/dns-query?name=example.org&type=TXT', { headers: accept })
    expect(type).toBe('application/dns-json')
    expect(json.Answer).toEqual([
      { name: 'example.org', type: 16, TTL: 300, data: '"v=spf1 include:spf.protection.outlook.com -all"' },
    ])
    expect(Array.isArray(json.Comment)).toBe(true)
    const google = await ask(GOOGLE, '/resolve?name=example.org&type=16')
    expect(google.json.Answer?.[0]?.data).toBe('v=spf1 include:spf.protection.outlook.com -all')
  })

  test.each<[string, string, number, string[] | undefined]>([
    ['nullmail.example', 'MX', 0, ['0 .']],
    ['nomail.example', 'MX', 0, undefined],
    ['nomail.example', 'A', 0, undefined],
    ['nowhere.example', 'MX', 3, undefined],
    ['nowhere.example', 'A', 3, undefined],
    ['a-real-name.com', 'MX', 2, undefined],
    ['gmail.com', 'MX', 0, ['5 gmail-smtp-in.l.google.com.']],
    ['example.net', 'MX', 0, ['1 mx1.mail.ovh.net.', '5 mx2.mail.ovh.net.']],
    ['_dmarc.example.net', 'TXT', 0, ['v=DMARC1; p=none']],
    ['EXAMPLE.net.', 'AAAA', 0, undefined],
  ])('%s %s', async (name, type, status, data) => {
    const { json } = await ask(GOOGLE, `/resolve?name=${name}&type=${type}`)
    expect([json.Status, json.Answer?.map((answer) => answer.data)]).toEqual([status, data])
  })

  test.each<[string, string, string, Sent, number]>([
    ['no name', GOOGLE, '/resolve?type=MX', {}, 400],
    ['no type', GOOGLE, '/resolve?name=example.com', {}, 400],
    ['an unknown type', GOOGLE, '/resolve?name=example.com&type=mail', {}, 400],
    ['an invalid name', GOOGLE, '/resolve?name=exa%20mple.com&type=MX', {}, 400],
    ['a name that is not ASCII', GOOGLE, '/resolve?name=%C3%A9.example&type=MX', {}, 400],
    ['an unknown parameter', GOOGLE, '/resolve?name=example.com&type=MX&q=1', {}, 400],
    ['POST', GOOGLE, '/resolve?name=example.com&type=MX', { method: 'POST' }, 404],
    ["the other one's path", GOOGLE, '/dns-query?name=example.com&type=MX', {}, 404],
    ['no accept header', CLOUDFLARE, '/dns-query?name=example.com&type=MX', {}, 400],
    ['another accept header', CLOUDFLARE, '/dns-query?name=example.com&type=MX', { headers: { accept: '*/*' } }, 400],
  ])('refuses %s', async (_, host, path, sent, status) => {
    expect((await ask(host, path, sent)).status).toBe(status)
  })
})

describe('one server for all', () => {
  test('each vendor names the facts that it was written from', () => {
    const folder = 'workbench/vendors/simulated'
    const files = readdirSync(folder)
    expect(
      files.filter((file) => !/^\/\/ .*providers\.md [A-H]\d/.test(readFileSync(`${folder}/${file}`, 'utf8'))),
    ).toEqual([])
  })

  test('hosts and keys', () => {
    expect(vendors.hosts).toEqual(expect.arrayContaining([HUNTER, GOOGLE, CLOUDFLARE]))
    expect(new Set(vendors.hosts).size).toBe(vendors.hosts.length)
    expect(vendors.keys).toMatchObject({ [HUNTER]: HUNTER_KEYS.large })
    expect(vendors.resolve('a-real-name.com')).toBeUndefined()
  })

  test('the Host header decides, whatever the path', async () => {
    expect((await ask(HUNTER, '/v2/account', { hostHeader: '127.0.0.1', headers: KEY })).status).toBe(421)
    expect((await ask(HUNTER, '/v2/account', { hostHeader: GOOGLE, headers: KEY })).status).toBe(404)
  })

  test.each<[string, string, number]>([
    [HUNTER, `/v2/email-finder?${ADA}`, 403],
    [GOOGLE, '/resolve?name=example.com&type=MX', 429],
  ])('%s throttles in its own way, at the same calls each time', async (host, path, status) => {
    const series = async (): Promise<number[]> => {
      vendors.reset()
      now += 60_000
      vendors.weather(host, { throttle: 0.5 })
      const statuses: number[] = []
      for (let i = 0; i < 12; i++) statuses.push((await ask(host, path, { headers: KEY })).status)
      return statuses
    }
    const first = await series()
    expect(new Set(first)).toEqual(new Set([200, status]))
    expect(await series()).toEqual(first)
  })

  test('outage, death, latency and fair weather again', async () => {
    vendors.weather(GOOGLE, { outage: true })
    expect((await ask(GOOGLE, '/resolve?name=example.com&type=MX')).status).toBe(503)
    vendors.weather(GOOGLE, { outage: false, dead: true })
    await expect(ask(GOOGLE, '/resolve?name=example.com&type=MX')).rejects.toThrow(/hang up|reset/)
    vendors.weather(GOOGLE, { dead: false, latencyMs: 600 })
    const late = await ask(GOOGLE, '/resolve?name=example.com&type=MX')
    expect([late.status, late.told]).toEqual([200, 600])
    expect(vendors.calls().map((call) => call.status)).toEqual([503, 0, 200])
  })

  test('a script replaces the answer until it is taken back; listeners hear each call', async () => {
    const heard: number[] = []
    const stop = vendors.onCall((call) => heard.push(call.status))
    vendors.script(HUNTER, (path) => (path.includes('finder') ? { status: 502, body: '<html>' } : undefined))
    const scripted = await hunter(`email-finder?${ADA}`)
    expect([scripted.status, scripted.text, (await hunter('account')).status]).toEqual([502, '<html>', 200])
    vendors.script(HUNTER, undefined)
    expect((await hunter(`email-finder?${ADA}`)).status).toBe(200)
    stop()
    await hunter('account')
    expect(heard).toEqual([502, 200, 200])
  })
})

describe('the invented world', () => {
  const world = createWorld('world')
  const label = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/)
  const name = fc.stringMatching(/^[A-Z][a-zéèüøñ]{1,9}( [A-Z][a-z]{1,6})?$/)
  const somebody = fc.record({ first: name, last: name, domain: label.map((text) => `${text}.example`) })

  test('is the same for the same seed and another for another', () => {
    const about = (seed: string): unknown =>
      [...'abcdefgh'].map((letter) =>
        createWorld(seed).person({ first: 'Ada', last: 'Nowak', domain: `${letter}.example` }),
      )
    expect(about('world')).toEqual(about('world'))
    expect(about('world')).not.toEqual(about('else'))
  })

  test('spelling does not change who somebody is', () => {
    fc.assert(
      fc.property(somebody, ({ first, last, domain }) => {
        const one = world.person({ first, last, domain })!
        const spelled = { first: ` ${first.toUpperCase()} `, last: last.normalize('NFD'), domain: domain.toUpperCase() }
        const other = world.person(spelled)!
        expect({ ...other, firstName: first, lastName: last }).toEqual(one)
      }),
    )
  })

  test('a found address is what the verifier says of it, and is on the domain', () => {
    fc.assert(
      fc.property(somebody, (who) => {
        const mailbox = world.person(who)?.mailbox
        if (!mailbox) return
        expect(mailbox).toEqual(world.mailbox(mailbox.email))
        expect(['valid', 'accept_all', 'unknown']).toContain(mailbox.status)
        expect(mailbox.email).toMatch(/^[a-z0-9._]+@/)
        expect(mailbox.email.endsWith(`@${who.domain}`)).toBe(true)
      }),
    )
  })

  test('about 70 % are found, and every phone is a valid number', () => {
    const persons = Array.from({ length: 3000 }, (_, i) =>
      world.person({ first: `Ada ${i}`, last: 'Nowak', domain: `firm${i % 500}.example` }),
    )
    const reachable = persons.filter((person) => world.domain(person!.domain.name)!.mail !== 'none')
    const share = reachable.filter((person) => person?.mailbox).length / reachable.length
    expect(share).toBeGreaterThan(0.62)
    expect(share).toBeLessThan(0.76)
    const phones = persons.flatMap((person) => person?.phone ?? [])
    expect(phones.length).toBeGreaterThan(300)
    expect(new Set(phones.map((phone) => parsePhoneNumber(phone)?.country))).toEqual(
      new Set(['FR', 'DE', 'GB', 'US', 'SE']),
    )
    expect(phones.filter((phone) => !parsePhoneNumber(phone)?.isValid())).toEqual([])
    const kept = /^\+(3319900\d{4}|493023125\d{3}|442079460\d{3}|1(212|312|415)55501\d\d|467017406\d\d)$/
    expect(phones.filter((phone) => !kept.test(phone))).toEqual([])
  })

  test.each(['example.com', 'mail.example.org', 'acme.example', 'a.b.test'])('%s is for examples', (domain) => {
    expect(isExampleDomain(domain)).toBe(true)
    expect(world.domain(domain)).toBeDefined()
  })

  test.each(['example.fr', 'notexample.com', 'example.com.co', 'example', 'acme.test.io', 'hunter.io'])(
    '%s is somebody else’s',
    (domain) => {
      expect(isExampleDomain(domain)).toBe(false)
      expect(world.domain(domain)).toBeUndefined()
      expect(world.person({ first: 'Ada', last: 'Nowak', domain })).toBeUndefined()
    },
  )

  test('plain names', () => {
    expect(['Łukasz', 'O’Neill', 'Jean-Pierre', 'Größe', '美咲'].map(plain)).toEqual([
      'lukasz',
      'oneill',
      'jean pierre',
      'grosse',
      '',
    ])
    expect(world.person({ first: '美咲', last: '田中', domain: NOTABLE.everyoneFound })).toBeUndefined()
    expect(world.domainOfCompany('Morcora S.p.A.')).toBe('morcora.example')
  })
})
