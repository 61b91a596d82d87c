import type { RunView } from '../../src/app/api-types'
import type { Product } from './product'
import { COLLEAGUE, OWNER, shown, startProduct, useHunter } from './product'
import type { SheetStore } from '../../workbench/appsscript/sheet-store'
import { begin, crowd, finderReply, finds, HUNTER, image, REQUEST, rowsOfSummary, scriptFinder, tabOf } from './story'

const HEADERS = ['First name', 'Last name', 'Website', 'Email']

let product: Product
const start = async (count: number) => {
  product = await startProduct({
    rows: [HEADERS, ...crowd(count).map((person) => [...person, 'everyone.example', ''])],
  })
  await useHunter(product)
}
const emails = () =>
  shown(product.store)
    .slice(1)
    .map((row) => row[3] ?? '')
const filled = () => emails().filter((email) => email !== '').length
afterEach(() => product.stop())

describe('stopping', () => {
  test.each([
    ['the person', OWNER],
    ['a colleague', COLLEAGUE],
  ])('by %s takes effect within one wave, and the run can go on', async (_, user) => {
    await start(50)
    const run = await begin(product)
    await product.callAs(user, 'runStatus', run.id)
    const asked = new Promise<void>((resolve) => {
      const off = product.vendors.onCall((call) => {
        if (!call.path.includes('finder')) return
        off()
        resolve()
      })
    })
    product.vendors.weather(HUNTER, { latencyMs: 100 })
    const working = product.call('continueRun', run.id)
    await asked
    await product.callAs(user, 'stopRun', run.id)
    const stopped = await working
    expect(stopped.state).toBe('stopped')
    expect(finds(product).length).toBeLessThanOrEqual(30)
    expect(filled()).toBe(finds(product).length)
    expect(stopped.rows.done).toBe(filled())

    product.vendors.weather(HUNTER, { latencyMs: 0 })
    const done = await product.finish(await product.call('resumeRun', run.id))
    expect(done).toMatchObject({ state: 'done', cellsWritten: 50, credits: { spent: 50, maybe: 0 } })
    expect(finds(product).length).toBe(50)
    expect(filled()).toBe(50)
  })

  test('a run that nobody works on ends it at once, and another can start', async () => {
    await start(2)
    const run = await begin(product)
    expect(await product.call('stopRun', run.id)).toMatchObject({ state: 'stopped', rows: { total: 2, done: 0 } })
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 2 })
  })
})

test('two tabs of one person double nothing', async () => {
  await start(40)
  const run = await begin(product)
  const drive = async (): Promise<RunView> => {
    let view = run
    for (let slices = 0; view.state === 'running' && slices < 50; slices++) {
      view = await product.call('continueRun', run.id)
      if (view.state === 'running') await product.emulator.advance(1000)
    }
    return view
  }
  const views = await Promise.all([drive(), drive()])
  for (const view of views) expect(view).toMatchObject({ state: 'done', cellsWritten: 40, calls: 40 })
  expect(finds(product).length).toBe(40)
  expect(new Set(finds(product)).size).toBe(40)
  expect(product.vendors.charged(HUNTER)).toBe(40)
})

test('a tab that takes over while the journal is moved into the index loses none of its answers', async () => {
  await start(400)
  const run = await begin(product)
  await product.call('continueRun', run.id)
  const other: Promise<RunView>[] = []
  const act = () => void other.push(product.emulator.advance(65_000).then(() => product.call('continueRun', run.id)))
  // The next tab that is made is the index. It hangs until the lease is over and the other tab has worked.
  product.emulator.script([
    { kind: 'between', method: 'Spreadsheet.insertSheet', nth: 1, act },
    { kind: 'hang', method: 'Sheet.insertRowsAfter', nth: 1, ms: 150_000 },
  ])
  const late = await product.execute('continueRun', run.id)
  expect((await other[0]!).rows.done).toBeGreaterThan(240)
  const done = await product.finish(await product.call('runStatus', run.id))
  expect(done).toMatchObject({ state: 'done', cellsWritten: 400, credits: { spent: 400, maybe: 0 }, remarks: [] })
  await product.call('undoRun', run.id)
  expect(await product.enrich({})).toMatchObject({ cellsWritten: 400, credits: { spent: 0 } })
  expect(product.vendors.charged(HUNTER)).toBe(400)
  expect(late.state).toBe('returned')
})

