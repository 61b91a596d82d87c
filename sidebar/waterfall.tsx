import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { WaterfallsView, WaterfallView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { fieldInfo, VERIFIABLE } from '../src/domain/field'
import type { ProblemAction } from '../src/domain/problem'
import type { OverwriteRule } from '../src/domain/overwrite'
import type { FieldRule, Verified } from '../src/domain/waterfall'
import { Button, Heading, Icon, Notice, Skeleton, Trouble, useEscape } from './parts'
import { OVERWRITE_WORDS, VERIFIED_WORDS } from './search-words'
import type { Chosen, WaterfallState } from './waterfall-state'
import { inOrderOf, isSound, isThreshold, MOST_DAYS } from './waterfall-state'
import { count, ENVIRONMENT_WORDS, figure, listed } from './words'

/** The Waterfall tab: who is asked for each field, in which order, and when that is enough. */
export function Waterfall(props: { readonly waterfall: WaterfallState; readonly openVendors: () => void }) {
  const { waterfall, openVendors } = props
  const problem = waterfall.problem.value
  const view = waterfall.view.value
  const chosen = waterfall.chosen.value
  const act = (action: ProblemAction) => {
    switch (action) {
      case 'open_vendors':
        return openVendors()
      case 'try_again':
        return waterfall.tryAgain()
      default:
        return waterfall.open()
    }
  }
  return (
    <div class="screen">
      <output class="unseen">{waterfall.said.value}</output>
      {problem && <Trouble problem={problem} act={act} waiting={waterfall.busy.value !== null} />}
      {chosen ? (
        <Search key={chosen.waterfall.field} waterfall={waterfall} chosen={chosen} openVendors={openVendors} />
      ) : (
        <>
          <Heading focus={() => document.activeElement === document.body}>Waterfall</Heading>
          {!view && !problem && <Skeleton label="Reading who is asked" />}
          {view && <Fields waterfall={waterfall} view={view} openVendors={openVendors} />}
        </>
      )}
    </div>
  )
}

const GROUPS = ['Email', 'Phone', 'Person', 'Company'] as const

function groupOf(field: Field): (typeof GROUPS)[number] {
  const { of, kind } = fieldInfo(field)
  if (kind === 'email' || field === 'email_status') return 'Email'
  if (kind === 'phone' || field === 'phone_type') return 'Phone'
  return of === 'contact' ? 'Person' : 'Company'
}

function Fields(props: {
  readonly waterfall: WaterfallState
  readonly view: WaterfallsView
  readonly openVendors: () => void
}) {
  const { waterfall, view, openVendors } = props
  const { name } = ENVIRONMENT_WORDS[view.environment]
  return (
    <>
      <p class="hint">
        For each field: who is asked, in which order, and when an answer is good enough. Choose one to change it for
        everybody in this file.
      </p>
      {view.training && (
        <Notice tone="calm">In Training nobody is asked. This is how {name} works, with the keys for it.</Notice>
      )}
      {!view.canAsk && (
        <section class="card">
          <h3>No vendor key in {name} yet</h3>
          <p>Only free sources can be asked so far. With a key of a vendor there is an order to choose.</p>
          <Button look="primary" onPress={openVendors}>
            Open Vendors
          </Button>
        </section>
      )}
      {GROUPS.map((group) => (
        <Group key={group} group={group} waterfall={waterfall} view={view} />
      ))}
    </>
  )
}

function Group(props: {
  readonly group: (typeof GROUPS)[number]
  readonly waterfall: WaterfallState
  readonly view: WaterfallsView
}) {
  const { group, waterfall, view } = props
  const fields = view.fields.filter(({ field }) => groupOf(field) === group)
  const changed = fields.filter(({ edited }) => edited).length
  if (fields.length === 0) return null
  return (
    <details class="fold" open={group === 'Email' || fields.some(({ damaged }) => damaged)}>
      <summary>
        {group}
        <span class="hint">
          {count(fields.length, 'field')}
          {changed > 0 && `, ${changed} changed`}
        </span>
      </summary>
      <ul class="fields">
        {fields.map((one) => (
          <li key={one.field}>
            <button type="button" onClick={() => waterfall.choose(one)}>
              <span class="grow">
                {fieldInfo(one.field).label}
                <span class="hint">{inShort(one)}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

// A line is no list.
const MOST_NAMES = 3

function inShort({ rule, vendors, others, edited, damaged }: WaterfallView): string {
  if (damaged) return 'Cannot be read: set it again'
  const names = inOrderOf(rule, vendors)
    .filter(({ id }) => !rule.off.includes(id))
    .map(({ name }) => name)
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  const asked = names.slice(0, MOST_NAMES).join(', then ') + more
  const nobody =
    vendors.length > 0 ? 'Everybody is switched off' : `Nobody yet: ${count(others.length, 'vendor')} could`
  return `${edited ? 'Changed: ' : ''}${asked || nobody}`
}

function Search(props: {
  readonly waterfall: WaterfallState
  readonly chosen: Chosen
  readonly openVendors: () => void
}) {
  const { waterfall, chosen, openVendors } = props
  const { field, edited, damaged } = chosen.waterfall
  const { label, kind } = fieldInfo(field)
  const busy = waterfall.busy.value
  const isChanged = waterfall.isChanged.value
  useEscape(waterfall.leave)
  return (
    <>
      <div>
        <Button look="link" onPress={waterfall.leave}>
          {isChanged ? 'Back without saving' : 'All fields'}
        </Button>
        <Heading focus={() => true}>{label}</Heading>
      </div>
      {damaged && (
        <Notice tone="warning">
          What was set for it cannot be read, so nobody is asked for it. Save it anew, or go back to the usual way.
        </Notice>
      )}
      <Order waterfall={waterfall} chosen={chosen} openVendors={openVendors} />
      <Enough waterfall={waterfall} chosen={chosen} />
      {kind === 'email' && <Checks waterfall={waterfall} chosen={chosen} />}
      <Overwrite waterfall={waterfall} chosen={chosen} />
      <footer class="dock">
        <Button
          look="primary"
          disabled={!isSound(chosen.rule) || (!isChanged && !damaged)}
          waiting={busy === 'save'}
          onPress={waterfall.save}
        >
          Save for this file
        </Button>
        {edited && (
          <Button waiting={busy === 'reset'} onPress={waterfall.reset}>
            Back to the usual way
          </Button>
        )}
      </footer>
    </>
  )
}

const ORDERS = [
  {
    is: 'automatic',
    words: 'Automatic',
    about: 'Least cost for each accepted answer first. It learns from this file.',
  },
  { is: 'mine', words: 'My order', about: 'Drag the vendors, or use the arrows.' },
] as const

function Order(props: {
  readonly waterfall: WaterfallState
  readonly chosen: Chosen
  readonly openVendors: () => void
}) {
  const { waterfall, chosen, openVendors } = props
  const { rule, waterfall: shown } = chosen
  const kind = rule.order === 'automatic' ? 'automatic' : 'mine'
  return (
    <section>
      <Choices
        legend="Who is asked first"
        name="order"
        choices={ORDERS}
        chosen={kind}
        onChoose={(is) => waterfall.order(is)}
      />
      {shown.vendors.length > 0 ? (
        <Vendors waterfall={waterfall} chosen={chosen} />
      ) : (
        <p>Nobody who can be asked now finds it.</p>
      )}
      {shown.others.length > 0 && (
        <p class="hint">
          {shown.others.length === 1 ? 'Not asked yet, because it has' : 'Not asked yet, because they have'} no key, no
          approval or no tick: {listed(shown.others)}.{' '}
          <Button look="link" onPress={openVendors}>
            Open Vendors
          </Button>
        </p>
      )}
    </section>
  )
}

function Vendors({ waterfall, chosen }: { readonly waterfall: WaterfallState; readonly chosen: Chosen }) {
  const { rule, waterfall: shown } = chosen
  const vendors = inOrderOf(rule, shown.vendors)
  const list = useRef<HTMLOListElement>(null)
  const dragged = useDrag(list, waterfall.move)
  const isMine = rule.order !== 'automatic'
  const moved = useRef<{ readonly id: string; readonly way: 'up' | 'down' } | null>(null)
  const step = (id: string, place: number, way: 'up' | 'down') => {
    moved.current = { id, way }
    waterfall.move(id, place + (way === 'up' ? -1 : 1))
  }
  // A button that moves with its vendor loses the focus, and at an end of the list it is the other one that can be pressed.
  useLayoutEffect(() => {
    if (!moved.current) return
    const { id, way } = moved.current
    const [up, down] = list.current?.querySelectorAll<HTMLButtonElement>(`[data-vendor="${id}"] button`) ?? []
    const [same, other] = way === 'up' ? [up, down] : [down, up]
    ;(same?.disabled ? other : same)?.focus()
    moved.current = null
  })
  return (
    <ol ref={list} class="order" aria-label="Vendors in order">
      {vendors.map(({ id, name, ways }, place) => (
        <li key={id} data-vendor={id} class={dragged === id ? 'card dragged' : 'card'}>
          <div class="head">
            {isMine && (
              <span class="handle" data-handle={id} aria-hidden="true" title="Drag">
                <Icon name="drag" />
              </span>
            )}
            <label class="option grow">
              <input type="checkbox" checked={!rule.off.includes(id)} onChange={() => waterfall.toggle(id)} />
              <span>
                <span class="unseen">{`Ask number ${place + 1}, `}</span>
                {name}
              </span>
            </label>
            {isMine &&
              (['up', 'down'] as const).map((way) => (
                <button
                  key={way}
                  type="button"
                  class="step"
                  aria-label={`Move ${name} ${way}`}
                  disabled={way === 'up' ? place === 0 : place === vendors.length - 1}
                  onClick={() => step(id, place, way)}
                >
                  <Icon name={way} />
                </button>
              ))}
          </div>
          <Ways ways={ways} />
        </li>
      ))}
    </ol>
  )
}

// Ways that cost the same are one line.
function Ways({ ways }: Pick<WaterfallView['vendors'][number], 'ways'>) {
  const reasons = [...new Set(ways.map(({ reason }) => reason))]
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={reason} class="hint">
          Asked{' '}
          {ways
            .filter((way) => way.reason === reason)
            .map(({ asked }) => asked)
            .join(', ')}
          . {reason}
        </li>
      ))}
    </ul>
  )
}

/** Moves an item of a list with the pointer: returns the id of the one that is being dragged. */
function useDrag(
  list: { readonly current: HTMLOListElement | null },
  move: (id: string, to: number) => void,
): string | null {
  const dragged = useSignal<string | null>(null)
  const latest = useRef(move)
  latest.current = move
  useEffect(() => {
    const start = (event: PointerEvent) => {
      const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-handle]') : null
      if (!handle || !list.current?.contains(handle)) return
      event.preventDefault()
      dragged.value = handle.dataset['handle'] ?? null
    }
    const follow = (event: PointerEvent) => {
      const { value: id } = dragged
      if (id === null || !list.current) return
      const others = [...list.current.children].filter(
        (item) => item instanceof HTMLElement && item.dataset['vendor'] !== id,
      )
      const above = others.filter((item) => {
        const { top, height } = item.getBoundingClientRect()
        return top + height / 2 < event.clientY
      })
      latest.current(id, above.length)
    }
    const end = () => {
      dragged.value = null
    }
    // The item is taken out and put back while it moves, so it cannot hold the pointer itself.
    const listeners = [
      ['pointerdown', start],
      ['pointermove', follow],
      ['pointerup', end],
      ['pointercancel', end],
    ] as const
    for (const [name, listen] of listeners) document.addEventListener(name, listen)
    return () => {
      for (const [name, listen] of listeners) document.removeEventListener(name, listen)
    }
  }, [])
  return dragged.value
}

function Enough({ waterfall, chosen }: { readonly waterfall: WaterfallState; readonly chosen: Chosen }) {
  const { rule } = chosen
  const choices: readonly { readonly is: FieldRule['agreement']; readonly words: string; readonly about: string }[] = [
    {
      is: 'counts',
      words: 'One sure answer, or two vendors who agree',
      about: 'Two independent vendors who say the same are surer together than each alone.',
    },
    { is: 'ignored', words: 'One sure answer alone', about: 'That others say the same changes nothing.' },
  ]
  return (
    <section>
      <h3>
        <label htmlFor="threshold">How sure a value must be (%)</label>
      </h3>
      <div class="beside">
        <input
          id="threshold"
          type="number"
          min={0}
          max={100}
          inputMode="numeric"
          value={Number.isFinite(rule.threshold) ? Math.round(rule.threshold * 100) : ''}
          aria-describedby="threshold-hint threshold-gap"
          onInput={(event) => waterfall.change({ threshold: event.currentTarget.valueAsNumber / 100 })}
        />
      </div>
      <p id="threshold-gap" class="complaint" role={isThreshold(rule) ? undefined : 'alert'}>
        {isThreshold(rule) ? undefined : 'Enter a number from 0 to 100.'}
      </p>
      <p id="threshold-hint" class="hint">
        Less sure values are not written; the next vendor is asked.
      </p>
      <Choices
        legend="What ends the search"
        name="agreement"
        choices={choices}
        chosen={rule.agreement}
        onChoose={(is) => waterfall.change({ agreement: is })}
      />
    </section>
  )
}

function Choices<T extends string>(of: {
  readonly legend: string
  readonly name: string
  readonly choices: readonly { readonly is: T; readonly words: string; readonly about: string }[]
  readonly chosen: T
  readonly onChoose: (is: T) => void
}) {
  return (
    <fieldset>
      <legend>{of.legend}</legend>
      {of.choices.map(({ is, words, about }) => (
        <label key={is} class="option">
          <input type="radio" name={of.name} checked={of.chosen === is} onChange={() => of.onChoose(is)} />
          <span class="grow">
            {words}
            <span class="hint">{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const OVERWRITES: readonly { readonly is: OverwriteRule['kind']; readonly words: string; readonly about: string }[] = [
  { is: 'fill_empty', words: OVERWRITE_WORDS.fill_empty, about: 'What stands in a cell is never replaced.' },
  {
    is: 'more_confident',
    words: OVERWRITE_WORDS.more_confident,
    about: 'Looks again for what we filled in less surely.',
  },
  { is: 'refresh', words: OVERWRITE_WORDS.refresh, about: 'Asks again for what we filled in, at its usual price.' },
  {
    is: 'replace_invalid',
    words: OVERWRITE_WORDS.replace_invalid,
    about: 'Ours or yours, after a check has found that it does not work. Undo brings it back.',
  },
  {
    is: 'beside',
    words: OVERWRITE_WORDS.beside,
    about:
      'Asks for filled cells too, at the usual price. A good value that differs from yours goes to a column of its own, such as Email (found).',
  },
  { is: 'never', words: OVERWRITE_WORDS.never, about: 'The column is yours: it is never filled.' },
]

// What is proposed when a person chooses the rule: our choice.
const MARGIN = 0.1
const DAYS = 90

function ruleOf(kind: OverwriteRule['kind']): OverwriteRule {
  switch (kind) {
    case 'more_confident':
    case 'beside':
      return { kind, margin: MARGIN }
    case 'refresh':
      return { kind, days: DAYS }
    default:
      return { kind }
  }
}

/** Which cells of the column may be written. */
function Overwrite({ waterfall, chosen }: { readonly waterfall: WaterfallState; readonly chosen: Chosen }) {
  const { overwrite } = chosen.rule
  const { field } = chosen.waterfall
  const change = (rule: OverwriteRule) => waterfall.change({ overwrite: rule })
  const choices = OVERWRITES.filter(({ is }) => is !== 'replace_invalid' || VERIFIABLE.some((one) => one === field))
  return (
    <section>
      <Choices
        legend="Cells that may be written"
        name="overwrite"
        choices={choices}
        chosen={overwrite.kind}
        onChoose={(kind) => change(ruleOf(kind))}
      />
      {'margin' in overwrite && (
        <Amount
          label={overwrite.kind === 'beside' ? 'Than ours surer by at least (%)' : 'Surer by at least (%)'}
          value={overwrite.margin * 100}
          most={100}
          onChange={(percent) => change({ ...overwrite, margin: percent / 100 })}
        />
      )}
      {overwrite.kind === 'refresh' && (
        <Amount
          label="Older than (days)"
          value={overwrite.days}
          most={MOST_DAYS}
          onChange={(days) => change({ kind: 'refresh', days })}
        />
      )}
      <p class="hint">What you typed over or accepted yourself is never replaced.</p>
    </section>
  )
}

function Amount(props: {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly onChange: (value: number) => void
}) {
  const { label, value, most, onChange } = props
  const isSound = value >= 1 && value <= most
  return (
    <div class="entry">
      <label htmlFor="overwrite-amount">{label}</label>
      <input
        id="overwrite-amount"
        type="number"
        min={1}
        max={most}
        inputMode="numeric"
        value={Number.isFinite(value) ? Math.round(value) : ''}
        aria-describedby="overwrite-gap"
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <p id="overwrite-gap" class="complaint" role={isSound ? undefined : 'alert'}>
        {isSound ? undefined : `Enter a whole number from 1 to ${figure(most)}.`}
      </p>
    </div>
  )
}

const ACCEPTED: readonly { readonly is: Verified; readonly words: string; readonly about: string }[] = [
  { is: 'valid', words: VERIFIED_WORDS.valid, about: 'a vendor has checked it' },
  { is: 'unverified', words: VERIFIED_WORDS.unverified, about: 'no vendor has said whether it works' },
  { is: 'accept_all', words: VERIFIED_WORDS.accept_all, about: 'its server takes any mail (accept-all)' },
  { is: 'risky', words: VERIFIED_WORDS.risky, about: 'checked: mail may bounce' },
  { is: 'unknown', words: VERIFIED_WORDS.unknown, about: 'checked, and the server did not say' },
]

function Checks({ waterfall, chosen }: { readonly waterfall: WaterfallState; readonly chosen: Chosen }) {
  const { rule } = chosen
  const verifiers = waterfall.view.value?.verifiers ?? []
  const choices: readonly { readonly is: FieldRule['verify']; readonly words: string; readonly about: string }[] = [
    { is: 'never', words: 'Do not check', about: 'What the finder says about it is enough.' },
    {
      is: 'before_writing',
      words: 'Check what its finder has not checked',
      about:
        verifiers.length > 0
          ? `Asks ${verifiers.join(', then ')} before the address is written; the receipt has the price.`
          : 'Nobody with a key can check addresses yet: they stay not checked.',
    },
  ]
  const accept = (is: Verified) => {
    waterfall.change({
      accepts: ACCEPTED.map((one) => one.is).filter((one) => (one === is) !== rule.accepts.includes(one)),
    })
  }
  return (
    <section>
      <fieldset>
        <legend>Addresses that may be written</legend>
        {ACCEPTED.map(({ is, words, about }) => (
          <label key={is} class="option">
            <input type="checkbox" checked={rule.accepts.includes(is)} onChange={() => accept(is)} />
            <span class="grow">
              {words} <span class="hint inline">{about}</span>
            </span>
          </label>
        ))}
        <p class="complaint" role={rule.accepts.length > 0 ? undefined : 'alert'}>
          {rule.accepts.length > 0 ? undefined : 'Tick at least one, or no address is ever written.'}
        </p>
        <p class="hint">An address that is known not to work is never written.</p>
      </fieldset>
      <Choices
        legend="Checking before writing"
        name="verify"
        choices={choices}
        chosen={rule.verify}
        onChoose={(is) => waterfall.change({ verify: is })}
      />
    </section>
  )
}
