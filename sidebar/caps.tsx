import { useSignal } from '@preact/signals'
import type { CapsEntry, CapsView, CapView } from '../src/app/api-types'
import { Button, Notice } from './parts'
import type { SettingsState } from './settings-state'
import { figure } from './words'

/** One cap as it is typed: `NaN` while the box is empty, which is no cap. */
interface Line extends CapView {
  readonly id: string
  readonly words: string
}

/** The caps of the file beside that of a run. */
export function CapsForm({ settings, caps }: { readonly settings: SettingsState; readonly caps: CapsView }) {
  const lines: readonly Line[] = [
    { id: 'day', words: 'This file, a day', ...caps.day },
    { id: 'month', words: 'This file, a month', ...caps.month },
    { id: 'person', words: 'Each person, a month', ...caps.person },
  ]
  const vendors: readonly Line[] = caps.vendors.map(({ id, name, ...cap }) => ({
    id: `vendor ${id}`,
    words: `${name}, a month`,
    ...cap,
  }))
  const typed = useSignal<{ readonly [id: string]: number }>({})
  const valueOf = ({ id, cap }: Line): number => typed.value[id] ?? cap ?? NaN
  const all = [...lines, ...vendors]
  const goesOn = useSignal(caps.goesOn)
  const isChanged = goesOn.value !== caps.goesOn || all.some((line) => !Object.is(valueOf(line), line.cap ?? NaN))
  const isWrong = all.some((line) => valueOf(line) < 0)
  const save = async () => {
    if (await settings.saveCaps({ ...entryOf(all, valueOf), ...(!goesOn.value && { goesOn: false }) })) typed.value = {}
  }
  const row = (line: Line) => (
    <Cap
      key={line.id}
      line={line}
      value={valueOf(line)}
      onType={(value) => (typed.value = { ...typed.value, [line.id]: value })}
    />
  )
  return (
    <fieldset class="caps">
      <legend>Caps of this file (credits)</legend>
      <p class="hint">
        A run pauses before it goes beyond one of them. Empty is no cap. A day and a month begin at midnight UTC.
      </p>
      {caps.damaged && (
        <Notice tone="warning">
          The caps, or the record of what was spent, cannot be read, so nothing is spent. Save the caps again; what was
          spent is counted anew from then on.
        </Notice>
      )}
      {lines.map(row)}
      {vendors.map(row)}
      <label class="option">
        <input type="checkbox" checked={goesOn.value} onChange={() => (goesOn.value = !goesOn.value)} />
        <span class="grow">A run that pauses at the cap of a day goes on by itself on the next day</span>
      </label>
      {isWrong && (
        <p class="complaint" role="alert">
          A cap must be 0 or more, or empty for none.
        </p>
      )}
      <Button
        disabled={(!isChanged && !caps.damaged) || isWrong}
        waiting={settings.busy.value === 'caps'}
        onPress={save}
      >
        Save the caps
      </Button>
    </fieldset>
  )
}

function Cap(props: { readonly line: Line; readonly value: number; readonly onType: (value: number) => void }) {
  const { id, words, used } = props.line
  const name = `cap-${id.replace(' ', '-')}`
  return (
    <div class="cap">
      <label htmlFor={name}>
        {words}
        <span class="hint"> {figure(used)} so far</span>
      </label>
      <input
        id={name}
        type="number"
        min={0}
        inputMode="numeric"
        placeholder="none"
        value={Number.isNaN(props.value) ? '' : props.value}
        onInput={(event) => props.onType(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}

function entryOf(lines: readonly Line[], valueOf: (line: Line) => number): CapsEntry {
  const set = lines.flatMap((line) => (Number.isNaN(valueOf(line)) ? [] : [[line.id, valueOf(line)] as const]))
  const vendors = set.flatMap(([id, cap]) => (id.startsWith('vendor ') ? [[id.slice(7), cap] as const] : []))
  const others = set.filter(([id]) => !id.startsWith('vendor '))
  return { ...Object.fromEntries(others), vendors: Object.fromEntries(vendors) }
}
