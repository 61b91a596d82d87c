import { FIELD_NAMES } from '../../src/domain/field'
import { PROVIDERS } from '../../src/providers'

/** Fields that no vendor and no public source finds yet. A new vendor makes this list shorter. */
const NOT_FOUND_YET: readonly string[] = [
  'personal_email',
  'mobile_phone',
  'twitter_url',
  'github_url',
  'facebook_url',
  'photo_url',
  'headline',
  'summary',
  'job_started_on',
  'job_history',
  'education',
  'skills',
  'languages',
  'connections',
  'company_type',
  'company_keywords',
  'sub_industry',
  'sector',
  'sic_code',
  'revenue_range',
  'total_funding',
  'last_funding_round',
  'last_funding_date',
  'company_followers',
  'is_hiring',
]

test('fields that no real operation finds', () => {
  const found = new Set(
    PROVIDERS.filter(({ kind }) => kind !== 'training').flatMap(({ operations }) =>
      operations.flatMap(({ finds }) => finds),
    ),
  )
  expect(FIELD_NAMES.filter((field) => !found.has(field))).toEqual(NOT_FOUND_YET)
})
