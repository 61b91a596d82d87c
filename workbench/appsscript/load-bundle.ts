import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Bundle } from './contract'

/** Reads what would be pushed to Google: `Code.js`, the HTML files and the manifest. Throws if one is missing. */
export function loadBundle(folder: string): Bundle {
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8')
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'))
  return {
    code: read('Code.js'),
    html: Object.fromEntries(pages.map((name) => [name.slice(0, -'.html'.length), read(name)])),
    manifest: JSON.parse(read('appsscript.json')) as Bundle['manifest'],
  }
}
