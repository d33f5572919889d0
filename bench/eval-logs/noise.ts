/** Lines of logs in which nothing goes wrong, of several tools, the same for the same seed. */
export function makeNoise(count: number, seed: number): string[] {
  let state = seed >>> 0 || 1
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const lines: string[] = []
  for (let index = 0; index < count; index++) lines.push((kinds[next(kinds.length)] ?? kinds[0])?.(index, next) ?? '')
  return lines
}

type Next = (below: number) => number
const tables = [
  'orders',
  'customers',
  'order_lines',
  'invoices',
  'products',
  'stock_moves',
  'audit_entries',
  'addresses',
]
const pick = (next: Next) => tables[next(tables.length)] ?? 'orders'

function clock(index: number): string {
  const seconds = 7_200 + Math.floor(index / 4)
  const part = (value: number) => String(value).padStart(2, '0')
  return `${part(Math.floor(seconds / 3600) % 24)}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}

const kinds: readonly ((index: number, next: Next) => string)[] = [
  (index, next) =>
    `2026-03-01 ${clock(index)}.${100 + next(900)} UTC [${4000 + next(40)}] LOG:  checkpoint complete: wrote ${next(9000)} buffers (${next(90)}.1%); 0 WAL file(s) added, 0 removed`,
  (index, next) =>
    `2026-03-01 ${clock(index)}.${100 + next(900)} UTC [${4000 + next(40)}] LOG:  duration: ${next(900)}.123 ms  statement: COPY ${pick(next)} FROM STDIN`,
  (index, next) =>
    `2026-03-01 ${clock(index)}.${100 + next(900)}  INFO 19784 --- [           main] o.s.batch.core.step.AbstractStep         : Step: [load_${pick(next)}] executed in ${next(900)}ms`,
  (index, next) =>
    `[2026-03-01 ${clock(index)},${100 + next(900)}] INFO WorkerSourceTask{id=orders-${next(9)}} Committing offsets for ${next(9000)} acknowledged messages (org.apache.kafka.connect.runtime.WorkerSourceTask:233)`,
  (_index, next) =>
    `{"level":30,"time":${1772330000000 + next(9_000_000)},"pid":${next(9000)},"msg":"copied ${next(9000)} rows of ${pick(next)}","errors":0}`,
  (index, next) =>
    `2026-03-01T${clock(index)}.0${10000 + next(80000)}Z NOTICE COPY public.${pick(next)} with ${next(90000)} rows estimated [${next(4)}/4]`,
  (_index, next) => `pg_restore: processing data for table "public.${pick(next)}"`,
  (_index, next) =>
    `INFO  [alembic.runtime.migration] Running upgrade ${next(99999).toString(16)} -> ${next(99999).toString(16)}, add index to ${pick(next)}`,
  (index, next) =>
    `${clock(index)}  ${next(90)} of 90 OK created sql table model analytics.${pick(next)} [SELECT ${next(9000)} in ${next(9)}.12s]`,
  (index, next) =>
    `2026-03-01T${clock(index)} [TARGET_LOAD     ]I:  Load finished for table 'public'.'${pick(next)}' (Id = ${next(30)}). ${next(90000)} rows received. 0 rows skipped. Volume transferred ${next(900000)}.  (streamcomponent.c:3666)`,
  (index, next) => `Mar  1 ${clock(index)} app1 systemd[1]: Started Session ${next(9000)} of user deploy.`,
  (index, next) =>
    `2026-03-01T${clock(index)}.${100 + next(900)}+0000\t[########................]  shop.${pick(next)}  ${next(90)}.1MB/212MB  (${next(90)}.2%)`,
  (index, next) => `26/03/01 ${clock(index)} INFO mapreduce.Job:  map ${next(100)}% reduce 0%`,
  (_index, next) =>
    `Copy: ${next(90000)}/90000 ${next(100)}.0%; Applied: ${next(900)}; Backlog: 0/1000; Time: ${next(900)}s(total), ${next(900)}s(copy); State: migrating; ETA: ${next(90)}s`,
  (_index, next) => `Migrating schema "public" to version "${next(90)}.${next(9)} - add ${pick(next)}"`,
]
