import type { Answer } from '../domain/answer'
import type { Basis } from '../domain/basis'
import type { Environment } from '../domain/environment'
import type { Field } from '../domain/field'
import type { ProvenancePlace, VerificationStatus } from '../domain/finding'
import type { LookupKind } from '../domain/lookup-key'
import type { ProblemAction } from '../domain/problem'
import type { OverwriteRule } from '../domain/overwrite'
import type { Allowance, Money, Terms } from '../domain/provider'
import type { Balance, Receipt } from '../domain/receipt'
import type { MarkHeader, RowRef } from '../domain/row-print'
import type { FieldRule, StopRule } from '../domain/waterfall'
import type { PhoneType } from '../normalize/phone'
import type { Why } from '../rules/decide'
import type { Area } from '../sheet/grid'

/** What can cross `google.script.run`: JSON and nothing else (platform.md section 6). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A problem as the screen shows it. */
export type ProblemView = { readonly message: string; readonly action: ProblemAction | null }

/**
 * Which rows: those selected, all, those that miss a wanted field, those of the last run that miss one, or those that were
 * in no run of a saved run.
 */
export type Scope = 'selected' | 'all' | 'missing' | 'last_run' | 'added'

/** One column of the sheet and what we take it for. */
export type ColumnView = {
  /** Zero-based. */
  readonly column: number
  readonly letter: string
  readonly header: string
  readonly field: Field | null
  readonly how: 'header' | 'values' | 'you' | 'none'
  readonly examples: readonly string[]
}

/** A field that can be asked for. */
export type FieldChoice = {
  readonly field: Field
  readonly label: string
  readonly of: 'contact' | 'company'
  /** Vendor names in the order in which they are asked. */
  readonly vendors: readonly string[]
  /** Most credits that one row can cost for it. */
  readonly credits: number
  /** Rows in scope that miss it. */
  readonly missing: number
}

/** What the Enrich screen needs when it opens. */
export type Overview = {
  readonly sheet: { readonly id: number; readonly name: string; readonly rows: number }
  readonly selection: { readonly label: string; readonly rows: number }
  readonly scope: Scope
  readonly rowsInScope: number
  readonly columns: readonly ColumnView[]
  readonly choices: readonly FieldChoice[]
  readonly wanted: readonly Field[]
  readonly environment: Environment
  /** Names of the vendors that can verify addresses now, and of those that could with a key. */
  readonly verifiers: { readonly able: readonly string[]; readonly others: readonly string[] }
  /** The same of phone numbers; public sources that call nobody are not named. */
  readonly numberVerifiers: Overview['verifiers']
  /** False when the environment has no vendor that could be asked: open Vendors. */
  readonly canAsk: boolean
  readonly purpose: string
  /** The legal basis of the file; null before somebody chose it. */
  readonly basis: Basis | null
  readonly cap: number
  /** The run of this file that has not ended, whoever started it; or the last one that ended in this file. */
  readonly run: RunView | null
  /** Why nothing can be done on this sheet now: empty, no headers ... */
  readonly problem: ProblemView | null
  /** The practice tab of training, when it exists. */
  readonly practiceTab: string | null
  /** What keeps paid questions from being asked in this file until the person has chosen. */
  readonly storeTrouble: StoreTrouble | null
  /** What was noticed about the stored answers, in words. */
  readonly storeRemark: string | null
  /** The last runs and merges, newest first. */
  readonly history: readonly PastView[]
  readonly saved: readonly SavedView[]
}

/** A saved run by its name. */
export type SavedView = { readonly id: string; readonly name: string }

/** What a saved run comes to in the active tab. */
export type AppliedView = Pick<RunRequest, 'mapping' | 'wanted' | 'cap' | 'purpose'> &
  SavedView & {
    /** Headers that no column of the tab bears. */
    readonly missing: readonly string[]
    /** Labels of its fields that are searched for in another way in this file. */
    readonly otherRules: readonly string[]
    /** The caps of the file that it was saved in, in words, and those that this file has not, or has higher. */
    readonly caps: readonly string[]
    readonly lowerCaps: readonly string[]
    /** As it is shared. */
    readonly text: string
  }

/** What changed the sheet: a run, a merge of duplicates, formulas that became values or were inserted, or that ran again. */
export type ChangeKind = 'run' | 'merge' | 'formulas' | 'finish'

/** One of the last runs or merges. */
export type PastView = {
  readonly id: string
  readonly sheetName: string
  readonly at: number
  /** Cells that it filled; rows that a merge moved. */
  readonly cells: number
  readonly kind: ChangeKind
  readonly by: string
  /** What a run looked for. */
  readonly wanted: readonly Field[]
  readonly environment: Environment
  /** Credits that it spent, with those that may have been charged. */
  readonly credits: number
  /** `waits`: a newer run on the same tab is undone first. `nothing`: it changed no cell, or has not ended. */
  readonly undo: 'possible' | 'waits' | 'undone' | 'too_old' | 'tab_gone' | 'nothing'
}

/** How a field was searched for in a run: who was asked, in their order, and what was enough. */
export type SearchUsed = StopRule & {
  readonly field: Field
  readonly asked: readonly string[]
  readonly verifiers: readonly string[]
  readonly order: 'automatic' | 'given'
  readonly overwrite: OverwriteRule['kind']
}

