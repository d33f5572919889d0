import { randomBytes } from 'node:crypto'

/**
 * The Salvor that a test file plays, as eight hex digits. Test files share a server and their jobs have the same
 * numbers: without a name of their own one would drop the side databases of `restore-1` of another.
 */
export const installation = randomBytes(4).toString('hex')
