import { hostname } from 'node:os'
import { z } from 'zod'
import { SalvorError } from './domain/errors/fail.ts'

/** Every environment variable of Salvor, with its default and one line of meaning. */
const schema = z.object({
  SLACK_BOT_TOKEN: z.string().optional().describe('bot token (xoxb-…); without it only the terminal works'),
  SLACK_SIGNING_SECRET: z.string().optional().describe('HTTP mode: signs requests to POST /slack/events'),
  SLACK_APP_TOKEN: z.string().optional().describe('Socket Mode: app-level token (xapp-…) with connections:write'),
  SLACK_API_URL: z.url().optional().describe("another Web API base, such as the sandbox's"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe("Salvor's own store; never a recovered target"),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('wakeups over Redis (AOF, noeviction); default: over DATABASE_URL'),
  SALVOR_PLAN: z.string().default('salvor.yaml').describe('the recovery plan'),
  SALVOR_WORKER: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,63}$/)
    .default(hostname())
    .describe("this worker's name"),
  SALVOR_HOST: z.string().default('127.0.0.1').describe('address that the HTTP server listens on'),
  SALVOR_SOCKET: z
    .string()
    .startsWith('/')
    .optional()
    .describe('where the bot hears terminals of its machine, such as /run/salvor/terminal.sock, and they find it'),
  SALVOR_TOOL_ENV: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*(,\s*[A-Za-z_][A-Za-z0-9_]*)*$/)
    .optional()
    .describe("names of variables, separated by commas, that a site's own tools get beside PATH, HOME and the like"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('HTTP: Slack, /healthz, /readyz, /metrics'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('what is logged to standard error'),
})

export type Config = z.infer<typeof schema>

/** Names and meanings, for help and docs. */
export const configVariables: readonly { readonly name: string; readonly meaning: string }[] = Object.entries(
  schema.shape,
).map(([name, type]) => ({ name, meaning: type.description ?? '' }))

/** Reads the environment; throws `config_invalid` naming the variable. Empty values count as absent. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? 'a variable')
    const meaning = configVariables.find((variable) => variable.name === name)?.meaning ?? ''
    const problem = env[name] ? `${name}: ${issue?.message}.` : `${name} is not set.`
    throw new SalvorError('config_invalid', { problem, fix: `${name}: ${meaning}.` })
  }
  return parsed.data
}
