// Packs the sentences that people read: 900 of them are 40 KB, and few calls show one.
import { parse } from 'acorn'
import { transform } from 'esbuild'
import { packedModule } from './packed.mjs'

// Shorter texts are not worth a call.
const LEAST_CHARACTERS = 20
const LEAST_SPACES = 2

// A name that no module gives to something else.
const CALL = '__sentence'

/**
 * Numbers the sentences of sources. `take` is given one without its types and puts a call in the place of each one that stands in a function of a module, so
 * that loading the module unpacks nothing; `fill` puts those that were taken into the finished bundle as one packed text.
 */
export async function collectSentences(sources) {
  const numbers = new Map()
  for (const source of sources) {
    for (const { text } of findSentences(await readable(source)))
      if (!numbers.has(text)) numbers.set(text, numbers.size)
  }
  const packed = packedModule('sentences', (text) => [
    'let texts',
    `export const sentence = (number) => (texts ??= unpack(${text}).split('\\n'))[number]`,
  ])
  return {
    plugin: packed.plugin,
    take(code) {
      const found = findSentences(code)
      if (found.length === 0) return code
      const pieces = []
      let from = 0
      for (const { start, end, text, write } of found) {
        pieces.push(code.slice(from, start), write(`${CALL}(${numbers.get(text)})`))
        from = end
      }
      return [`import { sentence as ${CALL} } from 'sentences'\n`, ...pieces, code.slice(from)].join('')
    },
    fill: (bundle) => packed.fill(bundle, [...numbers.keys()].join('\n')),
  }
}

/** The code of a source without its types. */
export const readable = async (source) => (await transform(source, { loader: 'ts', target: 'esnext' })).code

function findSentences(code) {
  const found = []
  const visit = (node, depth) => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, depth))
    if (!node || typeof node.type !== 'string') return
    if (depth > 0 && node.type === 'Literal' && isSentence(node.value))
      found.push({ start: node.start, end: node.end, text: node.value, write: (call) => call })
    if (depth > 0 && node.type === 'TemplateLiteral')
      for (const { start, end, value } of node.quasis)
        if (isSentence(value.cooked)) found.push({ start, end, text: value.cooked, write: (call) => `\${${call}}` })
    const inside = /Function/.test(node.type) ? depth + 1 : depth
    for (const [name, child] of Object.entries(node)) {
      if (name === 'key' && !node.computed) continue
      if (node.type === 'TaggedTemplateExpression' && name === 'quasi') continue
      if (child && typeof child === 'object') visit(child, inside)
    }
  }
  visit(parse(code, { ecmaVersion: 2022, sourceType: 'module' }).body, 0)
  return found.sort((a, b) => a.start - b.start)
}

function isSentence(text) {
  if (typeof text !== 'string' || text.length < LEAST_CHARACTERS || text.includes('\n')) return false
  return text.split(' ').length > LEAST_SPACES
}
