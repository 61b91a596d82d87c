/** A host name in ASCII, lower case, each Unicode label in punycode (RFC 3492); nothing when it is not a host name. */
export function asciiHost(text: string): string | undefined {
  const host = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[。．｡]/g, '.')
    .replace(/\.$/, '')
  const labels = host.split('.').map(asciiLabel)
  const ascii = labels.join('.')
  // RFC 1035 section 2.3.4: 63 octets a label, 253 characters a name without the root dot.
  return labels.includes(undefined) || ascii.length > 253 ? undefined : ascii
}

/** Whether a host has at least two labels and a top level that is not a number, as the public name of a company has. */
export function isPublicHost(host: string): boolean {
  return /\.(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/.test(host)
}

/** The host written in a URL, an address or on its own, in ASCII; user names, ports, paths and IP addresses are not hosts. */
export function hostIn(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^.*<([^<>]+)>$/, '$1')
    .replace(/^[a-z][a-z0-9+.-]*:\/*(?!\d+(?:\/|$))|^\/\//i, '')
    .replace(/[/?#\\].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:\d*$/, '')
    .replace(/^[("'.]+|[)"',;.]+$/g, '')
  const host = asciiHost(bare)
  return host && isPublicHost(host) ? host : undefined
}

function asciiLabel(label: string): string | undefined {
  const ascii = /^[\x00-\x7f]*$/.test(label) ? label : `xn--${encodePunycode(label)}`
  const allowed = /^[\p{L}\p{N}\p{M}·-]+$/u.test(label) && !/^[-\p{M}]|-$/u.test(label)
  return allowed && ascii.length <= 63 ? ascii : undefined
}

/** The punycode of a label without its `xn--` (RFC 3492 section 6.3). */
export function encodePunycode(label: string): string {
  const points = Array.from(label, (char) => char.codePointAt(0)!)
  const basic = points.filter((point) => point < 0x80)
  let output = String.fromCharCode(...basic)
  if (basic.length > 0) output += '-'
  // The parameters of RFC 3492 section 5: initial n, initial bias.
  let n = 128
  let delta = 0
  let bias = 72
  let handled = basic.length
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta++
      if (point !== n) continue
      output += encodeDelta(delta, bias)
      bias = adaptBias(delta, handled + 1, handled === basic.length ? 700 : 2)
      delta = 0
      handled++
    }
    delta++
    n++
  }
  return output
}

function encodeDelta(delta: number, bias: number): string {
  let output = ''
  let rest = delta
  for (let k = 36; ; k += 36) {
    const threshold = Math.min(Math.max(k - bias, 1), 26)
    if (rest < threshold) return output + digit(rest)
    output += digit(threshold + ((rest - threshold) % (36 - threshold)))
    rest = Math.floor((rest - threshold) / (36 - threshold))
  }
}

function adaptBias(delta: number, count: number, damp: number): number {
  let rest = Math.floor(delta / damp)
  rest += Math.floor(rest / count)
  let k = 0
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35)
  return k + Math.floor((36 * rest) / (rest + 38))
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? 97 + value : 22 + value)
}
