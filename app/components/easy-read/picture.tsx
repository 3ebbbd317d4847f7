import type { Picture } from '#services/easy-read/lines.ts'
import pictures from './pictures.svg?url'

/**
 * A line picture of our own, out of one file that the browser keeps. The words beside it say it all, so it is not read out.
 * Its colours are tokens that the page hands down to it.
 */
export function EasyPicture({ name }: { name: Picture }) {
  return (
    <svg className="easy-picture" aria-hidden="true" focusable="false">
      <use href={`${pictures}#${name}`} />
    </svg>
  )
}