/** How far the undoing of a run is, or what came of it. */
export type UndoView = {
  readonly runId: string
  readonly kind: ChangeKind
  readonly sheetName: string
  readonly state: 'running' | 'done'
  /** Whose run it was. */
  readonly by: string
  readonly cells: { readonly total: number; readonly done: number }
  /** Cells that are as they were before the run. */
  readonly restored: number
  /** Rows that a merge had moved and that are back. */
  readonly rowsBack: number
  /** Cells left alone because they were changed since, and where the first of them are. */
  readonly changed: number
  readonly changedAt: readonly string[]
  /** Cells whose row or column is not there any more. */
  readonly gone: number
  /** Headers of the columns that the run added: they stay, without its values. */
  readonly added: readonly string[]
}

/**
 * Why the stored answers cannot be used as they are: the file is a copy, an older version of it or of its hidden tabs was
 * restored, or a newer version of the product wrote them.
 */
export type StoreTrouble = { readonly state: 'copied' | 'restored' | 'newer'; readonly message: string }

/** What became of the stored answers. */
export type StoreChange = { readonly text: string }

/** What the person asks for. */
export type RunRequest = {
  readonly scope: Scope
  readonly wanted: readonly Field[]
  /** Corrections to the mapping: field or null for each column index. */
  readonly mapping: { readonly [column: string]: Field | null }
  readonly purpose: string
  readonly cap: number
  /** Only so many rows that would be asked about, to try; absent for all. */
  readonly sample?: number
  /**
   * `invalid` replaces the values that were proved invalid, whatever their rule allows usually; `beside` puts better values
   * that are known already into columns beside filled cells, and asks nobody.
   */
  readonly replace?: 'invalid' | 'beside' | undefined
  /** The saved run that it came from, by id. */
  readonly saved?: string | undefined
  /** Rows that are asked about once and get copies. */
  readonly repeats?: Repeats
}

/**
 * Rows of the sheet, counted from 0, that are the same contact or company: those of a group between commas, groups between
 * semicolons. `print` is the hash of their prints in that order, with spaces between.
 */
export type Repeats = { readonly groups: string; readonly print: string }

/** How a run ended or stands. */
export type RunState = 'running' | 'paused' | 'stopped' | 'done' | 'failed'

/** What became of one wanted field over all rows. Counts add up to the rows of the run. */
export type FieldSummary = {
  readonly field: Field
  readonly label: string
  readonly written: number
  readonly notFound: number
  /** Not written, and why: filled already, below the threshold, changed meanwhile, protected ... */
  readonly leftAlone: readonly { readonly status: LeftWhy; readonly why: string; readonly count: number }[]
}

/** Why a wanted field of a row was not written although nobody failed. */
export type LeftWhy =
  | Why
  | 'row_gone'
  | 'unasked'
  | 'vendor_trouble'
  | 'objected'
  | 'maybe_charged'
  | 'no_key'
  | 'other_company'
  | 'not_found'

/**
 * The one status of a row for a field of a run. `emptied`: what was found is not in its cell any more; `not_asked`: the
 * run ended before its turn.
 */
export type RowStatus = 'written' | LeftWhy | 'emptied' | 'not_asked'

/** How many rows have a status by now, and how many of them are selected in the sheet. */
export type RowsShown = { readonly found: number; readonly selected: number }

/** Where companion columns stand, how many rows have a word there, and how many cells hold something of a person. */
export type CompanionsView = { readonly columns: readonly string[]; readonly rows: number; readonly kept: number }

/** How many rows of a verification have each status, or each type of number, by now, most frequent first. */
export type VerdictsView = readonly { readonly status: VerificationStatus | PhoneType; readonly count: number }[]

/** The state of a run, whole: a reload loses nothing. */
export type RunView = {
  readonly id: string
  readonly state: RunState
  /** True when this person started it. */
  readonly mine: boolean
  readonly by: string
  readonly sheetName: string
  readonly startedAt: number
  readonly endedAt: number | null
  /** `waiting`: rows of a paused run that are gone through, but that a vendor failed for. */
  readonly rows: { readonly total: number; readonly done: number; readonly waiting: number }
  readonly cellsWritten: number
  readonly calls: number
  /** `held`: of questions that vendors still work on. */
  readonly credits: {
    readonly spent: number
    readonly held: number
    readonly maybe: number
    readonly cap: number
    readonly worst: number
  }
  readonly fields: readonly FieldSummary[]
  readonly vendors: readonly {
    readonly name: string
    readonly calls: number
    readonly found: number
    readonly credits: number
    /** For example "refused the key" or "resting until 14:03". */
    readonly trouble: string | null
  }[]
  /** Of a trial: the rows that are left, and how all of them were chosen; null of a whole run. */
  readonly sample: { readonly scope: Scope; readonly rest: number; readonly saved?: string | undefined } | null
  /** Cells of which something went wrong that a person can mend. */
  readonly failed: number
  /** Cells that a failing vendor left empty: resuming tries them again. */
  readonly retryable: number
  /** Values that wait for a person to decide in Review; 0 while the run goes on, and once it was undone. */
  readonly review: number
  /** Set while a quota of Google is used up: when it goes on by itself, milliseconds since 1970, and why it rests. */
  readonly rest: { readonly until: number; readonly message: string } | null
  /** Until when an execution holds the run at most: it works, or Google stopped it. */
  readonly heldUntil: number | null
  /** How many lanes are worth driving beside `continueRun`; 0 for a short run. */
  readonly lanes: number
  /** What happens while the sidebar is closed, in words. */
  readonly whenClosed: string
  /** Why it is paused or failed, and what to do. */
  readonly problem: ProblemView | null
  /** What the person should look at. */
  readonly remarks: readonly string[]
  /** Whether the cells that it wrote can be put back, or were. */
  readonly undo: 'possible' | 'undone' | null
  readonly training: boolean
  /** Where it tells who said a value. */
  readonly provenance: ProvenancePlace
}

