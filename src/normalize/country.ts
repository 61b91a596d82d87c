import { foldText } from './text'

/**
 * The ISO 3166 alpha-2 code of a country given by its alpha-2 or alpha-3 code or by its name in English, French, German,
 * Spanish, Portuguese, Italian, Dutch or, for many, in its own language; nothing when it is not known.
 */
export function countryCode(text: string): string | undefined {
  table ??= readTable()
  const name = nameKey(text)
  return table.exact.get(name) ?? table.similar.get(skeleton(name))
}

interface Table {
  readonly exact: ReadonlyMap<string, string>
  readonly similar: ReadonlyMap<string, string>
}

let table: Table | undefined

function readTable(): Table {
  const exact = new Map<string, string>()
  const similar = new Map<string, string>()
  for (const entry of COUNTRIES.split(';')) {
    const [codes = '', names = ''] = entry.split(/ (.*)/)
    const code = codes.slice(0, 2)
    exact.set(code.toLowerCase(), code)
    exact.set(codes.slice(-3).toLowerCase(), code)
    for (const name of names.split(',').filter(Boolean)) {
      exact.set(name, code)
      similar.set(skeleton(name), code)
    }
  }
  return { exact, similar }
}

function nameKey(text: string): string {
  const letters = foldText(text).replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
  return letters.replace(/[^\p{L}]+/gu, ' ').trim()
}

// What is left when the spelling differences between seven languages are taken away: Kroatien, Croatie and Croazia are
// one. A test proves that no two countries of the table share a skeleton, Niger and Nigeria apart.
function skeleton(name: string): string {
  return name
    .split(' ')
    .filter((word) => !SMALL_WORD.test(word))
    .map((word) =>
      word
        .replace(/sch|sh/g, 's')
        .replace(/qu|[ckq]h?/g, 'k')
        .replace(/ou|oe/g, 'u')
        .replace(/ph/g, 'f')
        .replace(/th/g, 't')
        .replace(/z/g, 's')
        .replace(/[yj]/g, 'i')
        .replace(/w/g, 'v')
        .replace(/(.)\1+/g, '$1')
        .replace(/(?<=...)(ien|ie|ia|io|en|e|a|o|n|i)$/, ''),
    )
    .join(' ')
}

const SMALL_WORD =
  /^(the|and|et|und|y|e|ed|en|of|de|del|do|da|d|la|du|republic|republik|republique|republica|repubblica|republiek)$/

