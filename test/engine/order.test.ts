import type { Charge } from '../../src/domain/provider'
import { defaultStopRule } from '../../src/domain/waterfall'
import type { OrderRule, Tally } from '../../src/engine/order'
import { placeOf } from '../../src/engine/order'
import { waterfallsFor } from '../../src/engine/world'
import { asks, vendor } from './one-vendor'

const priced = (id: string, credits: number, charge: Charge) =>
  vendor(id, [asks('find', 'name_at_domain', { finds: ['email'], price: { credits, charge } })])

const order = (providers: readonly ReturnType<typeof vendor>[], rule?: OrderRule) =>
  waterfallsFor(['email'], providers, { stop: defaultStopRule, ...(rule && { order: () => rule }) }).email?.steps ?? []
const names = (...given: Parameters<typeof order>) => order(...given).map((step) => step.provider.id)
const automatic = (tallies: { readonly [vendor: string]: Tally }): OrderRule => ({
  kind: 'automatic',
  tallies: Object.fromEntries(Object.entries(tallies).map(([id, tally]) => [`${id}/find`, tally])),
})
const tally = (asked: number, accepted: number, found = accepted): Tally => ({ asked, found, accepted })

const LOCAL = vendor('here', [
  {
    kind: 'local',
    id: 'find',
    by: 'name_at_domain',
    finds: ['email'],
    price: { credits: 0, charge: 'hit' },
    answer: () => [],
  },
])

describe('the order by price', () => {
  it('is that of all waterfalls without another rule, and says why', () => {
    const steps = order([priced('two', 2, 'call'), priced('free', 0, 'call'), priced('one', 1, 'hit'), LOCAL])
    expect(steps.map((step) => [step.provider.id, step.reason])).toEqual([
      ['here', 'Free.'],
      ['free', 'Free.'],
      ['one', '1 credit for each find, nothing for a miss.'],
      ['two', '2 credits for each question, found or not.'],
    ])
  })
})

describe('an order as given', () => {
  const three = [priced('a', 1, 'hit'), priced('b', 2, 'hit'), priced('c', 3, 'hit')]

  const both = vendor('both', [
    asks('dear', 'linkedin', { finds: ['email'], price: { credits: 5, charge: 'hit' } }),
    asks('cheap', 'name_at_domain', { finds: ['email'], price: { credits: 4, charge: 'hit' } }),
  ])

  it('is kept, whatever things cost', () =>
    expect(names(three, { kind: 'given', vendors: ['c', 'a', 'b'] })).toEqual(['c', 'a', 'b']))
  it('asks who is not on the list after the others, by price', () =>
    expect(names([...three].reverse(), { kind: 'given', vendors: ['b'] })).toEqual(['b', 'a', 'c']))
  it('passes over vendors that are gone and repetitions', () =>
    expect(names(three, { kind: 'given', vendors: ['gone', 'c', 'c', 'a', 'b'] })).toEqual(['c', 'a', 'b']))
  it('asks a vendor in its cheapest way first', () =>
    expect(order([...three, both], { kind: 'given', vendors: ['both', 'a'] }).map(placeOf)).toEqual([
      'both/cheap',
      'both/dear',
      'a/find',
      'b/find',
      'c/find',
    ]))
  it('says that a person gave it, and of others what they cost', () =>
    expect(order(three, { kind: 'given', vendors: ['b'] }).map(({ reason }) => reason)).toEqual([
      'As you ordered it: 2 credits for each find, nothing for a miss.',
      '1 credit for each find, nothing for a miss.',
      '3 credits for each find, nothing for a miss.',
    ]))

  it('has no place for who is not asked for the field, as a finder or a verifier', () => {
    const verifier = vendor('v', [
      asks('verify', 'email', { finds: ['email_status'], price: { credits: 1, charge: 'call' } }),
    ])
    const made = waterfallsFor(['email', 'email_status'], [...three, verifier], {
      stop: (field) => ({ ...defaultStopRule(field), verify: 'before_writing' }),
      asks: (field, provider) => !(field === 'email' && provider === 'a') && provider !== 'v',
    })
    expect(made.email?.steps.map(placeOf)).toEqual(['b/find', 'c/find'])
    expect(made.email?.verifiers).toEqual([])
    expect(made.email_status).toBeUndefined()
  })
})

