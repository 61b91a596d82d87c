import type { NoticesView, PersonView, RetentionView } from '../../src/app/api-types'
import { usualTies } from '../../src/domain/basis'
import { overview, privacy, settings } from './samples'
import type { Script } from './server'
import type { StateCase, Step } from './states'

const DAY_MS = 24 * 3_600_000
const AT = Date.UTC(2026, 9, 30, 9)

const PERIODS = { answers: 365, runs: 90, requests: 90, fields: {} }

const BASIS = {
  ground: 'legitimate_interest',
  purposes: ['Invite them to a product demo'],
  note: 'They decide on such tools in their job, and one line says no.',
  ties: usualTies(),
  fields: {},
  controller: '',
} as const

const HELD: PersonView = {
  places: [
    {
      id: '0:a',
      sheetName: 'Leads',
      row: 12,
      how: 'row',
      isMeant: true,
      cells: [
        { column: 0, header: 'Name', text: 'Ada Nowak', note: '' },
        { column: 2, header: 'Email', text: 'ada.nowak@everyone.example', note: 'Enrich: Hunter, 97 % sure' },
        { column: 3, header: 'Phone', text: '+33612345678', note: '' },
      ],
    },
    {
      id: '7:b',
      sheetName: 'Fair in Lyon',
      row: 4,
      how: 'mention',
      isMeant: true,
      cells: [{ column: 1, header: 'Remark', text: 'Write to ada.nowak@everyone.example on Monday', note: '' }],
    },
    {
      id: '0:c',
      sheetName: 'Leads',
      row: 31,
      how: 'row',
      isMeant: false,
      cells: [
        { column: 0, header: 'Name', text: 'Ada Nowak', note: '' },
        { column: 2, header: 'Email', text: 'a.nowak2@everyone.example', note: '' },
      ],
    },
  ],
  answers: [
    {
      vendor: 'Hunter',
      asked: 'name_at_domain',
      at: AT,
      outcome: 'found',
      values: [
        ['email', 'ada.nowak@everyone.example'],
        ['job_title', 'CTO'],
      ],
    },
    { vendor: 'Prospeo', asked: 'linkedin', at: AT, outcome: 'not_found', values: [] },
  ],
  requests: 2,
  planned: 1,
  before: 0,
  vendors: [
    { name: 'Hunter', privacy: 'https://hunter.example/privacy', at: AT },
    { name: 'Prospeo', privacy: null, at: AT },
  ],
  basis: BASIS,
  periods: PERIODS,
}

const NOTHING: PersonView = { ...HELD, places: [], answers: [], requests: 0, planned: 0, vendors: [] }

const held = (view: PersonView) => ({ value: { trail: 'a-trail', round: 2, done: 3, of: 3, view } })
const looking = (done: number) => ({ value: { trail: `trail-${done}`, round: 1, done, of: 10, view: null } })

const PROOF = { at: AT, by: 'JD', what: 'cells', rows: 2, answers: 2 } as const

const NOTICES: NoticesView = {
  sheet: 0,
  sheetName: 'Leads',
  more: 0,
  informed: 4,
  basis: BASIS,
  rows: [
    { row: 2, print: 'a', who: 'Ada Nowak, Everyone Ltd', at: AT - 40 * DAY_MS, vendors: ['Hunter'] },
    {
      row: 5,
      print: 'b',
      who: 'Bob Miller, fenfold.example',
      at: Date.UTC(2099, 0, 1),
      vendors: ['Hunter', 'Prospeo'],
    },
    { row: 9, print: 'c', who: '', at: Date.UTC(2099, 0, 2), vendors: [] },
  ],
}

const KEPT: RetentionView = {
  periods: { ...PERIODS, fields: { mobile_phone: 90 } },
  isSet: true,
  due: { answers: 12, values: 3, runs: 1, requests: 240 },
}

const ready = (script: Script): Script => ({
  overview: [{ value: overview() }],
  settings: [{ value: settings() }],
  privacy: [{ value: privacy() }],
  erasePerson: [{ value: { left: null, missed: 0, done: [] } }],
  ...script,
})

const toScreen = (name: string): readonly Step[] => [{ press: ['button', 'Open Privacy'] }, { press: ['button', name] }]
const find: readonly Step[] = [
  ...toScreen('A person asks'),
  { type: ['textbox', 'Email'], text: 'ada.nowak@everyone.example' },
  { press: ['button', 'What do we hold on this person?'] },
]
const keep = toScreen('Keep & inform')

