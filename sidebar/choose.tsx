import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ColumnView, FieldChoice, Overview, Scope } from '../src/app/api-types'
import { FIELD_NAMES, fieldInfo, isField } from '../src/domain/field'
import type { ProblemAction } from '../src/domain/problem'
import type { EnrichState, Gap } from './enrich-state'
import { History } from './history'
import { Button, Heading, Icon, Trouble } from './parts'
import { SavedRuns } from './saved'
import { clock, count, ENVIRONMENT_WORDS, figure, GROUND_WORDS, listed, upperFirst } from './words'

/** More fields than this get a search box; a group shows this half of them until it is asked for the rest. */
const MANY_FIELDS = 12

/** The choice: which rows, what each column is, what to find, why, and for how much at most. */
export function Choose(props: {
  readonly enrich: EnrichState
  readonly act: (action: ProblemAction) => unknown
  readonly findDuplicates: () => unknown
  /** Opens the builder of formulas. */
  readonly build: () => unknown
}) {
  const { enrich, act, findDuplicates, build } = props
  const view = enrich.overview.value
  if (!view) return null
  const { problem, canAsk } = view
  return (
    <div class="screen" aria-busy={enrich.busy.value === 'reading'}>
      <Heading focus={() => enrich.moved.value}>Enrich {view.sheet.name}</Heading>
      <LastRun enrich={enrich} view={view} />
      <History enrich={enrich} view={view} />
      {problem && <Trouble problem={{ ...problem, action: problem.action ?? 'reload' }} act={act} />}
      {view.sheet.rows > 0 && canAsk && <SavedRuns enrich={enrich} view={view} />}
      {view.sheet.rows > 0 && <Rows enrich={enrich} view={view} />}
      {view.sheet.rows > 0 && <Asides enrich={enrich} findDuplicates={findDuplicates} build={build} />}
      {view.columns.length > 0 && <Columns enrich={enrich} view={view} />}
      {!canAsk && <NoKey enrich={enrich} view={view} act={act} />}
      {!problem && canAsk && <Wishes enrich={enrich} view={view} act={act} />}
    </div>
  )
}

/** Asks for the receipt, or leads to the first part that is still empty. */
async function ask(enrich: EnrichState): Promise<void> {
  await enrich.price('first')
  const gap = enrich.stage.value.at === 'choose' ? enrich.gaps.value[0] : undefined
  if (!gap) return
  document.getElementById(gap.part)?.focus()
  // The complaint is there after the next drawing, and would stand behind the docked button.
  requestAnimationFrame(() => document.getElementById(`${gap.part}-gap`)?.scrollIntoView({ block: 'nearest' }))
}

