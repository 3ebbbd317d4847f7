import { LinkButton } from '../button/button.tsx'

/** The standing instruction of a managed account: whether there is one, and how to begin or end it. */
export function Standing({
  standing,
  mayManage,
  path,
  page,
}: {
  standing: { since: string; by: string; note: string } | null
  mayManage: boolean
  path: string
  page: { holder: { name: string }; person: { shortName: string }; self: boolean; problem: string | null }
}) {
  const { holder, person, self } = page
  if (!standing)
    return (
      <div className="stack-s">
        <p>{holder.name} asks you each time.</p>
        {mayManage && !page.problem ? (
          <p>
            <LinkButton href={path} kind="second" size="small">
              Let them pay without asking each time
            </LinkButton>
          </p>
        ) : null}
      </div>
    )
  return (
    <div className="stack-s">
      <p>
        <strong>{holder.name} pays what you have said yes to, without asking again.</strong>{' '}
        {standing.by === person.shortName && self ? 'You said so' : `${standing.by} said so`} on{' '}
        {standing.since}
        {standing.note ? `: “${standing.note}”` : ''}.
      </p>
      {mayManage ? (
        <p>
          <LinkButton href={path} kind="second" size="small">
            Be asked each time again
          </LinkButton>
        </p>
      ) : null}
    </div>
  )
}
