import { makeRules, type Rule } from '../rule.ts'

/** Messages of programs around the servers, and forms that many of them share; they are asked before those of servers. */
export const programRules: readonly Rule[] = [
  ...makeRules('version_incompatibility', [
    /featureCompatibilityVersion.{0,200}(?:invalid|not supported|unsupported|expected|below)|(?:invalid|unsupported|incompatible|wrong).{0,120}featureCompatibilityVersion|Wrong mongod version/i,
    /\binvalid \w{3,20} version\b|\bbut (?:needed|required|requires|needs) (?:version |at least )?(?:[<>]=?|v?\d{1,4}\.)|\b(?:needed|required|expected) version [<>]=/i,
    /\bunknown (?:redo log|file|dump|backup|archive|page|log|snapshot|storage|metadata) (?:file )?(?:format|version)|\b(?:redo log|backup|dump|archive|data files?) .{0,60}\b(?:newer|later|older) (?:server )?version/i,
    /(?:can't|cannot|unable to) (?:handle|read|load) .{0,40}\b(?:format|file|dump) version\b|\bunknown \w{3,20} version\b/i,
    /\bunsupported (?:upgrade|downgrade)|\binvalid .{0,30}\b(?:downgrade|upgrade)\b|\bcannot (?:downgrade|upgrade)\b|\b(?:upgrade|downgrade) .{0,60}is not supported/i,
    // pg_upgrade in its languages: a check that ends so, and types that the new version has no more.
    /^(?!Checking\b|.{0,120}(?:ライブラリ|[Bb]iblioth|[Bb]ibliotec|librer|라이브러리|библиотек|库|函式庫)).{6,160}(?:\s{2,60}fatal|\s(?:致命的|致命|치명적|치명적 오류|сбой))\s*$|(?:バージョン|版本|версии|버전) ?\d{1,2}(?:\.\d)? ?(?:では削除|中被移除|中已被?移除|удал|에서 제거|에서 삭제)/,
  ]),
  // Its checks, in a sentence of their own: what stands there the new version has no more, or cannot take over.
  ...makeRules('version_incompatibility', [
    /\bfailed check: |\bYour installation (?:contains|uses|has)\b|cannot currently be upgraded|was created with an? (?:older|newer) version/i,
  ]),
  // BigQuery and its kin tell nobody whether there is such a table: the right is what it asks for first.
  ...makeRules('permission_auth', [
    /\bAccess Denied: |\bdoes not have \S{0,80} ?(?:permission|access)\b|\bPermission \S{1,80} denied on\b/i,
  ]),
  ...makeRules('connectivity', [/server login has been failing/i]),
  ...makeRules('resource_disk_memory', [
    /\bLimit of [\w ]{1,40} (?:\[\d{1,9}\] )?has been exceeded|flood-stage watermark|disk usage exceeded|read-only-allow-delete block|high disk watermark/i,
  ]),
  ...makeRules('tool_internal', [
    /\b(?:error in|panic in|crash(?:ed)? in) (?:the )?(?:migration|query|schema|introspection|import|export|copy) engine|\b(?:migration|query|schema) engine (?:panicked|crashed)/i,
  ]),
  ...makeRules('mapping_schema', [
    /字段数.{0,60}不(?:相等|一致|匹配)|列配置信息有错误|\bis dependent on column|\bschema does not match|\bhas changed type from|\bhas \d{1,5} columns but \d{1,5} values|\bUnknown type: ["']\w{1,60}["'] for column/i,
    /\bwrong column name|\bcannot find column|Too(?:Many|Few)Columns|\btoo (?:many|few) (?:columns|fields)\b|missing replicated columns?/i,
  ]),
  ...makeRules('other', [
    /database disk image is malformed|file is not a database|\bchecksum mismatch|\b(?:allowed|supported|possible) only (?:in case of|if|when|with) .{1,160}(?:property|option|flag|setting|parameter)\b/i,
  ]),
  ...makeRules('encoding', [
    /\blc_(?:collate|ctype) values .{1,120} do not match|byte sequence for encoding|sequência de bytes|codificação|karakter kodlama|kodowania znaków|teckenkodning|послідовність байтів/i,
  ]),
  // SQL Server names both that can be; a value that does not fit is the usual one.
  ...makeRules('data_conversion', [
    /\bdata conversion error\b|exceeds DDL length|\bCould not parse ['"`][^'"`]{0,200}['"`] as\b|\bCould not convert string\b|\bconversion\/operation resulted in overflow/i,
    /类型转换|不能转(?:换)?(?:为|成)|转换为.{0,20}失败|sintaxis de entrada no es válida|syntaxe en entrée invalide|sintassi di input non valida|sintaxe de entrada .{0,20}inválida|ungültige Eingabesyntax|неверный синтаксис для типа|型の入力構文/i,
  ]),
]
