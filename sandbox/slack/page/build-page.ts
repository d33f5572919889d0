import { fileURLToPath } from 'node:url'

/** A file of the built page: its type for browsers, and its content. */
export interface PageFile {
  readonly type: string
  readonly content: string | Uint8Array
}

const root = fileURLToPath(new URL('../../page/', import.meta.url))
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}
let built: Promise<ReadonlyMap<string, PageFile>> | undefined

/** The page's files by path, bundled at first use and kept in memory: tests that show no page pay nothing for it. */
export function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  built ??= bundle()
  return built
}

async function bundle(): Promise<ReadonlyMap<string, PageFile>> {
  // Only here, so that a workspace without a page starts without the bundler.
  const { build } = await import('vite')
  const result = await build({
    root,
    // The page stands behind its key, which only its address knows.
    base: './',
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    // Else NODE_ENV of whoever starts the workspace, a test for one, would choose React's development calls.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    // Inlined pictures would need a wider content security policy.
    build: { write: false, target: 'es2022', assetsInlineLimit: 0, modulePreload: false, chunkSizeWarningLimit: 4_000 },
  })
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : []
  const files = outputs
    .flatMap((one) => one.output)
    .map((one) => {
      const ending = one.fileName.split('.').at(-1) ?? ''
      const file: PageFile = {
        type: types[ending] ?? 'application/octet-stream',
        content: one.type === 'chunk' ? one.code : one.source,
      }
      return [one.fileName === 'index.html' ? '/' : `/${one.fileName}`, file] as const
    })
  return new Map(files)
}
