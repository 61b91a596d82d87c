import type * as Zod from 'zod/mini'
import type { Basis } from '../domain/basis'
import { GROUNDS, purposeOf } from '../domain/basis'
import type { Category } from '../domain/category'
import { CATEGORY_NAMES } from '../domain/category'
import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import { checkBasis } from '../privacy/purpose'
import type { Host } from './host'
import { bytesOf } from './property-size'
import { formatOf } from './stored'
import { newerProblem, readVersioned } from './versions'

const BASIS = 'basis'

const VERSION = 2

// All properties of a file share 400 KB (safety S18).
const MOST_BYTES = 2_500

const MOST_PURPOSES = 3

// A company with its address, email and phone.
const MOST_CONTROLLER = 300

// Version 1 had purposes for kinds of data alone.
const withFields = (old: unknown): unknown => ({ ...(old as object), fields: {}, controller: '' })

/** The schema of a legal basis as the sidebar sends it. */
export function basisSchema() {
  const z = require('zod/mini') as typeof Zod
  const purpose = z.nullable(z.number().check(z.minimum(0), z.maximum(MOST_PURPOSES)))
  return z.object({
    ground: z.enum(GROUNDS),
    purposes: z.array(z.string()).check(z.minLength(1), z.maxLength(MOST_PURPOSES)),
    note: z.string(),
    ties: z.object(
      Object.fromEntries(CATEGORY_NAMES.map((name) => [name, purpose])) as Record<Category, typeof purpose>,
    ),
    fields: z.record(z.string(), purpose),
    controller: z.string().check(z.maxLength(MOST_CONTROLLER)),
  })
}

/** The legal basis of this file, as the properties were seen last; undefined before somebody chose one that can be read. */
export function loadBasis(host: Host): Basis | undefined {
  const text = host.document.peek(BASIS)
  if (text === undefined) return undefined
  const format = formatOf(basisSchema(), (basis): Basis => basis)
  const read = readVersioned({ ...format, version: VERSION, migrations: [withFields] }, text)
  if (read.kind === 'newer') throw newerProblem()
  return read.kind === 'read' ? read.value : undefined
}

/** Sets the legal basis of this file. Throws a Problem for one that says too little or too much. */
export function saveBasis(host: Host, given: Basis): void {
  loadBasis(host)
  const text = JSON.stringify({ version: VERSION, ...checkBasis(given) })
  if (bytesOf(text) > MOST_BYTES)
    throw new Problem('Purposes and note are too long together. Shorten them to a few sentences.')
  host.document.set(BASIS, text)
}

/** The legal basis of this file. Throws a Problem before somebody chose one: nobody is looked up without. */
export function requireBasis(host: Host): Basis {
  const basis = loadBasis(host)
  if (basis) return basis
  throw new Problem(
    'Say first what the data is for and on which legal ground. It takes two minutes, once a file.',
    'open_privacy',
  )
}

/**
 * Tells whether a field has a purpose in this file. Before a legal basis is chosen, facts about companies alone have one:
 * formulas look them up in public sources.
 */
export function purposeTest(host: Host): (field: Field) => boolean {
  const basis = loadBasis(host)
  return (field) => (basis ? purposeOf(basis, field) !== null : !fieldInfo(field).personal)
}
