import { seal } from '../../src/app/sealed'
import { firstCells, packCells } from '../../src/app/store-rows'
import type { OpenProduct } from '../../workbench/cli/open-product'

const INDEX_ROWS = 4_096

/** A record of the results store, and what it is filed under. */
export interface Known {
  /** Ends in the hash that says in which row of the index it stands. */
  readonly id: string
  readonly record: object
}

/** Asks about the first row of the list, so that there is a store with a secret and a mark. */
export async function learn(product: OpenProduct): Promise<void> {
  const wanted = { scope: 'all', wanted: ['email'], mapping: {}, purpose: 'Benchmark', cap: 100 }
  const receipt = (await product.call('receipt', wanted as never)) as { readonly id: string }
  let run = await product.call('startRun', receipt.id)
  while (run.state === 'running') run = await product.call('continueRun', run.id)
}

/** The first answer in the journal. */
export function learnt({ store }: OpenProduct): { readonly question: string } {
  const lines = journalOf(store).flatMap((cell) => cell.split('\n'))
  const known = lines.map((line) => line.slice(8)).find((json) => json.startsWith('{"k":"answer"'))!
  return (JSON.parse(known) as { readonly answer: { readonly question: string } }).answer
}

/** Fills the store as a fold leaves it: everything in the index, and a journal that begins anew. */
export function fillStore({ emulator, store }: OpenProduct, records: readonly Known[]): void {
  const properties = emulator.properties('document')
  const secret = properties['store-secret']!
  const mark = JSON.parse(properties['store']!) as { readonly file: string; readonly generation: number }
  const index = Array.from({ length: INDEX_ROWS }, (): string[] => [])
  for (const { id, record } of records)
    index[parseInt(id.slice(-32).slice(0, 8), 16) % INDEX_ROWS]!.push(seal(secret, JSON.stringify(record)))
  const packed = index.map((lines) => packCells(secret, lines))
  const columns = Math.max(...packed.map(({ length }) => length))
  const tab = store.addTab('_enrich_index', { rows: INDEX_ROWS, columns })
  store.hideTab(tab.id)
  const texts = packed.map((row) => Array.from({ length: columns }, (_, at) => ({ value: row[at] ?? null })))
  store.write(tab.id, { row: 0, column: 0, rows: INDEX_ROWS, columns }, texts)
  // Empty rows at the end are not counted.
  const indexRows = packed.findLastIndex(({ length }) => length > 0) + 1
  const generation = mark.generation + 1
  const first = firstCells(secret, { file: mark.file, generation })
  const cells = journalOf(store)
  const { id: journal } = store.tabs().find(({ name }) => name === '_enrich_journal')!
  store.write(
    journal,
    { row: 0, column: 0, rows: cells.length, columns: 1 },
    cells.map((_, at) => [{ value: first[at] ?? null }]),
  )
  const saved = emulator.snapshot() as {
    readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  }
  const text = JSON.stringify({ ...mark, generation, rows: 1, indexed: records.length, indexRows })
  emulator.restore({
    ...saved,
    properties: saved.properties.map(([scope, values]) => [
      scope,
      values.map(([name, value]) => [name, scope === 'document' && name === 'store' ? text : value]),
    ]),
  })
}

function journalOf(store: OpenProduct['store']): readonly string[] {
  const journal = store.tabs().find(({ name }) => name === '_enrich_journal')!
  const { rows } = store.used(journal.id)
  return store
    .read(journal.id, { row: 0, column: 0, rows, columns: 1 })
    .flat()
    .map(({ value }) => String(value))
}
