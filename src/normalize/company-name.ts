import { cleanText, foldText, words } from './text'

/** A company's name as it should be written: on one line, without quotes around it and trade mark signs, legal form kept. */
export function normalizeCompanyName(text: string): string | undefined {
  const name = cleanText(cleanText(text).replace(/[®™©℠]/g, '')).replace(/^["“„«]([^"“”„«»]*)["”“»]$/, '$1')
  return /[\p{L}\p{N}]/u.test(name) ? cleanText(name) : undefined
}

/**
 * Equal for spellings of one company's name: without case, accents, punctuation and legal forms, `&` as `and`. Empty
 * only for a text without letters and digits; a name made of nothing but a legal form is kept. Never written.
 */
export function companyMatchKey(text: string): string {
  forms ??= readForms()
  const name = foldText(cleanText(text.normalize('NFKC')))
  // No form that is written against the name is in plain letters, and most names are.
  const bare = ASCII.test(name) ? name : name.replace(forms.attachedBefore, '').replace(forms.attachedAfter, '')
  const key = withoutForms(tokenize(bare), forms).join(' ')
  // One form taken away may lay bare another, written against the name: each reading is shorter until nothing changes.
  return key === text ? key : companyMatchKey(key)
}

const ASCII = /^[\x20-\x7e]*$/

interface Forms {
  readonly trailing: ReadonlySet<string>
  readonly leading: ReadonlySet<string>
  readonly attachedBefore: RegExp
  readonly attachedAfter: RegExp
}

let forms: Forms | undefined

function readForms(): Forms {
  const { FORMS, LEADING_FORMS } = require('./company-forms-table') as typeof import('./company-forms-table')
  const attached = ATTACHED.normalize('NFKC')
  return {
    trailing: words(FORMS),
    leading: words(LEADING_FORMS),
    attachedBefore: new RegExp(`^(?:${attached}|บริษัท)(?=.*[\\p{L}\\p{N}])`, 'u'),
    attachedAfter: new RegExp(`(?<=[\\p{L}\\p{N}].*)(?:${attached})[^\\p{L}\\p{N}]*$`, 'u'),
  }
}

function tokenize(name: string): readonly string[] {
  return name
    .replace(/(?<=[\p{L}\p{N}])['"״׳](?=\p{L})/gu, '')
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, '$1')
    .replace(/(?<=\s)[&+](?=\s)|(?<=\p{L}{2})[&+](?=\p{L}{2})|(?<=\s)(?:und|et)(?=\s)/gu, ' and ')
    .replace(/(?<=\p{L})&(?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean)
}

// Forms are taken off both ends as long as something is left: `Oy Example Ab`, `Example Pty Ltd`.
function withoutForms(tokens: readonly string[], { trailing, leading }: Forms): readonly string[] {
  let start = 0
  let end = tokens.length
  while (end - start > 1 && leading.has(tokens[start]!)) start++
  for (let from = firstCut(start, end); from < end; from++) {
    if (!trailing.has(tokens.slice(from, end).join(''))) continue
    end = from
    from = firstCut(start, end) - 1
  }
  return tokens.slice(start, end)
}

// At least one word of the name stays.
function firstCut(start: number, end: number): number {
  return Math.max(start + 1, end - LONGEST_FORM)
}

// The most words in one form: `s a p i de c v`.
const LONGEST_FORM = 7

// Scripts without blanks write the form against the name; NFKC has spelt out ㈱ and ㈜.
const ATTACHED =
  '株式会社|有限会社|合同会社|合名会社|合資会社|\\(株\\)|\\(有\\)|\\(同\\)|股份有限公司|有限责任公司|有限責任公司|有限公司|' +
  '주식회사|유한회사|\\(주\\)|\\(유\\)|จำกัด \\(มหาชน\\)|จำกัด|בע["״\'׳]{0,2}מ'
