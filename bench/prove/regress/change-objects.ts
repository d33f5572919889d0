import type { ClientBase } from 'pg'
import { compareObjectDefinitions, nameObject } from '../../../src/domain/definitions.ts'
import { readDefinitions } from '../../../src/tools/content/definitions/read.ts'

/** An object of the database as the server identifies it. */
interface Known {
  readonly type: string
  readonly identity: string
  readonly names: readonly string[]
}

/** What became of single changes, by kind of object. */
export interface Tried {
  readonly kinds: { readonly [kind: string]: { readonly tried: number; readonly noticed: number } }
  /** `kind identity`, of each change that no definition showed. */
  readonly unnoticed: readonly string[]
  /** What the server refused to change alone, with its reason. */
  readonly refused: readonly string[]
}

/** Changes of one statement of definitions: more at once would hide one behind the other. */
const TOGETHER = 100

let renamings = 0
/** No two objects may get the same name: the second would be refused. */
function next(): string {
  renamings += 1
  return `renamed ${renamings}`
}

/** How one object of a kind is changed; the first statement that the server takes is the change. */
const changes: ReadonlyMap<string, (identity: string) => readonly string[]> = new Map([
  ...['table', 'view', 'materialized view', 'foreign table', 'sequence', 'index'].map(renamed),
  ...['function', 'procedure', 'aggregate', 'type', 'domain', 'collation', 'conversion', 'language'].map(renamed),
  ...['operator class', 'operator family', 'statistics object', 'publication', 'subscription', 'server'].map(renamed),
  ...['foreign-data wrapper', 'event trigger', 'text search dictionary', 'text search configuration'].map(renamed),
  ...['text search parser', 'text search template'].map(renamed),
  ['composite type', (name: string) => [`ALTER TYPE ${name} RENAME TO "${next()}"`]],
  ['schema', (name: string) => [`ALTER SCHEMA ${name} OWNER TO regress_changed`]],
  ['operator', (name: string) => [`ALTER OPERATOR ${splitOperator(name)} OWNER TO regress_changed`]],
  ['large object', (name: string) => [`ALTER LARGE OBJECT ${name} OWNER TO regress_changed`]],
  ['cast', (name: string) => [`DROP CAST ${name} CASCADE`]],
  ['transform', (name: string) => [`DROP TRANSFORM ${name} CASCADE`]],
  ['access method', (name: string) => [`DROP ACCESS METHOD ${name} CASCADE`]],
  ['user mapping', (name: string) => [`DROP USER MAPPING FOR ${name.replace(' on server ', ' SERVER ')}`]],
  [
    'default value',
    (name: string) => onColumn(name.replace(/^for /, ''), (column) => `ALTER COLUMN ${column} DROP DEFAULT`),
  ],
  [
    'table column',
    (name: string) => [
      ...onColumn(name, (column) => `ALTER COLUMN ${column} SET STATISTICS 77`),
      ...onColumn(name, (column) => `RENAME COLUMN ${column} TO "${next()}"`),
    ],
  ],
  ...['view column', 'materialized view column', 'foreign table column'].map(
    (kind): [string, (name: string) => string[]] => [
      kind,
      (name) => onColumn(name, (column) => `RENAME COLUMN ${column} TO "${next()}"`),
    ],
  ),
  [
    'table constraint',
    (name: string) =>
      onRelation(name, (one, on) => [
        `ALTER TABLE ${on} RENAME CONSTRAINT ${one} TO "${next()}"`,
        `ALTER TABLE ${on} DROP CONSTRAINT ${one} CASCADE`,
      ]),
  ],
  [
    'domain constraint',
    (name: string) => onRelation(name, (one, on) => [`ALTER DOMAIN ${on} RENAME CONSTRAINT ${one} TO "${next()}"`]),
  ],
  [
    'trigger',
    (name: string) =>
      onRelation(name, (one, on) => [
        `ALTER TABLE ${on} DISABLE TRIGGER ${one}`,
        `ALTER TRIGGER ${one} ON ${on} RENAME TO "${next()}"`,
      ]),
  ],
  ['rule', (name: string) => onRelation(name, (one, on) => [`ALTER RULE ${one} ON ${on} RENAME TO "${next()}"`])],
  ['policy', (name: string) => onRelation(name, (one, on) => [`ALTER POLICY ${one} ON ${on} RENAME TO "${next()}"`])],
])

/** Changes every object of the database by itself and looks whether a definition of that name differs. */
export async function changeObjects(client: ClientBase, version: number, tell: (line: string) => void): Promise<Tried> {
  const before = await readDefinitions(client, version)
  const kinds: Record<string, { tried: number; noticed: number }> = {}
  const unnoticed: string[] = []
  const refused: string[] = []
  const objects = await listObjects(client)
  for (const [kind, all] of Map.groupBy(objects, (one) => one.type)) {
    const write = changes.get(kind)
    if (write === undefined) {
      refused.push(...all.map((one) => `${kind} ${one.identity}: no change is known for this kind`))
      continue
    }
    kinds[kind] = { tried: 0, noticed: 0 }
    for (const batch of splitBatches(all)) {
      await client.query('BEGIN; SET LOCAL client_min_messages = error; SET LOCAL lock_timeout = 0')
      const changed: Known[] = []
      for (const object of batch) {
        const reason = await tryFirst(client, write(object.identity))
        if (reason === null) changed.push(object)
        else refused.push(`${kind} ${object.identity}: ${reason}`)
      }
      const seen = compareObjectDefinitions(before, await readDefinitions(client, version)).map((one) => ({
        name: `${one.path.join('\u0000')} ${nameObject(one)}`,
        // A multirange type has no definition of its own: it stands in that of its range.
        facets: JSON.stringify(one.expected),
      }))
      await client.query('ROLLBACK')
      for (const object of changed) {
        const names = object.names.map((name) => name.replace(/^pg_catalog\./, ''))
        const holds = (text: string) => names.every((name) => text.includes(name))
        const noticed = seen.some((one) => holds(one.name) || holds(one.facets))
        kinds[kind].tried += 1
        if (noticed) kinds[kind].noticed += 1
        else unnoticed.push(`${kind} ${object.identity}`)
      }
    }
    tell(`${kind}: ${kinds[kind].noticed} of ${kinds[kind].tried} noticed`)
  }
  return { kinds, unnoticed, refused }
}

