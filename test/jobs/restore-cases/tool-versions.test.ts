import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
const { PATH } = process.env
afterEach(async () => {
  await played?.close()
  played = undefined
  process.env.PATH = PATH
})

/**
 * What pg_restore 17 does to a server that is older, as it was recorded of 17.12: each of its sessions sends a setting
 * that the server refuses. The rest is this machine's own pg_restore.
 */
function writeSeventeen(folder: string): void {
  const real = join(inject('postgresBin'), 'pg_restore')
  const said = `pg_restore: while INITIALIZING:
pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"
Command was: SET transaction_timeout = 0;`
  const script = `#!/bin/sh
case "$*" in
  --version) echo 'pg_restore (PostgreSQL) 17.12 (Debian 17.12-0+deb13u1)'; exit 0 ;;
  *--dbname=*) ;;
  *) exec ${real} "$@" ;;
esac
say() { printf '%s\\n' '${said}' >&2; }
say
case "$*" in *--exit-on-error*) exit 1 ;; esac
say
${real} "$@" || exit $?
echo 'pg_restore: warning: errors ignored on restore: 2' >&2
exit 1
`
  writeFileSync(join(folder, 'pg_restore'), script)
  chmodSync(join(folder, 'pg_restore'), 0o755)
}

let newer: string
beforeEach(() => {
  newer = mkdtempSync(join(inject('runFolder'), 'tools-17-'))
  writeSeventeen(newer)
})

/** Opens a case on a worker whose PATH begins with version 17. */
async function openWithNewer(id: string, toolFolders: readonly string[]): Promise<PlayedCase> {
  const opened = await openCase(id, { toolFolders })
  process.env.PATH = `${newer}:${process.env.PATH}`
  return opened
}

const loadedBy = (of: PlayedCase) =>
  (
    of.outcomes.findLast((one) => one.step === 'restore')?.view.steps.find((one) => one.name === 'load')?.output as {
      argv?: string[]
    }
  )?.argv ?? []

describe.skipIf(inject('serverMajor') >= 17)('pg_restore newer than the server', () => {
  test("c68: the server's own version is taken where it is installed", async () => {
    played = await openWithNewer('c68', [inject('postgresBin')])
    await played.play()
    expect(played.failureOf('restore')).toBeNull()
    expect(loadedBy(played)[0]).toBe(join(inject('postgresBin'), 'pg_restore'))
    expect(await played.dump()).toBe(played.before)
  })

  test('c68: else the setting that the server does not know is let pass', async () => {
    played = await openWithNewer('c68', [])
    await played.play()
    expect(played.failureOf('restore')).toBeNull()
    expect(loadedBy(played)).not.toContain('--exit-on-error')
    expect(await played.dump()).toBe(played.before)
  })

  test('c08: and nothing else: the first other error stops the load, with live untouched', async () => {
    played = await openWithNewer('c08', [])
    await played.say('backup')
    await played.run('damage')
    const damaged = await played.dump()
    await played.say('restore')
    expect(played.failureOf('restore')).not.toBeNull()
    expect(JSON.stringify(played.failureOf('restore'))).not.toContain('transaction_timeout')
    expect(await played.dump()).toBe(damaged)
  })
})

test('c41c: grants by others are made once those that they need are', async () => {
  played = await openCase('c41c')
  await played.play()
  expect(played.failureOf('restore')).toBeNull()
  expect(await played.dump()).toBe(played.before)
})
