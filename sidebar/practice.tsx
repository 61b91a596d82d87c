import type { EnrichState } from './enrich-state'
import { Confirm, Notice } from './parts'
import { ENVIRONMENT_WORDS } from './words'

/** The calm line on top of every screen that is not the real thing. */
export function EnvironmentBanner({ enrich }: { readonly enrich: EnrichState }) {
  const view = enrich.overview.value
  if (!view || view.environment === 'production') return null
  if (view.environment !== 'training') {
    const { name, about } = ENVIRONMENT_WORDS[view.environment]
    return (
      <Notice tone="calm">
        <p>
          <b>{name}:</b> {about}
        </p>
      </Notice>
    )
  }
  // The receipt says it in its own remark.
  if (enrich.stage.value.at === 'receipt') return null
  return (
    <Notice tone="calm">
      <p>Training: invented answers, nothing is spent. Results go to a practice tab.</p>
      {view.practiceTab && enrich.stage.value.at === 'choose' && <RemovePractice enrich={enrich} look="link" />}
    </Notice>
  )
}

/** Deletes the tab that training made. */
export function RemovePractice({ enrich, look }: { readonly enrich: EnrichState; readonly look: 'plain' | 'link' }) {
  const tab = enrich.overview.value?.practiceTab
  return (
    <Confirm
      words="Remove practice tab"
      look={look}
      consequence={`The tab ${tab ? `"${tab}"` : 'with the practice results'} is deleted. Your own tabs stay as they are.`}
      yes="Delete the tab"
      no="Keep it"
      waiting={enrich.busy.value === 'practice'}
      onYes={enrich.removePractice}
    />
  )
}