describe('what nobody heard in a run that ended', () => {
  const formula = (args: readonly string[]) =>
    product.emulator.formula({ name: 'ENRICH_EMAIL', args: [...args], user: OWNER })
  /** Google keeps no answer from this question on, in a file where formulas may spend. */
  const endAt = async (count: number, question: number) => {
    const rows = crowd(count).map((person) => [...person, 'everyone.example', ''])
    product = await startProduct({
      rows: [HEADERS, ...rows],
      options: { facts: { formula_may_set_properties: 'yes' } },
    })
    await useHunter(product)
    const key = product.vendors.keys[HUNTER]!
    await product.call('saveKey', { vendor: 'hunter', environment: 'production', place: 'shared', key })
    await product.call('saveFormulaSpending', { isOn: true, perDay: 50 })
    const [weak] = rows[0]!
    scriptFinder(product, (path) =>
      path.includes(`=${weak}&`) ? finderReply({ first_name: weak, score: 12 }) : undefined,
    )
    const run = await begin(product)
    const off = product.vendors.onCall(() => {
      if (finds(product).length < question) return
      off()
      product.emulator.script([{ kind: 'fail_method', method: 'Range.setValues', message: 'Nope', times: 100 }])
    })
    expect(await product.finish(run)).toMatchObject({ state: 'paused', problem: { action: 'try_again' } })
    product.emulator.script([])
    return run.id
  }
  const expectOnce = () => expect(finds(product).filter((path, at, all) => all.indexOf(path) < at)).toEqual([])

  const takeIn = async () => {
    expect((await formula(['Zoe Nowak', 'everyone.example'])).state).toBe('returned')
    await product.call('finishFormulas', 'a-change')
  }
  const decide = async (run: string) => {
    const { items } = await product.call('review', run)
    const { planned, field, candidates } = items[0]!
    const decisions = [{ planned, field, value: candidates[0]!.value, verdict: 'accept' as const }]
    expect(await product.call('settleReview', { run, decisions })).toMatchObject({ written: 1 })
  }
  test.each<readonly [string, (run: string) => Promise<void>]>([
    ['formulas were taken in', takeIn],
    ['somebody decided in Review', decide],
  ])('is not asked again after %s, which folds the journal', async (_, fold) => {
    const run = await endAt(300, 222)
    await product.call('stopRun', run)
    await fold(run)
    expect(await product.enrich({})).toMatchObject({ state: 'done', remarks: [] })
    expectOnce()
  })

  test('is not asked by a formula either, before and after it is settled', async () => {
    const run = await endAt(40, 12)
    const asked = finds(product).length
    const who = [`${/first_name=([^&]+)/.exec(finds(product).at(-1)!)![1]!} Nowak`, 'everyone.example']
    expect((await formula(who)).value).toContain('pending')
    await product.call('stopRun', run)
    await formula(['Zoe Nowak', 'everyone.example'])
    await product.call('finishFormulas', 'a-change')
    expect((await formula(who)).error?.message).toContain('not found')
    expect(finds(product)).toHaveLength(asked + 1)
    expectOnce()
  })
})

