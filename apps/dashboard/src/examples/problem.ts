/** A problem as it is answered (RFC 9457). */
export const problem = (status: number, title: string, code: string, detail: string) => ({
  type: 'about:blank',
  title,
  status,
  code,
  detail,
});
