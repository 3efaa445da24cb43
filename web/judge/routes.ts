import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/judge',
    name: 'judge',
    component: () => import('./pages/RoundsPage.vue'),
    meta: { signedIn: true },
  },
  {
    path: '/judge/rounds/:id',
    name: 'judge-round',
    component: () => import('./pages/RoomPage.vue'),
    props: true,
    meta: { signedIn: true },
  },
];
