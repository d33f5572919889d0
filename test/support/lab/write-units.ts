import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Units that default dependencies pull in and that have no business in a lab: they would touch kernel and devices. */
const MASKED = [
  ...['apparmor', 'systemd-binfmt', 'systemd-hwdb-update', 'systemd-logind', 'systemd-machine-id-commit'],
  ...['systemd-modules-load', 'systemd-pstore', 'systemd-random-seed', 'systemd-remount-fs', 'systemd-sysctl'],
  ...['systemd-timesyncd', 'systemd-tmpfiles-setup', 'systemd-tmpfiles-setup-dev', 'systemd-udev-settle'],
  ...['systemd-udev-trigger', 'systemd-udevd', 'systemd-update-utmp', 'dbus', 'ssh'],
].map((name) => `${name}.service`)
const MASKED_OTHERS = [
  ...['dev-hugepages.mount', 'dev-mqueue.mount', 'proc-sys-fs-binfmt_misc.automount', 'sys-fs-fuse-connections.mount'],
  ...['sys-kernel-config.mount', 'sys-kernel-debug.mount', 'sys-kernel-tracing.mount', 'systemd-tmpfiles-clean.timer'],
  ...['dbus.socket', 'getty.target'],
]

const LAB_TARGET = `[Unit]
Description=Nothing but the journal and what a test starts
Requires=systemd-journald.service systemd-journald.socket
After=systemd-journald.service
Wants=lab-sshd.service
AllowIsolate=yes
`

/** Writes the unit folder of a lab: its target, the masks, and the test's own units by file name. */
export function writeUnits(folder: string, units: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const name of [...MASKED, ...MASKED_OTHERS]) symlinkSync('/dev/null', join(folder, name))
  writeFileSync(join(folder, 'lab.target'), LAB_TARGET)
  for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text)
}
