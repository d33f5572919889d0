/** A confirmation dialog as an element carries it. */
export interface Confirmation {
  readonly title?: { readonly text: string }
  readonly text: { readonly type: string; readonly text: string }
  readonly confirm?: { readonly text: string }
  readonly deny?: { readonly text: string }
  readonly style?: 'primary' | 'danger'
}

/** A question that waits for its answer. */
export interface Question {
  /** Counts, so that each question gets a dialog of its own. */
  readonly number: number
  readonly of: Confirmation
  readonly answer: (yes: boolean) => void
}

let asked = 0
let questions: readonly Question[] = []
const listeners = new Set<() => void>()

/** Asks a person through the page's ConfirmDialog; resolves with the answer, questions one after the other. */
export function askConfirmation(confirm: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    asked += 1
    const question: Question = {
      number: asked,
      // The server has checked the element that this belongs to.
      of: confirm as Confirmation,
      answer(yes) {
        change(questions.filter((one) => one !== question))
        resolve(yes)
      },
    }
    change([...questions, question])
  })
}

/** The question that is to be shown now. */
export function currentQuestion(): Question | undefined {
  return questions[0]
}

/** Tells of every new question and answer; gives what stops that. */
export function watchQuestions(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: readonly Question[]): void {
  questions = next
  for (const listener of listeners) listener()
}
