import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

// Oxlint reads the globs of its overrides relative to the folder of the config: elsewhere they pass in silence.
describe('lint complains about planted faults', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'planted-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const planted = [
    ['src/domain/a.ts', 'no-restricted-imports', "import { plan } from '../engine/plan'\nplan()\n"],
    ['src/engine/a.ts', 'no-restricted-imports', "import { hunter } from '../providers/hunter'\nhunter()\n"],
    ['src/app/a.ts', 'no-restricted-imports', "import { readFileSync } from 'node:fs'\nreadFileSync('x')\n"],
    ['src/providers/a.ts', 'no-restricted-imports', "import * as z from 'zod'\nz.string()\n"],
    ['src/providers/b.ts', 'no-restricted-properties', "import * as z from 'zod/mini'\nexport const site = z.url()\n"],
    ['sidebar/a.ts', 'no-restricted-imports', "import { enrich } from '../src/app/enrich'\nenrich()\n"],
    ['workbench/a.ts', 'no-restricted-imports', "import type { Field } from '../src/domain/field'\nlet a: Field\n"],
    [
      'src/engine/b.ts',
      'switch-exhaustiveness-check',
      "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n      return\n  }\n}\n",
    ],
    ['workbench/b.ts', 'no-floating-promises', 'Promise.resolve(1).then((one) => one + 1)\n'],
    ['src/sheet/a.ts', 'no-unsafe-member-access', "export const a: unknown = JSON.parse('1').b\n"],
  ] as const

  let found: readonly string[]
  beforeAll(() => {
    cpSync('.oxlintrc.json', path.join(folder, '.oxlintrc.json'))
    cpSync('.tsconfig.base.json', path.join(folder, '.tsconfig.base.json'))
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction')
    for (const name of ['src', 'sidebar', 'workbench']) {
      mkdirSync(path.join(folder, name))
      cpSync(`${name}/tsconfig.json`, path.join(folder, name, 'tsconfig.json'))
    }
    for (const [file, , text] of planted) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
    const oxlint = path.resolve('node_modules/.bin/oxlint')
    const args = ['--type-aware', '-f', 'unix', 'src', 'sidebar', 'workbench']
    const { stdout } = spawnSync(oxlint, args, { cwd: folder, encoding: 'utf8', shell: true })
    found = stdout.split('\n')
  })

  test.each(planted)('%s: %s', (file, rule) => {
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^(\\./)?${file}:.*\\(${rule}\\)`)))
  })
})
