import { createElement, Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FAMILIES } from '~/components/all-examples.ts'
import { Shell } from '~/components/shell/shell.tsx'

const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '')
const page = renderToStaticMarkup(
  createElement(Shell, {
    viewer: {
      name: 'Daniel',
      roles: ['supporter'],
      councilPages: [],
      providerMoney: true,
      acting: { personName: 'Joan', as: 'Daniel Ellery, brother and nominated person' },
    },
    demo: true,
    current: '/my/week',
    notice: 'That worked.',
    children: FAMILIES.flatMap((family) =>
      family.examples.map((example) =>
        createElement(Fragment, { key: family.id + example.name }, example.of),
      ),
    ),
  }),
)
const ids = all(page, /\sid="([^"]*)"/g)

describe('every part in every state, drawn on the server', () => {
  test('holds no inline style and no script, which the content security policy forbids', () => {
    expect(page).not.toMatch(/\sstyle=/)
    expect(page).not.toMatch(/<script|\son[a-z]+=/)
  })

  test('gives each id once', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })

  test.each([
    ['every label', /\sfor="([^"]*)"/g],
    ['every description', /\saria-describedby="([^"]*)"/g],
    ['every name taken from elsewhere', /\saria-labelledby="([^"]*)"/g],
    ['every texture', /url\(#([^)]*)\)/g],
  ])('%s points at something that is there', (_name, pattern) => {
    const wanted = all(page, pattern).flatMap((list) => list.split(' '))
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([])
  })

  test('links each line of the error summary to its field', () => {
    const summary = /<div class="errors.*?<\/div>/s.exec(page)?.[0] ?? ''
    const targets = all(summary, /href="#([^"]*)"/g)
    expect(targets).toHaveLength(2)
    for (const id of targets) expect(page).toMatch(new RegExp(`<input[^>]* id="${id}"`))
  })

  test('names every picture or hides it from those who listen', () => {
    const outer = page.replace(/(<svg(?:(?!<\/?svg).)*)(<svg(?:(?!<\/?svg).)*<\/svg>)+/gs, '$1')
    for (const svg of outer.match(/<svg[^>]*>/g) ?? []) {
      if (/\sx="/.test(svg)) continue
      expect(svg).toMatch(/aria-hidden="true"|role="img" aria-label="[^"]+"/)
    }
  })

  test('uses the words of the house', () => {
    const text = page.replace(/<[^>]*>/g, ' ')
    expect(text).not.toMatch(/\b(promised|helper|your share|unrated|no-show|safety team)\b/i)
  })

  test('keeps money to two decimals with a pound sign', () => {
    expect(page).not.toMatch(/£\d+\.\d(?!\d)/)
  })
})
