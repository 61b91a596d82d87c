import { launchBrowser } from './browser'
import { chooseMenuItem, openDemo, selectRange, settle, sidebarFrame, startDemo } from './page/driver'
const main = async () => {
  const demo = await startDemo({ sample: process.argv[2] ?? 'workbench/samples/leads-10k.csv' })
  const { browser } = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 } })
  page.on('pageerror', (e) => console.log('ERR', e.message))
  await openDemo(page, demo)
  await selectRange(page, 'A2'); await settle(page)
  let t = Date.now(); const lap = (n: string) => { console.log(n, ((Date.now() - t) / 1000).toFixed(1)); t = Date.now() }
  await chooseMenuItem(page, 'Find duplicates')
  const f = () => sidebarFrame(page)
  await f().getByRole('heading', { name: /^Find dup/ }).waitFor({ timeout: 200_000 }); lap('open')
  await f().getByRole('button', { name: 'Look for duplicates' }).click()
  // longest gap between animation frames in the sidebar
  await f().locator('body').evaluate(() => { const w = window as any; w.gap = 0; w.last = performance.now(); const tick = () => { const n = performance.now(); w.gap = Math.max(w.gap, n - w.last); w.last = n; requestAnimationFrame(tick) }; tick() })
  let reading = true
  const poll = async () => { while (reading) { const o = await f().locator('output').first().textContent().catch(() => ''); if (o && !/Reading rows/.test(o)) { lap('rows read'); reading = false } await new Promise((r) => setTimeout(r, 50)) } }
  void poll()
  await f().getByRole('heading', { name: /too many/ }).waitFor({ timeout: 300_000 }); reading = false; lap('searched')
  console.log('longest gap ms', await f().locator('body').evaluate(() => Math.round((window as any).gap)))
  console.log(await f().locator('h2').innerText(), await f().locator('.figure').allInnerTexts())
  const b = f().getByRole('button', { name: /^Merge \d/ })
  await b.click(); await f().getByRole('button', { name: /^Merge \d/ }).click()
  await f().getByRole('heading', { name: /^(Merged|Nothing)/ }).waitFor({ timeout: 900_000 }); lap('merged')
  console.log(await f().locator('.screen').innerText())
  await f().getByRole('button', { name: 'Undo this merge' }).click(); await f().getByRole('button', { name: 'Undo this merge' }).click()
  await f().getByRole('heading', { name: 'Undone' }).waitFor({ timeout: 900_000 }); lap('undone')
  console.log(await f().locator('.screen').innerText())
  await browser.close(); await demo.stop()
}
main().catch((e) => { console.error(e); process.exit(1) })
