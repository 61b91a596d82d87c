import type { StoreTrouble } from '../src/app/api-types'
import type { EnrichState } from './enrich-state'
import { Button, Confirm, Heading, Notice } from './parts'

const HEADINGS: { readonly [S in StoreTrouble['state']]: string } = {
  copied: 'This file is a copy',
  restored: 'Stored answers are missing',
  newer: 'A newer Enrich was used here',
}

/** What the person decides about the stored answers of a copied or restored file before anything is paid. */
export function StoreScreen(props: { readonly enrich: EnrichState; readonly trouble: StoreTrouble }) {
  const { enrich, trouble } = props
  const waiting = enrich.busy.value === 'store'
  return (
    <div class="screen">
      <Heading focus={() => enrich.moved.value}>{HEADINGS[trouble.state]}</Heading>
      <Notice tone="warning">
        <p>{trouble.message}</p>
      </Notice>
      {trouble.state !== 'newer' && (
        <>
          <p>
            Keep: every stored answer that can be read is used again and not paid again. What is missing may be asked,
            and paid, again. A run that has not ended is ended.
          </p>
          <Button look="primary" waiting={waiting} onPress={() => enrich.settleStore('keepStore')}>
            Keep what can be read
          </Button>
          <Confirm
            words="Forget the stored answers"
            consequence="All stored answers of this file are deleted for good, and a run that has not ended is ended. Asking for the same people costs credits again. Your own cells and the list of who is never looked up stay."
            yes="Forget them"
            no="Do not forget them"
            waiting={waiting}
            onYes={() => enrich.settleStore('clearStore')}
          />
        </>
      )}
    </div>
  )
}

/** What became of the stored answers, or what was noticed about them. */
export function StoreRemark({ enrich }: { readonly enrich: EnrichState }) {
  const words = enrich.storeWords.value ?? enrich.overview.value?.storeRemark
  if (!words || enrich.stage.value.at !== 'choose') return null
  return (
    <Notice tone="calm">
      <p>{words}</p>
    </Notice>
  )
}
