/**
 * Given names and what their bearers are called: `formal,formal short short;...`. Facts from carltonnorthern/nicknames
 * (Apache-2.0), and by hand from name dictionaries of German, Dutch, Romance, Slavic and Indian languages.
 */
export const NICKNAMES =
  'aaron,aron erin ron;abbigail,abbigale,abigail,abigale abbe abbey abbi abbie abby gail nabby;abdul abdel;abednego' +
  ' bedney;abel ab abe eb;abiel,abner ab;abijah ab bige;abraham,abram ab abe;absalom ab abbie app;adaline ada addy' +
  ' adie delia dell lena;addison addie addy;adela adie della;adelaide addy adele adie dell della heidi;adelbert' +
  ' albert bert del delbert;adele addy dell;adeline ada addy delia dell lena;adelphia addy adele dell delphia' +
  ' philly;adena adina deena dena dina;adolphus ado adolph dolph;adrian rian;adriane riane;adrienne addie enne' +
  ' rienne;agatha aga aggy;agnes aggy inez nessa;agnieszka aga;aileen allie lena;alan,alastair,aldo,alex,alfonse' +
  ' al;alanson al lanson;alazama ali;albert al bert;alberta allie bert bertie;alberto beto;aldrich rich riche' +
  ' richie;aleksandr alek alex alexander alexandr sasha;aleksandra sasha;alessandra ale sandra;alessandro ale' +
  ' sandro;aleva leve levy;alexander al alec alex lex sandy sascha xander;alexandra alex alla lexi sandra sandy;' +
  'alexandre alex;alexandria alex alexander alla drina sandra;alexis alex lexi;alfred al fred freddy;alfreda alfy' +
  ' freda freddy frieda;algernon algy;alice,alicia allie elsie lisa;alison ali allie;alixandra alix;allan al alan' +
  ' allen;allen al alan;allisandra,allison,allyson,allyssa ali allie ally;almena ali allie ally mena;' +
  'almina,elminie,minerva minnie;almira myra;alonzo al lon lonzo;alphinias alphus;althea ally;alverta vert virdie;' +
  'alyssa al ally lissia;alzada zada;amanda manda mandy;ambrose brose;amelia amy emily mel millie;anastasia ana' +
  ' stacy;anderson,andrzej andy;andre drea;andrea andi andrew andy drea rea;andreas andi andy;andrew andy drew' +
  ' randy;andriane ada adri rienne;angela angel angie;angelica angel angelika angie;angelina angel angie lina;ann' +
  ' nan;anna ania ann anne anya nan;anne ann nan;annette anna nettie;annie ann anna;anselm ance anse ansel selma;' +
  'anthony ant tony;antoine toine tony;antoinette ann netta tony;antonia ann netta toni tony;antonio ant toni tony;' +
  'antonius anton ton toon;appoline appie appy;aquilla quil quillie;arabella,arabelle ara arry bella belle;araminta' +
  ' armida middie minty ruminta;archibald archie;archilles kill killis;ariadne ari arie;arielle arie;aristotle' +
  ' telly;arizona,yeona ona onie;arlene arly lena;armanda,manda mandy;armena arry mena;armilda,mildred milly;' +
  'arminda mindie;arminta minite minnie;arnold arnie;artelepsa epsey;artemus,arthur art;arthusa thursa;arzada' +
  ' zaddi;asahel,asaph asa;asenath assene natty sene;ashley ash ashly leah lee;aubrey,breeanna bree;audrey audree' +
  ' dee;august gus;augusta,augustina aggy gatsy gussie tina;augustine,augustus august austin gus;aurelia aurilla' +
  ' ora orilla ree rilly;avarilla,serilla rilla;azariah aze riah;babs bab;barbara bab babs babsi barbie barby' +
  ' bobbie;barbery barbara;barnabas barney;bartholomew bart bartel bat mees meus;barticus bart;bazaleel basil;' +
  'beatrice bea trisha trix trixie;becca,reba beck;bedelia bridgit delia;belinda belle linda;bella belle;benedict' +
  ' ben bennie;benedikt ben;benjamin ben benjy bennie benny jamie;bernard barney berney bernie berny;berney bernie;' +
  'bert bob;bertha bert bertie birdie;bertram bert;bertrand,randall randy;bethena beth thaney;beverly bev;bezaleel' +
  ' zeely;biddie biddy;bill,billy,willie fred;bjoern bjorn;blanche bea;bob rob;bobby bob rob;boetius bo;brad ford;' +
  'bradford brad ford;bradley brad;brady brody;breanna bree bri;brenda brandy;brian bryan;brianna bri;bridget' +
  ' biddie biddy bridgie bridie;brittany,brittney britt brittnie;broderick brady brody rick ricky rod;bryanna ana' +
  ' anna bri briana brianna;caitlin,caitlyn cait caity;caleb cal;california callie;calista kissy;calpurnia cally;' +
  'calvin cal vin vinny;cameron cam ron ronny;camile cammie;camille cammie millie;campbell cam;candace candy dacey;' +
  'carla carly karla;carlotta lottie;carlton carl;carmellia,mellony mellia;carmelo melo;carmon cammie carm charm;' +
  'carol carri kara kari lynn;carolann carol carole;caroline carol carole carrie cassie lynn;carolyn carrie cassie' +
  ' lynn;carrie cassie;carthaette etta etty;casper jasper;cassandra cassie sandra sandy;cassidy cass cassie;caswell' +
  ' cass;catherine casey cassie cathy kate kathy katy kay kit kittie lena trina;cathleen casey cassie cathy kathy' +
  ' katy kay kit kittie lena trina;cathy kathy;catriona,katy kate;cecilia celia cissy;cedric ced rick ricky;celeste' +
  ' celia lessie;celinda,philinda linda lindy lynn;chandrasekhar chandra;charity chat;charles carl charlie chick' +
  ' chuck;charlie,chick chuck;charlotte char charlie lotta lottie sherry;chauncey chan;chelsey chelsie;cheryl cher;' +
  'chesley,chester chet;chloe clo;chris,krishna,kristel kris;' +
  'christa,christiano,christoffer,christoph,kristen,kristin,kristy chris;christian chris kit;christiana ann chris' +
  ' christy crissy kris kristy tina;christina,christine chris chrissy christy crissy kris kristy tina;christopher' +
  ' chris kit topher;christy crissy;cicely cilla;cinderella arilla cindy rella rilla;claire clair clara clare;' +
  'clare,clarinda clara;clarence clair clare;clarissa cissy clara;claudia claud;cleatus cleat;clement clem;' +
  'clementine clem clement;clifford cliff ford;clifton cliff tony;columbus clum;concepcion concha;conrad con conny;' +
  'constance connie;cordelia cordy delia;corey coco cordy ree;corinne cora ora;cornelia cornie corny nelia nelle' +
  ' nelly;cornelis cor kees;cornelius con conny corny neil niel;cory coco ree;courtney court curt;crystal chris' +
  ' crys stal tal;curtis curt;cynthia cindy cintha;cyrenius cene cy renius serene swene;cyrus cy;dahl dal;dalton' +
  ' dahl dal;daniel dan dann danny;danielle dani ellie;daphne daph daphie;darlene darry lena;david dave davey day;' +
  'daycia dacia daisha;deanne ann dee;debbie deb debby debra;debby,debra deb;debora,deborah deb debbie debby;deidre' +
  ' deedee;delbert bert del;delilah dell della lil lila;deliverance della delly dilly;della dell;delores dee dell' +
  ' della lola lolly;delphine del delf delphi;demaris,demerias dea maris mary;democrates mock;dennis dennie denny;' +
  'dennison dennis denny;derek,derick,ricardo rick ricky;derrick eric rick ricky;deuteronomy duty;diana di dicey' +
  ' didi;diane di dian dicey didi;dicey dicie;dick,eric rick;dickson dick;dmitri,dmitry dima mitya;dolores lola;' +
  'domenic dom nic;dominic dom nic nick;dominick dom nick nicky;dominico dom;donald,donovan don donnie donny dony;' +
  'donato don;donna dona;dorcus darkey;dorinda,doris,eldora,eudora,medora,pandora,theodora dora;dorothea doda dora;' +
  'dorothy dolly dora dortha dot dottie dotty;dotha dotty;dotty dot;douglas doug;drusilla,sarilla silla;duncan' +
  ' dunk;earnest,ernest ernie;ebbie eb;ebenezer eb ebbie eben;eddie,eddy ed;edgar,edmond ed eddie eddy;' +
  'edith,edyth,edythe edie edye;edmund ed eddie eddy ned ted;edna edny;eduardo ed eddie eddy edu lalo;edward ed' +
  ' eddie eddy ned ted teddy;edwin ed eddie eddy ned win;edwina edwin;egbert bert burt;eighta athy;eileen,elena' +
  ' helen;ekaterina catherine katya;elaine helen lainie;elbert albert bert;elbertson bert elbert;eleanor elaine' +
  ' ellen ellie lanna lenora nelly nora;eleazer lazar;elias eli lee lias;elijah eli lige;eliphalel life;eliphalet' +
  ' left;elisa lisa;elisabeth elli lisa sissi;elisha eli lish;elizabeth bess bessie beth betsy betty eliza lib' +
  ' libby lisa liz liza lizzie lizzy;ella el;ellen helen nell;ellender ellen helen nellie;ellie elly;' +
  'ellswood,elsie,elswood elsey;elmira ellie elly mira;elnora nora;eloise,elouise louise;elvira elvie;elwood woody;' +
  'elysia lisa lissa;emanuel manny manuel;emeline em emily emma emmy milly;emil em;emily em emma emmy mel;emma em' +
  ' emmy;enrique quique;epaphroditius dite ditus dyce dyche eppa;ephraim eph;erasmus rasmus raze;ernestine erna' +
  ' ernest teeny tina;erwin irwin;eseneth senie;essy es;estella,estelle essy stella;esther essie hester;' +
  'eudicy,eurydice dicey;eudoris dosie dossie;eugene gene;eunice,unice nicie;euphemia effie effy;eustacia stacia' +
  ' stacy;eva eve;evaline eva eve lena;evangeline ev evan vangie;evelyn ev eve;evgeny eugene zhenya;experience' +
  ' exie;ezekiel ez zeke;ezideen,ezra ez;faith fay;fallon fal falcon fall fallie fally falon lon lonnie;felicia fel' +
  ' feli felix;felicity flick tick;feltie,valentine felty;ferdinand ferdie fred freddie freddy;ferdinando ferdie' +
  ' fred nando;fernando nando;fidelia delia;fionna fiona;florence flo flora flossy;floyd lloyd;frances cissy fanny' +
  ' fran francie frankie frannie franny sis;francesco cesco ciccio franco;francine fran francie frannie franniey' +
  ' franny;francis fran frank frankie;francisco curro paco pancho;francois fanfan;frankie frank;franklin,franklind' +
  ' fran frank;frederica erica erika freddy frederick rickey;frederick derick erick fred freddie freddy fritz rick' +
  ' ricky;fredericka ericka freda freddy frieda ricka rickey;frieda fred freddy;friedrich fred fritz;gabriel gabby' +
  ' gabe;gabriela gabi;gabriella,gabrielle ella gabby;gareth gare gary;garrett barrett gare garratt garret garry' +
  ' gary jerry rhett;garrick garri;genevieve eve jean jenny;geoffrey,jeffrey geoff jeff;georgiana georgia;georgine' +
  ' george;gerald gerry jerry;geraldine dina gerri gerrie gerry jerry;gerardus gerard gerrit;gerhardt gay;gertie' +
  ' gert;gertrude gert gertie trudy;gilbert bert gil wilber;giovanni gianni gio nanni;giuseppe beppe peppe pino;' +
  'glenn glen;gloria glory;gonzalo gonzo;governor govie;greenberry berry green;greggory gregg;gregory gory greg;' +
  'gretchen margaret;griselda grissel;guadalupe lupe;guillaume gui william;gustavus gus gussie;gwendolyn gwen' +
  ' wendy;hailey haylee hayley;hamilton ham;hannah anna nan nanny;harold hal hap haps harry;harriet hattie;harrison' +
  ' hap haps harry;harry hap haps henry;haseltine hassie;haylee hayley;heather hetty;heinrich heiner heinz henry;' +
  'helen ella ellie lena;helena aileen eileen elaine ellen lena nell nellie;helene ella ellen ellie lena;heloise' +
  ' eloise elouise lois;hendrik henk;henrietta etta etty hank henny nettie retta;henry hal hank hap haps;' +
  'hephsibah,hepsibah,hipsbibah hipsie;herbert bert herb;herman dutch harman;hermione hermie;hester hessy hetty;' +
  'hezekiah hez hy kiah;hillary hilary;hiram hy;honora honey nora norah norry;hopkins hop hopp;horace horry;' +
  'hortense harty tensey;hosea hosey hosie;howard hal howie;hubert bert hub hugh;ibrahim abraham;ignacio nacho;' +
  'ignatius iggy nace nate natius;ignatzio iggy nace naz;immanuel emmanuel manuel;india indie indy;irene,serena' +
  ' rena;irving irv;isaac ike zeke;isabel bell bella belle ib issy nib nibby tibbie;isabella bella belle ib issy' +
  ' izzy nib nibby tibbie;isabelle bella belle ib issy nib nibby tibbie;isadora dora issy;isadore,isidore izzy;' +
  'isaiah zadie zay;iva ivy;ivan john;jackson jack;jacob jaap jake jay;jacobus jaap jacob koos;jacqueline jack' +
  ' jackie jacqui;jahoda hoda hodie hody;jakob jake;jalen al alen jay jaye len lenny;james jamie jem jim jimmy;' +
  'jamey james jamie;jane jean;janet,janice jan;jannett,lunetta,pernetta nettie;jasper jap;jayme jay;jeanette janet' +
  ' jean jessie nettie;jeanne,jincy,jinsy jane;jebadiah jeb;jedediah,jedidiah diah dyer jed;jefferey,jeffery jeff;' +
  'jefferson jeff sonny;jehiel hiel;jehu gee hugh;jemima mima;jennet jenn jenny jessie;jennifer jen jenn jenni' +
  ' jennie jenny;jeremiah jereme jerry;jeremy jez jezza;jerita rita;jerry geri gerry;jessica jess jessie;jessie' +
  ' jane janet jess;jesus chuy;jillian jill;joan,joann,joanne,jody,johanna jo;joanna hannah jo joan jodi jody;joern' +
  ' jorn;johann hans john;johannah hannah jo joan jody nonie;johannes hannes hans jan jo johann john johnny' +
  ' jonathan joop joost;john ian jack jock jon;johnathan john johnathon johny jon jonathan jonathon jonnie jonny' +
  ' nathan;johnathon john johny jon jonathan jonathon jonnie jonny;jonathan john johny jon jonathon jonnie jonny' +
  ' nathan;jonathon john johny jon jonnie jonny;jose pepe ze;joseph jody joe joey jos pepe;josephine fina jo jody' +
  ' joey josey josie;josetta jettie;joshua joe jos josh;josiah jos;josophine jo joey josey;joyce joy;juanita nettie' +
  ' nita;judah jude juder;judith juda jude judi judie judy;judson jud sonny;juergen jurgen;julia jill jules julie;' +
  'julian,julias,julie jule jules;junior jr june junie;justin juston justus;kaitlin,kaitlyn,kaitlynn kait kaitie;' +
  'kalli cali kali;kameron kam;karla carly;katarina,martina tina;katarzyna kasia kate;kate,kayla kay;' +
  'katelin,katelyn kate kay kaye;katharina kate kathi katrin;katherine cassie cathy kate kathy katy kay kaye kit' +
  ' kittie lena trina;kathleen cassie cathy kathy katy kay kit kittie lena trina;kathryn kate kathy katie;katia' +
  ' kate katie;kelley kelli kellie kelly;kendall,kendrick,kendrik,kenneth ken kenny;kendra kay kenj kenji kenny;' +
  'kenny,kent ken;kerry kerri;kevin kev;keziah kizza kizzie;kimberley kim kimberli kimberly;kimberly kim kimberli;' +
  'kingsley,kingston king;kristine chris christy crissy kris kristy tina;kristofer,kristoffer,kristopher chris' +
  ' kris;krzysztof chris krzysiek;kymberly kym;lafayette fate laffie;lamont,montesque monty;laodicia cenia dicy;' +
  'latisha tish tisha;laurel,lauryn laurie;lauren laurie ren;laurence larry lon lonny lorne lorry;laurinda laura' +
  ' lawrence;laveda veda;laverne verna vernon;lavina,lavinia ina vina viney;lavonia,louvinia vina viney vonnie' +
  ' wyncha;lavonne,levone von;lawrence larry lawrie lon lonny lorne lorry;leanne annie lea;lecurgus curg;leilani' +
  ' lani;lemuel lem;lenora lee nora;leonard len lenny leo leon lineau;leonardo leo;leonidas lee leon;leonora nell' +
  ' nellie nora;leonore elenor honor nora;leroy lee roy;lesley,leslie,lester les;letitia lettice lettie tish titia;' +
  'levi lee;levicy vicy;lidia,lydia lyddy;lillah lil lilly lily lolly;lillian lil lilly lolly;lilly lil lily;' +
  'lincoln link;linda,lyndon lindy lynn;lindsay lindsey lindsie lindsy;lindy lynn;lionel leon;lisa,lizzie liz;' +
  'littleberry berry little;lois lou;lonzo lon;lorelei laurie lori lorrie;lorenzo loren;loretta etta lorie lorrie' +
  ' retta;lorraine lorie lorrie;lou lu;louis lewis lou louie;louisa,louise eliza lois lou;lucas,lucias,luther luke;' +
  'lucia lucy;lucille cille lou lu lucy;lucina sinah;lucinda cindy lou lu lucy;lucretia creasey;ludwig lutz;luella' +
  ' ella lu lula;luigi gigi;lurana lura;mac mc;mack mac mc;mackenzie kenzy mac mack;maddison maddi maddie;maddy' +
  ' madge;madeleine maddie;madeline lena maddi maddie maddy madge madie magda maggie maud;madelyn maddy madie;' +
  'madison maddy mattie;maegen,megan,meghan meg;magdalena lena maggie;magdelina lena madge magda maggie;mahala' +
  ' hallie;makayla kayla;malachi mally;malcolm mac mal malc;malgorzata gosia;malinda lindy;mandie amanda;manerva' +
  ' eve minerva nerva nervie;manoah noah;manola nonnie;manuel manny manolo manu;marcus marc mark;margaret daisy' +
  ' greta gretta madge maggie maggy marge margery margie margy meg midge peg peggy rita;margaretta daisy gretta' +
  ' madge maggie marge margery margie meg midge peg peggy rita;margarita daisy greta madge maggie maisie marge' +
  ' margo meg megan metta midge peggie rita;marguerite peggy;maria marie masha mia mitzi;mariah maria mary;marian' +
  ' marion;marie mae mary;marietta mae mamie maria mariah marie marion mary maureen may mercy minnie mitzi mollie' +
  ' molly polly;marilyn,marion,maureen mary;marissa rissa;marjorie margie margy;marsha marcia marcie mary;martha' +
  ' marty mat mattie patsy patty;martin marty;martine tine;martinus martin tinus;marvin marv;mary,may mae;masayuki' +
  ' masa;mathew mat matt maty;mathilda patty tillie;matilda matty maud tilla tilly;matthew matt mattie matty thias' +
  ' thys;matthews matt mattie matty;matthias matt matze thias thys;maurice,morris morey;mavery,mavine mave;' +
  'maximilian,maximillian,maxine,maxwell max;mckenna ken kenna meaka;mehitabel hetty hitty mabel mitty;melanie' +
  ' mellie;melchizedek dick zadock;melinda linda lindy lynn mel mindy;melissa lisa lissa mel milly missy;melody' +
  ' lodi;melvin mel;melvina vina;mercedes merche merci mercy sadie;mervin,mervyn merv;micajah cage;michael micah' +
  ' mick mickey micky mike mikey;michaela mika;micheal mike mikey miky;michelle chelle mickey shelley shellie' +
  ' shelly shely;miguel miggy mike;mike mick;mikhail michael misha;millicent milly missy;miranda mandy mira randi' +
  ' randy;miriam mimi mitzi mitzie;mitchell mitch;mitzi mary mitty;mitzie mittie mitty;mohamed,mohammad mo;mohammed' +
  ' mo mohamed mohammad muhammad;monica monna monnie;monteleon monte;montgomery gum monty;mortimer mort;moses amos' +
  ' mose moss;muhammad mo mohammad;muriel mur;myrtle mert myrt myrti;nadine deedee nada;nancy ann nan nanny;naomi' +
  ' omi;napoleon leon nap nappy;natalia natalie natasha;natalie natty nettie;natasha nat tasha;nathan nat nate;' +
  'nathaniel nat nate nathan natty than;nelle nelly;nelson nels;newton newt;nicholas claas claes nic nick nickie' +
  ' nicky nico;nicholette cole nichole nickey nicki nicky nicole nikki;nicodemus,nicolas nic nick nickie nicky' +
  ' nico;nicole cole nicki nicky nikki nole;nikolai kolya;nikolas claes nic nick nickie nicky nico;nikole nikki;' +
  'norbert bert norby;norbusamte norbu;norman norm;nowell noel;obadiah diah dyer obed obie;obediah obie;obedience' +
  ' beda beedy biddie obed;octavia tave tavia;odell odo;olga olya;olive livia ollie;oliver ollie;olivia liv livia' +
  ' nollie ollie;onicyphorous cy cyphorus one osaforum osaforus syphorous;orilla ora rilly;orlando roland;orphelia' +
  ' phelia;ossy ozzy;oswald ossy ozzy waldo;otis ode ote;padraig pat;pamela pam;parmelia amelia melia milly;' +
  'parthenia parsuny pasoonie phenie teeny;patience pat patty;patricia pat patsy patti patty tricia trish trisha;' +
  'patrick paddy pat pate patsy peter;patsy patty;paula,paulina lina polly;pauline polly;peggy peg;' +
  'pelegrine,peregrine perry;penelope penny;percival percy;permelia mellie melly milly;persephone seph sephy;peter' +
  ' pate pete;petronella nellie;pheriba ferbie pherbia;philadelphia delphia;philander fie;philetus leet phil;' +
  'philip,phillip phil pip;philipina penie phoebe pip;phoebe fifi;pieter peter piet;pinckney pink;pleasant ples;' +
  'pocahontas pokey;posthuma humey;prescott pres scott scotty;priscilla cilla cissy prissy;providence provy;' +
  'prudence prudy prue;rachel,sheldon shelly;rafael,rafaela rafa;rajendra,rajesh,rajiv raj;ramona mona;' +
  'randolf,randolph dolph randy;raphael ralph;raymond ray;rebecca becca beck becky reba;reggie reg;regina gina' +
  ' reggie;reginald naldo reg reggie renny;relief leafa;reuben rube;rhoda rodie;rhodella della;rich dick rick;' +
  'richard dick dickie dickon dicky rich richie rick ricky;ricky dick rich;robert bob bobby dob dobbin hob hobkin' +
  ' rob robby rupert;roberta bert bertie birdie birtie bobbie robbie roby;roberto beto rob;roderick erick rickie' +
  ' rod roddy;rodger bobby hodge rod roge roger;rodney rod;roger bobby hodge rod roge;roland lanny rollo rolly;' +
  'ronald naldo ron ronnie ronny;rosa rose;rosabel belle rosa rose roz;rosabella bella belle rosa rose roz;' +
  'rosaenn,rosaenna,roseanne ann;rosalinda,rosalyn linda rosa rose roz;rosario charo;roscoe ross;roseann,roseanna' +
  ' ann rose rosie roz;rosemary marie mary rose rosey;rosina sina;roxane rox roxie;roxanna,roxanne ann rose roxie;' +
  'rudolph,rudolphus dolph olph rolf rudy;russell russ rusty;ryan ry;sabrina brina;safieel safie;salome loomie;' +
  'salvador sal sally;samantha mantha sam sammy;sampson,samson,samuel sam sammy;samyra myra sam sammy;' +
  'sandra,sanford sandy;sanjay sanj;santiago santi;sarah sadie sally sara;savannah anna savanna vannie;scott squat;' +
  'sebastian basti bastian seb sebby;sebastien seb;sergei serge sergey;sergey serge;seymour morey see;shaina,sharon' +
  ' sha shay;shaun shawn;shelton shel shelly tony;sheridan dan danny sher;sheryl cheri cherie sher sheri sherri' +
  ' sherry;shirley lee sherry shirl;sibbilla sibbell sibbie sybill;sidney sid syd;sigfired,sigfrid,sydney sid;' +
  'sigismund sig;silas si;silence liley;silvester si sly syl vest vester;simeon,simon si sion;siobhan shiv;socrates' +
  ' crate;solomon sal salmon saul sol solly zolly;sondra dre sonnie;sophia sophie;sophronia frona fronia sophia;' +
  'srinivas srini;stacey staci stacie stacy;stacie staci stacy;stacy staci;stanislaw stan staszek;stefan,stephan' +
  ' steve;stephanie annie steffi steffie steph stephani stephany stephie stephine stevie;stephen steph steve;steven' +
  ' steph steve stevie;stuart stu;subramaniam subra;sullivan sully van;susan sue sukey susie suzie;susannah hannah' +
  ' sue sukey susie;susanne sanne susi;susie suzie;suzanne sue suki susie;sybill sibbie;sylvanus sly syl;sylvester' +
  ' si sly sy syl vessie vester vet;tabitha tabby;tamarra tammy;tammie tami tammy;tammy tami;tanafra tanny;tasha' +
  ' tash;tatiana tanya;temperance tempy;terence terry;teresa terry tess tessa tessie;terri teri terry;thaddeus' +
  ' thad;theodore ted teddy theo;theodosia dosia theo;theophilus ophi;theotha otha;theresa terry tess tessa tessie' +
  ' thirza thursa traci tracie tracy;thom tom;thomas thom tom tommy;thomasa tamzine;tiffany tiff tiffy;tilford' +
  ' tillie;timothy tim timmy;tisha tish;tobias bias toby;tomasz tom tomek;tranquilla quilla trannie;tryphena phena;' +
  'uriah riah;ursula sula sulie;valentina felty val vallie;valeri,valerie val;vanburen buren;vandalia vannie;' +
  'vanessa essa nessa vanna;venkatesh venkat;vernisee nicey;veronica franky frony ron ronie ronna ronnie ronny' +
  ' vonnie;vicki vicky;victor vic;victoria tori torie torri torrie tory vic vicki vickie vicky;vijay vij;vikram' +
  ' vik;vincent,vincenzo vic vin vince vinnie vinny;vinson vin vince vinnie vinny;viola ola vi;violetta lettie;' +
  'virginia ginger ginny jane jennie virgy;vivian vi viv;vladimir volodya vova wladimir;volodymyr vladimir vova;' +
  'waldo ossy ozzy;wallace wally;wally walt;walter wally walt;washington wash;webster webb;wendy wen;wesley wes;' +
  'westley farmboy wes west;wilber bert will;wilbur,wilson will willie willy;wilfred fred wil will willie;wilhelm' +
  ' wil willi willie willy;wilhelmina mina minnie willie wilma;will bill fred;willem wim;william bela bell bill' +
  ' billy wil will willie willy;willis bill willy;winfield field win winny;winifred freddie winnet winnie;winnifred' +
  ' fred freddie freddy winnie winny;winton wint;wojciech wojtek;woodrow drew wood woody;yevgeny eugene evgeny' +
  ' zhenya;yoshihiko yoshi;yulan lan yul;yvonne vonna;zach zack zak;zachariah,zachary,zachery zac zach zachy zack' +
  ' zak zakk zeke;zack zak;zebedee zeb;zedediah diah dyer zed;zephaniah zeph'
