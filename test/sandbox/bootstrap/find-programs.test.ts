import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, inject, test } from 'vitest'
import { findPrograms } from '../../../sandbox/bootstrap/index.ts'

const POSTGRES = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore']
let root: string

beforeEach(() => {
  root = mkdtempSync(join(inject('runFolder'), 'programs-'))
})

function install(folder: string, names: readonly string[]): string {
  const path = join(root, folder)
  mkdirSync(path, { recursive: true })
  for (const name of names) {
    writeFileSync(join(path, name), '#!/bin/sh\n')
    chmodSync(join(path, name), 0o755)
  }
  return path
}

/** Looks nowhere but in this test's folder. */
function find(path = '', chromium?: string) {
  const emojiFonts = [join(root, 'emoji.ttf')]
  return findPrograms({
    path,
    debianRoot: join(root, 'debian'),
    brewPrefixes: [join(root, 'brew')],
    chromium,
    emojiFonts,
  })
}

test('on an empty machine nothing is found', () => {
  expect(find()).toEqual({})
})

test('what is on PATH comes before what lies in the usual places', () => {
  const onPath = install('path', [...POSTGRES, 'redis-server', 'sshd'])
  install('debian/16/bin', POSTGRES)
  expect(find(onPath)).toEqual({
    postgresBin: onPath,
    redisServer: join(onPath, 'redis-server'),
    sshd: join(onPath, 'sshd'),
  })
})

test('the newest version wins, by number and not by letters', () => {
  install('debian/9/bin', POSTGRES)
  const newest = install('debian/17/bin', POSTGRES)
  install('debian/15/bin', POSTGRES)
  expect(find().postgresBin).toBe(newest)
})

test('a folder with the client programs only is no PostgreSQL to start', () => {
  install('debian/17/bin', ['psql', 'pg_dump', 'pg_restore'])
  const whole = install('debian/15/bin', POSTGRES)
  expect(find().postgresBin).toBe(whole)
})

test('a file that may not be executed is not a program', () => {
  const onPath = install('path', ['redis-server'])
  chmodSync(join(onPath, 'redis-server'), 0o644)
  expect(find(onPath).redisServer).toBeUndefined()
})

test('Homebrew keeps PostgreSQL off PATH and is searched; Valkey serves as Redis', () => {
  install('brew/opt/postgresql@14/bin', POSTGRES)
  const newest = install('brew/opt/postgresql@17/bin', POSTGRES)
  const bin = install('brew/bin', ['valkey-server'])
  expect(find()).toEqual({ postgresBin: newest, redisServer: join(bin, 'valkey-server') })
})

test.each(['chromium', 'chromium-browser', 'google-chrome'])('%s on PATH serves as the browser', (name) => {
  const onPath = install('path', [name])
  expect(find(onPath)).toEqual({ chromium: join(onPath, name) })
})

test('the browser that was asked for is used, or none', () => {
  const onPath = install('path', ['chromium'])
  const other = join(install('other', ['brave']), 'brave')
  expect(find(onPath, other).chromium).toBe(other)
  expect(find(onPath, join(root, 'nothing')).chromium).toBeUndefined()
})

test('a font with emoji is found by its file', () => {
  writeFileSync(join(root, 'emoji.ttf'), '')
  expect(find()).toEqual({ emojiFont: join(root, 'emoji.ttf') })
})
