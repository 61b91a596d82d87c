import { useSignal } from '@preact/signals'
import type { FinishView, FormulasView } from '../src/app/api-types'
import { Button, Notice } from './parts'
import type { SettingsState } from './settings-state'
import { count, figure } from './words'

/** What formulas of the file may spend, the switch that stops them, and the button that finishes what waits. */
export function Formulas(props: {
  readonly settings: SettingsState
  readonly formulas: FormulasView
  /** Opens the builder. */
  readonly build: () => unknown
  /** Opens the screen that puts values in the place of formulas. */
  readonly keep: () => unknown
  /** Undoes a change on the screen Enrich. */
  readonly undo: (change: string) => unknown
}) {
  const { settings, formulas } = props
  const { isOn, perDay, today, waiting } = formulas
  const typed = useSignal(perDay > 0 ? perDay : NaN)
  const cap = typed.value
  const isCap = cap >= 1
  const busy = settings.busy.value === 'formulas'
  const save = (on: boolean) => settings.saveFormulaSpending({ isOn: on, perDay: isCap ? cap : perDay })
  const finished = settings.finished.value
  const isFinishing = settings.busy.value === 'finish'
  return (
    <section class="caps">
      <h3>Formulas</h3>
      <p class="hint">
        Formulas such as <code>=ENRICH_EMAIL(A2)</code> give what this file knows already, and what public sources say.
        They spend credits only if you say so here, only with keys that are shared with this file, and each answer is
        paid once.{' '}
        <Button look="link" onPress={props.build}>
          Build a formula
        </Button>
      </p>
      {isOn && (
        <Notice tone="warning">
          Everybody who can edit this file can spend up to {figure(perDay)} credits a day by formulas. Today:{' '}
          {figure(today)}.
        </Notice>
      )}
      <div class="cap">
        <label htmlFor="formula-cap">Credits a day by formulas</label>
        <input
          id="formula-cap"
          type="number"
          min={1}
          inputMode="numeric"
          placeholder="none"
          value={Number.isNaN(cap) ? '' : cap}
          onInput={(event) => (typed.value = event.currentTarget.valueAsNumber)}
        />
      </div>
      {isOn ? (
        <>
          <Button disabled={!isCap || cap === perDay} waiting={busy} onPress={() => save(true)}>
            Save the limit
          </Button>
          <Button look="danger" waiting={busy} onPress={() => save(false)}>
            Stop formula spending
          </Button>
        </>
      ) : (
        <Button disabled={!isCap} waiting={busy} onPress={() => save(true)}>
          Turn on formula spending
        </Button>
      )}
      <p class="hint">
        Cells that say "pending" wait for their turn, for the cap, or for a run to end.
        {waiting > 0 && ` ${count(waiting, 'answer')} of formulas will be kept with the others.`}
      </p>
      <Button waiting={isFinishing} onPress={settings.finishFormulas}>
        Finish pending formulas
      </Button>
      {finished && <output>{finishedWords(finished, isFinishing ? 'going_on' : 'over')}</output>}
      {finished && finished.begun > 0 && !isFinishing && (
        <p class="hint">
          Their text is the same as before.{' '}
          <Button look="link" onPress={() => props.undo(finished.change)}>
            Undo
          </Button>{' '}
          checks that, cell by cell. Keep what they show:{' '}
          <Button look="link" onPress={props.keep}>
            Turn formulas into values
          </Button>{' '}
          (you can undo that too).
        </p>
      )}
    </section>
  )
}

function finishedWords({ begun, cells, left, why }: FinishView, stage: 'going_on' | 'over'): string {
  if (begun === 0 && left === 0) return 'No formula of this tab waits for anything.'
  if (begun === 0) return `${count(left, 'formula')} left in cells that are protected: ask their owner to press it.`
  const again = `${count(begun, 'formula')} of this tab run again, just as they were: ${listOf(cells)}.${why ? ` ${why}` : ''}`
  if (left === 0) return again
  return `${again} ${count(left, 'formula')} left${stage === 'over' ? ': press it again in a moment' : ''}.`
}

// More are hardly read.
const MOST_LISTED = 8

function listOf(cells: readonly string[]): string {
  const names = [...new Set(cells)]
  const more = names.length - MOST_LISTED
  return more > 0 ? `${names.slice(0, MOST_LISTED).join(', ')} and ${more} more` : names.join(', ')
}
