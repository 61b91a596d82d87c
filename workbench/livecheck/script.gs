/**
 * Live check of the Enrich add-on. Paste it into a script bound to a NEW spreadsheet (Extensions > Apps Script), save,
 * run liveCheck and copy the JSON from the log or from the tab "Live check". It works in tabs of its own, removes them,
 * and changes nothing else. What needs a minute or a hand is told at the end of the log.
 */
var LIVE_FACTS = '%FACTS%'
var LIVE_TAB = 'Live check'
var LIVE_STORE = 'livecheck'

/** Runs every check that needs nobody, prints the answers and what is left to do by hand. */
function liveCheck() {
  var checks = {
    text_format_keeps_formulas: liveTextFormat_,
    apostrophe_makes_text: liveApostrophe_,
    rich_text_is_text: liveRichText_,
    large_property_refused: liveLargeProperty_,
    metadata_moves_with_sort: liveMetadata_,
    notes_move_with_sort: liveNotes_,
    blank_argument_is_empty_text: liveBlankArgument_,
    formula_may_set_properties: liveFormulaProperties_,
    returned_error_text_is_error: liveErrorText_,
    helper_formula_tells_filtered_rows: liveFilteredRows_,
    timeout_seconds_honoured: liveTimeout_,
  }
  Object.keys(checks).forEach(function (fact) {
    liveTry_(fact, checks[fact])
  })
  return livePrint_()
}

/** Step 2: writes without a flush and runs into the 6-minute limit. Run it, wait until it is ended, then run liveCheckAfterKill. */
function liveCheckKill() {
  var book = SpreadsheetApp.getActiveSpreadsheet()
  var old = book.getSheetByName('Live check: kill')
  if (old) book.deleteSheet(old)
  var tab = book.insertSheet('Live check: kill')
  tab.getRange('A1').setValue('flushed')
  SpreadsheetApp.flush()
  PropertiesService.getDocumentProperties().deleteProperty('livecheck-finally')
  try {
    tab.getRange('A2').setValue('not flushed')
    for (;;) Utilities.sleep(1000)
  } finally {
    PropertiesService.getDocumentProperties().setProperty('livecheck-finally', 'ran')
  }
}

/** Step 2, after the kill: reads what is left of it and removes the tab. */
function liveCheckAfterKill() {
  var book = SpreadsheetApp.getActiveSpreadsheet()
  var tab = book.getSheetByName('Live check: kill')
  if (!tab) throw new Error('Run liveCheckKill first and wait until Google ends it.')
  liveTry_('unflushed_writes_survive_kill', function () {
    if (tab.getRange('A1').getValue() !== 'flushed') throw new Error('the tab was changed meanwhile')
    return tab.getRange('A2').getValue() === 'not flushed'
  })
  liveTry_('finally_runs_after_kill', function () {
    return PropertiesService.getDocumentProperties().getProperty('livecheck-finally') === 'ran'
  })
  PropertiesService.getDocumentProperties().deleteProperty('livecheck-finally')
  book.deleteSheet(tab)
  return livePrint_()
}

/** Step 3: makes a trigger in one minute, which makes another, which writes down that it ran; run liveCheckAfterTrigger after 5 minutes. */
function liveCheckTrigger() {
  PropertiesService.getDocumentProperties().setProperty('livecheck-trigger', '0')
  ScriptApp.newTrigger('liveTriggerStep').timeBased().after(60000).create()
}

/** A leg of step 3; only Google calls it. */
function liveTriggerStep(event) {
  if (!event || !event.triggerUid) throw new Error('Only a trigger may run this.')
  var store = PropertiesService.getDocumentProperties()
  var legs = Number(store.getProperty('livecheck-trigger')) + 1
  store.setProperty('livecheck-trigger', String(legs))
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    if (trigger.getUniqueId() === event.triggerUid) ScriptApp.deleteTrigger(trigger)
  })
  if (legs < 2) ScriptApp.newTrigger('liveTriggerStep').timeBased().after(60000).create()
}

/** Step 3, 5 minutes later: says whether the second trigger ran and removes what is left. */
function liveCheckAfterTrigger() {
  liveTry_('trigger_may_create_trigger', function () {
    var legs = Number(PropertiesService.getDocumentProperties().getProperty('livecheck-trigger'))
    if (legs === 0) throw new Error('the first trigger has not run yet: wait, or run liveCheckTrigger again')
    return legs >= 2
  })
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    if (trigger.getHandlerFunction() === 'liveTriggerStep') ScriptApp.deleteTrigger(trigger)
  })
  PropertiesService.getDocumentProperties().deleteProperty('livecheck-trigger')
  return livePrint_()
}

