/** The browser of the tests: one Chromium that the packages bring along, the same on every machine. */
import { access, mkdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import packedChromium from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const UNPACK_TIMEOUT_MS = 60_000;

// The browser and its fonts are unpacked into the temporary folder, where several test processes look for them at once.
async function withUnpackLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(tmpdir(), 'lectern-chromium.lock');
  const giveUp = Date.now() + UNPACK_TIMEOUT_MS;
  while (!(await taken(lock))) {
    if (Date.now() > giveUp) await rmdir(lock); // Left behind by a process that was killed.
    await wait(100);
  }
  try {
    return await work();
  } finally {
    await rmdir(lock);
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Fonts: those that come with the browser first, so that pictures look alike everywhere, then the machine's own. */
async function fontSettings(): Promise<string> {
  const prefer = ['sans-serif', 'system-ui'].map(
    (family) => `<alias binding="strong"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  const file = join(tmpdir(), 'lectern-fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
      `<dir>${join(tmpdir(), 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(tmpdir(), 'lectern-fonts-cache')}</cachedir>` +
      `${prefer.join('')}</fontconfig>`,
  );
  return file;
}

async function unpacked(): Promise<{ executablePath: string; fonts: string }> {
  return withUnpackLock(async () => {
    const executablePath = await packedChromium.executablePath();
    await Promise.all([access(executablePath), stat(join(tmpdir(), 'fonts'))]);
    return { executablePath, fonts: await fontSettings() };
  });
}

/** Starts the browser; whoever starts it closes it. Runs as root too, hence without the sandbox. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, fonts } = await unpacked();
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-lcd-text'],
    env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: fonts },
  });
}