function LastRun({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const { run } = view
  if (!run) return null
  const open = run.state === 'running' || run.state === 'paused'
  const who = run.mine ? 'Your' : `${upperFirst(run.by)}'s`
  const words = open
    ? `${who} run on ${run.sheetName} has not ended: ${figure(run.rows.done)} of ${count(run.rows.total, 'row')}.`
    : `${who} last run: ${count(run.cellsWritten, 'cell')} filled in ${run.sheetName} at ${clock(run.endedAt ?? run.startedAt)}.`
  return (
    <p class="aside">
      {words}{' '}
      <Button look="link" onPress={() => enrich.attach(run)}>
        {open ? 'Show it' : 'See the result'}
      </Button>
    </p>
  )
}

/** Which rows. */
export function Rows({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const { selection, sheet } = view
  const { scope, saved } = enrich.draft.value
  const savedName = view.saved.find(({ id }) => id === saved)?.name
  const known =
    view.scope === scope && ['missing', 'last_run', 'added'].includes(scope) ? ` (${figure(view.rowsInScope)})` : ''
  const choices: readonly { readonly is: Scope; readonly words: string }[] = [
    {
      is: 'selected',
      words:
        selection.rows > 0
          ? `Selected ${selection.rows === 1 ? 'row' : 'rows'} ${selection.label} (${figure(selection.rows)})`
          : 'Selected rows (none)',
    },
    { is: 'all', words: `All rows (${figure(sheet.rows)})` },
    ...(enrich.task.value === 'enrich'
      ? [{ is: 'missing' as const, words: `Only rows that miss something${scope === 'missing' ? known : ''}` }]
      : []),
    ...(savedName === undefined
      ? []
      : [
          {
            is: 'added' as const,
            words: `Rows that “${savedName}” has not had yet${scope === 'added' ? known : ''}`,
          },
        ]),
    ...(scope === 'last_run'
      ? [{ is: 'last_run' as const, words: `Rows of the last run that miss something${known}` }]
      : []),
  ]
  return (
    <fieldset>
      <legend>Which rows</legend>
      {choices.map(({ is, words }) => (
        <label key={is} class="option">
          <input type="radio" name="scope" checked={scope === is} onChange={() => void enrich.chooseScope(is)} />
          <span>{words}</span>
        </label>
      ))}
      <Button look="link" waiting={enrich.busy.value === 'reading'} onPress={enrich.refresh}>
        <Icon name="refresh" />
        Read selection again
      </Button>
    </fieldset>
  )
}

function Asides(props: {
  readonly enrich: EnrichState
  readonly findDuplicates: () => unknown
  readonly build: () => unknown
}) {
  const { enrich, findDuplicates, build } = props
  return (
    <>
      <p class="aside">
        The same people twice? Clean the list first.{' '}
        <Button look="link" onPress={findDuplicates}>
          Find duplicates
        </Button>
      </p>
      <p class="aside">
        Where does a value come from, or why is it missing?{' '}
        <Button look="link" waiting={enrich.busy.value === 'explaining'} onPress={enrich.explain}>
          Explain the selected cell
        </Button>
      </p>
      <p class="aside">
        Before a campaign: which addresses work? What kind is each number?{' '}
        <Button look="link" onPress={() => enrich.verify('email')}>
          Check emails or phones
        </Button>
      </p>
      <p class="aside">
        A column that fills itself?{' '}
        <Button look="link" onPress={build}>
          Build a formula
        </Button>
      </p>
    </>
  )
}

function Columns({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const used = view.columns.filter(({ field }) => field !== null)
  const summary =
    used.length > 0 ? listed(used.slice(0, 4).map(({ field }) => fieldLabel(field))) : 'none recognised yet'
  return (
    <details id="columns" class="fold" open={view.problem?.action === 'map_columns'}>
      <summary>
        Columns found: {used.length} of {view.columns.length}
        <span class="hint">
          {summary}
          {used.length > 4 && ` and ${used.length - 4} more`}
        </span>
      </summary>
      <p class="hint">Correct what we took wrong. Nothing in the sheet changes.</p>
      <ul class="columns">
        {view.columns.map((column) => (
          <ColumnItem key={column.column} column={column} enrich={enrich} />
        ))}
      </ul>
    </details>
  )
}

function fieldLabel(field: ColumnView['field']): string {
  return field ? fieldInfo(field).label : 'Not used'
}

function ColumnItem({ column, enrich }: { readonly column: ColumnView; readonly enrich: EnrichState }) {
  const { letter, header, how, examples } = column
  const corrected = enrich.draft.value.mapping[column.column]
  const field = corrected === undefined ? column.field : corrected
  const told = { header: 'by its header', values: 'by its values', you: 'your choice', none: '' }[
    corrected === undefined ? how : 'you'
  ]
  return (
    <li>
      <div class="column">
        <span class="letter">{letter}</span>
        <span class="grow clip">{header || <i>no header</i>}</span>
        <span class="hint">{told}</span>
      </div>
      <select
        aria-label={`Column ${letter}, ${header || 'no header'}, holds`}
        value={field ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          void enrich.correct(column.column, isField(value) ? value : null)
        }}
      >
        <option value="">Not used</option>
        {(['contact', 'company'] as const).map((of) => (
          <optgroup key={of} label={GROUP_WORDS[of]}>
            {FIELD_NAMES.filter((name) => fieldInfo(name).of === of).map((name) => (
              <option key={name} value={name}>
                {fieldInfo(name).label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {examples.length > 0 && <p class="hint clip">For example {examples.join(' · ')}</p>}
    </li>
  )
}

const GROUP_WORDS = { contact: 'Contact', company: 'Company' } as const

function NoKey(props: {
  readonly enrich: EnrichState
  readonly view: Overview
  readonly act: (action: ProblemAction) => unknown
}) {
  const { name } = ENVIRONMENT_WORDS[props.view.environment]
  return (
    <section class="card">
      <h3>No vendor key in {name} yet</h3>
      <p>
        Enter the key of a vendor you have an account with, or try everything first with invented people. That costs
        nothing.
      </p>
      <div class="actions">
        <Button look="primary" onPress={() => props.act('open_vendors')}>
          Open Vendors
        </Button>
        <Button waiting={props.enrich.busy.value === 'practice'} onPress={props.enrich.practise}>
          Practice with training data
        </Button>
      </div>
    </section>
  )
}

function Wishes(props: Wish) {
  const { enrich, view } = props
  return (
    <>
      <Wanted enrich={enrich} view={view} />
      <Purpose {...props} />
      <Price enrich={enrich} view={view} />
      <SeeCost enrich={enrich} view={view} />
    </>
  )
}

interface Wish {
  readonly enrich: EnrichState
  readonly view: Overview
  readonly act: (action: ProblemAction) => unknown
}

/** Why these people are looked up: chosen once for the file; practice needs no reason. */
export function Purpose({ enrich, view, act }: Wish) {
  const { basis, environment } = view
  if (environment === 'training') return null
  if (!basis)
    return (
      <section class="card" id="purpose" tabIndex={-1}>
        <h3>First: what is the data for?</h3>
        <p>
          Four questions, two minutes, once for this file. Then you can answer anyone who asks why you have their data.
        </p>
        <Button onPress={() => act('open_privacy')}>Answer them now</Button>
        <Complaint enrich={enrich} part="purpose" />
      </section>
    )
  const { purpose } = enrich.draft.value
  return (
    <div class="entry" id="purpose" tabIndex={-1}>
      {basis.purposes.length > 1 ? (
        <label>
          Why you look them up
          <select value={purpose} onChange={(event) => enrich.change({ purpose: event.currentTarget.value })}>
            {[...new Set([...basis.purposes, purpose])].map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p>
          <span class="hint">Why you look them up</span>
          {purpose}
        </p>
      )}
      <p class="hint">
        {GROUND_WORDS[basis.ground].name}.{' '}
        <Button look="link" label="Change why people are looked up" onPress={() => act('open_privacy')}>
          Change
        </Button>
      </p>
    </div>
  )
}

/** How much may be spent at most; practice costs nothing. */
export function Price({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const { draft } = enrich
  if (view.environment === 'training') return null
  return (
    <div class="entry">
      <label htmlFor="cap">Spend at most (credits)</label>
      <input
        id="cap"
        type="number"
        min={0}
        inputMode="numeric"
        value={Number.isFinite(draft.value.cap) ? draft.value.cap : ''}
        aria-describedby="cap-gap"
        onInput={(event) => enrich.change({ cap: event.currentTarget.valueAsNumber })}
      />
      <Complaint enrich={enrich} part="cap" />
    </div>
  )
}

/** The button that leads to the receipt, with what it could come to. */
export function SeeCost({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const { busy } = enrich
  return (
    <footer class="dock">
      <Button look="primary" waiting={busy.value === 'pricing'} onPress={() => ask(enrich)}>
        See what it will cost
      </Button>
      <p class="hint">{guess(enrich, view)}</p>
    </footer>
  )
}

function guess(enrich: EnrichState, view: Overview): string {
  if (view.environment === 'training') return 'Practice costs nothing.'
  if (enrich.task.value !== 'enrich') return 'Looking is free.'
  const { wanted } = enrich.draft.value
  const chosen = view.choices.filter(({ field }) => wanted.includes(field))
  const most = chosen.reduce((sum, { credits, missing }) => sum + credits * missing, 0)
  if (most === 0) return 'Looking is free.'
  return `Looking is free. At most ${count(most, 'credit')}.`
}

function Complaint({ enrich, part }: { readonly enrich: EnrichState; readonly part: Gap['part'] }) {
  const gap = enrich.pressed.value ? enrich.gaps.value.find((one) => one.part === part) : undefined
  return (
    <p id={`${part}-gap`} class="complaint" role={gap ? 'alert' : undefined}>
      {gap?.message}
    </p>
  )
}

function Wanted({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const search = useSignal('')
  const found = useComputed(() => search.value.trim().toLowerCase())
  const { choices } = view
  const matching = choices.filter(({ label }) => label.toLowerCase().includes(found.value))
  return (
    <fieldset>
      <legend id="wanted" tabIndex={-1}>
        What to find
      </legend>
      <Complaint enrich={enrich} part="wanted" />
      <p class="hint">Only empty cells are filled. Prices are for one row.</p>
      {choices.length > MANY_FIELDS && (
        <input
          type="search"
          aria-label={`Search ${choices.length} fields`}
          placeholder={`Search ${choices.length} fields`}
          value={search.value}
          onInput={(event) => (search.value = event.currentTarget.value)}
        />
      )}
      {matching.length === 0 && <p class="hint">No vendor you can ask finds “{search.value}”.</p>}
      {(['contact', 'company'] as const).map((of) => (
        <Group
          key={of}
          of={of}
          enrich={enrich}
          rows={view.rowsInScope}
          choices={matching.filter((choice) => choice.of === of)}
          whole={found.value !== '' || choices.length <= MANY_FIELDS}
        />
      ))}
    </fieldset>
  )
}

function Group(props: {
  readonly of: FieldChoice['of']
  readonly enrich: EnrichState
  readonly rows: number
  readonly choices: readonly FieldChoice[]
  readonly whole: boolean
}) {
  const { of, enrich, rows, choices } = props
  const all = useSignal(false)
  const { wanted } = enrich.draft.value
  // A box that was ticked once stays in sight: nothing jumps away under the pointer.
  const seen = useRef(new Set<string>())
  useEffect(() => wanted.forEach((field) => seen.current.add(field)))
  const first = choices.filter(
    ({ field }, index) => index < MANY_FIELDS / 2 || wanted.includes(field) || seen.current.has(field),
  )
  const shown = props.whole || all.value ? choices : first
  if (choices.length === 0) return null
  return (
    <fieldset class="group">
      <legend>{GROUP_WORDS[of]}</legend>
      {shown.map((choice) => (
        <Choice key={choice.field} choice={choice} enrich={enrich} rows={rows} />
      ))}
      {shown.length < choices.length && (
        <Button look="link" onPress={() => (all.value = true)}>
          Show all {choices.length} {GROUP_WORDS[of].toLowerCase()} fields
        </Button>
      )}
    </fieldset>
  )
}

function Choice(props: { readonly choice: FieldChoice; readonly enrich: EnrichState; readonly rows: number }) {
  const { field, label, vendors, credits, missing } = props.choice
  const price = credits === 0 ? 'free' : `up to ${count(credits, 'credit')}`
  const nothingSelected = props.rows === 0 && props.enrich.draft.value.scope === 'selected'
  const misses = missing === 0 ? 'No row misses it' : `${figure(missing)} of ${count(props.rows, 'row')} miss it`
  const gaps = nothingSelected ? 'Select rows to see the gaps' : misses
  return (
    <label class="option choice">
      <input
        type="checkbox"
        checked={props.enrich.draft.value.wanted.includes(field)}
        onChange={() => void props.enrich.toggle(field)}
      />
      {label} <span class="hint">{price}</span>
      <span class="hint whole">
        {gaps} · {vendors.join(', then ')}
      </span>
    </label>
  )
}
