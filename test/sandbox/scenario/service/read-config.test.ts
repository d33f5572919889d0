import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { readConfig } from '../../../../sandbox/scenario/service/read-config.ts'

const good = readFileSync(new URL('../../../../sandbox/scenario/config/orders-api.yaml.v7', import.meta.url), 'utf8')

function read(text: string) {
  const path = join(mkdtempSync(join(inject('runFolder'), 'config-')), 'orders-api.yaml')
  writeFileSync(path, text)
  return readConfig(path)
}

test('a good config has neither fault nor warning', () => {
  expect(read(good)).toEqual({
    settings: {
      'currency.code': 'EUR',
      'currency.decimals': 2,
      'delivery.cutOff': '16:30',
      'delivery.dateFormat': 'YYYY-MM-DD',
      'phone.longest': 24,
    },
    warnings: [],
  })
})

test('a value that cannot be used is named, and a fallback stands in its place', () => {
  const { settings, warnings, fault } = read(good.replace('EUR', 'undefined').replace('"16:30"', '""'))
  expect(fault).toBeUndefined()
  expect(warnings).toEqual([
    'config currency.code is "undefined", using "EUR"',
    'config delivery.cutOff is "", using "00:00"',
  ])
  expect(settings['delivery.cutOff']).toBe('00:00')
})

test('a missing section is named value by value', () => {
  expect(read('schema: 1\n').warnings).toHaveLength(5)
})

test.each([
  [good.replace('schema: 1', 'schema: 2'), 'the config is for schema 2, this version needs schema 1'],
  ['', 'the config is for schema undefined, this version needs schema 1'],
  ['{', /^cannot read the config: /],
])('%j keeps the service from starting', (text, fault) => {
  expect(read(text).fault).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault))
})

test('a missing file keeps the service from starting', () => {
  expect(readConfig('/nowhere/orders-api.yaml').fault).toMatch(/^cannot read the config: ENOENT/)
})
