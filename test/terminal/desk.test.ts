import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import type { TerminalDocument } from '../../src/terminal/documents.ts'
import { speakJson } from '../../src/terminal/json-lines.ts'
import type { ObeyDeps } from '../../src/terminal/obey.ts'
import { type DeskOrder, openDesk } from '../../src/terminal/open-desk.ts'
import { openProofBoard, proofFolder } from '../../src/terminal/proof.ts'
import { findDesk, speakAtDesk } from '../../src/terminal/speak-at-desk.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { startTalk } from '../support/fakes/say.ts'
import { fakeIncident } from '../support/fakes/views.ts'

const order: DeskOrder = { words: 'status', json: false, follow: 'once', code: null, live: false, sudo: false }
const uid = process.getuid?.() ?? -1

let folder: string
let path: string
let desk: { close(): Promise<void> }
const named: number[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salvor-desk-'))
  path = join(folder, 'terminal.sock')
  const talk = startTalk({
    plan: fakePlan({ people: { alice: { os: 'al' } } }),
    incidents: [fakeIncident()],
    channel: null,
  })
  const obey: ObeyDeps = {
    say: talk.deps,
    describeEvent: () => null,
    factor: { use: async () => {} },
    outbox: { put: async () => {}, listDue: async () => [], markTold: async () => {} },
    shown: { record: async () => {} },
  }
  named.length = 0
  const nameAccount = async (number: number) => {
    named.push(number)
    return 'al'
  }
  desk = await openDesk({ path, obey, nameAccount, log: silentLog })
})

afterEach(() => desk.close())

/** Cut off from the other end, a socket may say so as an error first. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** Both ends of a connection, the desk's and a terminal's. */
async function pair(): Promise<{ near: Socket; far: Socket }> {
  const server = createServer()
  const at = join(folder, 'pair.sock')
  await new Promise<void>((resolve) => server.listen(at, resolve))
  const far = connect(at)
  far.on('error', () => {})
  const [near] = (await once(server, 'connection')) as [Socket]
  server.close()
  return { near, far }
}

async function speak(said: DeskOrder) {
  const told: TerminalDocument[] = []
  const socket = await findDesk(path)
  if (!socket) throw new Error('nobody listens')
  const listener = { tell: (one: TerminalDocument) => void told.push(one), ask: async () => null }
  const exit = await speakAtDesk(socket, path, said, { ...listener, signal: AbortSignal.timeout(5_000) })
  return { exit, told }
}

describe('a terminal and its bot', () => {
  test('the bot knows the account by what the file system says, whatever the terminal says', async () => {
    const { exit, told } = await speak(order)
    expect(named).toEqual([uid])
    // The tests run as root here and there, and root is nobody.
    expect(told.at(-1)).toMatchObject({ type: 'end', exit })
    const refused = told.flatMap((one) => (one.type === 'answer' ? [one.refused] : []))
    expect(refused).toEqual([uid === 0 ? 'terminal_account' : null])
  })

  test('the place of proofs is left clean, and nobody may take away what others put there', async () => {
    await speak(order)
    expect(readdirSync(proofFolder(path))).toEqual([])
    expect(statSync(proofFolder(path)).mode & 0o7777).toBe(0o1777)
    expect(statSync(path).mode & 0o777).toBe(0o666)
  })

  test.each([
    ['proves nothing', () => {}],
    ['brings a file', (at: string) => writeFileSync(at, '', { mode: 0o600 })],
    ['brings a link to a folder', (at: string) => symlinkSync(tmpdir(), at)],
    [
      'brings a folder that others may write to',
      (at: string) => {
        mkdirSync(at)
        chmodSync(at, 0o777)
      },
    ],
  ])('who %s is sent away without a word', async (_what, bring) => {
    const line = speakJson(connect(path))
    const first = (await line.next()) as { prove: string }
    bring(join(proofFolder(path), first.prove))
    line.send(order)
    expect(await line.next()).toBeUndefined()
    expect(named).toEqual([])
  })

  test.each([['{"words":1}'], ['nonsense'], [JSON.stringify({ ...order, uid: 1000 })], ['x'.repeat(70_000)]])(
    'what is no order (%.20s) is sent away, and the desk stays open',
    async (text) => {
      const socket = connect(path)
      const line = speakJson(socket)
      const first = (await line.next()) as { prove: string }
      mkdirSync(join(proofFolder(path), first.prove), { mode: 0o700 })
      socket.write(`${text}\n`)
      expect(await line.next()).toBeUndefined()
      expect(named).toEqual([])
      expect((await speak(order)).told.length).toBeGreaterThan(0)
    },
  )

  test('values without end before anything was proved end the connection at the first', async () => {
    const socket = connect(path)
    socket.on('error', () => {})
    const closed = closeOf(socket)
    await speakJson(socket).next()
    const flood = setInterval(() => socket.write('1\n'.repeat(10_000)), 1)
    await closed
    clearInterval(flood)
    expect(named).toEqual([])
    expect((await speak(order)).told.length).toBeGreaterThan(0)
  })

  test('an end that says more than it is asked for is left, and little of it is kept', async () => {
    const { near, far } = await pair()
    // As while its command is watched: nobody asks it anything.
    const line = speakJson(near, { waiting: 4 })
    let over = false
    line.onEnd(() => {
      over = true
    })
    far.write('1\n'.repeat(100_000))
    await closeOf(far)
    expect(over).toBe(true)
    const kept: unknown[] = []
    for (let one = await line.next(); one !== undefined; one = await line.next()) kept.push(one)
    expect(kept).toEqual([1, 1, 1, 1])
  })

  test('an end that takes nothing of what is said to it is left, and what waits for it is bounded', async () => {
    const { near, far } = await pair()
    far.pause()
    const line = speakJson(near)
    let over = false
    line.onEnd(() => {
      over = true
    })
    const card = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 100 && !over; count += 1) line.send({ card })
    expect(over).toBe(true)
    expect(near.writableLength).toBeLessThan(20 * 1024 * 1024)
    far.destroy()
  })

  test('a proof counts once and for its own name only', async () => {
    const board = await openProofBoard(join(folder, 'board'))
    const [first, second] = [board.draw(), board.draw()]
    mkdirSync(join(folder, 'board', first), { mode: 0o700 })
    expect(await board.check(second)).toBeNull()
    expect(await board.check(first)).toBe(uid)
    expect(await board.check(first)).toBeNull()
  })

  test('a bot that was killed leaves a socket behind that the next one takes over', async () => {
    await desk.close()
    writeFileSync(path, '')
    const talk = startTalk({ plan: fakePlan() })
    const obey: ObeyDeps = {
      say: talk.deps,
      describeEvent: () => null,
      factor: { use: async () => {} },
      outbox: { put: async () => {}, listDue: async () => [], markTold: async () => {} },
      shown: { record: async () => {} },
    }
    desk = await openDesk({ path, obey, nameAccount: async () => null, log: silentLog })
    expect((await speak(order)).exit).toBe(1)
  })

  test('where no bot listens, none is found', async () => {
    await desk.close()
    expect(existsSync(path)).toBe(false)
    expect(await findDesk(path)).toBeNull()
  })
})
