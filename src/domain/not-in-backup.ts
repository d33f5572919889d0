import type { ContentManifest } from './content.ts'
import { differingFacets, nameObject, type ObjectDefinition } from './definitions.ts'
import { defineTexts, type Facts, type Message } from './message.ts'
import { kindsAsWritten, printedFacets } from './printed-facets.ts'

/** What of a database an archive does not hold, by stable code: said when it is made, and wherever it is used. */
const texts = {
  user_mapping_hidden:
    'options, and with them the password, of the user mapping {mapping}: the role that dumped may not see them',
  subscription_left:
    'the subscription {subscription} and its address: it would begin to copy into the restored database',
  extension_member: '{object}: it was made a member of the extension {extension}, which does not bring it back',
  extension_rows: 'rows of {table}: it belongs to the extension {extension}, which does not have them dumped',
  extension_rows_other:
    'rows of {table} that are not as the extension {extension} makes them: it has only others of that table dumped',
  extension_rows_partly:
    'rows of {table} that the extension {extension} does not have dumped: whether it brings them back was not seen',
  server_schema: '{object}: it was made in a schema of the server, which is never dumped',
  definition_gone: '{object}: the dump does not bring it back',
  owner_other: '{object} belongs to {owner}: a dump does not say so, and it comes back as {later}',
  privileges_other: 'privileges on {object}: they come back other than they are',
  version_other: '{object} is of version {version}, and comes back as {later}: a dump does not say which',
  definition_other: '{object} comes back with another {facets}',
  definition_new: '{object}: there is none, and the dump brings one',
} as const

/** One thing that an archive lacks: a code with its facts. */
export type NotInBackup = Message<typeof texts>

export const { make: notInBackup, describe: describeNotInBackup, schema: notInBackupSchema } = defineTexts(texts)

/** What an extension owns in one database. */
export interface ExtensionParts {
  /** `table public.spatial_ref_sys`, in the server's words. */
  readonly members: readonly { readonly extension: string; readonly object: string }[]
  /** Tables of extensions whose rows are not dumped. The fingerprint is null where they could not be read. */
  readonly tables: readonly {
    readonly extension: string
    readonly table: string
    readonly rows: number | null
    readonly fingerprint: string | null
    /** The rest of a table whose other rows are dumped. */
    readonly partly?: true | undefined
  }[]
}

/**
 * What an archive does not hold: what its dump could not see, what belongs to extensions and does not come back with
 * them, and what its rehearsal did not bring back.
 */
export function listNotInBackup(
  manifest: Pick<ContentManifest, 'unseen' | 'extensionParts' | 'rehearsal' | 'definitions'>,
): NotInBackup[] {
  const { unseen = [], extensionParts, rehearsal } = manifest
  const parts = extensionParts === undefined ? [] : listExtensionParts(extensionParts, rehearsal?.extensionParts)
  const gone = (rehearsal?.definitions.gone ?? []).filter(({ kind }) => kind !== 'subscription')
  return [
    ...unseen,
    ...parts,
    ...gone.map((one) => notInBackup('definition_gone', { object: nameObject(one) })),
    ...listOthers(manifest),
  ]
}

/**
 * What comes back with another owner, such as an extension, which belongs to whoever creates it, or with other
 * privileges: a grant that the server merely warns of, and what is usual to the dump and not to the server. And what comes
 * back otherwise in more than its text: another version of an extension, a foreign key that is enforced again.
 */
function listOthers({
  definitions,
  rehearsal,
  unseen = [],
}: Pick<ContentManifest, 'definitions' | 'rehearsal' | 'unseen'>): NotInBackup[] {
  const changed = rehearsal?.definitions.changed ?? []
  if (changed.length === 0) return []
  const hidden = new Set(unseen.map(({ facts }: { readonly facts: Facts }) => `user mapping ${facts.mapping}`))
  const before = new Map(definitions.map((one) => [nameObject(one), one.facets]))
  return changed.flatMap((one) => {
    const object = nameObject(one)
    const [was, is] = [before.get(object), one.facets]
    if (was === undefined)
      return isNotNullConstraint(one.kind, one.facets) ? [] : [notInBackup('definition_new', { object })]
    return [...listOtherRights(object, was, is), ...(hidden.has(object) ? [] : listOtherFacets(one, was))]
  })
}

/** PostgreSQL 18 keeps each NOT NULL as a constraint with a name; before, it is a facet of its column alone. */
export function isNotNullConstraint(kind: string, facets: ObjectFacets): boolean {
  return /^(?:domain )?constraint$/.test(kind) && `${facets.definition}`.startsWith('NOT NULL')
}

type ObjectFacets = ObjectDefinition['facets']

function listOtherRights(object: string, was: ObjectFacets, is: ObjectFacets): NotInBackup[] {
  if (typeof was.owner === 'string' && typeof is.owner === 'string' && was.owner !== is.owner)
    return [notInBackup('owner_other', { object, owner: was.owner, later: is.owner })]
  return (was.privileges ?? null) === (is.privileges ?? null) ? [] : [notInBackup('privileges_other', { object })]
}

/** Facets alone are named: values of some hold what people wrote. */
function listOtherFacets(one: ObjectDefinition, was: ObjectFacets): NotInBackup[] {
  const [object, is] = [nameObject(one), one.facets]
  if (one.kind === 'extension' && typeof was.version === 'string' && typeof is.version === 'string')
    if (was.version !== is.version)
      return [notInBackup('version_other', { object, version: was.version, later: is.version })]
  const isText = (facet: string) => printedFacets.has(facet) && !kindsAsWritten.has(one.kind)
  const facets = differingFacets(was, is).filter((facet) => !told.has(facet) && !isText(facet))
  return facets.length === 0 ? [] : [notInBackup('definition_other', { object, facets: facets.join(', ') })]
}

/** Facets that have findings of their own. */
const told: ReadonlySet<string> = new Set(['owner', 'privileges'])

/** Without a rehearsal nobody knows what an extension brings: members count as brought, rows as lost. */
function listExtensionParts(live: ExtensionParts, back: ExtensionParts | undefined): NotInBackup[] {
  const brought = new Set(back?.members.map(({ object }) => object))
  const lost = back === undefined ? [] : live.members.filter(({ object }) => !brought.has(object))
  const rowsBrought = new Map(back?.tables.map(({ table, fingerprint }) => [table, fingerprint]))
  const rows = live.tables.filter(
    ({ table, rows: count, fingerprint, partly }) =>
      partly === undefined && count !== 0 && (fingerprint === null || rowsBrought.get(table) !== fingerprint),
  )
  return [
    ...lost.map((one) => notInBackup('extension_member', one)),
    ...rows.map(({ table, extension, rows: count }) =>
      notInBackup('extension_rows', { table, extension, ...(count === null ? {} : { rows: count }) }),
    ),
    ...listRests(live, back),
  ]
}

/** Rows that are left out of a table whose others are dumped: no loss where the extension brings the very same. */
function listRests(live: ExtensionParts, back: ExtensionParts | undefined): NotInBackup[] {
  const brought = new Map(back?.tables.map(({ table, fingerprint }) => [table, fingerprint]))
  return live.tables.flatMap(({ table, extension, rows, fingerprint, partly }) => {
    if (partly === undefined || (back === undefined && rows === 0)) return []
    const other = brought.get(table) ?? null
    if (fingerprint === null || other === null) return [notInBackup('extension_rows_partly', { table, extension })]
    return other === fingerprint ? [] : [notInBackup('extension_rows_other', { table, extension })]
  })
}
