import { cleanText, foldText, words } from './text'

/** The parts of a person's name. A single word is a given name; initials and middle names are in `full` alone. */
export interface PersonName {
  readonly given?: string
  readonly family?: string
  /** The whole name in natural order, without titles and degrees, with `Jr.` or `III`. */
  readonly full: string
}

/**
 * Splits a person's name as people, vendors and spreadsheets write it. Knows `Family, Given`, titles and degrees,
 * particles, double family names, names without blanks in Chinese, Japanese and Korean. Nothing for a text without
 * letters and for addresses.
 */
export function splitPersonName(text: string): PersonName | undefined {
  const name = readName(text)
  if (!name) return undefined
  const again = readName(name.full)
  // What is taken away may lay bare something else to take away; every reading that changes a name shortens or settles it.
  return again?.full === name.full ? name : splitPersonName(name.full)
}

function readName(text: string): PersonName | undefined {
  const bare = withoutNoise(text)
  if (!bare) return undefined
  const cjk = splitWithoutBlanks(bare)
  if (cjk) return cjk
  const parts = bare.split(/\s*[,،、;]\s*/).filter(Boolean)
  const [head = '', ...rest] = parts
  const tail = rest.filter((part) => !part.split(' ').every((word) => isDegree(word) || isGeneration(word)))
  const generation = rest.flatMap((part) => part.split(' ')).find(isGeneration)
  const [family] = tail.length > 0 ? [withoutAffixes(head.split(' ')).tokens] : []
  const name = withoutAffixes((tail[0] ?? head).split(' '))
  return assemble({
    given: family ? name.tokens : undefined,
    family,
    tokens: name.tokens,
    generation: name.generation ?? generation,
  })
}

/** A whole name as it should be written: natural order, without titles and degrees, capitals repaired. */
export function normalizePersonName(text: string): string | undefined {
  return splitPersonName(text)?.full
}

/** A given name as it should be written: without titles, capitals repaired. */
export function normalizeGivenName(text: string): string | undefined {
  return normalizePart(text)
}

/** A family name as it should be written: without degrees, particles kept, capitals repaired. */
export function normalizeFamilyName(text: string): string | undefined {
  return normalizePart(text)
}

function normalizePart(text: string): string | undefined {
  const bare = withoutNoise(text)?.replace(/\s*[,،、;].*$/, '')
  if (!bare) return undefined
  const part = repairCase(withoutAffixes(bare.split(' ')).tokens).join(' ')
  return part === text || part === '' ? part || undefined : normalizePart(part)
}

interface Parts {
  readonly given: readonly string[] | undefined
  readonly family: readonly string[] | undefined
  readonly tokens: readonly string[]
  readonly generation: string | undefined
}

function assemble(parts: Parts): PersonName | undefined {
  const ordered = parts.family ? [...(parts.given ?? []), ...parts.family] : parts.tokens
  if (ordered.length === 0) return undefined
  const shouted = parts.family ? undefined : shoutedFamily(ordered)
  const natural = shouted ? [...shouted.given, ...shouted.family] : ordered
  const cased = shouted ? [...shouted.given, ...repairCase(shouted.family, shouted.given.length)] : repairCase(natural)
  const full = parts.generation ? [...cased, writeGeneration(parts.generation)] : cased
  const familyLength = shouted?.family.length ?? parts.family?.length
  const cut = familyLength === undefined ? familyStart(cased) : cased.length - familyLength
  const given = givenOf(cased.slice(0, cut))
  const family = cased.slice(cut)
  return {
    ...(given.length > 0 && { given: given.join(' ') }),
    ...(family.length > 0 && { family: family.join(' ') }),
    full: full.join(' '),
  }
}

