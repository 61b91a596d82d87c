import type { DuplicatesView, ListHead, ListPage, ListRow, MergeView } from '../../src/app/api-types'
import { overview, receipt, undone } from './samples'
import type { Script } from './server'
import type { StateCase, Step } from './states'

const HEADERS = ['First name', 'Last name', 'Company', 'Website', 'Email', 'Phone', 'Notes', 'Salesforce ID']

const PEOPLE: readonly (readonly string[])[] = [
  ['Robert', 'Smitherson', 'Acme Incorporated', 'acme.example', 'r.smitherson@acme.example', '', '', ''],
  ['Bob', 'Smitherson', 'Acme', 'acme.example', 'r.smitherson@acme.example', '+33 1 42 68 53 00', 'met in Lyon', ''],
  ['Ada', 'Nowak', 'Kranich GmbH', 'kranich.example', 'ada.nowak@kranich.example', '', 'fair', '003A1'],
  ['Ada', 'Nowak', 'Kranich', 'kranich.example', 'ada@private.example', '+49 30 901820', 'call in May', ''],
  ['Ada', 'Nowack', 'Kranich', 'kranich.example', 'ada.nowak@kranich.example', '', '', ''],
  ['Nia', 'Okafor', 'Harbour Freight', 'harbour.example', 'nia.okafor@harbour.example', '', '', ''],
  ['N.', 'Okafor', 'Harbour Freight', 'harbour.example', '', '+44 20 7946 0018', '', ''],
  ['Tom', 'Vasquez', 'Lumen', 'lumen.example', 'tom@lumen.example', '', '', ''],
  ['Iris', 'Feld', 'Orchard', 'orchard.example', 'iris.feld@orchard.example', '', '', ''],
]

const rows: readonly ListRow[] = PEOPLE.map((texts, index) => [index + 1, texts, []])

function view(part: Partial<DuplicatesView> = {}): DuplicatesView {
  return {
    sheet: { id: 0, name: 'Leads', firstRow: 1, rows: rows.length },
    selection: { label: '2-5', areas: [[1, 4]] },
    columns: HEADERS.map((header, column) => ({
      column,
      letter: String.fromCharCode(65 + column),
      header,
      field: (['first_name', 'last_name', 'company_name', 'website', 'email', 'phone'] as const)[column] ?? null,
      how: column < 6 ? 'header' : 'none',
      examples: [PEOPLE[1]![column]!].filter((text) => text !== ''),
    })),
    others: [],
    apart: [],
    pending: null,
    problem: null,
    ...part,
  }
}

function page(part: Partial<ListPage> = {}): ListPage {
  return { headers: HEADERS, mark: 'm', rows, hidden: 0, blocked: [], next: null, remark: null, ...part }
}

function merged(part: Partial<MergeView> = {}): MergeView {
  const counts = { groups: 2, rows: 3, changed: 0, blocked: 0 }
  return { id: 'merge-1', sheetName: 'Leads', tab: 'Merged duplicates', ...counts, isWhole: true, ...part }
}

const told = (script: Script = {}): Script => ({
  overview: [{ value: overview() }],
  duplicates: [{ value: view() }],
  listRows: [{ value: page() }],
  verifiedCells: [{ value: [] }],
  keepApart: [{ value: { kept: 1 } }],
  ...script,
})

const seeCost: Step = { press: ['button', 'See what it will cost'] }

/** What 14 lookups cost, and what they cost when two of them get copies. */
export const priced = (chargeable: number, validUntil = Date.UTC(2100, 0, 1)) => {
  const { rows: counts, credits } = receipt()
  return receipt({
    id: `receipt-${String(chargeable)}`,
    validUntil,
    rows: { ...counts, chargeable, copied: 14 - chargeable },
    credits: { ...credits, worst: 34 - 2 * (14 - chargeable) },
  })
}

