import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ErrorView } from '../../ipc/generated'
import { Action, failureOf, REST_MS } from './action.svelte'
import { Asked } from './asked.svelte'

const refusal: ErrorView = { code: 'vendor-rejected', args: {}, detail: null }

/** A request whose answers are given one by one, in any order. */
function held<Answer>() {
  const waiting: { answer: (answer: Answer) => void; refuse: (error: unknown) => void }[] = []
  const request = () => new Promise<Answer>((answer, refuse) => waiting.push({ answer, refuse }))
  const at = (index: number) => {
    const one = waiting[index]
    if (!one) throw new Error(`request ${index} was not sent`)
    return one
  }
  return { request, at, sent: () => waiting.length }
}

describe('a step', () => {
  test('is not run twice at the same time', async () => {
    const action = new Action()
    const { request, at, sent } = held<number>()
    const first = action.run(request)
    expect(action.busy).toBe(true)
    expect(await action.run(request)).toBe(false)
    expect(sent()).toBe(1)
    at(0).answer(1)
    expect(await first).toBe(true)
    expect(action.busy).toBe(false)
  })

  test('that fails keeps its error until the next one starts', async () => {
    const action = new Action()
    expect(await action.run(() => Promise.reject(refusal))).toBe(false)
    expect(action.error).toEqual(refusal)
    expect(action.busy).toBe(false)
    const { request } = held<number>()
    void action.run(request)
    expect(action.error).toBeNull()
  })

  test('that fails can be tried again', async () => {
    const action = new Action()
    let tries = 0
    await action.run(() => (++tries === 1 ? Promise.reject(refusal) : Promise.resolve()))
    expect(await action.retry()).toBe(true)
    expect(tries).toBe(2)
    expect(action.error).toBeNull()
  })

  test('that was never run cannot be tried again', async () => {
    expect(await new Action().retry()).toBe(false)
  })

  test('that fails in this program is a fault with its words', async () => {
    const action = new Action()
    await action.run(() => Promise.reject(new Error('boom')))
    expect(action.error).toMatchObject({ code: 'program-fault', detail: 'boom' })
  })
})

describe('a request', () => {
  test('takes the answer to the last one alone', async () => {
    const action = new Action()
    const { request, at } = held<string>()
    const taken: string[] = []
    const ask = () => action.ask(request, (answer) => taken.push(answer))
    const asked = [ask(), ask()]
    at(1).answer('new')
    expect(await asked[1]).toBe(true)
    at(0).answer('old')
    expect(await asked[0]).toBe(false)
    expect(taken).toEqual(['new'])
    expect(action.busy).toBe(false)
  })

  test('is busy until the last one is answered', async () => {
    const action = new Action()
    const { request, at } = held<string>()
    const asked = [action.ask(request, () => {}), action.ask(request, () => {})]
    at(0).answer('old')
    await asked[0]
    expect(action.busy).toBe(true)
    at(1).refuse(refusal)
    await asked[1]
    expect(action.busy).toBe(false)
    expect(action.error).toEqual(refusal)
  })

  test('leaves the error where it is until it is answered', async () => {
    const action = new Action()
    await action.ask(
      () => Promise.reject(refusal),
      () => {},
    )
    const { request, at } = held<string>()
    const again = action.ask(request, () => {})
    expect(action.error).toEqual(refusal)
    at(0).answer('there')
    await again
    expect(action.error).toBeNull()
  })

  test('that is dropped is not answered', async () => {
    const action = new Action()
    const { request, at } = held<string>()
    const taken: string[] = []
    const asked = action.ask(request, (answer) => taken.push(answer))
    action.drop()
    expect(action.busy).toBe(false)
    at(0).refuse(refusal)
    expect(await asked).toBe(false)
    expect(taken).toEqual([])
    expect(action.error).toBeNull()
  })
})

describe('typing', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('asks once, after the last key, and is busy from the first one on', async () => {
    const action = new Action()
    const { request, at, sent } = held<string>()
    const taken: string[] = []
    for (let key = 0; key < 5; key++) {
      action.typed(() => action.ask(request, (answer) => taken.push(answer)))
      expect(action.busy).toBe(true)
      vi.advanceTimersByTime(REST_MS - 1)
    }
    expect(sent()).toBe(0)
    vi.advanceTimersByTime(1)
    expect(sent()).toBe(1)
    expect(action.busy).toBe(true)
    at(0).answer('there')
    await vi.waitFor(() => expect(taken).toEqual(['there']))
    expect(action.busy).toBe(false)
  })

  test('leaves the error where it is until it is answered', async () => {
    const action = new Action()
    await action.run(() => Promise.reject(refusal))
    action.typed(() => {})
    expect(action.error).toEqual(refusal)
  })

  test.each([
    [
      'asking at once',
      (action: Action) =>
        void action.ask(
          async () => {},
          () => {},
        ),
    ],
    ['dropping', (action: Action) => action.drop()],
    ['leaving', (action: Action) => action.leave(() => {})],
  ])('asks for nothing after %s', (_, since) => {
    const action = new Action()
    const ask = vi.fn()
    action.typed(ask)
    since(action)
    vi.advanceTimersByTime(REST_MS)
    expect(ask).not.toHaveBeenCalled()
  })

  test.each(['answer', 'refuse'] as const)('makes what was asked before outdated: %s', async (told) => {
    const action = new Action()
    const { request, at } = held<unknown>()
    const taken: unknown[] = []
    const asked = action.ask(request, (answer) => taken.push(answer))
    action.typed(() => {})
    at(0)[told](refusal)
    expect(await asked).toBe(false)
    expect([taken, action.error, action.busy]).toEqual([[], null, true])
  })
})

describe('once its component is left', () => {
  test('a step goes on, and its failure is told there', async () => {
    const action = new Action()
    const { request, at } = held<string>()
    const told: ErrorView[] = []
    const refused: ErrorView[] = []
    const run = action.run(request, (error) => refused.push(error))
    action.leave((error) => told.push(error))
    expect(action.left).toBe(true)
    at(0).refuse(refusal)
    expect(await run).toBe(false)
    expect(told).toEqual([refusal])
    expect(refused).toEqual([])
  })

  test('an answer is not taken', async () => {
    const action = new Action()
    const { request, at } = held<string>()
    const taken: string[] = []
    const asked = action.ask(request, (answer) => taken.push(answer))
    action.leave(() => {})
    at(0).answer('late')
    expect(await asked).toBe(false)
    expect(taken).toEqual([])
  })
})

test('what was asked for stays while it is asked for again', async () => {
  const { request, at } = held<string>()
  const asked = new Asked(request)
  const first = asked.ask()
  at(0).answer('one')
  await first
  const second = asked.ask()
  expect([asked.view, asked.loading]).toEqual(['one', true])
  at(1).refuse(refusal)
  await second
  expect([asked.view, asked.error]).toEqual(['one', refusal])
})

test('a step that succeeds has no failure', async () => {
  expect(await failureOf(() => Promise.resolve(1))).toBeNull()
  expect(await failureOf(() => Promise.reject(refusal))).toEqual(refusal)
})
