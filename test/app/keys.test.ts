import { sign } from '../../src/app/keys'
import type { Auth, HttpRequest, Provider } from '../../src/domain/provider'

const KEY = { version: 1, host: 'api.vendor.example', key: 'AC12:s3cret!' } as const
const at = (auth: Auth): Provider => ({
  id: 'vendor',
  name: 'Vendor',
  docs: 'https://vendor.example/docs',
  kind: 'vendor',
  hosts: ['api.vendor.example'],
  auth,
  limits: {},
  vocabularies: [],
  operations: [],
})
const ASK: HttpRequest = { url: 'https://api.vendor.example/v1', method: 'post', body: { email: 'ada@example.com' } }

describe('a secret goes where the vendor takes it, and nowhere else', () => {
  it.each<[Auth, Record<string, string>, unknown]>([
    [{ in: 'header', header: 'X-Key' }, { 'X-Key': 'AC12:s3cret!' }, ASK.body],
    [{ in: 'header', header: 'Authorization', prefix: 'Bearer ' }, { Authorization: 'Bearer AC12:s3cret!' }, ASK.body],
    [{ in: 'basic' }, { Authorization: 'Basic QUMxMjpzM2NyZXQh' }, ASK.body],
    [{ in: 'body', field: 'api_key' }, {}, { email: 'ada@example.com', api_key: 'AC12:s3cret!' }],
  ])('%j', (auth, headers, body) => {
    const signed = sign(ASK, at(auth), KEY)
    expect({ ...signed.headers }).toEqual(headers)
    expect(JSON.parse(signed.body!)).toEqual(body)
    expect(signed.url).toBe(ASK.url)
  })

  it.each(['a', 'ab', 'abc', 'abcd', 'user:pass~word'])('Basic authentication of %j', (key) =>
    expect(sign(ASK, at({ in: 'basic' }), { ...KEY, key }).headers).toEqual({
      Authorization: `Basic ${Buffer.from(key).toString('base64')}`,
    }),
  )

  it.each(['https://evil.example/v1', 'http://api.vendor.example/v1', 'https://api.vendor.example.evil.example/'])(
    'never to %s',
    (url) => expect(() => sign({ url }, at({ in: 'basic' }), KEY)).toThrow(/undeclared host/),
  )
})
