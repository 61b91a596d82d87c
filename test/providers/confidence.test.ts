import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Vocabulary } from '../../src/domain/vocabulary'
import { PROVIDERS } from '../../src/providers'
import { grade, UNSCORED } from '../../src/providers/confidence'

const vocabularies = [...new Set(PROVIDERS.flatMap((provider) => provider.vocabularies))]

/** The table as the page shows it. */
function tableOf({ title, score, source, words }: Vocabulary): string {
  const rows = Object.entries(words).map(
    ([word, { means, status, atMost }]) => `| \`${word}\` | ${means} | ${status ?? ''} | ${atMost} |`,
  )
  const number = score ? `Number: ${score}.` : 'No number: our estimate.'
  const head = ['| word | what it says | status | at most |', '| --- | --- | --- | --- |']
  return [`## ${title}`, '', `${number} Source: ${source}`, '', ...head, ...rows].join('\n')
}

/** Without the spaces that align its columns. */
const plain = (text: string) => text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---')

const PAGE = join(__dirname, '../../docs/confidence.md')

/** The page with its tables as the vendors' files say; what stands before the first table is written by hand. */
function pageOf(page: string): string {
  return `${page.slice(0, page.indexOf('\n## '))}\n${vocabularies.map(tableOf).join('\n\n')}\n`
}

test('docs/confidence.md shows the vocabularies of all vendors (UPDATE_DOCS=1 writes them)', () => {
  const page = readFileSync(PAGE, 'utf8')
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, pageOf(page))
  expect(plain(readFileSync(PAGE, 'utf8'))).toBe(plain(pageOf(page)))
})

test('a word never gives more than its row, and without a number never more than 0.7', () => {
  const score = fc.option(fc.oneof(fc.double(), fc.integer({ min: -10, max: 110 })))
  fc.assert(
    fc.property(fc.constantFrom(...vocabularies), fc.string(), score, (vocabulary, other, given) => {
      const { words } = vocabulary
      for (const word of [...Object.keys(words), other, '__proto__', 'constructor']) {
        const { confidence, estimated } = grade(vocabulary, word, given)
        const row = Object.entries(words).find(([own]) => own === word)?.[1]
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(row?.atMost ?? UNSCORED)
        expect(estimated === true).toBe(given === null || !Number.isFinite(given))
        if (estimated) expect(confidence).toBeLessThanOrEqual(0.7)
      }
    }),
  )
})

test('catch-all and unknown are never valid', () => {
  for (const vocabulary of vocabularies)
    for (const word of ['accept_all', 'webmail', 'unknown', 'catch-all', ''])
      expect(grade(vocabulary, word).status).not.toBe('valid')
})
