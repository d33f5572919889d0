import type { Place } from '../analysis.ts'
import type { LogEvent } from '../events/event.ts'

type Draft = { -readonly [name in keyof Place]: Place[name] }
/** What one pattern tells: the names of its groups are those of a place. */
const patterns: readonly RegExp[] = [
  // H2: an index with its columns, a column with its type.
  /\bviolation: \\{0,3}"(?:[\w$]{1,63}\.)?(?<constraint>[\w$]{1,80}) ON (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})\((?<column>[\w$]{1,63})(?: NULLS (?:FIRST|LAST))?\)/,
  /\b(?:column|Column|Feld|Spalte|champ|colonne|campo|columna) \\{0,3}"(?<column>[\w$]{1,63}) (?:CHARACTER |VAR|CHAR|BIG|SMALL|TINY|INT|NUMERIC|DECIMAL|DOUBLE|REAL|BOOL|DATE|TIME|UUID|CLOB|BLOB|BINARY|ENUM)[A-Z ]{0,30}(?:\(|\\{0,3}"| NOT NULL)/,
  // Loaders: the line of the file, and the column by its number and its name.
  /\bExternal table (?<table>[\w$]{1,63}), line (?<row>\d{1,15})\b(?:.{0,400}?, column (?<column>[\w$]{1,63}))?/,
  /\b(?:Input record|CSV Error on Line:) (?<row>\d{1,15})\b/,
  /\b(?:for|to|in|of) column \d{1,5} \((?<column>[A-Za-z_][\w$]{0,62})\)/,
  /\b[Cc]onverting column "(?<column>[^"]{1,128})"/,
  /\bTable with name (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63}) does not exist/,
  // BigQuery: a field by its name, a table behind its project.
  /\b(?:for field|Field) (?<column>[\w$.]{1,128}) (?:\(position \d|has changed)/,
  /\bTable (?:[\w-]{1,63}:|(?=\w{0,62}-)[\w-]{1,63}\.)(?<schema>[\w$]{1,63})\.(?<table>[\w$-]{1,63})/,
  // Django: the table with the column that points nowhere; a subscription's table that lacks some.
  /\bforeign key: (?<table>[\w$]{1,63})\.(?<column>[\w$]{1,63}) contains/,
  /\bmissing (?:some )?replicated columns?: "(?<column>[^"]{1,63})"/,
  // Oracle, in its languages: a value with two lengths behind the column's name, and what a row holds.
  /\bORA-12899: [^("]{0,60}"(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})"\."(?<column>[^"]{1,63})"/,
  /\bORA-12899: [^("]{0,60}?(?<![\w"])"?(?<column>[A-Z][A-Z0-9_$#]{1,62})(?![\w.])"?[^("]{0,60}\(/,
  /\bORA-02372: \D{1,30}: ?(?<column>[A-Za-z_][\w$#]{1,62}) ?: ?0X/,
  /\b(?:mapping|mapping from) (?:(?<schema>[\w$]{1,63})\.)(?<table>[\w$]{1,63}) to \w/,
  // HANA and Data Factory: a column behind its word; SQLite's shell: the file with its line.
  /\b(?:invalid column name:|[Tt]he column) ['"]?(?<column>[\w$]{1,63})['"]?(?=:| is not found)/,
  /^(?<file>[\w./-]{1,200}\.(?:csv|tsv|txt|dat)):(?<row>\d{1,15}): (?=\S)/,
  /\bfor column "(?<schema>[^".]{1,63})\.(?<table>[^".]{1,63})\.(?<column>[^".]{1,63})"/,
  // Spark: between backticks, alone.
  /\bwith name `(?:`?[\w$]{1,63}`?\.){0,2}(?<column>[\w$]{1,63})` cannot be resolved/,
  // Snowflake: a table or a file of a stage, the column, its place.
  /\bcolumn "[^"]{1,200}"\["(?<column>[^"]{1,128})":\d{1,4}\]/,
  // Elasticsearch and OpenSearch: a field by its path.
  /\b(?:failed to parse(?: field)?|dynamic introduction of|object mapping for|(?:failed to parse|Failed to parse) mapping for|mapper) \[(?<column>[\w.@-]{1,120})\](?! as\b)/,
  /\bno such index \[(?<table>[\w.-]{1,120})\]/,
  // Debezium: database, table and column in one name.
  /\bvalue for ['"](?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})\.(?<column>[\w$]{1,63})['"] of type\b/,
  // Firebird's key beside the constraint; SQL Server's bulk load; TiDB's and zap's fields.
  /\bProblematic key value is \("?(?<column>[\w$]{1,63})"? = /,
  /\bfor row (?<row>\d{1,15}), column \d{1,5} \((?<column>[^()]{1,128})\)/,
  /\[table=["'`]{0,2}(?:(?<schema>[\w$-]{1,63})["'`]{0,2}\.)?["'`]{0,2}(?<table>[\w$-]{1,63})["'`]{0,2}\]/,
  // A sink that may not make it.
  /\bTable (?<table>[\w$-]{1,63}(?:\.[\w$-]{1,63}){0,3}) is missing and auto-creation\b/,
  /\bdata from row "(?<row>\d{1,15})" of the input file/,
  // psql and libpq where all fields of a message are printed, in their languages.
  /^(?:SCHEMA NAME|SCHEMANAME|NOM DU SCHÉMA|NOMBRE DE ESQUEMA|NOME DELLO SCHEMA|СХЕМА|スキーマ名|스키마 이름|方案名)\s?:\s{1,3}(?<schema>[^\s:]{1,63})\s*$/,
  /^(?:TABLE NAME|TABELLENNAME|NOM DE (?:LA )?TABLE|NOMBRE DE TABLA|NOME DELLA TABELLA|ТАБЛИЦА|テーブル名|테이블 이름|表名)\s?:\s{1,3}(?<table>[^\s:]{1,63})\s*$/,
  /^(?:COLUMN NAME|SPALTENNAME|NOM DE (?:LA )?COLONNE|NOMBRE DE COLUMNA|NOME DELLA COLONNA|СТОЛБЕЦ|列名|칼럼 이름|열 이름)\s?:\s{1,3}(?<column>[^\s:]{1,63})\s*$/,
  /^(?:CONSTRAINT NAME|CONSTRAINT-NAME|NOM DE (?:LA )?CONTRAINTE|NOMBRE DE RESTRICCIÓN|NOME DEL VINCOLO|ОГРАНИЧЕНИЕ|制約名|제약 조건 이름|约束名)\s?:\s{1,3}(?<constraint>[^\s:]{1,63})\s*$/,
  // SQL Server, in its languages: the object that is not there, or takes no second key.
  /\b[Ii]nvalid object name '(?:(?<schema>[^'.]{1,128})\.){0,2}(?<table>[^'.]{1,128})'/,
  /(?:[Oo]bjektname|[Oo]bjekt|objeto|objet|oggetto|オブジェクト名?|개체(?: 이름)?|объект[аеу]?|对象名?|物件(?:名稱)?) ?['"“](?:(?<schema>[^'"“”.]{1,128})\.){0,2}(?<table>[^'"“”.]{1,128})['"”]/,
  /["' ](?:(?<schema>[\w$]{1,63})\.){1,2}(?<table>[\w$]{1,63})["']?-Objekt\b/,
  // ClickHouse, Snowflake, GoldenGate: a column by its name alone.
  /\b[Cc]annot find column ['`"]?(?<column>[\w$.]{1,128})/,
  /\b[Nn]o such column ['`"]?(?<column>[\w$.]{1,128})['`"]? in table (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})/,
  /\bMissing columns: ['`"](?<column>[\w$.]{1,128})['`"]/,
  /\binvalid identifier '(?:["\w$]{1,63}\.){0,2}"?(?<column>[\w$ ]{1,63})"?'/i,
  /\bcolumn (?<column>[\w$]{1,63}) (?:in|of|on) table (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})\b/i,
  /^\s{0,8}(?<column>[\w$]{1,63}) \(position \d{1,6}\)/,
  // A table with its schema, in the languages of Oracle and its kin.
  /(?<!\p{L})(?:[Tt]able|TABLE|表|テーブル|테이블|Tabelle|tabla|tabella|tabela|таблиц[аыу]) (?<schema>[A-Za-z_][\w$#]{0,62})\.(?<table>(?!(?:sql|csv|dat|txt|dump|json|gz|xml)\b)[A-Za-z_][\w$#]{1,62})(?![\w$.#])/u,
  /\b[Ee]rror (?:restoring|importing|loading|copying|dumping|inserting into) (?:table )?["'`]?(?<schema>[\w$-]{1,63})["'`]?\.["'`]?(?<table>[\w$-]{1,63})["'`]?(?=[\s:,])/,
  /\bCOPY INTO (?:["`]?[\w$]{1,63}["`]?\.)?(?:["`]?(?<schema>[\w$]{1,63})["`]?\.)?["`]?(?<table>[\w$]{1,63})["`]?(?=\s)/,
  // Whatever a language calls a line and a column: COPY's context has them in this order.
  /\bCOPY (?:(?<schema>[\p{L}\p{N}_$]{1,63})\.)?"?(?<table>[\p{L}\p{N}_$]{1,63})"?, (?!line )\p{L}{2,12} (?<row>\d{1,15})(?:, \p{L}{2,12} "?(?<column>[^":,]{1,63})"?)?(?=[:.,\s]|$)/u,
  /\bCOPY (?:(?<schema>[\p{L}\p{N}_$]{1,63})\.)?"?(?<table>[\p{L}\p{N}_$]{1,63})"?, line (?<row>\d{1,15})(?:, column "?(?<column>[^":,]{1,63})"?)?(?:: "(?<value>[^"]{0,500})"?)?/u,
  /\b(?:null value in|Invalid) column ["'](?<column>[^"']{1,63})["'] (?:of relation "(?<table>[^"]{1,63})")?/i,
  /column "(?<column>[^"]{1,63})" of relation "(?<table>[^"]{1,63})"/,
  /\bconstraint "(?<constraint>[^"]{1,63})"(?: (?:on|of) (?:table|relation) "(?<table>[^"]{1,63})")?/,
  /\binsert or update on table "(?<table>[^"]{1,63})"/,
  /\bupdate or delete on table "(?<table>[^"]{1,63})"/,
  /\bfor relation "(?<table>[^"]{1,63})"/,
  /\b(?:relation|table) "(?:(?<schema>[\w$]{1,63})\.)?(?<table>[^".]{1,63})"(?!\.")/i,
  /\bfor column ['`"](?<column>[^'`"]{1,64})['`"](?!\.)(?: at row (?<row>\d{1,12}))?/,
  /\b(?:value|entry): ?'(?<value>[^']{0,200})' for (?:column|key) '(?<column>[^']{1,64})'/,
  /\b(?:UNIQUE|NOT NULL) constraint failed: (?<table>[\w$]{1,63})\.(?<column>[\w$]{1,63})/,
  /\bDuplicate entry '(?<value>[^']{0,200})' for key '(?:(?<table>[^.']{1,64})\.)?(?<constraint>[^']{1,64})'/,
  /\bColumn '(?<column>[^']{1,64})' cannot be null/,
  /\bcol ["'`](?<column>[^"'`]{1,63})["'`].{0,120}? of table ["'`]?(?<table>[\w$]{1,63})/,
  /\bUnknown column '(?:(?<table>[^.']{1,64})\.)?(?<column>[^']{1,64})'/,
  /\bTable '(?:(?<schema>[^.']{1,64})\.)?(?<table>[^']{1,64})' (?:doesn't exist|already exists)/,
  /\bat row (?<row>\d{1,12})/,
  /`(?<schema>[^`]{1,64})`\.`(?<table>[^`]{1,64})`, CONSTRAINT `(?<constraint>[^`]{1,64})`/,
  /(?<![.\w])"(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})"(?!\.")/,
  /(?<![`.])`(?<schema>[^`]{1,64})`\.`(?<table>[^`#]{1,64})`(?!\.)/,
  /\bTable (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63}) (?:does not|doesn't) exist/,
  /\bobject named '(?:(?<schema>[\w$]{1,63})\.)?(?<table>[^'.]{1,128})'/,
  /\bUndefined column name (?<column>[\w$]{1,63}) in table (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})/,
  /\bColumn '(?<column>[^'.]{1,128})' (?:has|in|is|cannot|does|of|was)\b/,
  /\b[Ff]ield (?<column>[\w$]{1,63}) \(position \d/,
  /\b(?:table|view|incremental) model (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})/,
  /\bParsing error at line: (?<row>\d{1,15})/,
  /\bRecord (?<row>\d{1,15}): (?:Rejected|Discarded) - Error on table "?(?:(?<schema>[\w$]{1,63})"?\."?)?(?<table>[\w$]{1,63})"?(?:, column "?(?<column>[\w$]{1,63}))?/,
  /\bTable data object "(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})/,
  /\bloading table "(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})/,
  /\bfor column "(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})"\."(?<column>[^"]{1,63})"/,
  /\("(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})"\."(?<column>[^"]{1,63})"\)/,
  /\bconstraint \((?<schema>[\w$]{1,63})\.(?<constraint>[\w$]{1,63})\) violated/,
  /(?<!\w)"(?<schema>[^"]{1,63})"\."(?<table>[^"]{1,63})"\."(?<column>[^"]{1,63})"/,
  /\bobject '(?:(?<schema>[\w$]{1,63})\.)?(?<table>[^']{1,128})'/,
  /\btable ['"](?:(?<schema>[\w$]{1,63})\.){0,2}(?<table>[\w$]{1,63})['"](?:, column '(?<column>[^']{1,128})')?/i,
  /\bTruncated value: '(?<value>[^']{0,200})'/,
  /\b(?:invalid input (?:syntax|value) for [^:]{1,80}|Incorrect [\w ]{1,20} value|invalid value): ["'](?<value>[^"']{0,300})["']/,
  /\bcollection: (?<schema>[\w-]{1,63})\.(?<table>[\w.-]{1,120})/,
  /\bcolumn name ['"](?<column>[^'"]{1,128})['"]/i,
  /\bcolumn `(?<schema>[^`]{1,64})`\.`(?<table>[^`]{1,64})`\.`(?<column>[^`]{1,64})`/,
  /\b(?:for column|Unknown column|column) ['`](?:(?<table>[^'`.]{1,64})\.)?(?<column>[^'`.]{1,64})['`]/i,
  /\bTable ['`](?:(?<schema>[^.'`]{1,64})\.)?(?<table>[^'`]{1,64})['`]/i,
  /\bpermission denied for (?:table|relation|view|sequence|materialized view|foreign table) (?<table>[\p{L}\p{N}_$.]{1,63})/u,
  /\bmust be owner of (?:table|relation|view|sequence) (?<table>[\w$.]{1,63})/,
  /\bcolumn (?:reference )?"(?:(?<table>[^".]{1,63})\.)?(?<column>[^".]{1,63})"/,
  /\bcolumn (?:(?<table>[\w$]{1,63})\.)?(?<column>[\w$]{1,63}) (?:does not exist|of relation|cannot be|must)/,
  /^\s{0,12}(?:table|"table"): ['"]?(?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})/,
  /^\s{0,12}(?:column|"column"): ['"]?(?<column>[\w$]{1,63})/,
  /^\s{0,12}(?:constraint|"constraint"): ['"]?(?<constraint>[\w$]{1,63})/,
  /(?<!\p{L})(?:table|Table|TABLE|테이블|表|テーブル|Tabelle|tabla|tabella|таблиц[еы]) ?(?:(?<schema>[A-Za-z_][\w$]{0,62})\.)?(?<table>[A-Za-z_$][\w$]{1,62})[,、，] ?(?:column|열|列|列|Spalte|colonne|columna|colonna|столбец) (?<column>[\w$]{1,63})/u,
  /\b[Uu]nrecogni[sz]ed (?:name|column|field):? ["'`]?(?<column>[\w$]{1,63})/,
  /\b(?:value )?too large for column (?<column>[\w$]{1,63}) \(/,
  /\bdefault value for ["'`](?<column>[^"'`]{1,63})["'`]/i,
  // PostgreSQL's other languages, and tools that speak them: a name in quotes beside what it is the name of.
  /(?<!\p{L})(?:[Ss]palte|colonne|columna|colonna|coluna|столб(?:ец|ца|це)|列|字段|欄位|カラム|열) ?["'»«„“「]\s?(?<column>[^"'»«„“”「」\n]{1,63}?)\s?["'»«“”」]/u,
  /["“](?<column>[^"“”\n]{1,63})["”] ?(?:열|칼럼|컬럼|列|カラム|字段|欄位)/u,
  /(?<!\p{L})(?:Tabelle|Relation|Replikationszielrelation|table|relation|tabla|relación|tabella|relazione|tabela|relação|таблиц[аыеу]|отношени[ея]|表|关系|テーブル|リレーション|테이블) ?["'»«„“「]\s?(?:(?<schema>[\w$]{1,63})\.){0,2}(?<table>[^"'»«„“”「」\n.]{1,63}?)\s?["'»«“”」]/u,
  /["“](?:(?<schema>[\w$]{1,63})\.)?(?<table>[^"“”\n.]{1,63})["”] ?(?:이름의 )?(?:테이블|릴레이션|テーブル|リレーション|表|关系)/u,
  // Records as loaders count them, in the languages of Oracle's.
  /^(?:[Rr]ecord|记录|記錄|レコード|레코드|Datensatz|Satz|Enregistrement|Registro|Запись) ?(?<row>\d{1,15}) ?:/,
  /\b(?:ADD|ALTER|MODIFY|DROP|CHANGE) COLUMN (?:IF (?:NOT )?EXISTS )?["`[]?(?<column>[\w$]{1,63})/,
  /\bADD ["`[](?<column>[\w$]{1,63})["`\]] \w/,
  /\bevent on table (?:(?<schema>[\w$]{1,63})\.)?(?<table>[\w$]{1,63})/,
  /\btable_?name["']?\s?(?:=>|[:=])\s?["']?(?<table>[\w$]{1,63})/i,
  /\b[Rr]ow (?<row>\d{1,15}), [Cc]olumn ["\d]/,
  /\bRows: (?<row>\d{1,15}); errors: /,
  /\b(?:data (?:from )?row|row number) "?(?<row>\d{1,15})\b/i,
  /\bin row "(?<row>\d{1,15})" and column "\d/,
  /\b(?:CSV|input|source|data) (?:row|record|line) (?:number )?#?(?<row>\d{1,15})\b/i,
  /\bLevel \d{1,2}, State \d{1,3},.{0,160}?\bLine (?<inputLine>\d{1,9})\b/,
  /^\p{L}{2,12}\.? ?\d{2,6} ?[,、，] ?\p{L}{2,12}\.? ?\d{1,2} ?[,、，] ?\p{L}{2,12} ?\d{1,3} ?[,、，].{0,160}?(?:\p{L} |第 )(?<inputLine>\d{1,9}) ?行?\s*$/u,
  /\bat line (?<inputLine>\d{1,9})\b/,
  /^\s*Line\s{1,8}: (?<inputLine>\d{1,9})/,
  /^\s*Location\s{0,8}: (?<file>\S{1,300})/,
  /\bmodel \w{1,120} \((?<file>[^)\s]{1,300})\)/,
  /^LINE (?<inputLine>\d{1,9}): (?<statement>.{1,500})/,
  // In whatever language: what stands in quotes behind a number, or in brackets behind an Oracle code.
  /\b1062\b[^']{0,60}'(?<value>[^']{0,200})'[^']{1,40}'(?:(?<table>[^.']{1,64})\.)?(?<constraint>[^']{1,64})'/,
  /\b(?:1146|1050|1051)\b[^']{0,60}'(?:(?<schema>[^.']{1,64})\.)?(?<table>[^']{1,64})'/,
  /\b(?:1048|1054|1060|1264|1265|1364|1406)\b[^']{0,80}'(?:(?<table>[^.']{1,64})\.)?(?<column>[^']{1,64})'/,
  /\bORA-0?(?:0001|2290|2291|2292): [^(]{0,80}\((?<schema>[\w$]{1,63})\.(?<constraint>[\w$]{1,63})\)/,
  /^(?:STATEMENT|Command was|QUERY|\[SQL|SQL statement):? {0,2}(?<statement>.{1,500})/,
]

/** Stands in the header, which other patterns do not see. */
const script = /^psql:(?<file>[^:\s]{1,300}):(?<inputLine>\d{1,9}):/
const keyValue = /\bKey \((?<column>[^)]{1,200})\)=\((?<value>[^)]{0,300})\)/

/** The table that a statement works on: told by it where no message names one. */
const target =
  /\b(?:INSERT INTO|INSERT IGNORE INTO|REPLACE INTO|MERGE INTO|DELETE FROM|TRUNCATE TABLE|LOCK TABLES?|(?:ALTER|CREATE|DROP)(?: OR REPLACE)?(?: (?:GLOBAL )?TEMP(?:ORARY)?| UNLOGGED| FOREIGN| MATERIALIZED| EXTERNAL)? (?:TABLE|VIEW)(?: IF (?:NOT )?EXISTS)?(?: ONLY)?|CREATE(?: UNIQUE)? INDEX [^()]{1,160}? ON|UPDATE(?= [^ ]{1,130} SET\b)|COPY INTO|COPY(?! INTO)(?= [^ ]{1,130} ?(?:\(|FROM\b|TO\b)))\s{1,3}(?:["`[]?(?<schema>[\w$]{1,63})["`\]]?\.){0,2}["`[{]?(?<table>[\w$]{1,63})["`\]}]?/i

/** Where an event says that it went wrong: of several lines the first that names a thing counts. */
export function findPlace(event: LogEvent, first: string): Place {
  const place: Draft = {}
  take(place, first)
  for (const line of event.lines) {
    if (line.kind === 'frame' || line.kind === 'before') continue
    take(place, line.message)
    const groups = script.exec(line.text)?.groups
    if (groups?.file === undefined || place.file !== undefined) continue
    place.file = groups.file
    place.inputLine = Number(groups.inputLine)
  }
  const texts = [first, ...listTold(event)]
  if (place.table === undefined) takeTarget(place, listNearest(event, first))
  if (place.table === undefined) takeRead(place, texts)
  if (place.table === undefined) takeAbove(place, event)
  if (place.column === undefined) takeChanged(place, event.previous ? [...texts, ...listTold(event.previous)] : texts)
  return place
}

/** Lines of an event that tell, without their headers. */
function listTold({ lines }: LogEvent): readonly string[] {
  return lines.flatMap(({ kind, message }) => (kind === 'frame' || kind === 'before' ? [] : [message]))
}

/** The same, and what stands nearest to the line that told before what stands far from it: of several statements one failed. */
function listNearest({ lines }: LogEvent, first: string): readonly string[] {
  const told = lines.filter(({ kind }) => kind !== 'frame' && kind !== 'before')
  const root = told.findIndex(({ message }) => message === first)
  const far = (index: number) => Math.abs(index - root) - (index > root ? 0.5 : 0)
  return told
    .map((line, index) => ({ line, index }))
    .toSorted((one, other) => far(one.index) - far(other.index))
    .map(({ line }) => line.message)
}

/** The first table that a failed query reads; it may go over many lines. */
const reads =
  /\bSELECT\b[^;]{1,800}?\bFROM\s{1,9}(?:["`[]?(?<schema>[\w$]{1,63})["`\]]?\.){0,2}["`[{]?(?<table>[\w$]{1,63})["`\]}]?/i

function takeRead(place: Draft, texts: readonly string[]): void {
  const groups = reads.exec(texts.join('\n').slice(0, 6_000))?.groups
  if (groups?.table === undefined) return
  place.table = groups.table
  if (groups.schema !== undefined) place.schema = groups.schema
}

/** The one column that a statement changes, or makes a key of. */
const changed: readonly RegExp[] = [
  /\balter table\b[^;]{0,200}?\b(?:(?:add|alter|modify|drop|change|rename) column (?:if (?:not )?exists )?|(?:modify|add) \(|change |modify |add (?!constraint|unique|primary|foreign|index|key|check|column|partition|fulltext|spatial)(?=["`[]?\w{1,63}["`\]]? \w))["`[]?(?<column>[\w$]{1,63})["`\]]? \w/i,
  /\bforeign key ?\(["`[]?(?<column>[\w$]{1,63})["`\]]?\)(?![^;]{0,2000}\bforeign key ?\()/i,
]

function takeChanged(place: Draft, texts: readonly string[]): void {
  for (const text of texts) {
    const head = text.slice(0, 1_500)
    const column = changed.map((form) => form.exec(head)?.groups?.column).find((one) => one !== undefined)
    if (column === undefined) continue
    place.column = column
    return
  }
}

/** A table as loaders name what they begin with: `loading table 'finance'.'ledger_line'`. */
const begun =
  /\b(?:[Ll]oad(?:ing|ed)?|[Ee]xport(?:ing)?|[Ii]mport(?:ing)?|[Cc]opy(?:ing)?|[Ff]rom|[Ii]nto|[Ff]or|[Rr]estor(?:e|ing)|[Pp]rocessing|[Dd]ump(?:ing)?|[Mm]igrating|[Tt]runcating|[Ss]ync(?:ing)?|[Rr]eading|[Ww]riting(?: to)?|COPY) (?:(?:data |copy |import |load )?(?:from|into|for|of) )?(?:the )?(?:table |TABLE |collection |stream |(?=[a-z_]\w{0,62}\.[a-z_]\w{0,62}(?:\s|$))|(?=["`[][\w$-]{1,63}["`\]]\.["`[]))["'`[]{0,2}(?:(?<schema>[\w$-]{1,63})["'`\]]{0,2}\.["'`[]{0,2}){0,2}(?<table>[\w$]{2,63})(?![\w$.-])|\b(?:table|view|incremental) model (?:(?<of>[\w$]{1,63})\.)?(?<model>[\w$]{1,63})/
/** The same of programs that name it alone. */
const alone: readonly RegExp[] = [
  /\bbcp (?:["[]?[\w$]{1,63}["\]]?\.)?(?:["[]?(?<schema>[\w$]{1,63})["\]]?\.)["[]?(?<table>[\w$]{1,63})["\]]? (?:in|out|format) /,
  /\b(?:[Ff]ailed to|[Uu]nable to|[Cc]ould not|[Ee]rror while|[Ee]rror) (?:insert|copy|import|load|migrate|write|inserting|copying|importing|loading|migrating|writing)(?: into| to| data for| table| rows? (?:of|for|into))?:? ["'`]?(?:(?<schema>[A-Za-z_][\w$]{0,62})\.)?(?<table>[a-z][\w$]{0,62}_[\w$]{1,62})["'`]?\.?$/,
]

/** The table of the nearest line above that names one: what was being done when it failed. */
function takeAbove(place: Draft, { lines, previous }: LogEvent): void {
  const above = lines.flatMap(({ kind, text }) => (kind === 'before' ? [text] : []))
  // The event directly before it may be the same failure, as the program logs it with what it was doing.
  const beside = previous === null ? [] : listTold(previous)
  for (const text of [...above, ...beside].toReversed()) {
    const head = text.slice(0, 1_500)
    const forms = [target, begun, ...alone]
    const groups = forms.map((form) => form.exec(head)?.groups).find((one) => one?.table ?? one?.model)
    const table = groups?.table ?? groups?.model
    if (table === undefined || isMade(table)) continue
    place.table = table
    const schema = groups?.schema ?? groups?.of
    if (schema !== undefined) place.schema = schema
    return
  }
}

function takeTarget(place: Draft, texts: readonly string[]): void {
  for (const text of texts) {
    const groups = target.exec(text.slice(0, 1_500))?.groups
    if (groups?.table === undefined || isMade(groups.table)) continue
    place.table = groups.table
    if (groups.schema !== undefined) place.schema = groups.schema
    return
  }
}

/** What a server or a loader made for itself: nobody knows it by that name. */
function isMade(table: string): boolean {
  return /^#sql|^TMP_[0-9A-F]{8}_/.test(table)
}

/** SQL Server's brackets about a name. */
function dropBrackets(name: string): string {
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}

/** The pattern that finds the table of an event like this; null when its text names none. */
export function findTablePattern(event: LogEvent, first: string): RegExp | null {
  const texts = [
    first,
    ...event.lines.flatMap((line) => (line.kind === 'frame' || line.kind === 'before' ? [] : [line.message])),
  ]
  return patterns.find((pattern) => texts.some((text) => pattern.exec(text.slice(0, 1_500))?.groups?.table)) ?? null
}

function take(place: Draft, text: string): void {
  const head = text.length > 1_500 ? text.slice(0, 1_500) : text
  for (const pattern of [...patterns, keyValue]) {
    const groups = pattern.exec(head)?.groups
    if (!groups || (groups.table !== undefined && isMade(groups.table))) continue
    for (const name of ['schema', 'table', 'column', 'constraint', 'file', 'value', 'statement'] as const) {
      const found = groups[name]
      // A schema counts only with the table that it stands before.
      if (
        found &&
        place[name] === undefined &&
        (name !== 'schema' || place.table === undefined || place.table === groups.table)
      )
        place[name] = dropBrackets(found)
    }
    for (const name of ['row', 'inputLine'] as const)
      if (groups[name] && place[name] === undefined) place[name] = Number(groups[name])
  }
}
