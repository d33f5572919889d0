/** What kind of failure an error is, and so which remedies can help. */
export const labels = [
  'data_conversion',
  'mapping_schema',
  'constraint_violation',
  'encoding',
  'permission_auth',
  'connectivity',
  'resource_disk_memory',
  'lock_deadlock_timeout',
  'missing_object',
  'duplicate_object',
  'version_incompatibility',
  'syntax',
  'tool_internal',
  'other',
] as const

export type Label = (typeof labels)[number]

/** A code as a log names it. */
export interface KnownCode {
  /** As people search for it: `23505`, `ORA-00942`, `1062`, `P3018`. */
  readonly code: string
  /** Condition or symbol, null when the tables do not know it. */
  readonly name: string | null
  /** Null when the code alone does not say: the message decides. */
  readonly label: Label | null
}