/** A receipt with rows that are the same person for sure. */
export const withRepeats = (script: Script = {}): Script =>
  told({
    overview: [{ value: overview({ sheet: { id: 0, name: 'Leads', rows: rows.length }, scope: 'all' }) }],
    receipt: [{ value: priced(14) }, { value: priced(12) }, { value: priced(14) }],
    compareReceipt: [{ value: priced(12) }],
    ...script,
  })

const search: readonly Step[] = [{ press: ['radio', /^All rows/] }, { press: ['button', 'Look for duplicates'] }]
const merge: readonly Step[] = [
  ...search,
  { press: ['button', /^Merge \d group/] },
  { press: ['button', /^Merge \d group/] },
]
const opened = { open: 'duplicates' } as const

// Customers, in other columns.
const CUSTOMER_HEADERS = ['Name', 'Company', 'Website', 'Email']
const CUSTOMERS: readonly (readonly string[])[] = [
  ['Nowak, Ada', 'Kranich', 'kranich.example', 'ada.nowak@kranich.example'],
  ['Robert Smitherson', 'Acme Inc.', 'acme.example', 'r.smitherson@acme.example'],
  ['Nia Okafor', 'Harbour Freight Ltd', 'www.harbour.example', ''],
  ['Olga Brandt', 'Fjord', 'fjord.example', 'olga@fjord.example'],
]
const customers: ListHead = {
  sheet: { id: 7, name: 'Customers', firstRow: 1, rows: CUSTOMERS.length },
  columns: CUSTOMER_HEADERS.map((header, column) => ({
    column,
    letter: String.fromCharCode(65 + column),
    header,
    field: (['full_name', 'company_name', 'website', 'email'] as const)[column] ?? null,
    how: 'header',
    examples: [CUSTOMERS[0]![column]!],
  })),
  problem: null,
}
const besides = (script: Script = {}): Script =>
  told({
    duplicates: [{ value: view({ others: [{ id: 7, name: 'Customers' }] }) }],
    otherList: [{ value: customers }],
    listRows: [
      { value: page() },
      {
        value: page({ headers: CUSTOMER_HEADERS, rows: CUSTOMERS.map((texts, at) => [at + 1, texts, []]), hidden: 1 }),
      },
    ],
    ...script,
  })
const chooseCustomers: Step = {
  choose: ['combobox', 'Compare with'],
  option: 'Customers: which do I already have?',
}
const lookThere: readonly Step[] = [
  { press: ['radio', /^All rows/] },
  chooseCustomers,
  { press: ['button', 'Look in the other tab'] },
]

