import type { Receipt, ReceiptLine, SampleQuestion } from '../src/domain/receipt'
import { fieldInfo, verifiedBy } from '../src/domain/field'
import { Fragment } from 'preact'
import { type EnrichState, TRIED } from './enrich-state'
import { Button, Heading, Notice, TransferHint, useEscape } from './parts'
import { RepeatsCard } from './repeats'
import { clock, count, duration, figure, inMoney, leftWords, listed, ROW_WORDS, span } from './words'

/** What the run would do and cost, before it does it. */
export function ReceiptScreen(props: {
  readonly enrich: EnrichState
  readonly receipt: Receipt
  readonly renewed: boolean
}) {
  const { enrich, receipt, renewed } = props
  useEscape(enrich.back)
  return (
    <div class="screen">
      <Heading focus={() => enrich.moved.value}>What it will cost</Heading>
      {renewed && (
        <Notice tone="warning">Ten minutes had passed. These are the figures of now: please look again.</Notice>
      )}
      <Price receipt={receipt} />
      <RepeatsCard enrich={enrich} receipt={receipt} />
      {receipt.remarks.map((remark) => (
        <Notice key={remark} tone="warning">
          {remark}
        </Notice>
      ))}
      <RowsByReason receipt={receipt} />
      {receipt.lines.length > 0 && <Vendors lines={receipt.lines} />}
      <Facts receipt={receipt} />
      {receipt.samples.length > 0 && <Samples samples={receipt.samples} />}
      {receipt.transfers.length > 0 && <Transfers enrich={enrich} receipt={receipt} />}
      <Decision enrich={enrich} receipt={receipt} />
    </div>
  )
}

function verifiedWords(wanted: Receipt['wanted'], total: number): string {
  return verifiedBy(wanted) === 'phone' ? count(total, 'number') : count(total, 'address', 'addresses')
}

function Price({ receipt }: { readonly receipt: Receipt }) {
  const { credits, training, wanted, sheetName, addresses, rest, replaces } = receipt
  const wish = listed(wanted.map((field) => fieldInfo(field).label))
  return (
    <section class="price">
      <p class="hint">
        {addresses
          ? `${verifiedWords(wanted, addresses.total)} of ${sheetName}, ${figure(addresses.different)} different: each is asked once`
          : `${wish} for ${count(receipt.rows.selected, 'row')} of ${sheetName}`}
        {rest > 0 && `, to try first; ${figure(rest)} more can follow`}
      </p>
      {invalidWords(replaces) && <p>{invalidWords(replaces)} proved invalid</p>}
      {training || credits.worst === 0 ? (
        <p class="sum">{training ? 'Nothing is spent' : 'Free'}</p>
      ) : (
        <>
          <p class="sum">Up to {count(credits.worst, 'credit')}</p>
          <dl class="three">
            <div>
              <dt>At best</dt>
              <dd>{figure(credits.best)}</dd>
            </div>
            <div>
              <dt>Usually</dt>
              <dd>{figure(credits.typical)}</dd>
            </div>
            <div>
              <dt>At worst</dt>
              <dd>{figure(credits.worst)}</dd>
            </div>
          </dl>
          <InMoney lines={receipt.lines} />
          <p class="hint">
            {basisOf(receipt)} An answer that is lost on the way counts as paid: “at worst” includes it.
          </p>
        </>
      )}
    </section>
  )
}

/** The same in money, as far as a person entered what a credit costs. */
function InMoney({ lines }: { readonly lines: readonly ReceiptLine[] }) {
  const paid = lines.filter(({ credits }) => credits.worst > 0)
  const sum = (of: keyof ReceiptLine['credits']) =>
    inMoney(paid.map(({ credits, money }) => ({ credits: credits[of], money })))
  if (sum('worst') === '') return null
  const without = [...new Set(paid.flatMap(({ name, money }) => (money ? [] : [name])))]
  return (
    <p class="hint">
      In money: {sum('best')} at best, {sum('typical')} usually, {sum('worst')} at worst
      {without.length > 0 && `, without ${listed(without)}: the price of a credit there is not entered under Vendors`}.
    </p>
  )
}

