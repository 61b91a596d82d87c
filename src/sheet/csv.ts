/** The text of a CSV file, lines ended as RFC 4180 has them. No cell of it can become a formula (safety S10). */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quote(neutralise(cell))).join(',')}\r\n`).join('')
}

// A plus before digits alone is a phone number.
function neutralise(text: string): string {
  return /^[=\-@\t\r\n]|^\+(?!\d+$)/.test(text) ? `'${text}` : text
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
