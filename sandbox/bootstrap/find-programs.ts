import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the programs are; a missing one is absent. */
export type Programs = {
  /** Folder that holds initdb, postgres, psql, pg_dump and pg_restore of one version. */
  postgresBin?: string
  /** Path of redis-server (or valkey-server, which reads the same configuration). */
  redisServer?: string
  /** Path of sshd; only tests against hosts need it. */
  sshd?: string
  /** Path of pgbackrest; only tests of backups of clusters need it. */
  pgbackrest?: string
  /** Path of Chromium, or of a browser of its family; only tests of the page need it. */
  chromium?: string
  /** Path of a font with emoji, without which pictures of the page show empty boxes. */
  emojiFont?: string
}

/** Where to look; every field has the machine's own value as default. */
export type SearchPlaces = {
  path?: string
  debianRoot?: string
  brewPrefixes?: readonly string[]
  /** The browser to use whatever else is there; default: CHROMIUM_PATH. */
  chromium?: string | undefined
  /** Files of emoji fonts; default: where Debian, Fedora, Arch and macOS have theirs. */
  emojiFonts?: readonly string[]
}

const POSTGRES_PROGRAMS = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore'] as const
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const
const MACOS_BROWSERS = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
const EMOJI_FONTS = [
  '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
  '/usr/share/fonts/google-noto-color-emoji-fonts/Noto-COLRv1.ttf',
  '/usr/share/fonts/noto/NotoColorEmoji.ttf',
  '/System/Library/Fonts/Apple Color Emoji.ttc',
]
const BREW_PREFIXES = ['/opt/homebrew', '/usr/local', '/home/linuxbrew/.linuxbrew']

/** Looks for PostgreSQL's server and client programs, redis-server, sshd and Chromium. Starts nothing, installs nothing. */
export function findPrograms(places: SearchPlaces = {}): Programs {
  const path = (places.path ?? process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const brew = places.brewPrefixes ?? BREW_PREFIXES
  const system = places.path === undefined ? ['/usr/sbin', '/usr/local/sbin'] : []
  const postgresBin = [
    ...path,
    ...newestFirst(places.debianRoot ?? '/usr/lib/postgresql', /^\d+$/, 'bin'),
    ...brew.flatMap((prefix) => newestFirst(join(prefix, 'opt'), /^postgresql(@\d+)?$/, 'bin')),
  ].find((folder) => POSTGRES_PROGRAMS.every((name) => isExecutable(join(folder, name))))
  const folders = [...path, ...brew.map((prefix) => join(prefix, 'bin')), ...system]
  const redisServer = findIn(folders, 'redis-server') ?? findIn(folders, 'valkey-server')
  const sshd = findIn(folders, 'sshd')
  const pgbackrest = findIn(folders, 'pgbackrest')
  const chromium = findBrowser(folders, places)
  const emojiFont = (places.emojiFonts ?? EMOJI_FONTS).find((path) => existsSync(path))
  return {
    ...(postgresBin === undefined ? {} : { postgresBin }),
    ...(redisServer === undefined ? {} : { redisServer }),
    ...(sshd === undefined ? {} : { sshd }),
    ...(pgbackrest === undefined ? {} : { pgbackrest }),
    ...(chromium === undefined ? {} : { chromium }),
    ...(emojiFont === undefined ? {} : { emojiFont }),
  }
}

/** A browser that was asked for by its path is used or missing: another one in its place would surprise. */
function findBrowser(folders: readonly string[], places: SearchPlaces): string | undefined {
  const asked = 'chromium' in places ? places.chromium : process.env.CHROMIUM_PATH
  if (asked) return isExecutable(asked) ? asked : undefined
  const onPath = BROWSERS.map((name) => findIn(folders, name)).find((path) => path !== undefined)
  return onPath ?? (places.path === undefined ? MACOS_BROWSERS.find(isExecutable) : undefined)
}

/** True when the file exists and this process may execute it. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The first executable `name` in `folders`. */
export function findIn(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function newestFirst(root: string, pattern: RegExp, below: string): string[] {
  try {
    return readdirSync(root)
      .filter((name) => pattern.test(name))
      .sort((a, b) => versionOf(b) - versionOf(a))
      .map((name) => join(root, name, below))
  } catch {
    return []
  }
}

/** `15` and `postgresql@15` are 15; Homebrew's bare `postgresql` is an alias of unknown version and comes last. */
function versionOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0)
}
