/** A pause of an execution: over at its time, or earlier when `wake` is called. */
export interface Pause {
  readonly done: Promise<void>
  wake(): void
}

/**
 * The emulator's time. On the virtual clock an execution that computes stands at "now"; time goes on only when every
 * execution pauses, and then straight to the first pause that ends. Several executions can so sleep at once.
 */
export interface Clock {
  readonly kind: 'real' | 'virtual'
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Read by the realms: the virtual now or the offset to the machine's clock, then 1 if virtual. */
  readonly shared: SharedArrayBuffer
  /** Something begins that holds the virtual time still until it pauses or leaves. */
  enter(): void
  leave(): void
  /** The caller has entered. On the real clock this is a timer. */
  pause(ms: number): Pause
  /** The price of a service call: a pause on the virtual clock; nothing on the real one, where calls take what they take. */
  spend(ms: number): Promise<void> | undefined
  set(now: number): void
}

interface Sleeper {
  readonly due: number
  readonly resolve: () => void
}

function createVirtualClock(startAt: number): Clock {
  const shared = new SharedArrayBuffer(16)
  const cells = new Float64Array(shared)
  cells[0] = startAt
  cells[1] = 1
  const sleepers: Sleeper[] = []
  let awake = 0

  const tick = (): void => {
    const next = awake === 0 ? sleepers.shift() : undefined
    if (!next) return
    cells[0] = Math.max(cells[0]!, next.due)
    awake++
    next.resolve()
  }

  const pause = (ms: number): Pause => {
    const due = cells[0]! + Math.max(0, ms)
    let sleeper: Sleeper | undefined
    const done = new Promise<void>((resolve) => {
      sleeper = { due, resolve }
      const after = sleepers.findIndex((one) => one.due > due)
      sleepers.splice(after < 0 ? sleepers.length : after, 0, sleeper)
    })
    awake--
    tick()
    return {
      done,
      wake() {
        const at = sleepers.findIndex((one) => one === sleeper)
        if (at < 0) return
        const [woken] = sleepers.splice(at, 1)
        awake++
        woken?.resolve()
      },
    }
  }

  return {
    kind: 'virtual',
    shared,
    now: () => Math.floor(cells[0]!),
    enter: () => void awake++,
    leave() {
      awake--
      tick()
    },
    pause,
    spend(ms) {
      if (ms <= 0) return undefined
      if (awake > 1 || sleepers.length > 0) return pause(ms).done
      cells[0] = cells[0]! + ms
      return undefined
    },
    set: (now) => void (cells[0] = now),
  }
}

function createRealClock(): Clock {
  const shared = new SharedArrayBuffer(16)
  const cells = new Float64Array(shared)
  return {
    kind: 'real',
    shared,
    now: () => Math.floor(Date.now() + cells[0]!),
    enter: () => undefined,
    leave: () => undefined,
    pause(ms) {
      let wake: () => void = () => undefined
      const done = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      return { done, wake }
    },
    spend: () => undefined,
    set: (now) => void (cells[0] = now - Date.now()),
  }
}

/** Starts a clock; `startAt` (milliseconds since 1970) counts on a virtual one and defaults to the machine's time. */
export function startClock(kind: 'real' | 'virtual', startAt: number = Date.now()): Clock {
  return kind === 'virtual' ? createVirtualClock(startAt) : createRealClock()
}