describe('somebody else', () => {
  test('sees who runs, cannot take over, and cannot start beside it', async () => {
    await start(3)
    const run = await begin(product)
    expect(await product.callAs(COLLEAGUE, 'runStatus', run.id)).toMatchObject({ mine: false, by: 'another person' })
    const { run: seen } = await product.callAs(COLLEAGUE, 'overview', { scope: 'all', mapping: {}, wanted: null })
    expect(seen).toMatchObject({ id: run.id, mine: false, sheetName: 'Leads' })
    await expect(product.callAs(COLLEAGUE, 'continueRun', run.id)).rejects.toThrow(
      'Another person started this run; only they can continue it. You can ask it to stop.',
    )
    await expect(product.callAs(COLLEAGUE, 'resumeRun', run.id)).rejects.toThrow('Another person started this run')
    await product.callAs(COLLEAGUE, 'saveKey', {
      vendor: 'hunter',
      environment: 'production',
      place: 'personal',
      key: product.vendors.keys[HUNTER]!,
    })
    const receipt = await product.callAs(COLLEAGUE, 'receipt', REQUEST)
    await expect(product.callAs(COLLEAGUE, 'startRun', receipt.id)).rejects.toThrow(
      'Another person has a run going on in the tab "Leads". Wait for it or stop it first.',
    )
    expect(finds(product)).toEqual([])
  })

  test('who starts while another start hangs for minutes keeps their run: the late one begins none', async () => {
    await start(30)
    const keyOf = { vendor: 'hunter', environment: 'production', place: 'personal' } as const
    await product.callAs(COLLEAGUE, 'saveKey', { ...keyOf, key: product.vendors.keys[HUNTER]! })
    const theirs = await product.callAs(COLLEAGUE, 'receipt', REQUEST)
    const mine = await product.call('receipt', REQUEST)
    const other: Promise<RunView>[] = []
    const begun = async () => {
      await product.emulator.advance(65_000)
      const run = await product.callAs(COLLEAGUE, 'startRun', theirs.id)
      return product.callAs(COLLEAGUE, 'continueRun', run.id)
    }
    product.emulator.script([
      { kind: 'between', method: 'Sheet.hideSheet', nth: 1, act: () => void other.push(begun()) },
      { kind: 'hang', method: 'SpreadsheetApp.flush', nth: 1, ms: 100_000 },
      { kind: 'hang', method: 'ClockTriggerBuilder.create', nth: 1, ms: 100_000 },
    ])
    await expect(product.call('startRun', mine.id)).rejects.toThrow('Google took too long')
    const run = await other[0]!
    const spent = product.vendors.charged(HUNTER)
    expect(spent).toBeGreaterThan(0)
    expect(await product.callAs(COLLEAGUE, 'runStatus', run.id)).toMatchObject({
      mine: true,
      credits: { spent, maybe: 0 },
    })
  })

  test("does not use the first person's receipt or key", async () => {
    await start(3)
    const receipt = await product.call('receipt', REQUEST)
    await expect(product.callAs(COLLEAGUE, 'startRun', receipt.id)).rejects.toThrow('start again')
    const { vendors } = await product.callAs(COLLEAGUE, 'settings')
    expect(vendors.find((vendor) => vendor.id === 'hunter')!.keys).toEqual([])
    expect(await product.callAs(COLLEAGUE, 'overview', { scope: 'all', mapping: {}, wanted: null })).toMatchObject({
      canAsk: false,
    })
  })
})

