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
})
