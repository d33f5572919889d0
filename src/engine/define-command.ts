import type { z } from 'zod'
import type { Card } from '../domain/card.ts'
import type { RootCardExtra } from '../domain/cards/root-card.ts'
import type { ErrorCode } from '../domain/errors/catalogue.ts'
import type { Incident } from '../domain/incident.ts'
import type { Person, Utterance } from '../domain/person.ts'
import type { ReadinessFinding } from '../domain/readiness.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Risk } from '../domain/risk.ts'
import type { IncidentView } from '../domain/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { Policy } from '../ports/plans.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { SharedFiles, UploadShelf } from '../ports/shared-files.ts'
import type { Tools } from '../ports/tools.ts'
import type { JobRegister } from './define-job.ts'
import type { Engine } from './engine.ts'

/** Who may say it. Role names come from the plan in force at that moment. */
export type Right =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'any_role' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] }

/** How words become params: positional words in order, then flags; free text runs to the next flag. */
export interface CommandSyntax {
  readonly words: readonly {
    readonly name: string
    /** `system` and `service` may be left out where the plan has only one. */
    readonly takes: 'system' | 'service' | 'job' | 'word' | 'text' | 'person'
    readonly optional?: boolean
    /** Always to be said, even where the plan has only one: what it starts is too much to be started by a slip. */
    readonly named?: boolean
  }[]
  /**
   * Flags by name without dashes. `switch` takes no value. `time` and `deadline` are echoed with date, zone and UTC;
   * a bare `02:10` means the last one for `time`, the next one for `deadline`.
   */
  readonly flags: {
    readonly [name: string]: 'switch' | 'word' | 'text' | 'time' | 'deadline' | 'moment' | 'list' | 'number'
  }
}

export interface CommandContext {
  readonly said: Utterance
  readonly words: string
  readonly person: Person
  /** The plan in force. */
  readonly plan: RecoveryPlan
  /** The incident of the channel or thread, of `--incident`, or the only open one; undefined when there is none. */
  readonly incident: Incident | undefined
  /** True if `--incident` named it. */
  readonly incidentNamed: boolean
  /** The same, or SalvorError incident_none / incident_several. */
  needIncident(): Promise<Incident>
  readonly engine: Engine
  /** The kinds of jobs, for what can be said of them without asking for one. */
  readonly jobs: JobRegister
  /** Who would have to approve a step of this risk, by the plan in force. */
  policyFor(system: string | null, risk: Risk): Policy
  /** Who holds one of these roles, as far as they can be named now; for messages, never for rights. */
  peopleOf(roles: readonly string[]): Promise<readonly string[]>
  readonly store: StoreReader
  /** Reading tools for answers that need no job (`backups`); null in a process that may not touch targets. */
  readonly tools: Tools | null
  /** Looks whether everything that the plan in force needs is there; takes seconds, changes nothing. */
  readiness(): Promise<readonly ReadinessFinding[]>
  /** What an incident's card needs beside its view: who may approve what waits, and the kinds' short words. */
  describe(view: IncidentView): Promise<RootCardExtra>
  /** Does the person, or another one, hold this right now? */
  holds(right: Right, person?: Person): Promise<boolean>
  /** Files that people share, and where those that are to be run are kept; null where nobody shares any. */
  readonly uploads: { readonly files: SharedFiles; keep: UploadShelf['keep'] } | null
  /** Every command that this person may run, for `help`; `allCommands` are those of everybody. */
  readonly commands: readonly AnyCommand[]
  readonly allCommands: readonly AnyCommand[]
  /** Expands `${NAME}` in a text of the plan; `resolvePath` does so too and makes the path absolute. */
  expand(text: string): string
  resolvePath(path: string): string
  readonly clock: Clock
}

/** What the asker sees. Jobs and incidents show themselves in the thread, so most commands answer `quiet`. */
export type Answer =
  | { readonly kind: 'quiet' }
  /** Only for the asker; `refused` is the code of the error that the card tells of. */
  | {
      readonly kind: 'private'
      readonly card: Card
      readonly refused?: ErrorCode
      /** What was asked for is not as it must be: at a terminal the exit code says so. */
      readonly bad?: boolean
      /** In Slack it goes to the asker's direct messages: only messages can be shown to one person alone. */
      readonly file?: { readonly name: string; readonly text: string }
    }
  /** For everybody, in the incident's thread. */
  | { readonly kind: 'thread'; readonly card: Card; readonly file?: { readonly name: string; readonly text: string } }

export interface CommandDefinition<P> {
  /** The first word: `restore`. */
  readonly name: string
  /** `restore <system> [--backup <id>|latest] …` */
  readonly usage: string
  readonly summary: string
  /** Each must parse; a test tries. */
  readonly examples: readonly string[]
  readonly syntax: CommandSyntax
  readonly params: z.ZodType<P>
  readonly right: (
    params: P,
    plan: RecoveryPlan,
    context: { readonly jobSystem: string | null; readonly approverRoles: readonly string[] },
  ) => Right
  readonly handle: (context: CommandContext, params: P) => Promise<Answer>
}

export type AnyCommand = Omit<CommandDefinition<never>, 'params'> & { readonly params: z.ZodType }

export function defineCommand<P>(definition: CommandDefinition<P>): AnyCommand {
  return definition as unknown as AnyCommand
}
