/** One entry a country: alpha-3 (with alpha-2 before it where it is not its beginning), then one name a skeleton. */
export const COUNTRIES =
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
