import { useSignal } from '@preact/signals'
import type { EraseAsk, ErasureView, PersonView } from '../src/app/api-types'
import { Button, Confirm, Notice } from './parts'
import { letterTo } from './person-letter'
import type { PersonState, Who } from './person-state'
import { count, day } from './words'

const ERASE_WORDS: { readonly [W in EraseAsk['what']]: readonly [name: string, about: string] } = {
  cells: ['Their details', 'What is listed above is emptied; other cells of the rows stay.'],
  rows: ['The whole rows', 'The rows about them are taken out of the tabs.'],
}

/** What to erase of a person, told before it happens. */
export function Erase({ person, view }: { readonly person: PersonState; readonly view: PersonView }) {
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

/** That a person is erased, what could not be reached, and whom to write to. */
export function Erased(props: {
  readonly erased: NonNullable<PersonState['erased']['value']>
  readonly missed: number
}) {
  const { who, vendors, left } = props.erased
  return (
    <>
      {left === 0 && (
        <Notice tone="good">
          Erased. Nothing about this person is left here but a hash on the never-look-up list.
        </Notice>
      )}
      {left === null && (
        <Notice tone="warning">
          Erased, but nobody has looked again since: press the button above to see whether anything is left.
        </Notice>
      )}
      {left !== null && left > 0 && (
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
  const letter = letterTo(vendor.name, who)
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
      <textarea id={id} rows={9} readOnly value={letter} />
      <Button onPress={() => navigator.clipboard.writeText(letter)}>Copy the draft</Button>
    </details>
  )
}

/** The erasures that are on record. */
export function Proofs({ done }: { readonly done: ErasureView['done'] }) {
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
