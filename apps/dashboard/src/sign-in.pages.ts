/** What a browser is shown where a sign-in did not succeed: why, and the way to try again. Nothing in it comes from the request. */
import type { SignInFailure } from '#access/people';

const reasons: Readonly<Record<SignInFailure, readonly [vi: string, en: string]>> = {
  EXPIRED: [
    'Lượt đăng nhập này đã hết hạn hoặc đã được dùng. Hãy đăng nhập lại.',
    'This sign-in is over, or has been used. Sign in again.',
  ],
  REFUSED: [
    'Máy chủ đăng nhập không xác nhận. Hãy đăng nhập lại.',
    'The sign-in server did not confirm it. Sign in again.',
  ],
  WEAK_SIGN_IN: [
    'Hệ thống yêu cầu đăng nhập bằng nhiều lớp xác thực hơn (ví dụ mật khẩu và mã dùng một lần). Hãy đăng nhập lại với đủ các lớp; nếu vẫn không được, hãy báo người quản trị.',
    'More proof is needed of who you are, for example a password and a one-time code. Sign in again with both; if that does not help, tell your administrator.',
  ],
  NO_SUBJECT: [
    'Máy chủ đăng nhập không cho biết ai đang đăng nhập. Hãy báo người quản trị.',
    'The sign-in server does not say who signs in. Tell your administrator.',
  ],
  UNKNOWN_UNIT: [
    'Tài khoản chưa được gắn với đơn vị nào trong danh mục. Hãy báo người quản trị.',
    'The account belongs to no unit that is known here. Tell your administrator.',
  ],
};

export const refusedPage = (code: SignInFailure): string => {
  const [vi, en] = reasons[code];
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Chưa đăng nhập được · Tổng Hợp</title>
<h1>Chưa đăng nhập được</h1>
<p>${vi}</p>
<p lang="en">${en}</p>
<p><a href="/">Về trang đăng nhập / back</a></p>
<p><small>${code}</small></p>
</html>
`;
};
