/** A request to the program behind the page: whether it runs, why the last one failed, and how to try again. */
import type { ErrorView } from '../../ipc/generated'
import { asErrorView } from '../../messages/errors'

type Report = (error: ErrorView) => void

/** How long nothing is typed before typing counts as rested. */
export const REST_MS = 200

/** Runs a step; returns why it failed, or null if it succeeded. */
export async function failureOf(step: () => Promise<unknown>): Promise<ErrorView | null> {
  try {
    await step()
    return null
  } catch (thrown) {
    return asErrorView(thrown)
  }
}

export class Action {
  busy = $state(false)
  error = $state.raw<ErrorView | null>(null)
  /** Whether its component is gone. */
  left = false
  #turn = 0
  #last: (() => Promise<boolean>) | null = null
  #toldLate: Report = () => {}
  #resting: ReturnType<typeof setTimeout> | undefined

  /**
   * Runs a step, unless an earlier one still runs; returns whether it was done. The step finishes even if its component
   * is left, so what it does to that component checks `left`.
   */
  async run(step: () => Promise<unknown>, refused?: Report): Promise<boolean> {
    if (this.busy) return false
    this.error = null
    this.#last = () => this.run(step, refused)
    return this.#settle(step, ++this.#turn, refused)
  }

  /**
   * Asks for something, also while an earlier request runs: only the answer to the last one is taken, and none once the
   * component is left. The earlier error stays until that answer. Returns whether the answer was taken.
   */
  async ask<Answer>(
    request: () => Promise<Answer>,
    take: (answer: Answer) => void,
    refused?: Report,
  ): Promise<boolean> {
    const turn = this.#supersede()
    this.#last = () => this.ask(request, take, refused)
    let taken = false
    const answered = async () => {
      const answer = await request()
      if (this.left || turn !== this.#turn) return
      // At once with what is taken, so that nothing is drawn in between.
      this.busy = false
      this.error = null
      take(answer)
      taken = true
    }
    await this.#settle(answered, turn, refused)
    return taken
  }

  /**
   * Calls `ask` once typing rests. It is busy from the first key on, and answers to what was asked before are outdated.
   * Asking at once, and dropping, replace what waits.
   */
  typed(ask: () => unknown): void {
    this.#supersede()
    this.busy = true
    this.#resting = setTimeout(() => {
      this.busy = false
      ask()
    }, REST_MS)
  }

  /** Does the last of it again. */
  async retry(): Promise<boolean> {
    return (await this.#last?.()) ?? false
  }

  /** Forgets the last error. */
  clear(): void {
    this.error = null
  }

  /** Forgets the last error, what waits, and the answer to what was asked. */
  drop(): void {
    this.#supersede()
    this.busy = false
    this.error = null
  }

  /** Its component is gone: what waits is dropped, and `toldLate` hears of a failure from now on. */
  leave(toldLate: Report): void {
    clearTimeout(this.#resting)
    this.left = true
    this.#toldLate = toldLate
  }

  /** Makes everything before it outdated; returns its own turn. */
  #supersede(): number {
    clearTimeout(this.#resting)
    return ++this.#turn
  }

  async #settle(step: () => Promise<unknown>, turn: number, refused?: Report): Promise<boolean> {
    this.busy = true
    const error = await failureOf(step)
    if (turn !== this.#turn) return error === null
    this.busy = false
    if (error === null) return true
    this.error = error
    if (this.left) this.#toldLate(error)
    else refused?.(error)
    return false
  }
}
