import fc from 'fast-check'
import { FIELD_NAMES } from '../../src/domain/field'
import { placeColumns } from '../../src/sheet/columns'
import { guessMapping, mappingOf } from '../../src/sheet/mapping'

describe('placeColumns', () => {
  it('uses the mapped column and adds the others directly right of the data', () => {
    const placed = placeColumns({
      headers: ['Name', 'E-Mail', ''],
      mapping: { full_name: 0, email: 1 },
      wanted: ['email', 'phone', 'job_title'],
      usedColumns: 3,
    })
    expect(placed).toEqual({
      targets: {
        email: { column: 1, isNew: false },
        phone: { column: 3, isNew: true },
        job_title: { column: 4, isNew: true },
      },
      newHeaders: { after: 2, headers: ['Phone', 'Job title'] },
    })
  })

  it('takes up a column that has the label as header', () => {
    const placed = placeColumns({
      headers: ['Name', ' Phone '],
      mapping: { full_name: 0 },
      wanted: ['phone'],
      usedColumns: 2,
    })
    expect(placed).toEqual({ targets: { phone: { column: 1, isNew: false } }, newHeaders: undefined })
  })

  it('does not take a column from another field', () => {
    const placed = placeColumns({ headers: ['Phone'], mapping: { email: 0 }, wanted: ['phone'], usedColumns: 1 })
    expect(placed.targets.phone).toEqual({ column: 1, isNew: true })
  })

  it('puts the first column of an empty sheet at the front', () => {
    expect(placeColumns({ headers: [], mapping: {}, wanted: ['email'], usedColumns: 0 }).newHeaders).toEqual({
      after: -1,
      headers: ['Email'],
    })
  })

  it('never adds a column over anything, and finds its own columns again', () => {
    fc.assert(
      fc.property(
        // "Name" is left out: beside a new column "First name" it is understood as the family name.
        fc.array(fc.constantFrom('', 'Notes', 'Email', 'Phone', 'Full name', 'Company'), { maxLength: 8 }),
        fc.nat(12),
        fc.uniqueArray(fc.constantFrom(...FIELD_NAMES), { maxLength: 8 }),
        (headers, usedColumns, wanted) => {
          const { targets, newHeaders } = placeColumns({
            headers,
            mapping: mappingOf(guessMapping(headers, [])),
            wanted,
            usedColumns,
          })
          const places = wanted.map((field) => targets[field]!)
          expect(new Set(places.map(({ column }) => column)).size).toBe(wanted.length)
          for (const { column, isNew } of places) {
            if (isNew) expect(column).toBeGreaterThanOrEqual(Math.max(usedColumns, newHeaders!.after + 1))
            if (isNew) expect(headers[column] ?? '').toBe('')
          }
          const after: string[] = [...headers]
          newHeaders?.headers.forEach((header, index) => (after[newHeaders.after + 1 + index] = header))
          const filled = Array.from(after, (header: string | undefined) => header ?? '')
          const again = placeColumns({
            headers: filled,
            mapping: mappingOf(guessMapping(filled, [])),
            wanted,
            usedColumns: Math.max(usedColumns, filled.length),
          })
          expect(again.newHeaders).toBeUndefined()
        },
      ),
    )
  })
})
