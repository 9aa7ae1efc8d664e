/** What can be done to licenses: the menus of the detail pane and of the list. */
import Copy from '@lucide/svelte/icons/copy'
import CopyPlus from '@lucide/svelte/icons/copy-plus'
import FileBadge from '@lucide/svelte/icons/file-badge'
import FileDown from '@lucide/svelte/icons/file-down'
import KeyRound from '@lucide/svelte/icons/key-round'
import Mail from '@lucide/svelte/icons/mail'
import Play from '@lucide/svelte/icons/play'
import RefreshCw from '@lucide/svelte/icons/refresh-cw'
import Replace from '@lucide/svelte/icons/replace'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import ShieldAlert from '@lucide/svelte/icons/shield-alert'
import SquareArrowOut from '@lucide/svelte/icons/square-arrow-out-up-right'
import Table from '@lucide/svelte/icons/table-2'
import Trash from '@lucide/svelte/icons/trash-2'
import Undo from '@lucide/svelte/icons/undo-2'
import type { DetailView } from '$lib/ipc'
import { m } from '$lib/messages'
import type { App } from '$lib/state/app.svelte'
import { canBeWritten, runsFromFolder } from '$lib/state/files/export.svelte'
import { isHeldByInstance, isKeyAway } from '$lib/state/license/key-place'
import type { MenuItem } from '$lib/state/window/menu.svelte'

/** What comes from a vendor that creates licenses can be replaced by a new one from there. */
const isReplaceable = (app: App, { removal, row }: DetailView): boolean =>
  removal === 'vendor' &&
  row.status !== 'gone' &&
  app.accounts.creating.some(({ id }) => id === row.accountId)

/** The messages that the detail pane has buttons for: at the status and at the key. */
const OF_PANE: readonly string[] = ['renewal', 'leaked']

async function markLeaked(app: App, license: string): Promise<void> {
  await app.attempt(async () => {
    await app.backend.markLeaked(license, true)
    app.toasts.say(m.next.markedLeaked)
  })
}

/** What changes the token of an instance. */
function tokenActions(app: App, account: number): MenuItem[] {
  const instance = app.instances.of(account)
  const { view, token } = instance
  const isBusy = instance.busy !== null
  const items: MenuItem[] = []
  if (view?.canRestore) {
    items.push({
      label: m.instance.restoreToken,
      icon: Undo,
      disabled: isBusy,
      testid: 'apply-restore',
      run: () => app.dialogs.show({ kind: 'restore-token', account }),
    })
  }
  if (view && token) {
    items.push(
      {
        label: m.instance.renew,
        icon: RotateCw,
        disabled: isBusy,
        testid: 'token-renew',
        run: () => void instance.renew(),
      },
      {
        label: m.instance.remove,
        icon: Trash,
        danger: true,
        disabled: isBusy,
        testid: 'token-remove',
        run: () => app.dialogs.show({ kind: 'remove-token', account, root: view.root }),
      },
    )
  }
  return items
}

