import type { RouteRecordRaw } from 'vue-router';

const meta = { signedIn: true };

export const routes: RouteRecordRaw[] = [
  { path: '/organise', name: 'organise', meta, component: () => import('./OrganiserHome.vue') },
  {
    path: '/organise/:slug/works/review',
    name: 'organise-review',
    meta,
    props: true,
    component: () => import('./screening/ReviewRoom.vue'),
  },
  {
    path: '/organise/:slug',
    meta,
    props: true,
    component: () => import('./OrganiserLayout.vue'),
    children: [
      { path: '', name: 'organise-overview', component: () => import('./overview/OverviewPage.vue') },
      { path: 'works', name: 'organise-works', component: () => import('./screening/ScreeningPage.vue') },
      { path: 'rounds', name: 'organise-rounds', component: () => import('./rounds/RoundsPage.vue') },
      {
        path: 'rounds/:id',
        name: 'organise-round',
        props: ({ params }) => ({ id: params['id'] }),
        component: () => import('./rounds/RoundPage.vue'),
      },
      { path: 'results', name: 'organise-results', component: () => import('./results/ResultsPage.vue') },
      {
        path: 'results/rules',
        name: 'organise-award-rules',
        component: () => import('./award-rules/AwardRulesPage.vue'),
      },
      { path: 'notice', name: 'organise-notice', component: () => import('./notice/NoticePage.vue') },
      { path: 'winners', name: 'organise-winners', component: () => import('./winners/WinnersPage.vue') },
      { path: 'people', name: 'organise-people', component: () => import('./people/PeoplePage.vue') },
      { path: 'people/units', name: 'organise-units', component: () => import('./units/UnitsPage.vue') },
      { path: 'exports', name: 'organise-exports', component: () => import('./exports/ExportsPage.vue') },
    ],
  },
];
