import type { Basis } from '../domain/basis'
import { purposeOf } from '../domain/basis'
import { CATEGORY_NAMES, categoryOf } from '../domain/category'
import { FIELD_NAMES } from '../domain/field'
import { Problem } from '../domain/problem'

/** One sentence is enough; a cell of the register stays readable. */
const MOST_CHARACTERS = 300

/** The purpose of a run, trimmed. Throws a Problem when it says nothing or too much. */
export function checkPurpose(text: string): string {
  const purpose = text.replace(/\s+/g, ' ').trim()
  const letters = purpose.match(/\p{L}/gu)?.length ?? 0
  if (letters < 3) {
    throw new Problem('Say in a few words what you need the data for, for example "Spring campaign to our customers".')
  }
  if (purpose.length > MOST_CHARACTERS) {
    throw new Problem(`The purpose has ${purpose.length} characters. Shorten it to ${MOST_CHARACTERS}.`)
  }
  return purpose
}

/** A legal basis as it is kept. Throws a Problem for one that says too little. */
export function checkBasis({ ground, purposes, note, ties, fields, controller }: Basis): Basis {
  const said = purposes.filter((purpose, index) => index === 0 || purpose.trim() !== '').map(checkPurpose)
  const words = note.replace(/\s+/g, ' ').trim()
  if ((words.match(/\p{L}/gu)?.length ?? 0) < LEAST_NOTE[ground]) throw new Problem(noteWords()[ground])
  const known = (purpose: number | null) => (purpose !== null && said[purpose] !== undefined ? purpose : null)
  const kept = Object.fromEntries(CATEGORY_NAMES.map((category) => [category, known(ties[category])])) as Basis['ties']
  const own = FIELD_NAMES.map((field) => [field, known(purposeOf({ ties, fields }, field))] as const)
  if (own.every(([, purpose]) => purpose === null))
    throw new Problem('Choose a purpose for at least one kind of data: nothing can be looked up without one.')
  return {
    ground,
    purposes: said,
    note: words,
    ties: kept,
    fields: Object.fromEntries(own.filter(([field, purpose]) => purpose !== kept[categoryOf(field)])),
    controller: controller.replace(/\s+/g, ' ').trim(),
  }
}

// A sentence, not a tick: somebody must have thought about it.
const LEAST_NOTE: { readonly [G in Basis['ground']]: number } = {
  legitimate_interest: 20,
  consent: 10,
  contract: 5,
  legal_obligation: 5,
}

const noteWords = (): { readonly [G in Basis['ground']]: string } => ({
  legitimate_interest: 'Say in a sentence why your interest is fair to these people.',
  consent: 'Say in a sentence how these people agreed, and where that is kept.',
  contract: 'Say which contract with these people needs the data.',
  legal_obligation: 'Say which law needs the data.',
})
