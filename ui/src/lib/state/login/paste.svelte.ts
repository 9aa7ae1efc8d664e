/** A field that takes anything, and what the text in it was recognised as. */
import type { Backend } from '../../ipc/backend'
import type { Recognised } from '../../ipc/generated'

const LOOK_AFTER_MS = 120
const NOTHING: Recognised = { kind: 'nothing' }

export class Pasted {
  /** May be a secret: it goes nowhere but to be recognised and used. */
  text = $state('')
  recognised = $state.raw<Recognised>(NOTHING)
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly backend: Backend) {}

  /** Whether it is an address, with nothing in it that could be a secret: what is typed since counts too. */
  get isAddress(): boolean {
    return this.recognised.kind === 'url' && /^\s*https?:\/\/[^\s@?#]+\s*$/i.test(this.text)
  }

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

  /**
   * What is in the field, where it may be a vendor's token: one word of no form that is known, or nearly known. A key
   * or another system's token is not: a vendor must not be sent it.
   */
  async unknownWord(): Promise<string | null> {
    const recognised = await this.look()
    const word = this.text.trim()
    return isUnknown(recognised) && word !== '' && !/\s/.test(word) ? word : null
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

/** Whether a pasted text is of no form that is known, or nearly known. */
function isUnknown(recognised: Recognised): boolean {
  return (
    recognised.kind === 'nothing' || (recognised.kind === 'mistake' && recognised.error.code === 'key-none')
  )
}
