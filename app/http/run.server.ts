import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { asDomainError } from '#services/db/errors.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { isId, shortReference } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { actorFor } from './actor.server.ts'
import { statusOf, type Refusal } from './status.ts'
import './context.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

export interface RunContext {
  actor: Actor
  deps: Deps
  request: Request
  params: Args['params']
  url: URL
}

/** A null byte or half a character: Postgres would refuse the text. */
const cannotBeKept = (text: string): boolean => text.includes('\0') || /\p{Surrogate}/u.test(text)

/** Ids that are none and texts that cannot be kept never reach the database. */
function checkAddress(params: Args['params'], url: URL): void {
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    if (cannotBeKept(value)) throw notFound()
    if (/(^id|Id)$/.test(name) && !isId(value)) throw notFound()
  }
  for (const [name, value] of url.searchParams)
    if (cannotBeKept(name) || cannotBeKept(value))
      throw new DomainError('INVALID', 'The address holds a character that cannot be used. Remove it and try again.')
}

/** The page to come back to; a form's own page when a form was sent. */
function comingBackTo(request: Request, url: URL): string {
  url.searchParams.delete('_routes')
  return request.method === 'GET' ? `${url.pathname}${url.search}` : url.pathname
}

/** What the browser gets for a refusal: a redirect to sign in, or the data for the root's error page. */
function answerTo(error: DomainError, request: Request, url: URL): unknown {
  const next = encodeURIComponent(comingBackTo(request, url))
  if (error.code === 'SIGN_IN') return redirect(`/sign-in?next=${next}`)
  if (error.code === 'SECOND_STEP') return redirect(`/sign-in/second-step?next=${next}`)
  const refusal: Refusal = {
    code: error.code,
    message: error.publicMessage,
    reference: null,
    ...(error.details.fields ? { fields: error.details.fields } : {}),
    ...(error.details.facts ? { facts: error.details.facts } : {}),
  }
  return data(refusal, { status: statusOf[error.code] })
}

/** What a loader or action throws on purpose: a Response, or `data(…)`. */
const isAnswer = (thrown: unknown): boolean =>
  thrown instanceof Response ||
  (typeof thrown === 'object' && thrown !== null && 'type' in thrown && thrown.type === 'DataWithResponseInit')

/**
 * The one way from a URL to a use case: finds out who asks, checks the address, and turns refusals into pages.
 * `work` returns what the page shows, or `redirect(…)`, or `data(…, { status })`.
 */
export async function run<T>(args: Args, work: (context: RunContext) => Promise<T> | T): Promise<T> {
  const { request, context, params } = args
  const { deps, requestId } = context
  const url = new URL(request.url)
  try {
    checkAddress(params, url)
    await deps.clock.refresh?.()
    const actor = await actorFor(args)
    return await work({ actor, deps, request, params, url })
  } catch (thrown) {
    if (isAnswer(thrown)) throw thrown
    const error = asDomainError(thrown)
    // Remix's protocol: a thrown answer is rendered by the error page.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (isDomainError(error)) throw answerTo(error, request, url)
    const reference = shortReference(requestId)
    deps.log.error({ requestId, reference, err: error }, 'request failed')
    const refusal: Refusal = { code: 'UNEXPECTED', message: null, reference }
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw data(refusal, { status: 500 })
  }
}
