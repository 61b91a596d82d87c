import type {
  ColumnView,
  ExplainView,
  FieldChoice,
  Overview,
  PrivacyView,
  RegisterView,
  RetentionView,
  ReviewView,
  RunView,
  SearchUsed,
  RecipeView,
  SettingsView,
  UsageView,
  TryView,
  PastView,
  UndoView,
  WaterfallsView,
  WaterfallView,
} from '../../src/app/api-types'
import type { Basis } from '../../src/domain/basis'
import { usualTies } from '../../src/domain/basis'
import { type Field, fieldInfo } from '../../src/domain/field'
import type { Receipt } from '../../src/domain/receipt'
import { defaultRule } from '../../src/domain/waterfall'

const AT = Date.UTC(2030, 4, 6, 12, 0)

function column(index: number, header: string, field: Field | null, examples: readonly string[]): ColumnView {
  return {
    column: index,
    letter: String.fromCharCode(65 + index),
    header,
    field,
    how: field ? (header ? 'header' : 'values') : 'none',
    examples,
  }
}

function choice(field: Field, part: Partial<FieldChoice> = {}): FieldChoice {
  const { label, of } = fieldInfo(field)
  return { field, label, of, vendors: ['Hunter'], credits: 1, missing: 12, ...part }
}

const CHOICES = [
  choice('email', { vendors: ['Hunter'], credits: 1, missing: 17 }),
  choice('email_status', { vendors: ['DNS', 'Hunter'], credits: 0.5, missing: 20 }),
  choice('phone', { vendors: ['Hunter'], credits: 1, missing: 0 }),
  choice('linkedin_url', { missing: 4 }),
  choice('domain', { vendors: ['From the email', 'Hunter'], credits: 0 }),
  choice('mail_provider', { vendors: ['DNS'], credits: 0, missing: 20 }),
]

const MORE: readonly Field[] = [
  'twitter_url',
  'headline',
  'job_title',
  'seniority',
  'department',
  'city',
  'country',
  'industry',
  'employees',
  'company_size',
  'revenue_range',
  'company_founded',
  'technologies',
]

/** The legal basis of a file, as somebody chose it. */
export const BASIS: Basis = {
  ground: 'legitimate_interest',
  purposes: ['Invite them to our trade fair stand'],
  note: 'They work for companies that visit such fairs, and each invitation says how to object.',
  ties: usualTies(),
  fields: {},
  controller: '',
}

/** Twenty rows of leads in production, ready for a receipt. */
export function overview(part: Partial<Overview> = {}): Overview {
  return {
    sheet: { id: 7, name: 'Leads', rows: 250 },
    selection: { label: '2-21', rows: 20 },
    scope: 'selected',
    rowsInScope: 20,
    columns: [
      column(0, 'Full name', 'full_name', ['Ada Bright', 'Bo van den Berg']),
      column(1, 'Société', 'company_name', ['Example GmbH', 'Sample & Sons']),
      column(2, 'E-mail', 'email', ['ada.bright@example.com']),
      column(3, '', 'domain', ['example.org', 'example.net']),
      column(4, 'Notes from the trade fair in spring, please do not delete', null, [
        'met at stand 4, wants a call back',
      ]),
    ],
    choices: CHOICES,
    wanted: ['email', 'email_status'],
    environment: 'production',
    canAsk: true,
    verifiers: { able: ['Hunter'], others: ['ZeroBounce', 'Icypeas'] },
    numberVerifiers: { able: [], others: ['Twilio Lookup'] },
    purpose: BASIS.purposes[0]!,
    basis: BASIS,
    cap: 50,
    run: null,
    problem: null,
    practiceTab: null,
    history: [],
    saved: [],
    storeTrouble: null,
    storeRemark: null,
    ...part,
  }
}

/** The same with two columns of phone numbers, whose types these are asked for. */
export function overviewOfNumbers(vendors: readonly string[], part: Partial<Overview> = {}): Overview {
  const usual = overview(part)
  return {
    ...usual,
    columns: [
      ...usual.columns,
      column(5, 'Phone', 'phone', ['+49 171 3920012']),
      column(6, '', null, ['030 23125 001']),
    ],
    choices: [...usual.choices, choice('phone_type', { vendors })],
    ...(vendors.includes('Twilio Lookup') && { numberVerifiers: { able: ['Twilio Lookup'], others: [] } }),
  }
}

/** The same with more fields than fit without a search. */
export function overviewOfManyFields(): Overview {
  return overview({ choices: [...CHOICES, ...MORE.map((field) => choice(field))] })
}

