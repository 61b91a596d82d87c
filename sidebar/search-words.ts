import type { SearchUsed } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { fieldInfo } from '../src/domain/field'
import type { OverwriteRule } from '../src/domain/overwrite'
import type { FieldRule, StopRule, Verified } from '../src/domain/waterfall'
import { count, listed } from './words'

/** A kind of rule for the cells of a field, in a few words. */
export const OVERWRITE_WORDS: { readonly [K in OverwriteRule['kind']]: string } = {
  fill_empty: 'Empty cells only',
  more_confident: 'Also ours, by a surer value',
  refresh: 'Also ours, when it is old',
  replace_invalid: 'Also what was proved invalid',
  beside: 'Empty cells; better values go beside',
  never: 'None',
}

/** What an address may be to be written. */
export const VERIFIED_WORDS: { readonly [V in Verified]: string } = {
  valid: 'Works',
  unverified: 'Not checked',
  accept_all: 'Cannot be told',
  risky: 'Risky',
  unknown: 'No clear result',
  invalid: 'Does not work',
}

/** How a field was searched for, in a line. */
export function searchSentence(search: SearchUsed): string {
  const { field, verify, asked, verifiers, order, overwrite } = search
  const parts = [
    `${asked.join(', then ')} (${order === 'automatic' ? 'least cost first' : 'your order'})`,
    ...barWords(field, search),
    ...(verify === 'before_writing' ? [`checked by ${verifiers.join(', then ') || 'nobody'}`] : []),
    OVERWRITE_WORDS[overwrite].toLowerCase(),
  ]
  return `${fieldInfo(field).label}: ${parts.join(' · ')}`
}

/** What a rule of a field says, in a line; vendors are counted, for they are told by ids. */
export function ruleSentence(field: Field, rule: FieldRule): string {
  const { order, off, verify, overwrite } = rule
  const parts = [
    order === 'automatic' ? 'least cost first' : `${count(order.length, 'vendor')} in an order of its own`,
    ...(off.length > 0 ? [`${count(off.length, 'vendor')} left out`] : []),
    ...barWords(field, rule),
    ...(fieldInfo(field).kind === 'email' && verify === 'never' ? ['not checked first'] : []),
    ...(verify === 'before_writing' ? ['checked before it is written'] : []),
    OVERWRITE_WORDS[overwrite.kind].toLowerCase(),
  ]
  return `${fieldInfo(field).label}: ${parts.join(' · ')}`
}

/** What a value must be to be written. */
function barWords(
  field: Field,
  { threshold, accepts, agreement }: Pick<StopRule, 'threshold' | 'accepts' | 'agreement'>,
): readonly string[] {
  const isAddress = fieldInfo(field).kind === 'email'
  return [
    `${Math.round(threshold * 100)} % sure`,
    ...(isAddress ? [`written if: ${listed(accepts.map((one) => VERIFIED_WORDS[one].toLowerCase()))}`] : []),
    ...(agreement === 'ignored' ? ['two who agree do not count more'] : []),
  ]
}