/** A value that was found but not written: a person decides. */
export type CandidateView = {
  readonly value: string
  readonly confidence: number
  readonly status: VerificationStatus | null
  /** Names of those who gave it. */
  readonly vendors: readonly string[]
}

/** One cell with what was found for it and waits in Review. */
export type ReviewItem = {
  /** Position in the run's planned rows, and the number of its row beside the grid. */
  readonly planned: number
  readonly row: number
  readonly field: Field
  readonly label: string
  /** Whom the row is about, such as "Ada Nowak, Everyone Ltd". */
  readonly who: string
  /** What the cell holds; empty when it is empty. */
  readonly text: string
  /** Why it was not written, in a sentence. */
  readonly why: string
  /** The best first. */
  readonly candidates: readonly CandidateView[]
}

/** What waits for a person to decide in a run. */
export type ReviewView = {
  readonly runId: string
  readonly sheetName: string
  readonly items: readonly ReviewItem[]
  /** Those beyond the items: they are shown once these are decided. */
  readonly more: number
}

/** What a person decided about a value. */
export type ReviewDecision = {
  readonly planned: number
  readonly field: Field
  readonly value: string
  readonly verdict: 'accept' | 'reject'
}

/** What became of some decisions. */
export type ReviewResult = {
  readonly written: number
  readonly rejected: number
  /** Values that were accepted and are not in their cells, by reason. */
  readonly left: readonly { readonly why: string; readonly count: number }[]
}

/** One vendor on the Vendors screen. A key never comes back: only where it is and its last four characters. */
export type VendorView = {
  readonly id: string
  readonly name: string
  readonly docs: string
  readonly host: string
  readonly kind: 'training' | 'public' | 'vendor'
  readonly keys: readonly {
    readonly environment: Environment
    readonly place: KeyPlace
    readonly last4: string
  }[]
  readonly finds: readonly string[]
  /** How it may be asked for money, on the terms of this file. */
  readonly prices: readonly PriceView[]
  /** How old the usual prices are: "as of 2026-11" as their source says, or "read on 2026-11-01"; null where no source tells them. */
  readonly priced: string | null
  readonly limits: readonly LimitView[]
  /** Most calls in a day, where somebody set that. */
  readonly perDay: number | null
  /** What a credit costs in money, and what the plan gives a month, as a person says. */
  readonly money: Money | null
  readonly plan: Allowance | null
  /** Who set prices or limits of it last, and when; null while all are the usual ones. */
  readonly changed: { readonly by: 'you' | 'another person'; readonly at: number } | null
  /** Why it is not asked just now in the run of this file, in words. */
  readonly resting: string | null
  /** Where it sits or processes data, its privacy notice and its terms on processing data; null where that is not sourced. */
  readonly region: string | null
  readonly privacy: string | null
  readonly terms: string | null
  /** Whether data leaves the EEA, or may do so, and somebody ticked for this file that this is covered. */
  readonly transfer: 'none' | 'open' | 'covered'
}

/** What one way of asking a vendor costs. */
export type PriceView = {
  /** The operation. */
  readonly id: string
  /** For example "by name and domain". */
  readonly asked: string
  readonly finds: readonly string[]
  /** Its charge at the price of this file, in words. */
  readonly words: string
  /** Null where no source tells it, as long as nobody entered it. */
  readonly credits: number | null
  readonly usual: number | null
}

/** How often a vendor may be called by some of its ways of asking, which share the limit. */
export type LimitView = {
  /** The group of operations. */
  readonly id: string
  /** What shares it, in words; empty where it is all of the vendor. */
  readonly asked: readonly string[]
  readonly perSecond: CallsView
  readonly perMinute: CallsView
}

/** A limit as it is and as it would be; null is none. */
export type CallsView = { readonly calls: number | null; readonly usual: number | null }

/** How one field is searched for, and what is known about those who can find it. */
export type WaterfallView = {
  readonly field: Field
  readonly rule: FieldRule
  /** Whether somebody set it. */
  readonly edited: boolean
  /** Set when what somebody set cannot be read: nobody is asked for the field until it is set again. */
  readonly damaged: boolean
  /** Who can be asked, also those switched off, least cost for each accepted answer first. */
  readonly vendors: readonly {
    readonly id: string
    readonly name: string
    /** Its ways of being asked, each with what an accepted answer costs and why. */
    readonly ways: readonly { readonly asked: string; readonly reason: string }[]
  }[]
  /** Who could find it with a key, an approval or a tick. */
  readonly others: readonly string[]
}

/** What the Waterfall screen shows: the searches for all fields that some vendor finds, in catalogue order. */
export type WaterfallsView = {
  /** Whose keys and answers count; of training those of production, for invented answers have no order. */
  readonly environment: Environment
  readonly training: boolean
  /** Whether a vendor can be asked that is no public source. */
  readonly canAsk: boolean
  readonly fields: readonly WaterfallView[]
  /** Names of vendors that can check addresses, in the order in which they are asked. */
  readonly verifiers: readonly string[]
}

