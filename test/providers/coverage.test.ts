import { FIELD_NAMES } from '../../src/domain/field'
import { PROVIDERS } from '../../src/providers'

test('every field is found by a real operation', () => {
  const found = new Set(
    PROVIDERS.filter(({ kind }) => kind !== 'training').flatMap(({ operations }) =>
      operations.flatMap(({ finds }) => finds),
    ),
  )
  expect(FIELD_NAMES.filter((field) => !found.has(field))).toEqual([])
})
