/** Chromium for the browser test: the one that is there, else Debian's package where the user may install it. */
import { spawnSync } from 'node:child_process';

const candidates = ['chromium', 'chromium-browser', 'google-chrome'];

export const findChromium = (): string | undefined => {
  for (const name of candidates) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
};

/** Installs Chromium where there is none; throws with what to do where that cannot be done. */
export const ensureChromium = (): string => {
  const found = findChromium();
  if (found !== undefined) return found;
  process.stderr.write('Đang cài Chromium cho kiểm thử trình duyệt… / installing Chromium for the browser test\n');
  const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium';
  const { status } = spawnSync('sh', ['-c', install], { stdio: ['ignore', 'ignore', 'inherit'] });
  const installed = findChromium();
  if (status !== 0 || installed === undefined) {
    throw new Error('Chromium is needed for the browser test: install the package `chromium` and run again');
  }
  return installed;
};
