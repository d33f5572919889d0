import { describeRefused, MOST_ON_CARD } from './acceptance.ts'
import type { ApprovalSubject } from './approval.ts'
import { hashText, shortCode } from './digest.ts'

/** Lines, and characters of a line, that a card bears: beyond them somebody would approve what they did not see. */
const MOST_LINES = 6
const MOST_COLUMNS = 80
const TAB = '        '
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** The commands of an approval as one text, as its card or window shows them. */
export function writeCommands({ does }: Pick<ApprovalSubject, 'does'>): string {
  return does.join('\n')
}

/** All that its window shows: each finding that was accepted, where the card tells only kinds, then the commands. */
export function writeWhole(subject: Pick<ApprovalSubject, 'does' | 'accepted'>): string {
  return [...listAccepted(subject), writeCommands(subject)].join('\n')
}

/** Each finding that was accepted, one a line; empty where the card itself names each. */
export function listAccepted({ accepted = [] }: Pick<ApprovalSubject, 'accepted'>): string[] {
  if (accepted.length <= MOST_ON_CARD) return []
  return accepted.map((one) => `-- accepted: ${describeRefused(one).replace(/\s+/g, ' ')}`)
}

/**
 * Do the plan's own SQL and commands, or the findings that were accepted, not fit the card? Then its card shows only
 * their beginning and Approve opens a window with all of them. Statements that Salvor itself writes stand in Details.
 */
export function needsWindow(subject: Pick<ApprovalSubject, 'does' | 'ownCommands' | 'accepted'>): boolean {
  if ((subject.accepted ?? []).length > MOST_ON_CARD) return true
  if (subject.ownCommands) return false
  const lines = writeCommands(subject).split(lineEnds)
  return lines.length > MOST_LINES || lines.some((line) => line.replaceAll('\t', TAB).length > MOST_COLUMNS)
}

/** The lines that stand on the card of commands that need a window, each cut to what a card bears. */
export function firstLines(subject: Pick<ApprovalSubject, 'does'>): { shown: string[]; lines: number } {
  const all = writeCommands(subject).split(lineEnds)
  const cut = (line: string) =>
    line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS - 1).replace(/[\ud800-\udbff]$/, '')}…` : line
  return { shown: all.slice(0, MOST_LINES).map(cut), lines: all.length }
}

/**
 * The code that words approve with. Where the commands need a window it is another one than the card's, and stands
 * only below the last of them: whoever types it was shown all.
 */
export function approvalCode({
  digest,
  subject,
}: {
  readonly digest: string
  readonly subject: ApprovalSubject
}): string {
  return needsWindow(subject) ? wholeCode(digest) : shortCode(digest)
}

/** The code below all of what needs a window; nobody can tell it from the card's. */
export function wholeCode(digest: string): string {
  return shortCode(hashText(`all of it: ${digest}`))
}
