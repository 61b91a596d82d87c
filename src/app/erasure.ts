import { isRoleMailbox } from '../normalize/free-mail'
import { emailLocal } from '../normalize/email'
import { personEntries } from '../privacy/suppression'
import type { SuppressionEntry } from '../privacy/suppression'
import type { EraseAsk, ErasureView } from './api-types'
import { absorbClaims, allClaims, isAnyAsking } from './claims'
import type { ErasureRecord } from './erasure-record'
import { loadErasure, loadProofs, proveErasure, saveErasure } from './erasure-record'
import { erasePlaces } from './erase-cells'
import { foundBy, markOf } from './find-person'
import type { Host } from './host'
import { Problem } from './host'
import { reviseCalls, withoutKeys } from './ledger'
import { blankPlanned, findPlanned } from './planned-rows'
import { settleLast } from './recover'
import { forgetSeen } from './rows-seen'
import { alone } from './turn'
import { openStore } from './store'
import type { Kept } from './stored'
import { suppress } from './suppressed'
import { forgetWritten } from './written'

/** How long one execution erases before it reports. */
const SLICE_MS = 20_000

/**
 * Erases a person everywhere in this file and puts them on the list of who is never looked up; what is asked for while an
 * erasure is not finished goes on with that one. Each step done again comes to the same, so whoever opens the file next
 * finishes what was cut short. Throws a Problem while anything else works in the file.
 */
export function erasePerson(host: Host, ask: EraseAsk | null): ErasureView {
  if (!ask && !loadErasure(host)) return viewErasure(host)
  return alone(host, () => eraseSlice(host, ask), host.deadline)
}

function eraseSlice(host: Host, ask: EraseAsk | null): ErasureView {
  let record = loadErasure(host) ?? (ask && begin(host, ask))
  const end = Math.min(host.now() + SLICE_MS, host.deadline - SLICE_MS)
  while (record && record.step < STEPS.length && host.now() < end) {
    const done = STEPS[record.step]!(host, record)
    record = done.places.length > 0 && done.step === LAST ? done : { ...done, step: done.step + 1 }
    if (record.step < STEPS.length) saveErasure(host, record)
  }
  return viewErasure(host, record?.missed ?? 0)
}

/** What is known of erasures: whether one is to be finished, and those that are done. */
export function viewErasure(host: Host, missed = 0): ErasureView {
  const open = loadErasure(host)
  return { left: open ? STEPS.length - open.step : null, missed: open?.missed ?? missed, done: loadProofs(host) }
}

function begin(host: Host, ask: EraseAsk): ErasureRecord {
  const { leads, places, kept, marks } = foundBy(host, ask.trail)
  const meant = places.filter(({ isMeant }) => isMeant)
  // First of all nobody asks about them any more.
  suppress(host, leads.flatMap(personEntries).filter(isTheirs))
  const record: ErasureRecord = {
    id: host.randomId(),
    at: host.now(),
    by: ask.by.trim().slice(0, 40),
    what: ask.what,
    rows: meant.length,
    answers: kept.length,
    step: 0,
    marks,
    places: meant.map(({ sheet, print, how, cells }) => ({
      sheet,
      print: markOf(print),
      columns: how === 'row' && ask.what === 'rows' ? null : cells.map(({ column }) => column),
    })),
    missed: 0,
  }
  saveErasure(host, record)
  return record
}

// A mailbox such as info@ is that of others too.
function isTheirs({ kind, value }: SuppressionEntry): boolean {
  return kind !== 'email' || !isRoleMailbox(emailLocal(value) ?? '')
}

type Step = (host: Host, record: ErasureRecord) => ErasureRecord

/** What is erased, in order: the stores first, because the cells tell whom they are about. */
const STEPS: readonly Step[] = [forgetAnswers, forgetRuns, eraseTab, prove]

const LAST = 2

function isMarked({ marks }: ErasureRecord): (hash: string) => boolean {
  const known = new Set(marks)
  return (hash) => known.has(markOf(hash))
}

function forgetAnswers(host: Host, record: ErasureRecord): ErasureRecord {
  if (isAnyAsking(host))
    throw new Problem('A formula is asking vendors at this moment. Wait a minute and go on.', 'try_again')
  const is = isMarked(record)
  const store = openStore(host)
  settleLast(host, store)
  absorbClaims(host, store)
  // protects: 13
  store.revise((kept) => (isOf(kept, is) ? undefined : kept))
  reviseCalls(host, (call) => withoutKeys(call, is))
  for (const { name, claimed } of allClaims(host)) if (claimed && is(keyOf(claimed))) host.document.set(name, undefined)
  // Nobody can tell whom it is about.
  host.table('damaged').reset([])
  host.sheets.flush()
  return record
}

function isOf(kept: Kept, is: (hash: string) => boolean): boolean {
  if ('question' in kept) return is(keyOf(kept))
  return is(kept.row) || (kept.k === 'write' ? is(kept.hash) : kept.hashes.some(is))
}

function keyOf({ question }: { readonly question: string }): string {
  return question.split('/')[3] ?? ''
}

function forgetRuns(host: Host, record: ErasureRecord): ErasureRecord {
  const is = isMarked(record)
  const planned = findPlanned(host, is)
  forgetWritten(host, { isPlanned: (run, row) => planned.get(run)?.has(row) ?? false, isMarked: is })
  blankPlanned(host, is)
  forgetSeen(host, is)
  host.sheets.flush()
  return record
}

function eraseTab(host: Host, record: ErasureRecord): ErasureRecord {
  const [first] = record.places
  if (!first) return record
  const own = record.places.filter(({ sheet }) => sheet === first.sheet)
  const missed = erasePlaces(host, first.sheet, own)
  return {
    ...record,
    places: record.places.filter(({ sheet }) => sheet !== first.sheet),
    missed: record.missed + missed,
  }
}

function prove(host: Host, record: ErasureRecord): ErasureRecord {
  proveErasure(host, record)
  return record
}
