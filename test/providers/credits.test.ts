import { lookupTag } from '../../src/domain/lookup-key'
import type { Outcome } from '../../src/domain/outcome'
import { NOT_FOUND, refusal } from '../../src/domain/outcome'
import type { Operation, RemoteOperation } from '../../src/domain/provider'
import { charged, shareCredits } from '../../src/providers/credits'
import { fullEnrich } from '../../src/providers/full_enrich'
import { hunter } from '../../src/providers/hunter'
import { icypeas } from '../../src/providers/icypeas'

const ADA = { first_name: 'Ada', last_name: 'Nowak', domain: 'everyone.example' }
const TAG = lookupTag('name_at_domain', ADA)

const hit: Outcome = { kind: 'found', values: { email: { value: 'ada@example.com', confidence: 1 } } }
const at = (credits: number): Outcome => ({ ...hit, credits })
const creditsOf = (outcomes: readonly Outcome[]) => outcomes.map((one) => ('credits' in one ? one.credits : undefined))

test('an answer without a value for us was paid for all the same', () => {
  expect(charged({}, 1)).toEqual({ kind: 'not_found', credits: 1 })
  expect(creditsOf([charged({ email: { value: 'ada@example.com', confidence: 1 } }, 2)])).toEqual([2])
})

test.each<[string, Outcome[], number | undefined, (number | undefined)[]]>([
  ['no total', [hit, NOT_FOUND], undefined, [undefined, undefined]],
  ['as declared', [hit, NOT_FOUND, hit], 2, [1, undefined, 1]],
  ['some were free', [hit, hit, hit], 1, [1, 0, 0]],
  ['all were free', [hit, hit], 0, [0, 0]],
  ['more than declared falls on the last', [hit, hit, NOT_FOUND], 5, [1, 4, undefined]],
  ['an answer without a value for us takes its own', [charged({}, 1), hit], 2, [1, 1]],
  ['a charge without a find', [NOT_FOUND, NOT_FOUND], 1, [1, undefined]],
  ['a charge without a find, after a refusal', [refusal('Vendor', 'input'), NOT_FOUND], 1, [undefined, 1]],
  ['answers with prices of their own', [at(10), at(0), at(1)], 11, [10, 0, 1]],
])('credits of a batch: %s', (_name, outcomes, total, expected) => {
  expect(creditsOf(shareCredits(outcomes, total, 1))).toEqual(expected)
})

// Of each the reply that is charged, with nothing in it that we can read.
test.each<[string, Operation | undefined, unknown]>([
  ['Icypeas', icypeas.operations[0], { success: true, items: [{ status: 'DEBITED', userData: { externalId: TAG } }] }],
  [
    'FullEnrich',
    fullEnrich.operations[0],
    { status: 'FINISHED', cost: { credits: 1 }, data: [{ custom: { lookup: TAG }, contact_info: {} }] },
  ],
  ['Hunter, a person', hunter.operations.find(({ id }) => id === 'person_by_linkedin'), { data: {} }],
  ['Hunter, a company', hunter.operations.find(({ id }) => id === 'company_by_domain'), { data: {} }],
])('an answer that holds nothing for us costs its price: %s', (_, operation, body) => {
  const { poll, read, price } = operation as RemoteOperation
  const [outcome] = (poll?.read ?? read)(body, [ADA])
  expect(outcome).toEqual({ kind: 'not_found', credits: price.credits })
})
