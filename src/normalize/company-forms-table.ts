/**
 * Legal forms as folded words without blanks and dots, compiled from the facts in opensanctions/rigour org_types and
 * psolin/cleanco (both MIT). Left out: forms that are more often a word of a name, such as `group` or `union`.
 */
export const FORMS =
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

/** Forms that languages write before the name; `the` is no form but comes and goes in the same way. */
export const LEADING_FORMS =
  'the oy oyj ab pt uab sia ooo oao zao pao ao tov pat prat ооо оао зао пао нао ао ип тов пат прат фоп тоо ctytnhh stichting ' +
  'sarl sas asbl vzw'
