import type { ChangeKind, PastView, UndoView } from '../src/app/api-types'
import type { EnrichState } from './enrich-state'
import { Button, Confirm, Heading, Notice, Progress } from './parts'
import { count, figure, listed, upperFirst } from './words'

/** What a change is called. */
export const KIND_WORDS: { readonly [K in ChangeKind]: string } = {
  run: 'run',
  merge: 'merge',
  formulas: 'change of formulas',
  finish: 'rerun of formulas',
}

const NO_WORDS: { readonly [K in ChangeKind]: string } = {
  run: 'Keep the values',
  merge: 'Keep it',
  formulas: 'Keep the values',
  finish: 'Keep it',
}

/** A run whose cells can be put back, or a merge whose rows can. */
type Undone = Pick<PastView, 'id' | 'kind' | 'sheetName' | 'cells' | 'by'>

/** Puts the cells of a run back, after it has said what that means. */
export function UndoButton(props: {
  readonly enrich: EnrichState
  readonly run: Undone
  readonly words: string
  readonly look?: 'plain' | 'link'
  readonly label?: string
}) {
  const { enrich, run, words } = props
  const whose = run.by === 'you' ? '' : ` It was a ${KIND_WORDS[run.kind]} of ${run.by}.`
  return (
    <Confirm
      words={words}
      look={props.look ?? 'plain'}
      {...(props.label ? { label: props.label } : {})}
      consequence={consequenceOf(run) + whose}
      yes={`Undo this ${KIND_WORDS[run.kind]}`}
      no={NO_WORDS[run.kind]}
      waiting={enrich.busy.value === 'undoing'}
      onYes={() => enrich.undo(run.id)}
    />
  )
}

function consequenceOf({ kind, cells, sheetName }: Undone): string {
  switch (kind) {
    case 'merge':
      return `${upperFirst(count(cells, 'merged row'))} go back to where they were in ${sheetName}, and the rows that stayed hold again what they held. What somebody changed since stays.`
    case 'formulas':
      return `${upperFirst(count(cells, 'cell'))} in ${sheetName} become as before. Cells that somebody changed since stay. What formulas found is known: it costs nothing again.`
    case 'finish':
      return `${upperFirst(count(cells, 'cell'))} in ${sheetName} hold again the formula that they held before Finish. What they found is known and stays in sight: it costs nothing again.`
    case 'run':
      return `${upperFirst(count(cells, 'cell'))} in ${sheetName} become as before the run, with the value, format and notes that they had. Cells that somebody changed since stay. Credits do not come back, but the answers are kept: filling the cells again costs nothing.`
  }
}

/** The way back, and what came of it. */
export function UndoScreen({ enrich, undo }: { readonly enrich: EnrichState; readonly undo: UndoView }) {
  const { done, total } = undo.cells
  const heading = <Heading focus={() => enrich.moved.value}>{undo.state === 'done' ? 'Undone' : 'Undoing'}</Heading>
  if (undo.state === 'running') {
    return (
      <div class="screen">
        {heading}
        <div>
          <p class="sum small">
            {figure(done)} of{' '}
            {count(
              total,
              undo.kind === 'merge' ? 'row and cell' : 'cell',
              undo.kind === 'merge' ? 'rows and cells' : 'cells',
            )}
          </p>
          <Progress label={`Cells put back in ${undo.sheetName}`} done={done} total={total} />
        </div>
        <p class="hint">
          Keep this sidebar open until it is done. If you close it, press Undo again: it goes on from here.
        </p>
      </div>
    )
  }
  return (
    <div class="screen">
      {heading}
      <Notice tone="good">
        {undo.kind === 'merge' && (
          <p>
            {count(undo.rowsBack, 'row')} stand in {undo.sheetName} again.
          </p>
        )}
        <p>
          {count(undo.restored, 'cell')} in {undo.sheetName} {undo.restored === 1 ? 'is' : 'are'} as before the{' '}
          {KIND_WORDS[undo.kind]}.
        </p>
      </Notice>
      {undo.changed > 0 && (
        <Notice tone="warning">
          <p>
            {count(undo.changed, 'cell')} left alone: changed or protected since. {listed(undo.changedAt)}
            {undo.changed > undo.changedAt.length && ` and ${figure(undo.changed - undo.changedAt.length)} more`}
          </p>
        </Notice>
      )}
      {undo.gone > 0 && (
        <p>
          {count(undo.gone, 'cell')} left alone:{' '}
          {undo.kind === 'finish'
            ? 'something else stands there by now.'
            : `${undo.gone === 1 ? 'its' : 'their'} row or column was changed or deleted.`}
        </p>
      )}
      {undo.added.length > 0 && (
        <p class="hint">
          The {undo.added.length === 1 ? 'column' : 'columns'} {listed(undo.added)} stay{undo.added.length === 1 && 's'}
          , without the values of this {KIND_WORDS[undo.kind]}. Delete what you do not need.
        </p>
      )}
      {undo.kind === 'run' && <p class="hint">What was paid for is kept: filling these cells again costs nothing.</p>}
      <footer class="dock">
        <Button look="primary" onPress={enrich.leave}>
          Enrich rows
        </Button>
      </footer>
    </div>
  )
}
