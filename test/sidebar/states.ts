import type { Opening } from '../../sidebar/call'
import type { Receipt } from '../../src/domain/receipt'
import { defaultRule } from '../../src/domain/waterfall'
import type { Script } from './server'
import { DUPLICATE_STATES } from './duplicate-states'
import { PERSON_STATES } from './person-states'
import { FORMULA_STATES } from './formula-states'
import {
  BASIS,
  doneRun,
  explained,
  FIELDS_DONE,
  overview,
  overviewOfManyFields,
  overviewOfNumbers,
  privacy,
  receipt,
  receiptInMoney,
  REVIEW,
  SEARCHES,
  run,
  settings,
  settingsUnpriced,
  settingsWithOwn,
  settingsWithTerms,
  tried,
  HISTORY,
  undone,
  usage,
  waterfalls,
  withoutKeys,
} from './samples'

/** A role and the name that a person hears with it. */
export type Seen = readonly [role: string, name: string | RegExp]

/** One thing a person does: presses what has this role and name, types into it, chooses an option of it, or uses a key. */
export type Step =
  | { readonly press: Seen }
  | { readonly type: Seen; readonly text: string }
  | { readonly choose: Seen; readonly option: string }
  | { readonly key: string }

/** A state of the sidebar: how to get there and what a person must see. */
export type StateCase = {
  readonly name: string
  readonly open?: Opening
  readonly script: Script
  readonly steps?: readonly Step[]
  readonly sees: readonly Seen[]
  readonly says?: readonly (string | RegExp)[]
  /** What must not be offered here. */
  readonly lacks?: readonly Seen[]
}

const COPIED = { state: 'copied', message: 'Nothing is spent until you choose.' } as const
const LATER = Date.UTC(2100, 0, 1)
const ready = (script: Script = {}): Script => ({
  overview: [{ value: overview() }],
  receipt: [{ value: receipt({ validUntil: LATER }) }],
  settings: [{ value: settings() }],
  waterfalls: [{ value: waterfalls() }],
  usage: [{ value: usage() }],
  ...script,
})
const seeCost: Step = { press: ['button', 'See what it will cost'] }
const verifyEmails: Step = { press: ['button', 'Check emails or phones'] }
const verifyPhones: readonly Step[] = [verifyEmails, { press: ['radio', 'Phone numbers'] }]
const enrich: Step = { press: ['button', /^Enrich 17 rows/] }
const review: Step = { press: ['button', 'Review 3 values not sure enough'] }
const undoPress: Step = { press: ['button', 'Undo this run'] }
const training = { environment: 'training', cap: 0 } as const
const VERIFIED = doneRun({
  fields: [{ field: 'email_status', label: 'Email status', written: 1_000, notFound: 0, leftAlone: [] }],
})
const VERDICTS = [
  { status: 'valid', count: 688 },
  { status: 'invalid', count: 312 },
] as const
const NUMBERS = doneRun({
  fields: [
    {
      field: 'phone_type',
      label: 'Phone type',
      written: 1_004,
      notFound: 31,
      leftAlone: [{ status: 'no_key', why: 'Not enough is known to ask', count: 12 }],
    },
  ],
})
/** A sidebar opened while this run stands in the file. */
const attached = (view: ReturnType<typeof run>, script: Script = {}): Script =>
  ready({
    overview: [{ value: overview({ run: view }) }],
    continueRun: ['silence'],
    runStatus: [{ value: view }],
    ...script,
  })

const AT_CAP = run({
  state: 'paused',
  credits: { spent: 5, held: 0, maybe: 0, cap: 5, worst: 34 },
  fields: FIELDS_DONE,
  problem: {
    message:
      'The cap of 5 credits is reached. What was found is written. Raise the cap and make a new receipt to go on.',
    action: 'new_receipt',
  },
})

const FAILED = {
  field: 'email',
  label: 'Email',
  written: 11,
  notFound: 3,
  leftAlone: [{ status: 'vendor_trouble', why: 'A vendor did not answer', count: 3 }],
} as const

const BETTER = { fine: 0, old: 0, invalid: 0, beside: 17 }

/** Nobody is asked for what is known. */
function ofBetter(): Receipt {
  const none = { best: 0, typical: 0, worst: 0 }
  const rows = { ...receipt().rows, invalid: 0, suppressed: 0, known: 17, repeated: 0, chargeable: 0, selected: 17 }
  return receipt({
    validUntil: LATER,
    wanted: ['job_title'],
    rows,
    namesakes: 0,
    invalidReasons: [],
    lines: [],
    credits: none,
    calls: none,
    cap: 0,
    balances: [],
    samples: [],
    replaces: BETTER,
    newColumns: ['Job title (found)'],
    remarks: [],
  })
}

const WEEKLY = {
  id: 'saved-1',
  name: 'Weekly import',
  mapping: { 0: 'full_name', 1: 'company_name' },
  wanted: ['email', 'email_status'],
  cap: 80,
  purpose: 'Invite those who wrote to us this week',
  missing: [],
  otherRules: [],
  caps: ['200 credits a day'],
  lowerCaps: [],
  text: '{\n  "version": 1,\n  "name": "Weekly import"\n}',
} as const
const SAVED = [
  { id: 'saved-1', name: 'Weekly import' },
  { id: 'saved-2', name: 'Visitors of the trade fair in Vienna, with phones for the follow-up' },
] as const
const ADDED = overview({ saved: SAVED, scope: 'added', rowsInScope: 12 })
const openPrivacy: Step = { press: ['button', 'Open Privacy'] }
const openSaved: Step = { press: ['text', /^Saved runs/] }
const useWeekly: Step = { press: ['button', 'Use Weekly import'] }

