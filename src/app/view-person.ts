import type { PersonAsk, PersonView } from './api-types'
import { loadBasis } from './basis'
import { findPerson, markOf } from './find-person'
import type { Host } from './host'
import { readLedger } from './ledger'
import { loadPeriods } from './periods'
import { findPlanned } from './planned-rows'
import { peekStore } from './store'
import { readable, vendorName } from './vendors'
import { writtenTexts } from './written'

/** What is held about a person, for reading: nothing is changed. */
export function viewPerson(host: Host, ask: PersonAsk): PersonView {
  const { places, kept, marks } = findPerson(host, ask)
  const is = (hash: string) => marks.has(markOf(hash))
  const providers = readable(host, 'production')
  const { calls } = readLedger(host, peekStore(host).calls())
  const own = calls.filter(({ keys }) => keys.split(' ').some(is))
  const asked = [
    ...kept.map(({ question, at }) => [question, at] as const),
    ...own.map(({ place, at }) => [place, at] as const),
  ]
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
    requests: own.length,
    planned: [...findPlanned(host, is).values()].reduce((sum, { size }) => sum + size, 0),
    before: writtenTexts(host).filter(({ mark }) => is(mark)).length,
    vendors: [...new Set(asked.map(([place]) => vendorOf(place)))].map((id) => ({
      name: vendorName(host, id),
      privacy: providers.find((one) => one.id === id)?.privacy ?? null,
      at: Math.max(...asked.filter(([place]) => vendorOf(place) === id).map(([, at]) => at)),
    })),
    basis: loadBasis(host) ?? null,
    periods: loadPeriods(host),
  }
}
