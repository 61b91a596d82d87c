/** What every cell begins with whose question waits: by it the sidebar finds them again. */
export const PENDING = 'pending'

// What formulas of ours show (app/formula-cells.ts), and Sheets itself until a custom function has answered.
const WAITS = /^(pending|Loading(\.\.\.|…))$|pending: .*press Finish in the sidebar/i

/** Whether a text is, or holds, what a formula shows until it has an answer: nobody is asked about that. */
export function isPending(text: string): boolean {
  return WAITS.test(text)
}
