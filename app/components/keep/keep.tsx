import { Form, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { Button } from '../button/button.tsx'

export interface KeepProps {
  serviceId: string
  title: string
  /** Ids that are kept, and whose list it is; null where nothing can be kept. */
  kept: { ids: readonly string[]; personId: string | null } | null
}

/** Puts a service on the shortlist, or takes it off; the page it was pressed on is shown again. */
export function Keep({ serviceId, title, kept }: KeepProps) {
  const { pathname, search } = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const isKept = kept?.ids.includes(serviceId) ?? false
  useEffect(() => {
    // What was done is said above and moves the page down: the button that was pressed stays in sight.
    if (form.current?.contains(document.activeElement)) form.current.scrollIntoView({ block: 'nearest' })
  }, [isKept])
  if (!kept) return null
  return (
    // With scripts the page stays where it is, and so does the focus.
    <Form
      method="post"
      action="/shortlist/keep"
      ref={form}
      replace
      preventScrollReset
      id={`keep-${serviceId}`}
      className="keep"
    >
      <input type="hidden" name="serviceId" value={serviceId} />
      {kept.personId ? <input type="hidden" name="personId" value={kept.personId} /> : null}
      <input type="hidden" name="next" value={pathname + search} />
      <Button kind="second" size="small" name="intent" value={isKept ? 'take_off' : 'keep'}>
        {isKept ? 'Kept: take off' : 'Keep'}
        <span className="vh"> {title}</span>
      </Button>
    </Form>
  )
}

/** Where the shortlist is, once there is something on it. */
export function KeptLink({ kept }: Pick<KeepProps, 'kept'>) {
  if (!kept || kept.ids.length === 0) return null
  return (
    <p className="go no-print">
      <a href="/shortlist">
        See and compare what you kept:{' '}
        {kept.ids.length === 1 ? '1 service' : `${String(kept.ids.length)} services`}
      </a>
    </p>
  )
}
