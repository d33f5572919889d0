import type { Discovery } from '../../domain/discovery.ts'
import { nameSystem, variableOf } from './name-system.ts'

/** The variables that the first plan and Salvor itself need, without values. */
export function writeEnvExample(found: Discovery): string {
  const targets = found.databases.map(({ name }) => {
    const variable = variableOf(nameSystem(name, 'db'))
    return `${variable}=postgres://salvor_hand:PASSWORD@HOST:5432/${encodeURIComponent(name)}`
  })
  return [
    "# Salvor's own store and Slack; see docs/operating.md",
    'DATABASE_URL=postgres://salvor:PASSWORD@HOST:5432/salvor',
    '# REDIS_URL=redis://HOST:6379',
    'SLACK_BOT_TOKEN=',
    'SLACK_SIGNING_SECRET=',
    '# SLACK_APP_TOKEN=',
    '# Targets: only workers need these',
    'ADMIN_URL=postgres://salvor_admin:PASSWORD@HOST:5432/postgres',
    'LOAD_URL=postgres://salvor_load:PASSWORD@HOST:5432/postgres',
    ...targets,
    '',
  ].join('\n')
}

/** What a maintenance role that is no superuser needs, to be run by one who may. Names are quoted. */
export function writeGrants(found: Discovery): string {
  const owners = [...new Set(found.databases.map(({ owner }) => owner))]
  return [
    '-- A role for adminUrl: creates, renames and compares databases, ends sessions. Set its password by \\password.',
    'CREATE ROLE salvor_admin LOGIN CREATEDB;',
    'GRANT pg_signal_backend, pg_read_all_data, pg_read_all_settings, pg_monitor TO salvor_admin;',
    '-- Only an owner may rename a database.',
    ...owners.map((owner) => `GRANT ${quoteIdentifier(owner)} TO salvor_admin;`),
    '-- A role for the url of each database: loads, rehearses, checks and mends with the rights of its owners, no more.',
    'CREATE ROLE salvor_hand LOGIN;',
    ...owners.map((owner) => `GRANT ${quoteIdentifier(owner)} TO salvor_hand;`),
    '-- A role for loadUrl: a member of nobody, so that code in a backup reaches nothing while it is loaded.',
    'CREATE ROLE salvor_load LOGIN;',
    'GRANT salvor_load TO salvor_admin;',
    '',
  ].join('\n')
}

/** What a worker that is not root may do to the units of the plan. Goes to /etc/sudoers.d/salvor; check it by visudo -c. */
export function writeSudoers(found: Discovery): string {
  const acts = ['restart', 'stop', 'start']
  const lines = found.units
    .slice(0, 3)
    .filter(({ name }) => /^[\w@.:-]+$/.test(name))
    .flatMap(({ name }) => acts.map((act) => `salvor ALL=(root) NOPASSWD: /usr/bin/systemctl ${act} ${name}`))
  return ['# /etc/sudoers.d/salvor: check it by `visudo -c` before it counts.', ...lines, ''].join('\n')
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
