// Leaves out what only docs/confidence.md tells about the words of vendors: texts that no call reads, and every call loads.
import { parse } from 'acorn'

const OF_VOCABULARY = ['title', 'score', 'source']
const OF_WORD = ['means']

/** The code of a vendor whose vocabularies hold nothing but what their words are worth. */
export function dropMeanings(code) {
  const found = []
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (!node || typeof node.type !== 'string') return
    if (isVocabulary(node)) found.push(node)
    else Object.values(node).forEach((child) => child && typeof child === 'object' && visit(child))
  }
  visit(parse(code, { ecmaVersion: 2022, sourceType: 'module' }).body)
  const pieces = []
  let from = 0
  for (const node of found) {
    pieces.push(code.slice(from, node.start), without(code, node, OF_VOCABULARY))
    from = node.end
  }
  return [...pieces, code.slice(from)].join('')
}

const nameOf = ({ key }) => key?.name ?? key?.value

function isVocabulary({ type, properties }) {
  const names = type === 'ObjectExpression' ? properties.map(nameOf) : []
  return ['title', 'source', 'words'].every((name) => names.includes(name))
}

function without(code, { properties }, dropped) {
  const kept = properties.filter((property) => !dropped.includes(nameOf(property)))
  return `{ ${kept.map((property) => write(code, property)).join(', ')} }`
}

function write(code, property) {
  const { value } = property
  if (nameOf(property) !== 'words' || value.type !== 'ObjectExpression') return code.slice(property.start, property.end)
  const words = value.properties.map((word) =>
    word.value?.type === 'ObjectExpression'
      ? code.slice(word.start, word.value.start) + without(code, word.value, OF_WORD)
      : code.slice(word.start, word.end),
  )
  return `words: { ${words.join(', ')} }`
}
