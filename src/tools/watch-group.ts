import { execa } from 'execa'

/** Waits for the end of stdin, which comes when the starter dies however it dies, then ends the group. */
const script =
  "process.stdin.resume().on('error',()=>{}).on('close',()=>{try{process.kill(-Number(process.argv[1]),'SIGKILL')}catch{}})"

/**
 * Starts a tiny process that kills a process group when this process is gone, for systems whose kernel does not.
 * It starts after `delayMs`. Answers a function that calls it off; call it once the tool has ended, before its number can be used again.
 */
export function watchGroup(group: number, delayMs: number): () => void {
  if (delayMs === 0) return startWatchdog(group)
  let callOff = () => {}
  const timer = setTimeout(() => {
    callOff = startWatchdog(group)
  }, delayMs)
  return () => {
    clearTimeout(timer)
    callOff()
  }
}

function startWatchdog(group: number): () => void {
  const watchdog = execa(process.execPath, ['-e', script, String(group)], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    // Out of our own group: what ends us all at once must not end it.
    detached: true,
    cleanup: false,
    reject: false,
    extendEnv: false,
    env: {},
  })
  watchdog.stdin.on('error', () => {})
  watchdog.nodeChildProcess.unref()
  return () => {
    watchdog.kill('SIGKILL')
  }
}
