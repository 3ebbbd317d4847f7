import { Outlet, useLocation } from '@remix-run/react'
import { EasyBar, EasyHelp } from '~/components/easy-read/easy-bar.tsx'

/** What stands round every Easy Read page: what it is, the way out, and whom to ring. */
export default function Easy() {
  const { pathname, search } = useLocation()
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
