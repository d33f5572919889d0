import { en } from './words-en.ts'
import { ko } from './words-ko.ts'

/** Everything that the document says, in one language. Braces hold what is filled in. */
export interface DocumentWords {
  readonly subtitle: string
  readonly about: string
  readonly people: string
  readonly role: string
  readonly members: string
  readonly nobody: string
  readonly rules: string
  readonly ruleDestructive: string
  readonly ruleReversible: string
  readonly ruleNone: string
  readonly ruleKeep: string
  readonly systems: string
  readonly tier: string
  readonly system: string
  readonly owner: string
  readonly needs: string
  readonly backups: string
  readonly noBackups: string
  readonly before: string
  readonly beforeTools: string
  readonly beforeVariables: string
  readonly procedure: string
  readonly noProcedures: string
  readonly done: string
  readonly restore: {
    readonly title: string
    readonly choose: string
    readonly create: string
    readonly load: string
    readonly loadBackRest: string
    readonly check: string
    readonly approve: string
    readonly approveNone: string
    readonly switchOver: string
    readonly wayBack: string
  }
  readonly verify: string
  readonly baseline: string
  readonly compare: string
  readonly backup: string
  readonly drill: string
  readonly freezeDatabase: string
  readonly thawDatabase: string
  readonly freezeService: string
  readonly thawService: string
  readonly restart: string
  readonly restartProof: string
  readonly redeploy: string
  readonly config: string
  readonly configTest: string
  readonly test: string
  readonly expect: string
  readonly within: string
  readonly noChecks: string
  readonly logs: string
  readonly fix: string
  readonly remedy: string
  readonly rerun: string
  readonly script: string
  readonly scriptCheck: string
  readonly uat: string
  readonly watch: string
  readonly manual: string
}

/** The languages in which the document can be written. */
export const documentWords: Readonly<Record<'en' | 'ko', DocumentWords>> = { en, ko }

/** A sentence with its braces filled in; a brace without a value stays, so that a slip is seen. */
export function fillIn(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (brace, name: string) => String(values[name] ?? brace))
}
