/** What people and exports write where a value is missing: English, German, French, Spanish, Portuguese, Dutch, Italian. */
export const PLACEHOLDERS =
  'na nan nil null none undefined unknown notavailable notapplicable notfound notknown missing empty blank pending tbd ' +
  'tbc tba x xx xxx ' +
  'unbekannt nichtbekannt nichtverfugbar nichtvorhanden ka keineangabe keine kein fehlt leer offen ' +
  'inconnu inconnue nondisponible indisponible nonrenseigne nonrenseignee nr nc aucun aucune neant vide manquant ' +
  'desconocido desconocida nodisponible noaplica sindatos sd ninguno ninguna nd pendiente vacio ' +
  'desconhecido desconhecida naodisponivel indisponivel naoinformado naoseaplica semdados nenhum nenhuma ' +
  'onbekend nietbekend nietbeschikbaar nvt geen leeg ontbreekt ' +
  'sconosciuto sconosciuta nondisponibile nessuno nessuna dadefinire'

/** Words of job titles and of companies: what has them is not a person's name. Folded. */
export const NO_NAME_WORDS =
  'manager director head chief officer engineer developer consultant sales marketing president founder owner ceo cto ' +
  'cfo coo vp lead leiter geschaftsfuhrer directeur directrice responsable gerente jefe direttore inc ltd llc gmbh ag ' +
  'sa sarl bv nv srl spa corp corporation company group holding solutions services systems software technologies ' +
  'bank university partners consulting media labs street road avenue'
