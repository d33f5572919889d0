import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { config } from '../../../jobs/config/index.ts'
import type { Json, JsonObject } from '../../../src/domain/json.ts'
import type { Step } from '../../../src/domain/step.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { FileTools } from '../../../src/ports/file-tools.ts'
import type { ServiceIdentity } from '../../../src/ports/service-tools.ts'
import type { Tools } from '../../../src/ports/tools.ts'
import { createFileTools } from '../../../src/tools/files/index.ts'
import type { ReplaceMoment } from '../../../src/tools/files/replace-file.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { planOf, startJob } from '../run-job.ts'

/** Passes files that say `good`, as a service's own check does. */
const CHECK = `const text = require('node:fs').readFileSync(process.argv[2], 'utf8')
if (!text.includes('good')) { console.error('bad settings, password=hunter2'); process.exit(2) }`

/** A service's folder with a broken config file and versions of it; the service itself is what `active` says. */
export function createConfigRig(of: { versions?: { readonly [name: string]: string }; current?: string } = {}) {
  const folder = mkdtempSync(join(inject('runFolder'), 'config-'))
  const path = join(folder, 'app.yaml')
  const versions = join(folder, 'versions')
  mkdirSync(versions)
  const kept = of.versions ?? { 'app.yaml.v6': 'good: 6\n', 'app.yaml.v7': 'good: 7\npassword: hunter2\n' }
  for (const [name, text] of Object.entries(kept)) writeFileSync(join(versions, name), text)
  writeFileSync(path, of.current ?? 'broken: yes\n')
  chmodSync(path, 0o640)
  const check = join(folder, 'check.cjs')
  writeFileSync(check, CHECK)
  const rig = {
    folder,
    path,
    versions,
    /** How the service is: not running at first. */
    active: false,
    healthy: true,
    service: {
      kind: 'service',
      owner: 'ops',
      identity: ['true'],
      config: [{ path, versions, test: [process.execPath, check, '{file}'] }],
      health: { argv: ['true'] },
    } as JsonObject,
    read: (file = path) => readFileSync(file, 'utf8'),
    start(params: JsonObject = {}, more: { id?: string; others?: readonly JobView[]; steps?: readonly Step[] } = {}) {
      return startJob({
        kind: config,
        params: { service: 'app', ...params },
        plan: planOf({ app: rig.service }),
        tools: createTools(rig),
        store: { viewJob: async (id: string) => more.others?.find((view) => view.job.id === id) },
        ...(more.id === undefined ? {} : { id: more.id }),
        ...(more.steps === undefined ? {} : { steps: more.steps }),
      })
    },
    /** Called at moments of a replacement. */
    pass: (_moment: ReplaceMoment): void => {},
    /** Another way to replace, as by a process that dies. */
    replace: undefined as FileTools['replace'] | undefined,
  }
  return rig
}

/** What `run` of a step answered. */
export function outputOf(view: JobView, step: string): Json {
  return view.steps.find(({ name }) => name === step)?.output ?? null
}

function createTools(rig: {
  active: boolean
  healthy: boolean
  pass: (moment: ReplaceMoment) => void
  replace: FileTools['replace'] | undefined
}): Partial<Tools> {
  const redact = (text: string) => text.replaceAll('hunter2', '***')
  const run = createToolRunner()
  const services = createServiceTools({ run, redact, machine: ['here'] })
  const files = createFileTools({ redact, run, pass: (moment) => rig.pass(moment) })
  return {
    files: { ...files, replace: (of) => (rig.replace ?? files.replace)(of) },
    services: {
      ...services,
      async identify(service, name, signal): Promise<ServiceIdentity> {
        await services.identify(service, name, signal)
        return { text: rig.active ? '1' : null, active: rig.active, said: rig.active ? 'running' : 'not running' }
      },
      checkHealth: async () => ({ healthy: rig.healthy, said: rig.healthy ? 'ok' : '/healthz 503', seconds: 0 }),
    },
  }
}
