/** What the screen can offer to do about a problem. */
export type ProblemAction =
  | 'open_settings'
  | 'open_vendors'
  | 'open_waterfall'
  | 'open_privacy'
  | 'select_rows'
  | 'map_columns'
  | 'new_receipt'
  | 'try_again'
  | 'reload'

/**
 * An error with a text for the person: it names the thing, the cause and the next step. Everything else that is thrown
 * is a bug and is shown as one.
 */
export class Problem extends Error {
  readonly action: ProblemAction | undefined

  constructor(message: string, action?: ProblemAction) {
    super(message)
    this.name = 'Problem'
    this.action = action
  }
}
