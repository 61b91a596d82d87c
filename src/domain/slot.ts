import type { Field } from './field'
import { isField } from './field'

/** Where a value of a field goes: into the column of the field, or into the one beside it for better values. */
export type Slot = Field | `${Field}+`

/** The slot beside the column of a field. */
export function besideOf(field: Field): Slot {
  return `${field}+`
}

/** The field whose values a slot holds. */
export function fieldOf(slot: Slot): Field {
  return slot.replace('+', '') as Field
}

/** Whether a name is one of a slot. */
export function isSlot(name: string): name is Slot {
  return isField(name.replace(/\+$/, ''))
}
