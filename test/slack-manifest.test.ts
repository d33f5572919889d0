import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSources, readText } from './support/sources.ts'

/** Slack's bot scopes by Web API method; those with one scope a kind of conversation name every kind that Salvor is in. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}

/** What is heard, with its scope; the Home tab needs none. */
const heard = {
  "app.event('app_home_opened'": { scope: null, event: 'app_home_opened' },
  'app.command(': { scope: 'commands', event: null },
  "app.event('app_mention'": { scope: 'app_mentions:read', event: 'app_mention' },
  "app.event('message'": { scope: 'im:history', event: ['message.channels', 'message.groups', 'message.im'] },
  "app.event('reaction_added'": { scope: 'reactions:read', event: 'reaction_added' },
  "app.event('reaction_removed'": { scope: 'reactions:read', event: 'reaction_removed' },
}

const code = readSources().filter(({ path }) => path.startsWith('src/slack/'))
const calls = code.flatMap(({ text }) =>
  [...text.matchAll(/\bclient\.((?:[a-zA-Z]+\.)+[a-zA-Z]+)\(/g)].map((match) => match[1] ?? ''),
)
const hears = code.flatMap(({ text }) =>
  [...text.matchAll(/\bapp\.(?:command\(|event\('[a-z_]+')/g)].map((match) => match[0]),
)

interface Manifest {
  features: {
    slash_commands: { command: string; url?: string; should_escape: boolean }[]
    app_home: Record<string, boolean>
  }
  oauth_config: { scopes: { bot: string[] } }
  settings: {
    interactivity: { is_enabled: boolean; request_url?: string }
    event_subscriptions: { bot_events: string[]; request_url?: string }
    socket_mode_enabled: boolean
  }
}

const read = (mode: string) => parse(readText(`slack-manifest.${mode}.yaml`)) as Manifest

test('every call and every listener of the code is known here', () => {
  expect([...new Set(calls)].filter((method) => scopesOf[method] === undefined)).toEqual([])
  expect(Object.keys(scopesOf).filter((method) => !calls.includes(method))).toEqual([])
  expect([...new Set(hears)].toSorted()).toEqual(Object.keys(heard).toSorted())
})

describe.each(['http', 'socket'])('the manifest for %s', (mode) => {
  const manifest = read(mode)

  test('asks for exactly the scopes that the code needs', () => {
    const needed = [
      ...calls.flatMap((method) => scopesOf[method] ?? []),
      ...Object.values(heard).flatMap(({ scope }) => scope ?? []),
    ]
    expect(manifest.oauth_config.scopes.bot).toEqual([...new Set(needed)].toSorted())
  })

  test('subscribes to exactly the events that the code hears', () => {
    const events = Object.values(heard).flatMap(({ event }) => event ?? [])
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events)
    expect(manifest.features.app_home.home_tab_enabled).toBe(true)
    // Messages to the bot arrive only if its message tab may be written in.
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true)
    expect(manifest.features.app_home.messages_tab_read_only_enabled).toBe(false)
  })

  test('has the one command, with mentions as ids', () => {
    expect(manifest.features.slash_commands).toMatchObject([{ command: '/recover', should_escape: true }])
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
  })
})

test('the transports differ in addresses and in nothing else', () => {
  const [http, socket] = [read('http'), read('socket')]
  const urls = [
    http.features.slash_commands[0]?.url,
    http.settings.interactivity.request_url,
    http.settings.event_subscriptions.request_url,
  ]
  expect(new Set(urls)).toEqual(new Set(['https://salvor.example.com/slack/events']))
  expect(JSON.stringify(socket)).not.toContain('https://')
  expect([http, socket].map(({ settings }) => settings.socket_mode_enabled)).toEqual([false, true])
  const bare = (manifest: Manifest) =>
    JSON.parse(
      JSON.stringify(manifest, (key, value) =>
        /^(request_)?url$|^socket_mode_enabled$/.test(key) ? undefined : value,
      ),
    )
  expect(bare(http)).toEqual(bare(socket))
})

test('docs/security.md gives a reason for each scope', () => {
  const [, section = ''] = readText('docs/security.md').split('## Which scopes')
  const [table = ''] = section.split('\n## ')
  const documented = [...table.matchAll(/^\| `([a-z_]+(?::[a-z]+)?)` \| /gm)].map((match) => match[1])
  expect(documented).toEqual(read('http').oauth_config.scopes.bot)
})

test('docs/security.md names every GRANT that the sandbox gives to its role on the target', () => {
  const grants = [...readText('sandbox/scenario/roles.ts').matchAll(/^ {2}'(GRANT [^']+)'/gm)].map(
    (match) => match[1] ?? '',
  )
  expect(grants.length).toBeGreaterThan(3)
  for (const grant of grants) expect(readText('docs/security.md')).toContain(`${grant};`)
})
