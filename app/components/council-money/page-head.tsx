import type { ReactNode } from 'react'
import { LinkButton } from '../button/button.tsx'
import { BackLink } from '../navigation/navigation.tsx'

/** The top of a page behind "Money": the way back, the heading, and the same figures as a file. */
export function MoneyHead({
  title,
  csv,
  back = { href: '/council/money', label: 'Money' },
  children,
}: {
  title: string
  csv?: string
  back?: { href: string; label: string }
  children?: ReactNode
}) {
  return (
    <>
      <BackLink href={back.href}>{back.label}</BackLink>
      <header className="head">
        <h1>{title}</h1>
        {csv || children ? (
          <p className="row-s no-print">
            {children}
            {csv ? (
              <LinkButton href={csv} kind="second" size="small" download>
                Save as a table (CSV)
              </LinkButton>
            ) : null}
          </p>
        ) : null}
      </header>
    </>
  )
}

/** '1 payment', '12 payments'. */
export const many = (count: number, one: string, more: string): string =>
  `${String(count)} ${count === 1 ? one : more}`
