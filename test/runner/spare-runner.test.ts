import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { readToldStep, toldLater } from '../../src/runner/told-step.ts'

const called = process.title
afterEach(() => {
  process.title = called
})

describe('the step of a runner', () => {
  it('is that of its command line, which others see', async () => {
    expect(await readToldStep('restore-1/load', Readable.from([]))).toBe('restore-1/load')
    expect(process.title).toBe('salvor runner restore-1/load')
  })

  it('is told on standard input where the process was started before there was one', async () => {
    expect(await readToldStep(toldLater, Readable.from(['restore-1/', 'switch\n']))).toBe('restore-1/switch')
    expect(process.title).toBe('salvor runner restore-1/switch')
  })

  it('is none where the worker ended first', async () => {
    expect(await readToldStep(toldLater, Readable.from([]))).toBeNull()
    expect(process.title).toBe(called)
  })
})

describe('a process that waits for its step', () => {
  it('ends without an error when its worker does, and has asked for no setting', async () => {
    const waiting = spawn(process.execPath, ['bin/salvor.js', 'runner', toldLater], { env: {}, stdio: 'pipe' })
    let said = ''
    for (const stream of [waiting.stdout, waiting.stderr]) stream.on('data', (part) => (said += part))
    waiting.stdin.end()
    const [code] = (await once(waiting, 'exit')) as [number]
    expect({ code, said }).toEqual({ code: 0, said: '' })
  })
})
