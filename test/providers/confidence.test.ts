import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Vocabulary, VocabularyName } from '../../src/providers/confidence'
import { CONFIDENCE, grade, UNSCORED } from '../../src/providers/confidence'

const names = Object.keys(CONFIDENCE) as VocabularyName[]

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

test.each(names)('docs/confidence.md shows %s as it is', (name) => {
  const page = readFileSync(join(__dirname, '../../docs/confidence.md'), 'utf8')
  expect(plain(page)).toContain(plain(tableOf(CONFIDENCE[name])))
})

test('docs/confidence.md shows nothing else', () => {
  const page = readFileSync(join(__dirname, '../../docs/confidence.md'), 'utf8')
  expect(page.match(/^## .*$/gm)).toEqual(names.map((name) => `## ${CONFIDENCE[name].title}`))
})

test('a word never gives more than its row, and without a number never more than 0.7', () => {
  const score = fc.option(fc.oneof(fc.double(), fc.integer({ min: -10, max: 110 })))
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), score, (name, other, given) => {
      const { words }: Vocabulary = CONFIDENCE[name]
      for (const word of [...Object.keys(words), other, '__proto__', 'constructor']) {
        const { confidence, estimated } = grade(name, word, given)
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
  for (const name of names)
    for (const word of ['accept_all', 'webmail', 'unknown', 'catch-all', ''])
      expect(grade(name, word).status).not.toBe('valid')
})
