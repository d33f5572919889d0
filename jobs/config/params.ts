import { z } from 'zod'
import type { JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'

/**
 * `file` chooses among the service's config files, `version` among the kept ones. `back` is the job whose old file is
 * put in its place again: the way back is a replacement like any other.
 */
export const configParams = z.strictObject({
  service: z.string(),
  file: z.string().optional(),
  // It comes from a listing in the end; what could never be in one is refused before anything is asked.
  version: z
    .string()
    .regex(/^[\p{L}\p{N}_][^/\\\p{C}]{0,99}$/u, 'a name of the folder of versions, without slashes')
    .optional(),
  back: z.string().optional(),
})

export type ConfigParams = z.infer<typeof configParams>

/** Answer of `look`: the file as it is, and what could be put in its place. */
export const lookOutput = z.object({
  path: z.string(),
  digest: z.string(),
  mode: z.string(),
  owner: z.string(),
  changedAt: z.string(),
  /** What a replacement does not carry over; null where nobody could look. */
  attributes: z.array(z.string()).nullable().default(null),
  /** Does the service run? Null where the plan has no way to tell. */
  active: z.boolean().nullable(),
  /** Did it pass its health check before? Null where it was not asked. */
  well: z.boolean().nullable(),
  /** The newest first where the plan has a test; else the one that a person chose. */
  candidates: z.array(z.object({ label: z.string(), path: z.string() })),
  /** More versions than are tried. */
  more: z.number(),
  /** What lies in the folder and is not tried, with the reason; for people. */
  others: z.array(z.string()).default([]),
})

/** Answer of `test`: what is put in its place, why, and what that changes. */
export const testOutput = z.object({
  version: z.string(),
  path: z.string(),
  digest: z.string(),
  why: z.string(),
  /** What the test said; null where there was none to ask. */
  tested: z.string().nullable(),
  /** Newer versions that were passed over, and why. */
  refused: z.array(z.string()),
  added: z.number(),
  removed: z.number(),
  diff: z.array(z.string()),
  /** Digest of the files that the test named while it ran; null where there was no test, or they changed meanwhile. */
  testedWith: z.string().nullable().default(null),
  hidden: z.number(),
})

/** Answer of whichever step puts the file in place. */
export function replacedBy(view: JobView): z.infer<typeof replaceOutput> | null {
  return outputOf(view, 'replace', replaceOutput) ?? outputOf(view, 'replace-untested', replaceOutput)
}

/** Answer of `replace`. Without a replacement the file held that content already. */
export const replaceOutput = z.object({
  replaced: z.boolean(),
  path: z.string(),
  kept: z.string(),
  before: z.string(),
  after: z.string(),
})

/** Answer of `health`: what was seen of the service with the new file in its place. */
export const healthOutput = z.object({ well: z.boolean().nullable(), said: z.string() })
