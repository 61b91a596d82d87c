/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "require", "default"]}
 */
import { call } from '../../sidebar/call'
import { ConnectionLost, problemView } from '../../sidebar/connection'
import { Problem } from '../../src/domain/problem'
import { overview } from './samples'
import { type Heard, playServer, type Script } from './server'

function heard(): readonly Heard[] {
  return (window as unknown as { readonly heard: readonly Heard[] }).heard
}

async function failureOf(script: Script): Promise<unknown> {
  playServer(script)
  try {
    await call('settings')
  } catch (error) {
    return error
  }
  throw new Error('The call did not fail')
}

describe('call', () => {
  it('sends the name, the arguments as JSON, and the pass of the moment', async () => {
    playServer({ overview: [{ value: overview() }] })
    window.ENRICH_PASS = 'renewed'
    const ask = { scope: 'all', mapping: { 2: 'email', 3: null }, wanted: ['phone'] } as const
    await expect(call('overview', ask)).resolves.toEqual(overview())
    expect(heard()).toEqual([{ name: 'overview', args: [ask], pass: 'renewed' }])
  })

  it('waits for the page before the first question', async () => {
    playServer({ removePractice: [{ value: { removed: true } }] })
    delete window.ENRICH_PASS
    const state = jest.spyOn(document, 'readyState', 'get').mockReturnValue('interactive')
    const reply = call('removePractice')
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(heard()).toEqual([])
    window.ENRICH_PASS = 'late'
    window.dispatchEvent(new Event('load'))
    await reply
    expect(heard()[0]?.pass).toBe('late')
    state.mockRestore()
  })

  it('hands on a problem of the server with its action', async () => {
    const error = await failureOf({ settings: [{ problem: { message: 'Do this.', action: 'open_settings' } }] })
    expect(error).toBeInstanceOf(Problem)
    expect(error).not.toBeInstanceOf(ConnectionLost)
    expect(problemView(error)).toEqual({ message: 'Do this.', action: 'open_settings' })
  })

  it('refuses names and arguments that the server does not have', () => {
    const neverCalled = () => [
      // @ts-expect-error a misspelt name
      call('overveiw', { scope: 'all', mapping: {}, wanted: null }),
      // @ts-expect-error a scope that does not exist
      call('overview', { scope: 'some', mapping: {}, wanted: null }),
      // @ts-expect-error a missing argument
      call('startRun'),
      // @ts-expect-error an argument too many
      call('settings', 1),
      // @ts-expect-error a reply of another shape
      call('runStatus', 'run-1').then((run) => run.percent),
    ]
    expect(neverCalled).toBeInstanceOf(Function)
  })
})

describe('words for failures', () => {
  it.each([
    [
      "We're sorry, a server error occurred while reading from storage. Error code PERMISSION_DENIED.",
      /one account only/,
    ],
    ['Wir bedauern: Fehlercode PERMISSION_DENIED.', /one account only/],
    ['Authorization is required to perform that action.', /accept what Google asks/],
    ['Specified permissions are not sufficient to call Ui.showSidebar.', /accept what Google asks/],
    ['Exceeded maximum execution time', /took too long.*goes on from there/],
    ['Service invoked too many times for one day: urlfetch.', /Try again tomorrow/],
    ['NetworkError: Connection failure due to HTTP 502', /Check the network/],
    ['TypeError: x is undefined', /Google said: "TypeError: x is undefined"\. Try again/],
    ['', /stopped unexpectedly\. What was done is kept\. Try again/],
  ])('%s', async (fails, words) => {
    const error = await failureOf({ settings: [{ fails }] })
    expect(error).toBeInstanceOf(ConnectionLost)
    expect(problemView(error)).toEqual({ message: expect.stringMatching(words), action: 'try_again' })
  })

  it('never repeats an address, which may hold a key', async () => {
    const error = await failureOf({
      settings: [{ fails: 'Request failed for https://api.example.com/v2?api_key=abc123' }],
    })
    expect(problemView(error).message).not.toMatch(/example\.com|abc123/)
  })

  it.each([['null'], ['[]'], ['<html>'], ['{"other":1}'], [''], [null]])(
    'an answer that is no reply: %s',
    async (text) => {
      const error = await failureOf({ settings: [{ text }] })
      expect(problemView(error).message).toMatch(/does not understand/)
    },
  )

  it('says so outside of a sheet', async () => {
    playServer({})
    Object.assign(window, { google: undefined })
    await expect(call('settings')).rejects.toThrow(/not connected to a sheet/)
  })
})
