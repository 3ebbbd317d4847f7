import { LinkLikeButton } from '../button/button.tsx'
import { BrandMark } from './brand.tsx'
import { currentLink, navigation } from './navigation.ts'
import type { Viewer } from './viewer.ts'

export function SkipLink() {
  return (
    <a className="skip" href="#main">
      Skip to main content
    </a>
  )
}

export function DemoRibbon() {
  return (
    <section className="ribbon" aria-label="About this demo">
      <div className="wrap">
        <p>
          <strong>Demo:</strong> made-up people. No money moves.
        </p>
        <p className="row-s">
          <a href="/demo">Be somebody else</a>
          <a href="/demo/mail">Read the e-mails</a>
        </p>
      </div>
    </section>
  )
}

/** Brand, the links of who is signed in, and who that is. */
export function Masthead({
  viewer,
  current,
  easy,
}: {
  viewer: Viewer | null
  current: string
  easy: string
}) {
  const links = navigation(viewer, current)
  const here = currentLink(links, current)
  return (
    <header className="masthead">
      <div className="wrap">
        <a className="brand" href={easy || '/'}>
          <BrandMark />
          Kith
        </a>
        <nav className="nav" aria-label={viewer ? 'Your pages' : 'Main pages'}>
          <ul>
            {links.map(({ label, href }) => (
              <li key={href}>
                <a
                  href={href === '/find' ? easy + href : href}
                  {...(href === here ? { 'aria-current': 'page' as const } : {})}
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {viewer ? (
          <div className="account">
            <a href="/my/account">{viewer.name}</a>
            <form method="post" action="/sign-out">
              <LinkLikeButton>Sign out</LinkLikeButton>
            </form>
          </div>
        ) : (
          <p className="account">
            <a href="/sign-in">Sign in</a>
          </p>
        )}
      </div>
    </header>
  )
}

/** Plum, on every page for as long as somebody acts for somebody else. */
export function ActingBand({ acting }: { acting: NonNullable<Viewer['acting']> }) {
  return (
    <section className="acting" aria-label="Who you are acting for">
      <div className="wrap">
        <p>
          You are acting for <strong>{acting.personName}</strong>, as {acting.as}
        </p>
        <div className="row-s">
          <a href="/my/circle">What you can do</a>
          <form method="post" action="/circle/act">
            <input type="hidden" name="intent" value="stop" />
            <LinkLikeButton>Go back to your own pages</LinkLikeButton>
          </form>
        </div>
      </div>
    </section>
  )
}
