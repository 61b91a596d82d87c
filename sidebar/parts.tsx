import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ProblemView } from '../src/app/api-types'
import type { ProblemAction } from '../src/domain/problem'

const ICONS = {
  alert: 'M12 8v5M12 16.5v.1M12 3 2.5 20h19z',
  info: 'M12 11v6M12 7.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  refresh: 'M19 8a8 8 0 1 0 1 6M19 3v5h-5',
  stop: 'M5 5h14v14H5z',
  next: 'M9 5l7 7-7 7',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  drag: 'M5 8h14M5 12h14M5 16h14',
  link: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
} as const

/** A drawing beside words; screen readers skip it. */
export function Icon({ name }: { readonly name: keyof typeof ICONS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  )
}

/** The heading of a screen. It takes the focus when the screen follows another one. */
export function Heading({ focus, children }: { readonly focus: () => boolean; readonly children: ComponentChildren }) {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focus()) element.current?.focus()
  }, [])
  return (
    <h2 ref={element} tabIndex={-1}>
      {children}
    </h2>
  )
}

/** A button. While `waiting`, it says so and cannot be pressed again. */
export function Button(props: {
  readonly onPress: () => unknown
  readonly children: ComponentChildren
  readonly look?: 'primary' | 'plain' | 'danger' | 'link'
  readonly waiting?: boolean
  readonly disabled?: boolean
  readonly label?: string
  /** What it does, for whom its words do not say it. */
  readonly hint?: string
}) {
  return (
    <button
      type="button"
      class={`button ${props.look ?? 'plain'}`}
      disabled={Boolean(props.disabled) || Boolean(props.waiting)}
      aria-busy={Boolean(props.waiting)}
      aria-label={props.label}
      title={props.hint}
      onClick={() => void props.onPress()}
    >
      {props.waiting && <span class="spinner" aria-hidden="true" />}
      {props.children}
    </button>
  )
}

/** A message in a box: calm, a warning, or a problem that screen readers read at once. */
export function Notice(props: {
  readonly tone: 'calm' | 'warning' | 'problem' | 'good'
  readonly children: ComponentChildren
}) {
  const icon = { calm: 'info', warning: 'alert', problem: 'alert', good: 'check' } as const
  return (
    <div class={`notice ${props.tone}`} role={props.tone === 'problem' ? 'alert' : undefined}>
      <Icon name={icon[props.tone]} />
      <div class="grow">{props.children}</div>
    </div>
  )
}

/** What a problem's button says. */
export const ACTION_WORDS: { readonly [A in ProblemAction]: string } = {
  open_settings: 'Open Settings',
  open_vendors: 'Open Vendors',
  open_waterfall: 'Open Waterfall',
  open_privacy: 'Open Privacy',
  select_rows: 'Read selection again',
  map_columns: 'Show the columns',
  new_receipt: 'See the cost again',
  try_again: 'Try again',
  reload: 'Start again',
}

/** A problem with the button that helps. */
export function Trouble(props: {
  readonly problem: ProblemView
  readonly act: (action: ProblemAction) => unknown
  readonly waiting?: boolean
}) {
  const { message, action } = props.problem
  return (
    <Notice tone="problem">
      <p>{message}</p>
      {action && (
        <Button waiting={Boolean(props.waiting)} onPress={() => props.act(action)}>
          {ACTION_WORDS[action]}
        </Button>
      )}
    </Notice>
  )
}

/** How far something is, for eyes and screen readers. */
export function Progress(props: { readonly label: string; readonly done: number; readonly total: number }) {
  return <progress aria-label={props.label} max={Math.max(1, props.total)} value={props.done} />
}

/** Does something when Escape is pressed anywhere in the sidebar. */
export function useEscape(act: () => unknown): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

/** Grey blocks in the place of what is being read. */
export function Skeleton({ label }: { readonly label: string }) {
  return (
    <output class="skeleton">
      <span class="unseen">{label}</span>
      {[40, 100, 100, 70, 100, 55].map((width, index) => (
        <div key={index} style={{ width: `${width}%` }} />
      ))}
    </output>
  )
}

/** A button whose consequence is told before it happens. */
export function Confirm(props: {
  readonly words: string
  readonly label?: string
  readonly look?: 'plain' | 'primary' | 'link'
  readonly consequence: string
  readonly yes: string
  readonly no: string
  readonly waiting: boolean
  readonly onYes: () => unknown
}) {
  const asked = useSignal(false)
  const place = useRef<HTMLDivElement>(null)
  const answer = (work?: () => unknown) => {
    asked.value = false
    // The first button is there again after the next drawing.
    requestAnimationFrame(() => place.current?.querySelector('button')?.focus())
    return work?.()
  }
  useEscape(() => asked.value && answer())
  useEffect(() => {
    if (asked.value) place.current?.querySelector<HTMLButtonElement>('button:last-of-type')?.focus()
  }, [asked.value])
  return (
    <div ref={place} class={asked.value ? 'confirm' : 'before-confirm'}>
      {asked.value ? (
        <fieldset aria-label={props.words}>
          <p>{props.consequence}</p>
          <div class="actions">
            <Button look="danger" onPress={() => answer(props.onYes)}>
              {props.yes}
            </Button>
            <Button onPress={() => answer()}>{props.no}</Button>
          </div>
        </fieldset>
      ) : (
        <Button
          look={props.look ?? 'plain'}
          {...(props.label ? { label: props.label } : {})}
          waiting={props.waiting}
          onPress={() => (asked.value = true)}
        >
          {props.words}
        </Button>
      )}
    </div>
  )
}

/** What a person ticks when they say that a transfer is covered. */
export function TransferHint({ region }: { readonly region: string | null }) {
  return (
    <span class="hint">
      {region === null ? 'Where it sits is not checked' : `It sits in: ${region}`}: outside the EEA that takes an
      adequacy decision or contract clauses. Your data-protection officer knows.
    </span>
  )
}
