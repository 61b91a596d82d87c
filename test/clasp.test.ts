import { execFileSync } from 'node:child_process'
import path from 'node:path'

// Asks clasp itself; this command reads .clasp.json and .claspignore and needs no login.
test('clasp would push the manifest, the script and the sidebar, nothing else', () => {
  const clasp = path.resolve('node_modules/.bin/clasp')
  const reply = execFileSync(clasp, ['show-file-status', '--json'], { encoding: 'utf8', shell: true })
  const { filesToPush } = JSON.parse(reply) as { readonly filesToPush: readonly string[] }
  const names = filesToPush.map((file) => file.replaceAll('\\', '/'))
  expect([...names].sort()).toEqual(['dist/Code.js', 'dist/Sidebar.html', 'dist/appsscript.json'])
})
