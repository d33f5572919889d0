import type { ContentManifest, Finding } from '../../domain/content.ts'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'

/** Views, functions, types, triggers … by name: what the manifest has and this side lacks, and the other way round. */
export function compareObjects(expected: ContentManifest['objects'], found: ContentManifest['objects']): Finding[] {
  const kinds = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return kinds.flatMap((kind) => {
    const should = expected[kind] ?? []
    const is = found[kind] ?? []
    return [
      ...without(should, is).map((name) => write(kind, name, 'missing', finding('definition_missing', { kind }))),
      ...without(is, should).map((name) => write(kind, name, 'extra', finding('definition_extra', { kind }))),
    ]
  })
}

function without(names: readonly string[], others: readonly string[]): string[] {
  const taken = new Set(others)
  return names.filter((name) => !taken.has(name))
}

function write(kind: string, name: string, verdict: 'missing' | 'extra', why: FindingMessage): Finding {
  const expected = verdict === 'missing' ? name : null
  return {
    subject: 'object',
    name: `${kind} ${name}`,
    verdict,
    expected,
    found: verdict === 'extra' ? name : null,
    why,
  }
}
