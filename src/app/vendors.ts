import type { Environment } from '../domain/environment'
import type { Field, Verifiable } from '../domain/field'
import { fieldInfo, VERDICT_FIELDS, verifiedBy } from '../domain/field'
import type { Finding } from '../domain/finding'
import { DAY_MS } from '../domain/overwrite'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import type { World } from '../engine/world'
import { waterfallsFor } from '../engine/world'
import { companyMatchKey } from '../normalize/company-name'
import { normalizeValue } from '../normalize/value'
import { numberingPlan } from '../providers/from_row'
import { PROVIDERS } from '../providers/index'
import { isRecipeVendor, recipeVendorId, vendorOfRecipe } from '../providers/recipe'
import { provenanceNote } from '../sheet/note'
import { purposeTest } from './basis'
import type { Host } from './host'
import { findKey } from './keys'
import type { RunRecord } from './run-record'
import { approvedRecipeVendors, isApproved, recipeOf, recipeVendors } from './recipes'
import { peekSettings } from './settings'
import { watchSuppression } from './suppressed'
import { loadTerms, onTerms } from './terms'
import { coverTest } from './transfers'
import type { Learned } from './waterfalls'
import { loadRules } from './waterfalls'

/**
 * The vendors that can be asked in an environment, on the terms of this file: training alone; or public sources, of which
 * some must be ticked (safety S23), vendors with a key, and those of the file's own that this person approved. Throws a
 * Problem when the terms cannot be read.
 */
export function askable(host: Host, environment: Environment): readonly Provider[] {
  if (environment === 'training') return trainingVendors()
  const ticked = peekSettings(host).publicSources
  const terms = loadTerms(host)
  const able = [...PROVIDERS, ...approvedRecipeVendors(host)].filter((provider) => {
    switch (provider.kind) {
      case 'training':
        return false
      case 'public':
        return provider.optIn === undefined || ticked.includes(provider.id)
      case 'vendor':
        return findKey(host, environment, provider) !== undefined
    }
  })
  return able.map((provider) => onTerms(provider, terms))
}

/** The vendors without the public sources that are called: half of a day's requests is kept for others (safety S23). */
export function withoutPublicCalls(providers: readonly Provider[]): readonly Provider[] {
  return providers.filter(
    ({ kind, operations }) => kind !== 'public' || operations.every((operation) => operation.kind === 'local'),
  )
}

/**
 * The vendors whose stored answers can be read in an environment, with a key or without: nothing is asked, and no user
 * properties are looked at.
 */
export function readable(host: Host, environment: Environment): readonly Provider[] {
  if (environment === 'training') return trainingVendors()
  return [...PROVIDERS, ...recipeVendors(host)].filter((provider) => provider.kind !== 'training')
}

/** The vendors of a run, as far as they are known still: whoever looks at it sees what it saw, with keys or without. */
export function vendorsOf(
  host: Host,
  run: Pick<RunRecord, 'environment' | 'vendorsAtStart' | 'vendors'>,
): readonly Provider[] {
  const ticked = peekSettings(host).publicSources
  return readable(host, run.environment).filter(({ id, kind, optIn }) => {
    if (isAgreedTo({ id, kind })) return run.vendorsAtStart.includes(id) || (run.vendors[id]?.called ?? 0) > 0
    return optIn === undefined || ticked.includes(id)
  })
}

/** Whether a vendor is asked only by runs whose receipt spoke of it, unlike public sources and training. */
export function isAgreedTo({ id, kind }: Pick<Provider, 'id' | 'kind'>): boolean {
  return kind === 'vendor' || isRecipeVendor(id)
}

function trainingVendors(): readonly Provider[] {
  return PROVIDERS.filter((provider) => provider.kind === 'training')
}

/** The vendor with this id. Throws a Problem when there is none. */
export function vendorById(host: Host, id: string): Provider {
  const provider = findVendor(host, id)
  if (!provider) throw new Problem(`There is no vendor "${id}". Reload the sidebar.`, 'reload')
  return provider
}

/** What people call a vendor, also one of the file's own that is gone. */
export function vendorName(host: Host, id: string): string {
  return findVendor(host, id)?.name ?? nameOfGone(id)
}

/** What a vendor that is gone is called: of a recipe nothing but its id is left, whose beginning tells it from others. */
export function nameOfGone(id: string): string {
  return isRecipeVendor(id) ? `Removed vendor ${id.slice(recipeVendorId('').length).slice(0, 4)}` : id
}

