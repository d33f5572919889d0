import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the regression tests of PostgreSQL lie, and the library of functions that they load. */
export interface RegressSource {
  /** `sql`, `expected`, `data` and `parallel_schedule` are in here. */
  readonly inputs: string
  /** Folder of regress.so. */
  readonly library: string
}

/**
 * Fetches Debian's source of PostgreSQL through a list of its own, and compiles regress.so with the server's headers;
 * nothing is installed. Found again in a folder that was kept. Needs apt, gcc and a network.
 */
export function fetchRegress(folder: string, major: string): RegressSource {
  const lists = join(folder, 'lists')
  mkdirSync(join(lists, 'partial'), { recursive: true })
  const sources = join(folder, 'sources.list')
  writeFileSync(
    sources,
    'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n',
  )
  const own = [
    '-o',
    `Dir::Etc::sourcelist=${sources}`,
    '-o',
    'Dir::Etc::sourceparts=-',
    '-o',
    `Dir::State::lists=${lists}`,
  ]
  if (find(folder, /\.orig\.tar\.bz2$/) === undefined) {
    run('apt-get', [...own, 'update'], folder)
    run('apt-get', [...own, '--download-only', 'source', `postgresql-${major}`], folder)
  }
  if (find(folder, /\.deb$/) === undefined) run('apt-get', ['download', `postgresql-server-dev-${major}`], folder)
  const source = join(folder, 'source')
  if (!existsSync(join(source, 'src'))) {
    mkdirSync(source, { recursive: true })
    run('tar', ['-xjf', need(folder, /\.orig\.tar\.bz2$/), '--strip-components=1', '-C', source], folder)
  }
  const headers = join(folder, 'headers')
  if (!existsSync(headers)) run('dpkg-deb', ['-x', need(folder, /\.deb$/), headers], folder)
  const inputs = join(source, 'src/test/regress')
  const library = join(folder, 'lib')
  mkdirSync(library, { recursive: true })
  const include = join(headers, 'usr/include/postgresql', major, 'server')
  run(
    'gcc',
    ['-O1', '-shared', '-fPIC', '-I', include, '-o', join(library, 'regress.so'), join(inputs, 'regress.c')],
    folder,
  )
  // The account that runs the server has to read them.
  run('chmod', ['-R', 'go+rX', source, headers, library], folder)
  return { inputs, library }
}

function find(folder: string, name: RegExp): string | undefined {
  return readdirSync(folder).find((one) => name.test(one))
}

function need(folder: string, name: RegExp): string {
  const found = find(folder, name)
  if (found === undefined) throw new Error(`${folder} holds nothing like ${name}`)
  return join(folder, found)
}

/** Runs a program to its end; throws what it said when it failed, unless its code is one of `allowed`. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  more: { readonly allowed?: readonly number[]; readonly env?: Readonly<Record<string, string>> } = {},
): string {
  const { allowed = [0], env = {} } = more
  const options = { cwd, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, ...env } } as const
  const { status, stdout, stderr, error } = spawnSync(program, args, options)
  if (error) throw error
  if (!allowed.includes(status ?? -1)) throw new Error(`${program} ended with ${status}: ${stderr.slice(-2_000)}`)
  return stdout
}
