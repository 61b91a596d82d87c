import type * as Zod from 'zod/mini'
import { ENVIRONMENTS } from '../domain/environment'
import { FIELD_NAMES } from '../domain/field'
import { PROVENANCE_PLACES } from '../domain/finding'
import { Problem } from '../domain/problem'
import { MARK_HEADERS } from '../domain/row-print'
import { MAX_LANES } from '../engine/lane'
import type { Api } from './api-types'
import { basisSchema } from './basis'
import { capsSchema } from './caps'
import { periodsSchema } from './periods'
import { termsSchema } from './terms'
import { ruleSchema } from './waterfalls'

// Longest arguments of a call: a pasted suppression list of some 10,000 lines (safety S16).
const MAX_CHARS = 500_000

// A search for somebody comes back with all that it found by then, in 200 rows at most.
const MAX_TRAIL = 5_000_000
const WITH_TRAIL: ReadonlySet<keyof Api> = new Set(['person', 'erasePerson', 'correctPerson'])

// Columns that a formula may fill: more than fields.
const MOST_FIELDS = 200

// Written well within the minute that nothing else can begin (app/start.ts).
const MOST_DECISIONS = 200

/** The arguments of a call, checked. Throws a Problem for anything that our own page would not send. */
export function readArguments<N extends keyof Api>(name: N, json: string): Parameters<Api[N]> {
  const most = WITH_TRAIL.has(name) ? MAX_TRAIL : MAX_CHARS
  if (json.length > most) throw new Problem('That is too much at once. Paste it in several parts.')
  const read = schemaOf(name)(json)
  if (!read)
    throw new Problem(
      'The sidebar and the add-on do not fit together. Reload the page and open the sidebar again.',
      'reload',
    )
  return read as Parameters<Api[N]>
}

// Some 15,000 pairs of rows, where a call takes half a million characters.
const MOST_GROUPS = 200_000

// More than the sidebar offers to try: our choice.
const MOST_TRIED = 1_000

/** The schema of what a person asks for. */
export function requestSchema() {
  const z = require('zod/mini') as typeof Zod
  const field = z.enum(FIELD_NAMES as unknown as readonly [string, ...string[]])
  return z.object({
    scope: scopeSchema(),
    mapping: z.record(z.string().check(z.maxLength(6)), z.nullable(field)),
    wanted: z.array(field),
    purpose: z.string(),
    cap: z.number(),
    sample: z.exactOptional(z.number().check(z.minimum(1), z.maximum(MOST_TRIED))),
    replace: z.optional(z.enum(['invalid', 'beside'])),
    saved: z.optional(z.string().check(z.maxLength(100))),
    repeats: z.exactOptional(repeatsSchema()),
  })
}

function repeatsSchema() {
  const z = require('zod/mini') as typeof Zod
  return z.object({
    groups: z.string().check(z.maxLength(MOST_GROUPS), z.regex(/^\d+(,\d+)+(;\d+(,\d+)+)*$/)),
    print: z.string(),
  })
}

function scopeSchema() {
  const z = require('zod/mini') as typeof Zod
  return z.enum(['selected', 'all', 'missing', 'last_run', 'added'])
}

