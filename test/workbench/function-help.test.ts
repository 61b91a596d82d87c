import { readFileSync } from 'node:fs'
import { FORMULA_HELP } from '../../src/domain/formula-help'
import { readFunctionHelp } from '../../workbench/page/function-help'

test('what the built script says about its functions is the whole table', () => {
  const table = Object.entries(FORMULA_HELP).map(([name, { about, params, example }]) => ({
    name,
    about: `${about}\nExample: ${example}`,
    params: params.map((param) => ({ ...param, optional: 'optional' in param })),
  }))
  expect(readFunctionHelp(readFileSync('dist/Code.js', 'utf8'))).toEqual(table)
})

test('functions that are not for cells are not offered', () => {
  const code = `
/** Not for cells. */
function secret(a) {}
/**
 * Doubles.
 * It is exact.
 * @param {number} [value] A number.
 * @customfunction
 */
function DOUBLE(value) {}
function SILENT() {}`
  const value = { name: 'value', about: 'A number.', optional: true }
  expect(readFunctionHelp(code)).toEqual([{ name: 'DOUBLE', about: 'Doubles.\nIt is exact.', params: [value] }])
})
