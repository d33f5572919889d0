import bolt from '@slack/bolt'

/**
 * The least that can acknowledge: Bolt over HTTP, one listener that only acknowledges. A process of its own, as
 * Salvor's bot is. Prints its port once it listens; argv: signing secret, bot token, Web API address.
 */
const [signingSecret = '', botToken = '', slackApiUrl = ''] = process.argv.slice(2)
const receiver = new bolt.HTTPReceiver({ signingSecret })
const app = new bolt.App({ receiver, authorize: async () => ({ botToken }), clientOptions: { slackApiUrl } })
app.command(/.*/, async ({ ack }) => ack())
const server = await receiver.start({ port: 0, host: '127.0.0.1' } as unknown as number)
const address = server.address()
process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
// Whoever started it holds the other end of its standard input: it does not outlive them.
process.stdin.resume().on('end', () => process.exit(0))
