import fc from 'fast-check'
import { readBareHost, readMailbox } from '../../src/matching/contact-points'
import { sameKeyGroups } from '../../src/matching/same-key'

const groups = (...rows: readonly (readonly [string, string])[]) =>
  sameKeyGroups({ about: 'contact', kinds: ['email', 'linkedin'], rows })

describe('sameKeyGroups', () => {
  it.each<[string, readonly (readonly [string, string])[], readonly (readonly number[])[]]>([
    [
      'one mailbox',
      [
        ['a.b+x@gmail.com', ''],
        ['x@acme.example', ''],
        ['AB@googlemail.com', ''],
      ],
      [[0, 2]],
    ],
    [
      'one profile',
      [
        ['', 'in/Ada'],
        ['', 'https://uk.linkedin.com/in/ada?trk=1'],
      ],
      [[0, 1]],
    ],
    [
      'one over another',
      [
        ['a@acme.example', ''],
        ['', 'in/ada'],
        ['a@acme.example', 'in/ada'],
      ],
      [[0, 1, 2]],
    ],
    [
      'shared mailboxes say nothing',
      [
        ['info@acme.example', ''],
        ['info@acme.example', ''],
      ],
      [],
    ],
    [
      'company pages say nothing',
      [
        ['', 'linkedin.com/company/acme'],
        ['', 'linkedin.com/company/acme'],
      ],
      [],
    ],
    [
      'placeholders say nothing',
      [
        ['n/a', ''],
        ['n/a', ''],
      ],
      [],
    ],
  ])('%s', (_, rows, expected) => expect(groups(...rows)).toEqual(expected))

  it('puts together what an address says by itself, however it is written', () => {
    const local = fc.constantFrom('ada', 'Ada', 'a.da', 'ada+x', '+ada', 'ada+', 'info', 'é', 'a-da', 'ada+x+y')
    const host = fc.constantFrom('gmail.com', 'googlemail.com', 'GoogleMail.com', 'acme.example', 'googlemail.com.br')
    const dress = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `mailto:${text}`,
      (text) => ` <${text}>`,
      (text) => text.replace('@', '@ '),
      (text) => text.toUpperCase(),
    )
    const cell = fc.tuple(local, host, dress).map(([own, where, dressed]) => dressed(`${own}@${where}`))
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
        const byKey = new Map<string, number[]>()
        cells.forEach((text, row) => {
          const mailbox = readMailbox(text, readBareHost)
          if (!mailbox || mailbox.isShared) return
          const key = `${mailbox.local}@${mailbox.host}`
          byKey.set(key, [...(byKey.get(key) ?? []), row])
        })
        const expected = [...byKey.values()].filter((rows) => rows.length > 1).sort((a, b) => a[0]! - b[0]!)
        expect(groups(...cells.map((text) => [text, ''] as const))).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })
})
