import { ref } from 'vue';
import { api } from '../shared/api';
import type { Inbox, InboxMessage } from '../shared/api-types';

/** Messages that the account hasn't read, as last told; every page of an entrant shows it. */
const unread = ref(0);

export function useUnread() {
  return { unread, load: () => loadInbox({ limit: 1 }).catch(() => undefined) };
}

/** Of one contest, of one of its pages, or all. Throws `ApiProblem`. */
export async function loadInbox(query: {
  contest?: string;
  about?: string;
  cursor?: string;
  limit?: number;
}): Promise<Inbox> {
  const inbox = await api.get<Inbox>('/messages', { query });
  unread.value = inbox.unread;
  return inbox;
}

/** Marks what a page has shown; a mark that fails is made the next time. */
export async function markRead(messages: readonly InboxMessage[]): Promise<void> {
  const fresh = messages.filter(({ readAt }) => readAt === null);
  await Promise.all(fresh.map(({ id }) => api.post(`/messages/${id}/read`))).catch(() => undefined);
  if (fresh.length > 0) await useUnread().load();
}

export async function markAllRead(): Promise<void> {
  await api.post('/messages/read');
  unread.value = 0;
}
