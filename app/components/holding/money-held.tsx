import { pounds } from '#services/kernel/money.ts'
import { Facts } from '../card/card.tsx'

export interface HeldMoney {
  /** All in pence. */
  inIt: number
  free: number
  setAside: number
  keptBack: number
  owed: number
  onTheWay: number
}

/** What stands in an account that somebody holds: a sentence, and the same in figures. */
export function MoneyHeld({ money, what }: { money: HeldMoney; what: string }) {
  const { inIt, free, setAside, keptBack, owed, onTheWay } = money
  const parts = [
    setAside > 0 ? `${pounds(setAside)} is set aside for visits` : null,
    keptBack > 0 ? `${pounds(keptBack)} is kept for wages and notice` : null,
    owed > 0 ? `${pounds(owed)} is owed and not yet paid` : null,
  ].filter((part) => part !== null)
  return (
    <div className="stack">
      <p className="lead">
        {what} holds <span className="num">{pounds(inIt)}</span> now. {pounds(free)} of it is free
        {parts.length > 0 ? `; ${list(parts)}` : ''}.
        {onTheWay > 0 ? ` ${pounds(onTheWay)} more has left it and is on its way.` : ''}
      </p>
      <Facts
        items={[
          { term: 'In it now', value: pounds(inIt) },
          { term: 'Free', value: pounds(free) },
          { term: 'Set aside', value: pounds(setAside) },
          ...(keptBack > 0 ? [{ term: 'Kept back', value: pounds(keptBack) }] : []),
          { term: 'Owed', value: pounds(owed) },
          { term: 'On its way', value: pounds(onTheWay) },
        ]}
      />
    </div>
  )
}

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
