import { isFinished, retire } from '../engine/job'
import { slotAt } from '../engine/lane'
import { nextBatches } from '../engine/next-batches'
import { peekCaps } from './caps'
import { fillWindow } from './fill-window'
import { hear } from './hear'
import { MOMENT_MS, checkLease } from './lease'
import { refreshSuppression } from './objections'
import { isStopAsked } from './run-record'
import { sendWave } from './send-wave'
import type { Slice } from './slice'
import { NAP_MS, checkVendors } from './slice'
import { wake } from './wake'

// A lane that waits for others so long leaves them to the leading slice: one of them may be gone.
const IDLE_MS = 8_000

// After so many silent waves a lane leaves it to the leading slice to find out why.
const LANE_SILENT = 2

/** Asks this lane's share of the questions until the lanes' time is over or it has nothing to do. */
export function assist(slice: Slice): void {
  const { host } = slice
  checkVendors(slice)
  let busyAt = host.now()
  for (;;) {
    hear(slice)
    if (slice.job.leads.filter(isFinished).length * 2 >= slice.job.leads.length) slice.job = retire(slice.job).job
    fillWindow(slice)
    const until = checkLease(host, slice.run).lanes?.until ?? 0
    host.document.refresh(MOMENT_MS)
    if (host.now() >= until || isStopAsked(host, slice.run.id) || slice.caps !== peekCaps(host)) return
    refreshSuppression(slice)
    const planned = slotAt(slice.job.lane, host.now() + slice.prepareMs)
    if (wake(slice, host.now())) continue
    const next = nextBatches(slice.job, slice.world, planned)
    slice.job = next.job
    switch (next.kind) {
      case 'wave':
        sendWave(slice, next.wave, planned)
        busyAt = host.now()
        if (slice.run.silent >= LANE_SILENT || isAnyDropped(slice)) return
        break
      case 'wait':
        if (next.for === 'limits') busyAt = host.now()
        if (next.job.capped || next.at >= until || host.now() - busyAt > IDLE_MS) return
        host.sleep(Math.max(1, Math.min(next.at - slice.prepareMs - host.now(), NAP_MS)))
        break
      case 'idle':
        slice.job = retire(slice.job).job
        if (slice.next >= slice.planned.length || slice.job.leads.length > 0) return
    }
  }
}

// Other lanes do not know it, and wait for what this one asks no more: alone, a slice goes on by itself.
function isAnyDropped({ job, run }: Slice): boolean {
  return Object.entries(job.vendors).some(([id, { dropped }]) => dropped && !run.vendors[id]?.dropped)
}
