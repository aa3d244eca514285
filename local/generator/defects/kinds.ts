/** Every kind of mess the generator can plant, with what must become of it. */
export const DEFECT_KINDS = {
  // Of the file: nothing is rejected.
  byte_order_mark: 'the file begins with a UTF-8 byte-order mark',
  no_final_newline: 'the last record has no line end',
  mixed_line_ends: 'some records end in CR LF, the rest in LF',
  blank_line: 'empty lines, which are no records',
  new_column: 'the file has a column that the contract does not know; kept in _unmapped',
  ragged_column: 'JSON: one column lacks an inner key; that value is missing, nothing shifts',
  unordered_keys: 'JSON: one column lists its inner keys backwards',
  numeric_agent_ids: 'JSON: agent ids are numbers, not text',
  // Of a line: each record is quarantined.
  short_line: 'fields are missing at the end',
  long_line: 'there are more fields than columns',
  broken_line: 'text after a closing quote',
  unclosed_quote: 'a quote that is never closed',
  nul_byte: 'a NUL character inside a value',
  invalid_utf8: 'bytes that are no UTF-8',
  bare_cr: 'a carriage return without line feed, outside quotes',
  too_few_fields: 'SMS: a line with fewer than five fields',
  // Of a row: quarantined.
  missing_key: 'the key has no value',
  impossible_date: 'a date or time that does not exist',
  value_too_large: 'a value of more than 65,535 bytes',
  conflict: 'several rows with one key and other content: the last wins, the others are quarantined',
  // Of a row: deduplicated.
  duplicate: 'rows that are identical in all but the export index: one stays',
  // Of a row: loaded, to be dealt with later.
  quoted_fields: 'every field is quoted',
  crlf_in_quotes: 'the line break inside a quoted value is CR LF',
  repeated: 'a complaint of an earlier partition, again: the newest partition counts',
  orphan_customer: 'a customer id that the customers file does not hold',
  orphan_agent: 'an agent id that the agents sheet does not hold',
  empty_customer: 'no customer id',
  padded_customer: 'blanks around the customer id',
  id_mismatch: 'the complaint id embeds the uuid of another customer',
  unknown_category: 'a category outside the known four',
  unknown_status: 'a status outside the known four',
  unknown_platform: 'a media channel outside the known four',
  unknown_gender: 'a gender other than F and M',
  unknown_experience: 'an experience level outside the known four',
  unrecognised_value: 'personal data where a category should be',
  end_before_start: 'ends before it began',
  opened_in_future: 'opened after the file was made',
  resolution_disagrees: 'resolved without a time, or a time without being resolved',
  empty_text: 'SMS: a message without text',
  missing_sender: 'SMS: a message without sender',
  missing_state: 'an agent without state',
} as const;

export type DefectKind = keyof typeof DEFECT_KINDS;

export function isDefectKind(text: string): text is DefectKind {
  return Object.hasOwn(DEFECT_KINDS, text);
}

export const ALL_KINDS: readonly DefectKind[] = Object.keys(DEFECT_KINDS).filter(isDefectKind);

/** Which kinds are wanted: all, none, or those listed. */
export type DefectChoice = 'all' | 'none' | readonly DefectKind[];

export function wants(choice: DefectChoice, kind: DefectKind): boolean {
  return choice === 'all' || (choice !== 'none' && choice.includes(kind));
}
