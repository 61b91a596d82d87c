import { companyMatchKey } from '../normalize/company-name'
import { words } from '../normalize/text'
import { plainText } from './spelling'

/** A company's name for comparing: plain text without its legal form, common words in one spelling. */
export function companyCore(text: string): string {
  const key = plainText(companyMatchKey(text))
  const parts = key.split(' ')
  if (!parts.some((part) => SHORT[part] !== undefined)) return key
  return parts.map((part) => SHORT[part] ?? part).join(' ')
}

/** The words of a company's name that tell it from others. */
export function companyWords(core: string): readonly string[] {
  return core.split(' ').filter((word) => word !== '' && !SMALL.test(word))
}

/** The first letters of the words, where there are at least three; empty otherwise. */
export function acronymOf(core: string): string {
  const parts = companyWords(core)
  return parts.length < 3 ? '' : parts.map((word) => word[0]).join('')
}

/** Whether a word says what a company does or how it is built rather than which one it is. */
export function isGenericWord(word: string): boolean {
  generic ??= words(GENERIC)
  return generic.has(word)
}

let generic: ReadonlySet<string> | undefined

// Compiled by hand from the commonest words of company registers.
const GENERIC =
  'group holdings international global worldwide company enterprises industries services solutions systems technologies ' +
  'consulting consultants consultancy advisors advisory partners partnership associates management investments capital ' +
  'ventures fund trust bank finance financial insurance properties realty estate development developments construction ' +
  'engineering manufacturing trading trade export import logistics transport transportation shipping aviation energy power oil ' +
  'gas mining media marketing communications design studio agency software digital data networks telecom electronics ' +
  'healthcare medical pharmaceuticals laboratories foods restaurant cafe hotel school academy center institute university ' +
  'college foundation association society club church department office shop store stores market products supply supplies ' +
  'beheer advies nederland deutschland france espana italia uk usa america american european europe asia pacific'

const SMALL = /^(and|the|of|for|de|la|le|les|du|des|del|der|die|das|und|et|y|e|in|at|on|a|an)$/

// Usual abbreviations in company names, by the full word; numbers as digits.
const SHORT: { readonly [word: string]: string } = {
  svc: 'services',
  svcs: 'services',
  srvcs: 'services',
  serv: 'services',
  service: 'services',
  mfg: 'manufacturing',
  mgmt: 'management',
  mgt: 'management',
  intl: 'international',
  int: 'international',
  natl: 'national',
  assoc: 'associates',
  assocs: 'associates',
  assn: 'association',
  tech: 'technologies',
  technology: 'technologies',
  techs: 'technologies',
  sys: 'systems',
  system: 'systems',
  sol: 'solutions',
  solns: 'solutions',
  solution: 'solutions',
  ind: 'industries',
  inds: 'industries',
  grp: 'group',
  gp: 'group',
  hldgs: 'holdings',
  hldg: 'holdings',
  holding: 'holdings',
  eng: 'engineering',
  engr: 'engineering',
  constr: 'construction',
  dev: 'development',
  dept: 'department',
  univ: 'university',
  ctr: 'center',
  cntr: 'center',
  centre: 'center',
  inst: 'institute',
  lab: 'laboratories',
  labs: 'laboratories',
  pharma: 'pharmaceuticals',
  fin: 'financial',
  ins: 'insurance',
  invest: 'investments',
  invs: 'investments',
  prop: 'properties',
  props: 'properties',
  pub: 'publishing',
  ent: 'enterprises',
  bros: 'brothers',
  comm: 'communications',
  comms: 'communications',
  mktg: 'marketing',
  consult: 'consulting',
  log: 'logistics',
  st: 'saint',
  ste: 'saint',
  mt: 'mount',
  ft: 'fort',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  first: '1st',
  second: '2nd',
  third: '3rd',
}