/** The states of the screen Duplicates. */
export const DUPLICATE_STATES: readonly StateCase[] = [
  {
    ...opened,
    name: 'duplicates, before the search',
    script: told(),
    sees: [
      ['heading', 'Find duplicates in Leads'],
      ['radio', 'Selected rows 2-5 (4)'],
      ['radio', 'A person (contact)'],
      ['button', 'Look for duplicates'],
    ],
    says: [/Columns used of Leads: 8 of 8/, /Nothing changes in the sheet until you say so/],
  },
  {
    ...opened,
    name: 'duplicates, columns',
    script: told(),
    steps: [{ press: ['text', /^Columns used/] }],
    sees: [['combobox', 'Leads: column H, Salesforce ID, holds']],
  },
  {
    ...opened,
    name: 'duplicates, an empty tab',
    script: told({
      duplicates: [
        {
          value: view({
            columns: [],
            problem: { message: 'The tab "Leads" is empty. Paste your list into it.', action: null },
          }),
        },
      ],
    }),
    sees: [['alert', /^The tab "Leads" is empty/]],
    lacks: [['button', 'Look for duplicates']],
  },
  {
    ...opened,
    name: 'duplicates, no column known',
    script: told({
      duplicates: [{ value: view({ columns: view().columns.map((one) => ({ ...one, field: null, header: 'x' })) }) }],
    }),
    sees: [['button', 'Look for duplicates']],
    says: ['Choose what the columns hold first.'],
  },
  {
    ...opened,
    name: 'duplicates, a merge was interrupted',
    script: told({ duplicates: [{ value: view({ pending: merged({ isWhole: false }) }) }] }),
    sees: [['button', 'End that merge']],
    says: [/was interrupted/],
  },
  {
    ...opened,
    name: 'duplicates, the interrupted merge ended',
    script: told({
      duplicates: [{ value: view({ pending: merged({ isWhole: false }) }) }],
      finishMerge: [{ value: merged() }],
    }),
    steps: [{ press: ['button', 'End that merge'] }],
    sees: [['heading', 'Merged']],
  },
  {
    ...opened,
    name: 'duplicates, reading rows',
    script: told({ listRows: ['silence'] }),
    steps: search,
    sees: [
      ['heading', 'Looking for duplicates'],
      ['progressbar', 'Search for duplicates'],
      ['button', 'Stop'],
    ],
    says: ['Reading rows from the sheet'],
  },
  {
    ...opened,
    name: 'duplicates, stopped',
    script: told({ listRows: ['silence'] }),
    steps: [...search, { press: ['button', 'Stop'] }],
    sees: [['button', 'Look for duplicates']],
  },
  {
    ...opened,
    name: 'duplicates, columns changed while reading',
    script: told({
      listRows: [{ value: page({ next: 3, rows: rows.slice(0, 2) }) }, { value: page({ mark: 'other' }) }],
    }),
    steps: search,
    sees: [['alert', /^Somebody changed the columns meanwhile/]],
  },
  {
    ...opened,
    name: 'duplicates, the server cannot be reached',
    script: told({ duplicates: [{ fails: 'NetworkError: connection failure' }] }),
    sees: [
      ['alert', /^The connection to Google was lost/],
      ['button', 'Try again'],
    ],
  },
  {
    ...opened,
    name: 'duplicates, found',
    script: told({ listRows: [{ value: page({ hidden: 2 }) }] }),
    steps: search,
    sees: [
      ['heading', /groups?, \d rows too many/],
      ['radio', /^Strict/],
      ['button', 'Look through: Sure'],
      ['button', /^Merge \d group/],
    ],
    says: [/2 rows hidden by a filter left out/, /Add column/],
  },
  {
    ...opened,
    name: 'duplicates, none found',
    script: told({ listRows: [{ value: page({ rows: rows.slice(7) }) }] }),
    steps: search,
    sees: [['heading', 'No duplicates found']],
    lacks: [['button', /^Merge/]],
  },
  {
    ...opened,
    name: 'duplicates, rules of the merge',
    script: told(),
    steps: [...search, { press: ['text', 'What stays in a merged row'] }],
    sees: [['combobox', 'Notes']],
    says: [/Other emails and phones are kept in columns of their own/],
  },
  {
    ...opened,
    name: 'duplicates, review of two rows',
    script: told(),
    steps: [...search, { press: ['button', 'Look through: Sure'] }],
    sees: [
      ['heading', /^Sure: group 1 of/],
      ['button', 'Merge'],
      ['button', 'Not the same'],
      ['button', 'Skip'],
      ['region', 'Rows side by side'],
    ],
    says: [/Bob is a nickname of Robert/, /^The same in all/],
  },
  {
    ...opened,
    name: 'duplicates, review of three rows',
    script: told(),
    steps: [
      ...search,
      { press: ['button', 'Look through: Sure'] },
      { key: 's' },
      { press: ['text', /^After a merge/] },
    ],
    sees: [
      ['heading', /^Sure: group 2 of/],
      ['checkbox', 'Row 4'],
    ],
    says: [/Weakest link/, /row 4 stays/],
  },
  {
    ...opened,
    name: 'duplicates, decided by keys',
    script: told(),
    steps: [...search, { press: ['button', 'Look through: Sure'] }, { key: 'n' }, { key: 'm' }],
    sees: [['button', 'Merge 1 group']],
    says: [/2 decided/],
  },
  {
    ...opened,
    name: 'duplicates, a decision seen again',
    script: told(),
    steps: [
      ...search,
      { press: ['button', 'Look through: Sure'] },
      { key: 'n' },
      { key: 'm' },
      { press: ['button', 'Look through: Sure'] },
    ],
    sees: [['heading', /^Sure: group 1 of/]],
    says: [/^You decided: not the same/],
  },
  {
    ...opened,
    name: 'duplicates, protected rows',
    script: told({ listRows: [{ value: page({ blocked: [1] }) }] }),
    steps: [...search, { press: ['button', 'Look through: Sure'] }],
    sees: [['heading', /^Sure: group 1 of/]],
    says: [/protected or merged with others: this group stays/],
  },
  {
    ...opened,
    name: 'duplicates, marked',
    script: told({ markRows: [{ value: { column: 'I', marked: 6, blocked: 1 } }] }),
    steps: [...search, { press: ['button', /^Add column/] }],
    sees: [['button', 'Take the marks away']],
    says: [/6 rows marked in column I. 1 row could not be marked/],
  },
  {
    ...opened,
    name: 'duplicates, another tab chosen',
    script: besides(),
    steps: [chooseCustomers, { press: ['text', /^Columns used of Customers/] }],
    sees: [
      ['combobox', 'Customers: column A, Name, holds'],
      ['button', 'Look in the other tab'],
    ],
    says: [/^4 rows there. They are only read/, /Columns used of Customers: 4 of 4/],
    lacks: [['button', 'Look for duplicates']],
  },
  {
    ...opened,
    name: 'duplicates, another tab without rows',
    script: besides({
      otherList: [
        {
          value: {
            ...customers,
            columns: [],
            problem: {
              message: 'The tab "Customers" has column names but no rows. Add your leads under them.',
              action: null,
            },
          },
        },
      ],
    }),
    steps: [chooseCustomers],
    sees: [
      ['alert', /^The tab "Customers" has column names but no rows/],
      ['combobox', 'Compare with'],
    ],
  },
  {
    ...opened,
    name: 'duplicates, found in another tab',
    script: besides(),
    steps: [...lookThere, { press: ['text', /^Sure: \d rows/] }],
    sees: [
      ['heading', /^\d rows already in Customers/],
      ['radio', /^Strict/],
      ['button', 'Add column “Already in another tab”'],
    ],
    says: [
      /^9 rows of Leads compared with 4 of Customers. 1 row of Customers hidden by a filter left out/,
      /^Row 2 is row 3 there:/,
      /Nothing else changes in either tab/,
    ],
    lacks: [['button', /^Merge/]],
  },
  {
    ...opened,
    name: 'duplicates, none in another tab',
    script: besides({
      listRows: [
        { value: page({ rows: rows.slice(7) }) },
        { value: page({ headers: CUSTOMER_HEADERS, rows: CUSTOMERS.map((texts, at) => [at + 1, texts, []]) }) },
      ],
    }),
    steps: lookThere,
    sees: [['heading', 'None of these rows found in Customers']],
    lacks: [['button', /^Add column/]],
  },
  {
    ...opened,
    name: 'duplicates, those in another tab marked',
    script: besides({ markRows: [{ value: { column: 'I', marked: 5, blocked: 0 } }] }),
    steps: [...lookThere, { press: ['button', /^Add column/] }],
    sees: [['button', 'Take the marks away']],
    says: [/5 rows marked in column I/],
  },
  {
    ...opened,
    name: 'duplicates, merge asked',
    script: told(),
    steps: merge.slice(0, -1),
    sees: [
      ['button', /^Merge \d group/],
      ['button', 'Not yet'],
    ],
    says: [/move to the tab “Merged duplicates”/, /No row is deleted, and you can undo it/],
  },
  {
    ...opened,
    name: 'duplicates, merging',
    script: told({ mergeGroups: ['silence'] }),
    steps: merge,
    sees: [
      ['heading', 'Merging'],
      ['button', 'Stop after this step'],
    ],
    says: ['Step 1 of 1'],
  },
  {
    ...opened,
    name: 'duplicates, merged',
    script: told({ mergeGroups: [{ value: merged({ changed: 1, blocked: 1 }) }] }),
    steps: merge,
    sees: [
      ['heading', 'Merged'],
      ['button', 'Undo this merge'],
      ['button', 'Enrich rows'],
    ],
    says: [/^2 groups merged: 3 rows of Leads stand in the tab/, /^1 group left alone: a row was changed/],
  },
  {
    ...opened,
    name: 'duplicates, nothing was merged',
    script: told({ mergeGroups: [{ value: merged({ groups: 0, rows: 0, changed: 2 }) }] }),
    steps: merge,
    sees: [['heading', 'Nothing was merged']],
    lacks: [['button', 'Undo this merge']],
  },
  {
    ...opened,
    name: 'duplicates, merge refused',
    script: told({
      mergeGroups: [
        {
          problem: {
            message: 'A run is not finished yet. Wait for it or stop it first, then try again.',
            action: null,
          },
        },
      ],
    }),
    steps: merge,
    sees: [
      ['alert', /^A run is not finished yet/],
      ['button', 'Try again'],
    ],
  },
  {
    ...opened,
    name: 'duplicates, merge undone',
    script: told({
      mergeGroups: [{ value: merged() }],
      undoRun: [{ value: undone({ kind: 'merge', rowsBack: 3, restored: 2, changed: 0, gone: 0, added: [] }) }],
    }),
    steps: [...merge, { press: ['button', 'Undo this merge'] }, { press: ['button', 'Undo this merge'] }],
    sees: [['heading', 'Undone']],
    says: ['3 rows stand in Leads again.', '2 cells in Leads are as before the merge.'],
  },
  {
    name: 'repeats, proposed',
    script: withRepeats(),
    steps: [seeCost],
    sees: [
      ['group', 'Repeats'],
      ['radio', /^Look up all ?up to 34 credits$/],
      ['radio', /^Look up one and copy ?up to 30 credits; only empty cells get a copy$/],
      ['button', 'Enrich 17 rows (up to 34 credits)'],
    ],
    says: ['2 of 14 lookups look like repeats of another row.'],
    lacks: [['button', 'Look for repeats']],
  },
  {
    name: 'repeats, one and copy',
    script: withRepeats(),
    steps: [seeCost, { press: ['radio', /^Look up one and copy/] }, { press: ['text', 'Which rows'] }],
    sees: [
      ['radio', /^Look up one and copy/],
      ['button', 'Enrich 17 rows (up to 30 credits)'],
    ],
    says: ['Up to 30 credits', 'repeats: get a copy, nobody is asked', /^Rows 2 and 3/],
  },
  {
    name: 'repeats, all after all',
    script: withRepeats(),
    steps: [seeCost, { press: ['radio', /^Look up one and copy/] }, { press: ['radio', /^Look up all/] }],
    sees: [['button', 'Enrich 17 rows (up to 34 credits)']],
    says: ['2 of 14 lookups look like repeats of another row.'],
  },
  {
    name: 'repeats, a long list',
    script: withRepeats({
      overview: [{ value: overview({ scope: 'all', sheet: { id: 0, name: 'Leads', rows: 9_000 } }) }],
    }),
    steps: [seeCost],
    sees: [['button', 'Look for repeats']],
    says: ['Rows of one person can differ in their details. Then each is looked up, and paid.'],
  },
  {
    name: 'repeats, none',
    script: withRepeats({ compareReceipt: [{ value: priced(14) }] }),
    steps: [seeCost],
    sees: [['button', 'Enrich 17 rows (up to 34 credits)']],
    says: ['No repeats: no two lookups are about the same person or company for sure.'],
  },
  {
    name: 'repeats, not read',
    script: withRepeats({
      overview: [{ value: overview({ scope: 'all', sheet: { id: 0, name: 'Leads', rows: 9_000 } }) }],
      compareReceipt: [{ problem: { message: 'Rows were changed since they were compared.', action: 'new_receipt' } }],
    }),
    steps: [seeCost, { press: ['button', 'Look for repeats'] }],
    sees: [['button', 'Look for repeats']],
    says: ['Rows were changed since they were compared.'],
  },
]
