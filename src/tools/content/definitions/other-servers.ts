import { made, named, options, privileges, relationName, role, selectObject, unless } from './sql.ts'

export function selectWrappers(): string {
  return selectObject({
    kind: `'foreign data wrapper'`,
    path: ['w.fdwname'],
    facets: {
      owner: role('w.fdwowner'),
      privileges: privileges('w.fdwacl', 'F', 'w.fdwowner'),
      handler: named('w.fdwhandler', 'regproc'),
      validator: named('w.fdwvalidator', 'regproc'),
      options: options('w.fdwoptions'),
    },
    from: `FROM pg_foreign_data_wrapper w WHERE ${made('pg_foreign_data_wrapper', 'w.oid')}`,
  })
}

export function selectServers(): string {
  return selectObject({
    kind: `'server'`,
    path: ['s.srvname'],
    facets: {
      owner: role('s.srvowner'),
      privileges: privileges('s.srvacl', 'S', 's.srvowner'),
      wrapper: '(SELECT fdwname::text FROM pg_foreign_data_wrapper WHERE oid = s.srvfdw)',
      type: 's.srvtype',
      version: 's.srvversion',
      options: options('s.srvoptions'),
    },
    from: `FROM pg_foreign_server s WHERE ${made('pg_foreign_server', 's.oid')}`,
  })
}

/**
 * Mappings carry passwords: names of options stand as they are, values as their hash. Only who may see them does; for
 * others the options are null, here and in a dump.
 */
export function selectUserMappings(): string {
  return selectObject({
    kind: `'user mapping'`,
    path: ['m.srvname', 'm.usename'],
    facets: {
      options: `(SELECT string_agg(split_part(o, '=', 1) || ' ' || encode(sha256(convert_to(o, getdatabaseencoding())), 'hex'), E'\\n' ORDER BY o COLLATE "C")
        FROM unnest(m.umoptions) o)`,
    },
    from: 'FROM pg_user_mappings m',
  })
}

/** What a publication holds came in version 15 as columns, row filters and schemas. */
export function selectPublications(version: number): string {
  const rich = version >= 150_000
  const columns = `(SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a
     WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs))`
  const more = rich ? ` || coalesce(${columns}, '') || coalesce(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')` : ''
  return selectObject({
    kind: `'publication'`,
    path: ['p.pubname'],
    facets: {
      owner: role('p.pubowner'),
      'all tables': unless('p.puballtables', false),
      publishes: `concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)`,
      'via root': unless('p.pubviaroot', false),
      'generated columns': `nullif(to_jsonb(p)->>'pubgencols', 'n')`,
      tables: `(SELECT json_agg(t ORDER BY t COLLATE "C") FROM (
        SELECT ${relationName('r.prrelid')}${more} AS t FROM pg_publication_rel r WHERE r.prpubid = p.oid) named)`,
      ...(rich
        ? {
            schemas: `(SELECT json_agg(sn.nspname ORDER BY sn.nspname COLLATE "C") FROM pg_publication_namespace s
              JOIN pg_namespace sn ON sn.oid = s.pnnspid WHERE s.pnpubid = p.oid)`,
          }
        : {}),
    },
    from: 'FROM pg_publication p',
  })
}

/** Whatever of a subscription everybody may see; its address is not among that. */
export function selectSubscriptions(): string {
  return selectObject({
    kind: `'subscription'`,
    path: ['s.subname'],
    facets: {
      owner: role('s.subowner'),
      enabled: 's.subenabled',
      binary: 's.subbinary',
      streams: 's.substream::text',
      slot: 's.subslotname::text',
      commit: 's.subsynccommit',
      publications: 's.subpublications::text',
    },
    from: 'FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
  })
}
