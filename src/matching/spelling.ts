import { foldText } from '../normalize/text'

/** Text in plain Latin letters and digits, lower case: accents gone, Cyrillic and Greek spelt out, one blank between words. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text
  const folded = foldText(text)
  const latin = LATIN.test(folded) ? folded : spellOut(folded)
  return latin
    .replace(/['"]/g, '')
    .replace(/[^a-z0-9\u0370-\uffff]+/g, ' ')
    .trim()
}

/** How a word sounds, roughly and in any European language: equal for Meier and Mayr, Phillips and Filips. */
export function soundOf(word: string): string {
  let sound = ''
  let last = ''
  for (let at = 0; at < word.length; at++) {
    const letter = word[at]!
    const next = word[at + 1] ?? ''
    let heard = SOUNDS[letter] ?? letter
    if (letter === 'c' && 'eiy'.includes(next) && next !== '') heard = 's'
    else if (letter === 'p' && next === 'h') heard = 'f'
    else if (letter === 'g' && next === 'h') heard = 'g'
    if (letter === ' ' || letter === 'h') continue
    if ('aeiouy'.includes(letter)) {
      if (sound === '') sound = 'a'
      last = ''
      continue
    }
    if (letter === 'w' && sound !== '' && !'aeiouy'.includes(next)) continue
    if (heard !== last) sound += heard
    last = heard
  }
  return sound
}

const PLAIN = /^[a-z0-9]*$/
const LATIN = /^[\x00-\u036f\u1e00-\u2bff]*$/

const SOUNDS: { readonly [letter: string]: string } = {
  c: 'k',
  q: 'k',
  x: 'k',
  z: 's',
  v: 'f',
  w: 'f',
  j: 'i',
  b: 'p',
  d: 't',
  g: 'k',
}

function spellOut(folded: string): string {
  letters ??= readLetters()
  let text = ''
  for (const letter of folded) text += letters.get(letter) ?? letter
  return text
}

let letters: ReadonlyMap<string, string> | undefined

function readLetters(): ReadonlyMap<string, string> {
  return new Map(LETTERS.split(' ').map((pair) => [pair[0]!, pair.slice(1)]))
}

// Cyrillic as BGN/PCGN spells it for passports and maps, Greek after ISO 843 type 2, Arabic and Hebrew by consonants
// alone (ALA-LC without its marks): facts of public standards, written down by hand.
const LETTERS =
  'аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya ёe іi їyi єye ґg ўw ' +
  'ђdj јj љlj њnj ћc џdz ѓg ќk ѕdz ңn өo үu қk ғg ұu һh әa ' +
  'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo ' +
  'اa أa إi آa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz ع غgh فf قq كk کk لl مm نn هh وu يi یi ىa ةa ئi ؤu پp چch ژzh گg ء ' +
  'אa בb גg דd הh וv זz חch טt יi כk ךk לl מm םm נn ןn סs עa פp ףf צts ץts קk רr שsh תt'
