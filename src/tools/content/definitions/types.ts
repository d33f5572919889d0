import { collationName, named, noMember, ownSchema, privileges, role, selectObject, unless } from './sql.ts'

/** Domains, enums, ranges, composite and base types. Row types of tables and types of arrays come with what they are of. */
export function selectTypes(): string {
  const functions = ['input', 'output', 'receive', 'send', 'modin', 'modout', 'analyze', 'subscript'] as const
  const base = (sql: string) => `CASE WHEN t.typtype = 'b' THEN ${sql} END`
  return selectObject({
    kind: `CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END`,
    path: ['n.nspname', 't.typname'],
    facets: {
      owner: role('t.typowner'),
      privileges: privileges('t.typacl', 'T', 't.typowner'),
      'made as': 't.typtype::text',
      defined: unless('t.typisdefined', true),
      labels: `CASE WHEN t.typtype = 'e' THEN
        (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) END`,
      'based on': `CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END`,
      'not null': unless('t.typnotnull', false),
      default: 'coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault)',
      collation: `CASE WHEN t.typtype = 'd' THEN ${collationName('t.typcollation', '(SELECT typcollation FROM pg_type WHERE oid = t.typbasetype)')} END`,
      storage: base('t.typstorage::text'),
      length: base('t.typlen'),
      'by value': base('t.typbyval'),
      alignment: base('t.typalign::text'),
      category: base('t.typcategory::text'),
      preferred: base(unless('t.typispreferred', false)),
      delimiter: base('t.typdelim::text'),
      element: base(named('t.typelem', 'regtype')),
      collatable: base('nullif(t.typcollation, 0)::text'),
      ...Object.fromEntries(functions.map((one) => [one, base(`nullif(t.typ${one}, 0)::regproc::text`)])),
      subtype: named('r.rngsubtype', 'regtype'),
      multirange: named('r.rngmultitypid', 'regtype'),
      'subtype collation': collationName('r.rngcollation', '0'),
      'operator class': '(SELECT opcname::text FROM pg_opclass WHERE oid = r.rngsubopc)',
      canonical: named('r.rngcanonical', 'regproc'),
      'subtype difference': named('r.rngsubdiff', 'regproc'),
    },
    from: `FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_class c ON c.oid = t.typrelid
      LEFT JOIN pg_range r ON r.rngtypid = t.oid
      WHERE (t.typtype IN ('d', 'e', 'r', 'p') OR c.relkind = 'c' OR (t.typtype = 'b'
             AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)))
        AND ${ownSchema()} AND ${noMember('pg_type', 't.oid')}`,
  })
}

/** The locale's column has had three names, so the row itself is asked. */
export function selectCollations(): string {
  return selectObject({
    kind: `'collation'`,
    path: ['n.nspname', 'o.collname'],
    facets: {
      owner: role('o.collowner'),
      provider: 'o.collprovider::text',
      deterministic: unless('o.collisdeterministic', true),
      collate: 'o.collcollate::text',
      ctype: 'o.collctype::text',
      locale: `coalesce(to_jsonb(o)->>'colllocale', to_jsonb(o)->>'colliculocale')`,
      rules: `to_jsonb(o)->>'collicurules'`,
      version: 'o.collversion',
    },
    from: `FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
      WHERE o.collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))
        AND ${ownSchema()} AND ${noMember('pg_collation', 'o.oid')}`,
  })
}

export function selectConversions(): string {
  return selectObject({
    kind: `'conversion'`,
    path: ['n.nspname', 'v.conname'],
    facets: {
      owner: role('v.conowner'),
      from: 'pg_encoding_to_char(v.conforencoding)',
      to: 'pg_encoding_to_char(v.contoencoding)',
      function: named('v.conproc', 'regproc'),
      default: unless('v.condefault', false),
    },
    from: `FROM pg_conversion v JOIN pg_namespace n ON n.oid = v.connamespace
      WHERE ${ownSchema()} AND ${noMember('pg_conversion', 'v.oid')}`,
  })
}

export function selectOperators(): string {
  return selectObject({
    kind: `'operator'`,
    path: [
      'n.nspname',
      'o.oprname',
      `concat_ws(', ', coalesce(nullif(o.oprleft, 0)::regtype::text, 'NONE'), nullif(o.oprright, 0)::regtype)`,
    ],
    facets: {
      owner: role('o.oprowner'),
      result: named('o.oprresult', 'regtype'),
      function: named('o.oprcode', 'regprocedure'),
      commutator: named('o.oprcom', 'regoperator'),
      negator: named('o.oprnegate', 'regoperator'),
      restriction: named('o.oprrest', 'regproc'),
      join: named('o.oprjoin', 'regproc'),
      hashes: unless('o.oprcanhash', false),
      merges: unless('o.oprcanmerge', false),
    },
    from: `FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
      WHERE o.oprcode <> 0 AND ${ownSchema()} AND ${noMember('pg_operator', 'o.oid')}`,
  })
}

export function selectOperatorFamilies(): string {
  return selectObject({
    kind: `'operator family'`,
    path: ['n.nspname', 'f.opfname', 'm.amname'],
    facets: {
      owner: role('f.opfowner'),
      operators: `(SELECT json_agg(format('%s %s %s', o.amopstrategy, o.amopopr::regoperator, o.amoppurpose)
          ORDER BY o.amopstrategy, o.amopopr::regoperator::text COLLATE "C") FROM pg_amop o WHERE o.amopfamily = f.oid)`,
      functions: `(SELECT json_agg(format('%s %s %s %s', o.amprocnum, o.amproclefttype::regtype, o.amprocrighttype::regtype, o.amproc::regprocedure)
          ORDER BY o.amprocnum, o.amproc::regprocedure::text COLLATE "C") FROM pg_amproc o WHERE o.amprocfamily = f.oid)`,
    },
    from: `FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am m ON m.oid = f.opfmethod
      WHERE ${ownSchema()} AND ${noMember('pg_opfamily', 'f.oid')}`,
  })
}

export function selectOperatorClasses(): string {
  return selectObject({
    kind: `'operator class'`,
    path: ['n.nspname', 'o.opcname', 'm.amname'],
    facets: {
      owner: role('o.opcowner'),
      type: named('o.opcintype', 'regtype'),
      key: named('o.opckeytype', 'regtype'),
      default: unless('o.opcdefault', false),
      family: `(SELECT format('%I.%I', fn.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace WHERE f.oid = o.opcfamily)`,
    },
    from: `FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod
      WHERE ${ownSchema()} AND ${noMember('pg_opclass', 'o.oid')}`,
  })
}
