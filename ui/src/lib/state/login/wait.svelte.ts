/** A wait that a system asks for, counted down by the second. */
import type { ErrorView } from '../../ipc/generated'

export class Wait {
  /** How many seconds it still is. */
  left = $state(0)
  #ticking: ReturnType<typeof setInterval> | undefined

  /** Waits as long as an error says, where it asks for that at all. */
  after({ code, args }: ErrorView): void {
    const seconds = Number.parseInt(args.seconds ?? '', 10)
    if (code === 'vendor-login-limited' && seconds > 0) this.#start(seconds)
  }

  end(): void {
    clearInterval(this.#ticking)
    this.left = 0
  }

  #start(seconds: number): void {
    this.end()
    // By the clock: a window in the background ticks late.
    const over = Date.now() + seconds * 1000
    this.left = seconds
    this.#ticking = setInterval(() => {
      this.left = Math.max(0, Math.ceil((over - Date.now()) / 1000))
      if (this.left === 0) this.end()
    }, 250)
  }
}
