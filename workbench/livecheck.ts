import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readAnswers, reportAnswers } from './livecheck/answers'
import { liveCheckScript } from './livecheck/script'

const OUT = '.cache/livecheck/livecheck.gs'

/** Writes the script to paste, or reads the answers that it gave: `--answers FILE`. */
const livecheck = (): void => {
  const { answers } = parseArgs({ options: { answers: { type: 'string' } } }).values
  if (answers !== undefined) {
    const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), answers)
    console.log(reportAnswers(readAnswers(readFileSync(file, 'utf8'))))
    return
  }
  const out = path.resolve(OUT)
  mkdirSync(path.dirname(out), { recursive: true })
  writeFileSync(out, liveCheckScript())
  console.log(`${out}

1. Make a new spreadsheet, open Extensions > Apps Script, put this file in place of what is there, save.
2. Choose liveCheck, press Run, allow what it asks for. It works in tabs of its own and removes them.
3. Copy the JSON from the tab "Live check" into a file and run: npm run livecheck -- --answers FILE
docs/livecheck.md tells the steps that need a hand.`)
}

try {
  livecheck()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
