import type { Area, Filter, Protection, Validation } from '../appsscript/sheet-store'

/** What Google keeps beside the cells of a tab and Univer's free edition does not. */
export interface Rules {
  readonly protections: readonly Protection[]
  readonly validations: readonly Validation[]
  readonly filter?: Filter
}

/** Rows or columns put in before `at` (count > 0) or taken out from `at` on (count < 0). */
export interface Shift {
  readonly axis: 'row' | 'column'
  readonly at: number
  readonly count: number
}

/** A tab without any rule. */
export const NO_RULES: Rules = { protections: [], validations: [] }

/** Where a position stands after a shift; a removed one stands where its successor is. */
const shiftPosition = (position: number, { at, count }: Shift): number => {
  if (position < at) return position
  return Math.max(at, position + count)
}

/** The area after a shift, or undefined when nothing of it is left. */
const shiftArea = (area: Area, shift: Shift): Area | undefined => {
  const size = shift.axis === 'row' ? 'rows' : 'columns'
  const start = shiftPosition(area[shift.axis], shift)
  const end = shiftPosition(area[shift.axis] + area[size], shift)
  return end > start ? { ...area, [shift.axis]: start, [size]: end - start } : undefined
}

const shiftFilter = (filter: Filter, shift: Shift): Filter | undefined => {
  const area = shiftArea(filter.area, shift)
  if (!area) return undefined
  if (shift.axis === 'row') return { ...filter, area }
  const removed = (column: number): boolean => column >= shift.at && column < shift.at - shift.count
  const kept = Object.entries(filter.hiddenTexts).filter(([column]) => !removed(Number(column)))
  return {
    area,
    hiddenTexts: Object.fromEntries(kept.map(([column, texts]) => [shiftPosition(Number(column), shift), texts])),
  }
}

/** The rules of a tab after rows or columns were put in or taken out. */
export const shiftRules = (rules: Rules, shift: Shift): Rules => {
  const filter = rules.filter && shiftFilter(rules.filter, shift)
  return {
    protections: rules.protections.flatMap((protection) => {
      if (protection.area === 'sheet') return [protection]
      const area = shiftArea(protection.area, shift)
      return area ? [{ ...protection, area }] : []
    }),
    validations: rules.validations.flatMap((validation) => {
      const area = shiftArea(validation.area, shift)
      return area ? [{ ...validation, area }] : []
    }),
    ...(filter ? { filter } : {}),
  }
}
