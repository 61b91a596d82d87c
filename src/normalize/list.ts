import { cleanText } from './text'

/** The parts of a list as one cell text: cleaned, distinct without regard to case, joined with `; `. Empty when none is left. */
export function joinList(parts: readonly string[]): string {
  const distinct = new Map<string, string>()
  for (const part of parts) {
    const clean = cleanText(part).replace(/^[-•·*,\s]+|[,\s]+$/g, '')
    const key = clean.toLowerCase()
    if (clean && !distinct.has(key)) distinct.set(key, clean)
  }
  return cleanText([...distinct.values()].join('; '))
}

/** A list from text: parts split at `;`, `|`, bullets and line breaks, or at commas when there is nothing else. */
export function normalizeList(text: string): string | undefined {
  const list = joinList(text.split(/[;|•\r\n]+/))
  if (list.includes('; ')) return list
  return joinList(list.split(/,\s*/)) || undefined
}
