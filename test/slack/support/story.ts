import type { Message } from '../../../sandbox/slack/index.ts'
import { until } from '../../support/until.ts'
import type { Workbench } from './workbench.ts'
import { digest, makeApproval, makeStep } from './world.ts'

/** What happens on most nights, told to a workbench, and how to read what Slack was told of it. */
export function tellStory(bench: () => Workbench) {
  const root = () => bench().slack.messages('inc')[0]
  const thread = () => bench().slack.thread('inc', root()?.ts ?? '')
  const read = (message: Message | undefined) => `${message?.text}\n${JSON.stringify(message?.blocks)}`
  const findReply = (words: string | RegExp) =>
    thread()
      .slice(1)
      .find((one) => read(one).match(words))
  const nudge = () => bench().edge().publisher.nudge()

  function openIncident() {
    bench().world.happens('incident_opened', {
      ...{ title: 'Orders lost', severity: 1, system: null, beganAt: null, beganSource: null },
      ...{ deadline: null, channel: 'C0INC' },
    })
    nudge()
  }

  function startJob() {
    bench().world.change('restore-1', { steps: [makeStep({ seenAt: new Date().toISOString() })] })
    const asked = { kind: 'restore', params: {}, words: 'restore orders-db', planDigest: 'p', lockTarget: null }
    bench().world.happens('job_requested', asked, 'restore-1')
    bench().world.happens('job_started', {}, 'restore-1')
    nudge()
  }

  function askApproval(id = 'a1') {
    const approval = makeApproval({ id })
    bench().world.change('restore-1', { job: { state: 'awaiting_approval' }, steps: [], approvals: [approval] })
    const { step, attempt, approveBy, subject, why } = approval
    const asked = { approval: id, step, attempt, digest, code: '4f1c', approveBy, subject, why }
    bench().world.happens('approval_asked', asked, 'restore-1', 'salvor')
    nudge()
  }

  async function askAndWait() {
    openIncident()
    startJob()
    askApproval()
    await until(
      'both direct messages',
      () => bench().slack.directMessages('dana')[0] && bench().slack.directMessages('bob')[0],
    )
  }

  return { root, thread, read, findReply, nudge, openIncident, startJob, askApproval, askAndWait }
}
