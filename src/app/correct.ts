import { fieldInfo } from '../domain/field'
import { hashText } from '../domain/hash'
import { Problem } from '../domain/problem'
import { cellText } from '../sheet/cell-text'
import type { CorrectAsk, CorrectView } from './api-types'
import { checkNoErasure } from './erasure-record'
import type { Standing } from './find-person'
import { foundBy, printOf, standing } from './find-person'
import { readGuards } from './guards'
import type { Host } from './host'
import { readList } from './merge-list'
import { settleLast } from './recover'
import { setCells } from './set-cells'
import { rowKeys } from './row-keys'
import { alone } from './turn'
import type { Store } from './store'
import { openStore } from './store'
import type { Entry } from './stored'
import { makeNormalize } from './vendors'

// A sort can hit the same window twice, hardly three times.
const MAX_ROUNDS = 3

/** How an entry of the store names who wrote: no run did. */
const BY_PERSON = 'correction'

/**
 * Writes what a person says is right into every row of theirs, as verified by a person: later runs never replace it. What
 * vendors said otherwise is forgotten. Done again, also after a kill, it comes to the same.
 */
export function correctPerson(host: Host, ask: CorrectAsk): CorrectView {
  const { label } = fieldInfo(ask.field)
  const value = makeNormalize(host)(ask.field, ask.value)
  if (value === undefined) throw new Problem(`"${ask.value}" cannot be read as ${label}. Correct it and try again.`)
  const text = cellText(value)
  const { places, kept } = foundBy(host, ask.trail)
  const found = standing(host, places)
  if (found.length === 0 && places.some(({ isMeant, how }) => isMeant && how === 'row'))
    throw new Problem('Their rows were changed since they were found. Search for the person again, then correct.')
  const rows = found.filter(({ survey }) => survey.mapping[ask.field] !== undefined)
  if (rows.length === 0) throw new Problem(`No row of theirs has a column for ${label}. Add the column and try again.`)
  const work = () => {
    checkNoErasure(host)
    const store = openStore(host)
    settleLast(host, store)
    // The memory first: from then on no run takes what stands there, old or new, for its own.
    store.append(rows.flatMap((row) => memoryOf(host, row, { field: ask.field, text })))
    forgetOthers(store, { asked: new Set(kept.map(({ question }) => question)), field: ask.field, value })
    const missed = rows.filter((row) => !writeInto(host, row, { field: ask.field, text }))
    return {
      changed: rows.length - missed.length,
      missed: missed.map(({ place }) => `${place.sheetName}, row ${place.row}`),
    }
  }
  return alone(host, work, host.deadline)
}

interface Corrected {
  readonly field: CorrectAsk['field']
  readonly text: string
}

/** What the store keeps of a corrected cell, under the keys of its row before and after. */
function memoryOf(host: Host, { survey, row: lead }: Standing, { field, text }: Corrected): readonly Entry[] {
  const keysOf = rowKeys(host, survey)
  const before = lead.cells[field]?.text ?? ''
  const after = { ...lead, cells: { ...lead.cells, [field]: { text, kind: 'text' as const, formula: false } } }
  const at = host.now()
  return [...new Set([...keysOf(lead), ...keysOf(after)])].flatMap((row): readonly Entry[] => {
    const cell = { sheet: survey.sheet.id, row, field, at }
    return [
      { k: 'write', run: BY_PERSON, ...cell, hash: hashText(text), chosen: true },
      ...(before === '' || before === text ? [] : [{ k: 'reject' as const, ...cell, hashes: [hashText(before)] }]),
    ]
  })
}

// The answers stay answered, so that nobody is paid again; what they said about this field is out.
function forgetOthers(
  store: Store,
  wrong: { readonly asked: ReadonlySet<string>; readonly field: CorrectAsk['field']; readonly value: string },
): void {
  const { asked, field, value } = wrong
  store.revise((kept) => {
    if (!('question' in kept) || !asked.has(kept.question)) return kept
    const { [field]: said, ...values } = kept.values ?? {}
    return said && said.value !== value ? { ...kept, values } : kept
  })
}

/** Writes into the row, found again by what it held. Whether it stands there then. */
function writeInto(host: Host, { survey, place: { print } }: Standing, { field, text }: Corrected): boolean {
  const { sheet } = survey
  const column = survey.mapping[field]!
  const guards = readGuards(host, sheet.id)
  for (let round = 0; ; round++) {
    const list = readList(host, { sheet: sheet.id, headerRow: 0 })
    const row = list.grid.findIndex((cells) => printOf(cells) === print)
    if (row < 0) return list.grid.some((cells) => cells[column]?.text === text)
    if (list.grid[row]![column]?.text === text) return true
    const { protected: isProtected, merged } = guards(row, column)
    if (round === MAX_ROUNDS || isProtected || merged || list.grid[row]![column]?.formula) return false
    setCells(host, { sheet: sheet.id, list, cells: [{ row, column, text }] })
  }
}
