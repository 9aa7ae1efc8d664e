/** The one table from an error's code to what a user reads, and where it shows. */
import type { ErrorArgs, ErrorCode, ErrorView } from '../ipc/generated'
import { certificates } from './en/errors/certificates'
import { files } from './en/errors/files'
import { licenses } from './en/errors/licenses'
import { vault } from './en/errors/vault'
import { vendors } from './en/errors/vendors'

/** Where an error shows: at its field, over the pane, as a toast, or in the wizard's step. */
export type Shows = 'field' | 'banner' | 'toast' | 'step'

export type Args = Record<string, string | undefined>

export interface Entry<Given = Args> {
  message: (args: Given) => string
  hint?: (args: Given) => string
  shows: Shows
}

/** The codes that the program answers with, and that of the page's own faults. */
type Code = ErrorCode | 'program-fault'

/** The arguments that an error of this code can have. */
type ArgsOf<C> = C extends ErrorCode ? { [Name in ErrorArgs[C]]?: string | undefined } : object

/** One entry for each code: a missing or unknown code or argument is an error of the type check. */
export type Entries = { [C in Code]: Entry<ArgsOf<C>> }

export interface Explained {
  code: string
  message: string
  hint: string | null
  /** The vendor's or the system's own words. */
  detail: string | null
  shows: Shows
}

const entries: Entries = { ...vendors, ...vault, ...files, ...licenses, ...certificates }

/** The same for codes that are not checked, such as those of a newer program. */
const table: Record<string, Entry> = entries

/** Every code with a sentence of its own. */
export const knownCodes: readonly string[] = Object.keys(table)

export function isKnown(code: string): boolean {
  return Object.hasOwn(table, code)
}

/** The sentence and hint of an error. A code without a sentence is named, with the system's own words. */
export function explain(error: ErrorView): Explained {
  const entry = isKnown(error.code) ? table[error.code] : undefined
  if (!entry) return unlisted(error)
  const hint = entry.hint?.(error.args)
  return {
    code: error.code,
    message: entry.message(error.args),
    hint: hint === undefined || hint === '' ? null : hint,
    detail: error.detail,
    shows: entry.shows,
  }
}

/** What is told at a field of what is wrong with it. */
export function problemOf(error: ErrorView): string {
  const { message, hint } = explain(error)
  return hint === null ? message : `${message} ${hint}`
}

function unlisted(error: ErrorView): Explained {
  return {
    code: error.code,
    message: `This was not done: error ${error.code}.`,
    hint: null,
    detail: error.detail,
    shows: 'banner',
  }
}

/** What was thrown, as an error that can be explained: anything but an `ErrorView` is a fault of this program. */
export function asErrorView(thrown: unknown): ErrorView {
  if (isErrorView(thrown)) return thrown
  return {
    code: 'program-fault',
    args: {},
    detail: thrown instanceof Error ? thrown.message : String(thrown),
  }
}

function isErrorView(thrown: unknown): thrown is ErrorView {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'args' in thrown
}
