/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "require", "default"]}
 */
import '@testing-library/jest-dom'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import fc from 'fast-check'
import { App } from '../../sidebar/app'
import { call, type Opening } from '../../sidebar/call'
import { ReceiptScreen } from '../../sidebar/receipt'
import { makeEnrich } from '../../sidebar/enrich-state'
import { listFile } from '../../sidebar/never-list'
import { makeState } from '../../sidebar/state'
import { usualTies } from '../../src/domain/basis'
import { ROW_CLASSES } from '../../src/domain/receipt'
import type { FieldRule } from '../../src/domain/waterfall'
import { defaultRule } from '../../src/domain/waterfall'
import { priced, withRepeats } from './duplicate-states'
import {
  BASIS,
  doneRun,
  FIELDS_DONE,
  overview,
  overviewOfManyFields,
  privacy,
  receipt,
  register,
  retention,
  REVIEW,
  run,
  settings,
  settingsWithTerms,
  usage,
  waterfalls,
  withoutKeys,
  settingsWithOwn,
} from './samples'
import { type Heard, playServer, type Said, type Script } from './server'

const LATER = Date.UTC(2100, 0, 1)
const LOST: Said<never> = { fails: 'NetworkError: Connection failure due to HTTP 0' }
const user = userEvent.setup({ advanceTimers: (ms) => jest.advanceTimersByTime(ms) })

// jsdom draws nothing and so cannot scroll; browser.test.ts looks at what is in sight.
beforeAll(() => (Element.prototype.scrollIntoView = () => undefined))
beforeEach(() => jest.useFakeTimers())
afterEach(() => {
  cleanup()
  jest.useRealTimers()
})

/** Lets time pass and everything that it sets off happen. */
async function pass(ms: number): Promise<void> {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(ms)
  })
}

async function openSidebar(script: Script, opening: Opening = 'enrich'): Promise<void> {
  playServer({ overview: [{ value: overview() }], receipt: [{ value: receipt({ validUntil: LATER }) }], ...script })
  const state = makeState(call)
  render(<App state={state} />)
  state.open(opening)
  await pass(10)
}

async function press(name: string | RegExp): Promise<void> {
  await user.click(screen.getByRole('button', { name }))
  await pass(10)
}

function asked(name: string): readonly Heard[] {
  return (window as unknown as { readonly heard: readonly Heard[] }).heard.filter((one) => one.name === name)
}

function heading(): string | null {
  return screen.getByRole('heading', { level: 2 }).textContent
}

const running = (part: Parameters<typeof run>[0] = {}) => ({ overview: [{ value: overview({ run: run(part) }) }] })

describe('Review', () => {
  const script: Script = {
    overview: [{ value: overview({ run: doneRun({ review: 3 }) }) }],
    review: [{ value: REVIEW }, { value: { ...REVIEW, items: [], more: 0 } }],
    settleReview: [{ value: { written: 1, rejected: 0, left: [] } }],
    runStatus: [{ value: doneRun({ review: 0, cellsWritten: 25 }) }],
  }
  const decisions = () => asked('settleReview').map(({ args }) => args[0])

  it('is worked through with the keyboard alone: what is decided leaves the list, and the next one has the focus', async () => {
    await openSidebar(script)
    await press('See the result')
    await press('Review 3 values not sure enough')
    screen.getByRole('button', { name: /^Accept ada/ }).focus()
    await user.keyboard('{Enter}')
    await pass(50)
    expect(decisions()).toEqual([
      {
        run: 'run-1',
        decisions: [{ planned: 0, field: 'email', value: 'ada.bright@example.com', verdict: 'accept' }],
      },
    ])
    expect(screen.getByText('1 value written.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Accept bo@example.org for Bo Long' })).toHaveFocus()
    await press('Reject all of them for Bo Long')
    expect(decisions()[1]).toEqual({
      run: 'run-1',
      decisions: ['bo@example.org', 'bo.long@example.org'].map((value) => ({
        planned: 4,
        field: 'email',
        value,
        verdict: 'reject',
      })),
    })
    await press('Accept +43 1 234 for row 9')
    expect(screen.getByText('Nothing in Leads waits for you any more.')).toBeInTheDocument()
    await press('Back to the summary')
    expect(heading()).toBe('Done')
    expect(screen.queryByRole('button', { name: /^Review/ })).not.toBeInTheDocument()
  })

  it('accepts all that are sure enough at once, the surest value of each', async () => {
    await openSidebar(script)
    await press('See the result')
    await press('Review 3 values not sure enough')
    fireEvent.input(screen.getByRole('spinbutton', { name: /^Accept all/ }), { target: { value: '50' } })
    await press('Accept 2')
    expect(decisions()).toEqual([])
    await press('Write them')
    expect(decisions()).toEqual([
      {
        run: 'run-1',
        decisions: [
          { planned: 0, field: 'email', value: 'ada.bright@example.com', verdict: 'accept' },
          { planned: 4, field: 'email', value: 'bo@example.org', verdict: 'accept' },
        ],
      },
    ])
    expect(screen.getByRole('list', { name: 'Values to decide' }).children).toHaveLength(1)
  })

  it.each([57, 58, 80])('counts a value that reads as %d %% sure as so sure', async (percent) => {
    const [first] = REVIEW.items
    const items = [{ ...first!, candidates: [{ ...first!.candidates[0]!, confidence: percent / 100 }] }]
    await openSidebar({ ...script, review: [{ value: { ...REVIEW, items, more: 0 } }] })
    await press('See the result')
    await press('Review 3 values not sure enough')
    expect(screen.getByText(new RegExp(`^${percent} % sure`))).toBeInTheDocument()
    fireEvent.input(screen.getByRole('spinbutton', { name: /^Accept all/ }), { target: { value: String(percent) } })
    expect(screen.getByRole('button', { name: 'Accept 1' })).toBeInTheDocument()
  })
})

test.each([
  ['email', 'email_status'],
  ['phone', 'phone_type'],
] as const)(
  'a repair asks for the %s that was proved invalid alone, and is over when rows are chosen again',
  async (of, field) => {
    const fields = [{ field, label: 'Verdict', written: 9, notFound: 0, leftAlone: [] }] as const
    await openSidebar({
      overview: [{ value: overview({ run: doneRun({ fields }) }) }],
      verdicts: [{ value: [{ status: 'invalid', count: 1 }] }],
    })
    await press('See the result')
    await press('Replace the invalid one')
    const [first] = asked('receipt').map(({ args }) => args[0])
    expect(first).toMatchObject({ scope: 'last_run', wanted: [of, field], replace: 'invalid' })
    await press('Back')
    await press('See what it will cost')
    const second = asked('receipt')[1]!.args[0]
    expect(second).not.toHaveProperty('replace')
  },
)

test('better values that are known are put beside without a credit, and what was chosen comes back', async () => {
  await openSidebar({
    overview: [{ value: overview({ run: doneRun() }) }],
    compareReceipt: [{ value: receipt({ wanted: ['email'], replaces: { fine: 0, old: 0, invalid: 0, beside: 17 } }) }],
  })
  await press('See the result')
  await press('Put better values beside filled cells of 17 rows, free')
  const known = { scope: 'last_run', wanted: ['email', 'email_status'], replace: 'beside', cap: 0 }
  expect(asked('compareReceipt')[0]!.args[0]).toMatchObject(known)
  expect(asked('receipt')[0]!.args[0]).toMatchObject({ ...known, wanted: ['email'] })
  await press('Back')
  await press('See what it will cost')
  const second = asked('receipt')[1]!.args[0] as { readonly cap: number }
  expect(second).not.toHaveProperty('replace')
  expect(second.cap).toBeGreaterThan(0)
})

