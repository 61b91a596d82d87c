import type { WireRun } from './wire'

/** Where progress is shown: a terminal, or a file or pipe. */
export interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const BAR_LETTERS = 24

/** Real milliseconds between two lines of progress that nobody can overwrite. */
const LINE_EVERY_MS = 5000

/** Shows how far a run is: one line that is drawn again on a terminal, a line every few seconds elsewhere. */
export function showProgress(output: ProgressOutput): { onProgress(run: WireRun): void; end(): void } {
  let lastLine = 0
  let isDrawn = false
  return {
    onProgress(run) {
      const share = run.rows.total === 0 ? 1 : run.rows.done / run.rows.total
      const text = `${percent(share)}  ${count(run.rows.done)} of ${count(run.rows.total)} rows, ${count(run.cellsWritten)} cells written, ${count(run.calls)} calls, ${count(run.credits.spent)} credits`
      if (output.isTTY) {
        const full = Math.round(share * BAR_LETTERS)
        output.write(`\r\u001B[K[${'#'.repeat(full)}${'.'.repeat(BAR_LETTERS - full)}] ${text}`)
        isDrawn = true
        return
      }
      const now = Date.now()
      if (run.state === 'running' && now - lastLine < LINE_EVERY_MS) return
      lastLine = now
      output.write(`${text}\n`)
    },
    end() {
      if (isDrawn) output.write('\n')
      isDrawn = false
    },
  }
}

/** A count with its thousands apart. */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`
}
