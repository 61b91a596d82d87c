import type { Field } from '../domain/field'
import { fieldInfo } from '../domain/field'
import type { Lead } from '../domain/lead'
import { openBudget } from '../engine/budget'
import { admit, openJob, recall } from '../engine/job'
import { questionsAbout, takeUnlooked } from '../engine/questions'
import { companyDomain } from '../normalize/domain'
import { normalizeEmail } from '../normalize/email'
import { normalizeLinkedInPerson } from '../normalize/linkedin'
import { splitPersonName } from '../normalize/person-name'
import { cellText } from '../sheet/cell-text'
import type { Host } from './host'
import { loadSettings } from './settings'
import { peekStore } from './store'
import { makeWorld, readable } from './vendors'

/** What a custom function gets from Sheets: one cell, or rows of cells. */
export type FormulaInput = unknown

/** One custom function: the source of its stub, its autocompletion, its help and its tests. */
export interface Formula {
  readonly name: string
  readonly about: string
  readonly params: readonly { readonly name: string; readonly about: string; readonly optional?: true }[]
  readonly example: string
  readonly run: (host: Host, args: readonly FormulaInput[]) => unknown
}

/** Every custom function of the add-on. */
export const FORMULAS: readonly Formula[] = [
  {
    name: 'ENRICH_EMAIL',
    about:
      'Gives the work email of a person from what this file knows already and from free sources. It never spends credits.',
    params: [
      { name: 'person', about: 'A LinkedIn URL, "name, domain", a name, or an email to clean. A cell or a range.' },
      {
        name: 'domain',
        about: 'The domain or website of the company, if the first argument is a name.',
        optional: true,
      },
    ],
    example: '=ENRICH_EMAIL(A2, B2)',
    run: (host, [person, domain]) => findEmails(host, person, domain),
  },
]

/** Runs a custom function by name. A single cell that fails throws a text with the next step, so that IFERROR works. */
export function runFormula(host: Host, name: string, args: readonly FormulaInput[]): unknown {
  const formula = FORMULAS.find((one) => one.name === name)
  if (!formula) throw new Error(`There is no function ${name}.`)
  return formula.run(host, args)
}

// A whole column is passed as up to a million cells; what one call can answer well is far less.
const MAX_ROWS = 10_000

function findEmails(host: Host, person: FormulaInput, domain: FormulaInput): unknown {
  const isRange = Array.isArray(person)
  const people = rowsOf(person)
  const domains = rowsOf(domain)
  if (people.length > MAX_ROWS)
    throw new Error(`Too many rows: give at most ${MAX_ROWS.toLocaleString('en')} at a time.`)
  if (isRange && domains.length > 1 && domains.length !== people.length) {
    throw new Error('Both ranges must have the same number of rows.')
  }
  const leads = people.map((row, index) => readPerson([...row, ...(domains[domains.length === 1 ? 0 : index] ?? [])]))
  const emails = lookUp(host, 'email', leads)
  if (isRange) return emails.map((email) => [email.value])
  const [only] = emails
  if (only && only.value === '' && only.problem) throw new Error(only.problem)
  return only?.value ?? ''
}

function rowsOf(input: FormulaInput): readonly (readonly string[])[] {
  if (Array.isArray(input)) return input.map((row) => (Array.isArray(row) ? row.map(textOf) : [textOf(row)]))
  return input === undefined ? [] : [[textOf(input)]]
}

// Blanks come as '', error cells as text such as #N/A (platform.md section 2).
function textOf(cell: unknown): string {
  if (typeof cell !== 'string') return typeof cell === 'number' ? String(cell) : ''
  return cell.startsWith('#') ? '' : cell.trim()
}

/** The lead that the cells of one row describe, in any of the forms that people have; undefined for a blank row. */
function readPerson(cells: readonly string[]): Lead | undefined {
  const texts = cells.filter((cell) => cell !== '')
  if (texts.length === 0) return undefined
  for (const text of texts) {
    const linkedin = normalizeLinkedInPerson(text)
    if (linkedin) return { linkedin_url: linkedin }
    const email = normalizeEmail(text)
    if (email) return { email }
  }
  const parts = texts.length === 1 ? texts[0]!.split(',').map((part) => part.trim()) : texts
  const domain = parts.map((part) => companyDomain(part)).find((found) => found !== undefined)
  const words = parts.filter((part) => companyDomain(part) === undefined)
  const name = splitPersonName(words.join(' '))
  return {
    ...(name?.given && { first_name: name.given }),
    ...(name?.family && { last_name: name.family }),
    ...(domain && { domain }),
  }
}

interface Looked {
  readonly value: string
  readonly problem?: string
}

/** What the store, local sources and, in training, the training vendor know. Nothing is sent and nothing is spent. */
function lookUp(host: Host, field: Field, leads: readonly (Lead | undefined)[]): readonly Looked[] {
  const { environment } = loadSettings(host)
  const world = makeWorld(host, { providers: readable(host, environment), wanted: [field], learned: {} })
  const now = host.now()
  const budget = openBudget(0)
  const open = leads.flatMap((lead, row) => (lead && !lead[field] ? [{ row, lead, missing: [field] }] : []))
  let job = admit(openJob({ run: 'formula', environment, startedAt: now, epoch: 0, budget, vendors: {} }), open, {
    world,
    now,
  })
  const store = peekStore(host)
  const looked = { questions: new Set<string>(), leads: new WeakSet<Lead>() }
  for (;;) {
    const questions = takeUnlooked(job, world, looked)
    if (questions.length === 0) break
    job = recall(job, store.answers(questions), { world, now })
  }
  const byRow = new Map(job.leads.map((lead) => [lead.row, lead]))
  return leads.map((lead, row): Looked => {
    if (!lead) return { value: '' }
    if (lead[field]) return { value: lead[field] }
    const found = byRow.get(row)
    const result = found?.results[field]
    if (result?.kind === 'accepted') return { value: cellText(result.finding.value) }
    if (result?.kind === 'none' && result.why === 'no_key') {
      return { value: '', problem: 'Not enough to ask. Give a name and a company domain, or a LinkedIn URL.' }
    }
    // Who was asked in vain is enough: the sidebar knows which vendors are left, and whether there is a key of theirs.
    const asked = found && questionsAbout(found, { world, environment }).some((question) => job.answers[question])
    if (found && found.waiting.length > 0 && !asked) {
      return { value: '', problem: 'Not looked up yet. Select the row and press Enrich in the sidebar.' }
    }
    return { value: '', problem: `${fieldInfo(field).label} not found. Try other vendors in the sidebar.` }
  })
}
