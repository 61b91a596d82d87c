import type { Plugin } from 'esbuild'

export const takeWhatIsNamed: Plugin
export const slimPhones: Plugin
export const slimDomains: Plugin
export const slimDisposable: Plugin
export const slimSchemas: Plugin
export const slimTables: Plugin

/** Points each `require` of a package in a source text to what the text names of it, or to what `taken` says. */
export function nameWhatIsTaken(source: string, taken?: ReadonlyMap<string, readonly string[]>): Promise<string>

/** The names that source texts take of each package, all together. */
export function namesTaken(sources: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>

/** Phone metadata that still tells valid numbers, their country and their type, but not how people print them. */
export function withoutFormats<T extends { readonly version: number }>(metadata: T): T
