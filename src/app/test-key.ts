import type { Provider } from '../domain/provider'
import { verdictOf } from '../engine/status'
import type { Api } from './api-types'
import { readBalance, saveBalances } from './balances'
import type { Host } from './host'
import { findKey, sign } from './keys'
import { countUsage } from './quota'
import { vendorById } from './vendors'

/** Asks a vendor, free of charge, whether it knows the key and what is left. */
export function testKey(
  host: Host,
  { vendor, environment }: Parameters<Api['testKey']>[0],
): ReturnType<Api['testKey']> {
  const provider = vendorById(host, vendor)
  const key = findKey(host, environment, provider)
  if (!key) return { ok: false, text: `There is no key of ${provider.name} yet. Paste one and save it.` }
  if (!provider.balance) return { ok: true, text: `${provider.name} offers no free call to test a key.` }
  countUsage(host, { fetches: 1 })
  const sent = host.send([sign(provider.balance.request(), provider, key)])
  const response = sent.kind === 'answered' ? sent.responses[0] : undefined
  if (!response) return { ok: false, text: `${provider.name} could not be reached. Try again in a minute.` }
  switch (verdictOf(response.status, provider)) {
    case undefined:
      return noteBalance(host, response.text, provider)
    case 'refused_credentials':
      return {
        ok: false,
        text: `${provider.name} refused the key. Copy it from your account there and paste it again.`,
      }
    case 'refused_credits':
      return { ok: false, text: `${provider.name} knows the key, but its credits are used up.` }
    case 'throttled':
      return { ok: false, text: `${provider.name} is busy. Try again in a minute.` }
    default:
      return {
        ok: false,
        text: `${provider.name} did not answer as expected (status ${response.status}). Try again in a minute.`,
      }
  }
}

function noteBalance(host: Host, reply: string, provider: Provider): ReturnType<Api['testKey']> {
  try {
    const { text, left } = readBalance(reply, provider)
    saveBalances(host, new Map([[provider.id, left]]))
    return { ok: true, text }
  } catch {
    return { ok: false, text: `${provider.name} sent something unreadable. Try again in a minute.` }
  }
}
