import type { Part } from './values'
import { clean } from './values'

/** A line of a job history such as `CTO at Example (2021-01 to now)`, from what is known of the job. */
export function jobLine(title: Part, company: Part, { start, end }: { readonly start: Part; readonly end: Part }) {
  const what = [clean(title), clean(company)].filter((text) => text !== undefined).join(' at ')
  const [from, to] = [clean(start), clean(end)]
  const when = from && to ? `${from} to ${to}` : from ? `from ${from}` : to && `to ${to}`
  return what && when ? `${what} (${when})` : what
}
