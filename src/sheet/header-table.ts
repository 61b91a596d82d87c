import type { Field } from '../domain/field'

/**
 * How people and tools head a column, folded and without spaces, the most telling spelling first: English, French,
 * German, Spanish, Portuguese, Dutch, Italian, and the exports of Sales Navigator tools and CRMs. The field's own name
 * and label need not be listed.
 */
export const WORDS: { readonly [F in Field]?: string } = {
  email:
    'email emailaddress mail mailaddress emails workemail businessemail professionalemail emailwork primaryemail ' +
    'companyemailaddress adressemail adresseemail adressemailpro emailpro courriel adresseelectronique ' +
    'emailadresse mailadresse epost correo correoelectronico direcciondecorreo direccioncorreoelectronico ' +
    'emaillaboral enderecodeemail emailprofissional correioeletronico mailadres emailadres zakelijkemail ' +
    'indirizzoemail postaelettronica emailaziendale',
  email_status: 'emailstatus emailverification emailquality emailcertainty statutemail emailstate mailstatus',
  personal_email:
    'personalemail privateemail homeemail emailpersonal emailprivat privatemail emailpersonnel emailperso ' +
    'correopersonal emailpessoal priveemail emailpersonale',
  phone:
    'phone phonenumber telephone telephonenumber tel telno phoneno directphone directdial directnumber workphone ' +
    'workdirectphone businessphone phonework telefon telefonnummer telnr rufnummer durchwahl telefonnr numerotelephone ' +
    'numerodetelephone ligne lignedirecte telefono numerodetelefono telefone numerodetelefone telefoonnummer telefoon ' +
    'numeroditelefono recapitotelefonico contactnumber phones',
  mobile_phone:
    'mobilephone mobile mobilenumber mobilephonenumber cell cellphone cellnumber phonemobile mobiletelephone handy ' +
    'handynummer mobiltelefon mobilnummer mobil mobiltel portable telephoneportable telportable movil ' +
    'telefonomovil celular telemovel telefonecelular mobiel mobielnummer mobieltelefoonnummer gsm cellulare',
  phone_type: 'phonetype linetype numbertype',
  full_name:
    'fullname name contactname personname leadname nameofcontact contact person nomcomplet nometprenom prenomnom ' +
    'prenometnom nomprenom vollername vollstandigername vorundnachname vornamenachname ansprechpartner ' +
    'kontaktperson nombrecompleto nombreyapellidos nombreyapellido nomecompleto nomeesobrenome volledigenaam ' +
    'contactpersoon nomecognome nomeecognome nominativo referente kontakt contacto contato contatto nom nome naam ' +
    'nombre',
  first_name:
    'firstname givenname forename first fname prenom vorname rufname primernombre nombredepila primeironome ' +
    'nomeproprio voornaam roepnaam nomedibattesimo',
  last_name:
    'lastname surname familyname last lname nomdefamille nachname familienname zuname apellido apellidos ' +
    'primerapellido sobrenome apelido ultimonome achternaam familienaam cognome',
  gender: 'gender sex genre sexe geschlecht genero sexo geslacht genere sesso',
  linkedin_url:
    'linkedinprofile linkedinprofileurl linkedinurl linkedin personlinkedinurl personlinkedin linkedinlink ' +
    'linkedinprofil linkedinprofiel perfillinkedin perfildelinkedin profillinkedin profilolinkedin urllinkedin ' +
    'linkedinbio memberlinkedinurl publicprofileurl defaultprofileurl linkedinpublicurl linkedinpublicprofile ' +
    'contactlinkedin profileurl salesnavigatorurl salesnavigatorprofile salesnavurl linkedinprofiles li liurl',
  twitter_url: 'twitterprofile twitterurl twitter twitterhandle xprofile xurl xhandle',
  github_url: 'githubprofile githuburl github',
  facebook_url: 'facebookprofile facebookurl facebook',
  photo_url: 'photo photourl profileimageurl profilepicture profilephoto picture pictureurl avatar avatarurl foto',
  headline: 'headline linkedinheadline profileheadline',
  summary: 'summary about bio profilesummary linkedinsummary resume ubermich',
  job_title:
    'jobtitle title position role function jobfunction currenttitle currentjobtitle jobrole occupation poste ' +
    'intituledeposte intituleduposte titreduposte fonction titre profession berufsbezeichnung stellenbezeichnung ' +
    'stelle funktion jobtitel beruf rolle titel puesto puestodetrabajo cargo cargolaboral funcion titulodeltrabajo ' +
    'titulodocargo funcao profissao functie functietitel functienaam beroep ruolo qualifica mansione posizione ' +
    'titololavorativo',
  seniority: 'seniority senioritylevel managementlevel joblevel seniorite',
  department:
    'department departments team division abteilung departement service departamento area afdeling dipartimento ' +
    'reparto ufficio',
  job_started_on: 'jobstartedon startedon positionstartdate jobstartdate startdateinrole',
  job_history: 'jobhistory experience experiences workhistory employmenthistory',
  education: 'education schools formation ausbildung formacion formacao opleiding formazione',
  skills: 'skills competences fahigkeiten habilidades competencias vaardigheden competenze',
  languages: 'languages langues sprachen idiomas talen lingue',
  connections: 'linkedinconnections connections connectionscount numberofconnections',
  city: 'city town mailingcity contactcity ville stadt ort wohnort ciudad cidade stad plaats woonplaats citta comune',
  region:
    'region state province stateregion stateprovince mailingstate mailingstateprovince county bundesland kanton etat ' +
    'departementregion provincia estado regiao provincie regione',
  country:
    'country countryregion countrycode mailingcountry contactcountry pays land staat pais paese nazione landcode ' +
    'landercode',
  time_zone: 'timezone tz zeitzone fuseauhoraire zonahoraria fusohorario tijdzone fusoorario',
  company_name:
    'company companyname organization organisation organizationname organisationname companyaccount account ' +
    'accountname employer currentcompany business businessname companynameforemails workplace societe ' +
    'nomdelasociete nomsociete entreprise nomentreprise nomdelentreprise raisonsociale organisme firma firmenname ' +
    'unternehmen unternehmensname arbeitgeber betrieb organisationsname empresa nombredelaempresa nombreempresa ' +
    'compania nombredecompania organizacion nomedaempresa nomeempresa companhia organizacao bedrijf bedrijfsnaam ' +
    'organisatie werkgever azienda nomeazienda ragionesociale societa impresa ditta nomedellazienda organizzazione',
  domain:
    'companydomain domain domainname companydomainname emaildomain websitedomain domaine nomdedomaine domaineweb ' +
    'unternehmensdomain firmendomain domane dominio dominioweb dominiodelaempresa dominiodaempresa domein ' +
    'domeinnaam dominioaziendale',
  website:
    'companywebsite website websiteurl corporatewebsite companywebsiteurl web webpage homepage url siteurl webaddress ' +
    'organizationwebsite companyurl site siteweb siteinternet webseite internetseite internet firmenwebseite ' +
    'unternehmenswebseite sitioweb paginaweb webdelaempresa paginadaweb sitedaempresa websitebedrijf ' +
    'bedrijfswebsite sitoweb sito sitoaziendale sitointernet',
  legal_name:
    'legalname registeredname legalcompanyname denominationsociale denominazionesociale razonsocial razaosocial',
  registration_number:
    'registrationnumber companynumber registrationno companyregistrationnumber siren siret handelsregisternummer hrb ' +
    'nif cif cnpj kvk kvknummer partitaiva codicefiscale',
  company_type: 'companytype organizationtype ownership typeofcompany accounttype',
  company_linkedin_url:
    'companylinkedin companylinkedinurl corporatelinkedinurl linkedincompany linkedincompanyurl companylinkedinpage ' +
    'linkedincompanypage organizationlinkedinurl regularcompanyurl linkedinentreprise linkedinunternehmen ' +
    'linkedinempresa linkedinbedrijf linkedinazienda companylinkedinprofile linkedincompanyprofileurl',
  company_twitter_url: 'companytwitter companytwitterurl',
  company_facebook_url: 'companyfacebook companyfacebookurl',
  company_phone:
    'companyphone corporatephone companyphonenumber officephone hqphone switchboard mainphone companymainphone ' +
    'zentrale firmentelefon telefonzentrale standard telephonestandard telephoneentreprise telefonoempresa ' +
    'telefoneempresa telefoonbedrijf telefonoazienda centralino',
  company_email:
    'companyemail officeemail generalemail infoemail emailentreprise firmenemail emailempresa emailazienda',
  company_description:
    'companydescription description aboutcompany linkedindescription companysummary beschreibung unternehmensbeschreibung',
  company_keywords: 'companykeywords keywords specialties specialities linkedinspecialities tags',
  company_logo_url: 'companylogo companylogourl logo logourl',
  company_founded:
    'founded foundedyear yearfounded foundingyear linkedinfoundedyear anneedecreation grundungsjahr gegrundet ' +
    'anodefundacion anodefundacao oprichtingsjaar annodifondazione',
  industry:
    'industry linkedinindustry companyindustry branche secteurdactivite secteur industrie wirtschaftszweig ' +
    'industria rubro setor ramo bedrijfstak settore sectordeactividad setordeatividade',
  sub_industry: 'subindustry',
  sector: 'sector',
  naics_code: 'naicscode naics naicscodes',
  sic_code: 'siccode sic siccodes',
  employees:
    'employees numberofemployees employeecount noofemployees employeescount headcount companyheadcount ' +
    'linkedincompanyemployeecount effectif effectifs nombredesalaries nombredemployes mitarbeiter ' +
    'mitarbeiterzahl mitarbeiteranzahl anzahlmitarbeiter beschaftigte empleados numerodeempleados funcionarios ' +
    'numerodefuncionarios medewerkers aantalmedewerkers dipendenti numerodipendenti numerodidipendenti',
  company_size:
    'companysize size employeerange employeesrange employeecountrange companyemployeerange linkedinemployees tailledelentreprise ' +
    'tailleentreprise unternehmensgrosse firmengrosse tamanodelaempresa tamanodaempresa bedrijfsgrootte ' +
    'dimensioneazienda',
  revenue:
    'revenue annualrevenue turnover companyrevenue chiffredaffaires umsatz jahresumsatz ingresos facturacion receita ' +
    'faturamento omzet jaaromzet fatturato',
  revenue_range: 'revenuerange annualrevenuerange',
  total_funding: 'totalfunding totalmoneyraised fundingtotal totalraised',
  last_funding_round: 'lastfundinground latestfunding lastfundingtype latestfundingstage',
  last_funding_date: 'lastfundingdate lastraisedat latestfundingdate',
  stock_ticker: 'stockticker ticker stocksymbol tickersymbol',
  hq_address: 'hqaddress companyaddress headquarters headquartersaddress streetaddress companystreet firmenadresse',
  hq_city: 'hqcity companycity headquarterscity billingcity',
  hq_region: 'hqregion companystate companyregion hqstate billingstate billingstateprovince',
  hq_postal_code: 'hqpostalcode companypostalcode companyzip companyzipcode billingzip billingzippostalcode',
  hq_country: 'hqcountry companycountry headquarterscountry billingcountry companycountrycode',
  company_followers: 'linkedinfollowers companyfollowers followers followercount',
  is_hiring: 'ishiring hiring',
  technologies: 'technologies technology techstack tech',
  cms: 'cms contentmanagementsystem',
  crm_software: 'crmsoftware crm',
  ecommerce_platform: 'ecommerceplatform shopsystem',
  analytics_tools: 'analyticstools analytics',
  mail_provider: 'mailprovider emailprovider mx mxprovider',
  accepts_mail: 'domaintakesmail acceptsmail',
}

