import type facts from '../appsscript/facts.json'

/** The name of an open question about Google. */
export type FactName = keyof typeof facts

/** What the product promises, or leaves out, because of each open question. */
export const PROMISES: { readonly [name in FactName]: string } = {
  text_format_keeps_formulas: 'Text stays text by format @ alone; until then risky texts are written as rich text.',
  apostrophe_makes_text: 'Nothing: the product never writes an apostrophe to make text.',
  rich_text_is_text: 'Texts that begin with = or + never become formulas; if no, they are left in the store.',
  fetch_all_counts_each: 'The fetches of the day are counted right; if no, the count is too high and stops too early.',
  timeout_seconds_honoured: 'A slow vendor holds a wave for its own time-out; if no, for up to 60 s.',
  large_property_refused: 'Every stored value stays under 9 KB either way.',
  unflushed_writes_survive_kill: 'A kill loses at most the writes after the last flush; they are written again.',
  metadata_moves_with_sort: 'Nothing: rows are found again by their content, not by metadata.',
  class_fields_accepted: 'Nothing: the bundle has none.',
  trigger_may_create_trigger: 'Bound edition: a closed sidebar goes on within minutes; if no, about every hour.',
  blank_argument_is_empty_text: 'A formula treats a blank cell as nothing asked, either way.',
  underscore_handler_runs: 'Nothing: no trigger is set on such a name.',
  addon_without_allowlist_accepted:
    'Marketplace: the add-on asks any host with a recipe; if no, a fixed list of hosts.',
  nested_date_replies_null: 'The sidebar gets text only; a date can silence it in neither case.',
  finally_runs_after_kill: 'Nothing: no clean-up relies on finally after a kill.',
  notes_move_with_sort: 'A note stays beside its value after a sort; if no, notes may tell of another cell.',
  properties_follow_copy: 'A copied file is recognised and spends nothing; if yes, by the id of the file in the store.',
  undo_restores_hidden_sheets: 'After undo or restore, the loss of stored answers is noticed before anything is spent.',
  returned_error_text_is_error: 'A formula shows #N/A where nothing is found.',
  formula_reruns_on_reopen: 'Opening a file again asks nothing twice: formulas read what is known first.',
  formula_may_set_properties: 'Answers of formulas are kept for good; if no, in the cache for 6 hours only.',
  set_properties_counts_each: 'The daily count of property operations holds.',
  blob_workers_in_sidebar: 'Duplicates of large lists are found without the sidebar standing still.',
  helper_formula_tells_filtered_rows: 'Hidden rows are left out also behind filters by colour or custom formula.',
}
