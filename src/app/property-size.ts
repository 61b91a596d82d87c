/** The bytes of a text in a property, of which Google keeps 9 KB (platform.md section 1): a character takes up to three. */
export function bytesOf(text: string): number {
  return text.replace(/[\u0080-\u07ff]/g, '..').replace(/[\u0800-\uffff]/g, '...').length
}