describe('a receipt', () => {
  test('older than ten minutes is refused', async () => {
    await start(2)
    const receipt = await product.call('receipt', REQUEST)
    await product.emulator.advance(10 * 60_000 + 1000)
    await expect(product.call('startRun', receipt.id)).rejects.toThrow(
      'This receipt is older than 10 minutes. Look at the new figures and start again.',
    )
  })

  test('names who is asked: a vendor whose key is entered later is for the next one', async () => {
    await start(3)
    scriptFinder(product, () => finderReply({ email: null, score: null, verification: null }))
    const run = await begin(product)
    const key = product.vendors.keys['api.prospeo.io']!
    await product.call('saveKey', { vendor: 'prospeo', environment: 'production', place: 'personal', key })
    expect(await product.finish(run)).toMatchObject({ state: 'done', credits: { spent: 0 } })
    expect(product.vendors.charged('api.prospeo.io')).toBe(0)
    const receipt = await product.call('receipt', { ...REQUEST, scope: 'last_run' })
    expect(receipt.lines.map(({ provider }) => provider)).toEqual(['prospeo'])
  })

  test('is used once', async () => {
    await start(2)
    const receipt = await product.call('receipt', REQUEST)
    const run = await product.call('startRun', receipt.id)
    await product.finish(run)
    await expect(product.call('startRun', receipt.id)).rejects.toThrow('Look at the new figures and start again.')
  })

  test.each<readonly [string, (made: Product) => Promise<unknown> | void]>([
    ['a row was filled', (made) => made.emulator.type(OWNER, tabOf(made.store).id, 'D2', 'ada@typed.example')],
    ['a row was added', (made) => made.emulator.type(OWNER, tabOf(made.store).id, 'A5', 'Zoe')],
    ['a row was deleted', (made) => made.store.deleteRows(tabOf(made.store).id, 1, 1)],
    ['a column was added', (made) => made.store.insertColumns(tabOf(made.store).id, 0, 1)],
    ['somebody was suppressed', (made) => made.call('addSuppressed', 'everyone.example')],
    ['the environment was switched', (made) => made.call('setEnvironment', 'training')],
    [
      'the key was removed',
      (made) => made.call('removeKey', { vendor: 'hunter', environment: 'production', place: 'personal' }),
    ],
    ['the tab was renamed and is another one', (made) => made.store.removeTab(tabOf(made.store).id)],
  ])('is refused when %s meanwhile, and nothing is asked', async (_, change) => {
    await start(3)
    product.store.addTab('Another')
    const receipt = await product.call('receipt', REQUEST)
    await change(product)
    await expect(product.call('startRun', receipt.id)).rejects.toThrow(
      /have changed since this receipt|was deleted\. Choose another tab/,
    )
    expect(finds(product)).toEqual([])
  })
})

describe('a kill', () => {
  test.each([5, 25, 45, 60, 75, 90, 110, 130])('at call %d of a slice loses and doubles nothing', async (atCall) => {
    await start(20)
    const run = await begin(product)
    product.emulator.script([{ kind: 'kill', atCall, overall: true, when: 'after' }])
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    product.emulator.script([])
    await product.emulator.advance(61_000)
    const done = await product.finish(run)
    expect(done.state).toBe('done')
    expect(new Set(finds(product)).size).toBe(finds(product).length)
    const { spent, maybe } = done.credits
    expect(product.vendors.charged(HUNTER)).toBeGreaterThanOrEqual(spent)
    expect(product.vendors.charged(HUNTER)).toBeLessThanOrEqual(spent + maybe)
    expect(spent + maybe).toBeLessThanOrEqual(20)
    expect(filled() + maybe).toBe(20)
    expect(rowsOfSummary(done.fields[0]!)).toBe(20)
  })

  test.each(['Properties.setProperty', 'Properties.getProperty'])(
    'at the first %s after the journal was moved into the index costs nothing',
    async (method) => {
      await start(240)
      let run = await begin(product)
      let killed = false
      const act = (store: SheetStore) => {
        const journal = killed ? undefined : store.tabs().find(({ name }) => name === '_enrich_journal')
        const first = { row: 0, column: 0, rows: 1, columns: 1 }
        const heading = journal && store.read(journal.id, first)[0]?.[0]?.value
        if (!String(heading).includes('"generation":2')) return
        killed = true
        product.emulator.killAll()
      }
      const nth = Array.from({ length: 2_000 }, (_, index) => index + 1)
      product.emulator.script(nth.map((one) => ({ kind: 'between', method, nth: one, act })))
      for (;;) {
        const ended = await product.execute('continueRun', run.id)
        if (ended.state === 'killed') break
        run = await product.call('runStatus', run.id)
        if (run.state !== 'running') break
      }
      expect(killed).toBe(true)
      product.emulator.script([])
      await product.emulator.advance(61_000)
      const done = await product.finish(run)
      expect(done).toMatchObject({ state: 'done', cellsWritten: 240, credits: { spent: 240, maybe: 0 }, remarks: [] })
      expect(product.vendors.charged(HUNTER)).toBe(240)
    },
  )

  describe('right after a paid wave, with its reservation', () => {
    const killInFlight = async () => {
      await start(5)
      const run = await begin(product)
      const off = product.vendors.onCall((call) => {
        if (call.path.includes('finder')) product.emulator.killAll()
      })
      expect((await product.execute('continueRun', run.id)).state).toBe('killed')
      off()
      await product.emulator.advance(61_000)
      return { run, journal: tabOf(product.store, '_enrich_journal') }
    }

    test('deleted spends nothing until somebody has chosen', async () => {
      const { run, journal } = await killInFlight()
      product.store.deleteRows(journal.id, product.store.used(journal.id).rows - 1, 1)
      expect(await product.call('continueRun', run.id)).toMatchObject({
        state: 'paused',
        problem: { message: expect.stringContaining('stored answers are missing') as string },
      })
      await product.call('keepStore')
      expect((await product.call('runStatus', run.id)).credits).toMatchObject({ spent: 0, maybe: 5 })
    })

    test('made unreadable counts as maybe charged, and says so', async () => {
      const { run, journal } = await killInFlight()
      const at = { row: product.store.used(journal.id).rows - 1, column: 0, rows: 1, columns: 1 }
      product.store.write(journal.id, at, [[{ value: 'scribbled' }]])
      const done = await product.finish(run)
      expect(done.credits.maybe).toBe(5)
      expect(done.remarks).toEqual([expect.stringContaining('up to 5 credits count as maybe charged') as string])
      expect(product.vendors.charged(HUNTER)).toBeLessThanOrEqual(done.credits.spent + done.credits.maybe)
    })
  })

  test('right after a paid wave, then stopped: the next run does not pay again', async () => {
    await start(5)
    const run = await begin(product)
    let fetches = 0
    const off = product.vendors.onCall((call) => {
      if (call.path.includes('finder') && ++fetches === 5) product.emulator.killAll()
    })
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    off()
    const paid = product.vendors.charged(HUNTER)
    expect(paid).toBe(5)
    await product.emulator.advance(61_000)
    expect((await product.call('stopRun', run.id)).state).toBe('stopped')
    const next = await product.enrich({})
    expect(next).toMatchObject({ state: 'done', cellsWritten: 0, credits: { spent: 0 } })
    expect(next.fields[0]!.leftAlone[0]!.why).toBe('An answer was lost on the way and may have been charged')
    expect(product.vendors.charged(HUNTER)).toBe(paid)
    expect(finds(product).length).toBe(5)
  })
})

