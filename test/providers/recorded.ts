import type { Provider } from '../../src/domain/provider'
import type { Cases } from './case'

/** What is recorded of a provider: its cases file is found by its id. */
export function recordedOf({ id }: Provider): Cases {
  return (require(`./${id}.cases`) as { readonly recorded: Cases }).recorded
}
