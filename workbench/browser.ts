import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A started browser and how it was found. */
export interface LaunchedBrowser {
  readonly browser: Browser
  readonly via: string
}

interface Candidate {
  readonly name: string
  readonly options: () => Promise<LaunchOptions>
}

/** Without a sandbox, as root in a container has none; no font hinting, so that pictures look alike everywhere. */
const OWN_ARGS = ['--no-sandbox', '--disable-gpu', '--no-zygote', '--font-render-hinting=none']
const INSTALLED_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const CHANNELS = ['chrome', 'msedge', 'chromium']
const DISTRIBUTION = '/usr/bin/chromium'

/** Makes the package unpack its own NSS libraries and fonts, which a minimal system lacks. */
const UNPACK_LIBRARIES = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }

const UNPACK = 'workbench/unpack-chromium.mjs'

/** Files beside the unpacked browser: where it and its libraries are, and which fonts it may use. */
const PLACES = 'places.json'
const FONTS = 'fonts.conf'

/** Root of the checkout: the scripts of package.json run there. */
const root = process.cwd()

const packagedVersion = (): string => {
  const text = readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

/** The browser of the package, whole: unpacked aside and then renamed, as others may unpack at the same time. */
const unpackBrowser = async (): Promise<string> => {
  // A folder of its own version: the package takes whatever `chromium` lies in the temporary folder, however old.
  const folder = path.join(root, 'node_modules/.cache', `chromium-${packagedVersion()}`)
  if (existsSync(folder)) return folder
  mkdirSync(path.dirname(folder), { recursive: true })
  const aside = mkdtempSync(`${folder}.`)
  const { stdout } = await run(process.execPath, [UNPACK], {
    cwd: root,
    env: { ...process.env, ...UNPACK_LIBRARIES, TMPDIR: aside },
  })
  writeFileSync(path.join(aside, PLACES), stdout.replaceAll(aside, folder))
  // The package's own fonts.conf names /tmp/fonts, where nothing is; a browser without any font dies at a text field.
  writeFileSync(
    path.join(aside, FONTS),
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  )
  try {
    renameSync(aside, folder)
  } catch {
    // Another process was first.
    rmSync(aside, { recursive: true })
  }
  return folder
}

const packagedOptions = async (): Promise<LaunchOptions> => {
  const folder = await unpackBrowser()
  const { executablePath, libraries } = JSON.parse(readFileSync(path.join(folder, PLACES), 'utf8')) as {
    readonly executablePath: string
    readonly libraries: string
  }
  const own = { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: path.join(folder, FONTS) }
  return { executablePath, args: OWN_ARGS, env: { ...process.env, ...own } }
}

const candidates = (wish: string | undefined): readonly Candidate[] => {
  const packaged: Candidate = { name: 'npm package @sparticuz/chromium', options: packagedOptions }
  const canRunPackaged = process.platform === 'linux' && process.arch === 'x64'
  if (wish === 'bundled') return [packaged]
  if (wish) return [{ name: wish, options: async () => ({ executablePath: wish, args: INSTALLED_ARGS }) }]
  return [
    ...CHANNELS.map((channel) => ({
      name: `installed ${channel}`,
      options: async () => ({ channel, args: INSTALLED_ARGS }),
    })),
    { name: DISTRIBUTION, options: async () => ({ executablePath: DISTRIBUTION, args: INSTALLED_ARGS }) },
    ...(canRunPackaged ? [packaged] : []),
  ]
}

/**
 * Starts a headless browser: `$WORKBENCH_BROWSER` (a path, or `bundled` for the npm package), else an installed one,
 * else the one of the npm package (Linux on x64). Throws an error that lists all that was tried.
 */
export const launchBrowser = async (options: LaunchOptions = {}): Promise<LaunchedBrowser> => {
  const failures: string[] = []
  for (const { name, options: find } of candidates(process.env['WORKBENCH_BROWSER'])) {
    try {
      const browser = await chromium.launch({ headless: true, ...(await find()), ...options })
      return { browser, via: name }
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  const advice =
    'Install Chrome or Edge, run "npx playwright-core install chromium", or set WORKBENCH_BROWSER to a path.'
  throw new Error(`No browser could be started. Tried:\n  ${failures.join('\n  ')}\n${advice}`)
}
