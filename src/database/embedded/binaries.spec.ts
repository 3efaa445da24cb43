import { describe, expect, it } from '@jest/globals';
import { installedBinaries } from './binaries.js';

describe('installedBinaries', () => {
  it('finds the package of this platform and its major version', async () => {
    const binaries = await installedBinaries();
    expect(binaries.version.startsWith(`${binaries.major}.`)).toBe(true);
    expect(binaries.major).toBeGreaterThanOrEqual(14);
  });

  it.each(['freebsd-x64', 'linux-riscv64'])('points to DATABASE_URL on %s', async (platform) => {
    await expect(installedBinaries(platform)).rejects.toThrow('DATABASE_URL');
  });

  it('says that the package is missing where it was left out', async () => {
    const other = process.platform === 'win32' ? 'linux-arm64' : 'win32-x64';
    await expect(installedBinaries(other)).rejects.toThrow(/isn't installed.*DATABASE_URL/);
  });
});
