import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ProblemAction } from '../src/domain/problem'
import { Choose } from './choose'
import type { EnrichState } from './enrich-state'
import { ExplainScreen } from './explain'
import { Heading, Skeleton, Trouble } from './parts'
import { EnvironmentBanner } from './practice'
import { ReceiptScreen } from './receipt'
import { ReviewScreen } from './review'
import { RunScreen } from './run'
import type { Tab } from './state'
import { StoreRemark, StoreScreen } from './store'
import { UndoScreen } from './undo'
import { Verify } from './verify'

/** After this long a person wonders; several signed-in accounts can keep Google silent (platform.md section 6). */
const SLOW_MS = 12_000

/** The Enrich tab: rows, receipt, run, summary. */
export function Enrich(props: { readonly enrich: EnrichState; readonly show: (tab: Tab) => void }) {
  const { enrich, show } = props
  const act = (action: ProblemAction) => perform(action, enrich, show)
  useEffect(() => {
    const returned = () => void enrich.returned()
    window.addEventListener('focus', returned)
    return () => window.removeEventListener('focus', returned)
  }, [enrich])
  return (
    <>
      <EnvironmentBanner enrich={enrich} />
      {enrich.stage.value.at === 'loading' && enrich.problem.value && (
        <Heading focus={() => enrich.moved.value}>Enrich could not start</Heading>
      )}
      {enrich.problem.value && (
        <div class="in-sight">
          <Trouble problem={enrich.problem.value} act={act} waiting={enrich.busy.value === 'resuming'} />
        </div>
      )}
      <StoreRemark enrich={enrich} />
      <Screen enrich={enrich} act={act} show={show} />
    </>
  )
}

function Screen(props: {
  readonly enrich: EnrichState
  readonly act: (action: ProblemAction) => unknown
  readonly show: (tab: Tab) => void
}) {
  const { enrich, act, show } = props
  const stage = enrich.stage.value
  switch (stage.at) {
    case 'loading':
      return enrich.problem.value ? null : <Loading />
    case 'choose':
      if (enrich.overview.value?.storeTrouble)
        return <StoreScreen enrich={enrich} trouble={enrich.overview.value.storeTrouble} />
      if (enrich.task.value !== 'enrich') return <Verify enrich={enrich} what={enrich.task.value} act={act} />
      return (
        <Choose enrich={enrich} act={act} findDuplicates={() => show('duplicates')} build={() => show('formulas')} />
      )
    case 'receipt':
      return <ReceiptScreen key={stage.turn} enrich={enrich} receipt={stage.receipt} renewed={stage.renewed} />
    case 'run':
      return <RunScreen enrich={enrich} run={stage.run} act={act} />
    case 'undo':
      return <UndoScreen key={stage.undo.state} enrich={enrich} undo={stage.undo} />
    case 'review':
      return <ReviewScreen enrich={enrich} review={stage.review} />
    case 'explain':
      return <ExplainScreen key={stage.cell.cell} enrich={enrich} cell={stage.cell} />
  }
}

function Loading() {
  const slow = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => (slow.value = true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <Skeleton label="Reading the sheet" />
      {slow.value && (
        <output class="hint">
          Google is slow to answer. If this stays and several Google accounts are signed in here, open the file in a
          browser profile or a private window with one account only.
        </output>
      )}
    </>
  )
}

/** Does what the button of a problem says. */
function perform(action: ProblemAction, enrich: EnrichState, show: (tab: Tab) => void): unknown {
  switch (action) {
    case 'open_settings':
      return show('settings')
    case 'open_vendors':
      return show('vendors')
    case 'open_waterfall':
      return show('waterfall')
    case 'open_privacy':
      return show('privacy')
    case 'select_rows':
      return enrich.stage.value.at === 'choose' ? enrich.refresh() : enrich.leave()
    case 'map_columns':
      return showColumns(enrich)
    case 'new_receipt':
      return enrich.price('renew')
    case 'try_again':
      return enrich.tryAgain()
    case 'reload':
      return enrich.open()
  }
}

async function showColumns(enrich: EnrichState): Promise<void> {
  if (enrich.stage.value.at !== 'choose') await enrich.leave()
  const columns = document.getElementById('columns')
  if (!(columns instanceof HTMLDetailsElement)) return
  columns.open = true
  columns.querySelector('select')?.focus()
}
