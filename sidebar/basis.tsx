import { useSignal } from '@preact/signals'
import type { Basis, Ground } from '../src/domain/basis'
import { GROUNDS, purposeOf, usualTies } from '../src/domain/basis'
import { CATEGORIES, CATEGORY_NAMES, type Category, categoryOf, fieldsOf } from '../src/domain/category'
import { type Field, fieldInfo } from '../src/domain/field'
import { Button } from './parts'
import type { PrivacyState } from './privacy-state'
import { count, GROUND_WORDS } from './words'

const MOST_PURPOSES = 3

/** The questions about the legal basis of a file, answered once: what for, on which ground, why it is fair, what it takes. */
export function BasisForm({ privacy, basis }: { readonly privacy: PrivacyState; readonly basis: Basis | null }) {
  const purposes = useSignal<readonly string[]>(basis?.purposes ?? [''])
  const ground = useSignal<Ground>(basis?.ground ?? 'legitimate_interest')
  const note = useSignal(basis?.note ?? '')
  const tied = useSignal<Tied>({ ties: basis?.ties ?? usualTies(), fields: basis?.fields ?? {} })
  const controller = useSignal(basis?.controller ?? '')
  const { ask, hint } = GROUND_WORDS[ground.value]
  const save = () =>
    privacy.saveBasis({
      ground: ground.value,
      purposes: purposes.value,
      note: note.value,
      controller: controller.value,
      ...tied.value,
    })
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
      <Ties purposes={purposes.value} tied={tied.value} change={(next) => (tied.value = next)} />
      <div class="entry">
        <label htmlFor="basis-controller">Your company, address and email (you may add it later)</label>
        <input
          id="basis-controller"
          type="text"
          maxLength={300}
          value={controller.value}
          aria-describedby="basis-controller-hint"
          onInput={(event) => (controller.value = event.currentTarget.value)}
        />
        <p id="basis-controller-hint" class="hint">
          Who is responsible, for the register and what you tell people.
        </p>
      </div>
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

/** What kinds of data, and of them single fields, are needed for. */
type Tied = Pick<Basis, 'ties' | 'fields'>

interface Tying {
  readonly purposes: readonly string[]
  readonly tied: Tied
  readonly change: (tied: Tied) => void
}

function Ties({ purposes, tied, change }: Tying) {
  return (
    <fieldset>
      <legend>4. What do you need for it?</legend>
      <p class="hint">The rest is not asked for, and dropped when a vendor sends it anyway.</p>
      {CATEGORY_NAMES.map((category) => (
        <Kind key={category} category={category} purposes={purposes} tied={tied} change={change} />
      ))}
    </fieldset>
  )
}

function Kind({ category, purposes, tied, change }: Tying & { readonly category: Category }) {
  const isOpen = useSignal(false)
  const fields = fieldsOf(category)
  const { ties } = tied
  const own = fields.filter((field) => purposeOf(tied, field) !== ties[category])
  const words = `${isOpen.value ? 'Hide' : 'Show'} ${count(fields.length, 'field')}${own.length > 0 ? `, ${own.length} apart` : ''}`
  // Who changes the kind means all of it.
  const others = Object.entries(tied.fields).filter(([field]) => categoryOf(field as Field) !== category)
  return (
    <div class="kind">
      <Tie
        words={CATEGORIES[category]}
        purposes={purposes}
        purpose={ties[category]}
        isMixed={own.length > 0}
        change={(purpose) => change({ ties: { ...ties, [category]: purpose }, fields: Object.fromEntries(others) })}
      />
      <Button look="link" label={`${words}: ${CATEGORIES[category]}`} onPress={() => (isOpen.value = !isOpen.value)}>
        {words}
      </Button>
      {isOpen.value &&
        fields.map((field) => (
          <Tie
            key={field}
            words={fieldInfo(field).label}
            purposes={purposes}
            purpose={purposeOf(tied, field)}
            isMixed={false}
            change={(purpose) => change({ ties, fields: { ...tied.fields, [field]: purpose } })}
          />
        ))}
    </div>
  )
}

// With one purpose something is needed or not; with several it is needed for one of them.
function Tie(props: {
  readonly words: string
  readonly purposes: readonly string[]
  readonly purpose: number | null
  /** Whether single fields are not as the kind is. */
  readonly isMixed: boolean
  readonly change: (purpose: number | null) => void
}) {
  const { words, purposes, purpose, isMixed, change } = props
  if (purposes.length === 1)
    return (
      <label class="option">
        <input
          type="checkbox"
          checked={purpose !== null}
          ref={(box) => {
            if (box) box.indeterminate = isMixed
          }}
          onChange={(event) => change(event.currentTarget.checked ? 0 : null)}
        />
        <span class="grow">{words}</span>
      </label>
    )
  return (
    <label class="tie">
      {words}
      <select
        value={purpose ?? ''}
        onChange={({ currentTarget: { value } }) => change(value === '' ? null : Number(value))}
      >
        {purposes.map((one, index) => (
          <option key={index} value={index}>
            {one || `Purpose ${index + 1}`}
          </option>
        ))}
        <option value="">Not needed</option>
      </select>
    </label>
  )
}
