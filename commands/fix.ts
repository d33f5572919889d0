import { z } from 'zod'
import { buildRemediesCard } from '../src/domain/cards/remedies-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { logAnalysis } from '../src/domain/log-analysis.ts'
import { findingsOfLog } from '../src/domain/log-findings.ts'
import {
  type FileWord,
  looseFolder,
  nameLooseRemedy,
  nameUploadRemedy,
  readFileWord,
} from '../src/domain/loose-remedy.ts'
import { nameKnown } from '../src/domain/nearest.ts'
import { chooseRejects } from '../src/domain/rejects.ts'
import { findingsOfRejects } from '../src/domain/rejects-as-findings.ts'
import type { Finding } from '../src/domain/remedy-match.ts'
import { type Answer, type CommandContext, defineCommand } from '../src/engine/define-command.ts'
import { askForJob } from '../src/engine/say/ask-for-job.ts'
import { ownerOf } from '../src/engine/say/rights.ts'
import { listOwnSql, takeUpload } from '../src/engine/say/take-upload.ts'

/** Milliseconds that the look at the rejects may take: the list is worth having without it. */
const lookWithinMs = 4_000

const fileWords = `the plain name of a .sql file that was shared in the channel or lies in ${looseFolder}/ beside the plan, ${looseFolder}/<name.sql>, or a link to a file in Slack`

const fileWord = z
  .string()
  .refine((word) => readFileWord(word) !== undefined, fileWords)
  .optional()

/** What steps that read a log answer. */
const withAnalysis = z.object({ analysis: logAnalysis })

export const fix = defineCommand({
  name: 'fix',
  usage: 'fix <system> [<remedy>] [--file <name.sql>|<link> [--undo <name.sql>|<link>]] [--ask]',
  summary: 'Lists remedies that match; tries one and rolls it back, shows its effect, commits it after approval.',
  examples: ['fix orders-db', 'fix orders-db widen-phone', 'fix orders-db --file hotfix.sql --undo hotfix-undo.sql'],
  syntax: {
    words: [
      { name: 'system', takes: 'system' },
      { name: 'remedy', takes: 'word', optional: true },
    ],
    flags: { file: 'word', undo: 'word', ask: 'switch' },
  },
  params: z
    .strictObject({
      system: z.string(),
      remedy: z.string().toLowerCase().optional(),
      file: fileWord,
      undo: fileWord,
      ask: z.boolean().optional(),
    })
    .refine(
      ({ remedy, file }) => remedy === undefined || file === undefined,
      'a remedy of the plan, or a file: not both',
    )
    .refine(({ file, undo }) => file !== undefined || undo === undefined, '`--undo` goes with `--file`'),
  right: ({ system }, plan) => ownerOf(system, plan),
  handle: async (context, { system, remedy, file, undo, ask }) => {
    const asking = ask === true ? { ask } : {}
    remediesOf(context, system)
    if (file !== undefined)
      return askForJob(context, 'fix', { system, ...(await nameFile(context, system, file, undo)), ...asking })
    if (remedy === undefined) {
      const [own, ...more] = await listOwnSql(context)
      if (own === undefined) return listRemedies(context, system)
      if (more.length > 0)
        throw new SalvorError('upload_several', { file: 'what came with your message', count: more.length + 1 })
      return askForJob(context, 'fix', { system, ...(await nameFile(context, system, own, undefined)), ...asking })
    }
    const known = remediesOf(context, system).map(({ name }) => name)
    if (!known.includes(remedy)) {
      throw new SalvorError('remedy_unknown', { system, remedy, ...nameKnown(remedy, known) })
    }
    return askForJob(context, 'fix', { system, remedy, ...asking })
  },
})

