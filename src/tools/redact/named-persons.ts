import { findTagEnd, type Tag } from './tag.ts'

/**
 * Names of fields that hold what belongs to a person or an account, in the languages that logs have been seen in. A
 * name ends a longer one (`billing_address_line1`, `customerEmail`); short ones stand by themselves.
 */
const anywhere = [
  '(?:first|last|full|given|family|middle|maiden|nick|display|legal|customer|client|patient|employee|contact|person|holder|card[_-]?holder|recipient|sender|buyer|payer|payee|beneficiary|guest|member|student|insured|account[_-]?holder|subscriber|applicant|borrower|driver|passenger)[_ -]?name|forename|surname',
  'e[_-]?mail(?:[_-]?addr(?:ess)?)?|(?:phone|telephone|msisdn|mobile[_-]?(?:no|num|number|phone))(?:[_-]?(?:no|num|number|home|work|\\d))?',
  '(?:street|home|postal|mailing|billing|shipping|delivery|customer|residential)[_-]?addr(?:ess)?(?:[_-]?line)?[_-]?\\d?|address[_-]?line[_-]?\\d?|street(?:[_-]?name)?|post(?:al)?[_-]?code|zip[_-]?code',
  'birth[_-]?(?:date|day|place)|date[_-]?of[_-]?birth|social[_-]?security(?:[_-]?(?:no|number))?|(?:national|citizen|personal|tax|vat)[_-]?(?:id|no|number)|passport(?:[_-]?(?:id|no|number))?|driver[_-]?licen[sc]e(?:[_-]?(?:no|number))?',
  'card[_-]?(?:no|num|number)|(?:bank[_-]?)?account[_-]?(?:no|num|number)|salary|diagnosis|blood[_-]?type|resident[_-]?(?:id|no|number)|medical[_-]?record(?:[_-]?(?:no|number))?',
  '(?<!\\p{L} )이름|성명|성함|고객명|회원명|환자명|전화(?:번호)?|연락처|휴대폰(?:번호)?|핸드폰|주소|생년월일|주민(?:등록)?번호|이메일|계좌번호|카드번호|여권번호|급여|사업자(?:등록)?번호|예금주|수취인|수령인|신청인|보호자',
  '氏名|お名前|住所|電話(?:番号)?|メール(?:アドレス)?|生年月日|口座番号|法人番号|マイナンバー|姓名|地址|电话(?:号码)?|手机号?码?|邮箱|身份证号?|電話號碼',
  'Vorname|Nachname|Straße|Anschrift|Geburtsdatum|Telefonnummer|Kontonummer|prénom|nom_de_famille|téléphone|date_de_naissance|apellidos?|dirección|teléfono|фамилия|отчество|адрес|телефон|дата_рождения|Steuer(?:nummer|[_-]?id)|codice_?fiscale|partita_?iva|cognome|indirizzo|sobrenome|endereço|telefone',
].join('|')
const apart =
  '(?<![A-Za-z])(?:address|addr|city|town|tel|fax|mobile|cell|dob|ssn|iban|bic|zip|rrn|mrn|nhs|imei|cvv|plz|ort|nif|dni|cif|cpf|cnpj|siret|siren|pesel|snils|bsn|cuit|curp)|(?-i:(?<=[a-z])(?:Address|City|Phone|Mobile|Dob|Ssn|Iban|Zip))'
const name = `(?<![\\p{L}\\p{N}_])[\\w.-]{0,40}?(?:${anywhere}|${apart})(?:_[12])?`

const string = String.raw`'(?:[^'\\\n]|\\.|''){1,600}'|\\{1,7}"(?:[^"\\\n]|\\(?!"|\\)[^"\n]?){1,600}\\{1,7}"|"(?:[^"\\\n]|\\.){1,600}"`
const figures = String.raw`-?[\d][\d .()/-]{2,40}(?=\s{0,3}[,}\])&]|\s{0,3}$|\s\w{1,40}=)`
/** To where the next field begins. */
const bare = String.raw`[^\s,;:)}\]|&"'<>{[(\\‹*][^,;:)}\]|&"'<>\n\\‹]{0,120}?(?=\s{0,3}[,;)}\]|&<"\n]|\s{1,3}[\w.]{1,40}=|\\n|$)`

/** Who somebody is, as the whole name of a field: only with a text in quotes. */
const role =
  '(?<![\\w])(?:customer|client|patient|payer|payee|recipient|holder|beneficiary|member|employee|contact|person|author|buyer|seller|guest|student|teacher|passenger|applicant|borrower|insured|subscriber|고객|환자|회원|顧客|患者|客户)'

