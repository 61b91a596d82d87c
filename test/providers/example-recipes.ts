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

/** The vendors of the example recipes; each has the name of its file in its id. */
export const EXAMPLES: readonly Provider[] = readdirSync(FOLDER)
  .map((file) => file.replace(/\.json$/, ''))
  .map((name) => vendorOfRecipe(recipeVendorId(name), rightRecipe(JSON.parse(exampleText(name)))))

/** The vendor of one example recipe, and the ids of what it can be asked by. */
export function example(name: string): { readonly provider: Provider; readonly operations: readonly string[] } {
  const provider = EXAMPLES.find(({ id }) => id === recipeVendorId(name))!
  return { provider, operations: provider.operations.map(({ id }) => id) }
}
