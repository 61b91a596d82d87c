import { FIELD_NAMES } from '../../src/domain/field'
import { PROVIDERS } from '../../src/providers'

/** Fields that no vendor and no public source finds yet. A new vendor makes this list shorter. */
const NOT_FOUND_YET: readonly string[] = [
  'phone_type',
  'crm_software',
  'ecommerce_platform',
  'analytics_tools',
]

test('fields that no real operation finds', () => {
  const found = new Set(
    PROVIDERS.filter(({ kind }) => kind !== 'training').flatMap(({ operations }) =>
      operations.flatMap(({ finds }) => finds),
    ),
  )
  expect(FIELD_NAMES.filter((field) => !found.has(field))).toEqual(NOT_FOUND_YET)
})
