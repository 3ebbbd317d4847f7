import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

interface Look {
  /** One filled button on a page that commits money or consent; everything else is second or quiet. */
  kind?: 'main' | 'second' | 'quiet' | 'danger'
  size?: 'normal' | 'big' | 'small'
  wide?: boolean
  children: ReactNode
}
const look = ({ kind = 'main', size = 'normal', wide = false }: Omit<Look, 'children'>, extra?: string) =>
  cx('btn', kind !== 'main' && kind, size !== 'normal' && size, wide && 'wide', extra)

export interface ButtonProps extends Look {
  type?: 'submit' | 'button'
  name?: string
  value?: string
  /** Id of a form elsewhere on the page. */
  form?: string
  formAction?: string
  className?: string
  /** Cannot be pressed now: say why in an element with this id. It stays in the tab order. */
  unavailableBecause?: string
  /** What script does when it is pressed; what has to be done without script too is a form's. */
  onPress?: () => void
}

export function Button({
  type = 'submit',
  name,
  value,
  form,
  formAction,
  className,
  unavailableBecause,
  onPress,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={unavailableBecause ? 'button' : type}
      className={look(rest, className)}
      {...(name === undefined ? {} : { name })}
      {...(value === undefined ? {} : { value })}
      {...(form === undefined ? {} : { form })}
      {...(formAction === undefined ? {} : { formAction })}
      {...(onPress === undefined ? {} : { onClick: onPress })}
      {...(unavailableBecause ? { 'aria-disabled': true, 'aria-describedby': unavailableBecause } : {})}
    >
      {children}
    </button>
  )
}

export interface LinkButtonProps extends Look {
  href: string
  /** A file to keep: the browser fetches it itself. */
  download?: boolean
  className?: string
}

export function LinkButton({ href, download = false, className, children, ...rest }: LinkButtonProps) {
  return (
    <a href={href} className={look(rest, className)} {...(download ? { download: '' } : {})}>
      {children}
    </a>
  )
}

/** A button in a band or a sentence that looks like the link beside it and still posts. */
export function LinkLikeButton({
  children,
  name,
  value,
}: {
  children: ReactNode
  name?: string
  value?: string
}) {
  return (
    <button
      type="submit"
      className="as-link"
      {...(name === undefined ? {} : { name })}
      {...(value === undefined ? {} : { value })}
    >
      {children}
    </button>
  )
}