test('the first column of numbers is taken for what is verified, and what was chosen comes back', async () => {
  const mobile = {
    column: 5,
    letter: 'F',
    header: 'Mobile',
    field: 'mobile_phone',
    how: 'header',
    examples: [],
  } as const
  const usual = overview()
  await openSidebar({ overview: [{ value: { ...usual, columns: [...usual.columns, mobile] } }] })
  await press('Check emails or phones')
  expect(asked('overview').at(-1)?.args[0]).toMatchObject({ wanted: ['email_status'], mapping: {} })
  fireEvent.click(screen.getByRole('radio', { name: 'Phone numbers' }))
  await pass(50)
  expect(asked('overview').at(-1)?.args[0]).toMatchObject({ wanted: ['phone_type'], mapping: { 5: 'phone' } })
  await press('Back to Enrich')
  expect(asked('overview').at(-1)?.args[0]).toMatchObject({ wanted: usual.wanted, mapping: {} })
})

test('the cap comes back too where addresses were verified before', async () => {
  const leftAlone = FIELDS_DONE.flatMap((field) => field.leftAlone)
  const fields = [{ field: 'email_status', label: 'Email status', written: 9, notFound: 0, leftAlone }] as const
  await openSidebar({
    startRun: [{ value: doneRun({ fields }) }],
    verdicts: [{ value: [{ status: 'valid', count: 9 }] }],
    compareReceipt: [{ value: receipt({ replaces: { fine: 0, old: 0, invalid: 0, beside: 2 } }) }],
  })
  await press('Check emails or phones')
  await press('See what it will cost')
  await press(/^Enrich 17 rows/)
  await pass(10)
  await press('Put better values beside filled cells of 2 rows, free')
  await press('Back')
  await press('See what it will cost')
  expect(asked('receipt').map(({ args }) => (args[0] as { readonly cap: number }).cap)).toEqual([50, 0, 50])
})

test('a saved run is saved, used for the rows that it has not had, and put aside by another task', async () => {
  const saved = [{ id: 'saved-1', name: 'Weekly import' }]
  const applied = { ...saved[0]!, mapping: { 0: 'full_name' }, cap: 80, purpose: 'Call them', text: '{}' } as const
  const more = { missing: [], otherRules: [], caps: ['25 credits a day'] } as const
  const view = { ...applied, ...more, wanted: ['email', 'technologies'] } as const
  await openSidebar({
    overview: [{ value: overview({ cap: -1 }) }, { value: overview({ saved }) }],
    saveRun: [{ value: { id: 'saved-1', left: ['D'] } }],
    applySaved: [{ value: { ...view, lowerCaps: view.caps } }],
    takeCaps: [{ value: { ...view, lowerCaps: [] } }],
  })
  const name = screen.getByRole('textbox', { name: /^Save what is chosen/, hidden: true })
  fireEvent.input(name, { target: { value: 'Weekly import' } })
  const save = screen.getByRole('button', { name: 'Save', hidden: true })
  fireEvent.click(save)
  await pass(50)
  expect(asked('saveRun')).toEqual([])
  expect(screen.getByRole('spinbutton', { name: /^Spend at most/ })).toHaveFocus()
  fireEvent.input(document.activeElement!, { target: { value: '40' } })
  fireEvent.click(save)
  await pass(50)
  expect(asked('saveRun')[0]?.args).toMatchObject([
    { name: 'Weekly import', request: { purpose: overview().purpose, cap: 40 } },
  ])
  expect(screen.getByText(/^“Weekly import” is saved for everybody in this file\. Column D is not/)).toBeInTheDocument()

  fireEvent.click(screen.getByRole('button', { name: 'Use Weekly import', hidden: true }))
  await pass(50)
  expect(asked('takeCaps')).toEqual([])
  await press('Set these caps here too')
  await press('Set them')
  expect(asked('takeCaps')[0]?.args).toEqual(['saved-1'])
  await press('See what it will cost')
  const added = { scope: 'added', saved: 'saved-1', cap: 80, purpose: 'Call them', mapping: { 0: 'full_name' } }
  expect(asked('receipt')[0]?.args[0]).toEqual({ ...added, wanted: ['email'] })
  await press('Back')
  await press('Check emails or phones')
  await press('See what it will cost')
  const checked = asked('receipt')[1]?.args[0]
  expect(checked).toMatchObject({ scope: 'all', wanted: ['email_status'] })
  expect(checked).not.toHaveProperty('saved')
})

describe('a run at its cap', () => {
  const atCap = run({
    state: 'paused',
    credits: { spent: 5, held: 0, maybe: 1, cap: 6, worst: 34 },
    fields: doneRun().fields,
    problem: { message: 'The cap of 6 credits is reached.', action: 'new_receipt' },
  })
  const script: Script = { overview: [{ value: overview({ run: atCap }) }], runStatus: [{ value: atCap }] }
  const field = () => screen.getByRole('spinbutton', { name: 'Spend at most on the rest (credits)' })

  it.each([
    ['what the rest can cost at worst', undefined, 28],
    ['what the person enters', '7', 7],
  ])('leads to a receipt for the rest, capped at %s', async (_, typed, cap) => {
    await openSidebar(script)
    if (typed !== undefined) fireEvent.input(field(), { target: { value: typed } })
    await press('See what the rest will cost')
    expect(asked('receipt')[0]?.args).toMatchObject([{ scope: 'last_run', wanted: ['email', 'email_status'], cap }])
    expect(heading()).toBe('What it will cost')
  })

  it.each(['', '0'])('asks for a cap instead of %j', async (typed) => {
    await openSidebar(script)
    fireEvent.input(field(), { target: { value: typed } })
    await press('See what the rest will cost')
    expect(screen.getByText('Enter how many credits the rest may cost.')).toBeInTheDocument()
    expect(field()).toHaveFocus()
    expect(asked('receipt')).toEqual([])
  })
})

describe('a run that rests', () => {
  const rest = { until: Date.now() + 3 * 3_600_000, message: 'Nothing gets out to the internet.' }

  it('is looked at once a minute, and goes on when its time has come', async () => {
    const until = Date.now() + 150_000
    await openSidebar({
      ...running({ rest: { ...rest, until } }),
      continueRun: [{ value: run({ rest: { ...rest, until } }) }],
      runStatus: [{ value: run({ rest: { ...rest, until } }) }],
    })
    await pass(140_000)
    expect(asked('continueRun').length).toBeLessThanOrEqual(4)
    expect(asked('runStatus').length).toBeLessThanOrEqual(4)
    const before = asked('continueRun').length
    await pass(20_000)
    expect(asked('continueRun').length).toBeGreaterThan(before)
  })

  it('can be tried at once', async () => {
    await openSidebar({
      ...running({ rest }),
      continueRun: [{ value: run({ rest }) }, 'silence'],
      runStatus: [{ value: run({ rest }) }],
      resumeRun: [{ value: run() }],
    })
    expect(heading()).toBe('Resting')
    await press('Try now')
    expect(asked('resumeRun')[0]?.args).toEqual(['run-1'])
    expect(heading()).toBe('Enriching Leads')
  })
})

describe('a figure of the summary', () => {
  it.each<[string, RegExp, object, string]>([
    ['filled', /^11$/, { field: 'email', status: 'written' }, '11 rows are selected'],
    ['not found', /^3$/, { field: 'email', status: 'not_found' }, '11 rows are selected'],
    ['left alone', /^filled already \(2\)$/, { status: 'has_value' }, '11 rows are selected'],
  ])('%s selects its rows in the sheet and says how many', async (_, name, args, words) => {
    await openSidebar({
      ...running(),
      continueRun: [{ value: doneRun() }],
      runStatus: ['silence'],
      showRows: [{ value: { found: 11, selected: 11 } }],
    })
    await press(name)
    expect(asked('showRows')[0]?.args).toMatchObject([{ run: 'run-1', ...args }])
    expect(screen.getByText(new RegExp(words))).toBeVisible()
  })

  it.each([
    [{ found: 0, selected: 0 }, 'No row stands like this any more'],
    [{ found: 1, selected: 1 }, '1 row is selected in the sheet.'],
    [{ found: 2_000, selected: 1_000 }, 'The first 1,000 rows are selected in the sheet, of 2,000 rows in all.'],
  ])('says of %o: %s', async (value, words) => {
    await openSidebar({
      ...running(),
      continueRun: [{ value: doneRun() }],
      runStatus: ['silence'],
      showRows: [{ value }],
    })
    await press(/^11$/)
    expect(screen.getByText(new RegExp(words))).toBeVisible()
  })
})

