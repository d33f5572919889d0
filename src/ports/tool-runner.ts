/** How a tool ended. Never proof of anything by itself: every effect is checked in the world. */
export interface ToolResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  /** The last lines of each stream (at most 64 KiB), undecoded bytes replaced. Not yet redacted. */
  readonly stdoutTail: string
  readonly stderrTail: string
  readonly seconds: number
  /** Set when Salvor ended it: on the abort signal, or because its time was over. */
  readonly killedFor?: 'abort' | 'timeout'
}

export interface ToolStart {
  /** A program name found on PATH, or an absolute path. Never a shell. */
  readonly program: string
  readonly args: readonly string[]
  /** Added to a minimal environment (PATH, HOME, LANG, TZ); secrets travel here, never in argv. */
  readonly env?: { readonly [name: string]: string }
  readonly cwd?: string
  /** What it reads from its standard input; without, there is nothing to read. */
  readonly input?: string
  /** On abort the whole tree is killed within a second, and the promise resolves after it is gone. */
  readonly signal: AbortSignal
  readonly onStdoutLine?: (line: string) => void
  readonly onStderrLine?: (line: string) => void
  /** All of stdout as it comes: for documents longer than a line or a tail may be. */
  readonly onStdout?: (chunk: Buffer) => void
  /** Milliseconds after which the tree is killed; none by default. */
  readonly timeoutMs?: number
  /**
   * The program starts something that must live on, as a service's start command does. It then runs without a
   * namespace of its own (which would end with it), and its output is read once it has ended.
   */
  readonly mayLeaveProcesses?: boolean
  /**
   * The program tells its process id to others, as by a file from which its own stop command reads it. It then runs
   * without a namespace of its own, where it would be process 1 of many.
   */
  readonly tellsItsId?: boolean
}

/**
 * Starts a program in a process tree that cannot outlive the caller: under
 * `setpriv --pdeathsig KILL -- unshare --fork --pid --kill-child=KILL --` where a probe says that it works.
 * Throws SalvorError `tool_missing` when the program does not exist; resolves for any exit code.
 */
export interface ToolRunner {
  run(start: ToolStart): Promise<ToolResult>
}
