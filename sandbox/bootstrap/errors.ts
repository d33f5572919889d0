/** What kept the sandbox or the tests from starting; `message` says what was seen, `hint` what to do next. */
export class BootstrapError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(`${message}\n  ${hint}`, options)
    this.name = 'BootstrapError'
    this.hint = hint
  }
}
