/** A license that is about to be created: what its account accepts, what was chosen, and what came of it. */
import { nameProblem, sameText, type NameProblem } from '../../format/text'
import type { Backend } from '../../ipc/backend'
import type {
  ChoiceView,
  CreateForm,
  CreateRequest,
  DetailView,
  ErrorView,
  GuideView,
  Outcome,
  SourcedFact,
  VendorView,
} from '../../ipc/generated'
import { Action } from '../action/action.svelte'

/** How many names are tried before the name is left to the user. */
const MOST_NAMES = 50

/** The names after this one: `clinic` is followed by `clinic-2`, `clinic-9` by `clinic-10`. */
export function namesLike(name: string): string[] {
  const [, stem = name, number = '1'] = /^(.*)-([0-9]{1,6})$/.exec(name) ?? []
  return Array.from({ length: MOST_NAMES }, (_, at) => `${stem}-${Number(number) + at + 1}`)
}

export class CreateDraft {
  account = $state<number | null>(null)
  name = $state('')
  form = $state.raw<CreateForm | null>(null)
  chosen = $state<Record<string, string>>({})
  /** How many licenses of the account bear the name already. */
  same = $state(0)
  allowSame = $state(false)
  touched = $state(false)
  readonly sending = new Action()
  #asking = new Action()
  #looking = new Action()

  constructor(
    private readonly backend: Backend,
    private readonly vendorOf: (account: number | null) => VendorView | undefined,
    /** The name of the license whose place the new one takes: it is free by then. */
    private readonly leaving: string | null = null,
  ) {}

  get busy(): boolean {
    return this.sending.busy
  }

  get error(): ErrorView | null {
    return this.sending.error ?? this.#asking.error
  }

  get vendor(): VendorView | undefined {
    return this.vendorOf(this.account)
  }

  /** The choices that show: all but those whose condition does not hold. */
  get shown(): ChoiceView[] {
    return (this.form?.choices ?? []).filter(
      ({ shownWhen }) => !shownWhen || this.chosen[shownWhen.param] === shownWhen.value,
    )
  }

  get nameProblem(): NameProblem | null {
    return nameProblem(this.name)
  }

  /** The guide that stands for a call, where such a value is chosen. */
  get guide(): GuideView | null {
    const guides = this.shown.map(({ param, guides }) =>
      guides.find(({ value }) => value === this.chosen[param]),
    )
    return guides.find((guide) => guide !== undefined) ?? null
  }

  /** Whether sending makes no sense yet; an empty name shows what is wrong once sending was tried. */
  get held(): boolean {
    return this.guide !== null || (this.same > 0 && !this.allowSame) || (this.touched && !this.ready)
  }

  get ready(): boolean {
    if (this.account === null || this.form === null || this.busy || this.guide) return false
    return this.nameProblem === null && (this.same === 0 || this.allowSame)
  }

  /** What is sent; null before an account is chosen. */
  get request(): CreateRequest | null {
    if (this.account === null) return null
    return {
      account: this.account,
      name: this.name.trim().normalize('NFC'),
      choices: this.#sent(),
      allowSameName: this.allowSame || this.#takesItsName,
    }
  }

  /** What the vendor documents about a value. */
  fact(param: string, value: string): SourcedFact | undefined {
    return this.vendor?.facts.find(({ about }) => about === `${param}:${value}`)
  }

  /** Whether nothing can be chosen: this account's API does not carry it, and none of its values is a guide. */
  fixed(choice: ChoiceView): boolean {
    return !choice.carried && choice.guides.length === 0
  }

  /** Whether a value can be chosen at this account: it is carried, the case anyway, or only a guide. */
  open(choice: ChoiceView, value: string): boolean {
    if (choice.carried) return true
    return (
      !this.fixed(choice) &&
      (value === choice.default || choice.guides.some((guide) => guide.value === value))
    )
  }

  async choose(account: number): Promise<void> {
    this.account = account
    this.form = null
    this.sending.clear()
    this.#asking.clear()
    const isKnown = await this.#asking.ask(
      () => this.backend.createForm(account),
      (form) => {
        this.form = form
        this.chosen = Object.fromEntries(form.choices.map((choice) => [choice.param, choice.default]))
      },
    )
    if (isKnown) await this.look()
  }

  /** Begins with the choices of a license, as far as they are known, and with a free name like its own. */
  async beLike({ row, goal }: Pick<DetailView, 'row' | 'goal'>): Promise<void> {
    const values: Record<string, string | null> = { type: row.tier, hosting: row.hosting, goal }
    for (const choice of this.form?.choices ?? []) {
      const value = values[choice.param]
      const isOffered = value && choice.values.includes(value)
      if (isOffered && this.open(choice, value)) this.chosen[choice.param] = value
    }
    const { account } = this
    if (account === null || !row.named || this.name !== '') return
    for (const name of namesLike(row.label)) {
      const same = await this.backend.sameName(account, name)
      // What was typed meanwhile counts.
      if (this.name !== '') return
      if (same > 0) continue
      this.name = name
      return
    }
  }

  /** The name was typed. */
  typed(): void {
    this.#looking.typed(() => this.look())
  }

  /** Its dialog is gone: whether the name is taken does not matter any more. */
  leave(): void {
    this.#looking.drop()
  }

  /** Looks whether the name is taken; an answer about an older name is dropped. Returns whether it is known now. */
  async look(): Promise<boolean> {
    const { account, name } = this
    if (account === null || this.nameProblem) {
      this.#looking.drop()
      this.same = 0
      return true
    }
    let isKnown = false
    const found = (same: number) => {
      this.#found(same)
      isKnown = true
    }
    await this.#looking.ask(
      () => this.backend.sameName(account, name),
      found,
      () => found(0),
    )
    return isKnown
  }

  #found(same: number): void {
    this.same = this.#takesItsName ? Math.max(0, same - 1) : same
    if (this.same === 0) this.allowSame = false
  }

  /** Sends it; null where it was refused, which `error` then explains, or not sent as the name was typed since. */
  async send(): Promise<Outcome | null> {
    this.touched = true
    const isKnown = await this.look()
    const { request } = this
    if (!isKnown || !this.ready || request === null) return null
    let outcome: Outcome | null = null
    await this.sending.run(async () => (outcome = await this.backend.create(request)))
    return outcome
  }

  get #takesItsName(): boolean {
    return this.leaving !== null && sameText(this.name, this.leaving)
  }

  #sent(): Record<string, string> {
    const carried = this.shown.filter((choice) => choice.carried)
    return Object.fromEntries(carried.map(({ param }) => [param, this.chosen[param] ?? '']))
  }
}
