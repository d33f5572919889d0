import type pg from 'pg'
import { writeStorableJson } from '../domain/json.ts'
import type { Row } from './rows.ts'

/** Domain fields that are written, by table. What is not listed here is never written from a patch. */
const columns: Record<string, readonly string[]> = {
  incidents: [
    ...['number', 'title', 'severity', 'state', 'channel', 'system', 'openedBy', 'openedAt', 'beganAt', 'beganSource'],
    ...['deadline', 'recoveredAt', 'closedAt', 'lead', 'updateText', 'updatedBy', 'updatedAt'],
  ],
  jobs: [
    ...['id', 'kind', 'incident', 'state', 'params', 'words', 'requester', 'requestedAt', 'planDigest', 'worker'],
    ...['lockTarget', 'waitingFor', 'stopRequestedBy', 'stopRequestedAt', 'cleanUpRequestedBy', 'leftBehind'],
    ...['finishedAt', 'outcome'],
  ],
  steps: [
    ...[
      'id',
      'job',
      'position',
      'name',
      'title',
      'risk',
      'needsApproval',
      'approvalFrom',
      'policySystem',
      'shared',
      'undoable',
      'state',
      'attempt',
      'fence',
      'runner',
    ],
    ...['output', 'records', 'failure', 'progress', 'startedAt', 'finishedAt', 'seenAt'],
  ],
  approvals: [
    ...['id', 'incident', 'job', 'step', 'attempt', 'digest', 'subject', 'state', 'requester', 'from', 'count'],
    ...['notRequester', 'askedAt', 'approveBy', 'runWithinMs', 'grantedAt', 'runBy', 'why', 'secondFactor'],
    ...['remindAt', 'remindedAt', 'escalateTo', 'escalateAt', 'escalatedAt', 'emergencyFrom', 'emergencyAt'],
    ...['page', 'pagedAt', 'acknowledgedBy', 'acknowledgedAt'],
  ],
  policies: [
    ...['plan', 'system', 'risk', 'from', 'count', 'notRequester', 'approveWithinMs', 'runWithinMs', 'escalateTo'],
    ...['escalateAfterMs', 'secondFactor', 'emergencyFrom', 'emergencyAfterMs'],
  ],
  asks: ['state', 'reminders', 'remindAt', 'escalatedAt'],
  runs: [
    ...['id', 'incident', 'procedure', 'title', 'state', 'words', 'requester', 'requesterSlack', 'requestedAt'],
    ...['planDigest', 'fromStep', 'waitingFor', 'stopRequestedBy', 'stopRequestedAt', 'finishedAt'],
  ],
  run_steps: [
    ...['id', 'run', 'position', 'verb', 'about', 'system', 'owner', 'after', 'state', 'attempt', 'job', 'askedBy'],
    ...['askedBySlack', 'doneBy', 'evidence', 'doneAt', 'failure'],
  ],
}

const json = new Set([
  'params',
  'leftBehind',
  'outcome',
  'output',
  'records',
  'failure',
  'progress',
  'subject',
  'waitingFor',
  'why',
])

/** Domain fields → columns of a table, values ready for node-postgres; absent fields are left out. */
export function columnsOf(table: keyof typeof columns, fields: Row): Row {
  const row: Row = {}
  for (const field of columns[table] ?? []) {
    if (!(field in fields) || fields[field] === undefined) continue
    const value = fields[field]
    row[columnName(field)] = json.has(field) && value !== null ? writeStorableJson(value) : value
  }
  return row
}

/** `from` is a reserved word in SQL, hence its own name there. */
function columnName(field: string): string {
  return field === 'from' ? 'from_roles' : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A patch as JSON text under the names of the columns, for the functions of the store. */
export function writePatch(table: keyof typeof columns, fields: Row): string {
  const known = (columns[table] ?? []).filter((field) => fields[field] !== undefined)
  return writeStorableJson(Object.fromEntries(known.map((field) => [columnName(field), fields[field]])))
}

/** Inserts one row; names are columns, never anybody's words. */
export async function insertRow(client: pg.ClientBase, table: string, columns: Row): Promise<void> {
  const names = Object.keys(columns)
  const places = names.map((_, index) => `$${index + 1}`)
  await client.query(
    `INSERT INTO salvor.${table} (${names.join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(columns),
  )
}

/** Updates one row by its key; an empty patch changes nothing. */
export async function updateRow(
  client: pg.ClientBase,
  table: string,
  key: string,
  value: unknown,
  columns: Row,
): Promise<void> {
  if (Object.keys(columns).length === 0) return
  const assigned = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`)
  await client.query(`UPDATE salvor.${table} SET ${assigned.join(', ')} WHERE ${key} = $1`, [
    value,
    ...Object.values(columns),
  ])
}
