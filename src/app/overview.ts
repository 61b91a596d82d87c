import type { Field, Verifiable } from '../domain/field'
import { FIELD_NAMES, fieldInfo } from '../domain/field'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import type { World } from '../engine/world'
import { rowsLabel } from '../sheet/a1'
import type { Placement, Target } from '../sheet/columns'
import { placeColumns } from '../sheet/columns'
import type { Api, FieldChoice, Overview, Scope } from './api-types'
import { loadBasis } from './basis'
import { loadErasure, unfinished } from './erasure-record'
import { readGuards } from './guards'
import type { Host } from './host'
import { viewHistory } from './history'
import { findLastRun } from './last-run'
import { findPractice } from './practice'
import { makeWritable } from './prepare'
import { loadRun } from './run-record'
import { addedRows } from './rows-seen'
import { viewSaved } from './saved-runs'
import { viewRun } from './view-run'
import { loadSettings, peekSettings } from './settings'
import { readStore } from './store'
import { countDamaged, lookAtStore } from './store-state'
import type { Survey } from './survey'
import { rowsInScope, tryToSurvey } from './survey'
import { askable, makeWorld, readable, verifierNames } from './vendors'

// What a first run asks for when nothing was chosen before: what a sales person misses most.
const FIRST_WANTED: readonly Field[] = ['email', 'phone', 'job_title']

// Training asks about nobody.
const PRACTICE = 'Practice with invented people'

/** What the Enrich screen shows: rows, columns, fields, and a run that is going on. */
export function makeOverview(host: Host, ask: Parameters<Api['overview']>[0]): Overview {
  const look = lookAtStore(host)
  const { trouble } = look
  const settings = trouble ? peekSettings(host) : loadSettings(host)
  const providers = askable(host, settings.environment)
  const learned = trouble ? {} : readStore(host, look).tallies(settings.environment)
  const basis = loadBasis(host)
  const world = makeWorld(host, { providers, wanted: FIELD_NAMES, learned })
  const findable = FIELD_NAMES.filter((field) => world.waterfalls[field] && (!basis || (world.keeps?.(field) ?? true)))
  const wanted = (ask.wanted ?? firstWanted(settings.wanted)).filter((field) => findable.includes(field))
  const sheet = host.sheets.active()
  const run = trouble ? undefined : loadRun(host)
  const frame = {
    scope: ask.scope,
    wanted,
    environment: settings.environment,
    verifiers: verifiersOf(host, providers, 'email'),
    numberVerifiers: verifiersOf(host, providers, 'phone'),
    canAsk: providers.some((provider) => provider.kind !== 'public'),
    purpose: basis?.purposes[0] ?? (settings.environment === 'training' ? PRACTICE : settings.purpose),
    basis: basis ?? null,
    cap: settings.cap,
    run: run ? viewRun(host, run) : null,
    practiceTab: findPractice(host)?.name ?? null,
    storeTrouble: trouble ?? null,
    storeRemark: loadErasure(host) ? unfinished() : damageRemark(countDamaged(host)),
    history: trouble ? [] : viewHistory(host),
    saved: viewSaved(host),
  }
  const looked = tryToSurvey(host, sheet, { mapping: ask.mapping })
  if (looked instanceof Problem) {
    return {
      ...frame,
      sheet: { ...sheet, rows: 0 },
      selection: { label: '', rows: 0 },
      rowsInScope: 0,
      columns: [],
      choices: findable.map((field) => choiceOf(field, world, 0)),
      problem: { message: looked.message, action: looked.action ?? null },
    }
  }
  const placement = placeColumns({
    headers: looked.headers,
    mapping: looked.mapping,
    wanted: findable,
    usedColumns: looked.usedColumns,
  })
  const writable = makeWritable(readGuards(host, looked.sheet.id), looked, placement)
  const selected = rowsInScope(host, looked, 'selected')
  const misses = (row: Survey['rows'][number]) => wanted.some((field) => writable(row, field))
  const rows = rowsOf(host, looked, { scope: ask.scope, saved: ask.saved, selected, misses })
  return {
    ...frame,
    sheet: { ...sheet, rows: looked.rows.length },
    selection: { label: rowNumbers(host), rows: selected.length },
    rowsInScope: rows.length,
    columns: withTargets(looked, placement),
    choices: findable.map((field) => choiceOf(field, world, rows.filter((row) => writable(row, field)).length)),
    problem: null,
  }
}

function verifiersOf(host: Host, asked: readonly Provider[], what: Verifiable): Overview['verifiers'] {
  const able = verifierNames(asked, what)
  // Training invents its answers: to name real vendors there would say nothing.
  const all = verifierNames(readable(host, 'production'), what)
  return { able, others: all.filter((name) => !able.includes(name)) }
}

// What is found also goes into a column that has the very name of a field, whatever its values look like.
function withTargets({ columns }: Survey, { targets }: Placement): Overview['columns'] {
  const fieldAt = new Map(
    (Object.entries(targets) as [Field, Target][]).flatMap(([field, { column, isNew }]) =>
      isNew ? [] : [[column, field] as const],
    ),
  )
  return columns.map((column) => {
    const field = fieldAt.get(column.column)
    if (column.field || column.how === 'you' || !field) return column
    return { ...column, field, how: 'header' }
  })
}

function damageRemark(count: number): string | null {
  if (count === 0) return null
  const answers = count === 1 ? '1 stored answer' : `${count.toLocaleString('en')} stored answers`
  return `${answers} could not be read: somebody changed a hidden tab. They may be asked again.`
}

/** The numbers of the selected rows as they stand beside the grid: "2-21". */
function rowNumbers(host: Host): string {
  return rowsLabel(host.sheets.selection()).replace(/^Rows? /, '')
}

function rowsOf(
  host: Host,
  survey: Survey,
  given: {
    readonly scope: Scope
    readonly saved: string | undefined
    readonly selected: Survey['rows']
    readonly misses: (row: Survey['rows'][number]) => boolean
  },
): Survey['rows'] {
  switch (given.scope) {
    case 'selected':
      return given.selected
    case 'all':
      return survey.rows
    case 'added':
      return addedRows(host, survey, given.saved)
    case 'missing':
      return survey.rows.filter(given.misses)
    case 'last_run': {
      const last = findLastRun(host)
      return last.sheet.id === survey.sheet.id
        ? survey.rows.filter((row) => last.rows.has(row.row)).filter(given.misses)
        : []
    }
  }
}

function firstWanted(saved: readonly Field[]): readonly Field[] {
  return saved.length > 0 ? saved : FIRST_WANTED
}

function choiceOf(field: Field, world: World, missing: number): FieldChoice {
  const steps = world.waterfalls[field]?.steps ?? []
  const info = fieldInfo(field)
  return {
    field,
    label: info.label,
    of: info.of,
    vendors: [...new Set(steps.map((step) => step.provider.name))],
    credits: steps.reduce((sum, step) => sum + step.operation.price.credits, 0),
    missing,
  }
}
