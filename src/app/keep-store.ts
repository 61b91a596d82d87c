import { Problem } from '../domain/problem'
import type { StoreChange, StoreTrouble } from './api-types'
import type { Host } from './host'
import { laneParts, withLanes } from './lanes'
import { countWrites, recover } from './recover'
import type { RunRecord } from './run-record'
import { forgetRun, readRun, saveRun } from './run-record'
import { renewSecret } from './sealed'
import { renewSettings } from './settings'
import { readStore } from './store'
import type { StoreLook } from './store-state'
import { keepOthersOut } from './turn'
import { isOfSettings, lookAtStore, markEmpty, requireNoTrouble } from './store-state'
import { adoptSuppression } from './suppressed'
import { withLock } from './with-lock'

/** Takes over what can be read of the store after a copy or a restored version (safety S19), and ends its run. */
export function keepStore(host: Host): StoreChange {
  return choose(host, (look) => keep(host, look))
}

function keep(host: Host, look: StoreLook): StoreChange {
  if (!look.trouble) return { text: 'All stored answers are in place.' }
  if (isOfSettings(look.trouble)) {
    renewSettings(host)
    return { text: 'The settings begin anew. All stored answers are in place.' }
  }
  const store = readStore(host, look)
  endRun(host, look.trouble, (run) => recover(host, run, store))
  const kept = store.adopt(host.now())
  adoptSuppression(host)
  const lost = store.damaged === 0 ? '' : `, ${store.damaged.toLocaleString('en')} could not be read`
  return { text: `${kept.toLocaleString('en')} stored entries are kept${lost}.` }
}

/** Forgets the store: empty tabs, a fresh secret, and the run that stood there is ended. */
export function clearStore(host: Host): StoreChange {
  return choose(host, (look) => clear(host, look))
}

function clear(host: Host, look: StoreLook): StoreChange {
  endRun(host, look.trouble, (run) => countAsMaybe(host, run))
  for (const name of ['journal', 'index', 'damaged', 'ledger', 'seen'] as const) host.table(name).reset([])
  host.sheets.flush()
  renewSecret(host)
  markEmpty(host, look)
  adoptSuppression(host)
  renewSettings(host)
  return { text: 'The stored answers of this file are forgotten.' }
}

// What somebody begins after the choice of another would be written over by this one.
function choose(host: Host, work: (look: StoreLook) => StoreChange): StoreChange {
  let look: StoreLook | undefined
  const check = () => void (look = requireChoice(host))
  return keepOthersOut(host, { until: host.deadline, check }, () => work(look!))
}

/** Looks at the store for somebody who has chosen. What a newer version wrote is left alone; a run at work goes first. */
function requireChoice(host: Host): StoreLook {
  const look = lookAtStore(host)
  if (look.trouble?.state === 'newer') requireNoTrouble(look.trouble)
  const run = readRun(host)
  const atWork = run?.kind === 'read' && run.value.leaseUntil > host.now()
  // In a copy nobody works on the run: it is that of the original.
  if (atWork && look.trouble?.state !== 'copied') {
    throw new Problem('A run is at work in this file. Stop it, or wait a minute and press the button again.', 'reload')
  }
  return look
}

// What was on its way when the journal is forgotten may have been paid: it counts at its worst price (safety S1).
function countAsMaybe(host: Host, record: RunRecord): RunRecord {
  const parts = laneParts(host, record)
  const { lanes: _addedUp, ...run } = withLanes(record, parts)
  const lost = [run, ...parts].flatMap(({ inFlight }) => inFlight).reduce((sum, { worst }) => sum + worst, 0)
  return { ...run, inFlight: [], budget: { ...run.budget, reserved: 0, maybe: run.budget.maybe + lost } }
}

function endRun(host: Host, trouble: StoreTrouble | undefined, settle: (run: RunRecord) => RunRecord): void {
  const read = readRun(host)
  if (!read) return
  if (read.kind !== 'read') return forgetRun(host)
  const run = settle(read.value)
  const message =
    trouble?.state === 'copied'
      ? 'This run belongs to the original of this copied file, where it can go on. Make a new receipt to enrich rows here.'
      : 'This run was ended because stored answers were missing. Make a new receipt to go on with its rows.'
  // One that was stopped would go on behind rows that are empty again. One that is done begins with its first row.
  const ended =
    run.state === 'done'
      ? run
      : {
          ...countWrites(host, run),
          state: 'stopped' as const,
          endedAt: run.endedAt ?? host.now(),
          problem: { message, action: 'new_receipt' as const },
        }
  withLock(host, () => saveRun(host, { ...ended, epoch: run.epoch + 1, leaseUntil: 0 }))
}
