import { Problem } from '../domain/problem'
import type { Provider, Terms } from '../domain/provider'
import { PROVIDERS } from '../providers/index'
import { isRecipeVendor } from '../providers/recipe'
import { changeOwn } from './agreed'
import type { Api, Reply, SettingsView } from './api-types'
import { readArguments } from './arguments'
import { saveBasis } from './basis'
import { saveCaps, viewCaps } from './caps'
import { countClaims } from './claims'
import { addCompanions } from './companions'
import { correctPerson } from './correct'
import { markRows } from './duplicates'
import { erasePerson } from './erasure'
import { checkNoErasure } from './erasure-record'
import { explainCell } from './explain'
import { finishFormulas } from './finish-formulas'
import { insertFormulas, priceFormula, viewBuilder } from './formula-builder'
import { formulaCreditsToday, loadFormulaSpending, saveFormulaSpending } from './formula-spending'
import { turnIntoValues, viewFormulaCells } from './formula-values'
import { checkNoUndo, forgetUndo, notePast, undoOf } from './history'
import type { Host } from './host'
import { clearStore, keepStore } from './keep-store'
import { keepApart } from './kept-apart'
import { removeKey, saveKey } from './keys'
import { listRows, viewDuplicates, viewOtherList } from './list-rows'
import { finishMerge, mergeGroups } from './merge'
import { newTab } from './new-tab'
import { markInformed, selectRows, viewNotices } from './notices'
import { makeOverview } from './overview'
import { removePractice } from './practice'
import { continueRun, joinRun, viewCurrent } from './run'
import { countWrites } from './recover'
import { askToStop, countTroubled, isOpen, loadRun, myId, saveRun, reopen } from './run-record'
import { allowedADay, countUsage, dayEnds, loadAccount, loadUsage, saveAccount } from './quota'
import { approveRecipe, recipeVendors, removeRecipe, saveRecipe, viewRecipes } from './recipes'
import { clean, saveRetention, viewRetention } from './retention'
import { makeRegister } from './register'
import { settleReview, viewReview } from './review'
import { addSaved, applySaved, removeSaved, saveRun as saveAsked, takeCaps, takeRules, viewSaved } from './saved-runs'
import { changeSettings, loadSettings } from './settings'
import { countVerdicts, showFailed, showRows } from './row-status'
import { compareReceipt, makeReceipt, startRun } from './start'
import { readSuppressed } from './read-suppressed'
import { countSuppressed, listSuppressed, suppress, suppressHashes, unsuppress } from './suppressed'
import { testKey } from './test-key'
import { peekTerms, readTerms, saveTerms } from './terms'
import { coverTransfer } from './transfers'
import { tryRecipe } from './try-recipe'
import { undoRun } from './undo'
import { exportUsage, makeUsage } from './usage'
import { vendorById } from './vendors'
import { verifiedCells } from './verified'
import { searchesUsed } from './planned-rows'
import { viewPerson } from './view-person'
import { viewPrivacy } from './view-privacy'
import { viewVendors } from './view-vendors'
import { viewWaterfalls } from './view-waterfalls'
import { saveRule } from './waterfalls'
import { alone, checkNotStarting } from './turn'
import { withLock } from './with-lock'

// As many as a person corrects by hand.
const MOST_UNREADABLE = 20

