import { parse } from 'acorn'
import { findFreeNames } from './free-names'

const freeNames = (source: string) => findFreeNames(parse(source, { ecmaVersion: 2021 })).map(({ name }) => name)

describe('free names of a script', () => {
  test.each([
    ['new URL(x)', ['URL', 'x']],
    ['var URL; new URL()', []],
    ['f(); function f() {}', []],
    ['{ let fetch = 1 } fetch()', ['fetch']],
    ['{ var fetch = 1 } fetch()', []],
    ['function f() { if (1) { for (var fetch;;); } return fetch }', []],
    ['function f() { var fetch } fetch()', ['fetch']],
    ['a.fetch; a[fetch]; ({ fetch: 1, [crypto]: 2 })', ['a', 'a', 'fetch', 'crypto']],
    ['({ fetch })', ['fetch']],
    ['typeof URL; typeof URL.x', ['URL']],
    ['typeof URL !== "undefined" && URL()', ['URL']],
    ['(fetch) => fetch(); ({ a: fetch }) => fetch; ([b, ...fetch]) => fetch', []],
    ['function f(a = fetch) {}', ['fetch']],
    ['try {} catch (fetch) { fetch }', []],
    ['try {} catch { fetch }', ['fetch']],
    ['for (const fetch of []) fetch', []],
    ['for (const [fetch] of []) {} fetch', ['fetch']],
    ['switch (1) { case 1: let fetch; break; case 2: fetch }', []],
    ['const g = function fetch() { fetch() }; fetch', ['fetch']],
    ['class A extends B { fetch() { return fetch } }', ['B', 'fetch']],
    ['fetch: for (;;) break fetch', []],
    ['function f() { arguments; new.target }', []],
    ['fetch = 1', ['fetch']],
    ['`${atob}`', ['atob']],
  ])('%s', (source, expected) => {
    expect(freeNames(source)).toEqual(expected)
  })
})
