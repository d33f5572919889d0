import fc from 'fast-check'
import { type ProcedureStep, readProcedure } from '../../src/domain/procedure.ts'
import { type PlanText, recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { buildRunGraph } from '../../src/domain/run-graph.ts'
import { checkProcedures } from '../../src/plan/check-procedures.ts'

/** A plan with one procedure, `all`, its steps and what each waits for. */
export type Planned = { plan: PlanText; steps: ProcedureStep[]; graph: Map<number, readonly number[]> }

const names = ['a', 'b', 'c', 'd', 'e'] as const

/** Systems in tiers that need only systems of their own or a lower tier, and never each other in a circle. */
const systems = fc
  .tuple(...names.map(() => fc.record({ tier: fc.integer({ min: 1, max: 3 }), needs: fc.subarray([...names]) })))
  .map((all) =>
    Object.fromEntries(
      all.map(({ tier, needs }, index) => [
        names[index],
        {
          ...{ kind: 'service', owner: 'dba', restart: ['true'], tier },
          needs: needs.filter((need) => names.indexOf(need) < index && (all[names.indexOf(need)]?.tier ?? 1) <= tier),
        },
      ]),
    ),
  )

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ verb: fc.constantFrom('restart', 'test', 'freeze'), about: fc.constantFrom(...names) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ verb: 'manual', about: 'by hand' }, { verb: 'logs', about: 'log' }) },
)

/** A plan whose one procedure is as free as the parser allows; what `plan` refuses is left out. */
export const planned: fc.Arbitrary<Planned> = fc
  .record({ systems, steps: fc.array(step, { minLength: 1, maxLength: 12 }) })
  .map(({ systems, steps }): PlanText => {
    const written = steps.map(({ verb, about }) =>
      verb === 'manual' ? { manual: { title: about, owner: 'dba' } } : { [verb]: about },
    )
    return recoveryPlanSchema.parse({
      ...{
        version: 1,
        title: 'A plan',
        roles: { dba: { users: ['alice'] } },
        systems,
        logs: { log: { path: '/log' } },
      },
      procedures: { all: { title: 'All', steps: written } },
    })
  })
  .filter((plan) => checkProcedures(plan).length === 0)
  .map((plan) => {
    const steps = readProcedure(plan, 'all') ?? []
    return { plan, steps, graph: buildRunGraph(steps, plan) }
  })
