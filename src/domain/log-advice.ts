/** What usually helps against a class of failures, in one sentence each. */
const advice: { readonly [label: string]: string } = {
  data_conversion: 'Compare the type of the column with the value, widen or convert it, then load the rows again.',
  mapping_schema: 'Compare the columns of source and target and correct the mapping before the next attempt.',
  constraint_violation: 'Look at the rows that break the constraint: mend or put them aside, then load them again.',
  encoding: 'Declare the encoding that the source really has, or clean the text, then load it again.',
  permission_auth: 'Give the role of the migration the missing right, or correct its password, then run it again.',
  connectivity: 'See that the server answers from where the migration runs; then it may go on where it stopped.',
  resource_disk_memory: 'Make room or raise the limit first: a second attempt would end the same way.',
  lock_deadlock_timeout: 'Find who held the lock and stop it, or try again in smaller batches.',
  missing_object: 'Create what is missing, such as a table, an extension or a role, then run it again.',
  duplicate_object: 'Something is left of an earlier attempt: look at it, then drop it or go on after it.',
  version_incompatibility: 'Use versions that go together on both sides, or leave out what one side does not know.',
  syntax: 'Correct the statement or the file at the place that the log names.',
  tool_internal: 'Look for this message at the project of the tool; try a newer version of it.',
  other: 'Read the lines around it; `note` keeps for the report what you find.',
}

/** The next step that a class of failures suggests. */
export function adviseOn(label: string): string {
  return advice[label] ?? advice.other ?? ''
}

/** `data conversion` */
export function nameLabel(label: string): string {
  return label.replaceAll('_', ' ')
}
