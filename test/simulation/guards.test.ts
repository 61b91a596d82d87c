import { readFileSync } from 'node:fs'
import { findGuards, guardsIn, withoutGuard } from '../../workbench/simulate/guards'

const SOURCE = [
  'export function take(host: Host): void {',
  '  // protects: 1, 6',
  '  if (host.isHeld()) {',
  "    throw new Error('{ held \u00fc')",
  '  }',
  '  // protects: 2',
  '  host.append([',
  '    1,',
  '  ])',
  '  host.send()',
  '}',
].join('\n')

test('a guard is the whole statement below its tag', () => {
  const [first, second] = guardsIn('src/some.ts', SOURCE)
  expect(first).toMatchObject({ line: 3, promises: [1, 6] })
  expect(first!.statement).toMatch(/^if \(host\.isHeld\(\)\) \{[^]*\}$/)
  expect(second).toMatchObject({ line: 7, promises: [2] })
  expect(withoutGuard(SOURCE, second!)).toMatch(/protects: 2\n {2}\n {2}host\.send\(\)\n\}$/)
})

test('a tag without a statement below it is refused', () => {
  expect(() => guardsIn('src/some.ts', 'const list = [\n  // protects: 3\n  1,\n]\n')).toThrow('src/some.ts:3')
})

test('every promise of docs/reliability.md has a guard, and every guard keeps one of them', () => {
  const page = readFileSync('docs/reliability.md', 'utf8')
  const promised = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number))
  const kept = new Set(findGuards().flatMap(({ promises }) => promises))
  expect(promised).toEqual(Array.from({ length: 13 }, (_, index) => index + 1))
  expect([...kept].sort((a, b) => a - b)).toEqual(promised)
})
