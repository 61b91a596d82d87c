import type { VendorCall } from '../vendors/contract'
import type { CellText } from './csv'
import { openProduct, type OpenProduct, type ProductSetting } from './open-product'
import type { WireOverview, WireReceipt, WireRun } from './wire'

/** What is wanted of a list. */
export interface EnrichRequest {
  /** Name of the list, for messages. */
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Fields by name or by their words on screen. */
  readonly fields: readonly string[]
  /** What columns are to be taken for, by their header. */
  readonly columns: readonly { readonly header: string; readonly field: string }[]
  readonly purpose: string
  /** Most credits that may be spent. */
  readonly cap: number
  readonly vendors: ProductSetting['vendors']
  readonly clock: ProductSetting['clock']
}

/** Who listens while a list is worked on, and may ask to stop after the slice that is running. */
export interface EnrichWatcher {
  onMapping(columns: WireOverview['columns']): void
  onProgress(run: WireRun): void
  isStopped(): boolean
}

/** What came out: cells to add to the list, what was agreed to, the run as it ended, and the vendors' own books. */
export interface Enriched {
  readonly receipt: WireReceipt
  readonly run: WireRun
  readonly cells: readonly CellText[]
  readonly books: readonly VendorCall[]
  /** Why it did not come to its end; undefined when it is done. */
  readonly trouble: string | undefined
}

/** A request that cannot be met as it stands; its message says what to change on the command line. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
}

/**
 * Enriches a list on the emulated platform. Throws BadRequest for unknown fields and columns, and an error in words
 * when the list cannot be worked on at all; a run that breaks off is returned with what it has found.
 */
export async function enrichList(request: EnrichRequest, watcher: EnrichWatcher): Promise<Enriched> {
  const tab = tabName(request.name)
  const product = await openProduct({ ...request, name: tab })
  try {
    const overview = await look(product, {})
    const mapping = readColumns(request, overview)
    const wanted = request.fields.map((field) => readField(field, overview))
    const { columns } = await lookAgain(product, { request, overview, mapping })
    if (columns.every(({ field }) => field === null)) throw new BadRequest(nothingMapped(request.name, overview))
    watcher.onMapping(columns)
    const { purpose, cap } = request
    const receipt = await product.call('receipt', { scope: 'all', wanted, mapping, purpose, cap })
    const ended = await follow(product, await product.call('startRun', receipt.id), watcher)
    const headerRow = lastFilledRow(request.rows) - overview.sheet.rows
    return {
      ...ended,
      receipt,
      cells: filledCells({ product, request, run: ended.run, headerRow }),
      books: product.vendors.calls(),
    }
  } catch (error) {
    if (error instanceof BadRequest || !(error instanceof Error)) throw error
    throw new Error(ofTheList(error.message, { tab, name: request.name }), { cause: error })
  } finally {
    await product.stop()
  }
}

async function look(product: OpenProduct, mapping: { readonly [column: string]: string }): Promise<WireOverview> {
  const overview = await product.call('overview', { scope: 'all', mapping, wanted: null })
  if (overview.problem) throw new Error(overview.problem.message)
  if (!overview.canAsk) throw new Error('No vendor can be asked: none of them has a simulated key.')
  return overview
}

async function lookAgain(
  product: OpenProduct,
  given: {
    readonly request: EnrichRequest
    readonly overview: WireOverview
    readonly mapping: { readonly [column: string]: string }
  },
): Promise<WireOverview> {
  if (Object.keys(given.mapping).length === 0) return given.overview
  try {
    return await look(product, given.mapping)
  } catch {
    const fields = given.request.columns.map(({ field }) => `"${field}"`).join(', ')
    throw new BadRequest(`A column cannot be taken for ${fields}: that is not the name of a field, such as domain.`)
  }
}

