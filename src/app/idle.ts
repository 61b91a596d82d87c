import { Problem } from '../domain/problem'
import { checkNoErasure } from './erasure-record'
import { checkNoUndo } from './history'
import type { Host } from './host'
import { isOpen, loadRun } from './run-record'
import { isStarting } from './turn'

/** Throws a Problem while a run, an undoing or a merge works on this file. Asked under the lock. */
export function checkIdle(host: Host): void {
  const run = loadRun(host)
  if ((run && isOpen(run)) || isStarting(host))
    throw new Problem('A run is not finished yet. Wait for it or stop it first, then try again.', 'reload')
  checkNoUndo(host)
  checkNoErasure(host)
}