/** Personal: this person only. Shared: formulas and every editor of the file may spend it. */
export type KeyPlace = 'personal' | 'shared'

/** One of the file's own vendors: the recipe that somebody wrote, and what it sends. */
export type RecipeView = {
  /** Its id as a vendor. */
  readonly id: string
  readonly name: string
  readonly host: string
  /** The recipe as JSON; empty when it cannot be read. */
  readonly text: string
  /** What is approved: it changes with what is sent. */
  readonly mark: string
  readonly approved: boolean
  /** Why it cannot be used, in words. */
  readonly trouble: string | null
  readonly questions: readonly {
    /** For example "by name and domain". */
    readonly asked: string
    readonly sends: readonly string[]
    readonly finds: readonly string[]
    readonly price: string
    readonly credits: number
  }[]
}

/** What came of trying one of the file's own vendors on a row. */
export type TryView = {
  /** As it is numbered beside the grid. */
  readonly row: number
  readonly asked: string
  readonly sent: readonly { readonly name: string; readonly value: string }[]
  /** What the answer means, in a sentence. */
  readonly meaning: string
  /** The beginning of the reply, without secrets; null when nothing was asked because the answer was known. */
  readonly reply: { readonly status: number; readonly text: string; readonly isCut: boolean } | null
  readonly takes: readonly { readonly label: string; readonly value: string; readonly sure: string }[]
  /** Paths of the recipe that do not fit the reply, in sentences. */
  readonly lost: readonly string[]
  readonly credits: number
}

/** One step of the search for the value of a cell, in words. */
export type ExplainStep = {
  readonly vendor: string
  /** For example "by name and domain"; empty when the vendor is gone. */
  readonly asked: string
  /** Of the whole answer; null when it was not asked. */
  readonly credits: number | null
  /** When it answered, milliseconds since 1970. */
  readonly at: number | null
  /** What it said about the field. */
  readonly said: string | null
  /** Why the search stopped there or went on, in a sentence. */
  readonly then: string
}

/** How the value of one cell was searched for. */
export type ExplainView = {
  /** Such as D12. */
  readonly cell: string
  readonly text: string
  /** The field of its column; null when it has none. */
  readonly label: string | null
  /** Whether more cells are selected, of which this is the first. */
  readonly hasMore: boolean
  /** Whose value stands in the cell, in a sentence. */
  readonly holder: string
  /** What the search came to, with its source, confidence, status, day and price in one line; null when nothing was found. */
  readonly found: {
    readonly value: string
    readonly note: string
    readonly sourceUrl: string | null
    /** False for a value that is not sure enough to be written. */
    readonly isGood: boolean
  } | null
  readonly steps: readonly ExplainStep[]
  readonly remarks: readonly string[]
  /** Why there is nothing to tell, in words. */
  readonly nothing: string | null
}

/** How many formulas were begun anew, where they stand (`E2:E21`), and how many wait for another turn. */
export type FinishView = {
  readonly begun: number
  readonly cells: readonly string[]
  readonly left: number
  /** A sentence about a vendor that some of them wait for. */
  readonly why?: string
}

/** How many formulas of ours there are: with a result, waiting, and showing an error. */
export type FormulaCounts = { readonly ready: number; readonly pending: number; readonly failed: number }

/** The formulas of the active tab, and those of them that are selected. */
export type FormulaCellsView = {
  readonly sheet: { readonly id: number; readonly name: string }
  readonly areas: readonly Area[]
  readonly tab: FormulaCounts
  readonly selection: FormulaCounts
}

/** How far formulas became values: cells changed by now, and the formulas that are left. `isWhole`: nothing more to do. */
export type ValuesView = FormulaCounts & {
  readonly change: string
  readonly changed: number
  readonly isWhole: boolean
}

/** What the builder of formulas starts from. */
export type BuilderView = {
  readonly sheet: { readonly id: number; readonly name: string }
  /** Names the columns: a formula is inserted only under the very same ones. */
  readonly mark: string
  /** Zero-based. */
  readonly headerRow: number
  readonly lastRow: number
  readonly rows: number
  readonly columns: readonly ColumnView[]
  /** Whether formulas may spend, and how many credits of today are left. */
  readonly spending: { readonly isOn: boolean; readonly left: number }
}

/** What a formula down the column may cost at most: rows with a key, those that cost nothing, and credits. */
export type FormulaPriceView = { readonly rows: number; readonly free: number; readonly worst: number }

/** How far formulas were inserted. */
export type InsertedView = {
  readonly change: string
  readonly inserted: number
  readonly isWhole: boolean
  /** Letter of the new column. */
  readonly column: string
}

/** What formulas of this file may spend, what they did today, and how much of what they asked is not in the store yet. */
export type FormulasView = {
  readonly isOn: boolean
  /** Credits. */
  readonly perDay: number
  readonly today: number
  readonly waiting: number
}