// One entry a country: alpha-3 (with alpha-2 before it where it is not its beginning), then one name a skeleton.
const COUNTRIES =
  'AFG afghanistan,afganistan,afeganistao;AXALA;ALB albania;DZA algeria,argelia;ASM;ADAND andorra;AOAGO angola;AIA;' +
  'AQATA;AGATG antigua and barbuda;ARG argentina;AMARM armenia;AWABW aruba;AUS australia;ATAUT austria,autriche,' +
  'osterreich,oostenrijk;AZE azerbaijan,azerbaidjan,aserbaidschan,azerbeidzjan,azerbaigian;BSBHS bahamas;BHR ' +
  'bahrain,bahrein,barein;BDBGD bangladesh;BBBRB barbados;BYBLR belarus,bielorussie;BEL belgium,belgique,belgien;' +
  'BZBLZ belize;BJBEN benin;BMU bermuda;BTN bhutan;BOL bolivia;BQBES;BABIH bosnia and herzegovina,bosnia ed ' +
  'erzegovina;BWA botswana;BVT;BRA brazil,bresil;IOT;BNBRN brunei,brunei darussalam;BGR bulgaria,българия;BFA ' +
  'burkina faso;BIBDI burundi;CVCPV cape verde;KHM cambodia,cambodge,kambodscha,camboya,cambogia;CMR cameroon,' +
  'cameroun,camaroes;CAN canada;KYCYM cayman islands;CFCAF central african republic;TDTCD chad;CLCHL chile;CNCHN ' +
  'china,中国,prc;CXR;CCK;COL colombia,kolumbien;KMCOM comoros;CGCOG congo brazzaville,republic of the congo;CDCOD ' +
  'congo kinshasa,republica democratica del congo,dr congo;CKCOK;CRI costa rica;CIV cote d ivoire,costa do marfim,' +
  'ivoorkust,costa d avorio,ivory coast;HRV croatia,croacia,croazia,hrvatska;CUB cuba;CWCUW curacao;CYP cyprus,' +
  'chypre,zypern;CZE czechia,tchequie,tschechien,chequia,tsjechie,ceska republika,tschechische republik,cesko;' +
  'DKDNK denmark,danemark,dinamarca,denemarken,danimarca,danmark;DJI djibouti;DMA dominica;DOM dominican republic,' +
  'republique dominicaine,dominikanische republik,republica dominicana,dominicaanse republiek;ECU ecuador,equateur,' +
  'equador;EGY egypt,agypten,egito;SVSLV el salvador,salvador;GQGNQ equatorial guinea;ERI eritrea;EEEST estonia,' +
  'estland,eesti;SZSWZ eswatini,swaziland;ETH ethiopia,athiopien;FKFLK;FOFRO faroe islands;FJI fiji;FIN finland,' +
  'suomi;FRA france,frankreich,frankrijk;GFGUF french guiana;PFPYF french polynesia;TFATF;GAB gabon;GMB gambia;GEO ' +
  'georgia;DEU germany,allemagne,deutschland,alemania,alemanha,duitsland;GHA ghana,gana;GIB gibraltar;GRC greece,' +
  'griechenland,ελλαδα,hellas;GLGRL greenland;GDGRD grenada;GPGLP guadeloupe;GUM guam;GTM guatemala;GGY guernsey;' +
  'GNGIN guinea;GWGNB guinea bissau;GYGUY guyana;HTI haiti;HMD;VAT vatican city,vatican;HND honduras;HKG hong kong,' +
  'hongkong;HUN hungary,hongrie,ungarn,hungria,hongarije,ungheria;ISL iceland,islande;IND india;IDN indonesia;IRN ' +
  'iran,islamic republic of iran;IQIRQ iraq;IEIRL ireland,irlande,ierland,eire;IMN isle of man;ILISR israel;ITA ' +
  'italy;JMJAM jamaica,giamaica;JPN japan,japon,giappone,日本;JEY jersey;JOR jordan,jordanie,giordania;KZKAZ ' +
  'kazakhstan,kazajistan,cazaquistao;KEN kenya;KIR;KPPRK north korea,coree du nord,nordkorea,corea del norte,noord ' +
  'korea,corea del nord;KRKOR south korea,coree du sud,sudkorea,corea del sur,coreia do sul,zuid korea,corea del ' +
  'sud,korea,coree;KWT kuwait,koweit,koeweit;KGZ kyrgyzstan;LAO laos,lao pdr;LVA latvia,lettonie,lettland;LBN ' +
  'lebanon,liban,libanon,libano;LSO lesotho;LRLBR liberia;LYLBY libya;LIE liechtenstein;LTU lithuania,litauen,' +
  'litouwen,lietuva;LUX luxembourg,lussemburgo;MOMAC macao,macau;MGMDG madagascar;MWI malawi;MYS malaysia,malasia,' +
  'maleisie;MVMDV maldives;MLI mali;MTMLT malta;MHL;MQMTQ martinique;MRT mauritania;MUS mauritius,maurice;YTMYT ' +
  'mayotte;MXMEX mexico,messico;FMFSM micronesia;MDA moldova,moldavie,republik moldau;MCO monaco;MNG mongolia;' +
  'MEMNE montenegro;MSR;MAR morocco,maroc,marruecos,marrocos;MZMOZ mozambique,mocambique;MMR myanmar,birmania,' +
  'birma,burma;NAM namibia;NRU;NPL nepal;NLD netherlands,pays bas,niederlande,paises bajos,paises baixos,nederland,' +
  'paesi bassi,holland,olanda;NCL new caledonia;NZL new zealand,nouvelle zelande,neuseeland,nueva zelanda,nova ' +
  'zelandia,nieuw zeeland,nuova zelanda;NIC nicaragua;NER niger;NGA nigeria;NUNIU;NFK;MKD north macedonia,' +
  'macedoine du nord,nordmazedonien,macedonia del norte,noord macedonie,macedonia del nord,macedonia;MPMNP;NOR ' +
  'norway,norvege,noruega,norge;OMN oman;PKPAK pakistan;PWPLW;PSE palestinian territories,palestine;PAN panama;' +
  'PGPNG papua new guinea;PYPRY paraguay;PER peru;PHL philippines,philippinen,filipinas;PNPCN;PLPOL poland,pologne,' +
  'polen,polonia,polska;PTPRT portugal,portogallo;PRI puerto rico,porto rico,portorico;QAT qatar;REU reunion;ROU ' +
  'romania,roumanie,romenia,roemenie;RUS russia,russland,russian federation,rossiya,россия;RWA rwanda;BLM;SHN;KNA ' +
  'st kitts and nevis;LCA st lucia;MFMAF;PMSPM;VCT st vincent and grenadines;WSM samoa;SMR san marino;STP sao tome ' +
  'and principe;SAU saudi arabia,arabie saoudite,arabia saudi;SNSEN senegal;RSSRB serbia,servia,srbija;SCSYC ' +
  'seychelles;SLE sierra leone;SGP singapore,singapour;SXM;SKSVK slovakia,slowakei,eslovaquia,slovensko;SISVN ' +
  'slovenia,eslovenia;SBSLB solomon islands;SOM somalia;ZAF south africa,afrique du sud,sudafrika,africa do sul,' +
  'zuid afrika;GSSGS;SSD south sudan;ESP spain,espagne,spanien,espana,espanha,spagna;LKA sri lanka;SDN sudan;SRSUR ' +
  'suriname;SJM;SESWE sweden,suede,suecia,svezia,sverige;CHE switzerland,suisse,schweiz,suica,svizzera;SYR syria,' +
  'syrian arab republic;TWN taiwan;TJK tajikistan;TZA tanzania,united republic of tanzania;THA thailand;TLS timor ' +
  'leste;TGO togo;TKL;TON;TTO trinidad and tobago,trinite et tobago;TNTUN tunisia,tunesien;TRTUR turkiye,turkei;' +
  'TMTKM turkmenistan;TCA;TVTUV;UGA uganda;UAUKR ukraine,ucrania,украіна;AEARE united arab emirates,emirats arabes ' +
  'unis,vereinigte arabische emirate,emiratos arabes unidos,emirados arabes unidos,verenigde arabische emiraten,' +
  'emirati arabi uniti,uae,eau;GBR united kingdom,royaume uni,vereinigtes konigreich,reino unido,verenigd ' +
  'koninkrijk,regno unito,uk,great britain,britain,england,scotland,wales,northern ireland,angleterre,' +
  'grossbritannien,inglaterra,gran bretagna,gran bretana,grande bretagne;USA united states,etats unis,vereinigte ' +
  'staaten,estados unidos,verenigde staten,stati uniti,united states of america,america,etats unis d amerique,' +
  'estados unidos de america,stati uniti d america,eeuu,ee uu,eua,usa;UMI;UYURY uruguay;UZB uzbekistan;VUT vanuatu;' +
  'VEN venezuela;VNM vietnam,vietna,viet nam;VGB british virgin islands;VIR;WFWLF;EHESH;YEM yemen;ZMB zambia;ZWE zimbabwe,' +
  'zimbabue;XKX kosovo'
