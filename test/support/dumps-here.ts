import { inject } from 'vitest'

/** False where the tools are older than the server, as `npm run prove:servers` may have it: pg_dump refuses it then. */
export const dumpsHere = inject('toolsMajor') >= inject('serverMajor')
