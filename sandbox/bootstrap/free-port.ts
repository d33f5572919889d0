import { createServer } from 'node:net'

/** A TCP port on 127.0.0.1 that nobody listens on now. Somebody may take it before it is used: retry then. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('the probe socket has no port')),
      )
    })
  })
}
