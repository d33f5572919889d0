import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { urlOf } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

/** Clients that reconnect as soon as they are let go, as poolers do; whatever they are told, they go on. */
function startStorm(urls: readonly string[]): { stop(): Promise<number> } {
  const storm = { over: false, asked: 0 }
  const loops = urls.map(async (connectionString) => {
    while (!storm.over) {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
      client.on('error', () => {})
      await client
        .connect()
        .then(() => client.query('SELECT count(*) FROM t'))
        .then(() => {
          storm.asked += 1
        })
        .catch(() => {})
      await client.end().catch(() => {})
    }
  })
  return {
    async stop() {
      storm.over = true
      await Promise.all(loops)
      return storm.asked
    },
  }
}

test('c67: clients that reconnect without a pause, one of them a superuser, stop neither restore nor undo', async () => {
  played = await openCase('c67')
  const app = urlOf(played.database, { name: 'app', password: 'app-secret-1' })
  const { url } = played
  await played.say('backup')
  await played.run('damage')
  const damaged = await played.dump()
  const storm = startStorm([app, app, url])
  try {
    await played.say('restore')
    expect(played.failureOf('restore')).toBeNull()
    expect(await played.dump()).toBe(played.before)
    await played.say('undo')
    expect(played.failureOf('undo')).toBeNull()
  } finally {
    expect(await storm.stop()).toBeGreaterThan(10)
  }
  expect(await played.dump()).toBe(damaged)
})
