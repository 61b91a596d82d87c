import type { FormulaCounts } from '../src/app/api-types'
import { fieldInfo, FIELD_NAMES } from '../src/domain/field'
import type { Field } from '../src/domain/field'
import type { FormulaHelp, FormulaName } from '../src/domain/formula-help'
import { FORMULA_HELP } from '../src/domain/formula-help'
import { BackLink } from './duplicate-parts'
import type { Span, Way } from './formula-text'
import {
  aboutOf,
  BUILT,
  columnParams,
  fieldChoices,
  headersOf,
  isWhole,
  showsOf,
  takesFields,
  takesHeaders,
  takesSeveral,
} from './formula-text'
import type { FormulasState, ValuesScope } from './formulas-state'
import { Button, Heading, Notice, Skeleton, Trouble } from './parts'
import { count, figure, listed } from './words'

interface FormulasProps {
  readonly formulas: FormulasState
  /** Back to the screen Enrich. */
  readonly leave: () => unknown
  /** Undoes a change on the screen Enrich. */
  readonly undo: (change: string) => unknown
}

/** The screen Formulas: put a formula together, or turn formulas into values. */
export function FormulaScreen(props: FormulasProps) {
  const { formulas, leave } = props
  const { problem, busy, part } = formulas
  const isReading = busy.value === 'open' && problem.value === null
  return (
    <div class="screen">
      <BackLink words="Enrich" onPress={leave} />
      <Heading focus={() => true}>{part.value === 'build' ? 'Build a formula' : 'Turn formulas into values'}</Heading>
      {problem.value && (
        <Trouble
          problem={{ ...problem.value, action: 'try_again' }}
          act={formulas.tryAgain}
          waiting={busy.value !== null}
        />
      )}
      {isReading ? (
        <Skeleton label="Reading the sheet" />
      ) : part.value === 'build' ? (
        <Builder {...props} />
      ) : (
        <Values {...props} />
      )}
      {!isReading && (
        <p class="aside">
          {part.value === 'build' ? 'Done with formulas? Keep what they found. ' : 'New columns that fill themselves? '}
          <Button look="link" onPress={() => formulas.open(part.value === 'build' ? 'values' : 'build')}>
            {part.value === 'build' ? 'Turn formulas into values' : 'Build a formula'}
          </Button>
        </p>
      )}
    </div>
  )
}

