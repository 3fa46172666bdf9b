import { signInAddress } from './sign-in-address';

describe('the address to sign in at', () => {
  const at = { pathname: '/', search: '?unit=01&lang=en' };

  it.each([
    [undefined, '/sign-in?to=%2F%3Funit%3D01%26lang%3Den'],
    [{ as: 'ha-noi' }, '/sign-in?to=%2F%3Funit%3D01%26lang%3Den&as=ha-noi'],
    [{ again: true, open: 'sessions' }, '/sign-in?to=%2F%3Funit%3D01%26lang%3Den%23sessions&again=true'],
  ])('leads back to where one was: %j', (how, expected) => expect(signInAddress(at, how)).toBe(expected));
});