/** What the Usage screen shows: what was spent in an environment, as the ledger has it. */
export type UsageView = {
  readonly environment: Environment
  /** As 2026-11-29; days begin at midnight in UTC. */
  readonly today: string
  /** The last 30 days, oldest first, each with the vendors that took something. */
  readonly days: readonly {
    readonly day: string
    readonly vendors: readonly { readonly id: string; readonly credits: number; readonly maybe: number }[]
  }[]
  /** Those who were asked, who took most first. */
  readonly vendors: readonly {
    readonly id: string
    readonly name: string
    readonly requests: number
    /** Questions that were answered, and how many with a value. */
    readonly asked: number
    readonly found: number
    readonly credits: number
    readonly maybe: number
    /** Credits for each accepted answer; null before there is one. */
    readonly perAccepted: number | null
    /** What is left in this person's account; null when it is not known. */
    readonly balance: Balance | null
    /** What a credit costs, where a person said so. */
    readonly money: Money | null
  }[]
  /** What is unusual, in sentences. */
  readonly remarks: readonly string[]
  /** Lines of the ledger that somebody made unreadable. */
  readonly damaged: number
}

/** What the screens Vendors and Settings show. */
export type SettingsView = {
  readonly environment: Environment
  readonly vendors: readonly VendorView[]
  /** Set when prices and limits that somebody set cannot be read: nobody is asked until one is set again. */
  readonly termsDamaged: boolean
  /** Those of the recipes that can be read. */
  readonly ownVendors: readonly VendorView[]
  readonly recipes: readonly RecipeView[]
  readonly purpose: string
  readonly cap: number
  readonly caps: CapsView
  readonly suppressed: number
  readonly provenance: ProvenancePlace
  readonly edition: 'addon' | 'bound'
  readonly google: GoogleView
  /** The public sources that are asked only if they are ticked, each with a sentence about it. */
  readonly formulas: FormulasView
  readonly publicSources: readonly {
    readonly id: string
    readonly name: string
    readonly about: string
    readonly ticked: boolean
  }[]
}

/** A cap on credits, null for none, and what counts against it by now. */
export type CapView = { readonly cap: number | null; readonly used: number }

/** The caps of the file beside that of a run: in a day, in a month, in a month of each person and of each vendor. */
export type CapsView = {
  readonly day: CapView
  readonly month: CapView
  readonly person: CapView
  /** Vendors with a key, and others that have a cap. */
  readonly vendors: readonly ({ readonly id: string; readonly name: string } & CapView)[]
  /** Whether a run that was paused at the cap of a day goes on by itself on the next one. */
  readonly goesOn: boolean
  /** Set when what somebody set cannot be read: nothing is spent until caps are saved again. */
  readonly damaged: boolean
}

/** Caps as a person sets them; what is absent has none. */
export type CapsEntry = {
  readonly day?: number
  readonly month?: number
  readonly person?: number
  readonly vendors: { readonly [vendor: string]: number }
  /** `false` where a run that was paused at the cap of a day waits for its person. */
  readonly goesOn?: boolean
}

/** What Google lets this person send in a day. */
export type GoogleView = {
  readonly account: 'personal' | 'workspace'
  readonly fetches: { readonly used: number; readonly perDay: number }
  /** When Google counts anew, milliseconds since 1970. */
  readonly until: number
}

/** A tab and its columns, before its rows are read for a search. */
export type ListHead = {
  /** `firstRow`: zero-based, of the first row under the headers; `rows`: from there to the last used one. */
  readonly sheet: { readonly id: number; readonly name: string; readonly firstRow: number; readonly rows: number }
  readonly columns: readonly ColumnView[]
  readonly problem: ProblemView | null
}

/** What the screen Duplicates needs when it opens: the head of the tab that is open, and what belongs to the file. */
export type DuplicatesView = ListHead & {
  /** Its areas as first row and number of rows. */
  readonly selection: { readonly label: string; readonly areas: readonly (readonly [row: number, rows: number])[] }
  /** The other tabs that people see. */
  readonly others: readonly { readonly id: number; readonly name: string }[]
  /** Hashes of the pairs that somebody said are not the same. */
  readonly apart: readonly string[]
  /** A merge that was interrupted within a batch. */
  readonly pending: MergeView | null
}

/** A row of a list: its zero-based place, its texts, and the columns that formulas fill. */
export type ListRow = readonly [row: number, texts: readonly string[], formulas: readonly number[]]

/** Rows of a list as the search for duplicates reads them. */
export type ListPage = {
  readonly headers: readonly string[]
  /** Names the columns: equal for all pages of a search, or they were changed meanwhile. */
  readonly mark: string
  readonly rows: readonly ListRow[]
  /** Rows of the page that a filter hides: they are left out. */
  readonly hidden: number
  /** Rows with cells that are protected or merged with others. */
  readonly blocked: readonly number[]
  /** Where the next page begins; null after the last. */
  readonly next: number | null
  readonly remark: string | null
}

/** Rows that become one: the one that stays with its new cells, and those that move away. */
export type MergeGroup = {
  readonly keep: RowRef
  readonly gone: readonly RowRef[]
  /** `header` names one of our columns for other values; `from`: the row whose cell is taken as it is. */
  readonly cells: readonly {
    readonly column: number | null
    readonly header: string
    readonly text: string
    readonly from: number | null
  }[]
}

/** How far a merge is. */
export type MergeView = {
  readonly id: string
  readonly sheetName: string
  /** The tab that holds the merged rows now. */
  readonly tab: string
  readonly groups: number
  readonly rows: number
  /** Groups left alone because a row was changed since the search, and because of protected cells. */
  readonly changed: number
  readonly blocked: number
  /** False while a batch is begun and not ended. */
  readonly isWhole: boolean
}

