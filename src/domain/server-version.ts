/** PostgreSQL's major version: `15` of `15.18 (Debian …)`. */
export function majorOf(serverVersion: string): string {
  return /^\d+/.exec(serverVersion)?.[0] ?? serverVersion
}
