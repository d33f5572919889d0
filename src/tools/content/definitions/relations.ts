import {
  collationName,
  noMember,
  options,
  ownSchema,
  privileges,
  relationName,
  role,
  selectObject,
  unless,
} from './sql.ts'

const relationKinds = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
  WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' END`

export const OWN_RELATIONS = `c.relpersistence <> 't' AND ${ownSchema()} AND ${noMember('pg_class', 'c.oid')}`

/** Tables, views and what they are made of, without rows. Columns stand apart. */
export function selectRelations(): string {
  return selectObject({
    kind: relationKinds,
    path: ['n.nspname', 'c.relname'],
    facets: {
      owner: role('c.relowner'),
      privileges: privileges('c.relacl', 'r', 'c.relowner'),
      persistence: `nullif(c.relpersistence::text, 'p')`,
      'access method': `(SELECT nullif(amname::text, 'heap') FROM pg_am WHERE oid = c.relam)`,
      tablespace: `(SELECT spcname::text FROM pg_tablespace WHERE oid = c.reltablespace)`,
      options: options('c.reloptions'),
      'toast options': options('(SELECT t.reloptions FROM pg_class t WHERE t.oid = c.reltoastrelid)'),
      'row security': unless('c.relrowsecurity', false),
      'forced row security': unless('c.relforcerowsecurity', false),
      'replica identity': `CASE WHEN c.relkind IN ('v', 'f') THEN NULL WHEN c.relreplident = 'f' THEN 'full' WHEN c.relreplident = 'n' THEN 'nothing' WHEN c.relreplident = 'i' THEN 'index ' ||
        (SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END`,
      'of type': `nullif(c.reloftype, 0)::regtype::text`,
      columns: `(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)`,
      parents: `(SELECT string_agg(${relationName('h.inhparent')} || CASE WHEN h.inhdetachpending THEN ' (being detached)' ELSE '' END,
                  ', ' ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid)`,
      'partition bound': 'pg_get_expr(c.relpartbound, c.oid)',
      'partition key': `CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END`,
      definition: `CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END`,
      server: `(SELECT s.srvname::text FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid)`,
      'foreign options': options('(SELECT f.ftoptions FROM pg_foreign_table f WHERE f.ftrelid = c.oid)'),
    },
    from: `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN_RELATIONS}`,
  })
}

/**
 * PostgreSQL 17.12 of Debian 13 keeps a number with each column: another one in each copy and after each rewrite, which
 * no dump writes and nobody can set.
 */
const OF_PEOPLE = ` WHERE NOT starts_with(option, 'pg_attver=')`

/** Columns of relations and attributes of free-standing composite types. */
export function selectColumns(): string {
  return selectObject({
    kind: `'column'`,
    path: ['n.nspname', 'c.relname', 'a.attname'],
    facets: {
      type: 'format_type(a.atttypid, a.atttypmod)',
      collation: collationName('a.attcollation', 't.typcollation'),
      'not null': unless('a.attnotnull', false),
      // Without the table, to whose columns a default cannot refer: with it each costs the square of their number.
      default: `CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) END`,
      generated: `CASE WHEN a.attgenerated <> '' THEN a.attgenerated::text || ' ' || pg_get_expr(d.adbin, d.adrelid) END`,
      identity: `CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END`,
      storage: 'CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END',
      compression: `nullif(a.attcompression::text, '')`,
      'statistics target': 'nullif(a.attstattarget, -1)',
      options: options('a.attoptions', OF_PEOPLE),
      'foreign options': options('a.attfdwoptions'),
      privileges: `(SELECT string_agg(i::text, E'\\n' ORDER BY i::text COLLATE "C") FROM unnest(a.attacl) i)`,
      local: unless('a.attislocal', true),
      'inherited from': 'nullif(a.attinhcount, 0)',
    },
    from: `FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${OWN_RELATIONS}`,
  })
}

/** Sequences as they are defined; where they stand is read apart. */
export function selectSequences(): string {
  return selectObject({
    kind: `'sequence'`,
    path: ['n.nspname', 'c.relname'],
    facets: {
      owner: role('c.relowner'),
      privileges: privileges('c.relacl', 's', 'c.relowner'),
      persistence: `nullif(c.relpersistence::text, 'p')`,
      type: 's.seqtypid::regtype::text',
      start: 's.seqstart::text',
      increment: 's.seqincrement::text',
      minimum: 's.seqmin::text',
      maximum: 's.seqmax::text',
      cache: 's.seqcache::text',
      cycles: unless('s.seqcycle', false),
      'owned by': `(SELECT ${relationName('p.refobjid')} || '.' || quote_ident(a.attname) || CASE p.deptype WHEN 'i' THEN ' (identity)' ELSE '' END
         FROM pg_depend p JOIN pg_attribute a ON a.attrelid = p.refobjid AND a.attnum = p.refobjsubid
        WHERE p.classid = 'pg_class'::regclass AND p.objid = c.oid AND p.refclassid = 'pg_class'::regclass
          AND p.refobjsubid > 0 AND p.deptype IN ('a', 'i'))`,
    },
    from: `FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OWN_RELATIONS}`,
  })
}
