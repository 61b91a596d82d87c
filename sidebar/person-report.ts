import type { PersonView } from '../src/app/api-types'
import type { Answer } from '../src/domain/answer'
import { fieldInfo, isField } from '../src/domain/field'
import { LOOKUP_WORDS } from '../src/domain/lookup-key'
import { basisWords } from './notice-text'
import { count, day, listed } from './words'

/** What a vendor said, in words. */
export const OUTCOME_WORDS: { readonly [O in Answer['outcome']]: string } = {
  found: 'found',
  not_found: 'knows nobody like that',
  objected: 'the person objected there',
  refused: 'refused',
  unavailable: 'did not answer',
  maybe_charged: 'the answer was lost',
  pending: 'still works on it',
}

/** The name of the tab of a report. */
export function reportName(): string {
  return `Personal data report ${new Date().toISOString().slice(0, 10)}`
}

/** What is held about a person, as lines of a sheet that print well. */
export function reportLines(view: PersonView): readonly (readonly string[])[] {
  const { answers, vendors, basis, periods, requests, planned, before } = view
  const meant = view.places.filter(({ isMeant }) => isMeant)
  const cells = meant.flatMap(({ sheetName, row, cells: own }) =>
    own.map(({ header, text, note }) => [`${sheetName}, row ${row}`, header, text, note]),
  )
  const said = answers.flatMap(({ vendor, at, asked, outcome, values }) => {
    const source = `${vendor}${asked ? `, asked ${LOOKUP_WORDS[asked]}` : ''}, ${day(at)}`
    if (values.length === 0) return [[source, '', OUTCOME_WORDS[outcome], '']]
    return values.map(([field, value]) => [source, labelOf(field), value, ''])
  })
  return [
    ['What is held', 'Field', 'Value', 'Source'],
    ['In the sheet', '', '', ''],
    ...(cells.length > 0 ? cells : [['', '', 'nothing', '']]),
    ['Stored answers of data vendors', '', '', ''],
    ...(said.length > 0 ? said : [['', '', 'nothing', '']]),
    ['Records beside', '', besideWords({ requests, planned, before }), ''],
    ['Purpose and ground', '', basis ? basisWords(basis) : 'not set yet', ''],
    ['Recipients', '', vendors.length === 0 ? 'nobody was asked' : listed(vendors.map(vendorWords)), ''],
    [
      'Kept',
      '',
      `Stored answers ${count(periods.answers, 'day')}, what the last runs wrote ${count(periods.runs, 'day')}, hashes in the record of requests ${count(periods.requests, 'day')}; cells until somebody deletes them`,
      '',
    ],
  ]
}

/** What is held beside cells and answers. */
export function besideWords({
  requests,
  planned,
  before,
}: Pick<PersonView, 'requests' | 'planned' | 'before'>): string {
  return `${count(requests, 'line')} in the record of requests (a part of a hash), ${count(planned, 'row')} in the last runs (hashes), ${count(before, 'text')} kept for Undo`
}

/** What a field is called. */
export function labelOf(field: string): string {
  return isField(field) ? fieldInfo(field).label : field
}

function vendorWords({ name, at }: PersonView['vendors'][number]): string {
  return `${name} (last ${day(at)})`
}
