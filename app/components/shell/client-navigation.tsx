import { useLocation, useNavigate } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** A link that the browser should follow itself. */
function leaveToBrowser(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.defaultPrevented || event.button !== 0) return true
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return true
  if (link.target && link.target !== '_self') return true
  if (link.hasAttribute('download') || link.dataset['reload'] !== undefined) return true
  if (link.origin !== window.location.origin) return true
  // Files, and what Express answers itself.
  return /\.[a-z0-9]+$/i.test(link.pathname) || link.pathname.startsWith('/metrics')
}

const isJump = (link: HTMLAnchorElement): boolean =>
  link.hash !== '' && link.pathname === window.location.pathname && link.search === window.location.search

/**
 * To a part of the same page. The browser's own jump would be a navigation to Remix, which forgets what a form was
 * answered with: a press on a line of the error summary would empty the form.
 */
function jump({ hash }: HTMLAnchorElement): void {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)))
  if (!target) return
  for (let box = target.closest('details'); box; box = box.parentElement?.closest('details') ?? null)
    box.open = true
  window.history.replaceState(window.history.state, '', hash)
  target.scrollIntoView()
  if (target.tabIndex < 0) target.tabIndex = -1
  target.focus({ preventScroll: true })
}

/**
 * One listener for every plain link on the site: Remix's own Link cost 40 % of rendering a page of cards.
 * After a page change the reading place moves to the new page's heading, as it does when a browser loads one.
 */
export function ClientNavigation() {
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const here = useRef<string | null>(null)

  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || leaveToBrowser(event, link)) return
      event.preventDefault()
      if (isJump(link)) jump(link)
      else navigate(link.pathname + link.search + link.hash)
    }
    document.addEventListener('click', follow)
    return () => {
      document.removeEventListener('click', follow)
    }
  }, [navigate])

  useEffect(() => {
    const page = pathname + search
    const first = here.current === null
    const same = here.current === page
    here.current = page
    if (first || same || window.location.hash) return
    // An error summary or a status has taken the focus already.
    if (document.activeElement?.closest('[role="alert"]')) return
    const place = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main')
    if (!place) return
    place.tabIndex = -1
    place.focus({ preventScroll: true })
  }, [pathname, search])

  return null
}
