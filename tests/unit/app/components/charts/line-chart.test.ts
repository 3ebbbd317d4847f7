import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LineChart } from '~/components/charts/line-chart.tsx'

test('two notes of a line never lie on each other, on a phone neither', () => {
  const html = renderToStaticMarkup(
    createElement(LineChart, {
      label: 'What is left.',
      points: [
        { label: '31 August', value: 312_000, display: '£3,120.00', at: 0 },
        { label: '22 November', value: 256_600, display: '£2,566.00', at: 83, note: 'Today: £2,566.00' },
        {
          label: '28 February',
          value: 187_600,
          display: '£1,876',
          at: 181,
          forecast: true,
          note: 'About £1,876 over',
        },
      ],
      axis: String,
      pointHead: 'Day',
      valueHead: 'Left',
      caption: 'What is left',
      withTable: false,
    }),
  )
  const notes = [
    ...html.matchAll(/<text class="b" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]+)</g),
  ].map(([, x, y, anchor, words = '']) => {
    const from = anchor === 'end' ? Number(x) - words.length * 9 : Number(x)
    return { from, to: from + words.length * 9, y: Number(y) }
  })
  expect(notes).toHaveLength(4)
  for (const [a, b] of [notes.slice(0, 2), notes.slice(2)])
    if (a && b) expect(a.to <= b.from || b.to <= a.from || Math.abs(a.y - b.y) >= 20).toBe(true)
})
