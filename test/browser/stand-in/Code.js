/* oxlint-disable no-unused-vars -- Google calls these functions by name, so nothing here uses them */
// A small add-on for the tests of the workbench itself: a menu, a sidebar, a dialog, questions and a custom function.
function onOpen() {
  SpreadsheetApp.getUi()
    .createAddonMenu()
    .addItem('Open sidebar', 'showSidebar')
    .addItem('Mark selected rows', 'markSelected')
    .addSeparator()
    .addItem('Ask', 'ask')
    .addItem('Show dialog', 'showDialog')
    .addItem('Fail', 'fail')
    .addToUi()
}

function showSidebar() {
  const page = HtmlService.createHtmlOutputFromFile('Sidebar').setTitle('Stand-in')
  SpreadsheetApp.getUi().showSidebar(page)
}

function showDialog() {
  const page = HtmlService.createHtmlOutputFromFile('Sidebar').setWidth(360).setHeight(220)
  SpreadsheetApp.getUi().showModalDialog(page, 'A dialog')
}

function markSelected() {
  const sheet = SpreadsheetApp.getActiveSheet()
  const rows = sheet.getActiveRange().getNumRows()
  const first = sheet.getActiveRange().getRow()
  const cells = sheet.getRange(first, 13, rows, 1)
  cells.setNumberFormat('@')
  SpreadsheetApp.flush()
  cells.setValues(
    Array.from({ length: rows }, function (_, index) {
      return ['1-1' + index]
    }),
  )
  cells.setNote('Marked by the stand-in')
  SpreadsheetApp.getActiveSpreadsheet().toast(rows + ' rows marked', 'Done')
}

function ask() {
  const ui = SpreadsheetApp.getUi()
  const answer = ui.prompt('Name', 'What is it called?', ui.ButtonSet.OK_CANCEL)
  SpreadsheetApp.getActiveSpreadsheet().toast(answer.getSelectedButton() + ' ' + answer.getResponseText())
}

function fail() {
  throw new Error('It broke')
}

function echo(value) {
  return { value: value, selected: SpreadsheetApp.getActiveRange().getA1Notation() }
}

/** Acts on the active tab as the server side of a test that mixes it with people's edits. */
function act(kind, row, text) {
  const sheet = SpreadsheetApp.getActiveSheet()
  switch (kind) {
    case 'write':
      sheet.getRange(row, 1, 2, 2).setValues([
        [text, row],
        ['', `=A${row}&"!"`],
      ])
      return
    case 'note':
      sheet.getRange(row, 2).setNote(text)
      return
    case 'insert':
      sheet.insertRowsBefore(row, 1)
      return
    case 'delete':
      sheet.deleteRows(row, 1)
      return
  }
}

/**
 * Says hello.
 * @param {string} name Whom to greet.
 * @return {string} The greeting.
 * @customfunction
 */
function GREET(name) {
  if (!name) throw new Error('Give a name')
  Utilities.sleep(1000)
  return 'Hello ' + name
}