/** With the price of a credit and the plan that a person entered, and rows that may get a better value beside. */
export function receiptInMoney(): Receipt {
  const usual = receipt({ validUntil: Date.UTC(2100, 0, 1), replaces: { fine: 0, old: 0, invalid: 0, beside: 9 } })
  const money = { currency: 'EUR', perCredit: 0.049 }
  return {
    ...usual,
    lines: usual.lines.map((line) => (line.provider === 'hunter' ? { ...line, money } : line)),
    balances: [{ name: 'Hunter', left: 66, at: AT, plan: { until: '2030-06-15', carriesOver: true } }],
    newColumns: ['Email (found)'],
  }
}

/** Twenty rows, seventeen of which may get a value, for at most 34 credits. */
export function receipt(part: Partial<Receipt> = {}): Receipt {
  return {
    id: 'receipt-1',
    at: AT,
    validUntil: AT + 600_000,
    sheetName: 'Leads',
    wanted: ['email', 'email_status'],
    rows: {
      hidden: 0,
      empty: 0,
      invalid: 2,
      suppressed: 1,
      filled: 0,
      known: 2,
      repeated: 1,
      copied: 0,
      free: 0,
      chargeable: 14,
      selected: 20,
    },
    namesakes: 2,
    transfers: [],
    replaces: { fine: 0, old: 0, invalid: 0, beside: 0 },
    invalidReasons: [{ reason: 'have a name but no company', rows: 2 }],
    lines: [
      {
        provider: 'dns',
        name: 'DNS',
        operation: 'by domain',
        calls: { best: 9, typical: 9, worst: 9 },
        credits: { best: 0, typical: 0, worst: 0 },
        charge: 'free',
        learned: 0,
      },
      {
        provider: 'hunter',
        name: 'Hunter',
        operation: 'by name and domain',
        calls: { best: 14, typical: 14, worst: 14 },
        credits: { best: 0, typical: 9, worst: 28 },
        charge: '1 credit for each email found',
        learned: 600,
      },
      {
        provider: 'hunter',
        name: 'Hunter',
        operation: 'by email',
        calls: { best: 3, typical: 8, worst: 14 },
        credits: { best: 1.5, typical: 4, worst: 6 },
        charge: 'half a credit for each verdict',
        learned: 0,
      },
    ],
    credits: { best: 1.5, typical: 13, worst: 34 },
    calls: { best: 26, typical: 31, worst: 37 },
    cap: 50,
    fetches: { left: 18_840, perDay: 20_000 },
    rest: 0,
    secondsClosed: 3_600,
    balances: [{ name: 'Hunter', left: 66, at: AT }],
    seconds: 42,
    samples: [
      {
        vendor: 'Hunter',
        host: 'api.hunter.io',
        asks: ['email'],
        sends: [
          { name: 'first_name', value: 'Ada' },
          { name: 'last_name', value: 'Bright' },
          { name: 'domain', value: 'example.com' },
        ],
      },
      {
        vendor: 'Hunter',
        host: 'api.hunter.io',
        asks: ['email', 'email_status'],
        sends: [
          { name: 'full_name', value: 'Maximiliane-Theodora von Hohenberg-Lichtenstein' },
          { name: 'company', value: 'A-company-with-a-name-that-never-wants-to-end-at-all GmbH & Co. KG' },
        ],
      },
      { vendor: 'DNS', host: 'dns.google', asks: ['email_status'], sends: [{ name: 'name', value: 'example.org' }] },
    ],
    newColumns: ['Email status'],
    remarks: ['Someone else changed the order of the vendors on 4 May: Hunter is now asked first.'],
    training: false,
    ...part,
  }
}

/** My run, in its middle. */
export function run(part: Partial<RunView> = {}): RunView {
  return {
    id: 'run-1',
    state: 'running',
    mine: true,
    by: 'Ada',
    sheetName: 'Leads',
    startedAt: AT,
    endedAt: null,
    rows: { total: 17, done: 6, waiting: 0 },
    cellsWritten: 9,
    calls: 14,
    credits: { spent: 5, held: 0, maybe: 0, cap: 50, worst: 34 },
    fields: [],
    vendors: [
      { name: 'DNS', calls: 5, found: 5, credits: 0, trouble: null },
      { name: 'Hunter', calls: 9, found: 4, credits: 5, trouble: 'resting until 14:03' },
    ],
    sample: null,
    review: 0,
    failed: 0,
    retryable: 0,
    rest: null,
    heldUntil: null,
    lanes: 0,
    whenClosed: 'With this sidebar closed the run goes on about every hour. Open, it goes on at full speed.',
    problem: null,
    remarks: [],
    undo: null,
    training: false,
    provenance: 'notes',
    ...part,
  }
}