/** Every state that a person can meet. */
export const STATES: readonly StateCase[] = [
  {
    name: 'saved runs',
    script: ready({ overview: [{ value: overview({ saved: SAVED }) }] }),
    steps: [openSaved],
    sees: [
      ['button', 'Use Weekly import'],
      ['button', 'Delete Weekly import'],
      ['textbox', /^Save what is chosen below as/],
      ['button', 'Add one that somebody shared'],
    ],
    says: [/^A saved run with this name is replaced/],
  },
  {
    name: 'a saved run in use',
    script: ready({
      overview: [{ value: overview({ saved: SAVED }) }, { value: ADDED }],
      applySaved: [{ value: WEEKLY }],
    }),
    steps: [openSaved, useWeekly, { press: ['button', 'Share as text'] }],
    sees: [
      ['radio', 'Rows that “Weekly import” has not had yet (12)'],
      ['textbox', 'Copy it and add it in another file'],
      ['button', 'Put it aside'],
    ],
    says: ['“Weekly import” is filled in below.', 'The file that it was saved in has caps: 200 credits a day.'],
    lacks: [
      ['button', 'Set it as it was saved'],
      ['button', 'Set these caps here too'],
    ],
  },
  {
    name: 'a saved run that does not fit the sheet',
    script: ready({
      overview: [{ value: overview({ saved: SAVED }) }, { value: ADDED }],
      applySaved: [
        {
          value: {
            ...WEEKLY,
            wanted: ['email', 'technologies'],
            missing: ['Société', 'Website'],
            otherRules: ['Email'],
            caps: ['200 credits a day', '40 credits a month for Hunter'],
            lowerCaps: ['40 credits a month for Hunter'],
            text: JSON.stringify({ rules: { email: { ...defaultRule('email'), threshold: 0, accepts: ['risky'] } } }),
          },
        },
      ],
    }),
    steps: [openSaved, useWeekly],
    sees: [
      ['button', 'Set it as it was saved'],
      ['button', 'Set these caps here too'],
    ],
    says: [
      'Missing or higher in this file: 40 credits a month for Hunter.',
      /^Not found in Leads: “Société” and “Website”/,
      'No vendor you can ask here finds Technologies: left out.',
      /^Who is asked for Email, or what is written/,
      'Email: least cost first · 0 % sure · written if: risky · not checked first · empty cells only',
    ],
  },
  {
    name: 'a saved run that cannot be added',
    script: ready({
      addSaved: [{ problem: { message: 'That is no JSON. Copy the whole text and paste it again.', action: null } }],
    }),
    steps: [
      openSaved,
      { press: ['button', 'Add one that somebody shared'] },
      { type: ['textbox', 'The text of the saved run'], text: 'Weekly import' },
      { press: ['button', 'Add'] },
    ],
    sees: [
      ['alert', /^That is no JSON/],
      ['textbox', 'The text of the saved run'],
    ],
  },
  {
    name: 'emails to be verified',
    script: ready(),
    steps: [verifyEmails],
    sees: [
      ['heading', 'Check emails or phones of Leads'],
      ['combobox', 'Column of addresses'],
      ['radio', 'All rows (250)'],
      ['button', 'See what it will cost'],
    ],
    says: [/No address is changed/, 'Asked: Hunter.'],
    lacks: [
      ['radio', /^Only rows that miss something/],
      ['checkbox', /^Phone/],
    ],
  },
  {
    name: 'emails to be verified without a verifier',
    script: ready({
      overview: [{ value: overview({ verifiers: { able: [], others: ['Hunter', 'ZeroBounce', 'Icypeas'] } }) }],
    }),
    steps: [verifyEmails],
    sees: [
      ['heading', 'Nobody can verify addresses yet'],
      ['button', 'Open Vendors'],
    ],
    says: ['Add a key of Hunter, ZeroBounce or Icypeas under Vendors.'],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'receipt of a verification',
    script: ready({
      receipt: [
        {
          value: receipt({
            validUntil: LATER,
            wanted: ['email_status'],
            addresses: { total: 1_200, different: 1_050 },
          }),
        },
      ],
    }),
    steps: [verifyEmails, seeCost],
    sees: [['heading', 'What it will cost']],
    says: ['1,200 addresses of Leads, 1,050 different: each is asked once'],
  },
  {
    name: 'phones to be verified for free',
    script: ready({ overview: [{ value: overviewOfNumbers(['The row itself']) }] }),
    steps: verifyPhones,
    sees: [
      ['heading', 'Check emails or phones of Leads'],
      ['radio', 'Email addresses'],
      ['combobox', 'Column of phone numbers'],
      ['radio', 'All rows (250)'],
      ['heading', 'Free, by the numbering plan'],
      ['button', 'Open Vendors'],
      ['button', 'See what it will cost'],
    ],
    says: [/No number is changed/, /^For money, Twilio Lookup also says which numbers do not exist/],
    lacks: [['combobox', 'Column of addresses']],
  },
  {
    name: 'phones to be verified with a key',
    script: ready({ overview: [{ value: overviewOfNumbers(['The row itself', 'Twilio Lookup']) }] }),
    steps: verifyPhones,
    sees: [
      ['combobox', 'Column of phone numbers'],
      ['button', 'Open Waterfall'],
    ],
    says: [/^Asked: first the numbering plan, free/],
    lacks: [['button', 'Open Vendors']],
  },
  {
    name: 'phones to be verified, all at the vendor',
    script: ready({ overview: [{ value: overviewOfNumbers(['Twilio Lookup', 'The row itself']) }] }),
    steps: verifyPhones,
    sees: [['combobox', 'Column of phone numbers']],
    says: [/^Asked: Twilio Lookup, about every number/],
  },
  {
    name: 'phones in training, where nobody knows them',
    script: ready({ overview: [{ value: overview(training) }] }),
    steps: verifyPhones,
    sees: [['heading', 'Numbers cannot be checked here']],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'emails again after phones',
    script: ready({ overview: [{ value: overviewOfNumbers(['The row itself']) }] }),
    steps: [...verifyPhones, { press: ['radio', 'Email addresses'] }],
    sees: [['combobox', 'Column of addresses']],
    says: ['Asked: Hunter.'],
  },
  {
    name: 'receipt of a verification of phones',
    script: ready({
      overview: [{ value: overviewOfNumbers(['The row itself']) }],
      receipt: [
        {
          value: receipt({
            validUntil: LATER,
            wanted: ['phone_type'],
            addresses: { total: 1_200, different: 1_050 },
          }),
        },
      ],
    }),
    steps: [...verifyPhones, seeCost],
    sees: [['heading', 'What it will cost']],
    says: ['1,200 numbers of Leads, 1,050 different: each is asked once'],
  },
  {
    name: 'phones verified',
    script: attached(NUMBERS, {
      verdicts: [
        {
          value: [
            { status: 'mobile', count: 688 },
            { status: 'fixed', count: 312 },
            { status: 'toll_free', count: 3 },
            { status: 'invalid', count: 1 },
          ],
        },
      ],
    }),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [
      ['heading', 'Numbers by type'],
      ['button', 'Replace the invalid one'],
    ],
    says: ['fixed: a landline', 'invalid: nobody has such a number', 'type not known: left empty'],
  },
  {
    name: 'invalid numbers to be replaced',
    script: attached(NUMBERS, {
      verdicts: [{ value: [{ status: 'invalid', count: 1 }] }],
      receipt: [
        { value: receipt({ validUntil: LATER, replaces: { fine: 0, old: 0, invalid: 2, phones: 1, beside: 0 } }) },
      ],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Replace the invalid one'] }],
    sees: [['heading', 'What it will cost']],
    says: [
      '2 emails and 1 phone number proved invalid',
      /^2 emails and 1 phone number proved invalid are replaced where a good one is found; Undo/,
    ],
  },
  {
    name: 'emails verified',
    script: attached(
      doneRun({
        fields: [
          {
            field: 'email_status',
            label: 'Email status',
            written: 1_000,
            notFound: 7,
            leftAlone: [{ status: 'not_sure_enough', why: 'Not sure enough', count: 43 }],
          },
        ],
      }),
      {
        verdicts: [
          {
            value: [
              { status: 'valid', count: 900 },
              { status: 'accept_all', count: 100 },
            ],
          },
        ],
      },
    ),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [['heading', 'Addresses by status']],
    says: ['900', 'accept-all: the server takes any address', '50', 'no clear verdict: left empty'],
  },
  {
    name: 'emails verified, some invalid',
    script: attached(VERIFIED, { verdicts: [{ value: VERDICTS }] }),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [['button', 'Replace the 312 invalid ones']],
    says: ['invalid: do not write to it'],
  },
  {
    name: 'emails verified in a run of another person',
    script: attached({ ...VERIFIED, mine: false, by: 'another person' }, { verdicts: [{ value: VERDICTS }] }),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [['heading', 'Addresses by status']],
    lacks: [['button', 'Replace the 312 invalid ones']],
  },
  {
    name: 'invalid emails to be replaced',
    script: attached(VERIFIED, {
      verdicts: [{ value: VERDICTS }],
      receipt: [{ value: receipt({ validUntil: LATER, replaces: { fine: 0, old: 0, invalid: 312, beside: 0 } }) }],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Replace the 312 invalid ones'] }],
    sees: [['heading', 'What it will cost']],
    says: ['312 emails proved invalid'],
  },
  {
    name: 'a receipt in money, of a plan, with better values beside',
    script: attached(VERIFIED, {
      verdicts: [{ value: VERDICTS }],
      receipt: [{ value: receiptInMoney() }],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Replace the 312 invalid ones'] }],
    sees: [['heading', 'What it will cost']],
    says: [
      /In money: EUR 0.0735 at best, EUR 0.64 usually, EUR 1.67 at worst\./,
      /up to EUR 1.37$/,
      '66 credits left of your plan until 2030-06-15, or more with what you carried over; by what this file took',
      /For 9 rows a better value may go to a column beside\.$/,
    ],
  },
  {
    name: 'a cell explained',
    open: 'explain',
    script: ready({ explainCell: [{ value: explained() }] }),
    sees: [
      ['heading', 'Cell E12: Email'],
      ['heading', 'How it was searched for'],
      ['link', 'Page that shows it'],
      ['button', 'Explain the selected cell'],
    ],
    says: [
      'Enrich filled the cell.',
      'Hunter, 97 % sure, verified, 6 May 2030, 1 credit',
      'Was not asked: the row lacks what it has to be asked with.',
      'ada.bright@example.com, 97 % sure',
      'Good enough: the search ended here. 1 credit, 6 May 2030.',
      'Gave a verdict. Free, 6 May 2030.',
      /nobody is asked, and it costs nothing/,
    ],
  },
  {
    name: 'a cell explained whose row was changed since',
    open: 'explain',
    script: ready({
      explainCell: [
        {
          value: explained({
            hasMore: true,
            text: 'ada@mine.example',
            holder: 'Enrich did not fill the cell: its value was there before, or was typed since.',
            remarks: ['This row was in none of the last runs.'],
            found: { ...explained().found!, sourceUrl: null, isGood: false },
          }),
        },
      ],
    }),
    sees: [['heading', 'Found, but not sure enough to write it']],
    says: [
      'Several cells are selected: this is about the first.',
      'This row was in none of the last runs.',
      'ada@mine.example',
      'ada.bright@example.com',
    ],
    lacks: [['link', 'Page that shows it']],
  },
  {
    name: 'nothing to explain, from the first screen',
    script: ready({
      explainCell: [
        {
          value: explained({
            text: '',
            label: null,
            holder: '',
            found: null,
            steps: [],
            nothing: 'Select a cell under the column names.',
          }),
        },
      ],
    }),
    steps: [{ press: ['button', 'Explain the selected cell'] }],
    sees: [
      ['heading', 'Cell E12'],
      ['button', 'Back to Enrich'],
    ],
    says: ['Select a cell under the column names.'],
    lacks: [['heading', 'How it was searched for']],
  },
  {
    name: 'back from an explained cell',
    open: 'explain',
    script: ready({ explainCell: [{ value: explained() }] }),
    steps: [{ press: ['button', 'Back to Enrich'] }],
    sees: [['heading', 'Enrich Leads']],
  },
  {
    name: 'loading',
    script: { overview: ['silence'] },
    sees: [
      ['tab', 'Enrich'],
      ['tab', 'Waterfall'],
      ['tab', 'Vendors'],
      ['tab', 'Settings'],
    ],
    says: ['Reading the sheet'],
  },
  {
    name: 'connection lost at the start',
    script: { overview: [{ fails: 'NetworkError: Connection failure due to HTTP 0' }] },
    sees: [
      ['heading', 'Enrich could not start'],
      ['button', 'Try again'],
    ],
    says: [/connection to Google was lost.*Check the network/],
  },
  {
    name: 'several accounts',
    script: {
      overview: [
        {
          fails: "We're sorry, a server error occurred while reading from storage. Error code PERMISSION_DENIED.",
        },
      ],
    },
    sees: [['button', 'Try again']],
    says: [/several are signed in here.*one account only/],
  },
  {
    name: 'answer of another version',
    script: { overview: [{ text: null }] },
    sees: [['button', 'Try again']],
    says: [/does not understand.*Close the sidebar and open it again/],
  },
  {
    name: 'empty sheet',
    script: {
      overview: [
        {
          value: overview({
            sheet: { id: 7, name: 'Sheet1', rows: 0 },
            selection: { label: '', rows: 0 },
            rowsInScope: 0,
            columns: [],
            problem: {
              message: 'This sheet is empty. Put a header row and your leads into it, then read it again.',
              action: 'reload',
            },
          }),
        },
      ],
    },
    sees: [
      ['heading', 'Enrich Sheet1'],
      ['alert', /This sheet is empty/],
      ['button', 'Start again'],
    ],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'no headers',
    script: {
      overview: [
        {
          value: overview({
            problem: {
              message:
                'No column was recognised: row 1 holds no headers. Say what the columns are, or add a header row.',
              action: 'map_columns',
            },
            columns: overview().columns.map((one) => ({ ...one, header: '', field: null, how: 'none' })),
          }),
        },
      ],
    },
    sees: [
      ['alert', /No column was recognised/],
      ['button', 'Show the columns'],
      ['combobox', 'Column A, no header, holds'],
    ],
    says: ['Columns found: 0 of 5'],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'nothing selected',
    script: {
      overview: [
        {
          value: overview({
            selection: { label: '', rows: 0 },
            rowsInScope: 0,
            problem: {
              message: 'No row with leads is selected. Select some rows in the sheet.',
              action: 'select_rows',
            },
          }),
        },
      ],
    },
    sees: [
      ['alert', /No row with leads is selected/],
      ['radio', 'Selected rows (none)'],
      ['radio', 'All rows (250)'],
    ],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'no rows selected yet',
    script: ready({
      overview: [
        {
          value: overview({
            selection: { label: '', rows: 0 },
            rowsInScope: 0,
            choices: overview().choices.map((choice) => ({ ...choice, missing: 0 })),
          }),
        },
      ],
    }),
    sees: [
      ['radio', 'Selected rows (none)'],
      ['checkbox', /^Email up to 1 credit Select rows to see the gaps · Hunter$/],
    ],
    lacks: [['checkbox', /No row misses it/]],
  },
  {
    name: 'no key',
    script: { overview: [{ value: overview({ canAsk: false, choices: [], wanted: [] }) }] },
    sees: [
      ['heading', 'No vendor key in Production yet'],
      ['button', 'Open Vendors'],
      ['button', 'Practice with training data'],
    ],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'ready',
    script: ready(),
    sees: [
      ['heading', 'Enrich Leads'],
      ['radio', 'Selected rows 2-21 (20)'],
      ['radio', 'All rows (250)'],
      ['radio', 'Only rows that miss something'],
      ['button', 'Read selection again'],
      ['checkbox', /^Email up to 1 credit 17 of 20 rows miss it · Hunter$/],
      ['checkbox', /^Phone up to 1 credit No row misses it/],
      ['checkbox', /^Company domain free 12 of 20 rows miss it · From the email, then Hunter$/],
      ['button', 'Change why people are looked up'],
      ['spinbutton', 'Spend at most (credits)'],
      ['button', 'See what it will cost'],
    ],
    says: ['Columns found: 4 of 5', 'Looking is free. At most 27 credits.'],
  },
  {
    name: 'ready, columns open',
    script: ready(),
    steps: [{ press: ['text', /^Columns found/] }],
    sees: [
      ['combobox', 'Column B, Société, holds'],
      ['combobox', 'Column D, no header, holds'],
    ],
    says: ['For example Ada Bright · Bo van den Berg', 'by its values'],
  },
  {
    name: 'ready, many fields',
    script: { overview: [{ value: overviewOfManyFields() }] },
    sees: [
      ['searchbox', 'Search 19 fields'],
      ['button', 'Show all 11 contact fields'],
      ['button', 'Show all 8 company fields'],
    ],
  },
  {
    name: 'search without a hit',
    script: { overview: [{ value: overviewOfManyFields() }] },
    steps: [{ type: ['searchbox', 'Search 19 fields'], text: 'shoe size' }],
    sees: [['searchbox', 'Search 19 fields']],
    says: ['No vendor you can ask finds “shoe size”.'],
    lacks: [['checkbox', /Email/]],
  },
  {
    name: 'purpose and fields missing',
    script: { overview: [{ value: overview({ basis: null, wanted: [] }) }] },
    steps: [seeCost],
    sees: [
      ['alert', 'Choose at least one thing to find.'],
      ['alert', /Answer the four questions first: a run needs a reason/],
    ],
  },
  {
    name: 'training',
    script: {
      overview: [
        {
          value: overview({
            ...training,
            practiceTab: 'Enrich practice',
            choices: overview().choices.map((one) => ({ ...one, vendors: ['Training'], credits: 0 })),
          }),
        },
      ],
    },
    sees: [['button', 'Remove practice tab']],
    says: [/^Training: invented answers, nothing is spent. Results go to a practice tab.$/, 'Practice costs nothing.'],
    lacks: [['spinbutton', 'Spend at most (credits)']],
  },
  {
    name: 'training, practice tab to be removed',
    script: { overview: [{ value: overview({ ...training, practiceTab: 'Enrich practice' }) }] },
    steps: [{ press: ['button', 'Remove practice tab'] }],
    sees: [
      ['button', 'Delete the tab'],
      ['button', 'Keep it'],
    ],
    says: ['The tab "Enrich practice" is deleted. Your own tabs stay as they are.'],
  },
  {
    name: 'staging',
    script: { overview: [{ value: overview({ environment: 'staging' }) }] },
    sees: [['button', 'See what it will cost']],
    says: [/Real vendors with keys of their own/],
  },
  {
    name: 'receipt refused',
    script: ready({
      receipt: [
        {
          problem: {
            message: 'The key of Hunter is missing. Open Vendors and enter it.',
            action: 'open_vendors',
          },
        },
      ],
    }),
    steps: [seeCost],
    sees: [
      ['alert', /The key of Hunter is missing/],
      ['button', 'Open Vendors'],
      ['heading', 'Enrich Leads'],
    ],
  },
  {
    name: 'receipt',
    script: ready(),
    steps: [seeCost],
    sees: [
      ['heading', 'What it will cost'],
      ['button', 'Enrich 17 rows (up to 34 credits)'],
      ['button', 'Back'],
      ['heading', 'The first 3 questions, exactly as sent'],
    ],
    says: [
      'Up to 34 credits',
      'may cost credits',
      'answered before, filled at no cost',
      'same question as another row, asked once',
      'on your never-look-up list',
      '2 have a name but no company',
      'rows in all',
      '26 to 37; Google leaves you 18,840 of 20,000 today',
      'about 45 seconds; with this sidebar closed about 60 minutes',
      /^66 credits left in your account, /,
      /^“Usually” is worked out from 600 answers/,
      'stops at 50 credits',
      'Maximiliane-Theodora von Hohenberg-Lichtenstein',
      'api.hunter.io',
      /^2 rows share name and company/,
      /Someone else changed the order/,
      '14 calls at most · 1 credit for each email found · usually 9 credits',
    ],
  },
  {
    name: 'receipt of a repair',
    script: ready({
      receipt: [{ value: receipt({ validUntil: LATER, replaces: { fine: 0, old: 0, invalid: 312, beside: 0 } }) }],
    }),
    steps: [seeCost],
    sees: [['heading', 'What it will cost']],
    says: [
      '312 emails proved invalid',
      '312 emails proved invalid are replaced where a good one is found; Undo brings the values back. Nothing else is overwritten.',
    ],
  },
  {
    name: 'receipt with a low cap',
    script: ready({ receipt: [{ value: receipt({ validUntil: LATER, cap: 10 }) }] }),
    steps: [seeCost],
    sees: [['button', 'Enrich 17 rows (up to 10 credits)']],
    says: ['stops at 10 credits'],
  },
  {
    name: 'receipt of training',
    script: ready({
      overview: [{ value: overview({ ...training }) }],
      receipt: [
        {
          value: receipt({
            validUntil: LATER,
            training: true,
            credits: { best: 0, typical: 0, worst: 0 },
            calls: { best: 0, typical: 0, worst: 0 },
            lines: [],
            remarks: [],
          }),
        },
      ],
    }),
    steps: [seeCost],
    sees: [['button', 'Enrich 17 rows (nothing is spent)']],
    says: ['Nothing is spent', 'looked up in the training data'],
  },
  {
    name: 'receipt without work',
    script: ready({
      receipt: [
        {
          value: receipt({
            validUntil: LATER,
            rows: { ...receipt().rows, chargeable: 0, known: 0, repeated: 0, filled: 17 },
            credits: { best: 0, typical: 0, worst: 0 },
            lines: [],
            samples: [],
            newColumns: [],
            remarks: [],
          }),
        },
      ],
    }),
    steps: [seeCost],
    sees: [['button', 'Back']],
    says: ['None of these rows can get a value. Choose other rows or other fields.', 'nothing missing'],
    lacks: [['button', /^Enrich/]],
  },
  {
    name: 'receipt expired',
    script: ready({
      receipt: [{ value: receipt({ validUntil: 0 }) }, { value: receipt({ id: 'receipt-2', validUntil: LATER }) }],
    }),
    steps: [seeCost, enrich],
    sees: [['button', 'Enrich 17 rows (up to 34 credits)']],
    says: [/Ten minutes had passed/],
  },
  {
    name: 'receipt opened by the menu',
    open: 'start',
    script: ready(),
    sees: [['heading', 'What it will cost']],
  },
  {
    name: 'menu without a legal basis',
    open: 'start',
    script: ready({ overview: [{ value: overview({ basis: null }) }] }),
    sees: [['heading', 'Enrich Leads']],
  },
  {
    name: 'running',
    script: ready({ startRun: [{ value: run() }], continueRun: ['silence'], runStatus: [{ value: run() }] }),
    steps: [seeCost, enrich],
    sees: [
      ['heading', 'Enriching Leads'],
      ['progressbar', 'Rows done in Leads'],
      ['button', 'Stop'],
    ],
    says: [
      '6 of 17 rows',
      'Cells filled',
      'of 50',
      'resting until 14:03',
      '9 calls · 4 found',
      '30 percent of the rows are done',
    ],
  },
  {
    name: 'running, attached after a reload',
    script: attached(run({ training: true, credits: { spent: 0, held: 0, maybe: 0, cap: 0, worst: 0 } })),
    sees: [
      ['heading', 'Enriching Leads'],
      ['button', 'Stop'],
    ],
    says: ['none'],
  },
  {
    name: 'resting',
    script: attached(
      run({
        rest: {
          until: LATER,
          message: "Google limits how many requests you may send in a day, and today's are used up.",
        },
      }),
    ),
    sees: [
      ['heading', 'Resting'],
      ['button', 'Try now'],
      ['button', 'Stop'],
    ],
    says: [/^Google limits how many requests .* It goes on by itself 1 Jan, \d\d:\d\d, or within the hour after that/],
  },
  {
    name: 'stopping',
    script: attached(run({ credits: { spent: 5, held: 0, maybe: 3, cap: 50, worst: 34 } }), { stopRun: ['silence'] }),
    steps: [{ press: ['button', 'Stop'] }],
    sees: [['progressbar', 'Rows done in Leads']],
    says: [
      'Stopping after the calls that are on their way.',
      '3 credits may have been charged for answers that were lost. They count against the cap.',
    ],
  },
  {
    name: 'paused',
    script: attached(
      run({
        state: 'paused',
        problem: { message: 'Hunter refused the key. Open Vendors and paste it again.', action: 'open_vendors' },
        vendors: [{ name: 'Hunter', calls: 9, found: 4, credits: 5, trouble: 'refused the key' }],
      }),
    ),
    sees: [
      ['heading', 'Paused'],
      ['alert', /Hunter refused the key/],
      ['button', 'Open Vendors'],
      ['button', 'Resume'],
      ['button', 'Stop here'],
    ],
  },
  {
    name: 'stopped',
    script: attached(run(), { stopRun: [{ value: run({ state: 'stopped', fields: FIELDS_DONE }) }] }),
    steps: [{ press: ['button', 'Stop'] }],
    sees: [
      ['heading', 'Stopped'],
      ['button', 'Go on'],
      ['button', 'Enrich other rows'],
      ['table', 'What became of each field'],
    ],
    says: [/^6 of 17 rows done. 5 credits spent; the receipt said at most 34. What was filled stays/],
  },
  {
    name: 'paused at the cap',
    script: attached(AT_CAP),
    sees: [
      ['heading', 'Paused'],
      ['alert', /^The cap of 5 credits is reached/],
      ['spinbutton', 'Spend at most on the rest (credits)'],
      ['button', 'See what the rest will cost'],
      ['button', 'Stop here'],
    ],
    lacks: [
      ['button', 'Resume'],
      ['button', 'See the cost again'],
    ],
  },
  {
    name: 'stopped at the cap',
    script: attached(AT_CAP, { stopRun: [{ value: { ...AT_CAP, state: 'stopped' } }] }),
    steps: [{ press: ['button', 'Stop here'] }],
    sees: [
      ['heading', 'Stopped'],
      ['spinbutton', 'Spend at most on the rest (credits)'],
      ['button', 'See what the rest will cost'],
      ['button', 'Enrich other rows'],
    ],
    lacks: [['button', 'Go on']],
  },
  {
    name: 'at the cap of a day',
    script: attached({
      ...AT_CAP,
      credits: { ...AT_CAP.credits, cap: 34 },
      problem: {
        message:
          'The cap of 50 credits a day is reached. What was found is written. Raise it in Settings and go on here, or go on tomorrow.',
        action: 'open_settings',
      },
    }),
    sees: [
      ['heading', 'Paused'],
      ['alert', /^The cap of 50 credits a day is reached/],
      ['button', 'Open Settings'],
      ['button', 'Resume'],
    ],
    lacks: [['spinbutton', 'Spend at most on the rest (credits)']],
  },
  {
    name: 'usage',
    open: 'usage',
    script: ready(),
    steps: [{ press: ['text', 'Day by day'] }],
    sees: [
      ['tab', 'Usage'],
      ['heading', 'The last 30 days'],
      ['heading', 'By vendor, since the beginning'],
      ['row', '2026-11-30 Hunter 29 29'],
      ['row', '2026-11-28 Prospeo 12 12'],
      ['button', 'Download all requests as CSV'],
    ],
    says: [
      /^612 requests · found 67 % of 600 · 1.1 credits for each accepted answer · 66 credits left in your account/,
      /10 of them may have been charged: their answers were lost/,
    ],
  },
  {
    name: 'usage, unusual',
    open: 'usage',
    script: ready({
      usage: [
        {
          value: usage({
            remarks: [
              'On 2026-11-29 120 credits were spent; a usual day takes 30 credits. Look in the list of requests for who asked what.',
              'Hunter had 66 credits left when it was last asked; the last week took 110 credits. Top up there before it runs out.',
            ],
            damaged: 2,
            vendors: usage().vendors.map((one) => ({ ...one, money: { currency: 'USD', perCredit: 0.1 } })),
          }),
        },
      ],
    }),
    sees: [['heading', 'Usage']],
    says: [
      /^On 2026-11-29 120 credits were spent/,
      /^Hunter had 66 credits left/,
      /^2 lines of the record of requests/,
      /^USD \d+\.\d\d$/,
      /^612 requests · USD 43\.40 · found 67 % of 600 · 1\.1 credits \(USD 0\.11\) for each accepted answer/,
    ],
  },
  {
    name: 'usage, nothing yet',
    open: 'usage',
    script: ready({ usage: [{ value: usage({ vendors: [], days: [] }) }] }),
    sees: [['heading', 'Usage']],
    says: [/^Nobody was asked in Production yet/],
    lacks: [['button', 'Download all requests as CSV']],
  },
  {
    name: 'usage loading',
    open: 'usage',
    script: ready({ usage: ['silence'] }),
    sees: [['heading', 'Usage']],
    says: ['Adding up what was spent'],
  },
  {
    name: 'usage failed',
    open: 'usage',
    script: ready({ usage: [{ fails: 'Exception: Service error' }] }),
    sees: [['button', 'Try again']],
  },
  {
    name: 'settings, caps that cannot be read',
    open: 'settings',
    script: ready({ settings: [{ value: settings({ caps: { ...settings().caps, damaged: true } }) }] }),
    sees: [['button', 'Save the caps']],
    says: [/nothing is spent. Save the caps again/],
  },
  {
    name: 'settings, a cap that is wrong',
    open: 'settings',
    script: ready(),
    steps: [{ type: ['spinbutton', 'This file, a month 148.5 so far'], text: '-5' }],
    sees: [['alert', 'A cap must be 0 or more, or empty for none.']],
  },
  {
    name: 'receipt of many rows',
    script: ready({
      receipt: [
        { value: receipt({ validUntil: LATER, rows: { ...receipt().rows, chargeable: 1_237, selected: 1_243 } }) },
        {
          value: receipt({
            validUntil: LATER,
            rows: { ...receipt().rows, invalid: 0, suppressed: 0, known: 0, repeated: 0, chargeable: 10, selected: 10 },
            invalidReasons: [],
            rest: 1_230,
          }),
        },
      ],
    }),
    steps: [seeCost, { press: ['button', 'Try 10 rows first'] }],
    sees: [
      ['heading', 'What it will cost'],
      ['button', 'Enrich 10 rows (up to 34 credits)'],
    ],
    says: ['Email and Email status for 10 rows of Leads, to try first; 1,230 more can follow'],
    lacks: [['button', 'Try 10 rows first']],
  },
  {
    name: 'done after a trial',
    script: attached(doneRun({ sample: { scope: 'all', rest: 1_230 } })),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [
      ['heading', 'Done'],
      ['button', 'Go on with the remaining 1,230 rows'],
      ['button', 'Enrich more rows'],
    ],
  },
  {
    name: 'done, better values are known',
    script: attached(doneRun(), { compareReceipt: [{ value: receipt({ replaces: BETTER }) }] }),
    steps: [{ press: ['button', 'See the result'] }],
    sees: [['button', 'Put better values beside filled cells of 17 rows, free']],
  },
  {
    name: 'receipt of better values',
    script: attached(doneRun(), {
      compareReceipt: [{ value: receipt({ replaces: BETTER }) }],
      receipt: [{ value: ofBetter() }],
    }),
    steps: [
      { press: ['button', 'See the result'] },
      { press: ['button', 'Put better values beside filled cells of 17 rows, free'] },
    ],
    sees: [['heading', 'What it will cost']],
    says: ['Free', 'never overwritten. For 17 rows a better value may go to a column beside.', 'Job title (found)'],
  },
  {
    name: 'done with failed cells',
    script: attached(doneRun({ retryable: 3, fields: [FAILED] }), {
      receipt: [{ value: receipt({ validUntil: LATER }) }],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Try the 3 failed cells again'] }],
    sees: [['heading', 'What it will cost']],
  },
  {
    name: 'done, the failed rows selected',
    script: attached(doneRun({ retryable: 3, failed: 3, fields: [FAILED] }), {
      showFailed: [{ value: { found: 3, selected: 3 } }],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Select the failed rows'] }],
    sees: [['button', 'Select the failed rows']],
    says: ['3 rows are selected in the sheet.'],
  },
  {
    name: 'done, columns to filter by asked for',
    script: attached(doneRun({ provenance: 'columns' }), {
      addCompanions: [{ value: { columns: ['H', 'I', 'J', 'K'], rows: 24, kept: 1 } }],
    }),
    steps: [{ press: ['button', 'See the result'] }, { press: ['button', 'Source, confidence, check and date'] }],
    sees: [
      ['button', 'Status of each row'],
      ['button', 'Empty these columns'],
    ],
    says: ['24 rows told about in columns H, I, J and K. 1 cell with something of yours stayed.'],
  },
  {
    name: 'receipt after the cap',
    script: attached(AT_CAP),
    steps: [{ press: ['button', 'See what the rest will cost'] }],
    sees: [['heading', 'What it will cost']],
  },
  {
    name: 'done',
    script: ready({ startRun: [{ value: doneRun() }] }),
    steps: [seeCost, enrich],
    sees: [
      ['heading', 'Done'],
      ['row', 'Email 11 3 3'],
      ['row', 'Email status 13 4 0'],
      ['button', 'Enrich more rows'],
      ['button', 'Ask other vendors for the 7 values not found'],
    ],
    says: [
      '24 cells filled in 17 rows. 12 credits spent; the receipt said at most 34.',
      'filled already (2)',
      'below the threshold of 70 % (1)',
    ],
  },
  {
    name: 'done in training',
    script: ready({
      overview: [{ value: overview({ ...training }) }],
      receipt: [{ value: receipt({ validUntil: LATER, training: true }) }],
      startRun: [{ value: doneRun({ training: true, vendors: [] }) }],
    }),
    steps: [seeCost, enrich],
    sees: [
      ['heading', 'Done'],
      ['button', 'Remove practice tab'],
    ],
    says: ['24 cells filled in 17 rows. Nothing was spent.'],
  },
  {
    name: 'failed',
    script: ready({
      startRun: [
        {
          value: doneRun({
            state: 'failed',
            rows: { total: 17, done: 6, waiting: 0 },
            problem: {
              message: 'The tab "Leads" was deleted. Undo that in the sheet, then go on.',
              action: 'new_receipt',
            },
          }),
        },
      ],
    }),
    steps: [seeCost, enrich],
    sees: [
      ['heading', 'The run could not go on'],
      ['alert', /The tab "Leads" was deleted/],
      ['button', 'See the cost again'],
      ['button', 'Enrich more rows'],
    ],
  },
  {
    name: 'running by someone else',
    script: attached(run({ mine: false, by: 'Ben', rows: { total: 400, done: 120, waiting: 0 } })),
    sees: [
      ['heading', 'Ben is enriching Leads'],
      ['progressbar', 'Rows done in Leads'],
      ['button', 'Ask to stop'],
      ['button', 'Look at my own rows'],
    ],
    says: ['120 of 400 rows', /only Ben can go on with it/],
    lacks: [['button', 'Resume']],
  },
  {
    name: 'running by someone without a name',
    script: attached(run({ mine: false, by: 'another person' })),
    sees: [['heading', 'Another person is enriching Leads']],
    says: [/only the person who started it can go on with it/],
  },
  {
    name: 'own rows while someone else runs',
    script: attached(run({ mine: false, by: 'Ben', rows: { total: 400, done: 120, waiting: 0 } })),
    steps: [{ press: ['button', 'Look at my own rows'] }],
    sees: [
      ['heading', 'Enrich Leads'],
      ['button', 'Show it'],
    ],
    says: [/^Ben's run on Leads has not ended: 120 of 400 rows/],
  },
  {
    name: 'last run in sight',
    script: ready({ overview: [{ value: overview({ run: doneRun() }) }] }),
    sees: [
      ['heading', 'Enrich Leads'],
      ['button', 'See the result'],
    ],
    says: [/^Your last run: 24 cells filled in Leads/],
  },
  {
    name: 'history unfolded',
    script: ready({ overview: [{ value: overview({ run: doneRun({ undo: 'possible' }), history: HISTORY }) }] }),
    steps: [{ press: ['text', 'History'] }],
    sees: [
      ['button', /^Undo the run on Leads, 6 May/],
      ['button', /^Undo the run on Trade fair visitors of the spring, 5 May/],
      ['button', /^Run again on Leads, as on 6 May/],
    ],
    says: [
      /^6 May, \d\d:\d\d · you · 24 cells · 31 credits/,
      'Email and Job title',
      /^6 May, .* · another person · 1,250 rows merged/,
      'Undo the newer run first.',
      /you · 3 cells · Training/,
      'Too old to undo: the last three can be.',
    ],
  },
  {
    name: 'settings of a last run',
    script: ready({
      overview: [{ value: overview({ history: HISTORY }) }],
      searchesUsed: [{ value: SEARCHES }],
    }),
    steps: [{ press: ['text', 'History'] }, { press: ['button', /^Settings used in the run on Leads, 6 May/] }],
    sees: [['button', /^Hide settings of the run on Leads, 6 May/]],
    says: [
      'Email: Hunter, then Prospeo (your order) · 90 % sure · written if: works and not checked · checked by ZeroBounce · empty cells; better values go beside',
      'Job title: Prospeo (least cost first) · 50 % sure · two who agree do not count more · empty cells only',
    ],
  },
  {
    name: 'undo of a last run asked',
    script: ready({ overview: [{ value: overview({ history: HISTORY }) }] }),
    steps: [{ press: ['text', 'History'] }, { press: ['button', /^Undo the run on Leads/] }],
    sees: [
      ['button', 'Undo this run'],
      ['button', 'Keep the values'],
    ],
    says: [/^24 cells in Leads become as before the run/],
  },
  {
    name: 'done, undo asked',
    script: ready({ startRun: [{ value: doneRun({ undo: 'possible' }) }] }),
    steps: [seeCost, enrich, { press: ['button', 'Undo this run'] }],
    sees: [
      ['button', 'Undo this run'],
      ['button', 'Keep the values'],
    ],
    says: [
      /become as before the run, with the value, format and notes that they had. Cells that somebody changed since stay/,
    ],
  },
  {
    name: 'a run with values to review',
    script: ready({ startRun: [{ value: doneRun({ review: 3 }) }] }),
    steps: [seeCost, enrich],
    sees: [['button', 'Review 3 values not sure enough']],
  },
  {
    name: 'review',
    script: ready({ startRun: [{ value: doneRun({ review: 3 }) }], review: [{ value: REVIEW }] }),
    steps: [seeCost, enrich, review],
    sees: [
      ['heading', 'Review'],
      ['list', 'Values to decide'],
      ['spinbutton', 'Accept all that are at least so sure (%)'],
      ['button', 'Accept 1'],
      ['button', 'Accept ada.bright@example.com for Ada Bright, Example Ltd'],
      ['button', 'Reject all of them for Bo Long'],
      ['button', 'Accept +43 1 234 for row 9'],
      ['button', 'Back to the summary'],
    ],
    says: [/^703 values for Leads were found but not written/, '700 more values when these are decided.'],
  },
  {
    name: 'review, all that are sure enough',
    script: ready({ startRun: [{ value: doneRun({ review: 3 }) }], review: [{ value: REVIEW }] }),
    steps: [seeCost, enrich, review, { press: ['button', 'Accept 1'] }],
    sees: [
      ['button', 'Write them'],
      ['button', 'Look at them first'],
    ],
    says: [/^1 value is written into the sheet/],
  },
  {
    name: 'review, one accepted and one refused by its cell',
    script: ready({
      startRun: [{ value: doneRun({ review: 3 }) }],
      review: [{ value: REVIEW }],
      settleReview: [
        { value: { written: 1, rejected: 0, left: [] } },
        { value: { written: 0, rejected: 0, left: [{ why: 'Left alone: it was filled already.', count: 1 }] } },
      ],
    }),
    steps: [
      seeCost,
      enrich,
      review,
      { press: ['button', 'Accept ada.bright@example.com for Ada Bright, Example Ltd'] },
      { press: ['button', 'Accept +43 1 234 for row 9'] },
    ],
    sees: [['button', 'Accept bo@example.org for Bo Long']],
    says: ['1 value not written: it was filled already.'],
    lacks: [['button', 'Accept ada.bright@example.com for Ada Bright, Example Ltd']],
  },
  {
    name: 'review done',
    script: ready({
      startRun: [{ value: doneRun({ review: 1 }) }],
      review: [{ value: { ...REVIEW, items: REVIEW.items.slice(0, 1), more: 0 } }],
      settleReview: [{ value: { written: 0, rejected: 1, left: [] } }],
    }),
    steps: [
      seeCost,
      enrich,
      { press: ['button', 'Review 1 value not sure enough'] },
      { press: ['button', 'Reject ada.bright@example.com for Ada Bright, Example Ltd'] },
    ],
    sees: [['button', 'Back to the summary']],
    says: ['1 cell left as it is.', 'Nothing in Leads waits for you any more.'],
  },
  {
    name: 'undoing',
    script: ready({
      startRun: [{ value: doneRun({ undo: 'possible' }) }],
      undoRun: [{ value: undone({ state: 'running', cells: { total: 24_000, done: 10_000 } }) }, 'silence'],
    }),
    steps: [seeCost, enrich, undoPress, undoPress],
    sees: [
      ['heading', 'Undoing'],
      ['progressbar', 'Cells put back in Leads'],
    ],
    says: ['10,000 of 24,000 cells'],
  },
  {
    name: 'undone',
    script: ready({
      startRun: [{ value: doneRun({ undo: 'possible' }) }],
      undoRun: [{ value: undone({ state: 'running', cells: { total: 24, done: 10 } }) }, { value: undone() }],
    }),
    steps: [seeCost, enrich, undoPress, undoPress],
    sees: [
      ['heading', 'Undone'],
      ['button', 'Enrich rows'],
    ],
    says: [
      '20 cells in Leads are as before the run.',
      '3 cells left alone: changed or protected since. D3, D8 and AE1042',
      '1 cell left alone: its row or column was changed or deleted.',
      /^The column Email status stays/,
    ],
  },
  {
    name: 'undo refused',
    script: ready({
      startRun: [{ value: doneRun({ undo: 'possible' }) }],
      undoRun: [
        {
          problem: {
            message: 'A run is not finished yet. Wait for it or stop it first, then try again.',
            action: 'reload',
          },
        },
      ],
    }),
    steps: [seeCost, enrich, undoPress, undoPress],
    sees: [
      ['alert', /^A run is not finished yet/],
      ['heading', 'Done'],
    ],
  },
  {
    name: 'done, with something to look at, and undone',
    script: ready({
      overview: [{ value: overview({ run: doneRun({ undo: 'undone' }) }) }],
      runStatus: [{ value: doneRun() }],
      startRun: [{ value: doneRun({ undo: 'undone', remarks: ['Rows were moved in the moment of writing.'] }) }],
    }),
    steps: [seeCost, enrich],
    sees: [['heading', 'Done']],
    says: ['This run was undone: its cells are as before.', 'Rows were moved in the moment of writing.'],
    lacks: [['button', 'Undo this run']],
  },
  {
    name: 'settings',
    open: 'settings',
    script: ready(),
    sees: [
      ['heading', 'Settings'],
      ['radio', /^Training Invented answers to learn with/],
      ['radio', /^Production Real vendors/],
      ['spinbutton', 'Usual cap of a run (credits)'],
      ['group', 'Caps of this file (credits)'],
      ['spinbutton', 'This file, a day 12 so far'],
      ['spinbutton', 'Hunter, a month 130 so far'],
      ['button', 'Save the caps'],
      ['button', 'Open Privacy'],
      ['combobox', 'Your Google account'],
    ],
    says: [/3 entries on the never-look-up list/],
    lacks: [['article', 'Hunter']],
  },
  {
    name: 'settings, formulas may spend',
    open: 'settings',
    script: ready({
      settings: [{ value: settings({ formulas: { isOn: true, perDay: 50, today: 12, waiting: 3 } }) }],
      finishFormulas: [{ value: { begun: 20, cells: ['E2:E21'], left: 14 } }],
    }),
    steps: [{ press: ['button', 'Finish pending formulas'] }],
    sees: [
      ['heading', 'Formulas'],
      ['spinbutton', 'Credits a day by formulas'],
      ['button', 'Stop formula spending'],
      ['button', 'Turn formulas into values'],
      ['button', 'Undo'],
    ],
    says: [
      /can spend up to 50 credits a day by formulas. Today: 12/,
      /3 answers of formulas will be kept/,
      '20 formulas of this tab run again, just as they were: E2:E21. 14 formulas left: press it again in a moment.',
    ],
    lacks: [['button', 'Turn on formula spending']],
  },
  {
    name: 'settings, formulas that ran again are undone',
    open: 'settings',
    script: ready({
      finishFormulas: [{ value: { begun: 20, cells: ['E2:E21'], left: 0 } }],
      undoRun: [{ value: undone({ kind: 'finish', restored: 18, changed: 0, changedAt: [], gone: 2, added: [] }) }],
    }),
    steps: [{ press: ['button', 'Finish pending formulas'] }, { press: ['button', 'Undo'] }],
    sees: [['heading', 'Undone']],
    says: [
      /18 cells in Leads are as before the rerun of formulas/,
      /2 cells left alone: something else stands there by now/,
    ],
  },
  {
    name: 'settings, formulas wait for a vendor',
    open: 'settings',
    script: ready({
      finishFormulas: [{ value: { begun: 1, cells: ['E2'], left: 0, why: 'Dropcontact works on it. Wait a minute.' } }],
    }),
    steps: [{ press: ['button', 'Finish pending formulas'] }],
    sees: [['heading', 'Formulas']],
    says: ['1 formula of this tab run again, just as they were: E2. Dropcontact works on it. Wait a minute.'],
  },
  {
    name: 'settings, formulas wait in protected cells',
    open: 'settings',
    script: ready({ finishFormulas: [{ value: { begun: 0, cells: [], left: 2 } }] }),
    steps: [{ press: ['button', 'Finish pending formulas'] }],
    sees: [['heading', 'Formulas']],
    lacks: [['button', 'Turn formulas into values']],
    says: ['2 formulas left in cells that are protected: ask their owner to press it.'],
  },
  {
    name: 'settings, formulas are switched on',
    open: 'settings',
    script: ready({
      saveFormulaSpending: [{ value: settings({ formulas: { isOn: true, perDay: 40, today: 0, waiting: 0 } }) }],
    }),
    steps: [
      { type: ['spinbutton', 'Credits a day by formulas'], text: '40' },
      { press: ['button', 'Turn on formula spending'] },
    ],
    sees: [['button', 'Stop formula spending']],
    says: [/can spend up to 40 credits a day by formulas. Today: 0/],
  },
  {
    name: 'vendors',
    open: 'vendors',
    script: ready(),
    sees: [
      ['heading', 'Vendors'],
      ['heading', 'With a key'],
      ['heading', 'Others'],
      ['article', 'Hunter'],
      ['link', 'Docs of Hunter'],
      ['link', 'Privacy notice of Hunter'],
      ['button', 'Test key of Hunter in Production'],
      ['button', 'Remove key of Hunter in Production'],
      ['button', 'Enter another key for Hunter'],
      ['group', 'Public sources'],
      ['checkbox', /^GLEIF Legal names of companies/],
      ['checkbox', /^French companies SIREN and size/],
    ],
    says: [
      '1a2b',
      'Production, personal',
      'May return Mail provider and Domain takes mail',
      '1 credit for each find, nothing for a miss; 0.5 credits for each verdict',
      'Free',
    ],
    lacks: [['link', 'Docs of Training']],
  },
  {
    name: 'vendors loading',
    open: 'vendors',
    script: { settings: ['silence'] },
    sees: [['heading', 'Vendors']],
    says: ['Reading the vendors'],
  },
  {
    name: 'vendors failed',
    open: 'vendors',
    script: { settings: [{ fails: 'NetworkError: Connection failure due to HTTP 0' }] },
    sees: [['button', 'Try again']],
  },
  {
    name: 'vendors, prices and limits of one that rests',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithTerms() }] }),
    steps: [{ press: ['text', /^Prices and limits/] }],
    sees: [
      ['form', 'Prices and limits of Hunter'],
      ['spinbutton', 'Credits for Email and 2 others by name and domain'],
      ['spinbutton', 'Credits for Email status by email'],
      ['spinbutton', 'Calls by name and domain, by name and company a second'],
      ['spinbutton', 'Calls by email a minute'],
      ['spinbutton', 'Calls a day to Hunter'],
      ['textbox', 'Currency'],
      ['spinbutton', 'Price of a credit'],
      ['spinbutton', 'Credits a month'],
      ['spinbutton', 'Renewed on day of the month'],
      ['checkbox', 'Unused credits carry over to the next month'],
      ['button', 'Save prices and limits of Hunter'],
      ['button', 'Back to the usual prices and limits of Hunter'],
    ],
    says: [/changed by another person, /, /resting for 20 s/, 'usually 0.5'],
  },
  {
    name: 'vendors, prices that no source tells',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsUnpriced() }] }),
    steps: [{ press: ['text', /^Prices and limits/] }],
    sees: [['form', 'Prices and limits of Hunter']],
    says: [/No sourced price: enter yours. Until then a question counts as 1 credit/],
  },
  {
    name: 'vendors, account with an own vendor',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn() }] }),
    steps: [{ press: ['text', /^Price of a credit and plan/] }],
    sees: [['form', 'Price of a credit and plan of Findymail']],
    says: ['Your account there', 'Unused credits carry over to the next month', 'For everybody in this file.'],
  },
  {
    name: 'vendors, prices unreadable',
    open: 'vendors',
    script: ready({ settings: [{ value: settings({ termsDamaged: true }) }] }),
    sees: [['heading', 'Vendors']],
    says: [/^Prices and limits that somebody set cannot be read/],
  },
  {
    name: 'waterfall loading',
    open: 'waterfall',
    script: { waterfalls: ['silence'] },
    sees: [['heading', 'Waterfall']],
    says: ['Reading who is asked'],
  },
  {
    name: 'waterfall failed',
    open: 'waterfall',
    script: { waterfalls: [{ fails: 'NetworkError: Connection failure due to HTTP 0' }] },
    sees: [['button', 'Try again']],
  },
  {
    name: 'waterfall, prices unreadable',
    open: 'waterfall',
    script: { waterfalls: [{ problem: { message: 'The prices could not be read.', action: 'open_vendors' } }] },
    sees: [['button', 'Open Vendors']],
  },
  {
    name: 'waterfall',
    open: 'waterfall',
    script: ready(),
    steps: [{ press: ['text', 'Person'] }],
    sees: [
      ['heading', 'Waterfall'],
      ['button', 'Email Changed: Prospeo, then Hunter, then The row itself and 1 more'],
      ['button', 'Email status Hunter'],
      ['button', 'Job title Nobody yet: 2 vendors could'],
    ],
    says: [/^Phone/, /^Company/, '2 fields, 1 changed'],
    lacks: [['button', 'Open Vendors']],
  },
  {
    name: 'waterfall without a key',
    open: 'waterfall',
    script: ready({ waterfalls: [{ value: waterfalls({ canAsk: false, training: true }) }] }),
    sees: [
      ['heading', 'No vendor key in Production yet'],
      ['button', 'Open Vendors'],
    ],
    says: [/^In Training nobody is asked/],
  },
  {
    name: 'waterfall, automatic order',
    open: 'waterfall',
    script: ready({ waterfalls: [{ value: waterfalls({}, {}) }] }),
    steps: [{ press: ['button', /^Email (?!status)/] }],
    sees: [
      ['heading', 'Email'],
      ['radio', /^Automatic/],
      ['radio', /^My order/],
      ['list', 'Vendors in order'],
      ['checkbox', 'Ask number 1, The row itself'],
      ['spinbutton', 'How sure a value must be (%)'],
      ['checkbox', 'Works a vendor has checked it'],
      ['radio', /^Check what its finder has not checked Asks ZeroBounce, then Hunter/],
      ['button', 'Save for this file'],
    ],
    says: [
      'Asked by name and domain, by name and company. 0.9 credits for each accepted answer: 1 credit a find, 62 of 100 good enough.',
      /no key, no approval or no tick: Apollo and Dropcontact/,
    ],
    lacks: [
      ['button', 'Move Hunter up'],
      ['button', 'Back to the usual way'],
    ],
  },
  {
    name: 'waterfall, my order',
    open: 'waterfall',
    script: ready(),
    steps: [{ press: ['button', /^Email Changed/] }],
    sees: [
      ['button', 'Move Hunter up'],
      ['button', 'Move Prospeo down'],
      ['checkbox', 'Ask number 1, Prospeo'],
      ['button', 'Back to the usual way'],
      ['button', 'All fields'],
    ],
  },
  {
    name: 'waterfall, changed and not sound',
    open: 'waterfall',
    script: ready(),
    steps: [
      { press: ['button', /^Email Changed/] },
      { press: ['checkbox', /^Works/] },
      { press: ['checkbox', /^Not checked/] },
    ],
    sees: [
      ['alert', /^Tick at least one/],
      ['button', 'Back without saving'],
    ],
  },
  {
    name: 'waterfall, surer values may replace ours',
    open: 'waterfall',
    script: ready(),
    steps: [{ press: ['button', /^Email Changed/] }, { press: ['radio', /^Also ours, by a surer value/] }],
    sees: [
      ['group', 'Cells that may be written'],
      ['radio', /^Also what was proved invalid/],
      ['radio', /^None/],
      ['spinbutton', 'Surer by at least (%)'],
      ['button', 'Save for this file'],
    ],
    says: ['What you typed over or accepted yourself is never replaced.'],
  },
  {
    name: 'waterfall, values that are never old',
    open: 'waterfall',
    script: ready(),
    steps: [
      { press: ['button', /^Email Changed/] },
      { press: ['radio', /^Also ours, when it is old/] },
      { type: ['spinbutton', 'Older than (days)'], text: '99999' },
    ],
    sees: [['alert', 'Enter a whole number from 1 to 3,650.']],
  },
  {
    name: 'waterfall of a field that nobody finds',
    open: 'waterfall',
    script: ready(),
    steps: [{ press: ['text', 'Person'] }, { press: ['button', /^Job title/] }],
    sees: [['heading', 'Job title']],
    says: ['Nobody who can be asked now finds it.'],
    lacks: [
      ['group', 'Addresses that may be written'],
      ['radio', /^Also what was proved invalid/],
    ],
  },
  {
    name: 'waterfall that cannot be read',
    open: 'waterfall',
    script: ready({ waterfalls: [{ value: waterfalls({}, { edited: true, damaged: true }) }] }),
    steps: [{ press: ['button', 'Email Cannot be read: set it again'] }],
    sees: [
      ['button', 'Save for this file'],
      ['button', 'Back to the usual way'],
    ],
    says: [/^What was set for it cannot be read/],
  },
  {
    name: 'settings loading',
    open: 'settings',
    script: { settings: ['silence'] },
    sees: [['heading', 'Settings']],
    says: ['Reading the settings'],
  },
  {
    name: 'settings failed',
    open: 'settings',
    script: { settings: [{ fails: 'Exception: something broke at https://api.example.com/?key=secret' }] },
    sees: [['button', 'Try again']],
    says: [/Google said: "Exception: something broke at \(address\)"/],
  },
  {
    name: 'vendors, entering a key',
    open: 'vendors',
    script: ready({ settings: [{ value: settings({ vendors: withoutKeys() }) }] }),
    steps: [{ press: ['button', 'Enter a key for Hunter'] }],
    sees: [
      ['form', 'Key for Hunter'],
      ['radio', 'Personal: only you use it; never used by formulas.'],
      ['radio', 'Shared: formulas and every editor of this file may spend it.'],
      ['button', 'Save key'],
      ['button', 'Cancel'],
    ],
    says: ['It is sent to api.hunter.io and nowhere else.'],
    lacks: [['checkbox', /only person/]],
  },
  {
    name: 'vendors, entering a key in the bound edition',
    open: 'vendors',
    script: ready({ settings: [{ value: settings({ edition: 'bound', vendors: withoutKeys() }) }] }),
    steps: [{ press: ['button', 'Enter a key for Hunter'] }],
    sees: [['checkbox', 'I am the only person who can edit this file.']],
    says: [/^Everyone who can edit this file can read the keys/],
  },
  {
    name: 'vendors, own vendor',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn() }] }),
    sees: [
      ['heading', 'Your own vendors'],
      ['button', 'Try it on this row: Findymail'],
      ['button', 'Edit Findymail'],
      ['button', 'Remove Findymail'],
      ['button', 'Add or import'],
      ['button', 'Export all'],
      ['button', 'Enter another key for Findymail'],
    ],
    says: [
      'Asked by name and domain: sends First name, Last name and Company domain; finds Email. 1 credit for each find, nothing for a miss.',
    ],
    lacks: [['button', 'Approve Findymail']],
  },
  {
    name: 'vendors, own vendor to be approved',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn({ approved: false }) }] }),
    sees: [['button', 'Approve Findymail']],
    says: [/^It is not asked before you approve it/, /^Approving stands for the tick that the transfer is covered/],
    lacks: [['button', 'Try it on this row: Findymail']],
  },
  {
    name: 'vendors, own vendor unreadable',
    open: 'vendors',
    script: ready({
      settings: [
        {
          value: settings({
            recipes: [
              {
                ...settingsWithOwn().recipes[0]!,
                name: 'Unreadable vendor',
                text: '',
                questions: [],
                approved: false,
                trouble: 'This vendor cannot be read: somebody changed it. Paste its recipe again, or remove it.',
              },
            ],
          }),
        },
      ],
    }),
    sees: [
      ['button', 'Edit Unreadable vendor'],
      ['button', 'Remove Unreadable vendor'],
    ],
    says: [/^This vendor cannot be read/],
    lacks: [
      ['button', /^Approve/],
      ['button', 'Export all'],
    ],
  },
  {
    name: 'vendors, own vendor with a fault',
    open: 'vendors',
    script: ready({
      saveRecipe: [{ problem: { message: '"operations[0].url" must begin with https://.', action: null } }],
    }),
    steps: [
      { press: ['button', 'Add or import'] },
      { type: ['textbox', 'Recipe, or a list of them (JSON)'], text: '7' },
      { press: ['button', 'Save'] },
    ],
    sees: [
      ['alert', /url" must begin with https/],
      ['textbox', 'Recipe, or a list of them (JSON)'],
    ],
  },
  {
    name: 'vendors, own vendors exported',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn() }] }),
    steps: [{ press: ['button', 'Export all'] }],
    sees: [
      ['textbox', 'All your vendors, without keys'],
      ['button', 'Close'],
    ],
  },
  {
    name: 'vendors, own vendor before a try',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn() }] }),
    steps: [{ press: ['button', 'Try it on this row: Findymail'] }],
    sees: [
      ['textbox', 'Why do you look this up?'],
      ['button', 'Ask now (up to 1 credit)'],
    ],
    says: [/That costs up to 1 credit\. The answer is kept/],
  },
  {
    name: 'vendors, own vendor tried',
    open: 'vendors',
    script: ready({ settings: [{ value: settingsWithOwn() }], tryRecipe: [{ value: tried() }] }),
    steps: [{ press: ['button', 'Try it on this row: Findymail'] }, { press: ['button', 'Ask now (up to 1 credit)'] }],
    sees: [
      ['heading', 'What would be taken'],
      ['textbox', 'Reply of Findymail'],
    ],
    says: [/^Row 2, by name and domain: Found/, 'Sent: First name Ada, Last name Nowak, Company domain example.com'],
  },
  {
    name: 'vendors, own vendor with a wrong path',
    open: 'vendors',
    script: ready({
      settings: [{ value: settingsWithOwn() }],
      tryRecipe: [
        {
          value: tried({
            takes: [],
            lost: ['The path "contact.emial" ends at "emial": there the reply has "name", "email", "domain".'],
          }),
        },
      ],
    }),
    steps: [{ press: ['button', 'Try it on this row: Findymail'] }, { press: ['button', 'Ask now (up to 1 credit)'] }],
    sees: [],
    says: [/^The path "contact.emial" ends at "emial"/],
    lacks: [['heading', 'What would be taken']],
  },
  {
    name: 'vendors, key tested',
    open: 'vendors',
    script: ready({ testKey: [{ value: { ok: true, text: 'The key works: 43 of 50 searches left.' } }] }),
    steps: [{ press: ['button', 'Test key of Hunter in Production'] }],
    sees: [],
    says: ['The key works: 43 of 50 searches left.'],
  },
  {
    name: 'vendors, key refused',
    open: 'vendors',
    script: ready({ testKey: [{ value: { ok: false, text: 'Hunter does not know this key.' } }] }),
    steps: [{ press: ['button', 'Test key of Hunter in Production'] }],
    sees: [],
    says: ['Hunter does not know this key.'],
  },
  {
    name: 'vendors, key to be removed',
    open: 'vendors',
    script: ready(),
    steps: [{ press: ['button', 'Remove key of Hunter in Production'] }],
    sees: [
      ['button', 'Remove the key'],
      ['button', 'Keep it'],
    ],
    says: [/^The personal key ending in 1a2b is deleted here/],
  },
  {
    name: 'privacy, list pasted',
    open: 'settings',
    script: ready({
      privacy: [{ value: privacy() }],
      addSuppressed: [
        {
          value: {
            added: 2,
            unreadable: ['jo at example', 'call him later, he is on holiday until the end of May'],
            total: 5,
          },
        },
      ],
    }),
    steps: [
      openPrivacy,
      { type: ['textbox', 'Never look up'], text: 'jo@example.com, example.org, jo at example' },
      { press: ['button', 'Add to the list'] },
    ],
    sees: [],
    says: ['2 entries added.', /^2 lines could not be read/, /^5 entries on the list/],
  },
  {
    name: 'privacy',
    open: 'settings',
    script: ready({ privacy: [{ value: privacy() }] }),
    steps: [openPrivacy],
    sees: [
      ['heading', 'Privacy'],
      ['button', 'Change'],
      ['textbox', 'Never look up'],
      ['button', 'Download the list for another file'],
      ['checkbox', /^Hunter United States: the transfer is covered/],
      ['checkbox', /^Prospeo Region not checked/],
      ['button', 'Write it into a new tab'],
    ],
    says: ['Invite them to our trade fair stand', /^Not needed, so not asked for: Career/, /^3 entries on the list/],
  },
  {
    name: 'privacy, nothing chosen yet',
    open: 'settings',
    script: ready({ privacy: [{ value: privacy({ basis: null, suppressed: 0, vendors: [] }) }] }),
    steps: [openPrivacy],
    sees: [
      ['textbox', /^1\. What do you need the data for/],
      ['radio', /^Legitimate interest/],
      ['radio', /^Consent/],
      ['textbox', /^3\. Why is that fair/],
      ['checkbox', 'Names'],
      ['button', 'Add another purpose'],
    ],
    says: [/^This is a tool, not legal advice/],
  },
  {
    name: 'privacy, single fields of a kind',
    open: 'settings',
    script: ready({
      privacy: [
        { value: privacy({ basis: { ...BASIS, fields: { seniority: null, gender: 0 }, controller: 'Kranich' } }) },
      ],
    }),
    steps: [
      openPrivacy,
      { press: ['button', 'Change'] },
      { press: ['button', 'Show 5 fields, 1 apart: Job title and role'] },
    ],
    sees: [
      ['checkbox', 'Job title and role'],
      ['checkbox', 'Seniority'],
      ['button', 'Hide 5 fields, 1 apart: Job title and role'],
      ['textbox', /^Your company, address and email/],
    ],
    says: ['Hide 5 fields, 1 apart', 'Show 6 fields, 1 apart'],
    lacks: [['checkbox', 'Gender']],
  },
  {
    name: 'privacy, two purposes',
    open: 'settings',
    script: ready({
      privacy: [
        { value: privacy({ basis: { ...BASIS, purposes: [BASIS.purposes[0]!, 'Write to them in their language'] } }) },
      ],
    }),
    steps: [openPrivacy, { press: ['button', 'Change'] }],
    sees: [
      ['combobox', 'Place and time zone'],
      ['button', 'Cancel'],
    ],
  },
  {
    name: 'privacy, empty',
    open: 'settings',
    script: ready({ privacy: [{ value: privacy({ suppressed: 0, vendors: [] }) }] }),
    steps: [openPrivacy],
    sees: [['textbox', 'Never look up']],
    says: [/^Nobody is on the list yet/, /^No vendor has a key yet/],
    lacks: [['button', 'Download the list for another file']],
  },
  {
    name: 'privacy, refused',
    open: 'settings',
    script: ready({
      privacy: [{ value: privacy({ basis: null }) }],
      saveBasis: [
        { problem: { message: 'Say in a sentence why your interest is fair to these people.', action: null } },
      ],
    }),
    steps: [
      openPrivacy,
      { type: ['textbox', /^1\. What do you need/], text: 'Invite them' },
      { press: ['button', 'Save'] },
    ],
    sees: [['alert', /^Say in a sentence why your interest is fair/]],
  },
  {
    name: 'receipt, transfers to be ticked',
    script: ready({
      receipt: [{ value: receipt({ transfers: [{ id: 'hunter', name: 'Hunter', region: 'United States' }] }) }],
    }),
    steps: [seeCost],
    sees: [['checkbox', /^The transfer of data to Hunter is covered/]],
    says: ['Tick above first that data may go there.'],
  },
  {
    name: 'vendors, key outside the EEA',
    open: 'vendors',
    script: ready({
      settings: [
        {
          value: settings({
            vendors: settings().vendors.map((one) =>
              one.id === 'hunter' ? { ...one, keys: [], transfer: 'open' as const } : one,
            ),
          }),
        },
      ],
    }),
    steps: [{ press: ['button', 'Enter a key for Hunter'] }],
    sees: [['checkbox', /^The transfer of data to Hunter is covered/]],
  },
  {
    name: 'a copied file',
    script: ready({ overview: [{ value: overview({ storeTrouble: COPIED }) }] }),
    sees: [
      ['heading', 'This file is a copy'],
      ['button', 'Keep what can be read'],
      ['button', 'Forget the stored answers'],
    ],
    says: [COPIED.message, /^Keep: every stored answer that can be read is used again/],
    lacks: [['button', 'See what it will cost']],
  },
  {
    name: 'a restored file, forgetting asked',
    script: ready({ overview: [{ value: overview({ storeTrouble: { ...COPIED, state: 'restored' } }) }] }),
    steps: [{ press: ['button', 'Forget the stored answers'] }],
    sees: [
      ['heading', 'Stored answers are missing'],
      ['button', 'Forget them'],
      ['button', 'Do not forget them'],
    ],
    says: [/^All stored answers of this file are deleted for good/],
  },
  {
    name: 'a copied file, kept',
    script: ready({
      overview: [{ value: overview({ storeTrouble: COPIED }) }, { value: overview() }],
      keepStore: [{ value: { text: '620 stored entries are kept.' } }],
    }),
    steps: [{ press: ['button', 'Keep what can be read'] }],
    sees: [['button', 'See what it will cost']],
    says: ['620 stored entries are kept.'],
  },
  {
    name: 'used by a newer version',
    script: ready({ overview: [{ value: overview({ storeTrouble: { ...COPIED, state: 'newer' } }) }] }),
    sees: [['heading', 'A newer Enrich was used here']],
    lacks: [['button', 'Keep what can be read']],
  },
  {
    name: 'stored answers damaged',
    script: ready({ overview: [{ value: overview({ storeRemark: '3 stored answers could not be read.' }) }] }),
    sees: [['button', 'See what it will cost']],
    says: ['3 stored answers could not be read.'],
  },
  ...DUPLICATE_STATES,
  ...PERSON_STATES,
  ...FORMULA_STATES,
]