/** What "usually" is worked out from. */
function basisOf({ lines }: Receipt): string {
  const answers = lines.reduce((sum, { credits, learned }) => sum + (credits.worst > 0 ? learned : 0), 0)
  return answers === 0
    ? '“Usually” is our estimate: every second question is answered. It learns with each run.'
    : `“Usually” is worked out from ${count(answers, 'answer')} that these vendors gave to this file.`
}

function RowsByReason({ receipt }: { readonly receipt: Receipt }) {
  const { rows, invalidReasons, namesakes, training } = receipt
  const parts = ROW_WORDS.filter(({ of }) => rows[of] > 0)
  return (
    <section>
      <h3>Rows</h3>
      <div class="stack" aria-hidden="true">
        {parts.map(({ of }) => (
          <div key={of} class={`part ${of}`} style={{ flexGrow: rows[of] }} />
        ))}
      </div>
      <ul class="reasons" aria-label="Rows by what happens to them">
        {parts.map(({ of, words }) => (
          <li key={of} class={of}>
            <span class={`dot ${of}`} aria-hidden="true" />
            <span class="number">{figure(rows[of])}</span>
            <span class="grow">
              {training && (of === 'chargeable' || of === 'free') ? 'looked up in the training data' : words}
              {of === 'invalid' && invalidReasons.length > 0 && (
                <span class="hint">{invalidReasons.map((why) => `${figure(why.rows)} ${why.reason}`).join(' · ')}</span>
              )}
            </span>
          </li>
        ))}
        <li class="total">
          <span class="dot" aria-hidden="true" />
          <span class="number">{figure(rows.selected)}</span>
          <span class="grow">{rows.selected === 1 ? 'row' : 'rows'} in all</span>
        </li>
      </ul>
      {namesakes > 0 && (
        <p class="hint">
          {count(namesakes, 'row')} {namesakes === 1 ? 'shares' : 'share'} name and company with another row but{' '}
          {namesakes === 1 ? 'differs' : 'differ'} elsewhere. They get the same answer: check whether they are one
          person.
        </p>
      )}
    </section>
  )
}

