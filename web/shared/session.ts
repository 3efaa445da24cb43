import { computed, ref } from 'vue';
import { api, asProblem, onSignedOut } from './api';
import { dropAllWords } from './kept-words';
import type { Role, Session } from './api-types';

export { homeOf } from './home';

const session = ref<Session | null>(null);
const unreachable = ref(false);
let loading: Promise<void> | null = null;

onSignedOut(() => {
  if (session.value?.account) session.value = { account: null, roles: [] };
});

/** Asks once who is signed in; later calls return at once. Never throws: see `unreachable`. */
export function loadSession(): Promise<void> {
  if (session.value) return Promise.resolve();
  loading ??= api
    .get<Session>('/session')
    .then((answer) => {
      session.value = answer;
      unreachable.value = false;
    })
    .catch((error: unknown) => {
      unreachable.value = true;
      asProblem(error);
    })
    .finally(() => {
      loading = null;
    });
  return loading;
}

/** For answers that are a session themselves: sign-in, registration, one-time link. */
export function takeSession(next: Session): void {
  session.value = next;
  unreachable.value = false;
}

/** After a change of the account on the server. */
export async function reloadSession(): Promise<void> {
  session.value = await api.get<Session>('/session');
}

export async function signOut(): Promise<void> {
  await api.delete('/session');
  forgetSession();
}

/** Once the server has ended it. */
export function forgetSession(): void {
  dropAllWords();
  session.value = { account: null, roles: [] };
}

export function useSession() {
  return {
    account: computed(() => session.value?.account ?? null),
    roles: computed<Role[]>(() => session.value?.roles ?? []),
    /** False until the first answer. */
    known: computed(() => session.value !== null),
    unreachable: computed(() => unreachable.value),
  };
}
