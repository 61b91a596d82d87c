import { googleHost } from '../../src/appsscript/google-host'

const request = { url: 'https://api.vendor.example/v1', method: 'get', headers: {}, timeoutSeconds: 25 } as const

// What Google does with a charset that nobody knows is not sourced.
test('a reply that cannot be read takes no other reply of its wave with it', () => {
  const reply = (text: () => string) => ({
    getAllHeaders: () => ({ 'Content-Type': 'application/json' }),
    getContentText: text,
    getResponseCode: () => 200,
  })
  const unreadable = () => {
    throw new Error('Unbekannter Zeichensatz')
  }
  Object.assign(globalThis, {
    SpreadsheetApp: { getActiveSpreadsheet: () => ({}) },
    UrlFetchApp: { fetchAll: () => [reply(() => '{"paid":true}'), reply(unreadable)] },
  })
  expect(googleHost().send([request, request])).toMatchObject({
    kind: 'answered',
    responses: [{ text: '{"paid":true}' }, { status: 200, text: '' }],
  })
})
