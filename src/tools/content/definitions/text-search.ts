import { named, noMember, ownSchema, role, selectObject } from './sql.ts'

export function selectDictionaries(): string {
  return selectObject({
    kind: `'text search dictionary'`,
    path: ['n.nspname', 'd.dictname'],
    facets: {
      owner: role('d.dictowner'),
      template: `(SELECT format('%I.%I', tn.nspname, t.tmplname) FROM pg_ts_template t JOIN pg_namespace tn ON tn.oid = t.tmplnamespace WHERE t.oid = d.dicttemplate)`,
      options: 'd.dictinitoption',
    },
    from: `FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_ts_dict', 'd.oid')}`,
  })
}

export function selectConfigurations(): string {
  return selectObject({
    kind: `'text search configuration'`,
    path: ['n.nspname', 'g.cfgname'],
    facets: {
      owner: role('g.cfgowner'),
      parser: `(SELECT format('%I.%I', pn.nspname, p.prsname) FROM pg_ts_parser p JOIN pg_namespace pn ON pn.oid = p.prsnamespace WHERE p.oid = g.cfgparser)`,
      mapping: `(SELECT json_agg(format('%s %s', m.maptokentype, m.mapdict::regdictionary) ORDER BY m.maptokentype, m.mapseqno)
         FROM pg_ts_config_map m WHERE m.mapcfg = g.oid)`,
    },
    from: `FROM pg_ts_config g JOIN pg_namespace n ON n.oid = g.cfgnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_ts_config', 'g.oid')}`,
  })
}

export function selectParsers(): string {
  const functions = ['start', 'token', 'end', 'headline', 'lextype'] as const
  return selectObject({
    kind: `'text search parser'`,
    path: ['n.nspname', 'p.prsname'],
    facets: Object.fromEntries(functions.map((one) => [one, named(`p.prs${one}`, 'regproc')])),
    from: `FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_ts_parser', 'p.oid')}`,
  })
}

export function selectTemplates(): string {
  return selectObject({
    kind: `'text search template'`,
    path: ['n.nspname', 't.tmplname'],
    facets: { init: named('t.tmplinit', 'regproc'), lexize: named('t.tmpllexize', 'regproc') },
    from: `FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_ts_template', 't.oid')}`,
  })
}
