import type { Session } from '../../shared/api-types';
import { homeOf } from '../../shared/home';

/**
 * Where to go after signing in: where the person was going, else to their room; with a one-time password first to
 * the page that replaces it. Only paths of this site.
 */
export function afterSignIn(next: unknown, { account, roles }: Session): string {
  // `//host` and `/\host` would leave the site.
  const goal = typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : homeOf(roles);
  return account?.mustChangePassword ? `/account?next=${encodeURIComponent(goal)}` : goal;
}
