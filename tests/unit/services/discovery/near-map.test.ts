import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { NearMap } from '~/components/charts/near-map.tsx'

const nameAt = (pins: { n: number; lat: number; lon: number }[]): number[] => {
  const html = renderToStaticMarkup(
    createElement(NearMap, { centre: { lat: 53.5, lon: -1.8, name: 'Millgate' }, pins, label: 'A map.' }),
  )
  const [, x = '', y = ''] = /<text class="b" x="([\d.]+)" y="([\d.]+)"/.exec(html) ?? []
  return [Number(x), Number(y)]
}
const far = { n: 1, lat: 53.53, lon: -1.8 }

test('the name of the middle stands under it, and over it where a pin would cover it', () => {
  expect(nameAt([far])).toEqual([230, 266])
  expect(nameAt([far, { n: 2, lat: 53.484, lon: -1.8 }])).toEqual([230, 208])
})
