import type { RouteRecordRaw } from 'vue-router';
import { askEarly } from './first-page';

const roomPage = () => import('./pages/RoomPage.vue');
if (askEarly(window.location.pathname)) roomPage().catch(() => undefined);

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
    component: roomPage,
    props: true,
    meta: { signedIn: true },
  },
];
