import type { FrameMessage, FrameReply } from './frame-messages'

// Runs inside the frame of a sidebar or dialog before the HTML of the script does, and plays Google's client API.

interface Handlers {
  readonly success: ((value: unknown, userObject?: unknown) => void) | undefined
  readonly failure: ((error: Error, userObject?: unknown) => void) | undefined
  readonly userObject: unknown
}

interface Call {
  readonly id: number
  readonly name: string
  readonly args: readonly unknown[]
  readonly handlers: Handlers
}

declare const FUNCTION_NAMES: readonly string[]

/** `google.script.run` has ten calls under way at most; the eleventh waits (platform.md section 2). */
const CONCURRENT_CALLS = 10

const waiting: Call[] = []
const underWay = new Map<number, Handlers>()
let lastId = 0

const post = (message: FrameMessage): void => parent.postMessage(message, '*')

const sendWaiting = (): void => {
  while (waiting.length > 0 && underWay.size < CONCURRENT_CALLS) {
    const call = waiting.shift()
    if (!call) return
    underWay.set(call.id, call.handlers)
    post({ kind: 'run', id: call.id, name: call.name, args: call.args })
  }
}

const formFields = (form: HTMLFormElement): object => {
  const fields: { [name: string]: unknown } = {}
  new FormData(form).forEach((value, name) => {
    const old = fields[name]
    if (old === undefined) fields[name] = value
    else fields[name] = [old, value].flat()
  })
  return fields
}

/** A copy of an argument as it can be sent; throws Google's errors for what cannot (platform.md section 6). */
const sendable = (value: unknown, name: string, path: readonly unknown[]): unknown => {
  if (value === undefined || value === null) return null
  if (path.includes(value)) throw new Error('Failed due to circular reference.')
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value instanceof Date || value instanceof Node) {
    throw new Error(`Failed due to illegal value in property: ${name}`)
  }
  if (Array.isArray(value)) return value.map((item, index) => sendable(item, String(index), [...path, value]))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sendable(item, key, [...path, value])]))
}

const call = (name: string, args: readonly unknown[], handlers: Handlers): void => {
  const isForm = args.length === 1 && args[0] instanceof HTMLFormElement
  const sent = isForm
    ? [formFields(args[0] as HTMLFormElement)]
    : args.map((arg, index) => sendable(arg, String(index), []))
  lastId += 1
  waiting.push({ id: lastId, name, args: sent, handlers })
  sendWaiting()
}

const createRunner = (handlers: Handlers): object => ({
  ...Object.fromEntries(FUNCTION_NAMES.map((name) => [name, (...args: unknown[]) => call(name, args, handlers)])),
  withSuccessHandler: (success: Handlers['success']) => createRunner({ ...handlers, success }),
  withFailureHandler: (failure: Handlers['failure']) => createRunner({ ...handlers, failure }),
  withUserObject: (userObject: unknown) => createRunner({ ...handlers, userObject }),
})

addEventListener('message', ({ source, data }: MessageEvent<FrameReply>) => {
  if (source !== parent) return
  const handlers = underWay.get(data.id)
  if (!handlers) return
  underWay.delete(data.id)
  sendWaiting()
  if (data.message === undefined) {
    handlers.success?.(data.value, handlers.userObject)
    return
  }
  const error = new Error(data.message)
  delete error.stack
  if (handlers.failure) handlers.failure(error, handlers.userObject)
  else console.error(`Uncaught ${data.message}`)
})

Object.assign(globalThis, {
  google: {
    script: {
      run: createRunner({ success: undefined, failure: undefined, userObject: undefined }),
      host: {
        close: () => post({ kind: 'close' }),
        setHeight: (pixels: number) => post({ kind: 'height', pixels }),
        setWidth: (pixels: number) => post({ kind: 'width', pixels }),
        editor: { focus: () => post({ kind: 'focus' }) },
        origin: 'https://docs.google.com',
      },
    },
  },
})
