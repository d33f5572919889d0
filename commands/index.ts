import type { AnyCommand } from '../src/engine/define-command.ts'

/** Everything that a person can say, in the order of `help`. One line a command. */
export const commandRegister: readonly AnyCommand[] = []
