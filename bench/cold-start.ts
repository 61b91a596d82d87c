import vm from 'node:vm'
import { buildCode } from '../.build/bundle.mjs'
import type { Report } from './main'

const ROUNDS = 30

// Every cell with a formula is an execution that loads the whole script (platform.md section 2), so half is the aim.
const AIM = 0.5

/** Compiles and runs the top level in fresh realms, lazy and eager by turns, so that noise hits both alike. */
export async function run(): Promise<Report> {
  const lazy = { loading: 'lazy', text: (await buildCode('lazy')).text, starts: [] as Start[] }
  const eager = { loading: 'eager', text: (await buildCode('eager')).text, starts: [] as Start[] }
  for (let round = 0; round < ROUNDS; round++)
    for (const { text, starts } of [lazy, eager]) starts.push(start(`${text}// ${round}`))

  const rows = [lazy, eager].map(({ loading, text, starts }) => ({
    loading,
    KB: round1(Buffer.byteLength(text) / 1024),
    'compile ms': round1(median(starts.map(({ compile }) => compile))),
    'init ms': round1(median(starts.map(({ init }) => init))),
    'total ms': round1(total(starts)),
  }))
  const ratio = Math.round((total(lazy.starts) / total(eager.starts)) * 1000) / 1000
  return {
    question: `Start of the script: median of ${ROUNDS} fresh realms. Lazy takes ${ratio} of eager (aim: at most ${AIM}).`,
    rows,
    figures: {
      lazyKB: round1(Buffer.byteLength(lazy.text) / 1024),
      lazyMs: round1(total(lazy.starts)),
      eagerMs: round1(total(eager.starts)),
      ratio,
      aim: AIM,
      reached: ratio <= AIM,
    },
  }
}

interface Start {
  readonly compile: number
  readonly init: number
}

// The text differs each time, or V8 would answer from its compilation cache.
function start(text: string): Start {
  const realm = vm.createContext()
  const begun = performance.now()
  const script = new vm.Script(text)
  const compiled = performance.now()
  script.runInContext(realm)
  return { compile: compiled - begun, init: performance.now() - compiled }
}

const total = (starts: readonly Start[]): number => median(starts.map(({ compile, init }) => compile + init))

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const round1 = (value: number): number => Math.round(value * 10) / 10
