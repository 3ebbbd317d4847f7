import { expect, test } from 'vitest'
import { codeMail } from '#services/accounts/sign-in-mail.ts'
import { mailPage } from '#services/messages/mail-page.ts'

test('a mail says the same as text and as HTML, and nothing in it is taken for HTML', () => {
  const { text, html } = mailPage({
    title: 'Visit on Tuesday',
    paragraphs: ['From <b>Anna & Co</b>'],
    link: { words: 'See it', href: 'https://kith.example/my/week?a=1&b=2' },
  })
  expect(text).toContain('From <b>Anna & Co</b>')
  expect(text).toContain('See it:\nhttps://kith.example/my/week?a=1&b=2')
  expect(html).toContain('From &lt;b&gt;Anna &amp; Co&lt;/b&gt;')
  expect(html).toContain('href="https://kith.example/my/week?a=1&amp;b=2"')
  expect(html).not.toMatch(/<img|<script|src=/)
})

test('the code is the first thing of its mail', () => {
  const mail = codeMail({
    to: 'joan@example.org',
    code: '204816',
    link: 'https://kith.example/sign-in/link?t=x',
    minutes: 10,
  })
  expect(mail.subject).toBe('204816 is your code for Kith')
  expect(mail.text).toContain('Your code is 204816')
})
