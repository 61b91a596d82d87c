import type { Keys, RemoteOperation } from '../../src/domain/provider'
import { zeroBounce } from '../../src/providers/zero_bounce'

const [verify] = zeroBounce.operations as readonly [RemoteOperation<'email'>]
const keys: Keys<'email'> = [{ email: 'ada.nowak@example.com' }]
const read = (status: string) => verify.read({ email_batch: [{ address: keys[0].email, status }] }, keys)

test('an unclear verdict costs nothing, any other what the price says', () => {
  expect(read('unknown')).toEqual([expect.objectContaining({ kind: 'found', credits: 0 })])
  for (const status of ['valid', 'invalid', 'catch-all'])
    expect(read(status)).toEqual([expect.not.objectContaining({ credits: expect.anything() })])
})

test('an address that a good reply leaves out may have been charged', () => {
  const answer = { address: 'ben.okafor@example.com', status: 'valid' }
  expect(verify.read({ email_batch: [answer] }, keys)).toEqual([
    expect.objectContaining({ kind: 'unavailable', credits: verify.price.credits }),
  ])
})

test('a hundred addresses go in one request', () => {
  const many = Array.from({ length: verify.batch ?? 1 }, (_, at) => ({ email: `ada.nowak+${at}@example.com` }))
  const { body } = verify.request(many as unknown as Keys<'email'>)
  expect(body).toHaveProperty('email_batch.length', 100)
})
