import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Via } from './contract'

/** More executions than this wait for a free worker. */
const WORKERS = 8
/** How long a killed script may unwind, unseen, before its worker is ended. */
const UNWIND_MS = 250
/** How long a worker without a pool waits for the next one: starting one takes longer than most scripts run. */
const PARKED_MS = 5000

// V8 knows nothing of a script that runs twenty times: what it optimises early is thrown away before it pays. So it begins
// later, by the bytes of bytecode that ran (Node 20: 67,584), and keeps the other processor for the other worker.
for (const flag of ['--interrupt-budget=500000', '--no-concurrent-marking']) setFlagsFromString(flag)

/** A script to run: its arguments are JSON as the realm reads it. */
export interface Job {
  readonly name: string
  readonly args: string
  readonly via: Via
}

/** What the script wants meanwhile. */
export interface JobListener {
  /** A worker was found: the job begins. */
  begin(control: JobControl): void
  /** The worker is ready and the script runs. */
  start(): void
  /** One service call; the answer goes to `reply`. */
  call(method: string, payload: string): void
  log(text: string): void
  /** JSON of how it ended; not called after `kill`. */
  end(ended: string): void
}

/** Power over a job under way. */
export interface JobControl {
  reply(text: string): void
  /** Ends it without `finally`: no call of it is heard any more. */
  kill(): void
}

/** Workers that run one bundle; each compiles it once. */
export interface Pool {
  run(job: Job, listener: JobListener): void
  stop(): Promise<void>
}

/** What a pool runs, and the world in which it runs. */
interface Setup extends World {
  readonly code: string
}

interface World {
  readonly html: { readonly [name: string]: string }
  readonly timeZone: string
  readonly clock: SharedArrayBuffer
}

interface Parked {
  readonly member: Member
  readonly code: string
  readonly timer: NodeJS.Timeout
}

/** Idle workers of pools that were stopped: tests start many pools of one bundle. */
const parked: Parked[] = []

interface Member {
  readonly worker: Worker
  readonly port: MessagePort
  readonly signal: Int32Array
  ready: boolean
  busy: boolean
  waiting: boolean
  listener: JobListener | undefined
  /** The world it knows: the pages are too long to send them with each job. */
  world: World | undefined
  job: { readonly id: number; readonly job: Job } | undefined
  /** Told when it is ready for a job, has done one, or is broken. */
  heard: (event: 'ready' | 'free' | 'broken') => void
}

let ids = 0

function reply(member: Member, text: string): void {
  if (!member.waiting) return
  member.waiting = false
  member.port.postMessage(text)
  Atomics.store(member.signal, 0, 1)
  Atomics.notify(member.signal, 0)
}

async function end({ worker, port }: Member): Promise<void> {
  port.close()
  await worker.terminate()
}

function startMember(code: string): Member {
  const folder = path.join(process.cwd(), 'workbench/appsscript')
  const realm = readFileSync(path.join(folder, 'realm.js'), 'utf8')
  const flag = new SharedArrayBuffer(4)
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(path.join(folder, 'worker.cjs'), {
    workerData: { code, realm, port: port2, flag },
    transferList: [port2],
  })
  const member: Member = {
    worker,
    port: port1,
    signal: new Int32Array(flag),
    ready: false,
    busy: false,
    waiting: false,
    listener: undefined,
    world: undefined,
    job: undefined,
    heard: () => {},
  }
  port1.on('message', (text: string) => {
    member.waiting = true
    if (!member.listener) return reply(member, 'K')
    const space = text.indexOf(' ')
    member.listener.call(text.slice(0, space), text.slice(space + 1))
  })
  worker.on(
    'message',
    (message: { readonly ready?: true; readonly id?: number; readonly log?: string; readonly ended?: string }) => {
      if (message.ready) {
        member.ready = true
        return member.heard('ready')
      }
      if (message.id !== member.job?.id) return
      if (message.log !== undefined) return member.listener?.log(message.log)
      const { listener } = member
      member.listener = undefined
      member.job = undefined
      member.busy = false
      listener?.end(message.ended ?? '{}')
      member.heard('free')
    },
  )
  worker.on('error', (error) => {
    const { listener } = member
    member.listener = undefined
    member.heard('broken')
    listener?.end(JSON.stringify({ state: 'threw', error: { name: error.name, message: error.message, line: 0 } }))
  })
  return member
}

function park(member: Member, code: string): void {
  const timer = setTimeout(() => {
    parked.splice(parked.indexOf(one), 1)
    void end(member)
  }, PARKED_MS)
  const one = { member, code, timer }
  for (const held of [timer, member.worker, member.port]) held.unref()
  parked.push(one)
}

function unpark(code: string): Member | undefined {
  const at = parked.findIndex((one) => one.code === code)
  if (at < 0) return undefined
  const [one] = parked.splice(at, 1)
  clearTimeout(one!.timer)
  for (const held of [one!.member.worker, one!.member.port]) held.ref()
  return one!.member
}

/** Starts with one worker and adds others as needed. */
export function startPool({ code, ...world }: Setup): Pool {
  const members = new Set<Member>()
  const queue: { readonly job: Job; readonly listener: JobListener }[] = []
  let stopped = false

  const retire = (member: Member): void => {
    members.delete(member)
    void end(member)
    if (!stopped && queue.length > 0) feed()
  }

  const post = (member: Member): void => {
    if (!member.ready || !member.job) return
    const { id, job } = member.job
    member.listener?.start()
    if (member.world !== world) member.worker.postMessage({ world })
    member.world = world
    member.worker.postMessage({ id, ...job })
  }

  const spawn = (): Member => {
    const member = unpark(code) ?? startMember(code)
    member.heard = (event) => {
      if (event === 'broken') return retire(member)
      if (event === 'ready') return post(member)
      feed()
    }
    members.add(member)
    return member
  }

  const assign = (member: Member, job: Job, listener: JobListener): void => {
    const id = ++ids
    member.busy = true
    member.listener = listener
    member.job = { id, job }
    listener.begin({
      reply: (text) => {
        if (member.job?.id === id) reply(member, text)
      },
      kill() {
        if (member.job?.id !== id || member.listener !== listener) return
        member.listener = undefined
        reply(member, 'K')
        const timer = setTimeout(() => {
          if (member.job?.id === id) retire(member)
        }, UNWIND_MS)
        timer.unref()
      },
    })
    post(member)
  }

  const feed = (): void => {
    while (queue.length > 0) {
      const idle = [...members].find((member) => !member.busy) ?? (members.size < WORKERS ? spawn() : undefined)
      if (!idle) return
      const { job, listener } = queue.shift()!
      assign(idle, job, listener)
    }
  }

  spawn()
  return {
    run(job, listener) {
      queue.push({ job, listener })
      feed()
    },
    async stop() {
      stopped = true
      const workers = [...members]
      members.clear()
      const idle = workers.filter(({ ready, busy }) => ready && !busy)
      for (const member of idle) {
        member.heard = () => {}
        park(member, code)
      }
      await Promise.all(workers.filter((member) => !idle.includes(member)).map(end))
    },
  }
}
