import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { createConfigRig } from './rig.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('an attribute that a replacement does not carry over is told before and after it', async () => {
  const rig = createConfigRig()
  const set = 'import os, sys; os.setxattr(sys.argv[1], "user.team", b"orders")'
  execFileSync('python3', ['-c', set, rig.path])
  const job = rig.start()
  await job.run()
  expect(job.report().left.join()).toContain('user.team')
  const list = 'import os, sys; print(os.listxattr(sys.argv[1]))'
  const read = (path: string) => execFileSync('python3', ['-c', list, path], { encoding: 'utf8' })
  expect(read(rig.path)).not.toContain('user.team')
  expect(read(`${rig.path}.salvor-config-1`)).toContain('user.team')
})
