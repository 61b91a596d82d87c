/** Milliseconds that service calls take on the virtual clock. */

/** One small spreadsheet call: 0.2-0.3 s (platform.md section 4b, "EMU must"; section 1, T-10M). */
const SPREADSHEET_MS = 200
/** 200,000-row blocks over 10M cells took 85 s: 0.0085 ms a cell (platform.md section 1, T-10M). */
const CELL_MS = 0.0085
/** A properties read+write pair takes about 80 ms, a cache pair 63 ms (platform.md section 1, T-KV). */
const PROPERTY_MS = 40
const CACHE_MS = 32
/** No published figure for locks and triggers; taken as a small properties call. */
const LOCK_MS = 40
const TRIGGER_MS = 200

/** The least time of one request, of our own estimate: a short round trip from Google's network. */
export const FETCH_MS = 250
/** 10 calls of 1 s took 2.33 s (platform.md section 5, T-FA): about five run side by side. */
export const FETCH_WIDTH = 5

/** Calls that only make an object or look at the open page: they cost nothing that a script could notice. */
const FREE = new Set([
  'SpreadsheetApp.getActiveSpreadsheet',
  'SpreadsheetApp.getActive',
  'SpreadsheetApp.getUi',
  'Spreadsheet.getSheetByName',
  'Spreadsheet.getSheetById',
  'Spreadsheet.getActiveSheet',
  'Sheet.getRange',
  'Sheet.getRangeList',
  'Range.offset',
  'Range.getCell',
  'RangeList.getRanges',
  'Utilities.sleep',
  'Protection.canEdit',
])

const BY_CLASS: { readonly [name: string]: number } = {
  SpreadsheetApp: SPREADSHEET_MS,
  Spreadsheet: SPREADSHEET_MS,
  Sheet: SPREADSHEET_MS,
  Range: SPREADSHEET_MS,
  RangeList: SPREADSHEET_MS,
  Filter: SPREADSHEET_MS,
  Properties: PROPERTY_MS,
  Cache: CACHE_MS,
  Lock: LOCK_MS,
  ClockTriggerBuilder: TRIGGER_MS,
  SpreadsheetTriggerBuilder: TRIGGER_MS,
}

/** Virtual milliseconds of a call that touches so many cells; requests and sleep are timed where they happen. */
export function costOf(method: string, cells: number): number {
  if (FREE.has(method)) return 0
  return (BY_CLASS[method.slice(0, method.indexOf('.'))] ?? 0) + cells * CELL_MS
}
