import { useSignal } from '@preact/signals'
import type { PrivacyView } from '../src/app/api-types'
import type { Basis } from '../src/domain/basis'
import { purposeOf } from '../src/domain/basis'
import { CATEGORIES, CATEGORY_NAMES, type Category, fieldsOf } from '../src/domain/category'
import { fieldInfo } from '../src/domain/field'
import type { ProblemAction } from '../src/domain/problem'
import { BasisForm } from './basis'
import { Button, Confirm, Heading, Icon, Notice, Skeleton, Trouble } from './parts'
import { PrivacyLinks } from './privacy-links'
import type { PrivacyState } from './privacy-state'
import type { Tab } from './state'
import { count, GROUND_WORDS } from './words'

/** The Privacy screen: why people are looked up, who never is, where data goes, and the register. */
export function Privacy({ privacy, show }: { readonly privacy: PrivacyState; readonly show: (tab: Tab) => void }) {
  const view = privacy.view.value
  const problem = privacy.problem.value
  const act = (action: ProblemAction) => (action === 'try_again' ? privacy.tryAgain() : privacy.open())
  return (
    <div class="screen">
      <Heading focus={() => true}>Privacy</Heading>
      {problem && (
        <div class="in-sight">
          <Trouble problem={problem} act={act} waiting={privacy.busy.value !== null} />
        </div>
      )}
      {!view && !problem && <Skeleton label="Reading what this file says about privacy" />}
      {view && (
        <>
          <output class={privacy.said.value ? undefined : 'unseen'}>
            {privacy.said.value && <Notice tone="good">{privacy.said.value}</Notice>}
          </output>
          {view.basis && !privacy.asking.value ? (
            <>
              <BasisCard basis={view.basis} change={() => (privacy.asking.value = true)} />
              <p class="aside">
                <Button look="link" onPress={() => show('enrich')}>
                  Go on to Enrich
                </Button>
              </p>
              <NeverLookUp privacy={privacy} view={view} />
              <Transfers privacy={privacy} view={view} show={show} />
              <Register privacy={privacy} />
            </>
          ) : (
            <BasisForm privacy={privacy} basis={view.basis} />
          )}
          <PrivacyLinks show={show} />
        </>
      )}
    </div>
  )
}

function BasisCard({ basis, change }: { readonly basis: Basis; readonly change: () => void }) {
  const unneeded = CATEGORY_NAMES.flatMap((category) => unneededOf(basis, category))
  return (
    <section class="card" aria-label="Why people are looked up">
      <h3>Why people are looked up</h3>
      {basis.purposes.map((purpose) => (
        <p key={purpose}>{purpose}</p>
      ))}
      <p class="hint">
        {GROUND_WORDS[basis.ground].name}: {basis.note}
      </p>
      {unneeded.length > 0 && <p class="hint">Not needed, so not asked for: {unneeded.join('; ')}.</p>}
      {basis.controller !== '' && <p class="hint">Responsible: {basis.controller}</p>}
      <Button onPress={change}>Change</Button>
    </section>
  )
}

// A kind of data of which nothing is needed by its name, otherwise the fields.
function unneededOf(basis: Basis, category: Category): readonly string[] {
  const fields = fieldsOf(category)
  const left = fields.filter((field) => purposeOf(basis, field) === null)
  return left.length === fields.length ? [CATEGORIES[category]] : left.map((field) => fieldInfo(field).label)
}

