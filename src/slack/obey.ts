import type { Card } from '../domain/card.ts'
import { buildErrorCard } from '../domain/cards/error-card.ts'
import { describeFailure, SalvorError } from '../domain/errors/fail.ts'
import type { Incident } from '../domain/incident.ts'
import type { Answer } from '../engine/define-command.ts'
import { buildElsewhereCard } from '../engine/say/find-place.ts'
import { normalise } from '../engine/say/normalise.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { AnswerPrivately } from './answer.ts'
import type { ReplyPlace, Words } from './inbox.ts'
import type { RequireMember } from './membership.ts'
import type { OpenDirect } from './open-direct.ts'
import { NotNow, type Poster } from './post.ts'
import { rootKey } from './publish-event.ts'
import type { ShareFile } from './share-file.ts'

/** Commands that only read: they may be answered where the bot is no member. */
const READING = new Set(['help', 'status', 'brief', 'incidents', 'backups', 'plan'])
/** After an answer that Slack would not take, so long until the next attempt, and so many. */
const RETRY_MS = 2000
const ATTEMPTS = 30

/** Hands words over and answers: quietly, privately, or in the incident's thread. Never throws. */
export function createObedience(of: {
  readonly onWords: (words: Words) => Promise<Answer>
  readonly reader: StoreReader
  readonly messages: MessageStore
  readonly poster: Poster
  readonly shareFile: ShareFile
  readonly answerPrivately: AnswerPrivately
  readonly requireMember: RequireMember
  readonly openDirect: OpenDirect
  /** Words that were refused before they were handed over. */
  readonly onRefused: (error: SalvorError, words: Words) => void
  readonly log: Log
  /** Resolves false once the bot stops. */
  readonly sleep: (ms: number) => Promise<boolean>
}): (words: Words, place: ReplyPlace, claim: () => Promise<boolean>) => Promise<void> {
  const postInThread = async (
    words: Words,
    place: ReplyPlace,
    answer: Answer & { kind: 'thread' },
    before: Incident | undefined,
  ) => {
    const incident = before ?? (await findIncident(of.reader, words))
    const root = incident && (await of.messages.find(rootKey(incident.number)))
    const thread = root?.ts ?? place.thread
    const channel = root?.channel ?? place.channel
    if (!channel || !thread) return of.answerPrivately(answer.card, place)
    const where = { incident: incident?.number ?? 0, channel, thread, job: null }
    const key = `answer:${words.said.requestId}`
    await persist(of.sleep, () => of.poster.post({ ...where, key, card: answer.card, notify: [] }))
    if (answer.file) await of.shareFile({ ...where, key: `${key}:file` }, answer.file)
    // What appears in a thread elsewhere would look like silence to whoever asked here.
    if (incident && channel !== place.channel) await of.answerPrivately(buildElsewhereCard(incident), place)
  }

  const answerAlone = async (words: Words, place: ReplyPlace, answer: Answer & { kind: 'private' }) => {
    await of.answerPrivately(answer.card, place)
    if (!answer.file) return
    const channel = await of.openDirect(place.user)
    const where = { incident: 0, channel, thread: null, job: null, key: `answer:${words.said.requestId}:file` }
    await of.shareFile(where, answer.file)
  }

  /** A thread that Salvor began is about its incident, also where another one is open in the channel by now. */
  const readThread = async (words: Words): Promise<Words> => {
    const { channel, thread } = words.said
    const root = channel && thread ? await of.messages.findAt(channel, thread) : undefined
    const threadOf = root && root.key === rootKey(root.incident) ? root.incident : undefined
    return threadOf === undefined ? words : { ...words, said: { ...words.said, threadOf } }
  }

  return async (heard, place, claim) => {
    let words = heard
    try {
      if (!(await claim())) return
      words = await readThread(heard)
      const { channel } = words.said
      if (place.anywhere && channel && !READING.has(firstWord(words.text))) await of.requireMember(channel)
      // Closing ends the incident that the answer belongs to, so it is looked up before.
      const before = await findIncident(of.reader, words)
      const answer = await of.onWords(words)
      if (answer.kind === 'private') await answerAlone(words, place, answer)
      if (answer.kind === 'thread') await postInThread(words, place, answer, before)
    } catch (error) {
      if (error instanceof SalvorError) of.onRefused(error, words)
      await of.answerPrivately(drawError(error, of.log), place)
    }
  }
}

/** Longer words are refused before anything of them is read. */
const MOST_READ = 4000

/** The incident that words are about: the one they name, or that of their thread or channel. */
async function findIncident(reader: StoreReader, words: Words): Promise<Incident | undefined> {
  const named = /--incident[= ]+#?(\d+)/i.exec(normalise(words.text.slice(0, MOST_READ)))?.[1]
  if (named) return reader.findIncident(Number(named))
  const { channel, threadOf } = words.said
  if (threadOf !== undefined) return reader.findIncident(threadOf)
  return channel ? reader.findIncidentInChannel(channel) : undefined
}

function firstWord(text: string): string {
  return (text.trim().split(/\s+/)[0] ?? '').toLowerCase()
}

function drawError(error: unknown, log: Log): Card {
  const failure = describeFailure(error, (text) => text)
  if (failure.code === 'unexpected') log.error({ error: String(error) }, 'words could not be obeyed')
  // What is not in the catalogue may hold anything, so its text stays in the log.
  return buildErrorCard(failure.code === 'unexpected' ? { code: 'bot_unexpected', facts: {} } : failure)
}

async function persist(sleep: (ms: number) => Promise<boolean>, post: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await post()
      return
    } catch (error) {
      if (!(error instanceof NotNow) || attempt >= ATTEMPTS || !(await sleep(Math.max(RETRY_MS, error.ms)))) throw error
    }
  }
}
