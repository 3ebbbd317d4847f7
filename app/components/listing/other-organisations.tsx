/** For somebody who belongs to several organisations: the same page of the others. */
export function OtherOrganisations({
  others,
  path,
}: {
  others: readonly { id: string; name: string }[]
  path: string
}) {
  if (others.length === 0) return null
  return (
    <nav aria-label="Your other organisations" className="stack-s">
      <h2>Your other organisations</h2>
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            <a href={`${path}?org=${other.id}`}>{other.name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
