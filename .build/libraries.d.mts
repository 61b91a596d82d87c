import type { Plugin } from 'esbuild'

export const takeWhatIsNamed: Plugin
export const slimPhones: Plugin
export const slimDomains: Plugin
export const slimDisposable: Plugin
export const slimSchemas: Plugin

/** Points each `require` of a package in a source text to what the text names of it. */
export function nameWhatIsTaken(source: string): Promise<string>

/** Phone metadata that still tells valid numbers, their country and their type, but not how people print them. */
export function withoutFormats<T extends { readonly version: number }>(metadata: T): T

/** Packs the long lists of words of a source of ours, told by its path, into the one place that reads them. */
export function packLists(source: string, file: string): string
