import { cleanText, foldText } from './text'

/** A company's name as it should be written. */
export function normalizeCompanyName(text: string): string | undefined {
  return cleanText(text) || undefined
}

/** Equal for spellings of one company's name. Never written. */
export function companyMatchKey(text: string): string {
  return foldText(cleanText(text))
}
