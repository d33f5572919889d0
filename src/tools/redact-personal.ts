type Tag = (kind: string, value: string) => string

const mail = /(?<![\w.+@-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@-])/g
/** Units of systemd look like mail addresses: `orders@1.service`. */
const unit = /\.(?:service|socket|timer|target|mount|slice|scope|path)$/

/** 13 to 19 digits, also in groups; which of them is a card number its check digit tells. */
const card = /(?<![\w.-])[2-6]\d{3}(?:[ -]?\d{3,7}){2,4}(?![\w.-]|\.\d)/g

/**
 * Numbers as people write them: `+82 10 1234 5678`, `(02) 123-4567`, `555-123-4567`. Without a plus they need a shape
 * that no date, time, address or version has.
 */
const phones = [
  /(?<![\w+.-])\+[1-9]\d{0,2}(?:[ .-]?\(?\d{1,5}\)?){1,5}(?![\w-])/g,
  /(?<![\w.-])\(?0\d{1,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?![\w-])/g,
  /(?<![\w.-])\([2-9]\d{2}\) ?\d{3}[ -]\d{4}(?![\w-])/g,
  /(?<![\w.-])[2-9]\d{2}([.-])\d{3}\1\d{4}(?![\w-])/g,
]

/** Replaces mail addresses, card and phone numbers by tags, wherever they stand. */
export function findPersonalData(text: string, tag: Tag): string {
  const withoutMail = text.replace(mail, (found) => (unit.test(found) ? found : tag('email', found)))
  const withoutCards = withoutMail.replace(card, (found) => (isCardNumber(found) ? tag('card', found) : found))
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

/** The check digit of ISO/IEC 7812 (Luhn). */
function isCardNumber(found: string): boolean {
  const digits = found.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19) return false
  const sum = [...digits].toReversed().reduce((so, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return so + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