function Vendors({ lines }: { readonly lines: readonly ReceiptLine[] }) {
  return (
    <section>
      <h3>Who is asked</h3>
      <ul class="lines">
        {lines.map((line) => (
          <li key={`${line.provider} ${line.operation}`}>
            <span class="grow">
              {line.name}, {line.operation}
              <span class="hint">
                {count(line.calls.worst, 'call')} at most · {line.charge}
                {line.credits.worst > 0 && ` · usually ${count(line.credits.typical, 'credit')}`}
                {line.credits.worst > 0 &&
                  line.money &&
                  ` · up to ${inMoney([{ credits: line.credits.worst, money: line.money }])}`}
              </span>
            </span>
            <span class="amount">
              {line.credits.worst === 0 ? 'free' : span(line.credits.best, line.credits.worst)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asked once a file: vendors outside the EEA that got their key before anybody ticked. */
function Transfers({ enrich, receipt }: { readonly enrich: EnrichState; readonly receipt: Receipt }) {
  return (
    <section class="card">
      <h3>Data leaves the EEA</h3>
      {receipt.transfers.map(({ id, name, region }) => (
        <label key={id} class="option">
          <input
            type="checkbox"
            checked={false}
            disabled={enrich.busy.value === 'covering'}
            onChange={() => void enrich.cover(receipt, id)}
          />
          <span class="grow">
            The transfer of data to {name} is covered.
            <TransferHint region={region} />
          </span>
        </label>
      ))}
    </section>
  )
}

function Facts({ receipt }: { readonly receipt: Receipt }) {
  const { calls, fetches, seconds, secondsClosed, balances, newColumns, cap, training } = receipt
  return (
    <section>
      <h3>Good to know</h3>
      <dl class="facts">
        <dt>Time</dt>
        <dd>
          {duration(seconds)}
          {!training && `; with this sidebar closed ${duration(secondsClosed)}`}
        </dd>
        {calls.worst > 0 && (
          <>
            <dt>Calls</dt>
            <dd>
              {span(calls.best, calls.worst)}; Google leaves you {figure(fetches.left)} of {figure(fetches.perDay)}{' '}
              today
            </dd>
          </>
        )}
        {balances.map((balance) => (
          <Fragment key={balance.name}>
            <dt>{balance.name}</dt>
            <dd>{leftWords(balance)}</dd>
          </Fragment>
        ))}
        <dt>New columns</dt>
        <dd>{newColumns.length > 0 ? listed(newColumns) : 'none'}</dd>
        {!training && (
          <>
            <dt>Cap</dt>
            <dd>stops at {count(cap, 'credit')}</dd>
          </>
        )}
        <dt>Your values</dt>
        <dd>{replacedWords(receipt)}</dd>
        <dt>Filter views</dt>
        <dd>cannot be seen by an add-on: their hidden rows are included</dd>
      </dl>
    </section>
  )
}

function invalidWords({ invalid, phones = 0 }: Receipt['replaces']): string {
  return listed([
    ...(invalid > 0 ? [count(invalid, 'email')] : []),
    ...(phones > 0 ? [count(phones, 'phone number')] : []),
  ])
}

/** What happens to values that stand in the sheet. */
function replacedWords({ replaces }: Receipt): string {
  const { fine, old, invalid, phones = 0, beside } = replaces
  const parts = [
    invalid + phones > 0 &&
      `${invalidWords(replaces)} proved invalid ${invalid + phones === 1 ? 'is' : 'are'} replaced where a good one is found`,
    old > 0 && `${count(old, 'row')} of ours that ${old === 1 ? 'is' : 'are'} old may be refreshed`,
    fine > 0 && `${count(fine, 'row')} of ours may be replaced by surer values`,
  ].filter((part): part is string => part !== false)
  const besides = beside > 0 ? ` For ${count(beside, 'row')} a better value may go to a column beside.` : ''
  if (parts.length === 0)
    return besides ? `never overwritten.${besides}` : 'never overwritten, only empty cells are filled.'
  return `${listed(parts)}; Undo brings the values back. Nothing else is overwritten.${besides}`
}

function Samples({ samples }: { readonly samples: readonly SampleQuestion[] }) {
  return (
    <section>
      <h3>{samples.length === 1 ? 'The question' : `The first ${samples.length} questions`}, exactly as sent</h3>
      <ol class="samples">
        {samples.map((sample, index) => (
          <li key={index}>
            <p>
              To <b>{sample.vendor}</b> <span class="hint inline">{sample.host}</span>
            </p>
            <dl>
              {sample.sends.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <p class="hint">asks for {listed(sample.asks.map((field) => fieldInfo(field).label))}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The rows that may get a value. */
function rowsToEnrich({ rows }: Receipt): number {
  return rows.chargeable + rows.free + rows.known + rows.repeated + rows.copied
}

function Decision({ enrich, receipt }: { readonly enrich: EnrichState; readonly receipt: Receipt }) {
  const rows = rowsToEnrich(receipt)
  const most = Math.min(receipt.credits.worst, receipt.cap)
  const price = most === 0 ? (receipt.training ? 'nothing is spent' : 'free') : `up to ${count(most, 'credit')}`
  const busy = enrich.busy.value
  if (rows === 0) {
    return (
      <footer class="dock">
        <p>None of these rows can get a value. Choose other rows or other fields.</p>
        <Button look="primary" onPress={enrich.back}>
          Back
        </Button>
      </footer>
    )
  }
  return (
    <footer class="dock">
      <Button
        look="primary"
        disabled={receipt.transfers.length > 0}
        waiting={busy === 'starting' || busy === 'pricing'}
        onPress={() => enrich.start(receipt)}
      >{`Enrich ${count(rows, 'row')} (${price})`}</Button>
      {receipt.rest === 0 && !receipt.training && most > 0 && rows > 2 * TRIED && (
        <Button waiting={busy === 'pricing'} onPress={enrich.tryFirst}>
          Try {TRIED} rows first
        </Button>
      )}
      {receipt.transfers.length > 0 && <p class="hint">Tick above first that data may go there.</p>}
      <div class="actions">
        <Button onPress={enrich.back}>Back</Button>
        <span class="hint">Valid until {clock(receipt.validUntil)}</span>
      </div>
    </footer>
  )
}
