import { readFileSync } from 'node:fs'
import path from 'node:path'

/** FullEnrich as somebody may describe it who knows nothing of ours: it takes lists and answers them later. */
const LISTS = {
  name: 'Our lists',
  docs: 'https://docs.fullenrich.com/introduction',
  auth: { in: 'header', header: 'Authorization', prefix: 'Bearer ' },
  limits: { perMinute: 60 },
  balance: { url: 'https://app.fullenrich.com/api/v2/account/credits', left: 'balance' },
  operations: [
    {
      by: 'name_at_domain',
      url: 'https://app.fullenrich.com/api/v2/contact/enrich/bulk',
      method: 'post',
      body: {
        name: 'Our list',
        data: [
          {
            first_name: '{first_name}',
            last_name: '{last_name}',
            domain: '{domain}',
            enrich_fields: ['contact.work_emails'],
            custom: { tag: '{tag}' },
          },
        ],
      },
      fields: {
        email: {
          at: 'contact_info.work_emails[0].email',
          status: {
            at: 'contact_info.work_emails[0].status',
            words: { DELIVERABLE: 'valid', HIGH_PROBABILITY: 'risky', CATCH_ALL: 'accept_all', INVALID: 'invalid' },
          },
        },
      },
      price: { credits: 1, charge: 'hit' },
      batch: { size: 100, list: 'data', results: 'data', echo: { at: 'custom.tag', is: '{tag}' } },
      poll: {
        ticket: 'enrichment_id',
        url: 'https://app.fullenrich.com/api/v2/contact/enrich/bulk/{ticket}',
        statuses: { 400: 'pending', 402: 'refused_credits' },
        everySeconds: 5,
      },
    },
  ],
}

/** The texts of the vendors that the simulated people describe themselves: one is asked at a time, one in lists. */
export const RECIPES = {
  findymail: readFileSync(path.resolve('docs/recipes/findymail.json'), 'utf8'),
  lists: JSON.stringify(LISTS),
} as const
