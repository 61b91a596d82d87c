import { useSignal } from '@preact/signals'
import type { PersonPlace, PersonView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { FIELD_NAMES, fieldInfo } from '../src/domain/field'
import { LOOKUP_WORDS } from '../src/domain/lookup-key'
import type { ProblemAction } from '../src/domain/problem'
import { Button, Heading, Icon, Notice, Progress, Skeleton, Trouble } from './parts'
import { Erase, Erased, Proofs } from './person-erase'
import { besideWords, labelOf, OUTCOME_WORDS } from './person-report'
import type { PersonState, Who } from './person-state'
import { count, day, listed } from './words'

/** The screen "A person asks": what is held about somebody, and how it is given to them, corrected or erased. */
export function PersonScreen({ person, back }: { readonly person: PersonState; readonly back: () => unknown }) {
  const { view, search, erasure, erased, problem, busy, said } = person
  const act = (action: ProblemAction) => (action === 'try_again' ? person.tryAgain() : person.open())
  return (
    <div class="screen" aria-busy={busy.value !== null}>
      <Heading focus={() => true}>A person asks</Heading>
      <output class={said.value === '' ? 'unseen' : 'hint'} aria-live="polite">
        {said.value}
      </output>
      {problem.value && <Trouble problem={problem.value} act={act} waiting={busy.value !== null} />}
      {!erasure.value && !problem.value && <Skeleton label="Looking whether an erasure is to be finished" />}
      {erasure.value && <Form person={person} />}
      {erased.value && <Erased erased={erased.value} missed={erasure.value?.missed ?? 0} />}
      {view.value && <Held person={person} view={view.value} />}
      {erasure.value && erasure.value.done.length > 0 && <Proofs done={erasure.value.done} />}
      <footer class="dock">
        {search.value ? (
          <Looking search={search.value} stop={person.stop} />
        ) : (
          <Button onPress={back}>Back to Privacy</Button>
        )}
      </footer>
    </div>
  )
}

function Looking(props: {
  readonly search: NonNullable<PersonState['search']['value']>
  readonly stop: () => unknown
}) {
  const { round, done, of } = props.search
  return (
    <>
      <div>
        <output>
          {round === 1 ? 'Looking in all tabs and stored answers…' : 'Looking again, with what was found…'}
        </output>
        <Progress label="Search for this person" done={done} total={of} />
      </div>
      <Button onPress={props.stop}>
        <Icon name="stop" />
        Stop
      </Button>
    </>
  )
}

const PARTS: readonly (readonly [part: keyof Who, words: string, keys: 'email' | 'text' | 'tel' | 'url'])[] = [
  ['email', 'Email', 'email'],
  ['linkedin', 'LinkedIn profile', 'url'],
  ['phone', 'Phone', 'tel'],
  ['name', 'Full name', 'text'],
  ['company', 'Company or website', 'text'],
]

function Form({ person }: { readonly person: PersonState }) {
  const who = person.who.value
  const isEmpty = Object.values(who).every((text) => text.trim() === '')
  return (
    <form
      class="keyform"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) void person.find()
      }}
    >
      <p class="hint">One of these is enough, a name needs a company or website. Nothing is looked up at vendors.</p>
      {PARTS.map(([part, words, keys]) => (
        <label key={part} htmlFor={`who-${part}`}>
          {words}
          <input
            id={`who-${part}`}
            type="text"
            inputMode={keys}
            autocomplete="off"
            value={who[part]}
            onInput={(event) => (person.who.value = { ...who, [part]: event.currentTarget.value })}
          />
        </label>
      ))}
      <Button look="primary" disabled={isEmpty} waiting={person.busy.value === 'find'} onPress={person.find}>
        What do we hold on this person?
      </Button>
    </form>
  )
}

interface Shown {
  readonly person: PersonState
  readonly view: PersonView
}

