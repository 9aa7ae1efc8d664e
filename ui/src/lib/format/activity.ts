/** What happened, in words: what was done, what came of it, and whether that needs a look. */
import type { ActivityView, ReportView } from '../ipc/generated'
import { explain, m } from '../messages'
import { longDate } from './dates'
import { count } from './numbers'

export interface Happened {
  what: string
  more: string | null
  /** What came of it, where that is not what was wanted. */
  mark: { text: string; tone: 'bad' | 'warn' } | null
}

export function happened(entry: ActivityView): Happened {
  const { verb, outcome, detail, report } = entry
  return {
    what: whatOf(entry),
    more: report === null ? detail : outcome === 'done' ? reported(report) : refused(report),
    mark: markOf(entry) ?? (verb === 'token-removed' ? markOfRemoval(report) : null),
  }
}

function whatOf({ verb, outcome, report }: ActivityView): string {
  if (outcome === 'failed' && report !== null) return m.activity.notDone[verb] ?? m.words.verb(verb)
  const isElsewhere = outcome === 'done' && report?.code === 'token-wrong-instance'
  return (isElsewhere ? m.activity.elsewhere[verb] : undefined) ?? m.words.verb(verb)
}

function markOf({ outcome, report }: ActivityView): Happened['mark'] {
  if (outcome !== 'done') {
    return { text: m.words.outcome(outcome), tone: outcome === 'failed' ? 'bad' : 'warn' }
  }
  if (report?.code === 'token-wrong-instance') return { text: m.words.status('wrong-instance'), tone: 'bad' }
  return report?.code === 'token-not-valid' ? { text: m.activity.notValid, tone: 'bad' } : null
}

const markOfRemoval = (report: ReportView | null): Happened['mark'] =>
  report?.code === 'token-left' ? { text: m.activity.stillLicensed, tone: 'warn' } : null

/** What an instance reports once its token was changed. */
function reported({ code, args }: ReportView): string {
  const { expires, users, sub } = args
  if (code === 'token-valid') {
    const number = users === undefined ? null : Number(users)
    return m.activity.valid(
      expires === undefined ? null : longDate(expires),
      number === null ? null : m.activity.users(count(number), number === 1),
    )
  }
  if (code === 'token-wrong-instance' && sub !== undefined) return m.activity.isFor(sub)
  return m.activity.reports[code] ?? code
}

function refused({ code, args, words }: ReportView): string {
  const { message } = explain({ code, args, detail: words })
  return words === null || words === '' ? message : `${message} ${m.words.quoted(words)}`
}