async function follow(
  product: OpenProduct,
  started: WireRun,
  watcher: EnrichWatcher,
): Promise<Pick<Enriched, 'run' | 'trouble'>> {
  let run = started
  watcher.onProgress(run)
  try {
    while (run.state === 'running') {
      if (watcher.isStopped()) return { run, trouble: 'It was stopped.' }
      run = await product.call('continueRun', run.id)
      watcher.onProgress(run)
    }
  } catch (error) {
    return { run, trouble: error instanceof Error ? error.message : String(error) }
  }
  return { run, trouble: run.state === 'done' ? undefined : (run.problem?.message ?? `The run is ${run.state}.`) }
}

// Training works on a copy of the header row and the rows under it; other vendors fill the list itself.
function filledCells(given: {
  readonly product: OpenProduct
  readonly request: EnrichRequest
  readonly run: WireRun
  readonly headerRow: number
}): readonly CellText[] {
  const { store, tab } = given.product
  const place = store.tabs().find(({ name }) => name === given.run.sheetName)
  if (!place) return []
  const offset = place.id === tab ? 0 : given.headerRow
  const { rows, columns } = store.used(place.id)
  return store.display(place.id, { row: 0, column: 0, rows, columns }).flatMap((texts, row) => {
    const before = given.request.rows[row + offset] ?? []
    return texts.flatMap((text, column) =>
      text === '' || (before[column] ?? '').trim() !== '' || text === before[column]
        ? []
        : [{ row: row + offset, column, text }],
    )
  })
}

function lastFilledRow(rows: readonly (readonly string[])[]): number {
  return rows.findLastIndex((row) => row.some((text) => text !== ''))
}

function readColumns(request: EnrichRequest, overview: WireOverview): { readonly [column: string]: string } {
  return Object.fromEntries(
    request.columns.map(({ header, field }) => {
      const found = overview.columns.find((one) => sameWords(one.header, header))
      if (!found) {
        const headers = overview.columns.map((one) => one.header).filter(Boolean)
        throw new BadRequest(`${request.name} has no column "${header}". Its columns are ${headers.join(', ')}.`)
      }
      return [String(found.column), field.toLowerCase().replace(/[\s-]+/g, '_')]
    }),
  )
}

function readField(given: string, { choices }: WireOverview): string {
  const found = choices.find(({ field, label }) => sameWords(field, given) || sameWords(label, given))
  if (found) return found.field
  const near = nearest(given, choices.map(({ field }) => field)) // prettier-ignore
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
  throw new BadRequest(
    `There is no field "${given}" that these vendors find.${hint} Fields: ${choices.map(({ field }) => field).join(', ')}.`,
  )
}

/** The names that a mistyped one may have meant, best first, at most three. */
export function nearest(given: string, names: readonly string[]): readonly string[] {
  const typed = words(given)
  return names
    .map((name) => ({
      name,
      far: words(name).includes(typed) && typed.length > 2 ? 0.5 : distance(typed, words(name)),
    }))
    .filter(({ far }) => far <= Math.max(1, typed.length / 2.5))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Letters to add, drop or change to make one text the other. */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const change = above[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(change, above[column]! + 1, current[column - 1]! + 1))
    }
    above = current
  }
  return above[to.length]!
}

function words(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
}

function sameWords(one: string, other: string): boolean {
  return words(one) === words(other)
}

function nothingMapped(name: string, { columns }: WireOverview): string {
  const headers = columns.map(({ header }) => `"${header}"`).join(', ')
  return `None of the columns of ${name} is understood: ${headers}. Say what one is, for example --map "Website=domain".`
}

// Nobody sees the tab that the list is put into.
function ofTheList(message: string, { tab, name }: { readonly tab: string; readonly name: string }): string {
  return message.replaceAll(`The tab "${tab}"`, name).replaceAll(`the tab "${tab}"`, name).replaceAll('This tab', name)
}

// Characters that a tab of Google Sheets takes, and its length (platform.md section 4b).
function tabName(name: string): string {
  return name.replace(/[[\]*?:/\\']/g, ' ').slice(0, 100) || 'List'
}
