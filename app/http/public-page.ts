import type { MetaDescriptor } from '@remix-run/node'

export interface PublicPage {
  /** Without " – Kith". */
  title: string
  description: string
  /** Its one address, without host or query. */
  path: string
  /** What the page is about in the words of schema.org. */
  about?: Record<string, unknown>
}

interface Match {
  id: string
  data: unknown
}

/** 'https://kith.example', of the root's data; empty while there is none (an error page). */
export function originOf(matches: readonly Match[]): string {
  const data = matches.find(({ id }) => id === 'root')?.data
  const origin = typeof data === 'object' && data !== null && 'origin' in data ? data.origin : null
  return typeof origin === 'string' ? origin : ''
}

const LONGEST = 300

/**
 * What search engines and whoever shares a link are told of a public page: its address, a card, and what it is about. Never for a page of a
 * person's, nor for what somebody searched.
 */
export function publicPage(
  origin: string,
  { title, description, path, about }: PublicPage,
): MetaDescriptor[] {
  const url = `${origin}${path}`
  const says = description.slice(0, LONGEST)
  return [
    { title: `${title} – Kith` },
    { name: 'description', content: says },
    { tagName: 'link', rel: 'canonical', href: url },
    { property: 'og:site_name', content: 'Kith' },
    { property: 'og:type', content: 'website' },
    { property: 'og:title', content: title },
    { property: 'og:description', content: says },
    { property: 'og:url', content: url },
    { property: 'og:image', content: `${origin}/card.png` },
    { property: 'og:image:alt', content: 'A quilt of patches in warm colours, and the word Kith.' },
    { name: 'twitter:card', content: 'summary_large_image' },
    ...(about
      ? [{ 'script:ld+json': { '@context': 'https://schema.org', ...about } } as MetaDescriptor]
      : []),
  ]
}
