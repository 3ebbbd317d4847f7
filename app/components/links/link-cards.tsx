import type { PageLink } from '#services/kernel/page-link.ts'

/** Cards that lead on: each a link, and what it is for. Nothing at all when there is none. */
export function LinkCards({ links, level = 2 }: { links: readonly PageLink[]; level?: 2 | 3 }) {
  if (links.length === 0) return null
  const Heading = level === 3 ? 'h3' : 'h2'
  return (
    <ul className="plain grid grid-2">
      {links.map((link) => (
        <li key={link.href} className="card stack-s">
          <Heading>
            <a href={link.href}>{link.label}</a>
          </Heading>
          <p>{link.says}</p>
        </li>
      ))}
    </ul>
  )
}

/** The same without the cards: what is seldom needed, and has to be within reach. */
export function QuietLinks({ title, links }: { title: string; links: readonly PageLink[] }) {
  if (links.length === 0) return null
  return (
    <div className="stack-s">
      <h3>{title}</h3>
      <ul className="plain row-s">
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href}>{link.label}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
