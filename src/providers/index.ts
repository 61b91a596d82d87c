import type { Provider } from '../domain/provider'
import { apollo } from './apollo'
import { cloudflareDns } from './cloudflare_dns'
import { derrick } from './derrick'
import { dns } from './dns'
import { dropcontact } from './dropcontact'
import { fullEnrich } from './full_enrich'
import { hunter } from './hunter'
import { icypeas } from './icypeas'
import { peopleDataLabs } from './people_data_labs'
import { prospeo } from './prospeo'
import { theCompaniesApi } from './the_companies_api'
import { training } from './training'

/** Every provider, in the order in which they are asked unless a waterfall says otherwise: free ones first. */
export const PROVIDERS: readonly Provider[] = [
  training,
  dns,
  cloudflareDns,
  hunter,
  peopleDataLabs,
  apollo,
  prospeo,
  theCompaniesApi,
  dropcontact,
  icypeas,
  fullEnrich,
  derrick,
]
