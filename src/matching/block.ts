import type { Records } from './normalise'
import { makePool } from './pool'
import { soundOf } from './spelling'

/** Records that share a key, for one sort of key. Only blocks of two up to the cap are kept. */
export interface Blocks {
  readonly key: string
  /** Where the block numbers of a record start in `ofRecord`; one longer than there are records. */
  readonly recordStart: Int32Array
  readonly ofRecord: Int32Array
  /** Where the members of a block start in `members`; one longer than there are blocks. */
  readonly blockStart: Int32Array
  readonly members: Int32Array
  /** Pairs inside the blocks. */
  readonly pairs: number
}

/** What was left out because it would have been too much: how many blocks of a sort, and the largest. */
export interface Skipped {
  readonly key: string
  readonly blocks: number
  readonly largest: number
}

/** Which records are to be compared. */
export interface Blocking {
  readonly blocks: readonly Blocks[]
  readonly skipped: readonly Skipped[]
  /** All with all: a short list. */
  readonly isComplete: boolean
}

/** Up to so many records everything is compared with everything: two million pairs. */
const COMPLETE_UP_TO = 2_000

/** Up to how many pairs may be compared: the budget of a list of `count` records. */
export function pairBudget(count: number): number {
  return Math.max(Math.min(50 * count, 2_000_000), 20 * count)
}

/** The largest block that is compared: larger ones are covered by narrower keys. */
function blockCap(count: number): number {
  return Math.min(Math.max(2_000_000 / Math.max(count, 1), 60), 400)
}

/** Sorts records into blocks, narrow keys first, as long as the pair budget lasts. Yields after each sort of key. */
export function* block(records: Records): Generator<void, Blocking> {
  const blocks: Blocks[] = []
  const skipped: Skipped[] = []
  const budget = pairBudget(records.count)
  const cap = blockCap(records.count)
  let pairs = 0
  for (const { key, emit } of keysOf(records)) {
    const found = sortIntoBlocks(records.count, { key, emit, cap })
    if (found.skipped) skipped.push(found.skipped)
    if (found.blocks.pairs > 0) {
      if (pairs + found.blocks.pairs > budget) {
        skipped.push({ key, blocks: found.blocks.blockStart.length - 1, largest: cap })
        continue
      }
      pairs += found.blocks.pairs
      blocks.push(found.blocks)
    }
    yield
  }
  return { blocks, skipped, isComplete: records.count <= COMPLETE_UP_TO }
}

/**
 * Visits each pair of records that is to be compared once, smaller first, for the smaller ones of a range. Returns how
 * many there were.
 */
export function makeVisitor(
  { blocks, isComplete }: Blocking,
  count: number,
): (from: number, to: number, visit: (a: number, b: number) => void) => number {
  const stamps = new Int32Array(count).fill(-1)
  return (from, to, visit) => {
    let pairs = 0
    for (let a = from; a < to; a++) {
      if (isComplete) {
        for (let b = a + 1; b < count; b++) visit(a, b)
        pairs += count - a - 1
        continue
      }
      for (const { recordStart, ofRecord, blockStart, members } of blocks) {
        for (let at = recordStart[a]!; at < recordStart[a + 1]!; at++) {
          const number = ofRecord[at]!
          for (let place = blockStart[number + 1]! - 1; place >= blockStart[number]!; place--) {
            const b = members[place]!
            if (b <= a) break
            if (stamps[b] === a) continue
            stamps[b] = a
            visit(a, b)
            pairs++
          }
        }
      }
    }
    return pairs
  }
}

interface Key {
  readonly key: string
  readonly emit: (record: number, put: (hash: number) => void) => void
}

