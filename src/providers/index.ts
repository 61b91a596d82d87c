import type { Provider } from '../domain/provider'
import { apollo } from './apollo'
import { cloudflareDns } from './cloudflare_dns'
import { derrick } from './derrick'
import { dns } from './dns'
import { dropcontact } from './dropcontact'
import { fromRow } from './from_row'
import { fullEnrich } from './full_enrich'
import { gleif } from './gleif'
import { homePage } from './home_page'
import { hunter } from './hunter'
import { icypeas } from './icypeas'
import { peopleDataLabs } from './people_data_labs'
import { prospeo } from './prospeo'
import { rechercheEntreprises } from './recherche_entreprises'
import { theCompaniesApi } from './the_companies_api'
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
  peopleDataLabs,
  apollo,
  prospeo,
  theCompaniesApi,
  dropcontact,
  icypeas,
  fullEnrich,
  derrick,
  zeroBounce,
  twilio,
]
