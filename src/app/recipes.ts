import type * as Zod from 'zod/mini'
import { ENVIRONMENTS } from '../domain/environment'
import { fieldInfo } from '../domain/field'
import { hashText } from '../domain/hash'
import { LOOKUP_WORDS, LOOKUPS } from '../domain/lookup-key'
import { Problem } from '../domain/problem'
import type { Provider } from '../domain/provider'
import type { Recipe } from '../domain/recipe'
import { chargeWords } from '../engine/price'
import { approvalMark, isRecipeVendor, recipeVendorId, vendorOfRecipe } from '../providers/recipe'
import { checkRecipe } from '../providers/recipe-check'
import { nameOfHost } from '../providers/template'
import type { RecipeView } from './api-types'
import type { Host } from './host'
import { removeKey } from './keys'
import { bytesOf } from './property-size'
import { formatOf } from './stored'
import type { Read } from './versions'
import { newerProblem, NEWER_WORDS, parseJson, readVersioned } from './versions'
import { withLock } from './with-lock'

const RECIPE = 'recipe:'
const APPROVED = 'approved-recipes'

const MOST_RECIPES = 12

// A property holds 9 KB (platform.md section 1), a character takes up to three bytes, and the frame some more.
const MOST_BYTES = 9_000

/** A recipe as it is kept, under an id that stays when it is edited. */
interface StoredRecipe {
  readonly id: string
  readonly recipe: Recipe
}

/** The vendors of the recipes of this file, approved or not, by name; what cannot be read is left out. */
export function recipeVendors(host: Host): readonly Provider[] {
  return loadRecipes(host).map(({ id, recipe }) => vendorOfRecipe(recipeVendorId(id), recipe))
}

/** The vendors of the recipes that this person approved as they are now (safety S5). */
export function approvedRecipeVendors(host: Host): readonly Provider[] {
  const recipes = loadRecipes(host)
  if (recipes.length === 0) return []
  const approved = loadApproved(host)
  return recipes
    .filter(({ id, recipe }) => approved[id] === approvalMark(recipe))
    .map(({ id, recipe }) => vendorOfRecipe(recipeVendorId(id), recipe))
}

/** The recipe of a vendor, if it is one of the file's own; undefined for any other vendor or one that cannot be read. */
export function recipeOf(host: Host, vendor: string): Recipe | undefined {
  const read = readRecipe(host, idOf(vendor))
  return read?.kind === 'read' ? read.value : undefined
}

/** The recipes of this file as the screen shows them, by name. */
export function viewRecipes(host: Host): readonly RecipeView[] {
  const ids = recipeIds(host)
  if (ids.length === 0) return []
  const approved = loadApproved(host)
  return ids
    .map((id) => viewRecipe(id, readRecipe(host, id), approved[id]))
    .sort((one, other) => one.name.localeCompare(other.name))
}

/**
 * Keeps the recipe that a text holds, or each of a list: a new one without an id, or in the place of the one with this
 * id. Throws a Problem that says what is wrong with it.
 */
export function saveRecipe(host: Host, given: { readonly id: string | null; readonly text: string }): void {
  const value = parseJson(given.text)
  if (value === undefined)
    throw new Problem('That is no JSON. Look for a missing comma, quote or bracket and save it again.')
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw new Problem('The list is empty. Paste at least one recipe.')
  if (given.id !== null && values.length > 1)
    throw new Problem('That is a list of recipes. Add them as new ones, or keep one of them here.')
  const recipes = values.map((one, index) => requireRight(one, values.length > 1 ? index + 1 : undefined))
  const texts = recipes.map(textOf)
  withLock(host, () => {
    const free = MOST_RECIPES - recipeIds(host).length
    if (given.id === null && texts.length > free)
      throw new Problem(`A file holds ${MOST_RECIPES} vendors of your own at most. Remove one that nobody needs first.`)
    for (const [index, text] of texts.entries())
      keep(host, given.id === null ? newId(host, recipes[index]!) : requireOwn(given.id), text)
  })
}

/** Forgets a recipe, with the keys and the approval that this person can reach. */
export function removeRecipe(host: Host, vendor: string): void {
  const id = idOf(vendor)
  const recipe = recipeOf(host, vendor)
  host.document.set(RECIPE + id, undefined)
  if (recipe) {
    const provider = vendorOfRecipe(vendor, recipe)
    for (const environment of ENVIRONMENTS)
      for (const place of ['personal', 'shared'] as const) removeKey(host, provider, { environment, place })
  }
  const { [id]: _gone, ...others } = loadApproved(host)
  saveApproved(host, others)
}

/** Notes that this person agrees to what a recipe sends. Throws a Problem when it is not the one that they saw. */
export function approveRecipe(
  host: Host,
  { recipe: vendor, mark }: { readonly recipe: string; readonly mark: string },
): void {
  const recipe = recipeOf(host, vendor)
  if (!recipe || approvalMark(recipe) !== mark)
    throw new Problem(
      'Somebody has just changed this vendor. Look at what it sends now and approve it again.',
      'reload',
    )
  saveApproved(host, { ...loadApproved(host), [idOf(vendor)]: mark })
}

