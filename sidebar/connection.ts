import type { ProblemView } from '../src/app/api-types'
import { Problem, type ProblemAction } from '../src/domain/problem'

/** The server was not reached or did not finish: nothing is known about what it did, and asking again is safe. */
export class ConnectionLost extends Problem {}

/** Google's own words for a condition, and ours. Codes come first, because Google translates the sentences. */
const CONDITIONS: readonly { readonly when: RegExp; readonly message: string; readonly action: ProblemAction }[] = [
  {
    // Several accounts in one browser: the call goes out as the default account (platform.md section 6).
    when: /PERMISSION_DENIED|reading from storage/i,
    message:
      'Google cannot tell which of your accounts is asking, because several are signed in here. Open this file in a browser profile or a private window with one account only.',
    action: 'try_again',
  },
  {
    when: /authori[sz]ation is required|permissions are not sufficient|do not have permission/i,
    message:
      'Enrich has no permission to work on this file yet. Close this sidebar, choose Extensions, Enrich, Open sidebar, and accept what Google asks. If you can only view the file, ask its owner for edit access.',
    action: 'try_again',
  },
  {
    when: /maximum execution time|timed? ?out/i,
    message: 'Google ended this step because it took too long. What was done is kept, and it goes on from there.',
    action: 'try_again',
  },
  {
    when: /too many times|too much computer time|quota/i,
    message:
      'Google allows no more of this today for your account. What was done is kept. Try again tomorrow, or ask a colleague to run it.',
    action: 'try_again',
  },
  {
    when: /NetworkError|connection failure|network|offline|HTTP (0|5\d\d)|due to HTTP/i,
    message: 'The connection to Google was lost. Nothing was lost in your sheet. Check the network, then try again.',
    action: 'try_again',
  },
]

/** Google's text without addresses: an address may hold a secret (safety S5). */
function scrub(text: string): string {
  return text
    .replace(/https?:\/\/\S+/g, '(address)')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160)
}

/** Turns what Google said about a failed call into words with a next step. */
export function explain(error: unknown): ConnectionLost {
  const text = error instanceof Error ? error.message : typeof error === 'string' ? error : ''
  const known = CONDITIONS.find(({ when }) => when.test(text))
  if (known) return new ConnectionLost(known.message, known.action)
  const said = scrub(text)
  const detail = said ? ` Google said: "${said}".` : ''
  return new ConnectionLost(
    `The add-on stopped unexpectedly. What was done is kept.${detail} Try again; if it stays, close and open the sidebar.`,
    'try_again',
  )
}

/** Anything that was thrown, as the screen shows it. */
export function problemView(error: unknown): ProblemView {
  const problem = error instanceof Problem ? error : explain(error)
  return { message: problem.message, action: problem.action ?? null }
}
