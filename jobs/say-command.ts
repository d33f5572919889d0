import type { HealthCheck } from '../src/domain/recovery-plan.ts'

/** argv for people to read: words that would not stand for themselves are quoted. `${NAME}` stays as it is. */
export function sayCommand(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./${}<>-]+$/.test(word) ? word : `'${word}'`)).join(' ')
}

/** `GET http://…, within 30s` */
export function sayHealth(health: HealthCheck): string {
  const { http, tcp, sql, argv, within } = health
  const asked =
    http !== undefined ? `GET ${http}` : tcp !== undefined ? `connect ${tcp}` : (sql ?? sayCommand(argv ?? []))
  return `${asked}  -- within ${within}`
}