function schemaOf(name: keyof Api): (json: string) => readonly unknown[] | undefined {
  const z = require('zod/mini') as typeof Zod
  const field = z.enum(FIELD_NAMES as unknown as readonly [string, ...string[]])
  const scope = scopeSchema()
  const mapping = z.record(z.string().check(z.maxLength(6)), z.nullable(field))
  const id = z.string().check(z.maxLength(100))
  const environment = z.enum(ENVIRONMENTS)
  const place = z.enum(['personal', 'shared'])
  const index = z.number().check(z.minimum(0), z.maximum(10_000_000))
  const vendor = z.string().check(z.maxLength(60))
  const tuple = (): Zod.ZodMiniType => {
    switch (name) {
      case 'overview':
        return z.tuple([z.object({ scope, mapping, wanted: z.nullable(z.array(field)), saved: z.optional(id) })])
      case 'receipt':
      case 'compareReceipt':
        return z.tuple([requestSchema()])
      case 'startRun':
        return z.tuple([id, z.optional(repeatsSchema())])
      case 'continueRun':
      case 'runStatus':
      case 'stopRun':
      case 'resumeRun':
      case 'searchesUsed':
      case 'undoRun':
      case 'finishMerge':
      case 'verdicts':
      case 'showFailed':
      case 'review':
      case 'applySaved':
      case 'takeRules':
      case 'takeCaps':
      case 'removeSaved':
      case 'finishFormulas':
        return z.tuple([id])
      case 'addCompanions':
        return z.tuple([z.object({ run: id, what: z.enum(['status', 'sources', 'nothing']) })])
      case 'saveRun':
        return z.tuple([z.object({ name: z.string(), request: requestSchema() })])
      case 'joinRun':
        return z.tuple([z.object({ run: id, lane: z.number().check(z.minimum(1), z.maximum(MAX_LANES)) })])
      case 'settings':
      case 'waterfalls':
      case 'formulaCells':
      case 'formulaBuilder':
      case 'privacy':
      case 'register':
      case 'usage':
      case 'exportUsage':
      case 'exportSuppressed':
      case 'keepStore':
      case 'clearStore':
      case 'removePractice':
      case 'retention':
      case 'clean':
      case 'notices':
        return z.tuple([])
      case 'setEnvironment':
        return z.tuple([environment])
      case 'saveKey':
        return z.tuple([z.object({ vendor, environment, place, key: z.string() })])
      case 'coverTransfer':
        return z.tuple([z.object({ vendor, isCovered: z.boolean() })])
      case 'saveBasis':
        return z.tuple([basisSchema()])
      case 'removeKey':
        return z.tuple([z.object({ vendor, environment, place })])
      case 'testKey':
        return z.tuple([z.object({ vendor, environment })])
      case 'saveRecipe':
        return z.tuple([z.object({ id: z.nullable(vendor), text: z.string() })])
      case 'removeRecipe':
        return z.tuple([vendor])
      case 'approveRecipe':
        return z.tuple([z.object({ recipe: vendor, mark: id })])
      case 'tryRecipe':
        return z.tuple([z.object({ recipe: vendor, purpose: z.string() })])
      case 'explainCell':
      case 'duplicates':
        return z.tuple([mapping])
      case 'listRows':
        return z.tuple([z.object({ sheet: z.number(), firstRow: index, from: index })])
      case 'otherList':
      case 'verifiedCells':
        return z.tuple([z.number()])
      case 'keepApart':
        return z.tuple([z.array(vendor).check(z.maxLength(2_000))])
      case 'markRows':
        return z.tuple([
          z.object({
            sheet: z.number(),
            header: z.enum(MARK_HEADERS),
            mark: id,
            from: index,
            to: index,
            rows: z.array(z.object({ print: id, text: z.string() })),
          }),
        ])
      case 'mergeGroups': {
        const row = z.object({ row: index, print: id })
        const cell = z.object({ column: z.nullable(index), header: id, text: z.string(), from: z.nullable(index) })
        const group = z.object({ keep: row, gone: z.array(row), cells: z.array(cell) })
        return z.tuple([
          z.object({ merge: id, batch: index, sheet: z.number(), firstRow: index, mark: id, groups: z.array(group) }),
        ])
      }
      case 'turnIntoValues': {
        const area = z.object({ row: index, column: index, rows: index, columns: index })
        return z.tuple([z.object({ change: id, sheet: z.number(), areas: z.nullable(z.array(area)) })])
      }
      case 'priceFormula': {
        const about = z.enum(['person', 'company', 'row'])
        const columns = z.array(index)
        return z.tuple([z.object({ sheet: z.number(), mark: id, about, columns, fields: z.array(field) })])
      }
      case 'insertFormulas': {
        const headers = z.array(vendor).check(z.minLength(1), z.maxLength(MOST_FIELDS))
        const formula = z.string().check(z.maxLength(2_000))
        const way = z.enum(['rows', 'whole'])
        return z.tuple([z.object({ change: id, sheet: z.number(), mark: id, headerRow: index, headers, formula, way })])
      }
      case 'person':
        return z.tuple([z.union([z.string(), askSchema()])])
      case 'erasePerson': {
        const ask = z.object({ trail: z.string(), what: z.enum(['cells', 'rows']), by: id })
        return z.tuple([z.nullable(ask)])
      }
      case 'correctPerson':
        return z.tuple([z.object({ trail: z.string(), field, value: z.string().check(z.maxLength(2_000)) })])
      case 'saveRetention':
        return z.tuple([periodsSchema()])
      case 'markInformed':
        return z.tuple([z.object({ sheet: z.number(), prints: z.array(id) })])
      case 'selectRows':
        return z.tuple([z.object({ sheet: z.number(), rows: z.array(z.number().check(z.minimum(1))) })])
      case 'newTab':
        return z.tuple([z.object({ name: id, lines: z.array(z.array(z.string())) })])
      case 'showRows':
        return z.tuple([z.object({ run: id, field, status: z.string().check(z.maxLength(30)) })])
      case 'settleReview':
        return z.tuple([
          z.object({
            run: id,
            decisions: z
              .array(
                z.object({
                  planned: z.number(),
                  field,
                  value: z.string(),
                  verdict: z.enum(['accept', 'reject']),
                }),
              )
              .check(z.maxLength(MOST_DECISIONS)),
          }),
        ])
      case 'saveSources':
        return z.tuple([z.array(vendor).check(z.maxLength(50))])
      case 'saveTerms':
        return z.tuple([z.object({ vendor, terms: z.nullable(termsSchema()) })])
      case 'saveWaterfall':
        return z.tuple([z.object({ field, rule: z.nullable(ruleSchema()) })])
      case 'saveCap':
        return z.tuple([z.number()])
      case 'saveFormulaSpending':
        return z.tuple([z.object({ isOn: z.boolean(), perDay: z.number() })])
      case 'saveCaps':
        return z.tuple([capsSchema()])
      case 'saveProvenance':
        return z.tuple([z.enum(PROVENANCE_PLACES)])
      case 'saveAccount':
        return z.tuple([z.enum(['personal', 'workspace'])])
      case 'importSuppressed':
        return z.tuple([
          z.object({
            salt: z.string().check(z.regex(/^[\w-]{1,60}$/)),
            hashes: z.array(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
          }),
        ])
      case 'addSuppressed':
      case 'removeSuppressed':
      case 'addSaved':
        return z.tuple([z.string()])
    }
  }
  return (json) => {
    const read = z.safeParse(tuple(), parseJson(json))
    return read.success ? (read.data as readonly unknown[]) : undefined
  }
}

function askSchema() {
  const z = require('zod/mini') as typeof Zod
  const text = z.string().check(z.maxLength(500))
  return z.object({
    who: z.object({ email: text, linkedin: text, phone: text, name: text, company: text }),
    picked: z.nullable(z.array(z.string())),
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