/** What the screens "A person asks" and "Keep & inform" can show. */
export const PERSON_STATES: readonly StateCase[] = [
  {
    name: 'a person asks',
    open: 'settings',
    script: ready({}),
    steps: toScreen('A person asks'),
    sees: [
      ['heading', 'A person asks'],
      ['textbox', 'LinkedIn profile'],
      ['textbox', 'Company or website'],
      ['button', 'What do we hold on this person?'],
      ['button', 'Back to Privacy'],
    ],
    says: [/^One of these is enough/],
  },
  {
    name: 'a person asks, found',
    open: 'settings',
    script: ready({ person: [held(HELD)] }),
    steps: find,
    sees: [
      ['heading', 'In the sheet: 3 rows'],
      ['checkbox', /^Leads, row 12/],
      ['heading', 'Stored: 2 answers'],
      ['button', 'Report in a new tab'],
      ['button', 'Write it everywhere'],
      ['button', 'Erase this person…'],
    ],
    says: [/^1 row may be about somebody else/, /^Asked about them: Hunter and Prospeo/],
  },
  {
    name: 'a person asks, looking',
    open: 'settings',
    script: ready({ person: [looking(3), looking(6), 'silence'] }),
    steps: find,
    sees: [
      ['progressbar', 'Search for this person'],
      ['button', 'Stop'],
    ],
    says: [/^Looking in all tabs and stored answers/],
    lacks: [['button', 'Back to Privacy']],
  },
  {
    name: 'a person asks, stopped',
    open: 'settings',
    script: ready({ person: [looking(3), 'silence'] }),
    steps: [...find, { press: ['button', 'Stop'] }],
    sees: [
      ['button', 'What do we hold on this person?'],
      ['button', 'Back to Privacy'],
    ],
    says: ['Stopped. Nothing was changed.'],
    lacks: [['progressbar', 'Search for this person']],
  },
  {
    name: 'a person asks, nothing held',
    open: 'settings',
    script: ready({ person: [held(NOTHING)] }),
    steps: find,
    sees: [['heading', 'A person asks']],
    says: [/^Nothing in this file is about this person/],
    lacks: [['button', 'Erase this person…']],
  },
  {
    name: 'a person asks, too little to know anybody',
    open: 'settings',
    script: ready({ person: [{ problem: { message: 'Enter an email address or a profile.', action: null } }] }),
    steps: find,
    sees: [['alert', 'Enter an email address or a profile.']],
  },
  {
    name: 'a person asks, to be confirmed',
    open: 'settings',
    script: ready({ person: [held(HELD)] }),
    steps: [...find, { press: ['radio', /^The whole rows/] }, { press: ['button', 'Erase this person…'] }],
    sees: [
      ['button', 'Erase for good'],
      ['button', 'Keep everything'],
    ],
    says: [/^1 row about them is taken out, listed cells elsewhere are emptied; 2 stored answers/],
  },
  {
    name: 'a person asks, erased',
    open: 'settings',
    script: ready({
      person: [held(HELD), held(HELD), held(NOTHING)],
      erasePerson: [
        { value: { left: null, missed: 0, done: [] } },
        { value: { left: 2, missed: 0, done: [] } },
        { value: { left: null, missed: 0, done: [PROOF] } },
      ],
    }),
    steps: [...find, { press: ['button', 'Erase this person…'] }, { press: ['button', 'Erase for good'] }],
    sees: [
      ['heading', 'What Enrich cannot reach'],
      ['heading', 'Vendors to write to'],
    ],
    says: [/^Erased. Nothing about this person is left here/, /Erasures so far: 1/],
  },
  {
    name: 'a person asks, what was cut short cannot be finished now',
    open: 'settings',
    script: ready({
      erasePerson: [{ problem: { message: 'You have a run going on in the tab "Leads".', action: 'try_again' } }],
    }),
    steps: toScreen('A person asks'),
    sees: [['button', 'Try again']],
  },
  {
    name: 'keep and inform',
    open: 'settings',
    script: ready({ notices: [{ value: NOTICES }], retention: [{ value: KEPT }] }),
    steps: keep,
    sees: [
      ['heading', 'Tell people: Leads'],
      ['combobox', 'Show'],
      ['button', 'Select these rows'],
      ['button', 'Copy the text'],
      ['button', 'Mark as informed'],
      ['spinbutton', /^Stored answers/],
      ['spinbutton', /^Mobile phone in stored answers/],
      ['button', 'Remove it now…'],
    ],
    says: ['1 person is overdue.', /^Older by now: 12 stored answers, values of 3 answers/],
  },
  {
    name: 'keep and inform, nothing to do',
    open: 'settings',
    script: ready({
      notices: [{ value: { ...NOTICES, rows: [], informed: 0 } }],
      retention: [{ value: { periods: PERIODS, isSet: false, due: { answers: 0, values: 0, runs: 0, requests: 0 } } }],
    }),
    steps: keep,
    sees: [['heading', 'Keep & inform']],
    says: [
      'Vendors gave nothing about people of this tab.',
      /^Nothing is older than that. Nothing goes by itself before you press/,
    ],
    lacks: [['button', 'Mark as informed']],
  },
  {
    name: 'keep and inform, no list in the open tab',
    open: 'settings',
    script: ready({
      notices: [{ problem: { message: 'The tab "Chart" is empty. Paste your list into it.', action: null } }],
      retention: [{ value: KEPT }],
    }),
    steps: keep,
    sees: [['heading', 'Keep & inform']],
    says: ['The tab "Chart" is empty. Paste your list into it.'],
  },
  {
    name: 'keep and inform, failed',
    open: 'settings',
    script: ready({ retention: [{ fails: 'Exception: Service error' }] }),
    steps: keep,
    sees: [['button', 'Try again']],
  },
]
