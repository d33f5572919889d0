import { join } from 'node:path'
import { prepareNight } from '../sandbox/start-night.ts'
import { openAnswerBox } from './ack/answer-box.ts'
import { startClient } from './ack/client.ts'
import { startBareBolt } from './ack/start-bare-bolt.ts'
import { readCount, readFlags } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { runSql, serverSettings, startServers } from './measure/servers.ts'
import { round, summarise } from './measure/statistics.ts'
import { writeCommand } from './slack/post-command.ts'

/** Sequential requests come in blocks, one app after the other, so that both meet the same disturbances. */
const BLOCK = 30
const AT_ONCE = 50
const WARM_UP = 200
/** How often 50 at once are sent in a round: one burst alone would say nothing about its 99th of 100. */
const BURSTS = 6

const commands = { bare: 'status', help: 'help', status: 'status' } as const
type Side = keyof typeof commands
const sides = Object.keys(commands) as Side[]

/** How soon a slash command is acknowledged, by Salvor's bot and by a Bolt app that does nothing else. */
export const ack: Benchmark = {
  name: 'ack',
  usage: 'ack [--rounds 3] [--requests 300]',
  async run(words, tell) {
    const flags = readFlags(words, ['rounds', 'requests'])
    const rounds = readCount(flags, 'rounds', 3)
    const requests = readCount(flags, 'requests', 300)
    const servers = await startServers()
    const closers: (() => Promise<void>)[] = [servers.close]
    try {
      await runSql(servers.postgres.url('postgres'), 'CREATE DATABASE salvor')
      const night = await prepareNight({
        adminUrl: servers.postgres.url('postgres'),
        storeUrl: servers.postgres.url('salvor'),
        redisUrl: await servers.startRedis(),
        dir: join(servers.dir, 'night'),
        scale: 0.01,
        lateOrders: 12,
        tell,
      })
      closers.push(() => night.close())
      const signingSecret = String(night.env.SLACK_SIGNING_SECRET)
      const botToken = String(night.env.SLACK_BOT_TOKEN)
      await night.start('bot')
      const bare = await startBareBolt({ signingSecret, botToken, apiUrl: night.slack.apiUrl })
      closers.push(bare.close)
      const client = startClient()
      closers.push(client.close)
      const answers = await openAnswerBox()
      closers.push(answers.close)
      await night.slack.as('alice').says('/recover open Orders lost after cut-over', { channel: 'C0INC' })
      await night.slack.waitFor('the incident', () => night.slack.messages('C0INC').find((one) => one.byBot))
      const salvor = `http://127.0.0.1:${night.env.PORT}/slack/events`
      let asked = 0
      const send = async (side: Side, count: number, atOnce: number) => {
        const bodies = Array.from({ length: count }, () => writeCommand(commands[side], answers.url))
        const url = side === 'bare' ? bare.url : salvor
        const times = await client.send({ url, signingSecret, bodies, atOnce })
        if (side === 'bare') return times
        // What is left of the work must not fall into the other side's time.
        asked += count
        await answers.waitFor(asked)
        return times
      }
      tell(`Warming up with ${WARM_UP} requests each …`)
      for (const side of sides) await send(side, WARM_UP, 10)
      const oneByOne: Record<Side, number[]> = { bare: [], help: [], status: [] }
      const atOnce: Record<Side, number[]> = { bare: [], help: [], status: [] }
      const p50s: Record<string, number>[] = []
      for (let round_ = 1; round_ <= rounds; round_++) {
        const before = { ...countAll(oneByOne) }
        for (let sent = 0; sent < requests; sent += BLOCK)
          for (const side of rotate(sides, sent / BLOCK))
            oneByOne[side].push(...(await send(side, Math.min(BLOCK, requests - sent), 1)))
        for (let burst = 0; burst < BURSTS; burst++)
          for (const side of rotate(sides, burst)) atOnce[side].push(...(await send(side, AT_ONCE, AT_ONCE)))
        const p50 = Object.fromEntries(
          sides.map((side) => [side, summarise(oneByOne[side].slice(before[side])).p50] as const),
        )
        p50s.push(p50)
        tell(`Round ${round_} of ${rounds}, p50 one by one in ms: ${JSON.stringify(p50)}`)
      }
      const sequential = describe(oneByOne)
      const burst = describe(atOnce)
      const ratios = {
        sequential: { help: divide(sequential, 'help'), status: divide(sequential, 'status') },
        atOnce: { help: divide(burst, 'help'), status: divide(burst, 'status') },
      }
      const ours = [sequential.help, sequential.status, burst.help, burst.status]
      return {
        compares:
          "milliseconds to the acknowledgement of a slash command: Salvor's bot (help, status; each is also answered) against a bare Bolt HTTPReceiver app that only acknowledges",
        settings: {
          rounds,
          requestsPerRound: requests,
          atOnce: AT_ONCE,
          burstsPerRound: BURSTS,
          postgres: { version: servers.version, ...serverSettings },
        },
        measured: { sequential, atOnce: burst, p50OfRounds: p50s },
        ratios,
        goals: [
          ...(['sequential', 'atOnce'] as const).flatMap((how) =>
            (['help', 'status'] as const).map((side) =>
              setGoal(`${side}, ${how}: p50 over that of the bare app`, 3, ratios[how][side].p50),
            ),
          ),
          setGoal('p99 of each in ms', 250, Math.max(...ours.map((one) => one.p99))),
          setGoal('slowest of all in ms', 3000, Math.max(...ours.map((one) => one.max))),
        ],
      }
    } finally {
      for (const close of closers.toReversed()) await close().catch(() => {})
    }
  },
}

function describe(samples: Record<Side, number[]>) {
  return { bare: summarise(samples.bare), help: summarise(samples.help), status: summarise(samples.status) }
}

function divide(of: ReturnType<typeof describe>, side: 'help' | 'status') {
  return { p50: round(of[side].p50 / of.bare.p50), p99: round(of[side].p99 / of.bare.p99) }
}

function countAll(samples: Record<Side, number[]>): Record<Side, number> {
  return { bare: samples.bare.length, help: samples.help.length, status: samples.status.length }
}

/** Each begins in turn: who comes first meets colder caches. */
function rotate<T>(of: readonly T[], by: number): T[] {
  const at = by % of.length
  return [...of.slice(at), ...of.slice(0, at)]
}
