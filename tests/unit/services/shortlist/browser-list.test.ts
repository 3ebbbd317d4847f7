import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { MOST_IN_BROWSER, readBrowserList, writeBrowserList } from '#services/shortlist/browser-list.rules.ts'

describe('the list that a browser keeps', () => {
  test('comes back as it was written, in order', () => {
    const ids = [newId(), newId(), newId()]
    expect(readBrowserList(writeBrowserList(ids))).toEqual(ids)
    expect(readBrowserList(null)).toEqual([])
    expect(readBrowserList('')).toEqual([])
  })

  test('drops what is no id, and counts each once', () => {
    const id = newId()
    const hostile = `${id}.<script>alert(1)</script>.' OR 1=1 --.${id.toUpperCase()}.../../etc.${id}`
    expect(readBrowserList(hostile)).toEqual([id])
  })

  test('holds twelve at most, the first of them', () => {
    const ids = Array.from({ length: 30 }, () => newId())
    expect(readBrowserList(writeBrowserList(ids))).toEqual(ids.slice(0, MOST_IN_BROWSER))
  })

  test('is never more than twelve ids, each once, whatever a cookie holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 4_000 }), fc.array(fc.uuid()).map(writeBrowserList)),
        (text) => {
          const ids = readBrowserList(text)
          expect(ids.length).toBeLessThanOrEqual(MOST_IN_BROWSER)
          expect(new Set(ids).size).toBe(ids.length)
          expect(readBrowserList(writeBrowserList(ids))).toEqual(ids)
        },
      ),
    )
  })
})