/** Everything that the sidebar may ask, tied to a host. */
export function makeApi(host: Host): Api {
  return {
    overview: (ask) => makeOverview(host, ask),
    receipt: (request) => makeReceipt(host, request),
    compareReceipt: (request) => compareReceipt(host, request),
    startRun: (receiptId, repeats) => startRun(host, receiptId, repeats),
    continueRun: (runId) => continueRun(host, runId),
    joinRun: ({ run, lane }) => joinRun(host, run, lane),
    runStatus: (runId) => viewCurrent(host, runId),
    stopRun: (runId) => stopRun(host, runId),
    resumeRun: (runId) => resumeRun(host, runId),
    searchesUsed: (runId) => searchesUsed(host, runId),
    undoRun: (runId) => undoRun(host, runId),
    duplicates: (mapping) => viewDuplicates(host, mapping),
    otherList: (sheet) => viewOtherList(host, sheet),
    listRows: (ask) => listRows(host, ask),
    verifiedCells: (sheet) => verifiedCells(host, sheet),
    keepApart: (pairs) => keepApart(host, pairs),
    markRows: (ask) => markRows(host, ask),
    mergeGroups: (ask) => mergeGroups(host, ask),
    finishMerge: (merge) => finishMerge(host, merge),
    settings: () => viewSettings(host),
    setEnvironment: (environment) => {
      changeSettings(host, { environment })
      return viewSettings(host)
    },
    saveKey: ({ vendor, ...entry }) => {
      saveKey(host, vendorById(host, vendor), entry)
      // The first key ends the training: whoever pastes a key wants to use it.
      if (loadSettings(host).environment === 'training') changeSettings(host, { environment: entry.environment })
      return viewSettings(host)
    },
    coverTransfer: (given) => {
      coverTransfer(host, given)
      return viewSettings(host)
    },
    removeKey: ({ vendor, ...entry }) => {
      removeKey(host, vendorById(host, vendor), entry)
      return viewSettings(host)
    },
    testKey: (entry) => testKey(host, entry),
    saveTerms: ({ vendor, terms }) => {
      changeOwn(host, () => saveTerms(host, setBy(host, vendor, terms), terms))
      return viewSettings(host)
    },
    waterfalls: () => viewWaterfalls(host),
    saveWaterfall: ({ field, rule }) => {
      changeOwn(host, () => saveRule(host, field, rule))
      return viewWaterfalls(host)
    },
    saveCap: (cap) => {
      if (!(cap >= 0 && cap <= 1_000_000))
        throw new Problem('The cap must be a number of credits between 0 and 1,000,000.')
      changeSettings(host, { cap: Math.floor(cap) })
      return viewSettings(host)
    },
    saveFormulaSpending: (given) => {
      saveFormulaSpending(host, given)
      return viewSettings(host)
    },
    finishFormulas: (change) => finishFormulas(host, change),
    formulaCells: () => viewFormulaCells(host),
    turnIntoValues: (ask) => turnIntoValues(host, ask),
    formulaBuilder: () => viewBuilder(host),
    priceFormula: (ask) => priceFormula(host, ask),
    insertFormulas: (ask) => insertFormulas(host, ask),
    saveCaps: (caps) => {
      withLock(host, () => saveCaps(host, caps))
      return viewSettings(host)
    },
    saveSources: (ids) => {
      const publicSources = ids.map((id) => vendorById(host, id)).filter(({ optIn }) => optIn !== undefined)
      changeSettings(host, { publicSources: publicSources.map(({ id }) => id) })
      return viewSettings(host)
    },
    saveProvenance: (provenance) => {
      changeSettings(host, { provenance })
      return viewSettings(host)
    },
    saveAccount: (account) => {
      saveAccount(host, account)
      return viewSettings(host)
    },
    verdicts: (runId) => countVerdicts(host, runId),
    review: (runId) => viewReview(host, runId),
    settleReview: ({ run, decisions }) => settleReview(host, run, decisions),
    explainCell: (mapping) => explainCell(host, mapping),
    showRows: (ask) => showRows(host, ask),
    showFailed: (runId) => showFailed(host, runId),
    addCompanions: (ask) => addCompanions(host, ask),
    addSuppressed: (text) => {
      const { entries, unreadable } = readSuppressed(host, text)
      return { ...suppress(host, entries), unreadable: unreadable.slice(0, MOST_UNREADABLE) }
    },
    removeSuppressed: (text) => {
      const { entries, unreadable } = readSuppressed(host, text)
      return { ...alone(host, () => unsuppress(host, entries)), unreadable: unreadable.slice(0, MOST_UNREADABLE) }
    },
    privacy: () => viewPrivacy(host),
    saveBasis: (basis) => {
      saveBasis(host, basis)
      return viewPrivacy(host)
    },
    register: () => makeRegister(host),
    importSuppressed: (hashes) => suppressHashes(host, hashes),
    exportSuppressed: () => listSuppressed(host),
    usage: () => makeUsage(host),
    exportUsage: () => exportUsage(host),
    keepStore: () => keepStore(host),
    clearStore: () => clearStore(host),
    saveRecipe: (given) => {
      saveRecipe(host, given)
      return viewSettings(host)
    },
    removeRecipe: (recipe) => {
      const own = recipeVendors(host).find(({ id }) => id === recipe)
      if (own && peekTerms(host)[recipe]) changeOwn(host, () => saveTerms(host, own, null))
      removeRecipe(host, recipe)
      return viewSettings(host)
    },
    approveRecipe: (given) => {
      approveRecipe(host, given)
      return viewSettings(host)
    },
    tryRecipe: (given) => tryRecipe(host, given),
    saveRun: (ask) => saveAsked(host, ask),
    addSaved: (text) => addSaved(host, text),
    applySaved: (id) => applySaved(host, id),
    takeRules: (id) => takeRules(host, id),
    takeCaps: (id) => takeCaps(host, id),
    removeSaved: (id) => {
      removeSaved(host, id)
      return { saved: viewSaved(host) }
    },
    person: (given) => viewPerson(host, given),
    newTab: (ask) => newTab(host, ask),
    erasePerson: (ask) => erasePerson(host, ask),
    correctPerson: (ask) => correctPerson(host, ask),
    retention: () => viewRetention(host),
    saveRetention: (periods) => saveRetention(host, periods),
    clean: () => clean(host),
    notices: () => viewNotices(host),
    markInformed: (ask) => markInformed(host, ask),
    selectRows: (ask) => selectRows(host, ask),
    removePractice: () => ({ removed: removePractice(host) }),
  }
}

