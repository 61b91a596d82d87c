import { bytesOf } from '../app/property-size'
import type { Host, HttpResponse, Properties, Sent, SignedRequest, TableName } from '../app/host'
import { Problem } from '../app/host'
import { googleSheets } from './google-sheets'
import { googleTable } from './google-table'

// 6 minutes an execution (platform.md section 1), less what loading and the first calls took before we look at the clock.
const EXECUTION_MS = 6 * 60 * 1000 - 10_000

// The document lock is asked for at most this long (safety S11 holds it for at most a second).
const LOCK_WAIT_MS = 5_000

// No vendor sends a larger answer; parsing more would cost the slice.
const MAX_REPLY_CHARS = 5_000_000

/** Google behind the product's port. */
export function googleHost(): Host {
  const book = SpreadsheetApp.getActiveSpreadsheet()
  let operations = 0
  let isLocked = false
  let lock: GoogleAppsScript.Lock.Lock | undefined
  const count = () => void operations++
  return {
    get edition() {
      return editionOf()
    },
    fileId: () => book.getId(),
    deadline: Date.now() + EXECUTION_MS,
    now: () => Date.now(),
    sleep: (ms) => Utilities.sleep(ms),
    randomId: () => Utilities.getUuid(),
    send,
    document: properties(() => PropertiesService.getDocumentProperties(), count),
    user: properties(() => PropertiesService.getUserProperties(), count),
    takePropertyOperations() {
      const taken = operations
      operations = 0
      return taken
    },
    locked(work) {
      // Whoever holds it and gave it back within would go on without it.
      if (isLocked) return work()
      lock ??= LockService.getDocumentLock()
      if (!lock.tryLock(LOCK_WAIT_MS)) return undefined
      isLocked = true
      try {
        return work()
      } finally {
        isLocked = false
        lock.releaseLock()
      }
    },
    sheets: googleSheets(book),
    table: (name: TableName) => googleTable(book, name),
    watch,
    toast: (message) => book.toast(message, 'Enrich'),
  }
}

// Nothing tells a script whether it is bound to the sheet. The publisher of the add-on sets this script property once;
// without it the product assumes that editors of the file can read its code, and warns (safety S15).
function editionOf(): Host['edition'] {
  return PropertiesService.getScriptProperties().getProperty('edition') === 'addon' ? 'addon' : 'bound'
}

function send(requests: readonly SignedRequest[]): Sent {
  let responses: GoogleAppsScript.URL_Fetch.HTTPResponse[]
  try {
    responses = UrlFetchApp.fetchAll(requests.map(toFetch))
  } catch {
    // One failing address throws for the whole wave, and its text holds the full URL (platform.md section 5): no answer
    // of the wave is known, and the text goes no further.
    return { kind: 'lost' }
  }
  return { kind: 'answered', responses: responses.map(toResponse) }
}

function toFetch(request: SignedRequest): GoogleAppsScript.URL_Fetch.URLFetchRequest {
  return {
    url: request.url,
    method: request.method,
    headers: { ...request.headers },
    ...(request.body !== undefined && { payload: request.body, contentType: 'application/json' }),
    muteHttpExceptions: true,
    followRedirects: request.followsRedirects === true,
    timeoutSeconds: request.timeoutSeconds,
  }
}

function toResponse(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpResponse {
  const headers: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(response.getAllHeaders())) headers[name.toLowerCase()] = String(value)
  const text = textOf(response)
  return { status: response.getResponseCode(), headers, text: text.length > MAX_REPLY_CHARS ? '' : text }
}

// One that cannot be decoded is not to take the answers of its wave with it, which are paid for.
function textOf(response: GoogleAppsScript.URL_Fetch.HTTPResponse): string {
  try {
    return response.getContentText()
  } catch {
    return ''
  }
}

// An add-on may have one time trigger a user and file, hourly at most; creating it fails at random (platform.md sections
// 7 and 9), and a run must not fail with it.
function watch(): boolean {
  try {
    const watched = ScriptApp.getProjectTriggers().some((trigger) => trigger.getHandlerFunction() === 'onTick')
    if (!watched) ScriptApp.newTrigger('onTick').timeBased().everyHours(1).create()
    return true
  } catch {
    return false
  }
}

// Each look at a store of properties is a call; the store itself is asked for once an execution.
function properties(open: () => GoogleAppsScript.Properties.Properties, count: () => void): Properties {
  let opened: GoogleAppsScript.Properties.Properties | undefined
  const bag = () => {
    count()
    return (opened ??= open())
  }
  let seen: Map<string, string> | undefined
  let seenAt = 0
  const look = () => {
    if (seen) return seen
    seenAt = Date.now()
    return (seen = new Map(Object.entries(bag().getProperties())))
  }
  return {
    get: (key) => bag().getProperty(key) ?? undefined,
    peek: (key) => look().get(key),
    peekKeys: () => [...look().keys()],
    refresh(withinMs = 0) {
      if (Date.now() - seenAt >= withinMs) seen = undefined
    },
    set(key, value) {
      if (value === undefined) {
        bag().deleteProperty(key)
        seen?.delete(key)
        return
      }
      save(bag(), key, value)
      seen?.set(key, value)
    },
  }
}

// 9 KB a value (platform.md section 1), in bytes: a character takes up to 3.
const VALUE_BYTES = 9 * 1024

// 500 KB a store (platform.md section 1). The texts of errors are localised: a full store and a moment's failure get the
// same words.
function save(bag: GoogleAppsScript.Properties.Properties, key: string, value: string): void {
  if (bytesOf(value) > VALUE_BYTES) {
    throw new Problem(
      'That is more than Google keeps for one file. Use shorter texts or fewer fields. Nothing is lost.',
    )
  }
  try {
    bag.setProperty(key, value)
  } catch {
    throw new Problem(
      'Google refused to save the state of this file. Try again in a minute; if it stays, remove keys that nobody needs. Nothing is lost.',
      'try_again',
    )
  }
}
