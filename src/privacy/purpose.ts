import { Problem } from '../domain/problem'

/** One sentence is enough; a cell of the register stays readable. */
const MOST_CHARACTERS = 300

/** The purpose of a run, trimmed. Throws a Problem when it says nothing or too much. */
export function checkPurpose(text: string): string {
  const purpose = text.replace(/\s+/g, ' ').trim()
  const letters = purpose.match(/\p{L}/gu)?.length ?? 0
  if (letters < 3) {
    throw new Problem('Say in a few words what you need the data for, for example "Spring campaign to our customers".')
  }
  if (purpose.length > MOST_CHARACTERS) {
    throw new Problem(`The purpose has ${purpose.length} characters. Shorten it to ${MOST_CHARACTERS}.`)
  }
  return purpose
}
