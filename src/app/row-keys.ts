import type { Field } from '../domain/field'
import type { RowLead } from '../sheet/leads'
import { planRow, whoOf } from '../sheet/row-key'
import { loadHistory } from './history'
import type { Host } from './host'
import { loadPlan } from './planned-rows'
import { outputsOf } from './replaced'
import type { Survey } from './survey'
import { tryToStand } from './window'

/** The keys under which the store keeps what is written to a row as it stands. */
export function ownKeys(row: RowLead, outputs: readonly Field[]): readonly string[] {
  const keys = [planRow(row, outputs).base, whoOf(row, new Set(outputs))]
  return [...new Set(keys)].filter((key) => key !== '')
}

/** Every key under which the store may keep what was written to a row: as it stands, and as the last runs had it. */
export function rowKeys(host: Host, { sheet }: Survey): (row: RowLead) => readonly string[] {
  const outputs = outputsOf(host, sheet.id)
  const planned = new Map<number, readonly string[]>()
  for (const past of loadHistory(host)) {
    const kept = past.merged || past.sheet !== sheet.id ? undefined : loadPlan(host, past.id)
    const standing = kept && tryToStand(host, kept)
    for (const [index, { base, who }] of (standing ? kept.rows : []).entries()) {
      const row = standing!.rowOf(index)?.row
      if (row !== undefined) planned.set(row, [...(planned.get(row) ?? []), base, who ?? base])
    }
  }
  return (row) => [...new Set([...ownKeys(row, outputs), ...(planned.get(row.row) ?? [])])].filter((key) => key !== '')
}