describe('the automatic order', () => {
  it('asks free sources first, and local ones before them', () =>
    expect(names([priced('a', 0.1, 'hit'), priced('free', 0, 'call'), LOCAL], automatic({}))).toEqual([
      'here',
      'free',
      'a',
    ]))

  it('puts the least cost for each accepted answer first, however cheap a question is', () => {
    const providers = [priced('cheap', 1, 'call'), priced('dear', 2, 'call')]
    expect(names(providers, automatic({ cheap: tally(100, 10), dear: tally(100, 80) }))).toEqual(['dear', 'cheap'])
  })

  it('reckons what was found in vain to a vendor that charges by the find', () => {
    const providers = [priced('loose', 1, 'hit'), priced('strict', 2, 'refunded')]
    expect(names(providers, automatic({ loose: tally(100, 10, 60), strict: tally(100, 40) }))).toEqual([
      'strict',
      'loose',
    ])
  })

  it.each<[Charge, string]>([
    ['call', 'hit'],
    ['verdict', 'hit'],
    ['unknown', 'hit'],
    ['hit', 'other'],
    ['refunded', 'other'],
  ])('with an empty ledger and a vendor that charges by %s begins with %s', (charge, first) => {
    const providers = [priced('other', 0.1, charge), priced('hit', 1, 'hit')]
    expect(names(providers, automatic({}))[0]).toBe(first)
  })

  it('has no choice where all charge for misses', () =>
    expect(names([priced('b', 2, 'call'), priced('a', 1, 'unknown')], automatic({}))).toEqual(['a', 'b']))

  it('begins with one that charges for misses once it has shown what it is worth', () => {
    const providers = [priced('call', 0.1, 'call'), priced('hit', 1, 'hit')]
    expect(names(providers, automatic({ call: tally(20, 10) }))).toEqual(['call', 'hit'])
  })

  it('is not turned by one lucky answer', () => {
    const providers = [priced('known', 1, 'call'), priced('lucky', 1.5, 'call')]
    expect(names(providers, automatic({ known: tally(500, 350), lucky: tally(1, 1) }))).toEqual(['known', 'lucky'])
  })

  it('never asks a vendor less exactly before it is asked exactly, whatever was learned', () => {
    const exact = asks('exact', 'name_at_domain', { finds: ['email'] })
    const less = asks('less', 'name_at_company', { finds: ['email'] })
    const tallies = { 'a/less': tally(100, 90, 90), 'a/exact': tally(100, 10, 90), 'b/less': tally(100, 50, 90) }
    const providers = [vendor('a', [exact, less]), vendor('b', [less])]
    expect(order(providers, { kind: 'automatic', tallies }).map(placeOf)).toEqual(['b/less', 'a/exact', 'a/less'])
  })

  it('asks about an address what its status is, before it finds a status along with an address', () => {
    const along = asks('find', 'name_at_domain', { finds: ['email', 'email_status'] })
    const direct = asks('verify', 'email', { finds: ['email_status'], price: { credits: 3, charge: 'unknown' } })
    const made = waterfallsFor(['email_status'], [vendor('a', [along]), vendor('b', [direct])], {
      stop: defaultStopRule,
      order: () => ({ kind: 'automatic', tallies: { 'a/find': tally(100, 100) } }),
    })
    expect(made.email_status?.steps.map(placeOf)).toEqual(['b/verify', 'a/find'])
  })

  it('is the order by price where nothing tells vendors apart', () =>
    expect(names([priced('b', 2, 'hit'), priced('a', 1, 'hit'), priced('c', 1, 'hit')], automatic({}))).toEqual([
      'a',
      'c',
      'b',
    ]))

  it.each<[string, OrderRule, Charge, string]>([
    [
      'of a vendor that charges by the call',
      automatic({ a: tally(100, 50) }),
      'call',
      '2 credits for each accepted answer: 1 credit, found 50 of 100.',
    ],
    [
      'of a vendor that charges by the find',
      automatic({ a: tally(200, 96, 96) }),
      'hit',
      '1 credit for each accepted answer: 1 credit a find, 96 of 96 good enough.',
    ],
    [
      'of a vendor without a record',
      automatic({}),
      'call',
      '2 credits for each accepted answer: 1 credit for each question, found or not, our estimate until it has been asked.',
    ],
  ])('gives the reason %s', (_what, rule, charge, reason) =>
    expect(order([priced('a', 1, charge)], rule)[0]!.reason).toBe(reason),
  )

  it('names each step as tallies and lists do', () =>
    expect(order([priced('a', 1, 'hit')]).map(placeOf)).toEqual(['a/find']))
})
