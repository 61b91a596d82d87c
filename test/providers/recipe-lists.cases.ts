import { lookupTag } from '../../src/domain/lookup-key'
import type { Cases } from './case'
import { example } from './example-recipes'

const { provider, operations } = example('lists')
const [operation = ''] = operations
const ada = { email: 'ada@example.com' }
const ben = { email: 'ben@example.com' }
const carl = { email: 'carl@example.com' }
const keys = [ada, ben, carl]
const id = (key: typeof ada) => lookupTag('email', key)
const headers = { 'X-Version': '2' }

// Made up: what recipes can describe and no example needs.
export const recorded: Cases = {
  provider,
  cases: [
    {
      name: 'takes a list',
      operation,
      keys,
      request: {
        url: 'https://api.lists.example/v1/lists',
        method: 'post',
        headers,
        body: { rows: keys.map((key) => ({ id: id(key), email: key.email })) },
      },
      body: { list: 4711 },
      outcomes: keys.map(() => ({ kind: 'pending', ticket: '4711' })),
    },
    {
      name: 'has no credits for it',
      operation,
      keys,
      body: { error: 'credits' },
      outcomes: keys.map(() => ({ kind: 'refused', because: 'credits' })),
    },
    {
      name: 'works on it',
      operation,
      keys,
      ticket: '4711',
      request: {
        url: 'https://api.lists.example/v1/lists/4711/results',
        method: 'post',
        headers,
        body: { wait: false },
      },
      body: { state: 'working', results: [] },
      outcomes: keys.map(() => ({ kind: 'pending' })),
    },
    {
      name: 'does not know the list yet',
      operation,
      keys,
      ticket: '4711',
      status: 404,
      body: { error: 'unknown' },
      outcomes: keys.map(() => ({ kind: 'pending' })),
    },
    {
      name: 'is done',
      operation,
      keys,
      ticket: '4711',
      body: {
        state: 'done',
        results: [
          { id: id(carl), person: null },
          {
            id: id(ada),
            score: 0.8,
            works: true,
            person: { name: 'Ada Nowak' },
            phones: ['+33123456789'],
            skills: [{ name: 'Sales' }, { name: 'Go' }],
          },
        ],
      },
      outcomes: [
        {
          kind: 'found',
          values: {
            full_name: { value: 'Ada Nowak', confidence: 0.8 },
            phone: { value: '+33123456789', confidence: 0.7, estimated: true, status: 'valid' },
            skills: { value: 'Sales; Go', confidence: 0.7, estimated: true },
          },
        },
        { kind: 'unavailable' },
        { kind: 'not_found' },
      ],
    },
  ],
}
