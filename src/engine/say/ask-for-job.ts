import { SalvorError } from '../../domain/errors/fail.ts'
import type { JsonObject } from '../../domain/json.ts'
import type { Answer, CommandContext } from '../define-command.ts'

/**
 * Asks for a job in the incident that is meant. Quiet, since the job shows itself in the thread. A closed incident
 * takes no more jobs: its report is out.
 */
export async function askForJob(context: CommandContext, kind: string, params: JsonObject): Promise<Answer> {
  const incident = await context.needIncident()
  if (incident.state === 'closed') {
    throw new SalvorError('move_illegal', { job: `#${incident.number}`, state: 'closed', move: `take a ${kind}` })
  }
  await context.engine.requestJob(context.said, { incident: incident.number, kind, params, words: context.words })
  return { kind: 'quiet' }
}
