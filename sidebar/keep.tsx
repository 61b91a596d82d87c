import { useSignal } from '@preact/signals'
import type { NoticeRow, NoticesView, Periods, RetentionView } from '../src/app/api-types'
import type { Field } from '../src/domain/field'
import { FIELD_NAMES, fieldInfo } from '../src/domain/field'
import type { ProblemAction } from '../src/domain/problem'
import type { KeepState } from './keep-state'
import { dueAt, dueOf, noticeText } from './notice-text'
import { Button, Confirm, Heading, Notice, Skeleton, Trouble } from './parts'
import { count, day, figure } from './words'

/** The screen "Keep & inform": who is to be told where their data come from, and how long everything is kept. */
export function KeepScreen({ keep, back }: { readonly keep: KeepState; readonly back: () => unknown }) {
  const { notices, noList, retention, problem, busy, said } = keep
  const act = (action: ProblemAction) => (action === 'try_again' ? keep.tryAgain() : keep.open())
  return (
    <div class="screen" aria-busy={busy.value !== null}>
      <Heading focus={() => true}>Keep &amp; inform</Heading>
      <output class={said.value === '' ? 'unseen' : 'hint'} aria-live="polite">
        {said.value}
      </output>
      {problem.value && <Trouble problem={problem.value} act={act} waiting={busy.value !== null} />}
      {!retention.value && !problem.value && <Skeleton label="Reading what is kept" />}
      {noList.value !== '' && <Notice tone="calm">{noList.value}</Notice>}
      {notices.value && <Inform keep={keep} view={notices.value} days={retention.value?.periods.answers ?? 0} />}
      {retention.value && (
        <Retention key={retention.value.isSet ? 'set' : 'first'} keep={keep} view={retention.value} />
      )}
      <footer class="dock">
        <Button onPress={back}>Back to Privacy</Button>
      </footer>
    </div>
  )
}

const FILTERS = { soon: 'Due in 7 days, or late', all: 'Everybody not told yet' } as const

// What fits beside each other; the sheet shows all when they are selected.
const SHOWN = 20

function Inform(props: { readonly keep: KeepState; readonly view: NoticesView; readonly days: number }) {
  const { keep, view, days } = props
  const filter = useSignal<keyof typeof FILTERS>('soon')
  const controller = useSignal(view.basis?.controller ?? '')
  const now = Date.now()
  const soon = view.rows.filter((row) => dueOf(row, now) !== 'later')
  const rows = filter.value === 'soon' ? soon : view.rows
  const late = soon.filter((row) => dueOf(row, now) === 'late').length
  const text = noticeText({ controller: controller.value, basis: view.basis, rows, days })
  return (
    <section class="keyform">
      <h3>Tell people: {view.sheetName}</h3>
      <p class="hint">
        Who got data from a vendor is told where it comes from within a month, or with your first message (GDPR Art.
        14).
      </p>
      {view.rows.length === 0 ? (
        <Notice tone="good">
          {view.informed > 0
            ? `Everybody is told: ${count(view.informed, 'row')}.`
            : 'Vendors gave nothing about people of this tab.'}
        </Notice>
      ) : (
        <>
          {late > 0 && <Notice tone="warning">{count(late, 'person is', 'people are')} overdue.</Notice>}
          <label htmlFor="notice-filter">
            Show
            <select
              id="notice-filter"
              value={filter.value}
              onChange={(event) => (filter.value = event.currentTarget.value === 'all' ? 'all' : 'soon')}
            >
              <option value="soon">{`${FILTERS.soon}: ${soon.length}`}</option>
              <option value="all">{`${FILTERS.all}: ${figure(view.rows.length + view.more)}`}</option>
            </select>
          </label>
          <ul class="lines">
            {rows.slice(0, SHOWN).map((row) => (
              <Line key={row.print} row={row} now={now} />
            ))}
          </ul>
          {rows.length > SHOWN && <p class="hint">And {figure(rows.length - SHOWN)} more.</p>}
          <div class="actions">
            <Button
              disabled={rows.length === 0}
              waiting={keep.busy.value === 'select'}
              onPress={() => keep.select(rows.map(({ row }) => row))}
            >
              Select these rows
            </Button>
          </div>
          <label htmlFor="notice-controller">
            Your company, address and email
            <input
              id="notice-controller"
              type="text"
              value={controller.value}
              maxLength={300}
              onInput={(event) => (controller.value = event.currentTarget.value)}
              onChange={() => void keep.keepController(controller.value)}
            />
          </label>
          <label htmlFor="notice-text">
            Text for your first message
            <textarea id="notice-text" rows={10} readOnly value={text} />
          </label>
          <div class="actions">
            <Button onPress={() => keep.copy(text)}>Copy the text</Button>
            <Button
              disabled={rows.length === 0}
              waiting={keep.busy.value === 'inform'}
              onPress={() => keep.inform(rows.map(({ print }) => print))}
            >
              Mark as informed
            </Button>
          </div>
          <p class="hint">
            Marking writes today into the column "Informed on" of {count(rows.length, 'row')}. You may fill it by hand
            too.
          </p>
        </>
      )}
    </section>
  )
}

