import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { CandidateView, ReviewDecision, ReviewItem, ReviewView } from '../src/app/api-types'
import type { VerificationStatus } from '../src/domain/finding'
import type { EnrichState } from './enrich-state'
import { Button, Confirm, Heading, Notice } from './parts'
import { count, figure, listed, upperFirst } from './words'

// A page that a person can look through; the next ones follow as these are decided.
const SHOWN = 30

/** What was found but not written, to be accepted or rejected by a person. */
export function ReviewScreen({ enrich, review }: { readonly enrich: EnrichState; readonly review: ReviewView }) {
  const { items, more, sheetName, runId } = review
  const shown = items.slice(0, SHOWN)
  const hidden = items.length - shown.length + more
  const list = useRef<HTMLUListElement>(null)
  // The button that was pressed is gone with its card: the first that is left takes the focus.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) list.current?.querySelector('button')?.focus()
  }, [items.length])
  return (
    <div class="screen" aria-busy={enrich.busy.value === 'settling'}>
      <Heading focus={() => enrich.moved.value}>Review</Heading>
      <output class={enrich.reviewWords.value === '' ? 'unseen' : 'hint'} aria-live="polite">
        {enrich.reviewWords.value}
      </output>
      {items.length === 0 ? (
        <Notice tone="good">Nothing in {sheetName} waits for you any more.</Notice>
      ) : (
        <>
          <p>
            {count(items.length + more, 'value')} for {sheetName} {items.length + more === 1 ? 'was' : 'were'} found but
            not written. What you accept is written, counts as verified by you and is never replaced.
          </p>
          <AcceptAbove enrich={enrich} items={items} />
          <ul ref={list} class="cards" aria-label="Values to decide">
            {shown.map((item) => (
              <Item key={`${item.planned} ${item.field}`} enrich={enrich} item={item} />
            ))}
          </ul>
          {hidden > 0 && <p class="hint">{count(hidden, 'more value')} when these are decided.</p>}
        </>
      )}
      <footer class="dock">
        <Button
          look={items.length === 0 ? 'primary' : 'plain'}
          waiting={enrich.busy.value === 'resuming'}
          onPress={() => enrich.endReview(runId)}
        >
          Back to the summary
        </Button>
        <p class="hint">Undo this run, in the summary, takes back what you accept.</p>
      </footer>
    </div>
  )
}

function decisionsOn(item: ReviewItem, verdict: ReviewDecision['verdict']): readonly ReviewDecision[] {
  const { planned, field, candidates } = item
  const meant = verdict === 'accept' ? candidates.slice(0, 1) : candidates
  return meant.map(({ value }) => ({ planned, field, value, verdict }))
}

// Proposed: our choice.
const ABOVE = 60

/** Accepts the best value of each cell that is sure enough. */
function AcceptAbove({ enrich, items }: { readonly enrich: EnrichState; readonly items: readonly ReviewItem[] }) {
  const above = useSignal(ABOVE)
  const meant = items.filter(({ candidates }) => percent(candidates[0]?.confidence ?? 0) >= above.value)
  return (
    <section>
      <div class="entry">
        <label htmlFor="above">Accept all that are at least so sure (%)</label>
        <input
          id="above"
          type="number"
          min={0}
          max={100}
          inputMode="numeric"
          value={Number.isFinite(above.value) ? above.value : ''}
          onInput={(event) => (above.value = event.currentTarget.valueAsNumber)}
        />
      </div>
      {meant.length === 0 ? (
        <p class="hint">None of them is.</p>
      ) : (
        <Confirm
          words={`Accept ${figure(meant.length)}`}
          consequence={`${count(meant.length, 'value')} ${meant.length === 1 ? 'is' : 'are'} written into the sheet, the surest of each cell, and counted as verified by you. Undo this run takes ${meant.length === 1 ? 'it' : 'them'} back.`}
          yes="Write them"
          no="Look at them first"
          waiting={enrich.busy.value === 'settling'}
          onYes={() => enrich.settle(meant.flatMap((item) => decisionsOn(item, 'accept')))}
        />
      )}
    </section>
  )
}

function Item({ enrich, item }: { readonly enrich: EnrichState; readonly item: ReviewItem }) {
  const { who, row, label, text, why, candidates, planned, field } = item
  const isBusy = enrich.busy.value !== null
  const rejects = candidates.length > 1 ? 'Reject all of them' : `Reject ${candidates[0]?.value ?? ''}`
  const whom = who || `row ${figure(row)}`
  return (
    <li class="card">
      <p>
        <b>{upperFirst(whom)}</b>
        <span class="hint">
          {label}, row {figure(row)}
          {text !== '' && `. The cell holds ${text}`}. {why}
        </span>
      </p>
      {candidates.map((one) => (
        <div key={one.value} class="candidate">
          <p class="value">{one.value}</p>
          <p class="hint">{sourceOf(one)}</p>
          <Button
            disabled={isBusy}
            label={`Accept ${one.value} for ${whom}`}
            onPress={() => enrich.settle([{ planned, field, value: one.value, verdict: 'accept' }])}
          >
            Accept
          </Button>
        </div>
      ))}
      <Button
        look="link"
        disabled={isBusy}
        label={`${rejects} for ${whom}`}
        onPress={() => enrich.settle(decisionsOn(item, 'reject'))}
      >
        {candidates.length > 1 ? rejects : 'Reject'}
      </Button>
    </li>
  )
}

const STATUS_WORDS: { readonly [S in VerificationStatus]: string } = {
  valid: 'checked: works',
  accept_all: 'cannot be told: its server takes any mail',
  risky: 'checked: risky',
  invalid: 'checked: does not work',
  unknown: 'checked: no clear result',
}

function sourceOf({ confidence, status, vendors }: CandidateView): string {
  const sure = `${percent(confidence)} % sure`
  return [sure, ...(status ? [STATUS_WORDS[status]] : []), listed(vendors)].join(' · ')
}

// As it reads: 0.57 times 100 is a little less than 57.
function percent(confidence: number): number {
  return Math.round(confidence * 100)
}
