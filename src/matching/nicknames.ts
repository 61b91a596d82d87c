/** The formal names that a given name may stand for, itself among them: `rob` for `robert` and `robin`. */
export function formalNames(given: string): readonly string[] {
  table ??= readTable()
  return table.get(given) ?? [given]
}

/** Whether two given names may be one person's: both stand for one formal name. Two formal names never match. */
export function areNicknames(a: string, b: string): boolean {
  const other = formalNames(b)
  return formalNames(a).some((name) => other.includes(name))
}

let table: ReadonlyMap<string, readonly string[]> | undefined

function readTable(): ReadonlyMap<string, readonly string[]> {
  const { NICKNAMES } = require('./nicknames-table') as typeof import('./nicknames-table')
  const names = new Map<string, string[]>()
  const add = (short: string, formal: string) => {
    const known = names.get(short)
    if (known) known.push(formal)
    else names.set(short, [short, formal])
  }
  for (const entry of NICKNAMES.split(';')) {
    const [formal = '', ...shorts] = entry.split(' ')
    for (const short of shorts) for (const name of formal.split(',')) add(short, name)
  }
  return names
}