/** All that CREATE made, as it stands in the catalogues; members of extensions and what hangs inside others is left out. */
async function listObjects(client: ClientBase): Promise<Known[]> {
  const { rows } = await client.query<Known>(`
    SELECT DISTINCT type, identity, names FROM (
      SELECT classid, objid, objsubid FROM pg_depend WHERE deptype <> 'e'
      UNION SELECT 'pg_class'::regclass, attrelid, attnum FROM pg_attribute
        WHERE attnum > 0 AND NOT attisdropped
      UNION SELECT refclassid, refobjid, 0 FROM pg_depend
      UNION SELECT classid, objid, 0 FROM pg_shdepend
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS o, pg_identify_object(classid, objid, objsubid) AS i,
    LATERAL (SELECT object_names || CASE WHEN i.type = 'cast' THEN object_args ELSE '{}' END AS names
               FROM pg_identify_object_as_address(classid, objid, objsubid)) AS a
    WHERE objid >= 16384 AND type IS NOT NULL
      AND (i.schema IS NULL OR i.schema NOT IN ('pg_catalog', 'information_schema', 'pg_toast'))
      AND i.schema NOT LIKE 'pg_temp%' IS NOT FALSE
      AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = o.classid AND m.objid = o.objid AND m.deptype = 'e')
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE o.classid = 'pg_trigger'::regclass AND t.oid = objid AND tgisinternal)
      AND NOT (type = 'type' AND identity LIKE '%[]')
      AND NOT (type = 'type' AND EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = typrelid
                 WHERE t.oid = objid AND relkind <> 'c'))
      AND NOT (o.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class c WHERE c.oid = objid
                 AND (relkind = 't' OR (o.objsubid > 0 AND relkind NOT IN ('r', 'p', 'v', 'm', 'f')))))
    ORDER BY type, identity`)
  return rows
}

/** Objects whose names are the same, as overloaded functions are, never meet in a batch. */
function splitBatches(all: readonly Known[]): Known[][] {
  const batches: { readonly names: Set<string>; readonly objects: Known[] }[] = []
  for (const one of all) {
    const key = one.names.join('\u0000')
    const fits = batches.find((batch) => batch.objects.length < TOGETHER && !batch.names.has(key))
    const batch = fits ?? { names: new Set<string>(), objects: [] }
    if (fits === undefined) batches.push(batch)
    batch.names.add(key)
    batch.objects.push(one)
  }
  return batches.map((batch) => batch.objects)
}

/** null once one of the statements went through, else why the last did not. */
async function tryFirst(client: ClientBase, statements: readonly string[]): Promise<string | null> {
  let reason = 'no statement'
  for (const sql of statements) {
    await client.query('SAVEPOINT one')
    try {
      await client.query(sql)
      await client.query('RELEASE SAVEPOINT one')
      return null
    } catch (thrown) {
      reason = (thrown as Error).message
      await client.query('ROLLBACK TO SAVEPOINT one')
    }
  }
  return reason
}

function renamed(kind: string): [string, (identity: string) => readonly string[]] {
  const word = { 'statistics object': 'STATISTICS', 'foreign-data wrapper': 'FOREIGN DATA WRAPPER' }[kind] ?? kind
  return [
    kind,
    (identity) => {
      const name = kind.startsWith('operator ') ? identity.replace(/ USING /, ' USING ') : identity
      return [
        `ALTER ${word.toUpperCase()} ${name} RENAME TO "${next()}"`,
        `ALTER ${word.toUpperCase()} ${name} OWNER TO regress_changed`,
      ]
    },
  ]
}

/** `public.===(bigint,bigint)` is written `public.=== (bigint,bigint)`; a side that is missing is NONE already. */
function splitOperator(identity: string): string {
  return identity.replace(/\(([^()]*)\)$/, ' ($1)')
}

/** `public.t.c`, where each part may be quoted. */
function onColumn(identity: string, write: (column: string) => string): string[] {
  const parts = identity.match(/"(?:[^"]|"")*"|[^."]+/g) ?? []
  const column = parts.pop() ?? ''
  return [`ALTER TABLE ${parts.join('.')} ${write(column)}`]
}

/** `name on relation`. */
function onRelation(identity: string, write: (one: string, on: string) => readonly string[]): readonly string[] {
  const [, one = '', on = ''] = /^("(?:[^"]|"")*"|\S+) on (.*)$/.exec(identity) ?? []
  return write(one, on)
}
