import { startScript } from './people'

test('a script reads and writes the sheet, properties, cache and lock', async () => {
  const google = await startScript(`
    function go(x) {
      const sheet = SpreadsheetApp.getActiveSpreadsheet().getActiveSheet()
      sheet.getRange(1, 1, 2, 2).setValues([['a', 1], [true, new Date(Date.UTC(2026, 0, 2))]])
      PropertiesService.getDocumentProperties().setProperty('k', 'v')
      CacheService.getUserCache().put('c', 'd')
      const lock = LockService.getDocumentLock()
      lock.waitLock(1000)
      lock.releaseLock()
      console.log('hello', { x })
      const values = sheet.getRange('A1:B2').getValues()
      return [values[0], values[1][0], values[1][1] instanceof Date, values[1][1].getTime(), values instanceof Array,
        PropertiesService.getDocumentProperties().getProperty('k'), CacheService.getUserCache().get('c')]
    }`)
  const ended = await google.run('go', { args: [7] })
  expect(ended).toMatchObject({
    state: 'returned',
    value: [['a', 1], true, true, Date.UTC(2026, 0, 2), true, 'v', 'd'],
    logs: ['hello {"x":7}'],
  })
  expect(ended.calls).toContain('Range.setValues')
  expect(ended.tookMs).toBeGreaterThan(400)
  await google.stop()
})

test('speed', async () => {
  const google = await startScript(`
    function calls(n) { const s = SpreadsheetApp.getActiveSpreadsheet(); for (let i = 0; i < n; i++) s.getSheetByName('Sheet1'); return 1 }
    function empty() { return 1 }
    function big() {
      const sheet = SpreadsheetApp.getActiveSheet()
      sheet.insertRowsAfter(1000, 9500)
      const rows = Array.from({ length: 10000 }, (_, r) => Array.from({ length: 20 }, (_, c) => 'cell ' + r + ' ' + c))
      sheet.getRange(1, 1, 10000, 20).setValues(rows)
      SpreadsheetApp.flush()
      return sheet.getDataRange().getValues().length
    }`)
  for (const [name, args, times] of [
    ['empty', [], 1],
    ['empty', [], 200],
    ['calls', [2000], 1],
    ['big', [], 1],
    ['big', [], 1],
  ] as const) {
    const at = performance.now()
    let value: unknown
    for (let i = 0; i < times; i++) value = (await google.run(name, { args })).value
    console.log(name, value, times, (performance.now() - at).toFixed(1))
  }
  await google.stop()
})

test('a kill is reported and the worker lives on', async () => {
  const google = await startScript(
    `
    function go() { try { Utilities.sleep(1); SpreadsheetApp.getActiveSheet().getRange('A1').setValue('x'); Utilities.sleep(7 * 60000) } finally { PropertiesService.getScriptProperties().setProperty('f', '1') } }
    function hang() { for (;;); }
    function ok() { return SpreadsheetApp.getActiveSheet().getRange('A1').getValue() }`,
    { hangMs: 300 },
  )
  expect(await google.run('go')).toMatchObject({ state: 'killed' })
  expect(await google.run('ok')).toMatchObject({ state: 'returned', value: '' })
  expect(await google.run('hang')).toMatchObject({ state: 'killed' })
  expect(await google.run('ok')).toMatchObject({ state: 'returned', value: '' })
  expect(google.properties('script')).toEqual({})
  await google.stop()
})
