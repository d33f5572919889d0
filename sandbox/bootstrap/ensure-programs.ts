import { createInterface } from 'node:readline/promises'
import { BootstrapError } from './errors.ts'
import { findPrograms, type Programs } from './find-programs.ts'
import { findInstaller } from './install-packages.ts'
import { listMissing, type Missing, type Purpose } from './packages.ts'

/** Programs of which PostgreSQL and Redis are known to be there. */
export type EnsuredPrograms = Programs & { postgresBin: string; redisServer: string }

/**
 * Finds the programs and installs what is missing. Asks first on a terminal; not with `yes` or in CI (CI=true); without
 * a terminal and without `yes` it installs nothing. Throws a BootstrapError that names the packages otherwise.
 */
export async function ensurePrograms(options: { yes?: boolean; purpose?: Purpose } = {}): Promise<EnsuredPrograms> {
  const purpose = options.purpose ?? 'sandbox'
  // A browser that was asked for and is not there is a slip of the pen: installing another one would not mend it.
  if (purpose === 'page' && process.env.CHROMIUM_PATH) requireBrowser(findPrograms())
  const missing = listMissing(findPrograms(), purpose)
  const required = missing.filter((one) => !one.optional)
  if (missing.length > 0) {
    const agreed = options.yes === true || process.env.CI === 'true'
    await installMissing(missing, required, agreed)
  }
  const found = findPrograms()
  if (purpose === 'page') requireBrowser(found)
  return requirePrograms(found)
}

/** Path of the browser; a BootstrapError that says where to get one when there is none. */
export function requireBrowser({ chromium }: Programs, asked = process.env.CHROMIUM_PATH): string {
  if (chromium !== undefined) return chromium
  throw new BootstrapError(
    asked
      ? `No browser: CHROMIUM_PATH names ${asked}, which cannot be executed.`
      : 'No browser: neither chromium, chromium-browser nor google-chrome is on PATH.',
    'Install Chromium or Chrome (Debian: apt-get install chromium fonts-noto-color-emoji · macOS: brew install --cask chromium · Ubuntu, where chromium is a snap: the .deb of Google Chrome), or set CHROMIUM_PATH to the program.',
  )
}

/** The programs when PostgreSQL and Redis are among them; else one BootstrapError that names all that is missing. */
export function requirePrograms(found: Programs): EnsuredPrograms {
  const { postgresBin, redisServer } = found
  if (postgresBin === undefined || redisServer === undefined) {
    throw missingError(listMissing(found, 'sandbox'), 'not found on PATH or in the usual places')
  }
  return { ...found, postgresBin, redisServer }
}

async function installMissing(missing: readonly Missing[], required: readonly Missing[], agreed: boolean) {
  const installer = await findInstaller()
  if (installer === undefined) {
    if (required.length === 0) return
    throw missingError(required, 'no apt-get with root rights or sudo -n, and no brew')
  }
  if (!agreed && required.length === 0) return
  if (!agreed && !(await askPerson(`Install with: ${installer.argv(missing).join(' ')} ? [y/N] `))) {
    throw missingError(required, 'installing them was not agreed to (--yes agrees)')
  }
  if (required.length > 0) await installer.run(required)
  // An optional one that cannot be installed costs the tests that need it, which then say why they skip.
  const optional = missing.filter((one) => one.optional)
  if (optional.length > 0) await installer.run(optional).catch(sayOptional)
}

function sayOptional(cause: unknown): void {
  process.stderr.write(`Continuing without an optional package: ${cause instanceof Error ? cause.message : cause}\n`)
}

function missingError(missing: readonly Missing[], why: string): BootstrapError {
  const names = (manager: 'apt' | 'brew') => missing.map((one) => one[manager]).join(' ')
  const otherwise = missing.every((one) => one.apt === 'chromium')
    ? 'or set CHROMIUM_PATH to a Chromium or Chrome'
    : 'or run everything in containers: docker compose up'
  return new BootstrapError(
    `Missing: ${missing.map((one) => one.program).join(', ')} (${why}).`,
    `Install them (Debian, Ubuntu: apt-get install ${names('apt')} · macOS: brew install ${names('brew')}), ${otherwise}`,
  )
}

async function askPerson(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim())
  } finally {
    terminal.close()
  }
}
