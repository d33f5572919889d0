import { hideKeyBlocks } from './key-blocks.ts'
import { hideNamedValues } from './named-values.ts'
import { hideShellSecrets } from './shell/shell-output.ts'

/**
 * Takes out credentials that are recognised by their shape alone. Rather too much than too little. `onSecret` hears
 * those that stand beside a name or in an address, and so are known from now on.
 */
export function hideCredentials(text: string, onSecret: (secret: string) => void = () => {}): string {
  return hideTokens(hideNamedValues(hideAddresses(hideShellSecrets(hideKeyBlocks(text), onSecret), onSecret), onSecret))
}

/** `postgres://u:p@h/db` → `postgres://u:***@h/db`. The last @ counts: people write passwords with @ and / unencoded. */
function hideAddresses(text: string, onSecret: (secret: string) => void): string {
  return text.replace(/[^\s"<>]+/g, (word) => {
    if (!word.includes('://')) return word
    const [scheme = '', ...addresses] = word.split('://')
    return [scheme, ...addresses.map((address) => hidePassword(address, onSecret))].join('://')
  })
}

function hidePassword(address: string, onSecret: (secret: string) => void): string {
  const at = address.lastIndexOf('@')
  const colon = address.indexOf(':')
  if (colon < 0 || colon > at) return address
  onSecret(address.slice(colon + 1, at))
  return `${address.slice(0, colon)}:***${address.slice(at)}`
}

const prefixes =
  /xox[a-z]-|xapp-|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|ptt|cbt|agent|soat|ffct)-|npm_|dckr_pat_|dckr_oat_|hf_|[spr]k_(?:live|test)_|whsec_|SG\.[\w-]{16}|AIza[\w-]{20}|ya29\.|GOCSPX-|(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12}|hooks\.slack\.com\/[a-z]+\/|SCRAM-SHA-256\$|\bmd5[0-9a-f]{32}|\bsk-(?:proj-|ant-|svcacct-|or-)?[A-Za-z0-9_-]{20}|pypi-AgE|shp(?:at|ca|pa|ss)_[0-9a-f]{8}|sq0[a-z]{3}-|do[opr]_v1_|hv[sbr]\.[\w-]{20}|\bdapi[0-9a-f]{32}|NRAK-|lin_api_|PMAK-|sntry[su]_|figd_|ATATT3x|xkeysib-|\bkey-[0-9a-f]{32}|\bSK[0-9a-f]{32}|r8_[A-Za-z0-9]{30}|rubygems_[0-9a-f]{20}|pscale_(?:tkn|pw|oauth)_|sbp_[0-9a-f]{20}|ops_eyJ|AGE-SECRET-KEY-1|\$2[aby]\$\d\d\$|\$argon2|pbkdf2_sha256\$|v2\.local\./

/** Shorter than any token: a name such as `npm_config`. */
const SHORTEST_TOKEN = 12

/**
 * Tokens of well-known services, and JSON Web Tokens (`eyJ`, the base64 of `{"`, and a dot behind it): from where they
 * begin to the end of the word. Found from their beginnings, because a pattern for whole words of any length
 * exhausts the stack on a line of ten megabytes.
 */
function hideTokens(text: string): string {
  const begins = new RegExp(`${prefixes.source}|eyJ`, 'g')
  let done = ''
  let from = 0
  let [end, dot] = [0, -1]
  for (let match = begins.exec(text); match !== null; match = begins.exec(text)) {
    const start = match.index
    // Both are looked for once: many beginnings in one word would otherwise each walk to its end.
    if (start >= end) end = findWordEnd(text, start)
    if (dot !== Number.POSITIVE_INFINITY && dot < start + 10) dot = findDot(text, start + 10)
    const isToken = match[0] === 'eyJ' ? dot < end : end - start >= SHORTEST_TOKEN
    begins.lastIndex = isToken ? end : start + 1
    if (!isToken) continue
    done += `${text.slice(from, start)}***`
    from = end
  }
  return done + text.slice(from)
}

function findWordEnd(text: string, start: number): number {
  const outside = /[^\w.+/=$:-]/g
  outside.lastIndex = start
  return outside.exec(text)?.index ?? text.length
}

function findDot(text: string, from: number): number {
  const found = text.indexOf('.', from)
  return found < 0 ? Number.POSITIVE_INFINITY : found
}