function Held({ person, view }: Shown) {
  const { places, answers, requests } = view
  if (places.length + answers.length + requests === 0)
    return <Notice tone="good">Nothing in this file is about this person: no tab, no stored answer, no record.</Notice>
  return (
    <>
      <Places person={person} places={places} />
      <Stores view={view} />
      <Copy person={person} />
      <Correct person={person} view={view} />
      <Erase person={person} view={view} />
    </>
  )
}

function Places({ person, places }: { readonly person: PersonState; readonly places: readonly PersonPlace[] }) {
  const doubtful = places.filter(({ isMeant }) => !isMeant).length
  return (
    <section>
      <h3>In the sheet: {count(places.length, 'row')}</h3>
      {places.length === 0 && <p class="hint">No tab speaks of them, hidden ones included.</p>}
      {doubtful > 0 && (
        <p class="hint">
          {count(doubtful, 'row')} may be about somebody else of that name or number. Tick what is meant.
        </p>
      )}
      <ul class="lines">
        {places.map(({ id, sheetName, row, isMeant, cells }) => (
          <li key={id}>
            <label class="option grow">
              <input
                type="checkbox"
                checked={isMeant}
                disabled={person.busy.value !== null}
                onChange={() => void person.pick(id)}
              />
              <span class="whole-text">
                {sheetName}, row {row}
                {cells.map(({ column, header, text, note }) => (
                  <span key={column} class="hint">
                    {header === '' ? 'Cell' : header}: {text === '' ? `note: ${note}` : text}
                  </span>
                ))}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Stores({ view }: { readonly view: PersonView }) {
  const { answers, vendors } = view
  return (
    <section>
      <h3>Stored: {count(answers.length, 'answer')}</h3>
      <ul class="lines">
        {answers.map(({ vendor, asked, at, outcome, values }) => (
          <li key={`${vendor} ${asked ?? ''} ${at}`}>
            <span class="grow">
              {vendor}, {day(at)}
              <span class="hint">
                {asked ? `asked ${LOOKUP_WORDS[asked]}: ` : ''}
                {values.length === 0
                  ? OUTCOME_WORDS[outcome]
                  : values.map(([field, value]) => `${labelOf(field)} ${value}`).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p class="hint">{besideWords(view)}.</p>
      <p class="hint">
        {vendors.length === 0
          ? 'No vendor was asked about them.'
          : `Asked about them: ${listed(vendors.map(({ name }) => name))}.`}
      </p>
    </section>
  )
}

function Copy({ person }: { readonly person: PersonState }) {
  return (
    <section>
      <h3>Give them a copy</h3>
      <div class="actions">
        <Button waiting={person.busy.value === 'report'} onPress={person.report}>
          Report in a new tab
        </Button>
        <Button onPress={person.download}>Download JSON</Button>
        <Button onPress={person.copy}>Copy JSON</Button>
      </div>
    </section>
  )
}

function Correct({ person, view }: Shown) {
  const field = useSignal<Field>('email')
  const value = useSignal('')
  const rows = view.places.filter(({ isMeant, how }) => isMeant && how === 'row').length
  if (rows === 0) return null
  return (
    <section class="keyform">
      <h3>Correct</h3>
      <p class="hint">Written into {count(rows, 'row')} as verified by a person: later runs never replace it.</p>
      <label htmlFor="correct-field">
        What
        <select
          id="correct-field"
          value={field.value}
          onChange={(event) => (field.value = event.currentTarget.value as Field)}
        >
          {FIELD_NAMES.filter((one) => fieldInfo(one).of === 'contact').map((one) => (
            <option key={one} value={one}>
              {fieldInfo(one).label}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="correct-value">
        Right is
        <input
          id="correct-value"
          type="text"
          autocomplete="off"
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
      </label>
      <Button
        disabled={value.value.trim() === ''}
        waiting={person.busy.value === 'correct'}
        onPress={() => person.correct(field.value, value.value)}
      >
        Write it everywhere
      </Button>
    </section>
  )
}
