import { useRef, useState, type MouseEvent } from 'react'
import { Button } from '../button/button.tsx'
import { Notice } from '../notice/notice.tsx'
import { askDevice, type DeviceQuestion } from './ask-device.ts'

export interface PasskeyButtonProps extends DeviceQuestion {
  children: string
}

/**
 * Inside a form: asks the device, puts its answer into the hidden field `response` and sends the form. The only thing on
 * the site that needs script, so it says so, and another way is always beside it.
 */
export function PasskeyButton({ children, ...question }: PasskeyButtonProps) {
  const field = useRef<HTMLInputElement>(null)
  const [failed, setFailed] = useState(false)
  async function press(event: MouseEvent): Promise<void> {
    event.preventDefault()
    const form = field.current?.form
    if (!form?.reportValidity()) return
    setFailed(false)
    const answer = await askDevice(question)
    if (answer === null || !field.current) {
      setFailed(true)
      return
    }
    field.current.value = answer
    form.submit()
  }
  return (
    <div className="stack-s">
      <input type="hidden" name="response" ref={field} defaultValue="" />
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the button inside is what is pressed */}
      <div onClick={(event) => void press(event)}>
        <Button size="big">{children}</Button>
      </div>
      <div aria-live="polite">
        {failed ? (
          <Notice tone="warn" title="Your device did not finish">
            <p>Nothing was changed. Try again, or use a code from your e-mail.</p>
          </Notice>
        ) : null}
      </div>
      <noscript>
        <p>A passkey needs JavaScript, which is off here. Use a code from your e-mail instead.</p>
      </noscript>
    </div>
  )
}
