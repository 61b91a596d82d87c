import { Button } from './parts'
import type { Tab } from './state'

/** The ways from Settings to what people may ask for and what is kept of them. */
export function PrivacyLinks({ show }: { readonly show: (tab: Tab) => unknown }) {
  return (
    <section>
      <h3>People in this file</h3>
      <div class="actions">
        <Button onPress={() => show('person')}>A person asks</Button>
        <Button onPress={() => show('keep')}>Keep &amp; inform</Button>
      </div>
      <p class="hint">Copy, correct or erase what is held about somebody; tell people where their data come from.</p>
    </section>
  )
}
