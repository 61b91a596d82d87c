import { recall } from '../engine/job'
import { peekCaps } from './caps'
import { fillWindow } from './fill-window'
import { hear } from './hear'
import { areLanesAtWork } from './lanes'
import { keepLease, shutOutLanes, takeInLanes } from './lease'
import { refreshSuppression } from './objections'
import { isWriteDue, write } from './portion'
import { recover } from './recover'
import { isStopAsked } from './run-record'
import type { Slice } from './slice'
import { NAP_MS, stayHolder } from './slice'

/** Takes in the lanes that ask to join. The journal stands before: two executions cannot make one tab. */
export function takeIn(slice: Slice): void {
  slice.store.share()
  slice.run = takeInLanes(slice.host, slice.run)
  if (!slice.run.lanes) slice.store.unshare()
}

/** Leads lanes: hears what they ask and writes it, until they have nothing to do any more or their time is over. */
export function lead(slice: Slice, until: number): void {
  const { host } = slice
  for (;;) {
    hear(slice)
    fillWindow(slice)
    host.document.refresh()
    if (isStopAsked(host, slice.run.id) || host.now() >= until || slice.caps !== peekCaps(host)) break
    if (!areLanesAtWork(host, slice.run)) break
    refreshSuppression(slice)
    stayHolder(slice)
    if (isWriteDue(slice)) write(slice)
    else host.sleep(NAP_MS)
  }
  addUpLanes(slice)
}

/** Waits until all lanes have ended, and adds up what they did: from then on this slice is alone again. */
export function addUpLanes(slice: Slice): void {
  const { host, store, world } = slice
  const { lanes } = slice.run
  if (!lanes) return
  // They see it before their next wave.
  if (host.now() < lanes.until) slice.run = keepLease(host, { ...slice.run, lanes: { ...lanes, until: host.now() } })
  while (areLanesAtWork(host, slice.run)) {
    host.sleep(NAP_MS)
    stayHolder(slice)
  }
  slice.run = shutOutLanes(host, slice.run)
  hear(slice)
  store.unshare()
  slice.run = keepLease(host, recover(host, slice.run, store))
  const { budget, vendors } = slice.run
  slice.job = { ...slice.job, budget, vendors }
  const known = store.answers(Object.keys(slice.job.asks))
  // What a lane had on its way when it died is on record as maybe charged by now.
  // protects: 2
  slice.job = recall(slice.job, known, { world, now: host.now() })
}