/** What became of the fields of a run. */
export const FIELDS_DONE: RunView['fields'] = [
  {
    field: 'email',
    label: 'Email',
    written: 11,
    notFound: 3,
    leftAlone: [
      { status: 'has_value', why: 'filled already', count: 2 },
      { status: 'not_sure_enough', why: 'below the threshold of 70 %', count: 1 },
    ],
  },
  { field: 'email_status', label: 'Email status', written: 13, notFound: 4, leftAlone: [] },
]

/** My run, ended. */
export function doneRun(part: Partial<RunView> = {}): RunView {
  return run({
    state: 'done',
    rows: { total: 17, done: 17, waiting: 0 },
    cellsWritten: 24,
    calls: 31,
    credits: { spent: 12, held: 0, maybe: 0, cap: 50, worst: 34 },
    endedAt: AT + 60_000,
    fields: FIELDS_DONE,
    vendors: [
      { name: 'DNS', calls: 9, found: 9, credits: 0, trouble: null },
      { name: 'Hunter', calls: 22, found: 15, credits: 12, trouble: null },
    ],
    ...part,
  })
}

/** What waits in that run: a value alone, one of two, and one of a row without a name. */
export const REVIEW: ReviewView = {
  runId: 'run-1',
  sheetName: 'Leads',
  more: 700,
  items: [
    {
      planned: 0,
      row: 2,
      field: 'email',
      label: 'Email',
      who: 'Ada Bright, Example Ltd',
      text: '',
      why: 'Its status is not one that may be written.',
      candidates: [
        { value: 'ada.bright@example.com', confidence: 0.8, status: 'accept_all', vendors: ['Hunter', 'Prospeo'] },
      ],
    },
    {
      planned: 4,
      row: 6,
      field: 'email',
      label: 'Email',
      who: 'Bo Long',
      text: 'bo@home.example',
      why: 'The vendors do not agree, and none is sure enough.',
      candidates: [
        { value: 'bo@example.org', confidence: 0.55, status: null, vendors: ['Hunter'] },
        { value: 'bo.long@example.org', confidence: 0.5, status: 'risky', vendors: ['Icypeas'] },
      ],
    },
    {
      planned: 7,
      row: 9,
      field: 'phone',
      label: 'Phone',
      who: '',
      text: '',
      why: 'Less than the 70 % sure that you want.',
      candidates: [{ value: '+43 1 234', confidence: 0.4, status: null, vendors: ['People Data Labs'] }],
    },
  ],
}

/** What came of undoing that run. */
export function undone(part: Partial<UndoView> = {}): UndoView {
  return {
    runId: 'run-1',
    kind: 'run',
    sheetName: 'Leads',
    state: 'done',
    by: 'you',
    cells: { total: 24, done: 24 },
    restored: 20,
    rowsBack: 0,
    changed: 3,
    changedAt: ['D3', 'D8', 'AE1042'],
    gone: 1,
    added: ['Email status'],
    ...part,
  }
}

/** How a run searched for two fields. */
export const SEARCHES: readonly SearchUsed[] = [
  {
    field: 'email',
    threshold: 0.9,
    accepts: ['valid', 'unverified'],
    agreement: 'counts',
    verify: 'before_writing',
    asked: ['Hunter', 'Prospeo'],
    verifiers: ['ZeroBounce'],
    order: 'given',
    overwrite: 'beside',
  },
  {
    field: 'job_title',
    threshold: 0.5,
    accepts: ['valid'],
    agreement: 'ignored',
    verify: 'never',
    asked: ['Prospeo'],
    verifiers: [],
    order: 'automatic',
    overwrite: 'fill_empty',
  },
]

/** The last three runs, the newest first; the second waits for the first. */
export const HISTORY: readonly PastView[] = [
  past({ id: 'run-1', cells: 24, credits: 31, wanted: ['email', 'job_title'], undo: 'possible' }),
  past({ id: 'run-0', kind: 'merge', at: AT - 3_600_000, cells: 1250, by: 'another person', undo: 'waits' }),
  past({
    id: 'run-x',
    sheetName: 'Trade fair visitors of the spring',
    at: AT - 86_400_000,
    cells: 7,
    undo: 'possible',
  }),
  past({ id: 'run-w', at: AT - 172_800_000, cells: 3, environment: 'training', undo: 'too_old' }),
]

