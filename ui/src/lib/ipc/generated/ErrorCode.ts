import type { ErrorArgs } from './ErrorArgs'

/** The code of an error. */
export type ErrorCode = keyof ErrorArgs
