/** What a cell shows while its custom function runs, as in Google Sheets. */
const LOADING = 'Loading...'

/** What a cell shows when its custom function threw. */
const FAILED = '#ERROR!'

/** The answers of one custom function, by its arguments. */
export interface Answers {
  /** The answer if it is known; otherwise `Loading...`, and the function starts. Never throws. */
  ask(args: readonly unknown[]): unknown
  /** Has the function run again when it is asked with these arguments next, unless it is running. */
  forget(args: readonly unknown[]): void
  /** The message of the error that a call with these arguments ended with. */
  problem(args: readonly unknown[]): string | undefined
}

/** How the answers of a custom function are made. */
export interface AnswersOptions {
  readonly run: (args: readonly unknown[]) => Promise<unknown>
  /** Called with a promise for each run, so that the workbook knows that it is not settled. */
  readonly onRun: (running: Promise<void>) => void
}

/**
 * Answers a synchronous formula engine for an asynchronous function: an answer is kept by arguments, as Google keeps
 * the results of custom functions, so the formula can be computed again when it has come.
 */
export const createAnswers = ({ run, onRun }: AnswersOptions): Answers => {
  const answers = new Map<string, unknown>()
  const problems = new Map<string, string>()
  const start = async (key: string, args: readonly unknown[]): Promise<void> => {
    try {
      answers.set(key, await run(args))
    } catch (error) {
      problems.set(key, error instanceof Error ? error.message : String(error))
      answers.set(key, FAILED)
    }
  }
  return {
    ask: (args) => {
      const key = JSON.stringify(args)
      if (!answers.has(key)) {
        answers.set(key, LOADING)
        onRun(start(key, args))
      }
      return answers.get(key)
    },
    forget: (args) => {
      const key = JSON.stringify(args)
      if (answers.get(key) === LOADING) return
      answers.delete(key)
      problems.delete(key)
    },
    problem: (args) => problems.get(JSON.stringify(args)),
  }
}