/** Words around a header that say nothing about the field, folded: `Contact email`, `Lead phone 1`, `Email (s)`. */
export const NOISE =
  'contact lead person people prospect primary main work business professional current customer employee decision ' +
  'maker kontakt ansprechpartner personne contacto contato contatto persoon the your my de la le du of required ' +
  'optional pflichtfeld obligatoire primar principal 1 2 3 s'

/** What columns about a colleague who works on the row are called, as CRMs export them, folded: `Account Owner`, `Created By`. */
export const COLLEAGUES =
  'owner accountowner leadowner contactowner companyowner dealowner recordowner opportunityowner customerowner clientowner ' +
  'createdby modifiedby lastmodifiedby updatedby lastupdatedby addedby assignedto assignee salesrep salesowner ' +
  'accountmanager accountexecutive kontaktbesitzer leadbesitzer accountbesitzer besitzer zustandig bearbeiter ' +
  'kundenbetreuer betreuer erstelltvon geandertvon zugewiesenan proprietaireducontact proprietaireducompte creepar ' +
  'modifiepar assignea propietariodelcontacto propietariodelacuenta creadopor modificadopor asignadoa ' +
  'proprietariodelcontatto creatoda modificatoda assegnatoa eigenaar contacteigenaar accounteigenaar aangemaaktdoor ' +
  'gewijzigddoor toegewezenaan proprietariodocontato proprietariodaconta criadopor modificadopor atribuidoa'

/** Words in such a header that say which detail of the colleague it is. */
export const DETAILS = 'e mail email address phone name full user id'
