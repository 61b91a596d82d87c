/** One request that a simulated vendor received, as its own books show it. */
export interface VendorCall {
  readonly at: number
  /** The real host name it was asked as, for example `api.hunter.io`. */
  readonly host: string
  readonly method: string
  readonly path: string
  readonly status: number
  /** Credits the vendor took for this call. */
  readonly credits: number
  /** The operation and the normalised question, so that a test can count distinct keys. */
  readonly operation: string
  readonly question: string
}

/** Misfortune, switchable while running. */
export interface Weather {
  /** Added to every answer, milliseconds. */
  readonly latencyMs: number
  /** Share of calls (0..1, deterministic by call number) answered as throttled in the vendor's own way. */
  readonly throttle: number
  /** Answers 503 to everything. */
  readonly outage: boolean
  /** Closes the connection without an answer. */
  readonly dead: boolean
}

/** All simulated vendors on local ports. */
export interface Vendors {
  /** The port that plays a host, or undefined for an unknown one. */
  resolve(host: string): number | undefined
  readonly hosts: readonly string[]
  /** Keys that work, by host, for tests and the demo. */
  readonly keys: { readonly [host: string]: string }
  calls(): readonly VendorCall[]
  onCall(listener: (call: VendorCall) => void): () => void
  /** Credits that a host took since the start or the last reset. */
  charged(host: string): number
  weather(host: string, weather: Partial<Weather>): void
  /** Replaces the answer to matching calls: HTML, truncated, huge, wrong shape ... */
  script(host: string, answer: ((path: string) => { readonly status: number; readonly body: string; readonly headers?: { readonly [name: string]: string } } | undefined) | undefined): void
  reset(): void
  stop(): Promise<void>
}
