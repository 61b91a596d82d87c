/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "require", "default"]}
 */
import '@testing-library/jest-dom'
import { cleanup, render, screen } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../sidebar/app'
import { call } from '../../sidebar/call'
import { makeState } from '../../sidebar/state'
import { playServer } from './server'
import { type Seen, STATES, type StateCase, type Step } from './states'

// jsdom draws nothing and so cannot scroll; browser.test.ts looks at what is in sight.
beforeAll(() => (Element.prototype.scrollIntoView = () => undefined))
afterEach(cleanup)

function find([role, name]: Seen): Promise<HTMLElement> {
  return role === 'text' ? screen.findByText(name) : screen.findByRole(role, role === 'alert' ? {} : { name })
}

async function take(step: Step): Promise<void> {
  const user = userEvent.setup()
  if ('key' in step) return user.keyboard(step.key)
  if ('type' in step) return user.type(await find(step.type), step.text)
  if ('choose' in step) return user.selectOptions(await find(step.choose), step.option)
  return user.click(await find(step.press))
}

async function reach({ script, open, steps }: StateCase): Promise<void> {
  playServer(script)
  const state = makeState(call)
  render(<App state={state} />)
  state.open(open ?? 'enrich')
  for (const step of steps ?? []) await take(step)
}

async function expectSeen([role, name]: Seen): Promise<void> {
  if (role !== 'alert') {
    expect(await screen.findByRole(role, { name })).toBeInTheDocument()
    return
  }
  // The name of an alert is not computed from its content, so its text is compared.
  const alerts = await screen.findAllByRole('alert')
  const texts = alerts.map((alert) => alert.textContent)
  expect(texts).toContainEqual(expect.stringMatching(name))
}

describe.each(STATES)('$name', (one) => {
  it('shows and says what a person must know', async () => {
    await reach(one)
    for (const text of one.says ?? []) expect((await screen.findAllByText(text))[0]).toBeInTheDocument()
    for (const seen of one.sees) await expectSeen(seen)
    for (const [role, name] of one.lacks ?? []) expect(screen.queryByRole(role, { name })).not.toBeInTheDocument()
    expect(document.querySelectorAll('.button.primary').length).toBeLessThanOrEqual(1)
    // Whether everyone can use it is for browser.test.ts: layout and colours are computed there.
  })
})
