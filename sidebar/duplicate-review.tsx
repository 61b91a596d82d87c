import { useEffect } from 'preact/hooks'
import type { Evidence } from '../src/matching/evidence'
import type { Bar, Explanation } from '../src/matching/explain'
import type { Member } from '../src/matching/match'
import { plainText } from '../src/matching/spelling'
import type { DuplicateGroup } from './duplicate-groups'
import type { Decision, DuplicatesState, Found } from './duplicates-state'
import type { MergePlan } from './merge-plan'
import { Button, Heading, Notice } from './parts'
import { count, figure } from './words'

const KEYS: { readonly [key: string]: Decision | 'skip' | undefined } = { m: 'merge', n: 'apart', s: 'skip' }

/** Lets a person go through the groups by keys; listens once, so that quick keys are not lost between two groups. */
export function useReviewKeys(duplicates: DuplicatesState): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const stage = duplicates.stage.value
      if (stage.at !== 'review' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const decision = KEYS[event.key.toLowerCase()]
      if (decision) duplicates.decide(decision)
      else if (event.key === 'ArrowRight') duplicates.turnTo(stage.index + 1)
      else if (event.key === 'ArrowLeft') duplicates.turnTo(stage.index - 1)
      else if (event.key === 'Escape') duplicates.showResult()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [duplicates])
}

/** One group of a pile: its rows side by side, why they were put together, and what would stay. */
export function Review(props: {
  readonly duplicates: DuplicatesState
  readonly pile: DuplicateGroup['pile']
  readonly index: number
}) {
  const { duplicates, pile, index } = props
  const groups = duplicates.pileOf(pile)
  const group = groups[index]
  const found = duplicates.found.value
  if (!group || !found) return null
  const plan = duplicates.planOf(group)
  return (
    <div class="screen">
      <p>
        <Button look="link" onPress={duplicates.showResult}>
          ‹ All groups
        </Button>
      </p>
      <Heading focus={() => true}>
        {pile === 'sure' ? 'Sure' : 'To review'}: group {figure(index + 1)} of {figure(groups.length)}
      </Heading>
      <Decided duplicates={duplicates} group={group} />
      <Reasons group={group} />
      <SideBySide duplicates={duplicates} group={group} found={found} />
      {plan && <Survivor plan={plan} />}
      {group.isBlocked && (
        <Notice tone="warning">
          <p>A row has cells that are protected or merged with others: this group stays as it is.</p>
        </Notice>
      )}
      <footer class="dock">
        <div class="actions">
          <Button look="primary" disabled={group.isBlocked || !plan} onPress={() => duplicates.decide('merge')}>
            Merge
          </Button>
          <Button onPress={() => duplicates.decide('apart')}>Not the same</Button>
          <Button look="link" onPress={() => duplicates.decide('skip')}>
            Skip
          </Button>
        </div>
        <p class="hint">Keys: M, N, S and the arrows. Nothing changes in the sheet yet.</p>
      </footer>
    </div>
  )
}

// Keys that belong to a field stay there; radio buttons and boxes use the arrows.
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName)
}

function Decided({ duplicates, group }: { readonly duplicates: DuplicatesState; readonly group: DuplicateGroup }) {
  const decision = duplicates.decisions.value.get(group.key)
  if (!decision) return null
  return (
    <p class="hint">
      {decision === 'merge' ? 'You decided: merge.' : 'You decided: not the same. Later searches leave it out.'}
    </p>
  )
}

function Reasons({ group }: { readonly group: DuplicateGroup }) {
  const { weakest, rows } = group
  const [a, b] = weakest.rows
  return (
    <section>
      <h3>Why</h3>
      <ul class="reasons whys">
        {pairsOf(group.members).map((member) => (
          <li key={member.row}>
            <p>
              {rows.length > 2 && (
                <b>{`Rows ${Math.min(member.row, member.like) + 1} and ${Math.max(member.row, member.like) + 1}: `}</b>
              )}
              {member.why}
            </p>
            <Bars bars={member.bars} />
          </li>
        ))}
      </ul>
      <p class="hint">
        {rows.length > 2 ? `Weakest link: rows ${a + 1} and ${b + 1}, ` : 'Likely the same: '}
        {percent(weakest.probability)}
      </p>
    </section>
  )
}

