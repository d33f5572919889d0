import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../src/tools/redact.ts'

const redact = createRedactor([])

function expectSafe(text: string, data: RegExp): string {
  const shown = redact(text)
  expect(shown).not.toMatch(data)
  expect(redact(shown)).toBe(shown)
  expect(shown.split('\n')).toHaveLength(text.split('\n').length)
  return shown
}

/** What a shell printed of a file with Bob Smith, Ann Lee and a juan in it. */
describe('rows that a shell printed go', () => {
  test.each([
    ['behind an empty line', '$ cat c.csv\n7,Bob Smith\n\n8,Ann Lee\n$ '],
    ['with errors thrown away', '$ cat c.csv 2>/dev/null\n7,Bob Smith'],
    ['into the stream of errors', '$ cat c.csv >&2\n7,Bob Smith'],
    ['both streams', '$ cat c.csv 2>&1\n7,Bob Smith'],
    ['through perl', "$ cat c.csv | perl -pe 's/,/;/'\n7;Bob Smith"],
    ['through a bar in quotes', '$ cat c.csv | sed "s/|/,/"\n7,Bob Smith'],
    ['through tee', '$ head -2 c.csv | tee x\n7,Bob Smith'],
    ['of a statement before it', '$ cd /data && cat c.csv\n7,Bob Smith'],
    ['of which one begins with a share', '$ cat c.txt\n5% Bob Smith\nAnn Lee'],
    ['of which one begins with a price', '$ cat c.txt\n$ 5 Bob Smith\nAnn Lee'],
    ['of which one is like a prompt of PowerShell', '$ cat c.csv\nPS Bob > x\nAnn Lee'],
    ['of which one is like a prompt of a host', '$ cat c.csv\nx@y.test,Bob Smith,5% off\n8,Ann Lee,6'],
    ['of which one is like a complaint', '$ cat c.csv\nmemo: Bob Smith cannot pay\nAnn Lee'],
    ['of which one begins with a time', '$ cat c.csv\n2026-03-01 02:00:00,Bob Smith,x\n8,Ann Lee,y'],
    ['that begin with times', '$ cat c.txt\n2026-03-01 02:00:00 Bob Smith Oslo\n2026-03-01 02:00:01 Ann Lee Rome'],
    ['of a traced script', '+ cat c.csv\n7,Bob Smith\n+ psql -f x.sql'],
    ['of a traced script in a script', '++ head -1 /data/c.csv\nBob Smith'],
    ['of a trace with times', '2026-03-01T02:00:00.1Z + cat c.csv\n2026-03-01T02:00:00.2Z 7,Bob Smith'],
    ['of a container', 'loader-1  | + cat c.csv\nloader-1  | 7,Bob Smith'],
    ['as another user', '$ sudo -u postgres cat c.csv\n7,Bob Smith'],
    ['on another host', '$ ssh db01 cat /x/c.csv\n7,Bob Smith'],
    ['in a container', '$ docker exec -i loader cat /x/c.csv\n7,Bob Smith'],
    ['in a pod', '$ kubectl exec loader-0 -- head -3 /x/c.csv\n7,Bob Smith'],
    ['by another shell', "$ bash -c 'cat c.csv'\n7,Bob Smith"],
    ['with a variable', '$ LC_ALL=C sort c.csv\n7,Bob Smith'],
    ['of what was found', "$ find . -name '*.csv' -exec cat {} +\n7,Bob Smith"],
    ['of what was handed on', "$ find . -name '*.csv' | xargs head -1\n7,Bob Smith"],
    ['of a loop', '$ for f in *.csv; do cat $f; done\n7,Bob Smith'],
    ['at the prompt of a container', '/app # cat c.csv\n7,Bob Smith'],
    ['at the prompt of a Mac', 'ann@mac load % cat c.csv\n7,Bob Smith\nann@mac load % '],
    ['of a file without a type', '$ cat part-00000\n7|Bob Smith|Oslo'],
    ['of more lines than anybody reads', `$ cat c.csv\n${'7,x\n'.repeat(900)}8,Bob Smith`],
    ['that call themselves an error', '$ cat c.csv\nerror: "Bob Smith violates nothing"'],
    ['that give a reason', '$ cat c.csv\nreason: "Bob Smith, Oslo, already exists"'],
    ['with a level in them', '$ cat c.csv\n7,Bob Smith,ERROR,x'],
    ['by findstr at Windows', 'C:\\m> find "x" a.csv\n\n---------- A.CSV\n7,Bob Smith'],
  ])('%s', (_, text) => {
    expectSafe(text, /Bob|Smith|Ann|Lee/)
  })

  test.each([
    ['a file of variables', '$ cat .env\nSTRIPE=abc-Trv71-Reef\nDB_PORT=5432', /Trv71/, 'STRIPE='],
    ['another of them', '$ cat /app/.env.production\n# old: Trv71Reef\nexport FOO="Trv71 Reef"', /Trv71/, 'FOO='],
    ['a secret of Kubernetes', '$ kubectl get secret db -o yaml\ndata:\n  foo: VHJ2NzE=\n', /VHJ2/, '-o yaml'],
    [
      'a secret of Vault',
      '$ vault kv get x/y\n=== Data ===\nKey    Value\n---    -----\nfoo    Trv71-Reef',
      /Trv71/,
      'x/y',
    ],
    ['a variable', '$ echo "$DB_PASSWORD"\ncorrect horse battery', /horse/, 'DB_PASSWORD'],
    ['a variable of Windows', 'C:\\x>echo %DB_PASSWORD%\nTrv71 Reef', /Trv71/, 'DB_PASSWORD'],
  ])('%s', (_, text, data, kept) => {
    expect(expectSafe(text, data)).toContain(kept)
  })
})

