import fc from 'fast-check'
import { chooseRepeats } from '../../src/app/repeats'
import type { Field } from '../../src/domain/field'
import { hashText } from '../../src/domain/hash'
import { rowPrint } from '../../src/domain/row-print'
import type { PlannedClass } from '../../src/engine/plan'

const WANTED: readonly Field[] = ['email', 'phone', 'job_title', 'email_status', 'phone_type']
const anyLookup = fc.record({
  class: fc.constantFrom<PlannedClass>('chargeable', 'free', 'known', 'repeated'),
  missing: fc.subarray([...WANTED], { minLength: 1 }),
  lead: fc.record(
    {
      full_name: fc.constantFrom('Ada Nowak', 'A. Nowak'),
      company_name: fc.constantFrom('Everyone', 'Fenfold'),
      domain: fc.constantFrom('everyone.example', 'fenfold.example'),
      email: fc.constantFrom('ada@everyone.example', 'ada@private.example'),
      phone: fc.constantFrom('+12125550142', '+13125550199'),
    },
    { requiredKeys: [] },
  ),
})
const anyRows = fc.array(anyLookup, { minLength: 2, maxLength: 8 })
const world = { sameCompany: (a: string, b: string) => a === b }

test('a copy comes from a row of its group that is looked up itself, lacks as much, and is of no other company', () => {
  fc.assert(
    fc.property(anyRows, fc.nat(7), (rows, cut) => {
      const lookups = rows.map((one, row) => ({ ...one, row }))
      const parts = [lookups.slice(0, cut), lookups.slice(cut)].filter((part) => part.length > 1)
      fc.pre(parts.length > 0)
      const groups = parts.map((part) => part.map(({ row }) => row))
      const print = hashText(groups.flatMap((group) => group.map(() => rowPrint([], -1))).join(' '))
      const chosen = chooseRepeats(
        { grid: lookups.map(() => []), headers: [] },
        { groups: groups.map((group) => group.join(',')).join(';'), print },
        { lookups, world },
      )
      const kept = new Set([...chosen.values()].map(({ row }) => row))
      for (const [row, like] of chosen) {
        const [own, from] = [lookups[row]!, lookups[like.row]!]
        expect(kept.has(row)).toBe(false)
        expect(groups.find((group) => group.includes(row))).toContain(like.row)
        expect(like.fields).toEqual(from.missing)
        expect(from.missing).toEqual(expect.arrayContaining(own.missing))
        expect(['chargeable', 'free', 'known']).toContain(from.class)
        for (const part of ['company_name', 'domain'] as const)
          if (own.lead[part] && from.lead[part]) expect(own.lead[part]).toBe(from.lead[part])
        if (own.missing.includes('email_status')) expect(own.lead.email).toBe(from.lead.email)
        if (own.missing.includes('phone_type')) expect(own.lead.phone).toBe(from.lead.phone)
      }
    }),
  )
})
