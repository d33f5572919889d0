import { expect, test } from 'vitest'
import { describeChanges, type ObjectDefinition } from '../../src/domain/definitions.ts'
import { listNotInBackup } from '../../src/domain/not-in-backup.ts'

const made = (kind: string, name: string, facets: ObjectDefinition['facets']): ObjectDefinition => ({
  ...{ kind, path: [name], facets },
})

test('what comes back otherwise in more than its text is named, and what comes back as it is never', () => {
  const definitions = [
    // As PostgreSQL 14 was told to keep everybody else from creating, which a dump by 15 takes for usual.
    made('schema', 'public', { owner: 'postgres', privileges: 'postgres=UC/postgres\n=U/postgres' }),
    made('extension', 'citext', { owner: 'app', privileges: 'app=X/app' }),
    made('schema', 'shop', { owner: 'app', privileges: 'app=UC/app\nreader=U/app' }),
    made('schema', 'plain', { owner: 'app' }),
    made('extension', 'hstore', { owner: 'app', version: '1.7' }),
    made('view', 'due', { owner: 'app', definition: "status = ANY (ARRAY['open']::text[])" }),
    made('function', 'price', { owner: 'app', definition: 'SELECT 1' }),
    made('constraint', 'child_parent', { definition: 'FOREIGN KEY', enforced: 'D' }),
  ]
  const back = [
    made('schema', 'public', { owner: 'postgres' }),
    made('extension', 'citext', { owner: 'dba', privileges: 'dba=X/dba' }),
    made('schema', 'shop', { owner: 'app', privileges: 'app=UC/app\nreader=U/app', comment: 'other' }),
    made('schema', 'plain', { owner: 'app' }),
    made('extension', 'hstore', { owner: 'dba', version: '1.8' }),
    made('view', 'due', { owner: 'app', definition: "status = ANY ((ARRAY['open'])::text[])" }),
    made('function', 'price', { owner: 'app', definition: 'SELECT 2' }),
    made('constraint', 'child_parent', { definition: 'FOREIGN KEY' }),
    made('extension', 'plpgsql', { owner: 'postgres', version: '1.0' }),
    // As PostgreSQL 18 keeps what was a facet of its column before.
    made('constraint', 'child_total_not_null', { definition: 'NOT NULL total' }),
  ]
  const rehearsal = {
    ...{ serverVersion: '14.23', at: '2026-11-30T00:00:00Z', sequences: [], doubts: [] },
    definitions: describeChanges(definitions, back),
  }
  expect(listNotInBackup({ definitions, rehearsal })).toEqual([
    { code: 'privileges_other', facts: { object: 'schema public' } },
    { code: 'owner_other', facts: { object: 'extension citext', owner: 'app', later: 'dba' } },
    { code: 'definition_other', facts: { object: 'schema shop', facets: 'comment' } },
    { code: 'owner_other', facts: { object: 'extension hstore', owner: 'app', later: 'dba' } },
    { code: 'version_other', facts: { object: 'extension hstore', version: '1.7', later: '1.8' } },
    { code: 'definition_other', facts: { object: 'function price()', facets: 'definition' } },
    { code: 'definition_other', facts: { object: 'constraint child_parent', facets: 'enforced' } },
    { code: 'definition_new', facts: { object: 'extension plpgsql' } },
  ])
})
