/** A unified diff that is folded up at first; lines keep their leading sign, so that colour is not needed. */
export function FileDiff({ name, diff }: { readonly name: string; readonly diff: string }) {
  const lines = diff.trimEnd().split('\n')
  return (
    <details className="patient-diff">
      <summary>What differs in {name}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        {lines.map((line, index) => (
          <span key={index} className={`diff-line diff-${nameSign(line)}`}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </details>
  )
}

function nameSign(line: string): 'head' | 'added' | 'gone' | 'same' {
  if (/^(\+\+\+|---|@@)/.test(line)) return 'head'
  if (line.startsWith('+')) return 'added'
  return line.startsWith('-') ? 'gone' : 'same'
}
