import { Details } from '../details/details.tsx'

/** Where a figure of hours comes from: always beside it. */
export function Assumed({
  minutes,
  what,
  source,
  each,
}: {
  minutes: number
  what: string
  source: string
  each: string
}) {
  return (
    <Details kind="why" summary="How is this worked out?">
      <p>
        {minutes} minutes for each {each}: {what.charAt(0).toLowerCase() + what.slice(1)}. {source}
      </p>
    </Details>
  )
}
