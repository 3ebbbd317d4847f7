/** Pages that have an Easy Read form; it has the same address with `/easy` before it. A test keeps this and the routes one. */
const WITH_FORM =
  /^\/(find|rights|without-a-budget|choose(\/(?!plan$)[^/]+)?|services\/[^/]+|my\/money\/statement)?$/

export const EASY = '/easy'
export const isEasy = (path: string): boolean => /^\/easy(\/|$)/.test(path)
export const hasEasyForm = (path: string): boolean => WITH_FORM.test(path)

/** The Easy Read form of a page: '/easy/find?q=garden' for '/find?q=garden'. Other addresses stay as they are. */
export function easyHref(href: string): string {
  const [path = ''] = href.split(/[?#]/)
  return hasEasyForm(path) ? `${EASY}${path === '/' ? '' : path}${href.slice(path.length)}` : href
}
