import { randomUUID } from 'node:crypto'
import { type Agent, request } from 'node:http'
import { signBody } from '../../sandbox/slack/deliver/sign.ts'

/** A signed request, ready to be sent. */
export interface SignedCommand {
  readonly body: string
  readonly headers: Readonly<Record<string, string | number>>
}

/** A slash command as Slack sends it; its own trigger id makes it one that was not seen before. */
export function writeCommand(text: string, responseUrl: string): string {
  return new URLSearchParams({
    token: 'verification',
    team_id: 'T0SANDBOX',
    team_domain: 'sandbox',
    channel_id: 'C0INC',
    channel_name: 'incident-orders',
    user_id: 'U0ALICE',
    user_name: 'alice',
    command: '/recover',
    text,
    api_app_id: 'A0SALVOR',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: `bench.${randomUUID()}`,
  }).toString()
}

export function signCommand(signingSecret: string, body: string): SignedCommand {
  const timestamp = String(Math.floor(Date.now() / 1000))
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signBody(signingSecret, timestamp, body),
    },
  }
}

/** Sends it and answers the milliseconds until the acknowledgement was whole. Anything but 200 is an error. */
export function postCommand(agent: Agent, url: string, { headers, body }: SignedCommand): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started)
        else reject(new Error(`${url} answered ${response.statusCode} instead of acknowledging`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