describe('Google failing once', () => {
  // The journal is written and the lease looked at right before and after vendors are paid.
  const around = Array.from({ length: 30 }, (_, index) => index - 15)

  test('at any call around a paid wave loses no answer and marks nothing that was not sent', async () => {
    await start(5)
    const whole = await product.execute('continueRun', (await begin(product)).id)
    const paid = whole.calls.lastIndexOf('UrlFetchApp.fetchAll') + 1
    await product.stop()
    await start(5)
    const run = await begin(product)
    const begun = [product.store.snapshot(), product.emulator.snapshot()] as const
    for (const offset of around.filter((one) => one !== 0)) {
      product.store.restore(begun[0])
      product.emulator.restore(begun[1])
      product.vendors.reset()
      product.emulator.script([{ kind: 'fail', atCall: paid + offset, message: 'Dienst ausgefallen', overall: true }])
      await product.execute('continueRun', run.id)
      product.emulator.script([])
      await product.emulator.advance(61_000)
      const now = await product.call('runStatus', run.id)
      const done = await product.finish(now.state === 'paused' ? await product.call('resumeRun', run.id) : now)
      expect([offset, done.state, done.credits.spent, done.credits.maybe, filled()]).toEqual([offset, 'done', 5, 0, 5])
      expect(product.vendors.charged(HUNTER)).toBe(5)
    }
  })
})