/** How many rows are marked by now in a column of marks, and how many marks were not possible. */
export type MarksView = { readonly column: string; readonly marked: number; readonly blocked: number }

/** What the Privacy screen shows: the legal basis of the file, null before somebody chose it, and its list. */
export type PrivacyView = {
  readonly basis: Basis | null
  readonly suppressed: number
  readonly vendors: readonly Pick<VendorView, 'id' | 'name' | 'region' | 'transfer'>[]
}

/** What a register of processing takes from this file beside its legal basis and its periods. */
export type RegisterView = {
  readonly vendors: readonly (Pick<
    VendorView,
    'id' | 'name' | 'region' | 'privacy' | 'terms' | 'transfer' | 'finds'
  > & {
    /** Whether it was asked by this file, in production or staging. */
    readonly wasAsked: boolean
  })[]
  /** By month, as 2026-11, oldest first. */
  readonly months: readonly {
    readonly month: string
    readonly vendor: string
    readonly requests: number
    /** Questions about people and companies that were answered, and how many with a value. */
    readonly asked: number
    readonly found: number
  }[]
}

/** A part of the never-look-up list: hashes, and the salt of the file that they come from. */
export type SuppressedHashes = { readonly salt: string; readonly hashes: readonly string[] }

/** Every question the sidebar may ask of the server: arguments and reply of each. */
export type Api = {
  overview(ask: {
    readonly scope: Scope
    readonly mapping: RunRequest['mapping']
    readonly wanted: readonly Field[] | null
    readonly saved?: string | undefined
  }): Overview
  receipt(request: RunRequest): Receipt
  /** A receipt to compare with the one that was shown last, which stays the one that can be started. */
  compareReceipt(request: RunRequest): Receipt
  /** Starts the run of a receipt that is still valid; its repeats come along again. */
  startRun(receiptId: string, repeats?: Repeats): RunView
  /** Works for one slice (about 20 s) and returns the state; called in a loop by the person who started the run. */
  continueRun(runId: string): RunView
  /** Works as one of several lanes (1 to 4) beside `continueRun`, as long as that takes it in; called in a loop as well. */
  joinRun(ask: { readonly run: string; readonly lane: number }): RunView
  /** The state without working; cheap enough for every two seconds. */
  runStatus(runId: string): RunView
  /** Asks the run to stop: it does so within one wave. Anyone may ask. */
  stopRun(runId: string): RunView
  /** Goes on with a paused, stopped or resting run, or tries again what failed in one that is done. */
  resumeRun(runId: string): RunView
  /** Selects the rows of a run in which a field has this status. */
  showRows(ask: { readonly run: string; readonly field: Field; readonly status: RowStatus }): RowsShown
  /** Selects the rows of a run in which something went wrong with any field. */
  showFailed(runId: string): RowsShown
  /**
   * Puts beside the list, in columns of their own, what became of each row of the last run, or where its values come from;
   * `nothing` empties them.
   */
  addCompanions(ask: { readonly run: string; readonly what: 'status' | 'sources' | 'nothing' }): CompanionsView
  /** The statuses that stand beside the addresses of a run, or the types beside its numbers. */
  verdicts(runId: string): VerdictsView
  /** What was found in a run that has ended and waits for a person to decide. */
  review(runId: string): ReviewView
  /** Writes the values that a person accepts, and remembers those that they reject. */
  settleReview(ask: { readonly run: string; readonly decisions: readonly ReviewDecision[] }): ReviewResult
  /** How the value of the first selected cell was searched for, from what is on record; nobody is asked. */
  explainCell(mapping: RunRequest['mapping']): ExplainView
  /** How one of the last three runs searched for its fields; nothing for older ones. */
  searchesUsed(runId: string): readonly SearchUsed[]
  /** Puts the cells that one of the last runs wrote back, for about 20 s; called again until it is done. */
  undoRun(runId: string): UndoView
  duplicates(mapping: RunRequest['mapping']): DuplicatesView
  /** The head of another tab, which the open one is compared with. */
  otherList(sheet: number): ListHead
  listRows(ask: { readonly sheet: number; readonly firstRow: number; readonly from: number }): ListPage
  /** Cells, as row and column, that a person changed after a run had filled them. */
  verifiedCells(sheet: number): readonly (readonly [row: number, column: number])[]
  /** Remembers pairs of rows that are not the same. */
  keepApart(pairs: readonly string[]): { readonly kept: number }
  /** Sets the marks of the rows from `from` on and before `to`; marks of ours there that are not given are taken away. */
  markRows(ask: {
    readonly sheet: number
    readonly header: MarkHeader
    readonly mark: string
    readonly from: number
    readonly to: number
    readonly rows: readonly { readonly print: string; readonly text: string }[]
  }): MarksView
  /** Merges the groups of the next batch of a merge. Asked again for the same batch, it goes on with it. */
  mergeGroups(ask: {
    readonly merge: string
    readonly batch: number
    readonly sheet: number
    readonly firstRow: number
    readonly mark: string
    readonly groups: readonly MergeGroup[]
  }): MergeView
  /** Ends the batch of a merge that was interrupted. */
  finishMerge(merge: string): MergeView
  settings(): SettingsView
  setEnvironment(environment: Environment): SettingsView
  saveKey(entry: {
    readonly vendor: string
    readonly environment: Environment
    readonly place: KeyPlace
    readonly key: string
  }): SettingsView
  /** Ticks for this file that the transfer of data to a vendor outside the EEA is covered, or takes the tick back. */
  coverTransfer(given: { readonly vendor: string; readonly isCovered: boolean }): SettingsView
  removeKey(entry: {
    readonly vendor: string
    readonly environment: Environment
    readonly place: KeyPlace
  }): SettingsView
  /** Asks the vendor, free of charge, whether it knows the key and what is left. */
  testKey(entry: { readonly vendor: string; readonly environment: Environment }): {
    readonly ok: boolean
    readonly text: string
  }
  /** Keeps a recipe, or each of a list; in the place of the one with this id, or as a new one. */
  saveRecipe(given: { readonly id: string | null; readonly text: string }): SettingsView
  removeRecipe(recipe: string): SettingsView
  /** Agrees, for this person alone, to what a recipe sends. */
  approveRecipe(given: { readonly recipe: string; readonly mark: string }): SettingsView
  /** Asks one of the file's own vendors about the first selected row, once, at its price. */
  tryRecipe(given: { readonly recipe: string; readonly purpose: string }): TryView
  /** Sets what a vendor costs and allows in this file; null is the usual. */
  saveTerms(given: { readonly vendor: string; readonly terms: Terms | null }): SettingsView
  waterfalls(): WaterfallsView
  /** Sets how a field is searched for in this file; null is the usual. */
  saveWaterfall(given: { readonly field: Field; readonly rule: FieldRule | null }): WaterfallsView
  /** Saves a request under a name, or in the place of the one with this name; `left` are columns without a header. */
  saveRun(ask: { readonly name: string; readonly request: RunRequest }): {
    readonly id: string
    readonly left: readonly string[]
  }
  /** Keeps a saved run that somebody shared as text. */
  addSaved(text: string): { readonly id: string }
  /** Looks for what a saved run says in the active tab; nothing is changed. */
  applySaved(id: string): AppliedView
  /** Sets the searches of this file as a saved run has them. */
  takeRules(id: string): AppliedView
  /** Sets the caps of a saved run where this file has none, or a higher one. */
  takeCaps(id: string): AppliedView
  removeSaved(id: string): { readonly saved: readonly SavedView[] }
  saveCap(cap: number): SettingsView
  /** Sets the caps of the file beside that of a run. */
  saveCaps(caps: CapsEntry): SettingsView
  /** Ticks the public sources with these ids, and no others. */
  saveSources(ids: readonly string[]): SettingsView
  /** Says what kind of Google account this person has: a Workspace account may send more in a day. */
  saveAccount(account: GoogleView['account']): SettingsView
  saveProvenance(where: ProvenancePlace): SettingsView
  /** Switches spending by formulas on with a cap of credits a day, or off. */
  saveFormulaSpending(given: { readonly isOn: boolean; readonly perDay: number }): SettingsView
  /** Makes formulas of the active tab that wait for something run again, some at a time: called again with the same name. */
  finishFormulas(change: string): FinishView
  formulaCells(): FormulaCellsView
  formulaBuilder(): BuilderView
  priceFormula(ask: {
    readonly sheet: number
    readonly mark: string
    /** `row`: whole rows, as the columns are understood. */
    readonly about: 'person' | 'company' | 'row'
    readonly columns: readonly number[]
    readonly fields: readonly Field[]
  }): FormulaPriceView
  /** Inserts a formula of the first row under the headers, one a row or one for all; called again until it is whole. */
  insertFormulas(ask: {
    readonly change: string
    readonly sheet: number
    readonly mark: string
    readonly headerRow: number
    readonly headers: readonly string[]
    readonly formula: string
    readonly way: 'rows' | 'whole'
  }): InsertedView
  /** Puts values in the place of formulas; called again until it is whole. `areas`: null for the whole tab. */
  turnIntoValues(ask: {
    readonly change: string
    readonly sheet: number
    readonly areas: readonly Area[] | null
  }): ValuesView
  /** People and domains as lines of text, or rows of a file under its headers; they will never be looked up. */
  addSuppressed(text: string): {
    readonly added: number
    readonly unreadable: readonly string[]
    readonly total: number
  }
  /** Takes those in a text off the list again; other identifiers of the same people stay. */
  removeSuppressed(text: string): {
    readonly removed: number
    readonly unreadable: readonly string[]
    readonly total: number
  }
  privacy(): PrivacyView
  /** Sets why people are looked up in this file, on what ground, and which kinds of data that takes. */
  saveBasis(basis: Basis): PrivacyView
  /** Vendors and counts by month, for a register of processing. */
  register(): RegisterView
  /** Adds hashes that were exported from another file, under the salt of that file. */
  importSuppressed(hashes: SuppressedHashes): { readonly added: number; readonly total: number }
  /** The never-look-up list for another file. */
  exportSuppressed(): readonly SuppressedHashes[]
  usage(): UsageView
  /** The ledger as a CSV file. */
  exportUsage(): { readonly name: string; readonly text: string }
  /** Takes over what can be read of the stored answers after a copy or a restored version; ends the run that stood there. */
  keepStore(): StoreChange
  /** Forgets all stored answers and ends the run; the cells stay as they are. */
  clearStore(): StoreChange
  /** Looks for what this file holds about one person; by the trail of the last call it goes on. Nothing is changed. */
  person(given: PersonAsk | string): PersonSearch
  /** Puts texts into a new tab, as text. */
  newTab(ask: { readonly name: string; readonly lines: readonly (readonly string[])[] }): { readonly name: string }
  /** Begins to erase a person, or goes on with it as far as one call goes. */
  erasePerson(ask: EraseAsk | null): ErasureView
  correctPerson(ask: CorrectAsk): CorrectView
  retention(): RetentionView
  /** Sets how long things are kept; from then on the hourly trigger removes what is older, once a day. */
  saveRetention(periods: Periods): RetentionView
  /** Removes what is older now. */
  clean(): RetentionView
  notices(): NoticesView
  /** Notes today in the column "Informed on" of some rows. */
  markInformed(ask: { readonly sheet: number; readonly prints: readonly string[] }): NoticesView
  /** Shows a tab with rows selected, counted from 1. */
  selectRows(ask: { readonly sheet: number; readonly rows: readonly number[] }): { readonly selected: number }
  /** Deletes the practice tab that training made. */
  removePractice(): { readonly removed: boolean }
}

