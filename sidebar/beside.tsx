import type { RunView } from '../src/app/api-types'
import type { Beside, EnrichState } from './enrich-state'
import { Button } from './parts'

const ACTIONS: readonly { readonly what: Beside; readonly words: string }[] = [
  { what: 'status', words: 'Status of each row' },
  { what: 'sources', words: 'Source, confidence, check and date' },
  { what: 'nothing', words: 'Empty these columns' },
]

/** Columns beside the list that tell about a run: people filter by them. */
export function Columns({ enrich, run }: { readonly enrich: EnrichState; readonly run: RunView }) {
  return (
    <details class="fold" open={run.provenance === 'columns'}>
      <summary>Columns to filter by</summary>
      <p class="hint">
        They are put beside your list and tell about this run. Press again after you changed something. What you typed
        there stays.
      </p>
      <ul class="lines">
        {ACTIONS.map(({ what, words }) => (
          <li key={what}>
            <Button look="link" disabled={enrich.busy.value !== null} onPress={() => enrich.tellBeside(run, what)}>
              {words}
            </Button>
          </li>
        ))}
      </ul>
      <output class="hint" aria-live="polite">
        {enrich.besideWords.value}
      </output>
    </details>
  )
}
