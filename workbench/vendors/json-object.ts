/** The fields of a request body that is one JSON object, or undefined when it is none. */
export function readJsonObject(body: string): { readonly [name: string]: unknown } | undefined {
  try {
    const given: unknown = JSON.parse(body)
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
    return given as { readonly [name: string]: unknown }
  } catch {
    return undefined
  }
}
