import { words } from '../normalize/text'

/** Whether two given names are a man's and a woman's form of one name: `daniel` and `daniela` are no typing error. */
export function isGenderedPair(a: string, b: string): boolean {
  pairs ??= words(FORMS.map(pairsOf).join(' '))
  return pairs.has(`${a}/${b}`) || pairs.has(`${b}/${a}`)
}

let pairs: ReadonlySet<string> | undefined

function pairsOf([his, hers, stems]: (typeof FORMS)[number]): string {
  return stems.replace(/\S+/g, (stem) => `${stem}${his}/${stem}${hers}`)
}

// By hand from name dictionaries of English, German, Romance and Slavic languages: what ends the two forms, and the stems.
// Forms that sound alike (Michel, Michelle) are left out: one is often written for the other.
const FORMS = [
  [
    '',
    'a',
    'adrian albert alfred andre anton bogdan carl christian daniel emanuel emil eric erik ernest fabian frederic gabriel ' +
      'georg gerard henrik ivan jan josef joseph juan karl karol leon leonard luis manuel marcel martin michael miguel ' +
      'mikael milan norbert oliver paul petr rafael raphael robert roman stefan stephan tomas valentin viktor',
  ],
  [
    'o',
    'a',
    'albert alessandr angel antoni bernard brun carl claudi dari domenic eduard emili enric fabi federic fernand filipp ' +
      'flavi francesc francisc giorgi giovann giuli gustav juli laur lorenz lucian marcell marian marin marc mari massim ' +
      'maur maurizi paol patrizi pier renat ricard riccard robert rodrig sandr sergi silvan silvi stefan valeri vincenz',
  ],
  ['', 'e', 'christian denis florian justin louis martin simon valentin'],
  ['', 'le', 'daniel gabriel'],
  ['en', 'enne', 'adri fabi juli luci viv'],
  ['', 'ne', 'jean yvon'],
  ['us', 'a', 'claudi corneli juli mari'],
  ['er', 'ra', 'alexand aleksand'],
  ['ian', 'ina', 'christ krist'],
  ['ick', 'icia', 'patr'],
  ['or', 'oria', 'vict vikt'],
  ['ael', 'elle', 'mich'],
  ['', 'ia', 'eugen valer'],
] as const
