import { shallowRef } from 'vue';
import { api } from '../../shared/api';

export interface AccountOptions {
  signUpCode: boolean;
  passwordByPhone: boolean;
}

/** What this site asks for; null until it is known, and where it can't be: then the server's refusal says it. */
export function useAccountOptions() {
  const options = shallowRef<AccountOptions | null>(null);
  api
    .get<AccountOptions>('/account-options')
    .then((answer) => {
      options.value = answer;
    })
    .catch(() => undefined);
  return options;
}
