import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { createRequire } from 'node:module';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe objects to on the page as it stands; its context must bypass the CSP. */
export async function axeFindings(page: Page): Promise<{ id: string; nodes: string[] }[]> {
  await page.addScriptTag({ path: axeScript });
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const result = await engine.run(document, { resultTypes: ['violations'] });
    return result.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} | ${failureSummary}`),
    }));
  });
}
