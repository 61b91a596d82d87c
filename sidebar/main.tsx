import { render } from 'preact'
import { App } from './app'
import { call } from './call'
import { makeState } from './state'

/** Shows the sidebar. The opening is set by a script at the end of the page, so it is read when the page is there. */
function start(): void {
  const place = document.getElementById('app')
  if (!place) return
  const state = makeState(call)
  render(<App state={state} />, place)
  state.open(window.ENRICH_OPEN ?? 'enrich')
}

if (document.readyState === 'complete') start()
else window.addEventListener('load', start, { once: true })
