import { basename } from 'node:path'
import { digestOf } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { ServiceSystem } from '../../src/domain/recovery-plan.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { bindServiceCommands } from '../bound-programs.ts'
import type { ConfigParams } from './params.ts'

type ConfigFile = ServiceSystem['config'][number]

/**
 * The config file that is meant: by its path as the plan writes it, by its name, or the only one there is. Throws
 * `config_none` or `config_which`.
 */
export function findConfig(service: string, files: readonly ConfigFile[], said: string | undefined): ConfigFile {
  if (files.length === 0) throw new SalvorError('config_none', { service })
  const fits = files.filter(({ path }) => said === undefined || path === said || basename(path) === said)
  const [only, ...more] = fits
  if (only !== undefined && more.length === 0) return only
  // People type names without caring for their case; paths of the plan are exact.
  const known = files.map(({ path }) => (isUnique(files, path) ? basename(path) : path)).join(', ')
  const seen =
    said === undefined ? '' : `, and ${fits.length === 0 ? 'none' : 'more than one'} is called "${said.slice(0, 80)}"`
  throw new SalvorError('config_which', { service, count: files.length, seen, known })
}

/**
 * The plan's test of a config file; null where it has none. A test that is not handed the file (`{file}`) says nothing
 * about it and is none.
 */
export function testOf({ test }: Pick<ConfigFile, 'test'>): readonly string[] | null {
  return test?.some((word) => word.includes('{file}')) ? test : null
}

/** Digest of a test's words and of the files that they name, as they are now. */
export async function digestTest(context: LookContext<ConfigParams>, argv: readonly string[]): Promise<string> {
  return digestOf((await bindServiceCommands(context, [{ argv }])).binds)
}

function isUnique(files: readonly ConfigFile[], path: string): boolean {
  return files.filter((other) => basename(other.path) === basename(path)).length === 1
}
