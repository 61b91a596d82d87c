import type { Provider } from '../domain/provider'
import { cloudflareDns } from './cloudflare_dns'
import { dns } from './dns'
import { fromRow } from './from_row'
import { gleif } from './gleif'
import { homePage } from './home_page'
import { hunter } from './hunter'
import { rechercheEntreprises } from './recherche_entreprises'
import { training } from './training'
import { twilio } from './twilio'
import { zeroBounce } from './zero_bounce'

/** Every provider, in the order in which they are asked unless a waterfall says otherwise: free ones first. */
export const PROVIDERS: readonly Provider[] = [
  training,
  fromRow,
  dns,
  cloudflareDns,
  homePage,
  rechercheEntreprises,
  gleif,
  hunter,
  zeroBounce,
  twilio,
]
