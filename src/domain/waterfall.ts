import type { Field } from './field'
import type { Operation, Provider } from './provider'

/** One step: an operation of a provider. */
export interface Step {
  readonly provider: Provider
  readonly operation: Operation
}

/** For each wanted field the steps in the order in which they are asked, and the confidence that ends the search. */
export interface Waterfall {
  readonly steps: readonly Step[]
  readonly threshold: number
}

/** The waterfalls of a run. */
export type Waterfalls = { readonly [F in Field]?: Waterfall }
