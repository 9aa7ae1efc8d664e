import './styles/tokens.css'
import './styles/base.css'
import { connectBackend } from '$lib/ipc'
import { m } from '$lib/messages'
import { App } from '$lib/state/app.svelte'
import { lookAsBefore } from '$lib/state/window/theme'

lookAsBefore()

// The program is asked for the first paint before the page is read that shows it: neither waits for the other.
// Not awaited at the top level: the backend's chunk may import this one, and each would wait for the other.
void connectBackend()
  .then(async (backend) => {
    const app = new App(backend)
    app.start()
    const { show } = await import('./show')
    show(app)
  })
  .catch((thrown: unknown) => {
    document.body.textContent = m.common.pageFailed(String(thrown))
  })
