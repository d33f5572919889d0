import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { BoundFile } from '../ports/program-tools.ts'
import { lookForProgram } from './find-program.ts'

/** Larger files go by device, inode, size and times: hashing them before each look would take minutes. In bytes. */
const largestHashed = 256 * 1024 ** 2
/** What can stand between the names in a word of a shell, such as `sh -c "./migrate --now; echo"`. */
const betweenNames = /[\s;|&<>()'"`=,]+/
/** An interpreter that itself is a script is followed this far, as the kernel does. */
const mostInterpreters = 4

/**
 * Every file that a command names: its program, found on PATH as the start will find it, the interpreter that a
 * script begins with, and each argument, or part of one, that is a file or another program. Words that name no file
 * (yet) are left out, folders too. What these files call in turn nobody can tell.
 */
export async function bindProgram(argv: readonly string[], cwd: string, path: string): Promise<BoundFile[]> {
  const found = new Map<string, BoundFile>()
  for (const [word, text] of argv.entries()) {
    for (const name of splitNames(text, word)) {
      for (const file of await followName(name, cwd, path)) {
        const key = `${word} ${file}`
        if (!found.has(key)) found.set(key, { word, path: file, is: await identify(file) })
      }
    }
  }
  return [...found.values()]
}

/** What may be names of files in a word of argv; the first word is a program as it stands. */
export function splitNames(text: string, word: number): string[] {
  return word === 0 ? [text] : [...new Set([text, ...text.split(betweenNames)])]
}

/** The file that a name means and, if it can be executed, the interpreters in front of it. */
async function followName(name: string, cwd: string, path: string): Promise<string[]> {
  const file = await findFile(name, cwd, path)
  if (file === null) return []
  const files = [file]
  for (let last: string | null = file; last !== null && files.length <= mostInterpreters; ) {
    const [program, ...rest] = await readInterpreter(last)
    last = program === undefined ? null : await findFile(program, '/', path)
    if (last !== null) files.push(last)
    // `#!/usr/bin/env node`: what env will start.
    const started = program?.endsWith('/env')
      ? rest.find((word) => !word.startsWith('-') && !word.includes('='))
      : undefined
    const inner = started === undefined ? null : await findFile(started, '/', path)
    if (inner !== null) files.push(inner)
  }
  return files
}

async function findFile(name: string, cwd: string, path: string): Promise<string | null> {
  if (name === '' || name.includes('\0')) return null
  const isBare = !name.includes('/')
  const there = await realpath(resolve(cwd, name)).catch(() => null)
  if (there !== null && (await isFile(there))) return there
  const onPath = isBare && !isAbsolute(name) && !name.startsWith('-') ? lookForProgram(name, path) : undefined
  return onPath === undefined ? null : realpath(onPath).catch(() => null)
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** The words behind `#!` of a script. */
async function readInterpreter(path: string): Promise<string[]> {
  try {
    await using file = await open(path, 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0)
    const [line = ''] = buffer.subarray(0, bytesRead).toString('latin1').split('\n')
    return line.startsWith('#!') ? line.slice(2).trim().split(/\s+/) : []
  } catch {
    return []
  }
}

/** `sha256:…`; for what is too large or may not be read, where it lies and when it was changed. */
async function identify(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  const place = `file:${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`
  if (size > largestHashed) return place
  try {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    return `sha256:${hash.digest('hex')}`
  } catch {
    return place
  }
}
