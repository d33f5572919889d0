import type { Tag } from './tag.ts'

const mail = /(?<![\w.+@-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@-])/g
/** Units of systemd look like mail addresses: `orders@1.service`. */
const unit = /\.(?:service|socket|timer|target|mount|slice|scope|path)$/

/** 13 to 19 digits, also in groups; which of them is a card number its check digit tells. Parts of paths are none. */
const card = /(?<![\w.-]|[\w.-]\/)[2-6]\d{3}(?:[ -]?\d{3,7}){2,4}(?![\w.-]|\.\d)/g

/**
 * Numbers as people write them: `+82 10 1234 5678`, `(02) 123-4567`, `555-123-4567`. Without a plus they need a shape
 * that no date, time, address or version has.
 */
const phones = [
  /(?<![\w+.-])\+[1-9]\d{0,2}(?:[ .-]?\(?\d{1,5}\)?){1,5}(?![\w-])/g,
  /(?<![\w.-])\(?0\d{1,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?![\w-])/g,
  // Korean mobile numbers as columns and forms hold them: 01012345678, 010.1234.5678.
  /(?<![\w.-])01[016-9][.]?\d{3,4}[.]?\d{4}(?![\w-]|\.\d)/g,
  /(?<![\w.-])\([2-9]\d{2}\) ?\d{3}[ -]\d{4}(?![\w-])/g,
  /(?<![\w.-])[2-9]\d{2}([.-])\d{3}\1\d{4}(?![\w-])/g,
]

/** Numbers that Korea gives its residents and businesses, told by date and check digit; accounts by how banks group them. */
const resident = /(?<![\w.-])(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]) ?[-‐‑‒–—−] ?\d{7}(?![\w-])/g
/** The same without a dash, as columns hold it: only with its check digit, because times in milliseconds look alike. */
const unbroken = /(?<![\w.-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?[1-8]\d{6}(?![\w.-])/g
const business = /(?<![\w.-])\d{3}-\d{2}-\d{5}(?![\w-])/g
const account =
  /(?<![\w./:-])(?:\d{3}-\d{3}-\d{6}|\d{6}-\d{2}-\d{6}|\d{4}-\d{3}-\d{6}|\d{4}-\d{2}-\d{7}|\d{3}-\d{4}-\d{4}-\d{2}|\d{3}-\d{6}-\d{2}-\d{3}|\d{3}-\d{6}-\d{5}|\d{3}-\d{2}-\d{6}|\d{2}-\d{2}-\d{6}-\d{2})(?![\w-])/g
/** Behind a word that says so, an account is whatever digits follow. */
const named =
  /((?:계좌(?:번호)?|예금계좌|account (?:no|number)|acct|bank account)["']?\s{0,2}[:=.#]?\s{0,2}["']?)(\d[\d -]{7,20}\d)(?![\w-])/gi
const iban = /(?<![\w.-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\w-])/g
/** A social security number of the United States. */
const social = /(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g

/** Brazil's CPF, Spain's DNI and NIE, Italy's fiscal code, Britain's insurance number, China's resident number, VAT numbers. */
const cpf = /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g
const dni = /(?<![\w.-])(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/g
const fiscal = /(?<![\w.-])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\w-])/g
const insurance = /(?<![\w.-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])/g
const chinese = /(?<![\w.-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\w-])/g
const vat =
  /(?<![\w.-])(?:BE0\d{9}|DE\d{9}|NL\d{9}B\d{2}|FR[A-Z\d]{2}\d{9}|ATU\d{8}|PL\d{10}|ES[A-Z]\d{7}[\dA-Z]|IT\d{11})(?![\w-])/g

function isDni(found: string): boolean {
  const plain = found.replace('-', '').replace(/^[XYZ]/, (sign) => String('XYZ'.indexOf(sign)))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(plain.slice(0, -1)) % 23] === plain.at(-1)
}

function isChinese(found: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((so, weight, place) => so + weight * Number(found[place]), 0)
  return '10X98765432'[sum % 11] === found.at(-1)
}

function findNumbers(text: string, tag: Tag): string {
  return text
    .replace(resident, (found) => tag('resident number', found))
    .replace(unbroken, (found) => (isResidentNumber(found) ? tag('resident number', found) : found))
    .replace(business, (found) => (isBusinessNumber(found) ? tag('business number', found) : found))
    .replace(account, (found) => tag('account', found))
    .replace(named, (_, before: string, found: string) => before + tag('account', found))
    .replace(iban, (found) => (isIban(found) ? tag('account', found) : found))
    .replace(social, (found) => tag('social security number', found))
    .replace(dni, (found) => (isDni(found) ? tag('resident number', found) : found))
    .replace(chinese, (found) => (isChinese(found) ? tag('resident number', found) : found))
    .replace(cpf, (found) => tag('resident number', found))
    .replace(fiscal, (found) => tag('resident number', found))
    .replace(insurance, (found) => tag('resident number', found))
    .replace(vat, (found) => tag('business number', found))
}

/** The check digit that Korean resident numbers had until October 2020. */
function isResidentNumber(found: string): boolean {
  const digits = [...found.replace(/\D/g, '')].map(Number)
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
  const sum = weights.reduce((so, weight, place) => so + weight * (digits[place] ?? 0), 0)
  return (11 - (sum % 11)) % 10 === digits[12]
}

/** The check digit of Korean business registration numbers. */
function isBusinessNumber(found: string): boolean {
  const digits = [...found.replace(/\D/g, '')].map(Number)
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5]
  const sum = weights.reduce((so, weight, place) => so + weight * (digits[place] ?? 0), 0)
  return (10 - ((sum + Math.floor(((digits[8] ?? 0) * 5) / 10)) % 10)) % 10 === digits[9]
}

/** The check of ISO 13616: the country to the end, letters as numbers, and 1 left over of 97. */
function isIban(found: string): boolean {
  const plain = found.replaceAll(' ', '')
  if (plain.length < 15 || plain.length > 34) return false
  const turned = plain.slice(4) + plain.slice(0, 4)
  return [...turned].reduce((left, sign) => Number(`${left}${Number.parseInt(sign, 36)}`) % 97, 0) === 1
}

/** Digits and dashes as wide as a Korean or Japanese letter: the same numbers, typed with another keyboard. */
const wide = /[０-９－](?:[０-９－\d -]{0,40}[０-９])?/g

/**
 * Replaces mail addresses, numbers of people, businesses and accounts, card and phone numbers by tags, wherever they
 * stand and however wide their digits are.
 */
export function findPersonalData(text: string, tag: Tag): string {
  const narrow = text.replace(wide, (found) => {
    const plain = found.replace(/[０-９－]/g, (one) => (one === '－' ? '-' : String(one.charCodeAt(0) - 0xff10)))
    const hidden = findNarrow(plain, tag)
    return hidden === plain ? found : hidden
  })
  return findNarrow(narrow, tag)
}

function findNarrow(text: string, tag: Tag): string {
  const withoutMail = text.replace(mail, (found) => (unit.test(found) ? found : tag('email', found)))
  const withoutCards = findNumbers(withoutMail, tag).replace(card, (found) =>
    isCardNumber(found) ? tag('card', found) : found,
  )
  return phones.reduce(
    (so, shape) => so.replace(shape, (found) => (hasPhoneLength(found) ? tag('phone', found) : found)),
    withoutCards,
  )
}

/** E.164 allows fifteen digits; fewer than eight are extensions, codes and times. */
function hasPhoneLength(found: string): boolean {
  const digits = found.replace(/\D/g, '').length
  return digits >= 8 && digits <= 15
}

/** `20231010081500`, as migrations are called, with milliseconds too; of 14 digits no card begins so, whatever the time. */
const moment = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{3})$/

/** The check digit of ISO/IEC 7812 (Luhn). */
function isCardNumber(found: string): boolean {
  if (moment.test(found)) return false
  const digits = found.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19) return false
  const sum = [...digits].toReversed().reduce((so, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return so + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
