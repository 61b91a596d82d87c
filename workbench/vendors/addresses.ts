/** The host name in a domain or a web address, without `www.`; what is neither comes back as it is. */
export function hostOf(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#:].*$/, '')
  return host.replace(/^www\./, '').replace(/\.$/, '')
}

/** Whether a text, in lower case, can be a host name. */
export function isHost(text: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(text)
}

/** Whether a text can be an address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)
}

/** The name of a LinkedIn page of a person (`in`) or of a company, in lower case; undefined for any other text. */
export function linkedinHandle(page: string, kind: 'in' | 'company'): string | undefined {
  const form = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/(in|company)\/([^/?#\s]+)(?:[/?#]\S*)?$/
  const [, found, handle] = form.exec(page.trim().toLowerCase()) ?? []
  return found === kind ? handle : undefined
}
