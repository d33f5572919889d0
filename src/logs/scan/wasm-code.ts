/**
 * Just enough of WebAssembly's binary format (core specification 3.0, chapter 5) to write one function by hand: the
 * only way to reach the processor's instructions on 16 bytes at once without a program built elsewhere. Code is a list
 * of numbers; every builder below takes its operands' code and gives back its own.
 */
export type Code = readonly number[]

/** Numbers of the format: unsigned (lengths, places) and signed (constants) LEB128. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  const isLast = value >> 6 === 0 || value >> 6 === -1
  return isLast ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}

/** Types of values. */
export const i32 = 0x7f
export const v128 = 0x7b

type Builder = (...operands: readonly Code[]) => Code

const plain =
  (opcode: number): Builder =>
  (...operands) => [...operands.flat(), opcode]
const vector =
  (opcode: number, ...immediate: readonly number[]): Builder =>
  (...operands) => [...operands.flat(), 0xfd, ...unsigned(opcode), ...immediate]

export const number = (value: number): Code => [0x41, ...signed(value)]
export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]

export const isZero = plain(0x45)
export const isSame = plain(0x46)
export const isBelow = plain(0x49)
export const countTrailingZeros = plain(0x68)
export const countOnes = plain(0x69)
export const add = plain(0x6a)
export const subtract = plain(0x6b)
export const multiply = plain(0x6c)
export const and = plain(0x71)
export const or = plain(0x72)
export const shiftLeft = plain(0x74)
export const shiftRight = plain(0x76)

/** Reads and writes at any address, `offset` behind it. */
export const load = (address: Code, offset = 0): Code => [...address, 0x28, 0, ...unsigned(offset)]
export const loadByte = (address: Code, offset = 0): Code => [...address, 0x2d, 0, ...unsigned(offset)]
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...[...address, ...value],
  ...[0x36, 0, ...unsigned(offset)],
]
export const loadVector = (address: Code, offset = 0): Code => vector(0x00, 0, ...unsigned(offset))(address)

/** The same byte sixteen times. */
export const fill = (byte: number): Code => vector(0x0f)(number(byte))
export const areSame = vector(0x23)
export const differ = vector(0x24)
export const andVector = vector(0x4e)
export const orVector = vector(0x50)
export const isAny = vector(0x53)
/** One bit for the highest of each byte. */
export const toBits = vector(0x64)
export const shiftBytesRight = vector(0x6d)
/** Each byte of the second, at most 15, picks one of the first. The relaxed kind, as no index lies beyond. */
export const pick = vector(0x100)

export const doIf = (condition: Code, ...body: readonly Code[]): Code => [
  ...[...condition, 0x04, 0x40],
  ...body.flat(),
  0x0b,
]
/** Does its body at least once, and again while the condition holds at its end. */
export const repeatWhile = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...[...condition, 0x0d, 0],
  0x0b,
]

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content]
const name = (text: string): Code => [text.length, ...Buffer.from(text, 'latin1')]

/**
 * A module with memory of so many pages of 64 KiB (exported as `memory`) and one function, exported as `run`, from
 * `parameters` numbers to one number.
 */
export function writeModule(of: {
  readonly pages: number
  readonly parameters: number
  /** Types of the locals that follow the parameters. */
  readonly locals: readonly number[]
  readonly body: Code
}): Uint8Array<ArrayBuffer> {
  const locals = [...unsigned(of.locals.length), ...of.locals.flatMap((type) => [1, type])]
  const body = [...locals, ...of.body, 0x0b]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, of.parameters, ...Array.from({ length: of.parameters }, () => i32), 1, i32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(of.pages)]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('run'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ])
}
