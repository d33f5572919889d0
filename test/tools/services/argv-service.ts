import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type ServiceSystem, serviceSystemSchema } from '../../../src/domain/recovery-plan.ts'

/** A small ctl program: start, stop, restart, pid, log. `mode` says how the service behaves after its start. */
const CTL = `
const { spawn } = require('node:child_process')
const fs = require('node:fs')
const folder = __dirname
const pidFile = folder + '/pid', logFile = folder + '/log', modeFile = folder + '/mode'
const pid = () => { try { return Number(fs.readFileSync(pidFile, 'utf8')) } catch { return 0 } }
const alive = (one) => { try { process.kill(one, 0); return !/\\) Z /.test(fs.readFileSync('/proc/' + one + '/stat', 'utf8')) } catch { return false } }
const stop = () => { if (alive(pid())) process.kill(pid(), 'SIGKILL'); while (alive(pid())); }
const start = () => {
  const log = fs.openSync(logFile, 'a')
  const mode = fs.readFileSync(modeFile, 'utf8')
  const code = mode === 'dies'
    ? "console.log('port 8080 in use'); setTimeout(() => process.exit(1), 150)"
    : "console.log('up ' + process.pid); setInterval(() => {}, 1000)"
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', log, log], detached: true })
  fs.writeFileSync(pidFile, String(child.pid)); child.unref()
}
const verb = process.argv[2]
const lazy = fs.readFileSync(modeFile, 'utf8') === 'lazy'
if (verb === 'start') start()
if (verb === 'stop' && !lazy) stop()
if (verb === 'restart' && !lazy) { stop(); start() }
if (verb === 'pid') { if (!alive(pid())) process.exit(3); console.log(pid()) }
if (verb === 'log') process.stdout.write(fs.existsSync(logFile) ? fs.readFileSync(logFile, 'utf8').split('\\n').slice(-2).join('\\n') : '')
fs.appendFileSync(folder + '/calls', verb + '\\n')
`

export interface ArgvService {
  readonly service: ServiceSystem
  /** `dies`: exits soon after its start; `lazy`: its ctl answers 0 and does nothing. */
  behave(mode: 'well' | 'dies' | 'lazy'): void
  /** How often the ctl was really called with a verb. */
  calls(verb: string): number
  pid(): number
  end(): void
}

/** A real service in a folder of its own: proof by pid, log lines by its ctl. */
export function createArgvService(more: object = {}): ArgvService {
  const folder = mkdtempSync(join(inject('runFolder'), 'service-'))
  const ctl = join(folder, 'ctl.cjs')
  writeFileSync(ctl, `#!${process.execPath}\n${CTL}`)
  chmodSync(ctl, 0o755)
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const behave: ArgvService['behave'] = (mode) => writeFileSync(join(folder, 'mode'), mode)
  behave('well')
  const argv = (verb: string) => [ctl, verb]
  return {
    service: serviceSystemSchema.parse({
      kind: 'service',
      owner: 'ops',
      restart: argv('restart'),
      stop: argv('stop'),
      start: argv('start'),
      identity: argv('pid'),
      lastLines: argv('log'),
      settle: '400ms',
      ...more,
    }),
    behave,
    calls: (verb) =>
      read('calls')
        .split('\n')
        .filter((line) => line === verb).length,
    pid: () => Number(read('pid')),
    end() {
      const pid = Number(read('pid'))
      try {
        if (pid > 0) process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    },
  }
}
