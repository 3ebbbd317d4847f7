import { text } from 'node:stream/consumers'
import { createElement, Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { wholePage } from '~/http/whole-page.server.ts'

const GIVE_UP_MS = 11_000
const errors: unknown[] = []
const draw = (page: Parameters<typeof wholePage>[0]) =>
  wholePage(page, {
    nonce: 'n',
    giveUpMs: GIVE_UP_MS,
    onError: (error) => {
      errors.push(error)
    },
  })

beforeEach(() => {
  errors.length = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('a page that is drawn leaves nothing behind that would keep it in memory', async () => {
  const { body, failed } = await draw(createElement('p', null, 'Whole'))
  expect(await text(body)).toBe('<p>Whole</p>')
  expect(failed).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

test('what cannot be drawn is told, and leaves nothing behind either', async () => {
  const Broken = () => {
    throw new TypeError('no words')
  }
  await expect(draw(createElement(Broken))).rejects.toThrow('no words')
  expect(errors).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a part that never comes is given up after a while, and the page says that it failed', async () => {
  const Never = (): never => {
    throw new Promise(() => undefined) // eslint-disable-line @typescript-eslint/only-throw-error -- how React 18 waits
  }
  const drawn = draw(createElement(Suspense, { fallback: 'Waiting' }, createElement(Never)))
  await vi.advanceTimersByTimeAsync(GIVE_UP_MS)
  const { body, failed } = await drawn
  expect(await text(body)).toContain('Waiting')
  expect(failed).toBe(true)
})
