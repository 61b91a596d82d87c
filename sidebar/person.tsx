import { useSignal } from '@preact/signals'
import type { EraseAsk, ErasureView, PersonPlace, PersonView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { FIELD_NAMES, fieldInfo } from '../src/domain/field'
import { LOOKUP_WORDS } from '../src/domain/lookup-key'
import type { ProblemAction } from '../src/domain/problem'
import { Button, Confirm, Heading, Notice, Skeleton, Trouble } from './parts'
import { letterTo } from './person-letter'
import { besideWords, labelOf, OUTCOME_WORDS } from './person-report'
import type { PersonState, Who } from './person-state'
import { count, day, listed } from './words'

/** The screen "A person asks": what is held about somebody, and how it is given to them, corrected or erased. */
export function PersonScreen({ person, back }: { readonly person: PersonState; readonly back: () => unknown }) {
  const { view, erasure, erased, problem, busy, said } = person
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
      {busy.value === 'find' && !view.value && <Skeleton label="Looking in all tabs and stores" />}
      {erased.value && <Erased erased={erased.value} missed={erasure.value?.missed ?? 0} />}
      {view.value && <Held person={person} view={view.value} />}
      {erasure.value && erasure.value.done.length > 0 && <Proofs done={erasure.value.done} />}
      <footer class="dock">
        <Button onPress={back}>Back to Privacy</Button>
      </footer>
    </div>
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

const ERASE_WORDS: { readonly [W in EraseAsk['what']]: readonly [name: string, about: string] } = {
  cells: ['Their details', 'What is listed above is emptied; other cells of the rows stay.'],
  rows: ['The whole rows', 'The rows about them are taken out of the tabs.'],
}

function Erase({ person, view }: Shown) {
  const what = useSignal<EraseAsk['what']>('cells')
  const by = useSignal('')
  const meant = view.places.filter(({ isMeant }) => isMeant)
  const own = meant.filter(({ how }) => how === 'row').length
  const stored = count(view.answers.length, 'stored answer')
  return (
    <section class="keyform">
      <h3>Erase</h3>
      <fieldset>
        <legend class="unseen">What to erase in the sheet</legend>
        {(['cells', 'rows'] as const).map((one) => (
          <label key={one} class="option">
            <input type="radio" name="erase-what" checked={what.value === one} onChange={() => (what.value = one)} />
            <span>
              {ERASE_WORDS[one][0]}
              <span class="hint">{ERASE_WORDS[one][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label htmlFor="erase-by">
        Done by (your initials, for the record)
        <input
          id="erase-by"
          type="text"
          maxLength={40}
          autocomplete="off"
          value={by.value}
          onInput={(event) => (by.value = event.currentTarget.value)}
        />
      </label>
      <Confirm
        words="Erase this person…"
        consequence={`${what.value === 'rows' ? `${count(own, 'row')} about them ${own === 1 ? 'is' : 'are'} taken out, listed cells elsewhere are emptied` : `The listed cells of ${count(meant.length, 'row')} are emptied`}; ${stored}, records and what Undo keeps go too. The person goes on the never-look-up list as a hash. This cannot be undone here.`}
        yes="Erase for good"
        no="Keep everything"
        waiting={person.busy.value === 'erase'}
        onYes={() => person.erase(what.value, by.value)}
      />
    </section>
  )
}

function Erased(props: { readonly erased: NonNullable<PersonState['erased']['value']>; readonly missed: number }) {
  const { who, vendors, left } = props.erased
  return (
    <>
      {left === 0 ? (
        <Notice tone="good">
          Erased. Nothing about this person is left here but a hash on the never-look-up list.
        </Notice>
      ) : (
        <Notice tone="warning">
          Erased, but {count(left, 'place')} below still {left === 1 ? 'speaks' : 'speak'} of them
          {props.missed > 0 && `; ${count(props.missed, 'row')} could not be changed: protected, or moved meanwhile`}.
          Tick what is meant and erase again.
        </Notice>
      )}
      <h3>What Enrich cannot reach</h3>
      <ul class="bullets">
        <li>File &gt; Version history: make a copy of this file, then delete the old one, if the past must go too.</li>
        <li>Copies, exports and printouts of this file, and your email and CRM.</li>
        <li>Comments, drop-down lists, filters and charts of this file.</li>
      </ul>
      {vendors.length > 0 && (
        <>
          <h3>Vendors to write to</h3>
          <div class="letters">
            {vendors.map((vendor) => (
              <Letter key={vendor.name} vendor={vendor} who={who} />
            ))}
          </div>
        </>
      )}
    </>
  )
}

function Letter({ vendor, who }: { readonly vendor: PersonView['vendors'][number]; readonly who: Who }) {
  const id = `letter-${vendor.name.replace(/\W+/g, '-')}`
  return (
    <details class="fold">
      <summary>
        {vendor.name}
        <span class="hint">asked last {day(vendor.at)}</span>
      </summary>
      {vendor.privacy && (
        <p>
          <a href={vendor.privacy} target="_blank" rel="noopener">
            Where {vendor.name} says whom to write to
          </a>
        </p>
      )}
      <label class="unseen" htmlFor={id}>
        Draft to {vendor.name}
      </label>
      <textarea id={id} rows={9} readOnly value={letterTo(vendor.name, who)} />
    </details>
  )
}

function Proofs({ done }: { readonly done: ErasureView['done'] }) {
  return (
    <details class="fold">
      <summary>
        Erasures so far: {done.length}
        <span class="hint">When, how much and by whom; never whom</span>
      </summary>
      <ul class="lines">
        {done.map(({ at, by, what, rows, answers }) => (
          <li key={at}>
            <span class="grow">
              {day(at)}
              {by !== '' && `, by ${by}`}
              <span class="hint">
                {what === 'rows' ? 'Rows' : 'Cells'} in {count(rows, 'row')}, {count(answers, 'stored answer')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
