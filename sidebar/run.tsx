import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RowStatus, RunView } from '../src/app/api-types'
import type { ProblemAction } from '../src/domain/problem'
import type { Receipt } from '../src/domain/receipt'
import { Columns } from './beside'
import { type EnrichState, isCapUsedUp } from './enrich-state'
import { RemovePractice } from './practice'
import { Button, Heading, Icon, Notice, Progress, Trouble } from './parts'
import { Verdicts } from './verify'
import { UndoButton } from './undo'
import { clock, count, figure, moment, upperFirst } from './words'

/** A run, from its first wave to its summary. */
export function RunScreen(props: {
  readonly enrich: EnrichState
  readonly run: RunView
  readonly act: (action: ProblemAction) => unknown
}) {
  const { enrich, run, act } = props
  // A run that begins or ends is another screen: its heading takes the focus.
  return (
    <div class="screen" key={run.state}>
      <Heading focus={() => enrich.moved.value}>{title(run)}</Heading>
      <Standing run={run} enrich={enrich} act={act} />
      {run.undo === 'undone' && <Notice tone="calm">This run was undone: its cells are as before.</Notice>}
      {run.remarks.map((remark) => (
        <Notice key={remark} tone="warning">
          {remark}
        </Notice>
      ))}
      <Vendors run={run} />
      <Choices run={run} enrich={enrich} />
    </div>
  )
}

function title(run: RunView): string {
  const by = upperFirst(run.by)
  const who = run.mine ? '' : `${by}: `
  switch (run.state) {
    case 'running':
      if (run.rest) return `${who}Resting`
      return run.mine ? `Enriching ${run.sheetName}` : `${by} is enriching ${run.sheetName}`
    case 'paused':
      return `${who}Paused`
    case 'stopped':
      return `${who}Stopped`
    case 'done':
      return `${who}Done`
    case 'failed':
      return `${who}The run could not go on`
  }
}

function Standing(props: {
  readonly run: RunView
  readonly enrich: EnrichState
  readonly act: (action: ProblemAction) => unknown
}) {
  const { run, enrich, act } = props
  switch (run.state) {
    case 'running':
      return (
        <>
          {run.rest && (
            <Notice tone="warning">
              {run.rest.message} It goes on by itself {moment(run.rest.until)}, or within the hour after that with this
              sidebar closed.
            </Notice>
          )}
          <Bar run={run} />
          <Figures run={run} />
          {enrich.busy.value === 'stopping' && (
            <Notice tone="calm">Stopping after the calls that are on their way.</Notice>
          )}
          {enrich.heldUntil.value !== null && (
            <Notice tone="calm">
              Waiting for a part of this run that works in another window, or that Google stopped. It goes on{' '}
              {moment(enrich.heldUntil.value)} at the latest.
            </Notice>
          )}
          {run.mine && !run.rest && <p class="hint">{run.whenClosed}</p>}
        </>
      )
    case 'paused':
      return (
        <>
          {run.problem && <Trouble problem={withoutPrimary(run, run.problem)} act={act} />}
          <Bar run={run} />
          <Figures run={run} />
          <p class="hint">{KEPT}</p>
        </>
      )
    case 'stopped':
      return (
        <>
          <p>
            {figure(run.rows.done)} of {count(run.rows.total, 'row')} done. {spent(run)} {KEPT}
          </p>
          <Summary run={run} enrich={enrich} />
        </>
      )
    case 'done':
      return (
        <>
          <Notice tone="good">
            {count(run.cellsWritten, 'cell')} filled in {count(run.rows.total, 'row')}. {spent(run)}
          </Notice>
          <Summary run={run} enrich={enrich} />
        </>
      )
    case 'failed':
      return (
        <>
          {run.problem && (
            <Trouble
              problem={run.problem}
              waiting={enrich.busy.value === 'resuming'}
              act={(action) => (action === 'try_again' ? enrich.resume(run) : act(action))}
            />
          )}
          <p>
            {figure(run.rows.done)} of {count(run.rows.total, 'row')} done. {spent(run)} {KEPT}
          </p>
          <Summary run={run} enrich={enrich} />
        </>
      )
  }
}

