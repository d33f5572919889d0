/**
 * Names whose values are credentials, and the forms that assign them. A name ends a longer one (`DB_PASS`,
 * `spring.datasource.password`, `userPw`); what only begins like one (`password_file`, `pass_rate`) is none.
 */
const anywhere = [
  'passw(?:or)?d|passphrase|passcode|pass[_-]?key|pwd|secrets?|token|credentials?|api[_-]?key',
  '(?:secret|access|private|client|account|encryption|decryption|signing|signature|storage|shared|master|license|auth|session|cookie|jwt|subscription|service|admin|application|app|ssh|webhook|crypt|cipher|hmac|machine|validation|sas)[_-]?key',
  '(?:user|db|root|admin|sys|mysql|pg|sql|ftp|smtp|mail|ldap|bind|proxy)pass(?![a-z])',
  'client[_-]?secret|private_key_id|keypass|storepass|requirepass|masterauth|salt|otp|cvv|cvc|sig|x-amz-signature|passwort|kennwort',
  '비밀번호|패스워드|비번|암호|인증키|비밀키|パスワード|暗証番号|密码|密碼|口令|密钥|пароль|mot de passe|contraseña|senha|heslo|hasło|wachtwoord|lösenord|şifre|parola',
].join('|')
/** Short ones that other words end with too: `bypass`, `compass`. */
const apart = '(?<![A-Za-z])(?:pass|pw|psw|pswd)|(?-i:(?<=[a-z])(?:Pass|Pw|PW))'

/** A name of a credential, as the source of a regular expression for the flags `gi` without a group. */
export const secretName = `(?:${anywhere}|${apart})`
/** In front of a name: the longer name that it ends. */
export const nameBefore = String.raw`[\p{L}\d_.-]{0,60}?`
