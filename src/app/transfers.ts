import type * as Zod from 'zod/mini'
import type { Provider } from '../domain/provider'
import { isRecipeVendor } from '../providers/recipe'
import type { Host } from './host'
import { formatOf } from './stored'
import { newerProblem, readVersioned } from './versions'
import { withLock } from './with-lock'

const TRANSFERS = 'transfers'

/**
 * Whether data leaves the EEA, or may do so, with a question to a vendor. One of the file's own vendors is approved by its
 * recipe, which says where its data goes; public sources are told domains and company names alone.
 */
export function needsCover({ id, kind, inEea }: Provider): boolean {
  return kind === 'vendor' && inEea !== true && !isRecipeVendor(id)
}

/** Tells whether a vendor may be asked: it is in the EEA, or somebody ticked for this file that the transfer is covered. */
export function coverTest(host: Host): (provider: Provider) => boolean {
  const covered = loadCovered(host)
  return (provider) => !needsCover(provider) || covered.includes(provider.id)
}

/** Ticks for this file that the transfer to a vendor is covered, or takes the tick back. */
export function coverTransfer(
  host: Host,
  { vendor, isCovered }: { readonly vendor: string; readonly isCovered: boolean },
): void {
  withLock(host, () => {
    host.document.refresh()
    const others = loadCovered(host).filter((id) => id !== vendor)
    host.document.set(TRANSFERS, JSON.stringify({ version: 1, covered: isCovered ? [...others, vendor] : others }))
  })
}

// Ticks that cannot be read are none: they are asked for again.
function loadCovered(host: Host): readonly string[] {
  const text = host.document.peek(TRANSFERS)
  if (text === undefined) return []
  const z = require('zod/mini') as typeof Zod
  const read = readVersioned(
    formatOf(z.object({ covered: z.array(z.string()) }), ({ covered }) => covered),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : []
}
