/** A user's consent to write over another license's file. It holds for that file of that license alone. */
export class Consent {
  #given = $state.raw<string | null>(null)

  constructor(
    /** What would be written over; null where no consent is needed. */
    private readonly to: () => string | null,
  ) {}

  /** Whether it was given, or is not needed. */
  get given(): boolean {
    const to = this.to()
    return to === null || to === this.#given
  }

  give(given: boolean): void {
    this.#given = given ? this.to() : null
  }
}

/** What writing a file would take from another license. */
export function taken(path: string, other: string | null | undefined): string | null {
  return other ? `${path.trim()}\n${other}` : null
}
