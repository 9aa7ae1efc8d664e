/** What the first screen does with what is pasted there: a key with its file, or an account. */
import { count } from '$lib/format/numbers'
import type { Recognised, VendorView } from '$lib/ipc/generated'
import { m } from '$lib/messages'
import type { Setup } from './setup.svelte'

const CERTIFICATE = 'certificate'

export class Start {
  /** The text that the screen shows what it needs for. */
  #shown = ''

  constructor(private readonly setup: Setup) {}

  /** The system whose account the pasted key may belong to, too; null where one is connected. */
  get accountOfKey(): VendorView | null {
    const { pasted, app } = this.setup
    const { recognised } = pasted
    if (recognised.kind !== 'key') return null
    const { vendors, all } = app.accounts
    const isIssuer = (vendor: VendorView) => vendor.withKey !== null && vendor.product === recognised.product
    const issuer = vendors.find(isIssuer) ?? null
    return all.some(({ provider }) => provider === issuer?.provider) ? null : issuer
  }

  /** The screen is left for another: what is pasted is looked at anew on the way back. */
  leave(): void {
    this.#shown = ''
  }

  /** What was pasted may be something else now: what it needs is shown here. */
  async recognised(recognised: Recognised): Promise<void> {
    const { setup } = this
    if (setup.step !== 'where' || setup.busy || setup.pasted.text === this.#shown) return
    this.#shown = setup.pasted.text
    const provider = this.#providerOf(recognised)
    if (setup.inPlace && provider === null) setup.path = null
    setup.inPlace = provider !== null
    if (recognised.kind === 'key' && recognised.form !== CERTIFICATE) return setup.key.take(setup.pasted.text)
    setup.key.drop()
    if (provider === null) return
    setup.path = { kind: 'account', provider }
    setup.another()
    if (recognised.kind === 'token' && !setup.login.has(setup.pasted.text))
      await setup.login.useLocalToken(setup.pasted.text)
    if (recognised.kind === 'url') setup.carry(recognised.url)
  }

  /** Does the next sensible thing with what was pasted. Returns whether there was anything to do it with. */
  async proceed(): Promise<boolean> {
    const { setup } = this
    const wasShown = (setup.key.draft?.preview ?? null) !== null
    const recognised = await setup.pasted.look()
    if (recognised === null || setup.busy) return true
    if (recognised.kind === 'key') {
      await this.#addKey(recognised.form, wasShown)
      return true
    }
    if (this.#providerOf(recognised) === null) return false
    if (!setup.inPlace) await this.recognised(recognised)
    await this.connectAccount()
    return true
  }

  /** Tests the login unless that was done, and keeps it. Where something is missing, shows what. */
  async connectAccount(): Promise<void> {
    const { setup } = this
    const { login } = setup
    if (setup.busy || login.testing || login.pointAtMissing()) return
    if (login.tested === null) {
      if (!(await login.test())) return
      // That it is connected already is worth a second look.
      if (setup.login.tested?.already) return
    }
    this.#describe()
    await setup.connect()
  }

  async #addKey(form: string, wasShown: boolean): Promise<void> {
    const { setup } = this
    if (form === CERTIFICATE) return this.#listKey(form)
    await setup.key.take(setup.pasted.text)
    const { draft, plan } = setup.key
    if (draft === null) {
      if (plan !== null) await this.#listKey(form)
      return
    }
    // What is written into a file that is there is looked at first.
    const isSeen = wasShown || draft.preview?.exists === false
    if (!isSeen || !draft.ready) return
    setup.path = { kind: 'key' }
    await setup.connect()
  }

  /** A key that no file is written from at once, such as an encrypted certificate. */
  async #listKey(form: string): Promise<void> {
    const { setup } = this
    setup.key.drop()
    setup.keys.addText(setup.pasted.take(), form)
    await setup.choose({ kind: 'key' })
  }

  #providerOf(recognised: Recognised): string | null {
    if (recognised.kind === 'token') return recognised.provider
    return recognised.kind === 'url' ? (this.setup.systemAt(recognised.url)?.provider ?? null) : null
  }

  #describe(): void {
    const { tested, vendor } = this.setup.login
    if (tested === null) return
    const title = m.setup.tested(vendor?.subject ?? null, tested, count(tested.licenses ?? 0))
    const text = tested.movedTo === null ? null : m.setup.testedMoved(tested.movedTo)
    this.setup.opened = { title, text }
  }
}
