import { callsOurs, isOneCall, reachOf } from '../../src/app/formula-source'

test.each([
  ['=ENRICH_EMAIL(A2)', true, true, 1, 1],
  ['=enrich_email( A2 , "a (b)" )', true, true, 1, 1],
  ['=ENRICH_EMAIL(A2:A9)', true, true, Infinity, 1],
  ['=ENRICH_EMAIL(A2:C9)', true, true, Infinity, 1],
  ['=ENRICH_CLEAN_EMAIL(A2:A9)', true, true, Infinity, 1],
  ["=ENRICH_CLEAN_PHONE('My: tab'!$A2:A, B2:C9)", true, true, Infinity, 1],
  ['=ENRICH_CLEAN_EMAIL(A2:B9)', true, true, Infinity, Infinity],
  ['=ENRICH_EMAIL(A2, "show=source")', true, true, 1, Infinity],
  ['=ENRICH_EMAIL(A2, "note: none")', true, true, 1, 1],
  ['=ENRICH(A1:D9, "email, city")', true, true, Infinity, Infinity],
  ['=ENRICH_CLEAN_EMAIL({A2,B2})', true, true, Infinity, Infinity],
  ['=ENRICH_EMAIL({A2;A3}, "acme.example")', true, true, Infinity, 1],
  ['=ENRICH_EMAIL(people, B2)', true, true, Infinity, 1],
  ['=ENRICH_DOMAIN(sites)', true, true, Infinity, Infinity],
  ['=ENRICH_DOMAIN("https://acme.example")', true, true, 1, 1],
  ['=ENRICH_EMAIL($A$2, Leads!B2, TRUE)', true, true, 1, 1],
  ['=IFERROR(ENRICH_EMAIL(A2), "")', true, false, 1, Infinity],
  ['=ENRICH_SPLIT_NAME(A2)', true, true, 1, Infinity],
  ['=A2&"ENRICH_EMAIL(A2)"', false, false, 1, Infinity],
  ['=MYENRICH_EMAIL(A2)', false, false, 1, Infinity],
  ['=ENRICHED', false, false, 1, Infinity],
  ['=SUM(A2:A9)', false, false, Infinity, Infinity],
])('%s', (source, ours, one, rows, columns) => {
  expect([callsOurs(source), isOneCall(source), reachOf(source)]).toEqual([ours, one, { rows, columns }])
})
