import type { UsageView } from '../src/app/api-types'
import type { ProblemAction } from '../src/domain/problem'
import { Button, Heading, Notice, Skeleton, Trouble } from './parts'
import type { UsageState } from './usage-state'
import { count, ENVIRONMENT_WORDS, figure, inMoney, leftWords, listed } from './words'

/** More vendors than this share the last colour. */
const COLOURS = 5

type Day = UsageView['days'][number]
type VendorLine = UsageView['vendors'][number]

/** The Usage tab: what was spent by day and by vendor, and what it brought. */
export function Usage({ usage }: { readonly usage: UsageState }) {
  const view = usage.view.value
  const problem = usage.problem.value
  const act = (action: ProblemAction) => (action === 'try_again' ? usage.tryAgain() : usage.open())
  return (
    <div class="screen" aria-busy={usage.busy.value === 'open'}>
      <Heading focus={() => document.activeElement === document.body}>Usage</Heading>
      {problem && <Trouble problem={problem} act={act} waiting={usage.busy.value !== null} />}
      {!view && !problem && <Skeleton label="Adding up what was spent" />}
      {view && <Sums usage={usage} view={view} />}
    </div>
  )
}

function Sums({ usage, view }: { readonly usage: UsageState; readonly view: UsageView }) {
  const { name } = ENVIRONMENT_WORDS[view.environment]
  if (view.vendors.length === 0)
    return (
      <p>Nobody was asked in {name} yet. After the first run you see here what was spent, on whom, and for what.</p>
    )
  return (
    <>
      {view.remarks.map((remark) => (
        <Notice key={remark} tone="warning">
          {remark}
        </Notice>
      ))}
      {view.damaged > 0 && (
        <Notice tone="warning">
          {count(view.damaged, 'line')} of the record of requests cannot be read: somebody changed a hidden tab. They
          are missing here; the caps do not depend on them.
        </Notice>
      )}
      <Days view={view} environment={name} />
      <Vendors vendors={view.vendors} />
      <section class="download">
        <Button waiting={usage.busy.value === 'export'} onPress={usage.exportAll}>
          Download all requests as CSV
        </Button>
        <p class="hint">A line for each request: when, who, which vendor, what came of it, and its price. No names.</p>
      </section>
    </>
  )
}

function sumOf({ vendors }: Day): number {
  return vendors.reduce((sum, { credits, maybe }) => sum + credits + maybe, 0)
}

function Days({ view, environment }: { readonly view: UsageView; readonly environment: string }) {
  const { days, vendors } = view
  const most = Math.max(...days.map(sumOf))
  const all = days.reduce((sum, day) => sum + sumOf(day), 0)
  const maybe = days.flatMap((day) => day.vendors).reduce((sum, one) => sum + one.maybe, 0)
  const paid = vendors.filter(({ id }) => days.some((day) => day.vendors.some((one) => one.id === id)))
  const moneyOf = (id: string) => vendors.find((one) => one.id === id)?.money
  const money = inMoney(
    days
      .flatMap((day) => day.vendors)
      .map(({ id, credits, maybe: lost }) => ({ credits: credits + lost, money: moneyOf(id) })),
  )
  const colourOf = (id: string) => Math.min(COLOURS, paid.findIndex((one) => one.id === id) + 1)
  return (
    <section>
      <h3>The last {days.length} days</h3>
      <p class="sum small">{count(all, 'credit')}</p>
      {money !== '' && <p>{money}</p>}
      <p class="hint">
        {environment}
        {maybe > 0 && `; ${figure(maybe)} of them may have been charged: their answers were lost`}
      </p>
      {most > 0 && (
        <>
          <div class="bars" aria-hidden="true">
            {days.map((day) => (
              <div key={day.day} class="bar" title={`${day.day}: ${figure(sumOf(day))}`}>
                {day.vendors.map(({ id, credits, maybe: lost }) => (
                  <div
                    key={id}
                    class={`tone-${colourOf(id)}`}
                    style={{ height: `${(100 * (credits + lost)) / most}%` }}
                  />
                ))}
              </div>
            ))}
          </div>
          <p class="ends hint" aria-hidden="true">
            <span>{days[0]?.day}</span>
            <span>today</span>
          </p>
          <ul class="legend" aria-hidden="true">
            {paid.map(({ id, name }) => (
              <li key={id}>
                <span class={`dot tone-${colourOf(id)}`} /> {name}
              </li>
            ))}
          </ul>
          <details class="fold">
            <summary>
              Day by day<span class="hint">at most {figure(most)} a day</span>
            </summary>
            <DayTable days={days} vendors={vendors} />
          </details>
        </>
      )}
    </section>
  )
}

function DayTable({ days, vendors }: { readonly days: readonly Day[]; readonly vendors: readonly VendorLine[] }) {
  const nameOf = (id: string) => vendors.find((one) => one.id === id)?.name ?? id
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">Day (UTC)</th>
          <th scope="col">Vendors</th>
          <th scope="col">Credits</th>
        </tr>
      </thead>
      <tbody>
        {[...days]
          .reverse()
          .filter((day) => sumOf(day) > 0)
          .map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{listed(day.vendors.map(({ id, credits, maybe }) => `${nameOf(id)} ${figure(credits + maybe)}`))}</td>
              <td>{figure(sumOf(day))}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

function Vendors({ vendors }: { readonly vendors: readonly VendorLine[] }) {
  return (
    <section>
      <h3>By vendor, since the beginning</h3>
      <ul class="lines">
        {vendors.map((vendor) => (
          <li key={vendor.id}>
            <span class="grow">
              {vendor.name}
              <span class="hint">{worthOf(vendor)}</span>
            </span>
            <span class="amount">
              {vendor.credits + vendor.maybe === 0 ? 'free' : count(vendor.credits + vendor.maybe, 'credit')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function worthOf({ requests, asked, found, credits, perAccepted, maybe, balance, money }: VendorLine): string {
  const paid = inMoney([{ credits: credits + maybe, money }])
  return [
    count(requests, 'request'),
    ...(paid === '' ? [] : [paid]),
    ...(asked > 0 ? [`found ${figure(Math.round((100 * found) / asked))} % of ${figure(asked)}`] : []),
    ...(perAccepted === null || perAccepted === 0
      ? []
      : [
          `${count(perAccepted, 'credit')}${money ? ` (${inMoney([{ credits: perAccepted, money }])})` : ''} for each accepted answer`,
        ]),
    ...(maybe > 0 ? [`${figure(maybe)} maybe charged`] : []),
    ...(balance === null ? [] : [leftWords(balance)]),
  ].join(' · ')
}
