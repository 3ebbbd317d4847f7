import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarketQuilt, nameWidth } from '~/components/tile/market-quilt.tsx'

/** Widths in pixels as a browser measures them at 17 px, weight 650. */
const MEASURED = [
  ['Aldermere Home Care Partnership', 272],
  ['Castle Homecare', 135],
  ['Weavers Care Co-op', 163],
  ['Millgate Mum & Me Workshop', 240],
] as const

test.each(MEASURED)('the plate of %s is no narrower than the name', (name, width) => {
  expect(nameWidth(name)).toBeGreaterThanOrEqual(width)
  expect(nameWidth(name)).toBeLessThan(width * 1.2)
})

test('a name too long for its piece in one line stands on two, and is not cut', () => {
  const html = renderToStaticMarkup(
    createElement(MarketQuilt, {
      id: 'q',
      label: 'Spend.',
      pieces: [
        'Aldermere Home and Garden Care Partnership',
        'The Northfields Neighbours',
        'Quarry House',
      ].map((name, i) => ({ id: `p${String(i)}`, kind: 'charity', name, pence: 1000 - i })),
    }),
  )
  const phone = html.slice(html.indexOf('only-phone'))
  const plates = [...phone.matchAll(/class="plate" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)]
  for (const [, x, width] of plates) expect(Number(x) + Number(width)).toBeLessThan(358)
  expect(phone).toMatch(/>Aldermere Home and<.*>Garden Care Partnership</)
})
