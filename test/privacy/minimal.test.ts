import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import type { Product } from '../app/product'
import { COLLEAGUE, startProduct, useHunter } from '../app/product'
import { begin, HUNTER, image, tabOf } from '../app/story'

const manifest = JSON.parse(readFileSync('dist/appsscript.json', 'utf8')) as {
  readonly oauthScopes: readonly string[]
  readonly exceptionLogging: string
}
const code = readFileSync('dist/Code.js', 'utf8')

// Each scope with what it is for: without one of them that call is refused (platform.md section 8).
const SCOPES: { readonly [scope: string]: RegExp } = {
  'spreadsheets.currentonly': /SpreadsheetApp\.getActive/,
  'script.external_request': /UrlFetchApp\.fetchAll/,
  'script.container.ui': /\.showSidebar\(/,
  'script.scriptapp': /ScriptApp\.newTrigger\(/,
}

test('the script asks for the open file, requests, its own screen and its trigger, and nothing else', () => {
  const asked = manifest.oauthScopes.map((scope) => scope.replace('https://www.googleapis.com/auth/', ''))
  expect(asked.sort()).toEqual(Object.keys(SCOPES).sort())
  for (const [scope, use] of Object.entries(SCOPES)) expect([scope, use.test(code)]).toEqual([scope, true])
  // Neither other files, nor mail, nor who the person is.
  expect(code).not.toMatch(/DriveApp|GmailApp|MailApp|getEffectiveUser|getActiveUser|openById|openByUrl/)
})

test('nothing is logged, by the script or by Google for it', () => {
  expect(manifest.exceptionLogging).toBe('NONE')
  expect(code).not.toMatch(/\bconsole\.(log|info|warn|error|debug|time)|\bLogger\.log/)
})

describe('with planted people', () => {
  let product: Product
  afterEach(() => product.stop())

  const word = fc.stringMatching(/^Q[a-z]{7,10}$/)
  const person = fc.record({ first: word, last: word, mailbox: fc.stringMatching(/^q[a-z]{9}$/) })
  const trouble = fc.constantFrom('none', 'garbage', 'page', 'error', 'dead', 'throttled')

  test('records of requests, properties and errors tell nobody who was asked about', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 2, maxLength: 3 }), trouble, async (people, kind) => {
        product = await startProduct({
          rows: [
            ['First name', 'Last name', 'Website', 'Personal email', 'Email'],
            ...people.map(({ first, last, mailbox }) => [first, last, 'everyone.example', `${mailbox}@x.example`, '']),
          ],
        })
        await useHunter(product)
        const said = people.map(({ first, last }) => `${first} ${last}`).join()
        product.vendors.script(HUNTER, (path) => {
          if (!path.includes('finder') || kind === 'none') return undefined
          const status = { garbage: 200, page: 200, error: 400, dead: 500, throttled: 429 }[kind]
          return { status, body: kind === 'page' ? `<html>${said}</html>` : `{"errors":[{"details":"${said}"}]}` }
        })
        const run = await begin(product)
        const ended = await product.execute('continueRun', run.id)
        await product.call('addSuppressed', people.map(({ mailbox }) => `${mailbox}@x.example`).join('\n'))
        const formula = await product.emulator.formula({
          name: 'ENRICH_EMAIL',
          args: [`${people[0]!.first} ${people[0]!.last}`, 'everyone.example'],
          user: COLLEAGUE,
        })
        expect(product.vendors.calls().length).toBeGreaterThan(0)
        const records = ['_enrich_ledger', '_enrich_suppressed', '_enrich_rows', '_enrich_damaged']
        const kept = JSON.stringify([
          records
            .filter((name) => product.store.tabs().some((tab) => tab.name === name))
            .map((name) => [name, image(product.store, name)]),
          product.emulator.properties('document'),
          product.emulator.properties({ user: 'owner' }),
          await product.call('exportUsage'),
          await product.call('register'),
          ended.error?.message,
          formula.error?.message,
        ])
        for (const { first, last, mailbox } of people)
          for (const text of [first, last, mailbox]) expect(kept.toLowerCase()).not.toContain(text.toLowerCase())
        expect(tabOf(product.store, '_enrich_journal').hidden).toBe(true)
        await product.stop()
      }),
      { numRuns: 8 },
    )
  })
})
