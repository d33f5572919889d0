import type { LogsParams } from './params.ts'

export function planLogs({ follow }: LogsParams): readonly string[] {
  return follow === true ? ['follow'] : ['analyse']
}
