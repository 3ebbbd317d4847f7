import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { asDomainError } from '#services/db/errors.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { isId, shortReference } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { actorFor, secondStepDue } from './actor.server.ts'
import { copyInCase, forgetWhenSent, keepCopy } from './kept-form.server.ts'
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
      throw new DomainError(
        'INVALID',
        'The address holds a character that cannot be used. Remove it and try again.',
      )
}

/** The page to come back to; a form's own page when a form was sent. */
function comingBackTo(request: Request, url: URL): string {
  url.searchParams.delete('_routes')
  return request.method === 'GET' ? `${url.pathname}${url.search}` : url.pathname
}

/** What the browser gets for a refusal: a redirect to sign in, or the data for the root's error page. */
function answerTo(error: DomainError, request: Request, url: URL, headers: HeadersInit): unknown {
  const next = encodeURIComponent(comingBackTo(request, url))
  if (error.code === 'SIGN_IN') return redirect(`/sign-in?next=${next}`, { headers })
  if (error.code === 'SECOND_STEP') return redirect(`/sign-in/second-step?next=${next}`, { headers })
  const refusal: Refusal = {
    code: error.code,
    message: error.publicMessage,
    reference: null,
    ...(error.details.fields ? { fields: error.details.fields } : {}),
    ...(error.details.facts ? { facts: error.details.facts } : {}),
  }
  return data(refusal, { status: statusOf[error.code] })
}

/** Staff who may be asked for the second step once more. */
const stepIsOld = (actor: Actor): boolean =>
  actor.kind === 'user' && (actor.operator || actor.staff.length > 0) && !actor.secondStepFresh

const isFile = ({ pathname }: URL): boolean =>
  /\.(csv|pdf|zip|txt|xml)$|\/evidence\/[^/]+$|^\/photos\//.test(pathname)
const asks = (error: DomainError): boolean => error.code === 'SIGN_IN' || error.code === 'SECOND_STEP'

/** Staff without the second step are strangers to a policy: at the council's door they are asked for it instead. */
async function asRefusal(error: unknown, args: Args, url: URL): Promise<unknown> {
  const strange = isDomainError(error) && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')
  if (
    !strange ||
    !/^\/council(\/|\.|$)/.test(url.pathname) ||
    !(await secondStepDue(args).catch(() => false))
  )
    return error
  return new DomainError('SECOND_STEP', 'Do the second step of signing in to see this page.')
}

/**
 * What an action was sent, for the loaders of the same request: an action that finds something to put right answers before
 * it asks who is there, and the page's own loader is the first to send somebody to sign in.
 */
const posted = new WeakMap<object, Request>()

async function keepPosted(deps: Deps, context: object, copy: Request | null): Promise<HeadersInit> {
  const form = copy ?? posted.get(context)
  if (!form) return {}
  posted.delete(context)
  return form.bodyUsed ? {} : keepCopy(deps, form)
}

/** What a loader or action throws on purpose: a Response, or `data(…)`. */
const isAnswer = (thrown: unknown): boolean =>
  thrown instanceof Response ||
  (typeof thrown === 'object' &&
    thrown !== null &&
    'type' in thrown &&
    thrown.type === 'DataWithResponseInit')

/**
 * The one way from a URL to a use case: finds out who asks, checks the address, and turns refusals into pages.
 * `work` returns what the page shows, or `redirect(…)`, or `data(…, { status })`.
 */
export async function run<T>(args: Args, work: (context: RunContext) => Promise<T> | T): Promise<T> {
  const { request, context, params } = args
  const { deps, requestId } = context
  const url = new URL(request.url)
  let copy: Request | null = null
  try {
    checkAddress(params, url)
    await deps.clock.refresh?.()
    const actor = await actorFor(args)
    const stepDue = await secondStepDue(args)
    copy = copyInCase(request, actor.kind === 'anonymous' || stepDue || stepIsOld(actor))
    if (copy) posted.set(context, copy)
    await forgetWhenSent(deps, actor, request)
    return await work({ actor, deps, request, params, url })
  } catch (thrown) {
    if (isAnswer(thrown)) throw thrown
    const error = await asRefusal(asDomainError(thrown), args, url)
    // A file has no error page: Remix would answer with a line of JSON.
    if (isDomainError(error) && isFile(url) && !asks(error))
      throw new Response(`${error.publicMessage}\n`, {
        status: statusOf[error.code],
        headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
      })
    // Remix's protocol: a thrown answer is rendered by the error page.
    if (isDomainError(error))
      throw answerTo(error, request, url, asks(error) ? await keepPosted(deps, context, copy) : {})
    const reference = shortReference(requestId)
    deps.log.error({ requestId, reference, err: error }, 'request failed')
    const refusal: Refusal = { code: 'UNEXPECTED', message: null, reference }
    throw data(refusal, { status: 500 })
  }
}
