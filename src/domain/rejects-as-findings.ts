import type { Finding } from './remedy-match.ts'

/** Rejects of one target and code, as a migration left them. */
interface Group {
  readonly target: string
  readonly code: string
  readonly message: string
}

/** The classes of SQLSTATE that a row can be rejected with, in the words of the logs' classes. */
const labels: { readonly [prefix: string]: string } = {
  '22021': 'encoding',
  '22P05': 'encoding',
  '21': 'mapping_schema',
  '22': 'data_conversion',
  '23': 'constraint_violation',
}

/** Rejects say what went wrong as well as a log does: by their code, their target and the server's words. */
export function findingsOfRejects(groups: readonly Group[]): Finding[] {
  return groups.map(({ target, code, message }) => ({
    label: labels[code] ?? labels[code.slice(0, 2)] ?? null,
    code: code === '-' ? null : code,
    table: target,
    column: /column "([^"\n]{1,63})"/.exec(message)?.[1] ?? null,
    text: message,
  }))
}
