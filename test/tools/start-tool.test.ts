import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Containment, probeContainments } from '../../src/tools/containment.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { isAlive, processesWithEnv, startScript } from '../support/processes.ts'
import { until } from '../support/until.ts'

const ways = await probeContainments()
const never = new AbortController().signal
let mark = ''
let count = 0

beforeAll(() => {
  mark = `${process.pid}-${Date.now()}`
})

/** Every process of one tool's tree, wherever it went, by an environment variable of its own. */
function markTree() {
  count += 1
  const value = `${mark}-${count}`
  return { env: { SALVOR_TREE: value }, alive: () => processesWithEnv('SALVOR_TREE', new RegExp(`^${value}$`)) }
}

/** A small program in its own file: the tests need no shell. */
function writeProgram(name: string, text: string): string {
  const path = join(inject('runFolder'), `${name}-${process.pid}`)
  writeFileSync(path, `#!${process.execPath}\n${text}`)
  chmodSync(path, 0o755)
  return path
}

const nested = () =>
  writeProgram(
    'nested.cjs',
    `const { spawn } = require('node:child_process')
     const depth = Number(process.argv[2])
     if (depth > 0) spawn(process.argv[1], [String(depth - 1)], { stdio: 'inherit' })
     else process.stdout.write('deepest\\n')
     setInterval(() => {}, 1000)`,
  )

const escaping = () =>
  writeProgram(
    'escaping.cjs',
    `const { spawn } = require('node:child_process')
     spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
     process.stdout.write('away\\n')
     setInterval(() => {}, 1000)`,
  )

test('the pid namespace is used where root may make one', () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  expect(ways.map(({ kind }) => kind)).toEqual(['namespace', 'deathsig', 'group'])
})

describe.each(ways.map((way): [Containment['kind'], Containment] => [way.kind, way]))('contained by %s', (_, way) => {
  const runner = createToolRunner({ containment: way })

  test('output, exit code and signal are those of the tool', async () => {
    const program = writeProgram(
      `talks-${way.kind}.cjs`,
      `process.stderr.write('warned\\r\\n'); process.stdout.write('one\\ntwo\\rthree'); process.exitCode = 7`,
    )
    const lines: string[] = []
    const result = await runner.run({ program, args: [], signal: never, onStdoutLine: (line) => lines.push(line) })
    expect(result).toMatchObject({ exitCode: 7, signal: null, stdoutTail: 'one\ntwo\rthree', stderrTail: 'warned\r\n' })
    expect(lines).toEqual(['one', 'two', 'three'])
    expect(result.killedFor).toBeUndefined()
  })

  test('an abort ends grandchildren within a second, and only then answers', async () => {
    const tree = markTree()
    const abort = new AbortController()
    let abortedAt = 0
    const result = await runner.run({
      program: nested(),
      args: ['3'],
      env: tree.env,
      signal: abort.signal,
      onStdoutLine() {
        abortedAt = performance.now()
        abort.abort()
      },
    })
    expect(tree.alive()).toEqual([])
    expect(performance.now() - abortedAt).toBeLessThan(1500)
    expect(result).toMatchObject({ exitCode: null, killedFor: 'abort' })
  })

  test('time over ends the tree and says so', async () => {
    const tree = markTree()
    const result = await runner.run({ program: nested(), args: ['1'], env: tree.env, signal: never, timeoutMs: 300 })
    expect(tree.alive()).toEqual([])
    expect(result).toMatchObject({ exitCode: null, killedFor: 'timeout' })
  })

  test('kill -9 of the starter leaves nothing of the tree', async () => {
    const tree = markTree()
    const starter = startScript(fileURLToPath(new URL('fixtures/run-tool.ts', import.meta.url)), [
      JSON.stringify(way),
      nested(),
      '2',
      JSON.stringify(tree.env),
    ])
    await starter.line(/^deepest/)
    expect(tree.alive().length).toBeGreaterThanOrEqual(3)
    starter.kill('SIGKILL')
    await until('nothing of the tree', () => tree.alive().length === 0, 5000)
  })

  test('a process that left the group ends with an abort', async () => {
    const tree = markTree()
    const abort = new AbortController()
    const onStdoutLine = () => abort.abort()
    await runner.run({ program: escaping(), args: [], env: tree.env, signal: abort.signal, onStdoutLine })
    expect(tree.alive()).toEqual([])
  })
})

