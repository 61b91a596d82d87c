import { useSignal } from '@preact/signals'
import type { CallsView, LimitView, PriceView, VendorView } from '../src/app/api-types'
import type { Terms } from '../src/domain/provider'
import { Button } from './parts'
import type { SettingsState } from './settings-state'
import { count, figure, moment, upperFirst } from './words'

/** What is typed, by the name of its box; an empty box is the usual. */
type Typed = { readonly [box: string]: string }

/** What a credit of one of the file's own vendors costs, and what the plan gives: the rest stands in its recipe. */
export function AccountForm({ vendor, settings }: { readonly vendor: VendorView; readonly settings: SettingsState }) {
  return <TermsForm vendor={{ ...vendor, prices: [], limits: [], perDay: null }} settings={settings} of="account" />
}

/** Prices and limits of a vendor, to be set for this file. */
export function TermsForm(props: {
  readonly vendor: VendorView
  readonly settings: SettingsState
  readonly of: 'all' | 'account'
}) {
  const { vendor, settings, of } = props
  const { name, prices, limits, changed } = vendor
  const what = of === 'account' ? 'price of a credit and plan' : prices.length > 0 ? 'prices and limits' : 'limits'
  const back = of === 'account' ? 'Remove' : 'Back to the usual'
  const typed = useSignal<Typed>(typedOf(vendor))
  const waiting = settings.busy.value === `terms ${vendor.id}`
  const type = (box: string) => (text: string) => (typed.value = { ...typed.value, [box]: text })
  const isChanged = JSON.stringify(typed.value) !== JSON.stringify(typedOf(vendor))
  const gap = gapIn(typed.value)
  const save = () => settings.saveTerms(vendor, termsOf(vendor, typed.value))
  return (
    <details class="terms">
      <summary>
        {upperFirst(what)}
        {changed && (
          <span class="hint inline">
            {' '}
            changed by {changed.by}, {moment(changed.at)}
          </span>
        )}
      </summary>
      <form
        class="keyform"
        aria-label={`${upperFirst(what)} of ${name}`}
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged && gap === null) void save()
        }}
      >
        {prices.length > 0 && <Prices vendor={vendor} typed={typed.value} type={type} />}
        {limits.map((limit) => (
          <Limit key={limit.id} limit={limit} typed={typed.value} type={type} />
        ))}
        {of === 'all' && (
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
        )}
        {(of === 'account' || prices.length > 0) && <Account typed={typed.value} type={type} />}
        <p class="hint">
          For everybody in this file.
          {of === 'all' && ' An empty box is the usual. At a limit a run waits, and goes on by itself.'}
        </p>
        {gap !== null && (
          <p class="complaint" role="alert">
            {gap}
          </p>
        )}
        <div class="actions">
          <Button
            disabled={!isChanged || gap !== null}
            waiting={waiting}
            label={`Save ${what} of ${name}`}
            onPress={save}
          >
            Save
          </Button>
          {changed && (
            <Button
              waiting={waiting}
              label={`${back} ${what} of ${name}`}
              onPress={() => settings.saveTerms(vendor, null)}
            >
              {back}
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
  const { prices, priced } = vendor
  return (
    <fieldset class="boxes">
      <legend>Credits</legend>
      <p class="hint">
        In credits of your account there.{' '}
        {priced === null
          ? 'No sourced price: enter yours. Until then a question counts as 1 credit.'
          : `The usual ones are from the pages of the vendor, ${priced}; what your plan says goes before.`}
      </p>
      {prices.map((price) => (
        <Box
          key={price.id}
          words={priceWords(price)}
          label={`Credits for ${priceWords(price)}`}
          value={typed[`price ${price.id}`] ?? ''}
          {...(price.usual === null ? { empty: 'yours' } : { usual: figure(price.usual) })}
          onType={type(`price ${price.id}`)}
        />
      ))}
    </fieldset>
  )
}

/** What only the person knows: what a credit costs them, and what their plan gives. */
function Account({ typed, type }: Boxes) {
  const box = (id: string, words: string, empty = 'none') => (
    <Box words={words} label={words} value={typed[id] ?? ''} empty={empty} onType={type(id)} />
  )
  return (
    <fieldset class="boxes">
      <legend>Your account there</legend>
      <p class="hint">
        With a price you see money beside credits. With a plan you see what is left of it where the vendor does not
        tell.
      </p>
      <label class="box">
        <span class="grow">Currency</span>
        <input
          type="text"
          maxLength={3}
          aria-label="Currency"
          placeholder="EUR"
          value={typed['currency'] ?? ''}
          onInput={(event) => type('currency')(event.currentTarget.value.trim().toUpperCase())}
        />
      </label>
      {box('perCredit', 'Price of a credit')}
      {box('planCredits', 'Credits a month')}
      {box('renewsOn', 'Renewed on day of the month', '1')}
      <label class="option">
        <input
          type="checkbox"
          checked={typed['carriesOver'] === 'yes'}
          onChange={(event) => type('carriesOver')(event.currentTarget.checked ? 'yes' : '')}
        />
        <span class="grow">Unused credits carry over to the next month</span>
      </label>
    </fieldset>
  )
}

/** What is missing or wrong about the account, in words. */
function gapIn(typed: Typed): string | null {
  const [currency = '', perCredit = '', credits = '', day = ''] = [
    'currency',
    'perCredit',
    'planCredits',
    'renewsOn',
  ].map((box) => typed[box])
  if ((currency === '') !== (perCredit === '')) return 'Enter both the currency and the price of a credit, or neither.'
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) return 'A currency is its code of three letters, such as EUR.'
  if ([perCredit, credits].some((text) => text !== '' && !(Number(text) > 0))) return 'Enter a number above 0.'
  if (day !== '' && !(Number.isInteger(Number(day)) && Number(day) >= 1 && Number(day) <= 31))
    return 'The day of the renewal is a whole number from 1 to 31.'
  return null
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
  /** What an empty box means: the usual, or something else. */
  readonly usual?: string
  readonly empty?: string
  readonly onType: (text: string) => void
}) {
  const { words, label, value, usual, empty = usual, onType } = props
  return (
    <label class="box">
      <span class="grow">
        {words}
        {value !== '' && usual !== undefined && <span class="hint">usually {usual}</span>}
      </span>
      <input
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        aria-label={label}
        placeholder={empty}
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  )
}

function typedOf({ prices, limits, perDay, money, plan }: VendorView): Typed {
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
    currency: money?.currency ?? '',
    perCredit: String(money?.perCredit ?? ''),
    planCredits: String(plan?.credits ?? ''),
    renewsOn: String(plan?.renewsOn ?? ''),
    carriesOver: plan?.carriesOver ? 'yes' : '',
  }
}

function termsOf({ prices, limits }: VendorView, typed: Typed): Terms {
  const number = (box: string) => (typed[box] ? Number(typed[box]) : undefined)
  const perDay = number('day')
  const [currency, perCredit, credits] = [typed['currency'], number('perCredit'), number('planCredits')]
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
    ...(currency && perCredit !== undefined && { money: { currency, perCredit } }),
    ...(credits !== undefined && {
      plan: { credits, carriesOver: typed['carriesOver'] === 'yes', renewsOn: number('renewsOn') ?? 1 },
    }),
  }
}
