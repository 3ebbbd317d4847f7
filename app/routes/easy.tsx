import { Outlet, useLocation, useMatches } from '@remix-run/react'
import { EasyBar, EasyHelp } from '~/components/easy-read/easy-bar.tsx'

/** What stands round every Easy Read page: what it is, the way out, and whom to ring. */
export default function Easy() {
  const { search } = useLocation()
  // Of Remix itself and not of its router: a page that needed the router alone would split the two for every other page.
  const pathname = useMatches().at(-1)?.pathname ?? ''
  return (
    <div className="easy">
      <EasyBar ordinary={(pathname.replace(/^\/easy/, '') || '/') + withoutPage(search)} />
      <div className="split">
        <div className="flow">
          <Outlet />
        </div>
        <EasyHelp />
      </div>
    </div>
  )
}

/** The ordinary page of results holds more, so its third page is another one. */
function withoutPage(search: string): string {
  const params = new URLSearchParams(search)
  params.delete('page')
  const rest = params.toString()
  return rest === '' ? '' : `?${rest}`
}
