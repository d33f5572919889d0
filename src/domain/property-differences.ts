import { type DatabaseProperties, givenAtCreation } from './database-properties.ts'

/** One property that two databases do not share, as text. */
export interface PropertyDifference {
  /** `owner`, `connection limit`, `setting search_path`, `setting work_mem of app`. */
  readonly what: string
  readonly now: string
  readonly later: string
}

/** Longer values are cut: they are read on a card. */
const SHOWN = 60
const NONE = 'none'
/** `grantee=rights/grantor`; names are quoted where they must be. */
const ITEM = /^("(?:[^"]|"")*"|[^=]*)=([^/]*)\/(.*)$/s

/**
 * What a database would have otherwise than it has now, one property at a time; settings by their names. Who may do
 * what on it is one property: its items are told where only one side has them.
 */
export function listPropertyDifferences(now: DatabaseProperties, then: DatabaseProperties): PropertyDifference[] {
  const [mayNow, mayThen] = [listByRank(now), listByRank(then)]
  const only = (these: readonly string[], others: readonly string[]) => {
    const own = these.filter((one) => !others.includes(one))
    return own.length === 0 ? NONE : own.join(' ')
  }
  const pairs: [string, string, string][] = [
    ['owner', now.owner, then.owner],
    ['privileges', only(mayNow, mayThen), only(mayThen, mayNow)],
    ['connection limit', limit(now.connectionLimit), limit(then.connectionLimit)],
    ['comment', now.comment ?? NONE, then.comment ?? NONE],
    ['template flag', String(now.isTemplate), String(then.isTemplate)],
    ...givenAtCreation.map((key): [string, string, string] => [key, now[key] ?? NONE, then[key] ?? NONE]),
    ...pairSettings('', now.settings, then.settings),
    ...[...new Set([...Object.keys(now.roleSettings), ...Object.keys(then.roleSettings)])]
      .sort()
      .flatMap((role) => pairSettings(` of ${role}`, settingsOf(now, role), settingsOf(then, role))),
  ]
  return pairs.flatMap(([what, one, other]) => (one === other ? [] : [{ what, now: cut(one), later: cut(other) }]))
}

/** Roles without which a database cannot get these properties: owner, grantees, grantors, and who has settings in it. */
export function listPropertyRoles({ owner, acl, roleSettings }: DatabaseProperties): string[] {
  const granted = (acl ?? []).flatMap(namesInPrivilege)
  return [...new Set([owner, ...granted, ...Object.keys(roleSettings)])].sort()
}

/** No ACL at all means the built-in default; spelt out, it is the same: PUBLIC may connect, the owner everything. */
export function listPrivileges({ owner, acl }: DatabaseProperties): readonly string[] {
  const name = /^\w+$/.test(owner) ? owner : `"${owner.replaceAll('"', '""')}"`
  return acl ?? [`=Tc/${name}`, `${name}=CTc/${name}`]
}

/** The owner's own are the same, whoever that is; another owner is told as such. */
function listByRank(of: DatabaseProperties): string[] {
  const own = (name: string) => (readName(name) === of.owner ? '<owner>' : name)
  return listPrivileges(of).map((item) => {
    const [, grantee = '', rights = '', grantor = ''] = ITEM.exec(item) ?? []
    return `${own(grantee)}=${rights}/${own(grantor)}`
  })
}

/** Grantee and grantor of `"Odd ""name"""=CTc/app`; PUBLIC has no name. */
function namesInPrivilege(item: string): string[] {
  const [, grantee = '', , grantor = ''] = ITEM.exec(item) ?? []
  return [grantee, grantor].filter((name) => name !== '').map(readName)
}

function readName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}

function pairSettings(of: string, now: readonly string[], then: readonly string[]): [string, string, string][] {
  const read = (settings: readonly string[]) =>
    new Map(settings.map((one): [string, string] => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))
  const [left, right] = [read(now), read(then)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .sort()
    .map((name) => [`setting ${name}${of}`, left.get(name) ?? NONE, right.get(name) ?? NONE])
}

function limit(connections: number): string {
  return connections === -1 ? NONE : String(connections)
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text
}

/** Of a role that may be called as what every object has. */
function settingsOf({ roleSettings }: DatabaseProperties, role: string): readonly string[] {
  return Object.hasOwn(roleSettings, role) ? (roleSettings[role] ?? []) : []
}
