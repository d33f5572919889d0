import type { KnownCode, Label } from './label.ts'
import { sqlstateNames } from './sqlstate-names.ts'

/** Labels of whole classes; a class that says too little alone (42, 54, P0, XX) has its codes below. */
const byClass: { readonly [prefix: string]: Label } = {
  '08': 'connectivity',
  '0A': 'version_incompatibility',
  '0L': 'permission_auth',
  '0P': 'permission_auth',
  '21': 'mapping_schema',
  '22': 'data_conversion',
  '23': 'constraint_violation',
  '26': 'missing_object',
  '27': 'constraint_violation',
  '28': 'permission_auth',
  '2B': 'constraint_violation',
  '34': 'missing_object',
  '3D': 'missing_object',
  '3F': 'missing_object',
  '40': 'lock_deadlock_timeout',
  '44': 'constraint_violation',
  '53': 'resource_disk_memory',
  '72': 'resource_disk_memory',
  F0: 'other',
}

const byCode: { readonly [code: string]: Label } = {
  ...spread('encoding', '22021 22P05'),
  ...spread('constraint_violation', '40002 27000'),
  ...spread('syntax', '42601 42602 42702 42803 42P19 42P20 42P13 42P12 42P14 42P15'),
  ...spread('permission_auth', '42501 25006 42939'),
  ...spread('data_conversion', '42846 42P18'),
  ...spread(
    'mapping_schema',
    '42703 42830 42622 42804 42P21 42P22 42809 42P10 42611 42P16 42P17 428C9 42725 22P04 54011 54023 HV004 HV005 HV007 HV008',
  ),
  ...spread('missing_object', '42P01 42P02 42704 42883 57P04 58P01 HV00R HV00P'),
  ...spread('duplicate_object', '42701 42P03 42P04 42723 42P05 42P06 42P07 42712 42710 42711 58P02'),
  ...spread('lock_deadlock_timeout', '55P03 55006 57P05 25P03 25P04'),
  ...spread('connectivity', '57P01 57P02 57P03 HV00N'),
  ...spread('resource_disk_memory', '58030 HV001'),
  ...spread('other', '55000 55P02 55P04 25P02 25001 25P01'),
  ...spread('tool_internal', 'XX001 XX002'),
}

const names = readNames()

/** Codes that only say that something went wrong, or that the transaction had failed before. */
const vague = new Set([
  '42000',
  'HY000',
  'XX000',
  '58000',
  'P0001',
  '25P02',
  '00000',
  '01000',
  'S1000',
  '72000',
  '65000',
])

/** What a SQLSTATE says; null for what is not the shape of one. Of other servers' states only the class is known. */
export function readSqlstate(code: string): KnownCode | null {
  if (!/^[0-9A-Z]{5}$/.test(code)) return null
  const name = names.get(code) ?? null
  const label = vague.has(code) ? null : (byCode[code] ?? byClass[code.slice(0, 2)] ?? null)
  return { code, name, label }
}

/** Whether PostgreSQL has this code: five digits alone could be anything. */
export function isPostgresCode(code: string): boolean {
  return names.has(code)
}

function spread(label: Label, codes: string): Record<string, Label> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, label]))
}

function readNames(): ReadonlyMap<string, string> {
  const pairs = sqlstateNames.split(';').map((pair) => pair.trim().split(' '))
  return new Map(pairs.flatMap(([code, name]) => (code && name ? [[code, name] as const] : [])))
}
