import type { RouteParams, RouteRecordRaw } from 'vue-router';

const contest = ({ slug }: RouteParams) => (slug ? [`/contests/${encodeURIComponent(String(slug))}`] : []);
const work = ({ id }: RouteParams) => (id ? [`/submissions/${encodeURIComponent(String(id))}`] : []);

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./landing/LandingPage.vue') },
  {
    path: '/c/:slug',
    name: 'landing',
    component: () => import('./landing/LandingPage.vue'),
    props: true,
    meta: { early: contest },
  },
  {
    path: '/c/:slug/enter/:id?',
    name: 'enter',
    component: () => import('./enter/EnterPage.vue'),
    props: true,
    meta: { signedIn: true, early: (params) => [...contest(params), ...work(params)] },
  },
  {
    path: '/c/:slug/mine',
    name: 'mine',
    component: () => import('./mine/MinePage.vue'),
    props: true,
    meta: {
      signedIn: true,
      early: (params) => contest(params).flatMap((path) => [path, `${path}/submissions?mine=1`]),
    },
  },
  {
    path: '/c/:slug/work/:id',
    name: 'work',
    component: () => import('./work/WorkPage.vue'),
    props: true,
    meta: { signedIn: true, early: (params) => [...contest(params), ...work(params)] },
  },
  {
    path: '/c/:slug/messages',
    name: 'messages',
    component: () => import('./messages/MessagesPage.vue'),
    props: true,
    meta: { signedIn: true },
  },
  {
    path: '/r/:token',
    name: 'receipt',
    component: () => import('./receipt/ReceiptPage.vue'),
    props: true,
  },
  {
    path: '/c/:slug/notice',
    name: 'notice',
    component: () => import('./notice/NoticePage.vue'),
    props: true,
    meta: { early: (params) => contest(params).map((path) => `${path}/notice`) },
  },
  {
    path: '/objection/:token',
    name: 'objection',
    component: () => import('./notice/OwnObjectionPage.vue'),
    props: true,
  },
  { path: '/check/:number?', name: 'check', component: () => import('./check/CheckPage.vue'), props: true },
  { path: '/payee/:token', name: 'payee', component: () => import('./payee/PayeePage.vue'), props: true },
  {
    path: '/privacy/:slug?',
    name: 'privacy',
    component: () => import('./privacy/PrivacyPage.vue'),
    props: true,
  },
  { path: '/sign-in', name: 'sign-in', component: () => import('./account/SignInPage.vue') },
  { path: '/register', name: 'register', component: () => import('./account/RegisterPage.vue') },
  { path: '/forgotten', name: 'forgotten', component: () => import('./account/ForgottenPage.vue') },
  {
    path: '/confirm-email/:token',
    name: 'confirm-email',
    component: () => import('./account/ConfirmEmailPage.vue'),
    props: true,
  },
  { path: '/link/:token', name: 'link', component: () => import('./account/LinkPage.vue'), props: true },
  {
    path: '/account',
    name: 'account',
    component: () => import('./account/AccountPage.vue'),
    meta: { signedIn: true },
  },
];
