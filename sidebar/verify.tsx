import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ColumnView, Overview, RunView, VerdictsView } from '../src/app/api-types'
import type { Verifiable } from '../src/domain/field'
import { fieldInfo, verifiedBy } from '../src/domain/field'
import type { VerificationStatus } from '../src/domain/finding'
import type { ProblemAction } from '../src/domain/problem'
import type { PhoneType } from '../src/normalize/phone'
import { Price, Purpose, Rows, SeeCost } from './choose'
import type { EnrichState } from './enrich-state'
import { Button, Heading, Trouble } from './parts'
import { figure, listed } from './words'

/** The choice of what to verify: addresses or numbers, their column, the rows, why, and for how much at most. */
export function Verify(props: {
  readonly enrich: EnrichState
  readonly what: Verifiable
  readonly act: (action: ProblemAction) => unknown
}) {
  const { enrich, what, act } = props
  const view = enrich.overview.value
  if (!view) return null
  const { problem } = view
  return (
    <div class="screen" aria-busy={enrich.busy.value === 'reading'}>
      <Heading focus={() => enrich.moved.value}>Check emails or phones of {view.sheet.name}</Heading>
      <What enrich={enrich} what={what} />
      <p>
        {PROMISES[what]}{' '}
        <Button look="link" onPress={enrich.endVerify}>
          Back to Enrich
        </Button>
      </p>
      {problem && <Trouble problem={{ ...problem, action: problem.action ?? 'reload' }} act={act} />}
      {!problem && !canVerify(what, view) && <Nobody what={what} view={view} act={act} />}
      {!problem && canVerify(what, view) && (
        <>
          <ColumnOf enrich={enrich} what={what} view={view} />
          <Rows enrich={enrich} view={view} />
          {what === 'email' ? (
            <p class="hint">Asked: {listed(view.verifiers.able)}.</p>
          ) : (
            <NumbersAsked view={view} act={act} />
          )}
          <Purpose enrich={enrich} view={view} act={act} />
          <Price enrich={enrich} view={view} />
          <SeeCost enrich={enrich} view={view} />
        </>
      )}
    </div>
  )
}

const WHAT_WORDS = { email: 'Email addresses', phone: 'Phone numbers' } as const satisfies Record<Verifiable, string>

const PROMISES = {
  email: 'Whether each address works is written beside it, in the column Email status. No address is changed.',
  phone:
    'What kind each number is, such as mobile or landline, is written beside it, in the column Phone type. No number is changed.',
} as const satisfies Record<Verifiable, string>

function What({ enrich, what }: { readonly enrich: EnrichState; readonly what: Verifiable }) {
  return (
    <fieldset>
      <legend>What to check</legend>
      {(['email', 'phone'] as const).map((one) => (
        <label key={one} class="option">
          <input type="radio" name="what" checked={one === what} onChange={() => void enrich.verify(one)} />
          <span>{WHAT_WORDS[one]}</span>
        </label>
      ))}
    </fieldset>
  )
}

function canVerify(what: Verifiable, view: Overview): boolean {
  // The kind of a number is told without a key too.
  return what === 'email' ? view.verifiers.able.length > 0 : askedForTypes(view).length > 0
}

function askedForTypes({ choices }: Overview): readonly string[] {
  return choices.find(({ field }) => field === 'phone_type')?.vendors ?? []
}

function Nobody(props: {
  readonly what: Verifiable
  readonly view: Overview
  readonly act: (action: ProblemAction) => unknown
}) {
  const { what, view, act } = props
  const { environment, verifiers } = view
  if (what === 'email')
    return (
      <section class="card">
        <h3>Nobody can verify addresses yet</h3>
        <p>Add a key of {oneOf(verifiers.others)} under Vendors.</p>
        <Button look="primary" onPress={() => act('open_vendors')}>
          Open Vendors
        </Button>
      </section>
    )
  return (
    <section class="card">
      <h3>Numbers cannot be checked here</h3>
      <p>
        {environment === 'training'
          ? 'Training knows nothing about phone numbers. Choose another environment under Settings.'
          : 'Phone type has no purpose in this file, or nobody may be asked for it. Look under Privacy and Waterfall.'}
      </p>
    </section>
  )
}

function oneOf(names: readonly string[]): string {
  return listed(names).replace(/ and ([^,]*)$/, ' or $1')
}

function NumbersAsked({ view, act }: { readonly view: Overview; readonly act: (action: ProblemAction) => unknown }) {
  const { able, others } = view.numberVerifiers
  const asked = askedForTypes(view)
  const vendors = asked.filter((name) => able.includes(name))
  const names = listed(vendors)
  if (vendors.length === 0)
    return (
      <section class="card">
        <h3>Free, by the numbering plan</h3>
        <p>It says what kind most numbers are, but not whether a number exists.</p>
        {others.length > 0 && (
          <>
            <p>
              For money, {oneOf(others)} also says which numbers do not exist: add a key under Vendors. You can go on
              without.
            </p>
            <Button onPress={() => act('open_vendors')}>Open Vendors</Button>
          </>
        )}
      </section>
    )
  if (vendors.includes(asked[0]!))
    return (
      <p class="hint">
        Asked: {names}, about every number: what kind it is, and whether it exists.
        {vendors.length < asked.length && ' What is not known there, the numbering plan says for free.'}
      </p>
    )
  return (
    <p class="hint">
      Asked: first the numbering plan, free. It says what kind most numbers are, but not whether they exist. Then{' '}
      {names}, about the numbers whose kind it does not say: their kind, and whether they exist. To have every number
      asked there, put it first for Phone type.{' '}
      <Button look="link" onPress={() => act('open_waterfall')}>
        Open Waterfall
      </Button>
    </p>
  )
}

