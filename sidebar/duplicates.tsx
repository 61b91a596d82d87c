import { useEffect } from 'preact/hooks'
import type { ColumnView, DuplicatesView, MergeView } from '../src/app/api-types'
import type { ProblemAction } from '../src/domain/problem'
import { GROUP_HEADER } from '../src/domain/row-print'
import type { MergeRule } from '../src/matching/merge'
import { isOurs, isUse, USE_WORDS } from './duplicate-columns'
import type { ColumnUse } from './duplicate-columns'
import type { DuplicateGroup } from './duplicate-groups'
import { BackLink, Marks, SensitivityChoice } from './duplicate-parts'
import { Review, useReviewKeys } from './duplicate-review'
import type { DuplicatesState, Found } from './duplicates-state'
import { SENSITIVITIES } from './duplicates-state'
import { KnownRows } from './known-rows'
import type { SearchStep } from './list-search'
import { Button, Confirm, Heading, Icon, Notice, Progress, Skeleton, Trouble } from './parts'
import { count, figure } from './words'

/** What the screen Duplicates leads to. */
export interface DuplicatesProps {
  readonly duplicates: DuplicatesState
  /** Back to the screen Enrich. */
  readonly leave: () => unknown
  /** Undoes a merge on the screen Enrich. */
  readonly undo: (merge: string) => unknown
}

/** The search for duplicates: rows and columns, what was found, the review, and the merge. */
export function Duplicates(props: DuplicatesProps) {
  const { duplicates } = props
  const { problem, stage } = duplicates
  useEffect(() => {
    const returned = () => void duplicates.returned()
    window.addEventListener('focus', returned)
    return () => window.removeEventListener('focus', returned)
  }, [duplicates])
  useReviewKeys(duplicates)
  return (
    <>
      {problem.value && (
        <div class="in-sight">
          <Trouble
            problem={{ ...problem.value, action: problem.value.action ?? 'try_again' }}
            act={(action) => perform(action, duplicates)}
          />
        </div>
      )}
      {stage.value.at === 'loading' && problem.value === null ? (
        <Skeleton label="Reading the sheet" />
      ) : (
        <Screen {...props} />
      )}
    </>
  )
}

function perform(action: ProblemAction, duplicates: DuplicatesState): unknown {
  switch (action) {
    case 'reload':
      return duplicates.open()
    case 'select_rows':
      return duplicates.read()
    default:
      return duplicates.tryAgain()
  }
}

function Screen(props: DuplicatesProps) {
  const { duplicates } = props
  const stage = duplicates.stage.value
  switch (stage.at) {
    case 'loading':
      return null
    case 'setup':
      return <Setup {...props} />
    case 'searching':
      return <Searching duplicates={duplicates} step={stage.step} done={stage.done} />
    case 'result':
      return duplicates.found.value && <Result duplicates={duplicates} found={duplicates.found.value} />
    case 'known':
      return duplicates.known.value && <KnownRows duplicates={duplicates} known={duplicates.known.value} />
    case 'review':
      return <Review key={`${stage.pile} ${stage.index}`} duplicates={duplicates} {...stage} />
    case 'merging':
      return <Merging duplicates={duplicates} done={stage.done} total={stage.total} />
    case 'merged':
      return <Merged {...props} merge={stage.merge} />
  }
}

function Setup({ duplicates, leave }: DuplicatesProps) {
  const view = duplicates.view.value
  if (!view) return null
  const { sheet, problem, pending } = view
  const compared = duplicates.uses.value.filter((use) => use !== 'other').length
  const other = duplicates.other.value
  return (
    <div class="screen" aria-busy={duplicates.busy.value === 'reading'}>
      <BackLink words="Enrich" onPress={leave} />
      <Heading focus={() => duplicates.moved.value}>Find duplicates in {sheet.name}</Heading>
      {pending && (
        <Notice tone="warning">
          <p>A merge in {pending.sheetName} was interrupted. Some rows may stand in two places until it is ended.</p>
          <Button waiting={duplicates.busy.value === 'finishing'} onPress={() => duplicates.finish(pending)}>
            End that merge
          </Button>
        </Notice>
      )}
      {problem && <Trouble problem={{ ...problem, action: 'reload' }} act={(action) => perform(action, duplicates)} />}
      {!problem && (
        <>
          <ScopeChoice duplicates={duplicates} />
          <AboutChoice duplicates={duplicates} />
          <OtherChoice duplicates={duplicates} view={view} />
          <ColumnUses
            name={sheet.name}
            columns={view.columns}
            uses={duplicates.uses.value}
            correct={duplicates.correct}
          />
          {other && (
            <ColumnUses
              name={other.head.sheet.name}
              columns={other.head.columns}
              uses={other.uses}
              correct={duplicates.correctOther}
            />
          )}
          <footer class="dock">
            <Button
              look="primary"
              disabled={compared === 0 || (duplicates.chosen.value !== null && !other)}
              onPress={duplicates.search}
            >
              {duplicates.chosen.value === null ? 'Look for duplicates' : 'Look in the other tab'}
            </Button>
            <p class="hint">
              {compared === 0
                ? 'Choose what the columns hold first.'
                : 'Nothing changes in the sheet until you say so. Free.'}
            </p>
          </footer>
        </>
      )}
    </div>
  )
}

