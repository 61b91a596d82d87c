import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { GoogleView, KeyPlace, SettingsView, VendorView } from '../src/app/api-types'
import { ENVIRONMENTS, type Environment } from '../src/domain/environment'
import type { ProblemAction } from '../src/domain/problem'
import { Button, Confirm, Heading, Icon, Notice, Skeleton, Trouble, useEscape } from './parts'
import { type SettingsState, type Slot, slotName } from './settings-state'
import { count, ENVIRONMENT_WORDS, figure, listed, moment } from './words'

/** The Settings tab: environment, vendors and their keys, the cap, the never-look-up list. */
export function Settings({ settings }: { readonly settings: SettingsState }) {
  const view = settings.view.value
  const problem = settings.problem.value
  const act = (action: ProblemAction) => (action === 'try_again' ? settings.tryAgain() : settings.open())
  return (
    <div class="screen">
      <Heading focus={() => document.activeElement === document.body}>Settings</Heading>
      <output class="unseen">{settings.said.value}</output>
      {problem && <Trouble problem={problem} act={act} waiting={settings.busy.value !== null} />}
      {!view && !problem && <Skeleton label="Reading the settings" />}
      {view && (
        <>
          <Environments settings={settings} view={view} />
          <Vendors settings={settings} view={view} />
          <PublicSources settings={settings} view={view} />
          <Cap settings={settings} view={view} />
          <NeverLookUp settings={settings} view={view} />
          <DailyLimit settings={settings} view={view} />
        </>
      )}
    </div>
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

function Vendors({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  return (
    <section>
      <h3>Vendors</h3>
      {view.edition === 'bound' && (
        <Notice tone="warning">
          Everyone who can edit this file can read the keys that are kept here and change the code. Enter only keys that
          all of them may have, or use the add-on from the Marketplace.
        </Notice>
      )}
      {view.vendors.map((vendor) => (
        <Vendor key={vendor.id} vendor={vendor} settings={settings} view={view} />
      ))}
    </section>
  )
}

function Vendor(props: { readonly vendor: VendorView; readonly settings: SettingsState; readonly view: SettingsView }) {
  const { vendor, settings, view } = props
  const adding = useSignal(false)
  const card = useRef<HTMLElement>(null)
  const enter = vendor.keys.length > 0 ? 'Enter another key' : 'Enter a key'
  const close = () => {
    adding.value = false
    // The button that opened the form is there again after the next drawing.
    requestAnimationFrame(() => card.current?.querySelector<HTMLButtonElement>(':scope > button')?.focus())
  }
  return (
    <article ref={card} class="card" aria-label={vendor.name}>
      <div class="head">
        <h4 class="grow">{vendor.name}</h4>
        {vendor.docs.startsWith('https://') && (
          <a href={vendor.docs} target="_blank" rel="noopener noreferrer" aria-label={`Docs of ${vendor.name}`}>
            Docs
            <Icon name="link" />
          </a>
        )}
      </div>
      <p class="hint">{vendor.kind === 'training' ? 'Answers from this add-on, nothing is sent' : vendor.host}</p>
      <p class="hint">Finds {found(vendor.finds)}</p>
      {vendor.kind !== 'vendor' && <p class="hint">Needs no key.</p>}
      {vendor.keys.map((key) => (
        <SavedKey
          key={`${key.environment} ${key.place}`}
          vendor={vendor}
          slot={{ vendor: vendor.id, environment: key.environment, place: key.place }}
          last4={key.last4}
          settings={settings}
        />
      ))}
      {vendor.kind === 'vendor' && !adding.value && (
        <Button label={`${enter} for ${vendor.name}`} onPress={() => (adding.value = true)}>
          {enter}
        </Button>
      )}
      {adding.value && <KeyForm vendor={vendor} settings={settings} view={view} close={close} />}
    </article>
  )
}

function PublicSources({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  return (
    <fieldset disabled={settings.busy.value?.startsWith('source ') ?? false}>
      <legend>Public sources</legend>
      <p class="hint">
        They cost no credits, but each question is one of the requests that Google lets you send in a day.
      </p>
      {view.publicSources.map(({ id, name, about, ticked }) => (
        <label key={id} class="option">
          <input type="checkbox" checked={ticked} onChange={() => void settings.tickSource(id, !ticked)} />
          <span class="grow">
            {name}
            <span class="hint">{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The first six, because a card is no catalogue. */
function found(finds: readonly string[]): string {
  if (finds.length <= 7) return listed(finds)
  return `${finds.slice(0, 6).join(', ')} and ${finds.length - 6} more`
}

const PLACE_WORDS: { readonly [P in KeyPlace]: { readonly name: string; readonly about: string } } = {
  personal: { name: 'Personal', about: 'only you use it; never used by formulas.' },
  shared: { name: 'Shared', about: 'formulas and every editor of this file may spend it.' },
}

function SavedKey(props: {
  readonly vendor: VendorView
  readonly slot: Slot
  readonly last4: string
  readonly settings: SettingsState
}) {
  const { vendor, slot, last4, settings } = props
  const environment = ENVIRONMENT_WORDS[slot.environment].name
  const place = PLACE_WORDS[slot.place].name.toLowerCase()
  const test = settings.tests.value[slotName(slot)]
  const busy = settings.busy.value
  return (
    <div class="key">
      <p>
        <span class="secret">
          <span aria-hidden="true">••••</span>
          <span class="unseen">Key ending in</span> {last4}
        </span>{' '}
        <span class="hint inline">
          {environment}, {place}
        </span>
      </p>
      <div class="actions">
        <Button
          waiting={busy === `test ${slot.vendor} ${slot.environment}`}
          label={`Test key of ${vendor.name} in ${environment}`}
          onPress={() => settings.testKey(slot)}
        >
          Test key
        </Button>
        <Confirm
          words="Remove"
          label={`Remove key of ${vendor.name} in ${environment}`}
          consequence={`The ${place} key ending in ${last4} is deleted here. ${vendor.name} is no longer asked with it; at ${vendor.name} it stays valid.`}
          yes="Remove the key"
          no="Keep it"
          waiting={busy === `remove ${slot.vendor}`}
          onYes={() => settings.removeKey(slot)}
        />
      </div>
      {test && (
        <output class={test.ok ? 'verdict ok' : 'verdict bad'}>
          <Icon name={test.ok ? 'check' : 'alert'} />
          {test.text}
        </output>
      )}
    </div>
  )
}

function KeyForm(props: {
  readonly vendor: VendorView
  readonly settings: SettingsState
  readonly view: SettingsView
  readonly close: () => void
}) {
  const { vendor, settings, view, close } = props
  const key = useSignal('')
  const place = useSignal<KeyPlace>('personal')
  const environment = useSignal<Environment>(view.environment === 'training' ? 'production' : view.environment)
  const alone = useSignal(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEscape(close)
  const waiting = settings.busy.value === `save ${vendor.id}`
  const asksAlone = view.edition === 'bound' && place.value === 'personal'
  const ready = key.value.trim() !== '' && (!asksAlone || alone.value)
  const save = async () => {
    if (!ready) return
    const slot = { vendor: vendor.id, environment: environment.value, place: place.value }
    if (await settings.saveKey(slot, key.value.trim())) close()
  }
  return (
    <form
      class="keyform"
      aria-label={`Key for ${vendor.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <label>
        Key
        <input
          type="password"
          autocomplete="off"
          spellcheck={false}
          ref={input}
          value={key.value}
          onInput={(event) => (key.value = event.currentTarget.value)}
        />
      </label>
      <p class="hint">It is sent to {vendor.host} and nowhere else.</p>
      <label>
        For
        <select
          value={environment.value}
          onChange={(event) => {
            const chosen = ENVIRONMENTS.find((one) => one === event.currentTarget.value)
            if (chosen) environment.value = chosen
          }}
        >
          {ENVIRONMENTS.filter((one) => one !== 'training').map((one) => (
            <option key={one} value={one}>
              {ENVIRONMENT_WORDS[one].name}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>Who may use it</legend>
        {(['personal', 'shared'] as const).map((one) => (
          <label key={one} class="option">
            <input
              type="radio"
              name={`place-${vendor.id}`}
              checked={place.value === one}
              onChange={() => (place.value = one)}
            />
            <span class="grow">
              {PLACE_WORDS[one].name}: {PLACE_WORDS[one].about}
            </span>
          </label>
        ))}
      </fieldset>
      {asksAlone && (
        <label class="option">
          <input type="checkbox" checked={alone.value} onChange={() => (alone.value = !alone.value)} />
          <span class="grow">I am the only person who can edit this file.</span>
        </label>
      )}
      <div class="actions">
        <Button look="primary" disabled={!ready} waiting={waiting} onPress={save}>
          Save key
        </Button>
        <Button onPress={close}>Cancel</Button>
      </div>
    </form>
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

function NeverLookUp({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  const text = useSignal('')
  const result = settings.suppressed.value
  return (
    <section>
      <h3>
        <label htmlFor="never">Never look up</label>
      </h3>
      <p class="hint">
        {view.suppressed === 0
          ? 'Nobody is on the list yet.'
          : `${count(view.suppressed, 'entry', 'entries')} on the list.`}{' '}
        People who objected, customers, competitors: paste emails, domains or LinkedIn addresses.
      </p>
      <textarea
        id="never"
        rows={3}
        placeholder={'jo@example.com\nexample.org'}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <Button
        disabled={text.value.trim() === ''}
        waiting={settings.busy.value === 'suppress'}
        onPress={async () => {
          if (await settings.addSuppressed(text.value))
            text.value = settings.suppressed.value?.unreadable.join('\n') ?? ''
        }}
      >
        Add to the list
      </Button>
      {result && (
        <output>
          <p class="verdict ok">
            <Icon name="check" />
            {count(result.added, 'entry', 'entries')} added.
          </p>
          {result.unreadable.length > 0 && (
            <p class="verdict bad">
              <Icon name="alert" />
              {count(result.unreadable.length, 'line')} could not be read. Correct what is left in the box.
            </p>
          )}
        </output>
      )}
    </section>
  )
}
