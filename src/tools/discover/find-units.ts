import { z } from 'zod'
import type { Discovery } from '../../domain/discovery.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { lastLine } from '../last-line.ts'

const TIMEOUT_MS = 10_000
const unitList = z.array(z.object({ unit: z.string(), description: z.string().default('') }))

/** Units that belong to the machine rather than to an application. */
const ofTheMachine =
  /^(systemd-|dbus|getty@|serial-getty@|user@|ssh|cron|rsyslog|networking|NetworkManager|polkit|udisks|accounts-daemon|containerd|docker|unattended-upgrades|chrony|ntp|qemu|multipathd|snapd|packagekit|ModemManager|wpa_supplicant)/

/** Services of systemd that run now, without those of the machine itself. Throws `tool_missing` without systemd. */
export async function findUnits(run: ToolRunner): Promise<Discovery['units']> {
  const args = ['list-units', '--type=service', '--state=running', '--output=json', '--no-pager']
  const result = await run.run({ program: 'systemctl', args, signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (result.exitCode !== 0) throw new Error(lastLine(result.stderrTail) || 'systemctl did not answer')
  return unitList
    .parse(JSON.parse(result.stdoutTail))
    .filter(({ unit }) => /^[A-Za-z0-9][\w@.:-]*\.service$/.test(unit) && !ofTheMachine.test(unit))
    .map(({ unit, description }) => ({ name: unit, description }))
}