function sortIntoBlocks(
  count: number,
  { key, emit, cap }: Key & { readonly cap: number },
): { readonly blocks: Blocks; readonly skipped: Skipped | undefined } {
  let hashes = new Int32Array(count + 16)
  const starts = new Int32Array(count + 1)
  let length = 0
  let own = 0
  const put = (hash: number) => {
    for (let at = own; at < length; at++) if (hashes[at] === hash) return
    if (length === hashes.length) {
      const longer = new Int32Array(length * 2)
      longer.set(hashes)
      hashes = longer
    }
    hashes[length++] = hash
  }
  for (let record = 0; record < count; record++) {
    own = length
    starts[record] = length
    emit(record, put)
  }
  starts[count] = length

  // An open hash table gives each key a number.
  const bits = Math.max(4, Math.ceil(Math.log2(length * 2 + 1)))
  const slots = new Int32Array(1 << bits).fill(-1)
  const numbers = new Int32Array(length)
  const keys = new Int32Array(length)
  const sizes = new Int32Array(length)
  let known = 0
  for (let at = 0; at < length; at++) {
    const hash = hashes[at]!
    let slot = Math.imul(hash, 0x9e3779b1) >>> (32 - bits)
    while (slots[slot] !== -1 && keys[slots[slot]!] !== hash) slot = (slot + 1) & ((1 << bits) - 1)
    if (slots[slot] === -1) {
      slots[slot] = known
      keys[known++] = hash
    }
    numbers[at] = slots[slot]!
    sizes[slots[slot]!]!++
  }

  const renamed = new Int32Array(known).fill(-1)
  let kept = 0
  let members = 0
  let pairs = 0
  let tooLarge = 0
  let largest = 0
  for (let number = 0; number < known; number++) {
    const size = sizes[number]!
    if (size > cap) {
      tooLarge++
      largest = Math.max(largest, size)
    } else if (size > 1) {
      renamed[number] = kept++
      members += size
      pairs += (size * (size - 1)) / 2
    }
  }
  const blockStart = new Int32Array(kept + 1)
  for (let number = 0; number < known; number++)
    if (renamed[number]! >= 0) blockStart[renamed[number]! + 1] = sizes[number]!
  for (let at = 0; at < kept; at++) blockStart[at + 1]! += blockStart[at]!
  const next = blockStart.slice()
  const list = new Int32Array(members)
  const recordStart = new Int32Array(count + 1)
  const ofRecord = new Int32Array(members)
  let place = 0
  for (let record = 0; record < count; record++) {
    recordStart[record] = place
    for (let at = starts[record]!; at < starts[record + 1]!; at++) {
      const number = renamed[numbers[at]!]!
      if (number < 0) continue
      ofRecord[place++] = number
      list[next[number]!++] = record
    }
  }
  recordStart[count] = place
  return {
    blocks: { key, recordStart, ofRecord, blockStart, members: list, pairs },
    skipped: tooLarge > 0 ? { key, blocks: tooLarge, largest } : undefined,
  }
}

