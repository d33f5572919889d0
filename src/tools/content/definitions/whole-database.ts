import { listPrivileges, made, noMember, ownSchema, privileges, role, selectObject } from './sql.ts'

export function selectSchemas(): string {
  return selectObject({
    kind: `'schema'`,
    path: ['n.nspname'],
    facets: { owner: role('n.nspowner'), privileges: privileges('n.nspacl', 'n', 'n.nspowner') },
    from: `FROM pg_namespace n WHERE ${ownSchema()} AND ${noMember('pg_namespace', 'n.oid')}`,
  })
}

export function selectExtensions(): string {
  return selectObject({
    kind: `'extension'`,
    path: ['e.extname'],
    facets: {
      owner: role('e.extowner'),
      version: 'e.extversion',
      schema: '(SELECT nspname::text FROM pg_namespace WHERE oid = e.extnamespace)',
    },
    from: 'FROM pg_extension e',
  })
}

export function selectDefaultPrivileges(): string {
  return selectObject({
    kind: `'default privileges'`,
    path: [
      role('d.defaclrole'),
      `coalesce((SELECT nspname FROM pg_namespace WHERE oid = d.defaclnamespace), '')`,
      `CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
         WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END`,
    ],
    facets: { privileges: listPrivileges('d.defaclacl') },
    from: 'FROM pg_default_acl d',
  })
}

export function selectAccessMethods(): string {
  return selectObject({
    kind: `'access method'`,
    path: ['m.amname'],
    facets: { handler: 'm.amhandler::regprocedure::text', type: 'm.amtype::text' },
    from: `FROM pg_am m WHERE ${made('pg_am', 'm.oid')}`,
  })
}

/**
 * Comments on everything but the database itself, which is among its properties. One whose object is gone says nothing:
 * DROP SUBSCRIPTION leaves such.
 */
export function selectComments(): string {
  return selectObject({
    kind: `'comment'`,
    path: ['i.type', 'i.identity'],
    facets: { comment: 'd.description' },
    from: `FROM pg_description d
      CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
      WHERE i.identity IS NOT NULL
        AND (d.objoid >= 16384 OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public')) OR d.classoid = 'pg_largeobject'::regclass)
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
  })
}

export function selectSecurityLabels(): string {
  return selectObject({
    kind: `'security label'`,
    path: ['i.type', 'i.identity', 'l.provider'],
    facets: { label: 'l.label' },
    from: `FROM pg_seclabel l CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i
      WHERE i.identity IS NOT NULL`,
  })
}

/** ALTER … DEPENDS ON EXTENSION. */
export function selectExtensionDependencies(): string {
  return selectObject({
    kind: `'dependency on an extension'`,
    path: ['i.type', 'i.identity', 'e.extname'],
    facets: { depends: 'true' },
    from: `FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
      CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
      WHERE d.deptype = 'x' AND d.refclassid = 'pg_extension'::regclass`,
  })
}

/**
 * What was granted or revoked on objects that no dump creates, but whose privileges it brings: the server's own and
 * members of extensions.
 */
export function selectForeignPrivileges(): string {
  const catalogues = [
    ['pg_proc', 'proacl', 'f', 'proowner'],
    ['pg_class', 'relacl', 'r', 'relowner'],
    ['pg_type', 'typacl', 'T', 'typowner'],
    ['pg_namespace', 'nspacl', 'n', 'nspowner'],
    ['pg_language', 'lanacl', 'l', 'lanowner'],
    ['pg_foreign_data_wrapper', 'fdwacl', 'F', 'fdwowner'],
  ] as const
  return catalogues
    .map(([catalogue, acl, kind, owner]) =>
      selectObject({
        kind: `'privileges on what is not dumped'`,
        path: ['i.type', 'i.identity'],
        facets: { privileges: listPrivileges(`coalesce(o.${acl}, acldefault('${kind}', o.${owner}))`) },
        from: `FROM ${catalogue} o
          LEFT JOIN pg_init_privs p ON p.classoid = '${catalogue}'::regclass AND p.objoid = o.oid AND p.objsubid = 0
          CROSS JOIN LATERAL pg_identify_object('${catalogue}'::regclass, o.oid, 0) i
          WHERE o.${acl} IS NOT NULL AND (o.oid < 16384 OR NOT ${noMember(catalogue, 'o.oid')})
            AND i.schema IS DISTINCT FROM 'information_schema' AND i.identity NOT IN ('information_schema', 'public')
            AND ${listPrivileges(`o.${acl}`)} <> ${listPrivileges(`coalesce(p.initprivs, acldefault('${kind}', o.${owner}))`)}`,
      }),
    )
    .join('\nUNION ALL\n')
}

/** More than these are not told one by one. */
const LARGE_OBJECTS_NAMED = 10_000

/** Owners and privileges of large objects; what they hold is measured like a table. */
export function selectLargeObjects(): string {
  const few = `(SELECT count(*) <= ${LARGE_OBJECTS_NAMED} FROM (SELECT FROM pg_largeobject_metadata LIMIT ${LARGE_OBJECTS_NAMED + 1}) few)`
  const acl = privileges('o.lomacl', 'L', 'o.lomowner')
  const one = selectObject({
    kind: `'large object'`,
    path: ['o.oid'],
    facets: { owner: role('o.lomowner'), privileges: acl },
    from: `FROM pg_largeobject_metadata o WHERE ${few}`,
  })
  const all = selectObject({
    kind: `'large objects'`,
    path: [`'owners and privileges'`],
    facets: {
      count: 'count(*)',
      sum: `sum(hashtextextended(concat_ws(' ', o.oid, ${role('o.lomowner')}, ${acl}), 0))::text`,
    },
    from: `FROM pg_largeobject_metadata o HAVING NOT ${few}`,
  })
  return `${one}\nUNION ALL\n${all}`
}
