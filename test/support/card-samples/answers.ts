import { commandRegister } from '../../../commands/index.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildAnchorCard } from '../../../src/domain/cards/anchor-card.ts'
import { buildEmergencyCard } from '../../../src/domain/cards/approval-card.ts'
import { buildBackupsCard } from '../../../src/domain/cards/backups-card.ts'
import { buildHandoverCard } from '../../../src/domain/cards/handover-card.ts'
import { buildLineCard } from '../../../src/domain/cards/line-card.ts'
import { buildRemediesCard } from '../../../src/domain/cards/remedies-card.ts'
import { type ErrorCode, errorCatalogue } from '../../../src/domain/errors/catalogue.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import type { Facts } from '../../../src/domain/message.ts'
import { markPerson } from '../../../src/domain/text.ts'
import type { Answer, CommandContext } from '../../../src/engine/define-command.ts'
import { buildAnswerToError } from '../../../src/engine/say/answer-error.ts'
import { buildBriefCard } from '../../../src/report/brief-card.ts'
import { buildReport } from '../../../src/report/build-report.ts'
import { reportCard } from '../../../src/report/report-card.ts'
import { writeReportMarkdown } from '../../../src/report/write-markdown.ts'
import { chainEvents, restartReport, restoreReport, tellNight } from '../fakes/journal.ts'
import { fakePlan } from '../fakes/plan.ts'
import { fakePoint } from '../fakes/points.ts'
import { fakeIncident, fakeJobView } from '../fakes/views.ts'
import { approval, incident, minutesAway, now } from './world.ts'

interface Named {
  readonly name: string
  readonly card: Card
}

/** Facts by the names that sentences of the catalogue use; what is not listed is a system. */
const facts: Facts = {
  ...{ job: 'restore-1', others: `${markPerson('bob')} or ${markPerson('dana')}`, code: '4f1c', number: 7 },
  ...{ by: '12:37 KST', command: 'restore', nearest: 'restore', word: 'restoer', state: 'rejected' },
  ...{ path: '/backups/orders/d-0200', changes: 'public.orders 215 (was 212)', seen: 'exit status 1' },
}

/** Names that mean something else in one error. */
const ownFacts: { readonly [code: string]: Facts } = { config_no_version: { others: ': app.yaml.swp' } }

