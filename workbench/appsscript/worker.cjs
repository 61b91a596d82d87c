// The machine that runs a script for the emulator: one worker, one bundle compiled once, a fresh realm for each
// execution. Plain CommonJS, so that it needs no build in Jest or in a bundled entry. Services are not here: every
// call blocks this thread until the main thread, which plays Google, has answered.
const { parentPort, workerData, receiveMessageOnPort } = require('node:worker_threads')
const { createHash, createHmac, randomUUID } = require('node:crypto')
const vm = require('node:vm')

const { port, flag, code, realm } = workerData
const signal = new Int32Array(flag)
const installer = new vm.Script(realm, { filename: 'realm.js' })
const bundle = new vm.Script(code, { filename: 'Code.js' })
const enter = new vm.Script('__enter()', { filename: 'enter.js' })

/** Thrown when the execution was killed: whatever the script still does is invisible, since no call goes out. */
const KILLED = Symbol('killed')
const DIGESTS = { MD5: 'md5', SHA_1: 'sha1', SHA_256: 'sha256', SHA_384: 'sha384', SHA_512: 'sha512' }

const bytesOf = (input) =>
  typeof input === 'string' ? Buffer.from(input, 'utf8') : Buffer.from(JSON.parse(input.bytes))
const signed = (buffer) => JSON.stringify([...new Int8Array(buffer)])

/** The pages, the time zone and the clock of those who send jobs; it comes before the first one. */
let world

function hostFor(job) {
  const { html, timeZone } = world
  const time = new Float64Array(world.clock)
  let dead = false
  return {
    call(method, payload) {
      if (dead) throw KILLED
      Atomics.store(signal, 0, 0)
      port.postMessage(`${method} ${payload}`)
      // A notification of the answer before this one may come late: then there is nothing to read yet.
      while (Atomics.load(signal, 0) === 0) Atomics.wait(signal, 0, 0)
      const { message } = receiveMessageOnPort(port)
      if (message !== 'K') return message
      dead = true
      throw KILLED
    },
    // Cell 0 is the virtual now, or the offset to the machine's clock; cell 1 says which.
    now: () => Math.floor(time[1] === 1 ? time[0] : Date.now() + time[0]),
    log: (text) => void (dead || parentPort.postMessage({ id: job.id, log: text })),
    digest: (algorithm, input) => signed(createHash(DIGESTS[algorithm]).update(bytesOf(input)).digest()),
    hmac: (algorithm, input, key) =>
      signed(createHmac(DIGESTS[algorithm], bytesOf(key)).update(bytesOf(input)).digest()),
    encode64: (input, alphabet) => {
      const text = bytesOf(input).toString('base64')
      return alphabet === 'web' ? text.replace(/\+/g, '-').replace(/\//g, '_') : text
    },
    decode64: (text) => signed(Buffer.from(text, 'base64')),
    utf8Bytes: (text) => signed(Buffer.from(text, 'utf8')),
    utf8Text: (bytes, charset) =>
      Buffer.from(JSON.parse(bytes)).toString(/latin|8859/i.test(charset) ? 'latin1' : 'utf8'),
    uuid: () => randomUUID(),
    html: (name) => html[name],
    timeZone,
  }
}

parentPort.on('message', (job) => {
  if (job.world) {
    world = job.world
    return
  }
  const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' })
  let ended
  try {
    const start = installer.runInContext(context)(hostFor(job))
    bundle.runInContext(context)
    const finish = start(job.name, job.args, job.via)
    enter.runInContext(context)
    ended = finish()
  } catch (error) {
    if (error === KILLED) ended = '{"state":"killed"}'
    else {
      const text = (part) => {
        try {
          return String(part)
        } catch {
          return ''
        }
      }
      const isObject = typeof error === 'object' && error !== null
      ended = JSON.stringify({
        state: 'threw',
        error: {
          name: isObject ? text(error.name ?? 'Error') : 'Error',
          message: isObject ? text(error.message ?? error) : text(error),
          line: Number(/Code\.js:(\d+)/.exec(isObject ? text(error.stack) : '')?.[1] ?? 0),
        },
      })
    }
  }
  parentPort.postMessage({ id: job.id, ended })
})
parentPort.postMessage({ ready: true })
