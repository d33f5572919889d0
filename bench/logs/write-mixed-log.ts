import { closeSync, openSync, writeSync } from 'node:fs'

/** Bytes that are put together before they are written. */
const BLOCK = 4 << 20

/** A generator of numbers that gives the same ones each time (Park and Miller), so that each run reads the same log. */
function createRandom(seed = 20_260_301): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/**
 * Writes a log such as a night leaves behind: mostly lines that say that all is well, 15 of 100 of them JSON, and 2 of
 * 100 events errors: of PostgreSQL with DETAIL and STATEMENT, of Java with a stack and its cause, of scripts.
 */
export function writeMixedLog(path: string, bytes: number): void {
  const random = createRandom()
  const file = openSync(path, 'w')
  let written = 0
  let second = 0
  while (written < bytes) {
    const lines: string[] = []
    for (let size = 0; size < BLOCK; size += lines.at(-1)?.length ?? 0) {
      second++
      const time = new Date(Date.UTC(2026, 2, 1) + second * 40).toISOString().replace('T', ' ').slice(0, 23)
      lines.push(writeEvent(random, time))
    }
    const block = Buffer.from(lines.join(''))
    const kept = block.subarray(0, Math.min(block.length, bytes - written))
    writeSync(file, kept)
    written += kept.length
  }
  closeSync(file)
}

function writeEvent(random: (below: number) => number, time: string): string {
  const kind = random(1_000)
  const id = random(900_000) + 100_000
  if (kind < 20) return writeError(random, time, id)
  if (kind < 170)
    return `{"time":"${time}","level":"info","msg":"batch moved","table":"orders","from":${id},"rows":${random(5_000)},"ms":${random(900)}}\n`
  if (kind < 600)
    return `${time} UTC [${random(60_000)}] LOG:  duration: ${random(90)}.${random(1_000)} ms  execute S_${random(9)}: UPDATE orders SET status_code = $1 WHERE id = $2\n`
  return `${time} INFO  [worker-${random(16)}] com.example.migrate.BatchWriter - batch ${id} of orders written, ${random(5_000)} rows, checksum ${(id * 7_919).toString(16)}\n`
}

function writeError(random: (below: number) => number, time: string, id: number): string {
  switch (random(3)) {
    case 0:
      return `${time} UTC [${random(60_000)}] ERROR:  value too long for type character varying(12)\n${time} UTC [${random(60_000)}] CONTEXT:  COPY customers, line ${id}, column phone: "+82 10 ${id}"\n${time} UTC [${random(60_000)}] STATEMENT:  COPY customers FROM STDIN\n`
    case 1:
      return `${time} ERROR [worker-${random(16)}] com.example.migrate.BatchWriter - batch ${id} failed\njava.sql.BatchUpdateException: Batch entry ${random(500)} was aborted\n\tat org.postgresql.jdbc.BatchResultHandler.handleError(BatchResultHandler.java:165)\n\tat org.postgresql.core.v3.QueryExecutorImpl.processResults(QueryExecutorImpl.java:2413)\n\tat com.example.migrate.BatchWriter.write(BatchWriter.java:88)\nCaused by: org.postgresql.util.PSQLException: ERROR: duplicate key value violates unique constraint "orders_pkey"\n  Detail: Key (id)=(${id}) already exists.\n\t... 14 more\n`
    default:
      return `${time} ERROR migrate-orders[${random(60_000)}] orders batch ${id}: column c.loyalty_level does not exist (SQLSTATE 42703)\n`
  }
}