/** What the detail pane has no button for. */
export function moreActions(app: App, view: DetailView, onremove: () => void): MenuItem[] {
  const { id, label, pending, account } = view.row
  const items: MenuItem[] = isHeldByInstance(view) ? tokenActions(app, view.row.accountId) : []
  if (runsFromFolder(view)) {
    const paths = view.files.map(({ path }) => path)
    items.push({
      label: m.run.open,
      icon: Play,
      disabled: !canBeWritten(view),
      testid: 'run-open',
      run: () => app.dialogs.show({ kind: 'run', license: id, label, paths }),
    })
  }
  if (isReplaceable(app, view)) {
    items.push({
      label: m.create.like,
      icon: CopyPlus,
      testid: 'create-like',
      run: () => app.dialogs.show({ kind: 'create', account: view.row.accountId, like: view }),
    })
    items.push({
      label: m.replace.open,
      icon: Replace,
      disabled: pending !== null,
      testid: 'replace-open',
      run: () => app.dialogs.show({ kind: 'replace', license: view }),
    })
  }
  for (const step of view.steps.filter(({ id }) => !OF_PANE.includes(id))) {
    items.push({
      label: m.next.request(m.next.stepName(step.id, step.title)),
      icon: Mail,
      testid: `step-${step.id}`,
      run: () => app.dialogs.showStep(step, view.row),
    })
  }
  if (view.leakedSince === null && view.row.status !== 'gone') {
    items.push({
      label: m.next.markLeaked,
      icon: ShieldAlert,
      testid: 'leaked-mark',
      run: () => void markLeaked(app, id),
    })
  }
  if (view.removal === 'nowhere') {
    const page = app.accounts.vendorOf(app.accounts.called(account))?.createPage ?? null
    items.push({
      label: m.detail.deleteElsewhere,
      icon: SquareArrowOut,
      disabled: page === null,
      testid: 'delete-elsewhere',
      run: () => void app.attempt(() => app.backend.openPage(page ?? '')),
    })
  } else {
    items.push({
      label: view.removal === 'remove' ? m.detail.removeLicense : m.detail.deleteLicense,
      icon: Trash,
      danger: true,
      disabled: pending !== null,
      testid: 'delete-open',
      run: onremove,
    })
  }
  return items
}

/** Everything that can be done to one license. */
export function licenseMenu(
  app: App,
  view: DetailView,
  does: { onexport: () => void; onremove: () => void },
): MenuItem[] {
  const { accountId } = view.row
  const apply: MenuItem = {
    label: m.instance.open,
    icon: FileBadge,
    testid: 'menu-apply',
    run: () => app.dialogs.show({ kind: 'apply-token', account: accountId }),
  }
  return [
    ...(isHeldByInstance(view) ? [apply] : []),
    {
      label: m.detail.writeFile,
      icon: FileDown,
      disabled: !canBeWritten(view),
      testid: 'menu-export',
      run: does.onexport,
    },
    {
      label: m.detail.copyKey,
      icon: KeyRound,
      disabled: isKeyAway(view),
      testid: 'menu-copy-key',
      run: () => void app.copyKey(),
    },
    {
      label: m.list.copyName,
      icon: Copy,
      testid: 'menu-copy-name',
      run: () => void app.copyText(view.row.label),
    },
    ...opening(app, view),
    ...moreActions(app, view, does.onremove),
  ]
}

/** Opens a hosted instance, for which the detail pane has a button. */
function opening(app: App, { instanceOrigin, row }: DetailView): MenuItem[] {
  if (instanceOrigin === null) return []
  return [
    {
      label: m.detail.openHosted(row.hosting),
      icon: SquareArrowOut,
      testid: 'menu-hosted-open',
      run: () => void app.attempt(() => app.backend.openPage(instanceOrigin)),
    },
  ]
}

/** What can be done to all selected licenses at once. */
export function selectionMenu(app: App): MenuItem[] {
  const licenses = [...app.selection.ids]
  return [
    {
      label: m.selection.writeMany,
      icon: FileDown,
      testid: 'menu-write',
      run: () => app.dialogs.show({ kind: 'write-many', licenses, before: null }),
    },
    {
      label: m.selection.exportMany,
      icon: Table,
      testid: 'menu-export-table',
      run: () => app.dialogs.show({ kind: 'export-table', licenses }),
    },
    {
      label: m.selection.refresh,
      icon: RefreshCw,
      testid: 'menu-refresh',
      run: () => void app.refreshSelected(),
    },
    {
      label: m.list.copyNames,
      icon: Copy,
      testid: 'menu-copy-names',
      run: () => void app.copySelectedNames(),
    },
    {
      label: m.selection.deleteMany,
      icon: Trash,
      danger: true,
      testid: 'menu-delete',
      run: () => app.dialogs.show({ kind: 'remove-many', licenses }),
    },
  ]
}
