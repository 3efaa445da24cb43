/**
 * Imported first by every script, and written so that an old Node can still read it.
 *
 * npm puts node_modules/.bin first in the PATH, where on Linux and Windows the packages node-linux-* and
 * node-win-* leave the pinned Node, so this speaks only on macOS, or when a script is run without npm.
 * 24.7 is the first with argon2id in node:crypto.
 */
const MINIMUM = [24, 7];

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  console.error(
    `定格 needs Node ${MINIMUM.join('.')} or newer, and this is ${process.versions.node} (${process.execPath}).\n` +
      'Run it through npm ("npm ci", then "npm start"), which brings its own Node on Linux and Windows; ' +
      'elsewhere install the current Node from https://nodejs.org.',
  );
  process.exit(1);
}
