import type { Overview, PastView } from '../src/app/api-types'
import { fieldInfo } from '../src/domain/field'
import type { EnrichState } from './enrich-state'
import { Button } from './parts'
import { KIND_WORDS, UndoButton } from './undo'
import { count, ENVIRONMENT_WORDS, listed, moment } from './words'

/** The last runs and merges: what they did and cost, who began them, the way back, and the way to do it once more. */
export function History({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  if (view.history.length === 0) return null
  return (
    <details class="fold">
      <summary>History</summary>
      <ul class="lines runs">
        {view.history.map((past) => (
          <li key={past.id}>
            <span class="grow">
              {past.sheetName}
              <span class="hint">
                {moment(past.at)} · {past.by} · {doneBy(past)}
              </span>
              {past.wanted.length > 0 && (
                <span class="hint">{listed(past.wanted.map((field) => fieldInfo(field).label))}</span>
              )}
              {enrich.searches.value?.id === past.id && (
                <output class="hint">
                  {enrich.searches.value.lines.map((line) => (
                    <span key={line} class="line">
                      {line}
                    </span>
                  ))}
                  {enrich.searches.value.lines.length === 0 && 'Only those of the last three runs are kept.'}
                </output>
              )}
              {UNDO_WORDS[past.undo] && <span class="hint">{UNDO_WORDS[past.undo]}</span>}
            </span>
            <span class="ways">
              {past.kind === 'run' && past.undo !== 'too_old' && (
                <Button
                  look="link"
                  label={`${enrich.searches.value?.id === past.id ? 'Hide settings of' : 'Settings used in'} the run on ${past.sheetName}, ${moment(past.at)}`}
                  onPress={() => void enrich.tellSearches(past.id)}
                >
                  {enrich.searches.value?.id === past.id ? 'Hide settings' : 'Settings used'}
                </Button>
              )}
              {past.wanted.length > 0 && past.sheetName === view.sheet.name && view.canAsk && (
                <Button
                  look="link"
                  label={`Run again on ${past.sheetName}, as on ${moment(past.at)}`}
                  onPress={() => enrich.runAgain(past)}
                >
                  Run again
                </Button>
              )}
              {past.undo === 'possible' && (
                <UndoButton
                  enrich={enrich}
                  run={past}
                  words="Undo"
                  look="link"
                  label={`Undo the ${KIND_WORDS[past.kind]} on ${past.sheetName}, ${moment(past.at)}`}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function doneBy({ kind, cells, credits, environment }: PastView): string {
  if (kind === 'merge') return count(cells, 'row merged', 'rows merged')
  if (kind === 'formulas') return `${count(cells, 'cell')} with formulas`
  if (kind === 'finish') return `${count(cells, 'formula')} run again`
  const spent = environment === 'production' ? count(credits, 'credit') : ENVIRONMENT_WORDS[environment].name
  return `${count(cells, 'cell')} · ${spent}`
}

const UNDO_WORDS: { readonly [U in PastView['undo']]: string } = {
  possible: '',
  waits: 'Undo the newer run first.',
  undone: 'Undone.',
  too_old: 'Too old to undo: the last three can be.',
  tab_gone: 'Its tab was deleted.',
  nothing: '',
}