test('a key that is removed meanwhile pauses the run in words, and it goes on with the key', async () => {
  await start(10)
  const run = await begin(product)
  const entry = { vendor: 'hunter', environment: 'production', place: 'personal' } as const
  await product.call('removeKey', entry)
  expect(await product.call('continueRun', run.id)).toMatchObject({
    state: 'paused',
    problem: {
      message: expect.stringContaining('There is no key of Hunter any more') as string,
      action: 'open_vendors',
    },
  })
  await useHunter(product)
  const done = await product.finish(await product.call('resumeRun', run.id))
  expect(done).toMatchObject({ state: 'done', cellsWritten: 10 })
})

test('somebody who is put on the list while a slice works is not asked about any more', async () => {
  await start(90)
  product.vendors.weather(HUNTER, { latencyMs: 300 })
  const run = await begin(product)
  const added = new Promise<number>((resolve) => {
    const off = product.vendors.onCall((call) => {
      if (!call.path.includes('finder')) return
      off()
      void product.call('addSuppressed', 'everyone.example').then(() => resolve(finds(product).length))
    })
  })
  const done = await product.finish(run)
  // What was on its way when the list had grown is heard; no further wave is sent.
  expect(finds(product).length - (await added)).toBeLessThanOrEqual(15)
  expect(done.fields[0]!.leftAlone).toEqual([expect.objectContaining({ status: 'objected' })])
})