function ScopeChoice({ duplicates }: { readonly duplicates: DuplicatesState }) {
  const { sheet, selection } = duplicates.view.value!
  const selected = selection.areas.reduce((sum, [, rows]) => sum + rows, 0)
  const choices = [
    { is: 'all' as const, words: `All rows (${figure(sheet.rows)})` },
    {
      is: 'selected' as const,
      words: selected > 1 ? `Selected rows ${selection.label} (${figure(selected)})` : 'Selected rows (fewer than two)',
    },
  ]
  return (
    <fieldset>
      <legend>Which rows</legend>
      {choices.map(({ is, words }) => (
        <label key={is} class="option">
          <input
            type="radio"
            name="rows"
            checked={duplicates.scope.value === is}
            disabled={is === 'selected' && selected < 2}
            onChange={() => (duplicates.scope.value = is)}
          />
          <span>{words}</span>
        </label>
      ))}
      <Button look="link" waiting={duplicates.busy.value === 'reading'} onPress={duplicates.read}>
        <Icon name="refresh" />
        Read selection again
      </Button>
    </fieldset>
  )
}

function AboutChoice({ duplicates }: { readonly duplicates: DuplicatesState }) {
  const choices = [
    { is: 'contact' as const, words: 'A person (contact)' },
    { is: 'company' as const, words: 'A company' },
  ]
  return (
    <fieldset>
      <legend>What a row is</legend>
      {choices.map(({ is, words }) => (
        <label key={is} class="option">
          <input
            type="radio"
            name="about"
            checked={duplicates.about.value === is}
            onChange={() => (duplicates.about.value = is)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}

function ColumnUses(props: {
  /** The tab. */
  readonly name: string
  readonly columns: readonly ColumnView[]
  readonly uses: readonly ColumnUse[]
  readonly correct: (column: number, use: ColumnUse) => unknown
}) {
  const { name, columns, uses, correct } = props
  const compared = uses.filter((use) => use !== 'other').length
  return (
    <details class="fold" open={compared === 0}>
      <summary>
        Columns used of {name}: {compared} of {columns.length}
        <span class="hint">
          {[...new Set(uses.filter((use) => use !== 'other').map((use) => USE_WORDS[use]))].slice(0, 5).join(', ')}
        </span>
      </summary>
      <p class="hint">Correct what we took wrong. Nothing in the sheet changes.</p>
      <ul class="columns">
        {columns
          .filter(({ header }) => !isOurs(header))
          .map(({ column, letter, header, examples }) => (
            <li key={column}>
              <div class="column">
                <span class="letter">{letter}</span>
                <span class="grow clip">{header || <i>no header</i>}</span>
              </div>
              <select
                aria-label={`${name}: column ${letter}, ${header || 'no header'}, holds`}
                value={uses[column] ?? 'other'}
                onChange={({ currentTarget: { value } }) => isUse(value) && correct(column, value)}
              >
                {(Object.entries(USE_WORDS) as [ColumnUse, string][]).map(([use, words]) => (
                  <option key={use} value={use}>
                    {words}
                  </option>
                ))}
              </select>
              {examples.length > 0 && <p class="hint clip">For example {examples.join(' · ')}</p>}
            </li>
          ))}
      </ul>
    </details>
  )
}

function OtherChoice({ duplicates, view }: { readonly duplicates: DuplicatesState; readonly view: DuplicatesView }) {
  const other = duplicates.other.value
  if (view.others.length === 0) return null
  return (
    <fieldset>
      <legend>Compare with</legend>
      <select
        aria-label="Compare with"
        value={duplicates.chosen.value ?? ''}
        onChange={({ currentTarget: { value } }) => void duplicates.compareWith(value === '' ? null : Number(value))}
      >
        <option value="">Each other: find duplicates</option>
        {view.others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}: which do I already have?
          </option>
        ))}
      </select>
      {other && (
        <p class="hint">
          {count(other.head.sheet.rows, 'row')} there. They are only read: nothing is merged across tabs.
        </p>
      )}
    </fieldset>
  )
}

const STEP_WORDS: { readonly [S in SearchStep]: string } = {
  rows: 'Reading rows from the sheet',
  reading: 'Tidying names, emails and phones for the comparison',
  sorting: 'Sorting out which rows could be the same',
  learning: 'Learning what is rare and what is common in this list',
  comparing: 'Comparing rows',
  grouping: 'Putting groups together',
}

/** How much of the whole each step takes. */
const SHARES: readonly (readonly [SearchStep, number])[] = [
  ['rows', 30],
  ['reading', 15],
  ['sorting', 10],
  ['learning', 10],
  ['comparing', 25],
  ['grouping', 10],
]

function Searching(props: { readonly duplicates: DuplicatesState; readonly step: SearchStep; readonly done: number }) {
  const { duplicates, step, done } = props
  const before = SHARES.slice(
    0,
    SHARES.findIndex(([name]) => name === step),
  ).reduce((sum, [, share]) => sum + share, 0)
  const own = SHARES.find(([name]) => name === step)![1]
  return (
    <div class="screen">
      <Heading focus={() => duplicates.moved.value}>Looking for duplicates</Heading>
      <div>
        <output>{STEP_WORDS[step]}</output>
        <Progress label="Search for duplicates" done={before + own * done} total={100} />
      </div>
      <p class="hint">
        This works in your browser: nothing is sent to a vendor, and nothing in the sheet changes. Keep this browser tab
        in front: browsers slow down what is behind.
      </p>
      <footer class="dock">
        <Button onPress={duplicates.back}>
          <Icon name="stop" />
          Stop
        </Button>
      </footer>
    </div>
  )
}

function spare(groups: readonly DuplicateGroup[]): number {
  return groups.reduce((sum, { rows }) => sum + rows.length - 1, 0)
}

function Result({ duplicates, found }: { readonly duplicates: DuplicatesState; readonly found: Found }) {
  const groups = duplicates.groups.value
  const none = SENSITIVITIES.every((level) => found.groups[level].length === 0)
  return (
    <div class="screen">
      <BackLink words="Rows and columns" onPress={duplicates.back} />
      <Heading focus={() => duplicates.moved.value}>
        {none ? 'No duplicates found' : `${count(groups.length, 'group')}, ${count(spare(groups), 'row')} too many`}
      </Heading>
      <p class="hint">
        {figure(found.rows.length)} rows of {found.sheet.name} compared.
        {found.hidden > 0 && ` ${count(found.hidden, 'row')} hidden by a filter left out.`} {found.remarks.join(' ')}
      </p>
      {none ? (
        <p>
          No two rows share a mailbox, profile, phone or name in a way that makes them the same. If you expected some,
          see whether the columns were taken right.
        </p>
      ) : (
        <>
          <SensitivityChoice
            duplicates={duplicates}
            found={{
              strict: found.groups.strict.length,
              balanced: found.groups.balanced.length,
              wide: found.groups.wide.length,
            }}
            noun="group"
          />
          <Pile duplicates={duplicates} pile="sure" />
          <Pile duplicates={duplicates} pile="review" />
          <Rules duplicates={duplicates} found={found} />
          <div>
            <p class="aside">Rather decide in the sheet? A column tells the group of each row; nothing else changes.</p>
            <Marks duplicates={duplicates} header={GROUP_HEADER} look="plain" mark={duplicates.markGroups} />
          </div>
          <MergeDock duplicates={duplicates} />
        </>
      )}
    </div>
  )
}

const PILE_WORDS = {
  sure: { name: 'Sure', about: 'They share something that only one contact or company has.', open: 'Look through' },
  review: { name: 'To review', about: 'Likely the same. You decide.', open: 'Review' },
} as const

function Pile({ duplicates, pile }: { readonly duplicates: DuplicatesState; readonly pile: DuplicateGroup['pile'] }) {
  const groups = duplicates.pileOf(pile)
  const { name, about, open } = PILE_WORDS[pile]
  const decided = groups.filter(({ key }) => duplicates.decisions.value.has(key)).length
  return (
    <section class="card">
      <div class="head">
        <h3 class="grow">{name}</h3>
        <span class="figure">{count(groups.length, 'group')}</span>
      </div>
      <p class="hint">
        {groups.length === 0 ? 'None.' : about}
        {decided > 0 && ` ${figure(decided)} decided.`}
      </p>
      {groups.length > 0 && (
        <Button label={`${open}: ${name}`} onPress={() => duplicates.review(pile)}>
          {open}
        </Button>
      )}
    </section>
  )
}

const RULE_WORDS: { readonly [R in MergeRule]: string } = {
  best: 'Best value (usual)',
  winner: 'Of the row that stays',
  most_frequent: 'Most frequent',
  newest: 'Of the newest row',
  longest: 'Longest',
  union: 'All, one after the other',
  largest: 'Largest number',
  smallest: 'Smallest number',
}

function Rules({ duplicates, found }: { readonly duplicates: DuplicatesState; readonly found: Found }) {
  return (
    <details class="fold">
      <summary>
        What stays in a merged row
        <span class="hint">The best value of each column</span>
      </summary>
      <p class="hint">
        A row with an id of your CRM stays, or else the one with most filled cells. Values that you corrected after we
        found them win. Other emails and phones are kept in columns of their own.
      </p>
      <ul class="columns">
        {found.headers.map((header, column) =>
          isOurs(header) ? null : (
            <li key={column}>
              <label class="clip" htmlFor={`rule-${column}`}>
                {header || 'no header'}
              </label>
              <select
                id={`rule-${column}`}
                value={duplicates.rules.value[column] ?? 'best'}
                onChange={({ currentTarget: { value } }) => duplicates.chooseRule(column, value as MergeRule)}
              >
                {(Object.entries(RULE_WORDS) as [MergeRule, string][]).map(([rule, words]) => (
                  <option key={rule} value={rule}>
                    {words}
                  </option>
                ))}
              </select>
            </li>
          ),
        )}
      </ul>
    </details>
  )
}

function MergeDock({ duplicates }: { readonly duplicates: DuplicatesState }) {
  const ready = duplicates.ready.value
  const rows = ready.reduce((sum, group) => sum + duplicates.rowsOf(group).length - 1, 0)
  const blocked = duplicates.groups.value.filter(({ isBlocked }) => isBlocked).length
  return (
    <footer class="dock">
      {ready.length === 0 ? (
        <p class="hint">Nothing to merge yet: review the groups first.</p>
      ) : (
        <Confirm
          words={`Merge ${count(ready.length, 'group')}`}
          look="primary"
          consequence={`${count(rows, 'row')} move to the tab “Merged duplicates”, with where they came from; the best values stay in ${count(ready.length, 'row')}. No row is deleted, and you can undo it.`}
          yes={`Merge ${count(ready.length, 'group')}`}
          no="Not yet"
          waiting={false}
          onYes={duplicates.merge}
        />
      )}
      {blocked > 0 && <p class="hint">{count(blocked, 'group')} with protected or merged cells stay as they are.</p>}
    </footer>
  )
}

function Merging(props: { readonly duplicates: DuplicatesState; readonly done: number; readonly total: number }) {
  const { duplicates, done, total } = props
  return (
    <div class="screen">
      <Heading focus={() => duplicates.moved.value}>Merging</Heading>
      <div>
        <p class="sum small">
          Step {figure(Math.min(done + 1, total))} of {figure(total)}
        </p>
        <Progress label="Steps of the merge" done={done} total={total} />
      </div>
      <p class="hint">
        Keep this sidebar open until it is done. If it is closed, open Find duplicates again: it offers to end the step
        that was interrupted.
      </p>
      <footer class="dock">
        <Button onPress={duplicates.stopMerge}>
          <Icon name="stop" />
          Stop after this step
        </Button>
      </footer>
    </div>
  )
}

function Merged({ duplicates, merge, leave, undo }: DuplicatesProps & { readonly merge: MergeView }) {
  return (
    <div class="screen">
      <Heading focus={() => duplicates.moved.value}>{merge.rows > 0 ? 'Merged' : 'Nothing was merged'}</Heading>
      {merge.rows > 0 && (
        <Notice tone="good">
          <p>
            {count(merge.groups, 'group')} merged: {count(merge.rows, 'row')} of {merge.sheetName} stand in the tab “
            {merge.tab}” now.
          </p>
        </Notice>
      )}
      {merge.changed > 0 && (
        <p>{count(merge.changed, 'group')} left alone: a row was changed since the search. Look again for them.</p>
      )}
      {merge.blocked > 0 && (
        <p>{count(merge.blocked, 'group')} left alone: cells that are protected, merged, or refuse the value.</p>
      )}
      {merge.rows > 0 && (
        <Confirm
          words="Undo this merge"
          consequence={`${count(merge.rows, 'row')} go back to where they were in ${merge.sheetName}, and the rows that stayed hold again what they held. What somebody changed since stays.`}
          yes="Undo this merge"
          no="Keep it"
          waiting={false}
          onYes={() => undo(merge.id)}
        />
      )}
      <footer class="dock">
        <Button look="primary" onPress={leave}>
          Enrich rows
        </Button>
        <Button look="link" onPress={duplicates.open}>
          Look again
        </Button>
      </footer>
    </div>
  )
}
