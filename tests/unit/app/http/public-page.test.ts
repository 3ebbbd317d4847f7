import { expect, test } from 'vitest'
import { originOf, publicPage } from '~/http/public-page.ts'

const find = (tags: ReturnType<typeof publicPage>, key: string, value: string) =>
  tags.find((tag) => (tag as Record<string, unknown>)[key] === value)

test('a public page says its one address, a card, and what it is about', () => {
  const tags = publicPage('https://kith.example', {
    title: 'A hand with the house',
    description: 'x'.repeat(400),
    path: '/services/a-hand',
    about: { '@type': 'Service', name: 'A hand with the house' },
  })
  expect(find(tags, 'rel', 'canonical')).toMatchObject({ href: 'https://kith.example/services/a-hand' })
  expect(find(tags, 'property', 'og:url')).toMatchObject({ content: 'https://kith.example/services/a-hand' })
  expect(find(tags, 'name', 'description')).toMatchObject({ content: 'x'.repeat(300) })
  expect(tags.at(-1)).toEqual({
    'script:ld+json': {
      '@context': 'https://schema.org',
      '@type': 'Service',
      name: 'A hand with the house',
    },
  })
})

test('without the root’s data the address stays on this site', () => {
  expect(originOf([])).toBe('')
  expect(originOf([{ id: 'root', data: null }])).toBe('')
  expect(originOf([{ id: 'root', data: { origin: 'https://kith.example' } }])).toBe('https://kith.example')
})
