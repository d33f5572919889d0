import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, statSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { type DeskOrder, openDesk } from '../../src/terminal/open-desk.ts'
import { proofFolder } from '../../src/terminal/proof.ts'
import { createSeats } from '../../src/terminal/seats.ts'
import { findDesk, speakAtDesk } from '../../src/terminal/speak-at-desk.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { startTalk } from '../support/fakes/say.ts'
import { daemon, games } from '../support/terminal.ts'

const isRoot = process.getuid?.() === 0
const order: DeskOrder = { words: 'status', json: false, follow: 'no', code: null, live: false, sudo: false }
const closing: (() => unknown)[] = []
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salvor-desk-'))
  chmodSync(folder, 0o755)
  path = join(folder, 'terminal.sock')
})

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(at = path, named: number[] = []) {
  const obey = {
    ...{ say: startTalk({ plan: fakePlan() }).deps, describeEvent: () => null, factor: { use: async () => {} } },
    outbox: { put: async () => {}, listDue: async () => [], markTold: async () => {} },
    shown: { record: async () => {} },
  }
  const nameAccount = async (uid: number) => {
    named.push(uid)
    return 'al'
  }
  const desk = await openDesk({ path: at, obey, nameAccount, log: silentLog })
  closing.push(() => desk.close())
}

/** Somebody who listens where the bot should, and notes what they are told. */
async function listenFalsely(at: string, heard: string[] = []): Promise<Server> {
  const server = createServer((socket) => socket.on('data', (data) => heard.push(String(data))))
  await new Promise<void>((resolve) => server.listen(at, resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return server
}

const refused = { code: 'terminal_socket' }

describe('a bot does not start where somebody else could put', () => {
  test('a socket: others may write to the folder', async () => {
    for (const mode of [0o777, 0o1777, 0o775]) {
      chmodSync(folder, mode)
      await expect(open(), mode.toString(8)).rejects.toMatchObject(refused)
    }
  })

  test('another folder: others may write to one above', async () => {
    chmodSync(folder, 0o777)
    mkdirSync(join(folder, 'own'), { mode: 0o755 })
    await expect(open(join(folder, 'own', 'terminal.sock'))).rejects.toMatchObject(refused)
  })

  test('a link: as folder, above it, or as the place of proofs, whose target keeps its mode', async () => {
    const kept = mkdtempSync(join(tmpdir(), 'salvor-private-'))
    const link = `${folder}-link`
    symlinkSync(folder, link)
    mkdirSync(join(folder, 'in'))
    await expect(open(join(link, 'terminal.sock'))).rejects.toMatchObject(refused)
    await expect(open(join(link, 'in', 'terminal.sock'))).rejects.toMatchObject(refused)
    symlinkSync(kept, proofFolder(path))
    await expect(open()).rejects.toMatchObject(refused)
    expect(statSync(kept).mode & 0o7777).toBe(0o700)
  })

  // Only root may give a folder to somebody else.
  test.skipIf(!isRoot)(
    'proofs: the folder, or the place of proofs, is a stranger’s, also for a bot that is root',
    async () => {
      mkdirSync(proofFolder(path))
      chownSync(proofFolder(path), games.uid, 0)
      await expect(open()).rejects.toMatchObject(refused)
      renameSync(proofFolder(path), join(folder, 'away'))
      chownSync(folder, games.uid, 0)
      await expect(open()).rejects.toMatchObject(refused)
    },
  )
})

describe('a terminal says nothing', () => {
  test.skipIf(!isRoot)('to a socket, or beside proofs, of somebody else than the folder’s owner', async () => {
    const heard: string[] = []
    await listenFalsely(path, heard)
    mkdirSync(proofFolder(path), { mode: 0o777 })
    chownSync(path, games.uid, 0)
    await expect(findDesk(path)).rejects.toMatchObject(refused)
    chownSync(path, 0, 0)
    chownSync(proofFolder(path), games.uid, 0)
    await expect(findDesk(path)).rejects.toMatchObject(refused)
    expect(heard).toEqual([])
  })

  test.skipIf(!isRoot)(
    'to a stranger who made folder, socket and proofs where everybody may make folders',
    async () => {
      await listenFalsely(path)
      mkdirSync(proofFolder(path))
      for (const one of [proofFolder(path), path, folder]) chownSync(one, games.uid, 0)
      await expect(findDesk(path)).rejects.toMatchObject(refused)
    },
  )

  test('through a link, or in a folder that others may write to', async () => {
    await open()
    symlinkSync(folder, `${folder}-link`)
    await expect(findDesk(join(`${folder}-link`, 'terminal.sock'))).rejects.toMatchObject(refused)
    chmodSync(folder, 0o777)
    await expect(findDesk(path)).rejects.toMatchObject(refused)
  })
})

describe('a crowd at the socket', () => {
  async function idle(): Promise<Socket> {
    const socket = connect(path)
    socket.on('error', () => {})
    await new Promise((resolve) => socket.once('connect', resolve))
    closing.push(() => socket.destroy())
    return socket
  }

  async function speak() {
    const socket = await findDesk(path)
    if (!socket) throw new Error('nobody listens')
    const refusals: (string | null)[] = []
    const exit = await speakAtDesk(socket, path, order, {
      tell: (one) => void (one.type === 'answer' && refusals.push(one.refused)),
      ask: async () => null,
      signal: AbortSignal.timeout(20_000),
    })
    return { exit, refusals }
  }

  test('64 idle connections, and 200 as well, shut nobody out', async () => {
    const named: number[] = []
    await open(path, named)
    for (let count = 0; count < 200; count++) {
      await idle()
      if (count === 64 || count === 199) await speak()
    }
    expect(named).toHaveLength(2)
  })

  test('the one that waited longest makes room, the newest stay', async () => {
    await open()
    const all: Socket[] = []
    for (let count = 0; count < 40; count++) all.push(await idle())
    for (const socket of all) socket.resume()
    await Promise.all(all.slice(0, 8).map((socket) => socket.closed || new Promise((end) => socket.once('close', end))))
    expect(all.slice(8).filter(({ closed }) => closed)).toEqual([])
  })
})

test('accounts are counted apart: daemon and games do not take each other’s places', async () => {
  const seats = createSeats()
  await listenFalsely(path)
  const take = (uid: number) => {
    const socket = connect(path)
    socket.on('error', () => {})
    closing.push(() => socket.destroy())
    seats.enter(socket)
    return { socket, taken: seats.prove(socket, uid) }
  }
  const mine = Array.from({ length: 17 }, () => take(games.uid))
  expect(mine.map(({ taken }) => taken)).toEqual([...Array(16).fill(true), false])
  expect(take(daemon.uid).taken).toBe(true)
  const [first] = mine
  first?.socket.destroy()
  await new Promise((resolve) => first?.socket.once('close', resolve))
  expect(take(games.uid).taken).toBe(true)
})