/** Whom somebody asks about, by whatever they have; `picked` are the places that are meant, null leaves it to the search. */
export interface PersonAsk {
  readonly who: {
    readonly email: string
    readonly linkedin: string
    readonly phone: string
    readonly name: string
    readonly company: string
  }
  readonly picked: readonly string[] | null
}

/** A row in which somebody stands: as who the row is about, or spoken of in it. */
export interface PersonPlace {
  readonly id: string
  readonly sheetName: string
  /** As it stands beside the grid. */
  readonly row: number
  readonly how: 'row' | 'mention'
  /** Whether it counts as the person's; the others may be somebody else's of that name. */
  readonly isMeant: boolean
  readonly cells: readonly {
    readonly column: number
    readonly header: string
    readonly text: string
    readonly note: string
  }[]
}

/** How far a search is: what was found last begins another round. */
export interface PersonSearch {
  /** Goes on with it, and says to an erasure or correction whom it found. */
  readonly trail: string
  readonly round: number
  readonly done: number
  readonly of: number
  /** Null before it is done. */
  readonly view: PersonView | null
}

/** What a file holds about one person. */
export interface PersonView {
  readonly places: readonly PersonPlace[]
  /** Stored answers of vendors, those that wait in formulas too. */
  readonly answers: readonly {
    readonly vendor: string
    readonly asked: LookupKind | null
    readonly at: number
    readonly outcome: Answer['outcome']
    readonly values: readonly (readonly [field: string, value: string])[]
  }[]
  /** Lines of the ledger, rows of the last runs, and texts kept for Undo that are about them. */
  readonly requests: number
  readonly planned: number
  readonly before: number
  /** Who was asked about them, and when last. */
  readonly vendors: readonly { readonly name: string; readonly privacy: string | null; readonly at: number }[]
  readonly basis: Basis | null
  readonly periods: Periods
}

