import type { RouteRecordRaw } from 'vue-router';
import { firstPagePath } from './first-page';

export const routes: RouteRecordRaw[] = [
  {
    path: '/judge',
    name: 'judge',
    component: () => import('./pages/RoundsPage.vue'),
    meta: { signedIn: true, early: () => ['/judge/rounds'] },
  },
  {
    path: '/judge/rounds/:id',
    name: 'judge-round',
    component: () => import('./pages/RoomPage.vue'),
    props: true,
    meta: { signedIn: true, early: ({ id }) => [firstPagePath(String(id))] },
  },
];
