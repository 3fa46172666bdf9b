/**
 * Signing out of the demonstration provider: at once for whoever shows by the ID token that the session is meant; anybody else is asked, or any page
 * could sign people out.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';

/** @param form of the provider: what is sent by it ends the session */
export const signOut = async (context: KoaContextWithOIDC, form: string): Promise<void> => {
  const { session, entities, params, provider } = context.oidc;
  const back = params?.post_logout_redirect_uri;
  const shown = (entities.IdTokenHint as { payload?: { sub?: string } } | undefined)?.payload?.sub;
  if (session === undefined || shown === undefined || shown !== session.accountId || typeof back !== 'string') {
    context.body = confirmPage(form);
    return;
  }
  await session.destroy();
  context.cookies.set(provider.cookieName('session'), null);
  context.redirect(back);
};

const confirmPage = (form: string): string => `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Đăng xuất · Tổng Hợp</title>
<h1>Đăng xuất? / Sign out?</h1>
${form}
<button form="op.logoutForm" name="logout" value="yes">Đăng xuất / Sign out</button>
</html>
`;
