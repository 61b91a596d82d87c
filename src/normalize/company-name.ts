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

// Legal forms as folded words without blanks and dots, compiled from the facts in opensanctions/rigour org_types and
// psolin/cleanco (both MIT). Left out: forms that are more often a word of a name, such as `group` or `union`.
const FORMS =
  // English
  'inc incorporated incorp corp corporation co company coltd coinc collc ltd limited ltda llc llp lllp lp plc ' +
  'plcltd pllc pc pa unlimited unltd ultd ulc cic cio gp pte pteltd ptelimited pty ptyltd ptylimited pvt pvtltd ' +
  'pvtlimited privateltd privatelimited publiclimitedcompany publiclimited limitedliabilitycompany ' +
  'limitedpartnership limitedliabilitypartnership jointstockcompany jsc pjsc ojsc cjsc opc fze fzco fzc fzllc dmcc ' +
  'wll bsc psc saoc saog sao sal sae sdnbhd bhd berhad sendirianberhad kk gk yk ik ' +
  // German
  'gmbh mbh ggmbh gmbhcokg gmbhandcokg gmbhandco gmbhcokgaa gmbhandcokgaa gmbhandcoohg mbhandcokg ag agandcokg ' +
  'agandcokgaa aktiengesellschaft gag kg kgaa kommanditgesellschaft ohg ug ughaftungsbeschrankt ugandcokg ' +
  'ughaftungsbeschranktandcokg haftungsbeschrankt unternehmergesellschaft gbr egbr ek ekfm ekfr eg egen ev ' +
  'eingetragenerverein partg partgmbb partmbb mbb vvag aor kdor stiftung seandcokg seandcokgaa ltdandcokg andcokg ' +
  'andco cokg eu og keg gesbr stg ges gesmbh gesellschaftmitbeschrankterhaftung gmbhinliquidation inliquidation ' +
  // French, Luxembourgish, Swiss and Belgian
  'sa sarl sarlu sas sasu eurl snc sci scop scs sca scp scpi selarl selas selasu scm gie gip ei eirl sem scic asbl ' +
  'aisbl sprl scrl scrlfs societeanonyme societearesponsabilitelimitee societeparactionssimplifiee sarls secs ' +
  'sicav fcp fcpr enr ltee cie sagl ' +
  // Dutch
  'bv nv vof cv cva cvba cvoa bvba vzw commv commva bvbastarter ebvba stichting cooperatie coop ua bvioo ' +
  // Nordic
  'ab abp aktiebolag hb kb ekfor ekonomiskforening oy oyj oyab oyjabp osakeyhtio ay ky tmi osk ry rf as asa ans da ' +
  'nuf sf stftelse aps ivs ks amba smba fmba aktieselskab anpartsselskab ehf hf ohf slf ses ' +
  // Italian
  'spa srl srls srlu srlunipersonale sapa scarl scpa scoop coopsocial onlus soccoop soccooparl ets ' +
  'societaperazioni societaaresponsabilitalimitata inliquidazione ' +
  // Spanish and Portuguese
  'sl slu slne sll sau sc scl cb aie ute sociedadlimitada sociedadanonima sadecv sabdecv sapidecv sapi srldecv ' +
  'sderl sderldecv sencs senc sacv srlcv cia cialtda canonima cxa cpora sgr spr iap sofom lda unipessoallda ' +
  'unipessoal eireli epp sociedadecomanditaporacoes saic saci sacif saicf saicfi sacifia scei ese esp sadecvfienid ' +
  'fienid sociedadporacciones ' +
  // Central and Eastern Europe
  'sro spolsro spol aspol akcspol vos zs zu spzoo spolkazoo spzooskspk spzoospk spk spj spp ska spolkaakcyjna ' +
  'spolkazograniczonaodpowiedzialnoscia spolkakomandytowa spolkajawna psa sarlzoo kft bt kkt zrt nyrt rt kht ec kv ' +
  'doo jdoo dd dno kd kda jtd dooel ad obrt zoo shpk sha shk ead eood ood adsic pfa scsa srld ou oue fie mtu sia ' +
  'uab mb ij vsi tub iv zub ' +
  // Russian, Ukrainian, Belarusian, Kazakh and Greek
  'ooo oao zao pao nao ao chp tov tzov pat prat vat zat fop tdv too tdo taa aat ооо оао зао пао нао ао ип чп тов ' +
  'пат прат ват зат ат фоп тоо таа аат ад оод еоод еад ет сд кд ае επε αε οε εε ικε epe ike ae oe ee mepe mike ' +
  'ανωνυμηεταιρεια ' +
  // Turkish, Hebrew and Asian
  'ltdsti limitedsirketi anonimsirketi aos sti ticltd sanveticltd sanveticas sanvetic sanayiveticaret ' +
  'sanayiveticaretas sanayiveticaretltdsti ticaret bm pt tbk perserotbk cvtbk jsccorp ctytnhh ctycp tnhh kaisha ' +
  'kabushikikaisha godokaisha yugenkaisha se sce eeig ewiv'

// Forms that languages write before the name; `the` is no form but comes and goes in the same way.
const LEADING_FORMS =
  'the oy oyj ab pt uab sia ooo oao zao pao ao tov pat prat ооо оао зао пао нао ао ип тов пат прат фоп тоо ctytnhh stichting ' +
  'sarl sas asbl vzw'