/** What the job will call the file: an upload by its hash, else the file of the folder beside the plan. */
async function nameFile(
  context: CommandContext,
  system: string,
  file: string,
  undo: string | undefined,
): Promise<{ readonly remedy: string; readonly sharedBy?: string; readonly undoSharedBy?: string }> {
  const right = ownerOf(system, context.plan)
  const take = async (word: string) => {
    const wanted = readFileWord(word) ?? { kind: 'name' as const, file: word }
    return { wanted, upload: await takeUpload(context, { system, right, wanted }) }
  }
  const forward = await take(file)
  const back = undo === undefined ? undefined : await take(undo)
  if (forward.upload !== null) {
    if (back?.upload === null) throw new SalvorError('upload_unknown', { file: undo ?? '' })
    const remedy = nameUploadRemedy(forward.upload, back?.upload)
    return { remedy, sharedBy: forward.upload.by, ...(back === undefined ? {} : { undoSharedBy: back.upload.by }) }
  }
  if (back !== undefined && back.upload !== null) throw new SalvorError('upload_unknown', { file })
  return { remedy: nameLooseRemedy(nameOf(forward.wanted), back && nameOf(back.wanted)) }
}

function nameOf(wanted: FileWord): string {
  return wanted.kind === 'id' ? wanted.id : wanted.file
}

async function listRemedies(context: CommandContext, system: string): Promise<Answer> {
  const { findings, seen } = await look(context, system)
  return { kind: 'private', card: buildRemediesCard(system, remediesOf(context, system), findings, seen) }
}

function remediesOf({ plan }: Pick<CommandContext, 'plan'>, system: string) {
  const found = plan.systems[system]
  if (found?.kind === 'postgres') return found.remedies
  const [kind, known] = [found?.kind ?? 'unknown', Object.keys(plan.systems).join(', ')]
  throw new SalvorError('system_kind', { system, kind, command: 'fix', wanted: 'postgres', known })
}

interface Seen {
  readonly findings: readonly Finding[]
  /** Where they come from, or why there are none: a sentence. */
  readonly seen: string
}

/** What is known of the failure: the newest analysis of the migration's log in this incident, and its rejects. */
async function look(context: CommandContext, system: string): Promise<Seen> {
  const [log, rejects] = [await readAnalysis(context, system), await lookAtRejects(context, system)]
  return { findings: [...log.findings, ...rejects.findings], seen: `${log.seen} ${rejects.seen}` }
}

async function readAnalysis({ incident, store, plan }: CommandContext, system: string): Promise<Seen> {
  const logs = Object.values(plan.migrations).flatMap((one) => (one.system === system ? (one.log ?? []) : []))
  const view = incident === undefined ? undefined : await store.viewIncident(incident.number)
  for (const { job, steps } of view?.jobs.toReversed() ?? []) {
    if (job.kind !== 'logs' || !logs.includes(String(job.params.log))) continue
    for (const { output } of steps) {
      const analysis = withAnalysis.safeParse(output).data?.analysis
      if (analysis === undefined) continue
      const tables = remediesOf({ plan }, system).flatMap(({ when }) => when.table ?? [])
      return { findings: findingsOfLog(analysis, tables), seen: `Compared with ${job.id}.` }
    }
  }
  const first = logs[0]
  return { findings: [], seen: first === undefined ? '' : `\`logs ${first}\` finds out what failed first.` }
}

/** What the migration put aside, if this process can see it; a list without it is still a list. */
async function lookAtRejects(context: CommandContext, system: string): Promise<Seen> {
  const { plan, tools, expand, resolvePath } = context
  const found = plan.systems[system]
  const choice = chooseRejects(plan, system, null, resolvePath)
  if (choice === null || found?.kind !== 'postgres')
    return { findings: [], seen: 'No migration of it names its `rejects:` in the plan, so nothing could be compared.' }
  const elsewhere = { findings: [], seen: 'The rejects of its migration could not be read from here.' }
  if (tools === null) return elsewhere
  try {
    const url = expand(found.url)
    const session = { step: 'fix-list', fence: 0 }
    const target = {
      system,
      url,
      adminUrl: url,
      session: found.superuser === undefined ? { ...session, refusesSuperuser: true as const } : session,
    }
    const groups = await tools.remedies.countRejects(target, choice, AbortSignal.timeout(lookWithinMs))
    const rows = groups.reduce((sum, group) => sum + group.rows, 0)
    return { findings: findingsOfRejects(groups), seen: `Compared with ${rows} rejected rows of the migration.` }
  } catch {
    return elsewhere
  }
}