/** What is to be erased of whom a search found: the cells that are shown, or the rows whole. */
export interface EraseAsk {
  readonly trail: string
  readonly what: 'cells' | 'rows'
  /** Who does it, as they call themselves. */
  readonly by: string
}

/** What is right about whom a search found. */
export interface CorrectAsk {
  readonly trail: string
  readonly field: Field
  readonly value: string
}

/** In how many rows it stands by now, and where it could not be written: protected, a formula, or changed meanwhile. */
export interface CorrectView {
  readonly changed: number
  readonly missed: readonly string[]
}

/** How long things are kept, in days; of a field only where it is less than stored answers are. */
export interface Periods {
  readonly answers: number
  /** What the last runs wrote and what stood there before, for Undo. */
  readonly runs: number
  /** Parts of hashes in the ledger; its figures stay. */
  readonly requests: number
  readonly fields: { readonly [F in Field]?: number }
}

/** The periods of a file, and what is older by now. */
export interface RetentionView {
  readonly periods: Periods
  /** Nothing is removed before a person has set the periods. */
  readonly isSet: boolean
  readonly due: { readonly answers: number; readonly values: number; readonly runs: number; readonly requests: number }
}

/** A lead that was not told yet where their data comes from (GDPR Art. 14). */
export interface NoticeRow {
  readonly row: number
  readonly print: string
  readonly who: string
  /** When the first of what vendors said was written into the row. */
  readonly at: number
  readonly vendors: readonly string[]
}

/** Who in the active tab is to be told, those first who wait longest. */
export interface NoticesView {
  readonly sheet: number
  readonly sheetName: string
  readonly rows: readonly NoticeRow[]
  readonly more: number
  readonly informed: number
  readonly basis: Basis | null
}

/** How far an erasure is, and what is known of those that were done: never whom. */
export interface ErasureView {
  /** What is left to do: null when nothing is. */
  readonly left: number | null
  /** Places that could not be erased: protected, or changed meanwhile. */
  readonly missed: number
  readonly done: readonly ErasureProof[]
}

/** That somebody was erased: when, by whom, and how much, never whom. */
export interface ErasureProof {
  readonly at: number
  readonly by: string
  readonly what: EraseAsk['what']
  readonly rows: number
  readonly answers: number
}

/** What `rpc` returns as JSON text. */
export type Reply<T> = { readonly value: T } | { readonly problem: ProblemView }
