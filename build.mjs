// Builds what is pushed to Apps Script: `dist/Code.js`, `dist/Sidebar.html` and `dist/appsscript.json`, nothing else.
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buildCode, buildSidebar } from './.build/bundle.mjs'

const root = process.cwd()

/** Writes the three files; an interrupted build leaves the old ones or the new ones, never half a file. */
async function build() {
  const [code, sidebar] = await Promise.all([buildCode(), buildSidebar()])
  const dist = path.join(root, 'dist')
  const next = path.join(root, '.cache/dist')
  const names = ['Code.js', 'Sidebar.html', 'appsscript.json']
  await Promise.all([mkdir(next, { recursive: true }), mkdir(dist, { recursive: true })])
  await Promise.all([
    writeFile(path.join(next, 'Code.js'), code.text),
    writeFile(path.join(next, 'Sidebar.html'), sidebar.text),
    copyFile(path.join(root, 'appsscript.json'), path.join(next, 'appsscript.json')),
  ])
  const old = (await readdir(dist)).filter((name) => !names.includes(name))
  await Promise.all(old.map((name) => rm(path.join(dist, name), { recursive: true })))
  await Promise.all(names.map((name) => rename(path.join(next, name), path.join(dist, name))))
  console.log(
    `dist/Code.js ${kilobytes(code.text)}, dist/Sidebar.html ${kilobytes(sidebar.text)}, dist/appsscript.json`,
  )
  console.log(`public functions: ${code.functions.join(', ')}`)
}

const kilobytes = (text) => `${(Buffer.byteLength(text) / 1024).toFixed(1)} KB`

build().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
