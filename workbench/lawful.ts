const KINDS = ['name', 'reach', 'role', 'place', 'company', 'career', 'private']

const OUTSIDE_EEA = [
  'hunter',
  'people_data_labs',
  'apollo',
  'prospeo',
  'the_companies_api',
  'icypeas',
  'full_enrich',
  'derrick',
  'zero_bounce',
  'twilio',
]

/**
 * Document properties of a file whose owner has chosen a legal basis for every kind of data, and ticked that all transfers are
 * covered: what a list needs before real vendors can be asked about it.
 */
export const LAWFUL: { readonly [property: string]: string } = {
  basis: JSON.stringify({
    version: 2,
    ground: 'legitimate_interest',
    purposes: ['Invite them to a product demo'],
    note: 'They work for companies that buy such products, and can say no to the first message.',
    ties: Object.fromEntries(KINDS.map((kind) => [kind, 0])),
    fields: {},
    controller: '',
  }),
  transfers: JSON.stringify({ version: 1, covered: OUTSIDE_EEA }),
}
