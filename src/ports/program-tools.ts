import type { HostAddress } from './host.ts'

/** A file that a command names, and what it holds. */
export interface BoundFile {
  /** Index in argv. */
  readonly word: number
  /** Absolute, without symbolic links. */
  readonly path: string
  /** `sha256:…` of the content; for what is too large or may not be read `file:…`, its place, size and times. */
  readonly is: string
}

/** Looks at programs and files without changing anything. */
export interface ProgramTools {
  /** Absolute path of a program on the tools' PATH, or of an absolute path that can be executed; null when missing. */
  find(program: string): string | null
  /** First line of `<program> --version`; null when it is missing or does not say. */
  version(program: string, signal: AbortSignal): Promise<string | null>
  /** What a file or folder is, and whether this account may read it; null when it is not there or may not be seen. */
  look(path: string): Promise<{ readonly bytes: number; readonly folder: boolean; readonly readable: boolean } | null>
  /** Who but root and this account may change what is at a path, or put something else there; null for nobody. */
  findOpenToOthers(path: string): Promise<string | null>
  /** The program of a command, its interpreter, and every file among its arguments; relative names start at `cwd`. */
  bind(argv: readonly string[], cwd: string): Promise<readonly BoundFile[]>
  /** The same on a host, where relative names start at the account's home. Throws host_away and its like. */
  bindOn(host: HostAddress, argv: readonly string[], signal: AbortSignal): Promise<readonly BoundFile[]>
  /** Reaches a host and does nothing there. Throws host_away, host_key or host_refuses. */
  reach(host: HostAddress, signal: AbortSignal): Promise<void>
  /** Runs argv that only reads, and says how it ended. Output is redacted. */
  ask(
    argv: readonly string[],
    signal: AbortSignal,
    timeoutMs: number,
  ): Promise<{ readonly exitCode: number | null; readonly said: string }>
}
