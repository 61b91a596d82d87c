// `npm run check`: types, lint, format and dead code, side by side. What the tools say is shown only if one complains.
import { spawn } from 'node:child_process'
import path from 'node:path'

const tools = [
  ['types', 'tsc', '-b'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['dead code', 'knip', '--no-progress', '--no-config-hints'],
]

function run([name, command, ...args]) {
  const begun = performance.now()
  const file = path.resolve('node_modules/.bin', command)
  return new Promise((resolve) => {
    const child = spawn(file, args, { shell: process.platform === 'win32' })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => (output += error.message))
    child.on('close', (code) =>
      resolve({ name, output, passed: code === 0, seconds: (performance.now() - begun) / 1000 }),
    )
  })
}

const results = await Promise.all(tools.map(run))
for (const { name, output } of results.filter(({ passed }) => !passed))
  console.error(`\n--- ${name}\n${output.trim()}\n`)
const summary = results.map(
  ({ name, passed, seconds }) => `${name} ${passed ? 'ok' : 'FAILED'} ${seconds.toFixed(1)} s`,
)
console.log(`check: ${summary.join(' · ')}`)
if (results.some(({ passed }) => !passed)) process.exitCode = 1
