import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Answer } from '../define-command.ts'
import { buildAnswerToError, hideUnknown } from './answer-error.ts'
import { buildContext, listAllowed } from './build-context.ts'
import { checkRight } from './check-right.ts'
import type { SayDeps } from './deps.ts'
import { findIncident, type IncidentFound } from './find-incident.ts'
import { buildElsewhereCard, findOwner } from './find-place.ts'
import { findRight } from './find-right.ts'
import { normalise } from './normalise.ts'
import { failTooMany, isOutsider, outsiderCharacters } from './outsiders.ts'
import { type ParsedWords, parseWords } from './parse-words.ts'

/** What a button or a modal carries beside its words; none of it can be typed. */
export interface Given {
  /** Of exactly what was shown. */
  readonly digest?: string
  readonly reason?: string
  /** The person's one-time code was right and has been used up. */
  readonly factor?: 'checked'
}

/** The longest words that are read, in characters: more than any command takes. */
const MOST_CHARACTERS = 4000

interface SoFar {
  incident: number | null
  outsider: boolean
}

/**
 * The one path from words to effect, for Slack and the terminal alike: parse, find the incident, check the right
 * at this moment, act. Never throws: whatever goes wrong becomes a private card, and what was refused is journaled.
 */
export async function runWords(deps: SayDeps, said: Utterance, text: string, given: Given = {}): Promise<Answer> {
  const soFar: SoFar = { incident: null, outsider: false }
  let read = text
  try {
    // Before anything of it is read.
    if (text.length > MOST_CHARACTERS) {
      read = text.slice(0, outsiderCharacters)
      throw new SalvorError('words_too_long', { length: text.length, most: MOST_CHARACTERS })
    }
    const plan = await deps.plans.inForce()
    soFar.outsider = await isOutsider(deps.roles, plan, said.person)
    if (soFar.outsider) {
      read = text.slice(0, outsiderCharacters)
      const turn = deps.outsiders.take(said.person)
      if (turn === 'drop') return { kind: 'quiet' }
      if (turn === 'refuse') failTooMany()
    }
    return await actOn(deps, said, plan, read, given, soFar)
  } catch (thrown) {
    if (!(thrown instanceof SalvorError)) deps.log.error({ err: thrown, request: said.requestId }, 'words failed')
    if (!soFar.outsider || deps.outsiders.isWorthAnEvent(said, soFar.incident)) {
      await journalRefusal(deps, said, read, soFar.incident, thrown)
    }
    const refused = thrown instanceof SalvorError ? thrown.code : hideUnknown().code
    return { kind: 'private', card: buildAnswerToError(thrown), refused }
  }
}

async function actOn(
  deps: SayDeps,
  said: Utterance,
  plan: RecoveryPlan,
  text: string,
  given: Given,
  soFar: SoFar,
): Promise<Answer> {
  const parsed = await parse(deps, said, plan, text, given, soFar)
  const found = await findIncident(deps.store, said, parsed.incidentFlag)
  soFar.incident = found.incident?.number ?? null
  const right = await findRight(deps, plan, parsed.command, parsed.params)
  await checkRight(deps.roles, plan, said.person, right, nameAction(parsed))
  const commands = parsed.command.name === 'help' ? await listAllowed(deps, plan, said) : deps.commands
  const incidentNamed = parsed.incidentFlag !== null
  // Behind the right: a stranger learns nothing of other incidents.
  const owner = await findOwner(deps.store, said, parsed.params, found, incidentNamed)
  const context = buildContext(deps, { said, words: parsed.words, plan, found, incidentNamed, commands })
  let meant = owner
  const needIncident = async () => {
    const incident = await context.needIncident()
    meant ??= incident
    return incident
  }
  const answer = await parsed.command.handle({ ...context, needIncident }, parsed.params as never)
  const isTyped = said.via === 'slash' || said.via === 'mention'
  if (answer.kind !== 'quiet' || !isTyped || !meant || meant.channel === said.channel) return answer
  return { kind: 'private', card: buildElsewhereCard(meant) }
}

/** Words that mean nothing still belong into the journal of the incident in whose channel they were said. */
async function parse(
  deps: SayDeps,
  said: Utterance,
  plan: RecoveryPlan,
  text: string,
  given: Given,
  soFar: SoFar,
): Promise<ParsedWords> {
  try {
    return parseWords(text, deps.commands, plan, deps.clock.now(), { ...given })
  } catch (thrown) {
    const found: IncidentFound = await findIncident(deps.store, said, null)
    soFar.incident = found.incident?.number ?? null
    throw thrown
  }
}

/** `restore orders-db`, for «You do not hold a role that may …». */
function nameAction({ command, params }: ParsedWords): string {
  const about = Object.entries(typeof params === 'object' && params !== null ? params : {}).find(
    ([name, value]) => ['system', 'service', 'job'].includes(name) && typeof value === 'string',
  )
  return about ? `${command.name} ${String(about[1])}` : command.name
}

/** A journal that cannot be written must not hide from the asker what was wrong. */
async function journalRefusal(
  deps: SayDeps,
  said: Utterance,
  text: string,
  incident: number | null,
  thrown: unknown,
): Promise<void> {
  const refused = messageOf(thrown instanceof SalvorError ? thrown : hideUnknown())
  // A one-time code that somebody typed may still count, so it is not kept.
  const words = normalise(text)
    .slice(0, 500)
    .replace(/(--code[= ]+)[\d ]+/gi, '$1… ')
  try {
    await deps.engine.recordRefusal(said, incident, { words, ...refused })
  } catch (error) {
    deps.log.warn({ err: error, request: said.requestId }, 'a refusal could not be journaled')
  }
}
