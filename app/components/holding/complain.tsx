/** What somebody can do when a fund that is held for them is not looked after well, in the order that the law knows. */
export function Complain({
  holder,
  council,
  health,
  managed,
}: {
  holder: { name: string; phone: string | null }
  council: string
  /** An NHS personal health budget: another route. */
  health: boolean
  managed: boolean
}) {
  return (
    <section className="stack" aria-labelledby="complain">
      <h2 id="complain">If something is not right</h2>
      <ol className="stack-s">
        <li>
          Tell {holder.name}
          {holder.phone ? (
            <>
              {' '}
              on <a href={`tel:${holder.phone.replaceAll(' ', '')}`}>{holder.phone}</a>
            </>
          ) : null}
          , or write to them above. Ask how they answer complaints and by when.
        </li>
        {health ? (
          <li>
            This is a health budget. If that does not help, complain to the NHS body that gives it, and after
            that to the Parliamentary and Health Service Ombudsman.
          </li>
        ) : (
          <li>
            If that does not help, complain to {council}, which agreed it with you, and after that to the
            Local Government and Social Care Ombudsman.
          </li>
        )}
        <li>
          Somebody on your side: <a href="/find?category=advocacy">find an advocate</a>. It costs you nothing.
        </li>
        <li>
          If somebody takes your money or frightens you: <a href="/concern">raise a concern</a>.
        </li>
      </ol>
      <p>
        You can have this money another way at any time: in your own bank account, on a card, arranged by the
        council, or{' '}
        {managed
          ? 'held in a fund by a provider you trust'
          : 'in an account that is looked after while you stay in charge'}
        . None is better than another. <a href="/my/money">See how your money is held</a>
      </p>
      <p className="small soft">
        This is not legal advice. An advocate or an adviser can go through it with you.
      </p>
    </section>
  )
}