/** Who did not give a name is "another person", who is not the only one. */
function starter({ by }: RunView): string {
  return by === 'another person' ? 'the person who started it' : by
}

const KEPT = 'What was filled stays in your sheet.'

/** The primary button of a paused run retries, or asks for a new receipt at the cap: the problem needs no second one. */
function withoutPrimary(run: RunView, problem: NonNullable<RunView['problem']>): NonNullable<RunView['problem']> {
  return problem.action === 'try_again' || isCapUsedUp(run) ? { ...problem, action: null } : problem
}

function spent({ training, credits, calls }: RunView): string {
  if (training) return 'Nothing was spent.'
  const held = credits.held > 0 ? `, ${figure(credits.held)} more at most for answers that a vendor still works on` : ''
  const maybe =
    credits.maybe > 0 ? `, and ${figure(credits.maybe)} more may have been charged for answers that were lost` : ''
  if (credits.worst === 0 && credits.spent === 0) return `${count(calls, 'call')}, all free${held}${maybe}.`
  return `${count(credits.spent, 'credit')} spent${held}${maybe}; the receipt said at most ${figure(credits.worst)}.`
}

/** Said to screen readers at every tenth, not every two seconds. */
function Bar({ run }: { readonly run: RunView }) {
  const { total, waiting } = run.rows
  const done = run.rows.done - waiting
  const tenth = total === 0 ? 0 : Math.floor((10 * done) / total) * 10
  return (
    <div>
      <p class="sum small">
        {figure(done)} of {count(total, 'row')}
        {waiting > 0 && `, ${figure(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a vendor`}
      </p>
      <Progress label={`Rows done in ${run.sheetName}`} done={done} total={total} />
      <output class="unseen" aria-live="polite">
        {tenth} percent of the rows are done
      </output>
    </div>
  )
}

function Figures({ run }: { readonly run: RunView }) {
  const { spent: gone, held, maybe, cap } = run.credits
  return (
    <section>
      <dl class="figures">
        <div>
          <dt>Cells filled</dt>
          <dd>{figure(run.cellsWritten)}</dd>
        </div>
        <div>
          <dt>Calls</dt>
          <dd>{figure(run.calls)}</dd>
        </div>
        <div>
          <dt>Credits</dt>
          <dd>
            {run.training ? 'none' : figure(gone)}
            {!run.training && <small> of {figure(cap)}</small>}
          </dd>
        </div>
      </dl>
      {held > 0 && (
        <p class="hint">
          {count(held, 'credit')} at most for questions that a vendor still works on. They count against the cap.
        </p>
      )}
      {maybe > 0 && (
        <p class="hint">
          {count(maybe, 'credit')} may have been charged for answers that were lost. They count against the cap.
        </p>
      )}
    </section>
  )
}

