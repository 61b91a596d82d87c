import { readFileSync } from 'node:fs'
import type { FormulaName } from '../../src/domain/formula-help'
import { FORMULA_HELP } from '../../src/domain/formula-help'
import type { Product } from './product'
import { OWNER, startProduct } from './product'

// Each example of the help is run in training on cells that stand as its page says (docs/formulas.md).

const PERSON = [['Ada Nowak', 'brightlake.example']]
const COMPANY = [['', 'lumen.example']]
const LIST = [
  ['First name', 'Last name', 'Company', 'Website'],
  ['Ada', 'Nowak', 'Lumen', 'lumen.example'],
]

// What stands from A2 on, from A1 on where there are headers.
const CELLS: { readonly [N in FormulaName]: readonly (readonly string[])[] } = {
  ENRICH_EMAIL: PERSON,
  ENRICH_PHONE: [['Ada Nowak', 'lumen.example']],
  ENRICH_LINKEDIN: PERSON,
  ENRICH_PERSON: [['Ada Nowak, lumen.example']],
  ENRICH_COMPANY: COMPANY,
  ENRICH: LIST,
  ENRICH_TECH: COMPANY,
  ENRICH_VERIFY: [['', '', 'ada.nowak@brightlake.example']],
  ENRICH_DOMAIN: [['https://www.brightlake.example/team']],
  ENRICH_CLEAN_PHONE: [['06 12 34 56 78']],
  ENRICH_CLEAN_EMAIL: [[' ADA.Nowak@Brightlake.example ']],
  ENRICH_CLEAN_LINKEDIN: [['http://uk.linkedin.com/in/Ada-Nowak/?trk=x']],
  ENRICH_SPLIT_NAME: [['Dr. Ada van der Berg']],
  ENRICH_IS_FREE_EMAIL: [['ada@gmail.com']],
  ENRICH_IS_ROLE_EMAIL: [['info@brightlake.example']],
  ENRICH_MATCH: [
    ['Robert', 'Smitherson', 'Cobalt Ltd', 'bob@cobalt.example'],
    ['Bob', 'Smitherson', 'Cobalt', 'r.smitherson@cobalt.example'],
  ],
}

// Right of all cells.
const FIRST = 8

let product: Product
beforeAll(async () => {
  product = await startProduct({ rows: [['']] })
})
afterAll(() => product.stop())

test.each(Object.keys(FORMULA_HELP) as FormulaName[])('%s: the page shows its example as it was run', async (name) => {
  const { example } = FORMULA_HELP[name]
  const tab = product.store.addTab(name, { rows: 30, columns: 26 })
  const cells = CELLS[name]
  const row = cells[0]![0] === 'First name' ? 0 : 1
  const columns = Math.max(...cells.map(({ length }) => length))
  product.store.write(
    tab.id,
    { row, column: 0, rows: cells.length, columns },
    cells.map((line) => Array.from({ length: columns }, (_, at) => ({ value: line[at] || null }))),
  )
  product.emulator.type(OWNER, tab.id, 'I1', example)
  await product.store.settled()
  const shown = product.store.display(tab.id, { row: 0, column: FIRST, rows: 3, columns: 6 })
  const result = shown.map((line) => line.filter((text) => text !== '').join(' · ')).filter((line) => line !== '')
  const given = cells.map((line) =>
    line
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join(' · '),
  )
  const line = `| \`${example}\` | ${given.join('<br>')} | ${result.join('<br>')} |`
  expect(result.join('')).not.toMatch(/^#/)
  expect(readFileSync('docs/formulas.md', 'utf8').replace(/ +\|/g, ' |')).toContain(line)
})
