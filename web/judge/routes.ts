import type { RouteRecordRaw } from 'vue-router';
import { firstPagePath } from './first-page';

export const routes: RouteRecordRaw[] = [
  {
    path: '/judge',
    name: 'judge',
    component: () => import('./pages/RoundsPage.vue'),
    meta: { signedIn: true, early: () => ['/judge/rounds'] },
  },
  // Where messages about a round lead, on the site and by e-mail.
  {
    path: '/c/:slug/round/:id',
    redirect: ({ params }) => ({ name: 'judge-round', params: { id: params['id'] } }),
  },
  {
    path: '/judge/rounds/:id',
    name: 'judge-round',
    component: () => import('./pages/RoomPage.vue'),
    props: true,
    meta: { signedIn: true, early: ({ id }) => [firstPagePath(String(id))] },
  },
];
