import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
})

/** What Slack would let the app do: the local workspace grants what the manifest asks for and no more. */
export function readManifest(transport: 'http' | 'socket'): { scopes: string[]; botEvents: string[] } {
  const file = new URL(`../slack-manifest.${transport}.yaml`, import.meta.url)
  const { oauth_config, settings } = manifest.parse(parse(readFileSync(file, 'utf8')))
  return { scopes: oauth_config.scopes.bot, botEvents: settings.event_subscriptions.bot_events }
}