/** Every error of the catalogue as its asker sees it. */
export function listErrorCards(): Named[] {
  return Object.entries(errorCatalogue).map(([code, { says, hint }]) => {
    const names = [...`${says} ${hint}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
    const filled = Object.fromEntries(names.map((name) => [name, ownFacts[code]?.[name] ?? facts[name] ?? 'orders-db']))
    return { name: `error ${code}`, card: buildAnswerToError(SalvorError.from(code as ErrorCode, filled)) }
  })
}

/** Answers of commands, help for each of them, and what is handed to people as lists. */
export async function listAnswerCards(): Promise<Named[]> {
  const asked = [['', undefined], ...commandRegister.map(({ name }) => [name, name])] as const
  const helps = asked.map(async ([name, command]) => ({
    name: `help ${name}`.trim(),
    card: cardOf(await say('help', { commands: commandRegister, allCommands: commandRegister }, { command })),
  }))
  const incidents = async (count: number) => {
    const listIncidents = async () =>
      Array.from({ length: count }, (_, index) => incident({ number: index + 1, state: index % 2 ? 'closed' : 'open' }))
    return { name: `incidents ${count}`, card: cardOf(await say('incidents', { store: { listIncidents } })) }
  }
  const engine = { openIncident: async () => incident() }
  const times = { title: 'Orders lost', severity: 1, began: minutesAway(-90), by: minutesAway(112) }
  const opened = await say('open', { said: { channel: 'C0INC' }, plan: fakePlan(), engine, tools: null }, times)
  return [
    { name: 'opened', card: cardOf(opened) },
    ...(await Promise.all([...helps, incidents(0), incidents(3), incidents(30)])),
    ...listBackups(),
    ...listRemedies(),
    ...listBriefs(),
    { name: 'handover', card: buildHandover() },
    { name: 'go on alone', card: buildEmergencyCard(approval(), 'nobody answers and the shops open at six') },
    { name: 'stop nothing', card: buildLineCard('Nothing of #7 is at work, so nothing was stopped.') },
    { name: 'anchor', card: buildAnchorCard({ incident: 7, no: 61, hash: 'f'.repeat(64) }) },
    { name: 'anchor of the system', card: buildAnchorCard({ incident: 0, no: 4, hash: '0'.repeat(64) }) },
    { name: 'note taken', card: buildLineCard('Note on the record of #7.') },
    { name: 'report', card: reportCard(makeReport()) },
    { name: 'report of an open incident', card: reportCard(makeReport(4)) },
  ]
}

/** The report as the file that is shared in the thread. */
export function writeReportFile(): string {
  return writeReportMarkdown(makeReport())
}

function listBackups(): Named[] {
  const began = minutesAway(-60)
  const good = fakePoint('d-0130', minutesAway(-99))
  const late = fakePoint('d-0225', minutesAway(-44), { hasManifest: false, predicted: null })
  const broken = fakePoint('d-0200', minutesAway(-69), {
    problem: { code: 'archive_truncated', facts: { backup: 'd-0200' } },
  })
  const many = Array.from({ length: 30 }, (_, index) => fakePoint(`n-${index}`, minutesAway(index - 40)))
  return [
    { name: 'backups', card: buildBackupsCard('orders-db', [good, late, broken], began) },
    { name: 'backups of unknown age', card: buildBackupsCard('orders-db', [good, late], null) },
    { name: 'backups, all late', card: buildBackupsCard('orders-db', [late], began) },
    { name: 'backups, many', card: buildBackupsCard('orders-db', [...many, good], began) },
    { name: 'backups, none', card: buildBackupsCard('orders-db', [], began) },
  ]
}

/** What those who wait read, before and after the data came back. */
function listBriefs(): Named[] {
  const back = { system: 'orders-db', asOf: minutesAway(-99), since: minutesAway(-3), whole: true }
  const restored = fakeJobView({ state: 'succeeded', finishedAt: minutesAway(-3), outcome: { ...restoreReport, back } })
  const kinds = { takesBack: () => undefined, overtaken: new Map<string, string>() }
  return (['en', 'ko'] as const).flatMap((language) => [
    {
      name: `brief ${language}`,
      card: buildBriefCard({ incident: incident(), jobs: [fakeJobView()] }, kinds, language, now),
    },
    {
      name: `brief ${language} after a restore`,
      card: buildBriefCard({ incident: incident(), jobs: [restored] }, kinds, language, now),
    },
  ])
}

function makeReport(events = Number.POSITIVE_INFINITY) {
  const told = chainEvents(tellNight()).slice(0, events)
  const audit = { whole: true, events: told.length, headHash: 'f'.repeat(64) }
  const reports = new Map([
    ['restore-1', restoreReport],
    ['restart-2', restartReport],
  ])
  return buildReport(
    told,
    { incident: fakeIncident(), jobs: [fakeJobView()] },
    { reports, takesBack: () => undefined },
    audit,
    now,
    fakePlan(),
  )
}

/** What a command answers when it needs no more of its context than this. */
async function say(name: string, context: object, params: object = {}): Promise<Answer> {
  const command = commandRegister.find((one) => one.name === name)
  if (!command) throw new Error(`there is no command ${name}`)
  return command.handle(context as CommandContext, params as never)
}

function cardOf(answer: Answer): Card {
  if (answer.kind === 'quiet') throw new Error('the command answered nothing')
  return answer.card
}

function listRemedies(): Named[] {
  const when = { label: 'data_conversion', code: '22001', table: 'customers' }
  const remedies = [
    { name: 'widen-phone', when, sql: 'remedies/widen-phone.sql' },
    { name: 'rebuild', when: {}, argv: ['/opt/rebuild', '--all'] },
  ]
  const text = 'value too long for type character varying(12)'
  const long = { label: 'data_conversion', code: '22001', table: 'customers', column: 'phone', text }
  const rows = { label: 'constraint_violation', code: '23503', table: 'orders', text: 'no such customer' }
  const seen = 'Compared with 13 rejected rows of the migration.'
  return [
    { name: 'remedies none', card: buildRemediesCard('orders-db', [], [], 'Nothing could be compared.') },
    { name: 'remedies', card: buildRemediesCard('orders-db', remedies, [], seen) },
    { name: 'remedies that match', card: buildRemediesCard('orders-db', remedies, [long, rows], seen) },
  ]
}

/** What bob reads who takes over on that night. */
function buildHandover(): Card {
  const view = {
    incident: incident({ lead: 'bob' }),
    jobs: [fakeJobView({ leftBehind: [leftBehind('side_database', { name: 'orders_side_1' })] })],
  }
  return buildHandoverCard(view, chainEvents(tellNight()), now, { awaitedByJob: {}, headlinesByJob: {} })
}
