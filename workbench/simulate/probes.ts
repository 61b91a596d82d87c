import type { Schedule } from './schedule'

type Step = Schedule['steps'][number]

const step = (work: Step['work'], edits: Step['edits'] = []): Step => ({ work, hazards: [], edits })
const schedule = (steps: readonly Step[], more: Partial<Schedule> = {}): Schedule => ({
  cap: 1000,
  paid: ['hunter'],
  perDay: 0,
  dayCap: 0,
  opening: 'receipt',
  steps,
  ending: 'keep',
  columns: 'with_wanted',
  ...more,
})

const SLICE = step('slice')
// The column of emails, as schedules count columns.
const EMAIL = 3

/** For each promise the misfortunes that would break it first, if nothing kept it. */
export const PROBES: { readonly [promise: number]: readonly Schedule[] } = {
  1: [schedule([{ work: 'slice', hazards: [{ kind: 'weather', what: 'mute' }], edits: [] }])],
  2: [
    schedule([SLICE, SLICE, step('resume')]),
    schedule([{ work: 'slice', hazards: [{ kind: 'weather', what: 'mute' }], edits: [] }, SLICE]),
  ],
  4: [schedule([step('idle', [{ do: 'type', row: 1, column: EMAIL }]), SLICE, SLICE])],
  6: [
    schedule([step('two tabs'), step('two tabs')]),
    schedule([step('two tabs'), step('crowd')], { paid: ['dropcontact'] }),
    ...[1, 2].map((nth) =>
      schedule([{ work: 'slice', hazards: [{ kind: 'hang', nth }], edits: [] }, SLICE], { ending: 'undo' }),
    ),
  ],
  11: [
    schedule([SLICE, SLICE, SLICE, step('restore')]),
    schedule([SLICE, SLICE, step('copy')]),
    schedule([SLICE, SLICE, step('copy bare')]),
  ],
  12: [schedule([SLICE, SLICE, SLICE, step('idle', [{ do: 'type', row: 0, column: EMAIL }])], { ending: 'undo' })],
}
