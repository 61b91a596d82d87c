import { build } from 'esbuild'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../../workbench/browser'
import { overview, waterfalls } from './samples'
import { playServer } from './server'
import { type Seen, STATES, type StateCase } from './states'

/** Where `PICTURES=1 npx jest test/sidebar/browser.test.ts` puts a picture of each state, for people to look at. */
const PICTURES = '.cache/pictures/sidebar'
/** The width of a sidebar in Google Sheets (platform.md section 6). */
const WIDTH = 300

let browser: Browser
/** One page for all states: each is a document of its own in it. */
let page: Page
let crashes: string[]
/** What the next document begins with. */
let prelude = ''
const files = new Map<string, string>()
// From a server with addresses that may be kept: the browser compiles the sidebar and axe once, not for each state.
const server = createServer((request, response) => {
  const file = files.get(request.url ?? '')
  response.setHeader('cache-control', file === undefined || request.url === '/' ? 'no-store' : 'max-age=3600')
  response.setHeader('content-type', request.url?.endsWith('.js') ? 'text/javascript' : 'text/html')
  response.end((file ?? '').replace('<!-- server -->', () => prelude))
})

beforeAll(async () => {
  const [bundle] = (
    await build({
      entryPoints: ['sidebar/main.tsx'],
      bundle: true,
      minify: true,
      write: false,
      jsx: 'automatic',
      jsxImportSource: 'preact',
    })
  ).outputFiles
  files.set('/sidebar.js', bundle?.text ?? '')
  files.set('/axe.js', readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
  const html = readFileSync('sidebar/index.html', 'utf8')
    .replace('<!-- style -->', () => `<style>${readFileSync('sidebar/style.css', 'utf8')}</style>`)
    .replace('<!-- script -->', '<!-- server --><script src="/sidebar.js"></script>')
  files.set('/', html)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  mkdirSync(PICTURES, { recursive: true })
  browser = (await launchBrowser()).browser
  page = await browser.newPage({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => crashes.push(error.message))
})

beforeEach(() => {
  crashes = []
})

afterEach(() => expect(crashes).toEqual([]))

afterAll(async () => {
  await browser.close()
  server.close()
})

function locate([role, name]: Seen): Locator {
  if (role === 'text') return page.getByText(name).first()
  // The name of an alert is not computed from its content, so its text is compared.
  if (role === 'alert') return page.getByRole('alert').filter({ hasText: name }).first()
  return page.getByRole(role as 'button', { name, exact: true }).first()
}

async function reach({ script, open, steps }: StateCase, height: number): Promise<void> {
  await page.setViewportSize({ width: WIDTH, height })
  // Not over what the last state pressed.
  await page.mouse.move(0, 0)
  const played = `(${playServer.toString()})(${JSON.stringify(script)}); window.ENRICH_OPEN = ${JSON.stringify(open ?? 'enrich')}`
  prelude = `<script>${played.replaceAll('</', '<\\/')}</script>`
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  for (const step of steps ?? []) {
    if ('key' in step) await page.keyboard.press(step.key)
    else if ('type' in step) await locate(step.type).fill(step.text)
    else if ('choose' in step) await locate(step.choose).selectOption({ label: step.option })
    else await locate(step.press).click()
  }
}

it.each(STATES)(
  '$name: says what a person must know, fits, reads well and is within reach of everyone',
  async (one) => {
    await reach(one, 640)
    for (const seen of one.sees) await locate(seen).waitFor()
    for (const text of one.says ?? []) await page.getByText(text).first().waitFor({ state: 'attached' })
    for (const lack of one.lacks ?? []) expect([lack, await locate(lack).count()]).toEqual([lack, 0])
    expect(await page.locator('.button.primary').count()).toBeLessThanOrEqual(1)

    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(WIDTH)

    await page.addScriptTag({ url: '/axe.js' })
    const violations = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as { readonly axe: typeof import('axe-core') }
      const found = (await checker.run({ resultTypes: ['violations'] })).violations
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    })
    expect(violations).toEqual([])

    if (!process.env['PICTURES']) return
    // As high as its content, so that the docked buttons stand at its end.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: WIDTH, height })
    await page.screenshot({ path: path.join(PICTURES, `${one.name.replace(/[^a-z]+/gi, '-')}.png`) })
  },
)

const withGap = (part: Parameters<typeof overview>[0]): StateCase => ({
  name: 'gap',
  script: { overview: [{ value: overview(part) }] },
  steps: [{ press: ['button', 'See what it will cost'] }],
  sees: [],
})

it.each([
  { gap: 'Answer the four questions first: a run needs a reason.', part: { basis: null } },
  { gap: 'Choose at least one thing to find.', part: { wanted: [] } },
  { gap: 'Enter how many credits this run may spend at most.', part: { cap: -1 } },
])('"$gap" is in sight after the press that it complains of', async ({ gap, part }) => {
  for (const height of [560, 640, 720]) {
    await reach(withGap(part), height)
    const complaint = page.getByText(gap)
    await complaint.waitFor()
    const isInSight = () =>
      complaint.evaluate((element) => {
        const { left, top, bottom } = element.getBoundingClientRect()
        const at = (y: number) => element.contains(document.elementFromPoint(left + 5, y))
        return at(top + 2) && at(bottom - 2)
      })
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect({ height, isInSight: await isInSight() }).toEqual({ height, isInSight: true })
  }
})

it('a vendor is dragged to its place, with the pointer held all the way', async () => {
  const drag: StateCase = {
    name: 'drag',
    open: 'waterfall',
    script: { waterfalls: [{ value: waterfalls() }] },
    steps: [{ press: ['button', /^Email Changed/] }],
    sees: [],
  }
  await reach(drag, 1_000)
  const order = () =>
    page.locator('[data-vendor]').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['vendor']))
  const middle = async (vendor: string) => {
    const { x, y, height } = (await page.locator(`[data-vendor="${vendor}"] .head`).boundingBox())!
    return { x: x + 12, y: y + height / 2 }
  }
  expect(await order()).toEqual(['prospeo', 'hunter', 'from_row', 'long'])
  const from = await middle('prospeo')
  const to = await middle('long')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y + 60, { steps: 12 })
  expect(await page.locator('.dragged').getAttribute('data-vendor')).toBe('prospeo')
  await page.mouse.up()
  expect(await order()).toEqual(['hunter', 'from_row', 'long', 'prospeo'])
  expect(await page.locator('.dragged').count()).toBe(0)
  const back = await middle('prospeo')
  await page.mouse.move(back.x, back.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y - 20, { steps: 12 })
  await page.mouse.up()
  expect(await order()).toEqual(['prospeo', 'hunter', 'from_row', 'long'])
  // Without a vendor in hand nothing follows the pointer.
  await page.mouse.move(to.x, to.y, { steps: 3 })
  expect(await order()).toEqual(['prospeo', 'hunter', 'from_row', 'long'])
})
