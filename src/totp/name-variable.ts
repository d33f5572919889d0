/** The environment variable with a person's secret: `SALVOR_TOTP_ALICE`. With `_FILE` behind it, the file that holds it. */
export function nameVariable(person: string): string {
  return `SALVOR_TOTP_${person.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
}

/** Variables of the environment that hold secrets of this kind, or name files that do. */
export function listTotpVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => name.startsWith('SALVOR_TOTP_'))
}
