import { useSignal } from '@preact/signals'
import type { Basis, Ground } from '../src/domain/basis'
import { GROUNDS, usualTies } from '../src/domain/basis'
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../src/domain/category'
import { Button } from './parts'
import type { PrivacyState } from './privacy-state'
import { GROUND_WORDS } from './words'

const MOST_PURPOSES = 3

/** The questions about the legal basis of a file, answered once: what for, on which ground, why it is fair, what it takes. */
export function BasisForm({ privacy, basis }: { readonly privacy: PrivacyState; readonly basis: Basis | null }) {
  const purposes = useSignal<readonly string[]>(basis?.purposes ?? [''])
  const ground = useSignal<Ground>(basis?.ground ?? 'legitimate_interest')
  const note = useSignal(basis?.note ?? '')
  const ties = useSignal<Basis['ties']>(basis?.ties ?? usualTies())
  const { ask, hint } = GROUND_WORDS[ground.value]
  const save = () =>
    privacy.saveBasis({ ground: ground.value, purposes: purposes.value, note: note.value, ties: ties.value })
  return (
    <form
      class="questions"
      aria-label="Why people are looked up"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p class="hint">
        Four questions, once for this file. They are kept with it, so that you can answer whoever asks.
      </p>
      <Purposes purposes={purposes.value} change={(said) => (purposes.value = said)} />
      <fieldset>
        <legend>2. On which legal ground?</legend>
        {GROUNDS.map((one) => (
          <label key={one} class="option">
            <input type="radio" name="ground" checked={ground.value === one} onChange={() => (ground.value = one)} />
            <span class="grow">
              {GROUND_WORDS[one].name}
              <span class="hint">{GROUND_WORDS[one].about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="entry">
        <label htmlFor="basis-note">3. {ask}</label>
        <textarea
          id="basis-note"
          rows={3}
          value={note.value}
          aria-describedby="basis-note-hint"
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
        <p id="basis-note-hint" class="hint">
          {hint}
        </p>
      </div>
      <Ties purposes={purposes.value} ties={ties.value} change={(tied) => (ties.value = tied)} />
      <p class="hint">This is a tool, not legal advice. In doubt, ask whoever looks after data protection with you.</p>
      <div class="actions">
        <Button
          look="primary"
          disabled={purposes.value[0]?.trim() === ''}
          waiting={privacy.busy.value === 'basis'}
          onPress={save}
        >
          Save
        </Button>
        {basis && <Button onPress={() => (privacy.asking.value = false)}>Cancel</Button>}
      </div>
    </form>
  )
}

function Purposes(props: {
  readonly purposes: readonly string[]
  readonly change: (purposes: readonly string[]) => void
}) {
  const { purposes, change } = props
  return (
    <div class="entry">
      <label htmlFor="basis-purpose-0">1. What do you need the data for?</label>
      {purposes.map((purpose, index) => (
        <textarea
          key={index}
          id={`basis-purpose-${index}`}
          rows={2}
          aria-label={index === 0 ? undefined : `Purpose ${index + 1}`}
          placeholder="For example: invite them to our trade fair stand"
          value={purpose}
          onInput={(event) => change(purposes.map((one, place) => (place === index ? event.currentTarget.value : one)))}
        />
      ))}
      {purposes.length < MOST_PURPOSES && (
        <Button look="link" onPress={() => change([...purposes, ''])}>
          Add another purpose
        </Button>
      )}
    </div>
  )
}

// With one purpose a kind of data is needed or not; with several it is needed for one of them.
function Ties(props: {
  readonly purposes: readonly string[]
  readonly ties: Basis['ties']
  readonly change: (ties: Basis['ties']) => void
}) {
  const { purposes, ties, change } = props
  const tie = (category: Category, purpose: number | null) => change({ ...ties, [category]: purpose })
  return (
    <fieldset>
      <legend>4. What do you need for it?</legend>
      <p class="hint">The rest is not asked for, and dropped when a vendor sends it anyway.</p>
      {CATEGORY_NAMES.map((category) =>
        purposes.length === 1 ? (
          <label key={category} class="option">
            <input
              type="checkbox"
              checked={ties[category] !== null}
              onChange={(event) => tie(category, event.currentTarget.checked ? 0 : null)}
            />
            <span class="grow">{CATEGORIES[category]}</span>
          </label>
        ) : (
          <label key={category} class="tie">
            {CATEGORIES[category]}
            <select
              value={ties[category] ?? ''}
              onChange={({ currentTarget: { value } }) => tie(category, value === '' ? null : Number(value))}
            >
              {purposes.map((purpose, index) => (
                <option key={index} value={index}>
                  {purpose || `Purpose ${index + 1}`}
                </option>
              ))}
              <option value="">Not needed</option>
            </select>
          </label>
        ),
      )}
    </fieldset>
  )
}
