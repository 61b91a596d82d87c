/** What people read about a custom function while they type it. */
export interface FunctionHelp {
  readonly name: string
  readonly about: string
  readonly params: readonly { readonly name: string; readonly about: string; readonly optional: boolean }[]
}

// The last comment before the name; a comment that says nothing of `@customfunction` is not for people (platform.md section 2).
const DOCUMENTED = /^\/\*\*((?:(?!\*\/)[^])*)\*\/\s*function\s+(\w+)/gm
const PARAM = /^@param\s+(?:\{[^}]*\}\s*)?(\[?)(\w+)\]?\s*(.*)$/

/** Reads what a script says about its custom functions, from the comments above them as Google does. */
export const readFunctionHelp = (code: string): readonly FunctionHelp[] =>
  [...code.matchAll(DOCUMENTED)].flatMap(([, comment = '', name = '']) => {
    const lines = comment.split('\n').map((line) => line.replace(/^\s*\*?\s*/, '').trim())
    if (!lines.includes('@customfunction')) return []
    const params = lines.flatMap((line) => {
      const [, bracket, param = '', about = ''] = PARAM.exec(line) ?? []
      return bracket === undefined ? [] : [{ name: param, about, optional: bracket !== '' }]
    })
    const about = lines.filter((line) => line !== '' && !line.startsWith('@')).join('\n')
    return [{ name, about, params }]
  })