function Vendors({ run }: { readonly run: RunView }) {
  if (run.vendors.length === 0) return null
  return (
    <section>
      <h3>Vendors</h3>
      <ul class="lines">
        {run.vendors.map((vendor) => (
          <li key={vendor.name}>
            <span class="grow">
              {vendor.name}
              <span class="hint">
                {count(vendor.calls, 'call')} · {figure(vendor.found)} found
              </span>
              {vendor.trouble && (
                <span class="trouble">
                  <Icon name="alert" />
                  {vendor.trouble}
                </span>
              )}
            </span>
            <span class="amount">{vendor.credits === 0 ? 'free' : count(vendor.credits, 'credit')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What became of each field; each figure shows its rows in the sheet. */
function Summary({ run, enrich }: { readonly run: RunView; readonly enrich: EnrichState }) {
  if (run.fields.length === 0) return null
  const rows = (field: RunView['fields'][number], status: RowStatus, amount: number) => (
    <Rows enrich={enrich} run={run} field={field} status={status} amount={amount} />
  )
  return (
    <section>
      <Verdicts enrich={enrich} run={run} />
      <table class="summary">
        <caption class="unseen">What became of each field</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Filled</th>
            <th scope="col">Not found</th>
            <th scope="col">Left alone</th>
          </tr>
        </thead>
        {run.fields.map((field) => (
          <tbody key={field.field}>
            <tr>
              <th scope="row">{field.label}</th>
              <td class="filled">{rows(field, 'written', field.written)}</td>
              <td>{rows(field, 'not_found', field.notFound)}</td>
              <td>{figure(field.leftAlone.reduce((sum, one) => sum + one.count, 0))}</td>
            </tr>
            {field.leftAlone.length > 0 && (
              <tr class="why">
                <td colSpan={4}>
                  {field.leftAlone.map((one) => (
                    <span key={one.why}>{rows(field, one.status, one.count)}</span>
                  ))}
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
      {run.failed > 0 && (
        <Button look="link" disabled={enrich.busy.value !== null} onPress={() => enrich.showFailed(run)}>
          Select the failed rows
        </Button>
      )}
      <output class="hint" aria-live="polite">
        {enrich.rowsWords.value ?? 'Press a number to select its rows in the sheet.'}
      </output>
      {(run.state === 'done' || run.state === 'stopped') && <Columns enrich={enrich} run={run} />}
    </section>
  )
}

/** A figure that selects its rows in the sheet; of rows that are gone there is nothing to select. */
function Rows(props: {
  readonly enrich: EnrichState
  readonly run: RunView
  readonly field: RunView['fields'][number]
  readonly status: RowStatus
  readonly amount: number
}) {
  const { enrich, run, field, status, amount } = props
  const left = field.leftAlone.find((one) => one.status === status)?.why
  const words = left === undefined ? figure(amount) : `${left.replace(/\.$/, '')} (${figure(amount)})`
  if (amount === 0 || status === 'row_gone') return <>{words}</>
  return (
    <Button
      look="link"
      disabled={enrich.busy.value !== null}
      hint={`${field.label}: select the ${count(amount, 'row')} in the sheet`}
      onPress={() => enrich.showRows(run, field.field, status)}
    >
      {words}
    </Button>
  )
}

const KEPT_FILLED: ReadonlySet<RowStatus> = new Set(['has_value', 'filled_by_us', 'better_known'])

/** What came along with answers for other cells may be better than what stands in cells that were filled. */
function Better({ run, enrich }: { readonly run: RunView; readonly enrich: EnrichState }) {
  const better = useSignal<Pick<Receipt, 'wanted' | 'replaces'> | null>(null)
  const isOver = run.mine && !run.training && run.undo !== 'undone'
  const isAsked = isOver && run.fields.some(({ leftAlone }) => leftAlone.some(({ status }) => KEPT_FILLED.has(status)))
  useEffect(() => {
    if (!isAsked) return
    enrich.findBetter(run).then(
      (found) => (better.value = found),
      // Nothing better is known, or not any more.
      () => (better.value = null),
    )
  }, [isAsked, run.id, run.cellsWritten])
  if (!isAsked || !better.value) return null
  const { wanted, replaces } = better.value
  if (replaces.beside === 0) return null
  return (
    <Button waiting={enrich.busy.value === 'pricing'} onPress={() => enrich.putBeside(wanted)}>
      Put better values beside filled cells of {count(replaces.beside, 'row')}, free
    </Button>
  )
}

/** At the cap only a new receipt leads on: the most that the rest can cost is proposed as its cap. */
function HigherCap({ enrich, run }: { readonly enrich: EnrichState; readonly run: RunView }) {
  const { worst, spent: gone, maybe } = run.credits
  const cap = useSignal(Math.max(1, Math.ceil(worst - gone - maybe)))
  const complaint = useSignal('')
  const ask = () => {
    complaint.value = cap.value > 0 ? '' : 'Enter how many credits the rest may cost.'
    if (complaint.value === '') return enrich.raiseCap(run, cap.value)
    return document.getElementById('rest-cap')?.focus()
  }
  return (
    <>
      <div class="entry">
        <label htmlFor="rest-cap">Spend at most on the rest (credits)</label>
        <input
          id="rest-cap"
          type="number"
          min={1}
          inputMode="numeric"
          value={Number.isFinite(cap.value) ? cap.value : ''}
          aria-describedby="rest-cap-gap"
          onInput={(event) => (cap.value = event.currentTarget.valueAsNumber)}
        />
        <p id="rest-cap-gap" class="complaint" role={complaint.value ? 'alert' : undefined}>
          {complaint.value}
        </p>
      </div>
      <Button look="primary" waiting={enrich.busy.value === 'pricing'} onPress={ask}>
        See what the rest will cost
      </Button>
    </>
  )
}

function Choices({ run, enrich }: { readonly run: RunView; readonly enrich: EnrichState }) {
  const busy = enrich.busy.value
  const resume = (words: string) => (
    <Button look="primary" waiting={busy === 'resuming'} onPress={() => enrich.resume(run)}>
      {words}
    </Button>
  )
  const stop = (words: string) => (
    <Button look="danger" waiting={busy === 'stopping'} onPress={() => enrich.stop(run)}>
      <Icon name="stop" />
      {words}
    </Button>
  )
  const leave = (words: string) => <Button onPress={enrich.leave}>{words}</Button>
  const undo = run.undo === 'possible' && (
    <UndoButton
      enrich={enrich}
      run={{ ...run, kind: 'run', cells: run.cellsWritten, by: run.mine ? 'you' : run.by }}
      words="Undo this run"
    />
  )
  const others = run.mine && run.sample && run.undo !== 'undone' && (
    <Button look="primary" waiting={busy === 'pricing'} onPress={() => enrich.priceOthers(run)}>
      Go on with the remaining {count(run.sample.rest, 'row')}
    </Button>
  )
  const review = run.review > 0 && (
    <Button waiting={busy === 'reviewing'} onPress={() => enrich.review(run.id)}>
      Review {count(run.review, 'value')} not sure enough
    </Button>
  )
  const better = <Better enrich={enrich} run={run} />
  const missed = run.fields.reduce((sum, { notFound }) => sum + notFound, 0)
  const next = run.mine && !run.training && run.undo !== 'undone' && missed > 0 && (
    <Button waiting={busy === 'pricing'} onPress={() => enrich.askNext(run)}>
      Ask other vendors for the {count(missed, 'value')} not found
    </Button>
  )
  if (!run.mine && (run.state === 'running' || run.state === 'paused')) {
    return (
      <footer class="dock">
        <p class="hint">
          Started at {clock(run.startedAt)}. You can watch here; only {starter(run)} can go on with it.
        </p>
        {stop('Ask to stop')}
        {leave('Look at my own rows')}
      </footer>
    )
  }
  const goOn =
    run.mine && run.undo !== 'undone' && (isCapUsedUp(run) ? <HigherCap enrich={enrich} run={run} /> : resume('Go on'))
  switch (run.state) {
    case 'running':
      return (
        <footer class="dock">
          {run.rest && resume('Try now')}
          {stop('Stop')}
        </footer>
      )
    case 'paused':
      return (
        <footer class="dock">
          {isCapUsedUp(run) ? <HigherCap enrich={enrich} run={run} /> : resume('Resume')}
          {stop('Stop here')}
        </footer>
      )
    case 'stopped':
      return (
        <footer class="dock">
          {goOn}
          {leave('Enrich other rows')}
          {review}
          {better}
          {next}
          {undo}
        </footer>
      )
    case 'done':
    case 'failed':
      return (
        <footer class="dock">
          {others}
          <Button look={others ? 'plain' : 'primary'} onPress={enrich.leave}>
            Enrich more rows
          </Button>
          {run.mine && run.undo !== 'undone' && run.retryable > 0 && (
            <Button waiting={busy === 'pricing'} onPress={() => enrich.retry(run)}>
              Try the {count(run.retryable, 'failed cell')} again
            </Button>
          )}
          {review}
          {better}
          {next}
          {undo}
          {run.training && <RemovePractice enrich={enrich} look="plain" />}
        </footer>
      )
  }
}