/** Who said a value, how sure, when and at what price, in one line. */
export function findingNote(host: Host, finding: Finding): string {
  const { provider } = finding.provenance
  return provenanceNote(finding, findVendor(host, provider) ?? { name: nameOfGone(provider), kind: 'vendor' })
}

/** The names of all vendors by id, the public sources, training and the person's own ones among them. */
export function vendorNames(host: Host): ReadonlyMap<string, string> {
  return new Map([...PROVIDERS, ...recipeVendors(host)].map(({ id, name }) => [id, name]))
}

/** Why a vendor of a run cannot be asked any more, and what to do. */
export function goneSentence(host: Host, id: string): string {
  const name = vendorName(host, id)
  const without = `or make a new receipt to go on without ${name}`
  const provider = findVendor(host, id)
  if (provider && !coverTest(host)(provider))
    return `The transfer of data to ${name} is not ticked as covered any more. Tick it under Vendors and go on, ${without}.`
  if (!isRecipeVendor(id) || isApproved(host, id))
    return `There is no key of ${name} any more. Enter it again under Vendors and go on, ${without}.`
  return provider === undefined
    ? 'One of your own vendors was removed. Make a new receipt to go on without it.'
    : `${name} was changed since you approved it. Look at it under Vendors and approve it again, ${without}.`
}

function findVendor(host: Host, id: string): Provider | undefined {
  const provider = PROVIDERS.find((one) => one.id === id)
  if (provider) return provider
  const recipe = recipeOf(host, id)
  return recipe && vendorOfRecipe(id, recipe)
}

/**
 * What the engine needs for a run: the waterfalls over the vendors at hand, as this file has them and in the order that
 * `learned` suggests, and how values are cleaned. Throws a Problem when they cannot be read.
 */
export function makeWorld(
  host: Host,
  given: { readonly providers: readonly Provider[]; readonly wanted: readonly Field[]; readonly learned: Learned },
): World {
  const { wanted, learned } = given
  const what = verifiedBy(wanted)
  const providers = what ? given.providers.map((provider) => verifierOf(provider, what)) : given.providers
  const rules = loadRules(host, wanted, learned)
  // What is to be newer is one field: an answer about others counts as long as ever.
  const refreshed = wanted.flatMap((field) => {
    const rule = rules.overwrite(field)
    return rule.kind === 'refresh' ? [{ field, ms: rule.days * DAY_MS }] : []
  })
  const waterfalls = waterfallsFor(wanted, providers, rules)
  const types = what === 'phone' ? waterfalls.phone_type : undefined
  return {
    waterfalls: types ? { phone_type: { ...types, steps: [numberingPlan, ...types.steps] } } : waterfalls,
    refreshMs: ({ values = {} }) => Math.min(...refreshed.flatMap(({ field, ms }) => (values[field] ? [ms] : []))),
    normalize: makeNormalize(host),
    isSuppressed: watchSuppression(host),
    ...(!providers.some(({ kind }) => kind === 'training') && { keeps: purposeTest(host) }),
    sameCompany: (a, b) => companyMatchKey(a) === companyMatchKey(b),
  }
}

/** A world in which what was found counts however old it is: for what only looks at it. */
export function withoutRefresh(world: World): World {
  return { ...world, refreshMs: () => Infinity }
}

/** How the values of fields are cleaned in this file. */
export function makeNormalize(host: Host): World['normalize'] {
  return (field, value) => {
    const { kind } = fieldInfo(field)
    // Asked for where it says something: it costs a call.
    const country = kind === 'phone' ? countryOf(host) : undefined
    return normalizeValue(kind, value, country === undefined ? {} : { country })
  }
}

/** The names of the vendors that are asked about an address or a number itself, for its verdict. */
export function verifierNames(providers: readonly Provider[], what: Verifiable): readonly string[] {
  return providers.filter((provider) => canVerify(provider, what)).map(({ name }) => name)
}

function canVerify(provider: Provider, what: Verifiable): boolean {
  return verifierOf(provider, what).operations.some(
    ({ kind, finds }) => kind === 'remote' && finds.includes(VERDICT_FIELDS[what]),
  )
}

// A finder that is asked by a name is paid for an address that nobody wants, and tells of that one.
function verifierOf(provider: Provider, what: Verifiable): Provider {
  return { ...provider, operations: provider.operations.filter(({ by }) => by === what) }
}

/** The country that phone numbers without a prefix belong to: that of the spreadsheet's locale, such as `fr_FR`. */
export function countryOf(host: Host): string | undefined {
  return /[_-]([A-Z]{2})\b/.exec(host.sheets.locale())?.[1]
}
