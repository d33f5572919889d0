import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type IncidentState, incidentMoves } from '../../src/domain/incident.ts'
import { jobStates, restingStates } from '../../src/domain/job.ts'
import {
  findPhase,
  listNext,
  type NextFacts,
  nothingNext,
  offers,
  offersByPhase,
  phases,
} from '../../src/domain/next.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

const all: NextFacts = {
  ...nothingNext,
  procedure: { name: 'full-recovery', title: 'Bring orders back' },
  backups: ['orders-db'],
  log: 'migration',
}
const full = ['run full-recovery', 'backups orders-db', 'logs migration']

/** Incident, states of its jobs, what plan and journal say beside: the commands of the buttons. */
const cases: readonly [IncidentState, readonly (typeof jobStates)[number][], Partial<NextFacts>, readonly string[]][] =
  [
    ['open', [], {}, full],
    ['open', ['failed', 'stopped', 'rejected', 'succeeded'], {}, full],
    ['open', [], { procedure: null }, ['backups orders-db', 'logs migration']],
    ['open', [], { backups: [], log: null }, ['run full-recovery']],
    [
      'open',
      [],
      { backups: ['orders-db', 'stock-db'], procedure: null, log: null },
      ['backups orders-db', 'backups stock-db'],
    ],
    ['open', [], nothingNext, []],
    ['open', ['failed'], { tried: true }, ['backups orders-db', 'logs migration']],
    ['open', ['succeeded'], { brought: true, tried: true }, ['logs migration', 'verify orders-db']],
    ['open', ['succeeded'], { brought: true, log: null }, ['verify orders-db']],
    ['open', ['running'], {}, ['backups orders-db', 'logs migration', 'stop all']],
    ['open', [], { runs: true, tried: true, log: null }, ['backups orders-db', 'stop all']],
    ['recovered', ['succeeded'], { brought: true }, ['verify orders-db', 'close']],
    ['recovered', ['awaiting_approval'], { backups: [], log: null }, ['stop all']],
    ['closed', [], {}, []],
  ]

test.each(cases)('an incident that is %s, with jobs %j and %j, offers %j', (state, jobs, facts, commands) => {
  const view = { incident: fakeIncident({ state }), jobs: jobs.map((one) => fakeJobView({ state: one })) }
  expect(listNext(view, { ...all, ...facts }).map(({ command }) => command)).toEqual(commands)
})

test('whatever is so, what can be stopped is at work, and nothing is begun beside it or twice', () => {
  const flags = [false, true]
  const states = Object.keys(incidentMoves) as IncidentState[]
  for (const state of states)
    for (const job of jobStates)
      for (const runs of flags)
        for (const tried of flags)
          for (const brought of flags) {
            const facts = { ...all, runs, tried, brought }
            const view = { incident: fakeIncident({ state }), jobs: [fakeJobView({ state: job })] }
            const commands = listNext(view, facts).map(({ command }) => command)
            const isOpen = state !== 'closed'
            const atWork = isOpen && (runs || !restingStates.includes(job))
            expect(commands.includes('stop all')).toBe(atWork)
            expect(commands.includes('run full-recovery')).toBe(state === 'open' && !atWork && !tried && !brought)
            expect(phases).toContain(findPhase(view, facts))
          }
})

test('the docs print the table as it is', () => {
  const rows = offers.map((offer) => {
    const marks = phases.map((phase) => (offersByPhase[phase].includes(offer) ? 'yes' : ''))
    return `| ${offer} | ${marks.join(' | ')} |`.replaceAll(/ {2,}/g, ' ')
  })
  const docs = readFileSync(new URL('../../docs/incidents.md', import.meta.url), 'utf8').replaceAll(/ {2,}/g, ' ')
  for (const row of rows) expect(docs).toContain(row)
})
