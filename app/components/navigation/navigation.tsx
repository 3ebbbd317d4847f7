import { cx } from '../cx.ts'

export interface StepsProps {
  steps: readonly string[]
  /** Index of the step the person is on; the number of steps when all are done. */
  current: number
  label?: string
}
export function Steps({ steps, current, label = 'Steps' }: StepsProps) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, i) => (
        <li
          key={step}
          {...(i < current ? { className: 'past' } : {})}
          {...(i === current ? { 'aria-current': 'step' as const } : {})}
        >
          <b />
          <span>
            {step}
            {i < current ? <span className="vh"> (done)</span> : null}
          </span>
        </li>
      ))}
    </ol>
  )
}

export interface TabsProps {
  label: string
  tabs: readonly { label: string; href: string; current?: boolean }[]
  className?: string
}
/** Pages beside each other: links, so that each has an address and works without script. */
export function Tabs({ label, tabs, className }: TabsProps) {
  return (
    <nav className={cx('tabs', className)} aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} {...(tab.current ? { 'aria-current': 'page' as const } : {})}>
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export interface PagesProps {
  current: number
  total: number
  /** Start of the address, to which the page's number is put: '/find?q=swim&page='. */
  base: string
  label?: string
}
/** The first, the last, and those around the current one. */
export function Pages({ current, total, base, label = 'Pages of results' }: PagesProps) {
  if (total < 2) return null
  const near = Array.from({ length: total }, (_, i) => i + 1).filter(
    (page) => page === 1 || page === total || Math.abs(page - current) <= 1,
  )
  return (
    <nav className="pages" aria-label={label}>
      {current > 1 ? <a href={base + String(current - 1)}>Back a page</a> : null}
      <ol>
        {near.map((page, i) => (
          <li key={page}>
            {page - (near[i - 1] ?? 0) > 1 ? <span aria-hidden="true">…</span> : null}
            <a href={base + String(page)} {...(page === current ? { 'aria-current': 'page' as const } : {})}>
              <span className="vh">Page </span>
              {page}
            </a>
          </li>
        ))}
      </ol>
      {current < total ? <a href={base + String(current + 1)}>Next page</a> : null}
    </nav>
  )
}

export interface ChipsProps {
  label: string
  /** `on`: pressing takes the filter away. */
  chips: readonly { label: string; href: string; on?: boolean }[]
}
export function Chips({ label, chips }: ChipsProps) {
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label={label}>
      {chips.map((chip) => (
        <li key={chip.href + chip.label}>
          <a className={cx('chip', chip.on && 'on')} href={chip.href}>
            {chip.on ? <span className="vh">Remove: </span> : null}
            {chip.label}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Up one page; says where to. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <a className="back" href={href}>
      {children}
    </a>
  )
}
