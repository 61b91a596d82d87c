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
  'website',
  'company_type',
  'company_linkedin_url',
  'company_twitter_url',
  'company_facebook_url',
  'company_phone',
  'company_email',
  'company_description',
  'company_keywords',
  'company_logo_url',
  'sub_industry',
  'sector',
  'naics_code',
  'sic_code',
  'employees',
  'revenue_range',
  'total_funding',
  'last_funding_round',
  'last_funding_date',
  'stock_ticker',
  'company_followers',
  'is_hiring',
  'technologies',
  'cms',
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
