import type { Receipt } from '../src/domain/receipt'
import type { EnrichState } from './enrich-state'
import { Button } from './parts'
import type { RepeatsFound } from './repeats-state'
import { lookups } from './repeats-state'
import { count, figure, listed } from './words'

// More groups nobody looks through here: the screen Duplicates shows all.
const SHOWN = 10

/** What a receipt proposes about rows that are the same contact or company: to look up all, or one and copy. */
export function RepeatsCard({ enrich, receipt }: { readonly enrich: EnrichState; readonly receipt: Receipt }) {
  const found = enrich.repeats.found.value
  switch (found.at) {
    case 'none':
      return null
    case 'offered':
      return (
        <section class="card">
          <h3>Repeats</h3>
          <p class="hint">
            {found.problem ?? 'Rows of one person can differ in their details. Then each is looked up, and paid.'}
          </p>
          <Button onPress={() => enrich.repeats.look(receipt)}>Look for repeats</Button>
        </section>
      )
    case 'searching':
      return <output class="hint">Looking for rows that are the same person or company…</output>
    case 'nothing':
      return <output class="hint">No repeats: no two lookups are about the same person or company for sure.</output>
    case 'found':
      return <Choice enrich={enrich} found={found} />
  }
}

function Choice(props: {
  readonly enrich: EnrichState
  readonly found: Extract<RepeatsFound, { readonly at: 'found' }>
}) {
  const { enrich, found } = props
  const { all, once, chosen, groups, left } = found
  const saved = lookups(all) - lookups(once)
  const choices = [
    ['all', 'Look up all', all],
    ['once', 'Look up one and copy', once],
  ] as const
  return (
    <fieldset class="card">
      <legend>Repeats</legend>
      <output>
        {figure(saved)} of {count(lookups(all), 'lookup')} {saved === 1 ? 'looks like a repeat' : 'look like repeats'}{' '}
        of another row.
      </output>
      {choices.map(([is, words, { credits }]) => (
        <label key={is} class="option">
          <input type="radio" name="repeats" checked={chosen === is} onChange={() => void enrich.chooseRepeats(is)} />
          <span class="grow">
            {words}
            <span class="hint">
              up to {count(credits.worst, 'credit')}
              {is === 'once' && '; only empty cells get a copy'}
            </span>
          </span>
        </label>
      ))}
      {left > 0 && (
        <p class="hint">
          {count(left, 'more group')} {left === 1 ? 'is' : 'are'} too much for one receipt: these rows are looked up one
          by one. Merge duplicates first to pay for one of each.
        </p>
      )}
      <details class="fold">
        <summary>Which rows</summary>
        <ul class="whys">
          {groups.slice(0, SHOWN).map(({ key, rows, members }) => (
            <li key={key}>
              Rows {listed(rows.map(([row]) => figure(row + 1)))}
              <span class="hint">{members.at(-1)?.why}</span>
            </li>
          ))}
        </ul>
        {groups.length > SHOWN && <p class="hint">and {count(groups.length - SHOWN, 'more group')}</p>}
      </details>
    </fieldset>
  )
}
