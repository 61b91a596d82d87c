// Jest starts the largest files first where it has not seen how long each takes, as in a fresh clone. Some of the
// slowest are small: started last, they would keep one core busy while the other has nothing to do.
import Sequencer from '@jest/test-sequencer'
import path from 'node:path'

const SLOWEST_FIRST = [
  'simulation/schedules.test.ts',
  'simulation/further-schedules.test.ts',
  'app/undo.test.ts',
  'sidebar/browser.test.ts',
  'browser/demo.test.ts',
  'simulation/simulation.test.ts',
  'cli/enrich.test.ts',
  'browser/mirror.test.ts',
  'app/vendors-end-to-end.test.ts',
  'browser/enrich.test.ts',
  'check.test.ts',
].map((file) => path.resolve('test', file))

/** Where a suite stands in the list above; behind it when it is not there. */
function place({ path: file }) {
  const at = SLOWEST_FIRST.indexOf(file)
  return at < 0 ? SLOWEST_FIRST.length : at
}

// oxlint-disable-next-line import/no-default-export -- Jest takes the default export, a class that it makes one of
export default class SlowestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests)
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}