const COLUMN_WORDS = {
  email: { label: 'Column of addresses', none: 'No column holds email addresses.' },
  phone: { label: 'Column of phone numbers', none: 'No column holds phone numbers.' },
} as const satisfies Record<Verifiable, object>

// Dates and prices have fewer digits, or other signs between them.
const NUMBER = /^\+?\(?\d(?:[\s().\-/]*\d){8,14}$/

/** Whether a column may hold what is to be verified. */
function mayHold(what: Verifiable, { field, examples }: ColumnView): boolean {
  if (what === 'email') return field === 'email' || examples.some((text) => text.includes('@'))
  return field ? fieldInfo(field).kind === 'phone' : examples.some((text) => NUMBER.test(text))
}

function ColumnOf(props: { readonly enrich: EnrichState; readonly what: Verifiable; readonly view: Overview }) {
  const { enrich, what, view } = props
  const words = COLUMN_WORDS[what]
  const chosen = view.columns.find(({ field }) => field === what)
  const columns = view.columns.filter((column) => mayHold(what, column))
  return (
    <div class="entry">
      <label htmlFor="verified">{words.label}</label>
      <select
        id="verified"
        value={chosen ? String(chosen.column) : ''}
        onChange={(event) => void enrich.chooseVerified(what, Number(event.currentTarget.value))}
      >
        {!chosen && (
          <option value="" disabled>
            Choose a column
          </option>
        )}
        {columns.map(({ column, letter, header, examples }) => (
          <option key={column} value={String(column)}>
            {letter}: {header || examples[0]}
          </option>
        ))}
      </select>
      {columns.length === 0 && <p class="complaint">{words.none}</p>}
    </div>
  )
}

const STATUS_WORDS: { readonly [S in VerificationStatus]: string } = {
  valid: 'valid',
  accept_all: 'accept-all: the server takes any address',
  risky: 'risky',
  invalid: 'invalid: do not write to it',
  unknown: 'unknown',
}

// As they stand in the cells, so that the rows can be found.
const TYPE_WORDS: { readonly [T in PhoneType | 'invalid']: string } = {
  mobile: 'mobile',
  fixed: 'fixed: a landline',
  fixed_or_mobile: 'fixed or mobile',
  toll_free: 'toll_free: free to call',
  premium: 'premium: calls cost extra',
  shared_cost: 'shared_cost: both sides pay',
  voip: 'voip: over the internet',
  personal: 'personal: forwarded to its owner',
  pager: 'pager',
  company: 'company: one number for all its lines',
  voicemail: 'voicemail',
  invalid: 'invalid: nobody has such a number',
}

const VERDICT_WORDS = {
  email: { title: 'Addresses by status', each: STATUS_WORDS, unclear: 'no clear verdict: left empty' },
  phone: { title: 'Numbers by type', each: TYPE_WORDS, unclear: 'type not known: left empty' },
} as const satisfies Record<Verifiable, object>

/** How many addresses, or numbers, of a run that verified have each status or type. */
export function Verdicts({ enrich, run }: { readonly enrich: EnrichState; readonly run: RunView }) {
  const verdicts = useSignal<VerdictsView>([])
  const what = verifiedBy(run.fields.map(({ field }) => field))
  useEffect(() => {
    if (!what) return
    enrich.verdicts(run).then(
      (counted) => (verdicts.value = counted),
      // The summary says how many were filled all the same.
      () => undefined,
    )
  }, [what, run.id, run.cellsWritten])
  if (!what || verdicts.value.length === 0) return null
  const invalid = verdicts.value.find(({ status }) => status === 'invalid')?.count ?? 0
  const isOver = (run.state === 'done' || run.state === 'stopped') && run.undo !== 'undone' && run.mine
  const words = VERDICT_WORDS[what]
  const said: { readonly [status: string]: string } = words.each
  const unclear = run.fields.reduce((sum, field) => sum + field.notFound + unsure(field), 0)
  return (
    <>
      <h3>{words.title}</h3>
      <ul class="reasons">
        {verdicts.value.map(({ status, count }) => (
          <li key={status}>
            <span class="number">{figure(count)}</span>
            <span class="grow">{said[status]}</span>
          </li>
        ))}
        {unclear > 0 && (
          <li>
            <span class="number">{figure(unclear)}</span>
            <span class="grow">{words.unclear}</span>
          </li>
        )}
      </ul>
      {invalid > 0 && isOver && (
        <Button waiting={enrich.busy.value === 'pricing'} onPress={() => enrich.repair(what)}>
          Replace the {invalid === 1 ? 'invalid one' : `${figure(invalid)} invalid ones`}
        </Button>
      )}
    </>
  )
}

function unsure({ leftAlone }: RunView['fields'][number]): number {
  return leftAlone.find(({ status }) => status === 'not_sure_enough')?.count ?? 0
}
