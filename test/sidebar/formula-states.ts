import type { BuilderView } from '../../src/app/api-types'
import { overview, undone } from './samples'
import type { StateCase } from './states'

const SHEET = { id: 7, name: 'Leads' }

function builder(part: Partial<BuilderView> = {}): BuilderView {
  return {
    sheet: SHEET,
    mark: 'mark',
    headerRow: 0,
    lastRow: 120,
    rows: 120,
    columns: overview().columns,
    spending: { isOn: true, left: 50 },
    ...part,
  }
}

const FIRST = { ready: 0, pending: 0, failed: 0 }
const counts = { selection: FIRST, tab: { ready: 118, pending: 2, failed: 4 } }
const cells = { sheet: SHEET, areas: [{ row: 1, column: 4, rows: 3, columns: 1 }], ...counts }
const script = (more: StateCase['script'] = {}): StateCase['script'] => ({
  overview: [{ value: overview() }],
  formulaBuilder: [{ value: builder() }],
  priceFormula: [{ value: { rows: 120, free: 35, worst: 85 } }],
  formulaCells: [{ value: cells }],
  ...more,
})

/** States of the screen Formulas. */
export const FORMULA_STATES: readonly StateCase[] = [
  {
    name: 'formulas, the builder',
    open: 'formulas',
    script: script(),
    sees: [
      ['heading', 'Build a formula'],
      ['combobox', 'Function'],
      ['combobox', 'Person'],
      ['radio', /^One formula for all rows/],
      ['button', 'Insert in a new column'],
    ],
    says: [/^=ENRICH_EMAIL\(.+121/, /At most 85 credits/, /of which 35 are free/],
  },
  {
    name: 'formulas, several fields of a company, one a row',
    open: 'formulas',
    script: script({ formulaBuilder: [{ value: builder({ spending: { isOn: false, left: 0 } }) }] }),
    steps: [
      { choose: ['combobox', 'Function'], option: 'ENRICH_COMPANY' },
      { choose: ['combobox', 'Fields'], option: 'Industry' },
      { choose: ['combobox', 'Fields'], option: 'Company size' },
      { press: ['text', 'Options'] },
      { type: ['textbox', 'Where nothing is found, write'], text: 'n/a' },
      { choose: ['combobox', 'Show'], option: 'which vendor said it' },
      { press: ['radio', /^One formula for each row/] },
    ],
    sees: [
      ['button', 'Leave out Industry'],
      ['button', 'Insert in new columns'],
    ],
    says: [/"industry, company_size", "fallback=n\/a; show=source"\)/, /Free: formulas spend nothing in this file/],
  },
  {
    name: 'formulas, whole rows understood by their headers',
    open: 'formulas',
    script: script(),
    steps: [
      { choose: ['combobox', 'Function'], option: 'ENRICH' },
      { choose: ['combobox', 'Fields'], option: 'Job title' },
      { choose: ['combobox', 'Fields'], option: 'Industry' },
    ],
    sees: [['button', 'Insert in new columns']],
    says: [/^=ENRICH\(A1:[A-Z]+121, "job_title, industry", "headers=no"\)$/, /At most 85 credits/],
    lacks: [['radio', /^One formula for each row/]],
  },
  {
    name: 'formulas, a free one inserted',
    open: 'formulas',
    script: script({
      insertFormulas: [{ value: { change: 'c', inserted: 120, isWhole: true, column: 'F' } }],
      undoRun: [{ value: undone({ kind: 'formulas', added: ['Domain (formula)'] }) }],
    }),
    steps: [
      { choose: ['combobox', 'Function'], option: 'ENRICH_DOMAIN' },
      { press: ['button', 'Insert in a new column'] },
    ],
    sees: [['button', 'Undo']],
    says: ['120 formulas in column F of Leads.', 'Free: it only works on the text of the cells.'],
  },
  {
    name: 'formulas, into values',
    open: 'values',
    script: script(),
    sees: [
      ['heading', 'Turn formulas into values'],
      ['button', 'Turn 118 formulas into values'],
    ],
    says: ['2 still waiting and 4 without a result stay formulas.'],
  },
  {
    name: 'formulas, turned into values',
    open: 'values',
    script: script({
      turnIntoValues: [
        { value: { change: 'c', changed: 80, isWhole: false, ready: 38, pending: 2, failed: 4 } },
        { value: { change: 'c', changed: 118, isWhole: true, ready: 0, pending: 2, failed: 4 } },
      ],
    }),
    steps: [{ press: ['button', 'Turn 118 formulas into values'] }],
    sees: [['button', 'Undo']],
    says: ['118 cells in Leads hold values now.'],
  },
  {
    name: 'formulas, values undone',
    open: 'values',
    script: script({
      turnIntoValues: [{ value: { change: 'c', changed: 118, isWhole: true, ready: 0, pending: 0, failed: 0 } }],
      undoRun: [{ value: undone({ kind: 'formulas', added: [] }) }],
    }),
    steps: [{ press: ['button', 'Turn 118 formulas into values'] }, { press: ['button', 'Undo'] }],
    sees: [['heading', 'Undone']],
    says: [/as before the change of formulas/],
  },
  {
    name: 'formulas, nothing to turn',
    open: 'values',
    script: script({ formulaCells: [{ value: { ...cells, tab: FIRST } }] }),
    sees: [['button', 'No formula to turn']],
  },
  {
    name: 'formulas, a tab without a list',
    open: 'formulas',
    script: script({ formulaBuilder: [{ problem: { message: 'The tab "Leads" is empty.', action: null } }] }),
    sees: [['button', 'Try again']],
    says: ['The tab "Leads" is empty.'],
  },
]
