import { fingerprint } from './people'

/** Something that a vendor was asked and answers later. */
export interface Ticket<T> {
  readonly id: string
  /** The key that asked; nobody else sees it. */
  readonly key: string
  readonly openedAt: number
  readonly readyAt: number
  readonly work: T
}

/** The open and finished work of an asynchronous vendor. */
export interface Tickets<T> {
  open(key: string, at: number, work: T, extraMs?: number): Ticket<T>
  find(key: string, id: string): Ticket<T> | undefined
  reset(): void
}

/** Shortest time until a ticket is ready, and how much longer some take: seconds, so that a test must wait and can. */
const SHORTEST_MS = 2000
const SPREAD_MS = 4000

/** Hands out tickets in a fixed order: after a reset the same ids with the same waits come again. */
export function createTickets<T>(vendor: string, name: (number: number) => string): Tickets<T> {
  const tickets = new Map<string, Ticket<T>>()
  return {
    open(key, at, work, extraMs = 0) {
      const id = name(fingerprint(`ticket ${vendor} ${tickets.size}`))
      const readyAt = at + SHORTEST_MS + (fingerprint(`wait ${id}`) % SPREAD_MS) + extraMs
      const ticket = { id, key, openedAt: at, readyAt, work }
      tickets.set(id, ticket)
      return ticket
    },
    find(key, id) {
      const ticket = tickets.get(id)
      return ticket?.key === key ? ticket : undefined
    },
    reset: () => tickets.clear(),
  }
}
