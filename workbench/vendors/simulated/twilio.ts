// Twilio Lookup v2, from providers.md F1. Codes and texts of errors other than 20404, what becomes of a number without
// plus and country, and the answer to an account without money are ours. The batch call is not played: F1 names it, but
// neither the items nor the answer of it.
//
// Plays `lookups.twilio.com`: Lookup v2 `PhoneNumbers/{number}` with `Fields` and `CountryCode`.
//
// Refuses: no Basic with an account and its token (401), another path (404), an unknown parameter or field, a country
// that is none (400); `code`, `message`, `more_info` and `status` in the body. A number that is none is 200 with
// `valid: false`. `Fields` cost 1 for a valid number, validation nothing; without money `Fields` are 403. What kind of
// line a number is follows for invented numbers alone; of any other the type is `unknown`.
import parsePhoneNumber, {
  isSupportedCountry,
  type PhoneNumber,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max'
import type { CreateVendor, VendorAnswer, VendorRequest } from '../contract'
import { fingerprint, US_MOBILE_AREA } from '../people'
import { isInventedPhone } from '../phones'
import { strangeParameter } from '../requests'

/** Account and token, as Basic wants them: one with plenty of money, one for two paid look-ups. */
export const TWILIO_KEYS = {
  large: 'ACsimulatedaccount0000000000000001:simulated-twilio-token-large',
  nearlyUsedUp: 'ACsimulatedaccount0000000000000002:simulated-twilio-token-nearly-used-up',
} as const

const PAID: { readonly [key: string]: number } = { [TWILIO_KEYS.large]: 100_000, [TWILIO_KEYS.nearlyUsedUp]: 2 }

const HOST = 'lookups.twilio.com'
const PATH = /^\/v2\/PhoneNumbers\/([^/]+)$/

// The two whose field F1 shows; each is paid, once a call.
const FIELDS = ['line_type_intelligence', 'caller_name']

const NOTHING = {
  calling_country_code: null,
  country_code: null,
  phone_number: null,
  national_format: null,
  valid: false,
  caller_name: null,
  line_type_intelligence: null,
}

// Mobile country codes (ITU-T E.212); F1 shows 208 and 01.
const MOBILE_COUNTRIES: { readonly [country: string]: string } = {
  FR: '208',
  SE: '240',
  US: '310',
  GB: '234',
  DE: '262',
}

type LineType = 'mobile' | 'landline' | 'fixedVoip' | 'nonFixedVoip' | 'tollFree' | 'unknown'

/** Starts a Lookup; it knows whose line is what for invented numbers alone. */
export const create: CreateVendor = () => {
  const used = new Map<string, number>()

  const lookUp = (request: VendorRequest, key: string, given: string): VendorAnswer => {
    const { query } = request
    const fields = query.get('Fields')?.split(',') ?? []
    const stranger = fields.find((field) => !FIELDS.includes(field))
    if (stranger !== undefined) return refuse(400, 20_001, `Unknown field ${stranger}`)
    const country = query.get('CountryCode') ?? undefined
    if (country !== undefined && !isSupportedCountry(country)) return refuse(400, 20_001, 'Invalid CountryCode')
    const usedUp = (used.get(key) ?? 0) >= (PAID[key] ?? 0)
    if (fields.length > 0 && usedUp) return refuse(403, 20_005, 'Account not active')
    const read = readNumber(given, country)
    const phone = typeof read === 'string' ? undefined : read
    const url = `https://${HOST}/v2/PhoneNumbers/${phone?.number ?? given}`
    // Plain validation is free (providers.md F1); a paid field of a number that is none is free too, which is ours.
    const credits = phone && fields.length > 0 ? 1 : 0
    used.set(key, (used.get(key) ?? 0) + credits)
    const found = phone
      ? {
          calling_country_code: phone.countryCallingCode,
          country_code: phone.country ?? null,
          phone_number: phone.number,
          national_format: phone.formatNational(),
          valid: true,
          validation_errors: null,
          caller_name: null,
          line_type_intelligence: fields.includes('line_type_intelligence') ? lineOf(phone) : null,
        }
      : { ...NOTHING, validation_errors: [read] }
    const asked = [phone?.number ?? given, ...fields.toSorted()].join(' ')
    return {
      status: 200,
      body: JSON.stringify({ ...found, url }),
      operation: 'PhoneNumbers',
      questions: [asked],
      credits,
    }
  }

  return {
    hosts: [HOST],
    key: TWILIO_KEYS.large,
    answer(request) {
      const given = decoded(PATH.exec(request.path)?.[1] ?? '')
      if (!given) return refuse(404, 20_404, 'The requested resource was not found')
      const key = keyOf(request)
      if (key === undefined) return refuse(401, 20_003, 'Authenticate')
      if (request.method !== 'GET') return refuse(405, 20_004, 'Method not allowed')
      const fault = checkParameters(request)
      if (fault !== undefined) return refuse(400, 20_001, fault)
      return lookUp(request, key, given)
    },
    throttle: () => refuse(429, 20_429, 'Too many requests'),
    reset: () => used.clear(),
  }
}

function refuse(status: number, code: number, message: string): VendorAnswer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  return { status, body: JSON.stringify(body), operation: 'PhoneNumbers', questions: [], credits: 0 }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function keyOf({ headers }: VendorRequest): string | undefined {
  const given = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(headers['authorization'] ?? '')?.[1]
  const key = given === undefined ? '' : Buffer.from(given, 'base64').toString('utf8')
  return key in PAID ? key : undefined
}

function checkParameters({ query, body }: VendorRequest): string | undefined {
  if (body) return 'A GET request has no body'
  const strange = strangeParameter(query, ['Fields', 'CountryCode'])
  if (strange !== undefined) return `Unknown or repeated parameter ${strange}`
  return undefined
}

/** The number, or the vendor's word for why it is none. */
function readNumber(given: string, country: string | undefined): PhoneNumber | string {
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined
  const fault = validatePhoneNumberLength(given, home)
  if (fault === 'INVALID_COUNTRY') return 'INVALID_COUNTRY_CODE'
  if (fault !== undefined) return fault
  const phone = parsePhoneNumber(given, home)
  return phone?.isValid() === true ? phone : 'INVALID_BUT_POSSIBLE'
}

// Nothing is invented about a number that somebody may have.
function lineOf(phone: PhoneNumber): object {
  const type = isInventedPhone(phone.number) ? typeOf(phone) : 'unknown'
  const country = type === 'mobile' ? (MOBILE_COUNTRIES[phone.country ?? ''] ?? null) : null
  return {
    error_code: null,
    mobile_country_code: country,
    mobile_network_code: country === null ? null : '01',
    carrier_name: type === 'unknown' ? null : type === 'mobile' ? 'Example Mobile' : 'Example Telecom',
    type,
  }
}

function typeOf(phone: PhoneNumber): LineType {
  const spread = fingerprint(`line ${phone.number}`) % 100
  switch (phone.getType()) {
    case 'MOBILE':
      return 'mobile'
    case 'FIXED_LINE':
      return spread < 15 ? 'fixedVoip' : 'landline'
    case 'FIXED_LINE_OR_MOBILE':
      // In North America the number does not say what it is, but for invented people.
      if (phone.number.startsWith(`+1${US_MOBILE_AREA}`)) return 'mobile'
      return spread < 60 ? 'landline' : 'nonFixedVoip'
    case 'TOLL_FREE':
      return 'tollFree'
    default:
      return 'unknown'
  }
}
