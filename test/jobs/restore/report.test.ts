import { expect, test } from 'vitest'
import type { z } from 'zod'
import type { PreflightOutput, switchOutput } from '../../../jobs/restore/params.ts'
import { reportRestore } from '../../../jobs/restore/report.ts'
import { makeStep } from '../../slack/support/world.ts'
import { fakeJobView } from '../../support/fakes/views.ts'

type Switched = z.input<typeof switchOutput>

const takenAt = '2026-02-28T16:30:00.000Z'
const switchedAt = '2026-02-28T18:09:00.000Z'
const properties: Switched['intent']['properties'] = {
  ...{ owner: 'o', acl: null, connectionLimit: -1, comment: null, encoding: 'UTF8', collate: 'C', ctype: 'C' },
  ...{ provider: 'libc', locale: null, icuRules: null, collationVersion: null, libraryVersion: null },
  ...{ tablespace: 'pg_default', isTemplate: false, settings: [], roleSettings: {} },
}
const preflight: PreflightOutput = {
  point: {
    ...{ id: 'd-1', kind: 'pg_dump', path: '/b/d-1', format: 'custom', takenAt, bytes: 1, hasManifest: true },
    ...{ archiveHash: null, tables: 1, rows: 1, serverVersion: '17', origin: 'own', problem: null, predicted: null },
    source: { database: 'orders', systemIdentifier: '1', databaseOid: 1 },
  },
  ...{ archiveHash: 'h', archiveIdentity: { files: [], local: true }, manifest: null, tocEntries: 1 },
  ...{ skipped: [], unread: [], findings: [], names: { side: 'side', old: 'old' } },
  identity: { systemIdentifier: '1', serverVersion: '17', name: 'orders', oid: 1, sizeBytes: 1, state: 'standing' },
  since: { mark: 'm', from: 'backup' },
}
const verify = {
  ...{ at: switchedAt, against: 'd-1', digest: 'd', proven: ['1 of 1 tables'], unproven: [] as string[], noticed: [] },
  ...{
    tables: { proven: 1, total: 1 },
    checks: { passed: 0, total: 0 },
    rows: {},
    side: { mark: 'm', catalogue: 'c' },
  },
}
const switched: Switched = {
  intent: {
    ...{ live: 'orders', liveOid: 1, side: 'side', sideOid: 2, old: 'old', systemIdentifier: '1' },
    ...{ properties, present: null, seal: 's', mark: 'm', wasHeldOff: false },
  },
  ...{ propertiesFrom: 'backup', keepUntil: switchedAt, lost: {}, mark: 'm' },
  ...{ switchedAt, endedSessions: 0, differences: [] },
}

function report(of: { readonly unproven?: string[]; readonly switched?: Partial<Switched> }) {
  const outputs = {
    preflight,
    verify: { ...verify, unproven: of.unproven ?? [] },
    switch: { ...switched, ...of.switched },
  }
  const steps = Object.entries(outputs).map(([name, output]) =>
    makeStep({ name, state: 'done', output: output as never }),
  )
  return reportRestore({ ...fakeJobView({ state: 'succeeded' }), steps })
}

test.each([
  { what: 'all was compared and nothing differs', of: {}, whole: true },
  { what: 'content was not proven', of: { unproven: ['public.orders'] }, whole: false },
  { what: 'a property was not carried over', of: { switched: { differences: ['owner'] } }, whole: false },
  { what: 'no backup spoke for the properties', of: { switched: { propertiesFrom: 'live' as const } }, whole: false },
])('what is back is called whole only where nothing of it differs or is unproven: $what', ({ of, whole }) => {
  expect(report(of).back).toEqual({ system: 'orders-db', asOf: takenAt, since: switchedAt, whole })
})