describe('a run', () => {
  test('reports progress that only grows, and adds up to the rows at the end', async () => {
    await start(120)
    let view = await begin(product)
    const seen: number[] = [view.rows.done]
    while (view.state === 'running') {
      view = await product.call('continueRun', view.id)
      seen.push(view.rows.done)
      expect(await product.call('runStatus', view.id)).toEqual(view)
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(view).toMatchObject({ state: 'done', rows: { total: 120, done: 120 } })
    expect(view.endedAt).toBeGreaterThan(view.startedAt)
  })

  test('says of every row what became of it', async () => {
    product = await startProduct({
      rows: [
        [...HEADERS, 'Job title'],
        ['Ada', 'Nowak', 'everyone.example', '', ''],
        ['Bob', 'Nowak', 'everyone.example', 'bob@typed.example', ''],
        ['Cleo', 'Nowak', 'nobody.example', '', ''],
        ['Dan', 'Nowak', 'throwaway.example', '', ''],
        ['Eve', '', '', '', ''],
        ['', '', '', '', ''],
        ['Finn', 'Nowak', 'unsure.example', '', 'CTO'],
      ],
    })
    await useHunter(product)
    const run = await product.enrich({ wanted: ['email', 'job_title'] })
    expect(run.state).toBe('done')
    for (const field of run.fields) expect(rowsOfSummary(field)).toBe(run.rows.total)
    expect(run.cellsWritten).toBe(run.fields.reduce((sum, field) => sum + field.written, 0))
    const before = shown(product.store)
    expect(before[2]![3]).toBe('bob@typed.example')
    expect(before[7]![4]).toBe('CTO')
    expect(before[4]![3]).toBe('')
  })

  test('writes notes that tell vendor and confidence, under what a person noted', async () => {
    await start(2)
    const { id } = tabOf(product.store)
    product.store.write(id, { row: 1, column: 3, rows: 1, columns: 1 }, [[{ note: 'Met her in Lyon' }]])
    await product.enrich({})
    const notes = image(product.store).map((row) => row[3]!.note)
    expect(notes[1]).toMatch(/^Met her in Lyon\nEnrich: Hunter, \d+ % sure.*, 22 Nov 2026, 1 credit$/)
    expect(notes[2]).toMatch(/^Enrich: Hunter, \d+ % sure/)
  })

  test('keeps its tabs hidden, and the person where they were', async () => {
    await start(3)
    const { id } = tabOf(product.store)
    product.emulator.select(OWNER, id, ['B2:C3', 'A4'])
    await product.enrich({ scope: 'selected' })
    expect(product.emulator.active(OWNER)).toEqual({ tab: id, ranges: ['B2:C3', 'A4'] })
    const others = product.store.tabs().filter((tab) => tab.name !== 'Leads')
    expect(others.map((tab) => tab.name).sort()).toEqual(['_enrich_journal', '_enrich_rows', '_enrich_writes'])
    for (const tab of others) expect(tab.hidden).toBe(true)
  })

  test('whose hidden plan somebody deleted says so and pays nothing', async () => {
    await start(3)
    const run = await begin(product)
    product.store.removeTab(tabOf(product.store, '_enrich_rows').id)
    const view = await product.call('continueRun', run.id)
    expect(view).toMatchObject({ state: 'paused', problem: { action: 'new_receipt' } })
    expect(view.problem!.message).toContain('The plan of this run stood in a hidden tab')
    expect(finds(product)).toEqual([])
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 3 })
  })

  test('whose hidden plan somebody scribbled in says so too', async () => {
    await start(3)
    const run = await begin(product)
    const { id } = tabOf(product.store, '_enrich_rows')
    product.store.write(id, { row: 0, column: 0, rows: 1, columns: 1 }, [[{ value: '[null,5,"x"]' }]])
    expect((await product.call('continueRun', run.id)).problem!.action).toBe('new_receipt')
    expect(finds(product)).toEqual([])
  })

  test('that was killed before it read back keeps what it wrote when somebody deleted its plan', async () => {
    await start(3)
    const { calls } = await product.execute('continueRun', (await begin(product)).id)
    const written = calls.indexOf('SpreadsheetApp.flush', calls.lastIndexOf('RangeList.setNumberFormat')) + 1
    await product.stop()
    await start(3)
    const run = await begin(product)
    product.emulator.script([{ kind: 'kill', atCall: written, when: 'after', overall: true }])
    expect((await product.execute('continueRun', run.id)).state).toBe('killed')
    product.store.removeTab(tabOf(product.store, '_enrich_rows').id)
    product.store.write(tabOf(product.store).id, { row: 4, column: 0, rows: 1, columns: 3 }, [
      ['Bob', 'Nowak', 'everyone.example'].map((value) => ({ value })),
    ])
    const before = emails()
    expect(filled()).toBe(3)
    await product.emulator.advance(120_000)
    await product.call('stopRun', run.id)
    await begin(product)
    expect(emails()).toEqual(before)
  })

  test('with a scribbled journal leaves the damaged lines out and asks again only for them', async () => {
    await start(3)
    await product.enrich({})
    const { id } = tabOf(product.store, '_enrich_journal')
    const used = product.store.used(id)
    const lines = product.store.read(id, { row: 0, column: 0, rows: used.rows, columns: 1 })
    const answer = lines.findIndex(([cell]) => String(cell!.value).includes('"answer"'))
    product.store.write(id, { row: answer, column: 0, rows: 1, columns: 1 }, [
      [{ value: String(lines[answer]![0]!.value).replace('"found"', '"not_found"') }],
    ])
    const tab = tabOf(product.store)
    product.store.write(
      tab.id,
      { row: 1, column: 3, rows: 3, columns: 1 },
      emails().map(() => [{ value: null }]),
    )
    expect(await product.enrich({})).toMatchObject({ state: 'done', cellsWritten: 3, credits: { spent: 1 } })
  })
})

test.each([
  ['setting a value', 'Range.setValues'],
  ['flushing', 'SpreadsheetApp.flush'],
  ['reading', 'Range.getValues'],
])('Google failing once at %s pauses the run in words or is survived, and nothing is lost', async (_, method) => {
  await start(5)
  const run = await begin(product)
  product.emulator.script([{ kind: 'fail_method', method, message: 'Dienst Tabellen ist ausgefallen', times: 1 }])
  const first = await product.call('continueRun', run.id).catch((error: Error) => error)
  product.emulator.script([])
  if (!(first instanceof Error) && first.state === 'paused') {
    expect(first.problem!.message).toContain('Google Sheets refused the last step')
    await product.call('resumeRun', run.id)
  }
  await product.emulator.advance(61_000)
  const done = await product.finish(await product.call('runStatus', run.id))
  expect(done.state).toBe('done')
  expect(filled() + done.credits.maybe).toBe(5)
  expect(new Set(finds(product)).size).toBe(finds(product).length)
})