function Builder(props: FormulasProps) {
  const { formulas } = props
  const view = formulas.builder.value
  const draft = formulas.draft.value
  const done = formulas.inserted.value
  if (!view) return null
  return (
    <>
      <div class="entry">
        <label htmlFor="formula">Function</label>
        <select
          id="formula"
          value={draft.name}
          aria-describedby="formula-about"
          onChange={(event) => formulas.choose(event.currentTarget.value as FormulaName)}
        >
          {BUILT.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <p id="formula-about" class="hint">
          {FORMULA_HELP[draft.name].about}
        </p>
      </div>
      {columnParams(draft.name).map((param) => (
        <SpanChoice key={`${draft.name} ${param.name}`} formulas={formulas} param={param} />
      ))}
      {takesFields(draft.name) && <FieldsChoice formulas={formulas} />}
      <Options formulas={formulas} />
      {!takesHeaders(draft.name) && <WayChoice formulas={formulas} rows={view.rows} />}
      <section class="card">
        <h3>The formula</h3>
        <p class="code">{formulas.text()}</p>
        <p>
          <Price formulas={formulas} />
        </p>
      </section>
      {done && (
        <Notice tone="good">
          <p>
            {count(done.inserted, 'formula')} in column {done.column} of {view.sheet.name}.
          </p>
          <Button onPress={() => props.undo(done.change)}>Undo</Button>
        </Notice>
      )}
      <footer class="dock">
        <Button
          look="primary"
          disabled={!isWhole(draft) || view.rows === 0}
          waiting={formulas.busy.value === 'insert'}
          onPress={formulas.insert}
        >
          Insert in {headersOf(draft).length > 1 ? 'new columns' : 'a new column'}
        </Button>
        <p class="hint">At the right of your data. Nothing of yours is written over, and you can undo it.</p>
      </footer>
    </>
  )
}

/** What a formula may cost at most, before it is inserted. */
function Price({ formulas }: { readonly formulas: FormulasState }) {
  const price = formulas.price.value
  const spending = formulas.builder.value?.spending
  if (!aboutOf(formulas.draft.value.name)) return <>Free: it only works on the text of the cells.</>
  if (!isWhole(formulas.draft.value)) return <>Choose columns and fields to see what it costs.</>
  if (!price || !spending) return <>Working out what it costs …</>
  if (!spending.isOn)
    return <>Free: formulas spend nothing in this file. They give what it knows and what free sources say.</>
  if (price.worst === 0) return <>Free: {count(price.rows, 'row')}, nothing in them costs credits.</>
  return (
    <>
      <strong>At most {count(price.worst, 'credit')}</strong> for {count(price.rows, 'row')}
      {price.free > 0 && `, of which ${figure(price.free)} are free`}. Today formulas may spend{' '}
      {count(spending.left, 'more credit')}; what does not fit waits.
    </>
  )
}

function SpanChoice(props: { readonly formulas: FormulasState; readonly param: FormulaHelp['params'][number] }) {
  const { formulas, param } = props
  const columns = formulas.builder.value?.columns ?? []
  const { name: formula, spans } = formulas.draft.value
  const isSeveral = takesSeveral(formula)
  const span = spans[param.name]
  const set = (next: Span | undefined) => formulas.change({ spans: { ...spans, [param.name]: next } })
  const words = param.name.replaceAll('_', ' ')
  const names = columns.map(({ column, letter, header }) => ({ column, name: `${letter} ${header || '(no header)'}` }))
  return (
    <div class="entry">
      <label htmlFor={`from-${param.name}`}>
        {words.charAt(0).toUpperCase() + words.slice(1)}
        {param.optional && ' (optional)'}
      </label>
      <div class="spans">
        <select
          id={`from-${param.name}`}
          value={span?.from ?? ''}
          onChange={({ currentTarget: { value } }) =>
            set(
              value === ''
                ? undefined
                : { from: Number(value), to: Math.max(Number(value), (isSeveral && span?.to) || 0) },
            )
          }
        >
          {(param.optional || !span) && <option value="">None</option>}
          {names.map(({ column, name }) => (
            <option key={column} value={column}>
              {name}
            </option>
          ))}
        </select>
        {span && isSeveral && span.from < columns.length - 1 && (
          <select
            aria-label={`${words}, last column`}
            value={span.to}
            onChange={({ currentTarget: { value } }) => set({ ...span, to: Number(value) })}
          >
            {names.slice(span.from).map(({ column, name }) => (
              <option key={column} value={column}>
                {column === span.from ? 'this column alone' : `to ${name}`}
              </option>
            ))}
          </select>
        )}
      </div>
    </div>
  )
}

function FieldsChoice({ formulas }: { readonly formulas: FormulasState }) {
  const { name, fields } = formulas.draft.value
  const left = fieldChoices(name).filter((field) => !fields.includes(field))
  return (
    <div class="entry">
      <label htmlFor="field">Fields</label>
      {fields.length > 0 && (
        <ul class="picked">
          {fields.map((field) => (
            <li key={field}>
              <Button
                label={`Leave out ${fieldInfo(field).label}`}
                onPress={() => formulas.change({ fields: fields.filter((one) => one !== field) })}
              >
                {fieldInfo(field).label} ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <select
        id="field"
        value=""
        onChange={({ currentTarget }) => {
          const field = FIELD_NAMES.find((one) => one === currentTarget.value)
          if (field) formulas.change({ fields: [...fields, field] })
          currentTarget.value = ''
        }}
      >
        <option value="">Add a field</option>
        {left.map((field: Field) => (
          <option key={field} value={field}>
            {fieldInfo(field).label}
          </option>
        ))}
      </select>
    </div>
  )
}

const SHOW_WORDS: { readonly [show: string]: string } = {
  value: 'the value alone',
  confidence: 'how sure it is',
  source: 'which vendor said it',
  status: 'found or not',
  all: 'verdict, probability and reason',
  verdict: 'same or different',
  probability: 'the probability',
  reason: 'the reason',
}

function Options({ formulas }: { readonly formulas: FormulasState }) {
  const { name, fallback, show, sure } = formulas.draft.value
  const shows = showsOf(name)
  return (
    <details class="fold">
      <summary>Options</summary>
      <div class="keyform">
        <label htmlFor="fallback">Where nothing is found, write</label>
        <input
          id="fallback"
          type="text"
          value={fallback}
          placeholder="nothing"
          onInput={(event) => formulas.change({ fallback: event.currentTarget.value })}
        />
        {shows.length > 0 && (
          <>
            <label htmlFor="show">Show</label>
            <select id="show" value={show} onChange={(event) => formulas.change({ show: event.currentTarget.value })}>
              {shows.map((one) => (
                <option key={one} value={one}>
                  {SHOW_WORDS[one]}
                </option>
              ))}
            </select>
            <label htmlFor="sure">At least so sure (%)</label>
            <input
              id="sure"
              type="number"
              min={0}
              max={100}
              placeholder="as usual"
              value={sure > 0 ? sure : ''}
              onInput={({ currentTarget: { valueAsNumber } }) =>
                formulas.change({ sure: valueAsNumber >= 0 && valueAsNumber <= 100 ? valueAsNumber : 0 })
              }
            />
          </>
        )}
      </div>
    </details>
  )
}

const WAY_WORDS: { readonly [W in Way]: { readonly name: string; readonly about: string } } = {
  whole: { name: 'One formula for all rows', about: 'Much faster: Google runs it once.' },
  rows: { name: 'One formula for each row', about: 'Each can be copied and deleted alone. Google runs few at a time.' },
}

function WayChoice({ formulas, rows }: { readonly formulas: FormulasState; readonly rows: number }) {
  return (
    <fieldset>
      <legend>Down {count(rows, 'row')}</legend>
      {(['whole', 'rows'] as const).map((way) => (
        <label key={way} class="option">
          <input
            type="radio"
            name="way"
            checked={formulas.draft.value.way === way}
            onChange={() => formulas.change({ way })}
          />
          <span class="grow">
            {WAY_WORDS[way].name}
            <span class="hint">{WAY_WORDS[way].about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Values(props: FormulasProps) {
  const { formulas, undo } = props
  const view = formulas.cells.value
  const done = formulas.changed.value
  if (!view) return null
  if (done)
    return (
      <Notice tone={done.changed > 0 ? 'good' : 'calm'}>
        <p>
          {done.changed > 0
            ? `${count(done.changed, 'cell')} in ${view.sheet.name} hold values now.`
            : 'No formula became a value.'}
        </p>
        {stays(done) && <p>{stays(done)}</p>}
        {done.changed > 0 && <Button onPress={() => undo(done.change)}>Undo</Button>}
      </Notice>
    )
  const counts = view[formulas.scope.value]
  return (
    <>
      <p>
        Formulas of Enrich become the values that they show, so that nothing is looked up again. A note on each cell
        keeps where its value comes from. Other formulas stay as they are. You can undo it.
      </p>
      <fieldset>
        <legend>Which formulas</legend>
        {(['selection', 'tab'] as const).map((scope: ValuesScope) => (
          <label key={scope} class="option">
            <input
              type="radio"
              name="values"
              checked={formulas.scope.value === scope}
              onChange={() => (formulas.scope.value = scope)}
            />
            <span>
              {scope === 'selection' ? 'In the selected cells' : `In all of ${view.sheet.name}`} (
              {figure(view[scope].ready)})
            </span>
          </label>
        ))}
        <Button look="link" waiting={formulas.busy.value === 'open'} onPress={() => formulas.open('values')}>
          Read selection again
        </Button>
      </fieldset>
      {stays(counts) && <p class="hint">{stays(counts)}</p>}
      <footer class="dock">
        <Button
          look="primary"
          disabled={counts.ready === 0}
          waiting={formulas.busy.value === 'values'}
          onPress={formulas.turnIntoValues}
        >
          {counts.ready === 0 ? 'No formula to turn' : `Turn ${count(counts.ready, 'formula')} into values`}
        </Button>
      </footer>
    </>
  )
}

function stays({ pending, failed }: Pick<FormulaCounts, 'pending' | 'failed'>): string {
  const reasons = [
    ...(pending > 0 ? [`${figure(pending)} still waiting`] : []),
    ...(failed > 0 ? [`${figure(failed)} without a result`] : []),
  ]
  return reasons.length === 0
    ? ''
    : `${listed(reasons)} ${pending + failed === 1 ? 'stays a formula' : 'stay formulas'}.`
}
