import { cx } from '../cx.ts'

export interface CardPictureProps {
  last4: string
  holder: string
  scheme: string | null
  /** It works: else it is drawn pale. */
  works: boolean
  /** How it stands, in a word or two. */
  word: string
}

/** A prepaid card as it looks in the hand. What it says, it says as text. */
export function CardPicture({ last4, holder, scheme, works, word }: CardPictureProps) {
  return (
    <div className={cx('pay-card', !works && 'off')}>
      <p className="pay-who">
        <span>{scheme ?? 'Prepaid card'}</span>
        <strong>{word}</strong>
      </p>
      <svg className="pay-chip" viewBox="0 0 44 32" aria-hidden="true" focusable="false">
        <rect
          x="1"
          y="1"
          width="42"
          height="30"
          rx="5"
          fill="var(--marigold)"
          stroke="var(--on-marigold)"
          strokeWidth="1.5"
        />
        <path
          d="M1 11h13v10H1M43 11H30v10h13M14 1v30M30 1v30"
          fill="none"
          stroke="var(--on-marigold)"
          strokeWidth="1.5"
        />
      </svg>
      <p className="pay-number">
        <span aria-hidden="true">•••• •••• •••• </span>
        <span className="vh">Card ending </span>
        {last4}
      </p>
      <p>{holder}</p>
    </div>
  )
}
