import type { SettingsView, VendorView } from '../src/app/api-types'
import type { ProblemAction } from '../src/domain/problem'
import { Keys } from './keys'
import { Heading, Icon, Notice, Skeleton, Trouble } from './parts'
import { OwnVendors } from './recipe'
import { actOn } from './settings'
import type { SettingsState } from './settings-state'
import type { Tab } from './state'
import { TermsForm } from './terms'
import { listed, upperFirst } from './words'

/** The Vendors tab: each vendor with its keys, prices and limits; public sources; vendors of the person's own. */
export function Vendors({
  settings,
  show,
}: {
  readonly settings: SettingsState
  readonly show: (tab: Tab) => unknown
}) {
  const view = settings.view.value
  const problem = settings.problem.value
  const act = (action: ProblemAction) => actOn(action, settings, show)
  return (
    <div class="screen">
      <Heading focus={() => document.activeElement === document.body}>Vendors</Heading>
      <output class="unseen">{settings.said.value}</output>
      {problem && (
        <div class="in-sight">
          <Trouble problem={problem} act={act} waiting={settings.busy.value !== null} />
        </div>
      )}
      {!view && !problem && <Skeleton label="Reading the vendors" />}
      {view && (
        <>
          {view.termsDamaged && (
            <Notice tone="warning">
              Prices and limits that somebody set cannot be read, so nobody is asked. Set those of one vendor again; the
              others have their usual ones then.
            </Notice>
          )}
          <BuiltIn settings={settings} view={view} />
          <PublicSources settings={settings} view={view} />
          <OwnVendors settings={settings} view={view} />
        </>
      )}
    </div>
  )
}

function BuiltIn({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  const withKey = view.vendors.filter(({ keys }) => keys.length > 0)
  const others = view.vendors.filter(({ keys }) => keys.length === 0)
  const card = (vendor: VendorView) => <Vendor key={vendor.id} vendor={vendor} settings={settings} view={view} />
  return (
    <section>
      {view.edition === 'bound' && (
        <Notice tone="warning">
          Everyone who can edit this file can read the keys that are kept here and change the code. Enter only keys that
          all of them may have, or use the add-on from the Marketplace.
        </Notice>
      )}
      {/* One list, so that a card which gets its first key moves as it is, with the focus in it. */}
      {[
        withKey.length > 0 && <h3 key="with a key">With a key</h3>,
        ...withKey.map(card),
        <h3 key="others">{withKey.length > 0 ? 'Others' : 'Vendors'}</h3>,
        ...others.map(card),
      ]}
    </section>
  )
}

function Vendor(props: { readonly vendor: VendorView; readonly settings: SettingsState; readonly view: SettingsView }) {
  const { vendor, settings } = props
  const { id, name, docs, host, kind, finds, resting } = vendor
  const charges = [...new Set(vendor.prices.map(({ words }) => words))]
  const hasTerms = kind !== 'training' && (vendor.prices.length > 0 || vendor.limits.length > 0)
  return (
    <article class="card" aria-label={name}>
      <div class="head">
        <h4 class="grow">{name}</h4>
        {docs.startsWith('https://') && (
          <a href={docs} target="_blank" rel="noopener noreferrer" aria-label={`Docs of ${name}`}>
            Docs
            <Icon name="link" />
          </a>
        )}
      </div>
      <p class="hint">{kind === 'training' ? 'Answers from this add-on, nothing is sent' : host}</p>
      {finds.length <= 7 ? (
        <p class="hint">May return {listed(finds)}</p>
      ) : (
        <details class="hint">
          <summary>May return {found(finds)}</summary>
          {listed(finds)}
        </details>
      )}
      <p class="hint">{charges.length === 0 ? 'Free' : upperFirst(charges.join('; '))}</p>
      <Privacy vendor={vendor} />
      {resting !== null && (
        <p class="trouble">
          <Icon name="alert" />
          In the run of this file: {resting}
        </p>
      )}
      <Keys {...props} />
      {hasTerms && <TermsForm key={`${id} ${vendor.changed?.at ?? 0}`} vendor={vendor} settings={settings} of="all" />}
    </article>
  )
}

/** Where data goes with a question, and what came of looking for the vendor's notices: read before a key is entered. */
function Privacy({ vendor: { name, kind, region, privacy, terms, transfer } }: { readonly vendor: VendorView }) {
  if (kind !== 'vendor') return null
  const where = region === null ? 'Region not checked' : `Sits in: ${region}`
  const tick = { none: '', open: ', transfer not ticked as covered', covered: ', transfer ticked as covered' }[transfer]
  return (
    <p class="hint">
      {where}
      {tick}
      <br />
      <Link address={privacy} of={name} words="Privacy notice" /> ·{' '}
      <Link address={terms} of={name} words="Data terms" />
    </p>
  )
}

function Link(props: { readonly address: string | null; readonly of: string; readonly words: string }) {
  const { address, of, words } = props
  if (address === null) return <>{words} not checked</>
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" aria-label={`${words} of ${of}`}>
      {words}
    </a>
  )
}

function PublicSources({ settings, view }: { readonly settings: SettingsState; readonly view: SettingsView }) {
  return (
    <fieldset disabled={settings.busy.value?.startsWith('source ') ?? false}>
      <legend>Public sources</legend>
      <p class="hint">
        They cost no credits, but each question is one of the requests that Google lets you send in a day.
      </p>
      {view.publicSources.map(({ id, name, about, ticked }) => (
        <label key={id} class="option">
          <input type="checkbox" checked={ticked} onChange={() => void settings.tickSource(id, !ticked)} />
          <span class="grow">
            {name}
            <span class="hint">{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The first six, because a card is no catalogue. */
function found(finds: readonly string[]): string {
  return `${finds.slice(0, 6).join(', ')} and ${finds.length - 6} more`
}
