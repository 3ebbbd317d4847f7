import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { DomainError, isDomainError } from '#services/kernel/errors.ts'
import { keepService, type KeptNow } from '#services/shortlist/keep-service.server.ts'
import { keepSchema } from '#services/shortlist/shortlist.schema.ts'
import { requireSameList } from '#services/shortlist/shortlist.policy.ts'
import { readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { inBrowser, keepInBrowser } from '~/http/shortlist.server.ts'

export const loader = () => redirect('/shortlist')

/** "Keep" and "Kept: take off", pressed on any page that shows a service. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const input = keepSchema.safeParse({ serviceId: text(form, 'serviceId'), intent: text(form, 'intent') })
    if (!input.success)
      throw new DomainError('INVALID', 'Nothing was kept. Open the page again and press “Keep” once more.')
    requireSameList(actor, text(form, 'personId'))
    let now: KeptNow
    try {
      now = await keepService(deps, actor, { ...input.data, inBrowser: inBrowser(request) })
    } catch (error) {
      // Room is made on the list itself, so that is where they are taken.
      if (isDomainError(error) && error.code === 'TOO_MANY')
        return redirectWithNotice('/shortlist', error.publicMessage)
      throw error
    }
    const answer = await redirectWithNotice(backTo(form, request), now.notice)
    if (now.inBrowser) answer.headers.append('Set-Cookie', keepInBrowser(deps, now.inBrowser))
    return answer
  })

/** The page it was pressed on. A browser that loads it anew is brought back to the button; with scripts nothing has moved. */
function backTo(form: FormData, request: Request): string {
  const page = safeNext(text(form, 'next')) ?? '/shortlist'
  const loadsAnew = request.headers.get('Accept')?.includes('text/html') ?? false
  return loadsAnew && page !== '/shortlist' ? `${page}#keep-${text(form, 'serviceId')}` : page
}

/** A page of its own, though nobody stays on it: without one, Remix answers a refusal with a line of JSON. */
export default function KeepIt() {
  return null
}
