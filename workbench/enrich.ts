import { accessSync, constants, mkdtempSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readEnrichArguments, USAGE, type EnrichArguments } from './cli/arguments'
import { BadRequest, enrichList, type Enriched } from './cli/enrich-list'
import { readListFile, type ListFile } from './cli/list-file'
import { showProgress } from './cli/progress'
import { summarize } from './cli/summary'

const FAILED = 1
const MISUSED = 2

// npm runs scripts in the folder of the package; paths are meant from where the person is.
const place = (file: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file)

const isSameFile = (one: string, other: string): boolean => {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return path.resolve(one) === path.resolve(other)
  }
}

const read = (file: string): ListFile => {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(place(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new BadRequest(`There is no file ${file}. Check the name and the folder.`)
    if (code === 'EISDIR') throw new BadRequest(`${file} is a folder. Name a CSV or XLSX file in it.`)
    throw new BadRequest(`${file} cannot be read: ${(error as Error).message}.`)
  }
  return readListFile(path.basename(file), bytes)
}

/** Refuses a result that could not be written before anything is asked: a run that is lost was paid for. */
const requireWritable = (out: string): void => {
  const folder = path.dirname(place(out))
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found?.isDirectory())
    throw new BadRequest(`There is no folder ${folder} for --out. Make it or name another one.`)
  const old = statSync(place(out), { throwIfNoEntry: false })
  if (old?.isDirectory()) throw new BadRequest(`--out ${out} is a folder. Name a file in it.`)
  try {
    accessSync(old ? place(out) : folder, constants.W_OK)
  } catch {
    throw new BadRequest(`--out ${out} cannot be written there: it is read-only. Name a file in another folder.`)
  }
}

/** Writes the result, elsewhere when its place refuses it, and returns where it is. */
const write = (out: string, bytes: Uint8Array): string => {
  try {
    writeFileSync(place(out), bytes)
    return out
  } catch (error) {
    const rescued = path.join(mkdtempSync(path.join(tmpdir(), 'enriched-')), path.basename(out))
    writeFileSync(rescued, bytes)
    process.exitCode = FAILED
    console.error(
      `${out} cannot be written: ${(error as Error).message}. The result is in ${rescued}: copy it from there.`,
    )
    return rescued
  }
}

const work = async (asked: EnrichArguments, list: ListFile): Promise<Enriched> => {
  const progress = showProgress(process.stderr)
  let isStopped = false
  process.once('SIGINT', () => {
    isStopped = true
    process.stderr.write('\nStopping; what was found will be written.\n')
  })
  try {
    return await enrichList(
      { ...asked, name: path.basename(asked.file), rows: list.rows },
      {
        onMapping(columns) {
          const unused = columns.filter(({ field, header }) => field === null && header !== '')
          const names = unused.map(({ header }) => `"${header}"`).join(', ')
          if (names) process.stderr.write(`Columns that are not used: ${names}. --map "Column=field" changes that.\n`)
        },
        onProgress: (run) => progress.onProgress(run),
        isStopped: () => isStopped,
      },
    )
  } finally {
    progress.end()
  }
}

/** Enriches a list on the emulated platform with the built add-on and simulated vendors. */
const enrich = async (): Promise<void> => {
  const asked = readEnrichArguments(process.argv.slice(2))
  if (isSameFile(place(asked.file), place(asked.out)))
    throw new BadRequest(`--out would overwrite ${asked.file}. Name another file.`)
  const list = read(asked.file)
  requireWritable(asked.out)
  const enriched = await work(asked, list)
  const { bytes, remark } = list.withCells(enriched.cells)
  const written = write(asked.out, bytes)
  console.log(summarize(enriched))
  if (remark !== undefined) console.log(remark)
  console.log(`Written: ${written}`)
  if (enriched.trouble === undefined) return
  process.exitCode = FAILED
  console.error(`The run did not come to its end. ${enriched.trouble} What was found until then is in ${written}.`)
}

enrich().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof BadRequest ? `${message}\n\n${USAGE}` : message)
  process.exitCode = error instanceof BadRequest ? MISUSED : FAILED
})