function past(facts: Partial<PastView>): PastView {
  const at = { id: 'run', sheetName: 'Leads', at: AT, by: 'you' } as const
  const did = { kind: 'run', cells: 0, credits: 0, wanted: [], environment: 'production', undo: 'nothing' } as const
  return { ...at, ...did, ...facts }
}

const FREE = {
  prices: [],
  priced: null,
  limits: [],
  perDay: null,
  money: null,
  plan: null,
  changed: null,
  resting: null,
  region: null,
  privacy: null,
  terms: null,
  transfer: 'none',
} as const

const calls = (usual: number | null, now = usual) => ({ calls: now, usual })

const HUNTER_TERMS = {
  prices: [
    {
      id: 'find',
      asked: 'by name and domain',
      finds: ['Email', 'Email status', 'Job title'],
      words: '1 credit for each find, nothing for a miss',
      credits: 1,
      usual: 1,
    },
    {
      id: 'verify',
      asked: 'by email',
      finds: ['Email status'],
      words: '0.5 credits for each verdict',
      credits: 0.5,
      usual: 0.5,
    },
  ],
  priced: 'as of 2026-11-02',
  limits: [
    { id: 'find', asked: ['by name and domain', 'by name and company'], perSecond: calls(15), perMinute: calls(500) },
    { id: 'verify', asked: ['by email'], perSecond: calls(10), perMinute: calls(null) },
  ],
  region: 'United States',
  privacy: 'https://hunter.io/privacy-policy',
  transfer: 'covered',
} as const

/** Settings with a vendor whose price no source tells. */
export function settingsUnpriced(): SettingsView {
  const [find] = HUNTER_TERMS.prices
  const words = '1 credit for each question (no sourced price: enter yours under Vendors)'
  const prices = [{ ...find, words, credits: null, usual: null }]
  const vendors = settings().vendors.map((vendor) =>
    vendor.id === 'hunter' ? { ...vendor, prices, priced: null } : vendor,
  )
  return settings({ vendors })
}

/** Settings in which somebody else set prices and limits of Hunter, who rests. */
export function settingsWithTerms(): SettingsView {
  const [find, verify] = HUNTER_TERMS.limits
  const vendors = settings().vendors.map((vendor) =>
    vendor.id === 'hunter'
      ? {
          ...vendor,
          prices: vendor.prices.map((price) => ({ ...price, credits: (price.usual ?? 0) * 2 })),
          limits: [{ ...find, perSecond: calls(15, 3) }, verify],
          perDay: 200,
          changed: { by: 'another person', at: AT } as const,
          resting: 'resting for 20 s',
        }
      : vendor,
  )
  return settings({ vendors })
}

/** The searches for four fields; of Email with another rule than the usual, unless a part says otherwise. */
export function waterfalls(part: Partial<WaterfallsView> = {}, email?: Partial<WaterfallView>): WaterfallsView {
  const usual = (field: Field) => ({ field, rule: defaultRule(field), edited: false, damaged: false })
  const verified = { asked: 'by email', reason: '0.5 credits for each verdict, our estimate until it has been asked.' }
  const vendors = [
    { id: 'from_row', name: 'The row itself', ways: [{ asked: 'by email', reason: 'Free.' }] },
    {
      id: 'hunter',
      name: 'Hunter',
      ways: ['by name and domain', 'by name and company'].map((asked) => ({
        asked,
        reason: '0.9 credits for each accepted answer: 1 credit a find, 62 of 100 good enough.',
      })),
    },
    {
      id: 'prospeo',
      name: 'Prospeo',
      ways: [{ asked: 'by LinkedIn profile', reason: '1 credit for each accepted answer: our estimate.' }],
    },
    {
      id: 'long',
      name: 'Vendor-with-a-name-that-does-not-want-to-end-at-all',
      ways: [{ asked: 'by name and domain', reason: '2 credits for each accepted answer: our estimate.' }],
    },
  ]
  const own = { edited: true, rule: { ...defaultRule('email'), order: ['prospeo', 'hunter'] } }
  return {
    environment: 'production',
    training: false,
    canAsk: true,
    verifiers: ['ZeroBounce', 'Hunter'],
    fields: [
      { ...usual('email'), vendors, others: ['Apollo', 'Dropcontact'], ...(email ?? own) },
      {
        ...usual('email_status'),
        vendors: [{ id: 'hunter', name: 'Hunter', ways: [verified] }],
        others: ['ZeroBounce'],
      },
      { ...usual('phone'), vendors: [], others: ['Prospeo'] },
      { ...usual('job_title'), vendors: [], others: ['Apollo', 'People Data Labs'] },
      { ...usual('industry'), vendors: [], others: ['The Companies API'] },
    ],
    ...part,
  }
}