/** Step 4: opens a dialog that asks the server for a date and starts a worker from a blob. */
function liveCheckDialog() {
  var page =
    '<p id="say">Working...</p><script>' +
    'function done(fact, answer, detail) { google.script.run.withSuccessHandler(function () { ' +
    'document.getElementById("say").textContent += " " + fact + ": " + answer }).liveCheckAnswer(fact, answer, detail) }' +
    'var heard = false;' +
    'google.script.run.withSuccessHandler(function (reply) { heard = true; ' +
    'done("nested_date_replies_null", reply === null ? "yes" : "unknown", JSON.stringify(reply)) })' +
    '.withFailureHandler(function (error) { heard = true; done("nested_date_replies_null", "unknown", String(error)) })' +
    '.liveCheckDate();' +
    'setTimeout(function () { if (!heard) done("nested_date_replies_null", "no", "no handler was called") }, 20000);' +
    'try { var worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));' +
    'worker.onmessage = function () { done("blob_workers_in_sidebar", "yes", "") };' +
    'worker.onerror = function (error) { done("blob_workers_in_sidebar", "no", String(error.message)) } }' +
    'catch (error) { done("blob_workers_in_sidebar", "no", String(error)) }' +
    '</script>'
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(page).setTitle(LIVE_TAB))
}

/** What the dialog of step 4 asks for: a date inside an object. */
function liveCheckDate() {
  return { inside: { date: new Date(0) } }
}

/** Takes an answer that the dialog or a person found: fact, yes or no or unknown, and a remark. */
function liveCheckAnswer(fact, answer, detail) {
  if (LIVE_FACTS.split(' ').indexOf(fact) < 0) throw new Error('There is no fact ' + fact)
  if (['yes', 'no', 'unknown'].indexOf(answer) < 0) throw new Error('The answer is yes, no or unknown')
  liveKeep_(fact, answer, detail || 'by hand')
  return livePrint_()
}

/** Step 5, in a copy of the file (File > Make a copy): whether the answers came along. */
function liveCheckCopy() {
  var came = PropertiesService.getDocumentProperties().getProperty(LIVE_STORE) !== null
  liveKeep_('properties_follow_copy', came ? 'yes' : 'no', 'in a copy')
  return livePrint_()
}

/** Removes what the check has kept: its tab and its property. */
function liveCheckRemove() {
  var book = SpreadsheetApp.getActiveSpreadsheet()
  var tab = book.getSheetByName(LIVE_TAB)
  if (tab) book.deleteSheet(tab)
  PropertiesService.getDocumentProperties().deleteProperty(LIVE_STORE)
}

/** For a cell of the check: how a blank argument arrives. @customfunction */
function LIVE_BLANK(argument) {
  return argument === '' ? 'empty text' : String(argument)
}

/** For a cell of the check: whether a formula may keep a property. @customfunction */
function LIVE_PROPERTY() {
  try {
    PropertiesService.getDocumentProperties().setProperty('livecheck-formula', 'kept')
    return 'kept'
  } catch (error) {
    return 'refused'
  }
}

/** For a cell of the check: an error as text. @customfunction */
function LIVE_ERROR() {
  return '#N/A'
}

function liveTextFormat_() {
  return liveInTab_(function (tab) {
    var texts = ['=1+1', '+421 888', '+14155552671']
    tab
      .getRange(1, 1, texts.length, 1)
      .setNumberFormat('@')
      .setValues(
        texts.map(function (text) {
          return [text]
        }),
      )
    SpreadsheetApp.flush()
    return liveSame_(tab, texts)
  })
}

function liveApostrophe_() {
  return liveInTab_(function (tab) {
    tab.getRange('A1').setValue("'=1+1")
    tab.getRange('A2').setValue("'+14155552671")
    SpreadsheetApp.flush()
    return liveSame_(tab, ['=1+1', '+14155552671'])
  })
}

function liveRichText_() {
  return liveInTab_(function (tab) {
    var texts = ['=1+1', '+421 888', '+14155552671', '1-10']
    var rich = texts.map(function (text) {
      return [SpreadsheetApp.newRichTextValue().setText(text).build()]
    })
    tab.getRange(1, 1, texts.length, 1).setRichTextValues(rich)
    SpreadsheetApp.flush()
    return liveSame_(tab, texts)
  })
}

function liveLargeProperty_() {
  var store = PropertiesService.getDocumentProperties()
  var key = 'livecheck-large'
  var text = new Array(20001).join('x')
  try {
    store.setProperty(key, text)
  } catch (error) {
    return true
  }
  var kept = store.getProperty(key)
  store.deleteProperty(key)
  if (kept !== text) throw new Error('a property of 20,000 characters was taken and came back different')
  return false
}

function liveMetadata_() {
  return liveInTab_(function (tab) {
    tab.getRange('A1:A2').setValues([['b'], ['a']])
    tab.getRange('1:1').addDeveloperMetadata('livecheck')
    SpreadsheetApp.flush()
    tab.getRange('A1:A2').sort(1)
    SpreadsheetApp.flush()
    var found = tab.createDeveloperMetadataFinder().withKey('livecheck').find()
    if (found.length !== 1) throw new Error('the metadata is there ' + found.length + ' times')
    return found[0].getLocation().getRow().getRow() === 2
  })
}

