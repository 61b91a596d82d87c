import facts from '../appsscript/facts.json'
import { PROMISES, type FactName } from './promises'
import { FACT_NAMES } from './script'

/** What the live check found about one fact. */
export interface FactAnswer {
  readonly fact: FactName
  readonly answer: 'yes' | 'no' | 'unknown'
  readonly detail: string
}

/** Reads the JSON that the script printed. Throws an error that names what is wrong with it. */
export function readAnswers(text: string): readonly FactAnswer[] {
  const given = parse(text)
  const stray = Object.keys(given).find((name) => !(FACT_NAMES as readonly string[]).includes(name))
  if (stray !== undefined) throw new Error(`There is no fact "${stray}". The script may be of another version.`)
  return FACT_NAMES.map((fact) => readAnswer(fact, given[fact]))
}

/** What is settled, where that differs from facts.json, and the promises that hang on what is not. */
export function reportAnswers(answers: readonly FactAnswer[]): string {
  const settled = answers.filter(({ answer }) => answer !== 'unknown')
  const open = answers.filter(({ answer }) => answer === 'unknown')
  return [
    `Settled: ${String(settled.length)} of ${String(answers.length)}`,
    ...settled.map((one) => `  ${one.fact}: ${one.answer}${remarkOn(one)}`),
    '',
    `Unknown: ${String(open.length)}. What hangs on them:`,
    ...open.map(({ fact, detail }) => `  ${fact}${detail === '' ? '' : ` (${detail})`}\n    ${PROMISES[fact]}`),
  ].join('\n')
}

function remarkOn({ fact, answer }: FactAnswer): string {
  const known: string = facts[fact].answer
  if (known === answer) return ''
  if (known !== 'unknown') return ` (facts.json says ${known})`
  return answer === facts[fact].pessimistic
    ? ' (as we feared: write it into facts.json)'
    : ' (write it into facts.json)'
}

function parse(text: string): { readonly [name: string]: unknown } {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new Error('This is not JSON. Copy the whole text from { to } out of the tab "Live check".')
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Error('This is not the JSON of the live check: it must be an object with the facts as names.')
  return given as { readonly [name: string]: unknown }
}

function readAnswer(fact: FactName, given: unknown): FactAnswer {
  if (given === undefined) return { fact, answer: 'unknown', detail: 'not in the answers' }
  const { answer, detail } = (typeof given === 'object' && given !== null ? given : { answer: given }) as {
    readonly answer?: unknown
    readonly detail?: unknown
  }
  if (answer !== 'yes' && answer !== 'no' && answer !== 'unknown')
    throw new Error(`The answer to ${fact} must be yes, no or unknown, not ${JSON.stringify(answer)}.`)
  return { fact, answer, detail: typeof detail === 'string' ? detail : '' }
}
