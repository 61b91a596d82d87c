import type { Who } from './person-state'

/** A draft to a vendor that was asked about somebody who wants to be erased (GDPR Art. 17 and 19). */
export function letterTo(vendor: string, who: Who): string {
  const known = [
    who.name && `Name: ${who.name}`,
    who.company && `Company: ${who.company}`,
    who.email && `Email: ${who.email}`,
    who.linkedin && `LinkedIn: ${who.linkedin}`,
    who.phone && `Phone: ${who.phone}`,
  ].filter(Boolean)
  return [
    `To the data protection team of ${vendor}`,
    '',
    'Subject: Erasure of personal data (GDPR Art. 17 and 19)',
    '',
    'A person asked us to erase their personal data. We looked them up with your service, so please erase what you hold about them, put them on your suppression list, and confirm it to us in writing.',
    '',
    ...known,
    '',
    'Please delete this message as well once it is done.',
  ].join('\n')
}
