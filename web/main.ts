import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';
import { loadSession } from './shared/session';
import './shared/styles.css';

// Every page asks who is there: on its way before the first of them is put together.
void loadSession();

createApp(App).use(router).mount('#app');
