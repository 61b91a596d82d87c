import type * as Zod from 'zod/mini'
import { Problem } from '../domain/problem'
import { dayText } from '../engine/day'
import { roundCredits } from '../engine/price'
import { requireBasis } from './basis'
import type { Host } from './host'
import { formatOf } from './stored'
import { newerProblem, readVersioned } from './versions'

const SPENDING = 'formula-spending'
const TODAY = 'formula-today'

// Beyond this somebody has slipped: our choice.
const MOST_CAP = 100_000

/** Whether formulas of this file may ask vendors that are paid, and how many credits a day (UTC) at most. */
export interface FormulaSpending {
  readonly isOn: boolean
  readonly perDay: number
}

const OFF: FormulaSpending = { isOn: false, perDay: 0 }

/** What formulas may spend, as the properties were seen last. What cannot be read is off. */
export function loadFormulaSpending(host: Host): FormulaSpending {
  const text = host.document.peek(SPENDING)
  if (text === undefined) return OFF
  const z = require('zod/mini') as typeof Zod
  const read = readVersioned(
    formatOf(z.object({ isOn: z.boolean(), perDay: z.number() }), ({ isOn, perDay }) => ({ isOn, perDay })),
    text,
  )
  return read.kind === 'read' ? read.value : OFF
}

/** Switches spending by formulas on with a cap, or off. Throws a Problem without a purpose or a cap. */
export function saveFormulaSpending(host: Host, spending: FormulaSpending): void {
  const { isOn, perDay } = spending
  if (isOn) requireBasis(host)
  if (isOn && !(perDay > 0 && perDay <= MOST_CAP))
    throw new Problem('Set how many credits formulas may spend in a day: a number between 1 and 100,000.')
  const text = host.document.get(SPENDING)
  if (text !== undefined && readVersioned({ version: 1, migrations: [], check: () => OFF }, text).kind === 'newer')
    throw newerProblem()
  host.document.set(SPENDING, JSON.stringify({ version: 1, isOn, perDay }))
  // What formulas get is taken into the store by the trigger, also where no run was ever started.
  if (isOn) host.watch()
}

/** Credits that formulas took or reserved today, as the properties were seen last. */
export function formulaCreditsToday(host: Host): number {
  const [day, credits] = (host.document.peek(TODAY) ?? '').split(' ')
  const count = Number(credits)
  return day === dayText(host.now()) && count > 0 ? count : 0
}

/** Adds credits to those of today, or takes them back; the caller holds the lock and has refreshed the properties. */
export function countFormulaCredits(host: Host, credits: number): void {
  const sum = Math.max(0, roundCredits(formulaCreditsToday(host) + credits))
  host.document.set(TODAY, `${dayText(host.now())} ${sum}`)
}
