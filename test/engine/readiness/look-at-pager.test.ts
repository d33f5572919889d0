import { expect, it } from 'vitest'
import { recoveryPlanSchema } from '../../../src/domain/recovery-plan.ts'
import { lookAtPager } from '../../../src/engine/readiness/look-at-pager.ts'
import type { ReadinessReach } from '../../../src/engine/readiness/reach.ts'
import { expandText } from '../../../src/plan/expand-text.ts'

const key = 'a key of at least 24 letters'
const url = { url: 'https://wake.example/hook/17' }

it.each([
  ['no pager', undefined, {}, []],
  ['a pager that works', url, { PAGER_KEY: key }, [{ state: 'good' }]],
  ['no key', url, {}, [{ state: 'bad' }]],
  ['a short key', url, { PAGER_KEY: 'short' }, [{ state: 'bad' }]],
  ['a key in base64', url, { PAGER_KEY: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, [{ state: 'good' }]],
  ['a prefix without a key', url, { PAGER_KEY: 'whsec_' }, [{ state: 'bad' }]],
  ['what is no base64', url, { PAGER_KEY: `whsec_${'!'.repeat(40)}` }, [{ state: 'bad' }]],
  ['a short key in base64', url, { PAGER_KEY: `whsec_${'QUJD'.repeat(7)}` }, [{ state: 'bad' }]],
  ['a key of another name', { ...url, key: `\${WAKE}` }, { WAKE: key }, [{ state: 'good' }]],
  ['no address', { url: `\${PAGER_URL}` }, { PAGER_KEY: key }, [{ state: 'bad' }]],
  ['what is no address', { url: 'wake' }, { PAGER_KEY: key }, [{ state: 'bad' }]],
  ['an address in the clear', { url: 'http://wake.example' }, { PAGER_KEY: key }, [{ state: 'warning' }]],
  ['one of this machine', { url: 'http://localhost:1/' }, { PAGER_KEY: key }, [{ state: 'good' }]],
  ['another kind of address', { url: 'file:///etc/passwd' }, { PAGER_KEY: key }, [{ state: 'warning' }]],
])('%s', (_, pager, env, seen) => {
  const plan = recoveryPlanSchema.parse({ version: 1, title: 'x', roles: {}, systems: {}, ...(pager ? { pager } : {}) })
  const expand = (text: string) => expandText(text, env)
  const found = lookAtPager({ plan, expand } as unknown as ReadinessReach)
  expect(found).toMatchObject(seen)
  expect(found).toHaveLength(seen.length)
  // Neither the key nor the path of a hook, which is as good as one.
  expect(JSON.stringify(found)).not.toMatch(/a key of|hook/)
})
