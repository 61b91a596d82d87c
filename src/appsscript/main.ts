import { answerCall } from '../app/api'
import { runFormula } from '../app/formulas'
import { tick } from '../app/tick'
import { googleHost } from './google-host'
import { isPassValid, issuePass } from './sidebar-pass'

const NAME = 'Enrich'

/** Makes the menu. Runs without permission to anything else when the add-on is not enabled in the file yet. */
export function onOpen(): void {
  SpreadsheetApp.getUi()
    .createAddonMenu()
    .addItem('Open sidebar', 'showSidebar')
    .addItem('Enrich selected rows', 'enrichSelectedRows')
    .addItem('Explain this cell', 'explainCell')
    .addSeparator()
    .addItem('Find duplicates', 'findDuplicates')
    .addItem('Turn formulas into values', 'formulasToValues')
    .addToUi()
}

/** Google calls it instead of onOpen right after the installation (platform.md section 7). */
export function onInstall(): void {
  onOpen()
}

/** Menu: Open sidebar. */
export function showSidebar(): void {
  openSidebar('enrich')
}

/** Menu: Enrich selected rows. Opens the sidebar on the receipt of the selected rows. */
export function enrichSelectedRows(): void {
  openSidebar('start')
}

/** Menu: Explain this cell. Opens the sidebar on how the value of the selected cell was searched for. */
export function explainCell(): void {
  openSidebar('explain')
}

/** Menu: Find duplicates. Opens the sidebar on the search for them. */
export function findDuplicates(): void {
  openSidebar('duplicates')
}

/** Menu: Turn formulas into values. Opens the sidebar on the formulas of the tab. */
export function formulasToValues(): void {
  openSidebar('values')
}

/** The one door for the sidebar: the name of a call, its arguments and the pass that the sidebar was given. */
export function rpc(name: unknown, argsJson: unknown, pass: unknown): string {
  // In a cell it throws here: somebody's own pass would act there with the properties of the file's owner (safety S16).
  SpreadsheetApp.getUi()
  if (!isPassValid(pass)) {
    const message = 'This sidebar has been open for too long. Close it and open it again from the Extensions menu.'
    return JSON.stringify({ problem: { message, action: 'reload' } })
  }
  if (typeof name !== 'string' || typeof argsJson !== 'string')
    return JSON.stringify({ problem: { message: 'Reload the page.', action: 'reload' } })
  return answerCall(googleHost(), name, argsJson)
}

/** The hourly trigger: goes on with a run whose sidebar was closed. Throws for whoever else calls it. */
export function onTick(event: unknown): void {
  // Only Google knows the id of a trigger of ours; in a cell there are no triggers to ask for (safety S16).
  const uid = typeof event === 'object' && event !== null && 'triggerUid' in event ? event.triggerUid : undefined
  if (!ScriptApp.getProjectTriggers().some((trigger) => trigger.getUniqueId() === uid)) {
    throw new Error('This function is for the hourly trigger alone.')
  }
  tick(googleHost())
}

/** Runs a custom function; the build makes one stub for each row of the table of formulas. */
export function formula(name: string, args: readonly unknown[]): unknown {
  return runFormula(googleHost(), name, args)
}

function openSidebar(screen: 'enrich' | 'start' | 'explain' | 'duplicates' | 'values'): void {
  // Asked for first: where there is no page, as in a formula, it throws before anything is read (safety S16).
  const ui = SpreadsheetApp.getUi()
  const globals = `window.ENRICH_PASS=${JSON.stringify(issuePass())};window.ENRICH_OPEN=${JSON.stringify(screen)}`
  const page = HtmlService.createHtmlOutputFromFile('Sidebar').append(`<script>${globals}</script>`)
  ui.showSidebar(page.setTitle(NAME))
}
