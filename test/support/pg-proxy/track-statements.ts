import { type Message, readTexts } from './split-messages.ts'

/** Follows one connection: which statement a client's message asks for, and which one a server's message answers. */
export type StatementTracker = {
  application: () => string
  /** The statement that executing this message would begin; undefined for all else. Changes nothing. */
  statementOf: (message: Message) => string | undefined
  /** Must be told of each client message as it is passed on. */
  sent: (message: Message) => void
  /** The statements of the round trip that this server message completes or fails; empty for all else. */
  answered: (message: Message) => readonly string[]
}

/** Works for simple queries and for the extended protocol, where a Sync ends a round trip as a Query does. */
export function trackStatements(): StatementTracker {
  const named = new Map<string, string>()
  const roundTrips: string[][] = []
  let open: string[] = []
  let application = ''

  const statementOf = ({ type, body }: Message): string | undefined => {
    if (type === 'Q') return readTexts(body, 1)[0]
    if (type === 'P') return readTexts(body, 2)[1]
    if (type !== 'B') return undefined
    // A prepared statement that was parsed in this very round trip has been seen at its Parse.
    const sql = named.get(readTexts(body, 2)[1] ?? '')
    return sql === undefined || open.includes(sql) ? undefined : sql
  }

  const sent = (message: Message): void => {
    if (message.type === 'startup') application = readParameters(message.body).get('application_name') ?? ''
    const sql = statementOf(message)
    if (message.type === 'P') named.set(readTexts(message.body, 1)[0] ?? '', sql ?? '')
    if (message.type === 'Q') roundTrips.push([sql ?? ''])
    else if (sql !== undefined) open.push(sql)
    if (message.type === 'S') {
      roundTrips.push(open)
      open = []
    }
  }

  const answered = ({ type }: Message): readonly string[] => {
    const current = roundTrips[0] ?? open
    // The ReadyForQuery of the greeting comes before any round trip was begun, and takes none away.
    if (type === 'Z') roundTrips.shift()
    return type === 'C' || type === 'E' || type === 'I' ? current : []
  }

  return { application: () => application, statementOf, sent, answered }
}

function readParameters(body: Buffer): Map<string, string> {
  const texts = readTexts(body.subarray(4), 200)
  return new Map(texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? '']] : [])))
}
