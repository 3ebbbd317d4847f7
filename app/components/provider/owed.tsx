import { pounds } from '#services/kernel/money.ts'
import { Panel } from '../card/card.tsx'
import { Notice } from '../notice/notice.tsx'

export function Money({ owed, waiting, people }: { owed: number; waiting: number; people: number }) {
  return (
    <Panel labelledBy="money">
      <h2 id="money">Money</h2>
      <p className="fact-big">
        <span className="num">{pounds(owed)}</span> is owed to you.
      </p>
      <p>
        {waiting > 0
          ? `${pounds(waiting)} waits for ${people === 1 ? 'one person' : `${String(people)} people`} to say yes.`
          : 'Nothing waits for anybody to say yes.'}
      </p>
    </Panel>
  )
}

export function Papers({
  papers,
  org,
}: {
  papers: readonly { id: string; name: string; until: string | null; ended: boolean }[]
  org: string
}) {
  if (papers.length === 0) return null
  return (
    <Notice tone="warn" level={2} title={papers.length === 1 ? 'A paper runs out' : 'Papers that run out'}>
      <ul className="plain stack-s">
        {papers.map((paper) => (
          <li key={paper.id}>
            {paper.ended
              ? `${paper.name}: run out${paper.until ? `, on ${paper.until}` : ''}.`
              : `${paper.name}: good until ${paper.until ?? ''}.`}
          </li>
        ))}
      </ul>
      <p>Tell us about the new one in good time, and new bookings go on.</p>
      <p className="go">
        <a href={`/provider/checks?org=${org}`}>Put your checks right</a>
      </p>
    </Notice>
  )
}
