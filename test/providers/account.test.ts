import { dropcontact } from '../../src/providers/dropcontact'

test.each([['Dropcontact', dropcontact, { credits: 482 }, { text: '482 credits left', left: 482 }]])(
  '%s: what is left',
  (_name, { balance }, body, expected) => {
    expect(balance?.read(body)).toEqual(expected)
  },
)

test('a record without an address costs nothing, unless one was verified', () => {
  const read = (id: string, key: object) => {
    const operation = dropcontact.operations.find((one) => one.id === id)!
    if (operation.kind !== 'remote') throw new Error('not asked over HTTP')
    const { data } = operation.request([key as never]).body as { data: object[] }
    return operation.poll!.read({ success: true, data: data.map((one) => ({ ...one, job: 'CTO' })) }, [key as never])
  }
  const ada = { first_name: 'Ada', last_name: 'Nowak', domain: 'example.com' }
  expect(read('person_by_name_at_domain', ada)).toMatchObject([{ kind: 'found', credits: 0 }])
  expect(read('person_by_email', { email: 'ada@example.com' })[0]).not.toHaveProperty('credits')
})
