import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Provider } from '../../src/domain/provider'
import type { Recipe } from '../../src/domain/recipe'
import { recipeVendorId, vendorOfRecipe } from '../../src/providers/recipe'
import { checkRecipe } from '../../src/providers/recipe-check'

const FOLDER = path.resolve('docs/recipes')

/** The text of an example recipe. */
export function exampleText(name: string): string {
  return readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')
}

/** A recipe that must be right. */
export function rightRecipe(value: unknown): Recipe {
  const checked = checkRecipe(value)
  if ('fault' in checked) throw new Error(checked.fault)
  return checked.recipe
}

/** A vendor that none of them is like: it takes lists, answers later, and has its key in the body. */
const LISTS = {
  name: 'Lists',
  docs: 'https://lists.example/docs',
  auth: { in: 'body', field: 'key' },
  headers: { 'X-Version': '2' },
  operations: [
    {
      by: 'email',
      url: 'https://api.lists.example/v1/lists',
      method: 'post',
      body: { rows: [{ id: '{tag}', email: '{email}' }] },
      fields: {
        full_name: { at: 'person.name', confidence: { at: 'score', scale: 1 } },
        phone: { at: 'phones[0]', status: { at: 'works', words: { true: 'valid' } } },
        skills: 'skills[*].name',
      },
      says: [
        { at: '$.error', is: 'credits', means: 'refused_credits' },
        { at: 'person', is: null, means: 'not_found' },
      ],
      price: { credits: 1, charge: 'hit' },
      batch: { size: 20, list: 'rows', results: 'results', echo: { at: 'id', is: '{tag}' } },
      poll: {
        ticket: 'list',
        url: 'https://api.lists.example/v1/lists/{ticket}/results',
        method: 'post',
        body: { wait: false },
        ready: { at: 'state', is: 'done' },
        statuses: { 404: 'pending' },
        everySeconds: 5,
      },
    },
  ],
}

/** The vendors of the example recipes; each has the name of its file in its id. */
export const EXAMPLES: readonly Provider[] = [
  ...readdirSync(FOLDER)
    .map((file) => file.replace(/\.json$/, ''))
    .map((name) => vendorOfRecipe(recipeVendorId(name), rightRecipe(JSON.parse(exampleText(name))))),
  vendorOfRecipe(recipeVendorId('lists'), rightRecipe(LISTS)),
]

/** The vendor of one example recipe, and the ids of what it can be asked by. */
export function example(name: string): { readonly provider: Provider; readonly operations: readonly string[] } {
  const provider = EXAMPLES.find(({ id }) => id === recipeVendorId(name))!
  return { provider, operations: provider.operations.map(({ id }) => id) }
}
