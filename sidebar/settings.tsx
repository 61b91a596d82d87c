import { useSignal } from '@preact/signals'
import type { GoogleView, SettingsView } from '../src/app/api-types'
import { ENVIRONMENTS } from '../src/domain/environment'
import { PROVENANCE_PLACES } from '../src/domain/finding'
import type { ProblemAction } from '../src/domain/problem'
import { CapsForm } from './caps'
import { Formulas } from './formulas'
import { Button, Heading, Skeleton, Trouble } from './parts'
import type { SettingsState } from './settings-state'
import type { Tab } from './state'
import { count, ENVIRONMENT_WORDS, figure, moment } from './words'

/** The Settings tab: environment, privacy, caps, formulas, the Google account. */
export function Settings({
  settings,
  show,
  undo,
}: {
  readonly settings: SettingsState
  readonly show: (tab: Tab) => unknown
  /** Undoes a change on the screen Enrich. */
  readonly undo: (change: string) => unknown
}) {
  const view = settings.view.value
  const problem = settings.problem.value
  const act = (action: ProblemAction) => actOn(action, settings, show)
  return (
    <div class="screen">
      <Heading focus={() => document.activeElement === document.body}>Settings</Heading>
      <output class="unseen">{settings.said.value}</output>
      {problem && <Trouble problem={problem} act={act} waiting={settings.busy.value !== null} />}
      {!view && !problem && <Skeleton label="Reading the settings" />}
      {view && (
        <>
          <Environments settings={settings} view={view} />
          <PrivacyLink suppressed={view.suppressed} show={show} />
          <Cap settings={settings} view={view} />
          <CapsForm settings={settings} caps={view.caps} />
          <Formulas
            settings={settings}
            formulas={view.formulas}
            build={() => show('formulas')}
            keep={() => show('values')}
            undo={undo}
          />
          <Provenance settings={settings} view={view} />
          <DailyLimit settings={settings} view={view} />
        </>
      )}
    </div>
  )
}

/** Does what the button of a problem on Settings or Vendors says. */
export function actOn(action: ProblemAction, settings: SettingsState, show: (tab: Tab) => unknown): unknown {
  switch (action) {
    case 'try_again':
      return settings.tryAgain()
    case 'open_privacy':
      return show('privacy')
    default:
      return settings.open()
  }
}

function PrivacyLink(props: { readonly suppressed: number; readonly show: (tab: Tab) => unknown }) {
  const { suppressed, show } = props
  return (
    <section>
      <h3>Privacy</h3>
      <p class="hint">
        Why people are looked up, who never is, where data goes, and the register for your records.{' '}
        {suppressed > 0 && `${count(suppressed, 'entry', 'entries')} on the never-look-up list.`}
      </p>
      <Button onPress={() => show('privacy')}>Open Privacy</Button>
    </section>
  )
}

function Environments({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  return (
    <fieldset disabled={settings.busy.value === 'environment'}>
      <legend>Environment</legend>
      {ENVIRONMENTS.map((environment) => (
        <label key={environment} class="option">
          <input
            type="radio"
            name="environment"
            checked={view.environment === environment}
            onChange={() => void settings.setEnvironment(environment)}
          />
          <span class="grow">
            {ENVIRONMENT_WORDS[environment].name}
            <span class="hint">{ENVIRONMENT_WORDS[environment].about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Cap({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  const cap = useSignal(view.cap)
  const changed = cap.value !== view.cap && cap.value >= 0
  return (
    <section>
      <h3>
        <label htmlFor="usual-cap">Usual cap of a run (credits)</label>
      </h3>
      <div class="beside">
        <input
          id="usual-cap"
          type="number"
          min={0}
          inputMode="numeric"
          value={Number.isFinite(cap.value) ? cap.value : ''}
          onInput={(event) => (cap.value = event.currentTarget.valueAsNumber)}
        />
        <Button
          disabled={!changed}
          waiting={settings.busy.value === 'cap'}
          label="Save the cap"
          onPress={() => settings.saveCap(cap.value)}
        >
          Save
        </Button>
      </div>
      <p class="hint">Every run starts with this limit; you can change it for one run.</p>
    </section>
  )
}

const ACCOUNT_WORDS: { readonly [A in GoogleView['account']]: string } = {
  personal: 'Personal account (gmail.com)',
  workspace: 'Workspace account of a company or school',
}

function DailyLimit({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  const { account, fetches, until } = view.google
  return (
    <section>
      <h3>
        <label htmlFor="account">Your Google account</label>
      </h3>
      <select
        id="account"
        value={account}
        disabled={settings.busy.value === 'account'}
        onChange={(event) =>
          void settings.saveAccount(event.currentTarget.value === 'workspace' ? 'workspace' : 'personal')
        }
      >
        {(['personal', 'workspace'] as const).map((one) => (
          <option key={one} value={one}>
            {ACCOUNT_WORDS[one]}
          </option>
        ))}
      </select>
      <p class="hint">
        Google lets it send {figure(fetches.perDay)} requests a day, for all add-ons together. Enrich sent{' '}
        {figure(fetches.used)}
        {fetches.used > 0 && `; counted anew ${moment(until)}`}. A run that comes close rests and goes on by itself.
      </p>
    </section>
  )
}

const PROVENANCE_WORDS: {
  readonly [P in SettingsView['provenance']]: { readonly name: string; readonly about: string }
} = {
  notes: { name: 'In a note', about: 'One line in the note of each cell that is filled. Your own notes stay.' },
  columns: {
    name: 'In columns',
    about: 'No notes. The summary of a run puts source, confidence, check and date beside the list.',
  },
}

function Provenance({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  return (
    <fieldset disabled={settings.busy.value === 'provenance'}>
      <legend>Where a value comes from</legend>
      {PROVENANCE_PLACES.map((place) => (
        <label key={place} class="option">
          <input
            type="radio"
            name="provenance"
            checked={view.provenance === place}
            onChange={() => void settings.saveProvenance(place)}
          />
          <span class="grow">
            {PROVENANCE_WORDS[place].name}
            <span class="hint">{PROVENANCE_WORDS[place].about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
