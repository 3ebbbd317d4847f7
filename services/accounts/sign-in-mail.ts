import type { MailMessage } from '#services/ports/mail.ts'
import { mailPage } from '#services/messages/mail-page.ts'

/** The mail with a code. The code comes first, so that a telephone shows it without opening the mail. */
export function codeMail(input: {
  to: string
  code: string
  link: string
  minutes: number
}): Omit<MailMessage, 'key'> {
  const { to, code, link, minutes } = input
  return {
    to,
    subject: `${code} is your code for Kith`,
    ...mailPage({
      title: 'Your code to sign in to Kith',
      paragraphs: [
        `Your code is ${code}`,
        `It works once, for ${String(minutes)} minutes. Type it on the page where you asked for it.`,
        'Or open the page below and press the button there.',
      ],
      link: { words: 'Open the sign-in page', href: link },
      end: 'If you did not ask for a code, you need do nothing: nobody can sign in without it. Never tell it to anybody, not even to us.',
    }),
  }
}
