import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { EASY, easyHref, hasEasyForm, isEasy } from '#services/easy-read/addresses.ts'
import { ClientNavigation } from './components/shell/client-navigation.tsx'
import { ErrorPage } from './components/shell/error-page.tsx'
import { LateScripts } from './components/shell/late-scripts.tsx'
import { Shell } from './components/shell/shell.tsx'
import { actorFor, viewerOf } from './http/actor.server.ts'
import { refillFor } from './http/kept-form.server.ts'
import { takeNotice } from './http/notice.server.ts'
import { run } from './http/run.server.ts'
import { useNonce } from './http/nonce.ts'
import type { Refusal } from './http/status.ts'
import { themeOf } from './http/theme.server.ts'
import letters from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'
import styles from './styles/app.css?url'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  // Asked for beside the style sheet, not after it: words that change their letters move what stands below them.
  { rel: 'preload', as: 'font', type: 'font/woff2', href: letters, crossOrigin: 'anonymous' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps }) => {
    const { refusal } = args.context
    if (refusal) {
      const answer: Refusal = { code: 'FORBIDDEN', message: refusal.message, reference: null }
      throw data(answer, { status: refusal.status })
    }
    const { notice, headers } = await takeNotice(args.request)
    const actor = await actorFor(args)
    const viewer = await viewerOf(deps, actor)
    const refill = await refillFor(deps, actor, args.request)
    const theme = await themeOf(args.request)
    return data(
      {
        viewer,
        demo: deps.settings.demo,
        origin: deps.settings.origin,
        notice: [notice, refill && KEPT].filter(Boolean).join(' ') || null,
        theme,
        refill,
      },
      { headers },
    )
  })

const KEPT = 'We kept what you typed. Check it and send it.'

/** A page's title; every page has one of its own. */
export const meta: MetaFunction = ({ error }) => [{ title: error ? 'Something did not work – Kith' : 'Kith' }]

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const theme = useRouteLoaderData<typeof loader>('root')?.theme
  return (
    <html lang="en-GB" {...(theme ? { 'data-theme': theme } : {})}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <LateScripts nonce={nonce} />
      </body>
    </html>
  )
}

interface PageHandle {
  /** The page lays itself out to the edges. */
  bleed?: boolean
}
const isBleed = (handle: unknown): boolean =>
  typeof handle === 'object' && handle !== null && (handle as PageHandle).bleed === true

function InShell({ bleed = false, children }: { bleed?: boolean; children: ReactNode }) {
  const { pathname, search } = useLocation()
  const known = useRouteLoaderData<typeof loader>('root')
  const easy = isEasy(pathname) ? EASY : ''
  const current = pathname.slice(easy.length) || '/'
  return (
    <Shell
      viewer={known?.viewer ?? null}
      demo={known?.demo ?? false}
      current={current}
      easy={easy}
      easyWay={easy === '' && hasEasyForm(pathname) ? easyHref(pathname) + search : null}
      notice={known?.notice ?? null}
      bleed={bleed}
    >
      {children}
    </Shell>
  )
}

export default function App() {
  const bleed = useMatches().some(({ handle }) => isBleed(handle))
  return (
    <InShell bleed={bleed}>
      <ClientNavigation />
      <Outlet />
    </InShell>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const known = isRouteErrorResponse(error)
  const refusal = known && typeof error.data === 'object' ? (error.data as Partial<Refusal> | null) : null
  return (
    <InShell>
      <ErrorPage
        status={known ? error.status : 500}
        message={refusal?.message ?? null}
        reference={refusal?.reference ?? null}
      />
    </InShell>
  )
}