function Line({ row, now }: { readonly row: NoticeRow; readonly now: number }) {
  const due = dueOf(row, now)
  return (
    <li>
      <span class="grow clip">
        {row.who === '' ? `Row ${row.row}` : row.who}
        <span class="hint">
          {row.vendors.length > 0 ? row.vendors.join(', ') : 'source not stored any more'}, {day(row.at)}
        </span>
      </span>
      <span class={due === 'late' ? 'amount complaint' : 'amount'}>
        {due === 'late' ? 'late' : day(dueAt(row)).replace(/ \d{4}$/, '')}
      </span>
    </li>
  )
}

const KEPT: readonly (readonly [part: 'answers' | 'runs' | 'requests', words: string, about: string])[] = [
  ['answers', 'Stored answers', 'afterwards the same question is paid again'],
  ['runs', 'What the last runs wrote', 'needed for Undo'],
  ['requests', 'Hashes in the record of requests', 'its figures stay'],
]

const LEAST = 30

function Retention({ keep, view }: { readonly keep: KeepState; readonly view: RetentionView }) {
  const typed = useSignal<Periods>(view.periods)
  const { due, isSet } = view
  const fields = Object.entries(typed.value.fields) as [Field, number][]
  const all = [...KEPT.map(([part]) => typed.value[part]), ...fields.map(([, days]) => days)]
  const isWrong = all.some((days) => !(days >= LEAST && days <= 3650))
  const isChanged = JSON.stringify(typed.value) !== JSON.stringify(view.periods)
  const setField = (field: Field, days: number) =>
    (typed.value = { ...typed.value, fields: { ...typed.value.fields, [field]: days } })
  const dropField = (field: Field) =>
    (typed.value = { ...typed.value, fields: Object.fromEntries(fields.filter(([one]) => one !== field)) })
  return (
    <section class="caps">
      <h3>How long it is kept (days)</h3>
      {KEPT.map(([part, words, about]) => (
        <div key={part} class="cap">
          <label htmlFor={`keep-${part}`}>
            {words}
            <span class="hint"> {about}</span>
          </label>
          <input
            id={`keep-${part}`}
            type="number"
            min={LEAST}
            value={typed.value[part]}
            onInput={(event) => (typed.value = { ...typed.value, [part]: event.currentTarget.valueAsNumber })}
          />
        </div>
      ))}
      {fields.map(([field, days]) => (
        <div key={field} class="cap">
          <label htmlFor={`keep-${field}`}>
            {fieldInfo(field).label} in stored answers{' '}
            <Button look="link" label={`As all answers: ${fieldInfo(field).label}`} onPress={() => dropField(field)}>
              as all answers
            </Button>
          </label>
          <input
            id={`keep-${field}`}
            type="number"
            min={LEAST}
            value={days}
            onInput={(event) => setField(field, event.currentTarget.valueAsNumber)}
          />
        </div>
      ))}
      <select
        aria-label="Keep a field shorter"
        value=""
        onChange={(event) => setField(event.currentTarget.value as Field, LEAST * 3)}
      >
        <option value="">Keep a field shorter…</option>
        {FIELD_NAMES.filter((field) => fieldInfo(field).personal && !(field in typed.value.fields)).map((field) => (
          <option key={field} value={field}>
            {fieldInfo(field).label}
          </option>
        ))}
      </select>
      {isWrong && (
        <p class="complaint" role="alert">
          Enter 30 to 3,650 days: an answer is paid for at least a month.
        </p>
      )}
      <Button
        look="primary"
        disabled={isWrong || (isSet && !isChanged)}
        waiting={keep.busy.value === 'save'}
        onPress={() => keep.save(typed.value)}
      >
        Keep to these periods
      </Button>
      <Due keep={keep} due={due} isSet={isSet} />
    </section>
  )
}

function Due(props: { readonly keep: KeepState; readonly due: RetentionView['due']; readonly isSet: boolean }) {
  const { keep, due, isSet } = props
  const parts = [
    due.answers > 0 && count(due.answers, 'stored answer'),
    due.values > 0 && `values of ${count(due.values, 'answer')}`,
    due.runs > 0 && `the record of ${count(due.runs, 'run')}`,
    due.requests > 0 && `the hashes of ${count(due.requests, 'request')}`,
  ].filter((part) => part !== false)
  const when = isSet
    ? 'It goes once a day with the hourly trigger.'
    : 'Nothing goes by itself before you press "Keep to these periods".'
  if (parts.length === 0) return <p class="hint">Nothing is older than that. {when}</p>
  return (
    <>
      <Notice tone="calm">
        Older by now: {parts.join(', ')}. Cells stay as they are. {when}
      </Notice>
      <Confirm
        words="Remove it now…"
        consequence={`${parts.join(', ')} are removed for good. Cells stay as they are.`}
        yes="Remove"
        no="Keep"
        waiting={keep.busy.value === 'clean'}
        onYes={keep.clean}
      />
    </>
  )
}
