/** A link to a page, and what it is for: shown as a card on the page that leads there. */
export interface PageLink {
  href: string
  label: string
  says: string
}