// Each pair once: of two rows that are likest to each other the reasons are the same.
function pairsOf(members: readonly Member[]): readonly Member[] {
  const seen = new Set<string>()
  return members.filter(({ row, like }) => {
    const name = [row, like].sort((a, b) => a - b).join(' ')
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

function percent(probability: number): string {
  if (probability > 0.999) return 'over 99.9 %'
  return `${figure(Math.floor(probability * 1_000) / 10)} %`
}

const EVIDENCE_WORDS: { readonly [E in Evidence]: string } = {
  given_name: 'First name',
  family_name: 'Last name',
  email: 'Email',
  phone: 'Phone',
  linkedin: 'LinkedIn',
  organisation: 'Company',
  company: 'Name',
  domain: 'Website',
  birth_date: 'Birth date',
  id: 'Number',
  postcode: 'Postcode',
  address: 'Street',
  city: 'City',
  text: 'Details',
}

/** As many bits fill a bar: a value that one row in a million has by chance. */
const FULL_BAR = 20

function Bars({ bars }: Pick<Explanation, 'bars'>) {
  const said = ({ bits }: Bar) => (bits >= 0 ? 'speaks for it' : 'speaks against it')
  return (
    <ul class="evidence">
      {bars.map((bar) => (
        <li key={bar.evidence}>
          <span class="what">{EVIDENCE_WORDS[bar.evidence]}</span>
          <span class="unseen">{`${said(bar)}, ${figure(Math.abs(bar.bits))} points`}</span>
          <span class="track" aria-hidden="true">
            <span
              class={bar.bits >= 0 ? 'pro' : 'contra'}
              style={{ width: `${(Math.min(FULL_BAR, Math.abs(bar.bits)) / FULL_BAR) * 50}%` }}
            />
          </span>
        </li>
      ))}
    </ul>
  )
}

function SideBySide(props: {
  readonly duplicates: DuplicatesState
  readonly group: DuplicateGroup
  readonly found: Found
}) {
  const { duplicates, group, found } = props
  const { rows } = group
  const left = duplicates.out.value.get(group.key)
  const filled = found.headers.flatMap((header, column) => {
    const texts = rows.map(([, cells]) => cells[column] ?? '')
    if (texts.every((text) => text === '')) return []
    return [{ header, column, texts, isSame: areOne(texts, looksLike), isAlike: areOne(texts, plainText) }]
  })
  const same = filled.filter(({ isSame }) => isSame)
  return (
    <section>
      <h3>Rows side by side</h3>
      <section class="sides" aria-label="Rows side by side">
        <table>
          <thead>
            <tr>
              {rows.map(([row]) => (
                <th key={row} scope="col">
                  {rows.length > 2 ? (
                    <label>
                      <input
                        type="checkbox"
                        checked={!left?.has(row)}
                        onChange={() => duplicates.toggleRow(group, row)}
                      />
                      Row {row + 1}
                    </label>
                  ) : (
                    `Row ${row + 1}`
                  )}
                </th>
              ))}
            </tr>
          </thead>
          {filled
            .filter(({ isSame }) => !isSame)
            .map(({ header, column, texts, isAlike }) => (
              <tbody key={column}>
                <tr>
                  <th scope="rowgroup" colSpan={rows.length}>
                    {header || 'no header'}
                  </th>
                </tr>
                <tr>
                  {texts.map((text, at) => (
                    <td key={at} class={text === '' ? 'none' : isAlike ? '' : 'differs'}>
                      {text || 'empty'}
                    </td>
                  ))}
                </tr>
              </tbody>
            ))}
        </table>
      </section>
      {same.length > 0 && (
        <p class="hint">
          The same in all: {same.map(({ header, texts }) => `${header || 'no header'} ${texts[0]!}`).join(' · ')}
        </p>
      )}
      {rows.length > 2 && <p class="hint">Take the tick off a row that does not belong to the others.</p>}
    </section>
  )
}

function areOne(texts: readonly string[], read: (text: string) => string): boolean {
  return new Set(texts.map(read)).size === 1
}

// Spaces and letters that nobody sees make no difference to a person.
function looksLike(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function Survivor({ plan }: { readonly plan: MergePlan }) {
  const shown = plan.cells.filter(({ text, others }) => text !== '' || others.length > 0)
  const news = shown.filter(({ isNew }) => isNew).length
  return (
    <details class="fold">
      <summary>
        After a merge: row {plan.keep + 1} stays
        <span class="hint">{news === 0 ? 'with its own values' : `with ${count(news, 'value')} from the others`}</span>
      </summary>
      <dl class="survivor">
        {shown.map(({ column, header, text, isNew, others, keptIn }) => (
          <div key={column}>
            <dt>{header || 'no header'}</dt>
            <dd>
              {text || <i>empty</i>}
              {isNew && <span class="new">new</span>}
              {others.length > 0 && (
                <span class="hint">
                  {keptIn ? `Kept in “${keptIn}”` : 'Only in “Merged duplicates” then'}: {others.join('; ')}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