/** Settings with one key of Hunter. */
export function settings(part: Partial<SettingsView> = {}): SettingsView {
  return {
    environment: 'production',
    caps: {
      day: { cap: 50, used: 12 },
      month: { cap: null, used: 148.5 },
      person: { cap: null, used: 96 },
      vendors: [{ id: 'hunter', name: 'Hunter', cap: 200, used: 130 }],
      goesOn: true,
      damaged: false,
    },
    termsDamaged: false,
    vendors: [
      {
        ...FREE,
        id: 'training',
        name: 'Training',
        docs: 'about:blank',
        host: '',
        kind: 'training',
        keys: [],
        finds: ['Email', 'Phone', 'Job title', 'Company', 'Company domain', 'LinkedIn profile', 'City', 'Country'],
      },
      {
        ...FREE,
        id: 'dns',
        name: 'DNS',
        docs: 'https://developers.google.com/speed/public-dns/docs/doh/json',
        host: 'dns.google',
        kind: 'public',
        keys: [],
        finds: ['Mail provider', 'Domain takes mail'],
      },
      {
        ...FREE,
        ...HUNTER_TERMS,
        id: 'hunter',
        name: 'Hunter',
        docs: 'https://hunter.io/api-documentation/v2',
        host: 'api.hunter.io',
        kind: 'vendor',
        keys: [{ environment: 'production', place: 'personal', last4: '1a2b' }],
        finds: ['Email', 'Email status', 'Phone', 'Job title', 'Company'],
      },
    ],
    ownVendors: [],
    recipes: [],
    purpose: 'Invite them to our trade fair stand',
    cap: 50,
    suppressed: 3,
    provenance: 'notes',
    edition: 'addon',
    google: { account: 'personal', fetches: { used: 1_250, perDay: 20_000 }, until: AT + 3_600_000 },
    formulas: { isOn: false, perDay: 0, today: 0, waiting: 0 },
    publicSources: [
      { id: 'gleif', name: 'GLEIF', about: 'Legal names of companies, from a register.', ticked: false },
      { id: 'french', name: 'French companies', about: 'SIREN and size, from the state register.', ticked: true },
    ],
    ...part,
  }
}

const FINDYMAIL = {
  id: 'recipe-1a2b3c4d5e6f',
  name: 'Findymail',
  host: 'app.findymail.com',
} as const

/** A vendor of the file's own. */
export function ownVendor(part: Partial<RecipeView> = {}): RecipeView {
  return {
    ...FINDYMAIL,
    text: '{\n  "name": "Findymail"\n}',
    mark: 'mark-1',
    approved: true,
    trouble: null,
    questions: [
      {
        asked: 'by name and domain',
        sends: ['First name', 'Last name', 'Company domain'],
        finds: ['Email'],
        price: '1 credit for each find, nothing for a miss',
        credits: 1,
      },
    ],
    ...part,
  }
}

/** The settings of a file with a vendor of its own that has a key. */
export function settingsWithOwn(part: Partial<RecipeView> = {}): SettingsView {
  const keys = [{ environment: 'production', place: 'personal', last4: '9x8y' }] as const
  const vendor = {
    ...FREE,
    ...FINDYMAIL,
    docs: 'https://app.findymail.com/docs',
    kind: 'vendor',
    finds: ['Email'],
    prices: [{ ...HUNTER_TERMS.prices[0], finds: ['Email'] }],
  } as const
  return settings({ ownVendors: [{ ...vendor, keys }], recipes: [ownVendor(part)] })
}

/** What came of trying it on a row. */
export function tried(part: Partial<TryView> = {}): TryView {
  return {
    row: 2,
    asked: 'by name and domain',
    sent: [
      { name: 'First name', value: 'Ada' },
      { name: 'Last name', value: 'Nowak' },
      { name: 'Company domain', value: 'example.com' },
    ],
    meaning: 'Found. The answer is kept: a run fills it in at no cost.',
    reply: { status: 200, text: '{"contact":{"email":"ada.nowak@example.com"}}', isCut: false },
    takes: [{ label: 'Email', value: 'ada.nowak@example.com', sure: '70 % sure, our estimate' }],
    lost: [],
    credits: 1,
    ...part,
  }
}

