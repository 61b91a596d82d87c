import type { Provider } from '../../src/domain/provider'
import { derrick } from '../../src/providers/derrick'
import { dropcontact } from '../../src/providers/dropcontact'
import { fullEnrich } from '../../src/providers/full_enrich'

/** What a poll makes of a reply that is built from the records of the question. */
function poll(provider: Provider, id: string, keys: readonly object[], reply: (records: object[]) => object) {
  const operation = provider.operations.find((one) => one.id === id)
  if (operation?.kind !== 'remote' || !operation.poll) throw new Error('no such operation')
  const asked = keys as never
  return operation.poll.read(reply((operation.request(asked).body as { data: object[] }).data), asked)
}

const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
const ben = { first_name: 'Ben', last_name: 'Okoro', domain: 'example.org' }
const cleo = { first_name: 'Cleo', last_name: 'Marsh', domain: 'example.net' }

test('Dropcontact: a record without an address costs nothing, unless one was verified', () => {
  const reply = (records: object[]) => ({ success: true, data: records.map((one) => ({ ...one, job: 'CTO' })) })
  expect(poll(dropcontact, 'person_by_name_at_domain', [ada], reply)).toMatchObject([{ kind: 'found', credits: 0 }])
  const [verified] = poll(dropcontact, 'person_by_email', [{ email: 'ada@example.com' }], reply)
  expect(verified).not.toHaveProperty('credits')
})

test('FullEnrich: what a job took is shared by those of whom it found an address', () => {
  const email = { most_probable_work_email: { email: 'somebody@example.com', status: 'DELIVERABLE' } }
  const job = (cost: object) => (records: object[]) => ({
    status: 'FINISHED',
    cost,
    data: records.map((one, index) => ({ ...one, contact_info: index < 2 ? email : {}, profile: { headline: 'CTO' } })),
  })
  const credits = (cost: object) =>
    poll(fullEnrich, 'email_by_name_at_domain', [ada, ben, cleo], job(cost)).map((outcome) =>
      outcome.kind === 'found' ? outcome.credits : 'none',
    )
  expect(credits({ credits: 2 })).toEqual([1, 1, 0])
  expect(credits({ credits: 0 })).toEqual([0, 0, 0])
  expect(credits({})).toEqual([undefined, undefined, undefined])
})

test('Derrick: what an answer took is what it says', () => {
  const operation = derrick.operations.find(({ id }) => id === 'find_tech')
  if (operation?.kind !== 'remote') throw new Error('no such operation')
  const read = (data: unknown, credits?: object) =>
    operation.read({ success: true, data, ...(credits && { credits }) }, [{ domain: 'example.com' }])
  expect(read({ cms: 'Webflow' }, { used: 2, remaining: 98 })).toMatchObject([{ kind: 'found', credits: 2 }])
  expect(read(null, { used: 2, remaining: 98 })).toEqual([{ kind: 'not_found', credits: 2 }])
  expect(read(null)).toEqual([{ kind: 'not_found' }])
})
