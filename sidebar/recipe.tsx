import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { RecipeView, SettingsView, TryView } from '../src/app/api-types'
import { Keys } from './keys'
import { Button, Confirm, Icon, Notice, TransferHint, useEscape } from './parts'
import type { SettingsState } from './settings-state'
import { AccountForm } from './terms'
import { count, listed } from './words'

/** Vendors that the person describes: list, add, export and import. */
export function OwnVendors({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  const open = useSignal<'add' | 'export' | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const close = () => {
    open.value = null
    requestAnimationFrame(() => place.current?.querySelector<HTMLButtonElement>('button')?.focus())
  }
  const all = view.recipes.filter(({ text }) => text !== '').map(({ text }) => text)
  return (
    <section>
      <h3>Your own vendors</h3>
      <p class="hint">
        {view.recipes.length === 0 && 'None yet. '}
        Any vendor with a web address for programs can be asked: a recipe says how, without code.
      </p>
      {view.recipes.map((recipe) => (
        <OwnVendor key={recipe.id} recipe={recipe} settings={settings} view={view} />
      ))}
      <div ref={place} class="actions">
        {open.value === null && <Button onPress={() => (open.value = 'add')}>Add or import</Button>}
        {open.value === null && all.length > 0 && <Button onPress={() => (open.value = 'export')}>Export all</Button>}
      </div>
      {open.value === 'add' && (
        <RecipeForm
          title="Recipe, or a list of them"
          text=""
          fault={settings.faults.value['']}
          waiting={settings.busy.value === 'recipe '}
          save={(text) => settings.saveRecipe(null, text)}
          close={close}
        />
      )}
      {open.value === 'export' && <Export text={`[\n${all.join(',\n')}\n]`} close={close} />}
    </section>
  )
}

interface Shown {
  readonly recipe: RecipeView
  readonly settings: SettingsState
  readonly view: SettingsView
}

function OwnVendor({ recipe, settings, view }: Shown) {
  const open = useSignal<'edit' | 'try' | null>(null)
  const card = useRef<HTMLElement>(null)
  const close = () => {
    open.value = null
    requestAnimationFrame(() => card.current?.querySelector<HTMLButtonElement>(':scope > .actions button')?.focus())
  }
  const { id, name } = recipe
  const vendor = view.ownVendors.find((one) => one.id === id)
  const busy = settings.busy.value
  const tried = settings.tries.value[id]
  const isUsable = recipe.approved && vendor !== undefined && (vendor.kind !== 'vendor' || vendor.keys.length > 0)
  return (
    <article ref={card} class="card" aria-label={name}>
      <h4>{name}</h4>
      {recipe.trouble !== null && <Notice tone="warning">{recipe.trouble}</Notice>}
      {recipe.trouble === null && <p class="hint">{recipe.host}</p>}
      <Questions recipe={recipe} />
      {recipe.trouble === null && !recipe.approved && (
        <Notice tone="warning">
          <p>
            It is not asked before you approve it. Everything above is sent to {recipe.host}; look whether you know this
            address and may send it there.
          </p>
          {vendor?.kind === 'vendor' && vendor.region === null && (
            <p>
              Approving stands for the tick that the transfer is covered.
              <TransferHint region={null} />
            </p>
          )}
          <Button
            label={`Approve ${name}`}
            waiting={busy === `approve ${id}`}
            onPress={() => settings.approveRecipe(recipe)}
          >
            Approve
          </Button>
        </Notice>
      )}
      {vendor && <Keys vendor={vendor} settings={settings} view={view} />}
      {vendor && vendor.prices.length > 0 && (
        <AccountForm key={vendor.changed?.at ?? 0} vendor={vendor} settings={settings} />
      )}
      {open.value === null && (
        <div class="actions">
          {isUsable && (
            <Button label={`Try it on this row: ${name}`} onPress={() => (open.value = 'try')}>
              Try it on this row
            </Button>
          )}
          <Button label={`Edit ${name}`} onPress={() => (open.value = 'edit')}>
            Edit
          </Button>
          <Confirm
            words="Remove"
            label={`Remove ${name}`}
            consequence={`${name} is removed from this file for everybody, with the keys that were entered here. Answers that were paid for stay in the cells.`}
            yes="Remove it"
            no="Keep it"
            waiting={busy === `remove recipe ${id}`}
            onYes={() => settings.removeRecipe(recipe)}
          />
        </div>
      )}
      {open.value === 'edit' && (
        <RecipeForm
          title={`Recipe of ${name}`}
          text={recipe.text}
          fault={settings.faults.value[id]}
          waiting={busy === `recipe ${id}`}
          save={(text) => settings.saveRecipe(id, text)}
          close={close}
        />
      )}
      {open.value === 'try' && (
        <TryForm
          recipe={recipe}
          purpose={view.purpose}
          waiting={busy === `try ${id}`}
          ask={(purpose) => settings.tryRecipe(id, purpose)}
          close={close}
        />
      )}
      {tried && <Tried tried={tried} name={name} />}
    </article>
  )
}

function Questions({ recipe: { questions } }: { readonly recipe: RecipeView }) {
  return (
    <ul>
      {questions.map(({ asked, sends, finds, price }, index) => (
        <li key={index} class="hint">
          Asked {asked}: sends {listed(sends)}; finds {listed(finds)}. {price}.
        </li>
      ))}
    </ul>
  )
}

function RecipeForm(props: {
  readonly title: string
  readonly text: string
  readonly fault: string | undefined
  readonly waiting: boolean
  readonly save: (text: string) => Promise<boolean>
  readonly close: () => void
}) {
  const { title, fault, waiting, save, close } = props
  const text = useSignal(props.text)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  useEscape(close)
  const send = async () => {
    if (await save(text.value)) close()
    else area.current?.focus()
  }
  return (
    <form
      class="keyform"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label>
        {title} (JSON)
        <textarea
          ref={area}
          class="code"
          rows={14}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={fault !== undefined}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
      </label>
      {fault !== undefined && (
        <p class="verdict bad" role="alert">
          <Icon name="alert" />
          <span>{fault}</span>
        </p>
      )}
      <p class="hint">A key is no part of it: it is entered afterwards and goes to this host alone.</p>
      <div class="actions">
        <Button look="primary" disabled={text.value.trim() === ''} waiting={waiting} onPress={send}>
          Save
        </Button>
        <Button onPress={close}>Cancel</Button>
      </div>
    </form>
  )
}

function TryForm(props: {
  readonly recipe: RecipeView
  readonly purpose: string
  readonly waiting: boolean
  readonly ask: (purpose: string) => Promise<boolean>
  readonly close: () => void
}) {
  const { recipe, waiting, ask, close } = props
  const purpose = useSignal(props.purpose)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEscape(close)
  const credits = Math.max(0, ...recipe.questions.map((question) => question.credits))
  const price = credits === 0 ? 'nothing' : `up to ${count(credits, 'credit')}`
  const send = async () => {
    if (purpose.value.trim() === '') return
    if (await ask(purpose.value)) close()
  }
  return (
    <form
      class="keyform"
      aria-label={`Try ${recipe.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p>
        {recipe.name} is asked once about the first row that is selected in the sheet. That costs {price}. The answer is
        kept, so that a run does not pay for it again; no cell is changed.
      </p>
      <label>
        Why do you look this up?
        <input
          type="text"
          ref={input}
          value={purpose.value}
          onInput={(event) => (purpose.value = event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <Button look="primary" disabled={purpose.value.trim() === ''} waiting={waiting} onPress={send}>
          {credits === 0 ? 'Ask now (free)' : `Ask now (${price})`}
        </Button>
        <Button onPress={close}>Cancel</Button>
      </div>
    </form>
  )
}

function Tried({ tried, name }: { readonly tried: TryView; readonly name: string }) {
  const { row, asked, sent, meaning, reply, takes, lost, credits } = tried
  return (
    <div class="key">
      <output>
        <p>
          Row {row}, {asked}: {meaning} {count(credits, 'credit')} spent.
        </p>
      </output>
      <p class="hint">Sent: {sent.map((part) => `${part.name} ${part.value}`).join(', ')}</p>
      {takes.length > 0 && (
        <>
          <h5>What would be taken</h5>
          <ul>
            {takes.map(({ label, value, sure }) => (
              <li key={label}>
                {label}: {value} <span class="hint inline">{sure}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {lost.length > 0 && (
        <Notice tone="warning">
          {lost.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
      {reply && (
        <>
          <h5>
            Reply, status {reply.status}
            {reply.isCut && ', its beginning'}
          </h5>
          <textarea class="code" rows={8} readOnly aria-label={`Reply of ${name}`} value={reply.text} />
        </>
      )}
    </div>
  )
}

function Export({ text, close }: { readonly text: string; readonly close: () => void }) {
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.select(), [])
  useEscape(close)
  return (
    <div class="keyform">
      <label>
        All your vendors, without keys
        <textarea ref={area} class="code" rows={10} readOnly value={text} />
      </label>
      <p class="hint">Copy it and add it in another file. Everybody approves it there anew.</p>
      <Button onPress={close}>Close</Button>
    </div>
  )
}
