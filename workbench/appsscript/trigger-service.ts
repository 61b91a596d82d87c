import { GoogleError, type Call, type Google, type Run, type Services } from './run'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** 20 triggers a user and script (platform.md section 1). */
const TRIGGERS_PER_USER = 20

/** An installed trigger. A fired one-shot stays in the list, and counts, until it is deleted (section 9). */
export interface Trigger {
  readonly id: string
  readonly function: string
  readonly user: string
  readonly event: string
  /** Infinity for one that never fires by time. */
  readonly dueAt: number
  readonly everyMs?: number
  /** Made in a trigger run where the fact says that such triggers are dead. */
  readonly disabled?: true
}

/** The triggers of all users. */
export interface Triggers {
  list(): readonly Trigger[]
  /** The next time-driven trigger due until then, earliest first. */
  dueBy(time: number): Trigger | undefined
  /** Notes that it fired: a recurring one gets its next time, a one-shot never fires again. */
  fired(trigger: Trigger, now: number): void
  restore(triggers: readonly Trigger[]): void
  readonly services: Services
}

interface ClockSettings {
  readonly function: string
  readonly after?: number
  readonly at?: number
  readonly everyMinutes?: number
  readonly everyHours?: number
  readonly everyDays?: number
  readonly everyWeeks?: number
}

function intervalOf(settings: ClockSettings): number | undefined {
  if (settings.everyMinutes !== undefined) return settings.everyMinutes * MINUTE_MS
  if (settings.everyHours !== undefined) return settings.everyHours * HOUR_MS
  if (settings.everyDays !== undefined) return settings.everyDays * DAY_MS
  if (settings.everyWeeks !== undefined) return settings.everyWeeks * 7 * DAY_MS
  return undefined
}

/** ScriptApp's triggers with the rules of add-ons, or of bound scripts by the edition (platform.md sections 7 and 9). */
export function createTriggers(google: Google): Triggers {
  let triggers: readonly Trigger[] = []
  let made = 0
  const isAddon = google.options.edition === 'addon'
  const ofUser = (run: Run): readonly Trigger[] => triggers.filter((one) => one.user === run.user.id)
  const refOf = (trigger: Trigger) => ({
    $: 'Trigger',
    id: trigger.id,
    function: trigger.function,
    event: trigger.event,
  })

  const add = (run: Run, trigger: Pick<Trigger, 'function' | 'event' | 'dueAt'> & { readonly everyMs?: number }) => {
    const dead = run.execution.via === 'trigger' && google.facts.trigger_may_create_trigger === 'no'
    const added: Trigger = {
      id: String(7_000_000 + ++made),
      user: run.user.id,
      ...trigger,
      ...(dead ? { disabled: true as const } : {}),
    }
    triggers = [...triggers, added]
    return refOf(added)
  }

  const requireSlot = (run: Run, event: string): void => {
    const mine = ofUser(run)
    if (isAddon && mine.some((one) => one.event === event)) {
      throw new GoogleError(
        event === 'CLOCK'
          ? 'This add-on has created too many time-based triggers in this document for this Google user account.'
          : 'This add-on has created too many triggers of this type in this document for this Google user account.',
      )
    }
    if (mine.length < TRIGGERS_PER_USER) return
    throw new GoogleError(
      'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    )
  }

  const createClock = (call: Call) => {
    const settings = call.ref as ClockSettings
    const everyMs = intervalOf(settings)
    const once = settings.at ?? (settings.after === undefined ? undefined : google.clock.now() + settings.after)
    if (everyMs === undefined && once === undefined) throw new GoogleError('The trigger has no time.')
    if (settings.everyMinutes !== undefined && ![1, 5, 10, 15, 30].includes(settings.everyMinutes)) {
      throw new GoogleError('The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.')
    }
    if (isAddon && everyMs !== undefined && everyMs < HOUR_MS) {
      throw new GoogleError('The recurrence interval for an Add-on trigger must be at least one hour.')
    }
    requireSlot(call.run, 'CLOCK')
    // The start of a recurring trigger is randomised (section 9): the latest one is played.
    const dueAt = once ?? google.clock.now() + everyMs!
    return add(call.run, {
      function: settings.function,
      event: 'CLOCK',
      dueAt,
      ...(everyMs === undefined ? {} : { everyMs }),
    })
  }

  return {
    list: () => triggers,
    dueBy: (time) => triggers.filter((one) => !one.disabled && one.dueAt <= time).sort((a, b) => a.dueAt - b.dueAt)[0],
    fired(trigger, now) {
      const { everyMs } = trigger
      const missed = everyMs === undefined ? 0 : Math.floor((now - trigger.dueAt) / everyMs)
      const dueAt = everyMs === undefined ? Infinity : trigger.dueAt + (missed + 1) * everyMs
      triggers = triggers.map((one) => (one.id === trigger.id ? { ...one, dueAt } : one))
    },
    restore(saved) {
      triggers = saved
      made += saved.length
    },
    services: {
      'ClockTriggerBuilder.create': createClock,
      'SpreadsheetTriggerBuilder.create'(call) {
        const settings = call.ref as { readonly function: string; readonly event?: string }
        if (settings.event === undefined) throw new GoogleError('The trigger has no event.')
        requireSlot(call.run, settings.event)
        return add(call.run, { function: settings.function, event: settings.event, dueAt: Infinity })
      },
      // Only the current user's (section 9).
      'ScriptApp.getProjectTriggers': ({ run }) => ofUser(run).map(refOf),
      'ScriptApp.getUserTriggers': ({ run }) => ofUser(run).map(refOf),
      'ScriptApp.deleteTrigger'(call) {
        const [given] = call.args as readonly { readonly id?: string }[]
        triggers = triggers.filter((one) => one.id !== given?.id || one.user !== call.run.user.id)
      },
    },
  }
}
