import type { MarkHeader } from '../src/domain/row-print'
import type { Sensitivity } from '../src/matching/match'
import type { DuplicatesState } from './duplicates-state'
import { SENSITIVITIES } from './duplicates-state'
import { Button } from './parts'
import { count } from './words'

/** The way back to the screen before. */
export function BackLink({ words, onPress }: { readonly words: string; readonly onPress: () => unknown }) {
  return (
    <p>
      <Button look="link" onPress={onPress}>
        ‹ {words}
      </Button>
    </p>
  )
}

const SENSITIVITY_WORDS: { readonly [S in Sensitivity]: { readonly name: string; readonly about: string } } = {
  strict: { name: 'Strict', about: 'only what is almost certain' },
  balanced: { name: 'Balanced', about: 'what is more likely the same than not' },
  wide: { name: 'Wide', about: 'also what just might be the same' },
}

/** How careful the search is, with what each choice finds. */
export function SensitivityChoice(props: {
  readonly duplicates: DuplicatesState
  readonly found: { readonly [S in Sensitivity]: number }
  readonly noun: string
}) {
  const { duplicates, found, noun } = props
  return (
    <fieldset>
      <legend>How careful</legend>
      {SENSITIVITIES.map((level) => (
        <label key={level} class="option">
          <input
            type="radio"
            name="sensitivity"
            checked={duplicates.sensitivity.value === level}
            onChange={() => (duplicates.sensitivity.value = level)}
          />
          <span class="grow">
            {SENSITIVITY_WORDS[level].name}
            <span class="hint">{SENSITIVITY_WORDS[level].about}</span>
          </span>
          <span class="figure">{count(found[level], noun)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Adds a column of marks, tells how many rows have one by now, and takes them away again. */
export function Marks(props: {
  readonly duplicates: DuplicatesState
  readonly header: MarkHeader
  readonly look: 'primary' | 'plain'
  readonly mark: (what: 'all' | 'none') => unknown
}) {
  const { duplicates, header, look, mark } = props
  const marks = duplicates.marks.value
  const waiting = duplicates.busy.value === 'marking'
  return (
    <>
      <div class="actions">
        <Button look={look} waiting={waiting} onPress={() => mark('all')}>
          Add column “{header}”
        </Button>
        {marks && marks.marked > 0 && (
          <Button look="link" waiting={waiting} onPress={() => mark('none')}>
            Take the marks away
          </Button>
        )}
      </div>
      {marks && (
        <output class="hint">
          {marks.marked > 0 ? `${count(marks.marked, 'row')} marked in column ${marks.column}.` : 'No marks any more.'}
          {marks.blocked > 0 && ` ${count(marks.blocked, 'row')} could not be marked: protected or filled.`}
        </output>
      )}
    </>
  )
}
