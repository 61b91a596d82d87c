import * as fc from 'fast-check'
import type { Fault } from '../appsscript/contract'
import { type Desk, edit, type Edit, editsOf } from './desk'
import type { Broken } from './invariants'
import { AFTER_LEASE_MS } from './scenarios'
import { PAID, type Stage } from './stage'

const WEATHERS = ['fair', 'throttle', 'outage', 'dead', 'mute', 'twice'] as const

/** What goes wrong during a step. `between` happens just before the n-th call of a method. */
export type Hazard =
  | { readonly kind: 'kill'; readonly atCall: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'kill_method'; readonly method: string; readonly nth: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'fail'; readonly atCall: number }
  | { readonly kind: 'between'; readonly method: string; readonly nth: number; readonly edit: Edit }
  | { readonly kind: 'weather'; readonly what: (typeof WEATHERS)[number] }
  /** The n-th request hangs until the lease is over, and another tab goes on with the run meanwhile. */
  | { readonly kind: 'hang'; readonly nth: number }

/** A request to vendors. */
export const FETCH = 'UrlFetchApp.fetchAll'

/** Random misfortunes in a list of so many rows, at calls of the methods around which a product reads, asks and writes. */
export const hazardsOf = (
  rows: number,
  { methods, inFlight }: { readonly methods: readonly string[]; readonly inFlight: readonly string[] },
): fc.Arbitrary<Hazard> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('kill' as const),
      atCall: fc.integer({ min: 1, max: 180 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
    fc.record({
      kind: fc.constant('kill_method' as const),
      method: fc.constantFrom(...inFlight),
      nth: fc.integer({ min: 1, max: 6 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
    fc.record({ kind: fc.constant('fail' as const), atCall: fc.integer({ min: 1, max: 180 }) }),
    fc.record({
      kind: fc.constant('between' as const),
      method: fc.constantFrom(...inFlight),
      nth: fc.integer({ min: 1, max: 6 }),
      edit: editsOf(rows),
    }),
    fc.record({
      kind: fc.constant('between' as const),
      method: fc.constantFrom(...methods),
      // A slice writes once or twice, and makes other calls many times.
      nth: fc.oneof(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 14 })),
      edit: editsOf(rows),
    }),
    fc.record({
      kind: fc.constant('weather' as const),
      what: fc.constantFrom(...WEATHERS),
    }),
    fc.record({ kind: fc.constant('hang' as const), nth: fc.integer({ min: 1, max: 4 }) }),
  )

// The other tab is in the middle of its work when the answer comes.
const HANG_MS = AFTER_LEASE_MS + 8_000

/** Vendors as they are on a good day. */
export const FAIR = { latencyMs: 0, throttle: 0, outage: false, dead: false, mute: false, twice: false }

/** What a misfortune is on the emulated platform; the weather changes at once. */
export function faultOf(
  hazard: Hazard,
  given: {
    readonly desk: Desk
    readonly vendors: Stage['vendors']
    readonly count: (hazard: string) => void
    readonly overtake: () => void
  },
): readonly Fault[] {
  const { desk, vendors, count, overtake } = given
  switch (hazard.kind) {
    case 'kill':
      return [{ ...hazard, overall: true }]
    case 'kill_method':
      return [hazard]
    case 'fail':
      return [{ ...hazard, overall: true, message: 'Dienstfehler: Tabellen' }]
    case 'between': {
      const act = () => {
        count(`${hazard.edit.do} ${momentOf(hazard.method)}`)
        edit(desk, hazard.edit, 'in_window')
      }
      return [{ kind: 'between', method: hazard.method, nth: hazard.nth, act }]
    }
    case 'hang': {
      const at = { method: FETCH, nth: hazard.nth }
      const act = () => {
        count('taken over while a request hangs')
        overtake()
      }
      return [
        { kind: 'between', ...at, act },
        { kind: 'hang', ...at, ms: HANG_MS },
      ]
    }
    case 'weather':
      count(`vendor: ${hazard.what}`)
      for (const host of Object.values(PAID)) vendors.weather(host, weatherOf(hazard.what))
      return []
  }
}

function momentOf(method: string): string {
  if (/^Range(List)?\.set/.test(method)) return 'just before a write'
  if (method === 'SpreadsheetApp.flush') return 'with a write in flight'
  return method === FETCH ? 'just before money goes out' : 'during an execution'
}

function weatherOf(what: Extract<Hazard, { kind: 'weather' }>['what']): typeof FAIR {
  switch (what) {
    case 'fair':
      return FAIR
    case 'throttle':
      return { ...FAIR, throttle: 0.4 }
    case 'outage':
      return { ...FAIR, outage: true }
    case 'dead':
      return { ...FAIR, dead: true }
    case 'mute':
      return { ...FAIR, mute: true }
    case 'twice':
      return { ...FAIR, twice: true }
  }
}

/** What was under way when an execution with these calls was killed. */
export function killedDuring(calls: readonly string[]): string {
  const last = calls.at(-1) ?? ''
  if (last === FETCH) return 'kill with money in flight'
  if (/^Range(List)?\.set/.test(last) || last === 'SpreadsheetApp.flush') return 'kill with a write in flight'
  return 'kill elsewhere'
}

/** What people or a trigger do at a time, and what happens meanwhile. */
export interface Step {
  readonly hazards: readonly Hazard[]
  readonly edits: readonly Edit[]
}

/** Steps without one of them, or without one thing that happens in one of them. */
export function* stepsLess<S extends Step>(steps: readonly S[]): Generator<readonly S[]> {
  for (const index of steps.keys()) yield steps.filter((_, at) => at !== index)
  for (const [index, step] of steps.entries()) {
    for (const gone of step.hazards)
      yield steps.with(index, { ...step, hazards: step.hazards.filter((hazard) => hazard !== gone) })
    for (const gone of step.edits) yield steps.with(index, { ...step, edits: step.edits.filter((one) => one !== gone) })
  }
}

/** What came of a play: promises that were broken, and how often each hazard struck. */
export interface Played {
  readonly broken: readonly Broken[]
  readonly hazards: ReadonlyMap<string, number>
}
