export interface ErrorPageProps {
  status: number
  /** The public sentence of a DomainError, when there is one. */
  message?: string | null
  /** For an unexpected error: what to read out on the telephone. */
  reference?: string | null
  /** Level of its heading, where it is shown as an example. */
  level?: 1 | 4
}

const TITLES: Record<number, string> = {
  400: 'Something in that was not clear to us',
  401: 'Please sign in first',
  403: 'You cannot do that here',
  404: 'We could not find that page',
  409: 'Something has changed since you opened this page',
  413: 'That was too large to send',
  429: 'That was too many times in a short while',
  503: 'This part is not working at the moment',
}
const NEXT: Record<number, string> = {
  400: 'Go back and look at what was typed. Nothing was changed.',
  401: 'You will come back to where you were.',
  403: 'Nothing was changed. If you think you should be able to, talk to us.',
  404: 'The page may have moved, or the address may be mistyped.',
  409: 'Nothing was changed. Open the page again to see how things stand now.',
  413: 'Nothing was sent. Try again with less, or with a smaller picture.',
  429: 'Wait a few minutes, then try again.',
  503: 'Nothing was changed. Try again in a few minutes.',
}

/** Says what happened and what to do, and never whose fault it was. */
export function ErrorPage({ status, message, reference, level = 1 }: ErrorPageProps) {
  const Heading = level === 1 ? 'h1' : 'h4'
  const expected = TITLES[status]
  return (
    <div className="stack-l narrow">
      <Heading>{expected ?? 'Something went wrong on our side'}</Heading>
      <p className="lead">
        {message ?? NEXT[status] ?? 'It is not your doing. What you had finished before this is safe.'}
      </p>
      {message && NEXT[status] && status !== 404 ? <p>{NEXT[status]}</p> : null}
      {reference ? (
        <p>
          If you call us, say this reference: <strong className="num">{reference}</strong>
        </p>
      ) : null}
      <div className="row">
        {status === 401 ? (
          <a className="btn" href="/sign-in">
            Sign in
          </a>
        ) : (
          <a className="btn" href="/find">
            Find support
          </a>
        )}
        <a href="/">Go to the first page</a>
        <a href="/help">Talk to a person</a>
      </div>
    </div>
  )
}