describe('what a shell says beside them stays', () => {
  test.each([
    '$ docker secret ls\nError response from daemon: This node is not a swarm manager.',
    '$ docker secret ls\nID    NAME    DRIVER\nx7    db_old            2 days ago',
    '$ kubectl get secret db -o yaml\nUnable to connect to the server: dial tcp 10.0.0.9:6443: i/o timeout',
    '$ kubectl get secret db -o json\nError from server (NotFound): secrets "db" not found',
    '$ kubectl get secret db -o yaml\nThe connection to the server db01:8443 was refused - did you specify the right host?',
    '$ vault kv get secret/db\nError reading secret/data/db: Error making API request.\n\nCode: 403. Errors:\n\n* permission denied',
    '$ aws secretsmanager get-secret-value --secret-id x\n\nAn error occurred (AccessDenied) when calling the GetSecretValue operation: no',
    '$ find . -name "*.csv"\n./load/orders.csv\n./load/people.csv',
    '$ cat build.txt\nMsg 208, Level 16, State 1, Server S, Line 4\nInvalid object name dbo.orders.',
    '$ cat build.txt\nERROR:  relation "orders" does not exist\nLINE 1: select 1 from orders',
    '$ cat build.txt\npsql:load.sql:3: ERROR:  relation "orders" does not exist',
    '$ cat build.txt\nORA-00942: table or view does not exist',
    '$ cat build.txt\norg.postgresql.util.PSQLException: ERROR: relation "orders" does not exist\n\tat org.x.Y.z(Y.java:12)',
    '$ cat c.csv > /tmp/d.csv\nload of orders began',
    '$ grep -c x c.csv\n17',
    '$ wc -l c.csv\n17 c.csv',
    '$ cat c.csv | psql -c "copy orders from stdin"\nCOPY of orders stopped',
    '$ cat c.csv\ncat: c.csv: No such file or directory',
    '$ sudo cat c.csv\nsudo: a password is required',
    '$ cat c.csv\nbash: cat: command not found',
    '$ cat c.csv\n2026-03-01 02:00:00 UTC [7] LOG:  database system is ready\nshutting down',
    '$ echo "rotating the password"\nrotating the password',
    '$ cat c.csv\nann@db01:~$ make load\nload of orders began',
    '$ cat c.csv\n$ make load\nload of orders began',
    '+ cat c.csv\n+ make load\nload of orders began',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text)
  })
})

test.each([
  'error: "Bob Smith violates nothing"',
  'exception: "bob smith was denied permission"',
  "Error: 'Bob Smith: access denied'",
])('a text that is quoted behind a word for an error is none for one word in it: %s', (text) => {
  expectSafe(text, /bob|smith/i)
})

test.each([
  'error: "duplicate key value violates unique constraint \\"orders_pkey\\""',
  'error: "permission denied for table orders"',
  'reason: "connection refused"',
  'Error: "SQLSTATE[42P01]: Undefined table: relation orders does not exist"',
  'error: "ERROR: relation orders does not exist"',
])('and a message of another program stays: %s', (text) => {
  expect(redact(text)).toBe(text)
})
