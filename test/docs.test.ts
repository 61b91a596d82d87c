import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { FORMULA_HELP } from '../src/domain/formula-help'

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs').flatMap((file) => (/\.md$/.test(file) ? [`docs/${file}`] : [])),
]
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: { readonly [name: string]: string }
}

interface Mention {
  readonly page: string
  readonly text: string
}

/** What a pattern finds in the pages: its first group. */
function mentions(
  pattern: RegExp,
  texts = PAGES.map((page) => ({ page, text: readFileSync(page, 'utf8') })),
): Mention[] {
  return texts.flatMap(({ page, text }) => [...text.matchAll(pattern)].map((found) => ({ page, text: found[1] ?? '' })))
}

/** `[words](address)` and `![words](address)`. */
const LINK = /\]\(([^)\s]+)\)/g
/** A command of package.json as a page names it. */
const COMMAND = /\bnpm (?:run )?(?:-s )?((?<=run |run -s )[\w:-]+|test\b)/g
/** A file of this repository between backticks: a known folder, then a name with an ending. NAME stands for any name. */
const FILE = /`((?:src|sidebar|workbench|bench|test|docs)\/[\w./-]+\.\w+)`/g

/** The anchors of a page: its headings as GitHub names them. */
function anchors(file: string): readonly string[] {
  return mentions(/^#+ (.+)$/gm, [{ page: file, text: readFileSync(file, 'utf8') }]).map(({ text }) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

function whyBroken({ page, text }: Mention): string | undefined {
  if (/^(https?|mailto):/.test(text)) return undefined
  const [file = '', anchor] = text.split('#')
  const target = file === '' ? page : path.join(path.dirname(page), file)
  if (!existsSync(target)) return `${page}: ${text} does not exist`
  if (anchor !== undefined && !anchors(target).includes(anchor)) return `${page}: ${text} is no heading there`
  return undefined
}

test('every link and picture leads somewhere', () => {
  const links = mentions(LINK)
  expect(links.length).toBeGreaterThan(50)
  expect(links.flatMap((link) => whyBroken(link) ?? [])).toEqual([])
})

test('a broken link, anchor or picture is noticed', () => {
  const text = '[a](nowhere.md) ![b](pictures/nothing.png) [c](#no-such-heading) [d](https://example.com/x)'
  const broken = mentions(LINK, [{ page: 'docs/user-guide.md', text }]).flatMap((link) => whyBroken(link) ?? [])
  expect(broken).toHaveLength(3)
})

test('every command of npm is one of package.json', () => {
  const commands = mentions(COMMAND)
  expect(new Set(commands.map(({ text }) => text)).size).toBeGreaterThan(5)
  expect(commands.filter(({ text }) => scripts[text] === undefined)).toEqual([])
})

test('every file that is named exists', () => {
  const files = mentions(FILE)
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter(({ text }) => !text.includes('NAME') && !existsSync(text))).toEqual([])
})

test('every picture is used and small', () => {
  const used = new Set(mentions(LINK).map(({ page, text }) => path.join(path.dirname(page), text)))
  const pictures = readdirSync('docs/pictures').map((file) => `docs/pictures/${file}`)
  expect(pictures.filter((file) => !used.has(file))).toEqual([])
  expect(pictures.filter((file) => readFileSync(file).length > 120 * 1024)).toEqual([])
})

test('docs/formulas.md has every function as the table of formulas says it', () => {
  const page = readFileSync('docs/formulas.md', 'utf8').replace(/ +\|/g, ' |')
  const rows = Object.entries(FORMULA_HELP).map(([name, { params, about, example }]) => {
    const args = params.map((param) => (param.optional ? `[${param.name}]` : param.name)).join(', ')
    return `| \`${name}(${args})\` | ${about} | \`${example}\` |`
  })
  expect(rows.filter((row) => !page.includes(row))).toEqual([])
})
