import type { World } from './people'
import type { Registers } from './registers'

/** One request that a simulated vendor received, as its own books show it. */
export interface VendorCall {
  readonly at: number
  /** The real host name it was asked as, for example `api.hunter.io`. */
  readonly host: string
  readonly method: string
  readonly path: string
  readonly status: number
  /** Credits the vendor took for this call; below 0 when the call showed what it gives back of an earlier one. */
  readonly credits: number
  readonly operation: string
  /** The normalised questions of the call, several of a batch and none of a poll, so that a test can count distinct keys. */
  readonly questions: readonly string[]
}

/** Misfortune, switchable while running. */
export interface Weather {
  /** Added to every answer, milliseconds; on a clock other than the machine's it is told and not waited for. */
  readonly latencyMs: number
  /** Share of calls (0..1, deterministic by call number) answered as throttled in the vendor's own way. */
  readonly throttle: number
  /** Answers 503 to everything. */
  readonly outage: boolean
  /** Closes the connection without an answer. */
  readonly dead: boolean
  /** Takes the question and the money, and closes the connection before it answers. */
  readonly mute: boolean
  /** Says everything twice: the lists in an answer hold each of their records two times. */
  readonly twice: boolean
}

/** What vendors were asked, and what was wrong with them. */
export interface Books {
  readonly calls: readonly VendorCall[]
  readonly weather: readonly (readonly [host: string, weather: Weather])[]
}

/** All simulated vendors on local ports. */
export interface Vendors {
  /** The port that plays a host, or undefined for an unknown one. */
  resolve(host: string): number | undefined
  readonly hosts: readonly string[]
  /** Keys that work, by host, for tests and the demo. */
  readonly keys: { readonly [host: string]: string }
  calls(): readonly VendorCall[]
  /** Hears each call with the request as it arrived. */
  onCall(listener: (call: VendorCall, request: VendorRequest) => void): () => void
  /** Credits that a host took since the start or the last reset, less what it gave back: the sum of its books. */
  charged(host: string): number
  weather(host: string, weather: Partial<Weather>): void
  /** Replaces the answer to matching calls: HTML, truncated, huge, wrong shape ... */
  script(
    host: string,
    answer:
      | ((
          path: string,
        ) =>
          | { readonly status: number; readonly body: string; readonly headers?: { readonly [name: string]: string } }
          | undefined)
      | undefined,
  ): void
  reset(): void
  /** The books and the weather as they stand, to come back to with `restore`. */
  snapshot(): Books
  /** As after `reset`, with these: who was asked what is known, and no limit or ticket is under way. */
  restore(books: Books): void
  stop(): Promise<void>
}

/** How the vendors are started. */
export interface VendorsOptions {
  /** Milliseconds since 1970, for rate limits and dates; the machine's clock when absent. */
  readonly clock?: () => number
  /** Equal seeds give equal invented people; `world` when absent. */
  readonly seed?: string
  /** How long the slow domain takes, in real milliseconds; 4,000 when absent. */
  readonly slowMs?: number
}

/** What reached a vendor over HTTP, as it is judged. */
export interface VendorRequest {
  readonly at: number
  readonly host: string
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined }
  readonly body: string
}

/** What a vendor answers, with what its books say about the call. */
export interface VendorAnswer {
  readonly status: number
  readonly body: string
  readonly headers?: { readonly [name: string]: string }
  readonly operation: string
  readonly questions: readonly string[]
  readonly credits: number
  /** Real milliseconds until the answer is sent. */
  readonly afterMs?: number
}

/** One simulated vendor: one file, written from one section of the vendor facts. */
export interface SimulatedVendor {
  /** The first one also names the vendor where it plays others, for weather and scripts. */
  readonly hosts: readonly string[]
  /** Whether it plays a host that is not in `hosts` and that no other vendor has, for vendors with countless hosts. */
  plays?(host: string): boolean
  /** A key that works, for vendors that want one. */
  readonly key?: string
  answer(request: VendorRequest): VendorAnswer
  /** What it says when it is asked too often. */
  throttle(request: VendorRequest): VendorAnswer
  /** Forgets credits used, limits and questions. */
  reset(): void
}

/** What all simulated vendors share: what is true, and how long their slow answers take. */
interface Setting {
  readonly world: World
  readonly registers: Registers
  /** Real milliseconds. */
  readonly slowMs: number
}

/** Starts a simulated vendor; each file in `simulated` exports one as `create`. */
export type CreateVendor = (setting: Setting) => SimulatedVendor
