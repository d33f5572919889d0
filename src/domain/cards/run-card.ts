import type { PeopleOf } from '../awaited.ts'
import type { Card, CardButton, CardRow, ChecklistItem } from '../card.ts'
import { titleOf } from '../procedure.ts'
import { listAsked, listDoers, type RunState, type RunStepView, type RunView } from '../run.ts'
import { findProgress, isStuck, type RunProgress, type RunStepStatus, statusOf } from '../run-progress.ts'
import { markPerson, markTime, plainText } from '../text.ts'
import { describeWaiting } from '../waiting.ts'
import { drawFailure } from './job-card.ts'
import { stateWords } from './job-words.ts'

/** What the card says beyond the run itself. */
export interface RunCardExtra {
  /** Ids of the people who may do each manual step that waits, by the step's id. */
  readonly people: { readonly [step: string]: readonly string[] }
}

const runIcons: Record<RunState, string> = {
  running: '▶',
  succeeded: '✅',
  failed: '❌',
  stopped: '⏹',
  needs_person: '❓',
}

const runWords: Record<RunState, string> = {
  running: 'running',
  succeeded: 'done',
  failed: 'failed',
  stopped: 'stopped',
  needs_person: 'needs a person',
}

const stepIcons: Record<RunStepStatus, string> = {
  waiting: '○',
  skipped: '–',
  working: '●',
  asked: '✋',
  done: '✔',
  failed: '✖',
  stopped: '⏹',
  doubt: '?',
  refused: '✖',
}

/** Steps of which the card says what each waits for; longer procedures are drawn as a plain list. */
const MOST_LINES = 30

/** The live card of one run: the whole graph, what each step waits for, who is awaited. */
export function buildRunCard(view: RunView, extra: RunCardExtra): Card {
  const { run, steps } = view
  const progress = findProgress(view)
  return {
    headline: `${runIcons[run.state]} ${run.id} · ${plainText(run.title)}`,
    rows: [
      { kind: 'small', text: `${markPerson(run.requester)}: ${plainText(run.words)}` },
      textRow(sayState(view, progress)),
      ...drawSteps(view, progress, extra),
      ...steps.filter((step) => step.state === 'refused').flatMap((step) => drawFailure(step.failure)),
    ],
    buttons: listRunButtons(view),
    fallback: `${run.id} · ${plainText(run.title)}: ${runWords[run.state]}`,
  }
}

/** A manual step for those who do it. Once it was done, or its run ended, there is nothing to press. */
export function buildManualCard(view: RunView, position: number, people: readonly string[]): Card {
  const { run, steps } = view
  const step = steps.find((one) => one.position === position)
  const title = plainText(step?.about ?? 'a step')
  const headline = `${step?.state === 'done' ? '✅' : '✋'} ${run.id}, step ${position} · ${title}`
  const who = people.map(markPerson).join(' or ') || `somebody with the role ${sayDoers(view, step)}`
  const isOpen = step?.state === 'asked' && run.state === 'running'
  const said =
    step?.state === 'done' && step.doneBy !== null
      ? `${markPerson(step.doneBy)}${step.doneAt ? ` ${markTime(step.doneAt)}` : ''}: ${plainText(step.evidence ?? '')}`
      : isOpen
        ? `Waits for ${who}: do it by hand, then press Done and say how you know that it worked.`
        : `${run.id} is ${runWords[run.state]}; this step is not awaited now.`
  const done: CardButton = {
    verb: 'Done',
    rest: title,
    command: `done ${run.id} ${position}`,
    style: 'primary',
  }
  return {
    headline,
    rows: [textRow(said), ...(isOpen ? [{ kind: 'small' as const, text: `or \`done ${run.id} ${position} …\`` }] : [])],
    buttons: isOpen ? [done] : [],
    fallback: isOpen
      ? `${people.map(markPerson).join(' ')} Do: ${title} (${run.id}, step ${position})`.trim()
      : headline,
  }
}

/** One line for the root card and `status`: `▶ run-1 · Bring orders back · running, 2 of 5 steps done`. */
function sayRun({ run, steps }: RunView): string {
  const done = steps.filter((step) => ['done', 'skipped'].includes(statusOf(step))).length
  return `${runIcons[run.state]} ${run.id} · ${plainText(run.title)} · ${runWords[run.state]}, ${done} of ${steps.length} steps done`
}

/** Who a run waits for, in words; empty while machines work. */
function sayRunAwaits(view: RunView, people: RunCardExtra['people']): string[] {
  const { run, steps } = view
  if (run.state === 'running') {
    return steps
      .filter((step) => step.state === 'asked')
      .map((step) => {
        const who = (people[step.id] ?? []).map(markPerson).join(' or ') || sayDoers(view, step)
        return `${who} to do step ${step.position} of ${run.id} (${plainText(titleOf(step))})`
      })
  }
  return run.state === 'failed' || run.state === 'needs_person'
    ? [`${markPerson(run.requester)} to resume ${run.id}`]
    : []
}

/**
 * The runs of an incident for its root card. `people` names who may do the manual steps that wait, by `run-1/3`. Of a
 * procedure that was run anew only the newest run waits for anybody.
 */
