#!/usr/bin/env node
// Plain JavaScript, so that any Node can start it: it goes on in the Node that the project pins, because only that
// one runs TypeScript as it is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
const major = Number(process.versions.node.split('.')[0])

if (major >= 24) {
  // Compiled modules are kept beside the packages they come from, where only whoever installs can write: a runner is
  // started for every step with a tool, and begins in a third of the time. A folder that cannot be written is no error.
  modules.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/salvor', import.meta.url)))
  const { main: run } = await import(main)
  process.exitCode = await run(process.argv.slice(2), process.env)
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
} else {
  process.stderr.write(
    `Salvor needs Node 24 and this is ${process.version}. Run "npm ci" in its folder: it brings one along.\n`,
  )
  process.exitCode = 1
}
