// The machine that runs a script for the emulator: one worker, one bundle compiled once. Plain CommonJS, so that it needs
// no build in Jest or in a bundled entry. Services are not here: every call blocks this thread until the main thread, which
// plays Google, has answered.
const { parentPort, workerData, receiveMessageOnPort } = require('node:worker_threads')
const { createHash, createHmac, randomUUID } = require('node:crypto')
const vm = require('node:vm')

const { port, flag, code, realm } = workerData
const signal = new Int32Array(flag)
const installer = new vm.Script(realm, { filename: 'realm.js' })
// As a function, which makes everything that the script declares anew in each execution, while V8 keeps what it learned of
// it: a script that V8 sees for the first time runs a few times slower.
const named = [...code.matchAll(/(?:^|[;}])\s*(?:async\s+)?function\*?\s*([\w$]+)/gm)].map(([, name]) => name)
const members = [...new Set(named)].map((name) => `${name}: typeof ${name} === 'function' ? ${name} : undefined`)
const bundle = new vm.Script(`(function () {${code}\n;return { ${members.join()} } })`, { filename: 'Code.js' })
const enter = new vm.Script('__enter()', { filename: 'enter.js' })
const nothing = new vm.Script('0', { filename: 'nothing.js' })
// One of each kind whose prototype has no name.
const nameless = new vm.Script(`[
  ...['', [], new Map(), new Set(), 'a'.matchAll(/a/g)].map((each) => each[Symbol.iterator]()),
  function* () {}, (function* () {})(), async () => {}, async function* () {}, (async function* () {})(),
]`)

/** Thrown when the execution was killed: whatever the script still does is invisible, since no call goes out. */
const KILLED = Symbol('killed')
const DIGESTS = { MD5: 'md5', SHA_1: 'sha1', SHA_256: 'sha256', SHA_384: 'sha384', SHA_512: 'sha512' }

const bytesOf = (input) =>
  typeof input === 'string' ? Buffer.from(input, 'utf8') : Buffer.from(JSON.parse(input.bytes))
const signed = (buffer) => JSON.stringify([...new Int8Array(buffer)])

/** The pages, the time zone and the clock of those who send jobs; it comes before the first one. */
let world
/** The job of the execution under way, and whether it was killed. */
let job
let isDead = false

const host = {
  call(method, payload) {
    if (isDead) throw KILLED
    Atomics.store(signal, 0, 0)
    port.postMessage(`${method} ${payload}`)
    // A notification of the answer before this one may come late: then there is nothing to read yet.
    while (Atomics.load(signal, 0) === 0) Atomics.wait(signal, 0, 0)
    const { message } = receiveMessageOnPort(port)
    if (message !== 'K') return message
    isDead = true
    throw KILLED
  },
  // Cell 0 is the virtual now, or the offset to the machine's clock; cell 1 says which.
  now: () => Math.floor(world.time[1] === 1 ? world.time[0] : Date.now() + world.time[0]),
  log: (text) => void (isDead || parentPort.postMessage({ id: job.id, log: text })),
  digest: (algorithm, input) => signed(createHash(DIGESTS[algorithm]).update(bytesOf(input)).digest()),
  hmac: (algorithm, input, key) => signed(createHmac(DIGESTS[algorithm], bytesOf(key)).update(bytesOf(input)).digest()),
  encode64: (input, alphabet) => {
    const text = bytesOf(input).toString('base64')
    return alphabet === 'web' ? text.replace(/\+/g, '-').replace(/\//g, '_') : text
  },
  decode64: (text) => signed(Buffer.from(text, 'base64')),
  utf8Bytes: (text) => signed(Buffer.from(text, 'utf8')),
  utf8Text: (bytes, charset) =>
    Buffer.from(JSON.parse(bytes)).toString(/latin|8859/i.test(charset) ? 'latin1' : 'utf8'),
  uuid: () => randomUUID(),
  html: (name) => world.html[name],
  get timeZone() {
    return world.timeZone
  },
}

function openRealm() {
  const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' })
  const start = installer.runInContext(context)(host)
  const load = bundle.runInContext(context)
  const global = vm.runInContext('globalThis', context)
  return { context, start, load, found: look(global, nameless.runInContext(context)) }
}

/** Everything that a script could change for those that run after it: the globals, their members and prototypes. */
function look(global, others) {
  const objects = new Set([global])
  const add = (object) => {
    for (let each = object; each !== null && isObject(each); each = Object.getPrototypeOf(each)) objects.add(each)
  }
  for (const key of Reflect.ownKeys(global)) {
    const { value } = Object.getOwnPropertyDescriptor(global, key)
    if (!isObject(value)) continue
    add(value)
    add(Object.getOwnPropertyDescriptor(value, 'prototype')?.value)
  }
  others.forEach(add)
  return [...objects].map((object) => ({ object, open: Object.isExtensible(object), own: membersOf(object) }))
}

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function'

function membersOf(object) {
  return Reflect.ownKeys(object).map((key) => ({ key, ...Object.getOwnPropertyDescriptor(object, key) }))
}

/** Takes the globals away that a script has made, and tells whether all else is as it was. */
function tidy({ found }) {
  const [{ object: global, own }] = found
  const known = new Set(own.map(({ key }) => key))
  for (const key of Reflect.ownKeys(global)) if (!known.has(key)) Reflect.deleteProperty(global, key)
  return found.every(({ object, open, own }) => {
    if (Object.isExtensible(object) !== open) return false
    const now = membersOf(object)
    return (
      now.length === own.length &&
      now.every((is, at) => {
        const was = own[at]
        return was.key === is.key && Object.is(was.value, is.value) && was.get === is.get && was.set === is.set
      })
    )
  })
}

/** The realm of the next execution: the one before, unless its script left something in it. */
let opened

function execute() {
  opened ??= openRealm()
  const { context, start, load } = opened
  try {
    const finish = start(load, job.name, job.args, job.via)
    enter.runInContext(context)
    return finish()
  } catch (error) {
    if (error === KILLED) return '{"state":"killed"}'
    const text = (part) => {
      try {
        return String(part)
      } catch {
        return ''
      }
    }
    const isThing = typeof error === 'object' && error !== null
    return JSON.stringify({
      state: 'threw',
      error: {
        name: isThing ? text(error.name ?? 'Error') : 'Error',
        message: isThing ? text(error.message ?? error) : text(error),
        line: Number(/Code\.js:(\d+)/.exec(isThing ? text(error.stack) : '')?.[1] ?? 0),
      },
    })
  }
}

parentPort.on('message', (message) => {
  if (message.world) {
    world = { ...message.world, time: new Float64Array(message.world.clock) }
    return
  }
  job = message
  isDead = false
  const ended = execute()
  // What still waits in the realm of a killed script runs unheard.
  isDead = true
  nothing.runInContext(opened.context)
  if (!tidy(opened)) opened = undefined
  parentPort.postMessage({ id: job.id, ended })
})
parentPort.postMessage({ ready: true })
