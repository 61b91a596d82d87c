import { useSignal } from '@preact/signals'
import type { CallsView, LimitView, PriceView, VendorView } from '../src/app/api-types'
import type { Terms } from '../src/domain/provider'
import { Button } from './parts'
import type { SettingsState } from './settings-state'
import { count, figure, moment } from './words'

/** What is typed, by the name of its box; an empty box is the usual. */
type Typed = { readonly [box: string]: string }

/** Prices and limits of a vendor, to be set for this file. */
export function TermsForm({ vendor, settings }: { readonly vendor: VendorView; readonly settings: SettingsState }) {
  const { name, prices, limits, changed } = vendor
  const typed = useSignal<Typed>(typedOf(vendor))
  const waiting = settings.busy.value === `terms ${vendor.id}`
  const type = (box: string) => (text: string) => (typed.value = { ...typed.value, [box]: text })
  const isChanged = JSON.stringify(typed.value) !== JSON.stringify(typedOf(vendor))
  const save = () => settings.saveTerms(vendor, termsOf(vendor, typed.value))
  return (
    <details class="terms">
      <summary>
        {prices.length > 0 ? 'Prices and limits' : 'Limits'}
        {changed && (
          <span class="hint inline">
            {' '}
            changed by {changed.by}, {moment(changed.at)}
          </span>
        )}
      </summary>
      <form
        class="keyform"
        aria-label={`Prices and limits of ${name}`}
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged) void save()
        }}
      >
        {prices.length > 0 && <Prices vendor={vendor} typed={typed.value} type={type} />}
        {limits.map((limit) => (
          <Limit key={limit.id} limit={limit} typed={typed.value} type={type} />
        ))}
        <fieldset class="boxes">
          <legend>Calls in a day</legend>
          <Box
            words="at most"
            label={`Calls a day to ${name}`}
            value={typed.value['day'] ?? ''}
            usual="no limit"
            onType={type('day')}
          />
        </fieldset>
        <p class="hint">
          For everybody in this file. An empty box is the usual. At a limit a run waits, and goes on by itself.
        </p>
        <div class="actions">
          <Button disabled={!isChanged} waiting={waiting} label={`Save prices and limits of ${name}`} onPress={save}>
            Save
          </Button>
          {changed && (
            <Button
              waiting={waiting}
              label={`Back to the usual prices and limits of ${name}`}
              onPress={() => settings.saveTerms(vendor, null)}
            >
              Back to the usual
            </Button>
          )}
        </div>
      </form>
    </details>
  )
}

interface Boxes {
  readonly typed: Typed
  readonly type: (box: string) => (text: string) => void
}

function Prices({ vendor, typed, type }: Boxes & { readonly vendor: VendorView }) {
  const { prices, pricedOn } = vendor
  return (
    <fieldset class="boxes">
      <legend>Credits</legend>
      <p class="hint">
        In credits of your account there. The usual ones are from the pages of the vendor
        {pricedOn !== null && ` on ${pricedOn}`}; what your plan says goes before.
      </p>
      {prices.map((price) => (
        <Box
          key={price.id}
          words={priceWords(price)}
          label={`Credits for ${priceWords(price)}`}
          value={typed[`price ${price.id}`] ?? ''}
          usual={figure(price.usual)}
          onType={type(`price ${price.id}`)}
        />
      ))}
    </fieldset>
  )
}

function priceWords({ asked, finds }: PriceView): string {
  const [first = '', ...more] = finds
  return more.length === 0 ? `${first} ${asked}` : `${first} and ${count(more.length, 'other')} ${asked}`
}

function Limit({ limit, typed, type }: Boxes & { readonly limit: LimitView }) {
  const { id, asked } = limit
  const whose = asked.length === 0 ? 'Calls' : `Calls ${asked.join(', ')}`
  return (
    <fieldset class="boxes">
      <legend>{whose}</legend>
      {(['perSecond', 'perMinute'] as const).map((of) => {
        const words = of === 'perSecond' ? 'a second' : 'a minute'
        const box = `${of} ${id}`
        return (
          <Box
            key={of}
            words={words}
            label={`${whose} ${words}`}
            value={typed[box] ?? ''}
            usual={limit[of].usual === null ? 'no limit' : figure(limit[of].usual)}
            onType={type(box)}
          />
        )
      })}
    </fieldset>
  )
}

function Box(props: {
  readonly words: string
  readonly label: string
  readonly value: string
  readonly usual: string
  readonly onType: (text: string) => void
}) {
  const { words, label, value, usual, onType } = props
  return (
    <label class="box">
      <span class="grow">
        {words}
        {value !== '' && <span class="hint">usually {usual}</span>}
      </span>
      <input
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        aria-label={label}
        placeholder={usual}
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  )
}

function typedOf({ prices, limits, perDay }: VendorView): Typed {
  const own = ({ calls, usual }: CallsView) => (calls === null || calls === usual ? '' : String(calls))
  return {
    ...Object.fromEntries(
      prices.map(({ id, credits, usual }) => [`price ${id}`, credits === usual ? '' : String(credits)]),
    ),
    ...Object.fromEntries(
      limits.flatMap(({ id, perSecond, perMinute }) => [
        [`perSecond ${id}`, own(perSecond)],
        [`perMinute ${id}`, own(perMinute)],
      ]),
    ),
    day: perDay === null ? '' : String(perDay),
  }
}

function termsOf({ prices, limits }: VendorView, typed: Typed): Terms {
  const number = (box: string) => (typed[box] ? Number(typed[box]) : undefined)
  const perDay = number('day')
  return {
    prices: Object.fromEntries(
      prices.flatMap(({ id }) => {
        const credits = number(`price ${id}`)
        return credits === undefined ? [] : [[id, credits]]
      }),
    ),
    limits: Object.fromEntries(
      limits.map(({ id }) => {
        const [perSecond, perMinute] = [number(`perSecond ${id}`), number(`perMinute ${id}`)]
        return [id, { ...(perSecond !== undefined && { perSecond }), ...(perMinute !== undefined && { perMinute }) }]
      }),
    ),
    ...(perDay !== undefined && { perDay }),
  }
}