function liveNotes_() {
  return liveInTab_(function (tab) {
    tab.getRange('A1:A2').setValues([['b'], ['a']])
    tab.getRange('A1').setNote('of b')
    SpreadsheetApp.flush()
    tab.getRange('A1:A2').sort(1)
    SpreadsheetApp.flush()
    if (tab.getRange('A2').getValue() !== 'b') throw new Error('the sort did not work')
    return tab.getRange('A2').getNote() === 'of b'
  })
}

function liveBlankArgument_() {
  return liveFormula_('=LIVE_BLANK(B1)') === 'empty text'
}

function liveFormulaProperties_() {
  var said = liveFormula_('=LIVE_PROPERTY()')
  var store = PropertiesService.getDocumentProperties()
  var kept = store.getProperty('livecheck-formula') === 'kept'
  if (kept) store.deleteProperty('livecheck-formula')
  if (said !== 'kept' && said !== 'refused') throw new Error('the formula shows ' + said)
  return said === 'kept' && kept
}

function liveErrorText_() {
  return liveFormula_('=ISERROR(LIVE_ERROR())') === true
}

function liveFilteredRows_() {
  return liveInTab_(function (tab) {
    tab.getRange('A1:A3').setValues([['name'], ['x'], ['y']])
    tab.getRange('A1:A3').createFilter()
    tab.getFilter().setColumnFilterCriteria(1, SpreadsheetApp.newFilterCriteria().setHiddenValues(['x']).build())
    tab.getRange('B1').setFormula('=MAP(A2:A3,LAMBDA(cell,SUBTOTAL(103,cell)))')
    SpreadsheetApp.flush()
    var shown = tab.getRange('B1:B2').getValues()
    return shown[0][0] === 0 && shown[1][0] === 1
  })
}

// A page of yours that answers after 20 seconds settles it: keep its address in the script property LIVECHECK_SLOW_URL.
function liveTimeout_() {
  var url = PropertiesService.getScriptProperties().getProperty('LIVECHECK_SLOW_URL')
  if (!url) throw new Error('set the script property LIVECHECK_SLOW_URL to a page that answers after 20 s')
  var begun = Date.now()
  try {
    UrlFetchApp.fetch(url, { muteHttpExceptions: true, timeoutSeconds: 5 })
  } catch (error) {
    var took = Date.now() - begun
    if (took < 4000) throw error
    return took < 12000
  }
  if (Date.now() - begun < 12000) throw new Error('the page answered too soon to tell')
  return false
}

function liveFormula_(formula) {
  return liveInTab_(function (tab) {
    tab.getRange('A1').setFormula(formula)
    for (var looks = 0; looks < 15; looks++) {
      SpreadsheetApp.flush()
      var value = tab.getRange('A1').getValue()
      if (value !== '' && value !== 'Loading...') return value
      Utilities.sleep(1000)
    }
    throw new Error('the formula was not computed in time')
  })
}

function liveSame_(tab, texts) {
  var range = tab.getRange(1, 1, texts.length, 1)
  var formulas = range.getFormulas()
  return range.getValues().every(function (row, index) {
    return row[0] === texts[index] && formulas[index][0] === ''
  })
}

function liveInTab_(work) {
  var book = SpreadsheetApp.getActiveSpreadsheet()
  var tab = book.insertSheet('Live check ' + Utilities.getUuid().slice(0, 8))
  try {
    return work(tab)
  } finally {
    book.deleteSheet(tab)
  }
}

function liveTry_(fact, check) {
  try {
    liveKeep_(fact, check() ? 'yes' : 'no', '')
  } catch (error) {
    liveKeep_(fact, 'unknown', String((error && error.message) || error).slice(0, 200))
  }
}

function liveKept_() {
  return JSON.parse(PropertiesService.getDocumentProperties().getProperty(LIVE_STORE) || '{}')
}

function liveKeep_(fact, answer, detail) {
  var kept = liveKept_()
  kept[fact] = detail ? { answer: answer, detail: detail } : { answer: answer }
  PropertiesService.getDocumentProperties().setProperty(LIVE_STORE, JSON.stringify(kept))
}

function livePrint_() {
  var kept = liveKept_()
  var all = {}
  LIVE_FACTS.split(' ').forEach(function (fact) {
    all[fact] = kept[fact] || { answer: 'unknown', detail: 'not asked yet' }
  })
  var text = JSON.stringify(all, null, 2)
  Logger.log(text)
  Logger.log(
    'Left to do by hand: liveCheckKill, after 7 minutes liveCheckAfterKill; liveCheckTrigger, after 5 minutes ' +
      'liveCheckAfterTrigger; liveCheckDialog; liveCheckCopy in a copy of the file; the rest as docs/livecheck.md says, ' +
      'with liveCheckAnswer. liveCheckRemove takes everything away.',
  )
  var book = SpreadsheetApp.getActiveSpreadsheet()
  var tab = book.getSheetByName(LIVE_TAB) || book.insertSheet(LIVE_TAB)
  var lines = text.split('\n').map(function (line) {
    return [line]
  })
  tab.clear()
  tab.getRange(1, 1, lines.length, 1).setNumberFormat('@').setValues(lines)
  return text
}
