/** Domains of public mail services. Compiled by hand from what the providers publish about their own domains. */
export const FREE_MAIL =
  'gmail.com googlemail.com aim.com icloud.com me.com mac.com proton.me pm.me proton.ch tuta.com tuta.io tutamail.com keemail.me ' +
  'fastmail.com fastmail.fm hushmail.com hush.com zohomail.com zohomail.eu mail.com email.com usa.com post.com inbox.com lycos.com ' +
  'excite.com juno.com netzero.net runbox.com mailfence.com posteo.de posteo.net mailbox.org disroot.org riseup.net startmail.com ' +
  'hey.com duck.com skiff.com mailo.com netcourrier.com passport.com email.cz ' +
  'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net earthlink.net mindspring.com ' +
  'optonline.net optimum.net rr.com roadrunner.com frontier.com frontiernet.net windstream.net centurylink.net q.com ameritech.net ' +
  'pacbell.net swbell.net prodigy.net cableone.net suddenlink.net ' +
  'rogers.com shaw.ca sympatico.ca telus.net videotron.ca cogeco.ca bell.net ' +
  'btinternet.com btopenworld.com talktalk.net sky.com ntlworld.com virginmedia.com blueyonder.co.uk tiscali.co.uk plusnet.com ' +
  'o2.co.uk fsmail.net eircom.net eir.ie ' +
  'orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr cegetel.net ' +
  'voila.fr 9online.fr noos.fr ' +
  'web.de t-online.de freenet.de arcor.de gmx.net gmx.info email.de mail.de kabelmail.de online.de vodafone.de unitybox.de ' +
  'o2online.de 1und1.de magenta.de a1.net aon.at chello.at inode.at ' +
  'bluewin.ch sunrise.ch hispeed.ch vtxmail.ch swissonline.ch ' +
  'libero.it virgilio.it alice.it tin.it tiscali.it inwind.it iol.it fastwebnet.it tim.it poste.it email.it vodafone.it teletu.it ' +
  'telefonica.net terra.es ono.com movistar.es ya.com orange.es euskaltel.net ' +
  'sapo.pt clix.pt netcabo.pt mail.telepac.pt iol.pt meo.pt ' +
  'ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl upcmail.nl xs4all.nl casema.nl quicknet.nl chello.nl tele2.nl ' +
  'telenet.be skynet.be proximus.be voo.be scarlet.be ' +
  'telia.com comhem.se bredband.net spray.se tele2.se online.no broadpark.no getmail.no tdcadsl.dk mail.dk jubii.dk ofir.dk ' +
  'stofanet.dk luukku.com kolumbus.fi elisanet.fi suomi24.fi saunalahti.fi welho.com simnet.is ' +
  'wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl vp.pl tlen.pl gazeta.pl autograf.pl ' +
  'seznam.cz centrum.cz atlas.cz volny.cz post.cz azet.sk centrum.sk zoznam.sk post.sk ' +
  'freemail.hu citromail.hu t-online.hu indamail.hu abv.bg mail.bg dir.bg net.hr siol.net volja.net ' +
  'inbox.lv inbox.lt mail.ee hot.ee one.lt otenet.gr forthnet.gr hol.gr cytanet.com.cy walla.com walla.co.il netvision.net.il ' +
  'bezeqint.net mynet.com ttmail.com superonline.com ' +
  'mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru ya.ru lenta.ru autorambler.ru myrambler.ru ro.ru ngs.ru qip.ru pochta.ru ' +
  'ukr.net i.ua meta.ua bigmir.net tut.by ' +
  'rediffmail.com rediff.com indiatimes.com sify.com vsnl.com in.com ' +
  'qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net vip.163.com 188.com sina.com sina.cn sohu.com 139.com 189.cn wo.cn ' +
  'tom.com 21cn.com aliyun.com 263.net hinet.net pchome.com.tw seed.net.tw netvigator.com ' +
  'naver.com daum.net hanmail.net nate.com kakao.com korea.com dreamwiz.com ' +
  'docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp plala.or.jp excite.co.jp ' +
  'infoseek.jp goo.jp so-net.ne.jp singnet.com.sg pacific.net.sg streamyx.com tm.net.my ' +
  'bigpond.com bigpond.net.au optusnet.com.au iinet.net.au internode.on.net tpg.com.au westnet.com.au xtra.co.nz slingshot.co.nz ' +
  'uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br superig.com.br ' +
  'prodigy.net.mx fibertel.com.ar arnet.com.ar ciudad.com.ar speedy.com.ar vtr.net cantv.net une.net.co ' +
  'webmail.co.za mweb.co.za telkomsa.net vodamail.co.za iafrica.com emirates.net.ae eim.ae menara.ma'

/** Domains of well-known throw-away mailboxes. */
export const DISPOSABLE =
  'mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org sharklasers.com grr.la 10minutemail.com 10minutemail.net ' +
  'temp-mail.org temp-mail.io tempmail.com tempmail.net tempmailo.com tempail.com throwawaymail.com yopmail.com yopmail.fr ' +
  'trashmail.com trashmail.de trash-mail.com wegwerfmail.de getnada.com nada.email maildrop.cc dispostable.com mailnesia.com ' +
  'mintemail.com mohmal.com moakt.com fakeinbox.com fakemail.net spamgourmet.com mytemp.email discard.email emailondeck.com ' +
  'burnermail.io mailcatch.com tempr.email mail-temp.com inboxkitten.com jetable.org spam4.me byom.de einrot.com'

/** What stands before the @ of an address of a function, without dots and digits. */
export const ROLES =
  'info contact contacts contactus contacto contatto contato kontakt sales sale vente ventes vertrieb verkauf ventas vendite ' +
  'commercial support help helpdesk service services servicedesk kundenservice sav customerservice customercare customersupport ' +
  'care hello hallo hi bonjour hola ciao admin administrator administration administratie amministrazione office offices buero ' +
  'bureau secretariat sekretariat reception mail email mailbox post postmaster hostmaster webmaster abuse security noreply ' +
  'donotreply nepasrepondre root sysadmin billing invoice invoices facturation factures rechnung buchhaltung boekhouding ' +
  'accounting accounts accountspayable ap ar finance compta comptabilite hr rh jobs job careers career recruitment recruiting ' +
  'recrutement bewerbung marketing press presse media pr news newsletter events partners partner partnerships legal privacy ' +
  'dpo gdpr rgpd datenschutz compliance team all everyone staff enquiries enquiry inquiries inquiry order orders bestellung ' +
  'bestellungen commande commandes pedidos ordini shop store booking bookings reservations reservation feedback investors ' +
  'investorrelations ir purchasing procurement einkauf achats compras logistics export import general company corporate it ' +
  'tech webteam social community membership members donate donations editor editorial redaktion direction'
