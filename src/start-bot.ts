import { type Core, createFactor, createPlanPager, createSayDeps } from './app.ts'
import { messageOf } from './domain/errors/error-message.ts'
import type { RecoveryPlan } from './domain/recovery-plan.ts'
import { recordUnreached } from './engine/asks/record-unreached.ts'
import { createRecord } from './engine/say/keep-record.ts'
import { readHome } from './engine/say/read-home.ts'
import { type Given, runWords } from './engine/say/run-words.ts'
import { keepOrder } from './engine/work/keep-order.ts'
import { createRefusalJournal } from './journal-refusals.ts'
import { keepAnchors } from './keep-anchors.ts'
import { listPolicies } from './plan/policy.ts'
import { readPlan } from './plan/read-plan.ts'
import { watchPlan } from './plan/watch-plan.ts'
import { systemClock } from './ports/clock.ts'
import type { Route } from './ports/routes.ts'
import { listHeads, readHash } from './postgres/audit.ts'
import { listenForEvents } from './postgres/listen.ts'
import { createMessageStore, createRequestLedger } from './postgres/messages.ts'
import { createOutbox } from './postgres/outbox.ts'
import { createUploadShelf } from './postgres/uploads.ts'
import { createWorkerBook } from './postgres/workers.ts'
import { createSlackEdge, type SlackConfig, type SlackEdge } from './slack/edge.ts'
import type { Words } from './slack/inbox.ts'

/** A started role. */
export interface Running {
  stop(): Promise<void>
  /** What is not ready, in words. */
  notReady(): string[]
  /** The HTTP port it listens on, if it does. */
  port(): number | null
}

/**
 * The bot: puts the plan in force, hears Slack, tells the thread. Without Slack's tokens it only keeps plan and
 * approvals in order, and the terminal does the talking.
 */
export async function startBot(core: Core, env: NodeJS.ProcessEnv, routes: readonly Route[]): Promise<Running> {
  const { config, log, shelf } = core
  const read = await readPlan(config.SALVOR_PLAN)
  let plan: RecoveryPlan = read.plan
  await shelf.putInForce({ ...read.source, digest: plan.digest }, listPolicies(plan))
  await journalPlan(core, { type: 'plan_loaded', actor: 'salvor', data: { digest: plan.digest, title: plan.title } })
  const watch = watchPlan({
    path: config.SALVOR_PLAN,
    digest: plan.digest,
    async onChange(changed) {
      await shelf.putInForce({ ...changed.source, digest: changed.plan.digest }, listPolicies(changed.plan))
      plan = changed.plan
      await journalPlan(core, {
        type: 'plan_loaded',
        actor: 'salvor',
        data: { digest: plan.digest, title: plan.title },
      })
      log.info({ digest: plan.digest }, 'the recovery plan has changed')
    },
    onFault(error) {
      const said = error instanceof Error ? error.message : String(error)
      log.error({ said }, 'the recovery plan is faulty; the one before stays in force')
      void journalPlan(core, { type: 'plan_refused', actor: 'salvor', data: messageOf(error) }).catch(() => {})
    },
  })
  const say = createSayDeps(core, env, () => plan)
  const kept = createUploadShelf(core.pool)
  const uploads = () => slack && { files: slack.files, keep: kept.keep }
  const slack: SlackEdge | null = config.SLACK_BOT_TOKEN
    ? createSlackEdge({
        config: slackConfig(core, config.SLACK_BOT_TOKEN),
        onWords: (words) => runWords({ ...say, uploads: uploads() }, words.said, words.text, readGiven(words)),
        useCode: createFactor(core, env).use,
        record: createRecord(say, core.redact),
        reader: core.store,
        ledger: createRequestLedger(core.pool),
        messages: createMessageStore(core.pool),
        outbox: createOutbox(core.pool),
        journals: {
          listHeads: () => listHeads(core.pool),
          hashOf: (incident, no) => readHash(core.pool, incident, no),
        },
        readHome: (person, seesChannel) => readHome(say, person, seesChannel),
        jobs: core.engine.jobs,
        plan: () => plan,
        clock: systemClock,
        log,
        routes: [...routes],
        onRefused: createRefusalJournal(core, say),
        onUnreached: (job, of) => recordUnreached(core.engine, job, of),
      })
    : null
  if (slack) core.setPeopleLookup({ membersOf: slack.resolveGroup, channelMembers: slack.channelMembers })
  await slack?.start()
  const order = keepOrder({ ...core.engine, pager: createPlanPager(core, env) }, createWorkerBook(core.pool))
  const anchors = keepAnchors({
    plan: () => plan,
    listHeads: () => listHeads(core.pool),
    env,
    now: systemClock.now,
    log,
  })
  const listening = listenForEvents(config.DATABASE_URL, log, () => {
    slack?.publisher.nudge()
    order.nudge()
  })
  return {
    async stop() {
      watch.close()
      await listening.close()
      await order.stop()
      await anchors.stop()
      await slack?.stop()
    },
    notReady: () => (slack && !slack.isReady() ? ['Slack does not reach the bot'] : []),
    port: () => slack?.port() ?? null,
  }
}

function readGiven(words: Words): Given {
  const digest = words.button?.approval?.digest
  return { ...(digest === undefined ? {} : { digest }), ...(words.codeChecked ? { factor: 'checked' } : {}) }
}

function slackConfig(core: Core, botToken: string): SlackConfig {
  const { SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL, PORT, SALVOR_HOST } = core.config
  return {
    botToken,
    port: PORT,
    host: SALVOR_HOST,
    ...(SLACK_SIGNING_SECRET ? { signingSecret: SLACK_SIGNING_SECRET } : {}),
    ...(SLACK_APP_TOKEN ? { appToken: SLACK_APP_TOKEN } : {}),
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
  }
}

type PlanEvent = Parameters<Parameters<Parameters<Core['store']['transaction']>[0]>[0]['append']>[1]

/** What belongs to no incident goes to the journal `system`. */
async function journalPlan(core: Core, event: PlanEvent): Promise<void> {
  await core.store.transaction((tx) => tx.append(0, event))
}
