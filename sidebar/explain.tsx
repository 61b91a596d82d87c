import type { ExplainStep, ExplainView } from '../src/app/api-types'
import type { EnrichState } from './enrich-state'
import { Button, Heading, Icon, Notice } from './parts'
import { count, day } from './words'

/** How the value of the selected cell was searched for: who was asked, what came back, what it cost, what followed. */
export function ExplainScreen({ enrich, cell }: { readonly enrich: EnrichState; readonly cell: ExplainView }) {
  const { label, hasMore, text, holder, remarks, nothing, steps, found } = cell
  return (
    <div class="screen">
      <Heading focus={() => enrich.moved.value}>
        {cell.cell === '' ? 'Explain a cell' : `Cell ${cell.cell}`}
        {label && `: ${label}`}
      </Heading>
      {hasMore && <p class="hint">Several cells are selected: this is about the first.</p>}
      {text !== '' && <p class="value">{text}</p>}
      {holder !== '' && <p>{holder}</p>}
      {remarks.map((remark) => (
        <Notice key={remark} tone="calm">
          <p>{remark}</p>
        </Notice>
      ))}
      {nothing && (
        <Notice tone="calm">
          <p>{nothing}</p>
        </Notice>
      )}
      {found && <Found found={found} text={text} />}
      {steps.length > 0 && <Steps steps={steps} />}
      <footer class="dock">
        <Button look="primary" waiting={enrich.busy.value === 'explaining'} onPress={enrich.explain}>
          Explain the selected cell
        </Button>
        <Button onPress={() => enrich.open()}>Back to Enrich</Button>
        <p class="hint">It reads what is on record: nobody is asked, and it costs nothing.</p>
      </footer>
    </div>
  )
}

function Found(props: { readonly found: NonNullable<ExplainView['found']>; readonly text: string }) {
  const { value, note, sourceUrl, isGood } = props.found
  return (
    <section>
      <h3>{isGood ? 'What was found' : 'Found, but not sure enough to write it'}</h3>
      {value !== props.text && <p class="value">{value}</p>}
      <p class="hint">{note}</p>
      {sourceUrl?.startsWith('https://') && (
        <a href={sourceUrl} target="_blank" rel="noopener noreferrer">
          Page that shows it
          <Icon name="link" />
        </a>
      )}
    </section>
  )
}

function Steps({ steps }: { readonly steps: readonly ExplainStep[] }) {
  return (
    <section>
      <h3>How it was searched for</h3>
      <ol class="steps">
        {steps.map((step, index) => (
          <li key={index}>
            <b>{step.vendor}</b> {step.asked}
            {step.said && <span class="value">{step.said}</span>}
            <span class="hint">{[step.then, ...billOf(step)].join(' ')}</span>
          </li>
        ))}
      </ol>
      <p class="hint">A price is that of the whole answer, which may have filled other cells too.</p>
    </section>
  )
}

function billOf({ credits, at }: ExplainStep): readonly string[] {
  if (credits === null) return []
  const price = credits === 0 ? 'Free' : count(credits, 'credit')
  return [`${price}${at === null ? '' : `, ${day(at)}`}.`]
}
