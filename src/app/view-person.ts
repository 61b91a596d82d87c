import type { PersonAsk, PersonSearch, PersonView } from './api-types'
import { loadBasis } from './basis'
import type { Found } from './find-person'
import { searchPerson } from './find-person'
import type { Host } from './host'
import { loadPeriods } from './periods'
import { readable, vendorName } from './vendors'

/** Begins or goes on to look for what is held about a person, for reading: nothing is changed. */
export function viewPerson(host: Host, given: PersonAsk | string): PersonSearch {
  const { found, ...search } = searchPerson(host, given)
  return { ...search, view: found && viewFound(host, found) }
}

function viewFound(host: Host, { places, kept, beside }: Found): PersonView {
  const providers = readable(host, 'production')
  const { asked: requests, ...counts } = beside
  const asked = [...kept.map(({ question, at }) => [question, at] as const), ...requests]
  const vendorOf = (place: string) => place.split('/')[1] ?? ''
  return {
    places: places.map(({ id, sheetName, row, how, isMeant, cells }) => ({ id, sheetName, row, how, isMeant, cells })),
    answers: kept.map(({ question, at, outcome, values = {} }) => {
      const [, vendor, operation] = question.split('/')
      const operations = providers.find(({ id }) => id === vendor)?.operations
      return {
        vendor: vendorName(host, vendorOf(question)),
        asked: operations?.find(({ id }) => id === operation)?.by ?? null,
        at,
        outcome,
        values: Object.entries(values).map(([field, { value }]) => [field, value] as const),
      }
    }),
    ...counts,
    vendors: [...new Set(asked.map(([place]) => vendorOf(place)))].map((id) => ({
      name: vendorName(host, id),
      privacy: providers.find((one) => one.id === id)?.privacy ?? null,
      at: Math.max(...asked.filter(([place]) => vendorOf(place) === id).map(([, at]) => at)),
    })),
    basis: loadBasis(host) ?? null,
    periods: loadPeriods(host),
  }
}
