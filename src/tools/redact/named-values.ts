import { hidden, hide } from './hidden.ts'
import { nameBefore, secretName } from './secret-names.ts'

/** A form in which a credential stands beside its name: group 1 is kept, what is behind it goes. */
interface Form {
  readonly form: RegExp
  /** What is found although it is none. */
  readonly isNone?: (value: string, before: string, found: string) => boolean
}

const quoted = [
  String.raw`'(?:[^'\\\n]|\\.|'')*'?`,
  String.raw`"(?:[^"\\\n]|\\.)*"?`,
  String.raw`\\{1,15}"(?:[^"\\\n]|\\[^"\\\n])*\\{1,15}"`,
  '`[^`\\n]*`?',
].join('|')
/** To the next blank, or to the next part of an address: a password may hold an ampersand. */
const word = String.raw`[^\s&]+(?:&(?![\w.-]{1,40}=)[^\s&]*){0,400}|(?:&(?![\w.-]{1,40}=)[^\s&]*){1,400}`
const value = String.raw`(?:${quoted}|\{\{[^{}\n]{1,80}\}\}[^\s&]*|${word})`
const gap = String.raw`[ \t]{0,4}`

/** `PASS: 12`, `PASS=5 WARN=0`, `PASS: test_login` are results of tests. */
function isResult(secret: string, name: string, found: string): boolean {
  if (!/(?:^|[^\w.])pass["']?\s*[:=]\s*$/i.test(name)) return false
  return /^\d{1,6}[,;.)]?$/.test(secret) || (/(?:^|\W)PASS/.test(name) && /:\s/.test(found))
}

/** With what may stand right behind it. */
function isHidden(secret: string): boolean {
  return /^\*\*\*(?:(?:\n\*\*\*)*["',;)\]}>/\\]*$|;[ \t]{0,4}[A-Za-z][\w ]{0,30}=)/.test(secret)
}

/** `${DB_PASSWORD}` and `{{ vault.password }}` name a secret and hold none. */
function isReference(secret: string): boolean {
  return /^["']?(?:\$\{\w+\}|\$[A-Z_][A-Z0-9_]*|\{\{[^{}]{1,80}\}?\}?|%\(\w+\)s|%s|\?)["']?[,;)\]}]{0,2}$/.test(secret)
}

const forms: readonly Form[] = [
  { form: /(\b(?:set-)?cookie["']?:[ \t]{0,4})[^\r\n]{1,4000}/gi },
  // YAML with a tag: `password: !unsafe hunter2`
  { form: new RegExp(`(${secretName}["']?${gap}:[ \\t]{1,4}!\\w{2,20}[ \\t]{1,4})(?!\\||>)${value}`, 'giu') },
  // SQL inside a text of SQL: its quotes are doubled, once for each text around it.
  {
    form: new RegExp(
      `((?:${secretName}|\\bidentified[ \\t]{1,4}by)[ \\t]{0,4}(?:=>|:=|=|:)?[ \\t]{0,4})'{2,16}(?=[^\\s',;)&])[^'\\n]*'{0,16}`,
      'giu',
    ),
  },
  // ADO: `Password=with blanks; and;more;Database=x`
  {
    form: /(;[ \t]{0,4}(?:password|pwd)[ \t]{0,4}=[ \t]{0,4})(?!\*\*\*)[^\n"'&]{1,200}?(?=;[ \t]{0,4}[A-Za-z][\w ]{0,30}=|["'\n]|$)/gi,
  },
  // env, JSON, YAML, properties, Ruby, PHP, addresses
  { form: new RegExp(`(${secretName}["'\\\\]{0,16}${gap}(?:=>|:=|=|:|：)${gap})${value}`, 'giu'), isNone: isResult },
  // A line of its own: to its end, for the value may hold blanks.
  {
    form: new RegExp(
      `^([ \\t>|+-]{0,40}(?:export |set |- )?["']?${nameBefore}${secretName}["']?${gap}[:=]${gap})(?![ \\t]|\\*\\*\\*|["'|>{[]|[\\w.]{1,40}: )[^\\n]{1,2000}`,
      'gimu',
    ),
    isNone: isResult,
  },
  { form: new RegExp(`(--?${nameBefore}${secretName}["']?[ \\t]{1,4})(?!-)${value}`, 'giu') },
  // A trace of a login: `user repl password s3cr3t database orders`
  {
    form: /(\b(?:user(?:name)?|login)[ \t]{1,4}(?:as[ \t]{1,4})?[^\s]{1,63}[ \t]{1,4}(?:with[ \t]{1,4})?passw(?:or)?d[ \t]{1,4})(?!for\b|authentication\b|is\b|was\b|has\b|failed\b|not\b|required\b|incorrect\b|expired\b|must\b|\*\*\*)[^\s,;]{3,200}/gi,
  },
  // What a program prints of an account that it makes: `admin user ( admin / s3cr3t )`, `login: admin/s3cr3t`
  {
    form: /(\b(?:admin(?:istrator)?|user|account|login|credentials?)\b[^\n(]{0,20}\([ \t]{0,3}[\w.@-]{1,64}[ \t]{0,3}\/[ \t]{0,3})(?!\*\*\*)[^\s()/]{4,100}(?=[ \t]{0,3}\))/gi,
  },
  // SQL: PASSWORD '…', SECRET_ACCESS_KEY '…', IDENTIFIED BY "…"
  {
    form: new RegExp(
      `((?<![\\p{L}\\d_])[\\p{L}\\d_]{0,30}?${secretName}[ \\t]{1,4})(?:[EN]?'(?:[^'\\n]|'')*'?|\\$\\w{0,30}\\$[^$\\n]*(?:\\$\\w{0,30}\\$)?)`,
      'giu',
    ),
  },
  {
    form: /((?<!\b(?:revisions?|migrations?|versions?|index|constraint|rows?|records?|objects?|documents?|files?|tables?|columns?|sessions?|process|snapshots?|backups?)[ \t]{1,4})\bidentified[ \t]{1,4}(?:with[ \t]{1,4}["'`]?\w{1,40}["'`]?[ \t]{1,4})?(?:by|as)[ \t]{1,4}(?:password[ \t]{1,4}|values[ \t]{1,4})?)(?:'(?:[^'\n]|'')*'?|\\{0,15}"[^"\n]*"?|[^\s;'"]+)/gi,
  },
  { form: /(\b(?:requirepass|masterauth|primaryauth|ldapbindpasswd)[ \t]{1,4})[^\s]+/gi },
  // HTTP
  { form: /(\b(?:bearer|basic|digest|apikey)[ \t]{1,4})[\w.~+/=-]{6,}/gi },
  {
    form: /(\bauthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:token|key|aws4-hmac-sha256)?[ \t]{0,2})(?!(?:bearer|basic|digest)\b|\*\*\*)[^\s"',]{6,}/gi,
  },
  // XML: <password>…</password>, <add key="DbPassword" value="…"/>, <name>…password</name><value>…</value>
  {
    form: new RegExp(
      `(<(?:[\\w.-]{1,40}:)?${nameBefore}${secretName}(?:\\s[^<>]{0,200})?>)(?!\\s*<)[^<\\n]{1,2000}`,
      'giu',
    ),
  },
  {
    form: new RegExp(
      `((?:name|key|id|property|field)\\s{0,3}=\\s{0,3}\\\\{0,15}["']${nameBefore}${secretName}\\\\{0,15}["'][^<>]{0,200}?\\b(?:value|default|content)\\s{0,3}=\\s{0,3})(?:\\\\{0,15}"[^"]{0,2000}"?|'[^']{0,2000}'?)`,
      'giu',
    ),
  },
  {
    form: new RegExp(
      `(\\b(?:value|content)\\s{0,3}=\\s{0,3})(?:"[^"<>]{0,500}"|'[^'<>]{0,500}')(?=[^<>]{0,200}\\b(?:name|key|id|property)\\s{0,3}=\\s{0,3}["']${nameBefore}${secretName}["'])`,
      'giu',
    ),
  },
  {
    form: new RegExp(
      `((?:name|key|id|property)\\s{0,3}=\\s{0,3}["']${nameBefore}${secretName}["'][^<>]{0,200}>\\s{0,40}(?:<value>\\s{0,40})?)(?!\\s|<)[^<\\n]{1,2000}`,
      'giu',
    ),
  },
  {
    form: new RegExp(
      `(<(?:name|key|param-name)>\\s{0,9}${nameBefore}${secretName}\\s{0,9}</[\\w-]{1,20}>\\s{0,40}<(?:value|string|param-value)>)[^<]{1,2000}`,
      'giu',
    ),
  },
  // Pairs of name and value: Kubernetes, ECS, Compose
  {
    form: new RegExp(
      `(["']?(?:name|key)["']?\\s{0,3}[:=]\\s{0,3}["']?${nameBefore}${secretName}["']?\\s{0,3},?(?:\\s|\\\\{1,15}[nr]){1,40}["']?value["']?\\s{0,3}[:=]\\s{0,3})${value}`,
      'giu',
    ),
  },
  {
    form: new RegExp(
      `("(?:name|key)"\\s{0,3}:\\s{0,3}"${nameBefore}${secretName}","value"\\s{0,3}:\\s{0,3})${value}`,
      'giu',
    ),
  },
  // .pgpass: host:port:database:user:password
  { form: /^([ \t]{0,9}[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w.*-]{1,63}:[\w.*@-]{1,63}:)[^\s:]{1,200}$/gm },
  // The same line within a text of another format.
  {
    form: /((?<![\w.:/-])[\w.*-]{1,80}:(?:\d{2,5}|\*):(?:\*|[A-Za-z_][\w-]{0,62}):(?:\*|[A-Za-z_][\w@.-]{0,62}):)(?!\*\*\*|\d{1,6}(?::|\b))[^\s:"'<>\\,;)\]]{3,200}/g,
  },
]

/** Programs that take a password without its name. */
const programs: readonly Form[] = [
  // MySQL's function
  { form: /(\b(?:OLD_)?PASSWORD\(\s{0,2})(?:'[^'\n]{1,200}'|"[^"\n]{1,200}")/gi },
  {
    form: /(\bvault (?:kv )?(?:put|write|patch) \S{1,200} (?:[\w-]{1,40}=\S{1,200} ){0,6}?[\w-]{1,40}=)(?!\*\*\*|@)\S{1,400}/g,
  },
  {
    form: new RegExp(`(\\bconfig(?:ure)? set [^\\s]{0,80}?${secretName}[ \\t]{1,4})(?!\\*\\*\\*)[^\\s]{3,400}`, 'giu'),
  },
  {
    form: new RegExp(
      `(\\[[^\\]\\n]{0,60}?${secretName}\\](?:\\.\\w{1,20}(?:\\[\\w{1,20}\\])?)?;)(?!\\*\\*\\*)[^\\s]{1,200}`,
      'giu',
    ),
  },
  { form: /(\bopenssl\b[^\n]{0,300}? -[kK] )(?!\*\*\*)[^\s]{1,200}/g },
  {
    form: /(^(?:[\w@.:~/ -]{0,60}[$#%>] |\+{1,3} )?isql(?: -\w{1,8}){0,4} [\w.-]{1,60} [\w.-]{1,60} )(?!-|\*\*\*)[^\s]{3,100}/gm,
  },
  // Teradata
  { form: /(\.?\blogon [^\s/,]{1,80}\/[^\s/,]{1,60},)(?!\*\*\*)[^\s;]{1,100}/gi },
  // What is handed to a program that reads a password.
  {
    form: /(\becho (?:-[neE]{1,3} )?)(?!\*\*\*|\$)(?:'[^'\n]{3,200}'|"[^"\n$]{3,200}"|[^\s|'"]{3,200})(?= ?\| ?(?:sudo )?(?:kinit|sudo -S|docker login|podman login|helm registry login|passwd|chpasswd|htpasswd|gpg|crane auth|skopeo login|oras login)\b)/g,
  },
  {
    form: /(\b(?:kinit|docker login|podman login|sudo -S|passwd|chpasswd)\b[^\n]{0,200}<<< ?)(?!\*\*\*|\$)(?:'[^'\n]{1,200}'|"[^"\n]{1,200}"|[^\s]{1,200})/g,
  },
  // A shell that says what it runs puts quotes about a whole argument.
  {
    form: /(\b(?:mysql|mariadb)\w{0,20}\b[^\n]{0,200}? ["']?-p)(?![\s*]|["'](?:\s|$))(?:(?<='-p)[^'\n]{1,200}|(?<="-p)[^"\n]{1,200}|[^\s]{1,200})/gm,
  },
  {
    form: /(\b(?:curl|wget|http|https|xh)\b[^\n]{0,300}? ["']?(?:-u|--user|--proxy-user|-U|-a|--auth)["']?[ =]?["']?[^\s:"']{1,80}:)(?!\*\*\*)[^\s"']{1,200}/g,
  },
  {
    form: /(\b(?:sqlcmd|bcp|osql|isql|tsql|freebcp|db2|snowsql)\b[^\n]{0,300}? ["']?-P["']? ?)(?!\*\*\*)["']?[^\s"']{1,200}["']?/g,
  },
  {
    form: /(\b(?:sshpass|mongo\w{0,12}|docker login|podman login|helm registry login|kinit|ldap\w{1,12}|rabbitmqadmin|beeline|cqlsh|dsbulk|sstableloader|nodetool|hdbsql|nzload|nzsql|vsql|cypher-shell|arangosh|cbimport|influx|az (?:sql|login|acr)[\w -]{0,40})\b[^\n]{0,300}? ["']?-[pw]["']? ?)(?!\*\*\*)["']?[^\s"']{1,200}["']?/g,
  },
  { form: /(\b(?:redis-cli|keydb-cli|valkey-cli)\b[^\n]{0,300}? ["']?-a["']? ?)(?!\*\*\*)["']?[^\s"']{1,200}["']?/g },
  {
    form: /(\b(?:sqlplus|sqlldr|exp|imp|expdp|impdp|rman|sql|tnsping|userid|connect|conn|target|catalog)\b(?:[ =](?:-\w{1,8}|userid=|target|catalog|control=\S{1,80})){0,4}[ =]["']?[A-Za-z][\w$#]{0,29}\/)(?!\*\*\*|[\w.-]{0,60}\/)(?:\\?"[^"\n]{1,64}"|[^\s@"'/]{1,64})/gi,
  },
  // Db2's CONNECT
  { form: /(\bconnect\b(?:[ \t]to[ \t]\S{1,60})?[ \t]user[ \t]\S{1,60}[ \t]using[ \t])(?!\*\*\*)[^\s;]{1,200}/gi },
  // `expdp scott/tiger@orcl`; not a path such as `lib/name@1.2`.
  { form: /((?<![\w./@-])[A-Za-z][\w$#]{0,29}\/)[^\s@/"']{1,64}(?=@(?:\/\/)?[A-Za-z])/g },
  // An address without a scheme: `app:secret@tcp(db:3306)/orders`, `app:secret@10.0.0.5:5432`, `app:secret@localhost/x`.
  {
    form: /((?<![\w./:@-])[A-Za-z_][\w.-]{0,62}:)[^\s:@/"'<>()]{3,128}(?=@(?:(?:tcp|udp|unix)\d?\(|localhost\b|\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-f:]{2,40}\]|[A-Za-z][\w.-]{0,120}(?::\d{2,5}\b|\/\w)))/g,
  },
  { form: /([?&]u(?:ser(?:name)?)?=[^&\s]{1,80}&p=)[^&\s"']{1,200}/gi },
  // Arguments of a function that connects, in a stack of PHP or as it was called: address, user, password.
  {
    form: /(\b(?:PDO(?:->|::)_{0,2}construct|mysqli?_connect|mysqli(?:->|::)(?:_{2}construct|real_connect)|oci_p?connect|odbc_connect|sqlsrv_connect|createConnection|getConnection)\((?:"[^"\n]{0,300}"|'[^'\n]{0,300}'), ?(?:"[^"\n]{0,100}"|'[^'\n]{0,100}'), ?)(?:"[^"\n]{1,200}"|'[^'\n]{1,200}')/g,
  },
  // A user, and behind it a password: of any program, wherever its command stands.
  {
    form: /((?<!\b(?:mysql|mariadb)[^\n]{0,120})\s["']?(?:-[uU]|--user(?:name)?)["']?(?: |=)["']?[\w.@\\-]{1,60}["']? ["']?(?:-[pPwW]|--pass(?:word|wd)?)["']?(?: |=))(?!\*\*\*|-|\d{1,5}(?:\s|$)|[./~]|\$)(?:'[^'\n]{1,200}'|"[^"\n]{1,200}"|[^\s'"]{3,200})/g,
  },
  // Whatever somebody typed at a shell: `$ ora2pg … -w secret`.
  {
    form: /(^(?:[\w.-]{1,60} {1,20}\| )?(?:[\w@.:~/ -]{0,60}[$#%] |\+{1,3} )[^\n]{0,600}? -(?:[pPwW]|pw)(?:[ =]|(?=['"])))(?!\*\*\*|-|\d{1,5}(?:\s|$)|[./~]|\$)(?:'[^'\n]{1,200}'|"[^"\n]{1,200}"|[^\s'"]{3,200})/gm,
    // There a blank behind -p means that it asks.
    isNone: (_, before) => /\b(?:mysql|mariadb)/.test(before),
  },
  {
    form: /(^(?:[\w@.:~/ -]{0,60}[$#%] |\+{1,3} )[^\n]{0,600}? (?:-u|--user|--auth|--creds?)(?:[ =]|(?=["']))["']?[^\s:"'/]{1,80}:)(?!\*\*\*|\/\/)[^\s"'@]{3,200}/gm,
  },
  { form: /(\b7z[ar]?\b[^\n]{0,300}? -p)(?!\*\*\*)[^\s]{3,200}/g },
  { form: /(\bmc alias set [^\s]{1,60} [^\s]{1,200} [^\s]{1,80} )(?!\*\*\*)[^\s]{3,200}/g },
  { form: /("auth"\s?:\s?")(?!\*\*\*)[^"\n]{8,2000}/g },
  { form: /(\bdbptk[^\n]{0,400}? -[ie]p )(?!\*\*\*)[^\s]{1,200}/g },
  { form: /(\bopenssl\b[^\n]{0,300}? -pass(?:in|out)? ?pass:)[^\s"']{1,200}/g },
]

/** `password: |` and lines that stand further in. */
const block = new RegExp(
  `^([ \\t]{0,80})((?:- )?["']?${nameBefore}${secretName}["']?[ \\t]{0,4}:[ \\t]{0,4}[|>][+-]?\\d?[+-]?[ \\t]{0,9})\\n`,
  'gimu',
)

/** Hides credentials that stand beside their names, in whatever form, and those on command lines. */
export function hideNamedValues(text: string, onSecret: (secret: string) => void = () => {}): string {
  return [...forms, ...programs].reduce(
    (so, { form, isNone }) =>
      so.replace(form, (found: string, before: string, offset: number) => {
        const secret = found.slice(before.length)
        if (
          isHidden(secret) ||
          isReference(secret) ||
          /^[|>][+-]?\d?[+-]?$/.test(secret) ||
          isNone?.(secret, so.slice(Math.max(0, offset - 1), offset) + before, found)
        )
          return found
        onSecret(secret)
        return before + hide(secret)
      }),
    hideBlocks(text),
  )
}

function hideBlocks(text: string): string {
  let done = ''
  let from = 0
  const opens = new RegExp(block)
  for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
    const indent = (match[1] ?? '').length
    let at = match.index + match[0].length
    done += text.slice(from, at)
    while (at < text.length) {
      const found = text.indexOf('\n', at)
      const end = found < 0 ? text.length : found
      const line = text.slice(at, end)
      const spaces = line.length - line.trimStart().length
      if (line.trim() !== '' && spaces <= indent) break
      done += (line.trim() === '' ? line : line.slice(0, spaces) + hidden) + text.slice(end, end + 1)
      at = end + 1
    }
    from = Math.min(at, text.length)
    opens.lastIndex = from
  }
  return done + text.slice(from)
}
