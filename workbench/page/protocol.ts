import type { Ended, UiEvent, UpstreamCall } from '../appsscript/contract'
import type { Weather } from '../vendors/contract'
import type { FunctionHelp } from './function-help'

/** A change of the workbook in Univer's words: plain JSON that another copy of the workbook can execute. */
export interface Mutation {
  readonly id: string
  readonly params: unknown
}

/** A row of the drawer: an upstream call with what the vendor's books say about it. */
export interface DrawerCall extends UpstreamCall {
  /** Unknown until the vendor has booked the call. */
  readonly credits?: number
}

/** What the drawer shows besides the calls. */
export interface DrawerState {
  /** The emulator's clock, milliseconds since 1970. */
  readonly now: number
  readonly quotas: readonly { readonly name: string; readonly used: number; readonly limit: number }[]
  /** Demo keys that simulated vendors accept, by host; an empty text means that the vendor wants none. */
  readonly vendors: readonly { readonly host: string; readonly key: string; readonly charged: number }[]
}

/** Everything that a page needs to start or to start over. */
export interface PageState {
  readonly fileName: string
  readonly email: string
  readonly workbook: unknown
  /** The mutation that brings the values which array formulas spilled. */
  readonly spilled: Mutation
  /** The number of the last change that this state contains. */
  readonly sequence: number
  /** Names that `google.script.run` offers. */
  readonly functions: readonly string[]
  readonly help: readonly FunctionHelp[]
  readonly calls: readonly DrawerCall[]
  readonly drawer: DrawerState
}

/** What the server tells a page, in order. */
export type PageEvent =
  | { readonly kind: 'mutation'; readonly mutation: Mutation; readonly sequence: number }
  /** The page's copy is out of date: it loads the state again. */
  | { readonly kind: 'reload' }
  /** Another file is open: what stood over the old one closes. */
  | { readonly kind: 'opened' }
  /** Vendors are as at the start: the switches of the drawer go back. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'ui'; readonly event: UiEvent; readonly question?: number }
  | { readonly kind: 'name'; readonly fileName: string }
  | { readonly kind: 'call'; readonly call: DrawerCall }
  | { readonly kind: 'drawer'; readonly drawer: DrawerState }

/** A batch of changes that a person made in a page, and the last change that it had seen before the first of them. */
export interface MutationBatch {
  readonly mutations: readonly Mutation[]
  readonly seen: number
}

/** Asks for a function of the script, as the menu or `google.script.run` would. */
export interface RunRequest {
  readonly function: string
  readonly args: readonly unknown[]
  readonly via: 'menu' | 'rpc'
}

/** How a run ended, as far as a page may know. */
export type RunReply = Pick<Ended, 'state' | 'value' | 'error'>

/** What a person has selected. */
export interface Selection {
  readonly sheetId: string
  readonly ranges: readonly string[]
}

/** A button of an alert or a prompt, and the text of a prompt. */
export interface DialogAnswer {
  readonly question: number
  readonly button: string
  readonly text: string
}

/** Misfortune for one vendor, or for all when no host is named. */
export interface WeatherRequest {
  readonly host?: string
  readonly weather: Partial<Weather>
}
