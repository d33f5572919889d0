import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shortCode } from '../../src/domain/digest.ts'
import { silentLog } from '../../src/ports/log.ts'
import { auditIncident } from '../../src/postgres/audit.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { type Account, daemon, games, mail, typeAs } from '../support/terminal.ts'

const secrets = { alice: new Secret().base32, bob: new Secret().base32 }
const codeOf = (person: 'alice' | 'bob', inMs = 0) =>
  new TOTP({ secret: Secret.fromBase32(secrets[person]) }).generate({ timestamp: Date.now() + inMs })

// Only root may become somebody else; everything below is about who somebody is.
describe.skipIf(process.getuid?.() !== 0)(
  'a recovery in the terminal alone, while Slack and Redis are away',
  { timeout: 180_000 },
  () => {
    let night: TestNight
    let socket: string
    /** Neither account has the store's address, a target's password or anybody's secret. */
    const type = (account: Account, words: string, ...more: string[]) =>
      typeAs(account, [...words.split(' '), ...more], { PATH: process.env.PATH, SALVOR_SOCKET: socket })

    /** The code of the card that asks; Slack has never seen it. */
    const shownCode = async () => {
      const [row] = await night.query<{ digest: string }>('SELECT digest FROM salvor.approvals')
      return shortCode(row?.digest ?? '')
    }

    beforeAll(async () => {
      night = await openNight({ scale: 0.001 })
      mapAccounts(night.orders.planPath)
      const folder = mkdtempSync(join(tmpdir(), 'salvor-desk-'))
      chmodSync(folder, 0o755)
      socket = join(folder, 'terminal.sock')
      night.slack.faults.outage(true)
      // Port 1 of this machine: a Redis that is configured and gone.
      await night.start('serve', {
        REDIS_URL: 'redis://127.0.0.1:1',
        SALVOR_SOCKET: socket,
        SALVOR_TOTP_ALICE: secrets.alice,
        SALVOR_TOTP_BOB: secrets.bob,
      })
    })

    afterAll(() => night.close())

    it('opens the incident and shows where it stands', async () => {
      const opened = await type(games, 'open Orders lost after cut-over --severity 1')
      expect(opened, opened.err).toMatchObject({ exit: 0, out: expect.stringContaining('alice: Opened: Orders lost') })
      const shown = await type(daemon, 'status')
      expect(shown).toMatchObject({
        exit: 0,
        out: expect.stringContaining('#1 Orders lost after cut-over · SEV1 · open'),
      })
    })

    it('knows nobody under root, nobody under sudo, and nobody whom the plan does not map', async () => {
      const refused = async (account: Account, env: NodeJS.ProcessEnv = {}) => {
        const all = { PATH: process.env.PATH, SALVOR_SOCKET: socket, ...env }
        const { exit, err } = await typeAs(account, ['status'], all)
        expect(exit).toBe(1)
        return err
      }
      expect(await refused({ name: 'root', uid: 0 })).toContain('root is nobody to Salvor')
      expect(await refused(games, { SUDO_UID: '1' })).toContain('sudo as games is nobody to Salvor')
      expect(await refused(mail, { USER: 'games', LOGNAME: 'games' })).toContain('whose account mail is')
    })

    it('restores beside the live database, and ends its watch where another person is awaited', async () => {
      const asked = await type(games, 'restore orders-db')
      expect(asked, asked.err).toMatchObject({
        exit: 3,
        out: expect.stringMatching(/salvor approve restore-1 [0-9A-HJKMNP-TV-Z]{6}/),
      })
      expect(asked.out.match(/restore-1: load done/g)).toHaveLength(1)
      expect(await night.databases()).toHaveLength(2)
    })

    it('refuses the requester’s own approval, and everybody’s without their code', async () => {
      const own = await type(games, 'approve restore-1', '--code', codeOf('alice'))
      expect(own).toMatchObject({ exit: 1, err: expect.stringContaining('so you cannot approve it') })
      const card = await shownCode()
      // Nobody has shown Bob a card yet, whoever told him its code.
      const early = await type(daemon, `approve restore-1 ${card}`, '--code', codeOf('bob'))
      expect(early).toMatchObject({ exit: 1, err: expect.stringContaining('had not been delivered') })
      const bare = await type(daemon, 'approve restore-1')
      expect(bare).toMatchObject({ exit: 1, out: expect.stringContaining(`salvor approve restore-1 ${card}`) })
      expect(bare.err).toContain('only with the code of the card')
      const words = `approve restore-1 ${card}`
      expect(await type(daemon, words)).toMatchObject({ exit: 1, err: expect.stringContaining('--code') })
      const wrong = await type(daemon, words, '--code', '000000')
      expect(wrong).toMatchObject({ exit: 1, err: expect.stringContaining('not the code') })
      expect(await night.jobState('restore-1')).toBe('awaiting_approval')
    })

    it('switches once the second person has approved, and watches it to its end', async () => {
      // The one of now has been used up.
      const code = codeOf('bob', 30_000)
      const card = await shownCode()
      const approved = await type(daemon, `approve restore-1 ${card}`, '--code', code)
      expect(approved, approved.err).toMatchObject({ exit: 0, out: expect.stringContaining('✅ restore-1') })
      expect(await night.databases()).toEqual([night.database, `${night.database}_old_1`])
      const again = await type(daemon, `reject restore-1 ${card} --reason twice`, '--code', code)
      expect(again).toMatchObject({ exit: 1, err: expect.stringContaining('counted before') })
    })

    it('verifies, restarts the service and closes with the report', async () => {
      expect(await type(daemon, 'verify orders-db')).toMatchObject({
        exit: 0,
        out: expect.stringContaining('✅ verify-1'),
      })
      expect(await type(games, 'restart orders-api')).toMatchObject({
        exit: 0,
        out: expect.stringContaining('✅ restart-1'),
      })
      expect((await fetch(`${night.orders.apiUrl}/healthz`)).status).toBe(200)
      const closed = await type(games, 'close')
      expect(closed).toMatchObject({ exit: 0, out: expect.stringContaining('chain whole') })
    })

    it('tells the thread in order once Slack is back, and nothing twice', async () => {
      const { slack } = night
      expect(slack.messages(channel).filter((one) => one.byBot)).toEqual([])
      slack.faults.outage(false)
      await slack.waitFor(
        'the end of the thread',
        () => rooted(night) && /chain whole/.test(night.threadText()),
        60_000,
      )
      const texts = slack.thread(channel, night.rootTs()).map(textOf)
      const places = [
        /restore orders-db/,
        /approved what was shown/,
        /restore-1: orders-db holds/,
        /verify orders-db/,
        /restart orders-api/,
        /Report made/,
        /Closed by/,
        /chain whole/,
      ].map((shape) => texts.findIndex((text) => shape.test(text)))
      expect(
        places.every((place) => place >= 0),
        `${places}`,
      ).toBe(true)
      expect(places).toEqual(places.toSorted((one, other) => one - other))
      await slack.waitFor('the report as a file', () => slack.files().find((file) => /incident-1/.test(file.name)))
      expect(texts.filter((text) => /chain whole/.test(text))).toHaveLength(1)
      expect(new Set(texts).size).toBe(texts.length)
      expect(slack.violations).toEqual([])
    })

    it('leaves a whole journal that names both people, and no code or secret', async () => {
      const pool = openPool(night.store.url, 'test', silentLog, 1)
      expect(await auditIncident(pool, 1)).toMatchObject({ whole: true })
      await pool.end()
      const rows = await night.query<{ actor: string; data: unknown }>('SELECT actor, data FROM salvor.events')
      const actors = new Set(rows.map(({ actor }) => actor))
      expect([...actors].toSorted()).toEqual(['alice', 'bob', 'os:games', 'os:mail', 'os:root', 'salvor'])
      const all = JSON.stringify(rows)
      for (const secret of [...Object.values(secrets), '--code']) expect(all).not.toContain(secret)
    })
  },
)

function rooted(night: TestNight): boolean {
  return night.slack.messages(channel).some((one) => one.byBot)
}

/** The plan says whose account is whose; the Slack identities stay. */
function mapAccounts(planPath: string): void {
  const plan = readFileSync(planPath, 'utf8')
    .replace('alice: { slack: U0ALICE }', `alice: { slack: U0ALICE, os: ${games.name} }`)
    .replace('bob: { slack: U0BOB }', `bob: { slack: U0BOB, os: ${daemon.name} }`)
  writeFileSync(planPath, plan)
}
