import type { Wish } from '#services/easy-read/home.ts'
import { Button } from '../button/button.tsx'
import { EasyPicture } from './picture.tsx'

export interface EasySearchProps {
  typed?: { q: string; near: string }
  errors?: { q?: string; near?: string }
}

/** One box and one place. It works without script. */
export function EasySearch({ typed = { q: '', near: '' }, errors = {} }: EasySearchProps) {
  return (
    <form className="easy-search" role="search" aria-label="Find support" action="/easy/find">
      <Box
        id="q"
        picture="search"
        label="What do you want help with?"
        hint="Use your own words."
        value={typed.q}
        error={errors.q}
        most={200}
      />
      <Box
        id="near"
        picture="place"
        label="Where do you live?"
        hint="Type your postcode or your town."
        value={typed.near}
        error={errors.near}
        most={80}
      />
      <p>
        <Button size="big">Find support</Button>
      </p>
    </form>
  )
}

function Box({
  id,
  picture,
  label,
  hint,
  value,
  error,
  most,
}: {
  id: 'q' | 'near'
  picture: 'search' | 'place'
  label: string
  hint: string
  value: string
  error: string | undefined
  most: number
}) {
  return (
    <div className={error === undefined ? 'easy-box' : 'easy-box bad'}>
      <EasyPicture name={picture} />
      <div className="easy-words">
        <label htmlFor={id}>{label}</label>
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
        {error === undefined ? null : (
          <p className="error-text" id={`${id}-error`}>
            {error}
          </p>
        )}
        <input
          className="input"
          id={id}
          name={id}
          key={`${id} ${value}`}
          type={id === 'q' ? 'search' : 'text'}
          maxLength={most}
          defaultValue={value}
          aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
          {...(id === 'near' ? { autoComplete: 'postal-code' } : {})}
          {...(error === undefined ? {} : { 'aria-invalid': true })}
        />
      </div>
    </div>
  )
}

/** Pictures to press instead of words to type. */
export function Wishes({ wishes }: { wishes: readonly Wish[] }) {
  return (
    <ul className="easy-tiles plain">
      {wishes.map(({ picture, label, href }) => (
        <li key={href}>
          <a href={href}>
            <EasyPicture name={picture} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
