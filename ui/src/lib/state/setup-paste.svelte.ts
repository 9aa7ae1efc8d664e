/** A field that takes anything, and what the text in it was recognised as. */
import type { Backend } from '../ipc/backend'
import type { Recognised } from '../ipc/generated'

const LOOK_AFTER_MS = 120
const NOTHING: Recognised = { kind: 'nothing' }

export class Pasted {
  /** May be a secret: it goes nowhere but to be recognised and used. */
  text = $state('')
  recognised = $state.raw<Recognised>(NOTHING)
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly backend: Backend) {}

  /** It is being typed: what it is shows a moment later. */
  typed(): void {
    clearTimeout(this.#looking)
    this.#looking = setTimeout(() => void this.look(), LOOK_AFTER_MS)
  }

  async look(): Promise<Recognised> {
    clearTimeout(this.#looking)
    const { text } = this
    const recognised = text.trim() === '' ? NOTHING : await recognise(this.backend, text)
    if (text === this.text) this.recognised = recognised
    return this.recognised
  }

  /** Takes the text out of the field. */
  take(): string {
    const { text } = this
    this.text = ''
    this.recognised = NOTHING
    return text
  }
}

/** What a text is. Where the program cannot tell, nothing is said of it: the text may still be used. */
export async function recognise(backend: Backend, text: string): Promise<Recognised> {
  return backend.recognise(text).catch(() => NOTHING)
}