const mix = (a: number, b: number): number => {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13) ^ b, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** A text as a number of 32 bits: equal texts have equal numbers (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function keysOf(records: Records): readonly Key[] {
  return records.about === 'contact' ? contactKeys(records) : companyKeys(records)
}

function contactKeys(records: Records): readonly Key[] {
  const sounds = soundsOf(records)
  const whole: Key = {
    key: 'name',
    emit(record, put) {
      const { first, last } = sounds(record)
      if (last !== 0) for (const sound of first) put(sound < last ? mix(sound, last) : mix(last, sound))
    },
  }
  const withOrganisation = (key: string, name: (record: number, put: (hash: number) => void) => void): Key => ({
    key: `company and ${key}`,
    emit(record, put) {
      eachOrganisation(records, record, (organisation) => name(record, (hash) => put(mix(organisation, hash))))
    },
  })
  const text = (kind: string) => records.texts.filter((one) => one.kind === kind)
  const dates = text('birth_date')
  const year = (column: (typeof dates)[number], record: number) => {
    const id = column.ids[record]!
    return id < 0 ? 0 : hashText(column.pool.texts[id]!.slice(0, 4))
  }
  const withText = (kind: string, key: string, name: (record: number, put: (hash: number) => void) => void): Key[] =>
    text(kind).map((column) => ({
      key: `${kind} and ${key}`,
      emit(record, put) {
        const id = column.ids[record]!
        if (id >= 0) name(record, (hash) => put(mix(id, hash)))
      },
    }))
  const lastName = (record: number, put: (hash: number) => void) => {
    const { last } = sounds(record)
    if (last !== 0) put(last)
  }
  const firstNames = (record: number, put: (hash: number) => void) => {
    for (const sound of sounds(record).first) put(sound)
  }
  const initials = (record: number, put: (hash: number) => void) => {
    const { initials: letters } = sounds(record)
    if (letters !== 0) put(letters)
  }
  return [
    ...sharedValues(records),
    whole,
    withOrganisation('surname', lastName),
    withOrganisation('first name', firstNames),
    withOrganisation('initials', initials),
    ...withText('birth_date', 'initials', initials),
    ...dates.map((column): Key => ({ key: 'birth_date', emit: (record, put) => putId(column.ids[record]!, put) })),
    ...dates.map((column) => ({
      key: 'surname and year',
      emit(record: number, put: (hash: number) => void) {
        const born = year(column, record)
        if (born !== 0) lastName(record, (hash) => put(mix(hash, born)))
      },
    })),
    ...withText('postcode', 'surname', lastName),
    ...withText('postcode', 'first name', firstNames),
    ...withText('address', 'initials', initials),
    ...text('address').map((column): Key => ({ key: 'address', emit: (r, put) => putId(column.ids[r]!, put) })),
    ...text('postcode').flatMap((column) =>
      dates.map((date) => ({
        key: 'postcode and year',
        emit(record: number, put: (hash: number) => void) {
          const [id, born] = [column.ids[record]!, year(date, record)]
          if (id >= 0 && born !== 0) put(mix(id, born))
        },
      })),
    ),
    ...withText('city', 'surname', lastName),
    ...withText('city', 'first name', firstNames),
    ...withText('text', 'surname', lastName),
    ...text('postcode').map((column): Key => ({ key: 'postcode', emit: (r, put) => putId(column.ids[r]!, put) })),
    { key: 'surname', emit: lastName },
    { key: 'first name', emit: firstNames },
  ]
}

function companyKeys(records: Records): readonly Key[] {
  const organisations = records.organisations
  const parts = organisations?.parts ?? []
  const core = (record: number) => organisations?.cores[record] ?? -1
  const texts = (kind: string) => records.texts.filter((one) => one.kind === kind)
  return [
    ...sharedValues(records),
    { key: 'company', emit: (record, put) => putId(core(record), put) },
    ...texts('address').flatMap((column): Key[] => [
      { key: 'address', emit: (record, put) => putId(column.ids[record]!, put) },
      {
        key: 'house number and street',
        emit(record, put) {
          const id = column.ids[record]!
          if (id < 0) return
          const words = column.pool.texts[id]!.split(' ')
          const number = words.find((word) => /^\d/.test(word))
          const street = words.find((word) => /^[a-z]{3,}/.test(word))
          if (number && street) put(hashText(`${number} ${street}`))
        },
      },
    ]),
    {
      key: 'company, spaces aside',
      emit(record, put) {
        const id = core(record)
        if (id >= 0) put(hashText(parts[id]!.text.replace(/ /g, '').slice(0, 8)))
      },
    },
    {
      key: 'company by sound',
      emit(record, put) {
        const id = core(record)
        if (id >= 0) put(hashText(parts[id]!.wordTexts.slice(0, 2).map(soundOf).join(' ')))
      },
    },
    {
      key: 'acronym',
      emit(record, put) {
        const id = core(record)
        if (id < 0) return
        const { acronym, text } = parts[id]!
        if (acronym !== '') put(hashText(acronym))
        else if (/^[a-z]{3,5}$/.test(text)) put(hashText(text))
      },
    },
    {
      key: 'word of the company',
      emit(record, put) {
        const id = core(record)
        if (id < 0) return
        const { words, wordTexts } = parts[id]!
        words.forEach((word, at) => {
          if (wordTexts[at]!.length > 3) put(mix(word, 7))
        })
      },
    },
    ...(organisations
      ? [
          {
            key: 'domain',
            emit(record: number, put: (hash: number) => void) {
              const { labelsOf, width } = organisations
              for (let at = 1; at <= width; at++) putId(labelsOf[record * (width + 1) + at]!, put)
            },
          },
        ]
      : []),
    ...texts('postcode').map((column): Key => ({ key: 'postcode', emit: (r, put) => putId(column.ids[r]!, put) })),
    ...texts('city').map((column): Key => ({ key: 'city', emit: (r, put) => putId(column.ids[r]!, put) })),
  ]
}

function putId(id: number, put: (hash: number) => void): void {
  if (id >= 0) put(id)
}

function sharedValues({ profiles, mailboxes, lines, texts }: Records): readonly Key[] {
  const keys: Key[] = []
  for (const [key, values] of [
    ['LinkedIn profile', profiles],
    ['email', mailboxes],
    ['phone', lines],
  ] as const) {
    if (!values) continue
    const { width, ids, isShared } = values
    keys.push({
      key,
      emit(record, put) {
        for (let at = record * width; at < (record + 1) * width; at++)
          if (ids[at]! >= 0 && (isShared[ids[at]!] === 0 || key === 'email')) put(ids[at]!)
      },
    })
  }
  for (const column of texts) {
    if (column.kind !== 'id') continue
    keys.push({ key: 'id', emit: (record, put) => putId(column.ids[record]!, put) })
  }
  if (mailboxes) {
    const { width, locals, localPool } = mailboxes
    keys.push({
      key: 'mailbox name',
      emit(record, put) {
        for (let at = record * width; at < (record + 1) * width; at++)
          if (locals[at]! >= 0 && localPool.texts[locals[at]!]!.length >= 4) put(locals[at]!)
      },
    })
  }
  return keys
}

function eachOrganisation({ organisations }: Records, record: number, visit: (hash: number) => void): void {
  if (!organisations) return
  const { labelsOf, width } = organisations
  for (let at = record * (width + 1); at < (record + 1) * (width + 1); at++)
    if (labelsOf[at]! >= 0) visit(labelsOf[at]!)
}

interface Sounds {
  /** One for each formal name that the given name may stand for; the family name too where columns may be swapped. */
  readonly first: readonly number[]
  /** 0 for none. */
  readonly last: number
  readonly initials: number
}

function soundsOf({ names }: Records): (record: number) => Sounds {
  const none: Sounds = { first: [], last: 0, initials: 0 }
  if (!names) return () => none
  const pool = makePool()
  const number = (text: string) => (text === '' ? 0 : pool.id(text) + 1)
  const first = names.parts.map(({ formal, words }) => [
    ...new Set([...formal, ...words].map((name) => number(soundOf(name))).filter((sound) => sound !== 0)),
  ])
  const last = names.parts.map(({ sound }) => number(sound))
  return (record) => {
    const [given, family] = [names.given[record]!, names.family[record]!]
    const letters = [given, family].map((id) => (id < 0 ? 0 : names.pool.texts[id]!.charCodeAt(0)))
    const [low = 0, high = 0] = letters.sort((a, b) => a - b)
    return {
      first: given < 0 ? [] : first[given]!,
      last: family < 0 ? 0 : last[family]!,
      initials: low === 0 ? 0 : low * 0x10000 + high,
    }
  }
}
