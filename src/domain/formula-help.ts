/** What a person reads about a custom function: the source of its stub, its autocompletion, its help, the builder and tests. */
export interface FormulaHelp {
  readonly about: string
  readonly params: readonly { readonly name: string; readonly about: string; readonly optional?: true }[]
  readonly example: string
}

// Words only: the script, which every formula call loads whole, holds none of them.

const PERSON = {
  name: 'person',
  about: 'A LinkedIn URL, an email, "name, domain" or "name, company", or a name. A cell or a range.',
}
const DOMAIN = {
  name: 'domain',
  about: 'The domain, website or name of the company, if the first argument is a name.',
  optional: true,
} as const
const OPTIONS = {
  name: 'options',
  about: 'Such as "min_confidence=0.8; fallback=n/a; show=status".',
  optional: true,
} as const
const FREE = 'from what this file knows and from free sources. Credits are spent only if Settings > Formulas says so.'

const HELP = {
  ENRICH_EMAIL: {
    about: `Gives the work email of a person ${FREE}`,
    params: [PERSON, DOMAIN, OPTIONS],
    example: '=ENRICH_EMAIL(A2, B2)',
  },
  ENRICH_PHONE: {
    about: `Gives the phone number of a person ${FREE}`,
    params: [PERSON, DOMAIN, OPTIONS],
    example: '=ENRICH_PHONE(A2, B2)',
  },
  ENRICH_LINKEDIN: {
    about: `Gives the LinkedIn profile of a person ${FREE}`,
    params: [PERSON, DOMAIN, OPTIONS],
    example: '=ENRICH_LINKEDIN(A2, B2)',
  },
  ENRICH_PERSON: {
    about: `Gives several fields of a person side by side, ${FREE}`,
    params: [PERSON, { name: 'fields', about: 'Such as "job_title, seniority, city".' }, OPTIONS],
    example: '=ENRICH_PERSON(A2, "job_title, seniority, city")',
  },
  ENRICH_COMPANY: {
    about: `Gives several fields of a company side by side, ${FREE}`,
    params: [
      { name: 'company', about: 'A domain, website, email or name, or the LinkedIn page. A cell or a range.' },
      { name: 'fields', about: 'Such as "industry, company_size, hq_country".' },
      OPTIONS,
    ],
    example: '=ENRICH_COMPANY(B2, "industry, company_size, hq_country")',
  },
  ENRICH: {
    about: `Gives fields for each row of a range, whose columns are understood by their headers or values, ${FREE}`,
    params: [
      { name: 'range', about: 'Rows of people or companies, with or without headers.' },
      { name: 'fields', about: 'Such as "email, job_title".' },
      OPTIONS,
    ],
    example: '=ENRICH(A1:D20, "email, job_title")',
  },
  ENRICH_TECH: {
    about: `Gives the technologies of a company's website, ${FREE}`,
    params: [{ name: 'domain', about: 'A domain, website or email. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_TECH(B2)',
  },
  ENRICH_VERIFY: {
    about: `Tells whether an address takes mail (valid, accept_all, risky, invalid, unknown), ${FREE}`,
    params: [{ name: 'email', about: 'An address. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_VERIFY(C2)',
  },
  ENRICH_DOMAIN: {
    about: 'Gives the domain of an email or web address.',
    params: [{ name: 'email_or_url', about: 'An email or web address. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_DOMAIN(A2)',
  },
  ENRICH_CLEAN_PHONE: {
    about: 'Gives a phone number in the international form, such as +33612345678.',
    params: [
      { name: 'phone', about: 'A phone number. A cell or a range.' },
      {
        name: 'country',
        about: 'The country of numbers without a prefix, as a code or a name; else that of the spreadsheet.',
        optional: true,
      },
      OPTIONS,
    ],
    example: '=ENRICH_CLEAN_PHONE(A2, "France")',
  },
  ENRICH_CLEAN_EMAIL: {
    about: 'Gives an email address as it should be written.',
    params: [{ name: 'email', about: 'An email address. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_CLEAN_EMAIL(A2)',
  },
  ENRICH_CLEAN_LINKEDIN: {
    about: 'Gives the address of a LinkedIn profile or company page in its one common form.',
    params: [{ name: 'url', about: 'The address of a profile or a company page. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_CLEAN_LINKEDIN(A2)',
  },
  ENRICH_SPLIT_NAME: {
    about: 'Gives the first and the last name of a person in two columns.',
    params: [{ name: 'name', about: 'The name of a person. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_SPLIT_NAME(A2)',
  },
  ENRICH_IS_FREE_EMAIL: {
    about: 'Tells whether an address is one of a public mail service: TRUE or FALSE.',
    params: [{ name: 'email', about: 'An email address or a domain. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_IS_FREE_EMAIL(A2)',
  },
  ENRICH_IS_ROLE_EMAIL: {
    about: 'Tells whether an address belongs to a function such as info or sales and not to a person: TRUE or FALSE.',
    params: [{ name: 'email', about: 'An email address. A cell or a range.' }, OPTIONS],
    example: '=ENRICH_IS_ROLE_EMAIL(A2)',
  },
  ENRICH_MATCH: {
    about:
      'Tells whether two rows are the same person or company: same or different, how likely, and why, in three columns.',
    params: [
      { name: 'row1', about: 'Cells of one row, or rows with or without headers.' },
      { name: 'row2', about: 'Cells of the other row, or as many rows as the first range has.' },
      {
        name: 'options',
        about: 'Such as "min_confidence=0.9; show=verdict" (or probability, or reason).',
        optional: true,
      },
    ],
    example: '=ENRICH_MATCH(A2:D2, A3:D3)',
  },
} satisfies { readonly [name: string]: FormulaHelp }

/** The name of a custom function. All begin with ENRICH, so that they do not collide with other add-ons. */
export type FormulaName = keyof typeof HELP

/** Every custom function of the add-on in words. */
export const FORMULA_HELP: { readonly [N in FormulaName]: FormulaHelp } = HELP
