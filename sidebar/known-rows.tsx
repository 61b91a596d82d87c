import { KNOWN_HEADER } from '../src/domain/row-print'
import type { Link } from '../src/matching/link'
import { BackLink, Marks, SensitivityChoice } from './duplicate-parts'
import type { DuplicatesState, Known } from './duplicates-state'
import type { KnownRow } from './known-list'
import { Heading } from './parts'
import { count, figure } from './words'

/** Which rows of the open tab another one holds already, with the reasons, and the column that marks them. */
export function KnownRows({ duplicates, known }: { readonly duplicates: DuplicatesState; readonly known: Known }) {
  const rows = known.known[duplicates.sensitivity.value]
  const maybe = rows.filter(({ pile }) => pile === 'review').length
  const { name } = known.other.sheet
  const hidden = [known, known.other].filter((list) => list.hidden > 0)
  return (
    <div class="screen">
      <BackLink words="Rows and columns" onPress={duplicates.back} />
      <Heading focus={() => duplicates.moved.value}>
        {rows.length === 0
          ? `None of these rows found in ${name}`
          : `${count(rows.length - maybe, 'row')} already in ${name}${maybe > 0 ? `, ${figure(maybe)} maybe` : ''}`}
      </Heading>
      <p class="hint">
        {count(known.rows.length, 'row')} of {known.sheet.name} compared with {figure(known.other.rows.length)} of{' '}
        {name}.{' '}
        {hidden
          .map((list) => `${count(list.hidden, 'row')} of ${list.sheet.name} hidden by a filter left out. `)
          .join('')}
        {known.remarks.join(' ')}
      </p>
      {known.known.wide.length === 0 ? (
        <p>
          No row shares a mailbox, profile, phone or name with one of {name} in a way that makes them the same. If you
          expected some, see whether the columns of both tabs were taken right.
        </p>
      ) : (
        <>
          <SensitivityChoice
            duplicates={duplicates}
            found={{
              strict: known.known.strict.length,
              balanced: known.known.balanced.length,
              wide: known.known.wide.length,
            }}
            noun="row"
          />
          <Pile rows={rows} pile="sure" />
          <Pile rows={rows} pile="review" />
          <footer class="dock">
            <Marks duplicates={duplicates} header={KNOWN_HEADER} look="primary" mark={duplicates.markKnown} />
            <p class="hint">It tells the row of {name} and why. Nothing else changes in either tab.</p>
          </footer>
        </>
      )}
    </div>
  )
}

/** As many reasons are told here; the column tells all. */
const MOST_TOLD = 100

const PILES: {
  readonly [P in Link['pile']]: { readonly name: string; readonly about: string; readonly verb: string }
} = {
  sure: { name: 'Sure', about: 'They share something that only one contact or company has.', verb: 'is' },
  review: { name: 'To review', about: 'Likely the same. The column says “Maybe” for them.', verb: 'may be' },
}

function Pile({ rows, pile }: { readonly rows: readonly KnownRow[]; readonly pile: Link['pile'] }) {
  const own = rows.filter((row) => row.pile === pile)
  if (own.length === 0) return null
  const { name, about, verb } = PILES[pile]
  return (
    <details class="fold">
      <summary>
        {name}: {count(own.length, 'row')}
        <span class="hint">{about}</span>
      </summary>
      <ul class="reasons whys">
        {own.slice(0, MOST_TOLD).map(({ own: [row], there: [other], why }) => (
          <li key={row}>
            <p>
              <b>{`Row ${row + 1} ${verb} row ${other + 1} there: `}</b>
              {why}
            </p>
          </li>
        ))}
      </ul>
      {own.length > MOST_TOLD && <p class="hint">And {figure(own.length - MOST_TOLD)} more: the column tells all.</p>}
    </details>
  )
}
