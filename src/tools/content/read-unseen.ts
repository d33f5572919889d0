import type pg from 'pg'
import { type ExtensionParts, type NotInBackup, notInBackup } from '../../domain/not-in-backup.ts'
import { measureMany } from './fingerprint.ts'
import { readRestOfTables, readUndumpedTables, type Table } from './read-tables.ts'
import { type Snapshot, trySavepoint } from './snapshot.ts'

/** Objects with smaller numbers came with initdb. */
const FIRST_NORMAL_OID = 16_384

/** Who sees the options is as pg_user_mappings has it; a dump by anybody else writes the mapping without them. */
const HIDDEN_MAPPINGS = `
SELECT m.srvname::text AS server, m.usename::text AS mapped
  FROM pg_user_mappings m JOIN pg_foreign_server s ON s.oid = m.srvid
 WHERE m.umoptions IS NULL
   AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
   AND NOT (m.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE'))
   AND NOT (m.umuser <> 0 AND m.usename = current_user
            AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')))
 ORDER BY 1, 2`

const SUBSCRIPTIONS = `
SELECT subname::text AS name FROM pg_subscription
 WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1`

const IN_SERVER_SCHEMAS = `
SELECT (pg_identify_object(classid, oid, 0)).type || ' ' || (pg_identify_object(classid, oid, 0)).identity AS object
  FROM (SELECT 'pg_proc'::regclass AS classid, oid, pronamespace AS space FROM pg_proc
        UNION ALL SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type WHERE typtype IN ('e', 'd', 'r')
        UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator) o
 WHERE oid >= ${FIRST_NORMAL_OID}
   AND space IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = o.classid AND e.objid = o.oid AND e.deptype IN ('e', 'i'))
 ORDER BY 1`

const MEMBERS = `
SELECT x.extname::text AS extension,
       (pg_identify_object(d.classid, d.objid, d.objsubid)).type || ' ' ||
       (pg_identify_object(d.classid, d.objid, d.objsubid)).identity AS object
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
 WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.objid >= ${FIRST_NORMAL_OID}
 ORDER BY 1, 2`

/** What a dump by this session's role leaves out without a word. */
export async function readUnseen(client: pg.ClientBase): Promise<NotInBackup[]> {
  const mappings = await client.query<{ server: string; mapped: string }>(HIDDEN_MAPPINGS)
  const subscriptions = await client.query<{ name: string }>(SUBSCRIPTIONS)
  const objects = await client.query<{ object: string }>(IN_SERVER_SCHEMAS)
  return [
    ...mappings.rows.map(({ server, mapped }) =>
      notInBackup('user_mapping_hidden', { mapping: `${server} ${mapped}` }),
    ),
    ...subscriptions.rows.map(({ name }) => notInBackup('subscription_left', { subscription: name })),
    ...objects.rows.map(({ object }) => notInBackup('server_schema', { object })),
  ]
}

/** What belongs to extensions: a dump holds their names alone, and rows of tables that they name. */
export async function readExtensionParts(snapshot: Snapshot, signal: AbortSignal): Promise<ExtensionParts> {
  const { client } = snapshot
  const members = (await client.query<{ extension: string; object: string }>(MEMBERS)).rows
  const tables: ExtensionPart[] = []
  for (const table of await readUndumpedTables(client)) tables.push(await measurePart(snapshot, table, signal))
  for (const table of await readRestOfTables(client))
    tables.push({ ...(await measurePart(snapshot, table, signal)), partly: true })
  return { members, tables }
}

type ExtensionPart = ExtensionParts['tables'][number]

/** One that cannot be read has no fingerprint. */
export async function measurePart(
  { client }: Snapshot,
  { extension, ...table }: Table & { readonly extension: string },
  signal: AbortSignal,
): Promise<ExtensionPart> {
  const tried = await trySavepoint(client, signal, () => measureMany(client, [table], false))
  const measure = 'error' in tried ? undefined : tried.value[0]
  const { rows = null, fingerprint = null } = measure ?? {}
  return { extension, table: table.name, rows, fingerprint }
}