function NeverLookUp({ privacy, view }: { readonly privacy: PrivacyState; readonly view: PrivacyView }) {
  const text = useSignal('')
  const busy = privacy.busy.value
  const take = async (input: HTMLInputElement) => {
    const [file] = input.files ?? []
    if (file) await privacy.addFile(file)
    input.value = ''
  }
  return (
    <section>
      <h3>
        <label htmlFor="never">Never look up</label>
      </h3>
      <p class="hint">
        {view.suppressed === 0
          ? 'Nobody is on the list yet.'
          : `${count(view.suppressed, 'entry', 'entries')} on the list.`}{' '}
        People who objected, customers, competitors: one a line. Kept as fingerprints, so the list itself tells nobody.
      </p>
      <textarea
        id="never"
        rows={3}
        placeholder={'jo@example.com\nJo Bright, example.net\nexample.org'}
        aria-describedby="never-hint"
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <p id="never-hint" class="hint">
        Emails, phones, LinkedIn addresses, a name and its domain, or a domain for everybody there.
      </p>
      <div class="actions">
        <Button
          disabled={text.value.trim() === ''}
          waiting={busy === 'add'}
          onPress={async () => {
            if (await privacy.addText(text.value)) text.value = privacy.listed.value?.unreadable.join('\n') ?? ''
          }}
        >
          Add to the list
        </Button>
        <label class={busy === 'file' ? 'button plain busy' : 'button plain'}>
          {busy === 'file' && <span class="spinner" aria-hidden="true" />}
          Add from a file
          <input
            type="file"
            class="unseen"
            accept=".csv,.txt,.tsv,.json"
            disabled={busy !== null}
            onChange={({ currentTarget }) => void take(currentTarget)}
          />
        </label>
      </div>
      <Verdict privacy={privacy} />
      {view.suppressed > 0 && text.value.trim() !== '' && (
        <Confirm
          words="Take off the list…"
          look="link"
          consequence="What you typed above is taken off, and may be looked up again. Other identifiers of the same people stay on the list until you type them too."
          yes="Take it off"
          no="Leave the list as it is"
          waiting={busy === 'take off'}
          onYes={async () => {
            if (await privacy.takeOff(text.value)) text.value = ''
          }}
        />
      )}
      {view.suppressed > 0 && (
        <Button look="link" waiting={busy === 'export'} onPress={privacy.exportList}>
          Download the list for another file
        </Button>
      )}
    </section>
  )
}

function Verdict({ privacy }: { readonly privacy: PrivacyState }) {
  const result = privacy.listed.value
  return (
    <output>
      {result && (
        <p class="verdict ok">
          <Icon name="check" />
          {result.added === 0
            ? 'Nobody new: all are on the list already.'
            : `${count(result.added, 'entry', 'entries')} added.`}
        </p>
      )}
      {result && result.unreadable.length > 0 && (
        <p class="verdict bad">
          <Icon name="alert" />
          {count(result.unreadable.length, 'line')} could not be read: “{result.unreadable[0]}”. Write a first and a
          last name with the domain, or the domain alone.
        </p>
      )}
    </output>
  )
}

function Transfers(props: {
  readonly privacy: PrivacyState
  readonly view: PrivacyView
  readonly show: (tab: Tab) => void
}) {
  const { privacy, view, show } = props
  return (
    <fieldset disabled={privacy.busy.value?.startsWith('cover ') ?? false}>
      <legend>Where data goes</legend>
      {view.vendors.length === 0 ? (
        <p class="hint">No vendor has a key yet, so nothing leaves this file but to public sources.</p>
      ) : (
        <p class="hint">Outside the EEA a vendor is asked only once you have ticked that the transfer is covered.</p>
      )}
      {view.vendors.map(({ id, name, region, transfer }) =>
        transfer === 'none' ? (
          <p key={id}>
            {name}
            <span class="hint">{region ?? 'Region not checked'}: in the EEA, nothing to tick</span>
          </p>
        ) : (
          <label key={id} class="option">
            <input
              type="checkbox"
              checked={transfer === 'covered'}
              onChange={() => void privacy.cover(id, transfer !== 'covered')}
            />
            <span class="grow">
              {name}
              <span class="hint">{region ?? 'Region not checked'}: the transfer is covered</span>
            </span>
          </label>
        ),
      )}
      <Button look="link" onPress={() => show('vendors')}>
        Open Vendors
      </Button>
    </fieldset>
  )
}

function Register({ privacy }: { readonly privacy: PrivacyState }) {
  return (
    <section>
      <h3>Register of processing</h3>
      <p class="hint">
        What Art. 30 of the GDPR asks for, as far as this file knows it: purposes, kinds of data, vendors, periods,
        counts by month.
      </p>
      <Button waiting={privacy.busy.value === 'register'} onPress={privacy.writeRegister}>
        Write it into a new tab
      </Button>
    </section>
  )
}
