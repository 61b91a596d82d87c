import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Overview, RunView, VerdictsView } from '../src/app/api-types'
import { isVerification } from '../src/domain/field'
import type { VerificationStatus } from '../src/domain/finding'
import type { ProblemAction } from '../src/domain/problem'
import { Price, Purpose, Rows, SeeCost } from './choose'
import type { EnrichState } from './enrich-state'
import { Button, Heading, Trouble } from './parts'
import { figure, listed } from './words'

/** The choice of what to verify: the column of addresses, the rows, why, and for how much at most. */
export function Verify(props: { readonly enrich: EnrichState; readonly act: (action: ProblemAction) => unknown }) {
  const { enrich, act } = props
  const view = enrich.overview.value
  if (!view) return null
  const { problem, verifiers } = view
  const isReady = !problem && verifiers.able.length > 0
  return (
    <div class="screen" aria-busy={enrich.busy.value === 'reading'}>
      <Heading focus={() => enrich.moved.value}>Verify emails of {view.sheet.name}</Heading>
      <p>
        Whether each address works is written beside it, in the column Email status. No address is changed.{' '}
        <Button look="link" onPress={enrich.endVerify}>
          Back to Enrich
        </Button>
      </p>
      {problem && <Trouble problem={{ ...problem, action: problem.action ?? 'reload' }} act={act} />}
      {!problem && verifiers.able.length === 0 && <NoVerifier others={verifiers.others} act={act} />}
      {isReady && (
        <>
          <Addresses enrich={enrich} view={view} />
          <Rows enrich={enrich} view={view} />
          <p class="hint">Asked: {listed(verifiers.able)}.</p>
          <Purpose enrich={enrich} view={view} act={act} />
          <Price enrich={enrich} view={view} />
          <SeeCost enrich={enrich} view={view} />
        </>
      )}
    </div>
  )
}

function NoVerifier(props: { readonly others: readonly string[]; readonly act: (action: ProblemAction) => unknown }) {
  return (
    <section class="card">
      <h3>Nobody can verify addresses yet</h3>
      <p>Add a key of {listed(props.others).replace(/ and ([^,]*)$/, ' or $1')} under Vendors.</p>
      <Button look="primary" onPress={() => props.act('open_vendors')}>
        Open Vendors
      </Button>
    </section>
  )
}

function Addresses({ enrich, view }: { readonly enrich: EnrichState; readonly view: Overview }) {
  const chosen = view.columns.find(({ field }) => field === 'email')
  const columns = view.columns.filter(
    ({ field, examples }) => field === 'email' || examples.some((text) => text.includes('@')),
  )
  return (
    <div class="entry">
      <label htmlFor="addresses">Column of addresses</label>
      <select
        id="addresses"
        value={chosen ? String(chosen.column) : ''}
        onChange={(event) => void enrich.chooseAddresses(Number(event.currentTarget.value))}
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
      {columns.length === 0 && <p class="complaint">No column holds email addresses.</p>}
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

/** How many addresses of a run that verified have each status. */
export function Verdicts({ enrich, run }: { readonly enrich: EnrichState; readonly run: RunView }) {
  const verdicts = useSignal<VerdictsView>([])
  const isShown = isVerification(run.fields.map(({ field }) => field))
  useEffect(() => {
    if (!isShown) return
    enrich.verdicts(run).then(
      (counted) => (verdicts.value = counted),
      // The summary says how many were filled all the same.
      () => undefined,
    )
  }, [isShown, run.id, run.cellsWritten])
  if (!isShown || verdicts.value.length === 0) return null
  const invalid = verdicts.value.find(({ status }) => status === 'invalid')?.count ?? 0
  const isOver = (run.state === 'done' || run.state === 'stopped') && run.undo !== 'undone' && run.mine
  const unclear = run.fields.reduce((sum, field) => sum + field.notFound + unsure(field), 0)
  return (
    <>
      <h3>Addresses by status</h3>
      <ul class="reasons">
        {verdicts.value.map(({ status, count }) => (
          <li key={status}>
            <span class="number">{figure(count)}</span>
            <span class="grow">{STATUS_WORDS[status]}</span>
          </li>
        ))}
        {unclear > 0 && (
          <li>
            <span class="number">{figure(unclear)}</span>
            <span class="grow">no clear verdict: left empty</span>
          </li>
        )}
      </ul>
      {invalid > 0 && isOver && (
        <Button waiting={enrich.busy.value === 'pricing'} onPress={enrich.repair}>
          Replace the {invalid === 1 ? 'invalid one' : `${figure(invalid)} invalid ones`}
        </Button>
      )}
    </>
  )
}

function unsure({ leftAlone }: RunView['fields'][number]): number {
  return leftAlone.find(({ status }) => status === 'not_sure_enough')?.count ?? 0
}
