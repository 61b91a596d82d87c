// How formulas of ours look in a cell.

const QUOTED = /"[^"]*"/g

/** Whether the formula of a cell calls a function of ours. */
export function callsOurs(source: string): boolean {
  return /\bENRICH(_[A-Z]+)*\s*\(/i.test(source.replace(QUOTED, '""'))
}

/** Whether a formula is nothing but one call of a function of ours. */
export function isOneCall(source: string): boolean {
  return /^=\s*ENRICH(_[A-Z]+)*\s*\([^()]*\)\s*$/i.test(source.replace(QUOTED, '""'))
}

/** Whether a formula asks whatever its cells hold: a condition may keep it from that, and then nobody wants the answer. */
export function asksAlways(source: string): boolean {
  return /^=\s*(IF(ERROR|NA)\s*\(\s*)*ENRICH(_[A-Z]+)*\s*\([^()]*\)/i.test(source.replace(QUOTED, '""'))
}

/** The first call of a function of ours whose arguments hold no other: its name, and they as they are written. */
export function callIn(source: string): { readonly name: string; readonly args: readonly string[] } | undefined {
  const [, name, args] = /\b(ENRICH(?:_[A-Z]+)*)\s*\(((?:"[^"]*"|[^"()])*)\)/i.exec(source) ?? []
  return name === undefined ? undefined : { name: name.toUpperCase(), args: splitOutside(args!, ',') }
}

/** The parts of a text between marks that do not stand in quotes. */
export function splitOutside(text: string, mark: string): readonly string[] {
  return text.split(new RegExp(`${mark}(?=(?:[^"]*"[^"]*")*[^"]*$)`)).map((part) => part.trim())
}

// One value for each key, unless the options ask for more.
const ONE_VALUE = /^=\s*ENRICH_(EMAIL|PHONE|LINKEDIN|TECH|VERIFY|DOMAIN|CLEAN_[A-Z]+|IS_[A-Z]+)\s*\([^()]*\)\s*$/i

// These answer for each cell that they are given, and the others for each row.
const EACH_CELL = /^=\s*ENRICH_(DOMAIN|CLEAN_|IS_)/i
const ONE_COLUMN = /^(?:.*!)?\$?([A-Z]+)\$?\d*:\$?\1\$?\d*$/i

// A range, a list in braces, or a name, of which only Sheets can tell what it stands for.
function isMany(arg: string): boolean {
  return /[:{]/.test(arg) || (/^[a-z_][\w.]*$/i.test(arg) && !/^([a-z]{1,3}\d+|true|false)$/i.test(arg))
}

/** How far the result of a formula of ours can reach from its cell, as far as its text tells. */
export function reachOf(source: string): { readonly rows: number; readonly columns: number } {
  const bare = source.replace(QUOTED, '""')
  const args = callIn(bare)?.args ?? []
  const [first = ''] = args
  const isNarrow = !EACH_CELL.test(source) || !isMany(first) || ONE_COLUMN.test(first)
  const isOne = isNarrow && ONE_VALUE.test(bare) && !/show\s*=/i.test(source)
  return { rows: /[:{]/.test(bare) || args.some(isMany) ? Infinity : 1, columns: isOne ? 1 : Infinity }
}
