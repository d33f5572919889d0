/** The environment variable with a person's secret: `SALVOR_TOTP_ALICE`. With `_FILE` behind it, the file that holds it. */
export function nameVariable(person: string): string {
  return `SALVOR_TOTP_${person.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
}

/** Values of the environment that are secrets of this kind, for redaction. */
export function listTotpSecrets(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('SALVOR_TOTP_') && !name.endsWith('_FILE') && value ? [value] : [],
  )
}
