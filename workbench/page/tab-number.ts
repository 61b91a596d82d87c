/**
 * The number by which Apps Script knows a tab, from Univer's id of it: tabs made by a script carry their number as the
 * id, those made by a person in the page get one from the letters of theirs.
 */
export const tabNumber = (sheetId: string): number => {
  if (/^\d{1,10}$/.test(sheetId)) return Number(sheetId)
  return [...sheetId].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) & 0x7fffffff, 7)
}
