import type { ReactNode } from 'react'
import { Notice } from '../notice/notice.tsx'
import { Footer } from './footer.tsx'
import { EasyWay } from './easy-way.tsx'
import { ActingBand, DemoRibbon, Masthead, SkipLink } from './masthead.tsx'
import type { Viewer } from './viewer.ts'

export interface ShellProps {
  viewer: Viewer | null
  demo: boolean
  /** Path of the page, without the search part. */
  current: string
  /** Before addresses that have an Easy Read form, on an Easy Read page: '/easy'. */
  easy?: string
  /** The Easy Read form of this page, where there is one. */
  easyWay?: string | null
  /** The answer to what was just done, said once. */
  notice?: string | null
  /** The page lays itself out to the edges, as the first page does. */
  bleed?: boolean
  children: ReactNode
}

/** What stands round every page. */
export function Shell({
  viewer,
  demo,
  current,
  easy = '',
  easyWay,
  notice,
  bleed = false,
  children,
}: ShellProps) {
  const said = notice ? (
    <div className={bleed ? 'wrap message' : 'message'}>
      <Notice status>
        <p>{notice}</p>
      </Notice>
    </div>
  ) : null
  return (
    <>
      <SkipLink />
      {demo ? <DemoRibbon /> : null}
      <Masthead viewer={viewer} current={current} easy={easy} />
      {viewer?.acting ? <ActingBand acting={viewer.acting} /> : null}
      <main id="main" tabIndex={-1} {...(bleed ? {} : { className: 'wrap' })}>
        {said}
        {easyWay ? <EasyWay href={easyWay} bleed={bleed} /> : null}
        {children}
      </main>
      <Footer easy={easy} />
    </>
  )
}
