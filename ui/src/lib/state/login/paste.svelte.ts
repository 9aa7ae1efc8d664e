/** A field that takes anything, and what the text in it was recognised as. */
import type { Backend } from '../../ipc/backend'
import type { Recognised } from '../../ipc/generated'
import { Action } from '../action/action.svelte'

const NOTHING: Recognised = { kind: 'nothing' }

export class Pasted {
  /** May be a secret: it goes nowhere but to be recognised and used. */
  text = $state('')
  recognised = $state.raw<Recognised>(NOTHING)
  #looking = new Action()

  constructor(private readonly backend: Backend) {}

  /** Whether it is an address, with nothing in it that could be a secret: what is typed since counts too. */
  get isAddress(): boolean {
    return this.recognised.kind === 'url' && /^\s*https?:\/\/[^\s@?#]+\s*$/i.test(this.text)
  }

  /** It is being typed: what it is shows once that rests. */
  typed(): void {
    this.#looking.typed(() => this.look())
  }

  /** Its screen is gone: what the text is does not matter any more. */
  leave(): void {
    this.#looking.drop()
  }

  /** What the text is; null where it was typed into, taken out or looked at again since. */
  async look(): Promise<Recognised | null> {
    const isTaken = await this.#looking.ask(
      () => recognise(this.backend, this.text),
      (recognised) => (this.recognised = recognised),
    )
    return isTaken ? this.recognised : null
  }

  /**
   * What is in the field, where it may be a vendor's token: one word of no form that is known, or nearly known. A key
   * or another system's token is not: a vendor must not be sent it.
   */
  async unknownWord(): Promise<string | null> {
    const recognised = await this.look()
    const word = this.text.trim()
    const isMeant = recognised !== null && isUnknown(recognised)
    return isMeant && word !== '' && !/\s/.test(word) ? word : null
  }

  /** Takes the text out of the field. */
  take(): string {
    const { text } = this
    this.#looking.drop()
    this.text = ''
    this.recognised = NOTHING
    return text
  }
}

/** What a text is. Where the program cannot tell, nothing is said of it: the text may still be used. */
export async function recognise(backend: Backend, text: string): Promise<Recognised> {
  return text.trim() === '' ? NOTHING : backend.recognise(text).catch(() => NOTHING)
}

/** Whether a pasted text is of no form that is known, or nearly known. */
function isUnknown(recognised: Recognised): boolean {
  return (
    recognised.kind === 'nothing' || (recognised.kind === 'mistake' && recognised.error.code === 'key-none')
  )
}
