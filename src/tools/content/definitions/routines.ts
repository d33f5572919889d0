import { made, named, noMember, ownSchema, privileges, role, selectObject, standsAlone, unless } from './sql.ts'

/** Functions, procedures and window functions with their whole text; two of one name differ by their arguments. */
export function selectRoutines(): string {
  return selectObject({
    kind: `CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'w' THEN 'window function' ELSE 'function' END`,
    path: ['n.nspname', 'p.proname', 'oidvectortypes(p.proargtypes)'],
    facets: {
      owner: role('p.proowner'),
      privileges: privileges('p.proacl', 'f', 'p.proowner'),
      definition: 'pg_get_functiondef(p.oid)',
    },
    from: `FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind <> 'a' AND ${ownSchema()} AND ${standsAlone('pg_proc', 'p.oid')}`,
  })
}

/** The server has no words for a whole aggregate, so its parts stand one by one. */
export function selectAggregates(): string {
  const functions = ['trans', 'final', 'combine', 'serial', 'deserial', 'mtrans', 'minvtrans', 'mfinal'] as const
  return selectObject({
    kind: `'aggregate'`,
    path: ['n.nspname', 'p.proname', 'oidvectortypes(p.proargtypes)'],
    facets: {
      owner: role('p.proowner'),
      privileges: privileges('p.proacl', 'f', 'p.proowner'),
      arguments: 'pg_get_function_arguments(p.oid)',
      result: 'pg_get_function_result(p.oid)',
      parallel: 'p.proparallel::text',
      kind: 'g.aggkind::text',
      ...Object.fromEntries(functions.map((one) => [one, `nullif(g.agg${one}fn, 0)::regprocedure::text`])),
      'final extra': unless('g.aggfinalextra', false),
      'moving final extra': unless('g.aggmfinalextra', false),
      'final modifies': 'g.aggfinalmodify::text',
      'moving final modifies': 'g.aggmfinalmodify::text',
      'sort operator': named('g.aggsortop', 'regoperator'),
      state: named('g.aggtranstype', 'regtype'),
      'state space': 'nullif(g.aggtransspace, 0)',
      'moving state': named('g.aggmtranstype', 'regtype'),
      'moving state space': 'nullif(g.aggmtransspace, 0)',
      initial: 'g.agginitval',
      'moving initial': 'g.aggminitval',
    },
    from: `FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${ownSchema()} AND ${standsAlone('pg_proc', 'p.oid')}`,
  })
}

export function selectLanguages(): string {
  return selectObject({
    kind: `'language'`,
    path: ['l.lanname'],
    facets: {
      owner: role('l.lanowner'),
      privileges: privileges('l.lanacl', 'l', 'l.lanowner'),
      trusted: 'l.lanpltrusted',
      handler: named('l.lanplcallfoid', 'regprocedure'),
      inline: named('l.laninline', 'regprocedure'),
      validator: named('l.lanvalidator', 'regprocedure'),
    },
    from: `FROM pg_language l WHERE ${made('pg_language', 'l.oid')}`,
  })
}

export function selectCasts(): string {
  return selectObject({
    kind: `'cast'`,
    path: ['format_type(k.castsource, NULL)', 'format_type(k.casttarget, NULL)'],
    facets: {
      function: named('k.castfunc', 'regprocedure'),
      context: 'k.castcontext::text',
      method: 'k.castmethod::text',
    },
    from: `FROM pg_cast k WHERE ${made('pg_cast', 'k.oid')} AND ${standsAlone('pg_cast', 'k.oid')}`,
  })
}

export function selectTransforms(): string {
  return selectObject({
    kind: `'transform'`,
    path: ['format_type(f.trftype, NULL)', 'l.lanname'],
    facets: { from: named('f.trffromsql', 'regprocedure'), to: named('f.trftosql', 'regprocedure') },
    from: `FROM pg_transform f JOIN pg_language l ON l.oid = f.trflang WHERE ${made('pg_transform', 'f.oid')}`,
  })
}

export function selectEventTriggers(): string {
  return selectObject({
    kind: `'event trigger'`,
    path: ['v.evtname'],
    facets: {
      owner: role('v.evtowner'),
      event: 'v.evtevent::text',
      function: named('v.evtfoid', 'regprocedure'),
      fires: `nullif(v.evtenabled::text, 'O')`,
      tags: 'v.evttags::text',
    },
    from: `FROM pg_event_trigger v WHERE ${noMember('pg_event_trigger', 'v.oid')}`,
  })
}
