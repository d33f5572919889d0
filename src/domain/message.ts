import { z } from 'zod'
import { type Json, writeCanonicalJson } from './json.ts'
import { code, name, printed } from './stored.ts'

/** Values that fill the `{placeholders}` of a sentence. Redact them before they come here. */
export type Facts = { readonly [name: string]: string | number }

/** What every stored message looks like, whatever its catalogue. A fact is a name, an id, or what a tool printed. */
export const codeWithFacts = z.object({ code, facts: z.record(name, z.union([printed, z.number()])) })

/** The same, for a field that holds messages of one catalogue. */
export function messageOfType<M extends StoredMessage>(): z.ZodType<M> {
  return codeWithFacts as unknown as z.ZodType<M>
}

/** A message of any catalogue. */
export type StoredMessage = { readonly code: string; readonly facts: Facts }

/** The names of a sentence's `{placeholders}`, read off its literal type. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/**
 * The facts that one or several texts need, by name. A fact that is missing does not compile; more facts than a text
 * names are welcome, for what reads facts instead of sentences. For a union of texts those of all are needed.
 */
export type FactsFor<Text extends string> = { readonly [Name in NamesIn<Text>]: string | number } & Facts

/** The arguments after a code: its facts, which may be left out only where its text names none. */
export type FactArguments<Text extends string> = [NamesIn<Text>] extends [never]
  ? readonly [facts?: Facts]
  : readonly [facts: FactsFor<Text>]

/** A text with its facts filled in: the one place where a sentence is composed. */
export function fillIn(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : whole))
}

/** One catalogue of texts by stable code: how a message of it is made, kept and said. */
export function defineTexts<const Texts extends { readonly [code: string]: string }>(texts: Texts) {
  return {
    /** A fact that a text names and that is not given does not compile. */
    make<Code extends keyof Texts & string>(code: Code, ...[facts = {}]: FactArguments<Texts[Code]>): Message<Texts> {
      return { code, facts } as unknown as Message<Texts>
    },
    /** Its words, for where it is shown. A code of another version stands for itself. */
    describe({ code, facts }: StoredMessage): string {
      return Object.hasOwn(texts, code) ? fillIn(texts[code] ?? code, facts) : code
    },
    /** As it is stored. */
    schema: messageOfType<Message<Texts>>(),
  }
}

/** Do two stored messages say the same? The store keeps the names of facts in an order of its own. */
export function isSameMessage(one: StoredMessage | null, other: StoredMessage | null): boolean {
  return writeCanonicalJson(one as Json) === writeCanonicalJson(other as Json)
}

/** What is stored instead of a sentence: a code of a catalogue of texts, and the facts that its text needs. */
export type Message<Texts extends { readonly [code: string]: string }> = {
  readonly [Code in keyof Texts & string]: { readonly code: Code; readonly facts: FactsFor<Texts[Code]> }
}[keyof Texts & string]