/** Whether this person approved a recipe as it is now. */
export function isApproved(host: Host, vendor: string): boolean {
  const recipe = recipeOf(host, vendor)
  return recipe !== undefined && loadApproved(host)[idOf(vendor)] === approvalMark(recipe)
}

function requireOwn(vendor: string): string {
  const id = idOf(vendor)
  if (!/^[0-9a-z]{1,20}$/.test(id)) throw new Problem('There is no such vendor any more. Reload the sidebar.', 'reload')
  return id
}

function idOf(vendor: string): string {
  return isRecipeVendor(vendor) ? vendor.slice(recipeVendorId('').length) : ''
}

function recipeIds(host: Host): readonly string[] {
  return host.document
    .peekKeys()
    .filter((key) => key.startsWith(RECIPE))
    .map((key) => key.slice(RECIPE.length))
}

function loadRecipes(host: Host): readonly StoredRecipe[] {
  return recipeIds(host)
    .flatMap((id): readonly StoredRecipe[] => {
      const read = readRecipe(host, id)
      return read?.kind === 'read' ? [{ id, recipe: read.value }] : []
    })
    .sort((one, other) => one.recipe.name.localeCompare(other.recipe.name) || (one.id < other.id ? -1 : 1))
}

// Everybody who can edit the file can write its properties with a script of their own: what is kept is checked as if it
// had just been pasted.
function readRecipe(host: Host, id: string): Read<Recipe> | undefined {
  const text = id === '' ? undefined : host.document.peek(RECIPE + id)
  if (text === undefined) return undefined
  const z = require('zod/mini') as typeof Zod
  const read = readVersioned(
    formatOf(z.object({ recipe: z.unknown() }), ({ recipe }) => checkRecipe(recipe)),
    text,
  )
  if (read.kind !== 'read') return read
  return 'recipe' in read.value ? { kind: 'read', value: read.value.recipe } : { kind: 'damaged' }
}

function requireRight(value: unknown, number: number | undefined): Recipe {
  const checked = checkRecipe(value)
  if ('recipe' in checked) return checked.recipe
  throw new Problem(number === undefined ? checked.fault : `Recipe ${number} of the list: ${checked.fault}`)
}

function textOf(recipe: Recipe): string {
  const text = JSON.stringify({ version: 1, recipe })
  const bytes = bytesOf(text)
  if (bytes >= MOST_BYTES)
    throw new Problem(
      `The recipe of ${recipe.name} takes ${bytes.toLocaleString('en')} bytes, and Google keeps less than ${MOST_BYTES.toLocaleString('en')}. Leave out fields that nobody needs, or make two recipes of it.`,
    )
  return text
}

// What a newer version keeps there is not overwritten.
function keep(host: Host, id: string, text: string): void {
  if (readRecipe(host, id)?.kind === 'newer') throw newerProblem()
  host.document.set(RECIPE + id, text)
}

// The same for the same host, and for one beside it by its name: whoever adds it again, here or in a copy, is not asked to pay
// for what it answered, whatever it was called meanwhile.
function newId(host: Host, { name, operations }: Recipe): string {
  const at = nameOfHost(operations[0]!.url)
  const own = [[at], [at, name]].map((parts) => hashText(JSON.stringify(parts)).slice(0, 12))
  const taken = recipeIds(host)
  return own.find((id) => !taken.includes(id)) ?? host.randomId().replace(/-/g, '').slice(0, 12)
}

function loadApproved(host: Host): { readonly [id: string]: string } {
  const text = host.user.peek(APPROVED)
  if (text === undefined) return {}
  const z = require('zod/mini') as typeof Zod
  const read = readVersioned(
    formatOf(z.object({ recipes: z.record(z.string(), z.string()) }), ({ recipes }) => recipes),
    text,
  )
  if (read.kind === 'newer') throw newerProblem()
  // Damaged approvals are none: each recipe is asked about again.
  return read.kind === 'read' ? read.value : {}
}

function saveApproved(host: Host, recipes: { readonly [id: string]: string }): void {
  host.user.set(APPROVED, JSON.stringify({ version: 1, recipes }))
}

const damagedWords = (): string =>
  'This vendor cannot be read: somebody changed it. Paste its recipe again, or remove it.'

function viewRecipe(id: string, read: Read<Recipe> | undefined, approved: string | undefined): RecipeView {
  const vendor = recipeVendorId(id)
  if (read?.kind !== 'read') {
    const trouble = read?.kind === 'newer' ? NEWER_WORDS : damagedWords()
    return {
      id: vendor,
      name: 'Unreadable vendor',
      text: '',
      mark: '',
      approved: false,
      trouble,
      host: '',
      questions: [],
    }
  }
  const recipe = read.value
  const mark = approvalMark(recipe)
  const provider = vendorOfRecipe(vendor, recipe)
  return {
    id: vendor,
    name: recipe.name,
    text: JSON.stringify(recipe, null, 2),
    mark,
    approved: approved === mark,
    trouble: null,
    host: provider.hosts[0] ?? '',
    questions: provider.operations.map(({ by, finds, price }) => ({
      asked: LOOKUP_WORDS[by],
      sends: LOOKUPS[by].map((field) => fieldInfo(field).label),
      finds: finds.map((field) => fieldInfo(field).label),
      price: chargeWords(price),
      credits: price.credits,
    })),
  }
}
