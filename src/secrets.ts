import { readFileSync, statSync } from 'node:fs'
import type { Config } from './config.ts'
import { listVariables } from './plan/expand-text.ts'
import type { PlanShelf } from './ports/plans.ts'
import { createRedactor, type Redactor } from './tools/redact.ts'
import { listTotpVariables } from './totp/name-variable.ts'

/** Files of secrets are small; what is larger is something else, and no word of it would be found anyway. */
const LARGEST_FILE = 64 * 1024
/** A mounted secret may be exchanged while the process runs; so often is looked, in milliseconds. */
const LOOK_MS = 1_000

/** Used by a plan that names no other key for its pager, so its text does not say it. */
const pagerKey = 'PAGER_KEY'

/** A redactor that learns which values must not be seen. */
export interface LearningRedactor {
  readonly redact: Redactor
  /** The same, but for values of rows and of people: for logs that the plan shows with them. */
  readonly redactShowingRows: Redactor
  /** The same shelf; whatever plan passes by, its variables are known before anybody can use their values. */
  watch(shelf: PlanShelf): PlanShelf
}

/**
 * Knows Salvor's own tokens from the start, and from each plan the variables that it names: a process may start
 * before the first plan is in force, and a plan may come to name more. Of a variable that ends in `_FILE` it knows what
 * the file holds, now and whenever it held something else since the start.
 */
export function createLearningRedactor(config: Config, env: NodeJS.ProcessEnv): LearningRedactor {
  const named = new Set<string>([pagerKey])
  const files = createSecretFiles(env)
  const make = () => {
    const variables = [...named, ...listTotpVariables(env)]
    const secrets = [...listSecrets(config, variables, env), ...files.read(variables)]
    return { hiding: createRedactor(secrets), showing: createRedactor(secrets, { rowData: 'shown' }) }
  }
  let redactors = make()
  const current = () => {
    if (files.changed()) redactors = make()
    return redactors
  }
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
    redact: Object.assign((text: string) => current().hiding(text), { together: () => current().hiding.together() }),
    redactShowingRows: Object.assign((text: string) => current().showing(text), {
      together: () => current().showing.together(),
    }),
    watch: (shelf) => ({
      find: async (digest) => learnFrom(await shelf.find(digest)),
      inForce: async () => learnFrom(await shelf.inForce()),
      putInForce: (plan, policies) => shelf.putInForce(learnFrom(plan), policies),
    }),
  }
}

/** Values that must never be seen: whole addresses, and their passwords by themselves. */
function listSecrets(config: Config, named: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const own = [
    config.SLACK_BOT_TOKEN,
    config.SLACK_SIGNING_SECRET,
    config.SLACK_APP_TOKEN,
    config.DATABASE_URL,
    config.REDIS_URL,
  ]
  const values = [...own, ...named.map((name) => env[name])].filter((value) => value !== undefined && value !== '')
  return values.flatMap((value) => [value ?? '', passwordOf(value ?? '')]).filter((value) => value !== '')
}

/** What files that variables name hold and held. */
function createSecretFiles(env: NodeJS.ProcessEnv) {
  const held = new Set<string>()
  let looked = 0
  let stamps = new Map<string, string>()
  return {
    read(names: readonly string[]): string[] {
      const paths = names.flatMap((name) => (name.endsWith('_FILE') && env[name] ? [env[name]] : []))
      stamps = new Map(paths.map((path) => [path, stampOf(path)]))
      for (const text of paths.flatMap(readSecretFile)) held.add(text)
      return [...held]
    },
    changed(): boolean {
      if (stamps.size === 0 || Date.now() - looked < LOOK_MS) return false
      looked = Date.now()
      return [...stamps].some(([path, stamp]) => stampOf(path) !== stamp)
    },
  }
}

function stampOf(path: string): string {
  const seen = statSync(path, { throwIfNoEntry: false, bigint: true })
  return seen ? `${seen.ino} ${seen.size} ${seen.mtimeNs} ${seen.ctimeNs}` : ''
}

/** All of it and each of its lines, as written and as a secret in base32 may be written too. */
function readSecretFile(path: string): string[] {
  try {
    const seen = statSync(path)
    // A device or a pipe could make the process wait.
    if (!seen.isFile() || seen.size > LARGEST_FILE) return []
    const text = readFileSync(path, 'utf8').trim()
    const forms = [text, ...text.split(/\r?\n/)].map((one) => one.trim())
    return forms.flatMap((one) => [one, one.replace(/[\s=-]/g, ''), passwordOf(one)]).filter((one) => one !== '')
  } catch {
    return []
  }
}

function passwordOf(value: string): string {
  return URL.canParse(value) ? decodeURIComponent(new URL(value).password) : ''
}
