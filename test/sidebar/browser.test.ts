import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { buildSidebar } from '../../.build/bundle.mjs'
import { launchBrowser } from '../../workbench/browser'
import { overview, waterfalls } from './samples'
import { playServer } from './server'
import { type Seen, STATES, type StateCase } from './states'

const PICTURES = '.cache/pictures/sidebar'
/** The width of a sidebar in Google Sheets (platform.md section 6). */
const WIDTH = 300

let browser: Browser
let html: string
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

beforeAll(async () => {
  html = (await buildSidebar()).text
  mkdirSync(PICTURES, { recursive: true })
  browser = (await launchBrowser()).browser
})

afterAll(() => browser.close())

function locate(page: Page, [role, name]: Seen): Locator {
  if (role === 'text') return page.getByText(name).first()
  return page.getByRole(role as 'button', { name }).first()
}

async function reach(page: Page, { script, open, steps }: StateCase): Promise<void> {
  await page.addInitScript({
    content: `(${playServer.toString()})(${JSON.stringify(script)}); window.ENRICH_OPEN = ${JSON.stringify(open ?? 'enrich')}`,
  })
  await page.route('http://sidebar.test/', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto('http://sidebar.test/')
  for (const step of steps ?? []) {
    if ('key' in step) await page.keyboard.press(step.key)
    else if ('type' in step) await locate(page, step.type).fill(step.text)
    else await locate(page, step.press).click()
  }
}

it.each(STATES)('$name: fits, reads well and is within reach of everyone', async (one) => {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 640 }, reducedMotion: 'reduce' })
  const crashes: string[] = []
  page.on('pageerror', (error) => crashes.push(error.message))
  await reach(page, one)
  for (const seen of one.sees.filter(([role]) => role !== 'alert')) await locate(page, seen).waitFor()
  for (const text of one.says ?? []) await page.getByText(text).first().waitFor({ state: 'attached' })

  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(WIDTH)

  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { readonly axe: typeof import('axe-core') }
    const found = (await checker.run()).violations
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  })
  expect(violations).toEqual([])
  expect(crashes).toEqual([])

  // As high as its content, so that the docked buttons stand at its end.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: WIDTH, height })
  await page.screenshot({ path: path.join(PICTURES, `${one.name.replace(/[^a-z]+/gi, '-')}.png`) })
  await page.close()
})

const withGap = (part: Parameters<typeof overview>[0]): StateCase => ({
  name: 'gap',
  script: { overview: [{ value: overview(part) }] },
  steps: [{ press: ['button', 'See what it will cost'] }],
  sees: [],
})

it.each([
  { gap: 'Say why: a run needs a reason.', part: { purpose: '' } },
  { gap: 'Choose at least one thing to find.', part: { wanted: [] } },
  { gap: 'Enter how many credits this run may spend at most.', part: { cap: -1 } },
])('"$gap" is in sight after the press that it complains of', async ({ gap, part }) => {
  for (const height of [560, 640, 720]) {
    const page = await browser.newPage({ viewport: { width: WIDTH, height }, reducedMotion: 'reduce' })
    await reach(page, withGap(part))
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
    await page.close()
  }
})

it('a vendor is dragged to its place, with the pointer held all the way', async () => {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1_000 }, reducedMotion: 'reduce' })
  await reach(page, {
    name: 'drag',
    open: 'waterfall',
    script: { waterfalls: [{ value: waterfalls() }] },
    steps: [{ press: ['button', /^Email Changed/] }],
    sees: [],
  })
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
  await page.close()
})
