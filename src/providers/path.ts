// The longest path, in steps, and the most values that one may come to: replies are up to 5 MB, and a path walks them
// for every row.
const MOST_STEPS = 12
const MOST_VALUES = 1_000

// Enough property names to see what was meant.
const MOST_NAMES = 10
const LONGEST_NAME = 40

type Step = { readonly text: string } & (
  { readonly name: string } | { readonly index: number } | { readonly each: true }
)

/** What a path comes to. */
export interface Walked {
  readonly values: readonly unknown[]
  /** Whether the path has `[*]`: what it comes to is a list then. */
  readonly isList: boolean
  /** Set when the reply is not built as the path says: which step does not fit, in words. */
  readonly lost?: string
}

/** What is wrong with the writing of a path, in words; nothing when it can be walked. */
export function pathFault(path: string): string | undefined {
  const steps = stepsOf(path)
  if (!steps)
    return `"${path.slice(0, 80)}" is no path. Write names with dots between them, [0] for an entry of a list and [*] for all, such as contact.emails[0]; $ is the whole reply.`
  if (steps.length > MOST_STEPS) return `"${path.slice(0, 80)}" has more than ${MOST_STEPS} steps.`
  return undefined
}

/** Goes along a path. What is `null` or a list too short on the way is nothing, and no fault of the path. */
export function walk(value: unknown, path: string): Walked {
  const steps = stepsOf(path) ?? []
  const isList = steps.some((step) => 'each' in step)
  let places: readonly unknown[] = [value]
  for (const step of steps) {
    const known = places.filter((place) => place !== null)
    const next = known.flatMap((place) => follow(place, step))
    if (next.length > MOST_VALUES)
      throw new Error(`The path "${path}" comes to more than ${MOST_VALUES} values at "${step.text}".`)
    if (next.length === 0) {
      const stranger = known.find((place) => !fits(place, step))
      return { values: [], isList, ...(stranger !== undefined && { lost: lostAt(path, step, stranger) }) }
    }
    places = next
  }
  return { values: places, isList }
}

/** Whether a path begins at the whole reply by its own words. */
export function isWhole(path: string): boolean {
  return /^\$(?:[.[]|$)/.test(path)
}

/** The one value of a path; undefined when there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return walk(value, path).values[0]
}

function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = []
  let rest = isWhole(path) ? path.replace(/^\$\.?/, '') : path
  if (rest === '') return path === '$' ? [] : undefined
  while (rest !== '') {
    const found = /^(?:\[(\d{1,4})\]|\[(\*)\]|\.?([^.[\]{}\s"'][^.[\]{}"']*))/.exec(rest)
    if (!found || (steps.length === 0 && rest.startsWith('.'))) return undefined
    const [text, index, each, name = ''] = found
    steps.push(
      index !== undefined
        ? { text, index: Number(index) }
        : each
          ? { text, each: true }
          : { text: text.replace('.', ''), name },
    )
    rest = rest.slice(text.length)
    if (rest === '.') return undefined
  }
  return steps
}

function follow(place: unknown, step: Step): readonly unknown[] {
  if (!fits(place, step)) return []
  if ('name' in step) return [(place as { readonly [name: string]: unknown })[step.name]]
  const list = place as readonly unknown[]
  if ('each' in step) return list.slice(0, MOST_VALUES + 1)
  return list.slice(step.index, step.index + 1)
}

function fits(place: unknown, step: Step): boolean {
  if (!('name' in step)) return Array.isArray(place)
  return isObject(place) && Object.prototype.hasOwnProperty.call(place, step.name)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function lostAt(path: string, step: Step, place: unknown): string {
  return `The path "${path}" ends at "${step.text}": there the reply has ${describe(place)}.`
}

function describe(place: unknown): string {
  if (Array.isArray(place)) return `a list of ${place.length}; write [0] for its first entry or [*] for all`
  if (!isObject(place)) return typeof place === 'string' ? 'a text' : `a ${typeof place}`
  const names = Object.keys(place)
  if (names.length === 0) return 'an empty object'
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name.slice(0, LONGEST_NAME)}"`)
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`
}
