import type { Host, SheetInfo } from './host'
import { changeSettings, peekSettings } from './settings'
import type { Survey } from './survey'
import { freeName, shortName } from './new-tab'
import { fillTab } from './write-text'

/** The practice tab of training, when it still exists. */
export function findPractice(host: Host): SheetInfo | undefined {
  const { practice } = peekSettings(host)
  return practice === null ? undefined : host.sheets.find(practice)
}

/**
 * Copies rows into a new practice tab, because training writes only to a tab that it created (safety S3). The practice
 * tab of an earlier training run is replaced.
 */
export function makePractice(host: Host, survey: Survey, rows: readonly number[]): SheetInfo {
  removePractice(host)
  const name = shortName(`Practice: ${survey.sheet.name}`)
  removeUnfinished(host, name)
  const cells = [survey.headerRow, ...rows].map((row) => survey.grid[row]!.map((cell) => cell.text))
  const sheet = host.sheets.create(freeName(host, name), {
    rows: cells.length,
    columns: survey.headers.length,
  })
  // Known before it is filled: a tab that a killed start left behind is replaced by the next one.
  changeSettings(host, { practice: sheet.id })
  fillTab(host, sheet.id, cells)
  host.sheets.tidy(sheet.id, survey.sheet.id, survey.headers.length)
  return sheet
}

// A start that failed before its tab was on record left it empty.
function removeUnfinished(host: Host, name: string): void {
  const sheet = host.sheets.named(name)
  if (sheet && host.sheets.used(sheet.id).rows === 0) host.sheets.remove(sheet.id)
}

/** Deletes the practice tab; says whether there was one. */
export function removePractice(host: Host): boolean {
  const sheet = findPractice(host)
  if (sheet) host.sheets.remove(sheet.id)
  changeSettings(host, { practice: null })
  return sheet !== undefined
}
