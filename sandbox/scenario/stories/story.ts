import { join } from 'node:path'
import type { Orders } from '../prepare-scenario.ts'
import { runProgram } from '../run-program.ts'
import { chooseMigration } from '../write-home.ts'

/** A way in which a migration goes wrong, ready to be recovered from. */
export type Story = {
  id: string
  title: string
  /** One or two sentences for whoever chooses. */
  story: string
  /** Lets it happen to a shop that works; throws when the migration did not end as the story has it. */
  run: (orders: Orders, options?: StoryOptions) => Promise<void>
}

/** `blockingConfig`: the clobbered config keeps the service from starting at all, instead of making it warn. */
export type StoryOptions = { blockingConfig?: boolean }

/** Runs the story's migration as the plan's `rerun` would, and checks that it ended with `code`. */
export async function runMigration(orders: Orders, story: string, code: number, env = {}): Promise<void> {
  chooseMigration(orders.dir, story)
  const exit = await runProgram(join(orders.dir, 'bin', 'migrate-orders'), ['run'], env)
  if (exit.code !== code) throw new Error(`the migration was to end with ${code}, not ${exit.code}: ${exit.output}`)
}
