import { readFileSync } from 'node:fs'
import { createFileTools } from '../../../src/tools/files/index.ts'

// Replaces a file as an account of its own if one is named, and dies by SIGKILL at a moment if one is named.
const [of = '{}'] = process.argv.slice(2)
const { path, kept, seen, wanted, version, dieAt, uid } = JSON.parse(of) as { [name: string]: string }
if (uid !== undefined) {
  process.setgroups?.([])
  process.setgid?.(Number(uid))
  process.setuid?.(Number(uid))
}
const tools = createFileTools({
  redact: (text) => text,
  pass: (moment) => {
    if (moment === dieAt) process.kill(process.pid, 'SIGKILL')
  },
})
try {
  await tools.checkRights(await tools.read(path ?? ''))
  await tools.replace({
    path: path ?? '',
    kept: kept ?? '',
    seen: seen ?? '',
    wanted: wanted ?? '',
    content: readFileSync(version ?? ''),
    signal: new AbortController().signal,
    beforeEffect: async () => {},
  })
  process.stdout.write('replaced')
} catch (error) {
  process.stdout.write((error as { code?: string }).code ?? String(error))
}
