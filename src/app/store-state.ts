import { Problem } from '../domain/problem'
import type { StoreTrouble } from './api-types'
import type { Host, Table } from './host'
import { laneParts } from './lanes'
import type { JournalPlace } from './run-record'
import { readRun } from './run-record'
import { knownSecret } from './sealed'
import { areSettingsDamaged } from './settings'
import type { Heading } from './store-rows'
import { peekHeading, ROW_VERSION } from './store-rows'
import type { Mark } from './stored'
import { readMark } from './stored'
import { isListDamaged } from './suppressed'
import { NEWER_WORDS, newerProblem } from './versions'

/** The property that holds the mark of the store. */
export const MARK = 'store'

/**
 * What can be told about the store: its mark, the first row and the sizes of its tabs. Each is asked for when it is first
 * needed: a formula that finds its answer needs little of it.
 */
export interface StoreLook {
  readonly file: string
  readonly mark: Mark | undefined
  readonly secret: string | undefined
  readonly heading: Heading | undefined
  readonly journal: Table
  readonly index: Table
  /** The whole journal, read once. */
  readonly tail: () => readonly (readonly string[])[]
  readonly trouble: StoreTrouble | undefined
  /** Whether the store has taken nothing in since, as the properties were seen last. */
  readonly isNewest: () => boolean
}

/** Looks at the store and compares it with the properties (safety S19). Nothing is changed. */
export function lookAtStore(host: Host): StoreLook {
  const look = peekAtStore(host)
  return look.trouble || !isListDamaged(host) ? look : { ...look, trouble: badList() }
}

/** The same without the never-look-up list: a formula trusts its filter, which nobody can shorten in a tab. */
export function peekAtStore(host: Host): StoreLook {
  const text = host.document.get(MARK)
  const read = text === undefined ? undefined : readMark(text)
  const journal = host.table('journal')
  let rows: readonly (readonly string[])[] | undefined
  const heading = once(() => peekHeading((rows?.[0] ?? journal.line(0))[0] ?? ''))
  const file = once(() => host.fileId())
  const trouble = once(() => (read?.kind === 'newer' ? NEWER : (troubleOf(look) ?? troubleBeside(host, look))))
  const look: StoreLook = {
    mark: read?.kind === 'read' ? read.value : undefined,
    secret: knownSecret(host) || undefined,
    journal,
    index: host.table('index'),
    isNewest: () => host.document.peek(MARK) === text,
    tail: () => (rows ??= journal.column().map((cell) => [cell])),
    get file() {
      return file()
    },
    get heading() {
      return heading()
    },
    get trouble() {
      return trouble()
    },
  }
  return look
}

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: work() }).value
}

/** What keeps paid questions from being asked in this file; undefined when nothing does. */
export function storeTrouble(host: Host): StoreTrouble | undefined {
  return lookAtStore(host).trouble
}

/** Throws the trouble of a store as a Problem. */
export function requireNoTrouble(trouble: StoreTrouble | undefined): void {
  if (trouble?.state === 'newer') throw newerProblem()
  if (trouble) throw new Problem(trouble.message, 'reload')
}

/** Marks a store that was emptied as that of this file. */
export function markEmpty(host: Host, look: StoreLook): void {
  const generation = Math.max(look.mark?.generation ?? 0, look.heading?.generation ?? 0) + 1
  host.document.set(MARK, JSON.stringify({ ...FIRST, file: look.file, generation }))
}

/** Marks the file as this one before a run is on record: in a copy the run would go on twice (safety S19). */
export function markFile(host: Host): void {
  if (host.document.get(MARK) === undefined) host.document.set(MARK, JSON.stringify({ ...FIRST, file: host.fileId() }))
}

const FIRST: Mark = {
  version: 1,
  file: '',
  generation: 1,
  rows: 0,
  indexed: 0,
  indexRows: 0,
  unreadable: 0,
  movedAside: 0,
}

/** How many stored answers could not be read so far. */
export function countDamaged(host: Host): number {
  const text = host.document.get(MARK)
  const read = text === undefined ? undefined : readMark(text)
  return read?.kind === 'read' ? read.value.unreadable + read.value.movedAside : 0
}

/** The trouble of a store that lost rows. */
export const restored = (): StoreTrouble => ({
  state: 'restored',
  message:
    'An older version of this file was restored, or its hidden tabs were changed: stored answers are missing. Nothing is spent until you choose how to go on.',
})

const NEWER: StoreTrouble = { state: 'newer', message: NEWER_WORDS }

const copied = (): StoreTrouble => ({
  state: 'copied',
  message:
    'This file is a copy. The answers that were bought for the original stand in its hidden tabs. Nothing is spent until you choose what becomes of them.',
})

const badRun = (): StoreTrouble => ({
  state: 'restored',
  message:
    'The record of the last run could not be read: somebody may have changed it. Nothing is spent until you choose how to go on.',
})

const badSettings = (): StoreTrouble => ({
  state: 'restored',
  message:
    'The settings of this file could not be read: somebody may have changed them. Choose how to go on; the settings begin anew, and the stored answers can stay.',
})

/** Whether a trouble is that of settings that cannot be read. */
export function isOfSettings(trouble: StoreTrouble): boolean {
  return trouble.message === badSettings().message
}

function troubleOf(seen: Omit<StoreLook, 'trouble'>): StoreTrouble | undefined {
  const { file, mark, secret, heading, journal, index } = seen
  if (heading && heading.v > ROW_VERSION) return NEWER
  if (!mark) {
    if (journal.length() === 0 && index.length() === 0) return undefined
    if (heading) return heading.file === file ? restored() : copied()
    // A store of version 1 has neither mark nor heading; without its secret it came from another file.
    return secret === undefined ? copied() : undefined
  }
  if (mark.file !== file) return copied()
  if (secret === undefined && mark.rows > 0) return restored()
  if (heading?.file !== undefined && heading.file !== file) return copied()
  if (mark.indexRows > 0 && index.length() < mark.indexRows) return restored()
  // Killed between folding and noting it: the tab is ahead of the mark.
  if (heading?.generation !== undefined && heading.generation > mark.generation) return undefined
  if (heading?.generation !== undefined && heading.generation < mark.generation) return restored()
  return journal.length() < mark.rows ? restored() : undefined
}

// What was sent last stood in the journal before: an execution that died notes its rows nowhere else.
function isShortened(
  { generation, rows }: JournalPlace,
  { heading, journal }: Pick<StoreLook, 'heading' | 'journal'>,
): boolean {
  const present = heading?.generation ?? 0
  return present < generation || (present === generation && journal.length() < rows)
}

function troubleBeside(host: Host, seen: Pick<StoreLook, 'heading' | 'journal'>): StoreTrouble | undefined {
  const run = readRun(host)
  switch (run?.kind) {
    case 'newer':
      return NEWER
    case 'damaged':
      return badRun()
    case 'read':
      // What a lane did is in no other record before it is added up.
      for (const part of [run.value, ...laneParts(host, run.value)]) {
        const counts = part.inFlight.length > 0 || part !== run.value
        if (counts && isShortened(part.journal, seen)) return restored()
      }
      break
    case undefined:
      break
  }
  return areSettingsDamaged(host) ? badSettings() : undefined
}

const badList = (): StoreTrouble => ({
  state: 'restored',
  message:
    'A part of the list of who is never looked up is missing: somebody changed a hidden tab. Nothing is spent until you choose how to go on.',
})
