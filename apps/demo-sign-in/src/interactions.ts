/** Who signs in: the one that the page asked for (`login_hint`), at once, or one out of a list. */
import type Provider from 'oidc-provider';
import { DEMO_TWO_FACTORS, demoUsers } from '#access/demonstration';

type Middleware = Parameters<Provider['use']>[0];

const INTERACTION = /^\/interaction\/([\w-]+)$/;

export const answerInteractions = (provider: Provider): void => {
  const answer: Middleware = async (context, next) => {
    const [, uid] = INTERACTION.exec(context.path) ?? [];
    if (uid === undefined || context.method !== 'GET') return next();
    const { params, session } = await provider.interactionDetails(context.req, context.res);
    const chosen = [context.query.as, params.login_hint].find((id) => demoUsers.some((user) => user.id === id));
    if (typeof chosen !== 'string') {
      context.type = 'html';
      context.body = choicePage(uid);
      return undefined;
    }
    const isAsked = String(params.acr_values ?? '')
      .split(' ')
      .includes(DEMO_TWO_FACTORS);
    const login = { accountId: chosen, remember: false, ...(isAsked ? { acr: DEMO_TWO_FACTORS } : {}) };
    const onward = await provider.interactionResult(context.req, context.res, { login });
    await forgetWhoItWas(provider, session?.cookie);
    context.redirect(onward);
    return undefined;
  };
  provider.use(answer);
};

/** Whoever was signed in here before, the provider would have its sign-out confirmed first. */
const forgetWhoItWas = async (provider: Provider, cookie: string | undefined): Promise<void> => {
  const session = cookie === undefined ? undefined : await provider.Session.find(cookie);
  if (session === undefined) return;
  delete session.accountId;
  await session.persist();
};

const choicePage = (uid: string): string => `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Đăng nhập minh họa · Tổng Hợp</title>
<h1>Đăng nhập minh họa / demonstration sign-in</h1>
<p>Chọn một người dùng. / Choose a user.</p>
<ul>
${demoUsers.map(({ id, name, roles, unit }) => `<li><a href="/interaction/${uid}?as=${id}">${name}</a> (${roles.join(', ')}; ${unit})</li>`).join('\n')}
</ul>
</html>
`;
