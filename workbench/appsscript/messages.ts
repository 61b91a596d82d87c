/** The texts of Google that depend on the user's language (platform.md section 9: never match English only). */
const TEXTS = {
  timeLimit: {
    en: 'Exceeded maximum execution time',
    de: 'Maximale Ausführungszeit überschritten',
    es: 'Se ha superado el tiempo máximo de ejecución.',
    fr: "Durée d'exécution autorisée dépassée",
  },
  tooManyToday: {
    en: 'Service invoked too many times for one day: {0}.',
    de: 'Dienst an einem Tag zu häufig aufgerufen: {0}.',
    es: 'El servicio se ha invocado demasiadas veces en un día: {0}.',
    fr: 'Service appelé trop souvent pour une seule journée : {0}.',
  },
  tooOften: {
    en: 'Service invoked too many times in a short time: {0}. Try Utilities.sleep(1000) between calls.',
    de: 'Dienst in kurzer Zeit zu häufig aufgerufen: {0}. Verwenden Sie Utilities.sleep(1000) zwischen den Aufrufen.',
    es: 'El servicio se ha invocado demasiadas veces en poco tiempo: {0}. Prueba Utilities.sleep(1000) entre llamadas.',
    fr: 'Service appelé trop souvent en peu de temps : {0}. Essayez Utilities.sleep(1000) entre les appels.',
  },
  computerTime: {
    en: 'Service using too much computer time for one day.',
    de: 'Der Dienst beansprucht zu viel Rechenzeit für einen Tag.',
    es: 'El servicio utiliza demasiado tiempo de cálculo en un día.',
    fr: 'Service utilisant trop de temps processeur pour une journée.',
  },
  tooManyScripts: {
    en: 'There are too many scripts running simultaneously for this Google user account.',
    de: 'Für dieses Google-Nutzerkonto werden zu viele Skripts gleichzeitig ausgeführt.',
    es: 'Hay demasiadas secuencias de comandos ejecutándose simultáneamente en esta cuenta de usuario de Google.',
    fr: 'Trop de scripts sont exécutés simultanément pour ce compte utilisateur Google.',
  },
  columnsMismatch: {
    en: 'The number of columns in the data does not match the number of columns in the range. The data has {0} but the range has {1}.',
    de: 'Die Anzahl der Spalten in den Daten entspricht nicht der Anzahl der Spalten im Bereich. Daten: {0}; Bereich: {1}.',
    es: 'El número de columnas de los datos no coincide con el número de columnas del intervalo. Los datos tienen {0}, pero el intervalo tiene {1}.',
    fr: 'Le nombre de colonnes des données ne correspond pas au nombre de colonnes de la plage. Les données en comportent {0}, mais la plage en comporte {1}.',
  },
  rowsMismatch: {
    en: 'The number of rows in the data does not match the number of rows in the range. The data has {0} but the range has {1}.',
    de: 'Die Anzahl der Zeilen in den Daten entspricht nicht der Anzahl der Zeilen im Bereich. Daten: {0}; Bereich: {1}.',
    es: 'El número de filas de los datos no coincide con el número de filas del intervalo. Los datos tienen {0}, pero el intervalo tiene {1}.',
    fr: 'Le nombre de lignes des données ne correspond pas au nombre de lignes de la plage. Les données en comportent {0}, mais la plage en comporte {1}.',
  },
  outside: {
    en: 'The coordinates of the range are outside the dimensions of the sheet.',
    de: 'Die Koordinaten des Bereichs liegen außerhalb der Dimensionen des Tabellenblatts.',
    es: 'Las coordenadas del intervalo están fuera de las dimensiones de la hoja.',
    fr: 'Les coordonnées de la plage sont en dehors des dimensions de la feuille.',
  },
  protected: {
    en: 'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
    de: 'Sie versuchen, eine geschützte Zelle oder ein geschütztes Objekt zu bearbeiten. Wenden Sie sich an den Eigentümer der Tabelle, um den Schutz aufzuheben.',
    es: 'Estás intentando editar un objeto o una celda protegidos. Ponte en contacto con el propietario de la hoja de cálculo para que quite la protección si necesitas editarlos.',
    fr: "Vous essayez de modifier une cellule ou un objet protégé. Veuillez contacter le propriétaire de la feuille de calcul pour qu'il supprime la protection.",
  },
  validation: {
    en: 'The data you entered in cell {0} violates the data validation rules set on this cell.',
    de: 'Die Daten, die Sie in Zelle {0} eingegeben haben, verstoßen gegen die für diese Zelle festgelegten Regeln zur Datenvalidierung.',
    es: 'Los datos que has introducido en la celda {0} no cumplen las reglas de validación de datos establecidas en esta celda.',
    fr: 'Les données que vous avez saisies dans la cellule {0} ne respectent pas les règles de validation des données définies pour cette cellule.',
  },
  noPermission: {
    en: 'You do not have permission to call {0}',
    de: 'Sie sind nicht berechtigt, {0} aufzurufen.',
    es: 'No tienes permiso para llamar a {0}',
    fr: "Vous n'êtes pas autorisé à appeler {0}",
  },
  lockTimeout: {
    en: 'Lock timeout: another process was holding the lock for too long.',
    de: 'Zeitüberschreitung bei der Sperre: Ein anderer Prozess hat die Sperre zu lange gehalten.',
    es: 'Tiempo de espera de bloqueo agotado: otro proceso ha mantenido el bloqueo durante demasiado tiempo.',
    fr: 'Délai de verrouillage expiré : un autre processus a conservé le verrou trop longtemps.',
  },
  requestFailed: {
    en: 'Request failed for {0} returned code {1}. Truncated server response: {2} (use muteHttpExceptions option to examine full response)',
    de: 'Anfrage für {0} fehlgeschlagen, zurückgegebener Code: {1}. Gekürzte Serverantwort: {2} (Verwenden Sie die Option muteHttpExceptions, um die vollständige Antwort zu prüfen.)',
    es: 'La solicitud a {0} ha fallado y ha devuelto el código {1}. Respuesta truncada del servidor: {2} (usa la opción muteHttpExceptions para examinar la respuesta completa)',
    fr: "Échec de la requête pour {0}, code renvoyé : {1}. Réponse tronquée du serveur : {2} (utilisez l'option muteHttpExceptions pour examiner la réponse complète)",
  },
  addressUnavailable: {
    en: 'Address unavailable{0}',
    de: 'Adresse nicht verfügbar{0}',
    es: 'Dirección no disponible{0}',
    fr: 'Adresse indisponible{0}',
  },
  dnsError: { en: 'DNS error{0}', de: 'DNS-Fehler{0}', es: 'Error de DNS{0}', fr: 'Erreur DNS{0}' },
  timeout: { en: 'Timeout{0}', de: 'Zeitüberschreitung{0}', es: 'Tiempo de espera agotado{0}', fr: 'Délai dépassé{0}' },
} as const

/** Names of the texts that are localised. */
export type MessageKey = keyof typeof TEXTS

/** A text of Google in the language of a locale such as `de-DE`; English for languages without a table. */
export function localText(locale: string, key: MessageKey, ...parts: readonly (string | number)[]): string {
  const texts: { readonly [language: string]: string } = TEXTS[key]
  const text = texts[locale.slice(0, 2).toLowerCase()] ?? TEXTS[key].en
  return text.replace(/\{(\d)\}/g, (_, at: string) => String(parts[Number(at)] ?? ''))
}
