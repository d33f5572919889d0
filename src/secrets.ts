import type { Config } from './config.ts'
import { listVariables } from './plan/expand-text.ts'
import type { PlanShelf } from './ports/plans.ts'
import { createRedactor } from './tools/redact.ts'
import { listTotpSecrets } from './totp/name-variable.ts'

/** A redactor that learns which values must not be seen. */
export interface LearningRedactor {
  readonly redact: (text: string) => string
  /** The same, but for values of rows and of people: for logs that the plan shows with them. */
  readonly redactShowingRows: (text: string) => string
  /** The same shelf; whatever plan passes by, its variables are known before anybody can use their values. */
  watch(shelf: PlanShelf): PlanShelf
}

/**
 * Knows Salvor's own tokens from the start, and from each plan the variables that it names: a process may start
 * before the first plan is in force, and a plan may come to name more.
 */
export function createLearningRedactor(config: Config, env: NodeJS.ProcessEnv): LearningRedactor {
  const named = new Set<string>()
  const make = () => {
    const secrets = listSecrets(config, named, env)
    return { hiding: createRedactor(secrets), showing: createRedactor(secrets, { rowData: 'shown' }) }
  }
  let redactors = make()
  const learn = (text: string) => {
    const fresh = listVariables(text).filter((name) => !named.has(name))
    if (fresh.length === 0) return
    for (const name of fresh) named.add(name)
    redactors = make()
  }
  const learnFrom = <K extends { readonly text: string } | undefined>(kept: K): K => {
    if (kept) learn(kept.text)
    return kept
  }
  return {
    redact: (text) => redactors.hiding(text),
    redactShowingRows: (text) => redactors.showing(text),
    watch: (shelf) => ({
      find: async (digest) => learnFrom(await shelf.find(digest)),
      inForce: async () => learnFrom(await shelf.inForce()),
      putInForce: (plan) => shelf.putInForce(learnFrom(plan)),
    }),
  }
}

/** Values that must never be seen: whole addresses, and their passwords by themselves. */
function listSecrets(config: Config, named: ReadonlySet<string>, env: NodeJS.ProcessEnv): string[] {
  const own = [
    config.SLACK_BOT_TOKEN,
    config.SLACK_SIGNING_SECRET,
    config.SLACK_APP_TOKEN,
    config.DATABASE_URL,
    config.REDIS_URL,
  ]
  const values = [...own, ...[...named].map((name) => env[name]), ...listTotpSecrets(env)].filter(
    (value) => value !== undefined && value !== '',
  )
  return values.flatMap((value) => [value ?? '', passwordOf(value ?? '')]).filter((value) => value !== '')
}

function passwordOf(value: string): string {
  return URL.canParse(value) ? decodeURIComponent(new URL(value).password) : ''
}
