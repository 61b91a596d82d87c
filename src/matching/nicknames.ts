/**
 * The formal names that a given name may stand for, itself first: `rob` for `robert` and `robin`. Two names may be one
 * person's when they share one; two formal names never do.
 */
export function formalNames(given: string): readonly string[] {
  table ??= readTable()
  return table.get(given) ?? [given]
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