/** Answers one call of the sidebar as JSON text: a value, or a problem in words (safety S21). */
export function answerCall(host: Host, name: string, argsJson: string): string {
  const api = makeApi(host)
  const reply = (made: Reply<unknown>) => JSON.stringify(made)
  try {
    if (!Object.prototype.hasOwnProperty.call(api, name)) {
      throw new Problem(
        'The sidebar and the add-on do not fit together. Reload the page and open the sidebar again.',
        'reload',
      )
    }
    const known = name as keyof Api
    const call = api[known] as (...args: readonly unknown[]) => unknown
    const value = call(...readArguments(known, argsJson))
    countQuietly(host)
    return reply({ value })
  } catch (error) {
    if (error instanceof Problem) return reply({ problem: { message: error.message, action: error.action ?? null } })
    throw error
  }
}

// What was done stands, even if it could not be counted.
function countQuietly(host: Host): void {
  try {
    countUsage(host, {})
  } catch {
    // The next call counts on.
  }
}

function stopRun(host: Host, runId: string): ReturnType<Api['stopRun']> {
  const run = loadRun(host)
  if (run?.id === runId && isOpen(run)) {
    askToStop(host, runId)
    // An execution that was killed may have left values unread: a last slice looks at them before the run ends.
    if (run.by === myId(host)) continueRun(host, runId)
    const { cellsWritten } = countWrites(host, run)
    host.locked(() => {
      const current = loadRun(host)
      // Nobody is working on it: it ends here and now.
      if (current?.id !== runId || !isOpen(current) || current.leaseUntil > host.now()) return
      askToStop(host, undefined)
      const counted = current.epoch === run.epoch ? { ...current, cellsWritten } : current
      saveRun(host, { ...counted, state: 'stopped', endedAt: host.now(), epoch: current.epoch + 1 })
    })
  }
  return viewCurrent(host, runId)
}

function resumeRun(host: Host, runId: string): ReturnType<Api['resumeRun']> {
  withLock(host, () => {
    const run = loadRun(host)
    if (run?.id !== runId)
      throw new Problem('This run is not the current one any more. Look at the rows again.', 'reload')
    if (run.by !== myId(host)) throw new Problem('Another person started this run; only they can continue it.')
    if ((run.state === 'running' && !run.rest) || (run.state === 'done' && countTroubled(run) === 0)) return
    checkNoUndo(host)
    checkNoErasure(host)
    checkNotStarting(host)
    if (undoOf(host, run) === 'undone') {
      const message = 'This run was undone. Make a new receipt: what was found is known by now and costs nothing.'
      throw new Problem(message, 'new_receipt')
    }
    // Over for good: what it would go on from is not there any more, or its cap is used up.
    if (run.state === 'stopped' && run.problem?.action === 'new_receipt')
      throw new Problem(run.problem.message, 'new_receipt')
    // What an undoing that was cut short put back may be filled again: the next one begins anew.
    forgetUndo(host, runId)
    // What it wrote is counted anew.
    notePast(host, runId, {})
    askToStop(host, undefined)
    saveRun(host, reopen(run, host.now()))
  })
  return viewCurrent(host, runId)
}

function viewGoogle(host: Host): SettingsView['google'] {
  const account = loadAccount(host)
  const usage = loadUsage(host)
  return {
    account,
    fetches: { used: usage.fetches, perDay: allowedADay(account, 'fetches') },
    until: dayEnds(usage),
  }
}

function viewSettings(host: Host): SettingsView {
  const { environment, purpose, cap, publicSources, provenance } = loadSettings(host)
  const vendors = viewVendors(
    host,
    PROVIDERS.filter(({ optIn }) => optIn === undefined),
  )
  const ownVendors = viewVendors(host, recipeVendors(host))
  const withKey = [...vendors, ...ownVendors].filter(({ keys }) => keys.length > 0)
  return {
    environment,
    purpose,
    cap,
    caps: viewCaps(
      host,
      withKey.map(({ id }) => id),
    ),
    provenance,
    suppressed: countSuppressed(host),
    edition: host.edition,
    google: viewGoogle(host),
    formulas: {
      ...loadFormulaSpending(host),
      today: formulaCreditsToday(host),
      waiting: countClaims(host),
    },
    publicSources: PROVIDERS.flatMap(({ id, name, optIn }) =>
      optIn === undefined ? [] : [{ id, name, about: optIn, ticked: publicSources.includes(id) }],
    ),
    vendors,
    termsDamaged: readTerms(host).kind === 'damaged',
    ownVendors,
    recipes: viewRecipes(host),
  }
}

// What one of the file's own vendors costs and allows stands in its recipe, which people approve.
function setBy(host: Host, id: string, terms: Terms | null): Provider {
  const { prices = {}, limits = {}, perDay } = terms ?? {}
  const isMore = perDay !== undefined || [prices, limits].some((some) => Object.keys(some).length > 0)
  if (isMore && isRecipeVendor(id))
    throw new Problem('Change the prices and limits of your own vendors in their recipe.')
  return vendorById(host, id)
}
