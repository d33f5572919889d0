import { z } from 'zod'
import { type AnyJobKind, defineJob } from '../../src/engine/define-job.ts'
import type { StepDefinition } from '../../src/engine/define-step.ts'
import { createEngineWorld, type EngineWorld, subjectLosing } from './engine-world.ts'

/** look → make → fill → switch, where make and fill can be taken back. */
export interface SharedScene {
  readonly world: EngineWorld
  /** What fill would do; make always does the same. */
  fill: string
  /** Called by each step that runs. */
  onRun: (step: string, attempt: number) => void
  readonly ran: string[]
  /** Asks for a job as alice, and follows it until it waits. */
  start(): Promise<string>
  approvals(job: string): Promise<string[]>
}

export async function openSharedScene(options: Parameters<typeof createEngineWorld>[0] = {}): Promise<SharedScene> {
  const opened: Omit<SharedScene, 'world' | 'start' | 'approvals'> = { fill: 'fill it', onRun: () => {}, ran: [] }
  const world = await createEngineWorld({ reversible: {}, ...options, kinds: [createPair(opened)] })
  const whole: SharedScene = Object.assign(opened, {
    world,
    async start() {
      const of = { incident: world.incident.number, kind: 'pair', params: { target: 't' }, words: 'pair t' }
      const { id } = await world.engine.requestJob(world.say('alice'), of)
      await world.settle()
      return id
    },
    async approvals(job: string) {
      const { approvals } = await world.view(job)
      return approvals.map(({ step, state }) => `${step.split('/')[1]}:${state}`)
    },
  })
  return whole
}

function createPair(of: Pick<SharedScene, 'fill' | 'onRun' | 'ran'>): AnyJobKind {
  const step = (
    name: string,
    risk: StepDefinition<{ target: string }>['risk'],
  ): StepDefinition<{ target: string }> => ({
    ...{ name, title: name, risk, where: 'worker' },
    ...(risk === 'destructive' ? { evidence: async () => subjectLosing(0) } : {}),
    async run(context) {
      of.onRun(name, context.step.attempt)
      of.ran.push(`${name}:${context.approval?.id.split('/')[1] ?? 'nobody'}`)
      return {}
    },
    isDone: async () => ({ done: 'no' }),
  })
  return defineJob<{ target: string }>({
    ...{ name: 'pair', summary: 'A kind for tests', leaves: 'nothing', onLocked: 'refuse' },
    params: z.object({ target: z.string() }),
    lock: ({ target }) => `pair:${target}`,
    system: () => 'demo',
    steps: [
      step('look', 'read'),
      step('make', 'reversible'),
      step('fill', 'reversible'),
      step('switch', 'destructive'),
    ],
    plan: () => ['look', 'make', 'fill', 'switch'],
    changes: async () => ({
      ...{ action: 'filling demo', verb: 'fill', target: 'demo', proven: 'none', unproven: 'none', lost: 'nothing' },
      ...{ back: 'stop', details: [], binds: { oid: 1 } },
      steps: { make: { does: ['make it'], binds: {} }, fill: { does: [of.fill], binds: { said: of.fill } } },
    }),
    card: () => ({ headline: 'pair', lines: [] }),
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: false, recovers: false }),
  })
}
