import fc from 'fast-check'
import { expect } from 'vitest'
import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { shortCode } from '../../../src/domain/digest.ts'
import { approvalCode } from '../../../src/domain/whole-commands.ts'
import { channel } from '../../support/night.ts'
import { runSql } from '../../support/postgres.ts'
import { onCard } from './fault-night.ts'
import type { Lane, Lanes } from './lanes.ts'

/** A busy machine (load 28 on 2 cores) took two minutes for one job. */
const strandedAfterMs = 300_000

const people = ['alice', 'bob', 'dana', 'carol', 'oscar'] as const

const kinds = [
  ...['request', 'approve by button', 'approve by button', 'approve by words', 'press three times', 'reject', 'stop'],
  ...['resume', 'retry', 'say a stale code', 'say the code of another', 'guess a code', 'say nothing but approve'],
  ...['more to change', 'wait', 'wait', 'kill bot', 'kill worker', 'kill runner'],
] as const

export interface LaneAct {
  readonly kind: (typeof kinds)[number]
  readonly person: (typeof people)[number]
  /** Milliseconds before it. */
  readonly after: number
}

/** What people do and what dies, in any order; at least one process dies in each sequence. */
export const laneActs = fc
  .tuple(
    fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        person: fc.constantFrom(...people, 'bob', 'dana'),
        after: fc.integer({ min: 0, max: 400 }),
      }),
      { minLength: 3, maxLength: 9 },
    ),
    fc.constantFrom('kill bot' as const, 'kill worker' as const, 'kill runner' as const),
    fc.nat(),
  )
  .map(([acts, kill, at]): LaneAct[] =>
    acts.toSpliced(at % (acts.length + 1), 0, { kind: kill, person: 'bob', after: (at * 37) % 900 }),
  )

interface Card {
  readonly id: string
  readonly digest: string
  readonly subject: ApprovalSubject
  readonly state: string
}

export interface LanePlayed {
  readonly acts: number
  readonly executed: number
  readonly kills: number
}