describe('a program', () => {
  const runner = createToolRunner()

  test('that does not exist is named, with what to install', async () => {
    const run = runner.run({ program: 'pgbackrest-not-here', args: [], signal: never })
    await expect(run).rejects.toMatchObject({ code: 'tool_missing', facts: { tool: 'pgbackrest-not-here' } })
    const absolute = runner.run({ program: '/nowhere/pg_dump', args: [], signal: never })
    await expect(absolute).rejects.toMatchObject({ code: 'tool_missing' })
  })

  test('that the system would not start is named, with why', async () => {
    const run = runner.run({ program: 'true', args: [], cwd: '/nowhere', signal: never })
    await expect(run).rejects.toMatchObject({ code: 'tool_not_started', facts: { tool: 'true' } })
  })

  test('is searched on the PATH that it gets', async () => {
    const env = { PATH: '/nowhere' }
    await expect(runner.run({ program: 'true', args: [], env, signal: never })).rejects.toThrow(/true is not on/)
  })

  test('gets nothing of our environment but a few names', async () => {
    process.env.SALVOR_TEST_SECRET = 'hush'
    const { stdoutTail } = await runner.run({ program: 'env', args: [], env: { PGAPPNAME: 'x' }, signal: never })
    const names = stdoutTail.split('\n').map((line) => line.split('=')[0])
    expect(names).not.toContain('SALVOR_TEST_SECRET')
    expect(names).toEqual(expect.arrayContaining(['PATH', 'PGAPPNAME']))
  })

  test('is not started when the abort came first', async () => {
    const file = join(inject('runFolder'), `touched-${process.pid}`)
    const result = await runner.run({ program: 'touch', args: [file], signal: AbortSignal.abort() })
    expect(result).toMatchObject({ exitCode: null, killedFor: 'abort' })
    expect(existsSync(file)).toBe(false)
  })

  test('that prints without end costs bounded memory and keeps its last bytes', async () => {
    const program = writeProgram(
      'floods.cjs',
      `const chunk = 'x'.repeat(1 << 20); for (let i = 0; i < 64; i += 1) process.stdout.write(chunk)
       process.stdout.write('\\nend')`,
    )
    const lengths: number[] = []
    const { stdoutTail } = await runner.run({
      program,
      args: [],
      signal: never,
      onStdoutLine: (line) => lengths.push(line.length),
    })
    expect(lengths).toEqual([64 * 1024, 3])
    expect(stdoutTail.length).toBe(64 * 1024)
    expect(stdoutTail.endsWith('\nend')).toBe(true)
  })

  test('is ended when a line callback throws, and the error comes out', async () => {
    const tree = markTree()
    const run = runner.run({
      program: nested(),
      args: ['1'],
      env: tree.env,
      signal: never,
      onStdoutLine() {
        throw new Error('unreadable progress')
      },
    })
    await expect(run).rejects.toThrow('unreadable progress')
    expect(tree.alive()).toEqual([])
  })

  test('that starts a service leaves it alive and does not wait for it', async () => {
    const tree = markTree()
    const pidFile = join(inject('runFolder'), `service-${process.pid}.pid`)
    const program = writeProgram(
      'starts-service.cjs',
      `const { spawn } = require('node:child_process')
       const child = spawn(process.execPath, ['-e', 'setInterval(() => console.log("tick"), 50)'], { stdio: 'inherit' })
       require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
       child.unref(); process.stdout.write('started\\n'); process.exit(0)`,
    )
    const result = await runner.run({ program, args: [], env: tree.env, signal: never, mayLeaveProcesses: true })
    expect(result).toMatchObject({ exitCode: 0, stdoutTail: expect.stringContaining('started') })
    const pid = Number(readFileSync(pidFile, 'utf8'))
    expect(isAlive(pid)).toBe(true)
    process.kill(pid, 'SIGKILL')
  })
})
