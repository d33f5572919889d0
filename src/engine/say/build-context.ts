import { listAwaited } from '../../domain/awaited.ts'
import { emptyByName } from '../../domain/by-name.ts'
import type { RootCardExtra } from '../../domain/cards/root-card.ts'
import { describeRuns, nameDoers } from '../../domain/cards/run-card.ts'
import type { Utterance } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { IncidentView } from '../../domain/view.ts'
import type { AnyCommand, CommandContext, Right } from '../define-command.ts'
import { findNext } from '../next-of-incident.ts'
import { listOvertaken } from '../overtaken.ts'
import { holdsRight } from './check-right.ts'
import type { SayDeps } from './deps.ts'
import type { IncidentFound } from './find-incident.ts'
import { listRights } from './find-right.ts'

/** The one thing that a command's handler is handed. */
export function buildContext(
  deps: SayDeps,
  of: {
    readonly said: Utterance
    readonly words: string
    readonly plan: RecoveryPlan
    readonly found: IncidentFound
    readonly incidentNamed: boolean
    readonly commands: readonly AnyCommand[]
  },
): CommandContext {
  const { said, words, plan, found, commands } = of
  return {
    said,
    words,
    person: said.person,
    plan,
    incident: found.incident,
    incidentNamed: of.incidentNamed,
    needIncident: async () => {
      if (found.incident) return found.incident
      throw found.missing
    },
    engine: deps.engine,
    jobs: deps.jobs,
    peopleOf: (roles) => deps.roles.peopleOf(roles).catch(() => []),
    policyFor: (system, risk) => deps.plans.policyFor(plan, system, risk),
    store: deps.store,
    tools: deps.tools,
    readiness: () => deps.readiness(plan),
    describe: (view) => describeIncident(deps, view),
    holds: (right, person = said.person) => holdsRight(deps.roles, plan, person, right),
    uploads: deps.uploads ?? null,
    commands,
    allCommands: deps.commands,
    expand: (text) => deps.expand(text),
    resolvePath: (path) => deps.resolvePath(path),
    clock: deps.clock,
  }
}

/** The commands that this person may run on at least one system. A role that cannot be looked up shows nothing. */
export async function listAllowed(deps: SayDeps, plan: RecoveryPlan, said: Utterance): Promise<AnyCommand[]> {
  // Two dozen commands share a handful of rights; each is looked up once.
  const known = new Map<string, Promise<boolean>>()
  const holds = (right: Right): Promise<boolean> => {
    const key = right.kind === 'roles' ? right.roles.join(' ') : `:${right.kind}`
    const held = known.get(key) ?? holdsRight(deps.roles, plan, said.person, right).catch(() => false)
    known.set(key, held)
    return held
  }
  const allowed = await Promise.all(
    deps.commands.map(async (command) =>
      (await Promise.all(listRights(deps, plan, command).map(holds))).includes(true),
    ),
  )
  return deps.commands.filter((_command, index) => allowed[index])
}

/** What an incident's cards need beside its view. */
export async function describeIncident(deps: SayDeps, view: IncidentView): Promise<RootCardExtra> {
  const plan = await deps.plans.inForce()
  const peopleOf = (roles: readonly string[]) => deps.roles.peopleOf(roles).catch(() => [])
  const awaitedByJob = emptyByName<readonly string[]>()
  const headlinesByJob = emptyByName<string>()
  for (const one of view.jobs) {
    awaitedByJob[one.job.id] = await listAwaited(one, plan, peopleOf)
    const headline = deps.jobs.find(one.job.kind)?.card(one).headline
    if (headline !== undefined) headlinesByJob[one.job.id] = headline
  }
  const runs = await deps.store.listRuns(view.incident.number)
  const overtaken = listOvertaken(deps.jobs, view.jobs)
  const next = findNext(deps.jobs, plan, view, runs)
  return { awaitedByJob, headlinesByJob, overtaken, next, runs: describeRuns(runs, await nameDoers(runs, peopleOf)) }
}