describe('what was not found', () => {
  it('is asked of other vendors after a receipt of its own', async () => {
    await openSidebar({ ...running(), continueRun: [{ value: doneRun() }], runStatus: ['silence'] })
    await press(/^Ask other vendors for the 7 values/)
    expect(asked('receipt')[0]?.args).toMatchObject([{ scope: 'last_run', wanted: ['email', 'email_status'] }])
    expect(asked('startRun')).toEqual([])
    expect(screen.getByRole('button', { name: /^Enrich 17 rows/ })).toBeVisible()
  })
})

describe('a long run', () => {
  const long = (part: Parameters<typeof run>[0] = {}): Said<ReturnType<typeof run>> => ({
    value: run({ rows: { total: 900, done: 100, waiting: 0 }, lanes: 4, ...part }),
  })
  const places = () => asked('joinRun').map(({ args }) => args[0])

  it('is driven by a slice and four lanes, each again when it ends', async () => {
    await openSidebar({
      overview: [{ value: overview({ run: run({ lanes: 4 }) }) }],
      continueRun: ['silence'],
      joinRun: [long()],
      runStatus: ['silence'],
    })
    expect(places()).toEqual([1, 2, 3, 4].map((lane) => ({ run: 'run-1', lane })))
    await pass(2_100)
    expect(places()).toHaveLength(8)
    expect(asked('continueRun')).toHaveLength(1)
  })

  it('needs no lanes for its last rows, and none when it has ended', async () => {
    await openSidebar({
      overview: [{ value: overview({ run: run({ lanes: 2 }) }) }],
      continueRun: [long({ lanes: 0 }), { value: doneRun() }],
      joinRun: [long()],
      runStatus: ['silence'],
    })
    await pass(10_000)
    expect(places()).toHaveLength(2)
  })

  it('goes on without lanes that the server refuses', async () => {
    await openSidebar({
      overview: [{ value: overview({ run: run({ lanes: 1 }) }) }],
      continueRun: [long({ lanes: 1 })],
      joinRun: [LOST],
      runStatus: ['silence'],
    })
    await pass(6_000)
    expect(places().length).toBeLessThanOrEqual(2)
    expect(asked('continueRun').length).toBeGreaterThan(3)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('has no lanes any more once it was stopped', async () => {
    await openSidebar({
      overview: [{ value: overview({ run: run({ lanes: 1 }) }) }],
      continueRun: ['silence'],
      joinRun: [long()],
      stopRun: [{ value: run({ state: 'stopped', lanes: 0 }) }],
      runStatus: ['silence'],
    })
    await press('Stop')
    const before = places().length
    await pass(10_000)
    expect(places()).toHaveLength(before)
  })
})

describe('the straight line', () => {
  it('goes from the choice over the receipt to the summary, and back to the choice', async () => {
    const slice = (done: number): Said<ReturnType<typeof run>> => ({
      value: run({ rows: { total: 17, done, waiting: 0 } }),
    })
    await openSidebar({
      startRun: [slice(0)],
      continueRun: [slice(6), slice(12), { value: doneRun() }],
      runStatus: ['silence'],
    })
    await press('See what it will cost')
    expect(asked('receipt')[0]?.args).toEqual([
      { scope: 'selected', wanted: ['email', 'email_status'], mapping: {}, purpose: overview().purpose, cap: 50 },
    ])
    expect(asked('startRun')).toEqual([])
    await press(/^Enrich 17 rows/)
    expect(asked('startRun')[0]?.args).toEqual(['receipt-1'])
    expect(screen.getByText('6 of 17 rows')).toBeInTheDocument()
    await pass(1_100)
    expect(screen.getByText('12 of 17 rows')).toBeInTheDocument()
    await pass(1_100)
    expect(heading()).toBe('Done')
    await pass(60_000)
    expect(asked('continueRun')).toHaveLength(3)
    await press('Enrich more rows')
    expect(heading()).toBe('Enrich Leads')
    expect(screen.getByText(overview().purpose)).toBeInTheDocument()
  })

  it('asks again for a receipt that expired, and starts nothing', async () => {
    await openSidebar({ receipt: [{ value: receipt({ validUntil: Date.now() + 600_000 }) }] })
    await press('See what it will cost')
    await pass(600_001)
    await press(/^Enrich 17 rows/)
    expect(asked('startRun')).toEqual([])
    expect(asked('receipt')).toHaveLength(2)
  })

  describe('repeats that were taken up', () => {
    const expire = async (...renewed: NonNullable<Script['receipt']>) => {
      const soon = Date.now() + 600_000
      const compareReceipt = [{ value: priced(12) }]
      const receipts = [{ value: priced(14, soon) }, { value: priced(12, soon) }, ...renewed]
      await openSidebar(withRepeats({ receipt: receipts, compareReceipt, startRun: ['silence'] }))
      await press('See what it will cost')
      await pass(2_000)
      await user.click(screen.getByRole('radio', { name: /^Look up one and copy/ }))
      await pass(600_001)
      await press(/^Enrich 17 rows \(up to 30/)
    }
    const requests = () => asked('receipt').map(({ args: [request] }) => request as { readonly repeats?: unknown })

    it('stay so when the receipt expires, and are sent to the start', async () => {
      await expire({ value: priced(14) }, { value: priced(12) })
      expect(asked('startRun')).toEqual([])
      expect(requests().map((request) => 'repeats' in request)).toEqual([false, true, false, true])
      expect(screen.getByText(/^Ten minutes had passed/)).toBeInTheDocument()
      expect(screen.getByRole('radio', { name: /^Look up one and copy/ })).toBeChecked()
      await press(/^Enrich 17 rows \(up to 30/)
      expect(asked('startRun')[0]?.args).toEqual(['receipt-12', requests()[1]?.repeats])
    })

    it('are given up, with a reason, when rows were changed meanwhile', async () => {
      const message = 'Rows were changed since they were compared. See what the run costs now.'
      await expire({ value: priced(14) }, { problem: { message, action: 'new_receipt' } })
      expect(screen.getByText(message)).toBeInTheDocument()
      await press('See the cost again')
      await pass(2_000)
      expect(screen.getByRole('radio', { name: /^Look up all/ })).toBeChecked()
      await press(/^Enrich 17 rows \(up to 34/)
      expect(asked('startRun')[0]?.args).toEqual(['receipt-14'])
    })
  })

  it('asks nothing before there is a purpose and something to find, and leads to the gap', async () => {
    const none = { ...privacy(), basis: null }
    await openSidebar({
      overview: [{ value: overview({ basis: null, purpose: '' }) }, { value: overview() }],
      privacy: [{ value: none }],
      saveBasis: [{ value: privacy() }],
    })
    await press('See what it will cost')
    expect(asked('receipt')).toEqual([])
    expect(screen.getByRole('alert')).toHaveTextContent('a run needs a reason')
    await press('Answer them now')
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
    await user.type(screen.getByRole('textbox', { name: /^1\. / }), 'Spring fair')
    await user.type(screen.getByRole('textbox', { name: /^3\. / }), 'They visit such fairs.')
    expect(screen.queryByRole('checkbox', { name: 'Seniority' })).not.toBeInTheDocument()
    for (const kind of [/: Job title/, /: Place/, /: Private email/]) await press(kind)
    await user.click(screen.getByRole('checkbox', { name: 'Seniority' }))
    await user.click(screen.getByRole('checkbox', { name: 'City' }))
    // Who changes the kind means all of it.
    await user.click(screen.getByRole('checkbox', { name: 'Place and time zone' }))
    await user.click(screen.getByRole('checkbox', { name: 'Gender' }))
    await press('Save')
    expect(asked('saveBasis')[0]?.args).toEqual([
      {
        ground: 'legitimate_interest',
        purposes: ['Spring fair'],
        note: 'They visit such fairs.',
        ties: { ...usualTies(), place: null },
        fields: { seniority: null, gender: 0 },
        controller: '',
      },
    ])
    await press('Go on to Enrich')
    expect(screen.queryByText(/a run needs a reason/)).not.toBeInTheDocument()
    await press('See what it will cost')
    expect(asked('receipt')[0]?.args).toMatchObject([{ purpose: overview().purpose }])
  })

  it('goes straight to the receipt for the menu item, once', async () => {
    await openSidebar({}, 'start')
    expect(heading()).toBe('What it will cost')
    expect(asked('receipt')).toHaveLength(1)
  })
})

describe('a run', () => {
  it('of mine goes on after a reload', async () => {
    await openSidebar({ ...running(), continueRun: [{ value: doneRun() }] })
    expect(heading()).toBe('Done')
  })

  it('shows between slices what the status says, every two seconds', async () => {
    const status = (done: number): Said<ReturnType<typeof run>> => ({
      value: run({ rows: { total: 17, done, waiting: 0 } }),
    })
    await openSidebar({ ...running(), continueRun: ['silence'], runStatus: [status(7), status(9)] })
    await pass(2_010)
    expect(screen.getByText('7 of 17 rows')).toBeInTheDocument()
    await pass(2_010)
    expect(screen.getByText('9 of 17 rows')).toBeInTheDocument()
    expect(screen.getByRole('progressbar', { name: 'Rows done in Leads' })).toHaveAttribute('value', '9')
    expect(screen.getByText('50 percent of the rows are done')).toHaveAttribute('aria-live', 'polite')
  })

  it('drops a status that a slice has overtaken', async () => {
    playServer({})
    let answerStatus: (view: ReturnType<typeof run>) => void = () => undefined
    let answerSlice: (view: ReturnType<typeof run>) => void = () => undefined
    const slow = (name: string) =>
      new Promise((resolve) => {
        if (name === 'runStatus') answerStatus = resolve
        if (name === 'continueRun') answerSlice = resolve
      })
    const enrich = makeEnrich(slow as unknown as typeof call)
    enrich.attach(run())
    await pass(2_000)
    answerSlice(doneRun())
    await pass(1)
    answerStatus(run())
    await pass(1)
    expect(enrich.stage.value).toEqual({ at: 'run', run: doneRun() })
  })

  it('outlives two lost slices, and after the third asks the person', async () => {
    await openSidebar({
      ...running(),
      continueRun: [LOST, LOST, LOST, { value: doneRun() }],
      runStatus: [{ value: run() }],
    })
    await pass(2_100)
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
    await pass(6_000)
    expect(screen.getByRole('alert')).toHaveTextContent(/connection to Google was lost/)
    expect(asked('continueRun')).toHaveLength(3)
    await pass(60_000)
    expect(asked('continueRun')).toHaveLength(3)
    await press('Try again')
    await pass(1_100)
    expect(heading()).toBe('Done')
  })

  it('shows a refusal of the server at once', async () => {
    await openSidebar({
      ...running(),
      continueRun: [{ problem: { message: 'This run is worked on in another tab.', action: 'try_again' } }],
    })
    expect(screen.getByRole('alert')).toHaveTextContent('another tab')
    await pass(60_000)
    expect(asked('continueRun')).toHaveLength(1)
  })

  it('stops on request and goes on on request', async () => {
    await openSidebar({
      ...running(),
      continueRun: ['silence', { value: doneRun() }],
      runStatus: [{ value: run() }, { value: run({ state: 'stopped' }) }],
      stopRun: [{ value: run() }],
      resumeRun: [{ value: run() }],
    })
    await press('Stop')
    expect(screen.getByRole('button', { name: 'Stop' })).toBeDisabled()
    await pass(4_100)
    expect(heading()).toBe('Stopped')
    await press('Go on')
    expect(asked('resumeRun')[0]?.args).toEqual(['run-1'])
    expect(heading()).toBe('Done')
  })

  it('that failed is resumed by Try again, not started anew', async () => {
    const problem = { message: 'The tab was deleted. Restore it, then go on.', action: 'try_again' } as const
    await openSidebar({
      receipt: [LOST, { value: receipt({ validUntil: LATER }) }],
      startRun: [{ value: run({ state: 'failed', problem }) }],
      resumeRun: [{ value: doneRun() }],
    })
    await press('See what it will cost')
    await press('See what it will cost')
    await press(/^Enrich 17 rows/)
    await press('Try again')
    expect(asked('receipt')).toHaveLength(2)
    expect(heading()).toBe('Done')
  })

  it('offers Stop again when the request was lost', async () => {
    await openSidebar({ ...running(), continueRun: ['silence'], runStatus: ['silence'], stopRun: [LOST] })
    await press('Stop')
    expect(screen.getByRole('alert')).toHaveTextContent(/connection/)
    expect(screen.getByRole('button', { name: 'Stop' })).toBeEnabled()
  })

  it('of somebody else is watched and never worked on', async () => {
    const theirs = { mine: false, by: 'Ben' } as const
    await openSidebar({
      ...running(theirs),
      runStatus: [
        { value: run({ ...theirs, rows: { total: 400, done: 130, waiting: 0 } }) },
        { value: doneRun(theirs) },
      ],
    })
    await pass(2_010)
    expect(screen.getByText('130 of 400 rows')).toBeInTheDocument()
    await pass(2_010)
    expect(heading()).toBe('Ben: Done')
    expect(asked('continueRun')).toEqual([])
  })
})

describe('the choice', () => {
  it('reads the selection again when the person comes back, and keeps what was typed', async () => {
    await openSidebar({
      overview: [{ value: overview() }, { value: overview({ selection: { label: '5-9', rows: 5 } }) }],
    })
    await user.clear(screen.getByRole('spinbutton', { name: /^Spend at most/ }))
    await user.type(screen.getByRole('spinbutton', { name: /^Spend at most/ }), '7')
    fireEvent.focus(window)
    await pass(10)
    expect(screen.getByRole('radio', { name: 'Selected rows 5-9 (5)' })).toBeChecked()
    expect(screen.getByRole('spinbutton', { name: /^Spend at most/ })).toHaveValue(7)
  })

  it('sends corrections of columns, rows and fields', async () => {
    await openSidebar({})
    await user.selectOptions(
      screen.getByLabelText('Column E, Notes from the trade fair in spring, please do not delete, holds'),
      'Job title',
    )
    await pass(10)
    await user.selectOptions(screen.getByLabelText('Column B, Société, holds'), 'Not used')
    await pass(10)
    await user.click(screen.getByRole('radio', { name: 'All rows (250)' }))
    await user.click(screen.getByRole('checkbox', { name: /^Email up to/ }))
    await user.click(screen.getByRole('checkbox', { name: /^LinkedIn/ }))
    await user.clear(screen.getByRole('spinbutton', { name: /Spend at most/ }))
    await user.type(screen.getByRole('spinbutton', { name: /Spend at most/ }), '7')
    await press('See what it will cost')
    expect(asked('receipt')[0]?.args).toEqual([
      {
        scope: 'all',
        wanted: ['email_status', 'linkedin_url'],
        mapping: { 1: null, 4: 'job_title' },
        purpose: overview().purpose,
        cap: 7,
      },
    ])
  })

  it('forgets the corrections of another sheet', async () => {
    await openSidebar({
      overview: [
        { value: overview() },
        { value: overview() },
        { value: overview({ sheet: { id: 8, name: 'Fair', rows: 3 }, wanted: ['phone'] }) },
      ],
    })
    await user.selectOptions(screen.getByLabelText('Column B, Société, holds'), 'Not used')
    await pass(10)
    await press('Read selection again')
    expect(heading()).toBe('Enrich Fair')
    expect(asked('overview').at(-1)?.args).toEqual([{ scope: 'selected', mapping: {}, wanted: ['phone'] }])
  })

  it('shows the answer to the last question, whatever comes late', async () => {
    const answers: ((view: ReturnType<typeof overview>) => void)[] = []
    const enrich = makeEnrich((() => new Promise((resolve) => answers.push(resolve))) as unknown as typeof call)
    void enrich.open()
    answers[0]?.(overview())
    await pass(1)
    void enrich.chooseScope('all')
    void enrich.chooseScope('selected')
    answers[2]?.(overview({ rowsInScope: 20 }))
    await pass(1)
    answers[1]?.(overview({ rowsInScope: 250 }))
    await pass(1)
    expect(enrich.overview.value?.rowsInScope).toBe(20)
  })

  it('finds a field by a part of its name, and shows all on request', async () => {
    await openSidebar({ overview: [{ value: overviewOfManyFields() }] })
    await user.type(screen.getByRole('searchbox'), 'senior')
    expect(screen.getAllByRole('checkbox')).toHaveLength(1)
    await user.clear(screen.getByRole('searchbox'))
    await press('Show all 11 contact fields')
    expect(screen.getAllByRole('checkbox')).toHaveLength(11 + 6)
  })

  it('switches to training and reads the sheet anew', async () => {
    await openSidebar({
      overview: [
        { value: overview({ canAsk: false, choices: [], wanted: [] }) },
        { value: overview({ environment: 'training' }) },
      ],
      setEnvironment: [{ value: settings({ environment: 'training' }) }],
    })
    await press('Practice with training data')
    expect(asked('setEnvironment')[0]?.args).toEqual(['training'])
    expect(asked('overview').at(-1)?.args).toEqual([{ scope: 'selected', mapping: {}, wanted: null }])
    expect(screen.getByText(/^Training: invented answers/)).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'See what it will cost' })).toBeInTheDocument()
  })

  it('removes the practice tab only after a second press', async () => {
    await openSidebar({
      overview: [
        { value: overview({ environment: 'training', practiceTab: 'Practice' }) },
        { value: overview({ environment: 'training' }) },
      ],
      removePractice: [{ value: { removed: true } }],
    })
    await press('Remove practice tab')
    expect(screen.getByRole('button', { name: 'Keep it' })).toHaveFocus()
    await press('Keep it')
    expect(asked('removePractice')).toEqual([])
    await press('Remove practice tab')
    await press('Delete the tab')
    expect(asked('removePractice')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Remove practice tab' })).not.toBeInTheDocument()
  })
})

describe('the keyboard', () => {
  it('leads to the heading of each new screen, and Escape goes back from the receipt', async () => {
    await openSidebar({})
    expect(screen.getByRole('heading', { name: 'Enrich Leads' })).not.toHaveFocus()
    await press('See what it will cost')
    expect(screen.getByRole('heading', { name: 'What it will cost' })).toHaveFocus()
    await user.keyboard('{Escape}')
    await pass(10)
    expect(screen.getByRole('heading', { name: 'Enrich Leads' })).toHaveFocus()
  })

  it('changes tabs with the arrow keys', async () => {
    await openSidebar({ settings: [{ value: settings() }] })
    screen.getByRole('tab', { name: 'Enrich' }).focus()
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}')
    await pass(10)
    expect(screen.getByRole('tab', { name: 'Settings' })).toHaveFocus()
    expect(screen.getByRole('tab', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true')
    expect(screen.getByRole('tabpanel', { name: 'Settings' })).toHaveTextContent('Environment')
  })

  it.each([
    ['the choice', 'enrich'],
    ['the receipt', 'start'],
  ] as const)('visits the parts of %s in reading order', async (_screen, opening) => {
    await openSidebar({}, opening)
    const order = [...document.querySelectorAll<HTMLElement>('[tabindex]')].map((element) => element.tabIndex)
    expect(Math.max(...order)).toBeLessThanOrEqual(0)
  })
})

describe('the receipt', () => {
  it('accounts for every row once, and names no reason without rows', () => {
    const anyRows = fc.record(Object.fromEntries(ROW_CLASSES.map((one) => [one, fc.nat(400)])))
    fc.assert(
      fc.property(anyRows, (counts) => {
        const selected = Object.values(counts).reduce((sum, one) => sum + one, 0)
        const rows = { ...counts, selected } as ReturnType<typeof receipt>['rows']
        const { container } = render(
          <ReceiptScreen enrich={makeEnrich(call)} receipt={receipt({ rows })} renewed={false} />,
        )
        const numbers = [...container.querySelectorAll('.reasons .number')].map((one) =>
          Number(one.textContent.replace(',', '')),
        )
        cleanup()
        const total = numbers.pop()
        expect(total).toBe(selected)
        expect(numbers.reduce((sum, one) => sum + one, 0)).toBe(selected)
        expect(numbers).not.toContain(0)
      }),
      { numRuns: 40 },
    )
  })

  it('says how many repeats it leaves out, where there are too many for one', () => {
    const enrich = makeEnrich(call)
    const [all, once] = [priced(14), priced(12)]
    const repeats = { groups: '1,2', print: 'p' }
    enrich.repeats.found.value = { at: 'found', repeats, left: 3, groups: [], all, once, chosen: 'all' }
    render(<ReceiptScreen enrich={enrich} receipt={all} renewed={false} />)
    expect(screen.getByText(/^3 more groups are too much for one receipt/)).toBeInTheDocument()
  })
})

describe('the waterfall of a field', () => {
  const script: Script = { waterfalls: [{ value: waterfalls() }], saveWaterfall: [{ value: waterfalls() }] }
  const order = () =>
    within(screen.getByRole('list', { name: 'Vendors in order' }))
      .getAllByRole('checkbox')
      .map((box) => box.closest('li')!.dataset['vendor'])
  const openEmail = async () => {
    await openSidebar(script, 'waterfall')
    await press(/^Email Changed/)
  }
  const saved = () => {
    const [{ rule }] = asked('saveWaterfall')[0]!.args as readonly [{ readonly rule: FieldRule | null }]
    return rule
  }

  it('is put in order with buttons, which keep the focus and say where the vendor is now', async () => {
    await openEmail()
    expect(order()).toEqual(['prospeo', 'hunter', 'from_row', 'long'])
    await press('Move Prospeo down')
    expect(order()).toEqual(['hunter', 'prospeo', 'from_row', 'long'])
    expect(screen.getByText('Prospeo is now number 2 of 4.')).toBeInTheDocument()
    await pass(50)
    expect(screen.getByRole('button', { name: 'Move Prospeo down' })).toHaveFocus()
    await user.keyboard('{Enter}{Enter}')
    await pass(50)
    expect(order()).toEqual(['hunter', 'from_row', 'long', 'prospeo'])
    // At the end of the list only the way up is left.
    expect(screen.getByRole('button', { name: 'Move Prospeo down' })).toBeDisabled()
    expect(screen.getByRole('button', { name: 'Move Prospeo up' })).toHaveFocus()
    await press('Save for this file')
    expect(saved()).toEqual({ ...defaultRule('email'), order: ['hunter', 'from_row', 'long', 'prospeo'] })
    expect(heading()).toBe('Waterfall')
    expect(screen.getByText('Email was saved.')).toBeInTheDocument()
  })

  it('goes to the automatic order and back', async () => {
    await openEmail()
    await user.click(screen.getByRole('radio', { name: /^Automatic/ }))
    expect(order()).toEqual(['from_row', 'hunter', 'prospeo', 'long'])
    expect(screen.queryByRole('button', { name: /^Move/ })).not.toBeInTheDocument()
    await user.click(screen.getByRole('radio', { name: /^My order/ }))
    await press('Move Hunter up')
    await press('Save for this file')
    expect(saved()?.order).toEqual(['hunter', 'from_row', 'prospeo', 'long'])
  })

  it('saves who is switched off, how sure a value must be, and what is checked', async () => {
    await openEmail()
    await user.click(screen.getByRole('checkbox', { name: /Hunter$/ }))
    fireEvent.input(screen.getByRole('spinbutton', { name: /How sure/ }), { target: { value: '85' } })
    await user.click(screen.getByRole('radio', { name: /^One sure answer alone/ }))
    await user.click(screen.getByRole('checkbox', { name: /^Cannot be told/ }))
    await user.click(screen.getByRole('radio', { name: /^Check what its finder has not checked/ }))
    await user.click(screen.getByRole('radio', { name: /^Also ours, when it is old/ }))
    fireEvent.input(screen.getByRole('spinbutton', { name: 'Older than (days)' }), { target: { value: '0' } })
    expect(screen.getByRole('button', { name: 'Save for this file' })).toBeDisabled()
    fireEvent.input(screen.getByRole('spinbutton', { name: 'Older than (days)' }), { target: { value: '30' } })
    await press('Save for this file')
    expect(saved()).toEqual({
      order: ['prospeo', 'hunter'],
      off: ['hunter'],
      threshold: 0.85,
      agreement: 'ignored',
      accepts: ['valid', 'unverified', 'accept_all'],
      verify: 'before_writing',
      overwrite: { kind: 'refresh', days: 30 },
    })
  })

  it.each(['', '101', '-1'])('is not saved with a threshold of %j', async (typed) => {
    await openEmail()
    fireEvent.input(screen.getByRole('spinbutton', { name: /How sure/ }), { target: { value: typed } })
    expect(screen.getByText('Enter a number from 0 to 100.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Save for this file' })).toBeDisabled()
  })

  it('goes back to the usual way, and is left without saving by Escape', async () => {
    await openEmail()
    expect(screen.getByRole('button', { name: 'Save for this file' })).toBeDisabled()
    await press('Move Prospeo down')
    await user.keyboard('{Escape}')
    expect(heading()).toBe('Waterfall')
    expect(asked('saveWaterfall')).toEqual([])
    await press(/^Email Changed/)
    expect(order()[0]).toBe('prospeo')
    await press('Back to the usual way')
    expect(saved()).toBeNull()
  })

  it('keeps what was set when saving failed', async () => {
    await openSidebar({ ...script, saveWaterfall: [LOST] }, 'waterfall')
    await press(/^Email Changed/)
    await press('Move Prospeo down')
    await press('Save for this file')
    expect(screen.getByRole('alert')).toHaveTextContent(/connection/)
    expect(order()[0]).toBe('hunter')
  })

  it('leads to the vendors where a key is missing', async () => {
    await openSidebar({ ...script, settings: [{ value: settings() }] }, 'waterfall')
    await press(/^Email Changed/)
    await press('Open Vendors')
    expect(heading()).toBe('Vendors')
  })
})

describe('prices and limits of a vendor', () => {
  const script: Script = { settings: [{ value: settingsWithTerms() }] }
  const box = (name: RegExp) => screen.getByRole('spinbutton', { name, hidden: true })
  const save = () => screen.getByRole('button', { name: 'Save prices and limits of Hunter', hidden: true })

  it('shows what was set, with the usual in its place where nothing was', async () => {
    await openSidebar(script, 'vendors')
    expect(box(/^Credits for Email status/)).toHaveValue(1)
    expect(box(/^Calls by name and domain.* a second$/)).toHaveValue(3)
    expect(box(/^Calls by name and domain.* a minute$/)).toHaveValue(null)
    expect(box(/^Calls by name and domain.* a minute$/)).toHaveAttribute('placeholder', '500')
    expect(box(/^Calls a day/)).toHaveValue(200)
    expect(save()).toBeDisabled()
  })

  it('saves them together; an empty box is the usual', async () => {
    await openSidebar({ ...script, saveTerms: [{ value: settings() }] }, 'vendors')
    fireEvent.input(box(/^Credits for Email status/), { target: { value: '' } })
    fireEvent.input(box(/^Calls by email a minute/), { target: { value: '30' } })
    fireEvent.input(box(/^Calls a day/), { target: { value: '' } })
    await user.click(save())
    await pass(10)
    expect(asked('saveTerms')[0]?.args).toEqual([
      {
        vendor: 'hunter',
        terms: { prices: { find: 2 }, limits: { find: { perSecond: 3 }, verify: { perMinute: 30 } } },
      },
    ])
    expect(box(/^Credits for Email status/)).toHaveValue(null)
  })

  it('saves what only the person knows: money and plan', async () => {
    await openSidebar({ ...script, saveTerms: [{ value: settings() }] }, 'vendors')
    fireEvent.input(screen.getByLabelText('Currency'), { target: { value: 'eur' } })
    expect(save()).toBeDisabled()
    fireEvent.input(box(/^Price of a credit/), { target: { value: '0.049' } })
    fireEvent.input(box(/^Credits a month/), { target: { value: '500' } })
    fireEvent.input(box(/^Renewed on day/), { target: { value: '32' } })
    expect(save()).toBeDisabled()
    fireEvent.input(box(/^Renewed on day/), { target: { value: '15' } })
    await user.click(screen.getByLabelText(/^Unused credits/))
    await user.click(save())
    await pass(10)
    expect(asked('saveTerms')[0]?.args).toMatchObject([
      {
        vendor: 'hunter',
        terms: {
          money: { currency: 'EUR', perCredit: 0.049 },
          plan: { credits: 500, carriesOver: true, renewsOn: 15 },
        },
      },
    ])
  })

  it('saves the account with one of the file’s own vendors, and nothing that stands in its recipe', async () => {
    await openSidebar(
      { settings: [{ value: settingsWithOwn() }], saveTerms: [{ value: settingsWithOwn() }] },
      'vendors',
    )
    const form = within(screen.getByRole('form', { name: 'Price of a credit and plan of Findymail', hidden: true }))
    expect(form.queryByRole('spinbutton', { name: /Calls|Credits for/, hidden: true })).toBeNull()
    fireEvent.input(form.getByLabelText('Currency'), { target: { value: 'EUR' } })
    fireEvent.input(form.getByLabelText('Price of a credit'), { target: { value: '0.02' } })
    await user.click(form.getByRole('button', { name: /^Save price of a credit/, hidden: true }))
    await pass(10)
    const money = { currency: 'EUR', perCredit: 0.02 }
    expect(asked('saveTerms')[0]?.args).toEqual([
      { vendor: 'recipe-1a2b3c4d5e6f', terms: { prices: {}, limits: {}, money } },
    ])
  })

  it('goes back to the usual', async () => {
    await openSidebar({ ...script, saveTerms: [{ value: settings() }] }, 'vendors')
    await user.click(screen.getByRole('button', { name: /^Back to the usual prices/, hidden: true }))
    await pass(10)
    expect(asked('saveTerms')[0]?.args).toEqual([{ vendor: 'hunter', terms: null }])
  })
})

describe('settings', () => {
  const bare = { settings: [{ value: settings({ vendors: withoutKeys() }) }] } as const
  const key = () => screen.getByLabelText('Key')

  it('sends a key once and never shows it again', async () => {
    await openSidebar({ ...bare, saveKey: [{ value: settings() }] }, 'vendors')
    await press('Enter a key for Hunter')
    expect(key()).toHaveFocus()
    expect(key()).toHaveAttribute('type', 'password')
    expect(key()).toHaveAttribute('autocomplete', 'off')
    expect(screen.getByRole('button', { name: 'Save key' })).toBeDisabled()
    await user.type(key(), ' hush-1a2b ')
    await user.click(screen.getByRole('radio', { name: /^Shared/ }))
    await user.selectOptions(screen.getByLabelText('For'), 'Staging')
    await press('Save key')
    expect(asked('saveKey')[0]?.args).toEqual([
      { vendor: 'hunter', environment: 'staging', place: 'shared', key: 'hush-1a2b' },
    ])
    expect(document.documentElement.outerHTML).not.toContain('hush')
    expect(screen.getByText('The key was saved.')).toBeInTheDocument()
    await pass(20)
    expect(screen.getByRole('button', { name: 'Enter another key for Hunter' })).toHaveFocus()
  })

  it('has no word of training on the other screen once a key was saved', async () => {
    const trained = settings({ environment: 'training', vendors: withoutKeys() })
    await openSidebar({
      overview: [{ value: overview({ environment: 'training' }) }, 'silence'],
      settings: [{ value: trained }],
      saveKey: [{ value: settings() }],
    })
    expect(screen.getByText(/^Training:/)).toBeInTheDocument()
    await user.click(screen.getByRole('tab', { name: 'Vendors' }))
    await pass(10)
    await press('Enter a key for Hunter')
    await user.type(key(), 'hush')
    await press('Save key')
    await user.click(screen.getByRole('tab', { name: 'Enrich' }))
    await pass(10)
    expect(heading()).toBe('Enrich Leads')
    expect(screen.queryByText(/^Training:/)).not.toBeInTheDocument()
  })

  it('keeps the form when the key could not be saved', async () => {
    await openSidebar({ ...bare, saveKey: [LOST] }, 'vendors')
    await press('Enter a key for Hunter')
    await user.type(key(), 'secret')
    await press('Save key')
    expect(screen.getByRole('alert')).toHaveTextContent(/connection/)
    expect(key()).toHaveValue('secret')
  })

  it('takes a personal key in the bound edition only from the only editor', async () => {
    await openSidebar({ settings: [{ value: settings({ edition: 'bound', vendors: withoutKeys() }) }] }, 'vendors')
    await press('Enter a key for Hunter')
    await user.type(key(), 'secret{Enter}')
    expect(asked('saveKey')).toEqual([])
    expect(screen.getByRole('button', { name: 'Save key' })).toBeDisabled()
    await user.click(screen.getByRole('checkbox', { name: /I am the only person/ }))
    expect(screen.getByRole('button', { name: 'Save key' })).toBeEnabled()
    await user.click(screen.getByRole('radio', { name: /^Shared/ }))
    expect(screen.queryByRole('checkbox', { name: /I am the only person/ })).not.toBeInTheDocument()
  })

  it('removes a key after the consequence was read', async () => {
    await openSidebar(
      { settings: [{ value: settings() }], removeKey: [{ value: settings({ vendors: withoutKeys() }) }] },
      'vendors',
    )
    await press('Remove key of Hunter in Production')
    await press('Remove the key')
    expect(asked('removeKey')[0]?.args).toEqual([{ vendor: 'hunter', environment: 'production', place: 'personal' }])
    expect(screen.queryByText('1a2b')).not.toBeInTheDocument()
  })

  it('saves the kind of Google account', async () => {
    const google = { account: 'workspace', fetches: { used: 1_250, perDay: 100_000 }, until: 0 } as const
    await openSidebar({ settings: [{ value: settings() }], saveAccount: [{ value: settings({ google }) }] }, 'settings')
    expect(screen.getByText(/20,000 requests a day.*Enrich sent 1,250/)).toBeVisible()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Your Google account' }), 'workspace')
    await pass(10)
    expect(asked('saveAccount')[0]?.args).toEqual(['workspace'])
    expect(screen.getByText(/100,000 requests a day/)).toBeVisible()
  })

  it('ticks a public source beside those that are ticked', async () => {
    const publicSources = settings().publicSources.map((source) => ({ ...source, ticked: true }))
    await openSidebar(
      { settings: [{ value: settings() }], saveSources: [{ value: settings({ publicSources }) }] },
      'vendors',
    )
    const box = screen.getByRole('checkbox', { name: /^GLEIF/ })
    expect(box).not.toBeChecked()
    await user.click(box)
    await pass(10)
    expect(asked('saveSources')[0]?.args).toEqual([['gleif', 'french']])
    expect(screen.getByRole('checkbox', { name: /^GLEIF/ })).toBeChecked()
  })

  it('saves the cap and the environment', async () => {
    await openSidebar(
      {
        settings: [{ value: settings() }],
        saveCap: [{ value: settings({ cap: 80 }) }],
        setEnvironment: [{ value: settings({ environment: 'training', cap: 80 }) }],
      },
      'settings',
    )
    const cap = screen.getByRole('spinbutton', { name: /Usual cap/ })
    await user.clear(cap)
    expect(screen.getByRole('button', { name: 'Save the cap' })).toBeDisabled()
    await user.type(cap, '80')
    await press('Save the cap')
    expect(asked('saveCap')[0]?.args).toEqual([80])
    await user.click(screen.getByRole('radio', { name: /^Training/ }))
    await pass(10)
    expect(asked('setEnvironment')[0]?.args).toEqual(['training'])
  })

  it('makes Enrich read the sheet again', async () => {
    await openSidebar({ settings: [{ value: settings() }] })
    await user.click(screen.getByRole('tab', { name: 'Settings' }))
    await pass(10)
    await user.click(screen.getByRole('tab', { name: 'Enrich' }))
    await pass(10)
    expect(asked('overview')).toHaveLength(2)
  })
})

describe('money', () => {
  it('saves the caps that have a number, and none where a box was emptied', async () => {
    await openSidebar({ settings: [{ value: settings() }], saveCaps: [{ value: settings() }] }, 'settings')
    expect(screen.getByRole('button', { name: 'Save the caps' })).toBeDisabled()
    await user.clear(screen.getByRole('spinbutton', { name: /^This file, a day/ }))
    await user.type(screen.getByRole('spinbutton', { name: /^Each person, a month/ }), '75')
    await press('Save the caps')
    expect(asked('saveCaps').map(({ args }) => args)).toEqual([[{ person: 75, vendors: { hunter: 200 } }]])
    expect(screen.getByText('The caps were saved.')).toBeInTheDocument()
  })

  it('asks for a trial, goes on with the others, and forgets the trial on the way back', async () => {
    const many = receipt({ validUntil: LATER, rows: { ...receipt().rows, chargeable: 1_237, selected: 1_243 } })
    const done = doneRun({ sample: { scope: 'missing', rest: 1_230 } })
    await openSidebar({ receipt: [{ value: many }], startRun: [{ value: done }] })
    const samples = () =>
      asked('receipt').map(({ args }) => (args[0] as { readonly sample?: number; readonly scope: string }).sample)
    await press('See what it will cost')
    await press('Try 10 rows first')
    await press('Back')
    await press('See what it will cost')
    expect(samples()).toEqual([undefined, 10, undefined])
    await press('Try 10 rows first')
    await press(/^Enrich 1,240 rows/)
    await press('Go on with the remaining 1,230 rows')
    expect(samples()).toEqual([undefined, 10, undefined, 10, undefined])
    expect(asked('receipt').at(-1)?.args[0]).toMatchObject({ scope: 'missing', wanted: ['email', 'email_status'] })
  })

  it('hands out all requests as a file', async () => {
    const made: Blob[] = []
    const gone: string[] = []
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`,
      revokeObjectURL: (address: string) => gone.push(address),
    })
    const clicked: string[] = []
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      clicked.push(`${this.download} ${this.href}`)
    })
    const file = { name: 'enrich-usage-2026-11-29.csv', text: 'Time (UTC),Run\r\n' }
    await openSidebar({ usage: [{ value: usage() }], exportUsage: [{ value: file }] }, 'usage')
    await press('Download all requests as CSV')
    expect(clicked).toEqual(['enrich-usage-2026-11-29.csv blob:1'])
    expect([made[0]?.type, gone]).toEqual(['text/csv', ['blob:1']])
  })
})

describe('privacy', () => {
  it('leaves unreadable lines in the box', async () => {
    await openSidebar(
      {
        settings: [{ value: settings() }],
        privacy: [{ value: privacy() }],
        addSuppressed: [{ value: { added: 1, unreadable: ['jo at'], total: 4 } }],
      },
      'settings',
    )
    await press('Open Privacy')
    const box = screen.getByRole('textbox', { name: 'Never look up' })
    await user.type(box, 'jo@example.com, jo at')
    await press('Add to the list')
    expect(asked('addSuppressed')[0]?.args).toEqual(['jo@example.com, jo at'])
    expect(box).toHaveValue('jo at')
    expect(screen.getByText(/4 entries on the list/)).toBeInTheDocument()
  })

  it('takes a long table in parts under its headers, and a list of another file by its hashes', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `person-${index}@customers.example`)
    const exported = { salt: 'abc', hashes: ['0'.repeat(32), '1'.repeat(32)] }
    await openSidebar(
      {
        settings: [{ value: settings() }],
        privacy: [{ value: privacy() }],
        addSuppressed: [{ value: { added: 15_000, unreadable: [], total: 15_003 } }],
        importSuppressed: [{ value: { added: 2, total: 15_005 } }],
      },
      'settings',
    )
    await press('Open Privacy')
    const give = async (text: string) => {
      // The emulated page reads no files by itself.
      const file = Object.assign(new File([text], 'list.csv'), { text: () => Promise.resolve(text) })
      await user.upload(screen.getByLabelText('Add from a file'), file)
      await pass(50)
    }
    await give(`\ufeffEmail\r\n${lines.join('\r\n')}`)
    const parts = asked('addSuppressed').map(({ args }) => String(args[0]))
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(part).toMatch(/^Email\nperson-/)
    expect(parts.flatMap((part) => part.split('\n').slice(1))).toEqual(lines)
    expect(screen.getByText(/entries added/)).toHaveTextContent(
      `${(15_000 * parts.length).toLocaleString('en')} entries`,
    )
    await give(listFile([exported]))
    expect(asked('importSuppressed').map(({ args }) => args)).toEqual([[exported]])
    expect(screen.getByText(/15,005 entries on the list/)).toBeInTheDocument()
  })

  it('writes the register into a new tab, with words for what nobody knows', async () => {
    await openSidebar(
      {
        settings: [{ value: settings() }],
        privacy: [
          { value: privacy({ basis: { ...BASIS, fields: { gender: 0, city: null }, controller: 'Kranich GmbH' } }) },
        ],
        retention: [{ value: retention() }],
        register: [{ value: register() }],
        newTab: [{ value: { name: 'Register of processing 2' } }],
      },
      'settings',
    )
    await press('Open Privacy')
    await press('Write it into a new tab')
    const [ask] = asked('newTab')[0]!.args as [
      { readonly name: string; readonly lines: readonly (readonly string[])[] },
    ]
    const said = ask.lines.map((line) => line.join(' | ')).join('\n')
    expect(ask.name).toBe('Register of processing')
    expect(said).toContain('Purpose | Invite them to our trade fair stand')
    expect(said).toContain('Legal ground | Legitimate interest')
    expect(said).toMatch(/Career, education, skills \| not needed/)
    expect(said).toContain('Controller | Kranich GmbH')
    expect(said).toMatch(/other profiles \| Invite them to our trade fair stand \| Gender$/m)
    expect(said).toMatch(/Place and time zone \| not needed[^|]*\| City$/m)
    expect(said).toContain(
      'Hunter | United States | ticked as covered | https://hunter.io/privacy-policy | not checked',
    )
    expect(said).toContain('2026-11 | Hunter | 120 | 120 | 84')
    expect(screen.getByText(/The register stands in the tab “Register of processing 2”/)).toBeVisible()
  })

  it('takes off the list what somebody typed, once they confirm it', async () => {
    await openSidebar(
      {
        settings: [{ value: settings() }],
        privacy: [{ value: privacy() }],
        removeSuppressed: [{ value: { removed: 1, unreadable: ['???'], total: 2 } }],
      },
      'settings',
    )
    await press('Open Privacy')
    expect(screen.queryByRole('button', { name: 'Take off the list…' })).not.toBeInTheDocument()
    await user.type(screen.getByRole('textbox', { name: 'Never look up' }), 'jo@example.com')
    await press('Take off the list…')
    expect(asked('removeSuppressed')).toEqual([])
    await press('Take it off')
    expect(asked('removeSuppressed')[0]?.args).toEqual(['jo@example.com'])
    expect(screen.getByText('1 entry taken off the list. 1 line could not be read.')).toBeVisible()
    expect(screen.getByText(/^2 entries on the list/)).toBeVisible()
  })

  it('remembers who is responsible, for the next notices', async () => {
    const kept = { ...BASIS, controller: 'Kranich GmbH' }
    const row = { row: 2, print: 'a', who: 'Ada Nowak', at: Date.now(), vendors: ['Hunter'] }
    const notices = { sheet: 0, sheetName: 'Leads', rows: [row], more: 0, informed: 0, basis: BASIS }
    await openSidebar(
      {
        settings: [{ value: settings() }],
        privacy: [{ value: privacy() }],
        retention: [{ value: retention() }],
        notices: [{ value: notices }],
        saveBasis: [{ value: privacy({ basis: kept }) }],
      },
      'settings',
    )
    await press('Open Privacy')
    await press('Keep & inform')
    const who = screen.getByRole('textbox', { name: 'Your company, address and email' })
    await user.type(who, 'Kranich GmbH')
    await user.tab()
    await pass(10)
    expect(asked('saveBasis').map(({ args }) => args)).toEqual([[kept]])
    expect(who).toHaveValue('Kranich GmbH')
  })

  it('ticks on the receipt what was never ticked, and only then starts', async () => {
    const transfers = [{ id: 'hunter', name: 'Hunter', region: 'United States' }]
    await openSidebar({
      receipt: [{ value: receipt({ transfers, validUntil: Date.now() + 600_000 }) }],
      coverTransfer: [{ value: settings() }],
    })
    await press('See what it will cost')
    expect(screen.getByRole('button', { name: /^Enrich 17 rows/ })).toBeDisabled()
    await user.click(screen.getByRole('checkbox', { name: /^The transfer of data to Hunter is covered/ }))
    await pass(10)
    expect(asked('coverTransfer')[0]?.args).toEqual([{ vendor: 'hunter', isCovered: true }])
    expect(screen.getByRole('button', { name: /^Enrich 17 rows/ })).toBeEnabled()
  })

  it('asks for the tick before a key of a vendor outside the EEA is kept', async () => {
    const open = settings().vendors.map((one) =>
      one.id === 'hunter' ? { ...one, keys: [], transfer: 'open' as const } : one,
    )
    await openSidebar(
      {
        settings: [{ value: settings({ vendors: open }) }],
        coverTransfer: [{ value: settings() }],
        saveKey: [{ value: settings() }],
      },
      'vendors',
    )
    await press('Enter a key for Hunter')
    await user.type(screen.getByLabelText('Key'), 'abcd1234')
    expect(screen.getByRole('button', { name: 'Save key' })).toBeDisabled()
    await user.click(screen.getByRole('checkbox', { name: /^The transfer of data to Hunter is covered/ }))
    await press('Save key')
    expect(asked('coverTransfer')[0]?.args).toEqual([{ vendor: 'hunter', isCovered: true }])
    expect(asked('saveKey')).toHaveLength(1)
  })
})
