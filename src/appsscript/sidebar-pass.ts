const PASS = 'sidebar-pass'

// 6 hours, the longest that a cache keeps anything (platform.md section 1).
const PASS_SECONDS = 21_600

/** The pass that this person's sidebars show with each call; made when the first one opens (safety S16). */
export function issuePass(): string {
  const cache = CacheService.getUserCache()
  const pass = cache.get(PASS) ?? Utilities.getUuid()
  cache.put(PASS, pass, PASS_SECONDS)
  return pass
}

/** Whether a call comes from a sidebar that we opened; a formula that calls the same function has no pass. */
export function isPassValid(pass: unknown): boolean {
  const cache = CacheService.getUserCache()
  const known = cache.get(PASS)
  if (typeof pass !== 'string' || known === null || pass !== known) return false
  cache.put(PASS, known, PASS_SECONDS)
  return true
}
