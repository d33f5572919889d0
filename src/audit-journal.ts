import { existsSync, readFileSync } from 'node:fs'
import type { Core } from './app.ts'
import { type Anchor, readAnchors } from './domain/anchor.ts'
import { SalvorError } from './domain/errors/fail.ts'
import { channelShape } from './domain/recovery-plan.ts'
import { auditIncident } from './postgres/audit.ts'
import { createMessageStore } from './postgres/messages.ts'
import { type PostedAnchors, readPostedAnchors } from './slack/read-anchors.ts'

/** `salvor audit 7 [--anchor …]`: prints what was found. Exit code 1 where the chain or an anchor does not hold. */
export async function auditJournal(core: Core, [number = '', ...rest]: readonly string[]): Promise<number> {
  if (!/^\d{1,9}$/.test(number)) throw new SalvorError('audit_unknown', { number })
  const given = rest[0] === '--anchor' ? rest[1] : undefined
  const say = (words: string) => process.stdout.write(`Journal #${number}: ${words}\n`)
  const kept = given === undefined ? nothing : await findAnchors(core, given, Number(number))
  if (given !== undefined && kept.anchors.length + kept.edited.length === 0) {
    throw new SalvorError('audit_anchor', { anchor: given, number })
  }
  const verdict = await auditIncident(core.pool, Number(number), kept.anchors)
  say(
    verdict.whole
      ? `${verdict.events} events, chain whole, head ${verdict.headHash}`
      : `BROKEN at event ${verdict.brokenAt}: ${verdict.why}`,
  )
  for (const { no, hash } of verdict.missing) say(`NOT THE SAME: event ${no} had the hash ${hash}`)
  for (const { no } of kept.edited) say(`EDITED: what ${given} says of event ${no} was changed after it was posted`)
  for (const no of kept.gone) say(`TAKEN AWAY: the anchor of event ${no} is no longer in ${given}`)
  const held = kept.anchors.length - verdict.missing.length
  if (held > 0) process.stdout.write(`${held} of ${kept.anchors.length} anchors are in it\n`)
  return verdict.whole && verdict.missing.length + kept.edited.length + kept.gone.length === 0 ? 0 : 1
}

const nothing: PostedAnchors = { anchors: [], edited: [], gone: [] }

/** Out of a file, a channel of Slack, or the words themselves. */
async function findAnchors(core: Core, given: string, incident: number): Promise<PostedAnchors> {
  const read = (text: string): readonly Anchor[] => readAnchors(text, incident)
  if (existsSync(given)) return { ...nothing, anchors: read(readFileSync(given, 'utf8')) }
  if (!channelShape.test(given)) return { ...nothing, anchors: read(given) }
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = core.config
  if (!botToken) {
    throw new SalvorError('config_invalid', {
      problem: 'Anchors in a channel are read with SLACK_BOT_TOKEN.',
      fix: 'Set it, or give `<event>:<hash>` as the channel shows it.',
    })
  }
  return readPostedAnchors({
    ...{ botToken, apiUrl, channel: given, incident, log: core.log },
    messages: createMessageStore(core.pool),
  })
}
