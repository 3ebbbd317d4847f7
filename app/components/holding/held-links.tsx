/** On a person's page for their council: the funds that somebody holds for them. */
export function HeldLinks({ held }: { held: readonly { allocationId: string; words: string }[] }) {
  if (held.length === 0) return null
  return (
    <section className="stack-s" aria-labelledby="held-h">
      <h2 id="held-h">Money held for them</h2>
      <ul>
        {held.map((fund) => (
          <li key={fund.allocationId}>
            <a href={`/council/funds-held/${fund.allocationId}`}>{fund.words}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
