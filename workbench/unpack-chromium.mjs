// Unpacks the browser of @sparticuz/chromium and prints where it is and which libraries it needs. A process of its own
// for workbench/browser.ts: the package is an ES module, which jest cannot import, and it changes the environment.
import packaged from '@sparticuz/chromium'

const executablePath = await packaged.executablePath()
console.log(JSON.stringify({ executablePath, libraries: process.env.LD_LIBRARY_PATH }))
