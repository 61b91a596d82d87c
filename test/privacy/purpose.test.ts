import { Problem } from '../../src/domain/problem'
import { checkPurpose } from '../../src/privacy/purpose'

describe('checkPurpose', () => {
  it.each([
    ['  Spring   campaign ', 'Spring campaign'],
    ['两个客户', '两个客户'],
    ['B2B', undefined],
    ['', undefined],
    [' 12 34 ', undefined],
    ['...', undefined],
    ['x'.repeat(300), 'x'.repeat(300)],
    ['x'.repeat(301), undefined],
  ])('%j', (text, purpose) => {
    if (purpose === undefined) expect(() => checkPurpose(text)).toThrow(Problem)
    else expect(checkPurpose(text)).toBe(purpose)
  })
})
