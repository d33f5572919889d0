import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'

const compose = (...lines: readonly (readonly [container: string, text: string])[]) =>
  lines.map(([container, text]) => `${container.padEnd(10)}| ${text}`)

const refused = 'connect ECONNREFUSED 172.18.0.2:5432'
const starting = '2026-03-01 02:00:00.123 UTC [40] FATAL:  the database system is starting up'
const ready = '2026-03-01 02:00:01.123 UTC [1] LOG:  database system is ready to accept connections'

test.each<[string, string[]]>([
  ['a server that turned somebody away while it started', [starting, ready]],
  [
    'the same in a container of its own, and the program after it',
    [
      ...compose(['db-1', starting], ['db-1', ready], ['app-1', 'Applying 0001_init... OK']),
      'app-1 exited with code 0',
    ],
  ],
  [
    'a container that was started again and ended well',
    [
      ...compose(['app-1', `Error: ${refused}`]),
      'app-1 exited with code 1',
      ...compose(['db-1', ready], ['app-1', 'migrations: 7 applied']),
      'app-1 exited with code 0',
    ],
  ],
  [
    'a wait that says how long',
    compose(
      ['web-1', 'could not connect to server: Connection refused, waiting 2s'],
      ['web-1', 'Applying errors.0004_reports... OK'],
      ['web-1', 'Applying errors.0005_drop_failed_login... OK'],
      ['web-1', 'Listening at: http://0.0.0.0:8000 (1)'],
    ),
  ],
  [
    'a checksum that was asked for again',
    [
      '[2020/03/10 20:55:21.040 +08:00] [WARN] [util.go:153] ["compute remote checksum failed but going to try again"] [table=`a`.`b`] [error="Error 9002: TiKV server timeout"]',
      '[2020/03/10 21:07:40.551 +08:00] [INFO] [restore.go:1495] ["remote checksum completed"] [table=`a`.`b`]',
      '[2020/03/10 21:09:12.100 +08:00] [INFO] [restore.go:1098] ["the whole procedure completed"] [takeTime=3h11m2.1s] []',
      '[2020/03/10 21:09:12.104 +08:00] [INFO] [main.go:94] ["tidb lightning exit"] []',
    ],
  ],
  [
    'a task of Ansible whose failure is ignored',
    [
      'TASK [drop the old slot] *****',
      'fatal: [db1]: FAILED! => {"changed": false, "msg": "replication slot \\"old\\" does not exist", "rc": 1}',
      '...ignoring',
      'PLAY RECAP *****',
      'db1 : ok=12 changed=3 unreachable=0 failed=0 skipped=1 rescued=0 ignored=1, all completed',
    ],
  ],
  [
    'totals of a Chinese loader',
    ['读出记录总数                    :            46548384', '读写失败总数                    :                   0'],
  ],
  ['totals of a Korean one', ['읽은 행 수 : 1200', '실패한 행 수 : 0', '오류 : 0']],
  ['totals of a Japanese one', ['読み込み件数 : 1200', 'エラー件数：0']],
])('%s is no failure', (_what, lines) => {
  expect(analyseText(`${lines.join('\n')}\n`).root).toBeNull()
})

test.each<[string, string[], string]>([
  ['a server that never came', [starting, starting], 'connectivity'],
  [
    'a container that ended badly in the end',
    [
      ...compose(['app-1', `Error: ${refused}`]),
      'app-1 exited with code 1',
      ...compose(['db-1', ready]),
      'app-1 exited with code 1',
    ],
    'connectivity',
  ],
  [
    'another container that ended well',
    [...compose(['app-1', `Error: ${refused}`]), 'app-1 exited with code 1', 'seed-1 exited with code 0'],
    'connectivity',
  ],
  [
    'a real failure behind the wait',
    [
      ...compose(['app-1', `Error: ${refused}`]),
      'app-1 exited with code 1',
      ...compose(['db-1', ready], ['app-1', 'ERROR: relation "orders" does not exist']),
      'app-1 exited with code 0',
    ],
    'missing_object',
  ],
  [
    'totals that are not zero',
    ['读出记录总数                    :            46548384', '读写失败总数                    :                   12'],
    'other',
  ],
  [
    'a task of Ansible that ended the play',
    [
      'fatal: [db1]: FAILED! => {"changed": false, "msg": "replication slot \\"old\\" does not exist", "rc": 1}',
      'PLAY RECAP *****',
      'db1 : ok=12 changed=3 unreachable=0 failed=1 skipped=1 rescued=0 ignored=0',
    ],
    'missing_object',
  ],
])('%s is one', (_what, lines, label) => {
  expect(analyseText(`${lines.join('\n')}\n`).root).toMatchObject({ label })
})
