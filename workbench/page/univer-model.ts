import {
  ICommandService,
  LocaleType,
  LogLevel,
  Univer,
  type ICommandInfo,
  type IExecutionOptions,
  type Injector,
} from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { UniverFormulaEnginePlugin } from '@univerjs/engine-formula'
import { UniverSheetsPlugin } from '@univerjs/sheets'
import { UniverSheetsFormulaPlugin } from '@univerjs/sheets-formula'
import { UniverSheetsNotePlugin } from '@univerjs/sheets-note'
import { UniverSheetsNumfmtPlugin } from '@univerjs/sheets-numfmt'
import { UniverSheetsSortPlugin } from '@univerjs/sheets-sort'
import type { Mutation } from './protocol'
import '@univerjs/sheets/facade'
import '@univerjs/engine-formula/facade'
import '@univerjs/sheets-formula/facade'
import '@univerjs/sheets-numfmt/facade'
import '@univerjs/sheets-sort/facade'
import '@univerjs/sheets-note/facade'

/** The one workbook of a model has this id, on the server and in every page. */
export const WORKBOOK = 'workbook'

/** What Univer calls a change of the model, as opposed to a command of a person or a change of the view. */
const MUTATION = 2

/** A headless Univer with the plugins that a workbook needs. */
export interface Model {
  readonly api: FUniver
  /** Where Univer's own services are found. */
  readonly services: Injector
  execute(mutation: Mutation): void
  onMutation(listener: (mutation: Mutation, options: IExecutionOptions | undefined) => void): void
}

/** Creates a headless Univer that computes formulas; it holds no workbook yet. */
export const createModel = (): Model => {
  const univer = new Univer({
    logLevel: LogLevel.ERROR,
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: {} },
  })
  univer.registerPlugin(UniverFormulaEnginePlugin)
  univer.registerPlugin(UniverSheetsPlugin)
  univer.registerPlugin(UniverSheetsFormulaPlugin)
  univer.registerPlugin(UniverSheetsNumfmtPlugin)
  univer.registerPlugin(UniverSheetsSortPlugin)
  univer.registerPlugin(UniverSheetsNotePlugin)
  const injector = univer.__getInjector()
  const commands = injector.get(ICommandService)
  return {
    api: FUniver.newAPI(univer),
    services: injector,
    execute: ({ id, params }) => {
      commands.syncExecuteCommand(id, params as object)
    },
    onMutation: (listener) => {
      commands.onCommandExecuted((command: Readonly<ICommandInfo>, options) => {
        if (command.type === MUTATION) listener({ id: command.id, params: command.params }, options)
      })
    },
  }
}