// Emoji, pronouns, nicknames in brackets or quotes, what follows a bar or a dash, the degree of a LinkedIn contact.
function withoutNoise(text: string): string | undefined {
  const clean = cleanText(
    cleanText(text).replace(
      /[\p{Extended_Pictographic}\p{So}\u200d\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]/gu,
      ' ',
    ),
  )
  if (/@|:\/\/|www\./i.test(clean)) return undefined
  const bare = clean
    .replace(/\([^()]*\)|\[[^\][]*\]|\{[^{}]*\}|（[^（）]*）/g, ' ')
    .replace(/["“”„«][^"“”„«»]*["”“»]/g, ' ')
    .replace(/\s[|•–—-]\s.*$|\s[|•–—].*$|[|•].*$/u, '')
    .replace(/(?<!\p{L})(?:she|he|they|elle|il|sie|er|ella|él)\s*\/\s*\p{L}+(?:\s*\/\s*\p{L}+)*/giu, ' ')
    .replace(/(?<![\p{L}\p{N}])\d+(?:st|nd|rd|th)?\+?(?![\p{L}\p{N}])/giu, ' ')
    .replace(/[()[\]{}（）"“”„«»*_=<>#~^+]/g, ' ')
    .replace(/(?<=\p{L}{2})[.:!?]+(?=\s*$)/u, (end, _offset: number, whole: string) =>
      isAbbreviation(whole) ? end : '',
    )
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:'/&-]+|[\s,;:/&-]+$/g, '')
  return /\p{L}/u.test(bare) ? bare : undefined
}

function isAbbreviation(text: string): boolean {
  return /(?:^|[\s,])(?:jr|sr|esq)\.$/i.test(text) || /\p{L}\.\p{L}+\.$/u.test(text)
}

// A word as the tables know it: folded, without dots.
function wordKey(word: string): string {
  return foldText(word).replace(/[.,]/g, '')
}

// Here because the build packs what stands in functions, and every row is looked at.
const TITLES =
  'mr mrs ms miss mx dr dr-ing drs-ing prof professor sir dame lord lady rev reverend fr hon capt captain col gen lt maj sgt cpt cdr ' +
  'mme mlle monsieur madame mademoiselle me maitre pr docteur herr frau dipl-ing dipl ing diplom-ingenieur mag magister ' +
  'sr sra srta senor senora senorita don dona dra lic licda arq abg ingo sig sigra sigrina signor signora signorina dott ' +
  'dottore dottssa dottoressa avv rag geom arch profssa dhr mevr mevrouw meneer drs ir mw hr fru herra rouva pan pani mgr ' +
  'bc mudr judr phdr rndr paeddr doc shri smt sri haji hajj datuk dato tan engr atty'

let titles: ReadonlySet<string> | undefined
let degrees: ReadonlySet<string> | undefined

function isTitle(word: string): boolean {
  titles ??= words(TITLES)
  return titles.has(wordKey(word))
}

// Words such as Don, Ing, Ir, Pan or Lady are names as well: they are titles with a dot, or before two more words.
const NAME_TOO =
  /^(don|dona|me|pr|ing|ir|pan|pani|sr|mag|arch|fr|gen|hon|lord|lady|dame|doc|bc|col|lic|rag|arq|tan|sri|datuk|dato|haji)$/

function isDegree(word: string): boolean {
  degrees ??= words(
    'phd dphil dsc mphil mba emba msc mscs msced mpa mph mfa meng bsc bba beng bed med edd llb llm jd md mdphd do dds dmd dvm dnp ' +
      'rn bsn msn np pac pharmd psyd dba cfa cpa cma cia cisa cism cissp cfe cfp chfc clu cpcu caia frm fcca acca aca fca fcma ' +
      'cgma acma mcips pmp prince2 csm cspo safe itil ccie ccna mcse aws shrm-cp shrm-scp sphr phr gphr cipd mcipd fcipd aia pe se ' +
      'esq mp mep obe mbe cbe kbe kc qc ma ba bs ms aa dipl-ing dipl-kfm dipl-inf msw lcsw lmft rd mrics frics leed ap facs fache ' +
      'csc cscp cpim aphr cphr cgeit pgdip hons dess dea ret',
  )
  return degrees.has(wordKey(word))
}

// These are names, initials or words of other languages too: without a comma or dots they must be capitals after two words.
const SHORT_DEGREE =
  /^(ma|ba|bs|ms|md|do|rn|pe|se|mp|np|ap|aa|rd|kc|qc|jd|med|bed|safe|dea|ret|cia|aws|aia|csm|aca|fca)$/

function isGeneration(word: string): boolean {
  return /^(?:jr|sr|jnr|snr|ii|iii|iv)\.?$/i.test(word)
}

function writeGeneration(word: string): string {
  const key = wordKey(word)
  if (/^i/.test(key)) return key.toUpperCase()
  return key.startsWith('j') ? 'Jr.' : 'Sr.'
}

interface Stripped {
  readonly tokens: readonly string[]
  readonly generation: string | undefined
}

function withoutAffixes(words: readonly string[]): Stripped {
  let start = 0
  let end = words.length
  let generation: string | undefined
  while (start < end && isLeadingTitle(words, start)) start++
  for (; end - start > 1; end--) {
    const last = words[end - 1]!
    if (isGeneration(last)) {
      generation ??= last
      continue
    }
    if (!isTrailingDegree(last, end - start)) break
  }
  return { tokens: words.slice(start, end), generation }
}

function isLeadingTitle(words: readonly string[], index: number): boolean {
  const word = words[index]!
  if (!isTitle(word)) return false
  const more = words.length - index - 1
  if (more === 0) return /\.$/.test(word)
  return !NAME_TOO.test(wordKey(word)) || /\.$/.test(word)
}

function isTrailingDegree(word: string, length: number): boolean {
  if (!isDegree(word)) return false
  if (!SHORT_DEGREE.test(wordKey(word)) || /\p{L}\.\p{L}/u.test(word)) return true
  return length > 2 && word === word.toUpperCase()
}

// `DUPONT Jean` and `Jean DUPONT`: capitals of three letters and more at one end mark the family name.
function shoutedFamily(tokens: readonly string[]): { given: readonly string[]; family: readonly string[] } | undefined {
  const loud = tokens.map((token) => /^[\p{Lu}\p{M}'’-]{3,}$/u.test(token) || isParticle(token))
  const first = loud.indexOf(false)
  if (first === -1 || !tokens.some((token) => /^\p{Lu}[\p{Lu}\p{M}'’-]{2,}$/u.test(token))) return undefined
  const last = loud.lastIndexOf(false)
  const rest = tokens.slice(first, last + 1)
  if (loud.slice(first, last).includes(true) || !rest.some((token) => /\p{Ll}/u.test(token))) return undefined
  if (first > 0 && last === tokens.length - 1) return { given: tokens.slice(first), family: tokens.slice(0, first) }
  if (first === 0 && last < tokens.length - 1) return { given: rest, family: tokens.slice(last + 1) }
  return undefined
}

let particles: ReadonlySet<string> | undefined

function isParticle(word: string): boolean {
  particles ??= words(
    "van von vom der den de del della dello delle degli dei dal dalla di da do dos das du la le las los el al zu zum zur ter ten te 't " +
      'op af av bin bint ibn ben abu st st. san santa mac',
  )
  return particles.has(foldText(word)) || /^al-/i.test(word)
}

// The place where the family name starts.
function familyStart(tokens: readonly string[]): number {
  const last = tokens.length - 1
  if (last < 1) return tokens.length
  for (let i = 1; i < last; i++) {
    if (isParticle(tokens[i]!)) return i
    if (/^[yie]$/.test(tokens[i]!) && i > 1) return i - 1
    if (isIberianFamily(tokens[i]!)) return i
  }
  return last
}

let iberian: ReadonlySet<string> | undefined

// Spanish and Portuguese names end in two family names; the first of them tells, by its ending or as one of the commonest.
function isIberianFamily(word: string): boolean {
  iberian ??= words(
    'saez paez muniz garcia martin ruiz diaz moreno munoz romero torres ramos castro vargas ortega rojas cruz flores reyes morales ortiz delgado ' +
      'molina suarez marin sanz nunez medina castillo cortes garrido santos guerrero lozano cano prieto vega campos cabrera ' +
      'fuentes carrasco herrera navarro gil serrano blanco mendoza aguilar rivera silva oliveira souza sousa pereira costa ' +
      'ferreira alves lima gomes ribeiro carvalho almeida lopes soares fernandes vieira barbosa rocha dias nascimento andrade ' +
      'moreira nunes marques machado mendes freitas cardoso goncalves teixeira rodrigues martins correia pinto araujo melo ' +
      'monteiro moura cavalcanti restrepo zapata salazar acosta espinoza contreras valencia quintero',
  )
  const key = foldText(word)
  return iberian.has(key) || (/ez$/.test(key) && key.length > 4)
}

// Without middle names and initials: the name a person is called by. Double given names stay double.
function givenOf(tokens: readonly string[]): readonly string[] {
  const [first, second] = tokens
  if (first === undefined || second === undefined) return tokens
  if (isInitial(first)) return tokens.slice(0, tokens.findIndex((token) => !isInitial(token)) + 1 || tokens.length)
  if (isInitial(second)) return [first]
  return DOUBLE_GIVEN.test(foldText(first)) ? [first, second] : [first]
}

const DOUBLE_GIVEN =
  /^(jean|anne|anna|ana|marie|maria|mary|juan|jose|luis|joao|pedro|paulo|carlos|miguel|antonio|francisco|luiz|hans|karl|ernst|pier|gian|giovanni|rosa|victor|jorge|manuel|rafael|eva|lisa|billy|bobby|abdul|abd|mohammed|muhammad|mohamed|md|sri|thi|van)$/

function isInitial(token: string): boolean {
  return /^(?:\p{Lu}\.?|(?:\p{Lu}\.)+-?(?:\p{Lu}\.)*)$/u.test(token)
}

// A name in one case throughout was typed in a hurry or comes from an old system.
function repairCase(tokens: readonly string[], before = 0): readonly string[] {
  const text = tokens.join(' ')
  const allUpper = text === text.toUpperCase() && /^\P{Lu}*\p{Lu}.*\p{Lu}{2}/u.test(text)
  const allLower = text === text.toLowerCase() && /\p{Ll}/u.test(text)
  if (!allUpper && !allLower) return tokens
  return tokens.map((token, index) => {
    const lower = token.toLowerCase()
    if (index + before > 0 && index < tokens.length - 1 && LOWER_PARTICLE.test(lower)) return lower
    if (allUpper && /^(?:\p{Lu}\.?-?){1,2}$/u.test(token) && !/[AEIOUY]/.test(token)) return token
    return capitalize(lower)
  })
}

const LOWER_PARTICLE =
  /^(van|von|vom|der|den|de|del|da|do|dos|das|la|du|zu|zum|zur|ter|ten|te|'t|af|av|bin|bint|ibn|y|e|i)$/

function capitalize(lower: string): string {
  return lower
    .replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, upper)
    .replace(
      /(?<=^|[-\s])([OoDdLl]['’])(\p{L})/gu,
      (_, prefix: string, letter: string) => upper(prefix) + upper(letter),
    )
    .replace(/(?<=^|-)Mc(\p{L})/u, (_, letter: string) => `Mc${upper(letter)}`)
    .normalize('NFC')
}

function upper(text: string): string {
  return text.toUpperCase()
}

// Chinese, Japanese and Korean names are written family first and often without a blank.
function splitWithoutBlanks(text: string): PersonName | undefined {
  if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー・\s]+$/u.test(text))
    return undefined
  const [first = '', ...rest] = text.split(/[\s・]+/).filter(Boolean)
  const katakana = /^[\p{Script=Katakana}ー・\s]+$/u.test(text)
  // A foreign name in katakana keeps its own order.
  if (katakana && rest.length > 0)
    return { given: first, family: rest.join(text.includes('・') ? '・' : ' '), full: text }
  if (rest.length > 0) return { family: first, given: rest.join(' '), full: text }
  const length = familyLength(first)
  if (length === 0) return { full: text }
  return { family: first.slice(0, length), given: first.slice(length), full: text }
}

let doubles: ReadonlySet<string> | undefined

// How many characters the family name has; 0 when that cannot be told.
function familyLength(name: string): number {
  doubles ??= words(
    '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 司徒 夏侯 南宫 端木 남궁 황보 제갈 선우 독고 사공 서문 ' +
      '佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 清水 山崎 池田 橋本 阿部 石川 ' +
      '山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田 太田 西村 藤井 岡本 藤原 三浦 金子 中野 中川 ' +
      '原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 ' +
      '村田 大塚 新井 小山 平野 河野 藤本 野口 武田 上野 松井 千葉 菅原 岩崎 木下 久保 佐野 野村 松尾 菊地 市川 古川 内田',
  )
  for (const length of [3, 2]) if (name.length > length && doubles.has(name.slice(0, length))) return length
  if (/\p{Script=Hangul}/u.test(name)) return name.length >= 2 && name.length <= 4 ? 1 : 0
  const han = /^[\p{Script=Han}々]+/u.exec(name)?.[0].length ?? 0
  // Kana after Han is a Japanese given name: the Han part is the family name.
  if (han < name.length) return han
  if (han === 2 || han === 3) return 1
  return han === 4 ? 2 : 0
}