/** Plays one sequence on a lane, lets everything go on to its end, and looks at journal and target. */
export async function playLane(
  { night, lanes, strike }: Pick<Lanes, 'night' | 'lanes' | 'strike'>,
  lane: Lane,
  acts: readonly LaneAct[],
): Promise<LanePlayed> {
  const { system } = lane
  const jobs: string[] = []
  /** Who was let decide about which card, by pressing its button or saying its code. */
  const said: string[] = []
  const count = { acts: 0, kills: 0 }
  const say = (person: string, words: string) =>
    night.slack
      .as(person)
      .says(`/recover ${words}`, { channel })
      .catch(() => {})
  const jobOf = async (of: string) =>
    (
      await night.query<{ id: string; state: string }>(
        `SELECT id, state FROM salvor.jobs WHERE params->>'system' = $1 ORDER BY requested_at DESC, id DESC LIMIT 1`,
        [of],
      )
    )[0]
  const newest = async () => {
    const job = await jobOf(system)
    return job !== undefined && !known.has(job.id) ? job : undefined
  }
  const cardsOf = (job: string) =>
    night.query<Card & Record<string, unknown>>(
      'SELECT id, digest, subject, state FROM salvor.approvals WHERE job = $1 ORDER BY asked_at, id',
      [job],
    )
  // Of earlier sequences on this lane.
  const known = new Set(
    (await night.query<{ id: string }>(`SELECT id FROM salvor.jobs WHERE params->>'system' = $1`, [system])).map(
      ({ id }) => id,
    ),
  )
  const press = async (person: string, card: Card, times = 1) => {
    const place = { channel, text: onCard(shortCode(card.digest)), withinMs: 300 }
    said.push(`${card.id} ${person}`)
    await night.slack
      .as(person)
      .pressesRepeatedly('Approve', times, place)
      .catch(() => {})
  }
  const sayCode = async (person: string, job: string, card: Card) => {
    said.push(`${card.id} ${person}`)
    await say(person, `approve ${job} ${approvalCode(card)}`)
  }

  const perform = async ({ kind, person }: LaneAct) => {
    count.acts += 1
    if (kind === 'kill bot' || kind === 'kill worker' || kind === 'kill runner') {
      const victim = kind.slice(5) as 'bot' | 'worker' | 'runner'
      if (await strike(victim, lane)) count.kills += 1
      return
    }
    if (kind === 'request') return void (await say(person, `fix ${system} tick`))
    if (kind === 'wait') return void (await rest(800))
    if (kind === 'more to change') {
      return void (await runSql(lane.url, 'INSERT INTO stock SELECT max(id) + 1, 0 FROM stock'))
    }
    const job = (await newest())?.id
    if (job === undefined) return
    const cards = await cardsOf(job)
    const card = cards.at(-1)
    if (kind === 'stop' || kind === 'resume' || kind === 'retry') return void (await say(person, `${kind} ${job}`))
    if (kind === 'reject' && card)
      return void (await say(person, `reject ${job} ${shortCode(card.digest)} --reason no`))
    if (kind === 'say nothing but approve') return void (await say(person, `approve ${job}`))
    if (kind === 'guess a code') return void (await say(person, `approve ${job} 7K2QPD`))
    const stale = cards.findLast(({ digest }) => digest !== card?.digest)
    if (kind === 'say a stale code' && stale) return void (await say(person, `approve ${job} ${approvalCode(stale)}`))
    if (kind === 'say the code of another') {
      const other = lanes[(lanes.indexOf(lane) + 1) % lanes.length]
      const theirs = other && (await jobOf(other.system))
      const [foreign] = theirs ? await cardsOf(theirs.id) : []
      if (foreign) await say(person, `approve ${job} ${approvalCode(foreign)}`)
      return
    }
    if (!card) return
    if (kind === 'approve by button') return press(person, card)
    if (kind === 'press three times') return press(person, card, 3)
    if (kind === 'approve by words') return sayCode(person, job, card)
  }

  await say('alice', `fix ${system} tick`)
  for (const act of acts) {
    await rest(act.after)
    await perform(act)
  }
  await finish()
  const executed = await look()
  return { acts: count.acts, kills: count.kills, executed }

  /** Whatever was left half done is brought to its end by those who may: no job stays that nobody can move. */
  async function finish() {
    if ((await newest()) === undefined) await say('alice', `fix ${system} tick`)
    const until = Date.now() + strandedAfterMs
    for (let job = await newest(); job === undefined || !ended(job.state); job = await newest()) {
      if (Date.now() > until) {
        const seen = {
          job: await night.query('SELECT * FROM salvor.jobs WHERE id = $1', [job?.id ?? '']),
          steps: await night.query('SELECT id, state, failure FROM salvor.steps WHERE job = $1', [job?.id ?? '']),
          workers: await night.query('SELECT name, plan_digest, seen_at, now() FROM salvor.workers'),
          told: night.slack
            .ephemerals('alice')
            .slice(-3)
            .map(({ text }) => text),
        }
        throw new Error(`STRANDED: ${job?.id ?? `nothing on ${system}`} ${JSON.stringify(seen)}`)
      }
      if (job === undefined) await say('alice', `fix ${system} tick`)
      else await nudge(job)
      await rest(700)
    }
  }

  async function nudge({ id, state }: { id: string; state: string }) {
    const card = (await cardsOf(id)).at(-1)
    const [row] = await night.query<{ requester: string }>('SELECT requester FROM salvor.jobs WHERE id = $1', [id])
    const other = row?.requester === 'bob' ? 'dana' : 'bob'
    if (state === 'awaiting_approval' && card?.state === 'asked') return sayCode(other, id, card)
    if (state === 'awaiting_approval') return say('alice', `retry ${id}`)
    if (state === 'needs_person') {
      const as = (await rowsOf(id)).length > 0 ? 'done' : 'not-done'
      return say('alice', `resume ${id} --settle ${as} --reason looked at the ledger`)
    }
    if (state === 'failed' || state === 'stopped') return say('alice', `resume ${id}`)
  }

  async function rowsOf(job: string) {
    const rows = await runSql<{ who: string }>(lane.url, 'SELECT who FROM ledger WHERE starts_with(who, $1)', [
      `salvor:${job}/`,
    ])
    return rows.map(({ who }) => who)
  }

  /** The target says what ran, the journal who approved it, and we know what was pressed and said. */
  async function look(): Promise<number> {
    const rows = await night.query<{ id: string; state: string; requester: string }>(
      `SELECT id, state, requester FROM salvor.jobs WHERE params->>'system' = $1`,
      [system],
    )
    for (const job of rows.filter(({ id }) => !known.has(id))) {
      jobs.push(job.id)
      const ran = await rowsOf(job.id)
      expect(ran.length, `${job.id} is ${job.state}: ${ran.join()}`).toBe(job.state === 'succeeded' ? 1 : 0)
      if (ran.length > 0) await expectApproved(job.id, job.requester)
    }
    return (await Promise.all(jobs.map(rowsOf))).flat().length
  }

  async function expectApproved(job: string, requester: string) {
    const told = await night.query<{ type: string; actor: string; approval: string | null; step: string | null }>(
      `SELECT type, actor, data->>'approval' AS approval, data->>'step' AS step FROM salvor.events WHERE job = $1 ORDER BY no`,
      [job],
    )
    const used = told.filter(({ type }) => type === 'approval_used')
    const started = told.filter(({ type, step }) => type === 'step_started' && step === 'commit')
    expect(new Set(used.map(({ approval }) => approval)).size).toBe(used.length)
    expect(started.length, 'each start has an approval of its own').toBe(used.length)
    for (const { approval } of used) {
      const decided = told.filter((one) => one.type === 'approval_decided' && one.approval === approval)
      expect(decided.length, `decisions about ${approval}`).toBe(1)
      for (const { actor } of decided) {
        expect(['alice', 'bob', 'dana'].filter((one) => one !== requester)).toContain(actor)
        expect(said, 'what was decided was pressed or said').toContain(`${approval} ${actor}`)
      }
      const order = ['approval_asked', 'approval_decided', 'approval_granted', 'approval_used']
      const of = told.filter((one) => one.approval === approval && order.includes(one.type)).map(({ type }) => type)
      expect(of).toEqual(order)
    }
  }
}

function ended(state: string): boolean {
  return state === 'succeeded' || state === 'rejected'
}

/** The pace of people, which is part of what is played: nothing here waits for something to have happened. */
function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
