import type { Discovery } from '../../domain/discovery.ts'
import { nameSystem, variableOf } from './name-system.ts'

/** People and units that are listed as comments; the rest is counted. */
const LISTED = 40

/**
 * A first recovery plan of what was found. It is valid as it stands, names nobody as approver (so nothing destructive
 * can be approved yet), and says in comments what a person has to decide.
 */
export function writeFirstPlan(found: Discovery): string {
  const services = found.units.slice(0, 3)
  return `# yaml-language-server: $schema=salvor.schema.json
# The recovery plan, written from what \`salvor init\` found. Read it, correct it, keep it under version control.
# \`salvor schema > salvor.schema.json\` gives editors what they complete from; \`salvor plan check\` says what is missing.
${found.notes.map((note) => `# Note: ${oneLine(note)}\n`).join('')}version: 1
title: Recovery
# channel: C0123456789        # Slack channel of incidents
language: en                  # en | ko
timezone: UTC
keepOld: 7d

# Who is who. Nobody has a right until named here.
${writePeople(found)}
roles:
  dba:      { users: [] }     # owns databases, approves what destroys: at least two people
  sysadmin: { users: [] }     # owns services
  business: { users: [] }     # tries the application afterwards
approvals:
  destructive: { from: [dba], count: 1, notRequester: true, approveWithin: 30m, runWithin: 15m }

systems:${writeSystems(found, services)}

# Where the migration writes what it does: its first time is when it began.
# logs:
#   migration: { path: /var/log/migration.log }
# migrations:
#   main: { system: ${firstSystem(found)}, log: migration, stop: [/opt/migrate/stop], rerun: [/opt/migrate/run, --resume] }
procedures:
  full-recovery:
    title: Bring everything back
    steps: [${[...found.databases.map(({ name }) => `{ restore: ${nameSystem(name, 'db')} }`), ...services.map(({ name }) => `{ restart: ${nameSystem(name)} }`)].join(', ')}]
${writeUnits(found.units.slice(3))}`
}

function writePeople({ people }: Discovery): string {
  if (people.length === 0) return '# people:\n#   alice: { slack: U0123456789, os: alice }\npeople: {}'
  const listed = people
    .slice(0, LISTED)
    .map(({ id, name }) => `#   ${nameSystem(name)}: { slack: ${id} }   # ${oneLine(name)}`)
  const more = people.length > LISTED ? [`#   … and ${people.length - LISTED} more`] : []
  return ['# Found in Slack; take over those who will be needed:', ...listed, ...more, 'people: {}'].join('\n')
}

function writeSystems(found: Discovery, services: Discovery['units']): string {
  const databases = found.databases.map(({ name, sizeBytes, owner }) => {
    const system = nameSystem(name, 'db')
    const variable = variableOf(system)
    return `
  ${system}:                  # ${oneLine(name)}, ${(sizeBytes / 1e6).toFixed(0)} MB, owned by ${oneLine(owner)}
    kind: postgres
    tier: 1
    owner: dba
    url: \${${variable}}
    adminUrl: \${ADMIN_URL}
    loadUrl: \${LOAD_URL}
    backups: [${writeBackups(found)}]
    checks:                   # questions whose answers you know
      - { name: answers, sql: SELECT 1, expect: 1 }`
  })
  const units = services.map(
    ({ name, description }) => `
  ${nameSystem(name)}:        # ${oneLine(description)}
    kind: service
    tier: 2
    owner: sysadmin
    unit: ${JSON.stringify(name)}
    # health: { http: "http://127.0.0.1:8080/healthz", within: 60s }`,
  )
  return [...databases, ...units].join('') || ' {}'
}

function writeBackups(found: Discovery): string {
  const folders = found.dumpFolders.map(({ path }) => `{ kind: pg_dump, path: ${JSON.stringify(path)} }`)
  const stanzas = found.stanzas.map(({ name }) => `{ kind: pgbackrest, stanza: ${JSON.stringify(name)} }`)
  // A folder of its own that does not exist yet: \`plan check\` says so, and \`backup\` fills it.
  return [...folders, ...stanzas].join(', ') || '{ kind: pg_dump, path: backups }'
}

function writeUnits(units: Discovery['units']): string {
  if (units.length === 0) return ''
  const listed = units.slice(0, LISTED).map(({ name, description }) => `#   ${oneLine(name)}: ${oneLine(description)}`)
  const more = units.length > LISTED ? [`#   … and ${units.length - LISTED} more`] : []
  return `\n# Other units that run on this machine:\n${[...listed, ...more].join('\n')}\n`
}

function firstSystem(found: Discovery): string {
  return nameSystem(found.databases[0]?.name ?? 'main', 'db')
}

/** Names come from servers and from Slack: a line break in one would end the comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
