import { hideLists } from './binds.ts'
import { createBounds } from './bounds.ts'
import { findContentEnd } from './brackets.ts'
import { findTagEnd, isTag, type Tag } from './tag.ts'
import { isTellingField } from './telling-fields.ts'

/** Further names behind which programs print what they wanted to write, as an object or a list. */
const containers =
  /(?<![\p{L}\d.])["'\\:]{0,9}(?:variables|keyValue|consideredValues?|changes|input(?:_?(?:data|line|row|record))?|request_?body|response_?body|body|payload|message_?body|form_?data|post_?data|record_?data|row_?data|raw_?(?:row|record|line|message)|original_?(?:row|record|line)|line_?data|source_?(?:row|record)|target_?(?:row|record)|old_?values?|new_?values?|bind_?params|sql_?params|query_?params|sql_?args|query_?args|exec_?args|_previousDataValues|instance|documents?|writeOps?|o2|failed_?(?:doc|document)s?|offending_?(?:row|record|doc)|sample_?rows?|data_?row|csv_?row|rowValues|row_?values|column values|record parsing|with arguments|entity|model_?data|attributes_?before|attributes_?after|PARAMS|Params)["'\\]{0,8}\s?(?::|=>?)\s{0,4}(?!\{\\{0,7}"(?:stringValue|message|error|msg|code)\\{0,7}")["']?(?=[[({])/giu
/** What an ORM was called with: `data: {`, `values: {`, `where: {` of an object that has no quotes about its names. */
const calls =
  /(?<![\w"'.])(?:data|create|update|upsert|where|values|fields|set|doc|o)(?<!-): (?=\{\s{0,40}[\w$'"]{1,60}:)/g
/** A list behind a statement that only holds places for its values. */
const behind =
  /(?:values|VALUES)\s?\((?:\s?(?:\$\d{1,4}|\?\d{0,4}|%s|:\w{1,40}|@\w{1,40}|%\(\w{1,40}\)s)\s?,?){1,200}\)(?: (?:RETURNING|returning) [\w", ]{1,120})?["']?[,;]? {1,2}(?=[[(])(?!\[\d{1,12}\])/g

/** Slick and others; with a colon they are those of an internal error of Oracle. */
const called = /\barguments = (?=\[)/g

/** A case class without names, behind a word of what became of it. */
const cases =
  /\b(?:[Rr]ejected|[Ss]kipped|[Dd]iscarded|[Ii]gnored|[Ii]nvalid|[Cc]ould not (?:save|insert|store|write|map)) [A-Z]\w{1,60}(?=\([^()=:\n]{1,200},)/g

/** An object as a language prints it, by how it begins; group 1 is what it is called. */
const objects: readonly RegExp[] = [
  // Java, Kotlin, Scala, Lombok, Python's dataclasses: Customer{id=1, name=Kim}
  /(?<![\w.$])([A-Z]\w{1,60})(?=[[{(]\w{1,40} ?= ?[^,=\n]{0,200}, ?\w{1,40} ?= ?)/g,
  // Rust and Swift: Person { id: 4, name: "Kim" }, Person(id: 4, name: "Kim")
  /(?<![\w.$])([A-Z]\w{0,60}[a-z]\w{0,30})(?=(?:\(| ?\{)\s?\w{1,40}: [^,\n]{0,200}, ?\w{1,40}: ) ?/g,
  // A document of MongoDB's shell
  /()(?=\{ ?_id: )/g,
  // Go with %+v: {ID:1 Name:Kim}, &{…}, main.Customer{ID:1, Name:"Kim"}
  /(?<![\w$])&?((?:[a-z]\w{0,30}\.)?(?:[A-Z]\w{0,60})?)(?=\{[A-Z]\w{0,40}:(?:[^\s{}][^{}\n]{0,200}?)?,? [A-Z]\w{0,40}:)/g,
  // Ruby: #<User id: 1, name: "Kim">
  /#(?=<[A-Z]\w*(?:::\w+){0,4} \w{1,40}: )()/g,
  // Elixir: %Shop.User{name: "Kim"}, %{"name" => "Kim"}
  /%((?:[A-Z][\w.]{0,80})?)(?=\{["\w]{1,60}(?:: |" => ))/g,
  // Ruby's and Perl's hashes: {"name"=>"Kim", :id=>1}
  /()(?=\{\s{0,40}(?:"[\w .-]{1,60}"|:\w{1,60}|'[\w .-]{1,60}') ?=> ?["'\d:])/g,
  // C#: { Id = 1, Name = Kim }
  /()(?=\{ [A-Z]\w{0,40} = [^,{}\n]{0,200}, [A-Z]\w{0,40} = )/g,
]

/** What is called so is no row: a part of the program itself. */
const machinery =
  /(?:Config\w*|Options?|Settings?|Properties|Task\w*|Partition\w*|Offset\w*|Connection\w*|Exception|Error\w*|Status|State|Metadata|Info|Context|Pool|Version\w*|Schema\w*|Field\w*|Column\w*|Table\w*|Index\w*|Migration\w*|ChangeSet\w*|Cluster\w*|Node\w*|Broker\w*|Topic\w*|Thread\w*|Address|Host\w*|Server\w*|Duration|Type|Step\w*|Job\w*|Client\w*|Session\w*|Executor\w*|Worker\w*|Stage|Statement|Query|Plan\w*|Result\w*|Timestamp\w*|Progress|Report|Stats|Source|Location|Stack\w*|Frame|Token|Trace\w*|Policy|Retry\w*|Lock\w*|Transaction\w*|Xid|Lsn|Gtid\w*|Binlog\w*|Checkpoint\w*|Bucket|Path|File\w*|Dataset|Instance|Endpoint|Cmd|DateTime|Decimal|UUID|Uuid|ObjectId)$/

/** Replaces values of rows and documents that programs print as objects of their language. */
export function hideRecords(text: string, tag: Tag): string {
  const withoutLists = [containers, calls, behind, called, cases].reduce((so, shape) => hideLists(so, shape, tag), text)
  return hideTemplates(
    objects.reduce((so, shape) => hideObjects(so, shape, tag), withoutLists),
    tag,
  )
}

/** A message as Serilog and Microsoft's logging keep it: its words with places, and what stood in them as fields. */
const template = /"(?:@mt|MessageTemplate|messageTemplate|\{OriginalFormat\})"\s?:\s?"((?:[^"\\\n]|\\.){1,2000})"/g
/** Fields of a template that name what was being done, or count. */
const step =
  /^(?:\w{0,20}(?:Migration|Script|Step|Version|File|Path|Table|Schema|Database|Column|Task|Job|Command|Sql|Query|Count|Total|Rows|Elapsed\w{0,12}|Duration|Attempt|Retry|Host|Server|Port|Url|Method|Status\w{0,6}|Code|Error|Message|Reason|Exception|State|Type|Environment|Assembly|Context|Batch|Stage|Application|App|Service|Machine|Node|Process|Thread|Logger|Source|Target|Provider|Package|Release|ConnectionString|Options?|Flag)(?:s|es)?(?:Id|Ids|Name|Names|Type)?)$/i

/** Names of people, addresses, numbers that belong to somebody; not a word or a version. */
const personal = /\p{Lu}\p{Ll}+[ ,]+\p{L}|@|[^ -~]|^\+?\d[\d .()/-]{5,40}$|[a-z] \p{L}{3}/u

function hideTemplates(text: string, tag: Tag): string {
  if (!/"(?:@mt|[mM]essageTemplate|\{OriginalFormat\})"/.test(text)) return text
  return text
    .split('\n')
    .map((line) => {
      const places = [...line.matchAll(template)].flatMap(([, words = '']) => [
        ...words.matchAll(/\{[@$]?([A-Za-z_]\w{0,60})(?:[,:][^{}]{0,40})?\}/g),
      ])
      const names = new Set(places.flatMap(([, name = '']) => (step.test(name) || isTellingField(name) ? [] : [name])))
      return [...names].slice(0, 20).reduce((so, name) => hideProperty(so, name, tag), line)
    })
    .join('\n')
}

function hideProperty(line: string, name: string, tag: Tag): string {
  const lists = hideLists(line, new RegExp(`"${name}"\\s?:\\s?(?=[[{])`, 'g'), tag)
  return lists.replace(
    new RegExp(`("${name}"\\s?:\\s?)("(?:[^"\\\\\\n]|\\\\.){1,2000}"|-?\\d[\\d.]{3,40})`, 'g'),
    (found, before: string, value: string) => {
      const inner = value.replace(/^"|"$/g, '')
      if (isTag(inner) || inner.includes('‹') || !personal.test(inner)) return found
      return value.startsWith('"') ? `${before}"${tag(name, inner)}"` : before + tag(name, inner)
    },
  )
}

function hideObjects(text: string, shape: RegExp, tag: Tag): string {
  const bounds = createBounds(text)
  const opens = new RegExp(shape)
  let done = ''
  let from = 0
  for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
    const open = match.index + match[0].length
    if (match[0].length === 0) opens.lastIndex += 1
    if (open < from || machinery.test(match[1] ?? '')) continue
    const limit = Math.min(text.length, open + 20_000, bounds.messageEnd(open))
    const end = text[open] === '<' ? findAngle(text, open, limit) : findContentEnd(text, open, limit)
    done += text.slice(from, open + 1) + hideFields(text.slice(open + 1, end), tag)
    from = end
    opens.lastIndex = Math.max(end, opens.lastIndex)
  }
  return done + text.slice(from)
}

function findAngle(text: string, open: number, limit: number): number {
  const line = text.indexOf('\n', open)
  const end = text.lastIndexOf('>', Math.min(limit, line < 0 ? limit : line))
  return end > open ? end : limit
}

const field = /((?:^|[\s,{([<|])["':]{0,2}([A-Za-z_]\w{0,60}\??)["']{0,2}\s?(?:=>|=|:)\s?)/g

/** Values between the names of the fields; a value that is an object itself keeps its own names. */
function hideFields(content: string, tag: Tag): string {
  const names = [...content.matchAll(field)]
  let done = ''
  let from = 0
  for (const [place, match] of names.entries()) {
    const start = match.index + match[0].length
    const stop = names[place + 1]?.index ?? content.length
    if (start < from) continue
    done += content.slice(from, start)
    from = start
    if (isTellingField(match[2] ?? '')) continue
    const rest = content.slice(start, stop)
    const value = rest.replace(/[\s,)}\]>]+$/, '')
    const inner = /^(["'])([\s\S]*)\1$/.exec(value)
    if (/^\[\s?["']/.test(value)) {
      done += value.replace(
        /(["'])((?:(?!\1)[^\\\n‹›]|\\.){2,400})\1/g,
        (_, sign: string, one: string) => sign + tag('value', one) + sign,
      )
      from = start + value.length
      continue
    }
    const data = inner === null ? value : (inner[2] ?? '')
    if (
      data === '' ||
      /^(?:[{[(<]|%|#<|null$|nil$|None$|<nil>$|true$|false$)/.test(data) ||
      isTag(data) ||
      findTagEnd(data, 0) >= 0
    )
      continue
    const sign = inner?.[1] ?? ''
    done += sign + tag(match[2] ?? 'value', data) + sign
    from = start + value.length
  }
  return done + content.slice(from)
}
