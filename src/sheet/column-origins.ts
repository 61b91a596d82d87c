/** For each column as it stands now the place that it had before; a new column had none. */
export function columnOrigins(before: readonly string[], now: readonly string[]): ReadonlyMap<number, number> {
  const origins = new Map<number, number>()
  const shift = now.length - before.length
  for (const [column, header] of now.entries()) {
    if (before[column] === header) {
      origins.set(column, column)
      continue
    }
    // Columns without a name of their own moved as those around them did.
    const isOwn = header !== '' && before.indexOf(header) === before.lastIndexOf(header)
    const moved = isOwn ? before.indexOf(header) : column - shift
    if (moved >= 0 && before[moved] === header) origins.set(column, moved)
    // A header that was written over, or renamed, where it stood.
    else if (column < before.length && !now.includes(before[column]!)) origins.set(column, column)
  }
  return origins
}
