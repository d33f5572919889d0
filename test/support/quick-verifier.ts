import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/**
 * A password as PostgreSQL keeps it for SCRAM-SHA-256 (RFC 5803), stretched once instead of 4,096 times. Every client
 * stretches as often as the server tells it, so a login costs next to nothing. For servers of tests only.
 */
export function quickVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 1, 32, 'sha256')
  const keyFor = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(keyFor('Client Key')).digest('base64')
  return `SCRAM-SHA-256$1:${salt.toString('base64')}$${stored}:${keyFor('Server Key').toString('base64')}`
}