/** The sample vendors without any key. */
export function withoutKeys(): SettingsView['vendors'] {
  return settings().vendors.map((vendor) => ({ ...vendor, keys: [] }))
}

/** A filled cell: one vendor was not sure enough, the next one was, and a verifier agreed. */
export function explained(part: Partial<ExplainView> = {}): ExplainView {
  return {
    cell: 'E12',
    text: 'ada.bright@example.com',
    label: 'Email',
    hasMore: false,
    holder: 'Enrich filled the cell.',
    found: {
      value: 'ada.bright@example.com',
      note: 'Hunter, 97 % sure, verified, 6 May 2030, 1 credit',
      sourceUrl: 'https://example.com/team',
      isGood: true,
    },
    steps: [
      {
        vendor: 'Prospeo',
        asked: 'by LinkedIn profile',
        credits: null,
        at: null,
        said: null,
        then: 'Was not asked: the row lacks what it has to be asked with.',
      },
      {
        vendor: 'Hunter',
        asked: 'by name and domain',
        credits: 1,
        at: AT,
        said: 'ada.bright@example.com, 97 % sure',
        then: 'Good enough: the search ended here.',
      },
      {
        vendor: 'ZeroBounce',
        asked: 'by email',
        credits: 0,
        at: AT,
        said: 'known to work, 99 % sure',
        then: 'Gave a verdict.',
      },
    ],
    remarks: [],
    nothing: null,
    ...part,
  }
}

const spentOn = (day: string, hunter: number, prospeo: number): UsageView['days'][number] => ({
  day,
  vendors: [
    ...(hunter > 0 ? [{ id: 'hunter', credits: hunter, maybe: 0 }] : []),
    ...(prospeo > 0 ? [{ id: 'prospeo', credits: prospeo - 1, maybe: 1 }] : []),
  ],
})

/** What was spent in November, by two vendors and a free source. */
export function usage(part: Partial<UsageView> = {}): UsageView {
  return {
    environment: 'production',
    today: '2026-11-30',
    days: Array.from({ length: 30 }, (_, index) =>
      spentOn(
        `2026-11-${String(index + 1).padStart(2, '0')}`,
        index % 7 < 5 ? 10 + ((index * 7) % 23) : 0,
        index % 3 === 0 ? 12 : 0,
      ),
    ),
    vendors: [
      {
        id: 'hunter',
        name: 'Hunter',
        requests: 612,
        asked: 600,
        found: 402,
        credits: 434,
        maybe: 0,
        perAccepted: 1.1,
        balance: { left: 66, at: AT },
        money: null,
      },
      {
        id: 'prospeo',
        name: 'Prospeo',
        requests: 214,
        asked: 180,
        found: 61,
        credits: 110,
        maybe: 10,
        perAccepted: 2.34,
        balance: null,
        money: null,
      },
      {
        id: 'dns',
        name: 'DNS',
        requests: 320,
        asked: 320,
        found: 300,
        credits: 0,
        maybe: 0,
        perAccepted: 0,
        balance: null,
        money: null,
      },
    ],
    remarks: [],
    damaged: 0,
    ...part,
  }
}

/** What the Privacy screen shows of a file with a legal basis and two keys. */
export function privacy(part: Partial<PrivacyView> = {}): PrivacyView {
  return {
    basis: BASIS,
    suppressed: 3,
    vendors: [
      { id: 'hunter', name: 'Hunter', region: 'United States', transfer: 'covered' },
      { id: 'prospeo', name: 'Prospeo', region: null, transfer: 'open' },
      { id: 'dropcontact', name: 'Dropcontact', region: 'France', transfer: 'none' },
    ],
    ...part,
  }
}

/** What the register takes from a file that asked Hunter for a month. */
export function register(): RegisterView {
  const {
    name,
    region,
    privacy: notice,
    terms,
    transfer,
    finds,
  } = settings().vendors.find(({ id }) => id === 'hunter')!
  return {
    vendors: [{ id: 'hunter', name, region, privacy: notice, terms, transfer, finds, wasAsked: true }],
    months: [{ month: '2026-11', vendor: 'Hunter', requests: 120, asked: 120, found: 84 }],
  }
}

/** Periods as they are until somebody sets them. */
export function retention(): RetentionView {
  return {
    periods: { answers: 365, runs: 90, requests: 90, fields: { phone: 180 } },
    isSet: false,
    due: { answers: 0, values: 0, runs: 0, requests: 0 },
  }
}
