import type { Periods, RegisterView, VendorView } from '../src/app/api-types'
import type { Basis } from '../src/domain/basis'
import { purposeOf } from '../src/domain/basis'
import { CATEGORIES, CATEGORY_NAMES, type Category, fieldsOf } from '../src/domain/category'
import { fieldInfo } from '../src/domain/field'
import { count, figure, GROUND_WORDS, listed } from './words'

type Line = readonly string[]

/** The register of processing of a file (GDPR Art. 30) as the lines of a tab; what only a person knows is left to fill in. */
export function registerLines(given: {
  readonly register: RegisterView
  readonly basis: Basis | null
  readonly periods: Periods
  readonly suppressed: number
}): readonly Line[] {
  const { register, basis, periods, suppressed } = given
  return [
    ['Register of processing: enrichment of this list'],
    ['Written by Enrich as far as this file knows it. A tool, not legal advice: check it and fill in the rest.'],
    [],
    ['Controller', basis?.controller || '(name, address, contact, data-protection officer)'],
    ...basisLines(basis),
    ['People', 'People at companies in this list, and whoever vendors name about them'],
    ['Where data comes from', 'The list itself, and the vendors and public sources below'],
    ['Who sees it', 'Everybody who can open this file, and the vendors below as far as a question takes it'],
    ['Never looked up', `${count(suppressed, 'entry', 'entries')}, kept as keyed hashes`],
    ...periodLines(periods),
    [
      'Protection',
      'Scopes for the open file alone; keys bound to one host each; hidden tabs with checksums; no server of ours',
    ],
    [],
    ['Kinds of data', 'Purpose', 'Fields'],
    ...CATEGORY_NAMES.flatMap((category) => tieLines(basis, category)),
    [],
    ['Vendor', 'Region', 'Transfer out of the EEA', 'Privacy notice', 'Terms on data', 'May return', 'Asked so far'],
    ...register.vendors.map((vendor): Line => [
      vendor.name,
      vendor.region ?? NOT_CHECKED,
      TRANSFER_WORDS[vendor.transfer],
      vendor.privacy ?? NOT_CHECKED,
      vendor.terms ?? NOT_CHECKED,
      vendor.finds.join(', '),
      vendor.wasAsked ? 'yes' : 'no',
    ]),
    [],
    ['Month', 'Vendor', 'Requests', 'Questions answered', 'With a value'],
    ...register.months.map(({ month, vendor, requests, asked, found }): Line => [
      month,
      vendor,
      figure(requests),
      figure(asked),
      figure(found),
    ]),
  ]
}

/** What is said where nobody looked a fact up. */
export const NOT_CHECKED = 'not checked'

const TRANSFER_WORDS: { readonly [T in VendorView['transfer']]: string } = {
  none: 'none, or no personal data',
  open: 'not ticked as covered: not asked',
  covered: 'ticked as covered',
}

function basisLines(basis: Basis | null): readonly Line[] {
  if (!basis) return [['Purpose', '(not chosen yet)']]
  return [
    ...basis.purposes.map((purpose, index): Line => [index === 0 ? 'Purpose' : `Purpose ${index + 1}`, purpose]),
    ['Legal ground', GROUND_WORDS[basis.ground].name],
    [GROUND_WORDS[basis.ground].ask.replace(/\?$/, ''), basis.note],
  ]
}

/** The fields of a kind of data, a line for each purpose that some of them have. */
function tieLines(basis: Basis | null, category: Category): readonly Line[] {
  const fields = fieldsOf(category).map((field) => [field, basis && purposeOf(basis, field)] as const)
  return [...new Set(fields.map(([, purpose]) => purpose))].map((purpose) => [
    CATEGORIES[category],
    purposeWords(basis, purpose),
    fields.flatMap(([field, own]) => (own === purpose ? [fieldInfo(field).label] : [])).join(', '),
  ])
}

function purposeWords(basis: Basis | null, tie: number | null): string {
  return tie === null ? 'not needed: not asked for, dropped when it comes' : (basis?.purposes[tie] ?? '')
}

function periodLines({ answers, runs, requests, fields }: Periods): readonly Line[] {
  const own = Object.entries(fields).map(
    ([field, days]) => `${fieldInfo(field as keyof typeof fields).label} ${days} days`,
  )
  return [
    ['Stored answers are kept', `${figure(answers)} days${own.length > 0 ? `; ${listed(own)}` : ''}`],
    ['What runs changed is kept', `${figure(runs)} days, for Undo`],
    ['Records of requests keep parts of hashes', `${figure(requests)} days; figures stay`],
    ['Values in cells', 'until a person deletes them'],
  ]
}
