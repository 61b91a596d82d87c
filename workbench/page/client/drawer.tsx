import { useState } from 'preact/hooks'
import { ChevronIcon, CopyIcon } from './icons'
import { server } from './server'
import { page, showToast } from './state'

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const WORST_LATENCY_MS = 5000
const LATENCY_STEP_MS = 100

const statusClass = (status: number): string => {
  if (status === 0 || status >= 500) return 'bad'
  return status >= 400 ? 'warn' : 'good'
}

const Calls = () => (
  <div class="calls">
    <table>
      <caption class="unseen">Calls to vendors</caption>
      <thead>
        <tr>
          <th>Time</th>
          <th>Vendor</th>
          <th>Request</th>
          <th>Status</th>
          <th class="number">ms</th>
          <th class="number">Credits</th>
        </tr>
      </thead>
      <tbody>
        {page.calls.value.toReversed().map(({ at, host, method, path, status, tookMs, credits }, index) => (
          <tr key={page.calls.value.length - index}>
            <td>{TIME.format(at)}</td>
            <td>{host}</td>
            <td>
              {method} {path}
            </td>
            <td class={statusClass(status)}>{status === 0 ? 'no answer' : status}</td>
            <td class="number">{Math.round(tookMs)}</td>
            <td class="number">{credits ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {page.calls.value.length === 0 && <p class="empty">No vendor was called yet.</p>}
  </div>
)

const Weather = () => {
  const [latency, setLatency] = useState(0)
  const [throttle, setThrottle] = useState(0)
  return (
    <fieldset>
      <legend>All vendors</legend>
      <label>
        Added latency <output>{latency} ms</output>
        <input
          type="range"
          min="0"
          max={WORST_LATENCY_MS}
          step={LATENCY_STEP_MS}
          value={latency}
          onInput={({ currentTarget }) => setLatency(currentTarget.valueAsNumber)}
          onChange={({ currentTarget }) =>
            void server.setWeather({ weather: { latencyMs: currentTarget.valueAsNumber } })
          }
        />
      </label>
      <label>
        Throttled calls <output>{throttle} %</output>
        <input
          type="range"
          min="0"
          max="100"
          step="5"
          value={throttle}
          onInput={({ currentTarget }) => setThrottle(currentTarget.valueAsNumber)}
          onChange={({ currentTarget }) =>
            void server.setWeather({ weather: { throttle: currentTarget.valueAsNumber / 100 } })
          }
        />
      </label>
      <button
        class="danger"
        onClick={() => void server.kill().then(() => showToast('Killed', 'All running executions were stopped.'))}
      >
        Kill now
      </button>
    </fieldset>
  )
}

const copyKey = async (host: string, key: string): Promise<void> => {
  await navigator.clipboard.writeText(key)
  showToast('', `Copied the demo key of ${host}.`)
}

const VendorList = () => (
  <div class="vendors">
    <table>
      <caption class="unseen">Simulated vendors</caption>
      <thead>
        <tr>
          <th>Vendor</th>
          <th>Demo key</th>
          <th class="number">Charged</th>
          <th>Outage</th>
        </tr>
      </thead>
      <tbody>
        {page.drawer.value.vendors.map(({ host, key, charged }) => (
          <tr key={host}>
            <td>{host}</td>
            <td>
              {key ? (
                <button
                  class="copy"
                  aria-label={`Copy the demo key of ${host}`}
                  onClick={() => void copyKey(host, key)}
                >
                  <code>{key}</code>
                  <CopyIcon />
                </button>
              ) : (
                <span class="quiet">none needed</span>
              )}
            </td>
            <td class="number">{charged}</td>
            <td>
              <input
                type="checkbox"
                aria-label={`Outage of ${host}`}
                onChange={({ currentTarget }) =>
                  void server.setWeather({ host, weather: { outage: currentTarget.checked } })
                }
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Quotas = () => (
  <dl class="quotas">
    <div>
      <dt>Clock</dt>
      <dd>{CLOCK.format(page.drawer.value.now)}</dd>
    </div>
    {page.drawer.value.quotas.map(({ name, used, limit }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          {Math.round(used).toLocaleString('en')} of {limit.toLocaleString('en')}
        </dd>
      </div>
    ))}
  </dl>
)

/** What happens behind the spreadsheet, and switches to make it worse. */
export const Drawer = () => {
  const [isOpen, setOpen] = useState(false)
  return (
    <section class={isOpen ? 'drawer open' : 'drawer'} aria-label="Google and vendors">
      <button class="handle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronIcon />
        Google and vendors
        <span class="quiet">
          {page.calls.value.length} {page.calls.value.length === 1 ? 'call' : 'calls'}
        </span>
      </button>
      {isOpen && (
        <div class="panes">
          <Calls />
          <VendorList key={page.restarts.value} />
          <div class="side">
            <Weather key={page.restarts.value} />
            <Quotas />
          </div>
        </div>
      )}
    </section>
  )
}
