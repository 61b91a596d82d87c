import type { SearchUsed } from '../src/app/api-types'
import { fieldInfo } from '../src/domain/field'
import type { OverwriteRule } from '../src/domain/overwrite'
import type { Verified } from '../src/domain/waterfall'
import { listed } from './words'

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
  const { field, threshold, accepts, agreement, verify, asked, verifiers, order, overwrite } = search
  const { label, kind } = fieldInfo(field)
  const parts = [
    `${asked.join(', then ')} (${order === 'automatic' ? 'least cost first' : 'your order'})`,
    `${Math.round(threshold * 100)} % sure`,
    ...(kind === 'email' ? [`written if: ${listed(accepts.map((one) => VERIFIED_WORDS[one].toLowerCase()))}`] : []),
    ...(agreement === 'ignored' ? ['two who agree do not count more'] : []),
    ...(verify === 'before_writing' ? [`checked by ${verifiers.join(', then ') || 'nobody'}`] : []),
    OVERWRITE_WORDS[overwrite].toLowerCase(),
  ]
  return `${label}: ${parts.join(' · ')}`
}
