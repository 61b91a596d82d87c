import type { Injector } from '@univerjs/core'
import {
  FunctionType,
  IDescriptionService,
  IEditorService,
  IShortcutService,
  type IShortcutItem,
} from '@univerjs/preset-sheets-core'
import type { FunctionHelp } from '../function-help'

/**
 * Puts the functions of the add-on among those that Univer lists and explains while a formula is typed. To be called once,
 * with a workbook open: Univer has none of these services before.
 */
export const offerFunctions = (injector: Injector, functions: readonly FunctionHelp[]): void => {
  const descriptions = injector.get(IDescriptionService)
  const shortcuts = injector.get(IShortcutService)
  const typed = (): string | undefined =>
    injector.get(IEditorService).getFocusEditor()?.getDocumentData().body?.dataStream

  // The list stays open for 0.3 s after the last key, and takes the Enter that ends a formula: `=GREET(A2)` became
  // `=GCD(A2)`. Keys are for the list only while what it was made for is what stands in the cell.
  let listed: string | undefined
  const search = descriptions.getSearchListByNameFirstLetter.bind(descriptions)
  descriptions.getSearchListByNameFirstLetter = (text) => {
    listed = typed()
    return search(text)
  }
  const register = shortcuts.registerShortcut.bind(shortcuts)
  shortcuts.registerShortcut = (item: IShortcutItem) => {
    const isOfList = item.id.startsWith('sheet.formula-embedding-editor.search_function.')
    return register(isOfList ? { ...item, preconditions: () => typed() === listed } : item)
  }

  descriptions.registerDescriptions(
    functions.map(({ name, about, params }) => ({
      functionName: name,
      functionType: FunctionType.User,
      description: about,
      abstract: about.split(/\.\s/)[0]!,
      functionParameter: params.map((param) => ({
        name: param.name,
        detail: param.about,
        example: param.name,
        require: param.optional ? 0 : 1,
        repeat: 0,
      })),
    })),
  )
}