const forms: readonly RegExp[] = [
  // The same in other languages: a name in two words, or what a courtesy or a number behind it shows to be one.
  /((?<![\p{L}\w.-])(?:(?:nombre|nom|nome|naam)["']?\s?[:=]\s?|(?:cliente|paciente|alumno|empleado|titular|Kunde|Kundin|Patient|Mitarbeiter|client|patient|клиент|пациент)["']?(?:\s?=\s?|\s))["'«„“]?)(\p{Lu}\p{Ll}{1,20}(?: (?:de|la|van|von|der|di|da|del|dos))?(?: \p{Lu}\p{Ll}{1,20}){1,2})(?!\p{L})/gu,
  /((?:고객|환자|회원|직원|학생|수취인|예금주)(?:명)? ?[:：]? ?)([가-힣]{2,4})(?=\s?(?:님|씨)(?![가-힣])|\s?[(（](?=\d{3}|[‹+]))/gu,
  /((?:客户|顾客|患者|会员|客戶|顧客|會員)(?:姓名)?[:： ]?)([\u4e00-\u9fff]{2,4})(?=[，,、（( ]{1,2}(?:手机|电话|手機|電話|身份证|身分證|邮箱|地址|[\d‹+]))/gu,
  /(^|[^\u3040-\u30ff\u4e00-\u9fff])((?!お?客|皆|各|何)[\u3040-\u30ff\u4e00-\u9fff々]{2,8}(?:[ 　][\u3040-\u30ff\u4e00-\u9fff々]{1,6})?)(?= ?様(?!子|式|々|な))/gmu,
  /((?<!\p{L})(?:성명|고객명|회원명|환자명|예금주|수취인|수령인|氏名|お名前|姓名|联系人|聯絡人|Vorname|Nachname|Anschrift|apellidos?|domicilio|cognome|prénom|фамилия|отчество) ?[:：] ?)([^\s,，;；、/|()[\]"'‹][^,，;；、/|()[\]"'‹\n]{0,60}?)(?=\s{0,2}(?:[,，;；、/|()\]"']|$)|\s{2})/gimu,
  // In prose: `customer Mio Sakaki has no address`.
  /((?<![\w.-])(?:customer|client|patient|payer|payee|recipient|beneficiary|employee|guest|student|teacher|passenger|applicant|borrower|tenant|subscriber) )(\p{Lu}\p{Ll}{1,20}(?: \p{Lu}\p{Ll}{1,20}){1,2})(?!\p{L})/gu,
  new RegExp(`(${role}["'\\\\]{0,8}\\s{0,3}(?:=>|:|=)\\s{0,3})(${string})`, 'giu'),
  // "email": "…", 'email' => '…', :email=>"…", email: '…', email = "…"
  new RegExp(`(${name}["'\\\\]{0,8}\\s{0,3}(?:=>|:=|:|=|：)\\s{0,3}[NEu]?)(${string})`, 'giu'),
  new RegExp(`((?:["'\\\\]{1,8}|:)${name}["'\\\\]{1,8}\\s{0,3}(?:=>|:)\\s{0,3})(${figures})`, 'gimu'),
  // email=…, of logfmt, toString, forms and dataclasses
  new RegExp(`(${name}=)(${bare})`, 'gimu'),
  // A field a line, and Go's structures: `{ID:1 Email:…}`
  new RegExp(
    `(^[ \\t>|-]{0,24}${name}[ \\t]{0,12}[:：][ \\t]{1,12})([^\\s"'{[|>‹][^\\n‹]{0,200}?)(?=\\s{0,4}$)`,
    'gimu',
  ),
  new RegExp(
    `([{ ]${name}:)([^\\s"':{}\\[\\]‹][^\\s{}\\[\\]‹]{0,80}(?: [^\\s:{}\\[\\]‹]{1,40}(?=[ }\\]])(?!:)){0,4})(?=[ }])`,
    'giu',
  ),
  new RegExp(`(<(?:[\\w.-]{1,40}:)?${name}(?:\\s[^<>\\n]{0,100})?>)([^<\\n‹]{1,300})(?=</)`, 'giu'),
]

/** What such a field may hold and is none: a type, a placeholder, an address of a machine, a sentence about the field. */
const none =
  /^(?:(?:EXCLUDED|NEW|OLD|VALUES)\b.*|null|nil|none|undefined|true|false|string|text|varchar|character|char|integer|int|number|unknown|n\/a|\?|\*{3}.*|[$:@%]\w.*|<.*|varchar.*|character varying.*|(?:is|are|has|have|must|can|cannot|should|was|not|already|invalid|required|too|the|a|an|field|value|column|does|missing|unique|duplicate|NOT|VARCHAR|TEXT)\b.*|(?:\w{2,12}:\/\/|\/).*|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|[\w.-]{1,80}:\d{2,5}|localhost|0x[0-9a-f]+)$/i

/** Replaces values that stand beside the name of a field of a person, in whatever form; the names stay. */
export function hideNamedPersons(text: string, tag: Tag): string {
  return forms.reduce(
    (so, form) =>
      so.replace(form, (found: string, before: string, value: string) => {
        const signs = /^\\*["']/.exec(value)?.[0] ?? ''
        const inner = signs === '' ? value : value.slice(signs.length, value.length - signs.length)
        if (inner.trim() === '' || none.test(inner) || findTagEnd(inner, 0) >= 0) return found
        return before + signs + tag('value', inner) + signs
      }),
    text,
  )
}
