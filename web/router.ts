import { createRouter, createWebHistory, type RouteParams, type RouteRecordRaw } from 'vue-router';
import { routes as entrantRoutes } from './entrant/routes';
import { routes as judgeRoutes } from './judge/routes';
import { routes as organiserRoutes } from './organiser/routes';
import { askEarly } from './shared/api';
import { loadSession, useSession } from './shared/session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Only for people who are signed in: others are sent to sign in, and come back. */
    signedIn?: boolean;
    /** What the page gets first: asked for while it, and who is there, are still on their way. */
    early?: (params: RouteParams) => string[];
  }
}

const routes: RouteRecordRaw[] = [
  ...entrantRoutes,
  ...judgeRoutes,
  ...organiserRoutes,
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./shared/NotFound.vue') },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior(to, _from, saved) {
    if (saved) return saved;
    return to.hash ? { el: to.hash, top: 24 } : { top: 0 };
  },
});

router.beforeEach(async (to, from) => {
  // Only the first page of a visit waits for its script.
  if (from.matched.length === 0) to.meta.early?.(to.params).forEach(askEarly);
  if (!to.matched.some((record) => record.meta.signedIn)) return true;
  await loadSession();
  const { account, unreachable } = useSession();
  // Offline: let the page open and say so itself, rather than ask for a password that may not be needed.
  if (unreachable.value) return true;
  if (!account.value) return { name: 'sign-in', query: { next: to.fullPath } };
  if (account.value.mustChangePassword && to.name !== 'account') {
    return { name: 'account', query: { next: to.fullPath } };
  }
  return true;
});
