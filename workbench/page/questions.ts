import type { Answer, UiEvent } from '../appsscript/contract'

/** An alert or a prompt that waits for a person. */
export interface Question {
  readonly id: number
  readonly event: UiEvent
}

/** The alerts and prompts that wait: the emulator asks, a page answers. */
export interface Questions {
  /** Resolves when the person has answered. */
  readonly ask: (event: UiEvent) => Promise<Answer>
  readonly answer: (id: number, answer: Answer) => void
  /** What waits for a user, for a page that was loaded meanwhile. */
  readonly waiting: (user: string) => readonly Question[]
  /** Closes what waits, when its file is closed. */
  readonly closeAll: () => void
  readonly onAsk: (listener: (question: Question) => void) => void
}

/** Keeps the questions of scripts until a person answers. */
export const createQuestions = (): Questions => {
  const open = new Map<number, { readonly event: UiEvent; readonly resolve: (answer: Answer) => void }>()
  const listeners = new Set<(question: Question) => void>()
  let lastId = 0
  const answer = (id: number, given: Answer): void => {
    open.get(id)?.resolve(given)
    open.delete(id)
  }
  return {
    ask: (event) => {
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        open.set(id, { event, resolve })
        for (const listener of listeners) listener({ id, event })
      })
    },
    answer,
    closeAll: () => [...open.keys()].forEach((id) => answer(id, { button: 'CLOSE', text: '' })),
    waiting: (user) => [...open].flatMap(([id, { event }]) => (event.user === user ? [{ id, event }] : [])),
    onAsk: (listener) => void listeners.add(listener),
  }
}
