/** The window with a made-up program behind it, as the tests meet it. */
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { onTestFinished } from 'vitest'
import Window from '../src/App.svelte'
import { fake } from '../src/lib/ipc/fake'
import { App } from '../src/lib/state/app.svelte'
import { scenario, type Scenario } from '../src/lib/ipc/fake/scenarios'

export async function openWindow(name = 'three', change: Partial<Scenario> = {}) {
  const { backend, world } = fake({ ...scenario(name), ...change })
  const user = userEvent.setup()
  const app = new App(backend)
  onTestFinished(app.start())
  const view = render(Window, { app })
  await screen.findByTestId('app-ready')
  const calls = (method: string) => world.calls.filter(([name]) => name === method)
  /** Selects a license and waits for its details. */
  const select = async (license: string) => {
    await user.click(await screen.findByTestId(`row-${license}`))
    const menu = await screen.findByTestId('detail-menu')
    return screen.queryByTestId('export-open') ?? menu
  }
  /** Opens a folded section of the detail pane. */
  const unfold = async (kind: string) => user.click(await screen.findByTestId(`fold-${kind}`))
  return { ...view, user, world, calls, select, unfold }
}
