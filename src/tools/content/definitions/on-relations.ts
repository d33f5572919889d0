import { OWN_RELATIONS } from './relations.ts'
import { noMember, ownSchema, relationName, role, selectObject, unless } from './sql.ts'

/**
 * Constraints of tables. A foreign key of a partition that its parent's key made is named after that one: a restore
 * makes it anew and numbers it in another order. The rows by which a key refers to each partition of the other table
 * are the server's own business.
 */
export function selectConstraints(): string {
  return selectObject({
    kind: `'constraint'`,
    path: [
      'n.nspname',
      'c.relname',
      `CASE WHEN o.contype = 'f' AND p.oid IS NOT NULL THEN p.conname || ' (of the parent)' ELSE o.conname END`,
    ],
    facets: {
      definition: 'pg_get_constraintdef(o.oid)',
      validated: unless('o.convalidated', true),
      local: unless('o.conislocal', true),
      'inherited from': 'nullif(o.coninhcount, 0)',
      // ALTER TABLE … DISABLE TRIGGER ALL reaches the triggers by which a foreign key is kept.
      enforced: `CASE WHEN o.contype = 'f' THEN (SELECT string_agg(DISTINCT t.tgenabled::text, ' ') FROM pg_trigger t
         WHERE t.tgconstraint = o.oid AND t.tgenabled <> 'O') END`,
    },
    from: `FROM pg_constraint o
      JOIN pg_class c ON c.oid = o.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_constraint p ON p.oid = o.conparentid
      WHERE o.contype <> 't' AND (p.oid IS NULL OR p.conrelid <> o.conrelid) AND ${OWN_RELATIONS}`,
  })
}

export function selectDomainConstraints(): string {
  return selectObject({
    kind: `'domain constraint'`,
    path: ['n.nspname', 't.typname', 'o.conname'],
    facets: { definition: 'pg_get_constraintdef(o.oid)', validated: unless('o.convalidated', true) },
    from: `FROM pg_constraint o JOIN pg_type t ON t.oid = o.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_type', 't.oid')}`,
  })
}

export function selectIndexes(): string {
  return selectObject({
    kind: `'index'`,
    path: ['n.nspname', 'c.relname', 'x.relname'],
    facets: {
      definition: 'pg_get_indexdef(i.indexrelid)',
      valid: unless('i.indisvalid', true),
      ready: unless('i.indisready', true),
      clustered: unless('i.indisclustered', false),
      tablespace: '(SELECT spcname::text FROM pg_tablespace WHERE oid = x.reltablespace)',
      'statistics targets': `(SELECT string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)`,
      'attached to': `(SELECT ${relationName('h.inhparent')} FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)`,
    },
    from: `FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND ${OWN_RELATIONS}`,
  })
}

/** Whether a trigger fires is a definition as well: O always but on replicas, D never, R on replicas only, A always. */
export function selectTriggers(): string {
  return selectObject({
    kind: `'trigger'`,
    path: ['n.nspname', 'c.relname', 't.tgname'],
    facets: {
      definition: 'pg_get_triggerdef(t.oid)',
      fires: `nullif(t.tgenabled::text, 'O')`,
      'of the parent': unless('t.tgparentid <> 0', false),
    },
    from: `FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND ${OWN_RELATIONS}`,
  })
}

export function selectRules(): string {
  return selectObject({
    kind: `'rule'`,
    path: ['n.nspname', 'c.relname', 'r.rulename'],
    facets: { definition: 'pg_get_ruledef(r.oid)', fires: `nullif(r.ev_enabled::text, 'O')` },
    from: `FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${OWN_RELATIONS}`,
  })
}

export function selectPolicies(): string {
  return selectObject({
    kind: `'policy'`,
    path: ['n.nspname', 'c.relname', 'p.polname'],
    facets: {
      permissive: unless('p.polpermissive', true),
      command: `nullif(p.polcmd::text, '*')`,
      roles: `(SELECT string_agg(name, ', ' ORDER BY name COLLATE "C") FROM (
        SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END AS name FROM unnest(p.polroles) r) named)`,
      using: 'pg_get_expr(p.polqual, p.polrelid)',
      check: 'pg_get_expr(p.polwithcheck, p.polrelid)',
    },
    from: `FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OWN_RELATIONS}`,
  })
}

export function selectStatistics(): string {
  return selectObject({
    kind: `'statistics'`,
    path: ['n.nspname', 's.stxname'],
    facets: {
      owner: role('s.stxowner'),
      definition: 'pg_get_statisticsobjdef(s.oid)',
      'statistics target': 'nullif(s.stxstattarget, -1)',
    },
    from: `FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
      WHERE ${ownSchema()} AND ${noMember('pg_statistic_ext', 's.oid')}`,
  })
}
