/** How each problem reads, and the action that settles it. */
import CalendarX from '@lucide/svelte/icons/calendar-x'
import CircleHelp from '@lucide/svelte/icons/circle-question-mark'
import Clock from '@lucide/svelte/icons/clock-alert'
import CloudOff from '@lucide/svelte/icons/cloud-off'
import FileWarning from '@lucide/svelte/icons/file-warning'
import KeyRound from '@lucide/svelte/icons/key-round'
import ShieldAlert from '@lucide/svelte/icons/shield-alert'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import type { Component } from 'svelte'
import { dayInWords } from '$lib/format/dates'
import { fileName } from '$lib/format/text'
import type { AttentionItem, FileView } from '$lib/ipc'
import { explain, m } from '$lib/messages'
import type { App } from '$lib/state/app.svelte'
import { CERTIFICATE } from '$lib/state/files/export.svelte'
import { renewFile, repairFile, repairLabel } from '$lib/state/files/file-actions'
import { applyToken, renewal, successor, vendorPage } from '$lib/state/license/renewal'

export interface Shown {
  icon: Component
  tone: 'bad' | 'warn'
  text: string
  /** What settles it; null where it can only be looked at. */
  action: { label: string; run: () => void } | null
}

/** A problem as a line: what it is, and what can be done. */
export function shown(app: App, item: AttentionItem): Shown {
  const { problem, license } = item
  const account = app.accounts.find(item.account)
  switch (problem.kind) {
    case 'leaked':
      return {
        icon: ShieldAlert,
        tone: 'bad',
        text: m.attention.leaked,
        action: successor(app, item),
      }
    case 'wrong-instance':
      return {
        icon: TriangleAlert,
        tone: 'bad',
        text: m.attention.wrongInstance,
        action: applyToken(app, item.account),
      }
    case 'expired':
      return {
        icon: CalendarX,
        tone: 'bad',
        text: problem.at === null ? m.attention.expiredUnknown : m.attention.expired(dayInWords(problem.at)),
        action: renewal(app, item),
      }
    case 'expires-soon':
      return {
        icon: Clock,
        tone: 'warn',
        text: problem.at === null ? m.attention.expiresSoon : m.attention.expires(dayInWords(problem.at)),
        action: renewal(app, item),
      }
    case 'withdrawn': {
      const text = problem.status === 'banned' ? m.attention.banned : m.attention.suspended
      return { icon: TriangleAlert, tone: 'bad', text, action: vendorPage(app, item) }
    }
    case 'token-expires':
      return {
        icon: Clock,
        tone: 'warn',
        text: m.attention.tokenExpires(dayInWords(problem.at)),
        action: applyToken(app, item.account),
      }
    case 'file':
      return {
        icon: FileWarning,
        tone: problem.file.state === 'missing' || problem.file.state === 'interrupted' ? 'bad' : 'warn',
        text: fileText(problem.file),
        action: settleFile(app, item, problem.file),
      }
    case 'certificate-expires':
      return {
        icon: Clock,
        tone: new Date(problem.at) <= new Date() ? 'bad' : 'warn',
        text: m.attention.certificateExpires(fileName(problem.file.shown), dayInWords(problem.at)),
        action: license === null ? null : renewFile(app, { file: problem.file, license }),
      }
    case 'unsettled':
      return {
        icon: CircleHelp,
        tone: 'warn',
        text: m.attention.unsettled(problem.verb, problem.name),
        action: { label: m.attention.checkNow, run: () => void app.refresh(item.account) },
      }
    case 'replacement':
      return {
        icon: CircleHelp,
        tone: 'warn',
        text: m.attention.replacement(problem.name),
        action: license === null ? null : { label: m.attention.goOn, run: () => void goOn(app, license) },
      }
    case 'refused': {
      const isLogin = account !== undefined && app.accounts.isRefused(account)
      return {
        icon: isLogin ? KeyRound : TriangleAlert,
        tone: 'bad',
        text: isLogin ? m.attention.needsLogin : explain(problem.error).message,
        action: isLogin
          ? { label: m.attention.newLogin, run: () => app.dialogs.show({ kind: 'renew-login', account }) }
          : { label: m.attention.tryAgain, run: () => void app.refresh(item.account) },
      }
    }
    case 'session-expires':
      return {
        icon: KeyRound,
        tone: 'warn',
        text: m.attention.sessionExpires(dayInWords(problem.at)),
        action: account
          ? { label: m.attention.newLogin, run: () => app.dialogs.show({ kind: 'renew-login', account }) }
          : null,
      }
    case 'offline':
      return {
        icon: CloudOff,
        tone: 'warn',
        text: m.attention.offline,
        action: { label: m.attention.tryAgain, run: () => void app.refresh(item.account) },
      }
  }
}

/** A certificate is outdated for another reason than a token. */
const fileText = ({ state, format, shown }: FileView): string =>
  state === 'outdated' && format === CERTIFICATE
    ? m.attention.outdatedCertificate(fileName(shown))
    : m.attention.file[state](fileName(shown))

/** A file that changed is written again. An outdated one gets the present token, or a new certificate. */
function settleFile(app: App, { license }: AttentionItem, file: FileView): Shown['action'] {
  if (file.state !== 'outdated') return { label: repairLabel(file), run: () => void repairFile(app, file) }
  return license === null ? null : renewFile(app, { file, license })
}

async function goOn(app: App, license: string): Promise<void> {
  await app.attempt(() => app.select(license))
  const view = await app.detail.of(license)
  if (view) app.dialogs.show({ kind: 'replace', license: view })
}
