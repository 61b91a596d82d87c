import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { KeyPlace, SettingsView, VendorView } from '../src/app/api-types'
import { ENVIRONMENTS, type Environment } from '../src/domain/environment'
import { Button, Confirm, Icon, TransferHint, useEscape } from './parts'
import { type SettingsState, type Slot, slotName } from './settings-state'
import { ENVIRONMENT_WORDS } from './words'

/** The keys of a vendor, and the form for another one. */
export function Keys(props: {
  readonly vendor: VendorView
  readonly settings: SettingsState
  readonly view: SettingsView
}) {
  const { vendor, settings, view } = props
  const adding = useSignal(false)
  const place = useRef<HTMLDivElement>(null)
  const enter = vendor.keys.length > 0 ? 'Enter another key' : 'Enter a key'
  const close = () => {
    adding.value = false
    // The button that opened the form is there again after the next drawing.
    requestAnimationFrame(() => place.current?.querySelector<HTMLButtonElement>(':scope > button')?.focus())
  }
  return (
    <div ref={place} class="keys">
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
    </div>
  )
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
          words="Remove key"
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
  const covered = useSignal(false)
  const asksCover = vendor.transfer === 'open'
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEscape(close)
  const waiting = settings.busy.value === `save ${vendor.id}`
  const asksAlone = view.edition === 'bound' && place.value === 'personal'
  const ready = key.value.trim() !== '' && (!asksAlone || alone.value) && (!asksCover || covered.value)
  const save = async () => {
    if (!ready) return
    const slot = { vendor: vendor.id, environment: environment.value, place: place.value }
    if (await settings.saveKey(slot, key.value.trim(), asksCover ? 'covers_transfer' : 'as_it_is')) close()
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
      {asksCover && (
        <label class="option">
          <input type="checkbox" checked={covered.value} onChange={() => (covered.value = !covered.value)} />
          <span class="grow">
            The transfer of data to {vendor.name} is covered.
            <TransferHint region={vendor.region} />
          </span>
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
