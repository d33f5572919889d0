import { readdir, readFile } from 'node:fs/promises'
import { createElement } from 'react'
import { describe, expect, it } from 'vitest'
import { commandRegister } from '../../../../commands/index.ts'
import { BlockList, Mrkdwn } from '../../../../sandbox/page/blocks/index.tsx'
import { checkBlocks } from '../../../../sandbox/slack/blocks/check.ts'
import { checkView } from '../../../../sandbox/slack/blocks/check-view.ts'
import { errorCatalogue } from '../../../../src/domain/errors/catalogue.ts'
import * as modalDrawers from '../../../../src/slack/cards/draw-modal.ts'
import { type CardSample, listCardSamples } from '../../../support/card-samples.ts'
import { makePage, readText, render } from '../support/render.ts'

const samples = await listCardSamples()
const page = makePage({ person: 'U0BOB' })

const draw = ({ blocks, text }: CardSample) =>
  render(
    blocks.length > 0 ? createElement(BlockList, { blocks, source: '1.1' }) : createElement(Mrkdwn, { text }),
    page,
  )

function check({ surface, blocks, view }: CardSample) {
  if (surface === 'message') return blocks.length > 0 ? checkBlocks(blocks, 'message') : []
  // A file is no payload: its preview is drawn by the page alone.
  return surface === 'file' ? [] : checkView(view, surface)
}

/** Outcomes, which the samples get from the lines of events, and what stands in a modal of them. */
const builtElsewhere = new Set([
  'buildWholeCard',
  'buildErrorCard',
  'buildFailureCard',
  'buildStoppedCard',
  'buildRejectedCard',
  'buildNeedsPersonCard',
])

/** Sources of all samples. */
async function readSources(): Promise<string[]> {
  const folder = new URL('../../../support/card-samples/', import.meta.url)
  return Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), 'utf8')))
}

/** Markup that nobody should read, and traces of values that were not there. */
const raw = /<@U|<!(date|subteam)|\bundefined\b|\[object Object\]|\bNaN\b|Invalid Date|⟦|⟧|:[a-z][a-z_]+:/

describe.each(samples.map((sample) => [sample.name, sample] as const))('%s', (name, sample) => {
  it('is accepted by Slack', () => {
    expect(check(sample)).toEqual([])
  })

  it('is drawn without a box for what is not known, and reads as words', () => {
    const html = draw(sample)
    expect(html).not.toContain('unsupported')
    expect(readText(html)).not.toMatch(raw)
    // What is left of a mark that was not ours to draw; a log may well be full of such words.
    if (!name.includes('forged')) expect(readText(html)).not.toMatch(/\b(person|channel):\w/)
    expect(readText(html).trim()).not.toBe('')
  })
})

it('has no two samples of one name', () => {
  const names = samples.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

it('covers help for every command, and every error with all facts filled in', () => {
  const names = new Set(samples.map(({ name }) => name))
  expect(commandRegister.filter(({ name }) => !names.has(`help ${name}`))).toEqual([])
  expect(Object.keys(errorCatalogue).filter((code) => !names.has(`error ${code}`))).toEqual([])
  const errors = samples.filter(({ name }) => name.startsWith('error '))
  expect(errors.filter((sample) => /\{\w+\}/.test(readText(draw(sample)))).map(({ name }) => name)).toEqual([])
})

it('draws on every builder of cards that there is', async () => {
  const folder = new URL('../../../../src/domain/cards/', import.meta.url)
  const used = (await readSources()).join('\n')
  for (const file of await readdir(folder)) {
    const text = await readFile(new URL(file, folder), 'utf8')
    const builders = [...text.matchAll(/^export function (build\w+)/gm)].map((match) => match[1] ?? '')
    expect(builders.filter((name) => !used.includes(`${name}(`) && !builtElsewhere.has(name))).toEqual([])
  }
})

it('covers every question that is drawn as a modal, and Details', () => {
  const questions = Object.keys(modalDrawers).filter((name) => /^draw\w+Modal$/.test(name))
  const titles = new Set(samples.filter(({ surface }) => surface === 'modal').map(({ text }) => text))
  expect(titles).toContain('Details')
  // What a tester says of a case is asked under three titles.
  expect(titles.size).toBe(questions.length + 1 + 2)
})
