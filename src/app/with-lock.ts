import { Problem } from '../domain/problem'
import type { Host } from './host'

/** Does something under the document lock. Throws a Problem while others hold it for long. */
export function withLock<T>(host: Host, work: () => T): T {
  const done = host.locked(() => ({ value: work() }))
  if (!done) throw new Problem('The file is busy. Wait a moment and try again.', 'try_again')
  return done.value
}
