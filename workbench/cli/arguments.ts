import { parseArgs } from 'node:util'
import { BadRequest } from './enrich-list'
import { isWorkbookName } from './list-file'

/** What the command line of `npm run enrich` asks for. */
export interface EnrichArguments {
  readonly file: string
  readonly out: string
  readonly fields: readonly string[]
  readonly columns: readonly { readonly header: string; readonly field: string }[]
  readonly vendors: readonly string[] | 'all' | 'training'
  readonly purpose: string
  readonly cap: number
  readonly clock: 'virtual' | 'real'
}

/** How the command is used; shown with every mistake. */
export const USAGE = `Usage: npm run enrich -- LIST --fields email,phone,job_title --out RESULT [options]

  LIST, RESULT           CSV or XLSX, both of the same kind; the list itself is never overwritten
  --fields A,B           fields to fill where a cell is empty
  --map "Column=field"   what a column is, when its name does not say it; may be repeated
  --vendors WHO          simulated vendors, such as hunter,dropcontact (default hunter), all of them, or training
  --purpose TEXT         why these people are looked up
  --cap N                most credits that may be spent (default ${String(1_000_000)})
  --real                 on the machine's clock instead of a virtual one

Exit code 0: done; 1: failed, or broken off with what was found in RESULT; 2: the command cannot be carried out.`

/** The highest cap that the add-on takes. */
const HIGHEST_CAP = 1_000_000

/** Reads the arguments. Throws BadRequest for what cannot be meant. */
export function readEnrichArguments(args: readonly string[]): EnrichArguments {
  const { values, positionals } = tryToParse(args)
  const [file, ...others] = positionals
  if (file === undefined) throw new BadRequest('Say which list to enrich.')
  if (others.length > 0) throw new BadRequest(`One list at a time: what is "${others.join(' ')}"?`)
  const fields = (values.fields ?? '').split(',').map((field) => field.trim()).filter(Boolean) // prettier-ignore
  if (fields.length === 0) throw new BadRequest('Say what to find, for example --fields email,phone,job_title.')
  const { out } = values
  if (!out) throw new BadRequest('Say where the result goes, for example --out enriched.csv.')
  if (isWorkbookName(out) !== isWorkbookName(file))
    throw new BadRequest(`${file} and ${out} are of different kinds. Give both the same ending, .csv or .xlsx.`)
  return {
    file,
    out,
    fields: [...new Set(fields)],
    columns: (values.map ?? []).map(readColumn),
    vendors: readVendors(values.vendors),
    purpose: values.purpose?.trim() || 'Trial with simulated vendors',
    cap: readCap(values.cap),
    clock: values.real ? 'real' : 'virtual',
  }
}

function tryToParse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        fields: { type: 'string' },
        out: { type: 'string' },
        map: { type: 'string', multiple: true },
        vendors: { type: 'string' },
        purpose: { type: 'string' },
        cap: { type: 'string' },
        real: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new BadRequest((error as Error).message)
  }
}

function readColumn(given: string): EnrichArguments['columns'][number] {
  const at = given.lastIndexOf('=')
  if (at < 1 || at === given.length - 1) throw new BadRequest(`--map takes "Column=field", not "${given}".`)
  return { header: given.slice(0, at), field: given.slice(at + 1) }
}

function readVendors(given: string | undefined): EnrichArguments['vendors'] {
  if (given === undefined) return ['hunter']
  if (given === 'all' || given === 'training') return given
  return given.split(',').map((id) => id.trim())
}

function readCap(given: string | undefined): number {
  if (given === undefined) return HIGHEST_CAP
  if (/^\d{1,7}$/.test(given) && Number(given) <= HIGHEST_CAP) return Number(given)
  throw new BadRequest(`--cap is a number of credits from 0 to ${String(HIGHEST_CAP)}, not "${given}".`)
}
