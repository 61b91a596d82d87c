import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { AppliedView, Overview } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { fieldInfo } from '../src/domain/field'
import type { FieldRule } from '../src/domain/waterfall'
import { defaultRule } from '../src/domain/waterfall'
import type { EnrichState } from './enrich-state'
import { Button, Confirm, Notice, useEscape } from './parts'
import { ruleSentence } from './search-words'
import { figure, listed } from './words'

interface Shown {
  readonly enrich: EnrichState
  readonly view: Overview
}

/** The saved runs of the file: to use one, to save the form as one, and to add one that somebody shared. */
export function SavedRuns({ enrich, view }: Shown) {
  const { applied, words } = enrich.saved
  const fold = useRef<HTMLDetailsElement>(null)
  const use = async (id: string) => {
    // What it came to is then in sight below.
    if ((await enrich.saved.apply(id)) && fold.current) fold.current.open = false
  }
  return (
    <>
      <details ref={fold} class="fold">
        <summary>
          Saved runs{view.saved.length > 0 && `: ${figure(view.saved.length)}`}
          <span class="hint">Columns, fields, reason and cap under a name, for an import that comes every week</span>
        </summary>
        {view.saved.length > 0 && <List enrich={enrich} view={view} use={use} />}
        <SaveForm enrich={enrich} />
        <AddForm enrich={enrich} />
      </details>
      {words.value !== '' && (
        <output>
          <Notice tone="good">
            <p>{words.value}</p>
          </Notice>
        </output>
      )}
      {applied.value && <Applied key={applied.value.id} enrich={enrich} view={view} applied={applied.value} />}
    </>
  )
}

function List({ enrich, view, use }: Shown & { readonly use: (id: string) => unknown }) {
  return (
    <ul class="columns">
      {view.saved.map(({ id, name }) => (
        <li key={id}>
          {name}
          <div class="actions">
            <Button label={`Use ${name}`} waiting={enrich.busy.value === 'saving'} onPress={() => use(id)}>
              Use
            </Button>
            <Confirm
              words="Delete"
              label={`Delete ${name}`}
              look="link"
              consequence={`“${name}” is deleted for everybody in this file. Cells and past runs stay as they are.`}
              yes="Delete it"
              no="Keep it"
              waiting={false}
              onYes={() => enrich.saved.remove({ id, name })}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

function SaveForm({ enrich }: Pick<Shown, 'enrich'>) {
  const name = useSignal('')
  const save = async () => {
    if (await enrich.saved.save(name.value)) name.value = ''
    else document.getElementById(enrich.gaps.value[0]?.part ?? '')?.focus()
  }
  return (
    <form
      class="keyform"
      aria-label="Save a run"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <label>
        Save what is chosen below as
        <input
          type="text"
          maxLength={60}
          placeholder="For example: weekly import"
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <p class="hint">A saved run with this name is replaced. Rows and keys are no part of it.</p>
      <Button disabled={name.value.trim() === ''} waiting={enrich.busy.value === 'saving'} onPress={save}>
        Save
      </Button>
    </form>
  )
}

function AddForm({ enrich }: Pick<Shown, 'enrich'>) {
  const isOpen = useSignal(false)
  const text = useSignal('')
  const area = useRef<HTMLTextAreaElement>(null)
  const close = () => (isOpen.value = false)
  useEscape(close)
  useEffect(() => area.current?.focus(), [isOpen.value])
  const add = async () => {
    if (!(await enrich.saved.add(text.value))) return area.current?.focus()
    text.value = ''
    close()
  }
  if (!isOpen.value)
    return (
      <p class="aside">
        <Button look="link" onPress={() => (isOpen.value = true)}>
          Add one that somebody shared
        </Button>
      </p>
    )
  return (
    <div class="keyform">
      <label>
        The text of the saved run
        <textarea
          ref={area}
          class="code"
          rows={6}
          spellcheck={false}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <Button disabled={text.value.trim() === ''} waiting={enrich.busy.value === 'saving'} onPress={add}>
          Add
        </Button>
        <Button onPress={close}>Cancel</Button>
      </div>
    </div>
  )
}

/** What using a saved run came to in this tab. */
function Applied({ enrich, view, applied }: Shown & { readonly applied: AppliedView }) {
  const isShared = useSignal(false)
  const told = useRef<HTMLParagraphElement>(null)
  useEffect(() => told.current?.focus(), [])
  const { id, name, missing, otherRules, caps, lowerCaps, text } = applied
  const nobody = applied.wanted.filter((field) => !view.choices.some((choice) => choice.field === field))
  return (
    <Notice tone={missing.length + nobody.length + otherRules.length + lowerCaps.length > 0 ? 'warning' : 'good'}>
      <p ref={told} tabIndex={-1}>
        “{name}” is filled in below.
      </p>
      {missing.length > 0 && (
        <p>
          Not found in {view.sheet.name}: {listed(missing.map((header) => `“${header}”`))}. Under Columns found you can
          say which {missing.length === 1 ? 'column holds it' : 'columns hold them'}.
        </p>
      )}
      {nobody.length > 0 && (
        <p>No vendor you can ask here finds {listed(nobody.map((field) => fieldInfo(field).label))}: left out.</p>
      )}
      {otherRules.length > 0 && (
        <>
          <p>
            Who is asked for {listed(otherRules)}, or what is written, is set in another way in this file than it was
            saved. There it is:
          </p>
          <ul class="reasons">
            {rulesOf(applied).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <Confirm
            words="Set it as it was saved"
            consequence={`The rules of ${listed(otherRules)} under Waterfall are replaced, for everybody in this file.`}
            yes="Replace them"
            no="Leave them"
            waiting={enrich.busy.value === 'saving'}
            onYes={() => enrich.saved.take('takeRules', id)}
          />
        </>
      )}
      {caps.length > 0 && <p>The file that it was saved in has caps: {listed(caps)}.</p>}
      {lowerCaps.length > 0 && (
        <>
          <p>Missing or higher in this file: {listed(lowerCaps)}.</p>
          <Confirm
            words="Set these caps here too"
            consequence={`Caps of this file, for everybody in it: ${listed(lowerCaps)}. No cap is raised.`}
            yes="Set them"
            no="Leave them"
            waiting={enrich.busy.value === 'saving'}
            onYes={() => enrich.saved.take('takeCaps', id)}
          />
        </>
      )}
      <div class="actions">
        <Button look="link" onPress={() => (isShared.value = !isShared.value)}>
          {isShared.value ? 'Hide the text' : 'Share as text'}
        </Button>
        <Button look="link" onPress={enrich.saved.putAside}>
          Put it aside
        </Button>
      </div>
      {isShared.value && <SharedText text={text} />}
    </Notice>
  )
}

// Somebody else may have written it: what it would set is said before it is set.
function rulesOf({ text, wanted, otherRules }: AppliedView): readonly string[] {
  const { rules = {} } = JSON.parse(text) as { readonly rules?: { readonly [F in Field]?: FieldRule } }
  return wanted
    .filter((field) => otherRules.includes(fieldInfo(field).label))
    .map((field) => ruleSentence(field, rules[field] ?? defaultRule(field)))
}

function SharedText({ text }: { readonly text: string }) {
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.select(), [])
  return (
    <label>
      Copy it and add it in another file
      <textarea ref={area} class="code" rows={8} readOnly value={text} />
    </label>
  )
}
