// The list of public suffixes as text: a line a node with its flag and its labels, then a character for each edge that says
// which node follows. Both ways stand here, because each must know the other.

const FIRST = 32

/** The list of tldts as text. */
export function writeTrie({ nodeFlags, edgeStart, edgeLength, edgeChild, labelText }) {
  let offset = 0
  const edges = Array.from(edgeLength, (length, edge) => {
    offset += length
    return { label: labelText.slice(offset - length, offset), child: edgeChild[edge] }
  })
  const nodes = Array.from(nodeFlags, (flag, node) => {
    const own = edges.slice(edgeStart[node], edgeStart[node + 1]).sort((a, b) => (a.label < b.label ? -1 : 1))
    return { line: [flag, ...own.map(({ label }) => label)].join(' '), children: own.map(({ child }) => child) }
  })
  const children = nodes.flatMap((node) => node.children.map((child) => String.fromCharCode(FIRST + child)))
  return `${nodes.map(({ line }) => line).join('\n')}\n\n${children.join('')}`
}

/** The arrays of tldts from their text: within a node in the order of hashes, by which it searches. */
export function readTrie(text) {
  const [nodes, children] = text.split('\n\n')
  const nodeFlags = []
  const edgeStart = [0]
  const edges = []
  let at = 0
  for (const line of nodes.split('\n')) {
    const [flag, ...labels] = line.split(' ')
    nodeFlags.push(Number(flag))
    const own = labels.map((label) => ({ label, hash: hashOf(label), child: children.charCodeAt(at++) - FIRST }))
    for (const edge of own.sort((a, b) => a.hash - b.hash)) edges.push(edge)
    edgeStart.push(edges.length)
  }
  return {
    nodeFlags: Uint8Array.from(nodeFlags),
    edgeStart: Uint16Array.from(edgeStart),
    edgeLength: Uint8Array.from(edges, ({ label }) => label.length),
    edgeChild: Uint16Array.from(edges, ({ child }) => child),
    labelText: edges.map(({ label }) => label).join(''),
  }
}

// As tldts hashes a label.
function hashOf(label) {
  let hash = 5381
  for (let at = label.length - 1; at >= 0; at--) hash = (hash * 33) ^ label.charCodeAt(at)
  return hash >>> 0
}
