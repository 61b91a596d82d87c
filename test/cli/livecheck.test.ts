import { startEmulator } from '../../workbench/appsscript/emulator'
import type { Emulator, Facts, User } from '../../workbench/appsscript/contract'
import { createMemoryStore } from '../../workbench/appsscript/memory-store'
import { readAnswers, reportAnswers } from '../../workbench/livecheck/answers'
import { PROMISES } from '../../workbench/livecheck/promises'
import { FACT_NAMES, liveCheckScript } from '../../workbench/livecheck/script'

const OWNER: User = { id: 'owner', email: 'owner@example.com', locale: 'en', account: 'consumer' }

let emulator: Emulator | undefined
afterEach(async () => {
  await emulator?.stop()
  emulator = undefined
})

async function open(facts: Facts): Promise<Emulator> {
  emulator = await startEmulator({
    bundle: { code: liveCheckScript(), html: {}, manifest: {} },
    store: createMemoryStore({ tabs: [{ name: 'Mine', values: [['untouched', '=1+1']] }] }),
    clock: 'virtual',
    edition: 'bound',
    owner: OWNER,
    resolve: () => undefined,
    facts,
  })
  return emulator
}

const run = async (name: string, args: readonly unknown[] = []) => {
  const ended = await emulator!.execute({ function: name, args, user: OWNER, via: 'menu' })
  return ended
}
const answersOf = (value: unknown) =>
  Object.fromEntries(readAnswers(String(value)).map(({ fact, answer }) => [fact, answer]))

const AT_ONCE = [
  'text_format_keeps_formulas',
  'apostrophe_makes_text',
  'rich_text_is_text',
  'large_property_refused',
  'notes_move_with_sort',
  'blank_argument_is_empty_text',
  'formula_may_set_properties',
]

describe.each(['yes', 'no'] as const)('where every fact is %s', (answer) => {
  test('liveCheck says so, removes its tabs and leaves the others alone', async () => {
    const { store } = await open(Object.fromEntries(AT_ONCE.map((fact) => [fact, answer])))
    const ended = await run('liveCheck')
    expect(ended.error).toBeUndefined()
    const answers = answersOf(ended.value)
    expect(Object.fromEntries(AT_ONCE.map((fact) => [fact, answers[fact]]))).toEqual(
      Object.fromEntries(AT_ONCE.map((fact) => [fact, answer])),
    )
    expect(store.tabs().map(({ name }) => name)).toEqual(['Mine', 'Live check'])
    expect(store.display(store.tabs()[0]!.id, { row: 0, column: 0, rows: 1, columns: 2 })).toEqual([
      ['untouched', '=1+1'],
    ])
    expect(ended.logs.join('\n')).toContain('liveCheckKill')
  })

  test('the kill step finds out what survives', async () => {
    await open({ unflushed_writes_survive_kill: answer })
    expect((await run('liveCheckKill')).state).toBe('killed')
    const answers = answersOf((await run('liveCheckAfterKill')).value)
    expect(answers['unflushed_writes_survive_kill']).toBe(answer)
    expect(answers['finally_runs_after_kill']).toBe('no')
    expect(emulator!.store.tabs().map(({ name }) => name)).toEqual(['Mine', 'Live check'])
  })

  test('the trigger step finds out whether a trigger may make one', async () => {
    await open({ trigger_may_create_trigger: answer })
    await run('liveCheckTrigger')
    await emulator!.advance(600_000)
    const answers = answersOf((await run('liveCheckAfterTrigger')).value)
    expect(answers['trigger_may_create_trigger']).toBe(answer)
    expect(emulator!.triggers()).toEqual([])
  })
})

test('what a person saw is taken down, and everything can be taken away', async () => {
  await open({})
  await run('liveCheckAnswer', ['formula_reruns_on_reopen', 'yes', 'seen'])
  const copy = await run('liveCheckCopy')
  expect(answersOf(copy.value)).toMatchObject({ formula_reruns_on_reopen: 'yes', properties_follow_copy: 'yes' })
  expect((await run('liveCheckAnswer', ['no_such_fact', 'yes'])).state).toBe('threw')
  await run('liveCheckRemove')
  expect(emulator!.store.tabs().map(({ name }) => name)).toEqual(['Mine'])
  expect(emulator!.properties('document')).toEqual({})
})

describe('the answers', () => {
  test('settled facts and the promises of the others are told', () => {
    const report = reportAnswers(readAnswers('{"notes_move_with_sort":{"answer":"yes"},"large_property_refused":"no"}'))
    expect(report).toContain(`Settled: 2 of ${FACT_NAMES.length}`)
    expect(report).toContain('notes_move_with_sort: yes')
    expect(report).not.toContain(PROMISES.notes_move_with_sort)
    expect(report).toContain(PROMISES.properties_follow_copy)
  })

  test.each([
    ['not JSON', 'This is not JSON'],
    ['[]', 'must be an object'],
    ['null', 'must be an object'],
    ['{"weather":"yes"}', 'no fact "weather"'],
    ['{"notes_move_with_sort":"perhaps"}', 'notes_move_with_sort must be yes, no or unknown, not "perhaps"'],
    ['{"notes_move_with_sort":{"answer":1}}', 'not 1'],
  ])('%s is refused', (text, message) => {
    expect(() => readAnswers(text)).toThrow(message)
  })
})
