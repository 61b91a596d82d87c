import type { Field } from './field'
import { FIELD_NAMES, fieldInfo } from './field'

/** Kinds of data that are wanted for the same reasons; a file has a purpose for each, or none. */
export const CATEGORIES = {
  name: 'Names',
  reach: 'Work email, phones, LinkedIn',
  role: 'Job title and role',
  place: 'Place and time zone',
  company: 'Company facts',
  career: 'Career, education, skills',
  private: 'Private email, gender, photo, other profiles',
} as const

/** The name of a kind of data. */
export type Category = keyof typeof CATEGORIES

/** The kinds of data in the order in which they are shown. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as readonly Category[]

// What a person is reached by at work is the most of what is left.
const CATEGORY_OF: { readonly [F in Field]?: Category } = {
  full_name: 'name',
  first_name: 'name',
  last_name: 'name',
  headline: 'role',
  job_title: 'role',
  seniority: 'role',
  department: 'role',
  job_started_on: 'role',
  city: 'place',
  region: 'place',
  country: 'place',
  time_zone: 'place',
  summary: 'career',
  job_history: 'career',
  education: 'career',
  skills: 'career',
  languages: 'career',
  connections: 'career',
  personal_email: 'private',
  gender: 'private',
  photo_url: 'private',
  twitter_url: 'private',
  github_url: 'private',
  facebook_url: 'private',
}

/** The kind of data that a field is. */
export function categoryOf(field: Field): Category {
  return CATEGORY_OF[field] ?? (fieldInfo(field).of === 'company' ? 'company' : 'reach')
}

/** The fields of a kind of data. */
export function fieldsOf(category: Category): readonly Field[] {
  return FIELD_NAMES.filter((field) => categoryOf(field) === category)
}
