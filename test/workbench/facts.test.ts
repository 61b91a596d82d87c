import { createServer } from 'node:http'
import type { Execution } from '../../workbench/appsscript/contract'
import facts from '../../workbench/appsscript/facts.json'
import { settleFacts } from '../../workbench/appsscript/facts'
import { ANY_SCRIPT, outcomeOf, owner, startScript } from './people'

interface Example {
  readonly script: string
  readonly yes: unknown
  readonly no: unknown
  readonly more?: Partial<Execution>
  /** A second script whose outcome counts. */
  readonly next?: string
  readonly afterMs?: number
}

const A1 = "SpreadsheetApp.getActiveSheet().getRange('A1')"
const rich = (text: string): string => `SpreadsheetApp.newRichTextValue().setText('${text}').build()`

const EXAMPLES: { readonly [name: string]: Example } = {
  text_format_keeps_formulas: {
    script: `return ${A1}.setNumberFormat('@').setValue('+4930123').getValue()`,
    yes: '+4930123',
    no: 4930123,
  },
  apostrophe_makes_text: { script: `return ${A1}.setValue("'01").getValue()`, yes: '01', no: "'01" },
  rich_text_is_text: {
    script: `return ${A1}.setRichTextValue(${rich('+4930123')}).getValue()`,
    yes: '+4930123',
    no: 4930123,
  },
  fetch_all_counts_each: {
    script:
      "for (let n = 0; n < 4; n++) UrlFetchApp.fetchAll(Array.from({ length: 5001 }, () => 'https://a.example/')); return 'all'",
    yes: 'Exception: Service invoked too many times for one day: urlfetch.',
    no: 'all',
  },
  timeout_seconds_honoured: {
    script: "return UrlFetchApp.fetch('https://slow.example/', { timeoutSeconds: 5 }).getResponseCode()",
    yes: 'Exception: Timeout: https://slow.example/',
    no: 200,
  },
  large_property_refused: {
    script: "PropertiesService.getScriptProperties().setProperty('a', 'x'.repeat(20000)); return 'kept'",
    yes: 'Exception: Argument too large: value',
    no: 'kept',
  },
  unflushed_writes_survive_kill: {
    script: `${A1}.setValue('x'); Utilities.sleep(400000)`,
    next: `return ${A1}.getValue()`,
    yes: 'x',
    no: '',
  },
  trigger_may_create_trigger: {
    script: "ScriptApp.newTrigger('mark').timeBased().after(1000).create()",
    more: { via: 'trigger' },
    afterMs: 5000,
    next: "return PropertiesService.getScriptProperties().getProperty('mark')",
    yes: 'fired',
    no: null,
  },
  nested_date_replies_null: { script: 'return { at: new Date() }', more: { via: 'rpc' }, yes: null, no: undefined },
  notes_move_with_sort: {
    script:
      "const r = SpreadsheetApp.getActiveSheet().getRange('A1:A2'); r.setValues([['b'], ['a']]).setNotes([['of b'], ['of a']]); r.sort(1); return r.getNotes()",
    yes: [['of a'], ['of b']],
    no: [['of b'], ['of a']],
  },
  formula_may_set_properties: {
    script: "PropertiesService.getDocumentProperties().setProperty('a', 'b'); return 'set'",
    more: { via: 'formula' },
    yes: 'set',
    no: expect.stringContaining('You do not have permission to call setProperty'),
  },
  set_properties_counts_each: {
    script:
      "const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => ['k' + n, ''])); for (let n = 0; n < 11; n++) PropertiesService.getUserProperties().setProperties(many); return 'all'",
    yes: 'Exception: Service invoked too many times for one day: properties.',
    no: 'all',
  },
}

const cases = Object.entries(EXAMPLES).flatMap(([name, example]) =>
  (['yes', 'no'] as const).map((answer) => [name, answer, example] as const),
)

test.each(cases)('%s: %s', async (name, answer, example) => {
  const server = createServer((request, response) => {
    if (request.headers.host === 'slow.example') response.setHeader('x-workbench-latency-ms', '20000')
    else response.setHeader('x-workbench-latency-ms', '1')
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const code = `${ANY_SCRIPT}; function mark() { PropertiesService.getScriptProperties().setProperty('mark', 'fired') }`
  const google = await startScript(code, { facts: { [name]: answer }, resolve: () => port })
  let ended = await google.execute({
    function: 'go',
    args: [example.script],
    user: owner,
    via: 'menu',
    ...example.more,
  })
  if (example.afterMs !== undefined) await google.advance(example.afterMs)
  if (example.next !== undefined) ended = await google.run('go', { args: [example.next] })
  expect(outcomeOf(ended)).toEqual(example[answer])
  await google.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test.each([
  ['yes', ['string']],
  ['no', ['object']],
] as const)('blank_argument_is_empty_text: %s', async (answer, expected) => {
  const google = await startScript('function KIND(x) { return typeof x }', {
    facts: { blank_argument_is_empty_text: answer },
  })
  expect([(await google.formula({ name: 'KIND', args: [''], user: owner })).value]).toEqual(expected)
  await google.stop()
})

test('every fact that the emulator is switched by has its two tests here', () => {
  const simulated = Object.entries(facts)
    .filter(([, fact]) => fact.simulated === 'yes')
    .map(([name]) => name)
  expect([...Object.keys(EXAMPLES), 'blank_argument_is_empty_text'].sort()).toEqual(simulated.sort())
})

test('unknown facts take the pessimistic answer; strangers and idle ones are refused', () => {
  expect(settleFacts().text_format_keeps_formulas).toBe('no')
  expect(settleFacts({ text_format_keeps_formulas: 'yes' }).text_format_keeps_formulas).toBe('yes')
  expect(() => settleFacts({ no_such_fact: 'yes' })).toThrow('no_such_fact')
  expect(() => settleFacts({ properties_follow_copy: 'yes' })).toThrow('properties_follow_copy')
})