export function describeRuns(
  runs: readonly RunView[],
  people: { readonly [step: string]: readonly string[] },
): { line: string; awaits: string[] }[] {
  return runs.map((view) => {
    const newest = runs.findLast(({ run }) => run.procedure === view.run.procedure)
    return { line: sayRun(view), awaits: newest === view ? sayRunAwaits(view, people) : [] }
  })
}

/** A run that is not done, step by step, for `status`. `people` as for describeRuns. */
export function listRunRows(view: RunView, people: { readonly [step: string]: readonly string[] }): CardRow[] {
  return [textRow(sayRun(view)), ...drawSteps(view, findProgress(view), { people })]
}

/** Who may do each of them, by the step's id. */
export async function nameDoers(
  runs: readonly RunView[],
  peopleOf: PeopleOf,
): Promise<{ readonly [step: string]: readonly string[] }> {
  const named = listAsked(runs).map(async ({ step, roles }) => [step.id, await peopleOf(roles)] as const)
  return Object.fromEntries(await Promise.all(named))
}

function sayDoers(view: RunView, step: RunStepView | undefined): string {
  return (step ? listDoers(view, step) : []).map(plainText).join(' or ') || 'none'
}

function drawSteps(view: RunView, progress: RunProgress, extra: RunCardExtra): CardRow[] {
  const { steps } = view
  if (steps.length > MOST_LINES) {
    const items = steps.map((step): ChecklistItem => ({ state: itemStates[statusOf(step)], title: nameStep(step) }))
    return [{ kind: 'checklist', items }]
  }
  return steps.map((step) =>
    textRow(`${stepIcons[statusOf(step)]} ${nameStep(step)}${sayStep(step, view, progress, extra)}`),
  )
}

const itemStates: Record<RunStepStatus, ChecklistItem['state']> = {
  waiting: 'waiting',
  skipped: 'skipped',
  working: 'running',
  asked: 'running',
  done: 'done',
  failed: 'failed',
  stopped: 'failed',
  doubt: 'in_doubt',
  refused: 'failed',
}

function nameStep(step: RunStepView): string {
  return `${step.position} ${plainText(titleOf(step))}`
}

function sayStep(step: RunStepView, view: RunView, progress: RunProgress, extra: RunCardExtra): string {
  const { run, steps } = view
  const job = step.job ? ` · ${step.job}` : ''
  switch (statusOf(step)) {
    case 'waiting': {
      if (progress.blocked.includes(step.position)) return ` · blocked by ${listOpen(step, steps)}`
      return progress.ready.includes(step.position) ? ' · next' : ` · after ${listOpen(step, steps)}`
    }
    case 'asked': {
      if (run.state !== 'running') return ' · set aside'
      const who = extra.people[step.id]?.map(markPerson).join(' or ') || sayDoers(view, step)
      return ` · waits for ${who}`
    }
    case 'working': {
      const waits = step.jobWaitsFor ? `: ${plainText(describeWaiting(step.jobWaitsFor))}` : ''
      return `${job} ${step.jobState ? stateWords[step.jobState] : ''}${waits}`
    }
    case 'done':
      return step.doneBy ? ` · ${markPerson(step.doneBy)}: ${plainText(step.evidence ?? '').slice(0, 200)}` : job
    case 'failed':
    case 'stopped':
    case 'doubt':
      return `${job} ${step.jobState ? stateWords[step.jobState] : ''}`
    case 'refused':
      return ' · could not be started'
    case 'skipped':
      return ' · skipped'
  }
}

/** The steps that it waits for and that are not done: `2, 3`. */
function listOpen(step: RunStepView, steps: readonly RunStepView[]): string {
  return steps
    .filter((one) => step.after.includes(one.position) && !['done', 'skipped'].includes(statusOf(one)))
    .map((one) => one.position)
    .join(', ')
}

function sayState(view: RunView, { blocked }: RunProgress): string {
  const { run, steps } = view
  if (run.stopRequestedBy && run.state !== 'stopped')
    return `Stopping: ${markPerson(run.stopRequestedBy)} asked for it.`
  const words = runWords[run.state]
  const when = run.finishedAt ? ` ${markTime(run.finishedAt)}` : ''
  const start = `${words.charAt(0).toUpperCase()}${words.slice(1)}${when}`
  if (run.waitingFor) return `${start} · waits: ${plainText(describeWaiting(run.waitingFor))}`
  const stuck = steps.filter(isStuck).map((step) => step.position)
  if (stuck.length === 0) return start
  const rest = blocked.length > 0 ? `; ${blocked.join(', ')} wait for it` : ''
  return `${start} · step ${stuck.join(', ')} did not succeed${rest}`
}

function listRunButtons({ run }: RunView): CardButton[] {
  const { id } = run
  const stop: CardButton = {
    verb: 'Stop',
    rest: id,
    command: `stop ${id}`,
    style: 'danger',
    confirm: { title: `Stop ${id}?`, text: 'Its jobs stop for real and no further one is started.' },
  }
  switch (run.state) {
    case 'running':
      return run.stopRequestedAt ? [] : [stop]
    case 'failed':
    case 'stopped':
      return [{ verb: 'Resume', rest: id, command: `resume ${id}`, style: 'primary' }]
    case 'needs_person':
      return run.stopRequestedAt ? [] : [stop]
    case 'succeeded':
      return []
  }
}

function textRow(text: string): CardRow {
  return { kind: 'text', text }
}
