import type { SuppressedHashes } from '../src/app/api-types'

/** What names a file that holds an exported never-look-up list. */
const KIND = 'enrich never-look-up list'

// The server takes half a million characters at once.
const MOST_CHARS = 400_000
const MOST_HASHES = 10_000

/** A text in parts that the server takes, cut between lines; each begins with the first line, which may hold the headers. */
export function partsOf(text: string): readonly string[] {
  const [head = '', ...lines] = text.split(/\r?\n/)
  const parts: string[] = []
  let part = head
  for (const line of lines) {
    if (part.length + line.length >= MOST_CHARS) {
      parts.push(part)
      part = head
    }
    part += `\n${line}`
  }
  return [...parts, part]
}

/** A never-look-up list as the text of a file. */
export function listFile(parts: readonly SuppressedHashes[]): string {
  return JSON.stringify({ kind: KIND, version: 1, parts })
}

/** The hashes in a file that `listFile` made, in parts that the server takes; undefined for any other text. */
export function readListFile(text: string): readonly SuppressedHashes[] | undefined {
  const parts = partsIn(text)
  return parts?.flatMap(({ salt, hashes }) =>
    Array.from({ length: Math.ceil(hashes.length / MOST_HASHES) }, (_, index) => ({
      salt,
      hashes: hashes.slice(index * MOST_HASHES, (index + 1) * MOST_HASHES),
    })),
  )
}

function partsIn(text: string): readonly SuppressedHashes[] | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const read = JSON.parse(text) as { readonly kind?: unknown; readonly parts?: unknown }
    return read.kind === KIND && Array.isArray(read.parts) ? (read.parts as readonly SuppressedHashes[]) : undefined
  } catch {
    return undefined
  }
}
